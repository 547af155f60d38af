//! Outlines of sources and configurations.

use crate::support::Disk;
use expect_test::{Expect, expect};
use klotho_ide::OutlineItem;

/// One line an item, and what must hold of its places.
fn lines(items: &[OutlineItem], text: &str, depth: usize) -> String {
    let mut shown = String::new();
    for item in items {
        assert!(item.full.covers(item.focus), "{item:?}");
        assert!(!item.name.trim().is_empty(), "{item:?}");
        let focus = item.focus.of(text).lines().next().unwrap_or_default();
        let detail = if item.detail.is_empty() { String::new() } else { format!(" ({})", item.detail) };
        shown.push_str(&format!(
            "{}{:?} {}{detail} at `{focus}`\n",
            "  ".repeat(depth),
            item.kind,
            item.name
        ));
        shown.push_str(&lines(&item.children, text, depth + 1));
    }
    shown
}

fn check(files: &[(&str, &str)], path: &str, expected: Expect) {
    let disk = Disk::new(files);
    let items = disk.snapshot().outline(&format!("/app/{path}"));
    expected.assert_eq(&lines(&items, &disk.0[path], 0));
}

const NOTES: &str = "const express = require(\"express\");\nconst app = express();\n\n/* @klotho::persist {\n *   id = \"notes\"\n *   [workload]\n *   reads = 1000\n * }\n */\nconst notes = new Map();\n\napp.get(\"/notes/:id\", async (req, res) => res.send(await notes.get(req.params.id)));\n\n/* @klotho::expose {\n *   id = \"api\"\n *   target = \"public\"\n * }\n */\napp.listen(3000);\n\n// @klotho::embed_assets { include = \"*.txt\" }\n";

#[test]
fn annotations_and_routes_of_a_source() {
    check(
        &[("index.js", NOTES), ("package.json", "{}")],
        "index.js",
        expect![[r#"
        Store notes (key-value store → dynamodb) at `"notes"`
          Property workload at `workload`
            Property reads (1000) at `reads`
        Route GET /notes/:id (api → main) at `app.get("/notes/:id", async (req, res) => res.send(await notes.get(req.params.id)))`
        Gateway api (gateway → apigateway) at `"api"`
          Property target (public) at `target`
        Files embed_assets (embed assets) at `embed_assets`
          Property include (*.txt) at `include`
    "#]],
    );
}

#[test]
fn entries_of_a_configuration() {
    let yaml = "app: x\ndefaults:\n  execution_unit:\n    type: ecs\nexecution_units:\n  main:\n    type: lambda\n    environment_variables: { A: b }\npersisted:\n  'notes': {}\n  other:\n";
    check(
        &[("index.js", NOTES), ("package.json", "{}"), ("klotho.yaml", yaml)],
        "klotho.yaml",
        expect![[r#"
            Property app (x) at `app`
            Section defaults at `defaults`
              Property execution_unit at `execution_unit`
                Property type (ecs) at `type`
            Section execution_units at `execution_units`
              Unit main (execution unit → AWS Lambda) at `main`
                Property type (lambda) at `type`
                Property environment_variables at `environment_variables`
                  Property A (b) at `A`
            Section persisted at `persisted`
              Store notes (key-value store → dynamodb) at `notes`
              Property other at `other`
        "#]],
    );
}

#[test]
fn a_table_of_toml_may_be_written_in_parts() {
    let toml = "[persisted.notes]\ntype = \"dynamodb\"\n\n[execution_units.main]\ntype = \"ecs\"\n\n[persisted.notes.pulumi_params]\nx = 1\n";
    check(
        &[("index.js", NOTES), ("package.json", "{}"), ("klotho.toml", toml)],
        "klotho.toml",
        expect![[r#"
            Section persisted at `persisted`
              Store notes (key-value store → dynamodb) at `notes`
                Property type (dynamodb) at `type`
                Property pulumi_params at `pulumi_params`
                  Property x (1) at `x`
            Section execution_units at `execution_units`
              Unit main (execution unit → ECS on Fargate) at `main`
                Property type (ecs) at `type`
        "#]],
    );
}
