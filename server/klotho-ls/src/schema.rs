//! `klotho-ls schema`: what editors are told about settings, configurations and annotations.

use crate::output::{Outcome, fail, finish, print};
use crate::settings;
use clap::{Args, ValueEnum};

/// What `schema` is asked.
#[derive(Args, Debug)]
pub(crate) struct SchemaArgs {
    /// Of what
    #[arg(value_enum)]
    pub(crate) of: Of,
    /// How to print it
    #[arg(long, value_enum, default_value_t = Format::Json)]
    pub(crate) format: Format,
}

/// What there are schemas of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Of {
    /// The settings of editors; VS Code's `contributes.configuration` as well
    Settings,
    /// klotho.yaml, klotho.json and klotho.toml
    Config,
    /// The body of an annotation, by capability
    Annotation,
}

/// How a schema is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// A JSON Schema, draft-07
    Json,
    /// A page for people, of the settings alone
    Markdown,
}

/// Prints a schema.
pub(crate) fn run(args: &SchemaArgs) -> Outcome {
    let schema = match (args.of, args.format) {
        (Of::Settings, Format::Markdown) => return finish(print(&settings::page()), Outcome::Clean),
        (_, Format::Markdown) => return fail("there is a Markdown page of `settings` alone"),
        (Of::Settings, Format::Json) => settings::schema(),
        (Of::Config, Format::Json) => klotho_ide::config_schema(),
        (Of::Annotation, Format::Json) => klotho_ide::annotation_schema(),
    };
    finish(print(&format!("{schema:#}\n")), Outcome::Clean)
}
