//! `check --fix` and `--diff`: mending what has one right answer, in all projects.

use super::Judge;
use super::args::CheckArgs;
use super::finding::Finding;
use super::read::Projects;
use super::tally::Tally;
use crate::cost;
use crate::output::diff::unified;
use crate::output::note;
use crate::project::{self, Loaded};
use crate::write;
use klotho_ide::{Chance, FileEdit, FilePath, Mended, MendedFile, Mending, Snapshot, WorkspaceEdit};
use std::cell::RefCell;
use std::collections::{BTreeMap, HashSet};
use std::fs;

/// What would mend the projects.
pub(super) struct Fixes<'a> {
    all: Vec<MendedProject<'a>>,
    /// Files that are left as they are, and why.
    refused: BTreeMap<String, &'static str>,
}

/// What would mend one of them.
struct MendedProject<'a> {
    loaded: &'a Loaded,
    root: &'a FilePath,
    mended: Mended,
}

/// Works out what would mend the projects, given the findings that count and those that are known.
pub(super) fn fixes<'a>(
    projects: &'a Projects,
    args: &CheckArgs,
    judge: &Judge,
    [findings, known]: [&[Finding]; 2],
) -> Fixes<'a> {
    // Of equal findings in one file either all are mended or none.
    let known: HashSet<_> = &identities(known) - &identities(findings);
    let refused = RefCell::new(BTreeMap::new());
    let mend = |(loaded, root): (&'a Loaded, &'a FilePath)| {
        let text = |path: &FilePath| {
            let text = text(path);
            if let Err(why) = text {
                refused.borrow_mut().insert(loaded.shown(path), why);
            }
            text.ok()
        };
        let how = Mending {
            only: projects.only(),
            decides: args.unsafe_fixes,
            level: &|code, severity| judge.levels.level(code, severity),
            known: known.clone(),
            text: &text,
            contents: &|path| Some(project::read(root, path)),
        };
        MendedProject { loaded, root, mended: loaded.snapshot.mend(root, &how) }
    };
    let is_wanted = |(loaded, root): &(&Loaded, &FilePath)| {
        projects.only().is_none_or(|only| loaded.snapshot.root_of(only).as_ref() == Some(*root))
    };
    let all = projects.roots().filter(is_wanted).map(mend).collect();
    Fixes { all, refused: refused.into_inner() }
}

/// What may be mended, told without working it out.
pub(super) fn chance(projects: &Projects, judge: &Judge, [findings, known]: [&[Finding]; 2]) -> Chance {
    if findings.is_empty() {
        return Chance::default();
    }
    let how = Mending {
        only: projects.only(),
        decides: true,
        level: &|code, severity| judge.levels.level(code, severity),
        known: &identities(known) - &identities(findings),
        text: &|_| None,
        contents: &|_| None,
    };
    let each = projects.roots().map(|(loaded, root)| loaded.snapshot.chance_to_mend(root, &how));
    each.fold(Chance::default(), Chance::or)
}

fn identities(known: &[Finding]) -> HashSet<(Option<FilePath>, u64)> {
    let path = |finding: &Finding| Some(FilePath::clone(&finding.place.as_ref()?.path));
    known.iter().map(|finding| (path(finding), finding.identity)).collect()
}

/// The text of a file that may be changed, or why it may not.
fn text(path: &FilePath) -> Result<String, &'static str> {
    let is_read_only = fs::metadata(&**path).is_ok_and(|found| found.permissions().readonly());
    if is_read_only {
        return Err("it is read-only");
    }
    let bytes = project::bytes(path).ok_or("it is no file that can be read")?;
    String::from_utf8(bytes).map_err(|_| "it is not UTF-8")
}

impl Fixes<'_> {
    /// Notes how each finding is mended.
    pub(super) fn tell(self, projects: &Projects, findings: &mut [Finding]) {
        let mut by_identity: BTreeMap<u64, Vec<&mut Finding>> = BTreeMap::new();
        for finding in findings {
            by_identity.entry(finding.identity).or_default().push(finding);
        }
        for MendedProject { loaded, mended, .. } in self.all {
            let reader = projects.reader(loaded, &loaded.snapshot);
            for fix in mended.fixes {
                let is_meant = |finding: &&mut &mut Finding| match &finding.place {
                    Some(place) => place.path == fix.path && place.span.start == fix.at,
                    // What is about the project as a whole is shown in a file.
                    None => fix.path.starts_with(&*loaded.base),
                };
                let found = by_identity.get_mut(&fix.identity).and_then(|all| all.iter_mut().find(is_meant));
                if let Some(finding) = found {
                    finding.fix = Some(reader.fix(fix));
                }
            }
        }
    }

    /// The files that change, sorted. What two projects have in common is mended as the first of them says.
    fn files(&self) -> impl Iterator<Item = (&Loaded, &MendedFile)> {
        let mut files = BTreeMap::new();
        for MendedProject { loaded, mended, .. } in &self.all {
            for file in &mended.files {
                files.entry(&file.path).or_insert((*loaded, file));
            }
        }
        files.into_values()
    }

    /// The one file that was asked for, as it would be.
    pub(super) fn text(&self, path: &FilePath) -> Option<&str> {
        self.files().find(|(_, file)| file.path == *path).map(|(_, file)| file.after.as_str())
    }

    /// Writes all files or, when one of them is no longer what it was, none.
    pub(super) fn write(&self) -> Result<(), String> {
        let files: BTreeMap<&FilePath, &MendedFile> =
            self.files().map(|(_, file)| (&file.path, file)).collect();
        let edit = WorkspaceEdit { files: files.values().map(|file| file.edit.clone()).collect() };
        let is_current = |edit: &FileEdit, bytes: &[u8]| {
            let before = files.get(&edit.path).and_then(|file| file.before.as_deref());
            before.is_some_and(|before| before.as_bytes() == bytes)
        };
        write::apply(&edit, is_current)
    }

    /// Says on standard error what became of the findings, or would, what was left alone, and what runs elsewhere or costs
    /// something else then.
    pub(super) fn note(&self, (projects, judge): (&Projects, &Judge), before: &[Finding], words: [&str; 2]) {
        for (path, why) in &self.refused {
            note(&format!("{path} is left as it is: {why}"));
        }
        let (after, _) = judge.judged(projects.findings_with(|loaded, root| self.after(loaded, root)));
        note(&Tally::of(before, &after).text(words, self.files().count()));
        let is_one = self.all.len() == 1;
        for MendedProject { loaded, root, mended } in &self.all {
            if !mended.files.is_empty() {
                let whose = if is_one { String::new() } else { format!("{}: ", loaded.shown(root)) };
                let lines = cost::effect([&loaded.snapshot, &mended.after], root);
                lines.iter().for_each(|line| note(&format!("{whose}{line}")));
            }
        }
    }

    /// What is then known of a project.
    fn after<'s>(&'s self, loaded: &'s Loaded, root: &FilePath) -> &'s Snapshot {
        let is_meant = |one: &&MendedProject<'_>| std::ptr::eq(one.loaded, loaded) && one.root == root;
        self.all.iter().find(is_meant).map_or(&loaded.snapshot, |one| &one.mended.after)
    }

    /// All changes as one unified diff; empty when there are none.
    pub(super) fn diff(&self) -> String {
        let mut files: Vec<_> = self.files().map(|(loaded, file)| (loaded.shown(&file.path), file)).collect();
        files.sort_by(|one, other| one.0.cmp(&other.0));
        let one = |(path, file): (String, &MendedFile)| unified(&path, file.before.as_deref(), &file.after);
        files.into_iter().map(one).collect()
    }
}
