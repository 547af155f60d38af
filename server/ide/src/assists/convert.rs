//! The comment of an annotation in another form, where that changes neither what it says nor what it stands on.

use super::{Asked, Offer};
use crate::comment_form::{Form, contents, written};
use crate::layout::line_start;
use crate::placement::Subject;
use crate::{FileEdit, TextEdit, WorkspaceEdit};
use klotho_annotation::annotations;
use klotho_grammars::{Language, parse};
use klotho_text::Span;

/// The forms, and what putting an annotation into one is called.
const FORMS: [(Form, &str); 3] = [
    (Form::Lines, "Write the annotation in line comments"),
    (Form::Stars, "Write the annotation in a block comment"),
    (Form::Bare, "Write the annotation in a block comment without stars"),
];

pub(super) fn convert(asked: &Asked<'_>) -> Vec<Offer> {
    let Some(comment) = Comment::at(asked) else { return Vec::new() };
    let offers = FORMS.iter().filter_map(|(form, title)| {
        let edit = TextEdit { span: comment.at, text: comment.rewritten(*form)? };
        let path = asked.context.absolute(&asked.context.relative);
        let file = FileEdit { path, create: false, edits: vec![edit] };
        Some(Offer { title: (*title).to_owned(), edit: Ok(WorkspaceEdit { files: vec![file] }) })
    });
    offers.collect()
}

/// The comment that the cursor is in, which nothing else shares a line with.
struct Comment<'a> {
    document: &'a str,
    language: Language,
    at: Span,
    text: &'a str,
    indent: &'a str,
}

impl<'a> Comment<'a> {
    fn at(asked: &'a Asked<'_>) -> Option<Self> {
        let Some(Subject::Annotation(index)) = asked.subject else { return None };
        let document = asked.context.document?;
        let text = &*document.text;
        let annotation = crate::anatomy::annotations(asked.context).get(*index)?;
        let at = *annotation.comment;
        let indent = text.get(line_start(text, at.start as usize)..at.start as usize)?;
        let behind = text.get(at.end as usize..)?.lines().next().unwrap_or_default();
        let is_alone = indent.trim().is_empty() && behind.trim().is_empty();
        let comment = Self { document: text, language: document.language?, at, text: at.of(text), indent };
        is_alone.then_some(comment)
    }

    /// In another form; `None` where it would say something else, or be another comment's.
    fn rewritten(&self, form: Form) -> Option<String> {
        let forms = &self.language.spec().comments;
        let lines = contents(self.text, forms)?;
        let now = Form::of(self.text, forms);
        // Of one line both forms of a block look the same.
        let is_same = now == form || (lines.len() == 1 && now != Form::Lines && form != Form::Lines);
        if is_same
            || (form == Form::Lines && self.has_line_neighbours())
            || (form == Form::Bare && lines.len() == 1)
        {
            return None;
        }
        let newline = if self.document.contains("\r\n") { "\r\n" } else { "\n" };
        let text = written(&lines, form, forms, &format!("{newline}{}", self.indent))?;
        (said(self.language, &text)? == said(self.language, self.text)?).then_some(text)
    }

    /// Whether line comments on the next lines would become one comment with this one: those behind code count.
    fn has_line_neighbours(&self) -> bool {
        let marker = self.language.spec().comments.line;
        let start = line_start(self.document, self.at.start as usize);
        let above = self.document.get(..start).and_then(|above| above.lines().next_back());
        let below = self.document.get(self.at.end as usize..).and_then(|below| below.lines().nth(1));
        above.into_iter().chain(below).any(|line| line.contains(marker))
    }
}

/// What the annotations of a comment say, and what is wrong with it.
fn said(language: Language, comment: &str) -> Option<impl PartialEq + use<>> {
    let read = annotations(language, comment, &parse(language, comment, None)?);
    let all = read.list.iter().map(|it| (it.capability.clone(), it.recorded, it.directives.to_json()));
    let wrong = read.findings.iter().map(|finding| (finding.code, finding.variant));
    Some((all.collect::<Vec<_>>(), wrong.collect::<Vec<_>>()))
}
