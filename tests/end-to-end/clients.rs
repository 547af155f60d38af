//! What editors that people use are offered and told. What they say of themselves was recorded when they ran (of Sublime Text it
//! is what the source of its package says), in `clients/recorded` and in the recordings that `cargo xtask protocol` fetches and whose folder it names; it holds what was
//! said here against what each can show.

use crate::client::Client;
use crate::workspace::{folder, named, uri};
use expect_test::expect_file;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs};

const APP: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/apps/music-service");
const FILES: [&str; 5] = ["klotho.yaml", "package.json", "playlists.ts", "store.ts", "tsconfig.json"];
const FILE: &str = "playlists.ts";

/// What is asked, and what offers it. The first that a client is offered of those in one row is asked.
const QUESTIONS: [(&str, &str); 20] = [
    ("textDocument/hover", "/hoverProvider"),
    ("textDocument/completion", "/completionProvider"),
    ("textDocument/codeAction", "/codeActionProvider"),
    ("textDocument/definition", "/definitionProvider"),
    ("textDocument/declaration", "/declarationProvider"),
    ("textDocument/implementation", "/implementationProvider"),
    ("textDocument/references", "/referencesProvider"),
    ("textDocument/documentHighlight", "/documentHighlightProvider"),
    ("textDocument/documentSymbol", "/documentSymbolProvider"),
    ("workspace/symbol", "/workspaceSymbolProvider"),
    ("textDocument/rename", "/renameProvider"),
    ("textDocument/prepareCallHierarchy", "/callHierarchyProvider"),
    ("textDocument/inlayHint", "/inlayHintProvider"),
    ("textDocument/codeLens", "/codeLensProvider"),
    ("textDocument/semanticTokens/full", "/semanticTokensProvider/full"),
    ("textDocument/foldingRange", "/foldingRangeProvider"),
    ("textDocument/selectionRange", "/selectionRangeProvider"),
    ("textDocument/documentLink", "/documentLinkProvider"),
    ("textDocument/formatting", "/documentFormattingProvider"),
    ("textDocument/rangeFormatting", "/documentRangeFormattingProvider"),
];

/// Parameters with all that any of the questions needs, which is then cut down to what this one does.
fn params(method: &str, uri: &str, text: &str) -> Value {
    let (line, row) =
        text.lines().enumerate().find(|(_, row)| row.contains("id = \"playlists\"")).expect("its id");
    let position = json!({ "line": line, "character": row.find("playlists").expect("its id") + 1 });
    let range = json!({ "start": position, "end": position });
    let whole =
        json!({ "start": { "line": 0, "character": 0 }, "end": { "line": line + 20, "character": 0 } });
    let mut params = json!({ "textDocument": { "uri": uri } });
    let more = match method.rsplit('/').next().unwrap_or_default() {
        "symbol" => return json!({ "query": "" }),
        "codeAction" => json!({ "range": range, "context": { "diagnostics": [] } }),
        "references" => json!({ "position": position, "context": { "includeDeclaration": true } }),
        "rename" => json!({ "position": position, "newName": "lists" }),
        "inlayHint" => json!({ "range": whole }),
        "selectionRange" => json!({ "positions": [position] }),
        "formatting" => json!({ "options": { "tabSize": 2, "insertSpaces": true } }),
        "rangeFormatting" => json!({ "range": whole, "options": { "tabSize": 2, "insertSpaces": true } }),
        "documentSymbol" | "codeLens" | "full" | "foldingRange" | "documentLink" => json!({}),
        _ => json!({ "position": position }),
    };
    for (key, value) in more.as_object().into_iter().flatten() {
        params[key] = value.clone();
    }
    params
}

/// The names of all properties in an answer, and the texts that say in which form something is.
fn properties(answer: &Value) -> String {
    let (mut names, mut rest) = (BTreeSet::new(), vec![answer]);
    while let Some(value) = rest.pop() {
        match value {
            Value::Array(items) => rest.extend(items),
            Value::Object(fields) => {
                for (name, field) in fields {
                    let is_place =
                        name.starts_with("file:") || ["start", "end", "line", "character"].contains(&&**name);
                    match field.as_str() {
                        Some(text) if name == "kind" => drop(names.insert(format!("kind={text}"))),
                        _ if is_place => {}
                        _ => drop(names.insert(name.clone())),
                    }
                    rest.extend(Some(field).filter(|_| name != "data"));
                }
            }
            _ => {}
        }
    }
    match answer {
        Value::Null => "nothing".to_owned(),
        Value::Array(items) if items.is_empty() => "none".to_owned(),
        _ => names.into_iter().collect::<Vec<_>>().join(" "),
    }
}

/// What a client is offered, a line each, and what it is told when it asks.
fn told(recorded: &Value) -> String {
    let texts: Vec<_> =
        FILES.map(|name| (name, fs::read_to_string(Path::new(APP).join(name)).expect("a file"))).into();
    let files: Vec<_> = texts.iter().map(|(name, text)| (*name, text.as_str())).collect();
    let root = folder(&files);
    let mut client = Client::start();
    let greeting = json!({
        "clientInfo": recorded["clientInfo"],
        "capabilities": recorded["capabilities"],
        "rootUri": uri(root.path()),
        "workspaceFolders": [named(root.path())],
    });
    let offered = client.greet(greeting);
    let mut told = String::new();
    for (name, value) in offered.as_object().into_iter().flatten() {
        writeln!(told, "{name} = {value}").expect("a text");
    }
    let file = uri(&root.path().join(FILE));
    let text = &texts.iter().find(|(name, _)| *name == FILE).expect("it is one of them").1;
    client.open(&file, "typescript", text);
    writeln!(told).expect("a text");
    let asks = offered.get("diagnosticProvider").is_some_and(|offer| !offer.is_null());
    let found = match asks {
        true => {
            client.request("textDocument/diagnostic", json!({ "textDocument": { "uri": file } }))["result"]
                .clone()
        }
        false => json!(client.diagnostics(&file, 0)),
    };
    writeln!(told, "findings: {}", properties(&found)).expect("a text");
    for (method, path) in QUESTIONS {
        if offered.pointer(path).is_none_or(|found| found.is_null() || *found == false) {
            continue;
        }
        let answer = client.request(method, params(method, &file, text));
        assert!(answer.get("error").is_none(), "{method}: {answer}");
        writeln!(told, "{method}: {}", properties(&answer["result"])).expect("a text");
    }
    client.leave();
    told
}

/// The recordings in a folder, by the name of their client.
fn recordings(folder: &Path) -> Vec<(String, Value)> {
    let entries = fs::read_dir(folder).expect("recordings").map(|entry| entry.expect("an entry").path());
    let mut paths: Vec<_> =
        entries.filter(|path| path.extension().is_some_and(|end| end == "json")).collect();
    paths.sort();
    let read = |path: PathBuf| {
        let text = fs::read_to_string(&path).expect("a recording");
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        (name, serde_json::from_str(&text).expect("JSON"))
    };
    paths.into_iter().map(read).collect()
}

fn check(folder: &Path) {
    let recordings = recordings(folder);
    assert!(!recordings.is_empty());
    for (name, recorded) in recordings {
        expect_file![format!("{}/../../tests/end-to-end/clients/{name}.txt", env!("CARGO_MANIFEST_DIR"))]
            .assert_eq(&told(&recorded));
    }
}

#[test]
fn each_editor_that_we_recorded_gets_what_it_can_show() {
    check(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/end-to-end/clients/recorded"));
}

#[test]
fn each_editor_gets_what_it_can_show() {
    let Some(folder) = env::var_os("KLOTHO_CLIENTS").map(PathBuf::from) else { return };
    check(&folder);
}

/// Such a client may come from before capabilities were named. It is offered what the protocol had then, and what Helix
/// asks for without naming it; whatever came with a capability of its own is left out.
#[test]
fn a_client_that_names_nothing_gets_what_needs_no_name() {
    let told = told(&json!({ "clientInfo": { "name": "x" }, "capabilities": {} }));
    expect_file!["clients/nothing_named.txt"].assert_eq(&told);
}
