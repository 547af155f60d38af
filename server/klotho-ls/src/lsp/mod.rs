//! The language server protocol: the only place that knows its types.
//!
//! tower-lsp runs handlers lazily and several at a time. Left alone it would apply edits out of order, let a cancel wait
//! behind what it cancels, and answer nothing after a panic. Four rules mend that: every handler enqueues before it
//! awaits, and [`shell`] polls it in the order in which messages came; [`world`] is the one owner that applies changes and
//! hands out snapshots; work runs on [`pool`], whose answers a cancelled request no longer waits for; and [`shell`] turns
//! panics into errors and ends the process with the code that the protocol asks for.

mod capabilities;
mod convert;
mod notifications;
mod parent;
mod pool;
mod requests;
mod server;
mod shell;
mod world;

use server::Server;
use shell::{Exit, Shell};
use std::process::ExitCode;
use tower_lsp::LspService;

/// How many requests may be under way at once; far more than any client sends.
const CONCURRENCY: usize = 1024;

/// Serves one client on standard input and output until it goes.
pub(crate) fn serve() -> ExitCode {
    let runtime = match tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            tracing::error!("cannot start: {error}");
            return ExitCode::from(2);
        }
    };
    let code = runtime.block_on(session());
    // Reading standard input cannot be interrupted; the process must not wait for it.
    runtime.shutdown_background();
    ExitCode::from(code)
}

async fn session() -> u8 {
    let exit = Exit::default();
    let server_exit = exit.clone();
    let builder = LspService::build(|client| Server::new(client, server_exit));
    #[cfg(feature = "test-hooks")]
    let builder = requests::test_hooks::register(builder);
    let (service, socket) = builder.finish();
    let serving = tower_lsp::Server::new(tokio::io::stdin(), tokio::io::stdout(), socket)
        .concurrency_level(CONCURRENCY)
        .serve(Shell::new(service, exit.clone()));
    tokio::select! {
        () = serving => {}
        () = exit.asked() => {}
    }
    exit.code()
}
