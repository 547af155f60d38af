//! The export of an emitter, in the form that the compiler looks for.

use super::syntax::path_to;
use crate::TextEdit;
use crate::document::Document;
use klotho_grammars::Language;
use klotho_text::Span;

/// The edit that exports the variable that is named at `at`; none where it is not one of the file's own.
pub(super) fn edit(document: &Document, at: Span) -> Option<TextEdit> {
    let path = path_to(document.tree.as_ref()?, at, "identifier")?;
    let [_, statement, holder, _] = path.as_slice() else { return None };
    let is_alone = statement.named_child_count() == 1;
    match (document.language?, statement.kind(), holder.kind()) {
        (
            Language::JavaScript,
            "lexical_declaration" | "variable_declaration" | "expression_statement",
            _,
        ) => {
            let name = at.of(&document.text);
            let newline = if document.text.contains("\r\n") { "\r\n" } else { "\n" };
            let text = format!("{newline}exports.{name} = {name};");
            Some(TextEdit { span: Span::empty(statement.end_byte()), text })
        }
        (Language::TypeScript | Language::Tsx, "lexical_declaration" | "variable_declaration", _)
            if is_alone =>
        {
            Some(TextEdit { span: Span::empty(statement.start_byte()), text: "export ".to_owned() })
        }
        _ => None,
    }
}
