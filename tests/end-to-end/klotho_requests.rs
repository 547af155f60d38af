//! The server's own requests: they say what the hover and the command line say.

use crate::client::{Client, at};
use crate::command_line::{repository, run, text};
use crate::workspace::{folder, greeting, named, uri, write};
use serde_json::{Value, json};
use std::fs;
use std::path::PathBuf;

const SERVICE: &str = "tests/apps/music-service";

/// A client that works on the music service, with what its configuration says once all is read.
fn service() -> (Client, PathBuf) {
    let root = repository().join(SERVICE);
    let mut client = Client::greeted(json!({
        "workspaceFolders": [named(&root)],
        "capabilities": { "experimental": { "klotho": { "graphChanged": true } } },
    }));
    until_ready(&mut client);
    (client, root)
}

/// Waits until everything is read, as clients do: told of a change, they ask.
pub(crate) fn until_ready(client: &mut Client) {
    loop {
        let status = client.request("klotho/status", Value::Null)["result"].clone();
        if status["phase"] == "ready" && status["projects"][0]["units"] != json!(0) {
            return;
        }
        changed(client);
    }
}

fn changed(client: &mut Client) -> Value {
    client.wait(|message| message["method"] == "klotho/graphChanged")["params"]["roots"].clone()
}

/// Waits until a project is told of, maybe along with what is still told of the start: once all is read, all are.
fn told_of(client: &mut Client, root: &Value) {
    while !changed(client).as_array().is_some_and(|roots| roots.contains(root)) {}
}

/// Reads the notifications that came while nobody waited for them.
pub(crate) fn done(mut client: Client) {
    client.request("klotho/status", Value::Null);
    client.forget("klotho/graphChanged");
}

fn printed(arguments: &[&str]) -> Value {
    let output = run(arguments, &repository().join(SERVICE));
    serde_json::from_str(&text(&output.stdout)).expect("JSON")
}

/// Holds a value against a definition of the schema.
fn is_valid(name: &str, value: &Value) {
    let schema = fs::read_to_string(repository().join("docs/protocol.schema.json")).expect("the schema");
    let mut schema: Value = serde_json::from_str(&schema).expect("JSON");
    schema["$ref"] = format!("#/$defs/{name}").into();
    let validator = jsonschema::validator_for(&schema).expect("the schema is one");
    let faults: Vec<_> = validator.iter_errors(value).map(|fault| fault.to_string()).collect();
    assert_eq!(faults, [""; 0], "{name}: {value}");
}

#[test]
fn answers_have_the_form_of_the_schema() {
    let (mut client, root) = service();
    let file = json!({ "textDocument": { "uri": uri(&root.join("playlists.ts")) } });
    for (method, params, name) in [
        ("klotho/status", Value::Null, "StatusResult"),
        ("klotho/graph", json!({}), "GraphResult"),
        ("klotho/cost", file, "CostResult"),
    ] {
        is_valid(name, &client.request(method, params)["result"]);
    }
    done(client);
}

#[test]
fn the_status_is_what_the_commands_say() {
    let (mut client, root) = service();
    let status = client.request("klotho/status", Value::Null)["result"].clone();
    let (cost, graph) = (printed(&["cost", "--format", "json"]), printed(&["graph", "--format", "json"]));
    assert_eq!(status["version"], env!("CARGO_PKG_VERSION"));
    let project = &status["projects"][0];
    assert_eq!(project["root"], uri(&root));
    assert_eq!(project["configuration"], uri(&root.join("klotho.yaml")));
    assert_eq!(project["monthlyUsd"], cost["total"]["monthly"]);
    assert_eq!(project["assumed"], true);
    assert_eq!(project["missingPrices"], false);
    let nodes = graph["nodes"].as_array().expect("rows");
    let units = nodes.iter().filter(|node| node["kind"] == "execution_unit").count();
    assert_eq!(project["units"], units);
    assert_eq!(project["resources"], nodes.len() - units);
    let rows = graph["diagnostics"].as_array().expect("rows");
    for severity in ["error", "warning", "information", "hint"] {
        let count = rows.iter().filter(|row| row["severity"] == severity).count();
        assert_eq!(project["findings"][severity], count, "{severity}");
    }
    // No parameters are needed, and some clients cannot send none.
    assert_eq!(client.request("klotho/status", json!({}))["result"], status);
    done(client);
}

#[test]
fn the_graph_is_the_document_of_the_command_with_what_its_nodes_cost() {
    let (mut client, root) = service();
    let answer = client.request("klotho/graph", Value::Null)["result"].clone();
    let project = answer["projects"][0].clone();
    assert_eq!(project["root"], uri(&root));
    assert_eq!(project["graph"], printed(&["graph", "--format", "json"]));
    let cost = printed(&["cost", "--format", "json"]);
    let row = |node: &str| {
        let costs = project["costs"].as_array().expect("rows");
        costs.iter().find(|row| row["node"] == node).cloned().expect("a row")
    };
    for unit in cost["units"].as_array().expect("units") {
        let row = row(&format!("execution_unit:{}", unit["id"].as_str().expect("an id")));
        assert_eq!((&row["monthlyUsd"], &row["name"]), (&unit["monthly"], &unit["name"]));
        assert_eq!((&row["mode"], &row["assumed"]), (&json!("on-demand"), &unit["requests_assumed"]));
    }
    for resource in cost["resources"].as_array().expect("resources") {
        let (kind, id) =
            (resource["kind"].as_str().expect("a kind"), resource["id"].as_str().expect("an id"));
        assert_eq!(row(&format!("{kind}:{id}"))["monthlyUsd"], resource["monthly"]);
    }
    assert_eq!(row("execution_unit:playlists")["text"], "Lambda $17.3/mo");
    let document = json!({ "textDocument": { "uri": uri(&root.join("playlists.ts")) } });
    assert_eq!(client.request("klotho/graph", document)["result"], answer);
    let elsewhere = json!({ "textDocument": { "uri": "file:///nowhere/a.ts" } });
    assert_eq!(client.request("klotho/graph", elsewhere)["result"], json!({ "projects": [] }));
    done(client);
}

#[test]
fn the_cost_of_a_unit_is_that_of_its_hover_and_of_the_command() {
    let (mut client, root) = service();
    let file = uri(&root.join("playlists.ts"));
    let cost = client.request("klotho/cost", at(&file, 0, 5))["result"].clone();
    let explained = printed(&["cost", "--explain", "playlists", "--format", "json"]);
    assert_eq!((&cost["unit"], &cost["current"]), (&json!("playlists"), &json!("lambda")));
    assert_eq!(cost["verdict"], explained["verdict"]);
    let (places, targets) =
        (cost["places"].as_array().expect("places"), explained["targets"].as_array().expect("targets"));
    assert_eq!(places.len(), targets.len());
    let hover = client.hover(&file, 0, 20)["result"]["contents"]["value"].clone();
    let hover = hover.as_str().expect("a hover");
    for (place, target) in places.iter().zip(targets) {
        assert_eq!(place["target"], target["target"]);
        assert_eq!(place["monthlyUsd"], target["monthly"]);
        assert_eq!(place["why"], target["reasons"]);
        assert_eq!(place["fits"], target["fits"] == "yes");
        let names = |rows: &Value, key: &str| {
            let rows = rows.as_array().expect("rows").iter();
            rows.map(|row| row[key].as_str().expect("a text").replace('_', " ")).collect::<Vec<_>>()
        };
        assert_eq!(names(&place["lines"], "text"), names(&target["components"], "name"));
        let name = place["name"].as_str().expect("a name");
        assert!(hover.contains(name), "{name} is not in {hover}");
        if let Some(wait) = place["coldStart"].as_str() {
            assert!(hover.contains(wait), "{wait} is not in {hover}");
        }
    }
    for input in explained["inputs"].as_array().expect("inputs") {
        let (name, origin) = (input["name"].as_str().expect("a name"), input["origin"].as_str());
        let Some(said) = cost["workload"].get(name) else { continue };
        assert_eq!(said["from"].as_str(), origin, "{name}");
    }
    let by_id = json!({ "textDocument": { "uri": uri(&root.join("klotho.yaml")) }, "unit": "playlists" });
    assert_eq!(client.request("klotho/cost", by_id)["result"], cost);
    let nobody = json!({ "textDocument": { "uri": file }, "unit": "nobody" });
    assert_eq!(client.request("klotho/cost", nobody)["result"], Value::Null);
    done(client);
}

#[test]
fn another_workload_is_what_would_be_if_it_were_stated() {
    let (mut client, root) = service();
    let file = uri(&root.join("playlists.ts"));
    let mut ask = |workload: Value| {
        let params = json!({ "textDocument": { "uri": file }, "unit": "playlists", "workload": workload });
        client.request("klotho/cost", params)
    };
    let stated = ask(json!({}))["result"].clone();
    let busy = json!({ "monthly_requests": 400_000_000, "shape": "flat", "concurrency": 64 });
    let other = ask(busy.clone())["result"].clone();
    assert_eq!(other["requests"], 400_000_000);
    assert_eq!(other["workload"]["shape"], json!({ "value": "flat", "from": "override" }));
    assert_eq!(other["workload"]["arch"], json!({ "value": "arm64", "from": "annotation" }));
    assert_ne!(other["verdict"], stated["verdict"]);
    // Each point of the curve is what an answer for that volume says.
    let curve = &stated["curve"];
    let volumes = curve["requests"].as_array().expect("volumes");
    assert_eq!(volumes.len(), 60);
    for place in [0, 30, 59] {
        let there = ask(json!({ "monthly_requests": volumes[place] }))["result"].clone();
        for (index, row) in there["places"].as_array().expect("places").iter().enumerate() {
            let drawn = curve["places"].as_array().expect("curves");
            let drawn = drawn.iter().find(|curve| curve["target"] == row["target"]).expect("a curve");
            assert_eq!(drawn["monthlyUsd"][place], row["monthlyUsd"], "{index}");
        }
    }
    for (wrong, message) in [
        (json!({ "burst": 0.5 }), "`burst` must be between 1 and 1,000, not 0.5."),
        (json!({ "memroy_mb": 1 }), "`memroy_mb` is not a workload key. Did you mean `memory_mb`?"),
        (json!({ "shape": [1, 2] }), "`shape` needs 24 numbers, one per hour, not 2."),
        (json!({ "arch": null }), "`arch` needs a plain value."),
        (json!({ "power_tuning": "no.json" }), "there is no file `no.json` in the project"),
    ] {
        let error = ask(wrong)["error"].clone();
        assert_eq!((&error["code"], &error["message"]), (&json!(-32602), &json!(message)));
    }
    done(client);
}

#[test]
fn a_client_that_wants_to_know_is_told_which_graphs_changed() {
    let root =
        folder(&[("a.ts", "// @klotho::execution_unit {\n//  id = \"a\"\n// }\nexport const x = 1;\n")]);
    let other = folder(&[("b.ts", "export const y = 1;\n"), ("klotho.yaml", "app: b\n")]);
    let mut params = greeting(&[&root, &other], &json!({}));
    params["initializationOptions"] = json!({ "klotho": { "graphChanged": true } });
    let mut client = Client::greeted(params);
    until_ready(&mut client);
    client.request("klotho/status", Value::Null);
    client.forget("klotho/graphChanged");
    let file = uri(&root.path().join("a.ts"));
    client.open(
        &file,
        "typescript",
        "// @klotho::execution_unit {\n//  id = \"a\"\n// }\nexport const x = 1;\n",
    );
    client.edit(&file, 1, 1, 10, 11, "renamed");
    let here = json!(uri(root.path()));
    told_of(&mut client, &here);
    let graph = client.request("klotho/graph", json!({ "textDocument": { "uri": file } }))["result"].clone();
    assert_eq!(graph["projects"][0]["graph"]["nodes"][0]["id"], "renamed");
    write(root.path(), "c.ts", "// @klotho::execution_unit {\n//  id = \"c\"\n// }\nexport const x = 1;\n");
    let event = json!({ "changes": [{ "uri": uri(&root.path().join("c.ts")), "type": 1 }] });
    client.notify("workspace/didChangeWatchedFiles", event);
    told_of(&mut client, &here);
    done(client);
}
