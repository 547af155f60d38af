//! `klotho-ls graph`: the resource graph of a project.

mod drawing;
mod text;

pub(crate) use text::quoted;

use crate::output::{Outcome, finish_without, inert, print};
use crate::project;
use clap::{Args, ValueEnum};
use klotho_graph::Project;
use std::path::PathBuf;

/// Said wherever the graph is shown and the configuration is there without counting.
fn unread_config(project: &Project) -> String {
    format!("{} cannot be read: nothing that it says is in what follows.", project.config_file())
}

/// What `graph` is asked.
#[derive(Args, Debug)]
pub(crate) struct GraphArgs {
    /// The project's root, or a folder in it
    #[arg(value_name = "DIR", default_value = ".")]
    pub(crate) dir: PathBuf,
    /// How to print the graph
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
}

/// How the graph is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people: where everything runs, what it costs, serves and uses
    Text,
    /// Every table, as docs/graph-json.md describes it
    Json,
    /// For Graphviz
    Dot,
    /// For Markdown pages
    Mermaid,
}

/// Prints the graph of one project, whatever its findings.
pub(crate) fn run(args: &GraphArgs) -> Result<Outcome, String> {
    let (loaded, root) = &project::load_one(&args.dir)?;
    let project = loaded.snapshot.project(root).ok_or(project::VANISHED)?;
    let printed = match args.format {
        Format::Text => inert(&text::text(project, &loaded.snapshot, root, &args.dir)),
        Format::Json => format!("{}\n", klotho_graph::document(project)),
        Format::Dot => drawing::dot(project),
        Format::Mermaid => drawing::mermaid(project),
    };
    Ok(finish_without(print(&printed), Outcome::Clean, &loaded.unread().collect::<Vec<_>>()))
}
