use crate::support::{Disk, ROOT};
use expect_test::{Expect, expect};
use serde_json::Value;

/// The rows of some tables, one a line, without ranges.
fn check(files: &[(&str, &str)], tables: &[&str], expected: Expect) {
    let graph = Disk::new(files).snapshot().graph_json(ROOT).expect("the project is there");
    let mut lines = String::new();
    for table in tables {
        for row in graph[table].as_array().expect("a table") {
            let cells = row.as_object().expect("a row").iter().filter(|(key, _)| *key != "range");
            let shown: Vec<_> = cells.map(|(_, value)| cell(value)).collect();
            lines.push_str(&format!("{}\n", shown.join(" ")));
        }
    }
    expected.assert_eq(&lines);
}

fn cell(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => "-".to_owned(),
        other => other.to_string(),
    }
}

const NOTES: &str = r#"const express = require("express");
const app = express();

// @klotho::persist { id = "notes" }
const notes = new Map();

app.get("/notes/:id", async (req, res) => res.send(await notes.get(req.params.id)));

/* @klotho::expose {
 *   id = "api"
 *   target = "public"
 * }
 */
app.listen(3000);
"#;

#[test]
fn the_example_of_the_documentation() {
    check(
        &[("index.js", NOTES), ("package.json", "{}")],
        &["nodes", "edges", "routes", "files", "functions", "diagnostics"],
        expect![[r#"
            execution_unit main lambda javascript - -
            gateway api apigateway javascript app index.js
            persist_kv notes dynamodb javascript notes index.js
            execution_unit:main uses persist_kv:notes -
            gateway:api routes_to execution_unit:main -
            gateway:api GET /notes/:id execution_unit:main index.js
            execution_unit:main index.js entrypoint
            execution_unit:main package.json resource
            GET /notes/:id index.js ["execution_unit:main"]
        "#]],
    );
}

#[test]
fn units_share_what_nobody_claims_and_call_each_other() {
    check(
        &[
            (
                "orders.js",
                "// @klotho::execution_unit { id = \"orders\" }\n\nconst users = require('./users');\nconst tax = require('./tax');\nasync function buy() { return users.find(tax.rate()); }\nexports.buy = buy;\n",
            ),
            (
                "users.js",
                "// @klotho::execution_unit { id = \"users\" }\n\nconst tax = require('./tax');\nasync function find(rate) { return rate; }\nexports.find = find;\n",
            ),
            ("tax.js", "function rate() { return 2; }\nexports.rate = rate;\n"),
        ],
        &["nodes", "edges", "files", "functions"],
        expect![[r#"
            execution_unit orders lambda javascript - orders.js
            execution_unit users lambda javascript - users.js
            execution_unit:orders calls execution_unit:users find
            execution_unit:orders orders.js entrypoint
            execution_unit:orders tax.js source
            execution_unit:users tax.js source
            execution_unit:users users.js entrypoint
            buy orders.js ["execution_unit:orders"]
            rate tax.js ["execution_unit:orders","execution_unit:users"]
            find users.js ["execution_unit:users"]
        "#]],
    );
}
