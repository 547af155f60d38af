//! Rewriting the comment of an annotation so that the compiler reads it as it is meant.

use super::{parameter, quick_fix};
use crate::comment_form::{Form, contents, written};
use crate::snapshot::Context;
use crate::{CodeAction, FileEdit, TextEdit, WorkspaceEdit};
use klotho_annotation::finding::Code;
use klotho_annotation::{Annotation, meant_end};
use klotho_grammars::{CommentForms, Language};
use klotho_graph::Located;
use klotho_text::Span;

/// A rewriting, and what it is called.
type Rewriting = (&'static str, Vec<TextEdit>);

/// The ways out of a finding about how an annotation is written.
pub(super) fn fixes(context: &Context<'_>, located: &Located) -> Vec<CodeAction> {
    let Some(comment) = Comment::of(context, located) else { return Vec::new() };
    let rewritings = comment.rewritings(located);
    let fixes = rewritings.into_iter().enumerate().map(|(index, (title, edits))| {
        let path = context.absolute(&context.relative);
        let edit = WorkspaceEdit { files: vec![FileEdit { path, create: false, edits }] };
        quick_fix(context, located, title.to_owned(), edit, index == 0)
    });
    fixes.collect()
}

/// The comment that a finding lies in.
struct Comment<'a> {
    text: &'a str,
    annotation: &'a Annotation,
    forms: &'static CommentForms,
    /// Where the finding points.
    at: Span,
}

impl<'a> Comment<'a> {
    /// Only of an open document the text is known.
    fn of(context: &'a Context<'_>, located: &Located) -> Option<Self> {
        let text = &context.document?.text;
        let language: Language = context.project.summary(&context.relative)?.language;
        let annotations = &context.project.summary(&context.relative)?.facts.annotations;
        // A comment's later annotations come later; the finding is about the last that starts before it, if any does.
        let around = |found: &&Annotation| found.comment.covers(*located.at);
        let before = |found: &&Annotation| found.at.start <= located.at.start;
        let annotation =
            annotations.iter().filter(around).rfind(before).or(annotations.iter().find(around))?;
        Some(Self { text, annotation, forms: &language.spec().comments, at: *located.at })
    }

    fn rewritings(&self, located: &Located) -> Vec<Rewriting> {
        let finding = &located.finding;
        let around = parameter(located, "around");
        let found = match (finding.code, finding.variant) {
            (Code::TargetStolen, "behind") => [self.moved(*self.annotation.comment), None],
            (Code::TargetStolen, _) => [self.as_block(), self.moved(self.at)],
            (Code::AnnotationSyntax, "unquoted") => [self.quoted(parameter(located, "quoted")), None],
            (Code::AnnotationSyntax, "number") => {
                [self.rewritten("Write it as TOML does", parameter(located, "number")), None]
            }
            (Code::BodyQuirk, "kind" | "kind-runtime") => {
                [self.rewritten("Write a value of the right kind", parameter(located, "instead")), None]
            }
            (Code::AnnotationSyntax, "split") => [self.joined(), None],
            (Code::AnnotationSyntax, "glob") => [self.as_lines(), None],
            (Code::AnnotationSyntax | Code::BodyQuirk, "brace") => [self.escaped(around), None],
            (Code::BodyQuirk, "nested" | "nested-node") => [self.escaped(around), None],
            (Code::BodyQuirk, "slashes") => [self.without_slashes(), None],
            _ => [None, None],
        };
        found.into_iter().flatten().collect()
    }

    fn slice(&self, start: usize, end: usize) -> &'a str {
        self.text.get(start..end).unwrap_or_default()
    }

    fn line_start(&self, at: usize) -> usize {
        self.slice(0, at).rfind('\n').map_or(0, |newline| newline + 1)
    }

    /// What stands before `at` on its line, if that is nothing but blanks.
    fn indentation(&self, at: usize) -> Option<&'a str> {
        Some(self.slice(self.line_start(at), at)).filter(|before| before.trim().is_empty())
    }

    fn newline(&self) -> &'static str {
        if self.text.contains("\r\n") { "\r\n" } else { "\n" }
    }

    /// The comment at a place behind code, on a line of its own above that.
    fn moved(&self, comment: Span) -> Option<Rewriting> {
        let (start, end) = (comment.start as usize, comment.end as usize);
        let line = self.line_start(start);
        let code = self.slice(line, start).trim_end();
        let indentation = code.get(..code.len() - code.trim_start().len())?;
        let moved = self.slice(start, end);
        if code.is_empty() || moved.contains('\n') {
            return None;
        }
        let above = format!("{indentation}{}{}", moved.trim_end(), self.newline());
        let edits = vec![
            TextEdit { span: Span::new(line, line), text: above },
            TextEdit { span: Span::new(line + code.len(), end), text: String::new() },
        ];
        Some(("Move the comment to a line of its own", edits))
    }

    /// The annotation's line comments above the finding as one block comment.
    fn as_block(&self) -> Option<Rewriting> {
        let (_, close) = self.forms.block?;
        let start = self.annotation.comment.start as usize;
        let end = self.slice(start, self.line_start(self.at.start as usize)).trim_end().len() + start;
        let indentation = self.indentation(start)?;
        let lines = contents(self.slice(start, end), self.forms)?;
        if lines.iter().any(|line| line.contains(close)) {
            return None;
        }
        let margin = format!("{}{indentation}", self.newline());
        let text = written(&lines, Form::Stars, self.forms, &margin)?;
        Some(("Make the annotation a block comment", vec![TextEdit { span: Span::new(start, end), text }]))
    }

    /// The lines of a body without the blank ones that split it.
    fn joined(&self) -> Option<Rewriting> {
        let mut at = self.at.start as usize;
        let (mut edits, mut depth, mut blank) = (Vec::new(), 0, None);
        for (index, line) in self.text.get(at..)?.split_inclusive('\n').enumerate() {
            let content = line.trim();
            let is_comment = content.starts_with(self.forms.line) && !content.contains("@klotho::");
            match () {
                () if content.is_empty() => blank = blank.or(Some(at)),
                () if index > 0 && !is_comment => return None,
                () => {
                    let gap = blank.take().map(|from| Span::new(from, at));
                    edits.extend(gap.map(|span| TextEdit { span, text: String::new() }));
                    depth += braces(content);
                }
            }
            if depth <= 0 {
                return (!edits.is_empty())
                    .then_some(("Remove the blank lines inside the annotation", edits));
            }
            at += line.len();
        }
        None
    }

    /// A block comment, up to where it was meant to end, as line comments.
    fn as_lines(&self) -> Option<Rewriting> {
        let start = self.annotation.comment.start as usize;
        let indentation = self.indentation(start)?;
        let after_name = self.annotation.capability_at.end as usize;
        let open = after_name + self.text.get(after_name..)?.find('{')?;
        let body_end = meant_end(self.text, open)? + 1;
        let rest = self.text.get(body_end..)?;
        let margin = rest.len() - rest.trim_start_matches([' ', '\t', '\r', '\n', '*']).len();
        let end = body_end + margin;
        let is_closed = rest[..margin].ends_with('*') && self.text.get(end..)?.starts_with('/');
        let behind = self.text.get(end + 1..)?.lines().next().unwrap_or_default();
        if !is_closed || !behind.trim().is_empty() {
            return None;
        }
        let comment = format!("{}*/", self.slice(start, body_end));
        let lines = contents(&comment, self.forms)?;
        let text = written(&lines, Form::Lines, self.forms, &format!("{}{indentation}", self.newline()))?;
        Some((
            "Turn the annotation into line comments",
            vec![TextEdit { span: Span::new(start, end + 1), text }],
        ))
    }

    /// The character at the finding as an escape, where TOML has escapes; gone from a comment.
    fn escaped(&self, around: &str) -> Option<Rewriting> {
        let start = self.at.start as usize;
        let character = self.text.get(start..)?.chars().next()?;
        let span = Span::new(start, start + character.len_utf8());
        match around {
            "basic" => {
                let text = format!("\\u{:04X}", u32::from(character));
                Some(("Write it as an escape", vec![TextEdit { span, text }]))
            }
            "comment" => Some(("Remove it from the comment", vec![TextEdit { span, text: String::new() }])),
            _ => None,
        }
    }

    /// Another value in its place, if there is one.
    fn rewritten(&self, title: &'static str, value: &str) -> Option<Rewriting> {
        let edit = TextEdit { span: self.at, text: value.to_owned() };
        (!value.is_empty()).then(|| (title, vec![edit]))
    }

    /// A word in quotes.
    fn quoted(&self, word: &str) -> Option<Rewriting> {
        let is_plain = !word.is_empty() && !word.contains(['"', '\\', '{', '}', '\n', '\r']);
        let edit = TextEdit { span: self.at, text: format!("\"{word}\"") };
        is_plain.then(|| ("Put it in quotes", vec![edit]))
    }

    /// A string on one line whose slashes are escapes.
    fn without_slashes(&self) -> Option<Rewriting> {
        let written = self.slice(self.at.start as usize, self.at.end as usize);
        let quote = written.chars().next()?;
        let inner = written.strip_prefix(quote)?.strip_suffix(quote)?;
        let is_plain = quote == '"' || !inner.contains(['"', '\\']);
        if written.contains('\n') || !is_plain || inner.starts_with(quote) {
            return None;
        }
        let text = format!("\"{}\"", inner.replace("//", "\\u002F\\u002F"));
        Some(("Write the slashes as escapes", vec![TextEdit { span: self.at, text }]))
    }
}

/// By how much a text opens more braces than it closes.
fn braces(text: &str) -> i64 {
    text.bytes().map(|byte| i64::from(byte == b'{') - i64::from(byte == b'}')).sum()
}
