//! The language server protocol: the only place that knows its types.
//!
//! tower-lsp runs handlers lazily and several at a time. Left alone it would apply edits out of order, let a cancel wait
//! behind what it cancels, and answer nothing after a panic. Four rules mend that: every handler enqueues before it
//! awaits, and [`shell`] takes that step in the order in which messages came; [`world`] is the way to the one [`owner`],
//! which applies changes and hands out snapshots; work runs on [`pool`], whose answers a cancelled request no longer waits
//! for; and [`shell`] turns panics into errors and knows the code that the process has to end with.

mod capabilities;
mod configuration;
mod convert;
mod diagnostics;
mod file_operations;
mod folders;
mod frames;
mod glimpses;
mod graph_changed;
mod mended;
mod notifications;
mod owner;
mod parent;
mod pool;
mod progress;
mod project_reports;
mod reads;
mod refreshes;
mod registrations;
mod reports;
mod requests;
mod server;
mod shell;
mod shows;
mod transport;
mod turns;
mod world;

use server::Server;
use shell::{Exit, Shell};
use std::process::ExitCode;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tower_lsp::LspService;

#[cfg(feature = "test-hooks")]
pub(crate) use requests::test_hooks::before_reading;

/// How many requests may be under way at once; far more than any client sends.
const CONCURRENCY: usize = 1 << 16;

/// How long answers that are under way may take once the client has gone.
const GRACE: Duration = Duration::from_secs(1);

/// How to reach the client.
#[derive(Clone, Debug, Default)]
pub(crate) struct ServerArgs {
    /// The port on this machine at which the client listens; standard input and output without one.
    pub(crate) socket: Option<u16>,
    /// The process without which the server has no reason to live, if the client named one already.
    pub(crate) parent: Option<u32>,
    /// What the person should know from the start, such as imported prices that cannot be read.
    pub(crate) notice: Option<String>,
}

/// Serves one client until it goes.
pub(crate) fn serve(args: ServerArgs) -> ExitCode {
    // One thread is enough: nothing is worked on here, everything runs on the owner's thread and the pool.
    let runtime = match tokio::runtime::Builder::new_current_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            tracing::error!("cannot start: {error}");
            return ExitCode::from(2);
        }
    };
    let code = runtime.block_on(connect(args));
    // Reading standard input cannot be interrupted; the process must not wait for it.
    runtime.shutdown_background();
    ExitCode::from(code)
}

async fn connect(args: ServerArgs) -> u8 {
    let exit = Exit::default();
    if let Some(id) = args.parent {
        parent::watch(id, exit.clone());
    }
    let Some(port) = args.socket else {
        return session(tokio::io::stdin(), tokio::io::stdout(), exit, args.notice).await;
    };
    match TcpStream::connect(("127.0.0.1", port)).await {
        Ok(stream) => {
            // Messages are small and someone waits for each of them.
            let _ = stream.set_nodelay(true);
            let (input, output) = stream.into_split();
            session(input, output, exit, args.notice).await
        }
        Err(error) => {
            tracing::error!("nobody listens at port {port}: {error}");
            2
        }
    }
}

async fn session(
    input: impl AsyncRead + Unpin + Send + 'static,
    output: impl AsyncWrite + Unpin,
    exit: Exit,
    notice: Option<String>,
) -> u8 {
    let server_exit = exit.clone();
    let builder = LspService::build(|client| Server::new(client, server_exit, notice));
    let builder = requests::klotho::register(builder);
    #[cfg(feature = "test-hooks")]
    let builder = requests::test_hooks::register(builder);
    let (service, socket) = builder.finish();
    let pressure = transport::Pressure::default();
    let input = transport::Input::start(input, exit.clone(), pressure.clone());
    let output = transport::Output::new(output, exit.clone(), pressure);
    let serving = tower_lsp::Server::new(input, output, socket)
        .concurrency_level(CONCURRENCY)
        .serve(Shell::new(service, exit.clone()));
    tokio::select! {
        () = serving => {}
        () = exit.due(GRACE) => {}
    }
    if exit.is_cut_short() {
        tracing::error!(
            "the input ended before `shutdown`; an editor starts klotho-ls, `klotho-ls --help` says what else it does"
        );
    }
    exit.code()
}
