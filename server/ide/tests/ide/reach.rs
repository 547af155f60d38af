//! Where a hover compares the places of a unit, the switches of that unit are offered, each once.

use crate::fuzz::apps::apps_in;
use crate::support::{Fixture, ROOT, at_the_cursor, opened};
use klotho_ide::{CodeAction, Snapshot, Span};
use std::collections::BTreeSet;
use std::path::Path;

/// The titles of the switches.
fn switches(actions: &[CodeAction]) -> Vec<&str> {
    actions.iter().map(|action| &*action.title).filter(|title| title.starts_with("Switch ")).collect()
}

/// The units that the hover at a place compares.
fn compared(snapshot: &Snapshot, path: &str, offset: usize) -> Vec<String> {
    let hover = snapshot.hover(path, offset).map(|hover| hover.markdown).unwrap_or_default();
    let units = hover.split("Execution unit **`").skip(1).filter_map(|rest| rest.split('`').next());
    units.map(str::to_owned).collect()
}

/// The units that can be switched at a place.
fn switched(snapshot: &Snapshot, path: &str, offset: usize) -> Vec<String> {
    let actions = snapshot.code_actions(path, Span::empty(offset), &at_the_cursor());
    let titles = switches(&actions);
    assert_eq!(titles.iter().collect::<BTreeSet<_>>().len(), titles.len(), "{titles:?}");
    let units = titles.iter().filter_map(|title| title.split(' ').nth(1));
    let mut units: Vec<_> = units.map(str::to_owned).collect();
    units.dedup();
    units
}

#[test]
fn on_every_line_of_the_applications() {
    let mut found = 0;
    for app in apps_in(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/apps")) {
        for (relative, text) in &app.disk.0 {
            let (snapshot, path) = (opened(&app.disk, relative), format!("{ROOT}/{relative}"));
            let (mut start, mut above) = (0, Vec::new());
            for line in text.split_inclusive('\n') {
                let offset = start + line.len() - line.trim_start().len();
                start += line.len();
                let units = compared(&snapshot, &path, offset);
                // The lines of one annotation are one place.
                if !units.is_empty() && units != above {
                    assert_eq!(units, switched(&snapshot, &path, offset), "{path}: {line}");
                    found += 1;
                }
                above = units;
            }
        }
    }
    assert!(found > 50, "{found}");
}

const SERVER: &str = "const express = require(\"express\");\nconst app = express();\napp.get(\"/\", (req, res) => {\n  res.send(1);\n});\n\
                      /* @klotho::expose {\n *   id = \"api\"\n *   target = \"public\"\n * }\n */\napp.listen(3000);\n";

#[test]
fn on_a_route_of_a_unit_that_no_annotation_declares() {
    for mark in ["app.get", "get(\"", "(req, res)", "res.send", "});"] {
        let index = SERVER.replacen(mark, &format!("$0{mark}"), 1);
        let fixture = Fixture::new(&[("index.js", &index), ("package.json", "{}")]);
        let after = fixture.disk.edited(&fixture.action("Switch main to ECS on Fargate").edit);
        assert_eq!(after.0["klotho.yaml"], "execution_units:\n  main:\n    type: ecs\n", "{mark}");
    }
}

#[test]
fn not_where_no_unit_is_spoken_of() {
    for mark in ["const express", "const app", "app.listen"] {
        let index = SERVER.replacen(mark, &format!("$0{mark}"), 1);
        let fixture = Fixture::new(&[("index.js", &index), ("package.json", "{}")]);
        assert_eq!(switches(&fixture.all_actions()), [""; 0], "{mark}");
    }
}

#[test]
fn a_route_of_a_shared_file_is_answered_by_the_unit_that_its_gateway_leads_to() {
    let unit = |id: &str| format!("/* @klotho::execution_unit {{\n *   id = \"{id}\"\n * }}\n */\n");
    let mounted = "const users = require(\"./users\");\napp.use(\"/users\", users);\napp.get";
    let main = unit("main") + &SERVER.replacen("app.get", mounted, 1);
    let users = "const router = require(\"express\").Router();\nrouter.$0get(\"/x\", f);\nfunction f() {}\nmodule.exports = router;\n";
    let other = unit("other") + "require(\"./users\");\n";
    let files = [("index.js", &*main), ("users.js", users), ("other.js", &other), ("package.json", "{}")];
    let fixture = Fixture::new(&files);
    let Fixture { snapshot, path, offset, .. } = &fixture;
    assert_eq!(compared(snapshot, path, *offset), ["main"]);
    assert_eq!(switched(snapshot, path, *offset), ["main"]);
    assert_eq!(
        snapshot.hover(path, *offset).map(|hover| hover.markdown.contains("GET /users/x")),
        Some(true)
    );
}
