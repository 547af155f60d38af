//! Documents wherever they lie: the same features in all of them.

use crate::client::Client;
use crate::workspace::{folder, greeting, named, uri, write};
use serde_json::{Value, json};
use std::path::Path;

const TEXT: &str = "// @klotho::execution_unit {
//   id = \"a\"
//   target = \"lambda\"
// }

// @klotho::persist { id = \"notes\" }
const notes = new Map();

// @klotho::nonsense
exports.notes = notes;
";
const ECS: &str = "execution_units:\n  a:\n    type: ecs\n";

/// What a client can show that shows everything.
fn capabilities() -> Value {
    json!({
        "textDocument": {
            "inlayHint": {},
            "codeLens": {},
            "documentSymbol": { "hierarchicalDocumentSymbolSupport": true },
            "codeAction": { "codeActionLiteralSupport": { "codeActionKind": { "valueSet": [] } } },
            "semanticTokens": { "requests": { "full": true, "range": true }, "tokenTypes": [], "tokenModifiers": [], "formats": ["relative"] },
            "foldingRange": {},
            "selectionRange": {},
            "documentLink": {},
            "formatting": {},
            "rename": { "prepareSupport": true },
            "references": {},
            "documentHighlight": {},
            "implementation": {},
            "callHierarchy": {},
        },
        "workspace": { "workspaceEdit": { "documentChanges": true, "resourceOperations": ["create"] } },
    })
}

fn codes(found: &[Value]) -> Vec<&str> {
    found.iter().filter_map(|found| found["code"].as_str()).collect()
}

/// All requests about a document are answered without an error; the texts of the answers.
fn ask_all(client: &mut Client, uri: &str) -> [String; 7] {
    let document = json!({ "uri": uri });
    let at = json!({ "line": 0, "character": 8 });
    let range = json!({ "start": { "line": 0, "character": 8 }, "end": { "line": 9, "character": 0 } });
    let position = json!({ "textDocument": document, "position": at });
    let whole = json!({ "textDocument": document });
    let requests = [
        ("textDocument/hover", position.clone()),
        ("textDocument/completion", position.clone()),
        (
            "textDocument/codeAction",
            json!({ "textDocument": document, "range": range, "context": { "diagnostics": [] } }),
        ),
        ("textDocument/documentSymbol", whole.clone()),
        ("textDocument/codeLens", whole),
        ("textDocument/inlayHint", json!({ "textDocument": document, "range": range })),
        ("textDocument/definition", position),
    ];
    let mut result = |(method, params)| {
        let answer = client.request(method, params);
        assert_eq!(answer["error"], Value::Null, "{method} in {uri}: {answer}");
        answer["result"].to_string()
    };
    let answers = requests.map(&mut result);
    for request in rest(uri) {
        result(request);
    }
    answers
}

/// The other requests about a document.
fn rest(uri: &str) -> [(&'static str, Value); 10] {
    let with = |more: Value| {
        let mut params = json!({ "textDocument": { "uri": uri } });
        for (key, value) in more.as_object().into_iter().flatten() {
            params[key] = value.clone();
        }
        params
    };
    let at = json!({ "position": { "line": 1, "character": 11 } });
    [
        ("textDocument/semanticTokens/full", with(json!({}))),
        ("textDocument/foldingRange", with(json!({}))),
        ("textDocument/documentLink", with(json!({}))),
        ("textDocument/selectionRange", with(json!({ "positions": [at["position"]] }))),
        ("textDocument/formatting", with(json!({ "options": { "tabSize": 4, "insertSpaces": true } }))),
        ("textDocument/prepareRename", with(at.clone())),
        ("textDocument/documentHighlight", with(at.clone())),
        ("textDocument/implementation", with(at.clone())),
        ("textDocument/prepareCallHierarchy", with(at.clone())),
        (
            "textDocument/references",
            with(json!({ "position": at["position"], "context": { "includeDeclaration": true } })),
        ),
    ]
}

/// Opens a document and has every feature at work in it. `target` is what its unit runs on.
fn works(client: &mut Client, uri: &str, language: &str, target: &str) {
    client.open(uri, language, TEXT);
    works_on(client, uri, target);
}

fn works_on(client: &mut Client, uri: &str, target: &str) {
    // Where a configuration counts it says otherwise than the annotation.
    let own = if target == "ECS" {
        &["target-conflict", "unknown-capability"][..]
    } else {
        &["unknown-capability"]
    };
    assert_eq!(codes(&client.diagnostics(uri, 0)), own, "{uri}");
    answers(client, uri, target);
}

fn answers(client: &mut Client, uri: &str, target: &str) {
    let [hover, completion, actions, symbols, _, hints, definition] = ask_all(client, uri);
    assert!(hover.contains(target), "{hover} does not name {target} in {uri}");
    assert!(hints.contains("mo"), "{hints} in {uri}");
    for (what, answer) in [("execution_unit", &completion), ("Switch a to", &actions), ("notes", &symbols)] {
        assert!(answer.contains(what), "no {what} in {uri}: {answer}");
    }
    assert!(definition.is_empty() || !definition.contains("//klotho.yaml"), "{definition}");
}

#[test]
fn in_a_buffer_without_a_name() {
    let mut client = Client::greeted(greeting(&[], &capabilities()));
    for name in ["untitled:Untitled-1", "untitled:/home/x/new.js", "untitled:Untitled%202"] {
        works(&mut client, name, "javascript", "Lambda");
        let actions = &ask_all(&mut client, name)[2];
        assert!(!actions.contains("klotho.yaml"), "nothing can lie beside it: {actions}");
    }
    // Each stands for itself.
    let found = client.request("workspace/symbol", json!({ "query": "notes" }));
    assert_eq!(found["result"].as_array().map(Vec::len), Some(3), "{found}");
}

#[test]
fn in_a_file_without_any_folder() {
    let root = folder(&[("a.js", TEXT)]);
    for greeting in [
        json!({ "rootUri": null, "capabilities": capabilities() }),
        json!({ "capabilities": capabilities() }),
    ] {
        let mut client = Client::greeted(greeting);
        works(&mut client, &uri(&root.path().join("a.js")), "javascript", "Lambda");
    }
}

#[test]
fn in_a_file_outside_all_folders_and_in_one_deep_inside() {
    let (root, elsewhere) =
        (folder(&[("klotho.yaml", ECS), ("package.json", "{}")]), folder(&[("a.js", TEXT)]));
    write(root.path(), "deep/er/a.js", TEXT);
    let mut client = Client::greeted(greeting(&[&root], &capabilities()));
    works(&mut client, &uri(&elsewhere.path().join("a.js")), "javascript", "Lambda");
    works(&mut client, &uri(&root.path().join("deep/er/a.js")), "javascript", "ECS");
}

#[test]
fn in_a_folder_inside_a_folder_that_are_both_worked_on() {
    let root = folder(&[("a.js", TEXT), ("package.json", "{}"), ("in/package.json", "{}")]);
    write(root.path(), "in/klotho.yaml", ECS);
    write(root.path(), "in/a.js", TEXT);
    let folders = [named(root.path()), named(&root.path().join("in"))];
    let mut client = Client::greeted(json!({ "workspaceFolders": folders, "capabilities": capabilities() }));
    works(&mut client, &uri(&root.path().join("a.js")), "javascript", "Lambda");
    works(&mut client, &uri(&root.path().join("in/a.js")), "javascript", "ECS");
}

#[test]
fn in_two_folders_with_the_same_ids() {
    let one = folder(&[("a.js", TEXT), ("package.json", "{}"), ("klotho.yaml", ECS)]);
    let other = folder(&[("a.js", TEXT), ("package.json", "{}")]);
    let mut client = Client::greeted(greeting(&[&one, &other], &capabilities()));
    let [first, second] = [&one, &other].map(|root| uri(&root.path().join("a.js")));
    works(&mut client, &first, "javascript", "ECS");
    works(&mut client, &second, "javascript", "Lambda");
    let references = |client: &mut Client, own: &str, others: &str| {
        let params = json!({ "textDocument": { "uri": own }, "position": { "line": 5, "character": 30 }, "context": { "includeDeclaration": true } });
        let found = client.request("textDocument/references", params)["result"].to_string();
        assert!(found.contains(own) && !found.contains(others), "{found}");
    };
    references(&mut client, &first, &second);
    references(&mut client, &second, &first);
    let renamed = json!({ "textDocument": { "uri": first }, "position": { "line": 1, "character": 11 }, "newName": "b" });
    let renamed = client.request("textDocument/rename", renamed)["result"].to_string();
    assert!(renamed.contains(&first) && !renamed.contains(&uri(other.path())), "{renamed}");
    let found = client.request("workspace/symbol", json!({ "query": "notes" }))["result"].to_string();
    assert!(found.contains(&first) && found.contains(&second), "{found}");
    // Nor does an edit of one concern the other.
    client.edit(&first, 1, 10, 0, 0, "\n// @klotho::nonsense\n");
    assert!(client.diagnostics(&first, 1).len() > 2);
    client.request("shutdown", Value::Null);
    assert_eq!(client.unread_publications(), 0);
}

#[test]
fn in_a_folder_that_is_taken_away() {
    let root = folder(&[
        ("a.js", TEXT),
        ("package.json", "{}"),
        ("klotho.yaml", "execution_units:\n  lost:\n    type: ecs\n  a:\n    type: ecs\n"),
    ]);
    let mut client = Client::greeted(greeting(&[&root], &capabilities()));
    let [file, config] = ["a.js", "klotho.yaml"].map(|name| uri(&root.path().join(name)));
    works(&mut client, &file, "javascript", "ECS");
    client.open(&config, "yaml", "execution_units:\n  lost:\n    type: ecs\n  a:\n    type: ecs\n");
    assert_eq!(codes(&client.diagnostics(&config, 0)), ["config-unknown-resource"]);
    client.notify(
        "workspace/didChangeWorkspaceFolders",
        json!({ "event": { "added": [], "removed": [named(root.path())] } }),
    );
    // What only the project could tell is taken back, and what is open is served by itself.
    assert_eq!(codes(&client.diagnostics(&config, 0)), [""; 0]);
    ask_all(&mut client, &config);
    answers(&mut client, &file, "Lambda");
    client.close(&file);
    client.close(&config);
    ask_all(&mut client, &file);
}

#[test]
fn in_documents_of_other_schemes() {
    let root = folder(&[("a.js", TEXT), ("klotho.yaml", ECS), ("package.json", "{}")]);
    let mut client = Client::greeted(greeting(&[&root], &capabilities()));
    let path = root.path().display();
    for name in [
        format!("vscode-notebook-cell:{path}/book.ipynb#W0sZmlsZQ%3D%3D"),
        format!("git:{path}/a.js?%7B%22ref%22%3A%22HEAD%22%7D"),
        "vscode-vfs://github/klotho/a.js".to_owned(),
    ] {
        works(&mut client, &name, "javascript", "Lambda");
    }
    // None of them is part of the folder.
    works(&mut client, &uri(&root.path().join("a.js")), "javascript", "ECS");
}

#[test]
fn under_every_spelling_of_a_name() {
    let root = folder(&[("klotho.yaml", ECS), ("package.json", "{}")]);
    write(root.path(), "sp ace/[ü].js", TEXT);
    let mut client = Client::greeted(greeting(&[&root], &capabilities()));
    let base = uri(root.path());
    let spelled = [
        "sp%20ace/%5B%C3%BC%5D.js".to_owned(),
        "sp%20ace/%5b%c3%bc%5d.js".to_owned(),
        "%73p%20ace/[%C3%BC].js".to_owned(),
    ];
    let first = format!("{base}/{}", spelled[0]);
    client.open(&first, "javascript", TEXT);
    client.diagnostics(&first, 0);
    for name in &spelled {
        answers(&mut client, &format!("{base}/{name}"), "ECS");
    }
    // On this disk another case is another file.
    write(root.path(), "A.js", "");
    let (lower, upper) = (format!("{base}/a.js"), format!("{base}/A.js"));
    client.open(&lower, "javascript", "// @klotho::nonsense\nexports.x = 1;\n");
    client.open(&upper, "javascript", "exports.x = 1;\n");
    assert_eq!(client.diagnostics(&lower, 0).len(), 1);
    assert_eq!(client.diagnostics(&upper, 0).len(), 0);
}

#[test]
fn on_a_drive_however_it_is_spelled() {
    let mut client =
        Client::greeted(json!({ "rootUri": "file:///c%3A/none", "capabilities": capabilities() }));
    works(&mut client, "file:///c%3A/none/a.js", "javascript", "Lambda");
    ask_all(&mut client, "file:///C:/none/a.js");
}

#[test]
fn in_the_language_that_the_client_names() {
    let root = folder(&[("run", TEXT), ("a.ts", TEXT), ("klotho.yaml", ECS), ("package.json", "{}")]);
    let mut client = Client::greeted(greeting(&[&root], &capabilities()));
    // A script without an extension is no file that the compiler takes for source: it is served by itself.
    works(&mut client, &uri(&root.path().join("run")), "javascript", "Lambda");
    works(&mut client, &uri(&root.path().join("a.ts")), "typescriptreact", "ECS");
    let unknown = uri(&Path::new(root.path()).join("b.js"));
    client.open(&unknown, "some-editors-own", TEXT);
    ask_all(&mut client, &unknown);
    assert!(codes(&client.diagnostics(&unknown, 0)).contains(&"unknown-capability"));
}
