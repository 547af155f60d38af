//! Keys that stand in a table and belong beside it: what is said, and where they are moved to.

use crate::support::Fixture;
use expect_test::{Expect, expect};

fn unit(body: &str) -> String {
    let lines: String = body.lines().map(|line| format!(" *   {line}\n")).collect();
    format!("/* @klotho::execution_unit {{\n *   id = \"a\"\n{lines} * }}\n */\nx();\n")
}

/// The messages about a file, and what its first action makes of it.
fn check(path: &str, text: &str, expected: &Expect) {
    let start = unit("") + "require(\"./store\");\n";
    let fixture = Fixture::new(&[("package.json", "{}"), ("src.js", &start), (path, text)]);
    let said = fixture.snapshot.diagnostics(&fixture.path);
    let mut shown: String = said.iter().map(|found| format!("{}\n", found.message)).collect();
    let fixes = fixture.actions().into_iter().filter(|action| action.kind == "quickfix");
    for action in fixes {
        shown += &format!("-- {}\n{}", action.title, fixture.disk.edited(&action.edit).0[path]);
    }
    expected.assert_eq(&shown);
}

#[test]
fn a_target_below_a_table_goes_above_it() {
    check(
        "index.js",
        &unit(
            "# é 🎵\n[workload]\nmemory_mb = 512 # MB\ntarget$0 = \"ecs\" # why\n\n[requires]\ngpu = false",
        ),
        &expect![[r#"
            `target` is not a workload key. It is a key of the annotation itself: write it above `[workload]`, which takes all keys below it.
            -- Move `target` above `[workload]`
            /* @klotho::execution_unit {
             *   id = "a"
             *   # é 🎵
             *   target = "ecs" # why
             *   [workload]
             *   memory_mb = 512 # MB
             *   
             *   [requires]
             *   gpu = false
             * }
             */
            x();
        "#]],
    );
}

#[test]
fn what_stands_above_already_is_not_moved_there() {
    check(
        "index.js",
        &unit("target = \"lambda\"\n[requires]\ntarget$0 = \"lambda\""),
        &expect![[r#"
            `target` is not a requires key. It is a key of the annotation itself: write it above `[requires]`, which takes all keys below it.
        "#]],
    );
}

#[test]
fn a_resource_has_keys_of_its_own() {
    check(
        "store.js",
        "/* @klotho::persist {\n *   id = \"kept\"\n *   [workload]\n *   secret$0 = true\n * }\n */\nconst fs = require(\"fs/promises\");\n",
        &expect![[r#"
            `secret` is not a workload key. It is a key of the annotation itself: write it above `[workload]`, which takes all keys below it.
            -- Move `secret` above `[workload]`
            /* @klotho::persist {
             *   id = "kept"
             *   secret = true
             *   [workload]
             * }
             */
            const fs = require("fs/promises");
        "#]],
    );
}

#[test]
fn in_the_configuration_a_target_is_a_type() {
    check(
        "klotho.yaml",
        "execution_units:\n  a:\n    target$0: ecs # why\n    workload:\n      target: ecs\n",
        &expect![[r#"
            No key `target` is read here, so this has no effect. Where it runs is said by `type` here.
            `target` is not a workload key. The key is `type`, and stands beside `workload`, not below it.
            -- Replace by type
            execution_units:
              a:
                type: ecs # why
                workload:
                  target: ecs
        "#]],
    );
    check(
        "klotho.yaml",
        "execution_units:\n  a:\n    type: ecs\n    target$0: ecs\n",
        &expect![[r#"
            No key `target` is read here, so this has no effect.
        "#]],
    );
    check(
        "klotho.yaml",
        "exposed:\n  api:\n    target$0: public\n",
        &expect![[r#"
            The project has no resource `api` for the section `exposed`, so these settings have no effect.
            No key `target` is read here, so this has no effect.
        "#]],
    );
}

#[test]
fn where_a_unit_runs_is_moved_by_a_person_alone_and_other_keys_by_fix_all() {
    let moved = |body: &str| {
        let fixture = Fixture::new(&[("package.json", "{}"), ("index.js", &(unit(body) + "$0"))]);
        fixture.fix_all().map(|edit| fixture.disk.edited(&edit).0["index.js"].clone())
    };
    assert_eq!(moved("[workload]\ntarget = \"ecs\""), None);
    assert_eq!(moved("[workload]\nkeep_warm = true"), Some(unit("keep_warm = true\n[workload]")));
}

#[test]
fn a_key_is_taken_for_none_that_takes_no_such_value() {
    let said = |entry: &str| {
        let fixture = Fixture::new(&[
            ("package.json", "{}"),
            ("index.js", &(unit(&format!("[workload]\n{entry}")) + "$0")),
        ]);
        let found = fixture.snapshot.diagnostics(&fixture.path);
        let fix = fixture.fix_all().is_some();
        let message = &found[0].message;
        let meant =
            message.split_once("Did you mean `").map(|(_, rest)| rest.trim_end_matches("`?").to_owned());
        (meant.unwrap_or_default(), fix)
    };
    let taken =
        |entry: &str, meant: &str, fix: bool| assert_eq!(said(entry), (meant.to_owned(), fix), "{entry}");
    taken("memory = 512", "memory_mb", true);
    taken("concurency = 512", "concurrency", true);
    // One letter off, whatever its value.
    taken("memory_m = \"big\"", "memory_mb", true);
    taken("memory = \"big\"", "", false);
    taken("targets = \"ecs\"", "", false);
    // It may be the number of requests that is meant.
    taken("request = 512", "request_duration_ms", false);
}
