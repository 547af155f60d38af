//! `klotho-ls explain`: what a finding means, why it matters, how to mend it.

use crate::output::{Outcome, fail, finish, print};
use clap::Args;
use klotho_ide::{Code, Definition, definitions, severity_name};
use std::fmt::Write;

/// What `explain` is asked.
#[derive(Args, Debug)]
pub(crate) struct ExplainArgs {
    /// The code of a finding, such as `target-conflict`
    #[arg(required_unless_present = "all")]
    pub(crate) code: Option<String>,
    /// Every finding, as one Markdown page
    #[arg(long)]
    pub(crate) all: bool,
}

/// Prints one finding's page, or all of them.
pub(crate) fn run(args: &ExplainArgs) -> Outcome {
    let text = match &args.code {
        None => whole_page(),
        Some(name) => match Code::named(name).and_then(Code::definition) {
            Some(definition) => page(definition),
            None => return fail(&unknown(name)),
        },
    };
    finish(print(&text), Outcome::Clean)
}

fn unknown(name: &str) -> String {
    let names: Vec<_> = definitions().iter().map(|definition| definition.code.name()).collect();
    format!("no finding has the code {name:?}. The codes are:\n  {}", names.join("\n  "))
}

fn whole_page() -> String {
    let mut text =
        String::from("# Findings\n\nMade by `cargo xtask docs` from the definitions of the findings.\n");
    for definition in definitions() {
        let _ = write!(text, "\n{}", page(definition));
    }
    text
}

fn page(definition: &Definition) -> String {
    let mut text = format!(
        "## {} ({})\n\n{}\n\n{}\n\n**Way out.** {}\n\n**Example**\n",
        definition.code.name(),
        severity_name(definition.severity),
        definition.summary,
        definition.why,
        definition.fix
    );
    for (path, source) in definition.example {
        let _ = write!(text, "\n`{path}`\n\n```\n{}\n```\n", source.trim_end());
    }
    text
}
