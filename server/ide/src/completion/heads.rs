//! The heads of annotations, with a body to start from.

use super::comment::Comment;
use super::item::{Completion, CompletionKind, Word, escaped};
use crate::TextEdit;
use crate::assists::new_gaps;
use crate::markdown::plain;
use crate::naming::{as_id, fresh_id, name_for};
use crate::snapshot::Context;
use klotho_annotation::MARK;
use klotho_annotation::catalogue::{CAPABILITIES, Capability};
use klotho_grammars::Language;
use klotho_graph::Kind;

/// Every capability, those first that fit the code below.
pub(super) fn items(context: &Context<'_>, comment: &Comment<'_>, cursor: usize) -> Vec<Completion> {
    let Some(head) = comment.head(cursor) else { return Vec::new() };
    let word = Word::new(&head, cursor);
    let has_body = comment.brace_behind(head.end).is_some();
    let item = |capability: &Capability| {
        let item = word.item(CompletionKind::Capability, format!("{MARK}{}", capability.name));
        let item = item.detail(detail(comment.language, capability)).about(about(capability));
        if has_body {
            return (rank(context, comment, capability), item);
        }
        let id = escaped(&new_id(context, comment, capability));
        let item = item.snippet(snippet(comment, head.start, capability, &id));
        match unseen(context, comment, capability, &item) {
            None => (rank(context, comment, capability), item),
            Some(gap) => {
                let about = format!("{}\n\n{}", plain(&gap), about(capability));
                (UNSEEN, item.detail("the compiler would not see it as things stand").about(about))
            }
        }
    };
    let mut items: Vec<_> = CAPABILITIES.iter().map(item).collect();
    items.sort_by_key(|(rank, _)| *rank);
    items.into_iter().map(|(_, item)| item).collect()
}

/// How well fits what the compiler would not see: better than what has no effect in the language at all.
const UNSEEN: u8 = 4;

/// Texts up to this length are tried, bytes: each capability takes reading one anew.
const TRIED: usize = 32 << 10;

/// What would be said of the code if the annotation stood there and the compiler did not see what it is about.
fn unseen(
    context: &Context<'_>,
    comment: &Comment<'_>,
    capability: &Capability,
    item: &Completion,
) -> Option<String> {
    let document = context.document.filter(|document| document.text.len() <= TRIED)?;
    let is_program = comment.language.is_program() && document.language == Some(comment.language);
    capability.support_in(comment.language).filter(|_| is_program)?;
    let text = item.text.replace('\n', &format!("\n{}", comment.indentation(item.replaced.start as usize)));
    new_gaps(context, TextEdit { span: item.replaced, text }).into_iter().next()
}

/// How well a capability fits, best first: code that it recognises, any code, other code, another language.
fn rank(context: &Context<'_>, comment: &Comment<'_>, capability: &Capability) -> u8 {
    let Some(support) = capability.support_in(comment.language) else { return 5 };
    let code = comment.code_below();
    if support.signs.iter().any(|sign| code.contains(sign)) {
        return 0;
    }
    let is_unit = capability.resources.contains(&Kind::ExecutionUnit.spec().name);
    match support.on.is_empty() {
        true if is_unit && has_unit(context) => 4,
        true if is_unit => 1,
        true => 2,
        false => 3,
    }
}

/// Whether the file is the start of a unit already.
fn has_unit(context: &Context<'_>) -> bool {
    let unit = Kind::ExecutionUnit.spec().name;
    let summary = context.project.summary(&context.relative);
    summary.is_some_and(|summary| summary.facts.annotations.iter().any(|found| found.capability == unit))
}

fn detail(language: Language, capability: &Capability) -> String {
    match capability.support_in(language) {
        Some(support) if !support.on.is_empty() => format!("on {}", support.on.replace('`', "")),
        Some(_) => "on any code".to_owned(),
        None => format!("no effect in {}", language.spec().name),
    }
}

fn about(capability: &Capability) -> String {
    format!("{}\n\n{}", capability.summary, capability.docs)
}

/// The annotation that the catalogue has to start from, in the form of the comment.
fn snippet(comment: &Comment<'_>, at: usize, capability: &Capability, id: &str) -> String {
    let leader = comment.leader(at);
    let own = capability.snippet.replace("\"$1\"", &format!("\"${{1:{id}}}\""));
    let mut text = String::new();
    for (index, line) in own.lines().enumerate() {
        if index > 0 {
            text.push_str(&format!("\n{leader}"));
        }
        // A closing brace is text here: the stops have their own.
        text.push_str(&if line.contains("${") { line.to_owned() } else { line.replace('}', "\\}") });
    }
    if comment.is_open {
        text.push_str("\n */");
    }
    text
}

/// An id from what stands below the comment, or from the file's name; taken or not.
pub(super) fn suggested_id(context: &Context<'_>, comment: &Comment<'_>, capability: &Capability) -> String {
    as_id(&name_for(context, capability, comment.name_below()))
}

/// The same that nothing has which the capability declares.
pub(super) fn new_id(context: &Context<'_>, comment: &Comment<'_>, capability: &Capability) -> String {
    let name = name_for(context, capability, comment.name_below());
    fresh_id(context, &kinds_of(capability), &name).unwrap_or_default()
}

/// The kinds of resources that a capability declares.
pub(super) fn kinds_of(capability: &Capability) -> Vec<Kind> {
    Kind::all().filter(|kind| capability.resources.contains(&kind.spec().name)).collect()
}
