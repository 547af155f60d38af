//! Findings as reports show them.

use crate::project::Loaded;
use klotho_ide::{
    Code, Diagnostic, Encoding, FilePath, OneFix, Position, Severity, Snapshot, Span, TextEdit,
};
use std::sync::Arc;

/// One finding.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Finding {
    /// What is wrong.
    pub(crate) code: Code,
    /// How bad it is here, which a person may have said.
    pub(crate) severity: Severity,
    /// For people.
    pub(crate) message: String,
    /// Where; `None` when the project as a whole is meant.
    pub(crate) place: Option<Place>,
    /// What it is known by from one run to the next; empty until all are known.
    pub(crate) fingerprint: String,
    /// Other places that it is about, and what there is to say of them.
    pub(crate) related: Vec<(Place, String)>,
    /// What it is to the world, wherever it stands.
    pub(super) identity: u64,
    /// How it is mended, where one answer is better than all others.
    pub(crate) fix: Option<Fix>,
}

/// How a finding is mended.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Fix {
    /// What is done, for people.
    pub(crate) title: String,
    /// Whether a person would decide it, so that it is made by `--unsafe-fixes` alone.
    pub(crate) is_unsafe: bool,
    /// What is replaced, in file order.
    pub(crate) edits: Vec<Replacement>,
}

/// A text that takes the place of another.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Replacement {
    /// What is replaced; nothing of a file that has to be made.
    pub(crate) place: Place,
    /// Whether the file has to be made.
    pub(crate) is_new_file: bool,
    /// By what.
    pub(crate) text: String,
}

/// A place in a file.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Place {
    /// The file as the world knows it.
    pub(crate) path: FilePath,
    /// What the file says, where that is not what is on disk.
    pub(crate) unsaved: Option<Arc<str>>,
    /// The file as one opens it from the current folder.
    pub(crate) shown: String,
    /// The file relative to what was named on the command line, with that in front where several folders were.
    pub(crate) relative: String,
    /// Bytes.
    pub(crate) span: Span,
    /// Zero-based lines and UTF-16 columns; `None` for a file that was not read.
    pub(crate) range: Option<(Position, Position)>,
}

impl Finding {
    /// What reports are sorted by (docs/graph-json.md): what has no file comes first.
    pub(super) fn order(&self) -> (Option<&str>, Option<Position>, &'static str) {
        let place = self.place.as_ref();
        let start = place.and_then(|place| Some(place.range?.0));
        (place.map(|place| place.relative.as_str()), start, self.code.name())
    }
}

impl Place {
    /// The first line, one-based; the first of the file when it was not read.
    pub(crate) fn line(&self) -> u32 {
        self.range.map_or(1, |(start, _)| start.line + 1)
    }
}

/// Makes findings of one folder that was named on the command line.
pub(super) struct Reader<'a> {
    pub(super) loaded: &'a Loaded,
    /// What the folder says, or would say once it is mended.
    pub(super) snapshot: &'a Snapshot,
    /// Whether a relative path has to say which folder it is in.
    pub(super) is_of_several: bool,
}

impl Reader<'_> {
    /// The findings of the project at `root`, without what is equal.
    pub(super) fn findings(&self, root: &FilePath) -> Vec<Finding> {
        let found = self.snapshot.project_diagnostics(root);
        found.into_iter().map(|diagnostic| self.finding(diagnostic)).collect()
    }

    fn finding(&self, found: Diagnostic) -> Finding {
        let related = found
            .related
            .iter()
            .map(|related| (self.place(&related.path, related.span), related.message.clone()));
        Finding {
            fingerprint: String::new(),
            identity: found.identity,
            fix: None,
            related: related.collect(),
            place: found.path.as_ref().map(|path| self.place(path, found.span)),
            code: found.code,
            severity: found.severity,
            message: found.message,
        }
    }

    /// How a finding is mended.
    pub(super) fn fix(&self, fix: OneFix) -> Fix {
        let edits = fix.edit.files.into_iter().flat_map(|file| {
            let replacement = move |edit: TextEdit| Replacement {
                place: self.place(&file.path, edit.span),
                is_new_file: file.create,
                text: edit.text,
            };
            file.edits.into_iter().map(replacement)
        });
        Fix { edits: edits.collect(), title: fix.title, is_unsafe: fix.is_decision }
    }

    pub(super) fn place(&self, path: &FilePath, span: Span) -> Place {
        let below = path.strip_prefix(&*self.loaded.base).unwrap_or(path).trim_start_matches('/');
        Place {
            path: FilePath::clone(path),
            unsaved: self.snapshot.text(path),
            shown: self.loaded.shown(path),
            relative: if self.is_of_several { self.loaded.named(path) } else { below.to_owned() },
            span,
            range: range(self.snapshot, path, span),
        }
    }
}

fn range(snapshot: &Snapshot, path: &str, span: Span) -> Option<(Position, Position)> {
    Some(snapshot.lines(path)?.positions(span, Encoding::Utf16))
}
