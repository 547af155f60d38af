//! The fixes that there are in a world, one for each finding that has one right answer.

use super::world::World;
use super::{Mending, OneFix};
use crate::actions::{fixes, parameter};
use crate::config_fixes::{KEY, meant};
use crate::snapshot::{Context, identity};
use crate::{FileEdit, FilePath, Span, TextEdit, WorkspaceEdit};
use klotho_annotation::catalogue::TARGET;
use klotho_annotation::finding::{Code, Severity};
use klotho_annotation::suggestion;
use klotho_graph::Located;
use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};

/// What is mended, wherever it stands: the file that shows it, the finding's identity, and the text around it, which tells
/// equal findings apart.
pub(super) type Key = (FilePath, u64, u64);

/// How much of that text counts.
const AROUND: usize = 1024;

/// How one finding is mended.
pub(super) struct Fix {
    pub(super) key: Key,
    /// How bad the finding is.
    pub(super) severity: Severity,
    at: u32,
    title: String,
    pub(super) is_decision: bool,
    pub(super) edit: WorkspaceEdit,
}

impl Fix {
    /// What it mends, whatever the text around it: the file that shows it, and its identity.
    pub(super) fn finding(&self) -> (FilePath, u64) {
        (FilePath::clone(&self.key.0), self.key.1)
    }

    pub(super) fn is_wanted(&self, how: &Mending<'_>) -> bool {
        how.decides || !self.is_decision
    }

    pub(super) fn told(self) -> OneFix {
        let (path, identity, _) = self.key;
        let Self { at, title, is_decision, edit, .. } = self;
        OneFix { path, identity, at, title, is_decision, edit }
    }
}

/// Whether what to do is for a person to decide: where something runs, what a file belongs to, which files there are, what the
/// internet may reach, and whether a comment is an annotation.
pub(super) fn is_decision(located: &Located) -> bool {
    match located.finding.code {
        Code::TargetConflict
        | Code::TargetNotInConfig
        | Code::TargetInfeasible
        | Code::CheaperTarget
        | Code::MarkMisspelt
        | Code::ProjectFileMissing => true,
        Code::NoResource => located.finding.variant == "unreachable",
        // It had no effect so far: what it names or keeps would become another thing.
        Code::BodyQuirk => located.finding.variant.starts_with("kind"),
        // So many dots may as well be those of a version.
        Code::AnnotationSyntax => {
            located.finding.variant == "number" && parameter(located, "value").contains('.')
        }
        // It had no effect so far, and may say another thing of what it is moved to.
        Code::ConfigUnknownResource => located.finding.variant == "elsewhere",
        // Who wrote "private" meant the opposite of what there is.
        Code::TargetNotPublic => {
            suggestion(parameter(located, "value").trim_matches('"'), ["public"]).is_empty()
        }
        // It had no effect so far, and says where the unit runs once it has one.
        Code::WorkloadInvalid | Code::ConfigIgnored => {
            located.finding.parameter(KEY).is_some_and(|key| key == TARGET || is_guess(located, key))
        }
        _ => false,
    }
}

/// Whether a key is the mere beginning of what it is taken for, and leaves out more than a unit such as `_mb`.
fn is_guess(located: &Located, key: &str) -> bool {
    let rest = meant(&located.finding).and_then(|meant| meant.strip_prefix(key));
    rest.is_some_and(|rest| rest.len() > "_mb".len())
}

/// The fixes of a file's findings.
pub(super) fn of_file(context: &Context<'_>, path: &FilePath, how: &Mending<'_>) -> Vec<Fix> {
    let found = context.project.shown_findings_of(&context.relative).into_iter();
    found.filter_map(|located| one(context, path, &located, how)).collect()
}

/// Whether a finding of a file, or of the project that is shown in it, is left alone.
pub(super) fn is_known(how: &Mending<'_>, path: &FilePath, identity: u64) -> bool {
    let is_known = |path: Option<FilePath>| how.known.contains(&(path, identity));
    !how.known.is_empty() && (is_known(Some(FilePath::clone(path))) || is_known(None))
}

/// The fix of a finding, if one of its fixes is better than the others, and it changes no more than it may.
fn one(context: &Context<'_>, path: &FilePath, located: &Located, how: &Mending<'_>) -> Option<Fix> {
    let severity = (how.level)(located.finding.code, located.severity)?;
    let identity = identity(&located.finding);
    if is_known(how, path, identity) {
        return None;
    }
    let mut right = fixes(context, located).into_iter().filter(|fix| fix.is_preferred);
    let (Some(fix), None) = (right.next(), right.next()) else { return None };
    let is_decision = is_decision(located);
    let is_own = |files: &[FileEdit]| matches!(files, [file] if file.path == *path && !file.create);
    if fix.edit.files.is_empty() || !(is_decision && how.only.is_none() || is_own(&fix.edit.files)) {
        return None;
    }
    Some(Fix {
        key: (FilePath::clone(path), identity, around(context, located)),
        severity,
        at: located.at.start,
        title: fix.title,
        is_decision,
        edit: fix.edit,
    })
}

/// A hash of the text from the line of a finding to the next blank line.
fn around(context: &Context<'_>, located: &Located) -> u64 {
    let text = context.document.map(|document| &*document.text).unwrap_or_default();
    let at = located.at.start as usize;
    let start = text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |newline| newline + 1);
    let lines = text.get(start..).unwrap_or_default().lines();
    let block = lines.take_while(|line| !line.trim().is_empty()).flat_map(str::bytes).take(AROUND);
    let mut hasher = DefaultHasher::new();
    block.for_each(|byte| byte.hash(&mut hasher));
    hasher.finish()
}

/// Fixes that do not touch each other, and what they change together.
#[derive(Default)]
pub(super) struct Chosen {
    /// How bad the mildest of what they mend is; `None` where there are no fixes.
    pub(super) mildest: Option<Severity>,
    /// By path; whether the file is made, and sorted edits.
    pub(super) files: BTreeMap<FilePath, (bool, Vec<TextEdit>)>,
}

impl Chosen {
    /// As many of the fixes as can be made at once, the first ones first. Each is made whole or not at all.
    pub(super) fn of<'a>(fixes: impl Iterator<Item = &'a Fix>, world: &World) -> Self {
        let mut chosen = Self::default();
        for fix in fixes.filter(|fix| fix.edit.files.iter().all(|file| world.can_edit(file))) {
            if fix.edit.files.iter().all(|file| chosen.has_room(file)) {
                chosen.add(fix);
            }
        }
        chosen.files.values_mut().for_each(|(_, edits)| edits.sort_by_key(|edit| edit.span.start));
        chosen
    }

    pub(super) fn is_empty(&self) -> bool {
        self.mildest.is_none()
    }

    fn has_room(&self, file: &FileEdit) -> bool {
        let Some((_, taken)) = self.files.get(&file.path) else { return true };
        let is_free = |edit: &TextEdit| !taken.iter().any(|other| touch(edit.span, other.span));
        !file.create && file.edits.iter().all(is_free)
    }

    fn add(&mut self, fix: &Fix) {
        self.mildest = self.mildest.max(Some(fix.severity));
        for file in &fix.edit.files {
            let (_, edits) =
                self.files.entry(FilePath::clone(&file.path)).or_insert((file.create, Vec::new()));
            edits.extend(file.edits.iter().cloned());
        }
    }
}

fn touch(one: Span, other: Span) -> bool {
    one.start <= other.end && other.start <= one.end
}
