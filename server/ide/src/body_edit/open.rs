//! Giving a body lines of its own.

use super::{Draft, is_blank};
use crate::layout::{INDENT, LEADERS, line_start};
use klotho_text::Span;

/// What starts a block comment's line.
const STAR: &str = " * ";

impl Draft {
    /// Gives the annotation a body, and its closing brace a line of its own; whether that is so now.
    pub(super) fn open_up(&mut self) -> bool {
        let Some((text, wanted)) = self.opened().zip(self.own().map(|own| own.directives.to_json())) else {
            return false;
        };
        text == self.text || self.take(text, &wanted)
    }

    fn opened(&self) -> Option<String> {
        let (own, leader, newline) = (self.own()?, self.leader()?, self.newline);
        let rest = self.text.get(own.at.end as usize..)?;
        let is_one_line = !own.at.of(&self.text).contains('\n');
        // What closes a block comment leaves the line of the brace.
        let closing = Some(rest).filter(|rest| is_one_line && rest.trim() == "*/");
        let after = closing.map(|_| format!("{newline}{} */", self.indentation()));
        let (at, by) = match own.body {
            None => (Span::empty(own.at.end as usize), format!(" {{{newline}{leader}}}")),
            Some(_) => {
                let body = self.body()?;
                (body, laid_out(body.of(&self.text), &leader, newline))
            }
        };
        let end = if closing.is_some() { self.text.len() } else { own.at.end as usize };
        let mut text = self.text.get(..at.start as usize)?.to_owned();
        text.push_str(&by);
        text.push_str(self.text.get(at.end as usize..own.at.end as usize)?);
        text.push_str(&after.unwrap_or_default());
        text.push_str(self.text.get(end..)?);
        Some(text)
    }

    /// From behind the opening brace to the closing one, with what the comment's lines start with.
    pub(super) fn body(&self) -> Option<Span> {
        let own = self.own()?;
        let brace = own.at.end.checked_sub(1)?;
        own.body.map(|body| Span { start: body.start, end: brace })
    }

    /// What the lines of the annotation start with; `None` where it stands behind something else.
    pub(super) fn leader(&self) -> Option<String> {
        let own = self.own()?;
        let (at, comment) = (own.at.start as usize, own.comment.start as usize);
        let before = self.text.get(line_start(&self.text, at)..at)?;
        let blanks = before.len() - before.trim_start_matches([' ', '\t']).len();
        let (indent, written) = before.split_at(blanks);
        let is_led = written.chars().all(|next| LEADERS.contains(&next) || matches!(next, ' ' | '\t'));
        if self.text.get(comment..)?.starts_with(self.language.spec().comments.line) {
            return is_led.then(|| before.to_owned());
        }
        if self.text.get(line_start(&self.text, comment)..comment).is_none_or(|code| !is_blank(code)) {
            return None;
        }
        match written.contains("/*") {
            true => Some(format!("{indent}{STAR}")),
            false if is_led => Some(before.to_owned()),
            false => None,
        }
    }

    /// The blanks before the comment.
    fn indentation(&self) -> &str {
        let content = self.text.trim_start_matches([' ', '\t']);
        self.text.get(..self.text.len() - content.len()).unwrap_or_default()
    }
}

/// A body's text with what it says, and then the brace, on lines of their own.
fn laid_out(body: &str, leader: &str, newline: &str) -> String {
    if body.trim().is_empty() {
        return format!("{newline}{leader}");
    }
    match body.rsplit_once('\n') {
        None => format!("{newline}{leader}{INDENT}{}{newline}{leader}", body.trim()),
        Some((_, last)) if last.trim_matches([' ', '\t']).chars().all(|next| LEADERS.contains(&next)) => {
            body.to_owned()
        }
        Some(_) => format!("{}{newline}{leader}", body.trim_end()),
    }
}
