//! `klotho-ls switch`: has one unit run somewhere else, in every place that states where it runs.

use crate::names::instead;
use crate::output::{Outcome, diff, finish, inert, print};
use crate::project;
use crate::write;
use clap::Args;
use klotho_text::visible_line;
use std::path::PathBuf;

/// What `switch` is asked.
#[derive(Args, Debug)]
pub(crate) struct SwitchArgs {
    /// The unit's id
    #[arg(value_name = "UNIT")]
    unit: String,
    /// Where it is to run, such as lambda or ecs
    #[arg(value_name = "TARGET")]
    target: String,
    /// The project's root, or a folder in it
    #[arg(value_name = "DIR", default_value = ".")]
    dir: PathBuf,
    /// Print what would be changed, as a unified diff, and change nothing
    #[arg(long)]
    diff: bool,
}

/// Switches one unit, or prints how.
pub(crate) fn run(args: &SwitchArgs) -> Result<Outcome, String> {
    let (loaded, root) = &project::load_to_change(&args.dir)?;
    loaded.tell_skipped(root);
    if let Some(reason) = loaded.why_untouchable(root) {
        return Err(format!("nothing was written: {reason}"));
    }
    if let Some(project) = loaded.snapshot.project(root) {
        let units = &project.derived().units;
        let Some(unit) = units.get(&*args.unit) else {
            let instead = instead(&args.unit, units.keys().map(|id| &**id));
            return Err(format!("no unit is called `{}`.{instead}", args.unit));
        };
        // Whoever makes sure of where something runs has what was asked for.
        if loaded.snapshot.runs_on(root, &args.unit, &args.target) {
            let said = format!("{} runs on {} already.\n", visible_line(&args.unit), unit.target.name);
            let printed = if args.diff { print("") } else { print(&inert(&said)) };
            return Ok(finish(printed, Outcome::Clean));
        }
    }
    let named = loaded.snapshot.switch(root, &args.unit, &args.target)?;
    if args.diff {
        let printed = print(&diff::of_edit(loaded, root, &named.edit)?);
        return Ok(finish(printed, Outcome::Clean));
    }
    write::apply(&named.edit, |file, bytes| loaded.snapshot.is_current(root, &file.path, bytes))?;
    let done = named.title.replacen("Switch ", "Switched ", 1);
    let files: Vec<_> = named.edit.files.iter().map(|file| loaded.shown(&file.path)).collect();
    let said = format!("{}.\nChanged {}.\n", visible_line(&done), visible_line(&files.join(", ")));
    Ok(finish(print(&inert(&said)), Outcome::Clean))
}
