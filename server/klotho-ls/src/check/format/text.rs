use crate::check::Report;
use crate::check::finding::{Finding, Place};
use crate::check::levels::counted;
use crate::explain::link;
use crate::output::inert;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use klotho_ide::{Chance, Code, Severity, Span};
use klotho_text::visible_line;
use std::borrow::Cow;
use std::fs;
use std::path::Path;

/// The report for people: each finding with the lines it is about, then how many there are.
pub(super) fn report(report: &Report) -> String {
    let mut text = String::new();
    for finding in &report.findings {
        text.push_str(&excerpt(finding));
        text.push_str("\n\n");
    }
    text.push_str(&summary(report));
    inert(&text)
}

fn excerpt(finding: &Finding) -> String {
    let page = link(finding.code);
    let title = level(finding.severity)
        .primary_title(finding.message.as_str())
        .id(finding.code.name())
        .id_url(page.as_str());
    let Some(Place { path, unsaved, shown, span, .. }) = &finding.place else {
        return Renderer::styled().render(&[Group::with_title(title)]);
    };
    let shown = visible_line(shown);
    let source = unsaved.as_deref().map_or_else(|| read(Path::new(&**path)).into(), Cow::Borrowed);
    let (source, span) = excerpted(&source, finding.code, *span);
    if source.is_empty() {
        return Renderer::styled().render(&[title.element(Origin::path(&*shown))]);
    }
    let snippet = Snippet::source(source.as_str())
        .path(&*shown)
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
fn excerpted(source: &str, code: Code, span: Span) -> (String, Span) {
    let is_of_file = matches!(code, Code::FileSkipped | Code::ConfigSyntax) && span.is_empty();
    if is_of_file {
        return (String::new(), Span::empty(0));
    }
    let Span { start, end } = first_line(within(span, source), source);
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

fn summary(report: &Report) -> String {
    let counts = counted(report.findings.iter().map(|finding| finding.severity));
    match counts.is_empty() {
        true if report.is_blank => {
            "Nothing to check: no source here holds an annotation such as `@klotho::execution_unit`.\n"
                .to_owned()
        }
        true if report.is_of_new => "No new findings.\n".to_owned(),
        true => "No findings.\n".to_owned(),
        false => format!("{counts}\n{}", fixable(report)),
    }
}

/// How many findings mend themselves, in a line; nothing when none does. To work that out takes much longer than to check, so
/// that as long as nobody asks for the fixes the line says only how to see them, if there may be any.
fn fixable(report: &Report) -> String {
    match report.chance {
        Some(Chance { plain: true, .. }) => {
            return "`--diff` shows what `--fix` would mend, if anything\n".to_owned();
        }
        Some(Chance { decision: true, .. }) => {
            return "`--diff --unsafe-fixes` shows what can be mended where you decide\n".to_owned();
        }
        Some(_) => return String::new(),
        None => {}
    }
    let fixes = report.findings.iter().filter_map(|finding| finding.fix.as_ref());
    let (decided, plain): (Vec<_>, Vec<_>) = fixes.partition(|fix| fix.is_unsafe);
    match (plain.len(), decided.len()) {
        (0, 0) => String::new(),
        (plain, 0) => format!("{plain} can be mended by `--fix`\n"),
        (0, decided) => format!("{decided} can be mended by `--fix --unsafe-fixes`\n"),
        (plain, decided) => {
            format!("{plain} can be mended by `--fix`, {decided} more by `--fix --unsafe-fixes`\n")
        }
    }
}
