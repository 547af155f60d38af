//! Where an editor shows what is wrong with a project as a whole.

use crate::support::{Disk, ROOT};
use expect_test::{Expect, expect};

const JS: &str = "// @klotho::persist { id = \"a\" }\nexports.a = new Map();\n";
const PY: &str = "# @klotho::execution_unit { id = \"b\" }\nx = 1\n";

fn check(files: &[(&str, &str)], expected: &Expect) {
    let snapshot = Disk::new(files).snapshot();
    let whole = snapshot.project_diagnostics(ROOT).into_iter().filter(|found| found.path.is_none()).count();
    let shown = snapshot.shown_diagnostics(ROOT).into_iter();
    let shown = shown.filter(|found| found.code.name() == "project-file-missing");
    let lines: Vec<_> = shown
        .map(|found| {
            let path = found.path.clone().unwrap_or_default();
            // What is shown is what the file itself says.
            assert!(snapshot.diagnostics(&path).contains(&found), "{found:?}");
            let (path, span) = (path.trim_start_matches("/app/"), found.span);
            format!("{path} {}..{}: {}\n", span.start, span.end, found.message)
        })
        .collect();
    assert_eq!(lines.len(), whole);
    expected.assert_eq(&lines.concat());
}

#[test]
fn it_stands_in_the_first_line_of_the_configuration() {
    check(
        &[("a.js", JS), ("b.py", PY), ("klotho.yaml", "app: a\nprovider: aws\n")],
        &expect![[r#"
            klotho.yaml 0..6: The project has javascript in a.js, and no package.json here or above: the compiler refuses it. Add package.json, or remove the file.
            klotho.yaml 0..6: The project has python in b.py, and no requirements.txt here or above: the compiler refuses it. Add requirements.txt, or remove the file.
        "#]],
    );
}

#[test]
fn without_a_configuration_it_stands_in_the_first_annotated_file_of_the_language() {
    check(
        &[("a.js", JS), ("b.py", PY), ("0.js", "exports.z = 1;\n")],
        &expect![[r#"
            a.js 0..32: The project has javascript in 0.js, and no package.json here or above: the compiler refuses it. Add package.json, or remove the file.
            b.py 0..38: The project has python in b.py, and no requirements.txt here or above: the compiler refuses it. Add requirements.txt, or remove the file.
        "#]],
    );
}
