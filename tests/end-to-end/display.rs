//! Names that are commands to a terminal, a browser, a spreadsheet or the log of a build: wherever they are shown they are names.

use crate::client::{Client, at};
use crate::command_line::{run, text};
use crate::klotho_requests::{done, until_ready};
use crate::workspace::{folder, greeting, uri};
use serde_json::{Value, json};
use tempfile::TempDir;

/// As ids, routes, targets, keys, files and units of the configuration.
const NAMES: [&str; 12] = [
    "<img src=x onerror=alert(1)>",
    "[x](javascript:alert(1))",
    "`c` **b** | d",
    "\u{1b}[31mred\u{7}",
    "\u{202e}evil\u{2066}",
    "=cmd|' /C calc'!A0",
    "::error::x",
    "##[error]x",
    "a\n::error::b",
    "a\r::warning::b",
    "]]></x>&amp;",
    "$(id)%0a",
];

fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}

/// A project that has each name wherever one can have it.
fn project() -> TempDir {
    let mut source = "import express from \"express\";\nconst app = express();\n".to_owned();
    let mut config = "app: x\nprovider: aws\nexecution_units:\n".to_owned();
    let mut files = vec![("package.json".to_owned(), "{}".to_owned())];
    for (number, name) in NAMES.iter().enumerate() {
        let (name, route) = (quoted(name), quoted(&format!("/{name}")));
        source += &format!("app.get({route}, async (q, r) => {{ await s{number}.get(\"x\"); }});\n");
        source += &format!(
            "/* @klotho::persist {{\n *   id = {name}\n * }}\n */\nexport const s{number} = new Map();\n"
        );
        config += &format!("  {name}:\n    type: ecs\n    workload: {{monthly_requests: 1000000}}\n");
        let unit = format!(
            "/* @klotho::execution_unit {{\n *   id = {name}\n *   target = {name}\n *   [environment_variables]\n *   {name} = {name}\n * }}\n */\nexports.x = 1;\n"
        );
        files.push((format!("{}.js", NAMES[number].replace('/', "_")), unit));
    }
    source += "/* @klotho::expose {\n *   id = \"gateway\"\n *   target = \"public\"\n * }\n */\napp.listen(3000);\n";
    files.extend([("a.js".to_owned(), source), ("klotho.yaml".to_owned(), config)]);
    folder(&files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect::<Vec<_>>())
}

/// What of a text a terminal or a reader would be fooled by.
fn is_unseen(character: char) -> bool {
    character != '\n'
        && (character.is_control()
            || ('\u{202a}'..='\u{202e}').contains(&character)
            || ('\u{2066}'..='\u{2069}').contains(&character))
}

/// Whether a line is a command to the log of a build.
fn is_command(line: &str) -> bool {
    line.trim_start().starts_with("::") || line.contains("##[")
}

/// Markdown without what stands in code and what is escaped.
fn outside_of_code(markdown: &str) -> String {
    let mut rest = markdown.replace("\\[", "").replace("\\]", "").replace("\\`", "");
    while let Some(start) = rest.find('`') {
        let fence: String = rest[start..].chars().take_while(|it| *it == '`').collect();
        let inside = start + fence.len();
        let end = rest[inside..].find(&fence).map_or(rest.len(), |end| inside + end + fence.len());
        rest.replace_range(start..end, "");
    }
    rest
}

fn assert_plain(what: &str, shown: &str) {
    let unseen: Vec<_> = shown.chars().filter(|character| is_unseen(*character)).collect();
    assert!(unseen.is_empty(), "{what} shows {unseen:?}: {}", shown.escape_debug());
}

fn assert_markdown(what: &str, markdown: &str) {
    let outside = outside_of_code(markdown);
    for mark in ["<img", "](javascript", "</x>"] {
        assert!(!outside.contains(mark), "{what} holds {mark}: {markdown}");
    }
}

#[test]
fn the_command_line_shows_names_as_names() {
    let project = project();
    let printed = |arguments: &[&str]| {
        let output = run(arguments, project.path());
        (text(&output.stdout), text(&output.stderr))
    };
    for arguments in [
        &["check"][..],
        &["check", "--format", "concise"],
        &["check", "--format", "junit"],
        &["check", "--format", "markdown"],
        &["graph"],
        &["graph", "--format", "dot"],
        &["graph", "--format", "mermaid"],
        &["cost"],
        &["cost", "--format", "markdown"],
        &["plan"],
    ] {
        let (shown, said) = printed(arguments);
        let what = arguments.join(" ");
        assert_plain(&what, &shown);
        assert_plain(&format!("{what} on standard error"), &said);
        // What is written for a program goes into a file.
        let is_for_people = arguments.len() == 1 || what.ends_with("concise");
        let lines = shown.lines().filter(|_| is_for_people).chain(said.lines());
        let commands: Vec<_> = lines.filter(|line| is_command(line)).collect();
        assert!(commands.is_empty(), "{what}: {commands:?}");
        if what.ends_with("markdown") || what.ends_with("mermaid") {
            assert_markdown(&what, &shown);
        }
    }
    for format in ["json", "gitlab", "sarif"] {
        let (shown, _) = printed(&["check", "--format", format]);
        assert!(
            serde_json::from_str::<Value>(&shown).is_ok() && !shown.contains('\u{1b}'),
            "{format}: {shown}"
        );
    }
    let (commands, _) = printed(&["check", "--format", "github"]);
    let kinds = ["::error title=klotho-ls", "::warning title=klotho-ls", "::notice title=klotho-ls"];
    assert!(commands.lines().all(|line| kinds.iter().any(|kind| line.starts_with(kind))), "{commands}");
}

/// The texts in an answer that people read, by the names of their fields.
fn texts(answer: &Value, found: &mut Vec<(String, String)>) {
    let fields = answer.as_object().into_iter().flatten();
    let fields = fields.filter(|(name, _)| {
        !["newText", "uri", "target", "data", "arguments", "insertText", "filterText"]
            .contains(&name.as_str())
    });
    for (name, value) in fields {
        match value.as_str() {
            Some(text) => found.push((name.clone(), text.to_owned())),
            None => texts(value, found),
        }
    }
    answer.as_array().into_iter().flatten().for_each(|value| texts(value, found));
}

#[test]
fn an_editor_is_shown_names_as_names() {
    let project = project();
    let markup = json!({ "contentFormat": ["markdown"] });
    let item = json!({ "completionItem": { "documentationFormat": ["markdown"] } });
    let mut client = Client::greeted(greeting(
        &[&project],
        &json!({ "textDocument": {
            "hover": markup, "completion": item, "inlayHint": {}, "codeLens": {},
            "documentSymbol": { "hierarchicalDocumentSymbolSupport": true },
            "callHierarchy": {}, "documentLink": {},
        }}),
    ));
    let name = |file: &str| uri(&project.path().join(file));
    let mut answers = Vec::new();
    for (file, language) in [("a.js", "javascript"), ("klotho.yaml", "yaml")] {
        let source = std::fs::read_to_string(project.path().join(file)).expect("a file");
        client.open(&name(file), language, &source);
        let document = json!({ "textDocument": { "uri": name(file) } });
        for method in ["documentSymbol", "codeLens", "documentLink"] {
            answers.push((method, client.request(&format!("textDocument/{method}"), document.clone())));
        }
        let range = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 999, "character": 0 } });
        let params = json!({ "textDocument": { "uri": name(file) }, "range": range });
        answers.push(("inlayHint", client.request("textDocument/inlayHint", params)));
        for line in 0..u32::try_from(source.lines().count()).expect("few") {
            for method in ["hover", "prepareCallHierarchy"] {
                answers.push((
                    method,
                    client.request(&format!("textDocument/{method}"), at(&name(file), line, 9)),
                ));
            }
        }
        answers.push(("completion", client.request("textDocument/completion", at(&name(file), 4, 14))));
    }
    answers.push(("symbol", client.request("workspace/symbol", json!({ "query": "" }))));
    answers.into_iter().for_each(|(method, answer)| assert_shown(method, &answer));
}

fn assert_shown(method: &str, answer: &Value) {
    assert_eq!(answer.get("error"), None, "{method}: {answer}");
    let mut found = Vec::new();
    texts(&answer["result"], &mut found);
    for (field, shown) in found {
        assert_plain(&format!("{field} of {method}"), &shown);
        if method == "hover" || ["documentation", "tooltip"].contains(&field.as_str()) {
            assert_markdown(method, &shown);
        }
    }
}

/// What is shown later: actions, what is added to a thing when it is looked at, and what a command says.
#[test]
fn an_editor_is_shown_names_as_names_also_when_it_asks_again() {
    let project = project();
    // The names of the others are no URIs.
    let unit = project.path().join(format!("{}.js", NAMES[0].replace('/', "_")));
    std::fs::copy(unit, project.path().join("unit.js")).expect("a file");
    let resolved = |property: &str| json!({ "properties": [property] });
    let kinds = json!({ "codeActionKind": { "valueSet": ["", "quickfix", "refactor", "source"] } });
    let item = json!({ "documentationFormat": ["markdown"], "resolveSupport": resolved("documentation") });
    let mut client = Client::greeted(greeting(
        &[&project],
        &json!({ "experimental": { "klotho": { "graphChanged": true } }, "textDocument": {
            "codeAction": {
                "codeActionLiteralSupport": kinds, "disabledSupport": true, "dataSupport": true,
                "resolveSupport": resolved("edit"),
            },
            "completion": { "completionItem": item },
            "inlayHint": { "resolveSupport": resolved("tooltip") },
            "codeLens": {},
        }}),
    ));
    until_ready(&mut client);
    let mut all = [0; 3];
    for (file, language) in [("a.js", "javascript"), ("klotho.yaml", "yaml"), ("unit.js", "javascript")] {
        let source = std::fs::read_to_string(project.path().join(file)).expect("a file");
        let uri = uri(&project.path().join(file));
        client.open(&uri, language, &source);
        let lines = u32::try_from(source.lines().count()).expect("few");
        let seen = [
            asked_again(&mut client, &uri, "codeAction", 0..lines),
            asked_again(&mut client, &uri, "inlayHint", 0..1),
            asked_again(&mut client, &uri, "codeLens", 0..1),
        ];
        asked_again(&mut client, &uri, "completion", 1..lines.min(6));
        seen.iter().zip(&mut all).for_each(|(seen, all)| *all += seen);
    }
    assert!(all.iter().all(|seen| *seen > 0), "nothing was to be seen: {all:?}");
    done(client);
}

/// Asks for things of a kind at each of the lines, then for the rest of each of them, and has lenses do what they do. Returns how
/// many there were.
fn asked_again(client: &mut Client, uri: &str, kind: &str, lines: std::ops::Range<u32>) -> usize {
    let mut seen = 0;
    for line in lines {
        let place = |line, character| json!({ "line": line, "character": character });
        let document = json!({ "uri": uri });
        let params = match kind {
            "codeAction" => json!({
                "textDocument": document,
                "range": { "start": place(line, 0), "end": place(line, 20) },
                "context": { "diagnostics": [] },
            }),
            "inlayHint" => {
                json!({ "textDocument": document, "range": { "start": place(0, 0), "end": place(999, 0) } })
            }
            "codeLens" => json!({ "textDocument": document }),
            _ => at(uri, line, 10),
        };
        let answer = client.request(&format!("textDocument/{kind}"), params);
        assert_shown(kind, &answer);
        let result = answer["result"].get("items").unwrap_or(&answer["result"]);
        for thing in result.as_array().into_iter().flatten().filter(|thing| thing.get("data").is_some()) {
            let prefix = if kind == "completion" { "completionItem" } else { kind };
            let rest = client.request(&format!("{prefix}/resolve"), thing.clone());
            assert_shown(&format!("{prefix}/resolve"), &rest);
            if kind == "codeLens" {
                shown_by(client, &rest["result"]["command"]);
            }
            seen += 1;
        }
    }
    seen
}

/// Runs the command of a lens: what it says is no Markdown, and plain.
fn shown_by(client: &mut Client, command: &Value) {
    let params = json!({ "command": command["command"], "arguments": command["arguments"] });
    assert_shown("executeCommand", &client.request("workspace/executeCommand", params));
    let message = client.wait(|message| message["method"] == "window/showMessage");
    assert_plain("a message", message["params"]["message"].as_str().expect("a text"));
}
