//! What is said while a folder is still being read.

use crate::support::{Disk, ROOT, new_host};
use klotho_grammars::Language;
use klotho_ide::{Change, Contents, Host, ListedProject, ProjectFiles, Span, contents_of};

const CONFIG: &str = "execution_units:\n  a:\n    type: ecs\n  lost:\n    type: ecs\n";
const SOURCE: &str =
    "// @klotho::execution_unit {\n//   id = \"a\"\n//   target = \"lambda\"\n// }\n\n// @klotho::nonsense\n";

/// What is at hand of a project of which `source` is open: its configuration.
fn glimpse() -> ProjectFiles {
    ProjectFiles {
        root: ROOT.into(),
        paths: vec!["a.js".to_owned()],
        links: Vec::new(),
        contents: vec![("klotho.yaml".to_owned(), contents_of("klotho.yaml", CONFIG.into()))],
        outputs: Vec::new(),
        above: Vec::new(),
    }
}

fn half_read() -> Host {
    let mut host = new_host();
    host.apply(Change::Reading { folder: ROOT.into(), is_done: false });
    host.apply(Change::Glimpse(glimpse()));
    for (path, language, text) in
        [("a.js", Some(Language::JavaScript), SOURCE), ("klotho.yaml", None, CONFIG)]
    {
        let (path, text) = (format!("{ROOT}/{path}").into(), text.to_owned());
        host.apply(Change::Open { path, language, version: 1, text });
    }
    host.settle();
    host
}

fn codes(host: &Host, path: &str) -> Vec<&'static str> {
    let found = host.snapshot().diagnostics(&format!("{ROOT}/{path}"));
    found.iter().map(|found| found.code.name()).collect()
}

fn hover(host: &Host) -> String {
    host.snapshot().hover(&format!("{ROOT}/a.js"), 8).map(|hover| hover.markdown).unwrap_or_default()
}

#[test]
fn an_open_file_is_answered_from_what_is_at_hand_and_says_so() {
    let mut host = half_read();
    let shown = hover(&host);
    assert!(shown.contains("ECS on Fargate") && shown.contains("still being read"), "{shown}");
    let disk = Disk::new(&[("a.js", SOURCE), ("klotho.yaml", CONFIG)]);
    disk.load(&mut host);
    host.apply(Change::Reading { folder: ROOT.into(), is_done: true });
    host.settle();
    let shown = hover(&host);
    assert!(shown.contains("ECS on Fargate") && !shown.contains("still being read"), "{shown}");
}

#[test]
fn only_what_holds_whatever_the_rest_may_be_is_a_finding() {
    let mut host = half_read();
    assert_eq!((codes(&host, "a.js"), codes(&host, "klotho.yaml")), (vec!["unknown-capability"], vec![]));
    Disk::new(&[("a.js", SOURCE), ("klotho.yaml", CONFIG), ("package.json", "{}")]).load(&mut host);
    assert_eq!(codes(&host, "a.js"), ["target-conflict", "unknown-capability"]);
    assert_eq!(codes(&host, "klotho.yaml"), ["config-unknown-resource"]);
}

#[test]
fn a_listed_project_is_whole_while_a_folder_around_it_is_read() {
    let mut host = new_host();
    Disk::new(&[("a.js", SOURCE), ("klotho.yaml", CONFIG)]).load(&mut host);
    let before = codes(&host, "a.js");
    host.apply(Change::Reading { folder: "/".into(), is_done: false });
    host.apply(Change::Glimpse(glimpse()));
    host.settle();
    assert_eq!(codes(&host, "a.js"), before);
    assert!(host.snapshot().is_reading() && !host.snapshot().is_partial(&format!("{ROOT}/a.js")));
}

#[test]
fn several_glimpses_add_up() {
    let mut host = half_read();
    let more = ProjectFiles {
        paths: vec!["b.js".to_owned()],
        contents: vec![("b.js".to_owned(), contents_of("b.js", SOURCE.replace("\"a\"", "\"b\"").into()))],
        ..glimpse()
    };
    host.apply(Change::Glimpse(more));
    host.settle();
    let project = host.snapshot();
    let units = project.project(ROOT).map(|project| project.derived().units.len());
    assert_eq!(units, Some(2));
    // Whether the disk has a file is asked again when it is listed.
    let gone = ProjectFiles { contents: vec![("b.js".to_owned(), Contents::Missing)], ..glimpse() };
    host.apply(Change::Project(Box::new(ListedProject::new(gone))));
    host.settle();
    let units = host.snapshot().project(ROOT).map(|project| project.derived().units.len());
    assert_eq!(units, Some(1));
}

#[test]
fn what_is_only_known_in_part_is_neither_mended_nor_renamed_nor_planned() {
    let mut host = half_read();
    let path = format!("{ROOT}/a.js");
    let target = SOURCE.find("lambda").expect("a target");
    // Whether each action mends a finding.
    let actions = |host: &Host| -> Vec<(String, bool)> {
        let found =
            host.snapshot().code_actions(&path, Span::empty(target), &crate::support::at_the_cursor());
        found.into_iter().map(|action| (action.title, !action.fixes.is_empty())).collect()
    };
    let id = SOURCE.find("\"a\"").expect("an id") + 1;
    let shown = actions(&host);
    assert!(shown.iter().any(|(title, _)| title.starts_with("Switch a to")), "{shown:?}");
    assert!(!shown.iter().any(|(title, mends)| *mends || title.contains("plan")), "{shown:?}");
    let refused = host.snapshot().rename(&path, id, "b").expect_err("not all places are known");
    assert_eq!(refused, "The project is still being read: try again in a moment");
    assert!(host.snapshot().prepare_rename(&path, id).is_err());
    Disk::new(&[("a.js", SOURCE), ("klotho.yaml", CONFIG)]).load(&mut host);
    assert!(actions(&host).iter().any(|(_, mends)| *mends));
    assert!(host.snapshot().rename(&path, id, "b").is_ok());
}

#[test]
fn what_a_project_allows_is_allowed_from_the_start() {
    let allowing = "// klotho-ls: allow(unknown-capability) a word of our own\n// klotho-ls: allow(no-resource) it is of use later\n// @klotho::nonsense\n";
    let mut host = new_host();
    host.apply(Change::Reading { folder: ROOT.into(), is_done: false });
    host.apply(Change::Glimpse(glimpse()));
    let path = format!("{ROOT}/a.js").into();
    host.apply(Change::Open { path, language: None, version: 1, text: allowing.to_owned() });
    host.settle();
    assert_eq!(codes(&host, "a.js"), [""; 0]);
}
