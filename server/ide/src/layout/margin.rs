//! How the lines of an annotation's comment begin.

use crate::Span;
use klotho_annotation::Anatomy;

/// What one level adds to the start of a line.
pub(crate) const INDENT: &str = "  ";

/// Characters that the leaders of comments consist of.
pub(crate) const LEADERS: [char; 3] = ['/', '*', '#'];

/// How the lines of a comment begin.
pub(super) struct Margin {
    /// What stands between a leader and what is not indented.
    after_leader: String,
    /// What stands before that on lines without a leader.
    without_leader: String,
    /// What stands before the stars of a block comment; none where code stands before the comment.
    before_star: Option<String>,
}

/// How many bytes of blanks a text starts with.
pub(super) fn blanks(text: &str) -> usize {
    text.len() - text.trim_start_matches([' ', '\t']).len()
}

/// Where the line of `offset` starts.
pub(crate) fn line_start(text: &str, offset: usize) -> usize {
    text.get(..offset).and_then(|before| before.rfind('\n')).map_or(0, |newline| newline + 1)
}

/// Blanks as wide as a text, with its tabs.
fn blanked(text: &str) -> String {
    text.chars().map(|character| if character == '\t' { '\t' } else { ' ' }).collect()
}

/// Whether a line starts with stars, and is not the end of its comment.
pub(super) fn is_starred(line: &str) -> bool {
    let line = line.trim_start();
    line.starts_with('*') && !line.trim_start_matches('*').starts_with('/')
}

impl Margin {
    /// As the annotation's first line has it.
    pub(super) fn of(text: &str, anatomy: &Anatomy) -> Self {
        let (at, comment) = (anatomy.at.start as usize, anatomy.comment.start as usize);
        let line = line_start(text, at);
        let inside = line.max(comment);
        let before = Span::new(inside, at).of(text);
        let leader = before.trim_start_matches([' ', '\t']);
        let content = leader.trim_start_matches(LEADERS);
        let after = &content[..blanks(content)];
        let is_led = content.len() < leader.len();
        let written = at - (content.len() - after.len());
        let indent = Span::new(line_start(text, comment), comment).of(text);
        Self {
            after_leader: if is_led { after.to_owned() } else { " ".to_owned() },
            without_leader: blanked(Span::new(line, written).of(text)),
            before_star: (blanks(indent) == indent.len()).then(|| format!("{indent} ")),
        }
    }

    /// What stands before the first part of a line, given what does now.
    pub(super) fn line(&self, lead: &str, level: usize) -> String {
        let leader = lead.trim_end_matches([' ', '\t']);
        let indent = INDENT.repeat(level);
        if leader.is_empty() {
            return format!("{}{indent}", self.without_leader);
        }
        format!("{}{}{indent}", self.leader(leader), self.after_leader)
    }

    /// A line of a comment that says nothing.
    pub(super) fn empty_line(&self, line: &str) -> String {
        self.leader(line.trim_end_matches([' ', '\t']))
    }

    /// A leader with what stands before it: stars are aligned, and what stands before a line comment is not ours.
    fn leader(&self, leader: &str) -> String {
        match &self.before_star {
            Some(before) if is_starred(leader) => format!("{before}{}", leader.trim_start()),
            _ => leader.to_owned(),
        }
    }
}
