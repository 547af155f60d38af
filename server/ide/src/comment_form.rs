//! The forms in which a comment of several lines can be written.

use klotho_grammars::CommentForms;

/// A form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// A comment on each line.
    Lines,
    /// One comment whose lines start with stars.
    Stars,
    /// One comment whose lines start with blanks.
    Bare,
}

/// What stands before what a line says.
const STAR: &str = " *";
const BARE: &str = "  ";

impl Form {
    /// Of a comment.
    pub(crate) fn of(comment: &str, forms: &CommentForms) -> Self {
        let is_star = |line: &str| line.trim_start().starts_with('*');
        match () {
            () if comment.starts_with(forms.line) => Self::Lines,
            () if comment.lines().skip(1).all(is_star) => Self::Stars,
            () => Self::Bare,
        }
    }
}

/// What the lines of a comment say, behind what makes them a comment; `None` where code stands between them, or a comment is
/// not closed.
pub(crate) fn contents<'a>(comment: &'a str, forms: &CommentForms) -> Option<Vec<&'a str>> {
    if Form::of(comment, forms) == Form::Lines {
        return comment.lines().map(|line| line.trim_start().strip_prefix(forms.line)).collect();
    }
    let (open, close) = forms.block?;
    let inner =
        comment.strip_prefix(open)?.trim_start_matches('*').strip_suffix(close)?.trim_end_matches('*');
    let is_starred = Form::of(comment, forms) == Form::Stars;
    let column =
        inner.lines().skip(1).filter(|line| !line.trim().is_empty()).map(blanks).min().unwrap_or_default();
    let lines = inner.lines().enumerate().map(|(index, line)| match (index, is_starred) {
        (0, true) => line,
        (0, false) => line.trim_start(),
        (_, true) => line.trim_start().strip_prefix('*').unwrap_or(line.trim_start()),
        (_, false) => line.get(column..).unwrap_or_default(),
    });
    let mut lines: Vec<_> = lines.collect();
    // What opens or closes a comment may have a line of its own.
    if lines.len() > 1 && lines.last().is_some_and(|line| line.trim().is_empty()) {
        lines.pop();
    } else if let Some(last) = lines.last_mut() {
        *last = last.trim_end();
    }
    if lines.len() > 1 && lines.first().is_some_and(|line| line.trim().is_empty()) {
        lines.remove(0);
    }
    Some(lines)
}

/// A comment that says these lines; `margin` stands before all but the first, and begins with what ends a line.
pub(crate) fn written(lines: &[&str], form: Form, forms: &CommentForms, margin: &str) -> Option<String> {
    let is_glued = lines.iter().any(|line| !line.is_empty() && !line.starts_with([' ', '\t']));
    let gap = if is_glued { " " } else { "" };
    let lead = |leader: &str, line: &&str| match (form, line.trim().is_empty()) {
        (Form::Bare, true) => String::new(),
        (_, true) => format!("{leader}{line}"),
        (_, false) => format!("{leader}{gap}{line}"),
    };
    let (open, close) = match (form, forms.block) {
        (Form::Lines, _) => {
            let lines: Vec<_> = lines.iter().map(|line| lead(forms.line, line)).collect();
            return Some(lines.join(margin));
        }
        (_, block) => block?,
    };
    let (first, rest) = lines.split_first()?;
    let first = lead(open, first);
    if rest.is_empty() {
        return Some(format!("{} {close}", first.trim_end()));
    }
    let leader = if form == Form::Stars { STAR } else { BARE };
    let rest: String = rest.iter().map(|line| format!("{margin}{}", lead(leader, line))).collect();
    Some(format!("{first}{rest}{margin} {close}"))
}

fn blanks(line: &str) -> usize {
    line.len() - line.trim_start_matches([' ', '\t']).len()
}
