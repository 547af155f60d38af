//! The examples of `docs/protocol.md`: each message is sent, and its answer holds what the page says.

use crate::client::Client;
use crate::command_line::repository;
use crate::klotho_requests::{done, until_ready};
use crate::workspace::{named, uri};
use serde_json::{Value, json};
use std::fs;

/// The folder as the page calls it.
const FOLDER: &str = "file:///music-service";

/// The documents that the page shows, in order.
fn examples(root: &str) -> Vec<Value> {
    let page = fs::read_to_string(repository().join("docs/protocol.md")).expect("the page");
    let blocks = page.split("\n```json\n").skip(1);
    let texts = blocks.map(|block| block.split("\n```").next().unwrap_or_default().replace(FOLDER, root));
    texts.map(|text| serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"))).collect()
}

/// Whether a value holds all that is shown of it: some keys of objects, the first rows of lists.
fn holds(value: &Value, shown: &Value) -> bool {
    match (value, shown) {
        (Value::Object(value), Value::Object(shown)) => {
            shown.iter().all(|(key, shown)| value.get(key).is_some_and(|value| holds(value, shown)))
        }
        (Value::Array(value), Value::Array(shown)) => {
            shown.len() <= value.len()
                && shown.is_empty() == value.is_empty()
                && value.iter().zip(shown).all(|(value, shown)| holds(value, shown))
        }
        // A whole amount may be written with or without its zeros.
        (Value::Number(value), Value::Number(shown)) => value.as_f64() == shown.as_f64(),
        _ => value == shown,
    }
}

/// Sends a message; edits that it leads to are taken.
fn answer(client: &mut Client, message: &Value) -> Value {
    let method = message["method"].as_str().expect("a method");
    let id = client.ask(method, message["params"].clone());
    let is_command = method == "workspace/executeCommand";
    loop {
        let is_answer = |found: &Value| found["id"] == id && found.get("method").is_none();
        let found =
            client.wait(|found| is_answer(found) || is_command && found["method"] == "workspace/applyEdit");
        if is_answer(&found) {
            return found;
        }
        client.send(json!({ "id": found["id"], "result": { "applied": true } }));
    }
}

#[test]
fn the_page_of_our_own_messages_shows_what_is_answered() {
    let folder = repository().join("tests/apps/music-service");
    let mut client = Client::greeted(json!({
        "workspaceFolders": [named(&folder)],
        "capabilities": {
            "workspace": { "applyEdit": true },
            "experimental": { "klotho": { "graphChanged": true } },
        },
    }));
    until_ready(&mut client);
    let examples = examples(&uri(&folder));
    let (pairs, []) = examples.as_chunks::<2>() else { panic!("{} are no pairs", examples.len()) };
    assert!(pairs.len() >= 6);
    for [message, shown] in pairs {
        let found = answer(&mut client, message);
        assert!(holds(&found, shown), "{message}\nis answered with\n{found}\nand not with\n{shown}");
    }
    done(client);
}
