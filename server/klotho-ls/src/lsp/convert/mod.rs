//! Between the protocol's types and ours.

mod about;
mod action;
mod completion;
mod diagnostic;
mod navigation;
mod promise;
mod uri;

pub(super) use about::About;
pub(super) use action::{action, edit, text_edits};
pub(super) use completion::{completion, documentation, topic};
pub(super) use diagnostic::{diagnostic, diagnostics, identity, name, named};
pub(super) use klotho_ide::plain_text as plain;
pub(super) use navigation::{
    LATE_KINDS, call_item, flat_symbols, link, location, nested_symbols, ranges, reference,
    symbol_information,
};
pub(super) use promise::Promise;
pub(super) use uri::{mend_uris, path, uri};

use super::capabilities::Client;
use klotho_ide::{Encoding, LineIndex, Position, Span};
use tower_lsp::ls_types as lsp;

pub(super) fn position(position: lsp::Position) -> Position {
    Position { line: position.line, character: position.character }
}

pub(super) fn span(range: lsp::Range, lines: &LineIndex, encoding: Encoding) -> Span {
    let start = lines.offset(position(range.start), encoding);
    Span::new(start, lines.offset(position(range.end), encoding))
}

pub(super) fn range(span: Span, lines: &LineIndex, encoding: Encoding) -> lsp::Range {
    let (start, end) = lines.positions(span, encoding);
    let convert = |position: Position| lsp::Position { line: position.line, character: position.character };
    lsp::Range { start: convert(start), end: convert(end) }
}

/// What tells more about something, as the client shows it.
pub(super) fn markup(markdown: String, client: &Client) -> lsp::MarkupContent {
    match client.markdown {
        true => lsp::MarkupContent { kind: lsp::MarkupKind::Markdown, value: markdown },
        false => lsp::MarkupContent { kind: lsp::MarkupKind::PlainText, value: plain(&markdown) },
    }
}
