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

#[test]
fn a_nest_application_serves_the_controllers_of_its_module() {
    check(
        &[
            (
                "main.ts",
                "import { NestFactory } from '@nestjs/core';\nimport { AppModule } from './app.module';\nasync function bootstrap() {\n  const app = await NestFactory.create<Platform>(AppModule);\n  // @klotho::expose {\n  //   id = \"api\"\n  //   target = \"public\"\n  // }\n  await app.listen(3000);\n}\nconst nestApp = bootstrap();\n",
            ),
            (
                "app.module.ts",
                "import { Module } from '@nestjs/common';\nimport { Users } from './users';\n@Module({ controllers: [Users] })\nexport class AppModule {}\n",
            ),
            (
                "users.ts",
                "import { Controller, Get } from '@nestjs/common';\n@Controller('users')\nexport class Users {\n  @Get(':id')\n  one() {}\n}\n",
            ),
            ("package.json", "{\"main\": \"main.js\"}"),
        ],
        &["nodes", "routes", "functions", "diagnostics"],
        expect![[r#"
            execution_unit main lambda typescript - -
            gateway api apigateway typescript nestApp main.ts
            gateway:api GET /users/:id execution_unit:main users.ts
            bootstrap main.ts ["execution_unit:main"]
            Users.one users.ts ["execution_unit:main"]
        "#]],
    );
}

#[test]
fn a_router_that_is_not_there_is_said() {
    check(
        &[
            (
                "index.js",
                "const express = require('express');\nconst r = require('./r');\nconst app = express();\napp.use('/r', r);\n// @klotho::expose {\n//   id = \"api\"\n//   target = \"public\"\n// }\napp.listen(3000);\n",
            ),
            ("package.json", "{}"),
        ],
        &["routes", "diagnostics"],
        expect![[r#"
            gateway:api ANY / execution_unit:main index.js
            gateway:api ANY /:rest* execution_unit:main index.js
            mount-not-found error The router of `./r` cannot be found, and the compiler stops here. Correct the import, or add the file. index.js
        "#]],
    );
}
