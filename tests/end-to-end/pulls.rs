//! Findings for clients that ask for them: named results, news about everything else, answers that wait for news.

use crate::client::Client;
use crate::workspace::{folder, greeting, uri, write};
use serde_json::{Value, json};
use std::path::Path;

const UNIT: &str =
    "// @klotho::execution_unit {\n//   id = \"a\"\n//   target = \"ecs\"\n// }\nexport const x = 1;\n";
const ECS: &str = "execution_units:\n  a:\n    type: ecs\n";
const LAMBDA: &str = "execution_units:\n  a:\n    type: lambda\n";

/// What a client says that asks for findings and takes part in all else that is about them.
fn pulling() -> Value {
    json!({
        "textDocument": {
            "diagnostic": {},
            "publishDiagnostics": {
                "relatedInformation": true, "codeDescriptionSupport": true, "dataSupport": true,
                "tagSupport": { "valueSet": [1, 2] },
            },
        },
        "workspace": { "diagnostics": { "refreshSupport": true } },
    })
}

fn pull(client: &mut Client, uri: &str, previous: Option<&str>) -> Value {
    let mut params = json!({ "textDocument": { "uri": uri }, "identifier": "klotho" });
    if let Some(previous) = previous {
        params["previousResultId"] = previous.into();
    }
    client.request("textDocument/diagnostic", params)["result"].clone()
}

fn name(report: &Value) -> &str {
    report["resultId"].as_str().expect("a name")
}

fn codes(report: &Value) -> Vec<&str> {
    assert_eq!(report["kind"], "full", "{report}");
    report["items"].as_array().expect("items").iter().filter_map(|item| item["code"].as_str()).collect()
}

/// Asks about everything without waiting.
fn ask_about_all(client: &mut Client, known: &[(&str, &str)]) -> i64 {
    let known: Vec<_> = known.iter().map(|(uri, value)| json!({ "uri": uri, "value": value })).collect();
    client.ask("workspace/diagnostic", json!({ "identifier": "klotho", "previousResultIds": known }))
}

/// The reports of an answer, by file: the codes, and the name of the result.
fn files(answer: &Value, root: &Path) -> Vec<(String, Vec<String>, String)> {
    let items = answer["result"]["items"].as_array().expect("items").iter();
    let files = items.map(|item| {
        let file = item["uri"].as_str().expect("a URI").replace(&format!("{}/", uri(root)), "");
        let codes = match item["kind"].as_str() {
            Some("unchanged") => vec!["unchanged".to_owned()],
            _ => codes(item).into_iter().map(str::to_owned).collect(),
        };
        (file, codes, name(item).to_owned())
    });
    files.collect()
}

/// Tells of a file that changed on disk.
fn saved(client: &mut Client, root: &Path, path: &str, text: &str) {
    write(root, path, text);
    let changes = json!([{ "uri": uri(&root.join(path)), "type": 2 }]);
    client.notify("workspace/didChangeWatchedFiles", json!({ "changes": changes }));
}

#[test]
fn only_those_who_can_be_told_of_news_may_ask() {
    let without_news = json!({ "textDocument": { "diagnostic": {} } });
    for (capabilities, offered) in [(pulling(), true), (without_news, false), (json!({}), false)] {
        let mut client = Client::start();
        let capabilities = client.greet(json!({ "capabilities": capabilities }));
        let provider = &capabilities["diagnosticProvider"];
        if offered {
            let promised = json!({
                "identifier": "klotho", "interFileDependencies": true, "workspaceDiagnostics": true,
            });
            assert_eq!(*provider, promised);
        } else {
            assert!(provider.is_null(), "{provider}");
        }
        client.open("untitled:1", "typescript", "// @klotho::nonsense\n");
        let found = if offered {
            let report = pull(&mut client, "untitled:1", None);
            codes(&report).len()
        } else {
            client.diagnostics("untitled:1", 0).len()
        };
        assert_eq!(found, 1);
        client.request("shutdown", Value::Null);
        assert_eq!(client.unread_publications(), 0);
    }
}

#[test]
fn a_result_that_is_known_is_not_sent_again() {
    let mut client = Client::greeted(greeting(&[], &pulling()));
    client.open("untitled:1", "typescript", "// @klotho::nonsense\n");
    let first = pull(&mut client, "untitled:1", None);
    assert_eq!(codes(&first), ["unknown-capability"]);
    let again = pull(&mut client, "untitled:1", Some(name(&first)));
    assert_eq!(again, json!({ "kind": "unchanged", "resultId": first["resultId"] }));
    client.edit("untitled:1", 1, 0, 0, 0, "\n");
    let moved = pull(&mut client, "untitled:1", Some(name(&first)));
    assert_eq!(moved["items"][0]["range"]["start"]["line"], 1);
    client.change("untitled:1", 2, &json!([{ "text": "" }]));
    assert_eq!(codes(&pull(&mut client, "untitled:1", Some(name(&moved)))), [] as [&str; 0]);
}

#[test]
fn news_from_elsewhere_is_told_once_until_the_client_has_asked() {
    let root = folder(&[("a.ts", UNIT), ("klotho.yaml", ECS)]);
    let mut client = Client::greeted(greeting(&[&root], &pulling()));
    let file = uri(&root.path().join("a.ts"));
    client.open(&file, "typescript", UNIT);
    let before = pull(&mut client, &file, None);
    assert_eq!(codes(&before), [] as [&str; 0]);
    for (text, expected) in [(LAMBDA, &["target-conflict"][..]), (ECS, &[])] {
        saved(&mut client, root.path(), "klotho.yaml", text);
        client.serve("workspace/diagnostic/refresh");
        assert_eq!(codes(&pull(&mut client, &file, None)), expected);
    }
}

#[test]
fn a_question_about_a_document_waits_for_its_project() {
    let root = folder(&[("a.ts", UNIT), ("klotho.yaml", LAMBDA)]);
    let mut client = Client::start();
    let file = uri(&root.path().join("a.ts"));
    let mut params = greeting(&[&root], &pulling());
    (params["processId"], params["rootUri"]) = (Value::Null, Value::Null);
    client.ask("initialize", params);
    client.answer(1);
    client.open(&file, "typescript", UNIT);
    // What the configuration says belongs to the first answer.
    assert_eq!(codes(&pull(&mut client, &file, None)), ["target-conflict"]);
}

#[test]
fn all_files_are_reported_and_then_only_news() {
    let files_on_disk = [("a.ts", UNIT), ("b.ts", "// @klotho::nonsense\n"), ("klotho.yaml", LAMBDA)];
    let root = folder(&files_on_disk);
    let mut client = Client::greeted(greeting(&[&root], &pulling()));
    let asked = ask_about_all(&mut client, &[]);
    let all = files(&client.answer(asked), root.path());
    let codes: Vec<_> = all.iter().map(|(file, codes, _)| (file.as_str(), codes.join(" "))).collect();
    let expected = [
        ("a.ts", "target-conflict"),
        ("b.ts", "unknown-capability"),
        // What the project lacks as a whole stands in its configuration.
        ("klotho.yaml", "project-file-missing"),
    ];
    assert_eq!(codes, expected.map(|(file, codes)| (file, codes.to_owned())));

    let uris: Vec<_> = all.iter().map(|(file, _, name)| (uri(&root.path().join(file)), name)).collect();
    let known: Vec<_> = uris.iter().map(|(uri, name)| (uri.as_str(), name.as_str())).collect();
    let held = ask_about_all(&mut client, &known);
    saved(&mut client, root.path(), "klotho.yaml", ECS);
    let news = files(&client.answer(held), root.path());
    let codes: Vec<_> = news.iter().map(|(file, codes, _)| (file.as_str(), codes.join(" "))).collect();
    let expected = [("a.ts", ""), ("b.ts", "unchanged"), ("klotho.yaml", "unchanged")];
    assert_eq!(codes, expected.map(|(file, codes)| (file, codes.to_owned())));
}

#[test]
fn what_moves_in_a_file_that_is_not_open_is_reported_where_it_stands_now() {
    let nonsense = "// @klotho::nonsense\n";
    let root = folder(&[("a.ts", nonsense), ("b.ts", nonsense)]);
    let mut client = Client::greeted(greeting(&[&root], &pulling()));
    let asked = ask_about_all(&mut client, &[]);
    let all = files(&client.answer(asked), root.path());
    let uris: Vec<_> = all.iter().map(|(file, _, name)| (uri(&root.path().join(file)), name)).collect();
    let known: Vec<_> = uris.iter().map(|(uri, name)| (uri.as_str(), name.as_str())).collect();
    let held = ask_about_all(&mut client, &known);
    saved(&mut client, root.path(), "b.ts", &format!("\n\n{nonsense}"));
    let answer = client.answer(held);
    let codes: Vec<_> =
        files(&answer, root.path()).into_iter().map(|(file, codes, _)| (file, codes.join(" "))).collect();
    let expected = [("a.ts", "unchanged"), ("b.ts", "unknown-capability")];
    assert!(
        expected.iter().all(|(file, code)| codes.contains(&((*file).into(), (*code).into()))),
        "{codes:?}"
    );
    let items = answer["result"]["items"].as_array().expect("items").iter();
    let moved = items.clone().find(|item| item["uri"] == uris[1].0).expect("it is reported");
    assert_eq!(moved["items"][0]["range"]["start"]["line"], 2, "{moved}");
}

#[test]
fn a_configuration_outside_all_folders_is_not_blamed_for_the_project_that_is_not_seen() {
    let (root, elsewhere) =
        (folder(&[("a.ts", "// @klotho::nonsense\n")]), folder(&[("klotho.yaml", LAMBDA)]));
    let mut client = Client::greeted(greeting(&[&root], &pulling()));
    let lone = uri(&elsewhere.path().join("klotho.yaml"));
    client.open(&lone, "yaml", LAMBDA);
    let own = pull(&mut client, &lone, None);
    let asked = ask_about_all(&mut client, &[]);
    let answer = client.answer(asked);
    let items = answer["result"]["items"].as_array().expect("items");
    let found = items.iter().find(|item| item["uri"] == lone).map_or(json!([]), |item| item["items"].clone());
    assert_eq!(found, own["items"]);
    assert_eq!(found, json!([]));
}

#[test]
fn a_question_that_waits_can_be_cancelled_replaced_and_ended() {
    let root = folder(&[("klotho.yaml", "app: a\n")]);
    let mut client = Client::greeted(greeting(&[&root], &pulling()));
    let cancelled = ask_about_all(&mut client, &[]);
    client.notify("$/cancelRequest", json!({ "id": cancelled }));
    assert_eq!(client.answer(cancelled)["error"]["code"], -32800);
    let nothing = json!({ "items": [] });
    let replaced = ask_about_all(&mut client, &[]);
    let ended = ask_about_all(&mut client, &[]);
    assert_eq!(client.answer(replaced)["result"], nothing);
    client.request("shutdown", Value::Null);
    assert_eq!(client.answer(ended)["result"], nothing);
}

#[test]
fn a_burst_of_edits_is_told_of_few_times_and_ends_with_the_last() {
    let root = folder(&[("a.ts", UNIT), ("klotho.yaml", ECS)]);
    let mut client = Client::greeted(greeting(&[&root], &pulling()));
    let (file, config) = (uri(&root.path().join("a.ts")), uri(&root.path().join("klotho.yaml")));
    client.open(&file, "typescript", UNIT);
    client.open(&config, "yaml", ECS);
    let mut last = pull(&mut client, &file, None);
    assert_eq!(codes(&last), [] as [&str; 0]);
    for version in 1..=100 {
        let text = if version % 2 == 0 { LAMBDA } else { ECS };
        client.change(&config, version, &json!([{ "text": text }]));
    }
    // Whenever it is told, it asks; until what it knows is true.
    let mut told = 0;
    while last["kind"] != "full" || codes(&last) != ["target-conflict"] {
        client.serve("workspace/diagnostic/refresh");
        told += 1;
        last = pull(&mut client, &file, None);
    }
    assert!(told <= 3, "told {told} times");
}

#[test]
fn findings_say_where_they_are_explained_what_the_text_is_and_which_they_are() {
    let config = "execution_units:\n  main:\n    type: fargate\nnonsense: 1\n";
    let root = folder(&[("a.ts", "// @klotho::execution_unit { id = \"main\" }\n"), ("klotho.yaml", config)]);
    let file = uri(&root.path().join("klotho.yaml"));
    let mut client = Client::greeted(greeting(&[&root], &pulling()));
    client.open(&file, "yaml", config);
    let report = pull(&mut client, &file, None);
    let items = report["items"].as_array().expect("items");
    let found = |code: &str| items.iter().find(|item| item["code"] == code).expect("it is found");
    assert_eq!(found("config-renamed")["tags"], json!([2]));
    assert_eq!(found("config-ignored")["tags"], json!([1]));
    assert!(found("project-file-missing").get("tags").is_none());
    for item in items {
        let page = item["codeDescription"]["href"].as_str().expect("a page");
        assert!(page.ends_with(&format!("#{}", item["code"].as_str().expect("a code"))), "{page}");
        assert!(item["data"]["finding"].is_string(), "{item}");
    }
    let mut plain = Client::greeted(greeting(&[&root], &json!({})));
    plain.open(&file, "yaml", config);
    for item in plain.diagnostics(&file, 0) {
        for key in ["tags", "codeDescription", "data", "relatedInformation"] {
            assert!(item.get(key).is_none(), "{key}: {item}");
        }
    }
}
