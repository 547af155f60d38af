use super::{Checked, counted};
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use klotho_ide::{Code, Diagnostic, Severity, Span};
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
    let relative = path.strip_prefix(&*checked.root).map_or(path, |rest| rest.trim_start_matches('/'));
    let shown = checked.shown.join(relative);
    let shown = shown.strip_prefix(".").unwrap_or(&shown).to_string_lossy().into_owned();
    let (source, span) = excerpted(&read(Path::new(path)), diagnostic);
    if source.is_empty() {
        return Renderer::styled().render(&[title.element(Origin::path(shown.as_str()))]);
    }
    let snippet = Snippet::source(source.as_str())
        .path(shown.as_str())
        .fold(true)
        .annotation(AnnotationKind::Primary.span(span.range()));
    Renderer::styled().render(&[title.element(snippet)])
}

/// The text as the checker read it: each byte that is not UTF-8 is one `?`. What was not read has no text to show.
fn read(path: &Path) -> String {
    let small = fs::metadata(path)
        .is_ok_and(|metadata| metadata.is_file() && metadata.len() <= klotho_ide::SIZE_LIMIT);
    let bytes = if small { fs::read(path).unwrap_or_default() } else { Vec::new() };
    if bytes.contains(&0) { String::new() } else { klotho_ide::decode(bytes).0 }
}

/// The text to show a finding in, and its place there; no text when it is about the file as a whole.
fn excerpted(source: &str, diagnostic: &Diagnostic) -> (String, Span) {
    let is_of_file =
        matches!(diagnostic.code, Code::FileSkipped | Code::ConfigSyntax) && diagnostic.span.is_empty();
    if is_of_file {
        return (String::new(), Span::empty(0));
    }
    let Span { start, end } = first_line(within(diagnostic.span, source), source);
    // Nobody sees the mark, and no editor counts it as a column.
    match source.strip_prefix('\u{feff}') {
        Some(text) => {
            let mark = (source.len() - text.len()) as u32;
            (text.to_owned(), Span { start: start.saturating_sub(mark), end: end.saturating_sub(mark) })
        }
        None => (source.to_owned(), Span { start, end }),
    }
}

/// What of a span stands on the line that it starts on: of a body that is never closed the rest says nothing more.
fn first_line(span: Span, source: &str) -> Span {
    let text = span.of(source);
    let line = text.lines().next().unwrap_or_default().trim_end();
    if line.len() < text.trim_end().len() {
        Span { end: span.start + line.len() as u32, ..span }
    } else {
        span
    }
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
    let found = all.iter().flat_map(|checked| &checked.diagnostics);
    let counts = counted(found.map(|diagnostic| diagnostic.severity));
    if counts.is_empty() { "No findings.\n".to_owned() } else { format!("{counts}\n") }
}
