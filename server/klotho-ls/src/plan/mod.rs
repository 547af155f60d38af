//! `klotho-ls plan`: the cheapest target and size of every unit that meets what it requires, and writing that down.

mod json;
mod text;

use crate::output::{Outcome, diff, finish, finish_without, inert, note, print};
use crate::project::{self, Loaded};
use crate::write;
use clap::{Args, ValueEnum};
use klotho_ide::{FileEdit, FilePath, Plan, Rewrite};
use std::path::PathBuf;

/// What `plan` is asked.
#[derive(Args, Debug)]
pub(crate) struct PlanArgs {
    /// The project's root, or a folder in it
    #[arg(value_name = "DIR", default_value = ".")]
    pub(crate) dir: PathBuf,
    /// Write the plan into the annotations and the configuration
    #[arg(long)]
    pub(crate) write: bool,
    /// Print what that would change, as a unified diff, and change nothing
    #[arg(long, conflicts_with_all = ["write", "format"])]
    pub(crate) diff: bool,
    /// Count units whose traffic is assumed among what is to change
    #[arg(long)]
    pub(crate) assume: bool,
    /// How to print the plan
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
}

/// How the plan is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people: each unit with where it runs and should run, what that costs and why
    Text,
    /// One JSON document, as docs/plan-json.md describes it
    Json,
}

/// A plan that was written down.
pub(crate) struct Written {
    /// The files that were changed, as the person named their project.
    files: Vec<String>,
    /// The units whose target or size was changed, or written down.
    units: Vec<String>,
    /// The units that have to be changed by hand, and why.
    by_hand: Vec<(String, String)>,
}

/// Prints the plan of one project, and writes it if that is asked for.
pub(crate) fn run(args: &PlanArgs) -> Result<Outcome, String> {
    let load = if args.write { project::load_to_change } else { project::load_one };
    let (loaded, root) = &load(&args.dir)?;
    let plan = loaded.snapshot.plan(root).ok_or(project::VANISHED)??;
    loaded.tell_skipped(root);
    if args.diff {
        return diff(loaded, root, (&plan, args.assume));
    }
    let written = args.write.then(|| written(loaded, root, (&plan, args.assume))).transpose()?;
    let printed = match args.format {
        Format::Text => inert(&text::report(&plan, written.as_ref(), args)),
        Format::Json => json::report(&plan, written.as_ref()),
    };
    let outcome = if plan.is_met() { Outcome::Clean } else { Outcome::Errors };
    let outcome = finish_without(print(&printed), outcome, &loaded.unread().collect::<Vec<_>>());
    match written.filter(|written| !written.by_hand.is_empty()) {
        Some(_) => Err("not everything could be written".to_owned()),
        None => Ok(outcome),
    }
}

/// Prints what writing a plan down would change. What that leaves out is said on standard error.
fn diff(loaded: &Loaded, root: &FilePath, (plan, assume): (&Plan, bool)) -> Result<Outcome, String> {
    let rewrite = rewrite(loaded, root, (plan, assume))?;
    if plan.units.is_empty() {
        note("there is no execution unit, and so nothing to plan");
    }
    for (unit, reason) in &rewrite.by_hand {
        note(&format!("{unit} would not be changed: {reason}"));
    }
    let waiting: Vec<_> = plan.waiting().filter(|_| !assume).map(|unit| unit.id.as_str()).collect();
    if !waiting.is_empty() {
        note(&text::left_alone(&waiting));
    }
    let outcome = if plan.is_met() { Outcome::Clean } else { Outcome::Errors };
    let outcome = finish(print(&diff::of_edit(loaded, root, &rewrite.edit)?), outcome);
    if rewrite.by_hand.is_empty() { Ok(outcome) } else { Err("not everything could be written".to_owned()) }
}

/// What has to be written; the error says what could not be read, which may state where units run as well.
fn rewrite(loaded: &Loaded, root: &FilePath, (plan, assume): (&Plan, bool)) -> Result<Rewrite, String> {
    match loaded.why_untouchable(root) {
        Some(reason) => Err(reason),
        None => Ok(loaded.snapshot.plan_edit(root, plan, assume).unwrap_or_default()),
    }
}

/// Writes a plan down. Nothing is written unless every new file could be made beside the old one.
fn written(loaded: &Loaded, root: &FilePath, asked: (&Plan, bool)) -> Result<Written, String> {
    let Rewrite { edit, units, by_hand } =
        rewrite(loaded, root, asked).map_err(|reason| format!("nothing was written: {reason}"))?;
    write::apply(&edit, |file, bytes| loaded.snapshot.is_current(root, &file.path, bytes))?;
    let shown = |file: &FileEdit| loaded.shown(&file.path);
    let files = edit.files.iter().map(shown);
    Ok(Written { files: files.collect(), units, by_hand })
}
