//! Another id, everywhere it stands.

use crate::fuzz::example_apps;
use crate::support::{Disk, Fixture, ROOT};
use expect_test::expect;
use klotho_ide::WorkspaceEdit;
use serde_json::Value;

/// All files that an edit changes, after it.
fn changed(disk: &Disk, edit: &WorkspaceEdit) -> String {
    let after = disk.edited(edit);
    let files = after.0.iter().filter(|(path, text)| disk.0.get(*path) != Some(text));
    files.map(|(path, text)| format!("--- {path}\n{text}")).collect()
}

fn rename(files: &[(&str, &str)], name: &str) -> String {
    let fixture = Fixture::new(files);
    match fixture.snapshot.rename(&fixture.path, fixture.offset, name) {
        Ok(edit) => changed(&fixture.disk, &edit),
        Err(reason) => reason,
    }
}

const UNIT: &str = "/* @klotho::execution_unit {\n *   id = \"orders\"\n * }\n */\nexport const x = 1;\n";

#[test]
fn an_id_is_changed_wherever_it_stands() {
    let again = UNIT.replace("\"orders\"", "'or$0ders'");
    let yaml = "execution_units:\n  orders: # here\n    type: ecs\nexposed:\n  orders:\n    type: alb\n";
    let usage = "version: 0.1\nresource_usage:\n  module.orders.aws_lambda_function.orders[0]:\n    monthly_requests: 100\n";
    let files = [("a.ts", UNIT), ("b.ts", &again), ("klotho.yaml", yaml), ("infracost-usage.yml", usage)];
    expect![[r#"
        --- a.ts
        /* @klotho::execution_unit {
         *   id = "sales-2"
         * }
         */
        export const x = 1;
        --- b.ts
        /* @klotho::execution_unit {
         *   id = 'sales-2'
         * }
         */
        export const x = 1;
        --- infracost-usage.yml
        version: 0.1
        resource_usage:
          module.orders.aws_lambda_function.sales_2[0]:
            monthly_requests: 100
        --- klotho.yaml
        execution_units:
          sales-2: # here
            type: ecs
        exposed:
          orders:
            type: alb
    "#]]
    .assert_eq(&rename(&files, "sales-2"));
    let from_config = yaml.replacen("orders:", "$0orders:", 1);
    let plain = again.replace("$0", "");
    let files =
        [("a.ts", UNIT), ("b.ts", &plain), ("klotho.yaml", &from_config), ("infracost-usage.yml", usage)];
    expect![[r#"
        --- a.ts
        /* @klotho::execution_unit {
         *   id = "sales-2"
         * }
         */
        export const x = 1;
        --- b.ts
        /* @klotho::execution_unit {
         *   id = 'sales-2'
         * }
         */
        export const x = 1;
        --- infracost-usage.yml
        version: 0.1
        resource_usage:
          module.orders.aws_lambda_function.sales_2[0]:
            monthly_requests: 100
        --- klotho.yaml
        execution_units:
          sales-2: # here
            type: ecs
        exposed:
          orders:
            type: alb
    "#]]
    .assert_eq(&rename(&files, "sales-2"));
}

#[test]
fn a_name_that_cannot_be_an_id_is_refused() {
    let at = UNIT.replace("orders", "$0orders");
    let other = UNIT.replace("orders", "taken");
    let config = "execution_units:\n  configured: {}\n";
    let names = ["", "a b", "ü", "abcdefghijklmnopqrstuvwxyz", "taken", "configured", "orders"];
    let files = [("a.ts", at.as_str()), ("b.ts", &other), ("klotho.yaml", config)];
    expect![[r#"
        An id cannot be empty
        An id cannot have ` `: it has ASCII letters, digits and `_ - . : /`
        An id cannot have `ü`: it has ASCII letters, digits and `_ - . : /`
        An id has at most 25 characters, and this one has 26
        b.ts:1 has the id `taken` already
        klotho.yaml has an entry `execution_units.configured` already
    "#]]
    .assert_eq(&names.map(|name| rename(&files, name)).join("\n"));
}

#[test]
fn what_cannot_be_changed_safely_is_refused() {
    let at = UNIT.replace("orders", "$0orders");
    let prepared = |files: &[(&str, &str)]| {
        let fixture = Fixture::new(files);
        let prepared = fixture.snapshot.prepare_rename(&fixture.path, fixture.offset);
        format!("{prepared:?} / {}", rename(files, "fresh"))
    };
    let shared = "x: &all\n  orders: {}\nexecution_units: *all\n";
    let found = [
        prepared(&[("a.ts", &at), ("klotho.yaml", shared)]),
        prepared(&[("a.ts", &at), ("klotho.yaml", "execution_units: [\n")]),
        prepared(&[("a.ts", &at.replace("$0orders", "\\u006$0frders"))]),
        prepared(&[
            ("index.js", "// @klotho::persist { id = \"a\" }\nconst a = new Map();\n"),
            ("klotho.yaml", "execution_units:\n  m$0ain: {}\n"),
        ]),
        prepared(&[("klotho.yaml", "execution_units:\n  no$0body: {}\n")]),
        prepared(&[("a.ts", &at.replace("$0", "").replace("export", "ex$0port"))]),
    ];
    expect![[r#"
        Ok(Some(Renaming { span: Span { start: 40, end: 46 }, id: "orders" })) / klotho.yaml is written so that `orders` cannot be changed there alone: rename it there by hand first
        Err("klotho.yaml cannot be read: correct it first") / klotho.yaml cannot be read: correct it first
        Err("a.ts:2 spells this id with escapes: write it plainly there first") / a.ts:2 spells this id with escapes: write it plainly there first
        Err("`main` is the unit of what no annotation claims: it has no id to change") / `main` is the unit of what no annotation claims: it has no id to change
        Err("No `execution_unit` annotation has this id: correct the key itself") / No `execution_unit` annotation has this id: correct the key itself
        Ok(None) / There is no id here: put the cursor on the id of an annotation, or on a key of klotho.yaml"#]].assert_eq(&found.join("\n"));
}

/// The graph's rows, without places, in an order that names do not decide.
fn graph(disk: &Disk, from: &str, to: &str) -> Vec<String> {
    let graph = disk.snapshot().graph_json(ROOT).expect("a graph");
    let mut rows = Vec::new();
    for (table, found) in graph.as_object().expect("tables") {
        for row in found.as_array().into_iter().flatten() {
            let cells =
                row.as_object().into_iter().flatten().filter(|(key, _)| *key != "range" && *key != "message");
            let cells: Vec<_> =
                cells.map(|(key, value)| format!("{key}={}", named(value, from, to))).collect();
            rows.push(format!("{table} {}", cells.join(" ")));
        }
    }
    rows.sort();
    rows
}

/// A cell with one name for another: as an id, or in a reference. A node's range goes as all others do.
fn named(value: &Value, from: &str, to: &str) -> String {
    let text = match value {
        Value::String(text) if text == from => to.to_owned(),
        Value::String(text) => match text.split_once(':') {
            Some((kind, id)) if id == from => format!("{kind}:{to}"),
            _ => text.clone(),
        },
        Value::Array(values) => {
            let mut values: Vec<_> = values.iter().map(|value| named(value, from, to)).collect();
            values.sort();
            values.join(",")
        }
        Value::Object(fields) => {
            let fields = fields.iter().filter(|(key, _)| *key != "range");
            fields
                .map(|(key, value)| format!("{key}:{}", named(value, from, to)))
                .collect::<Vec<_>>()
                .join(",")
        }
        other => other.to_string(),
    };
    text.to_owned()
}

#[test]
fn every_id_of_the_example_projects_can_be_renamed_and_back() {
    let mut renamed = 0;
    for (app, disk) in example_apps() {
        let snapshot = disk.snapshot();
        for (path, text) in &disk.0 {
            let absolute = format!("{ROOT}/{path}");
            for (at, _) in text.match_indices("id = \"") {
                let at = at + "id = \"".len();
                let Ok(Some(found)) = snapshot.prepare_rename(&absolute, at) else { continue };
                let edit = snapshot
                    .rename(&absolute, at, "zz-fresh")
                    .unwrap_or_else(|reason| panic!("{app}/{path}: {reason}"));
                let after = disk.edited(&edit);
                assert_eq!(
                    after.all_findings().len(),
                    disk.all_findings().len(),
                    "{app}/{path} {}",
                    found.id
                );
                // Other resources may have the same id: all of them go by one name here.
                assert_eq!(
                    graph(&after, &found.id, "zz-fresh"),
                    graph(&disk, &found.id, "zz-fresh"),
                    "{app}/{path} {}",
                    found.id
                );
                let back = after.snapshot().rename(&absolute, at, &found.id).expect("a way back");
                assert_eq!(after.edited(&back).0, disk.0, "{app}/{path} {}", found.id);
                renamed += 1;
            }
        }
    }
    assert!(renamed > 20, "{renamed}");
}
