//! What tower-lsp does not give by itself: order, cancellation, small before large, panics as errors.

use crate::client::{Client, at};
use serde_json::{Value, json};
use std::time::{Duration, Instant};

const URI: &str = "file:///project/a.ts";
const PATH: &str = "/project/a.ts";

fn client() -> Client {
    Client::greeted(json!({ "capabilities": {} }))
}

fn text(client: &mut Client) -> Value {
    client.request("klotho/test/text", json!({ "path": PATH }))["result"].clone()
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
    let hover = client.hover(URI, 0, end + 12);
    let shown = hover["result"]["contents"]["value"].as_str();
    assert!(shown.is_some_and(|shown| shown.contains("@klotho::last")), "{hover}");
    assert_eq!(text(&mut client), format!("{expected}@klotho::last\n"));
}

#[test]
fn a_question_sees_the_world_at_its_own_place_in_the_order() {
    let mut client = client();
    let ask = |client: &mut Client| client.ask("klotho/test/text", json!({ "path": PATH }));
    let before = ask(&mut client);
    client.open(URI, "typescript", "0");
    let mut asked = vec![ask(&mut client)];
    for version in 1..=5 {
        let text = if version % 2 == 0 { format!("slow-edit {version}") } else { version.to_string() };
        client.change(URI, version, &json!([{ "text": text }]));
        asked.push(ask(&mut client));
    }
    client.close(URI);
    let after = ask(&mut client);
    assert_eq!(client.answer(before)["result"], Value::Null);
    for (id, expected) in asked.into_iter().zip(["0", "1", "slow-edit 2", "3", "slow-edit 4", "5"]) {
        assert_eq!(client.answer(id)["result"], expected);
    }
    assert_eq!(client.answer(after)["result"], Value::Null);
}

#[test]
fn a_cancelled_request_answers_at_once_while_it_is_worked_on() {
    let mut client = client();
    // Nobody releases it: an answer cannot come from the work itself.
    let held = client.ask("klotho/test/hold", json!({}));
    let start = Instant::now();
    client.notify("$/cancelRequest", json!({ "id": held }));
    assert_eq!(client.answer(held)["error"]["code"], -32800);
    assert!(start.elapsed() < Duration::from_millis(200), "it took {:?}", start.elapsed());
}

#[test]
fn a_cancelled_request_answers_at_once_while_it_waits_for_its_turn() {
    let mut client = client();
    let held: Vec<_> = (0..64).map(|_| client.ask("klotho/test/hold", json!({}))).collect();
    let last = held[63];
    let start = Instant::now();
    client.notify("$/cancelRequest", json!({ "id": last }));
    assert_eq!(client.answer(last)["error"]["code"], -32800);
    assert!(start.elapsed() < Duration::from_millis(200), "it took {:?}", start.elapsed());
    client.notify("klotho/test/release", json!({}));
    for id in &held[..63] {
        assert_eq!(client.answer(*id)["result"], "done");
    }
}

#[test]
fn a_hover_does_not_wait_behind_heavy_requests() {
    let mut client = client();
    client.open(URI, "typescript", "// @klotho::persist\n");
    let heavy: Vec<_> = (0..200).map(|_| client.ask("klotho/test/hold", json!({}))).collect();
    assert!(client.hover(URI, 0, 8)["result"]["contents"].is_object());
    client.edit(URI, 1, 0, 0, 0, " ");
    client.diagnostics(URI, 1);
    client.notify("klotho/test/release", json!({}));
    for id in heavy {
        assert_eq!(client.answer(id)["result"], "done");
    }
}

#[test]
fn a_panic_is_an_error_and_the_next_request_works() {
    let mut client = client();
    client.open(URI, "typescript", "x");
    for method in ["klotho/test/panic", "klotho/test/panicInPool"] {
        // More often than there are threads: none of them may be lost.
        for _ in 0..5 {
            assert_eq!(client.request(method, json!({}))["error"]["code"], -32603);
        }
        assert_eq!(text(&mut client), "x");
    }
    assert_eq!(client.request("shutdown", Value::Null)["result"], Value::Null);
}

#[test]
fn an_edit_that_fails_is_lost_and_nothing_else() {
    let mut client = client();
    client.open(URI, "typescript", "x");
    client.edit(URI, 1, 0, 1, 1, "panicking-edit");
    client.change(URI, 2, &json!([{ "text": "whole" }]));
    assert_eq!(text(&mut client), "whole");
    assert_eq!(client.request("textDocument/hover", at(URI, 0, 0))["result"], Value::Null);
}

#[test]
fn work_that_nobody_ends_does_not_keep_the_process() {
    let mut client = client();
    client.ask("klotho/test/hold", json!({}));
    client.close_input();
    assert_eq!(client.exit_code(), Some(1));
}
