//! What the client is told of while the session lasts: the features that a setting can turn off, where it can be told.
//!
//! An editor asks everyone that is registered as a formatter, and some complain when there are two: a feature that is off
//! must not be there at all.

use super::capabilities::Client;
use super::configuration::Scoped;
use super::shows;
use crate::settings::{SECTION, Settings};
use serde_json::{Value, json};
use tower_lsp::Client as Connection;
use tower_lsp::ls_types::{Registration, Unregistration};

/// What a client can be told of later.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Registers {
    pub(super) colours: bool,
    pub(super) layout: bool,
    pub(super) layout_of_ranges: bool,
    pub(super) layout_on_type: bool,
}

/// What can come and go: the method, whether the client can be told, whether it is wanted, and its options.
struct Feature {
    method: &'static str,
    can: fn(&Client) -> bool,
    is_wanted: fn(&Settings) -> bool,
    options: fn(&Client) -> Option<Value>,
}

const FEATURES: [Feature; 4] = [
    Feature {
        method: "textDocument/semanticTokens",
        can: |client| client.shows.registers.colours,
        is_wanted: |settings| settings.colours,
        options: |client| documents(serde_json::to_value(shows::colours(client.shows.colour_requests))),
    },
    Feature {
        method: "textDocument/formatting",
        can: |client| client.shows.registers.layout,
        is_wanted: |settings| settings.layout,
        options: |_| documents(Ok(json!({}))),
    },
    Feature {
        method: "textDocument/rangeFormatting",
        can: |client| client.shows.registers.layout_of_ranges,
        is_wanted: |settings| settings.layout,
        options: |_| documents(Ok(json!({}))),
    },
    Feature {
        method: "textDocument/onTypeFormatting",
        can: |client| client.shows.registers.layout_on_type,
        is_wanted: |settings| settings.layout_on_type,
        options: |_| documents(serde_json::to_value(shows::typing())),
    },
];

/// Options of a feature of the documents that the client gave us.
fn documents(options: serde_json::Result<Value>) -> Option<Value> {
    let mut options = options.ok()?;
    options["documentSelector"] = Value::Null;
    Some(options)
}

/// What the client has been told of.
pub(super) struct Registrations {
    client: Client,
    /// By method.
    registered: Vec<&'static str>,
}

impl Registrations {
    pub(super) fn new(client: &Client) -> Self {
        Self { client: *client, registered: Vec::new() }
    }

    /// Has the client tell when our settings change.
    pub(super) async fn begin(&self, connection: &Connection) {
        if !self.client.tells_settings {
            return;
        }
        let method = "workspace/didChangeConfiguration";
        let register_options = Some(json!({ "section": SECTION }));
        let registration =
            Registration { id: method.to_owned(), method: method.to_owned(), register_options };
        if let Err(error) = connection.register_capability(vec![registration]).await {
            tracing::warn!("the client does not tell of its settings: {error}");
        }
    }

    /// Tells the client what comes and what goes.
    pub(super) async fn follow(&mut self, connection: &Connection, settings: &Scoped) {
        let is_on = |feature: &Feature| (feature.can)(&self.client) && settings.any(feature.is_wanted);
        let is_there = |feature: &Feature| self.registered.contains(&feature.method);
        let come = FEATURES.iter().filter(|feature| is_on(feature) && !is_there(feature));
        let come: Vec<_> = come
            .map(|feature| Registration {
                id: feature.method.to_owned(),
                method: feature.method.to_owned(),
                register_options: (feature.options)(&self.client),
            })
            .collect();
        let go: Vec<_> = FEATURES.iter().filter(|feature| !is_on(feature) && is_there(feature)).collect();
        let go: Vec<_> = go
            .into_iter()
            .map(|feature| Unregistration {
                id: feature.method.to_owned(),
                method: feature.method.to_owned(),
            })
            .collect();
        self.registered =
            FEATURES.iter().filter(|feature| is_on(feature)).map(|feature| feature.method).collect();
        let coming =
            async { if come.is_empty() { Ok(()) } else { connection.register_capability(come).await } };
        let going = async { if go.is_empty() { Ok(()) } else { connection.unregister_capability(go).await } };
        // Neither waits for the answer to the other.
        let (come, go) = tokio::join!(coming, going);
        for error in [come, go].into_iter().filter_map(Result::err) {
            tracing::warn!("the client does not take what it is told of: {error}");
        }
    }
}
