//! Edits of an annotation's body that leave everything else as it is written, in whatever comment it stands.

mod insert;
mod lower;
mod open;
mod raise;

use crate::TextEdit;
use crate::config_edit::{difference, sorted, with};
use crate::layout::line_start;
use klotho_annotation::{Annotation, Value, ValueKind, annotations};
use klotho_cost::format::in_threes;
use klotho_grammars::{Language, parse};
use klotho_text::Span;
use serde_json::Value as Json;

/// Whole numbers from here on are written in groups of three digits.
const GROUPED_FROM: i64 = 10_000;

/// The comment of an annotation while it is rewritten.
///
/// Comments and TOML have more forms than anyone thinks of. So every change is tried: unless the comment then says what it
/// said before and that one thing, the change is not made.
pub(crate) struct Draft {
    language: Language,
    /// Where the text starts in its document.
    start: usize,
    given: String,
    text: String,
    newline: &'static str,
    /// The annotations of the text, as it is now.
    list: Vec<Annotation>,
    /// Which of them is meant.
    index: usize,
}

impl Draft {
    /// Of an annotation of a document; `None` where its body cannot be read, or the text is not what it was read from.
    pub(crate) fn of(language: Language, document: &str, annotation: &Annotation) -> Option<Self> {
        let comment = *annotation.comment;
        let line = line_start(document, comment.start as usize);
        let before = document.get(line..comment.start as usize)?;
        let start = if is_blank(before) { line } else { comment.start as usize };
        let text = document.get(start..comment.end as usize)?.to_owned();
        let list = read(language, &text);
        let index =
            list.iter().position(|it| it.at.start as usize + start == annotation.at.start as usize)?;
        let newline = if document.contains("\r\n") { "\r\n" } else { "\n" };
        let draft = Self { language, start, given: text.clone(), text, newline, list, index };
        let own = draft.own()?;
        let is_same = own.recorded
            && own.capability == annotation.capability
            && own.directives.to_json() == annotation.directives.to_json();
        is_same.then_some(draft)
    }

    /// Makes the body say a value under nested keys; whether it could be done.
    pub(crate) fn set(&mut self, path: &[&str], value: &Json) -> bool {
        let Some(own) = self.own() else { return false };
        let before = own.directives.to_json();
        let stated = own.directives.at(path).cloned();
        if stated.as_ref().is_some_and(|stated| stated.to_json() == *value) {
            return true;
        }
        let wanted = with(before, path, value);
        if let Some(stated) = stated {
            return self.replaced(&stated, value).into_iter().any(|text| self.take(text, &wanted));
        }
        self.open_up() && self.inserted(path, value).into_iter().any(|text| self.take(text, &wanted))
    }

    /// Takes a table with a header out of the body; whether it could be done. Comments in it would be lost.
    pub(crate) fn remove(&mut self, name: &str) -> bool {
        let text = self.without(name);
        let wanted = self.own().map(|own| without(own.directives.to_json(), name));
        text.zip(wanted).is_some_and(|(text, wanted)| self.take(text, &wanted))
    }

    fn without(&self, name: &str) -> Option<String> {
        let entry = self.own()?.directives.entry(name)?;
        let ValueKind::Table(table) = &entry.value.kind else { return None };
        let last = table.entries.last()?.value.at.end as usize;
        let start = line_start(&self.text, entry.key_at.start as usize);
        let rest = self.text.get(last..)?;
        let end = last + rest.find('\n')? + 1;
        let lines = self.text.get(start..end)?.lines();
        let says_more = |line: &str| line.trim_start_matches(LEADERS_AND_BLANKS).contains('#');
        let is_plain = lines.clone().count() == table.entries.len() + 1 && !lines.clone().any(says_more);
        is_plain.then(|| self.spliced(Span::new(start, end), ""))
    }

    /// The change that was made, in the document; none if there was none.
    pub(crate) fn edit(&self) -> Option<TextEdit> {
        if self.text == self.given {
            return None;
        }
        let TextEdit { span, text } = difference(&self.given, &self.text);
        Some(TextEdit { span: moved(span, self.start), text })
    }

    fn own(&self) -> Option<&Annotation> {
        self.list.get(self.index)
    }

    /// Takes a text that says what is wanted of this annotation, and of the others what they said.
    fn take(&mut self, text: String, wanted: &Json) -> bool {
        let list = read(self.language, &text);
        let is_kept = |(index, (old, new)): (usize, (&Annotation, &Annotation))| {
            let wanted = if index == self.index { wanted.clone() } else { old.directives.to_json() };
            new.capability == old.capability
                && new.recorded == old.recorded
                && sorted(new.directives.to_json()) == sorted(wanted)
        };
        let is_right = list.len() == self.list.len() && self.list.iter().zip(&list).enumerate().all(is_kept);
        if is_right {
            (self.text, self.list) = (text, list);
        }
        is_right
    }

    /// The text with another value in the place of one; the ways to write it, best first.
    fn replaced(&self, stated: &Value, value: &Json) -> Vec<String> {
        let at = *stated.at;
        let old = at.of(&self.text);
        let is_grouped = old.contains('_') || !old.bytes().all(|byte| byte.is_ascii_digit()) || old.len() < 5;
        let whole = self.spliced(at, &toml_text(value, is_grouped));
        // The quotes are the value's first and last byte, whichever they are; they stay.
        let quoted = stated.as_str().zip(value.as_str()).filter(|_| at.len() >= 2);
        let inside =
            quoted.map(|(_, word)| self.spliced(Span { start: at.start + 1, end: at.end - 1 }, word));
        inside.into_iter().chain([whole]).collect()
    }

    fn spliced(&self, at: Span, by: &str) -> String {
        let mut text = self.text.clone();
        if text.get(at.range()).is_some() {
            text.replace_range(at.range(), by);
        }
        text
    }
}

fn read(language: Language, text: &str) -> Vec<Annotation> {
    parse(language, text, None).map(|tree| annotations(language, text, &tree).list).unwrap_or_default()
}

/// What lines of comments start with.
const LEADERS_AND_BLANKS: [char; 5] = ['/', '*', '#', ' ', '\t'];

/// What a table says without a key.
fn without(mut said: Json, key: &str) -> Json {
    if let Some(keys) = said.as_object_mut() {
        keys.remove(key);
    }
    said
}

/// A value as TOML writes it.
fn toml_text(value: &Json, is_grouped: bool) -> String {
    if let Json::Array(values) = value {
        let values: Vec<_> = values.iter().map(|value| toml_text(value, is_grouped)).collect();
        return format!("[{}]", values.join(", "));
    }
    match value.as_i64().filter(|number| is_grouped && number.abs() >= GROUPED_FROM) {
        Some(number) => grouped(number),
        None => value.to_string(),
    }
}

/// A whole number in groups of three digits.
fn grouped(number: i64) -> String {
    let sign = if number < 0 { "-" } else { "" };
    format!("{sign}{}", in_threes(&number.unsigned_abs().to_string(), '_'))
}

fn moved(span: Span, by: usize) -> Span {
    Span::new(span.start as usize + by, span.end as usize + by)
}

fn is_blank(text: &str) -> bool {
    text.chars().all(|character| matches!(character, ' ' | '\t'))
}
