//! Another id for a resource, everywhere it stands: in annotations, in the configuration, in the usage file.
//!
//! To the compiler an id belongs to a capability: a secret and another store may share one, and then share an entry of the
//! configuration. So all annotations of one capability with the id are renamed together, or none.

use super::symbol::within_quotes;
use super::{Navigator, Renaming};
use crate::config_edit::{rename_entries, unquoted};
use crate::figures::Figures;
use crate::{FileEdit, Snapshot, TextEdit, WorkspaceEdit};
use klotho_annotation::ValueKind;
use klotho_annotation::catalogue::{CAPABILITIES, Capability, capability};
use klotho_annotation::{Annotation, MAX_ID_BYTES, is_id_character};
use klotho_cost::usage::sanitised;
use klotho_graph::{Kind, Project, USAGE_FILE, read_yaml};
use klotho_text::Span;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The id at the cursor.
struct Id {
    capability: &'static Capability,
    id: String,
    at: Span,
}

impl Snapshot {
    /// The id at `offset`, if there is one; the error says why it cannot be renamed.
    pub fn prepare_rename(&self, path: &str, offset: usize) -> Result<Option<Renaming>, String> {
        let Some(navigator) = self.navigator(path) else { return Ok(None) };
        let Some(found) = id_at(&navigator, offset) else { return Ok(None) };
        self.whole(path)?;
        renamable(navigator.context.project, &found)?;
        Ok(Some(Renaming { span: found.at, id: found.id }))
    }

    /// The changes that rename the id at `offset`; the error says why they cannot be made.
    pub fn rename(&self, path: &str, offset: usize, name: &str) -> Result<WorkspaceEdit, String> {
        let nothing = || {
            "There is no id here: put the cursor on the id of an annotation, or on a key of klotho.yaml"
                .to_owned()
        };
        let navigator = self.navigator(path).ok_or_else(nothing)?;
        let found = id_at(&navigator, offset).ok_or_else(nothing)?;
        self.whole(path)?;
        let annotations = renamable(navigator.context.project, &found)?;
        if found.id == name {
            return Ok(WorkspaceEdit::default());
        }
        check(navigator.context.project, &found, name)?;
        let mut files: BTreeMap<Arc<str>, Vec<TextEdit>> = BTreeMap::new();
        for (path, at) in annotations {
            files.entry(path).or_default().push(TextEdit { span: at, text: name.to_owned() });
        }
        let (config, edits) = in_config(navigator.context.project, &found, name)?;
        files.entry(config).or_default().extend(edits);
        files.entry(USAGE_FILE.into()).or_default().extend(in_usage(
            navigator.context.project,
            &found,
            name,
        )?);
        files.retain(|_, edits| !edits.is_empty());
        let files = files.into_iter().map(|(path, mut edits)| {
            edits.sort_by_key(|edit| edit.span);
            FileEdit { path: navigator.context.absolute(&path), create: false, edits }
        });
        Ok(WorkspaceEdit { files: files.collect() })
    }

    /// All places of an id are changed, or none: not while some are still unknown.
    fn whole(&self, path: &str) -> Result<(), String> {
        match self.is_partial(path) {
            true => Err("The project is still being read: try again in a moment".to_owned()),
            false => Ok(()),
        }
    }
}

fn id_at(navigator: &Navigator<'_>, offset: usize) -> Option<Id> {
    let context = &navigator.context;
    if context.is_config() {
        return CAPABILITIES.iter().find_map(|capability| {
            let config = context.project.config();
            let tables =
                sections(context.project, capability).into_iter().filter_map(|it| config.root.table(it));
            let entry = tables.flat_map(|table| &table.entries).find(|entry| entry.key_at.touches(offset))?;
            Some(Id { capability, id: entry.key.clone(), at: unquoted(*entry.key_at, &config.text) })
        });
    }
    let annotations = &context.project.summary(&context.relative)?.facts.annotations;
    annotations.iter().find_map(|annotation| {
        let at = *annotation.directives.get("id").filter(|value| value.at.touches(offset))?.at;
        let (capability, id) = (capability(&annotation.capability)?, annotation.id()?.to_owned());
        Some(Id { capability, id, at: within_quotes(at) })
    })
}

/// The sections of the configuration that speak of what a capability declares.
fn sections(project: &Project, capability: &Capability) -> Vec<&'static str> {
    let kinds = Kind::all().filter(|kind| capability.resources.contains(&kind.spec().name));
    let mut sections: Vec<_> = kinds.map(|kind| project.config().names(kind).section).collect();
    sections.retain(|section| !section.is_empty());
    sections.sort_unstable();
    sections.dedup();
    sections
}

/// The annotations that have the id, by file and the place of the id's text; the error says why they cannot be changed.
fn renamable(project: &Project, found: &Id) -> Result<Vec<(Arc<str>, Span)>, String> {
    let mut places = Vec::new();
    for (path, summary) in project.annotated() {
        for annotation in summary.facts.annotations.iter().filter(|annotation| has(annotation, found)) {
            let at = *annotation.directives.get("id").map_or(annotation.id_at(), |value| value.at);
            if at.len() != found.id.len() + 2 {
                let line = summary.lines.line_of(at.start as usize) + 1;
                return Err(format!(
                    "{path}:{line} spells this id with escapes: write it plainly there first"
                ));
            }
            places.push((Arc::clone(path), within_quotes(at)));
        }
    }
    if project.config().is_unreadable {
        return Err(format!("{} cannot be read: correct it first", project.config_file()));
    }
    if places.is_empty() {
        let is_implicit =
            found.capability.name == "execution_unit" && project.derived().units.contains_key(&found.id);
        return Err(match is_implicit {
            true => {
                format!("`{}` is the unit of what no annotation claims: it has no id to change", found.id)
            }
            false => format!("No `{}` annotation has this id: correct the key itself", found.capability.name),
        });
    }
    Ok(places)
}

fn has(annotation: &Annotation, found: &Id) -> bool {
    annotation.capability == found.capability.name && annotation.id() == Some(&found.id)
}

/// What is wrong with the new id.
fn check(project: &Project, found: &Id, name: &str) -> Result<(), String> {
    if name.is_empty() {
        return Err("An id cannot be empty".to_owned());
    }
    if let Some(wrong) = name.chars().find(|character| !is_id_character(*character)) {
        let wrong = wrong.escape_debug();
        return Err(format!("An id cannot have `{wrong}`: it has ASCII letters, digits and `_ - . : /`"));
    }
    if name.len() > MAX_ID_BYTES {
        return Err(format!("An id has at most {MAX_ID_BYTES} characters, and this one has {}", name.len()));
    }
    let other = Id { capability: found.capability, id: name.to_owned(), at: found.at };
    let taken = project.annotated().find_map(|(path, summary)| {
        let annotation = summary.facts.annotations.iter().find(|annotation| has(annotation, &other))?;
        Some(format!("{path}:{}", summary.lines.line_of(annotation.at.start as usize) + 1))
    });
    if let Some(place) = taken {
        return Err(format!("{place} has the id `{name}` already"));
    }
    let config = project.config();
    if let Some(section) = sections(project, found.capability)
        .into_iter()
        .find(|section| config.root.table(section).is_some_and(|table| table.entry(name).is_some()))
    {
        return Err(format!("{} has an entry `{section}.{name}` already", project.config_file()));
    }
    if found.capability.name == "execution_unit" && project.derived().units.contains_key(name) {
        return Err(format!("There is a unit `{name}` already"));
    }
    Ok(())
}

/// The changes of the configuration, and its name.
fn in_config(project: &Project, found: &Id, name: &str) -> Result<(Arc<str>, Vec<TextEdit>), String> {
    let file = project.config_file();
    let edits = match project.has_config() {
        true => rename_entries(project.config(), &sections(project, found.capability), &found.id, name),
        false => Some(Vec::new()),
    };
    let id = &found.id;
    let edits = edits.ok_or_else(|| {
        format!(
            "{file} is written so that `{id}` cannot be changed there alone: rename it there by hand first"
        )
    })?;
    Ok((file.into(), edits))
}

/// The changes of the usage file, which names units by their addresses.
fn in_usage(project: &Project, found: &Id, name: &str) -> Result<Vec<TextEdit>, String> {
    let usage = Figures::of(project).and_then(Figures::usage);
    let (Some(usage), Some(text)) = (usage, project.shared_text(USAGE_FILE)) else { return Ok(Vec::new()) };
    if found.capability.name != "execution_unit" || sanitised(&found.id) == sanitised(name) {
        return Ok(Vec::new());
    }
    let named: Vec<_> = usage.of_unit(&found.id);
    let root = read_yaml(&text).ok().flatten().map(|root| root.kind);
    let Some(ValueKind::Table(root)) = root else { return Ok(Vec::new()) };
    let entries = root.table("resource_usage").map_or(&[][..], |table| &table.entries);
    let mut edits = Vec::new();
    for usage in named {
        let written = entries.iter().find(|entry| entry.key == usage.written);
        let is_by_name = sanitised(&usage.address.name) == sanitised(&found.id);
        let (needle, new) = match &usage.address.index {
            Some(index) if !is_by_name => (index, name.to_owned()),
            _ => (&usage.address.name, sanitised(name)),
        };
        let edit = written.and_then(|entry| part(&text, *entry.key_at, needle, !is_by_name, new));
        edits.push(edit.ok_or_else(|| {
            format!("`{}` in {USAGE_FILE} cannot be changed: rename it there first", usage.written)
        })?);
    }
    Ok(edits)
}

/// The edit that replaces the last name in an address, or what stands in its own brackets.
fn part(text: &str, key: Span, needle: &str, is_index: bool, new: String) -> Option<TextEdit> {
    let raw = key.of(text).trim_end_matches(['"', '\'']);
    let bracket = raw.rfind('[').filter(|_| raw.ends_with(']') && !is_index);
    let end = bracket.unwrap_or(raw.len());
    let at = key.range().start + raw.get(..end)?.rfind(needle).filter(|_| !needle.is_empty())?;
    Some(TextEdit { span: Span::new(at, at + needle.len()), text: new })
}
