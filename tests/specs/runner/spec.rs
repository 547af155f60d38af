//! Reading a specification and holding the program to it.

use super::disk::Disk;
use super::tables::{TABLES, parameters, render};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// One Markdown file.
pub(crate) struct Spec {
    pub(crate) path: PathBuf,
    pub(crate) cases: Vec<Case>,
    text: String,
}

/// One `##` section: a rule, the smallest project, and what is expected of it.
pub(crate) struct Case {
    pub(crate) heading: String,
    /// The rules of the reference that it shows: `5.3 Own routes`.
    pub(crate) rules: Vec<String>,
    blocks: Vec<Block>,
    /// Line after its last one.
    end: usize,
}

/// One fenced block.
struct Block {
    /// A path, or the name of a table.
    name: String,
    text: String,
    /// Lines of its content: first, and the one of the closing fence.
    lines: (usize, usize),
}

/// Every specification of a folder, sorted by name.
pub(crate) fn all(folder: &Path) -> Vec<Spec> {
    let entries = fs::read_dir(folder).expect("the folder of specifications can be read");
    let paths = entries.map(|entry| entry.expect("an entry can be read").path());
    let is_spec = |path: &PathBuf| {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        name.ends_with(".md") && !["README.md", "different.md"].contains(&name)
    };
    let mut paths: Vec<_> = paths.filter(is_spec).collect();
    paths.sort();
    paths.into_iter().map(Spec::read).collect()
}

impl Spec {
    fn read(path: PathBuf) -> Self {
        let text = fs::read_to_string(&path).expect("a specification can be read");
        let cases = cases(&text, &path);
        Self { path, cases, text }
    }

    pub(crate) fn name(&self) -> String {
        self.path.file_name().unwrap_or_default().to_string_lossy().into_owned()
    }

    /// What does not hold. With `UPDATE_EXPECT=1` the file takes what the program says now.
    pub(crate) fn check(&self) -> Vec<String> {
        let mut edits = Vec::new();
        let mut failures = Vec::new();
        for case in &self.cases {
            for (name, found) in case.found() {
                let block = case.blocks.iter().find(|block| block.name == name);
                let expected = block.map_or("", |block| &block.text);
                if expected == found {
                    continue;
                }
                let place = format!("{}: {}", self.name(), case.heading);
                failures.push(format!("{place}\n--- expected {name}\n{expected}--- found\n{found}"));
                edits.push((
                    block.map_or((case.end, case.end), |block| block.lines),
                    name,
                    found,
                    block.is_some(),
                ));
            }
        }
        if std::env::var_os("UPDATE_EXPECT").is_none() {
            return failures;
        }
        self.rewrite(edits);
        Vec::new()
    }

    fn rewrite(&self, edits: Vec<((usize, usize), &str, String, bool)>) {
        let mut lines: Vec<String> = self.text.lines().map(str::to_owned).collect();
        for ((start, end), name, found, is_there) in edits.into_iter().rev() {
            let mut new: Vec<String> = found.lines().map(str::to_owned).collect();
            if !is_there {
                new.insert(0, format!("```{name}"));
                new.extend(["```".to_owned(), String::new()]);
            }
            lines.splice(start..end, new);
        }
        let text = format!("{}\n", lines.join("\n").trim_end());
        if text != self.text {
            fs::write(&self.path, text).expect("a specification can be written");
        }
    }
}

impl Case {
    /// Its project.
    pub(crate) fn disk(&self) -> Disk {
        let files: Vec<_> = self.blocks.iter().filter(|block| !is_table(&block.name)).collect();
        Disk::new(&files.iter().map(|file| (&*file.name, &*file.text)).collect::<Vec<_>>())
    }

    /// What the program says in each table that the case has; findings always count.
    fn found(&self) -> Vec<(&'static str, String)> {
        let disk = self.disk();
        let snapshot = disk.snapshot();
        let mut graph = snapshot.graph_json(super::disk::ROOT).expect("the project is there");
        graph["parameters"] = parameters(&snapshot, &graph);
        let wanted = TABLES
            .iter()
            .copied()
            .filter(|table| *table == "findings" || self.blocks.iter().any(|block| block.name == *table));
        wanted.map(|table| (table, render(table, &graph, &disk))).collect()
    }
}

fn is_table(name: &str) -> bool {
    TABLES.contains(&name)
}

fn cases(text: &str, path: &Path) -> Vec<Case> {
    let lines: Vec<&str> = text.lines().collect();
    let mut cases: Vec<Case> = Vec::new();
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        at += 1;
        if let Some(heading) = line.strip_prefix("## ") {
            cases.push(Case { heading: heading.to_owned(), rules: Vec::new(), blocks: Vec::new(), end: at });
        } else if let (Some(case), Some(rule)) = (cases.last_mut(), line.strip_prefix("> ")) {
            case.rules.push(rule.trim().to_owned());
        } else if let (Some(case), Some((fence, name))) = (cases.last_mut(), fence(line)) {
            let length = lines[at..].iter().position(|line| *line == fence);
            let close =
                at + length.unwrap_or_else(|| panic!("{}:{at}: the block is not closed", path.display()));
            let mut content = String::new();
            lines[at..close].iter().for_each(|line| writeln!(content, "{line}").expect("a string takes all"));
            case.blocks.push(Block { name, text: content, lines: (at, close) });
            at = close + 1;
        }
        if let Some(case) = cases.last_mut() {
            case.end = at;
        }
    }
    cases
}

/// The fence that a line opens, and what its block is: the last word of its information string.
fn fence(line: &str) -> Option<(String, String)> {
    let ticks = line.chars().take_while(|&tick| tick == '`').count();
    let info = line[ticks..].trim();
    let name = info.rsplit(' ').next().unwrap_or_default();
    (ticks >= 3 && !name.is_empty()).then(|| ("`".repeat(ticks), name.to_owned()))
}
