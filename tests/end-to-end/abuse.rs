//! Clients that break the protocol, or the server, if they can: each message is answered as the protocol says or passed over,
//! the session goes on or ends, and afterwards the process rests.

use crate::client::{Client, LIMIT, at, server};
use serde_json::{Value, json};
use std::io::Write;
use std::path::Path;
use std::process::Stdio;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::Instant;

const INVALID: i64 = -32600;
const UNPARSED: i64 = -32700;
const INTERNAL: i64 = -32603;

/// More questions than a pipe holds: whoever wrote so many is being read.
const WAITING: usize = 1_000;

const URI: &str = "untitled:a.ts";
const TEXT: &str = "/* 🎵 @klotho::execution_unit {\n *   id = \"a\"\n * }\n */\nexport const x = 1;\n";

/// Everything that has parameters.
const METHODS: [&str; 31] = [
    "textDocument/hover",
    "textDocument/completion",
    "completionItem/resolve",
    "textDocument/codeAction",
    "codeAction/resolve",
    "textDocument/definition",
    "textDocument/declaration",
    "textDocument/implementation",
    "textDocument/references",
    "textDocument/documentHighlight",
    "textDocument/documentSymbol",
    "workspace/symbol",
    "textDocument/rename",
    "textDocument/prepareRename",
    "textDocument/prepareCallHierarchy",
    "callHierarchy/incomingCalls",
    "callHierarchy/outgoingCalls",
    "textDocument/inlayHint",
    "inlayHint/resolve",
    "textDocument/codeLens",
    "codeLens/resolve",
    "textDocument/semanticTokens/full",
    "textDocument/semanticTokens/range",
    "textDocument/foldingRange",
    "textDocument/selectionRange",
    "textDocument/documentLink",
    "textDocument/formatting",
    "textDocument/onTypeFormatting",
    "workspace/executeCommand",
    "workspace/willRenameFiles",
    "klotho/cost",
];

const NOTIFICATIONS: [&str; 12] = [
    "initialized",
    "textDocument/didOpen",
    "textDocument/didChange",
    "textDocument/didClose",
    "textDocument/didSave",
    "workspace/didChangeConfiguration",
    "workspace/didChangeWatchedFiles",
    "workspace/didChangeWorkspaceFolders",
    "workspace/didCreateFiles",
    "workspace/didRenameFiles",
    "workspace/didDeleteFiles",
    "$/cancelRequest",
];

fn greeted() -> Client {
    let mut client = Client::greeted(json!({ "capabilities": {} }));
    client.open(URI, "typescript", TEXT);
    client.breaks_the_protocol();
    client
}

/// The document is what it was, the server answers, and then it rests.
fn assert_sound(client: &mut Client) {
    let answer = client.hover(URI, 0, 12);
    assert!(answer["result"]["contents"].is_object(), "{answer}");
    assert_rests(client.process.id());
}

/// Waits until no thread of a process has anything to do. One that goes round in circles never comes to that.
fn assert_rests(process: u32) {
    if cfg!(target_os = "linux") {
        rest(process, None);
    }
}

/// Waits until all threads of a process, and another one that is meant to wait for it, sleep for several looks.
fn rest(process: u32, other: Option<&Path>) {
    let state = |thread: &Path| {
        // `PID (name) STATE ...`
        let stat = std::fs::read_to_string(thread.join("stat")).unwrap_or_default();
        stat.rsplit(')').next().and_then(|rest| rest.trim_start().chars().next())
    };
    let rests = || {
        let threads = std::fs::read_dir(format!("/proc/{process}/task")).expect("it runs").flatten();
        let threads = threads.map(|thread| thread.path()).chain(other.map(Path::to_path_buf));
        threads.map(|thread| state(&thread)).all(|state| state == Some('S'))
    };
    let mut looks = 0;
    wait_until("it never rests", || {
        looks = if rests() { looks + 1 } else { 0 };
        looks == 20
    });
}

/// Waits for a condition that nobody tells of. What never comes fails.
fn wait_until(failure: &str, mut is_true: impl FnMut() -> bool) {
    let start = Instant::now();
    while !is_true() {
        assert!(start.elapsed() < LIMIT, "{failure}");
        thread::yield_now();
    }
}

fn frame(body: &str) -> Vec<u8> {
    format!("Content-Length: {}\r\n\r\n{body}", body.len()).into_bytes()
}

fn is_fault(message: &Value) -> bool {
    message["id"].is_null() && message.get("error").is_some()
}

#[test]
fn what_is_no_message_gets_the_error_that_it_deserves() {
    let mut client = greeted();
    let noop = r#"{"jsonrpc":"2.0","method":"$/noop"}"#;
    let batch = format!("[{noop},{noop}]");
    let number = r#"{"jsonrpc":"2.0","id":1,"method":"x","params":7}"#;
    let table: [(&str, Vec<u8>, Option<i64>); 9] = [
        ("a batch", frame(&batch), Some(INVALID)),
        (
            "a length that is too short",
            [b"Content-Length: 9\r\n\r\n", noop.as_bytes()].concat(),
            Some(UNPARSED),
        ),
        (
            "a length that is none",
            [b"Content-Length: x\r\nContent-Length: -5\r\n", &*frame(noop)].concat(),
            None,
        ),
        ("two lengths", [b"Content-Length: 5\r\n", &*frame(noop)].concat(), None),
        ("a header of a megabyte", [&[b'x'; 1 << 20], &b"\r\n"[..], &*frame(noop)].concat(), None),
        ("100,000 headers", [b"X: y\r\n".repeat(100_000), frame(noop)].concat(), None),
        ("no text", frame("\u{0}\u{1}\u{2}"), Some(UNPARSED)),
        ("an empty message", frame(""), Some(UNPARSED)),
        ("parameters that are a number", frame(number), None),
    ];
    for (what, bytes, code) in table {
        client.send_bytes(&bytes);
        let Some(code) = code else { continue };
        assert_eq!(client.wait(is_fault)["error"]["code"], code, "{what}");
    }
    let refused = client.wait(|message| message.get("method").is_none());
    assert!(refused.get("error").is_some(), "{refused}");
    assert_sound(&mut client);
}

#[test]
fn a_message_that_is_too_long_is_told_the_limit() {
    let mut client = greeted();
    client.send_bytes(format!("Content-Length: {}\r\n\r\n", 65 << 20).as_bytes());
    let answer = client.wait(is_fault);
    assert!(
        answer["error"]["message"].as_str().is_some_and(|said| said.contains("up to 64 MiB")),
        "{answer}"
    );
    for _ in 0..65 {
        client.send_bytes(&[b' '; 1 << 20]);
    }
    assert_sound(&mut client);
}

#[cfg(feature = "test-hooks")]
#[test]
fn bytes_may_arrive_one_by_one() {
    let mut client = greeted();
    let text = TEXT.replace("\"a\"", "\"é🎵\"");
    let params =
        json!({ "textDocument": { "uri": URI, "version": 0 }, "contentChanges": [{ "text": text }] });
    let body = json!({ "jsonrpc": "2.0", "method": "textDocument/didChange", "params": params }).to_string();
    for byte in frame(&body) {
        client.send_bytes(&[byte]);
    }
    assert_eq!(client.request("klotho/test/text", json!({ "path": URI }))["result"], text);
}

#[test]
fn wrong_parameters_are_refused_or_come_to_nothing() {
    let mut client = greeted();
    let wrong = [
        json!({}),
        json!([]),
        json!([[[]]]),
        json!({ "textDocument": 5 }),
        json!({ "textDocument": { "uri": "%%%" }, "position": { "line": -1, "character": 1.5 } }),
        json!({ "textDocument": { "uri": "a\u{0}b" }, "position": null, "range": [], "command": null, "uri": null }),
        json!({ "textDocument": { "uri": "untitled:b.ts", "version": "x" }, "contentChanges": [{ "range": 1 }], "id": {} }),
        json!({ "settings": [[1]], "files": [null], "event": 7, "changes": [{ "uri": 1, "type": 99 }] }),
        json!({ "data": { "x": [null, 9] }, "label": 3, "title": {}, "item": null, "position": { "line": 0 } }),
    ];
    for params in &wrong {
        for method in METHODS {
            let answer = client.request(method, params.clone());
            assert_ne!(answer["error"]["code"], INTERNAL, "{method} {params}: {answer}");
        }
        for method in NOTIFICATIONS {
            client.notify(method, params.clone());
        }
    }
    assert_sound(&mut client);
    // Settings of which none are.
    client.forget("window/showMessage");
}

#[test]
fn an_id_that_is_used_twice_is_answered_twice_and_any_cancel_is_taken() {
    let mut client = greeted();
    for _ in 0..2 {
        client.send(json!({ "id": "twice", "method": "textDocument/hover", "params": at(URI, 0, 12) }));
    }
    for _ in 0..2 {
        let answer = client.wait(|message| message["id"] == "twice");
        assert!(answer.get("result").is_some() || answer["error"]["code"] == INVALID, "{answer}");
    }
    for id in
        [json!("twice"), json!(1), json!(99), json!(-1), json!(1.5), json!(null), json!({}), json!("\0")]
    {
        client.notify("$/cancelRequest", json!({ "id": id }));
    }
    client.send(json!({ "id": 12345, "result": "nobody asked" }));
    client.send(json!({ "id": 12346, "error": { "code": 1, "message": "nobody asked" } }));
    assert_sound(&mut client);
}

#[cfg(feature = "test-hooks")]
#[test]
fn edits_beyond_the_text_and_backwards_are_made_as_near_as_can_be() {
    let mut client = greeted();
    let far = i32::MAX;
    let position = |line: i32, character: i32| json!({ "line": line, "character": character });
    let edits = [
        (position(far, far), position(far, far), "// 1\n"),
        (position(4, far), position(far, 0), "\n"),
        (position(4, 5), position(4, 0), ""),
        (position(far, 0), position(0, 0), "// 2\n"),
    ];
    let edit = |(start, end, text): &(Value, Value, &str)| json!({ "range": { "start": start, "end": end }, "text": text });
    client.change(URI, 1, &edits.iter().map(edit).collect());
    let text = client.request("klotho/test/text", json!({ "path": URI }));
    assert_eq!(text["result"], format!("{TEXT}// 2\n"));
    assert_sound(&mut client);
}

#[test]
fn ten_thousand_questions_at_once_are_answered_once_each() {
    let mut client = greeted();
    let asked: Vec<_> = (0..10_000).map(|_| client.ask("textDocument/hover", at(URI, 0, 12))).collect();
    for id in asked {
        assert!(client.answer(id)["result"]["contents"].is_object());
    }
    assert_sound(&mut client);
}

/// Greets, opens, and asks on and on, without ever reading, until the pipe breaks. Counts what it asked.
fn pester(input: &mut impl Write, asked: &AtomicUsize) -> std::io::Result<()> {
    let mut say = |message: Value| input.write_all(&frame(&message.to_string()));
    let greeting = json!({ "processId": null, "rootUri": null, "capabilities": {} });
    say(json!({ "jsonrpc": "2.0", "id": 0, "method": "initialize", "params": greeting }))?;
    say(json!({ "jsonrpc": "2.0", "method": "initialized", "params": {} }))?;
    let document = json!({ "uri": URI, "languageId": "typescript", "version": 0, "text": TEXT });
    say(
        json!({ "jsonrpc": "2.0", "method": "textDocument/didOpen", "params": { "textDocument": document } }),
    )?;
    for id in 1..400_000 {
        say(json!({ "jsonrpc": "2.0", "id": id, "method": "textDocument/hover", "params": at(URI, 0, 12) }))?;
        asked.store(id, Ordering::Release);
    }
    Ok(())
}

#[cfg(target_os = "linux")]
#[test]
fn a_client_that_reads_nothing_is_read_no_further() {
    let mut process = server(&[]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("it starts");
    let (mut input, output) = (process.stdin.take().expect("a pipe"), process.stdout.take().expect("a pipe"));
    let (asked, (tell, told)) = (Arc::new(AtomicUsize::new(0)), mpsc::channel());
    let writer = thread::spawn({
        let asked = Arc::clone(&asked);
        move || {
            let itself = std::fs::canonicalize("/proc/thread-self").expect("a thread");
            tell.send(itself).expect("the test waits for it");
            pester(&mut input, &asked)
        }
    });
    let writer_itself = told.recv().expect("the writer runs");
    wait_until("it is not read at all", || asked.load(Ordering::Acquire) > WAITING);
    // From here on nothing moves any more: the writer waits for the server, and that for its output.
    rest(process.id(), Some(&writer_itself));
    let status = std::fs::read_to_string(format!("/proc/{}/status", process.id())).expect("it runs");
    let most = status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB"));
    let most: u64 = most.and_then(|most| most.parse().ok()).expect("a number");
    assert!(most < 300 << 10, "{most} kB");
    assert!(!writer.is_finished(), "the client was read to its end");
    drop(output);
    assert!(writer.join().expect("it ends").is_err());
    assert_eq!(process.wait().expect("it ends").code(), Some(1));
}

#[test]
fn a_client_that_dies_in_the_middle_takes_the_server_with_it() {
    let mut client = greeted();
    for _ in 0..1_000 {
        client.ask("textDocument/hover", at(URI, 0, 12));
    }
    client.send_bytes(b"Content-Length: 100\r\n\r\n{\"jsonrpc\":");
    client.close_input();
    assert_eq!(client.exit_code(), Some(1));
    while client.next().is_some() {}
}
