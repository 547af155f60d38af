//! `cargo xtask docs`: the pages that are made from the program.

use crate::features;
use crate::step::{Failure, cargo, output_of, root, say};
use std::fs;

const STEP: &str = "docs";

/// A page, what the program is asked for it, and from what it is made. Who opens the page must not edit it; who asks the
/// program for it need not know.
const PAGES: [(&str, &[&str], &str); 2] = [
    ("docs/findings.md", &["explain", "--all"], "the definitions of the findings"),
    (
        "docs/prices.md",
        &["--prices", "", "prices", "list", "--format", "markdown"],
        "the built-in prices and the cost models",
    ),
];

/// Writes the pages, or with `check` only compares them with the files.
pub(crate) fn run(check: bool) -> Result<(), Failure> {
    written("docs/features.md", features::page().into_bytes(), "`xtask/src/features.rs`", check)?;
    PAGES.into_iter().try_for_each(|(path, asked, origin)| {
        let arguments = [&["run", "-q", "-p", "klotho-ls", "--"], asked].concat();
        written(path, output_of(STEP, cargo(&arguments))?, origin, check)
    })
}

/// Writes a page, or compares it with the file.
fn written(name: &str, mut page: Vec<u8>, origin: &str, check: bool) -> Result<(), Failure> {
    let title = page.iter().position(|byte| *byte == b'\n').map_or(0, |end| end + 1);
    page.splice(title..title, format!("\nMade by `cargo xtask docs` from {origin}.\n").bytes());
    let path = root().join(name);
    let up_to_date = fs::read(&path).is_ok_and(|written| written == page);
    match (up_to_date, check) {
        (true, _) => say(&format!("{name} is up to date")),
        (false, true) => {
            return Err(Failure::new(STEP, format!("{name} is not up to date: run `cargo xtask docs`")));
        }
        (false, false) => {
            fs::write(&path, page).map_err(|error| Failure::new(STEP, format!("{name}: {error}")))?;
            say(&format!("wrote {name}"));
        }
    }
    Ok(())
}
