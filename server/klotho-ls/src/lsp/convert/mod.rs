//! Between the protocol's types and ours.

mod about;
mod action;
mod completion;
mod navigation;
mod plain;
mod uri;

pub(super) use about::About;
pub(super) use action::{action, edit, text_edits};
pub(super) use completion::{completion, documentation, topic};
pub(super) use navigation::{
    call_item, flat_symbols, link, location, nested_symbols, ranges, reference, symbol_information,
};
pub(super) use plain::plain;
pub(super) use uri::{mend_uris, path, uri};

use super::capabilities::Client;
use klotho_ide::{Diagnostic, Encoding, LineIndex, Position, Severity, Snapshot, Span};
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

/// A finding in the file with these `lines`; the other places that it is about where the client shows them.
pub(super) fn diagnostic(
    diagnostic: &Diagnostic,
    snapshot: &Snapshot,
    lines: &LineIndex,
    client: &Client,
) -> lsp::Diagnostic {
    let related = diagnostic.related.iter().filter(|_| client.related_places).filter_map(|place| {
        let range = range(place.span, &*snapshot.lines(&place.path)?, client.encoding);
        let location = lsp::Location { uri: uri(&place.path)?, range };
        Some(lsp::DiagnosticRelatedInformation { location, message: place.message.clone() })
    });
    let related: Vec<_> = related.collect();
    lsp::Diagnostic {
        range: range(diagnostic.span, lines, client.encoding),
        related_information: (!related.is_empty()).then_some(related),
        severity: Some(match diagnostic.severity {
            Severity::Error => lsp::DiagnosticSeverity::ERROR,
            Severity::Warning => lsp::DiagnosticSeverity::WARNING,
            Severity::Information => lsp::DiagnosticSeverity::INFORMATION,
            Severity::Hint => lsp::DiagnosticSeverity::HINT,
        }),
        code: Some(lsp::NumberOrString::String(diagnostic.code.name().to_owned())),
        source: Some("klotho".to_owned()),
        message: diagnostic.message.clone(),
        ..lsp::Diagnostic::default()
    }
}
