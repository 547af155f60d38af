//! What `check` is asked.

use super::format::Format;
use super::outputs::{self, Output};
use crate::project;
use clap::Args;
use std::collections::HashSet;
use std::path::PathBuf;

/// What `check` is asked.
#[derive(Args, Debug)]
pub(crate) struct CheckArgs {
    /// Project roots, or folders in projects, which stand for them; the current folder when none is given
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// How to print the findings
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
    /// Also write them to a file, `FORMAT=FILE`; as often as one likes
    #[arg(long, value_name = "FORMAT=FILE", value_parser = outputs::parse)]
    pub(crate) output: Vec<Output>,
    /// Findings that are errors: codes, or `warnings`, `information`, `hints`, `all`
    #[arg(long, value_name = "CODE", value_delimiter = ',')]
    pub(crate) deny: Vec<String>,
    /// Findings that are warnings
    #[arg(long, value_name = "CODE", value_delimiter = ',')]
    pub(crate) warn: Vec<String>,
    /// Findings that are passed over
    #[arg(long, value_name = "CODE", value_delimiter = ',')]
    pub(crate) allow: Vec<String>,
    /// Only findings that are not in this file count
    #[arg(long, value_name = "FILE")]
    pub(crate) baseline: Option<PathBuf>,
    /// Write all findings to a file for `--baseline`, and print none
    #[arg(long, value_name = "FILE", conflicts_with_all = ["baseline", "since", "changed", "format", "output", "compare"])]
    pub(crate) write_baseline: Option<PathBuf>,
    /// Only findings that were not there at this git revision count; both are checked whole
    #[arg(long, value_name = "REV")]
    pub(crate) since: Option<String>,
    /// Only findings that are not in the last commit count
    #[arg(long, conflicts_with = "since")]
    pub(crate) changed: bool,
    /// In Markdown, say how the costs differ from an earlier `cost --format json`
    #[arg(long, value_name = "BASE.json")]
    pub(crate) compare: Option<PathBuf>,
    /// Take standard input for this file, as an editor has it, and print its findings alone
    #[arg(long, value_name = "FILE", conflicts_with_all = ["since", "changed"])]
    pub(crate) stdin_filename: Option<PathBuf>,
    /// Mend what has one right answer, then print what is left
    #[arg(long, group = "mending", conflicts_with_all = ["write_baseline", "show_files", "show_config"])]
    pub(crate) fix: bool,
    /// Print what `--fix` would change, as a unified diff, and change nothing; exit 1 if that is anything
    #[arg(long, group = "mending", conflicts_with_all = ["write_baseline", "show_files", "show_config", "format", "output", "compare"])]
    pub(crate) diff: bool,
    /// With `--fix` or `--diff`, also take the better answer where a person would decide, such as where a unit runs
    #[arg(long, requires = "mending")]
    pub(crate) unsafe_fixes: bool,
    /// Check again whenever files change, until Ctrl-C; what is known counts as it is at the start
    #[arg(long, conflicts_with_all = ["mending", "write_baseline", "show_files", "show_config", "stdin_filename"])]
    pub(crate) watch: bool,
    /// Print how many findings there are of each kind, instead of the findings
    #[arg(long, conflicts_with_all = ["format", "output", "compare", "diff", "write_baseline"])]
    pub(crate) statistics: bool,
    /// Print the files that are read, instead of checking them
    #[arg(long, conflicts_with_all = ["format", "output", "compare", "statistics", "baseline", "since", "changed"])]
    pub(crate) show_files: bool,
    /// Print the settings in effect and where each comes from, instead of checking
    #[arg(long, conflicts_with_all = ["show_files", "format", "output", "compare", "statistics", "baseline", "since", "changed"])]
    pub(crate) show_config: bool,
}

impl CheckArgs {
    /// The roots: of those that are named twice, or that are read with another one, that one.
    pub(super) fn roots(&self) -> Vec<PathBuf> {
        let here = [PathBuf::from(".")];
        let named = if self.paths.is_empty() { &here[..] } else { &self.paths };
        let roots: Vec<_> = named.iter().map(|path| project::root_of(path)).collect();
        // What cannot be found is left to whoever reads it, who says so.
        let folders: Vec<_> = roots.iter().map(|root| root.canonicalize().ok()).collect();
        let holds = |(place, folder): (usize, &PathBuf), other: (usize, &PathBuf)| match folder == other.1 {
            true => place < other.0,
            false => other.1.starts_with(folder) && project::is_reached(folder, other.1),
        };
        let known =
            || folders.iter().enumerate().filter_map(|(place, folder)| Some((place, folder.as_ref()?)));
        let is_held = |own| known().any(|other| holds(other, own));
        let held: HashSet<_> = known().filter(|own| is_held(*own)).map(|(place, _)| place).collect();
        let kept = roots.into_iter().enumerate().filter(|(place, _)| !held.contains(place));
        kept.map(|(_, root)| root).collect()
    }

    /// The revision whose findings are known.
    pub(super) fn revision(&self) -> Option<&str> {
        self.since.as_deref().or(self.changed.then_some("HEAD"))
    }

    /// Whether anything is written that shows how findings are mended, or that is done: to work that out takes time.
    pub(super) fn shows_fixes(&self) -> bool {
        let formats = self.output.iter().map(|output| output.format);
        !self.statistics && (self.fix || formats.chain([self.format]).any(Format::shows_fixes))
    }

    /// Whether anything is written that shows costs: to work them out takes time.
    pub(super) fn is_in_markdown(&self) -> bool {
        let formats = self.output.iter().map(|output| output.format);
        formats.chain([self.format]).any(|format| format == Format::Markdown)
    }
}
