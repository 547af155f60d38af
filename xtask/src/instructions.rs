//! `cargo xtask instructions`: how many instructions the paths take that are gone most, counted by valgrind. On a busy machine they are
//! what they are on a quiet one.

use crate::step::{Failure, answers, cargo, command, install, output_of, release_server, root, say, target};
use std::collections::HashMap;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

const STEP: &str = "instructions";

/// Where the last figures stand.
const PAGE: &str = "docs/speed.md";
const BEGIN: &str = "<!-- instructions: cargo xtask instructions --write -->";
const END: &str = "<!-- end of instructions -->";

/// How often a piece of work is done in the two runs whose difference counts. Both are even: what one time does the next undoes.
const FEW: usize = 2;
const MANY: usize = 12;

/// The same of the files that are checked.
const FEW_FILES: usize = 100;
const MANY_FILES: usize = 1_100;

/// Counts everything, and puts the figures into the page if they are to be written.
pub(crate) fn run(write: bool) -> Result<(), Failure> {
    if !answers("valgrind", &["--version"]) && !install(&["valgrind"])? {
        return Err(Failure::new(STEP, "needs valgrind, which is in most package lists under that name"));
    }
    let folder = target()?.join(STEP);
    fs::create_dir_all(&folder).map_err(|error| Failure::new(STEP, error))?;
    let page = root().join(PAGE);
    let text = fs::read_to_string(&page).map_err(|error| Failure::new(STEP, error))?;
    let counted = counted(&folder)?;
    let block = table(&counted, &known(&text));
    say(&block);
    if write {
        let parts = text.split_once(BEGIN).and_then(|(before, rest)| Some((before, rest.split_once(END)?.1)));
        let (before, behind) =
            parts.ok_or_else(|| Failure::new(STEP, format!("{PAGE} has no place for them")))?;
        let text = format!("{before}{BEGIN}\n\n{block}\n{END}{behind}");
        fs::write(&page, text).map_err(|error| Failure::new(STEP, error))?;
    }
    Ok(())
}

/// What each piece of work takes, by name.
fn counted(folder: &Path) -> Result<Vec<(String, u64)>, Failure> {
    let bench = bench()?;
    let names = output_of(STEP, Command::new(&bench))?;
    let mut counted = Vec::new();
    for name in String::from_utf8_lossy(&names).lines() {
        let once = |count: usize| {
            let mut work = under_valgrind(folder, name, &bench);
            work.args([name, &count.to_string()]);
            collected(work)
        };
        counted.push((name.to_owned(), per_time(once(FEW)?, once(MANY)?, MANY - FEW)));
    }
    let server = release_server(STEP)?;
    let check = |files: usize| {
        let project = plain_project(&folder.join(format!("{files}-files")), files)?;
        let mut check = under_valgrind(folder, "check", &server);
        check.arg("check").arg(project);
        collected(check)
    };
    let files = MANY_FILES - FEW_FILES;
    counted
        .push(("check-of-a-plain-file".to_owned(), per_time(check(FEW_FILES)?, check(MANY_FILES)?, files)));
    Ok(counted)
}

fn per_time(few: u64, many: u64, times: usize) -> u64 {
    many.saturating_sub(few) / times as u64
}

/// Builds the work, and says where it is.
fn bench() -> Result<PathBuf, Failure> {
    let build = ["bench", "-p", "klotho-ide", "--bench", STEP, "--no-run", "--message-format=json"];
    let messages = output_of(STEP, cargo(&build))?;
    let messages = String::from_utf8_lossy(&messages);
    let mut built = messages.lines().filter_map(|line| {
        let message: serde_json::Value = serde_json::from_str(line).ok()?;
        let is_ours = message["target"]["name"] == STEP;
        message["executable"].as_str().filter(|_| is_ours).map(PathBuf::from)
    });
    built.next().ok_or_else(|| Failure::new(STEP, "cargo built nothing"))
}

/// A program under valgrind. What it finds about each function stays in the folder, for `callgrind_annotate`.
fn under_valgrind(folder: &Path, name: &str, program: &Path) -> Command {
    let mut valgrind = command("valgrind", &["--tool=callgrind"]);
    let kept = folder.join(format!("{name}.callgrind"));
    valgrind.arg(format!("--callgrind-out-file={}", kept.display())).arg(program);
    valgrind
}

/// Runs a program under valgrind; how many instructions that were.
fn collected(mut valgrind: Command) -> Result<u64, Failure> {
    valgrind.stdout(Stdio::null());
    let output = valgrind.output().map_err(|error| Failure::new(STEP, error))?;
    let said = String::from_utf8_lossy(&output.stderr);
    let count = said.lines().find_map(|line| line.split_once("Collected : ")?.1.trim().parse().ok());
    count.filter(|_| output.status.success()).ok_or_else(|| Failure::new(STEP, said))
}

/// A folder of sources without annotations.
fn plain_project(folder: &Path, files: usize) -> Result<PathBuf, Failure> {
    let failed = |error| Failure::new(STEP, error);
    fs::create_dir_all(folder).map_err(failed)?;
    let function = "export async function read(key: string) {\n  return await fetch(`/notes/${key}`);\n}\n\n";
    for number in 0..files {
        let file = folder.join(format!("file{number}.ts"));
        fs::write(file, function.repeat(60)).map_err(failed)?;
    }
    Ok(folder.to_owned())
}

/// The figures that the page has, by name.
fn known(page: &str) -> HashMap<String, u64> {
    let block =
        page.split_once(BEGIN).and_then(|(_, rest)| rest.split_once(END)).map_or("", |(block, _)| block);
    let rows = block.lines().filter_map(|line| {
        let mut cells = line.trim_matches('|').split('|').map(str::trim);
        let (name, count) = (cells.next()?.trim_matches('`'), cells.next()?.replace(',', ""));
        Some((name.to_owned(), count.parse().ok()?))
    });
    rows.collect()
}

/// The figures as a table, with what became of the `known` ones.
fn table(counted: &[(String, u64)], known: &HashMap<String, u64>) -> String {
    let mut table = "| work | instructions | before |\n|---|---:|---:|\n".to_owned();
    for (name, count) in counted {
        let before = known.get(name).map_or("-".to_owned(), |before| with_commas(*before));
        let _ = writeln!(table, "| `{name}` | {} | {before} |", with_commas(*count));
    }
    table
}

fn with_commas(count: u64) -> String {
    let digits = count.to_string();
    let groups = digits.as_bytes().rchunks(3).rev().map(String::from_utf8_lossy);
    groups.collect::<Vec<_>>().join(",")
}
