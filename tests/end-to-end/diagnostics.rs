//! Findings in the editor: right, versioned, few, and gone when the document is.

use crate::client::Client;
use crate::workspace::{folder, greeting, uri, write};
use serde_json::{Value, json};

const BAD: &str = "/* 🎵 @klotho::execution_unit { id = users } */\r\nexport const x = 1;\r\n";
const UNTITLED: &str = "untitled:Untitled-1";

fn codes(found: &[Value]) -> Vec<&str> {
    found.iter().filter_map(|found| found["code"].as_str()).collect()
}

#[test]
fn columns_are_right_in_every_encoding() {
    // `users` stands after an astral character: four bytes, two UTF-16 units, one character.
    for (offered, start) in [(&["utf-8"][..], 39), (&[][..], 37), (&["utf-32"][..], 36)] {
        let root = folder(&[("a.ts", BAD)]);
        let capabilities = json!({ "general": { "positionEncodings": offered } });
        let mut client = Client::greeted(greeting(&[&root], &capabilities));
        let file = uri(&root.path().join("a.ts"));
        client.open(&file, "typescript", BAD);
        let found = client.diagnostics(&file, 0);
        assert_eq!(codes(&found), ["annotation-syntax"]);
        assert_eq!(found[0]["range"]["start"]["character"], start, "{offered:?}: {found:?}");
        client.edit(&file, 1, 0, start, start + 5, "\"users\"");
        assert_eq!(client.diagnostics(&file, 1), Vec::<Value>::new());
    }
}

#[test]
fn a_document_that_lies_nowhere_is_served_and_what_was_shown_is_taken_back() {
    let mut client = Client::greeted(greeting(&[], &json!({})));
    client.open(UNTITLED, "typescript", BAD);
    assert_eq!(client.diagnostics(UNTITLED, 0).len(), 1);
    client.close(UNTITLED);
    let cleared = client.wait(|message| message["params"]["diagnostics"] == json!([]));
    assert_eq!(cleared["params"], json!({ "uri": UNTITLED, "diagnostics": [] }));
}

#[test]
fn a_burst_of_edits_gives_few_publications_and_ends_with_the_last() {
    let mut client = Client::greeted(greeting(&[], &json!({})));
    client.open(UNTITLED, "typescript", "\n");
    client.diagnostics(UNTITLED, 0);
    for version in 1..=100 {
        client.edit(UNTITLED, version, 0, 0, 0, "// @klotho::nonsense\n\n");
    }
    let found = client.diagnostics(UNTITLED, 100);
    assert_eq!(codes(&found).iter().filter(|code| **code == "unknown-capability").count(), 100);
    assert!(client.unread_publications() <= 2, "{} besides the last", client.unread_publications());
}

#[test]
fn a_burst_over_many_documents_publishes_only_what_changed() {
    let mut client = Client::greeted(greeting(&[], &json!({})));
    let names: Vec<_> = (0..20).map(|number| format!("untitled:{number}")).collect();
    for name in &names {
        client.open(name, "typescript", BAD);
    }
    for name in &names {
        assert_eq!(client.diagnostics(name, 0).len(), 1);
    }
    client.change(&names[7], 1, &json!([{ "text": "" }]));
    assert_eq!(client.diagnostics(&names[7], 1), [] as [Value; 0]);
    client.request("shutdown", Value::Null);
    assert_eq!(client.unread_publications(), 0);
}

#[test]
fn an_edit_of_the_configuration_changes_the_findings_elsewhere() {
    let text =
        "// @klotho::execution_unit {\n//   id = \"a\"\n//   target = \"ecs\"\n// }\nexport const x = 1;\n";
    let root = folder(&[("a.ts", text), ("klotho.yaml", "execution_units:\n  a:\n    type: ecs\n")]);
    let mut client = Client::greeted(greeting(&[&root], &json!({})));
    let (file, config) = (uri(&root.path().join("a.ts")), uri(&root.path().join("klotho.yaml")));
    client.open(&file, "typescript", text);
    assert_eq!(client.diagnostics(&file, 0), [] as [Value; 0]);
    client.open(&config, "yaml", "execution_units:\n  a:\n    type: ecs\n");
    client.edit(&config, 1, 2, 10, 13, "lambda");
    let found = client.diagnostics(&file, 0);
    assert_eq!(codes(&found), ["target-conflict"]);
    // Closed without being saved, it counts again as the disk has it.
    client.close(&config);
    assert_eq!(client.diagnostics(&file, 0), [] as [Value; 0]);
}

#[test]
fn what_changes_on_disk_counts() {
    let text =
        "// @klotho::execution_unit {\n//   id = \"a\"\n//   target = \"ecs\"\n// }\nexport const x = 1;\n";
    let root = folder(&[("a.ts", text)]);
    let watches = json!({ "workspace": { "didChangeWatchedFiles": { "dynamicRegistration": true } } });
    let mut client = Client::greeted(greeting(&[&root], &watches));
    let registered = client.serve("client/registerCapability").to_string();
    for pattern in [
        "**/*",
        "**/*.ts",
        "**/*.py",
        "**/*.yml",
        "**/*Dockerfile*",
        "**/*.yaml",
        "**/*.json",
        "**/klotho.toml",
    ] {
        assert!(registered.contains(pattern), "{pattern} in {registered}");
    }
    let file = uri(&root.path().join("a.ts"));
    client.open(&file, "typescript", text);
    assert_eq!(codes(&client.diagnostics(&file, 0)), ["target-not-in-config"]);
    let config = uri(&root.path().join("klotho.yaml"));
    let mut tell = |kind: i32, code: &[&str]| {
        let changes = json!([{ "uri": config, "type": kind }]);
        client.notify("workspace/didChangeWatchedFiles", json!({ "changes": changes }));
        assert_eq!(codes(&client.diagnostics(&file, 0)), code);
    };
    write(root.path(), "klotho.yaml", "execution_units:\n  a:\n    type: ecs\n");
    tell(1, &[]);
    write(root.path(), "klotho.yaml", "execution_units:\n  a:\n    type: lambda\n");
    tell(2, &["target-conflict"]);
    std::fs::remove_file(root.path().join("klotho.yaml")).expect("it is there");
    tell(3, &["target-not-in-config"]);
}

/// A folder whose one finding is that `include` matches nothing, and what becomes of it after each event.
fn embedding(include: &str, events: &[(&str, &str, i32, usize)]) {
    let text =
        format!("// @klotho::embed_assets {{\n//   id = \"pages\"\n//   include = [\"{include}\"]\n// }}\n");
    let root = folder(&[("a.js", &text)]);
    let mut client = Client::greeted(greeting(&[&root], &json!({})));
    let file = uri(&root.path().join("a.js"));
    client.open(&file, "javascript", &text);
    let mut shown = client.diagnostics(&file, 0).len();
    assert_eq!(shown, 1);
    for (written, told, kind, findings) in events {
        match kind {
            3 => std::fs::remove_dir_all(root.path().join(written)).expect("it is there"),
            _ => write(root.path(), written, "{}"),
        }
        let changes = json!([{ "uri": uri(&root.path().join(told)), "type": kind }]);
        client.notify("workspace/didChangeWatchedFiles", json!({ "changes": changes }));
        while shown != *findings {
            shown = client.diagnostics(&file, 0).len();
        }
    }
    // What is to change nothing has had no effect by the time that something else has.
    assert_eq!(client.unread_publications(), 0);
}

#[test]
fn assets_count_when_they_come_and_go() {
    embedding("pages/*.html", &[("pages/x.html", "pages/x.html", 1, 0), ("pages", "pages/x.html", 3, 1)]);
}

#[test]
fn a_folder_that_comes_or_goes_does_so_with_all_that_it_holds() {
    embedding("pages/*.html", &[("pages/x.html", "pages", 1, 0), ("pages", "pages", 3, 1)]);
}

#[test]
fn the_output_of_a_compiler_is_known_by_its_mark_as_soon_as_that_comes() {
    embedding(
        "{out,compiled}/*.json",
        &[
            ("compiled/x.json", "compiled/x.json", 1, 1),
            ("out/x.json", "out/x.json", 1, 0),
            ("out/resources.json", "out/resources.json", 1, 1),
            ("out/y.json", "out/y.json", 1, 1),
        ],
    );
}

#[test]
fn descriptions_of_deployments_are_documents_too() {
    let text = "# @klotho::nonsense\n";
    let names = [
        ("Dockerfile", "dockerfile"),
        ("chart.yaml", "yaml"),
        ("a.yml", "yaml"),
        ("A.cs", "cs"),
        ("A.java", "java"),
    ];
    let files: Vec<_> = names.iter().map(|(name, _)| (*name, text)).collect();
    let root = folder(&files);
    let mut client = Client::greeted(greeting(&[&root], &json!({})));
    for (name, language) in names {
        let text = if name.starts_with("A.") {
            "// @klotho::nonsense\nclass A {}\n"
        } else {
            "# @klotho::nonsense\nFROM: x\n"
        };
        let file = uri(&root.path().join(name));
        client.open(&file, language, text);
        assert!(codes(&client.diagnostics(&file, 0)).contains(&"unknown-capability"), "{name}");
    }
    // The configuration is none of them.
    let config = uri(&root.path().join("klotho.yaml"));
    client.open(&config, "yaml", "# @klotho::nonsense\napp: x\n");
    assert_eq!(client.diagnostics(&config, 0), [] as [Value; 0]);
}
