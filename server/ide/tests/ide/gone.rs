//! Files that the disk loses while they are open.

use crate::support::{Disk, ROOT, new_host};
use klotho_ide::{Change, Contents, Host};

const STORE: &str =
    "// @klotho::persist { id = \"notes\" }\nconst notes = new Map();\nexports.notes = notes;\n";
const INDEX: &str = "require('./a');\nrequire('./b');\n";

fn path(name: &str) -> String {
    format!("{ROOT}/{name}")
}

/// A project with an open document.
fn opened(disk: &Disk, name: &str, text: &str) -> Host {
    let mut host = new_host();
    disk.load(&mut host);
    host.apply(Change::Open { path: path(name).into(), language: None, version: 1, text: text.to_owned() });
    disk.deliver(&mut host);
    host
}

/// A disk before a file got another name, and after.
fn renamed() -> (Disk, Disk) {
    let rest = [("package.json", "{}"), ("index.js", INDEX)];
    let disk = |name| Disk::new(&[rest[0], rest[1], (name, STORE)]);
    (disk("a.js"), disk("b.js"))
}

/// The files that declare the store, as the project has it.
fn declaring(host: &Host) -> Vec<String> {
    let snapshot = host.snapshot();
    let stores =
        snapshot.project(ROOT).map(|project| project.derived().stores.values()).into_iter().flatten();
    stores.flat_map(|store| &store.declared).map(|fact| fact.path.to_string()).collect()
}

fn hovers(host: &Host, name: &str) -> bool {
    host.snapshot().hover(&path(name), 8).is_some_and(|hover| hover.markdown.contains("`notes`"))
}

fn check_renamed(host: &Host) {
    assert_eq!(declaring(host), ["b.js"]);
    // What is left in the editor is served on, by itself.
    assert!(hovers(host, "a.js"));
    assert_eq!(host.snapshot().root_of(&path("a.js")).as_deref(), Some(&*path("a.js")));
    assert_eq!(host.snapshot().project_diagnostics(ROOT), []);
}

#[test]
fn a_file_that_is_renamed_while_it_is_open_is_there_once() {
    let (before, after) = renamed();
    // Told file by file, in any order, or found by listing.
    for order in [["a.js", "b.js"], ["b.js", "a.js"]] {
        let mut host = opened(&before, "a.js", STORE);
        assert_eq!(declaring(&host), ["a.js"]);
        for name in order {
            host.apply(Change::Read { path: path(name).into(), contents: after.read(name) });
        }
        after.deliver(&mut host);
        check_renamed(&host);
    }
    let mut host = opened(&before, "a.js", STORE);
    after.load(&mut host);
    check_renamed(&host);
}

#[test]
fn a_file_that_comes_back_is_part_of_its_project_again() {
    let (before, after) = renamed();
    let back: [fn(&mut Host, &Disk); 3] = [
        |host, disk| host.apply(Change::Read { path: path("a.js").into(), contents: disk.read("a.js") }),
        |host, _| host.apply(Change::Save { path: path("a.js").into() }),
        |host, disk| disk.load(host),
    ];
    for back in back {
        let mut host = opened(&before, "a.js", STORE);
        after.load(&mut host);
        host.apply(Change::Read { path: path("b.js").into(), contents: Contents::Missing });
        back(&mut host, &before);
        before.deliver(&mut host);
        assert_eq!(declaring(&host), ["a.js"]);
        assert_eq!(host.snapshot().projects().iter().map(|root| &**root).collect::<Vec<_>>(), [ROOT]);
    }
}

#[test]
fn a_file_that_was_never_saved_is_part_of_its_project() {
    let disk = Disk::new(&[("package.json", "{}"), ("index.js", INDEX)]);
    let mut host = opened(&disk, "a.js", STORE);
    assert_eq!(declaring(&host), ["a.js"]);
    // Neither a listing nor a look at the disk meets it.
    disk.load(&mut host);
    host.apply(Change::Read { path: path("a.js").into(), contents: Contents::Missing });
    disk.deliver(&mut host);
    assert_eq!(declaring(&host), ["a.js"]);
}

#[test]
fn closing_what_the_disk_has_lost_leaves_nothing() {
    let (before, after) = renamed();
    let mut host = opened(&before, "a.js", STORE);
    after.load(&mut host);
    host.apply(Change::Close { path: path("a.js").into() });
    after.deliver(&mut host);
    assert_eq!((declaring(&host), host.snapshot().projects().len()), (vec!["b.js".to_owned()], 1));
    assert!(!hovers(&host, "a.js"));
}
