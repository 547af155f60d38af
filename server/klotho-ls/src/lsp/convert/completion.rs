//! What is offered at the cursor, in the form that the client understands.

use super::{plain, range};
use crate::lsp::capabilities::Client;
use klotho_ide::{Completion, CompletionKind, Completions, Documentation, FilePath, LineIndex, Snapshot};
use klotho_text::visible_line;
use serde_json::{Value, json};
use tower_lsp::ls_types as lsp;

/// What an item's documentation is about, where that is found out once the item is shown.
pub(crate) struct Topic {
    /// The document,
    pub(crate) path: String,
    /// where in it the item was offered,
    pub(crate) offset: usize,
    /// and the unit.
    pub(crate) id: String,
}

/// All items, in their order. `at`: the document and the place in it.
pub(crate) fn completion(
    found: &Completions,
    snapshot: &Snapshot,
    at: (&FilePath, usize),
    lines: &LineIndex,
    client: &Client,
) -> Vec<lsp::CompletionItem> {
    let written = found.items.iter().enumerate().map(|(index, item)| {
        let (documentation, data) = match &item.documentation {
            Documentation::Text(text) => (documentation(text.clone(), client), None),
            Documentation::Unit(id) if client.completion.asks_for_documentation => {
                (None, Some(json!({ "path": at.0, "offset": at.1, "unit": id })))
            }
            Documentation::Unit(id) => {
                let told = snapshot.unit_documentation(at.0, at.1, id);
                (told.and_then(|told| documentation(told, client)), None)
            }
        };
        lsp::CompletionItem {
            label: visible_line(&item.label).into_owned(),
            kind: Some(kind(item.kind)),
            detail: Some(visible_line(&item.detail).into_owned()).filter(|detail| !detail.is_empty()),
            documentation,
            sort_text: Some(format!("{index:04}")),
            filter_text: Some(item.filter.clone()).filter(|filter| *filter != item.label),
            data,
            ..text(item, found, lines, client)
        }
    });
    written.collect()
}

/// What an item puts where.
fn text(item: &Completion, found: &Completions, lines: &LineIndex, client: &Client) -> lsp::CompletionItem {
    let can = client.completion;
    let snippet = item.snippet.as_ref().filter(|_| can.snippets);
    let has_lines = item.text.contains('\n');
    // Whoever cannot be told puts blanks before the lines of a snippet, and takes a text as it is.
    let adjusts = can.adjusts_indentation || (snippet.is_some() && !can.takes_as_is);
    let new_text = match (snippet, adjusts) {
        (Some(snippet), true) => snippet.clone(),
        (Some(snippet), false) => snippet.replace('\n', &format!("\n{}", found.indentation)),
        (None, true) => item.text.replace('\n', found.newline),
        (None, false) => item.text.replace('\n', &format!("{}{}", found.newline, found.indentation)),
    };
    let mode = match (can.adjusts_indentation, can.takes_as_is) {
        (true, _) => Some(lsp::InsertTextMode::ADJUST_INDENTATION),
        (false, true) => Some(lsp::InsertTextMode::AS_IS),
        (false, false) => None,
    };
    let replaced = range(item.replaced, lines, client.encoding);
    let edit = if can.insert_replace {
        let insert = range(item.inserted, lines, client.encoding);
        lsp::CompletionTextEdit::InsertAndReplace(lsp::InsertReplaceEdit {
            new_text,
            insert,
            replace: replaced,
        })
    } else {
        lsp::CompletionTextEdit::Edit(lsp::TextEdit { range: replaced, new_text })
    };
    lsp::CompletionItem {
        insert_text_format: snippet.map(|_| lsp::InsertTextFormat::SNIPPET),
        insert_text_mode: mode.filter(|_| has_lines),
        text_edit: Some(edit),
        ..lsp::CompletionItem::default()
    }
}

/// Documentation as the client shows it; none for an empty text.
pub(crate) fn documentation(markdown: String, client: &Client) -> Option<lsp::Documentation> {
    let (kind, value) = match client.completion.markdown {
        true => (lsp::MarkupKind::Markdown, markdown),
        false => (lsp::MarkupKind::PlainText, plain(&markdown)),
    };
    let is_said = !value.is_empty();
    is_said.then_some(lsp::Documentation::MarkupContent(lsp::MarkupContent { kind, value }))
}

/// What an item says about its documentation.
pub(crate) fn topic(data: &Value) -> Option<Topic> {
    let text = |key: &str| Some(data.get(key)?.as_str()?.to_owned());
    let offset = usize::try_from(data.get("offset")?.as_u64()?).ok()?;
    Some(Topic { path: text("path")?, offset, id: text("unit")? })
}

fn kind(kind: CompletionKind) -> lsp::CompletionItemKind {
    match kind {
        CompletionKind::Capability => lsp::CompletionItemKind::KEYWORD,
        CompletionKind::Key => lsp::CompletionItemKind::PROPERTY,
        CompletionKind::Table => lsp::CompletionItemKind::MODULE,
        CompletionKind::Value => lsp::CompletionItemKind::VALUE,
        CompletionKind::Id => lsp::CompletionItemKind::REFERENCE,
        CompletionKind::File => lsp::CompletionItemKind::FILE,
        CompletionKind::Folder => lsp::CompletionItemKind::FOLDER,
    }
}
