//! Forms that the compiler does not see, and what they are rewritten to.

use crate::support::Fixture;

const EXPOSE: &str = "\napp.get(\"/\", f);\n/* @klotho::expose {\n *   id = \"api\"\n *   target = \"public\"\n * }\n */\napp.listen(3000);\n";

/// The lines before the annotation once the form at the cursor is rewritten; then nothing is wrong any more.
fn rewritten(path: &str, before: &str) -> String {
    let text = format!("{before}{EXPOSE}");
    let fixture = Fixture::new(&[(path, &text), ("package.json", "{}")]);
    let after = fixture.disk.edited(&fixture.action("Rewrite to the form").edit);
    assert_eq!(after.findings(), Vec::<String>::new(), "{before}");
    after.0[path].replace(EXPOSE, "")
}

#[test]
fn a_default_import_of_express_in_typescript() {
    assert_eq!(
        rewritten("index.ts", "import $0express from 'express'\nconst app = express()"),
        "import express = require('express')\nconst app = express()"
    );
    assert_eq!(
        rewritten(
            "index.ts",
            "import $0e, { Router } from \"express\";\nconst app = e();\nconst r = Router();"
        ),
        "import e = require(\"express\");\nimport { Router } from \"express\";\nconst app = e();\nconst r = Router();"
    );
}

#[test]
fn an_app_behind_var() {
    const EXPRESS: &str = "const express = require(\"express\");\n";
    for (before, after) in [
        ("$0var app = express();", "const app = express();"),
        ("$0var app = express(), port;", "let app = express(), port;"),
        ("$0var app = express();\napp = wrapped(app);", "let app = express();\napp = wrapped(app);"),
    ] {
        assert_eq!(rewritten("index.js", &format!("{EXPRESS}{before}")), format!("{EXPRESS}{after}"));
    }
}

#[test]
fn an_app_of_a_required_package() {
    assert_eq!(
        rewritten("index.js", "const app = $0require(\"express\")();"),
        "const express = require(\"express\");\nconst app = express();"
    );
}
