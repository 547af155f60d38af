//! `klotho-ls explain`: what a finding means, why it matters, how to mend it.

use crate::output::{Outcome, fail, finish, print};
use clap::Args;
use klotho_graph::suggestion;
use klotho_ide::{Code, Definition, Severity, Tag, definitions, key_lists, resource_key_lists};
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
        Some(name) => match Code::named(&meant(name)).and_then(Code::definition) {
            Some(definition) => page(definition),
            None => return fail(&unknown(name)),
        },
    };
    finish(print(&text), Outcome::Clean)
}

/// The rules that findings refer to.
const REFERENCE: &str = "docs/klotho-reference.md";

/// Whoever reads a code aloud or copies it from a program writes it otherwise.
fn meant(name: &str) -> String {
    name.trim().to_lowercase().replace(['_', ' '], "-")
}

fn unknown(name: &str) -> String {
    let names: Vec<_> = definitions().iter().map(|definition| definition.code.name()).collect();
    let near = suggestion(&meant(name), names.iter().copied());
    format!("no finding has the code {name:?}.{near} The codes are:\n  {}", names.join("\n  "))
}

/// Where the page of a finding is read: in the repository that the manifest names. Its headings are the codes, which never
/// change.
const PAGES: &str = concat!(env!("CARGO_PKG_REPOSITORY"), "/blob/main/docs/findings.md#");

/// The address of a finding's part of the published page.
pub(crate) fn link(code: Code) -> String {
    format!("{PAGES}{}", code.name())
}

fn whole_page() -> String {
    let mut text = String::from("# Findings\n");
    for definition in definitions() {
        let _ = write!(text, "\n{}", page(definition));
    }
    text
}

/// How bad it is, and how the text is shown at which it stands.
fn kind(definition: &Definition) -> String {
    let name = match definition.severity {
        Severity::Error => "Error",
        Severity::Warning => "Warning",
        Severity::Information => "Information",
        Severity::Hint => "Hint",
    };
    let shown = match definition.tag {
        Some(Tag::Unnecessary) => ", shown faded",
        Some(Tag::Deprecated) => ", shown struck out",
        None => "",
    };
    format!("{name}{shown}")
}

fn page(definition: &Definition) -> String {
    let mut text = format!(
        "## {}\n\n**{}.** {}\n\n{}\n\n**Way out.** {}\n\n**Example**\n",
        definition.code.name(),
        kind(definition),
        definition.summary,
        definition.why,
        definition.fix
    );
    for (path, source) in definition.example {
        let zeros =
            if source.contains('\0') { ", where each `\\0` is a NUL byte, which no text has" } else { "" };
        let _ = write!(text, "\n`{path}`{zeros}\n\n```\n{}\n```\n", source.trim_end().replace('\0', "\\0"));
    }
    if definition.code == Code::WorkloadInvalid {
        let _ = write!(text, "\n{}", resource_key_lists());
    }
    if matches!(definition.code, Code::WorkloadInvalid | Code::TargetInfeasible) {
        let _ = write!(text, "\n{}", key_lists());
    }
    if definition.why.contains("(reference, ") {
        let _ = write!(text, "\nThe reference is {REFERENCE} in the repository of klotho-ls.\n");
    }
    text
}
