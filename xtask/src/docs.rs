//! `cargo xtask docs`: the pages and schemas that are made from the program.

use crate::features;
use crate::step::{Failure, cargo, output_of, root, say};
use serde_json::{Value, json};
use std::fs;

const STEP: &str = "docs";

/// A file, what the program is asked for it, and from what it is made. Who opens the file must not edit it; who asks the
/// program for it need not know.
const FILES: [(&str, &[&str], &str); 6] = [
    ("docs/findings.md", &["explain", "--all"], "the definitions of the findings"),
    (
        "docs/prices.md",
        &["--prices", "", "prices", "list", "--format", "markdown"],
        "the built-in prices and the cost models",
    ),
    ("docs/settings.md", &["schema", "settings", "--format", "markdown"], "the table of the settings"),
    (SETTINGS, &["schema", "settings"], "the table of the settings"),
    ("docs/klotho-yaml.schema.json", &["schema", "config"], "the keys of the configuration"),
    ("docs/annotation.schema.json", &["schema", "annotation"], "the catalogue of the capabilities"),
];

/// The methods of the protocol.
const FEATURES: &str = "docs/features.md";

/// The settings, as VS Code takes them.
const SETTINGS: &str = "docs/settings.schema.json";

/// What tells VS Code of them.
const EXTENSION: &str = "vscode-extension/package.json";

/// Writes the files, or with `check` only compares them.
pub(crate) fn run(check: bool) -> Result<(), Failure> {
    let features = noted(FEATURES, features::page().into_bytes(), "`xtask/src/features.rs`");
    keep(FEATURES, &features, check)?;
    FILES.into_iter().try_for_each(|(path, asked, origin)| made(path, asked, origin, check))?;
    extension(check)
}

fn made(name: &str, asked: &[&str], origin: &str, check: bool) -> Result<(), Failure> {
    let arguments = [&["run", "-q", "-p", "klotho-ls", "--"], asked].concat();
    keep(name, &noted(name, output_of(STEP, cargo(&arguments))?, origin), check)
}

/// The text with a note, below its first line, of what it is made from.
fn noted(name: &str, mut text: Vec<u8>, origin: &str) -> Vec<u8> {
    let first = text.iter().position(|byte| *byte == b'\n').map_or(0, |end| end + 1);
    let note = format!("Made by `cargo xtask docs` from {origin}.");
    // JSON has no place for a remark but this one.
    let is_json = name.ends_with(".json");
    let line = if is_json { format!("  \"$comment\": \"{note}\",\n") } else { format!("\n{note}\n") };
    text.splice(first..first, line.bytes());
    text
}

/// Keeps the settings that the extension declares equal to those of the program. Nothing else of its file is touched.
fn extension(check: bool) -> Result<(), Failure> {
    // Not every checkout has the extension.
    if !root().join(EXTENSION).exists() {
        return Ok(());
    }
    let (settings, mut package) = (read(SETTINGS)?, read(EXTENSION)?);
    let wanted = json!({ "title": settings["title"], "properties": settings["properties"] });
    let declared =
        package.get_mut("contributes").and_then(|contributes| contributes.get_mut("configuration"));
    let Some(declared) = declared else {
        return Err(Failure::new(STEP, format!("{EXTENSION} has no `contributes.configuration` to keep")));
    };
    if *declared == wanted {
        say(&format!("{EXTENSION} is up to date"));
        return Ok(());
    }
    *declared = wanted;
    keep(EXTENSION, format!("{package:#}\n").as_bytes(), check)
}

fn read(name: &str) -> Result<Value, Failure> {
    let failed = |error: &dyn std::fmt::Display| Failure::new(STEP, format!("{name}: {error}"));
    let text = fs::read(root().join(name)).map_err(|error| failed(&error))?;
    serde_json::from_slice(&text).map_err(|error| failed(&error))
}

/// Writes a file that is not what it should be; with `check` that is a failure.
fn keep(name: &str, text: &[u8], check: bool) -> Result<(), Failure> {
    let path = root().join(name);
    let up_to_date = fs::read(&path).is_ok_and(|written| written == text);
    match (up_to_date, check) {
        (true, _) => say(&format!("{name} is up to date")),
        (false, true) => {
            return Err(Failure::new(STEP, format!("{name} is not up to date: run `cargo xtask docs`")));
        }
        (false, false) => {
            fs::write(&path, text).map_err(|error| Failure::new(STEP, format!("{name}: {error}")))?;
            say(&format!("wrote {name}"));
        }
    }
    Ok(())
}
