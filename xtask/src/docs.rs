//! `cargo xtask docs`: the pages that are made from the program.

use crate::step::{Failure, cargo, output_of, root, say};
use std::fs;

const STEP: &str = "docs";
const PAGE: &str = "docs/findings.md";

/// Who opens the page must not edit it; who asks the program for it need not know.
const ORIGIN: &str = "\nMade by `cargo xtask docs` from the definitions of the findings.\n";

/// Writes the page of all findings, or with `check` only compares it with the file.
pub(crate) fn run(check: bool) -> Result<(), Failure> {
    let mut page = output_of(STEP, cargo(&["run", "-q", "-p", "klotho-ls", "--", "explain", "--all"]))?;
    let title = page.iter().position(|byte| *byte == b'\n').map_or(0, |end| end + 1);
    page.splice(title..title, ORIGIN.bytes());
    let path = root().join(PAGE);
    let up_to_date = fs::read(&path).is_ok_and(|written| written == page);
    match (up_to_date, check) {
        (true, _) => say(&format!("{PAGE} is up to date")),
        (false, true) => {
            return Err(Failure::new(STEP, format!("{PAGE} is not up to date: run `cargo xtask docs`")));
        }
        (false, false) => {
            fs::write(&path, page).map_err(|error| Failure::new(STEP, format!("{PAGE}: {error}")))?;
            say(&format!("wrote {PAGE}"));
        }
    }
    Ok(())
}
