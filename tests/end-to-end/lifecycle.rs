//! How a session begins and ends.

use crate::client::Client;
use serde_json::{Value, json};
use std::process::Command;

fn greeting() -> Value {
    json!({ "capabilities": {} })
}

#[test]
fn exit_after_shutdown_is_success() {
    let mut client = Client::greeted(greeting());
    assert_eq!(client.request("shutdown", Value::Null)["result"], Value::Null);
    client.notify("exit", Value::Null);
    assert_eq!(client.exit_code(), Some(0));
}

#[test]
fn exit_without_shutdown_is_failure() {
    let mut client = Client::greeted(greeting());
    client.notify("exit", Value::Null);
    assert_eq!(client.exit_code(), Some(1));
}

#[test]
fn the_end_of_input_ends_the_process() {
    let mut client = Client::greeted(greeting());
    client.close_input();
    assert_eq!(client.exit_code(), Some(1));
}

#[cfg(unix)]
#[test]
fn the_death_of_the_parent_ends_the_process() {
    let mut parent = Command::new("cat").stdin(std::process::Stdio::piped()).spawn().expect("cat runs");
    let mut client = Client::greeted(json!({ "capabilities": {}, "processId": parent.id() }));
    parent.kill().expect("cat can be killed");
    parent.wait().expect("cat ends");
    assert_eq!(client.exit_code(), Some(1));
}

#[test]
fn requests_outside_a_session_are_refused() {
    let mut client = Client::start();
    assert_eq!(client.request("textDocument/hover", hover())["error"]["code"], -32002);
    client.request("initialize", greeting());
    client.notify("initialized", json!({}));
    assert_eq!(client.request("no/such/method", json!({}))["error"]["code"], -32601);
    client.request("shutdown", Value::Null);
    assert_eq!(client.request("textDocument/hover", hover())["error"]["code"], -32600);
}

fn hover() -> Value {
    json!({ "textDocument": { "uri": "file:///a.ts" }, "position": { "line": 0, "character": 0 } })
}
