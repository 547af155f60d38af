//! Files and folders that are about to lie elsewhere, and the texts of annotations and the configuration that name them.

use crate::config_edit::unquoted;
use crate::links::{Named, Names, named};
use crate::snapshot::Context;
use crate::{FileEdit, FilePath, Snapshot, Span, TextEdit, WorkspaceEdit, is_below};
use klotho_graph::{Project, placed_pattern};
use std::sync::Arc;

/// What makes a segment of a pattern stand for more than itself.
const WILD: [char; 5] = ['*', '?', '[', '{', '\\'];

impl Snapshot {
    /// The changes that keep right what names files and folders which are moved: pairs of old and new paths. They are to be
    /// made before the move. Imports are left to the language server of their language.
    pub fn moved(&self, moves: &[(FilePath, FilePath)]) -> WorkspaceEdit {
        let mut edit = WorkspaceEdit::default();
        for (root, project) in &self.projects {
            let own: Vec<_> = moves.iter().filter_map(|(old, new)| Move::within(root, old, new)).collect();
            if own.is_empty() || project.is_document() {
                continue;
            }
            let config = project.has_config().then(|| Arc::from(project.config_file()));
            let files = project.annotated().map(|(path, _)| Arc::clone(path)).chain(config);
            edit.files.extend(files.filter_map(|path| self.in_file(root, project, path, &own)));
        }
        edit
    }

    fn in_file(
        &self,
        root: &FilePath,
        project: &Project,
        path: Arc<str>,
        moves: &[Move],
    ) -> Option<FileEdit> {
        let absolute: FilePath = format!("{root}/{path}").into();
        let document = self.documents.get(&absolute).map(|document| &**document);
        let context = Context { root, project, relative: path, document, today: self.today };
        let edits = named(&context).into_iter().filter_map(|named| edit(&context, &named, moves));
        let mut edits: Vec<_> = edits.collect();
        edits.sort_by_key(|edit| edit.span);
        // One text may be named twice over; it is changed once.
        edits.dedup_by_key(|edit| edit.span);
        (!edits.is_empty()).then_some(FileEdit { path: absolute, create: false, edits })
    }
}

/// A move within a project, by paths relative to its root.
struct Move {
    old: String,
    new: String,
}

impl Move {
    /// What leaves the project cannot be named by it any more: such texts are left, and a finding says so.
    fn within(root: &str, old: &str, new: &str) -> Option<Self> {
        let relative = |path: &str| {
            is_below(root, path).then(|| path[root.trim_end_matches('/').len() + 1..].to_owned())
        };
        Some(Self { old: relative(old)?, new: relative(new)? })
    }

    /// Where `path` lies afterwards, if this moves it.
    fn take(&self, path: &str) -> Option<String> {
        let rest = path.strip_prefix(&self.old)?;
        (rest.is_empty() || rest.starts_with('/')).then(|| format!("{}{rest}", self.new))
    }
}

/// Where `path` lies afterwards.
fn moved(path: &str, moves: &[Move]) -> String {
    moves.iter().find_map(|one| one.take(path)).unwrap_or_else(|| path.to_owned())
}

fn edit(context: &Context<'_>, (text, at, names): &Named<'_>, moves: &[Move]) -> Option<TextEdit> {
    let new = match names {
        Names::Pattern => pattern(context, text, moves)?,
        Names::Path | Names::Measurement => path(text, moves)?,
    };
    // What would have to be escaped is left as it is.
    let is_plain = !new.contains(['"', '\'', '`', '\\', '\n']) && !new.contains("${");
    let span = plain_text(context, text, **at).filter(|_| is_plain && new != *text)?;
    Some(TextEdit { span, text: new })
}

/// A path from the project's root.
fn path(text: &str, moves: &[Move]) -> Option<String> {
    let bare = text.trim_start_matches("./");
    let start = text.len() - bare.len();
    let new = moves.iter().find_map(|one| one.take(bare))?;
    Some(format!("{}{new}", text.get(..start)?))
}

/// A pattern, as far as it names a file or a folder: up to its first part that stands for more than one.
fn pattern(context: &Context<'_>, text: &str, moves: &[Move]) -> Option<String> {
    let wild = text.find(WILD).map_or(text.len(), |at| text[..at].rfind('/').map_or(0, |slash| slash + 1));
    let (literal, rest) = text.split_at(wild);
    let place = |folder: &str| placed_pattern(literal, folder);
    let folder = context.project.pattern_folder(&context.relative);
    let old = place(folder);
    let new = moved(&old, moves);
    if old.starts_with("..") || new.contains(WILD) {
        return None;
    }
    let file = moved(&context.relative, moves);
    let new_folder = context.project.pattern_folder(&file);
    // It may have moved with the file, or not at all.
    if place(new_folder) == new {
        return None;
    }
    let named = match rest {
        "" => new,
        rest if new.is_empty() => rest.to_owned(),
        rest => format!("{new}/{rest}"),
    };
    let is_rooted = text.starts_with('/');
    Some(match named.strip_prefix(new_folder).filter(|_| !is_rooted) {
        Some(below) if text.starts_with("./") => format!("./{below}"),
        Some(below) => below.to_owned(),
        None => format!("/{named}"),
    })
}

/// Where the text stands, without its quotes; `None` where it is written in a way that cannot simply be replaced.
fn plain_text(context: &Context<'_>, text: &str, at: Span) -> Option<Span> {
    if context.is_config() {
        let written = &context.project.config().text;
        let inner = unquoted(at, written);
        return (inner.of(written) == text).then_some(inner);
    }
    match at.len().checked_sub(text.len())? {
        0 => Some(at),
        2 => Some(Span { start: at.start + 1, end: at.end - 1 }),
        _ => None,
    }
}
