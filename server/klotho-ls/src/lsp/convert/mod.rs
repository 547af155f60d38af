//! Between the protocol's types and ours.

mod action;
mod plain;
mod uri;

pub(super) use action::action;
pub(super) use plain::plain;
pub(super) use uri::{mend_uris, path, uri};

use klotho_ide::{Diagnostic, Encoding, LineIndex, Position, Severity, Span};
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

pub(super) fn diagnostic(diagnostic: &Diagnostic, lines: &LineIndex, encoding: Encoding) -> lsp::Diagnostic {
    lsp::Diagnostic {
        range: range(diagnostic.span, lines, encoding),
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
