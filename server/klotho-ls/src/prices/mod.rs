//! `klotho-ls prices`: which prices the program works with, where each comes from, and newer ones from the providers.

mod import;
mod list;
mod overlay;
mod page;
mod rows;
mod show;

pub(crate) use overlay::Place;
pub(crate) use rows::confidence;

use crate::output::Outcome;
use clap::{Args, Subcommand, ValueEnum};

/// What `prices` is asked.
#[derive(Args, Debug)]
pub(crate) struct PricesArgs {
    #[command(subcommand)]
    command: PricesCommand,
}

#[derive(Subcommand, Debug)]
enum PricesCommand {
    /// Print the prices, or those that are missing
    List(list::ListArgs),
    /// Print everything about one price: amounts, source, date, age, who verified it
    Show(show::ShowArgs),
    /// Take in newer prices from the providers' own price lists
    Import(import::ImportArgs),
}

/// How prices are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people
    Text,
    /// One JSON document
    Json,
    /// The page docs/prices.md: every price, and what is missing where
    Markdown,
}

/// Runs one of the commands. `place` is where imported prices lie.
pub(crate) fn run(args: &PricesArgs, place: &Place) -> Outcome {
    match &args.command {
        PricesCommand::List(args) => list::run(args, place),
        PricesCommand::Show(args) => show::run(args, place),
        PricesCommand::Import(args) => import::run(args, place),
    }
}
