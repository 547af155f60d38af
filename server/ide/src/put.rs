//! What a file or a document holds, put into its project.

use crate::SIZE_LIMIT;
use crate::contents::{ANNOTATION_LIMIT, Contents, Skip};
use crate::document::Document;
use klotho_annotation::finding::{Code, Finding};
use klotho_cost::format::count;
use klotho_graph::{Project, is_config};
use klotho_summary::summarise;
use klotho_text::{LineIndex, Span};
use std::sync::Arc;

/// Puts what an open document says into its project.
pub(crate) fn put_document(project: &mut Project, relative: &str, document: &Document) {
    if let Some(skip) = document.language.and_then(|_| Skip::of_source(&document.text)) {
        return put(project, relative, Contents::Skipped(skip));
    }
    match (document.language, &document.tree) {
        (Some(language), Some(tree)) => {
            project.put(relative, Arc::new(summarise(relative, language, &document.text, tree)));
            project.put_notices(relative, LineIndex::default(), Vec::new());
        }
        (Some(language), None) => {
            put(project, relative, Contents::Skipped(Skip::unparsed(language, &document.text)));
        }
        (None, _) if !project.reads_text(relative) => project.put_unread(relative),
        (None, _) if document.text.len() as u64 > SIZE_LIMIT && !is_config(relative) => {
            put(project, relative, Contents::Skipped(Skip::Size(document.text.len() as u64)));
        }
        (None, _) => {
            project.put_text(relative, Arc::clone(&document.text));
            project.note(relative, LineIndex::default(), Vec::new());
        }
    }
}

/// Puts what was read into its project.
pub(crate) fn put(project: &mut Project, relative: &str, contents: Contents) {
    match contents {
        Contents::Source { summary, invalid_at } => {
            let notice = invalid_at.map(|offset| {
                let finding = Finding::new(Code::FileSkipped, "utf8", Span::new(offset, offset + 1));
                finding.with("byte", offset + 1)
            });
            let lines = notice.as_ref().map(|_| (*summary.lines).clone()).unwrap_or_default();
            project.put(relative, summary);
            project.put_notices(relative, lines, notice.into_iter().collect());
        }
        Contents::Text(_) if !project.reads_text(relative) => project.put_unread(relative),
        Contents::Text(text) => project.put_text(relative, text),
        Contents::Present => project.put_path(relative),
        Contents::Skipped(skip) if is_config(relative) => {
            project.skip_config(relative, skip_finding(Code::ConfigSyntax, &skip).with("file", relative));
        }
        Contents::Skipped(skip @ Skip::Folder(_)) => {
            project.note(relative, LineIndex::default(), vec![skip_finding(Code::FileSkipped, &skip)]);
        }
        Contents::Skipped(skip) => project.skip(relative, vec![skip_finding(Code::FileSkipped, &skip)]),
        Contents::Missing => project.remove(relative),
    }
}

/// Says why something was not read, with the words that `code` has for it.
fn skip_finding(code: Code, skip: &Skip) -> Finding {
    let finding = |variant| Finding::new(code, variant, Span::empty(0));
    match skip {
        Skip::Size(size) => {
            finding("size").with("size", mebibytes(*size)).with("limit", mebibytes(SIZE_LIMIT))
        }
        Skip::Binary => finding("binary"),
        Skip::Utf16 => finding("utf16"),
        Skip::NotUtf8(offset) => finding("utf8").with("byte", offset + 1),
        Skip::NoFile(what) => finding("no-file").with("what", what),
        Skip::Folder(reason) => finding("folder").with("reason", reason),
        Skip::Annotations => finding("annotations").with("limit", count(ANNOTATION_LIMIT as f64)),
        Skip::Slow => finding("slow"),
        Skip::Levels => finding("levels"),
        Skip::Unreadable(reason) => finding("unreadable").with("reason", reason),
    }
}

fn mebibytes(bytes: u64) -> String {
    format!("{} MiB", bytes.div_ceil(1 << 20))
}
