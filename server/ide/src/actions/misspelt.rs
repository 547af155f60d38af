//! A name that was meant otherwise, outside of the configuration.

use super::quick_fix;
use crate::body_edit::Draft;
use crate::config_edit::unquoted;
use crate::config_fixes::{BELOW, BESIDE, KEY, meant, place_of};
use crate::document::Document;
use crate::snapshot::Context;
use crate::{CodeAction, FileEdit, TextEdit, WorkspaceEdit};
use klotho_annotation::finding::Code;
use klotho_annotation::{Annotation, Entry, Misspelt, Part, PartAt, ValueKind, anatomies, misspelt};
use klotho_graph::Located;
use klotho_text::Span;

/// Puts the name that was meant in the place of the one that is there.
pub(super) fn fix(context: &Context<'_>, located: &Located) -> Option<CodeAction> {
    let text = &context.document?.text;
    let word = meant(&located.finding)?;
    let span = match located.finding.code {
        Code::UnknownCapability => whole_name(*located.at, text),
        _ => place_of(&located.finding, text),
    };
    replacing_action(context, located, &[span], word, format!("Replace by {word}"), true)
}

/// Makes an annotation of a comment that was meant as one.
pub(super) fn mark_fix(context: &Context<'_>, located: &Located) -> Option<CodeAction> {
    let meant = located.finding.parameter("meant")?;
    replacing_action(context, located, &[*located.at], meant, format!("Change to `{meant}`"), true)
}

/// Takes a key out of the table that it was not meant for.
pub(super) fn raised(context: &Context<'_>, located: &Located) -> Option<CodeAction> {
    let key = located.finding.parameter(BESIDE)?;
    let document = context.document?;
    let annotation = annotation_at(context, located)?;
    let mut draft = Draft::of(document.language?, &document.text, annotation)?;
    let own = annotation.directives.entries.iter();
    let around = own.filter_map(|entry| Some((entry, annotation.directives.table(&entry.key)?)));
    let mut around =
        around.filter(|(_, table)| table.entry(key).is_some_and(|found| found.key_at == located.at));
    let (table, _) = around.next()?;
    draft.raise(&table.key, key).then_some(())?;
    let title = format!("Move `{key}` above `[{}]`", table.key);
    drafted(context, located, &draft, title, true)
}

/// Puts a key into each of the tables that it may be meant for.
pub(super) fn lowered(context: &Context<'_>, located: &Located) -> Vec<CodeAction> {
    let tables: Vec<_> = located.finding.parameter(BELOW).unwrap_or_default().split(' ').collect();
    let into = |table: &&str| {
        let key = located.finding.parameter(KEY)?;
        let document = context.document?;
        let mut draft = Draft::of(document.language?, &document.text, annotation_at(context, located)?)?;
        draft.lower(key, table).then_some(())?;
        let title = format!("Move `{key}` below `[{table}]`");
        drafted(context, located, &draft, title, tables.len() == 1)
    };
    tables.iter().filter_map(into).collect()
}

/// What a draft makes of the annotation of a finding.
fn drafted(
    context: &Context<'_>,
    located: &Located,
    draft: &Draft,
    title: String,
    is_preferred: bool,
) -> Option<CodeAction> {
    let file =
        FileEdit { path: context.absolute(&context.relative), create: false, edits: vec![draft.edit()?] };
    Some(quick_fix(context, located, title, WorkspaceEdit { files: vec![file] }, is_preferred))
}

/// The annotation that a finding lies in.
fn annotation_at<'a>(context: &Context<'a>, located: &Located) -> Option<&'a Annotation> {
    let annotations = &context.project.summary(&context.relative)?.facts.annotations;
    let after = annotations.partition_point(|annotation| annotation.at.start <= located.at.start);
    annotations.get(after.checked_sub(1)?)
}

/// Puts the key that was meant in the place of the one that is there, wherever the annotation has it: dotted keys repeat it.
pub(super) fn key_fix(context: &Context<'_>, located: &Located) -> Option<CodeAction> {
    let annotation = annotation_at(context, located)?;
    let found = misspelt(annotation).into_iter().find(|found| found.entry.key_at == located.at)?;
    key_action(context, located, annotation, &found, found.is_only)
}

/// The same for a key that is known, of the annotation that a finding is about.
pub(super) fn key_action(
    context: &Context<'_>,
    located: &Located,
    annotation: &Annotation,
    found: &Misspelt<'_>,
    is_preferred: bool,
) -> Option<CodeAction> {
    let spans = key_spans(context.document?, annotation, found.entry)?;
    replacing_action(
        context,
        located,
        &spans,
        found.meant,
        format!("Change to `{}`", found.meant),
        is_preferred,
    )
}

/// Where an annotation has the name of a key.
fn key_spans(document: &Document, annotation: &Annotation, entry: &Entry) -> Option<Vec<Span>> {
    let text = &document.text;
    let own = unquoted(*entry.key_at, text);
    // Only that of a table may stand there more than once, and hardly ever does. To find out takes the whole file.
    let is_once = || annotation.at.of(text).matches(&*entry.key).nth(1).is_none();
    if !matches!(entry.value.kind, ValueKind::Table(_)) || is_once() {
        return Some(vec![own]);
    }
    let here = anatomies(document.language?, text, document.tree.as_ref()?, *annotation.at).into_iter();
    let parts = here.flat_map(|anatomy| anatomy.parts).collect::<Vec<_>>();
    let mut spans: Vec<_> = first_name_spans(&parts, text);
    spans.retain(|at| at.of(text) == entry.key);
    if !spans.contains(&own) {
        spans.push(own);
        spans.sort_unstable();
    }
    Some(spans)
}

/// Puts a word in the place of what stands at each of the spans.
fn replacing_action(
    context: &Context<'_>,
    located: &Located,
    spans: &[Span],
    word: &str,
    title: String,
    is_preferred: bool,
) -> Option<CodeAction> {
    let edits = spans.iter().map(|&span| TextEdit { span, text: word.to_owned() }).collect();
    let file = FileEdit { path: context.absolute(&context.relative), create: false, edits };
    Some(quick_fix(context, located, title, WorkspaceEdit { files: vec![file] }, is_preferred))
}

/// Where the names stand that a body's own keys begin with, and those of its tables.
fn first_name_spans(parts: &[PartAt], text: &str) -> Vec<Span> {
    let (mut depth, mut is_in_table, mut before) = (0_usize, false, Part::BodyStart);
    let mut found = Vec::new();
    for part in parts {
        match part.part {
            Part::Open => depth += 1,
            Part::Close => depth = depth.saturating_sub(1),
            Part::Header => is_in_table = true,
            Part::Table if before == Part::Header => found.push(first_name_span(part.at(), text)),
            Part::Key if depth == 0 && !is_in_table && before != Part::Key => {
                found.push(first_name_span(part.at(), text));
            }
            _ => {}
        }
        before = part.part;
    }
    found
}

/// The first of the names that dots separate, without its quotes.
fn first_name_span(at: Span, text: &str) -> Span {
    let written = at.of(text);
    if written.starts_with(['"', '\'']) {
        return unquoted(at, text);
    }
    let length = written.find('.').unwrap_or(written.len());
    Span::new(at.start as usize, at.start as usize + length)
}

/// The name as it was meant: to the compiler it ends at a hyphen.
fn whole_name(at: Span, text: &str) -> Span {
    let rest = text.get(at.end as usize..).unwrap_or_default();
    let is_of_name = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    let more = rest.bytes().take_while(|byte| is_of_name(*byte)).count();
    Span::new(at.start as usize, at.end as usize + more)
}
