//! Every range that any feature gives, in a project full of characters that units of columns count differently: it has to
//! cover the same text in UTF-8, UTF-16 and UTF-32.

use crate::client::Client;
use crate::workspace::{folder, greeting, uri};
use expect_test::expect_file;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fmt::Write;

/// Astral characters, joined ones, combining marks, tabs, lines that end in each way.
const ORDERS: &str = "/* 🎵e\u{301} */ /* 👩‍👩‍👧\t@klotho::execution_unit {\r\n *\tid=\"orders\" # 🎵\r\n *   target = \"ecs\" # e\u{301}\r\n *   [workload]\r\n *   power_tuning = \"🎵.json\" # 🎵\r\n * }\r\n */\r\nimport { find } from './users';\rconst a = '🎵';\r\n/* 🎵 */ export async function place(id: string) {\r\n\treturn '🎵e\u{301}' + await find(id);\r\n}\r\n/* 🎵 */ /* 🎵 @klotho::persist { id = \"a b\" } */ const m = new Map();\r\n/* 🎵 @klotho::execution_unit { id = \"twin\" } */ /* 🎵 @klotho::execution_unit { id = \"twin\" } */\r\n";
const USERS: &str = "/* 🎵\u{301} @klotho::execution_unit { id = \"users\" } */\r\rexport async function /* 🎵 */ find(id: string) {\r\n  return id;\r\n}\r\n";
const CONFIG: &str = "# 🎵\napp: \"🎵e\u{301}\"\nprovider: aws\nexecution_units: { orders: { type: lambda }, \"🎵\": { type: ecs }, users: { type: \"🎵\" } }\n";

const FILES: [(&str, &str, &str); 3] =
    [("orders.ts", "typescript", ORDERS), ("users.ts", "typescript", USERS), ("klotho.yaml", "yaml", CONFIG)];

/// The name of a unit and its size of a character.
pub(crate) type Unit = (&'static str, fn(char) -> usize);
pub(crate) const UNITS: [Unit; 3] =
    [("utf-8", char::len_utf8), ("utf-16", char::len_utf16), ("utf-32", |_| 1)];

/// What a question is about: a document, the text after `|` in it, or from its start to its end.
enum About {
    Document,
    Cursor(&'static str),
    Range(&'static str),
    BeyondLine(u32),
}
use About::{BeyondLine, Cursor, Document, Range};

const QUESTIONS: [(&str, &str, About); 34] = [
    ("textDocument/hover", "orders.ts", Cursor("execution|_unit")),
    ("textDocument/hover", "orders.ts", BeyondLine(0)),
    ("textDocument/hover", "klotho.yaml", Cursor("ord|ers")),
    ("textDocument/definition", "orders.ts", Cursor("await fi|nd")),
    ("textDocument/definition", "klotho.yaml", Cursor("ord|ers")),
    ("textDocument/declaration", "orders.ts", Cursor("\"ord|ers")),
    ("textDocument/implementation", "orders.ts", Cursor("\"ord|ers")),
    ("textDocument/references", "orders.ts", Cursor("\"ord|ers")),
    ("textDocument/references", "users.ts", Cursor("\"us|ers")),
    ("textDocument/documentHighlight", "orders.ts", Cursor("\"ord|ers")),
    ("textDocument/documentSymbol", "orders.ts", Document),
    ("textDocument/documentSymbol", "klotho.yaml", Document),
    ("workspace/symbol", "orders.ts", Document),
    ("textDocument/inlayHint", "orders.ts", Range("execution_unit {")),
    ("textDocument/codeLens", "orders.ts", Document),
    ("textDocument/codeLens", "klotho.yaml", Document),
    ("textDocument/semanticTokens/full", "orders.ts", Document),
    ("textDocument/semanticTokens/range", "orders.ts", Range("target = \"ecs\"")),
    ("textDocument/foldingRange", "orders.ts", Document),
    ("textDocument/selectionRange", "orders.ts", Cursor("\"ord|ers")),
    ("textDocument/selectionRange", "orders.ts", BeyondLine(1)),
    ("textDocument/documentLink", "orders.ts", Document),
    ("textDocument/formatting", "orders.ts", Document),
    ("textDocument/rangeFormatting", "orders.ts", Range("id=\"orders\"")),
    ("textDocument/prepareRename", "orders.ts", Cursor("\"ord|ers")),
    ("textDocument/rename", "orders.ts", Cursor("\"ord|ers")),
    ("textDocument/rename", "klotho.yaml", Cursor("us|ers")),
    ("textDocument/completion", "orders.ts", Cursor("\"ec|s")),
    ("textDocument/completion", "klotho.yaml", Cursor("lam|bda")),
    ("textDocument/codeAction", "orders.ts", Range("execution_unit")),
    ("textDocument/codeAction", "orders.ts", Range("a b")),
    ("textDocument/codeAction", "klotho.yaml", Range("orders")),
    ("textDocument/prepareCallHierarchy", "orders.ts", Cursor("\"ord|ers")),
    ("textDocument/prepareCallHierarchy", "users.ts", Cursor("\"us|ers")),
];

/// Lines end at `\r\n`, `\n` and `\r`.
fn lines(text: &str) -> Vec<&str> {
    let (mut lines, mut rest) = (Vec::new(), text);
    while let Some(end) = rest.find(['\r', '\n']) {
        lines.push(&rest[..end]);
        rest = rest[end..].strip_prefix("\r\n").unwrap_or(&rest[end + 1..]);
    }
    lines.push(rest);
    lines
}

/// The byte at a position, which has to be one between two characters of its line.
fn byte(text: &str, position: &Value, unit: Unit) -> usize {
    let line = lines(text)[position["line"].as_u64().expect("a line") as usize];
    let mut rest = position["character"].as_u64().expect("a column") as usize;
    let before =
        line.chars().take_while(|one| rest.checked_sub(unit.1(*one)).map(|left| rest = left).is_some());
    let inside: usize = before.map(char::len_utf8).sum();
    assert_eq!(rest, 0, "{position} is in no line or between halves of a character, in {}", unit.0);
    line.as_ptr() as usize - text.as_ptr() as usize + inside
}

pub(crate) fn position(text: &str, byte: usize, unit: Unit) -> Value {
    let before = lines(&text[..byte]);
    let last = before.last().copied().unwrap_or_default();
    json!({ "line": before.len() - 1, "character": last.chars().map(unit.1).sum::<usize>() })
}

/// One session of one client.
struct Session {
    client: Client,
    unit: Unit,
    root: String,
    texts: BTreeMap<String, &'static str>,
}

impl Session {
    fn text(&self, uri: &str) -> &'static str {
        self.texts.get(uri).copied().unwrap_or_default()
    }

    fn params(&self, method: &str, file: &str, about: &About) -> Value {
        let uri = format!("{}/{file}", self.root);
        let text = self.text(&uri);
        let mut params = json!({ "textDocument": { "uri": uri } });
        let place = |byte| position(text, byte, self.unit);
        match about {
            Document if method == "workspace/symbol" => return json!({ "query": "" }),
            Document => {}
            Cursor(mark) => {
                let start = text.find(&mark.replace('|', "")).expect("it is there");
                params["position"] = place(start + mark.find('|').expect("a cursor"));
            }
            Range(part) => {
                let start = text.find(part).expect("it is there");
                params["range"] = json!({ "start": place(start), "end": place(start + part.len()) });
            }
            BeyondLine(line) => params["position"] = json!({ "line": line, "character": 9999 }),
        }
        let more = match method {
            "textDocument/references" => ("context", json!({ "includeDeclaration": true })),
            "textDocument/rename" => ("newName", json!("renamed")),
            "textDocument/codeAction" => ("context", json!({ "diagnostics": [] })),
            "textDocument/selectionRange" => ("positions", json!([params["position"].take()])),
            _ if method.ends_with("ormatting") => ("options", json!({ "tabSize": 4, "insertSpaces": true })),
            _ => return params,
        };
        params.as_object_mut().expect("an object").retain(|_, value| !value.is_null());
        params[more.0] = more.1;
        params
    }

    /// The texts that an answer names, in its order.
    fn texts(&self, answer: &Value, uri: &str, found: &mut Vec<String>) {
        if let Some(items) = answer.as_array() {
            return items.iter().for_each(|item| self.texts(item, uri, found));
        }
        let Some(fields) = answer.as_object() else { return };
        let inner = ["uri", "targetUri"].into_iter().find_map(|key| fields.get(key)?.as_str()).unwrap_or(uri);
        let inner = answer.pointer("/textDocument/uri").and_then(Value::as_str).unwrap_or(inner);
        if let (Some(start), Some(end)) = (fields.get("start"), fields.get("end")) {
            return found.push(self.between(uri, start, end));
        }
        if fields.contains_key("startCharacter") {
            let at =
                |line: &str, character: &str| json!({ "line": answer[line], "character": answer[character] });
            let (start, end) = (at("startLine", "startCharacter"), at("endLine", "endCharacter"));
            return found.push(self.between(uri, &start, &end));
        }
        if let Some(place) = fields.get("position") {
            let text = self.text(uri);
            found.push(format!(
                "before {:?}",
                text[byte(text, place, self.unit)..].chars().take(6).collect::<String>()
            ));
        }
        for (key, value) in fields {
            let of = match key.as_str() {
                "originSelectionRange" => uri,
                "data" | "arguments" => continue,
                _ if key.starts_with("file:") => key,
                _ => inner,
            };
            self.texts(value, of, found);
        }
    }

    fn between(&self, uri: &str, start: &Value, end: &Value) -> String {
        let text = self.text(uri);
        let covered = &text[byte(text, start, self.unit)..byte(text, end, self.unit)];
        let name = uri.rsplit('/').next().unwrap_or_default();
        let short = match covered.chars().count() {
            0..=60 => format!("{covered:?}"),
            count => format!("{:?}..{count}", covered.chars().take(30).collect::<String>()),
        };
        format!("{name} {short}")
    }

    fn tokens(&self, data: &Value, text: &str) -> Vec<String> {
        let numbers: Vec<u64> = data.as_array().into_iter().flatten().filter_map(Value::as_u64).collect();
        let (mut line, mut start) = (0, 0);
        let token = |token: &[u64]| {
            start = if token[0] == 0 { start + token[1] } else { token[1] };
            line += token[0];
            let at = |character: u64| byte(text, &json!({ "line": line, "character": character }), self.unit);
            format!("{:?}", &text[at(start)..at(start + token[2])])
        };
        numbers.chunks(5).map(token).collect()
    }

    fn shown(&mut self, method: &str, file: &str, about: &About) -> Vec<String> {
        let params = self.params(method, file, about);
        let answer = self.client.request(method, params)["result"].take();
        let uri = format!("{}/{file}", self.root);
        if method.starts_with("textDocument/semanticTokens") {
            return self.tokens(&answer["data"], self.text(&uri));
        }
        let mut found = Vec::new();
        self.texts(&answer, &uri, &mut found);
        if method == "textDocument/prepareCallHierarchy" {
            for direction in ["callHierarchy/incomingCalls", "callHierarchy/outgoingCalls"] {
                let calls = self.client.request(direction, json!({ "item": answer[0] }))["result"].take();
                found.push(direction.to_owned());
                for call in calls.as_array().into_iter().flatten() {
                    // The places are those of whoever calls.
                    self.texts(call, call["from"]["uri"].as_str().unwrap_or(&uri), &mut found);
                }
            }
        }
        found
    }
}

fn capabilities(unit: Unit) -> Value {
    let links = json!({ "linkSupport": true });
    json!({
        "general": { "positionEncodings": [unit.0] },
        "workspace": { "workspaceEdit": { "documentChanges": true, "resourceOperations": ["create"] } },
        "textDocument": {
            "definition": links, "declaration": links, "implementation": links,
            "documentSymbol": { "hierarchicalDocumentSymbolSupport": true },
            "completion": { "completionItem": { "insertReplaceSupport": true } },
            "codeAction": { "codeActionLiteralSupport": { "codeActionKind": { "valueSet": ["quickfix", "refactor"] } } },
            "publishDiagnostics": { "relatedInformation": true },
            "rename": { "prepareSupport": true },
            "semanticTokens": { "requests": { "full": true, "range": true }, "tokenTypes": [], "tokenModifiers": [], "formats": ["relative"] },
            "inlayHint": {}, "codeLens": {}, "foldingRange": {}, "selectionRange": {}, "documentLink": {},
            "formatting": {}, "rangeFormatting": {}, "callHierarchy": {},
        },
    })
}

fn listed(found: &[String]) -> String {
    if found.is_empty() { "nothing".to_owned() } else { found.join("\n    ") }
}

/// All that a client which counts in `unit` is told, by question.
fn everything(unit: Unit) -> String {
    let files: Vec<_> =
        FILES.iter().map(|(name, _, text)| (*name, *text)).chain([("🎵.json", "{}")]).collect();
    let folder = folder(&files);
    let client = Client::greeted(greeting(&[&folder], &capabilities(unit)));
    let root = uri(folder.path());
    let texts = FILES.iter().map(|(name, _, text)| (format!("{root}/{name}"), *text)).collect();
    let mut session = Session { client, unit, root, texts };
    let mut shown = String::new();
    for (name, language, text) in FILES {
        session.client.open(&format!("{}/{name}", session.root), language, text);
    }
    for (name, ..) in FILES {
        let uri = format!("{}/{name}", session.root);
        let mut published = session.client.diagnostics(&uri, 0);
        while let Some(later) = session.client.later_diagnostics(&uri) {
            published = later;
        }
        let mut found = Vec::new();
        session.texts(&json!(published), &uri, &mut found);
        writeln!(shown, "findings of {name}\n    {}", listed(&found)).expect("a text");
    }
    for (method, file, about) in &QUESTIONS {
        let found = session.shown(method, file, about);
        let place = match about {
            Document => String::new(),
            Cursor(mark) | Range(mark) => format!(" at {mark}"),
            BeyondLine(line) => format!(" beyond line {line}"),
        };
        writeln!(shown, "{method} of {file}{place}\n    {}", listed(&found)).expect("a text");
    }
    shown
}

#[test]
fn every_range_covers_the_same_text_in_every_unit() {
    let [utf_8, utf_16, utf_32] = UNITS.map(everything);
    assert_eq!(utf_8, utf_16);
    assert_eq!(utf_32, utf_16);
    expect_file!["columns.txt"].assert_eq(&utf_16);
}
