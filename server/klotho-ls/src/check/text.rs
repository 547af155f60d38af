use super::Checked;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use klotho_ide::{Diagnostic, Severity, Span};
use std::fs;
use std::path::Path;

/// The report for people: each finding with the lines it is about, then how many there are.
pub(super) fn report(all: &[Checked]) -> String {
    let mut report = String::new();
    for checked in all {
        for diagnostic in &checked.diagnostics {
            report.push_str(&excerpt(checked, diagnostic));
            report.push_str("\n\n");
        }
    }
    report.push_str(&summary(all));
    report
}

fn excerpt(checked: &Checked, diagnostic: &Diagnostic) -> String {
    let title =
        level(diagnostic.severity).primary_title(diagnostic.message.as_str()).id(diagnostic.code.name());
    let Some(path) = diagnostic.path.as_deref() else {
        return Renderer::styled().render(&[Group::with_title(title)]);
    };
    let relative = path.strip_prefix(checked.root.as_str()).map_or(path, |rest| rest.trim_start_matches('/'));
    let shown = checked.shown.join(relative);
    let shown = shown.strip_prefix(".").unwrap_or(&shown).to_string_lossy().into_owned();
    let source = read(Path::new(path));
    let span = within(diagnostic.span, &source);
    let snippet = Snippet::source(source.as_str())
        .path(shown.as_str())
        .fold(true)
        .annotation(AnnotationKind::Primary.span(span.range()));
    Renderer::styled().render(&[title.element(snippet)])
}

/// The text as the checker read it: each byte that is not UTF-8 is one `?`. Too large a file is shown without its text.
fn read(path: &Path) -> String {
    let small = fs::metadata(path).is_ok_and(|metadata| metadata.len() <= klotho_ide::SIZE_LIMIT);
    let bytes = if small { fs::read(path).unwrap_or_default() } else { Vec::new() };
    if bytes.contains(&0) { String::new() } else { klotho_ide::decode(bytes).0 }
}

/// The file may have changed since it was checked.
fn within(span: Span, source: &str) -> Span {
    let floor = |offset: u32| {
        let mut at = (offset as usize).min(source.len());
        while !source.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    Span::new(floor(span.start), floor(span.end))
}

fn level(severity: Severity) -> Level<'static> {
    match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Information => Level::NOTE,
        Severity::Hint => Level::HELP,
    }
}

fn summary(all: &[Checked]) -> String {
    let count = |severity| {
        let found = all.iter().flat_map(|checked| &checked.diagnostics);
        found.filter(|diagnostic| diagnostic.severity == severity).count()
    };
    let counts = [
        (count(Severity::Error), "error"),
        (count(Severity::Warning), "warning"),
        (count(Severity::Information) + count(Severity::Hint), "note"),
    ];
    let parts: Vec<_> = counts
        .into_iter()
        .filter(|(number, _)| *number > 0)
        .map(|(number, word)| format!("{number} {word}{}", if number == 1 { "" } else { "s" }))
        .collect();
    if parts.is_empty() { "No findings.\n".to_owned() } else { format!("{}\n", parts.join(", ")) }
}
