//! Rules that every file of the repository keeps.

#![allow(clippy::expect_used, reason = "a test stops where it cannot go on")]

use std::path::{Path, PathBuf};
use std::process::Command;

const LINES: usize = 600;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask has a parent").to_path_buf()
}

/// Path and text of every file that git knows and the disk holds; binary files are left out.
fn files() -> Vec<(String, String)> {
    let listed =
        Command::new("git").args(["ls-files", "-z"]).current_dir(root()).output().expect("git answers");
    assert!(
        listed.status.success(),
        "git cannot list the files: {}",
        String::from_utf8_lossy(&listed.stderr)
    );
    let names = String::from_utf8(listed.stdout).expect("file names are UTF-8");
    let paths = names.split_terminator('\0').map(str::to_owned);
    paths.filter_map(|path| text_of(&path).map(|text| (path, text))).collect()
}

fn text_of(path: &str) -> Option<String> {
    let full = root().join(path);
    if !full.symlink_metadata().is_ok_and(|found| found.is_file()) {
        return None;
    }
    let bytes = std::fs::read(full).expect("a listed file can be read");
    if bytes.contains(&0) { None } else { Some(String::from_utf8_lossy(&bytes).into_owned()) }
}

/// Fails with every file and line that breaks the rule.
fn assert_none(rule: &str, broken: &[String]) {
    assert!(broken.is_empty(), "{rule}:\n  {}", broken.join("\n  "));
}

/// Data and what programs write: nobody reads these from top to bottom.
fn is_data(path: &str) -> bool {
    [".lock", ".json", ".csv", ".svg"].iter().any(|end| path.ends_with(end))
        || ["docs/findings.md", "docs/prices.md", "docs/rules.md", "docs/klotho-reference.md"].contains(&path)
        || path.ends_with("/src/parser.c")
        || path.contains("/src/tree_sitter/")
}

/// Lines for which `is_wrong` holds, as `path:line: text`.
fn lines_where(is_wrong: impl Fn(&str) -> bool) -> Vec<String> {
    let mut found = Vec::new();
    for (path, text) in files() {
        let numbered = text.lines().enumerate().filter(|(_, line)| is_wrong(line));
        found.extend(numbered.map(|(at, line)| format!("{path}:{}: {}", at + 1, line.trim())));
    }
    found
}

/// Whether `word` stands in `line` as a word of its own.
fn has_word(line: &str, word: &str) -> bool {
    let part_of_word = |c: char| c.is_alphanumeric() || c == '_';
    line.match_indices(word).any(|(at, _)| {
        !line[..at].ends_with(part_of_word) && !line[at + word.len()..].starts_with(part_of_word)
    })
}

/// Whether `line` holds an absolute path that starts with `folder`.
fn has_absolute(line: &str, folder: &str) -> bool {
    let relative = |c: char| c.is_alphanumeric() || "_-.~}*".contains(c);
    line.match_indices(folder).any(|(at, _)| !line[..at].ends_with(relative))
}

#[test]
fn files_are_short() {
    let long = files().into_iter().filter(|(path, _)| !is_data(path));
    let long = long.map(|(path, text)| (path, text.lines().count())).filter(|(_, lines)| *lines > LINES);
    let long: Vec<_> = long.map(|(path, lines)| format!("{path}: {lines} lines")).collect();
    assert_none("files over 600 lines", &long);
}

#[test]
fn nothing_is_left_to_do() {
    // Put together here, so that this file does not hold them.
    let words = [concat!("TO", "DO"), concat!("FIX", "ME")];
    assert_none("unfinished work", &lines_where(|line| words.iter().any(|word| has_word(line, word))));
}

#[test]
fn no_path_of_one_machine() {
    let folders = [concat!("/wo", "rk/"), concat!("/t", "mp/")];
    let found = lines_where(|line| folders.iter().any(|folder| has_absolute(line, folder)));
    assert_none("absolute paths", &found);
}

#[test]
fn files_end_in_a_newline() {
    let open = files().into_iter().filter(|(_, text)| !text.is_empty() && !text.ends_with('\n'));
    assert_none("files without a newline at their end", &open.map(|(path, _)| path).collect::<Vec<_>>());
}

#[test]
fn unsafe_code_is_where_it_may_be() {
    /// A signal handler, and the name of a parser in C.
    const UNSAFE: [&str; 2] = ["server/last-words/", "grammars/tree-sitter-klotho/src/lib.rs"];
    let allowed = files().into_iter().filter(|(path, text)| {
        path.ends_with(".rs")
            && ![UNSAFE[0], UNSAFE[1], "xtask/tests/"].iter().any(|folder| path.starts_with(folder))
            && text.contains("unsafe_code")
    });
    let tables = files().into_iter().filter(|(path, text)| {
        path.ends_with("/Cargo.toml")
            && !path.starts_with("tests/")
            && !text.contains("[lints]\nworkspace = true")
    });
    let broken: Vec<_> = allowed.chain(tables).map(|(path, _)| path).collect();
    assert_none(
        "code is unsafe where nothing else will do, and all crates have the lints of the workspace",
        &broken,
    );
}

#[test]
fn words_and_paths_are_told_apart() {
    assert!(has_word("// NOTE: later", "NOTE") && !has_word("KEYNOTES", "NOTE"));
    assert!(has_absolute("in /here/x", "/here/") && has_absolute("file:///here/x", "/here/"));
    assert!(!has_absolute("over/here/x", "/here/"));
}

/// The value of the first line of `text` that starts with `key`, in quotes.
fn quoted<'a>(text: &'a str, key: &str) -> Option<&'a str> {
    let line = text.lines().find_map(|line| line.trim_start().strip_prefix(key))?;
    line.split('"').find(|part| part.starts_with(|first: char| first.is_ascii_digit()))
}

#[test]
fn the_extension_has_the_version_of_the_server() {
    let (manifest, package) = (text_of("Cargo.toml"), text_of("vscode-extension/package.json"));
    let server = manifest.as_deref().and_then(|text| quoted(text, "version ="));
    let extension = package.as_deref().and_then(|text| quoted(text, "\"version\":"));
    assert!(server.is_some(), "the workspace's version is not found");
    assert_eq!(server, extension, "Cargo.toml and vscode-extension/package.json");
}
