//! What can be done where nothing is wrong.

mod annotate;
mod convert;
mod extract;
mod regroup;
mod workload;

use crate::fuzz::apps::{App, apps_in};
use crate::support::{Disk, Fixture, ROOT};
use klotho_ide::Severity;
use std::collections::BTreeMap;
use std::path::Path;

/// The titles of what is offered at the cursor and starts with one of `starts`; what cannot be done with its reason.
fn titles(files: &[(&str, &str)], starts: &[&str]) -> String {
    let actions = Fixture::new(files).actions().into_iter();
    let shown = actions.filter(|action| starts.iter().any(|start| action.title.starts_with(start)));
    let lines = shown.map(|action| match action.disabled {
        Some(reason) => format!("{} [{}]: {reason}\n", action.title, action.kind),
        None => format!("{} [{}]\n", action.title, action.kind),
    });
    lines.collect()
}

/// The files after an action, those that it changed alone.
fn done(files: &[(&str, &str)], title: &str) -> String {
    let fixture = Fixture::new(files);
    let action = fixture.action(title);
    assert_eq!(action.disabled, None, "{title}");
    let after = fixture.disk.edited(&action.edit);
    let changed = after.0.iter().filter(|(path, text)| fixture.disk.0.get(*path) != Some(text));
    let shown: Vec<_> = changed.map(|(path, text)| format!("-- {path}\n{text}")).collect();
    shown.concat().replace('\r', "␍")
}

/// How often each code of an error or a warning is found in a project, in which file.
fn wrong(disk: &Disk) -> BTreeMap<(String, &'static str), usize> {
    let mut counts = BTreeMap::new();
    for found in disk.snapshot().project_diagnostics(ROOT) {
        if matches!(found.severity, Severity::Error | Severity::Warning) {
            let path = found.path.unwrap_or_default().to_string();
            *counts.entry((path, found.code.name())).or_default() += 1;
        }
    }
    counts
}

/// Whether a project has an error or a warning that another has not.
fn worse(before: &Disk, after: &Disk) -> Vec<(String, &'static str)> {
    let old = wrong(before);
    let new = wrong(after).into_iter().filter(|(key, count)| old.get(key).is_none_or(|old| old < count));
    new.map(|(key, _)| key).collect()
}

fn apps() -> Vec<App> {
    apps_in(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/apps"))
}
