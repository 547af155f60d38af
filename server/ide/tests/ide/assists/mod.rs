//! What can be done where nothing is wrong.

mod workload;

use crate::support::Fixture;

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
    shown.concat()
}
