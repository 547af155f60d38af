//! Keys that stand in a table and belong beside it, and the other way round: what is said, and where they are moved to.

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
    expected.assert_eq(&fixture.said_and_fixed(path));
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

/// What is said of an annotation's keys, and what "fix all" makes of it.
fn above(path: &str, text: &str, expected: &Expect) {
    let start = unit("") + "require(\"./store\");\n";
    let fixture = Fixture::new(&[("package.json", "{}"), ("src.js", &start), (path, &format!("{text}$0"))]);
    let said = fixture.snapshot.diagnostics(&fixture.path);
    let shown: String = said.iter().map(|found| format!("{}\n", found.message)).collect();
    let edit = fixture.fix_all().map(|edit| fixture.disk.edited(&edit).0[path].clone());
    let after = edit.unwrap_or_default();
    assert!(!text.contains('\r') || after.lines().count() == after.matches("\r\n").count(), "{after:?}");
    expected.assert_eq(&(shown + &after.replace('\r', "")));
}

#[test]
fn traffic_above_its_table_goes_below_it() {
    above(
        "index.js",
        &unit(
            "monthly_requests = 5_000_000 # é 🎵\n# by day\n[workload]\nmemory_mb = 512 # MB\n[other]\nx = 1",
        ),
        &expect![[r#"
            `monthly_requests` counts for nothing here: it is a key of `[workload]`. Write it below `[workload]`.
            /* @klotho::execution_unit {
             *   id = "a"
             *   # by day
             *   [workload]
             *   memory_mb = 512 # MB
             *   monthly_requests = 5_000_000 # é 🎵
             *   [other]
             *   x = 1
             * }
             */
            x();
        "#]],
    );
    let dotted =
        unit("cpu_ms = 5\nworkload.memory_mb = 512\n\"max_p99_ms\" = 200\nrequires = { gpu = false }");
    above(
        "index.js",
        &dotted,
        &expect![[r#"
        `cpu_ms` counts for nothing here: it is a key of `[workload]`. Write it below `[workload]`.
        `max_p99_ms` counts for nothing here: it is a key of `[requires]`. Write it below `[requires]`.
        /* @klotho::execution_unit {
         *   id = "a"
         *   workload.memory_mb = 512
         *   workload.cpu_ms = 5
         *   requires = { gpu = false, max_p99_ms = 200 }
         * }
         */
        x();
    "#]],
    );
}

#[test]
fn a_table_that_is_not_there_is_made_behind_all_other_keys() {
    let hours = "shape = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12,\n  1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]";
    let text = unit(&format!("{hours}\ngpu = false\ntarget = \"lambda\"")).replace('\n', "\r\n");
    above(
        "index.js",
        &text,
        &expect![[r#"
        `shape` counts for nothing here: it is a key of `[workload]`. Write `[workload]` behind all other keys, and it below that.
        `gpu` counts for nothing here: it is a key of `[requires]`. Write `[requires]` behind all other keys, and it below that.
        /* @klotho::execution_unit {
         *   id = "a"
         *   target = "lambda"
         *   [workload]
         *   shape = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12,
         *     1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]
         *   [requires]
         *   gpu = false
         * }
         */
        x();
    "#]],
    );
    above(
        "store.js",
        "/* @klotho::persist {\n *   id = \"kept\"\n *   storage_gb = 5\n * }\n */\nexports.kept = new Map();\n",
        &expect![[r#"
            `storage_gb` counts for nothing here: it is a key of `[workload]`. Write `[workload]` behind all other keys, and it below that.
            /* @klotho::persist {
             *   id = "kept"
             *   [workload]
             *   storage_gb = 5
             * }
             */
            exports.kept = new Map();
        "#]],
    );
}

#[test]
fn of_two_tables_that_have_a_key_a_person_chooses() {
    let fixture = Fixture::new(&[("package.json", "{}"), ("index.js", &unit("memory$0_mb = 1024"))]);
    assert_eq!(fixture.fix_all(), None);
    let fixes: Vec<_> = fixture.actions().into_iter().filter(|action| action.kind == "quickfix").collect();
    let titles: Vec<_> = fixes.iter().map(|fix| (&*fix.title, fix.is_preferred)).collect();
    assert_eq!(
        titles[..2],
        [("Move `memory_mb` below `[workload]`", false), ("Move `memory_mb` below `[requires]`", false)]
    );
    let moved = |place: usize| fixture.disk.edited(&fixes[place].edit).0["index.js"].clone();
    assert_eq!(moved(0), unit("[workload]\nmemory_mb = 1024"));
    assert_eq!(moved(1), unit("[requires]\nmemory_mb = 1024"));
    let said = |body: &str| {
        let fixture = Fixture::new(&[("package.json", "{}"), ("index.js", &unit(body))]);
        fixture.snapshot.diagnostics(&fixture.path)[0].message.clone()
    };
    let none = said("memory$0_mb = 1024");
    assert!(
        none.ends_with("Write the one that is meant behind all other keys, and it below that."),
        "{none}"
    );
    let one = said("memory$0_mb = 1024\n[workload]\ncpu_ms = 5");
    assert!(one.ends_with("Write it below the one that is meant, behind all other keys."), "{one}");
}

#[test]
fn what_stands_below_already_is_not_moved_there() {
    above(
        "index.js",
        &unit("monthly_requests = 1\n[workload]\nmonthly_requests = 2"),
        &expect![[r#"
        `monthly_requests` counts for nothing here: it is a key of `[workload]`. It stands below `[workload]` already: remove it here.
    "#]],
    );
}

#[test]
fn a_key_of_one_word_with_another_value_is_a_note() {
    above("index.js", &unit("package = \"billing\"\nshape = \"round\"\nburst = \"often\""), &expect![""]);
    above(
        "index.js",
        &unit("monthly_requests = \"many\"\nstreaming = true"),
        &expect![[r#"
        `monthly_requests` counts for nothing here: it is a key of `[workload]`. Write `[workload]` behind all other keys, and it below that.
        `streaming` counts for nothing here: it is a key of `[requires]`. Write `[requires]` behind all other keys, and it below that.
        /* @klotho::execution_unit {
         *   id = "a"
         *   monthly_requests = "many"
         *   [requires]
         *   streaming = true
         * }
         */
        x();
    "#]],
    );
}
