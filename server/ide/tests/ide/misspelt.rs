//! Keys of annotations that are misspelt, and values that are right without their quotes: what is said, and how it is mended.

use crate::support::{Fixture, ROOT};
use expect_test::{Expect, expect};
use klotho_annotation::catalogue::CAPABILITIES;
use klotho_cost::requirements::REQUIREMENT_KEYS;
use klotho_cost::workload::WORKLOAD_KEYS;
use klotho_ide::{Chance, Mending};
use std::collections::{BTreeSet, HashSet};

/// What an action makes of the file with the cursor. Nothing is wrong afterwards that was not before, and "fix all" does the same.
fn check(files: &[(&str, &str)], title: &str, expected: &Expect) {
    let fixture = Fixture::new(files);
    let action = fixture.action(title);
    assert!(action.is_preferred && action.kind == "quickfix", "{action:?}");
    let after = fixture.disk.edited(&action.edit);
    expected.assert_eq(&after.0[fixture.path.trim_start_matches("/app/")]);
    assert!(after.findings().len() < fixture.disk.findings().len(), "{:?}", after.findings());
    assert_eq!(fixture.fix_all(), Some(action.edit));
}

#[test]
fn a_key_is_mended_in_every_kind_of_comment() {
    check(
        &[(
            "index.js",
            "/* é 🎵 @klotho::execution_unit {\r\n *   id = \"a\"\r\n *   keep_wram$0 = true # 🎵\r\n * } */\r\nx();\r\n",
        )],
        "Change to `keep_warm`",
        &expect![[
            "/* é 🎵 @klotho::execution_unit {\r\n *   id = \"a\"\r\n *   keep_warm = true # 🎵\r\n * } */\r\nx();\r\n"
        ]],
    );
    check(
        &[("main.py", "# @klotho::execution_unit {\n#   id = \"a\"\n#   'keep-warm$0' = true\n# }\nx = 1\n")],
        "Change to `keep_warm`",
        &expect![[r#"
            # @klotho::execution_unit {
            #   id = "a"
            #   'keep_warm' = true
            # }
            x = 1
        "#]],
    );
    check(
        &[
            (
                "main.go",
                "package main\n\n/*\n@klotho::execution_unit {\n  ID$0 = \"a\"\n}\n*/\nfunc main() {}\n",
            ),
            ("go.mod", "module a\n"),
        ],
        "Change to `id`",
        &expect![[r#"
            package main

            /*
            @klotho::execution_unit {
              id = "a"
            }
            */
            func main() {}
        "#]],
    );
    check(
        &[("index.ts", "// @klotho::execution_unit { id$0d = \"a\" }\nx();\n")],
        "Change to `id`",
        &expect![[r#"
            // @klotho::execution_unit { id = "a" }
            x();
        "#]],
    );
}

#[test]
fn an_id_under_a_misspelt_key_is_the_one_that_is_missing() {
    let store = "// @klotho::persist { idd$0 = \"kept\" }\nexports.users = new Map();\n";
    let fixture = Fixture::new(&[("index.js", store)]);
    let titles: Vec<_> = fixture.actions().into_iter().map(|action| action.title).collect();
    assert_eq!(titles.iter().filter(|title| title.contains("`id`")).count(), 1, "{titles:?}");
    assert!(!titles.iter().any(|title| title.starts_with("Give it")), "{titles:?}");
    let mended = fixture.disk.edited(&fixture.fix_all().expect("it has one right answer"));
    assert_eq!(mended.0["index.js"], "// @klotho::persist { id = \"kept\" }\nexports.users = new Map();\n");
    assert_eq!(mended.findings(), [""; 0]);
}

#[test]
fn a_table_is_mended_wherever_its_name_stands() {
    check(
        &[(
            "index.js",
            "/* @klotho::execution_unit {\n *   id = \"a\"\n *   worklod$0.memory_mb = 512 # worklod\n *   \"worklod\" . cpu_ms = 5\n *   note.worklod = 1\n * }\n */\nx();\n",
        )],
        "Change to `workload`",
        &expect![[r#"
            /* @klotho::execution_unit {
             *   id = "a"
             *   workload.memory_mb = 512 # worklod
             *   "workload" . cpu_ms = 5
             *   note.worklod = 1
             * }
             */
            x();
        "#]],
    );
    check(
        &[(
            "index.js",
            "/* @klotho::execution_unit {\n *   id = \"a\"\n *   [ worklod$0 ]\n *   memory_mb = 512\n *   [note]\n *   worklod = 1\n * }\n */\nx();\n",
        )],
        "Change to `workload`",
        &expect![[r#"
            /* @klotho::execution_unit {
             *   id = "a"
             *   [ workload ]
             *   memory_mb = 512
             *   [note]
             *   worklod = 1
             * }
             */
            x();
        "#]],
    );
}

#[test]
fn a_key_that_stands_outside_of_its_table_is_no_misspelling() {
    let keys: BTreeSet<_> = WORKLOAD_KEYS.iter().chain(REQUIREMENT_KEYS).map(|key| key.name).collect();
    for capability in CAPABILITIES {
        for value in ["\"a\"", "true", "1", "[\"a\"]", "{ a = 1 }"] {
            let entries: String = keys.iter().map(|key| format!(" * {key} = {value}\n")).collect();
            let text = format!("/* @klotho::{} {{\n{entries} * }} */\nx();$0\n", capability.name);
            let findings = Fixture::new(&[("index.js", &text)]).disk.findings();
            assert!(
                !findings.iter().any(|it| it.ends_with(" unknown-directive")),
                "{}: {findings:?}",
                capability.name
            );
        }
    }
}

#[test]
fn of_two_keys_that_may_mean_the_same_a_person_chooses() {
    let fixture = Fixture::new(&[
        ("package.json", "{}"),
        (
            "index.js",
            "/* @klotho::execution_unit {\n *   id = \"a\"\n *   targt$0 = \"ecs\"\n *   taget = \"eks\"\n * }\n */\nx();\n",
        ),
    ]);
    let action = fixture.action("Change to `target`");
    assert!(!action.is_preferred);
    assert!(
        fixture.disk.edited(&action.edit).0["index.js"].contains("target = \"ecs\"\n *   taget = \"eks\"")
    );
    assert_eq!(fixture.fix_all(), None);
    let how = Mending {
        only: None,
        decides: true,
        level: &|_, severity| Some(severity),
        known: HashSet::new(),
        text: &|_| None,
        contents: &|_| None,
    };
    assert_eq!(fixture.snapshot.chance_to_mend(ROOT, &how), Chance::default());
}

#[test]
fn a_mended_key_that_brings_an_error_to_light_is_left_to_a_person() {
    let fixture = Fixture::new(&[(
        "index.js",
        "/* @klotho::execution_unit {\n *   id = \"a\"\n *   targt$0 = \"mainframe\"\n * }\n */\nx();\n",
    )]);
    assert!(fixture.action("Change to `target`").is_preferred);
    assert_eq!(fixture.fix_all(), None);
}

#[test]
fn a_number_or_a_flag_loses_the_quotes_that_make_it_a_text() {
    let unit = |entry: &str| {
        format!(
            "/* @klotho::execution_unit {{\n *   id = \"a\"\n *   [workload]\n *   {entry}\n * }}\n */\nx();\n"
        )
    };
    for (entry, title, mended) in [
        ("request_duration_ms = \"80$0\" # ms", "Replace by 80", "request_duration_ms = 80 # ms"),
        ("burst = '2.5$0'", "Replace by 2.5", "burst = 2.5"),
        ("free_tier = \"true$0\"", "Replace by true", "free_tier = true"),
    ] {
        let fixture = Fixture::new(&[("index.js", &unit(entry))]);
        let action = fixture.action(title);
        assert_eq!(fixture.disk.edited(&action.edit).0["index.js"], unit(mended));
        assert_eq!(fixture.fix_all(), Some(action.edit));
    }
    for entry in [
        "request_duration_ms = \"80 ms$0\"",
        "burst = \"-1$0\"",
        "memory_mb = \"0512$0\"",
        "cpu_ms = \"inf$0\"",
    ] {
        let fixture = Fixture::new(&[("index.js", &unit(entry))]);
        assert!(!fixture.actions().iter().any(|action| action.title.starts_with("Replace by")), "{entry}");
    }
}

#[test]
fn a_number_loses_its_quotes_in_every_form_of_the_configuration() {
    check(
        &[
            ("index.js", "// @klotho::execution_unit { id = \"a\" }\nx();\n"),
            ("klotho.yaml", "execution_units:\n  a:\n    workload:\n      memory_mb: '1024$0' # MB\n"),
        ],
        "Replace by 1024",
        &expect![[r"
            execution_units:
              a:
                workload:
                  memory_mb: 1024 # MB
        "]],
    );
    check(
        &[
            ("index.js", "// @klotho::execution_unit { id = \"a\" }\nx();\n"),
            (
                "klotho.json",
                "{ \"execution_units\": { \"a\": { \"workload\": { \"memory_mb\": \"1024$0\" } } } }\n",
            ),
        ],
        "Replace by 1024",
        &expect![[r#"
            { "execution_units": { "a": { "workload": { "memory_mb": 1024 } } } }
        "#]],
    );
    check(
        &[
            ("index.js", "// @klotho::execution_unit { id = \"a\" }\nx();\n"),
            ("klotho.toml", "[execution_units.a.workload]\nmemory_mb = '1024$0' # MB\n"),
        ],
        "Replace by 1024",
        &expect![[r"
            [execution_units.a.workload]
            memory_mb = 1024 # MB
        "]],
    );
}

#[test]
fn a_note_is_no_setting_once_all_is_mended() {
    let fixture = Fixture::new(&[
        (
            "index.js",
            "// @klotho::execution_unit { id = \"a\" }\n\n/* @klotho::execution_unit {\n *   ip$0 = \"10\"\n *   keep = true\n * }\n */\nx();\n",
        ),
        (
            "store.js",
            "/* @klotho::persist {\n *   id = \"b\"\n *   [environment]\n *   c = \"d\"\n * }\n */\nf();\n",
        ),
    ]);
    assert!(!fixture.disk.findings().iter().any(|found| found.ends_with("unknown-directive")));
    assert_eq!(fixture.fix_all(), None);
}

#[test]
fn a_comment_becomes_an_annotation_where_somebody_decides_it() {
    let fixture = Fixture::new(&[
        ("package.json", "{}"),
        ("index.js", "/* é 🎵\n * @Klotho:execution$0-unit {\n *   id = \"a\"\n * }\n */\nx();\n"),
    ]);
    let action = fixture.action("Change to `@klotho::execution_unit`");
    let after = fixture.disk.edited(&action.edit);
    expect![[r#"
        /* é 🎵
         * @klotho::execution_unit {
         *   id = "a"
         * }
         */
        x();
    "#]]
    .assert_eq(&after.0["index.js"]);
    assert_eq!(after.findings(), Vec::<String>::new());
    assert_eq!(fixture.fix_all(), None);
}
