//! What findings say where their words depend on what they are about.

use crate::support::{Disk, ROOT};
use expect_test::expect;

/// The messages about a project.
fn told(files: &[(&str, &str)]) -> String {
    let found = Disk::new(files).snapshot().project_diagnostics(ROOT).into_iter();
    let told = found.map(|found| {
        let path = found.path.unwrap_or_default();
        format!("{}: {}\n", path.trim_start_matches("/app/"), found.message)
    });
    told.collect()
}

const SERVER: &str = "import * as express from \"express\";
import users from \"./routers\";
const app = express();
app.use(\"/users\", users);
/* @klotho::expose {
 *   id = \"api\"
 *   target = \"public\"
 * }
 */
app.listen(3000);
";

#[test]
fn a_router_that_is_passed_on_is_told_by_its_name() {
    let users = "import { Router } from \"express\";\nexport const users = Router();\nusers.get(\"/:id\", f);\nexport default users;\n";
    let told = |server: &str, routers: &str| {
        told(&[("index.ts", server), ("routers.ts", routers), ("users.ts", users), ("package.json", "{}")])
    };
    expect![[r#"
        index.ts: The compiler takes `default` for a router of routers.ts, which only passes it on, and sees no routes of it. Import it from the file that makes it.
    "#]].assert_eq(&told(SERVER, "export { default } from \"./users\";\n"));
    expect![[r#"
        index.ts: The compiler takes `users` for a router of routers.ts, which only passes it on, and sees no routes of it. Import it from the file that makes it.
    "#]].assert_eq(&told(
        &SERVER.replace("users from", "{ users } from"),
        "export { users } from \"./users\";\n",
    ));
}

#[test]
fn a_section_that_is_misspelt_is_told_though_it_uses_an_anchor_of_its_own() {
    let unit = ("index.js", "// @klotho::execution_unit { id = \"a\" }\nexports.a = 1;\n");
    let told = |config| told(&[("package.json", "{}"), unit, ("klotho.yaml", config)]);
    expect![[r#"
        klotho.yaml: No key `execution_unit` is read here, so this has no effect. Did you mean `execution_units`?
    "#]].assert_eq(&told("execution_unit:\n  a: &base\n    type: ecs\n  b: *base\n"));
    // What is used elsewhere has its effect there.
    expect![""]
        .assert_eq(&told("unit:\n  a: &base\n    type: ecs\n  b: *base\nexecution_units:\n  a: *base\n"));
}

#[test]
fn what_a_unit_runs_on_is_named_and_a_project_file_is_moved_only_where_that_helps() {
    let python = "# @klotho::execution_unit { id = \"main\" }\n\nx = 1\n";
    let node = "// @klotho::execution_unit { id = \"main\" }\nexports.b = 1;\n";
    expect![[r#"
        a/app.py: The unit "main" runs on Node.js, because of b/package.json, and that does not start this file. Give this file a unit of its own.
    "#]].assert_eq(&told(&[
        ("a/app.py", python),
        ("a/requirements.txt", ""),
        ("b/index.js", node),
        ("b/package.json", "{}"),
    ]));
    expect![[r#"
        app.py: The unit "main" runs on Node.js, because of package.json, and that does not start this file. Give this file a unit of its own, or move package.json to a folder that does not hold this file.
    "#]].assert_eq(&told(&[
        ("app.py", python),
        ("requirements.txt", ""),
        ("b/index.js", "exports.b = 1;\n"),
        ("package.json", "{}"),
    ]));
}

#[test]
fn data_that_is_mounted_is_not_said_to_be_missing() {
    let server = SERVER.replace("users from \"./routers\"", "users = require(\"./data.json\")");
    let at = |path| told(&[("index.ts", &server), (path, "{}"), ("package.json", "{}")]);
    assert_eq!(at("data.json"), "");
    assert!(at("other.json").contains("The router of `./data.json` cannot be found"));
}
