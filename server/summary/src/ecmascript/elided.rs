//! Annotations above imports that TypeScript drops (reference, Appendix D).

use super::imports::{ImportNode, Imports, is_type_only};
use super::outline::Outline;
use super::reader::Reader;
use klotho_annotation::Annotation;
use klotho_annotation::finding::{Code, Finding};
use klotho_grammars::Language;
use klotho_text::Span;
use std::collections::HashSet;

/// The name that JSX uses without showing it.
const OF_JSX: &str = "React";

/// Annotations above an import of which no name is used as a value: they vanish with it, or slide to the next statement.
pub(super) fn elided<'a>(reader: &Reader<'a>, outline: &Outline<'a>, imports: &Imports<'a>) -> Vec<Finding> {
    let above_import = reader.source.annotations.iter().filter_map(|annotation| {
        let node = annotation.node.as_ref().filter(|node| node.kind == "import_statement")?;
        Some((annotation, import_in(imports, *node.at)?))
    });
    let mut above_import = above_import.filter(|_| reader.typed).peekable();
    if above_import.peek().is_none() {
        return Vec::new();
    }
    let values: HashSet<&str> = outline.values.iter().map(|value| value.of(reader.source.text)).collect();
    let is_dropped = |annotation: &Annotation, import: &ImportNode| {
        let is_used =
            |name: &str| values.contains(name) || name == OF_JSX && reader.source.language == Language::Tsx;
        let bindings = &import.import.bindings;
        let is_unused = outline.decorators.is_empty()
            && !bindings.is_empty()
            && !bindings.iter().any(|binding| is_used(&binding.local));
        is_unused || reader.source.node_of(annotation).is_some_and(is_type_only)
    };
    let dropped = above_import.filter(|(annotation, import)| is_dropped(annotation, import));
    let dropped = dropped.map(|(annotation, import)| {
        Finding::new(Code::CompilerGap, "elided", annotation.capability_at)
            .with("module", &import.import.specifier)
    });
    dropped.collect()
}

/// The import that a statement is.
fn import_in<'i>(imports: &'i Imports<'_>, span: Span) -> Option<&'i ImportNode> {
    let list = &imports.list;
    let from = list.partition_point(|import| import.import.at.start < span.start);
    list.get(from).filter(|import| import.statement == span)
}
