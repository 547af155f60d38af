//! A route where it is defined: its full path, the gateway, the unit behind it, and what that costs.

use crate::client::Client;
use crate::workspace::{folder, greeting, uri};
use serde_json::{Value, json};

const INDEX: &str = "const express = require(\"express\");\nconst users = require(\"./users\");\nconst app = express();\n\
                     app.use(\"/users\", users);\n/* @klotho::expose {\n *   id = \"api\"\n *   target = \"public\"\n * }\n */\napp.listen(3000);\n";
const USERS: &str = "const router = require(\"express\").Router();\n/* 🎵 */ router.get(\"/:id\", (req, res) => {\n  res.send(1);\n});\n\
                     module.exports = router;\n";

fn shown(hover: &Value) -> &str {
    hover["result"]["contents"]["value"].as_str().unwrap_or_default()
}

#[test]
fn a_route_and_the_call_that_serves_it_are_told_of() {
    let root = folder(&[("index.js", INDEX), ("users.js", USERS), ("package.json", "{}")]);
    let mut client = Client::greeted(greeting(&[&root], &json!({})));
    let (index, users) = (uri(&root.path().join("index.js")), uri(&root.path().join("users.js")));
    client.open(&users, "javascript", USERS);
    client.diagnostics(&users, 0);
    // The note is two units of UTF-16.
    let route = client.hover(&users, 1, 12);
    assert!(
        shown(&route).starts_with("GET /users/:id → main on AWS Lambda, through gateway api (apigateway)"),
        "{route}"
    );
    assert!(shown(&route).contains("10M requests a month"), "{route}");
    assert_eq!(route["result"]["range"]["start"], json!({ "line": 1, "character": 9 }));
    assert_eq!(client.hover(&users, 2, 3)["result"], Value::Null);
    client.open(&index, "javascript", INDEX);
    let served = client.hover(&index, 9, 5);
    assert!(shown(&served).starts_with("Gateway api → apigateway"), "{served}");
}
