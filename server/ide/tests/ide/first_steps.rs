//! Fixes for what goes wrong on the first day: an id that is missing, a word without quotes, a shape that is misspelt, and
//! a finding that is meant.

use crate::support::Fixture;
use expect_test::{Expect, expect};

/// What an action makes of the file with the cursor. Nothing is wrong afterwards that was not before.
fn check(files: &[(&str, &str)], title: &str, expected: &Expect) {
    let fixture = Fixture::new(files);
    let action = fixture.action(title);
    assert_eq!(action.kind, "quickfix");
    let after = fixture.disk.edited(&action.edit);
    expected.assert_eq(&after.0[fixture.path.trim_start_matches("/app/")]);
    assert!(after.findings().len() < fixture.disk.findings().len(), "{:?}", after.findings());
}

#[test]
fn an_id_is_named_after_the_code() {
    check(
        &[("index.js", "// @klotho::persist$0\nexports.users = new Map();\n")],
        "Give it the id",
        &expect![[r#"
            // @klotho::persist { id = "users" }
            exports.users = new Map();
        "#]],
    );
    check(
        &[
            ("pages.js", "/* @klotho::static_unit {$0\n *   static_files = [\"*.html\"]\n * }\n */\n"),
            ("index.html", ""),
        ],
        "Give it the id",
        &expect![[r#"
            /* @klotho::static_unit {
             *   id = "pages"
             *   static_files = ["*.html"]
             * }
             */
        "#]],
    );
}

#[test]
fn an_id_that_is_taken_is_numbered() {
    check(
        &[(
            "index.js",
            "// @klotho::persist { id = \"users\" }\nexports.a = new Map();\n\n/* @klotho::persist {$0\n * }\n */\nexports.users = new Map();\n",
        )],
        "Give it the id",
        &expect![[r#"
            // @klotho::persist { id = "users" }
            exports.a = new Map();

            /* @klotho::persist {
             *   id = "users-2"
             * }
             */
            exports.users = new Map();
        "#]],
    );
}

#[test]
fn an_id_is_a_persons_to_choose() {
    let fixture = Fixture::new(&[("index.js", "// @klotho::persist$0\nexports.users = new Map();\n")]);
    assert!(!fixture.action("Give it the id").is_preferred);
    assert_eq!(fixture.fix_all(), None);
}

#[test]
fn a_word_without_quotes_gets_them() {
    check(
        &[("index.js", "// @klotho::persist { id = api$0 }\nexports.users = new Map();\n")],
        "Put it in quotes",
        &expect![[r#"
            // @klotho::persist { id = "api" }
            exports.users = new Map();
        "#]],
    );
    check(
        &[(
            "index.js",
            "/* @klotho::persist {\r\n *   id = “api”$0\r\n * }\r\n */\r\nexports.users = new Map();\r\n",
        )],
        "Put it in quotes",
        &expect![[
            "/* @klotho::persist {\r\n *   id = \"api\"\r\n * }\r\n */\r\nexports.users = new Map();\r\n"
        ]],
    );
}

#[test]
fn a_shape_is_replaced_by_the_nearest() {
    check(
        &[(
            "index.js",
            "/* @klotho::execution_unit {\n *   id = \"a\"\n *   [workload]\n *   shape = 'comute$0' # two peaks\n * }\n */\nexports.a = 1;\n",
        )],
        "Replace by commute",
        &expect![[r#"
            /* @klotho::execution_unit {
             *   id = "a"
             *   [workload]
             *   shape = 'commute' # two peaks
             * }
             */
            exports.a = 1;
        "#]],
    );
}

#[test]
fn a_finding_that_is_meant_is_allowed_above_its_annotation() {
    check(
        &[(
            "index.js",
            "exports.x = 1;\n\n  /* @klotho::soon$0 {\n   *   id = \"a\"\n   * }\n   */\n  exports.a = 1;\n",
        )],
        "Allow unknown-capability here",
        &expect![[r#"
            exports.x = 1;

              // klotho-ls: allow(unknown-capability) say why this is meant
              /* @klotho::soon {
               *   id = "a"
               * }
               */
              exports.a = 1;
        "#]],
    );
    check(
        &[("main.py", "# about the code below\n# @klotho::soon$0\nx = 1\n")],
        "Allow unknown-capability here",
        &expect![[r#"
            # about the code below
            # klotho-ls: allow(unknown-capability) say why this is meant
            # @klotho::soon
            x = 1
        "#]],
    );
    check(
        &[("index.js", "/**\n * What it does.\n *\n * @klotho::soon$0\n */\nexports.a = 1;\n")],
        "Allow unknown-capability here",
        &expect![[r#"
            /**
             * What it does.
             *
             * klotho-ls: allow(unknown-capability) say why this is meant
             * @klotho::soon
             */
            exports.a = 1;
        "#]],
    );
}

#[test]
fn leave_to_keep_a_finding_fits_the_file_that_it_stands_in() {
    check(
        &[("index.js", "\u{feff}// @klotho::soon$0\r\nexports.a = 1;\r\n")],
        "Allow unknown-capability here",
        &expect![[
            "\u{feff}// klotho-ls: allow(unknown-capability) say why this is meant\r\n// @klotho::soon\r\nexports.a = 1;\r\n"
        ]],
    );
    check(
        &[
            ("index.js", "// @klotho::execution_unit { id = \"a\" }\nexports.a = 1;\n"),
            ("klotho.yaml", "execution_units:\n  a: {}\n  ghost$0:\n    type: lambda\n"),
        ],
        "Allow config-unknown-resource here",
        &expect![[r#"
            execution_units:
              a: {}
              # klotho-ls: allow(config-unknown-resource) say why this is meant
              ghost:
                type: lambda
        "#]],
    );
    check(
        &[("main.go", "package a\n\n// @klotho::soon$0\nfunc f() {}\n")],
        "Allow unknown-capability here",
        &expect![[r#"
            package a

            // klotho-ls: allow(unknown-capability) say why this is meant
            // @klotho::soon
            func f() {}
        "#]],
    );
    check(
        &[("Dockerfile", "# @klotho::soon$0\nFROM scratch\n")],
        "Allow unknown-capability here",
        &expect![[r#"
            # klotho-ls: allow(unknown-capability) say why this is meant
            # @klotho::soon
            FROM scratch
        "#]],
    );
}

#[test]
fn a_comment_that_would_be_part_of_a_text_is_not_offered() {
    let allowed = |name: &str, source: &str| {
        let fixture = Fixture::new(&[(name, source), ("package.json", "{}")]);
        let findings = fixture.disk.findings();
        assert!(findings.iter().any(|found| found.contains("unknown-capability")), "{source}: {findings:?}");
        let title = "Allow unknown-capability here";
        let action = fixture.all_actions().into_iter().find(|action| action.title == title);
        action.map(|action| fixture.disk.edited(&action.edit).0[name].clone())
    };
    for (name, source) in [
        ("index.js", "exports.a = `one\n  two ${/* @klotho::soon$0 */ 1}\n`;\n"),
        ("index.jsx", "export const a = (\n  <p>\n    one {/* @klotho::soon$0 */}\n  </p>\n);\n"),
        ("index.js", "exports.a = `one ${f(`\n  two`, /* @klotho::soon$0 */ 1)}`;\n"),
    ] {
        assert_eq!(allowed(name, source), None, "{source}");
    }
    let code = "exports.a = `one ${f(\n  /* @klotho::soon$0 */ 1)}`;\n";
    let comment = "  // klotho-ls: allow(unknown-capability) say why this is meant\n";
    let expected = code.replace("$0", "").replacen("(\n", &format!("(\n{comment}"), 1);
    assert_eq!(allowed("index.js", code).as_deref(), Some(&*expected), "code in a template is code");
}

#[test]
fn json_has_no_comments_to_allow_anything_in() {
    let fixture = Fixture::new(&[
        ("index.js", "// @klotho::execution_unit { id = \"a\" }\nexports.a = 1;\n"),
        ("klotho.json", "{ \"execution_units\": { \"ghost$0\": { \"type\": \"lambda\" } } }\n"),
    ]);
    assert!(!fixture.disk.findings().is_empty());
    assert!(fixture.all_actions().iter().all(|action| !action.title.starts_with("Allow")));
}

#[test]
fn no_switch_is_offered_twice() {
    let unit = "/* @klotho::execution_unit {\n *   id = \"a\"$0\n *   target = \"lambda\"\n *   [workload]\n *   monthly_requests = 900_000_000\n *   request_duration_ms = 400\n *   shape = \"flat\"\n * }\n */\nexports.a = 1;\n";
    let fixture = Fixture::new(&[("index.js", unit), ("package.json", "{}")]);
    let actions = fixture.actions();
    let mut titles: Vec<_> = actions.iter().map(|action| action.title.as_str()).collect();
    assert!(titles.iter().any(|title| title.starts_with("Switch a to ")), "{titles:#?}");
    titles.sort_unstable();
    let number = titles.len();
    titles.dedup();
    assert_eq!(titles.len(), number, "{titles:#?}");
}
