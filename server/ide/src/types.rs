use klotho_annotation::finding::{Code, Severity, Tag};
use klotho_text::Span;
use std::sync::Arc;

/// A file: its absolute path with `/` between folders, or the whole URI of a document that is not a file
/// (`untitled:Untitled-1`). Only the outer layer turns it into anything else.
pub type FilePath = Arc<str>;

/// Whether `path` lies in `folder`, at any depth.
pub fn is_below(folder: &str, path: &str) -> bool {
    path.strip_prefix(folder.trim_end_matches('/'))
        .is_some_and(|rest| rest.len() > 1 && rest.starts_with('/'))
}

/// A finding as an editor shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct Diagnostic {
    /// What is wrong.
    pub code: Code,
    /// How bad it is.
    pub severity: Severity,
    /// What the text is at which it stands.
    pub tag: Option<Tag>,
    /// What it is, wherever it stands: a finding that merely moved keeps its number.
    pub identity: u64,
    /// For people.
    pub message: String,
    /// The file; `None` when the project as a whole is meant.
    pub path: Option<FilePath>,
    /// The place in that file.
    pub span: Span,
    /// Other places that it is about.
    pub related: Vec<RelatedPlace>,
}

/// Another place that a finding is about.
#[derive(Clone, Debug, PartialEq)]
pub struct RelatedPlace {
    /// The file.
    pub path: FilePath,
    /// The place in that file.
    pub span: Span,
    /// What there is to say of it, for people.
    pub message: String,
}

/// What stands in a hover.
#[derive(Clone, Debug, PartialEq)]
pub struct Hover {
    /// What it is about.
    pub span: Span,
    /// Markdown; text from source code is escaped.
    pub markdown: String,
}

/// A few words behind a line.
#[derive(Clone, Debug, PartialEq)]
pub struct InlayHint {
    /// The end of the line.
    pub at: usize,
    /// The words, as plain text.
    pub label: String,
    /// Where a hover tells more.
    pub about: usize,
}

/// What someone wants to see at a glance, as hints or as lenses.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Glance {
    /// Where units run and what that costs.
    pub units: bool,
    /// How many routes a gateway has; as hints also those that handlers answer.
    pub routes: bool,
    /// Who uses stores, topics and websites, and what they cost.
    pub stores: bool,
    /// What is worked out from traffic that nobody stated.
    pub assumed: bool,
}

/// A line above another, whose words are worked out when it is seen.
#[derive(Clone, Debug, PartialEq)]
pub struct CodeLens {
    /// What it stands above.
    pub span: Span,
    /// What its title is asked by; a hover there tells more.
    pub about: usize,
}

/// What a lens says and does.
#[derive(Clone, Debug, PartialEq)]
pub struct LensWords {
    /// What it says.
    pub title: String,
    /// What it does.
    pub act: LensAct,
}

/// What a lens does.
#[derive(Clone, Debug, PartialEq)]
pub enum LensAct {
    /// Shows what the hover there says.
    Show,
    /// Has a unit run somewhere else.
    Switch {
        /// The project's root.
        root: FilePath,
        /// The unit.
        unit: String,
        /// The target that it is to have.
        target: &'static str,
    },
}

/// A text that names one file.
#[derive(Clone, Debug, PartialEq)]
pub struct DocumentLink {
    /// The text, without its quotes.
    pub span: Span,
    /// The file.
    pub target: FilePath,
}

/// A stretch of text within one line, and what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ColouredSpan {
    /// Where.
    pub span: Span,
    /// What.
    pub colour: Colour,
}

/// What text is, as far as editors colour it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Colour {
    /// `@klotho::` and a capability.
    Annotation,
    /// The name of a table.
    Table,
    /// A key.
    Key,
    /// A string.
    Text,
    /// A number, a date or a time.
    Number,
    /// `true` or `false`.
    Keyword,
    /// `=`.
    Operator,
    /// A comment inside a body.
    Comment,
}

impl Colour {
    /// All, in the order in which they are numbered.
    pub const ALL: [Self; 8] = [
        Self::Annotation,
        Self::Table,
        Self::Key,
        Self::Text,
        Self::Number,
        Self::Keyword,
        Self::Operator,
        Self::Comment,
    ];
}

/// Something that can be done at the cursor.
#[derive(Clone, Debug, PartialEq)]
pub struct CodeAction {
    /// What it does, for people.
    pub title: String,
    /// The protocol's kind: `quickfix`, `refactor.rewrite`.
    pub kind: &'static str,
    /// Whether it is the one to take.
    pub is_preferred: bool,
    /// Why it cannot be done; it is then shown greyed where the client can, else not at all.
    pub disabled: Option<String>,
    /// The diagnostics that it mends: code and place.
    pub fixes: Vec<Diagnostic>,
    /// What it changes.
    pub edit: WorkspaceEdit,
}

/// Changes to several files at once.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WorkspaceEdit {
    /// One entry a file.
    pub files: Vec<FileEdit>,
}

/// Changes to one file.
#[derive(Clone, Debug, PartialEq)]
pub struct FileEdit {
    /// The file.
    pub path: FilePath,
    /// Whether the file has to be made first.
    pub create: bool,
    /// Sorted, not overlapping; places in the text before the edit.
    pub edits: Vec<TextEdit>,
}

/// One replacement.
#[derive(Clone, Debug, PartialEq)]
pub struct TextEdit {
    /// What is replaced; empty for an insertion.
    pub span: Span,
    /// By what.
    pub text: String,
}

/// A text after edits, which are sorted and do not overlap.
pub(crate) fn applied<'a>(text: &str, edits: impl IntoIterator<Item = &'a TextEdit>) -> String {
    let (mut out, mut at) = (String::with_capacity(text.len()), 0);
    for edit in edits {
        out.push_str(text.get(at..edit.span.start as usize).unwrap_or_default());
        out.push_str(&edit.text);
        at = edit.span.end as usize;
    }
    out.push_str(text.get(at..).unwrap_or_default());
    out
}

#[cfg(test)]
mod tests {
    use super::is_below;

    #[test]
    fn a_folder_does_not_hold_itself_or_its_namesakes() {
        assert!(is_below("/a", "/a/b"));
        assert!(is_below("/", "/a"));
        assert!(!is_below("/a", "/a"));
        assert!(!is_below("/a", "/ab/c"));
    }
}
