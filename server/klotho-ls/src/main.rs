//! klotho-ls: the language server and checker for Klotho annotations.

mod check;
mod clock;
mod completions;
mod cost;
mod estimate;
mod explain;
mod graph;
mod input;
mod lsp;
mod names;
mod output;
mod plan;
mod prices;
mod project;
mod schema;
mod settings;
mod switch;
mod version;
mod words;
mod write;

use clap::{CommandFactory, Parser, Subcommand};
use std::ffi::OsString;
use std::io::IsTerminal;
use std::process::ExitCode;

/// Shows where each function of annotated code will run, what that costs, and what is wrong.
///
/// Without a command it is a language server on standard input and output, as editors start it.
#[derive(Parser)]
#[command(name = "klotho-ls", version = version::version(), about, after_help = EXAMPLES)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    /// Be a language server on standard input and output, even on a terminal
    #[arg(long)]
    stdio: bool,
    /// Be a language server for a client that listens at this port of this machine
    #[arg(long, value_name = "PORT", conflicts_with = "stdio")]
    socket: Option<u16>,
    /// End when this process ends
    #[arg(long, value_name = "PID", alias = "clientProcessId")]
    client_process_id: Option<u32>,
    /// The same as the command `check`, with all that follows it
    #[arg(long)]
    check: bool,
    /// Imported prices; without it KLOTHO_LS_PRICES, else `klotho-ls/prices.json` in the user's configuration folder
    #[arg(long, value_name = "FILE", global = true)]
    prices: Option<OsString>,
}

const EXAMPLES: &str = "\
Examples:
  klotho-ls check                     what is wrong in this folder
  klotho-ls graph --format mermaid    a drawing of the resources
  klotho-ls cost                      where everything runs and what it costs
  klotho-ls plan                      where each unit should run so that everything costs least
  klotho-ls explain target-conflict   what a finding means

Exit codes: 0 no errors, 1 errors were found or requirements or budgets cannot be met, 2 wrong usage or something cannot be read.";

#[derive(Subcommand)]
enum Command {
    /// Print what is wrong
    Check(check::CheckArgs),
    /// Print the resource graph
    Graph(graph::GraphArgs),
    /// Print where everything runs and what it costs, or how that differs from before
    Cost(cost::CostArgs),
    /// Print what named quantities cost: the bare cost model
    Estimate(estimate::EstimateArgs),
    /// Print where each unit should run so that everything costs least, and write that down
    Plan(plan::PlanArgs),
    /// Switch one unit to another target, in every place that states it
    Switch(switch::SwitchArgs),
    /// Print what a finding means and how to mend it
    Explain(explain::ExplainArgs),
    /// Print a JSON Schema: of settings, configurations or annotations
    Schema(schema::SchemaArgs),
    /// Print the prices and where they come from
    Prices(prices::PricesArgs),
    /// Print the script with which a shell completes this command line
    Completions(completions::CompletionsArgs),
    /// Print the manual page, for `man -l -`
    Man,
}

fn main() -> ExitCode {
    log_to_stderr();
    klotho_last_words::leave();
    let cli = Cli::parse_from(with_check_command(std::env::args_os()));
    let place = prices::Place::find(cli.prices.as_deref());
    match cli.command {
        Some(Command::Check(args)) => priced(&place, || Ok(check::run(&args, &place))).into(),
        Some(Command::Graph(args)) => priced(&place, || graph::run(&args)).into(),
        Some(Command::Cost(args)) => priced(&place, || cost::run(&args)).into(),
        Some(Command::Plan(args)) => priced(&place, || plan::run(&args)).into(),
        Some(Command::Switch(args)) => priced(&place, || switch::run(&args)).into(),
        Some(Command::Estimate(args)) => priced(&place, || Ok(estimate::run(&args))).into(),
        Some(Command::Prices(args)) => prices::run(&args, &place).into(),
        Some(Command::Explain(args)) => explain::run(&args).into(),
        Some(Command::Completions(args)) => completions::run(&args, Cli::command()).into(),
        Some(Command::Man) => completions::man(Cli::command()).into(),
        Some(Command::Schema(args)) => schema::run(&args).into(),
        // A person who types the bare name wants to know what it does, not to speak the protocol.
        None if !cli.stdio && cli.socket.is_none() && std::io::stdin().is_terminal() => {
            let help = Cli::command().render_long_help();
            output::finish(output::print(&help.ansi().to_string()), output::Outcome::Clean).into()
        }
        None => lsp::serve(lsp::ServerArgs {
            socket: cli.socket,
            parent: cli.client_process_id,
            notice: place.install().err(),
        }),
    }
}

/// Runs a command that shows costs, and says why it could not do its work. With prices other than those that the user
/// imported it would show wrong ones.
fn priced(
    place: &prices::Place,
    command: impl FnOnce() -> Result<output::Outcome, String>,
) -> output::Outcome {
    place.install().and_then(|()| command()).unwrap_or_else(|reason| output::fail(&reason))
}

/// The command line with `check` in the place of `--check`, which people and scripts write as if it were one.
fn with_check_command(arguments: impl Iterator<Item = OsString>) -> Vec<OsString> {
    let mut arguments: Vec<_> = arguments.collect();
    if let Some(at) = arguments.iter().position(|argument| argument == "--check") {
        arguments.remove(at);
        arguments.insert(1, "check".into());
    }
    arguments
}

/// Logs go to standard error; `KLOTHO_LS_LOG=debug` shows more than warnings.
fn log_to_stderr() {
    let filter = tracing_subscriber::EnvFilter::try_from_env("KLOTHO_LS_LOG");
    let filter = filter.unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("warn"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_ansi(false).init();
}
