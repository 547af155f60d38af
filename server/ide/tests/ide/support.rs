//! Projects written in a test: paths and texts, with `$0` where the cursor is.

use klotho_ide::{Change, Code, CodeAction, FilePath, Snapshot, Span, Wanted, WorkspaceEdit};

#[path = "../../../../tests/support/disk.rs"]
mod disk;

pub(crate) use disk::{Disk, ROOT, new_host, today};

/// A project with a cursor in one of its files.
pub(crate) struct Fixture {
    pub(crate) disk: Disk,
    pub(crate) snapshot: Snapshot,
    pub(crate) path: FilePath,
    pub(crate) offset: usize,
}

impl Disk {
    /// The project after an edit.
    pub(crate) fn edited(&self, edit: &WorkspaceEdit) -> Self {
        let mut after = self.clone();
        for file in &edit.files {
            let relative = file.path.strip_prefix("/app/").unwrap_or(&file.path).to_owned();
            assert_eq!(
                file.create,
                !after.0.contains_key(&relative),
                "{relative} is made only if it is not there"
            );
            let text = after.0.entry(relative).or_default();
            for edit in file.edits.iter().rev() {
                text.replace_range(edit.span.range(), &edit.text);
            }
        }
        after
    }

    /// The world with one file open in an editor.
    fn opened(&self, path: &str) -> Snapshot {
        let mut host = new_host();
        self.load(&mut host);
        let relative = path.strip_prefix("/app/").unwrap_or(path);
        let language = klotho_grammars::Language::of_path(path);
        let text = self.0[relative].clone();
        host.apply(Change::Open { path: path.into(), language, version: 1, text });
        self.deliver(&mut host);
        host.snapshot()
    }

    /// The codes and lines (from 1) of the findings in files. What a project lacks as a whole is not what such small ones
    /// are about.
    pub(crate) fn findings(&self) -> Vec<String> {
        self.all_findings().into_iter().filter(|found| !found.starts_with(':')).collect()
    }

    /// The codes and lines (from 1) of all findings.
    pub(crate) fn all_findings(&self) -> Vec<String> {
        let snapshot = self.snapshot();
        let all = snapshot.project_diagnostics(ROOT).into_iter();
        all.map(|found| {
            let path = found.path.clone().unwrap_or_default();
            let line = snapshot.lines(&path).map_or(0, |lines| lines.line_of(found.span.start as usize) + 1);
            format!("{}:{line} {}", path.trim_start_matches("/app/"), found.code.name())
        })
        .collect()
    }
}

/// What a person sees who opens the list at the cursor, but for what is about the whole file.
pub(crate) fn at_the_cursor() -> Wanted {
    Wanted { only: Some(vec!["quickfix".to_owned(), "refactor".to_owned()]), ..Wanted::default() }
}

/// The world with one file open in an editor.
pub(crate) fn opened(disk: &Disk, path: &str) -> Snapshot {
    disk.opened(&format!("{ROOT}/{path}"))
}

impl Fixture {
    /// Takes the `$0` out of the one file that has it.
    pub(crate) fn new(files: &[(&str, &str)]) -> Self {
        let mut disk = Disk::new(files);
        let (path, offset) = disk
            .0
            .iter_mut()
            .find_map(|(path, text)| {
                let offset = text.find("$0")?;
                text.replace_range(offset..offset + 2, "");
                Some((format!("{ROOT}/{path}"), offset))
            })
            .expect("a fixture has a cursor");
        Self { snapshot: disk.opened(&path), disk, path: path.into(), offset }
    }

    pub(crate) fn hover(&self) -> String {
        self.snapshot.hover(&self.path, self.offset).map(|hover| hover.markdown).unwrap_or_default()
    }

    /// What can be done at the cursor, but for the leave to keep a finding, which nearly every one has.
    pub(crate) fn actions(&self) -> Vec<CodeAction> {
        let mut actions = self.all_actions();
        actions.retain(|action| !action.title.starts_with("Allow "));
        actions
    }

    pub(crate) fn all_actions(&self) -> Vec<CodeAction> {
        self.snapshot.code_actions(&self.path, Span::empty(self.offset), &at_the_cursor())
    }

    /// The messages about the file, and what each fix at the cursor makes of it, which lies at `path`.
    pub(crate) fn said_and_fixed(&self, path: &str) -> String {
        let said = self.snapshot.diagnostics(&self.path);
        let mut shown: String = said.iter().map(|found| format!("{}\n", found.message)).collect();
        let fixes = self.actions().into_iter().filter(|action| action.kind == "quickfix");
        for action in fixes {
            shown += &format!("-- {}\n{}", action.title, self.disk.edited(&action.edit).0[path]);
        }
        shown
    }

    /// What mends the whole file, if there is anything to mend.
    pub(crate) fn fix_all(&self) -> Option<WorkspaceEdit> {
        let wanted = Wanted { only: Some(vec!["source.fixAll".to_owned()]), ..Wanted::default() };
        let found = self.snapshot.code_actions(&self.path, Span::empty(self.offset), &wanted);
        assert!(found.len() <= 1 && found.iter().all(|action| action.kind == "source.fixAll.klotho"));
        found.into_iter().next().map(|action| action.edit)
    }

    pub(crate) fn action(&self, start: &str) -> CodeAction {
        let all = self.all_actions();
        let titles: Vec<_> = all.iter().map(|action| action.title.clone()).collect();
        let found = all.into_iter().find(|action| action.title.starts_with(start));
        found.unwrap_or_else(|| panic!("no action {start:?} among {titles:#?}"))
    }
}

/// Whether a parse was given up: on a busy machine that may befall any file, and nothing follows from it.
pub(crate) fn is_slow(snapshot: &Snapshot) -> bool {
    let all = snapshot.project_diagnostics(ROOT);
    all.iter().any(|found| found.code == Code::FileSkipped && found.message.contains("more than 2 seconds"))
}

/// A unit in TypeScript, annotated and configured.
pub(crate) const UNIT: &str = r#"/* @klotho::execution_unit {
 *   id = "playlists"
 *   target = "lambda"
 *   [workload]
 *   monthly_requests = 10_000_000
 *   shape = "commute"
 * }
 */
export async function recent(user: string) {
  return user;
}
"#;
