//! The schemas hold of every configuration and every annotation in which nothing is found wrong, and of none in which the
//! wrong thing is one that a schema can know.

use crate::folder;
use crate::runner::disk::{Disk, ROOT};
use crate::runner::spec;
use klotho_ide::{Code, Snapshot, annotation_schema, config_schema};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;

/// Cases of a value of another type, which counts as absent and of which nothing is said. The schemas refuse it: it is never
/// what someone means.
const ABSENT: [&str; 3] = [
    "1.7-toml.md: A value of another type counts as absent",
    "5.7-javascript-files.md: `secret` makes a secret of files",
    "6.1-reading.md: A list of strings with something else in it",
];

/// Cases of a body that ends too early: what is wrong stands where the rest of it is.
const CUT: [&str; 2] = [
    "1.3-comment-blocks.md: A blank line between line comments ends the block",
    "1.7-toml.md: A pattern may end a block comment",
];

/// The page of what is wrong and allowed: a schema knows no comments.
const ALLOWED: &str = "allowed-findings.md:";

/// All projects that the tests have, with their names, but for those that a schema cannot know.
fn projects() -> Vec<(String, Disk)> {
    let specs = spec::all(&folder()).into_iter().flat_map(|spec| {
        let name = spec.name();
        spec.cases.into_iter().map(move |case| (format!("{name}: {}", case.heading), case.disk()))
    });
    let apps = fs::read_dir(folder().join("../apps")).expect("there are applications");
    let apps = apps.map(|entry| entry.expect("an entry").path()).filter(|path| path.is_dir());
    let is_known = |name: &str| !ABSENT.contains(&name) && !CUT.contains(&name) && !name.starts_with(ALLOWED);
    let all = specs.chain(apps.map(|path| (path.display().to_string(), read(&path))));
    all.filter(|(name, _)| is_known(name)).collect()
}

/// The texts below a folder.
fn read(root: &Path) -> Disk {
    let (mut disk, mut folders) = (Disk::default(), vec![root.to_owned()]);
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
            match path.is_dir() {
                true => folders.push(path),
                false => {
                    let name = path.strip_prefix(root).expect("it lies there").display().to_string();
                    disk.0.extend(fs::read_to_string(&path).ok().map(|text| (name, text)));
                }
            }
        }
    }
    disk
}

/// What is found wrong in a part of a file. What the project lacks as a whole is shown there and is not about it.
fn wrong(snapshot: &Snapshot, path: &str, is_in: impl Fn(klotho_ide::Span) -> bool) -> Vec<(Code, String)> {
    let found = snapshot.diagnostics(&format!("{ROOT}/{path}")).into_iter();
    let found = found.filter(|found| found.code != Code::ProjectFileMissing && is_in(found.span));
    found.map(|found| (found.code, found.message)).collect()
}

/// Looks at each value that `parts` finds in the projects: with nothing wrong it must be valid; with a finding that
/// `tells` it must not be. Returns how often each was the case.
fn check(
    schema: &Value,
    parts: impl Fn(&Disk, &Snapshot) -> Vec<(Value, Vec<(Code, String)>)>,
    tells: impl Fn(Code, &str) -> bool,
) -> (usize, usize) {
    let validator = jsonschema::validator_for(schema).expect("it is a schema");
    let (mut right, mut refused, mut failures) = (0, 0, Vec::new());
    for (name, disk) in projects() {
        for (value, wrong) in parts(&disk, &disk.snapshot()) {
            let error =
                validator.validate(&value).err().map(|error| format!("{error} at {}", error.instance_path()));
            let must_fail = wrong.iter().any(|(code, message)| tells(*code, message));
            match (&error, wrong.is_empty(), must_fail) {
                (Some(error), true, _) => failures.push(format!("{name}: {error}\n{value}")),
                (None, _, true) => failures.push(format!("{name}: {wrong:?} and valid\n{value}")),
                (None, true, _) => right += 1,
                (Some(_), _, true) => refused += 1,
                _ => {}
            }
        }
    }
    assert!(failures.is_empty(), "{} disagree:\n{}", failures.len(), failures.join("\n"));
    (right, refused)
}

#[test]
fn the_schema_of_the_configuration_agrees_with_the_findings() {
    let parts = |disk: &Disk, snapshot: &Snapshot| {
        let Some(project) = snapshot.project(ROOT).filter(|project| project.has_config()) else {
            return Vec::new();
        };
        if project.config_file() != "klotho.yaml" || project.config().is_unreadable || disk.0.is_empty() {
            return Vec::new();
        }
        vec![(project.config().root.to_json(), wrong(snapshot, "klotho.yaml", |_| true))]
    };
    // What a chart or a language needs depends on more than the configuration.
    let tells = |code, message: &str| match code {
        Code::ConfigType => message.contains("is no type of") || message.contains("is no provider"),
        Code::ConfigApp => true,
        _ => false,
    };
    let (right, refused) = check(&config_schema(), parts, tells);
    assert!(right > 30 && refused > 5, "{right} are right and {refused} refused");
}

#[test]
fn the_schema_of_annotations_agrees_with_the_findings() {
    let parts = |disk: &Disk, snapshot: &Snapshot| {
        let mut parts = Vec::new();
        for path in disk.0.keys() {
            let summary = snapshot.project(ROOT).and_then(|project| project.summary(path));
            for annotation in summary.iter().flat_map(|summary| &summary.facts.annotations) {
                let body = json!({ &annotation.capability: annotation.directives.to_json() });
                parts.push((body, wrong(snapshot, path, |span| annotation.at.meets(span))));
            }
        }
        parts
    };
    let tells = |code, _: &str| matches!(code, Code::TargetNotPublic | Code::UnknownCapability);
    let (right, refused) = check(&annotation_schema(), parts, tells);
    assert!(right > 200 && refused > 2, "{right} are right and {refused} refused");
}
