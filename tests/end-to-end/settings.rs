//! What a person sets moves what it is about at once, and nothing else.

use crate::client::{Client, at, server};
use crate::workspace::{folder, greeting, named, uri};
use serde_json::{Value, json};
use tempfile::TempDir;

/// A unit with stated traffic and an id in want of one letter less, so that it has a finding.
const TEXT: &str = "// @klotho::execution_unit {\n//   id=\"a\"\n//   target = \"ecs\"\n//   [workload]\n//   monthly_requests = 10_000_000\n// }\nexport const x = 1;\n";
const CLEAN: &str = "export const y = 1;\n";
const CONFIG: &str = "app: x\nprovider: aws\nexecution_units:\n  a:\n    type: lambda\n";

fn everything() -> Value {
    json!({
        "textDocument": {
            "inlayHint": { "resolveSupport": { "properties": ["tooltip"] } },
            "codeLens": {},
            "semanticTokens": { "requests": { "full": true, "range": true }, "tokenTypes": [], "tokenModifiers": [], "formats": [] },
            "formatting": {},
            "rangeFormatting": {},
            "onTypeFormatting": {},
            "codeAction": { "codeActionLiteralSupport": { "codeActionKind": { "valueSet": [] } } },
        },
        "workspace": {
            "inlayHint": { "refreshSupport": true },
            "codeLens": { "refreshSupport": true },
            "semanticTokens": { "refreshSupport": true },
        },
    })
}

/// The same client, which can be told of features later and answers for its settings where `answers`.
fn dynamic(answers: bool) -> Value {
    let mut capabilities = everything();
    for name in ["semanticTokens", "formatting", "rangeFormatting", "onTypeFormatting"] {
        capabilities["textDocument"][name]["dynamicRegistration"] = true.into();
    }
    capabilities["workspace"]["configuration"] = answers.into();
    capabilities
}

fn project() -> TempDir {
    folder(&[("a.ts", TEXT), ("b.ts", CLEAN), ("klotho.yaml", CONFIG)])
}

/// A session with both files open, all of whose findings are there.
struct Session {
    client: Client,
    file: String,
    root: TempDir,
}

impl Session {
    fn new(capabilities: &Value, initial: Value) -> Self {
        let root = project();
        let mut params = greeting(&[&root], capabilities);
        params["initializationOptions"] = initial;
        let client = Client::greeted(params);
        let file = uri(&root.path().join("a.ts"));
        Self { client, file, root }
    }

    /// Opens both files. Returns the findings of the first, once the world is at rest.
    fn open(&mut self) -> Vec<Value> {
        let other = uri(&self.root.path().join("b.ts"));
        self.client.open(&other, "typescript", CLEAN);
        self.client.open(&self.file, "typescript", TEXT);
        self.client.diagnostics(&other, 0);
        let found = self.client.diagnostics(&self.file, 0);
        self.client.serve("workspace/inlayHint/refresh");
        self.client.serve("workspace/codeLens/refresh");
        found
    }

    /// Says settings unasked.
    fn push(&mut self, settings: Value) {
        self.client.notify("workspace/didChangeConfiguration", json!({ "settings": settings }));
    }

    fn ask(&mut self, method: &str) -> Value {
        let range = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 7, "character": 0 } });
        let options = json!({ "tabSize": 4, "insertSpaces": true });
        let document = json!({ "uri": self.file });
        let position = json!({ "line": 1, "character": 5 });
        let params = match method {
            "inlayHint" | "semanticTokens/range" => json!({ "textDocument": document, "range": range }),
            "formatting" => json!({ "textDocument": document, "options": options }),
            "rangeFormatting" => json!({ "textDocument": document, "range": range, "options": options }),
            "onTypeFormatting" => {
                json!({ "textDocument": document, "position": position, "ch": "\n", "options": options })
            }
            "codeAction" => {
                json!({ "textDocument": document, "range": range, "context": { "diagnostics": [] } })
            }
            _ => json!({ "textDocument": document }),
        };
        self.client.request(&format!("textDocument/{method}"), params)["result"].clone()
    }

    fn count(&mut self, method: &str) -> usize {
        self.ask(method).as_array().map_or(0, Vec::len)
    }

    fn hover(&mut self) -> String {
        let told = self.client.hover(&self.file, 0, 8);
        told["result"]["contents"]["value"].as_str().unwrap_or_default().to_owned()
    }

    fn no_publication(&mut self) {
        self.client.hover(&self.file, 0, 0);
        assert_eq!(self.client.unread_publications(), 0);
    }

    fn message(&mut self) -> String {
        let shown = self.client.wait(|message| message["method"] == "window/showMessage");
        assert_eq!(shown["params"]["type"], 2);
        shown["params"]["message"].as_str().unwrap_or_default().to_owned()
    }
}

fn severities(found: &[Value]) -> Vec<(&str, i64)> {
    found.iter().filter_map(|found| Some((found["code"].as_str()?, found["severity"].as_i64()?))).collect()
}

#[test]
fn settings_of_the_first_message_hold_in_both_forms() {
    let set = json!({ "inlayHints": { "units": false }, "codeLens": { "units": false }, "diagnostics": { "enable": false } });
    for initial in [set.clone(), json!({ "klotho": set })] {
        let mut session = Session::new(&everything(), initial);
        assert_eq!(session.open(), [] as [Value; 0]);
        assert_eq!((session.count("inlayHint"), session.count("codeLens")), (0, 0));
    }
    let mut session = Session::new(&everything(), json!(null));
    assert_eq!(severities(&session.open()), [("target-conflict", 2)]);
    assert_eq!((session.count("inlayHint"), session.count("codeLens")), (1, 1));
}

#[test]
fn hints_and_lenses_come_and_go_each_by_itself() {
    let mut session = Session::new(&everything(), json!(null));
    session.open();
    for (group, method, refresh) in
        [("inlayHints", "inlayHint", "inlayHint"), ("codeLens", "codeLens", "codeLens")]
    {
        session.push(json!({ "klotho": { group: { "units": false } } }));
        session.client.serve(&format!("workspace/{refresh}/refresh"));
        assert_eq!(session.count(method), 0);
        session.push(json!({ "klotho": {} }));
        session.client.serve(&format!("workspace/{refresh}/refresh"));
        assert_eq!(session.count(method), 1);
    }
    session.push(json!({ "klotho": { "inlayHints": { "maxLength": 10 } } }));
    session.client.serve("workspace/inlayHint/refresh");
    assert_eq!(session.ask("inlayHint")[0]["label"], "Lambda $1…");
    session.no_publication();
}

#[test]
fn findings_are_shown_as_what_people_want_and_their_fixes_go_with_them() {
    let mut session = Session::new(&everything(), json!(null));
    session.open();
    let fixes = |session: &mut Session| {
        let actions = session.ask("codeAction");
        let actions = actions.as_array().cloned().unwrap_or_default();
        let fixes: Vec<_> = actions.into_iter().filter(|action| action["kind"] == "quickfix").collect();
        fixes
            .iter()
            .map(|fix| fix["diagnostics"][0]["severity"].as_i64().expect("a severity"))
            .collect::<Vec<_>>()
    };
    assert!(!fixes(&mut session).is_empty());
    let severity = |level: &str| json!({ "diagnostics": { "severity": { "target-conflict": level } } });
    session.push(severity("hint"));
    let file = session.file.clone();
    assert_eq!(severities(&session.client.diagnostics(&file, 0)), [("target-conflict", 4)]);
    assert!(fixes(&mut session).iter().all(|severity| *severity == 4));
    session.push(severity("off"));
    assert_eq!(session.client.diagnostics(&file, 0), [] as [Value; 0]);
    assert_eq!(fixes(&mut session), [] as [i64; 0]);
    session.push(json!({}));
    assert_eq!(severities(&session.client.diagnostics(&file, 0)), [("target-conflict", 2)]);
    session.push(json!({ "diagnostics": { "enable": false } }));
    assert_eq!(session.client.diagnostics(&file, 0), [] as [Value; 0]);
    // The other document has none, and nothing is said of it.
    session.no_publication();
}

#[test]
fn a_finding_that_a_document_does_not_have_moves_nothing() {
    let mut session = Session::new(&everything(), json!(null));
    session.open();
    session.push(json!({ "diagnostics": { "severity": { "id-required": "off" } } }));
    // Whatever is looked at now is looked at after that.
    session.push(json!({ "diagnostics": { "severity": { "target-conflict": "error" } } }));
    let file = session.file.clone();
    assert_eq!(severities(&session.client.diagnostics(&file, 0)), [("target-conflict", 1)]);
    session.no_publication();
}

#[test]
fn a_hover_is_as_long_as_people_want_and_so_is_the_tooltip_of_a_hint() {
    let mut session = Session::new(&everything(), json!(null));
    session.open();
    let full = session.hover();
    session.push(json!({ "hover": { "detail": "brief" } }));
    session.client.serve("workspace/inlayHint/refresh");
    let brief = session.hover();
    assert!(full.contains("Assumed") && !brief.contains("Assumed") && brief.contains("| Where"), "{brief}");
    let hint = session.ask("inlayHint")[0].clone();
    let resolved = session.client.request("inlayHint/resolve", hint)["result"].clone();
    assert_eq!(resolved["tooltip"]["value"], brief);
    session.no_publication();
}

#[test]
fn completion_tells_costs_or_does_not() {
    let mut session = Session::new(&everything(), json!(null));
    session.open();
    let detail = |session: &mut Session| {
        let params = at(&session.file.clone(), 2, 15);
        let found = session.client.request("textDocument/completion", params)["result"].clone();
        found["items"][0]["detail"].as_str().unwrap_or_default().to_owned()
    };
    assert!(detail(&mut session).contains(" a month at "));
    session.push(json!({ "completion": { "costs": false } }));
    assert_eq!(detail(&mut session), "AWS Lambda");
    session.no_publication();
}

#[test]
fn a_client_that_cannot_be_told_later_gets_no_answers() {
    let mut session = Session::new(&everything(), json!(null));
    session.open();
    assert_ne!(session.ask("semanticTokens/full"), Value::Null);
    assert!(session.count("formatting") > 0 && session.count("rangeFormatting") > 0);
    session.push(
        json!({ "semanticTokens": { "enable": false }, "format": { "enable": false, "onType": false } }),
    );
    session.client.serve("workspace/semanticTokens/refresh");
    for method in
        ["semanticTokens/full", "semanticTokens/range", "formatting", "rangeFormatting", "onTypeFormatting"]
    {
        assert_eq!(session.ask(method), Value::Null, "{method}");
    }
    session.no_publication();
}

#[test]
fn what_is_off_from_the_start_is_not_offered() {
    let root = project();
    let offered = |initial: Value| {
        let mut client = Client::start();
        let mut params = greeting(&[&root], &everything());
        params["initializationOptions"] = initial;
        let offered = client.greet(params);
        [
            "semanticTokensProvider",
            "documentFormattingProvider",
            "documentRangeFormattingProvider",
            "documentOnTypeFormattingProvider",
        ]
        .map(|name| offered.get(name).is_some())
    };
    assert_eq!(offered(json!({})), [true; 4]);
    assert_eq!(offered(json!({ "semanticTokens": { "enable": false } })), [false, true, true, true]);
    assert_eq!(offered(json!({ "format": { "enable": false } })), [true, false, false, true]);
    assert_eq!(offered(json!({ "format": { "onType": false } })), [true, true, true, false]);
}

#[test]
fn a_client_that_can_be_told_later_is_told_of_what_comes_and_goes() {
    let root = project();
    let mut client = Client::start();
    let offered = client.greet(greeting(&[&root], &dynamic(false)));
    assert_eq!(
        (offered.get("documentFormattingProvider"), offered.get("semanticTokensProvider")),
        (None, None)
    );
    let methods = |told: &Value, list: &str| {
        let told = told[list].as_array().cloned().unwrap_or_default();
        told.iter().map(|told| told["method"].as_str().unwrap_or_default().to_owned()).collect::<Vec<_>>()
    };
    let told = client.serve("client/registerCapability");
    let all = [
        "textDocument/semanticTokens",
        "textDocument/formatting",
        "textDocument/rangeFormatting",
        "textDocument/onTypeFormatting",
    ];
    assert_eq!(methods(&told, "registrations"), all);
    assert!(told["registrations"][0]["registerOptions"]["legend"]["tokenTypes"].is_array(), "{told}");
    assert_eq!(told["registrations"][3]["registerOptions"]["firstTriggerCharacter"], "\n");
    client.notify(
        "workspace/didChangeConfiguration",
        json!({ "settings": { "klotho": { "format": { "enable": false } } } }),
    );
    let told = client.serve("client/unregisterCapability");
    assert_eq!(methods(&told, "unregisterations"), all[1..3]);
    client.notify("workspace/didChangeConfiguration", json!({ "settings": { "klotho": {} } }));
    assert_eq!(methods(&client.serve("client/registerCapability"), "registrations"), all[1..3]);
}

#[test]
fn a_client_that_never_answers_is_told_of_features_all_the_same() {
    let mut capabilities = dynamic(true);
    capabilities["workspace"]["didChangeConfiguration"] = json!({ "dynamicRegistration": true });
    let mut session = Session::new(&capabilities, json!(null));
    let registers = |message: &Value, method: &str| {
        let told = message["params"]["registrations"].as_array().into_iter().flatten();
        message["method"] == "client/registerCapability" && told.into_iter().any(|it| it["method"] == method)
    };
    // Nothing of this is answered.
    session.client.wait(|message| message["method"] == "workspace/configuration");
    session.client.wait(|message| registers(message, "textDocument/formatting"));
    // Nor does that keep the next question back.
    session.push(Value::Null);
    session.client.wait(|message| message["method"] == "workspace/configuration");
    session.client.forget("client/registerCapability");
}

#[test]
fn a_client_that_answers_is_asked_at_the_start_and_after_each_change() {
    let mut capabilities = dynamic(true);
    capabilities["workspace"]["didChangeConfiguration"] = json!({ "dynamicRegistration": true });
    let mut session = Session::new(&capabilities, json!(null));
    let told = session.client.serve("client/registerCapability");
    assert_eq!(told["registrations"][0]["method"], "workspace/didChangeConfiguration");
    assert_eq!(told["registrations"][0]["registerOptions"], json!({ "section": "klotho" }));
    let off = json!({ "format": { "enable": false }, "semanticTokens": { "enable": false }, "inlayHints": { "units": false } });
    let root = uri(session.root.path());
    let asked = session.client.serve_with("workspace/configuration", &json!([off, off]));
    assert_eq!(asked["items"], json!([{ "section": "klotho" }, { "scopeUri": root, "section": "klotho" }]));
    session.client.serve("workspace/inlayHint/refresh");
    session.client.serve("workspace/semanticTokens/refresh");
    let told = session.client.serve("client/registerCapability");
    assert_eq!(told["registrations"][0]["method"], "textDocument/onTypeFormatting");
    assert_eq!(told["registrations"].as_array().map(Vec::len), Some(1), "{told}");
    session.open();
    assert_eq!(session.count("inlayHint"), 0);
    // What such a client tells with a change is often nothing.
    session.push(Value::Null);
    session.client.serve_with("workspace/configuration", &json!([{}, {}]));
    session.client.serve("workspace/inlayHint/refresh");
    session.client.serve("workspace/semanticTokens/refresh");
    session.client.serve("client/registerCapability");
    assert_eq!(session.count("inlayHint"), 1);
    session.no_publication();
}

#[test]
fn each_folder_has_its_own_settings() {
    let (one, two) = (project(), project());
    let mut capabilities = everything();
    capabilities["workspace"] = json!({ "configuration": true });
    let mut client = Client::greeted(greeting(&[&one], &capabilities));
    let off = json!({ "inlayHints": { "units": false }, "diagnostics": { "enable": false } });
    client.serve_with("workspace/configuration", &json!([off, off]));
    let change = json!({ "event": { "added": [named(two.path())], "removed": [] } });
    client.notify("workspace/didChangeWorkspaceFolders", change);
    let asked = client.serve_with("workspace/configuration", &json!([off, off, {}]));
    assert_eq!(asked["items"][2]["scopeUri"], uri(two.path()));
    for (root, findings) in [(&one, 0), (&two, 1)] {
        let file = uri(&root.path().join("a.ts"));
        client.open(&file, "typescript", TEXT);
        assert_eq!(client.diagnostics(&file, 0).len(), findings, "{file}");
        let range = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 7, "character": 0 } });
        let hints = client
            .request("textDocument/inlayHint", json!({ "textDocument": { "uri": file }, "range": range }));
        assert_eq!(hints["result"].as_array().map(Vec::len), Some(findings), "{hints}");
    }
}

#[test]
fn what_is_wrong_is_said_once_and_the_rest_counts() {
    let wrong = json!({ "hover": { "detail": "short" }, "inlayHints": { "units": false } });
    let mut session = Session::new(&everything(), wrong.clone());
    assert_eq!(session.message(), "klotho.hover.detail cannot be \"short\". It takes \"full\" or \"brief\".");
    session.open();
    assert_eq!(session.count("inlayHint"), 0);
    session.push(json!({ "klotho": wrong }));
    // Had the first been said again it would stand here.
    session.push(json!({ "klotho": { "hover": { "detail": "short" }, "codeLens": { "unit": true } } }));
    assert_eq!(
        session.message(),
        "There is no setting klotho.codeLens.unit. Did you mean klotho.codeLens.units?"
    );
    session.push(json!({ "klotho": { "diagnostics": { "severity": { "target-conflct": "off" } } } }));
    assert_eq!(
        session.message(),
        "klotho.diagnostics.severity: no finding has the code \"target-conflct\". Did you mean \"target-conflict\"?"
    );
    session.no_publication();
}

#[test]
fn the_schema_of_the_settings_takes_what_the_server_takes() {
    let printed = server(&["schema", "settings"]).output().expect("it runs");
    let schema: Value = serde_json::from_slice(&printed.stdout).expect("it is JSON");
    let validator = jsonschema::validator_for(&schema).expect("the schema is one");
    let properties = schema["properties"].as_object().expect("an object");
    let defaults: Value = properties.iter().map(|(name, of)| (name.clone(), of["default"].clone())).collect();
    assert!(validator.is_valid(&defaults), "{defaults}");
    let severity = |code: &str, level: &str| json!({ "klotho.diagnostics.severity": { code: level } });
    assert!(validator.is_valid(&severity("target-conflict", "off")));
    for wrong in [
        json!({ "klotho.hover.detail": "short" }),
        json!({ "klotho.format.enable": 1 }),
        severity("target-conflict", "warn"),
        severity("target-conflct", "off"),
    ] {
        assert!(!validator.is_valid(&wrong), "{wrong}");
    }
}
