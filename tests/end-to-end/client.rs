//! A client over real pipes: sends messages, waits for the ones it names, keeps all others for later.

use serde_json::{Value, json};
use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

/// Longer than anything takes: a test that waits so long has failed.
const LIMIT: Duration = Duration::from_secs(30);

pub(crate) struct Client {
    pub(crate) process: Child,
    input: Option<ChildStdin>,
    messages: Receiver<Value>,
    unread: VecDeque<Value>,
    last_id: i64,
}

impl Client {
    /// Starts the server without a word.
    pub(crate) fn start() -> Self {
        let mut process = Command::new(env!("CARGO_BIN_EXE_klotho-ls"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()
            .expect("the server starts");
        let input = process.stdin.take();
        let output = process.stdout.take().expect("a pipe");
        let (sender, messages) = channel();
        thread::spawn(move || {
            let mut output = BufReader::new(output);
            while let Some(message) = read(&mut output) {
                if sender.send(message).is_err() {
                    return;
                }
            }
        });
        Self { process, input, messages, unread: VecDeque::new(), last_id: 0 }
    }

    /// Starts the server and greets it.
    pub(crate) fn greeted(params: Value) -> Self {
        let mut client = Self::start();
        let reply = client.request("initialize", params);
        assert!(reply["result"]["capabilities"].is_object(), "{reply}");
        client.notify("initialized", json!({}));
        client
    }

    pub(crate) fn send(&mut self, mut message: Value) {
        message["jsonrpc"] = "2.0".into();
        let text = message.to_string();
        let input = self.input.as_mut().expect("the input is open");
        write!(input, "Content-Length: {}\r\n\r\n{text}", text.len()).expect("the server reads");
        input.flush().expect("the server reads");
    }

    pub(crate) fn notify(&mut self, method: &str, params: Value) {
        self.send(json!({ "method": method, "params": params }));
    }

    /// Asks without waiting; returns the id.
    pub(crate) fn ask(&mut self, method: &str, params: Value) -> i64 {
        self.last_id += 1;
        let mut message = json!({ "id": self.last_id, "method": method });
        if !params.is_null() {
            message["params"] = params;
        }
        self.send(message);
        self.last_id
    }

    pub(crate) fn request(&mut self, method: &str, params: Value) -> Value {
        let id = self.ask(method, params);
        self.answer(id)
    }

    pub(crate) fn answer(&mut self, id: i64) -> Value {
        self.wait(|message| message["id"] == id && message.get("method").is_none())
    }

    /// The next message that fits; the others stay for whoever waits for them.
    pub(crate) fn wait(&mut self, fits: impl Fn(&Value) -> bool) -> Value {
        if let Some(found) = self.unread.iter().position(&fits) {
            return self.unread.remove(found).expect("it was just found");
        }
        loop {
            let message = self.messages.recv_timeout(LIMIT).expect("the server answers");
            if fits(&message) {
                return message;
            }
            self.unread.push_back(message);
        }
    }

    pub(crate) fn open(&mut self, uri: &str, language: &str, text: &str) {
        let document = json!({ "uri": uri, "languageId": language, "version": 0, "text": text });
        self.notify("textDocument/didOpen", json!({ "textDocument": document }));
    }

    /// Replaces the characters `start..end` of one line.
    pub(crate) fn edit(&mut self, uri: &str, version: i64, line: u32, start: u32, end: u32, text: &str) {
        let range = json!({ "start": { "line": line, "character": start }, "end": { "line": line, "character": end } });
        self.notify(
            "textDocument/didChange",
            json!({ "textDocument": { "uri": uri, "version": version }, "contentChanges": [{ "range": range, "text": text }] }),
        );
    }

    pub(crate) fn close_input(&mut self) {
        self.input = None;
    }

    pub(crate) fn exit_code(&mut self) -> Option<i32> {
        self.process.wait().expect("the process ends").code()
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        // A test that failed midway leaves no server behind.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn read(output: &mut impl BufRead) -> Option<Value> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if output.read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.trim_end().split_once(": ") {
            Some(("Content-Length", value)) => length = value.parse().ok()?,
            Some(_) => {}
            None => break,
        }
    }
    let mut body = vec![0; length];
    output.read_exact(&mut body).ok()?;
    serde_json::from_slice(&body).ok()
}
