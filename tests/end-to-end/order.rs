//! Edits, questions and cancels in a rush, in an order that a seed decides: each question is answered once, and rightly for
//! the text as it was when it was asked. Nothing is waited for but answers.

use crate::client::Client;
use crate::columns::{UNITS, position};
use crate::workspace::{folder, greeting, uri};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use tempfile::TempDir;

const STEPS: usize = 1000;
const CANCELLED: i64 = -32800;
const MODIFIED: i64 = -32801;
/// Such as a rename where nothing has a name.
const FAILED: i64 = -32803;

const ORDERS: &str = "/* 🎵 @klotho::execution_unit {\n *   id = \"orders\"\n *   target = \"ecs\"\n *   [workload]\n *   monthly_requests = 5_000_000\n * }\n */\nexport function place() {\n  return 1;\n}\n";
const USERS: &str = "// @klotho::execution_unit { id = \"users\" }\nexport const m = new Map();\n\n/* @klotho::persist {\n *   id = \"cache\"\n * }\n */\nexport const cache = new Map();\n";
const CONFIG: &str =
    "app: x\nprovider: aws\nexecution_units:\n  orders:\n    type: lambda\n  users:\n    type: ecs\n";
const FILES: [(&str, &str, &str); 3] =
    [("orders.ts", "typescript", ORDERS), ("users.ts", "typescript", USERS), ("klotho.yaml", "yaml", CONFIG)];

/// What is typed.
const PIECES: [&str; 14] = [
    "x",
    "\n",
    "🎵",
    "e\u{301}",
    " ",
    "\"",
    "{",
    "}",
    "\r\n",
    "id = ",
    "target = \"ecs\"\n",
    "*/",
    "@klotho::",
    "\t",
];

const METHODS: [&str; 20] = [
    "textDocument/hover",
    "textDocument/completion",
    "textDocument/codeAction",
    "textDocument/definition",
    "textDocument/declaration",
    "textDocument/implementation",
    "textDocument/references",
    "textDocument/documentHighlight",
    "textDocument/documentSymbol",
    "workspace/symbol",
    "textDocument/rename",
    "textDocument/prepareCallHierarchy",
    "textDocument/inlayHint",
    "textDocument/codeLens",
    "textDocument/semanticTokens/full",
    "textDocument/foldingRange",
    "textDocument/selectionRange",
    "textDocument/documentLink",
    "textDocument/formatting",
    "textDocument/rangeFormatting",
];

fn capabilities() -> Value {
    json!({
        "workspace": { "workspaceEdit": { "documentChanges": true, "resourceOperations": ["create"] } },
        "textDocument": {
            "hover": { "contentFormat": ["markdown"] },
            "codeAction": { "codeActionLiteralSupport": { "codeActionKind": { "valueSet": ["quickfix", "refactor"] } } },
            "semanticTokens": { "requests": { "full": true }, "tokenTypes": [], "tokenModifiers": [], "formats": ["relative"] },
            "inlayHint": {}, "codeLens": {}, "foldingRange": {}, "selectionRange": {}, "documentLink": {},
            "formatting": {}, "rangeFormatting": {}, "callHierarchy": {},
        },
    })
}

/// Numbers that follow from a seed.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit
    }

    fn of<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }
}

/// A document as both sides should have it.
struct Document {
    uri: String,
    text: String,
    version: i64,
}

impl Document {
    /// Changes the text somewhere. Returns the change as a client tells it.
    fn edit(&mut self, random: &mut Random) -> Value {
        let boundaries: Vec<_> =
            self.text.char_indices().map(|(at, _)| at).chain([self.text.len()]).collect();
        let first = random.below(boundaries.len());
        let last = (first + random.of(&[0, 0, 0, 1, 4])).min(boundaries.len() - 1);
        let (start, end) = (boundaries[first], boundaries[last]);
        let utf_16 = UNITS[1];
        let range =
            json!({ "start": position(&self.text, start, utf_16), "end": position(&self.text, end, utf_16) });
        let piece = random.of(&PIECES);
        self.text.replace_range(start..end, piece);
        self.version += 1;
        // Between the two halves of a line's end there is no position: such a text is told whole.
        let is_split = |at: usize| {
            self.text.get(..at).is_some_and(|before| before.ends_with('\r'))
                && self.text[at..].starts_with('\n')
        };
        if is_split(start)
            || is_split(start + piece.len())
            || piece.contains('\r')
            || self.text.contains("\r")
        {
            return json!([{ "text": self.text }]);
        }
        json!([{ "range": range, "text": piece }])
    }
}

/// Something that one client said to the server and another can say again.
enum Step {
    Edit { document: usize, version: i64, text: String },
    Ask { method: &'static str, params: Value, id: i64 },
}

fn question(method: &str, uri: &str, random: &mut Random) -> Value {
    let place = json!({ "line": random.below(12), "character": random.below(40) });
    let range = json!({ "start": place, "end": place });
    let mut params = json!({ "textDocument": { "uri": uri } });
    let more = match method.rsplit('/').next().unwrap_or_default() {
        "symbol" => return json!({ "query": "" }),
        "codeAction" => json!({ "range": range, "context": { "diagnostics": [] } }),
        "references" => json!({ "position": place, "context": { "includeDeclaration": true } }),
        "rename" => json!({ "position": place, "newName": "other" }),
        "inlayHint" => json!({ "range": range }),
        "selectionRange" => json!({ "positions": [place] }),
        "formatting" => json!({ "options": { "tabSize": 2, "insertSpaces": true } }),
        "rangeFormatting" => json!({ "range": range, "options": { "tabSize": 2, "insertSpaces": true } }),
        "documentSymbol" | "codeLens" | "full" | "foldingRange" | "documentLink" => json!({}),
        _ => json!({ "position": place }),
    };
    for (key, value) in more.as_object().into_iter().flatten() {
        params[key] = value.clone();
    }
    params
}

/// A client in whose folder everything is open and known.
fn client(root: &TempDir) -> (Client, Vec<Document>) {
    let mut client = Client::greeted(greeting(&[root], &capabilities()));
    let open = |(name, language, text): (&str, &str, &str)| {
        let uri = uri(&root.path().join(name));
        client.open(&uri, language, text);
        Document { uri, text: text.to_owned(), version: 0 }
    };
    let documents: Vec<_> = FILES.map(open).into();
    // It is known once the configuration is read together with the code.
    while !client.hover(&documents[0].uri, 0, 8)["result"].to_string().contains("klotho.yaml says") {}
    (client, documents)
}

fn project() -> TempDir {
    let files: Vec<_> =
        FILES.iter().map(|(name, _, text)| (*name, *text)).chain([("package.json", "{}")]).collect();
    folder(&files)
}

/// Says everything in a rush. Returns what was said, and which questions were taken back.
fn rush(client: &mut Client, documents: &mut [Document], seed: u64) -> (Vec<Step>, BTreeSet<i64>) {
    let (mut random, mut steps, mut cancelled) = (Random(seed), Vec::new(), BTreeSet::new());
    let mut last_id = 0;
    for _ in 0..STEPS {
        let number = random.below(documents.len());
        let document = &mut documents[number];
        match random.below(10) {
            0..4 => {
                let changes = document.edit(&mut random);
                client.change(&document.uri, document.version, &changes);
                let text = document.text.clone();
                steps.push(Step::Edit { document: number, version: document.version, text });
            }
            4 if last_id > 0 => {
                let id = last_id - random.below(3) as i64;
                cancelled.insert(id);
                client.notify("$/cancelRequest", json!({ "id": id }));
            }
            _ => {
                let method = random.of(&METHODS);
                let params = question(method, &document.uri, &mut random);
                last_id = client.ask(method, params.clone());
                steps.push(Step::Ask { method, params, id: last_id });
            }
        }
    }
    (steps, cancelled)
}

/// An answer without what only counts how often something was asked.
fn lasting(answer: &Value) -> Value {
    let mut result = answer["result"].clone();
    if let Some(fields) = result.as_object_mut() {
        fields.remove("resultId");
    }
    result
}

#[test]
fn no_answer_of_a_rush_is_lost_or_doubled_or_of_another_text() {
    let seed = 20_261_126;
    let root = project();
    let (mut hurried, mut documents) = client(&root);
    let (steps, cancelled) = rush(&mut hurried, &mut documents, seed);
    let (mut patient, _) = client(&root);
    let mut right = 0;
    for step in &steps {
        match step {
            Step::Edit { document, version, text } => {
                patient.change(&documents[*document].uri, *version, &json!([{ "text": text }]));
            }
            Step::Ask { method, params, id } => {
                let answer = hurried.answer(*id);
                let expected = patient.request(method, params.clone());
                match answer.get("error") {
                    Some(error) if error["code"] == CANCELLED => {
                        assert!(cancelled.contains(id), "{method} {id}")
                    }
                    Some(error) if error["code"] == MODIFIED => {}
                    _ => {
                        assert_eq!(
                            answer.get("error"),
                            expected.get("error"),
                            "{method} {params} (seed {seed})"
                        );
                        assert_eq!(lasting(&answer), lasting(&expected), "{method} {params} (seed {seed})");
                        right += 1;
                    }
                }
            }
        }
    }
    assert!(right > STEPS / 4, "only {right} answers were there to be compared");
    for document in &documents {
        for client in [&mut hurried, &mut patient] {
            let path = json!({ "path": document.uri.trim_start_matches("file://") });
            assert_eq!(client.request("klotho/test/text", path)["result"], document.text, "seed {seed}");
        }
    }
}

/// Whether a question got its answer, or was taken back and is answered with that.
fn is_answer(answer: &Value, is_taken_back: bool) -> bool {
    let code = answer.get("error").map(|error| error["code"].as_i64());
    code.is_none_or(|code| code == Some(FAILED) || is_taken_back && code == Some(CANCELLED))
}

#[test]
fn everything_may_be_taken_back() {
    let root = project();
    let (mut client, documents) = client(&root);
    let mut random = Random(1);
    let ids: Vec<_> = (0..200)
        .map(|_| {
            let method = random.of(&METHODS);
            client.ask(method, question(method, &documents[0].uri, &mut random))
        })
        .collect();
    for id in &ids {
        client.notify("$/cancelRequest", json!({ "id": id }));
    }
    for id in ids {
        let answer = client.answer(id);
        assert!(is_answer(&answer, true), "{answer}");
    }
    assert!(client.hover(&documents[0].uri, 0, 8)["result"]["contents"].is_object());
}

#[test]
fn what_was_asked_before_goodbye_is_answered() {
    let root = project();
    let (mut client, mut documents) = client(&root);
    let (steps, cancelled) = rush(&mut client, &mut documents, 2);
    client.request("shutdown", Value::Null);
    for step in steps {
        let Step::Ask { id, .. } = step else { continue };
        let answer = client.answer(id);
        assert!(is_answer(&answer, cancelled.contains(&id)), "{answer}");
    }
    client.notify("exit", Value::Null);
    assert_eq!(client.exit_code(), Some(0));
}
