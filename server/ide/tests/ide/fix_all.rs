//! All that has one right answer, mended at once.

use crate::support::Fixture;
use expect_test::{Expect, expect};
use klotho_ide::{Code, Span, Wanted};

/// What becomes of the file with the cursor. Mended again it stays as it is.
fn check(files: &[(&str, &str)], expected: &Expect) {
    let fixture = Fixture::new(files);
    let edit = fixture.fix_all().expect("there is something to mend");
    let after = fixture.disk.edited(&edit);
    let name = fixture.path.trim_start_matches("/app/");
    expected.assert_eq(&after.0[name]);
    let mended: Vec<_> = after
        .0
        .iter()
        .map(|(path, text)| (path.as_str(), if path == name { format!("{text}$0") } else { text.clone() }))
        .collect();
    let mended: Vec<_> = mended.iter().map(|(path, text)| (*path, text.as_str())).collect();
    assert_eq!(Fixture::new(&mended).fix_all(), None, "once is enough");
}

#[test]
fn a_source_is_mended_throughout() {
    check(
        &[(
            "index.js",
            "$0// @klotho::presist { id = \"a\" }\nexports.a = new Map();\n\n\
             // @klotho::execution_unit {\n//   id = \"b\"\n//   [workload]\n//   monthly_request = 1\n// }\n",
        )],
        &expect![[r#"
            // @klotho::persist { id = "a" }
            exports.a = new Map();

            // @klotho::execution_unit {
            //   id = "b"
            //   [workload]
            //   monthly_requests = 1
            // }
        "#]],
    );
}

#[test]
fn a_configuration_is_mended_throughout() {
    check(
        &[
            ("index.js", "// @klotho::execution_unit { id = \"main\" }\nexports.a = 1;\n"),
            ("klotho.yaml", "$0app: a\nregion: eu-wst-1\nexecution_unit:\n  mian:\n    type: fargate\n"),
        ],
        &expect![[r#"
            app: a
            region: eu-west-1
            execution_units:
              main:
                type: ecs
        "#]],
    );
}

#[test]
fn what_is_for_a_person_to_decide_is_left_alone() {
    let source =
        "// @klotho::execution_unit {\n//   id = \"main\"\n//   target = \"ecs\"$0\n// }\nexports.a = 1;\n";
    for config in ["execution_units:\n  main:\n    type: lambda\n", "app: a\n"] {
        let fixture = Fixture::new(&[("index.js", source), ("klotho.yaml", config)]);
        assert!(!fixture.disk.findings().is_empty());
        assert_eq!(fixture.fix_all(), None);
    }
}

#[test]
fn routes_are_opened_to_the_internet_for_a_misspelt_word_alone() {
    let source = |target: &str| {
        format!(
            "const express = require(\"express\");\nconst app = express();\napp.get(\"/\", (req, res) => res.send());\n\
             // @klotho::expose {{\n//   id = \"api\"\n//   target = \"{target}\"\n// }}$0\napp.listen(3000);\n"
        )
    };
    for private in ["private", "internal"] {
        let fixture = Fixture::new(&[("index.js", &source(private))]);
        assert_eq!(fixture.disk.findings(), ["index.js:6 target-not-public"]);
        assert_eq!(fixture.fix_all(), None);
    }
    let fixture = Fixture::new(&[("index.js", &source("publc"))]);
    assert!(fixture.disk.edited(&fixture.fix_all().expect("a fix")).0["index.js"].contains("\"public\""));
}

#[test]
fn what_would_uncover_something_worse_is_left_alone() {
    // With its name right the annotation would count, and the compiler would refuse it: it has no id.
    let hiding = "// @klotho::presist\nexports.a = new Map();\n";
    let source = format!("$0{hiding}\n// @klotho::presist {{ id = \"b\" }}\nexports.b = new Map();\n");
    check(
        &[("index.js", &source)],
        &expect![[r#"
            // @klotho::presist
            exports.a = new Map();

            // @klotho::persist { id = "b" }
            exports.b = new Map();
        "#]],
    );
    let alone = Fixture::new(&[("index.js", &format!("$0{hiding}"))]);
    assert_eq!(alone.fix_all(), None);
    let wanted = Wanted { is_preview: true, ..all() };
    assert!(
        alone.snapshot.code_actions(&alone.path, Span::empty(0), &wanted).is_empty(),
        "nor is it offered"
    );
}

#[test]
fn fixes_that_are_right_each_by_itself_do_not_give_a_key_twice() {
    check(
        &[(
            "index.js",
            "$0/* @klotho::execution_unit {\n *   id = \"a\"\n *   monthly_requests = 5\n *   [workload]\n *   monthly_request = 3\n * }\n */\nexports.a = 1;\n",
        )],
        &expect![[r#"
            /* @klotho::execution_unit {
             *   id = "a"
             *   [workload]
             *   monthly_request = 3
             *   monthly_requests = 5
             * }
             */
            exports.a = 1;
        "#]],
    );
}

#[test]
fn what_is_uncovered_and_can_be_mended_does_no_harm() {
    check(
        &[(
            "index.js",
            "$0/* @klotho::exposed {\n *   id = \"a\"\n *   target = \"publc\"\n * }\n */\nexports.a = 1;\n",
        )],
        &expect![[r#"
            /* @klotho::expose {
             *   id = "a"
             *   target = "public"
             * }
             */
            exports.a = 1;
        "#]],
    );
}

#[test]
fn what_is_not_shown_is_not_mended() {
    let fixture =
        Fixture::new(&[("index.js", "$0// @klotho::presist { id = \"a\" }\nexports.a = new Map();\n")]);
    assert!(fixture.fix_all().is_some());
    let wanted = Wanted { hidden: [Code::UnknownCapability].into(), ..all() };
    assert_eq!(fixture.snapshot.code_actions(&fixture.path, Span::empty(0), &wanted), []);
}

fn all() -> Wanted {
    Wanted { only: Some(vec!["source.fixAll".to_owned()]), ..Wanted::default() }
}
