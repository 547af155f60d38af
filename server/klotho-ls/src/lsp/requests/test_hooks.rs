//! Misbehaviour on demand, for the tests of the shell. Not part of a release.

use crate::lsp::pool::Lane;
use crate::lsp::server::Server;
use klotho_ide::Change;
use serde_json::{Value, json};
use std::sync::{Condvar, Mutex, PoisonError};
use std::thread;
use std::time::Duration;
use tower_lsp::LspServiceBuilder;
use tower_lsp::jsonrpc::Result;

/// An edit that holds this takes its time.
const SLOW_EDIT: &str = "slow-edit";

/// An edit that holds this fails.
const PANICKING_EDIT: &str = "panicking-edit";

/// What holds this ends the process, as a fault in a parser does.
const CRASH: &str = "crash-on-demand";

/// A folder with this name is not listed until the test lets go.
const HELD_FOLDER: &str = "held-folder";

static RELEASED: Mutex<bool> = Mutex::new(false);
static RELEASE: Condvar = Condvar::new();

/// Adds the methods that only tests call.
pub(crate) fn register(builder: LspServiceBuilder<Server>) -> LspServiceBuilder<Server> {
    builder
        .custom_method("klotho/test/panic", Server::test_panic)
        .custom_method("klotho/test/panicInPool", Server::test_panic_in_pool)
        .custom_method("klotho/test/hold", Server::test_hold)
        .custom_method("klotho/test/release", Server::test_release)
        .custom_method("klotho/test/text", Server::test_text)
}

/// What a thread does before it lists a folder.
pub(crate) fn before_listing(folder: &str) {
    if folder.ends_with(HELD_FOLDER) {
        wait_for_release();
    }
}

fn wait_for_release() {
    let mut released = RELEASED.lock().unwrap_or_else(PoisonError::into_inner);
    while !*released {
        released = RELEASE.wait(released).unwrap_or_else(PoisonError::into_inner);
    }
}

/// What the owner does before it applies a change.
pub(crate) fn before(change: &Change) {
    let Change::Edit { changes, .. } = change else { return };
    for change in changes {
        if change.text.contains(SLOW_EDIT) {
            thread::sleep(Duration::from_millis(50));
        }
        assert!(!change.text.contains(PANICKING_EDIT), "on demand");
        before_reading(change.text.as_bytes());
    }
}

/// What is done before bytes are parsed.
pub(crate) fn before_reading(bytes: &[u8]) {
    if memchr::memmem::find(bytes, CRASH.as_bytes()).is_some() {
        std::process::abort();
    }
}

#[expect(clippy::panic, reason = "these methods are there to fail")]
impl Server {
    async fn test_panic(&self, _: Value) -> Result<Value> {
        // Asking first makes the panic happen behind an await.
        self.world.ask(Lane::Quick, |_| ()).await?;
        panic!("on demand");
    }

    async fn test_panic_in_pool(&self, _: Value) -> Result<Value> {
        self.world.ask(Lane::Quick, |_| panic!("on demand")).await
    }

    /// Keeps a thread until the test lets go; nothing else stops it.
    async fn test_hold(&self, _: Value) -> Result<Value> {
        let hold = |_| {
            wait_for_release();
            json!("done")
        };
        self.world.ask(Lane::Heavy, hold).await
    }

    async fn test_release(&self, _: Value) {
        *RELEASED.lock().unwrap_or_else(PoisonError::into_inner) = true;
        RELEASE.notify_all();
    }

    /// The text of an open document as the world has it.
    async fn test_text(&self, params: Value) -> Result<Value> {
        let path = params["path"].as_str().unwrap_or_default().to_owned();
        self.world.ask(Lane::Quick, move |snapshot| json!(snapshot.text(&path).as_deref())).await
    }
}
