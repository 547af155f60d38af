//! All that has one right answer, mended at once.

use crate::support::Fixture;
use expect_test::{Expect, expect};

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
