//! Routers that are mounted again and again: a few lines that mean more routes than anyone can count.

use crate::support::{Disk, ROOT, is_slow};
use std::fmt::Write;

const EXPOSE: &str =
    "/* @klotho::expose {\n *   id = \"api\"\n *   target = \"public\"\n * }\n */\napp.listen(3000);\n";

fn app(mounts: usize, routes: usize) -> Disk {
    let mut text = String::from(
        "const express = require(\"express\");\nconst app = express();\nconst r = express.Router();\n",
    );
    for route in 0..routes {
        writeln!(text, "r.get(\"/r{route}\", f);").expect("a string takes text");
    }
    for mount in 0..mounts {
        writeln!(text, "app.use(\"/m{mount}\", r);").expect("a string takes text");
    }
    Disk::new(&[("index.js", &(text + EXPOSE))])
}

/// Whether there are so many routes, unless the parser gave up on a busy machine.
fn has_routes(disk: &Disk, expected: usize) -> bool {
    let snapshot = disk.snapshot();
    let graph = snapshot.graph_json(ROOT).expect("the project is there");
    is_slow(&snapshot) || graph["routes"].as_array().expect("a table").len() == expected
}

#[test]
fn a_gateway_has_no_more_routes_than_its_limit_and_says_so() {
    assert!(has_routes(&app(100, 100), 10_000));
    assert_eq!(app(100, 100).findings(), Vec::<String>::new());
    let many = app(101, 100);
    assert!(has_routes(&many, 10_000));
    assert!(many.findings().iter().any(|found| found.ends_with("too-many-routes")));
    assert!(has_routes(&app(2_000, 2_000), 10_000));
}

#[test]
fn routers_without_routes_are_counted_too() {
    let text = "const express = require(\"express\");\nconst app = express();\n".to_owned()
        + &"app.use(app);\n".repeat(30_000)
        + EXPOSE;
    assert!(has_routes(&Disk::new(&[("index.js", &text)]), 2));
}
