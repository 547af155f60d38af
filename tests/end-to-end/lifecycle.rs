//! How a session begins and ends.

use crate::client::{Client, at, server};
use serde_json::{Value, json};
use std::net::TcpListener;
use std::process::{Command, Stdio};

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
fn shutdown_is_answered_even_if_exit_comes_with_it() {
    let mut client = Client::greeted(greeting());
    // Some clients send empty parameters where the protocol knows none.
    let shutdown = client.ask("shutdown", json!({}));
    client.notify("exit", Value::Null);
    assert_eq!(client.answer(shutdown).get("result"), Some(&Value::Null));
    assert_eq!(client.exit_code(), Some(0));
}

#[test]
fn exit_without_shutdown_is_failure() {
    let mut client = Client::greeted(greeting());
    client.notify("exit", Value::Null);
    assert_eq!(client.exit_code(), Some(1));
}

#[test]
fn exit_before_initialize_is_failure() {
    let mut client = Client::start();
    client.notify("exit", Value::Null);
    assert_eq!(client.exit_code(), Some(1));
}

#[test]
fn the_end_of_input_ends_the_process() {
    let mut client = Client::greeted(greeting());
    client.close_input();
    assert_eq!(client.exit_code(), Some(1));
}

#[test]
fn the_end_of_input_without_a_word_is_said() {
    let output = server(&[]).stdin(Stdio::null()).stderr(Stdio::piped()).output().expect("it runs");
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("the input ended before `shutdown`"), "{said}");
}

#[test]
fn the_end_of_input_after_shutdown_is_success() {
    let mut client = Client::greeted(greeting());
    client.request("shutdown", Value::Null);
    client.close_input();
    assert_eq!(client.exit_code(), Some(0));
}

#[cfg(unix)]
#[test]
fn the_death_of_the_parent_ends_the_process() {
    let mut parent = Command::new("cat").stdin(Stdio::piped()).spawn().expect("cat runs");
    let mut client = Client::greeted(json!({ "capabilities": {}, "processId": parent.id() }));
    parent.kill().expect("cat can be killed");
    parent.wait().expect("cat ends");
    assert_eq!(client.exit_code(), Some(1));
}

/// A process that has ended stays in the table until its own parent asks for its code.
#[cfg(target_os = "linux")]
#[test]
fn a_dead_parent_that_nobody_buried_ends_the_process() {
    let mut parent = Command::new("cat").stdin(Stdio::piped()).spawn().expect("cat runs");
    let mut client = Client::greeted(json!({ "capabilities": {}, "processId": parent.id() }));
    parent.kill().expect("cat can be killed");
    assert_eq!(client.exit_code(), Some(1));
    parent.wait().expect("cat ends");
}

#[test]
fn requests_before_initialize_are_refused() {
    let mut client = Client::start();
    for method in ["textDocument/hover", "no/such/method", "shutdown"] {
        assert_eq!(client.request(method, at("file:///a.ts", 0, 0))["error"]["code"], -32002, "{method}");
    }
    client.greet(greeting());
    assert_eq!(client.request("initialize", greeting())["error"]["code"], -32600);
}

#[test]
fn requests_after_shutdown_are_refused() {
    let mut client = Client::greeted(greeting());
    client.request("shutdown", Value::Null);
    for method in ["textDocument/hover", "no/such/method", "shutdown", "initialize"] {
        assert_eq!(client.request(method, at("file:///a.ts", 0, 0))["error"]["code"], -32600, "{method}");
    }
}

#[test]
fn unknown_methods_are_answered_and_unknown_notifications_passed_over() {
    let mut client = Client::greeted(greeting());
    client.notify("no/such/method", json!({}));
    client.notify("$/no/such/method", json!({}));
    for method in ["no/such/method", "$/no/such/method"] {
        assert_eq!(client.request(method, json!({}))["error"]["code"], -32601, "{method}");
    }
    assert_eq!(client.request("textDocument/hover", json!({}))["error"]["code"], -32602);
}

#[test]
fn what_is_no_message_is_answered_and_the_session_goes_on() {
    let mut client = Client::greeted(greeting());
    let nested = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let bodies: [(&[u8], i32); 6] = [
        (b"{nonsense", -32700),
        (b"[]", -32600),
        (br#"{"jsonrpc":"2.0","id":7}"#, -32600),
        (nested.as_bytes(), -32600),
        (br#"{"jsonrpc":"2.0","method":"x","params":[1e999]}"#, -32700),
        (b"{\"jsonrpc\":\"2.0\",\"method\":\"x\",\"params\":[\"\xff\"]}", -32700),
    ];
    for (body, code) in bodies {
        let header = format!("noise\r\nContent-Length: {}\r\n\r\n", body.len());
        client.send_bytes(&[header.as_bytes(), body].concat());
        let answer = client.wait(|message| message["id"].is_null() && message.get("method").is_none());
        assert_eq!(answer["error"]["code"], code);
    }
    assert_eq!(client.hover("file:///a.ts", 0, 0)["result"], Value::Null);
}

#[test]
fn a_client_may_listen_at_a_port() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port().to_string();
    let process = server(&["--socket", &port]).spawn().expect("it starts");
    let (stream, _) = listener.accept().expect("the server connects");
    let mut client = Client::over(process, stream.try_clone().expect("a clone"), stream);
    client.greet(greeting());
    client.request("shutdown", Value::Null);
    client.notify("exit", Value::Null);
    assert_eq!(client.exit_code(), Some(0));
}
