//! Misbehaviour on demand, for the tests of the shell. Not part of a release.

// Panicking is what they are for.
#![allow(clippy::panic)]

use crate::lsp::pool::Lane;
use crate::lsp::server::Server;
use klotho_ide::Change;
use serde_json::{Value, json};
use std::thread;
use std::time::{Duration, Instant};
use tower_lsp::LspServiceBuilder;
use tower_lsp::jsonrpc::Result;

/// An edit that holds this takes its time.
const SLOW_EDIT: &str = "slow-edit";

/// Adds the methods that only tests call.
pub(crate) fn register(builder: LspServiceBuilder<Server>) -> LspServiceBuilder<Server> {
    builder
        .custom_method("klotho/test/panic", Server::test_panic)
        .custom_method("klotho/test/panicInPool", Server::test_panic_in_pool)
        .custom_method("klotho/test/slow", Server::test_slow)
        .custom_method("klotho/test/text", Server::test_text)
}

pub(crate) fn slow_down(change: &Change) {
    if let Change::Edit { changes, .. } = change
        && changes.iter().any(|change| change.text.contains(SLOW_EDIT))
    {
        thread::sleep(Duration::from_millis(50));
    }
}

impl Server {
    async fn test_panic(&self, _: Value) -> Result<Value> {
        // Asking first makes the panic happen behind an await.
        self.world.ask(Lane::Quick, |_| ()).await?;
        panic!("on demand");
    }

    async fn test_panic_in_pool(&self, _: Value) -> Result<Value> {
        self.world.ask(Lane::Quick, |_| panic!("on demand")).await
    }

    /// Keeps a thread busy for `milliseconds`.
    async fn test_slow(&self, params: Value) -> Result<Value> {
        let time = Duration::from_millis(params["milliseconds"].as_u64().unwrap_or_default());
        let busy = move |_| {
            let start = Instant::now();
            while start.elapsed() < time {
                std::hint::spin_loop();
            }
            json!("done")
        };
        self.world.ask(Lane::Heavy, busy).await
    }

    /// The text of an open document as the world has it.
    async fn test_text(&self, params: Value) -> Result<Value> {
        let path = params["path"].as_str().unwrap_or_default().to_owned();
        self.world.ask(Lane::Quick, move |snapshot| json!(snapshot.text(&path).as_deref())).await
    }
}
