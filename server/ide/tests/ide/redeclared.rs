//! Stores and emitters that an edit declares otherwise: step by step they become what a fresh start makes of the same files.

use crate::support::{Disk, ROOT, new_host};
use expect_test::expect;
use klotho_ide::{Change, ContentChange, Encoding, Host};
use std::collections::BTreeSet;

const FIRST: &str = "// @klotho::execution_unit { id = \"first\" }\nconst kept = require(\"./kept\");\nexports.run = async () => kept.users.get(1);\n";
const SECOND: &str = "// @klotho::execution_unit { id = \"second\" }\nexports.run = async () => 1;\n";
const USERS: &str = "// @klotho::persist { id = \"users\" }\nexports.users = new Map();\n";
const ORDERS: &str = "// @klotho::persist { id = \"orders\" }\nexports.orders = new Map();\n";
const PLACED: &str = "const events = require(\"events\");\n// @klotho::pubsub { id = \"placed\" }\nexports.placed = new events.EventEmitter();\nexports.placed.on(\"made\", () => 1);\nexports.place = () => exports.placed.emit(\"made\");\n";

/// A project that is edited, every file open.
struct Edited {
    host: Host,
    disk: Disk,
    version: i32,
}

impl Edited {
    fn new(kept: &str) -> Self {
        let disk = Disk::new(&[
            ("package.json", "{}"),
            ("first.js", FIRST),
            ("second.js", SECOND),
            ("kept.js", kept),
            ("more.js", USERS),
        ]);
        let mut host = new_host();
        disk.load(&mut host);
        for (name, text) in disk.0.iter().filter(|(name, _)| name.ends_with(".js")) {
            let (path, text) = (format!("{ROOT}/{name}").into(), text.clone());
            host.apply(Change::Open { path, language: None, version: 0, text });
        }
        disk.deliver(&mut host);
        Self { host, disk, version: 0 }
    }

    /// Gives files other texts at once, and compares what follows with a fresh start. Returns what is declared.
    fn becomes(&mut self, files: &[(&str, &str)]) -> String {
        for (name, text) in files {
            self.version += 1;
            self.disk.0.insert((*name).to_owned(), (*text).to_owned());
            self.host.apply(Change::Edit {
                path: format!("{ROOT}/{name}").into(),
                version: self.version,
                changes: vec![ContentChange { range: None, text: (*text).to_owned() }],
                encoding: Encoding::Utf16,
            });
        }
        self.disk.deliver(&mut self.host);
        let (edited, fresh) = (self.host.snapshot(), self.disk.snapshot());
        assert_eq!(edited.graph_json(ROOT), fresh.graph_json(ROOT), "{files:?}");
        assert_eq!(edited.project_diagnostics(ROOT), fresh.project_diagnostics(ROOT), "{files:?}");
        let project = edited.project(ROOT).expect("it is there");
        let derived = project.derived();
        let stores = derived.stores.iter();
        let stores = stores.map(|(it, store)| (&it.id, &store.declared, store.units.iter().collect()));
        let topics = derived.topics.iter();
        let topics = topics
            .map(|(id, topic)| (id, &topic.declared, topic.events.iter().map(|(unit, _)| unit).collect()));
        let shown = stores.chain(topics).map(|(id, declared, units): (_, _, BTreeSet<&String>)| {
            let declared = declared.iter().map(|fact| format!("{}#{}", fact.path, fact.annotation));
            format!("{id} {} of {units:?}\n", declared.collect::<Vec<_>>().join("+"))
        });
        shown.collect()
    }
}

#[test]
fn an_annotation_before_the_others_moves_them() {
    let mut world = Edited::new(&[USERS, ORDERS, PLACED].concat());
    let new = "// @klotho::persist { id = \"new\" }\nexports.fresh = new Map();\n";
    expect![[r#"
        new kept.js#0 of {"first"}
        orders kept.js#2 of {"first"}
        users kept.js#1 of {"first"}
        placed kept.js#3 of {"first"}
    "#]]
    .assert_eq(&world.becomes(&[("kept.js", &[new, USERS, ORDERS, PLACED].concat())]));
    // One that declares no store.
    let lost = "// @klotho::expose { id = \"lost\" }\n\n";
    expect![[r#"
        new kept.js#1 of {"first"}
        orders kept.js#3 of {"first"}
        users kept.js#2 of {"first"}
        placed kept.js#4 of {"first"}
    "#]]
    .assert_eq(&world.becomes(&[("kept.js", &[lost, new, USERS, ORDERS, PLACED].concat())]));
    // A line before all changes where they stand, and nothing else.
    expect![[r#"
        new kept.js#1 of {"first"}
        orders kept.js#3 of {"first"}
        users kept.js#2 of {"first"}
        placed kept.js#4 of {"first"}
    "#]]
    .assert_eq(&world.becomes(&[("kept.js", &["\n", lost, new, USERS, ORDERS, PLACED].concat())]));
}

#[test]
fn an_annotation_that_goes_leaves_the_others() {
    let mut world = Edited::new(&[USERS, ORDERS, PLACED].concat());
    expect![[r#"
        orders kept.js#0 of {"first"}
        placed kept.js#1 of {"first"}
    "#]]
    .assert_eq(&world.becomes(&[("kept.js", &[ORDERS, PLACED].concat())]));
    expect![[r#"
        orders kept.js#0 of {"first"}
    "#]]
    .assert_eq(&world.becomes(&[("kept.js", ORDERS)]));
    expect![[""]].assert_eq(&world.becomes(&[("kept.js", "")]));
    expect![[r#"
        users kept.js#1 of {"first"}
        placed kept.js#0 of {"first"}
    "#]]
    .assert_eq(&world.becomes(&[("kept.js", &[PLACED, USERS].concat())]));
}

#[test]
fn an_id_that_changes_in_place_is_another_store() {
    let mut world = Edited::new(&[USERS, ORDERS, PLACED].concat());
    let renamed = [&*USERS.replace("\"users\"", "\"people\""), ORDERS, PLACED].concat();
    expect![[r#"
        orders kept.js#1 of {"first"}
        people kept.js#0 of {"first"}
        placed kept.js#2 of {"first"}
    "#]]
    .assert_eq(&world.becomes(&[("kept.js", &renamed)]));
    // Two that change their ids with each other, and one that takes that of another.
    let swapped = renamed
        .replace("\"people\"", "\"x\"")
        .replace("\"orders\"", "\"people\"")
        .replace("\"x\"", "\"orders\"");
    expect![[r#"
        orders kept.js#0 of {"first"}
        people kept.js#1 of {"first"}
        placed kept.js#2 of {"first"}
    "#]]
    .assert_eq(&world.becomes(&[("kept.js", &swapped)]));
    expect![[r#"
        orders kept.js#0 of {"first"}
        people kept.js#1 of {"first"}
        people kept.js#2 of {"first"}
    "#]]
    .assert_eq(&world.becomes(&[("kept.js", &swapped.replace("\"placed\"", "\"people\""))]));
    expect![[r#"
        orders kept.js#1 of {"first"}
        placed kept.js#2 of {"first"}
    "#]]
    .assert_eq(&world.becomes(&[("kept.js", &swapped.replace("\"people\"", "\"orders\""))]));
}

#[test]
fn a_file_of_another_unit_takes_its_stores_along() {
    let mut world = Edited::new(&[USERS, ORDERS, PLACED].concat());
    let import = "const kept = require(\"./kept\");\n";
    let with = |text: &str, line: &str| format!("{text}{line}");
    let without = FIRST.replace(import, "");
    expect![[r#"
        orders kept.js#1 of {"second"}
        users kept.js#0 of {"second"}
        placed kept.js#2 of {"second"}
    "#]]
    .assert_eq(&world.becomes(&[("first.js", &without), ("second.js", &with(SECOND, import))]));
    expect![[r#"
        orders kept.js#1 of {"first", "second"}
        users kept.js#0 of {"first", "second"}
        placed kept.js#2 of {"first", "second"}
    "#]]
    .assert_eq(&world.becomes(&[("first.js", FIRST)]));
    // The same store in two files, which belong to units of their own.
    let more = "require(\"./more\");\n";
    expect![[r#"
        orders kept.js#1 of {"first"}
        users kept.js#0+more.js#0 of {"first", "second"}
        placed kept.js#2 of {"first"}
    "#]]
    .assert_eq(&world.becomes(&[("second.js", &with(SECOND, more))]));
    expect![[r#"
        orders kept.js#1 of {"second"}
        users kept.js#0+more.js#0 of {"first", "second"}
        placed kept.js#2 of {"second"}
    "#]]
    .assert_eq(&world.becomes(&[("first.js", &with(&without, more)), ("second.js", &with(SECOND, import))]));
    expect![[r#"
        orders kept.js#0 of {"second"}
    "#]]
    .assert_eq(&world.becomes(&[("first.js", &without), ("kept.js", ORDERS)]));
}

#[test]
fn calls_follow_what_files_pass_on() {
    let passes = |from: &str| format!("const {{ run }} = require(\"./{from}\");\nexports.run = run;\n");
    let mut world = Edited::new(&passes("more"));
    let first = FIRST.replace("kept.users.get(1)", "kept.run()");
    let mut calls = |files: &[(&str, &str)]| {
        world.becomes(files);
        let snapshot = world.host.snapshot();
        let calls = snapshot.project(ROOT).expect("it is there").derived().calls();
        calls.iter().map(|call| format!("{} of {}", call.function, call.to)).collect::<String>()
    };
    assert_eq!(calls(&[("first.js", &first), ("more.js", &passes("second"))]), "run of second");
    assert_eq!(calls(&[("second.js", &SECOND.replace("async ", ""))]), "");
    assert_eq!(calls(&[("second.js", &SECOND.replace("\"second\"", "\"third\""))]), "run of third");
    let moved = passes("second").replace("{ run } = ", "{ stop: run } = ");
    assert_eq!(calls(&[("more.js", &moved)]), "");
    assert_eq!(calls(&[("more.js", USERS)]), "");
    assert_eq!(calls(&[("more.js", &passes("second"))]), "run of third");
    assert_eq!(calls(&[("kept.js", &passes("second"))]), "run of third");
    assert_eq!(calls(&[("kept.js", &passes("more")), ("second.js", "exports.run = async () => 1;\n")]), "");
    assert_eq!(calls(&[("second.js", SECOND)]), "run of second");
}
