//! How findings are printed: one file for each format.

mod concise;
mod github;
mod gitlab;
mod json;
mod json_lines;
mod junit;
mod markdown;
mod sarif;
mod text;

use super::Report;
use clap::ValueEnum;

/// A format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, ValueEnum)]
pub(crate) enum Format {
    /// For people: each finding with its source
    Text,
    /// One line for each finding, `path:line:column: severity[code] message`
    Concise,
    /// One JSON document, as docs/graph-json.md describes it
    Json,
    /// The rows of that document, one on each line
    JsonLines,
    /// Annotations in GitHub Actions
    Github,
    /// GitLab's code quality report
    Gitlab,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// JUnit XML, one test case for each finding
    Junit,
    /// A comment for a pull request, what everything costs on top
    Markdown,
}

impl Format {
    /// Whether it says how each finding is mended.
    pub(super) fn shows_fixes(self) -> bool {
        matches!(self, Self::Json | Self::JsonLines | Self::Sarif)
    }

    /// The report in this format.
    pub(super) fn write(self, report: &Report) -> Result<String, String> {
        match self {
            Self::Text => Ok(text::report(report)),
            Self::Concise => Ok(concise::report(report)),
            Self::Json => Ok(json::report(report)),
            Self::JsonLines => Ok(json_lines::report(report)),
            Self::Github => Ok(github::report(report)),
            Self::Gitlab => Ok(gitlab::report(report)),
            Self::Sarif => Ok(sarif::report(report)),
            Self::Junit => junit::report(report),
            Self::Markdown => Ok(markdown::report(report)),
        }
    }
}
