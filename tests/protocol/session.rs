//! One recorded session: every message in it, matched to the method that it belongs to.

use crate::model::Model;
use crate::own::Own;
use crate::{offers, shows};
use serde_json::{Value, json};
use std::collections::HashMap;

/// What a message may hold beside its parameters or its result.
const ENVELOPE: [&str; 6] = ["jsonrpc", "id", "method", "params", "result", "error"];

/// Methods that only tests use: to misbehave on demand, or because nobody knows them.
const TESTS: [&str; 3] = ["klotho/test/", "no/such/", "$/no/such/"];

/// Walks through a session and gathers what is wrong.
pub(crate) struct Session<'a> {
    model: &'a Model,
    own: &'a Own,
    client: Value,
    server: Value,
    /// Requests without an answer, by who asked and the id.
    open: HashMap<(bool, String), (String, Value)>,
    /// Whether the client said something that is no message: what that is answered with belongs to nothing.
    is_broken: bool,
    pub(crate) faults: Vec<String>,
    pub(crate) messages: usize,
}

impl<'a> Session<'a> {
    pub(crate) fn new(model: &'a Model, own: &'a Own) -> Self {
        let (client, server) = (json!({}), json!({}));
        let (open, faults) = (HashMap::new(), Vec::new());
        Self { model, own, client, server, open, is_broken: false, faults, messages: 0 }
    }

    /// The next message, as a line of a transcript.
    pub(crate) fn take(&mut self, line: &str) {
        let Ok(line) = serde_json::from_str::<Value>(line) else {
            self.faults.push("a line of the transcript cannot be read".to_owned());
            return;
        };
        let from_client = line["from"] == "client";
        let Some(message) = line.get("message") else {
            self.is_broken = true;
            return;
        };
        self.messages += 1;
        let before = self.faults.len();
        self.envelope(message);
        match message["method"].as_str() {
            Some(method) => self.said(from_client, method, message),
            None => self.answered(from_client, message),
        }
        let who = if from_client { "client" } else { "server" };
        for fault in &mut self.faults[before..] {
            *fault = format!("{who}: {fault}");
        }
    }

    fn envelope(&mut self, message: &Value) {
        let keys = message.as_object().into_iter().flatten().map(|(key, _)| key.as_str());
        let unknown: Vec<_> = keys.filter(|key| !ENVELOPE.contains(key)).collect();
        if message["jsonrpc"] != "2.0" || !unknown.is_empty() {
            self.faults.push(format!("no message of JSON-RPC 2.0 holds {unknown:?}: {message}"));
        }
    }

    /// A request or a notification.
    fn said(&mut self, from_client: bool, method: &str, message: &Value) {
        let params = message.get("params").cloned().unwrap_or_default();
        let faults = self.params_faults(from_client, method, &params);
        if method == "initialize" {
            self.client = params["capabilities"].clone();
            // The one capability of ours may be named in either of two places.
            if params.pointer("/initializationOptions/klotho/graphChanged") == Some(&true.into()) {
                self.client["experimental"]["klotho"]["graphChanged"] = true.into();
            }
        }
        let Some(id) = message.get("id") else {
            self.faults.extend(faults);
            return;
        };
        // A wrong request is no fault of a test when it is there to be refused, which its answer tells.
        let held = if from_client { json!(faults) } else { json!([]) };
        if !from_client {
            self.faults.extend(faults);
        }
        let request = (method.to_owned(), held);
        if self.open.insert((from_client, id.to_string()), request).is_some() {
            self.faults.push(format!("{method}: the id {id} is in use"));
        }
    }

    fn params_faults(&self, from_client: bool, method: &str, params: &Value) -> Vec<String> {
        let mut faults = Vec::new();
        if TESTS.iter().any(|start| method.starts_with(start)) {
            return faults;
        }
        let wrong_way = if from_client { "serverToClient" } else { "clientToServer" };
        match self.model.message(method) {
            Some(known) => {
                let kind = known.get("params");
                faults.extend(kind.map(|kind| self.model.faults(params, kind)).into_iter().flatten());
                // Servers pass over what they need not read.
                if kind.is_none() && !params.is_null() && !from_client {
                    faults.push("has no parameters".to_owned());
                }
                if known["messageDirection"] == wrong_way {
                    faults.push("goes the other way".to_owned());
                }
            }
            None => faults.extend(self.own.params_faults(method, params)),
        }
        if method == "initialize" {
            // Some editors say more of themselves than anyone asked, or say it oddly; that is to be passed over.
            faults.retain(|fault| !fault.starts_with("/capabilities"));
        }
        match from_client {
            true if !offers::is_offered(method, &self.server) => faults.push("is not offered".to_owned()),
            true => {}
            false => faults.extend(shows::faults(method, params, &self.client)),
        }
        faults.into_iter().map(|fault| format!("{method}: {fault}")).collect()
    }

    fn answered(&mut self, from_client: bool, message: &Value) {
        let id = message.get("id").cloned().unwrap_or_default();
        let Some((method, held)) = self.open.remove(&(!from_client, id.to_string())) else {
            if !(self.is_broken || id.is_null() && message.get("error").is_some()) {
                self.faults.push(format!("answers what nobody asked: {message}"));
            }
            return;
        };
        let faults = match (message.get("result"), message.get("error")) {
            (Some(result), None) => {
                let refused = held.as_array().into_iter().flatten().filter_map(Value::as_str);
                self.faults.extend(refused.map(|fault| format!("accepts what is wrong: {fault}")));
                self.result_faults(from_client, &method, result)
            }
            (None, Some(error)) => error_faults(error),
            _ => vec!["either a result or an error is wanted".to_owned()],
        };
        self.faults.extend(faults.into_iter().map(|fault| format!("answer to {method}: {fault}")));
    }

    fn result_faults(&mut self, from_client: bool, method: &str, result: &Value) -> Vec<String> {
        if TESTS.iter().any(|start| method.starts_with(start)) {
            return Vec::new();
        }
        let mut faults = match self.model.message(method) {
            Some(known) => self.model.faults(result, &known["result"]),
            None => self.own.result_faults(method, result),
        };
        if !from_client {
            faults.extend(shows::faults(method, result, &self.client));
        }
        if method == "initialize" {
            self.server = result["capabilities"].clone();
        }
        faults
    }
}

fn error_faults(error: &Value) -> Vec<String> {
    let keys = error.as_object().into_iter().flatten().map(|(key, _)| key.as_str());
    let is_known = keys.into_iter().all(|key| ["code", "message", "data"].contains(&key));
    let is_right = is_known && error["code"].is_i64() && error["message"].is_string();
    if is_right { Vec::new() } else { vec![format!("no error of JSON-RPC: {error}")] }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::tests::model;

    /// The faults of a session after its greeting; `>` starts what the client says.
    fn faults(messages: &[(&str, Value)]) -> Vec<String> {
        let (model, own) = (model(), Own::default());
        let mut session = Session::new(&model, &own);
        let greeting = [
            (">", json!({ "id": 0, "method": "initialize", "params": { "capabilities": {} } })),
            ("<", json!({ "id": 0, "result": { "capabilities": { "hoverProvider": true } } })),
        ];
        for (from, message) in greeting.iter().chain(messages) {
            let mut message = message.clone();
            message["jsonrpc"] = "2.0".into();
            let from = if *from == ">" { "client" } else { "server" };
            session.take(&json!({ "from": from, "message": message }).to_string());
        }
        session.faults
    }

    fn hover(result: Value) -> Vec<String> {
        faults(&[
            (">", json!({ "id": 1, "method": "textDocument/hover", "params": { "tabSize": 1 } })),
            ("<", json!({ "id": 1, "result": result })),
        ])
    }

    #[test]
    fn a_right_session_has_no_faults() {
        assert_eq!(hover(json!({ "contents": { "kind": "plaintext", "value": "" } })), [] as [&str; 0]);
        assert_eq!(hover(Value::Null), [] as [&str; 0]);
    }

    #[test]
    fn answers_are_held_against_the_method_of_their_request() {
        let wrong = hover(json!({ "contents": { "kind": "plaintext" } }));
        assert_eq!(wrong, ["server: answer to textDocument/hover: /contents: a Markup has `value`"]);
        let unshown = hover(json!({ "contents": { "kind": "markdown", "value": "" } }));
        assert!(unshown[0].contains("needs /textDocument/hover/contentFormat"), "{unshown:?}");
    }

    #[test]
    fn each_request_is_answered_once() {
        let twice = faults(&[
            (">", json!({ "id": 1, "method": "shutdown" })),
            ("<", json!({ "id": 1, "result": null })),
            ("<", json!({ "id": 1, "result": null })),
        ]);
        assert!(twice[0].starts_with("server: answers what nobody asked"), "{twice:?}");
        let both = faults(&[
            (">", json!({ "id": 1, "method": "shutdown" })),
            ("<", json!({ "id": 1, "result": null, "error": {} })),
        ]);
        assert!(both[0].ends_with("either a result or an error is wanted"), "{both:?}");
    }

    #[test]
    fn a_wrong_request_has_to_be_refused() {
        let request = (">", json!({ "id": 1, "method": "textDocument/hover", "params": {} }));
        let refused = ("<", json!({ "id": 1, "error": { "code": -32602, "message": "" } }));
        assert_eq!(faults(&[request.clone(), refused]), [] as [&str; 0]);
        let accepted = faults(&[request, ("<", json!({ "id": 1, "result": null }))]);
        assert_eq!(
            accepted,
            [
                "server: accepts what is wrong: textDocument/hover: the whole: a FormattingOptions has `tabSize`"
            ]
        );
    }

    #[test]
    fn messages_go_their_way_and_are_known() {
        let wrong = faults(&[
            ("<", json!({ "method": "initialized", "params": {} })),
            ("<", json!({ "id": 1, "method": "workspace/inlayHint/refresh" })),
            ("<", json!({ "method": "klotho/unheardOf" })),
            (">", json!({ "method": "initialized", "extra": 1, "params": {} })),
        ]);
        let ends = ["goes the other way", "/workspace/inlayHint/refreshSupport", "nowhere described", ": "];
        for (fault, end) in wrong.iter().zip(ends) {
            assert!(fault.contains(end), "{fault}");
        }
        assert_eq!(wrong.len(), 4);
    }
}
