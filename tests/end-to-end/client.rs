//! A client over real pipes: sends messages, waits for the ones it names, keeps all others for later, and watches that
//! nothing is published that should not be.

use crate::transcript::Transcript;
use serde_json::{Value, json};
use std::collections::{HashMap, VecDeque};
use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

/// Longer than anything takes: a test that waits so long has failed.
pub(crate) const LIMIT: Duration = Duration::from_secs(30);

const PUBLISH: &str = "textDocument/publishDiagnostics";

pub(crate) struct Client {
    pub(crate) process: Child,
    input: Option<Box<dyn Write + Send>>,
    messages: Receiver<Value>,
    unread: VecDeque<Value>,
    last_id: i64,
    documents: HashMap<String, Document>,
    transcript: Transcript,
}

/// A document as far as the client knows it.
#[derive(Default)]
struct Document {
    /// What it was told last; nothing once it is closed.
    version: Option<i64>,
    /// Of the last publication.
    published: i64,
}

impl Client {
    /// Starts the server without a word.
    pub(crate) fn start() -> Self {
        let mut process =
            server(&[]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("it starts");
        let input: ChildStdin = process.stdin.take().expect("a pipe");
        let output = process.stdout.take().expect("a pipe");
        Self::over(process, input, output)
    }

    /// A client of `process` that writes to `input` and reads from `output`.
    pub(crate) fn over(
        process: Child,
        input: impl Write + Send + 'static,
        output: impl Read + Send + 'static,
    ) -> Self {
        let (sender, messages) = channel();
        let transcript = Transcript::start();
        let heard = transcript.clone();
        thread::spawn(move || {
            let mut output = BufReader::new(output);
            while let Some(message) = read(&mut output) {
                heard.write("server", Some(&message));
                if sender.send(message).is_err() {
                    return;
                }
            }
        });
        let (unread, documents) = (VecDeque::new(), HashMap::new());
        let input: Option<Box<dyn Write + Send>> = Some(Box::new(input));
        Self { process, input, messages, unread, last_id: 0, documents, transcript }
    }

    /// Starts the server and greets it.
    pub(crate) fn greeted(params: Value) -> Self {
        let mut client = Self::start();
        client.greet(params);
        client
    }

    /// Greets the server. Returns what it can do.
    pub(crate) fn greet(&mut self, mut params: Value) -> Value {
        // The two that no client may leave out.
        for name in ["processId", "rootUri"] {
            params[name] = params[name].take();
        }
        let reply = self.request("initialize", params);
        assert!(reply["result"]["capabilities"].is_object(), "{reply}");
        self.notify("initialized", json!({}));
        reply["result"]["capabilities"].clone()
    }

    pub(crate) fn send(&mut self, mut message: Value) {
        message["jsonrpc"] = "2.0".into();
        // Before it is sent: the answer is written down by another thread.
        self.transcript.write("client", Some(&message));
        let text = message.to_string();
        self.put(format!("Content-Length: {}\r\n\r\n{text}", text.len()).as_bytes());
    }

    /// From here on it breaks the protocol.
    pub(crate) fn breaks_the_protocol(&self) {
        self.transcript.end();
    }

    /// Sends what may be no message at all.
    pub(crate) fn send_bytes(&mut self, bytes: &[u8]) {
        self.transcript.write("client", None);
        self.put(bytes);
    }

    fn put(&mut self, bytes: &[u8]) {
        let input = self.input.as_mut().expect("the input is open");
        input.write_all(bytes).and_then(|()| input.flush()).expect("the server reads");
    }

    pub(crate) fn notify(&mut self, method: &str, params: Value) {
        let mut message = json!({ "method": method });
        if !params.is_null() {
            message["params"] = params;
        }
        self.send(message);
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

    /// Answers a request of the server with nothing. Returns its parameters.
    pub(crate) fn serve(&mut self, method: &str) -> Value {
        self.serve_with(method, &Value::Null)
    }

    /// Answers a request of the server. Returns its parameters.
    pub(crate) fn serve_with(&mut self, method: &str, result: &Value) -> Value {
        let request = self.wait(|message| message["method"] == method && message.get("id").is_some());
        self.send(json!({ "id": request["id"], "result": result }));
        request["params"].clone()
    }

    /// Answers a request of the server with an error.
    pub(crate) fn refuse(&mut self, method: &str) {
        let request = self.wait(|message| message["method"] == method && message.get("id").is_some());
        let error = json!({ "code": -32601, "message": "not here" });
        self.send(json!({ "id": request["id"], "error": error }));
    }

    /// How many messages of this method lie unread.
    pub(crate) fn unread(&self, method: &str) -> usize {
        self.unread.iter().filter(|message| message["method"] == method).count()
    }

    /// The next message that fits; the others stay for whoever waits for them.
    pub(crate) fn wait(&mut self, fits: impl Fn(&Value) -> bool) -> Value {
        if let Some(found) = self.unread.iter().position(&fits) {
            return self.unread.remove(found).expect("it was just found");
        }
        loop {
            let message = self.messages.recv_timeout(LIMIT).expect("the server answers");
            self.watch(&message);
            if fits(&message) {
                return message;
            }
            self.unread.push_back(message);
        }
    }

    /// Publications come in the order of versions, never for one that the document has not had, and after it was closed
    /// only to take back what was shown.
    fn watch(&mut self, message: &Value) {
        if message["method"] != PUBLISH {
            return;
        }
        let params = &message["params"];
        let document = self.documents.get_mut(params["uri"].as_str().expect("a URI")).expect("it was opened");
        match (document.version, params["version"].as_i64()) {
            (Some(known), Some(version)) => {
                assert!((document.published..=known).contains(&version), "stale or unheard of: {message}");
                document.published = version;
            }
            (None, None) => assert_eq!(params["diagnostics"], json!([]), "{message}"),
            // It was under way when the document was closed, or is taken back after it was opened anew.
            _ => {}
        }
    }

    /// The findings that are published for a document at a version.
    pub(crate) fn diagnostics(&mut self, uri: &str, version: i64) -> Vec<Value> {
        let message = self.wait(|message| {
            let params = &message["params"];
            message["method"] == PUBLISH && params["uri"] == uri && params["version"] == version
        });
        shown(&message)
    }

    /// A publication for a document that has arrived already.
    pub(crate) fn later_diagnostics(&mut self, uri: &str) -> Option<Vec<Value>> {
        // Whatever was published before this answer has arrived with it.
        self.hover(uri, 0, 0);
        let is_one = |message: &Value| message["method"] == PUBLISH && message["params"]["uri"] == uri;
        let found = self.unread.iter().position(is_one)?;
        self.unread.remove(found).map(|message| shown(&message))
    }

    /// Messages of this method that lie unread were of no interest.
    pub(crate) fn forget(&mut self, method: &str) {
        self.unread.retain(|message| message["method"] != method);
    }

    /// How many publications lie unread.
    pub(crate) fn unread_publications(&self) -> usize {
        self.unread(PUBLISH)
    }

    /// Says that a document will be spoken of under this name.
    pub(crate) fn expect(&mut self, uri: &str) {
        self.documents.entry(uri.to_owned()).or_default().version = Some(0);
    }

    pub(crate) fn open(&mut self, uri: &str, language: &str, text: &str) {
        self.expect(uri);
        let document = json!({ "uri": uri, "languageId": language, "version": 0, "text": text });
        self.notify("textDocument/didOpen", json!({ "textDocument": document }));
    }

    /// Replaces the characters `start..end` of one line.
    pub(crate) fn edit(&mut self, uri: &str, version: i64, line: u32, start: u32, end: u32, text: &str) {
        let range = json!({
            "start": { "line": line, "character": start },
            "end": { "line": line, "character": end },
        });
        self.change(uri, version, &json!([{ "range": range, "text": text }]));
    }

    pub(crate) fn change(&mut self, uri: &str, version: i64, changes: &Value) {
        self.documents.get_mut(uri).expect("it is open").version = Some(version);
        let document = json!({ "uri": uri, "version": version });
        self.notify("textDocument/didChange", json!({ "textDocument": document, "contentChanges": changes }));
    }

    pub(crate) fn close(&mut self, uri: &str) {
        let document = self.documents.get_mut(uri).expect("it is open");
        (document.version, document.published) = (None, 0);
        self.notify("textDocument/didClose", json!({ "textDocument": { "uri": uri } }));
    }

    pub(crate) fn hover(&mut self, uri: &str, line: u32, character: u32) -> Value {
        self.request("textDocument/hover", at(uri, line, character))
    }

    /// Says goodbye. What the server still asks stays unanswered.
    pub(crate) fn leave(mut self) {
        self.request("shutdown", Value::Null);
        self.notify("exit", Value::Null);
        assert_eq!(self.exit_code(), Some(0));
        while let Ok(message) = self.messages.recv_timeout(LIMIT) {
            self.watch(&message);
        }
        self.unread.clear();
    }

    /// Whatever comes next; nothing once the server has ended and all is heard.
    pub(crate) fn next(&mut self) -> Option<Value> {
        self.unread.pop_front().or_else(|| self.messages.recv().ok())
    }

    pub(crate) fn close_input(&mut self) {
        self.input = None;
    }

    pub(crate) fn exit_code(&mut self) -> Option<i32> {
        self.process.wait().expect("the process ends").code()
    }
}

/// The parameters of a request about one position.
/// The findings of a publication, but for what the project lacks as a whole.
fn shown(message: &Value) -> Vec<Value> {
    let mut found = message["params"]["diagnostics"].as_array().cloned().unwrap_or_default();
    found.retain(|found| found["code"] != "project-file-missing");
    found
}

pub(crate) fn at(uri: &str, line: u32, character: u32) -> Value {
    json!({ "textDocument": { "uri": uri }, "position": { "line": line, "character": character } })
}

/// The program, ready to be started.
pub(crate) fn server(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_klotho-ls"));
    command.args(arguments).stderr(Stdio::inherit());
    command
}

impl Drop for Client {
    /// Every test ends the server by ending its input, and has read all that was said to it.
    fn drop(&mut self) {
        if thread::panicking() {
            let _ = self.process.kill();
            let _ = self.process.wait();
            return;
        }
        self.close_input();
        let _ = self.process.wait();
        while let Ok(message) = self.messages.recv_timeout(LIMIT) {
            self.watch(&message);
            self.unread.push_back(message);
        }
        // Findings may always come once more: the world moves on while a test looks at one part of it.
        self.unread.retain(|message| message["method"] != PUBLISH);
        assert_eq!(self.unread, [] as [Value; 0], "nobody waited for these");
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
