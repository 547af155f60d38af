//! The traffic of a unit out of its annotation into the configuration, and back: the answer stays the same.

use super::{Asked, Offer};
use crate::body_edit::Draft;
use crate::config_edit::{Outcome, difference, remove, set};
use crate::placement::Subject;
use crate::workload::WORKLOAD;
use crate::{FileEdit, WorkspaceEdit};
use klotho_annotation::{Annotation, Table};
use klotho_graph::{Config, ConfigFormat, Kind};

/// Moves it to where the cursor's annotation has it not.
pub(super) fn regroup(asked: &Asked<'_>) -> Vec<Offer> {
    made(asked).into_iter().collect()
}

fn made(asked: &Asked<'_>) -> Option<Offer> {
    let (Some(Subject::Annotation(index)), [id]) = (asked.subject, asked.units) else { return None };
    let project = asked.context.project;
    let config = project.config();
    let annotation = crate::anatomy::annotations(asked.context).get(*index)?;
    let is_one = project.derived().units.get(id)?.declared.len() == 1;
    if !is_one || project.is_document() || config.is_unreadable {
        return None;
    }
    let file = project.config_file();
    let configured = config.table(Kind::ExecutionUnit, id).and_then(|entry| entry.table(WORKLOAD));
    let (title, edit) = match (annotation.directives.table(WORKLOAD), configured) {
        (Some(table), None) => {
            (format!("Move the traffic of {id} to {file}"), to_config(asked, id, annotation, table))
        }
        (None, Some(table)) => (
            format!("Move the traffic of {id} into its annotation"),
            to_annotation(asked, id, annotation, table),
        ),
        _ => return None,
    };
    let by_hand =
        || format!("it is written so that only you can move it: cut [{WORKLOAD}] and write its keys anew");
    Some(Offer { title, edit: edit.ok_or_else(by_hand) })
}

fn to_config(asked: &Asked<'_>, id: &str, annotation: &Annotation, table: &Table) -> Option<WorkspaceEdit> {
    let mut config: Option<Box<Config>> = None;
    let mut entries: Vec<_> = table.entries.iter().collect();
    // In TOML new keys go last, elsewhere first.
    if asked.context.project.config().format != ConfigFormat::Toml {
        entries.reverse();
    }
    for entry in entries {
        let now = config.as_deref().unwrap_or(asked.context.project.config());
        let path = [now.names(Kind::ExecutionUnit).section, id, WORKLOAD, &entry.key];
        match set(now, &path, &entry.value.to_json()) {
            Outcome::Edit(_, after) => config = Some(after),
            Outcome::Said => {}
            Outcome::Refused => return None,
        }
    }
    let mut draft = draft(asked, annotation)?;
    let config = config.filter(|_| draft.remove(WORKLOAD))?;
    edit(asked, &draft, &config)
}

fn to_annotation(
    asked: &Asked<'_>,
    id: &str,
    annotation: &Annotation,
    table: &Table,
) -> Option<WorkspaceEdit> {
    let config = asked.context.project.config();
    let mut draft = draft(asked, annotation)?;
    if !table.entries.iter().all(|entry| draft.set(&[WORKLOAD, &entry.key], &entry.value.to_json())) {
        return None;
    }
    match remove(config, &[config.names(Kind::ExecutionUnit).section, id, WORKLOAD]) {
        Outcome::Edit(_, after) => edit(asked, &draft, &after),
        Outcome::Said | Outcome::Refused => None,
    }
}

fn draft(asked: &Asked<'_>, annotation: &Annotation) -> Option<Draft> {
    let document = asked.context.document?;
    Draft::of(document.language?, &document.text, annotation)
}

fn edit(asked: &Asked<'_>, draft: &Draft, config: &Config) -> Option<WorkspaceEdit> {
    let (context, project) = (asked.context, asked.context.project);
    let file = |relative: &str, create, edit| FileEdit {
        path: context.absolute(relative),
        create,
        edits: vec![edit],
    };
    let configured = difference(&project.config().text, &config.text);
    let configured = file(project.config_file(), !project.has_config(), configured);
    Some(WorkspaceEdit { files: vec![file(&context.relative, false, draft.edit()?), configured] })
}
