//! The comment that says that a finding is meant as it is.

use super::quick_fix;
use crate::snapshot::Context;
use crate::{CodeAction, FileEdit, TextEdit, WorkspaceEdit};
use klotho_annotation::Annotation;
use klotho_annotation::finding::{Code, Severity};
use klotho_grammars::Node;
use klotho_graph::{ConfigFormat, Located};
use klotho_text::Span;

/// What the kinds of nodes are called that hold text, in all grammars.
const TEXTS: [&str; 4] = ["string", "template", "heredoc", "jsx_text"];

/// Nodes in a text that hold code, with comments as everywhere else. In Python they can have comments only since 3.12.
const CODE_IN_TEXT: [&str; 1] = ["template_substitution"];

/// What a person replaces: a comment without a reason allows nothing.
const REASON: &str = "say why this is meant";

/// Puts the comment above what the finding is about. What the compiler refuses it refuses all the same; what is about comments
/// of this kind, about a file as a whole or about the project cannot be allowed at a place.
pub(super) fn action(context: &Context<'_>, located: &Located) -> Option<CodeAction> {
    let code = located.finding.code;
    let is_at_place = !matches!(
        code,
        Code::SuppressionInvalid | Code::SuppressionUnused | Code::FileSkipped | Code::ConfigSyntax
    );
    let of_project = context.project.derived().project_findings();
    if located.severity == Severity::Error || !is_at_place || of_project.contains(&located.finding) {
        return None;
    }
    let text = &context.document?.text;
    let annotation = around(context, located);
    let at = annotation.map_or(located.at.start, |found| found.at.start) as usize;
    let line = text.get(..at)?.rfind('\n').map_or(0, |newline| newline + 1);
    if is_text(context, line) {
        return None;
    }
    let leader = leader(text, line, marker(context)?, annotation)?;
    let newline = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let comment = format!("{leader}klotho-ls: allow({}) {REASON}{newline}", code.name());
    // The mark of its encoding stays the first of a file.
    let line = if line == 0 && text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { line };
    let edits = vec![TextEdit { span: Span::empty(line), text: comment }];
    let file = FileEdit { path: context.absolute(&context.relative), create: false, edits };
    let edit = WorkspaceEdit { files: vec![file] };
    Some(quick_fix(context, located, format!("Allow {} here", code.name()), edit, false))
}

/// Whether a new line before the one that starts at `line` would be part of a value, such as a template, the text of JSX or
/// a string of several lines, and not of the code: a comment there would change what the program does. Counting for the
/// next line alone, it cannot stand further up.
fn is_text(context: &Context<'_>, line: usize) -> bool {
    let (Some(document), Some(newline)) = (context.document, line.checked_sub(1)) else { return false };
    let (Some(language), Some(tree)) = (document.language, &document.tree) else { return false };
    let is_comment = |node: &Node<'_>| language.kinds().comments.contains(&node.kind_id());
    let around = tree.root_node().descendant_for_byte_range(newline, line);
    let nodes = std::iter::successors(around, |node| node.parent());
    if nodes.clone().any(|node| is_comment(&node)) {
        return false;
    }
    // Between statements and expressions a line ends outside of all tokens.
    let is_token = around.is_some_and(|node| node.is_named() && node.child_count() == 0);
    let mut outside = nodes.take_while(|node| !CODE_IN_TEXT.contains(&node.kind()));
    is_token || outside.any(|node| TEXTS.iter().any(|text| node.kind().contains(text)))
}

/// What starts a comment of one line; none in JSON.
fn marker(context: &Context<'_>) -> Option<&'static str> {
    if context.is_config() {
        return (context.project.config().format != ConfigFormat::Json).then_some("#");
    }
    Some(context.document?.language?.spec().comments.line)
}

/// The annotation that a finding lies in: a comment above it counts for all of it.
fn around<'a>(context: &Context<'a>, located: &Located) -> Option<&'a Annotation> {
    let annotations = &context.project.summary(&context.relative)?.facts.annotations;
    let holds = |found: &&Annotation| found.comment.covers(*located.at);
    let before = |found: &&Annotation| found.at.start <= located.at.start;
    annotations.iter().filter(holds).rfind(before)
}

/// What the comment starts with on a line of its own above `line`: inside a block comment that began before, what that line starts
/// with itself, which must be no text.
fn leader(text: &str, line: usize, marker: &str, annotation: Option<&Annotation>) -> Option<String> {
    let inside = annotation.filter(|found| {
        let start = found.comment.start as usize;
        start < line && text.get(start..).is_some_and(|comment| !comment.starts_with(marker))
    });
    let rest = text.get(line..)?;
    let Some(annotation) = inside else {
        let indent = rest.get(..rest.len() - rest.trim_start_matches([' ', '\t']).len())?;
        return Some(format!("{indent}{marker} "));
    };
    let before = text.get(line..annotation.at.start as usize)?;
    before.chars().all(|next| matches!(next, ' ' | '\t' | '*')).then(|| before.to_owned())
}
