//! What tower-lsp does not give by itself: order, cancellation, small before large, panics as errors.

use crate::client::Client;
use serde_json::{Value, json};
use std::time::{Duration, Instant};

const URI: &str = "file:///project/a.ts";

fn client() -> Client {
    Client::greeted(json!({ "capabilities": {} }))
}

#[test]
fn slow_and_fast_edits_land_in_order_and_the_hover_behind_them_sees_the_last() {
    let mut client = client();
    client.open(URI, "typescript", "// \n");
    let mut expected = String::from("// ");
    for version in 1..=8 {
        let piece = if version % 3 == 0 { "slow-edit " } else { "fast " };
        let end = expected.len() as u32;
        client.edit(URI, version, 0, end, end, piece);
        expected.push_str(piece);
    }
    let end = expected.len() as u32;
    client.edit(URI, 9, 0, end, end, "@klotho::last");
    let at = json!({ "line": 0, "character": end + 12 });
    let hover =
        client.request("textDocument/hover", json!({ "textDocument": { "uri": URI }, "position": at }));
    assert!(
        hover["result"]["contents"]["value"].as_str().is_some_and(|text| text.contains("@klotho::last")),
        "{hover}"
    );
    let text = client.request("klotho/test/text", json!({ "path": "/project/a.ts" }));
    assert_eq!(text["result"], format!("{expected}@klotho::last\n"));
}

#[test]
fn a_cancelled_request_answers_at_once() {
    let mut client = client();
    let slow = client.ask("klotho/test/slow", json!({ "milliseconds": 3_000 }));
    let start = Instant::now();
    client.notify("$/cancelRequest", json!({ "id": slow }));
    assert_eq!(client.answer(slow)["error"]["code"], -32800);
    assert!(start.elapsed() < Duration::from_millis(200), "it took {:?}", start.elapsed());
}

#[test]
fn a_hover_does_not_wait_behind_heavy_requests() {
    let mut client = client();
    client.open(URI, "typescript", "// @klotho::persist\n");
    let heavy: Vec<_> =
        (0..16).map(|_| client.ask("klotho/test/slow", json!({ "milliseconds": 300 }))).collect();
    let at = json!({ "line": 0, "character": 8 });
    let hover = client.ask("textDocument/hover", json!({ "textDocument": { "uri": URI }, "position": at }));
    let all = heavy.clone();
    let first = client.wait(|message| message["id"] == hover || all.iter().any(|id| message["id"] == *id));
    assert_eq!(first["id"], hover, "the hover is answered first");
    for id in heavy {
        assert_eq!(client.answer(id)["result"], "done");
    }
}

#[test]
fn a_panic_is_an_error_and_the_next_request_works() {
    let mut client = client();
    for method in ["klotho/test/panic", "klotho/test/panicInPool"] {
        assert_eq!(client.request(method, json!({}))["error"]["code"], -32603);
        assert_eq!(client.request("klotho/test/slow", json!({ "milliseconds": 0 }))["result"], "done");
    }
    assert_eq!(client.request("shutdown", Value::Null)["result"], Value::Null);
}
