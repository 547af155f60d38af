//! `docs/hostile.md`: what each project does to this program and to its peers.

use crate::case::Case;
use crate::run::Served;
use crate::{fared, reopen, run};
use std::env;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

/// Another program, and how it is asked to look at a folder. What is printed on standard output only counts as said where
/// it is about faults.
struct Peer {
    name: &'static str,
    arguments: &'static [&'static str],
    is_told_by_errors: bool,
}

const PEERS: [Peer; 5] = [
    Peer { name: "ruff", arguments: &["check", "--no-cache", "--isolated", "."], is_told_by_errors: false },
    Peer { name: "biome", arguments: &["lint", "."], is_told_by_errors: false },
    Peer { name: "oxlint", arguments: &["."], is_told_by_errors: false },
    Peer {
        name: "ast-grep",
        arguments: &[
            "scan",
            "--inline-rules",
            "id: x\nlanguage: ts\nrule: {kind: comment, regex: '@klotho::'}",
            ".",
        ],
        is_told_by_errors: true,
    },
    Peer {
        name: "rg",
        arguments: &["--no-ignore", "--hidden", "-l", "@klotho::", "."],
        is_told_by_errors: true,
    },
];

const HEAD: &str = "# What hostile projects do

Made by `cargo xtask hostile` from the table in `tests/hostile/`, the small ones of which are part of the suite. Each project is
checked by the real program and opened, asked about, edited and closed in the real server; beside it stands what other programs do
with the same folder. A cell holds the exit code or the signal, the seconds, the most memory in MB, and `said` where the output names
the file that is odd; that of the server holds the seconds and the memory of a session in which every question was answered and the
server ended as it should. A program that does not read the file's language has nothing to say. One run, on one machine: the times show
who hangs, not who is fast.

";

/// Runs everything and writes the page that `KLOTHO_HOSTILE_PAGE` names; with `KLOTHO_HOSTILE_ONLY` the projects with such a name
/// alone, which are printed. Returns what is wrong.
pub(crate) fn write(cases: &[Case]) -> Vec<String> {
    let only = env::var("KLOTHO_HOSTILE_ONLY").ok();
    let peers: Vec<_> = PEERS.iter().filter_map(|peer| Some((peer, found(peer.name)?))).collect();
    let mut text = HEAD.to_owned();
    for (peer, path) in &peers {
        let said = run::run(path, &["--version"], Path::new(".")).stdout;
        let said = String::from_utf8_lossy(&said);
        let version =
            said.split_whitespace().find(|word| word.starts_with(|first: char| first.is_ascii_digit()));
        let _ = writeln!(text, "- {} {}", peer.name, version.unwrap_or("of an unknown version"));
    }
    let names: Vec<_> = peers.iter().map(|(peer, _)| peer.name).collect();
    let _ = writeln!(
        text,
        "\n| project | check | server | {} |\n|---|---|---|{}",
        names.join(" | "),
        "---|".repeat(names.len())
    );
    let mut faults = Vec::new();
    for case in cases.iter().filter(|case| only.as_ref().is_none_or(|only| case.name.contains(only))) {
        let (served, fault) = fared(case);
        faults.extend(fault);
        let folder = tempfile::tempdir().expect("a folder");
        (case.make)(folder.path());
        let ours = cell(&run::program(), &["check", "."], case, folder.path(), false);
        let theirs = peers
            .iter()
            .map(|(peer, path)| cell(path, peer.arguments, case, folder.path(), peer.is_told_by_errors));
        let session = served.map_or_else(
            || "failed".to_owned(),
            |Served { seconds, most }| format!("{seconds:.1} s, {}", most / 1024),
        );
        let cells: Vec<_> = [ours, session].into_iter().chain(theirs).collect();
        let _ = writeln!(
            text,
            "| {} | {} |",
            case.name.replace('`', "\\`").replace('*', "\\*"),
            cells.join(" | ")
        );
        reopen(folder.path());
    }
    match env::var_os("KLOTHO_HOSTILE_PAGE").filter(|_| only.is_none()) {
        Some(page) => fs::write(page, text).expect("the page can be written"),
        None => println!("{text}"),
    }
    faults
}

/// Where a peer lies, among those that were installed for this or on PATH.
fn found(name: &str) -> Option<PathBuf> {
    let folders = env::var_os("KLOTHO_PEERS").into_iter().chain(env::var_os("PATH"));
    folders
        .flat_map(|list| env::split_paths(&list).collect::<Vec<_>>())
        .map(|folder| folder.join(name))
        .find(|path| path.is_file())
}

fn cell(program: &Path, arguments: &[&str], case: &Case, folder: &Path, is_told_by_errors: bool) -> String {
    let ended = run::run(program, arguments, folder);
    let most = ended.most.map_or_else(|| "?".to_owned(), |kib| (kib / 1024).to_string());
    let file = case.said.first().map_or(case.opened.as_str(), |(file, ..)| file);
    let names = |output: &[u8]| String::from_utf8_lossy(output).contains(file);
    let is_said = names(&ended.stderr) || !is_told_by_errors && names(&ended.stdout);
    format!("{}, {:.1} s, {most}{}", ended.code(), ended.seconds, if is_said { ", said" } else { "" })
}
