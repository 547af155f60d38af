use crate::csharp::CSHARP;
use crate::dockerfile::DOCKERFILE;
use crate::go::GO;
use crate::java::JAVA;
use crate::javascript::JAVASCRIPT;
use crate::levels::Levels;
use crate::python::PYTHON;
use crate::rust::RUST;
use crate::typescript::{TSX, TYPESCRIPT};
use crate::yaml::YAML;
use std::path::Path;
use std::sync::OnceLock;

/// A host language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Language {
    /// `.js`, `.jsx`, `.mjs`, `.cjs`
    JavaScript,
    /// `.ts`, `.mts`, `.cts`
    TypeScript,
    /// `.tsx`
    Tsx,
    /// `.py`
    Python,
    /// `.go`
    Go,
    /// `.rs`
    Rust,
    /// `.cs`
    CSharp,
    /// `.java`
    Java,
    /// `.yaml`, `.yml`
    Yaml,
    /// `Dockerfile`, `x.dockerfile`, `Dockerfile.prod`
    Dockerfile,
}

/// How a language writes comments.
#[derive(Clone, Copy, Debug)]
pub struct CommentForms {
    /// What starts a comment that ends with its line: `//`, `#`.
    pub line: &'static str,
    /// What opens and closes a block comment, where there are any.
    pub block: Option<(&'static str, &'static str)>,
    /// What the parser calls a comment.
    pub kinds: &'static [&'static str],
    /// Whether a comment has its line to itself: behind anything else its marker is ordinary text, whatever the parser
    /// makes of it.
    pub is_alone: bool,
}

/// Which rule of the compiler strips the leaders of a language's comments (reference, 1.4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leaders {
    /// Every `//` with the blanks after it; then `*` margins inside `/* */`, two bytes dropped from each end.
    JavaScript,
    /// The same with one byte dropped from each end.
    Slashes,
    /// One `#` with the blanks after it, at the start of the comment.
    Hash,
}

/// What the files of a language are to a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Program code: a unit starts with it.
    Program,
    /// How a program is packed and deployed: it belongs to a unit only where an annotation says so.
    Deployment,
}

/// All that is particular to one language: its row of the table.
pub struct Spec {
    /// The language.
    pub language: Language,
    /// Its name in the graph's `language` column.
    pub name: &'static str,
    /// File extensions without the dot; compared as spelled.
    pub extensions: &'static [&'static str],
    /// A section of a file's name, between dots and in any case, that marks a file whose extension marks none.
    pub name_section: Option<&'static str>,
    /// The identifiers that editors use for it.
    pub editor_ids: &'static [&'static str],
    /// How it writes comments.
    pub comments: CommentForms,
    /// How the compiler strips their leaders.
    pub leaders: Leaders,
    /// What its files are to a unit.
    pub role: Role,
    /// Whether a program's imports are not followed, because all its files belong to it (reference, 4.5).
    pub is_whole: bool,
    /// Nodes that its parser has and the compiler's older one has not: what stands in them stands in their parent
    /// there.
    pub wrappers: &'static [&'static str],
    /// Nodes that its parser names and the compiler's older one does not have at all.
    pub unseen: &'static [&'static str],
    /// What its parser calls a block that ends by its indentation, if it has such blocks.
    pub suite: Option<&'static str>,
    /// What its parser calls the statement that a string of documentation is, if it has such strings.
    pub docstring: Option<&'static str>,
    /// How many levels of indentation its parser can take, if it counts them.
    pub levels: Option<Levels>,
    /// Its parser.
    pub grammar: fn() -> tree_sitter::Language,
}

/// What parsers call a piece of text that they cannot read.
const UNREAD: &str = "ERROR";

/// `//` and `/* */`.
pub(crate) const SLASHES: CommentForms =
    CommentForms { line: "//", block: Some(("/*", "*/")), kinds: &["comment"], is_alone: false };

/// `#`.
pub(crate) const HASH: CommentForms =
    CommentForms { line: "#", block: None, kinds: &["comment"], is_alone: false };

/// One row a language, which stands in the language's folder.
static SPECS: [Spec; 10] = [JAVASCRIPT, TYPESCRIPT, TSX, PYTHON, GO, RUST, CSHARP, JAVA, YAML, DOCKERFILE];

impl Spec {
    /// A language of programs of which nothing else is particular.
    pub(crate) const PROGRAM: Self = Self {
        language: Language::JavaScript,
        name: "",
        extensions: &[],
        name_section: None,
        editor_ids: &[],
        comments: SLASHES,
        leaders: Leaders::Slashes,
        role: Role::Program,
        is_whole: false,
        wrappers: &[],
        unseen: &[],
        suite: None,
        docstring: None,
        levels: None,
        grammar: || tree_sitter_javascript::LANGUAGE.into(),
    };
}

/// Kinds of named nodes as numbers: a walk compares them far quicker than their names.
#[derive(Debug)]
pub struct Kinds {
    /// Comments.
    pub comments: Vec<u16>,
    /// See [`Spec::wrappers`].
    pub wrappers: Vec<u16>,
    /// See [`Spec::unseen`].
    pub unseen: Vec<u16>,
    /// See [`Spec::suite`].
    pub suite: Vec<u16>,
    /// See [`Spec::docstring`].
    pub docstring: Vec<u16>,
}

/// The numbers of the named nodes that a parser calls `kinds`.
fn kind_ids(grammar: &tree_sitter::Language, kinds: &[&str]) -> Vec<u16> {
    let all = 0..u16::try_from(grammar.node_kind_count()).unwrap_or(u16::MAX);
    let is_one = |id: &u16| grammar.node_kind_for_id(*id).is_some_and(|kind| kinds.contains(&kind));
    all.filter(|id| grammar.node_kind_is_named(*id)).filter(is_one).collect()
}

impl Language {
    /// Its row of the table.
    pub fn spec(self) -> &'static Spec {
        &SPECS[self as usize]
    }

    /// Every language, in table order.
    pub fn all() -> impl Iterator<Item = Self> {
        SPECS.iter().map(|spec| spec.language)
    }

    /// The language of a file: by its last extension, else by a section of its name (reference, 1.1).
    pub fn of_path(path: &str) -> Option<Self> {
        let name = path.rsplit('/').next().unwrap_or(path);
        let extension = Path::new(name).extension().and_then(|extension| extension.to_str());
        let by_extension =
            extension.and_then(|it| Self::all().find(|language| language.spec().extensions.contains(&it)));
        by_extension.or_else(|| Self::of_name_section(name))
    }

    fn of_name_section(name: &str) -> Option<Self> {
        let has = |wanted: &str| name.split('.').any(|section| section.eq_ignore_ascii_case(wanted));
        Self::all().find(|language| language.spec().name_section.is_some_and(has))
    }

    /// Whether it is a language of programs, as opposed to descriptions of how they are deployed.
    pub fn is_program(self) -> bool {
        self.spec().role == Role::Program
    }

    /// The language that an editor names `id`.
    pub fn of_editor_id(id: &str) -> Option<Self> {
        Self::all().find(|language| language.spec().editor_ids.contains(&id))
    }

    /// Its parser's tables, loaded once.
    pub fn grammar(self) -> &'static tree_sitter::Language {
        static LOADED: [OnceLock<tree_sitter::Language>; SPECS.len()] =
            [const { OnceLock::new() }; SPECS.len()];
        LOADED[self as usize].get_or_init(self.spec().grammar)
    }

    /// The kinds of node that its row of the table names, as the parser numbers them.
    pub fn kinds(self) -> &'static Kinds {
        static FOUND: [OnceLock<Kinds>; SPECS.len()] = [const { OnceLock::new() }; SPECS.len()];
        FOUND[self as usize].get_or_init(|| {
            let (spec, grammar) = (self.spec(), self.grammar());
            Kinds {
                comments: kind_ids(grammar, spec.comments.kinds),
                wrappers: kind_ids(grammar, spec.wrappers),
                unseen: kind_ids(grammar, spec.unseen),
                suite: kind_ids(grammar, spec.suite.as_slice()),
                docstring: kind_ids(grammar, spec.docstring.as_slice()),
            }
        })
    }

    /// The parser's name for a kind of node.
    pub(crate) fn kind_name(self, kind: u16) -> &'static str {
        self.names().get(usize::from(kind)).map_or(UNREAD, |(name, _)| name)
    }

    /// Whether a kind of node has a name of its own, as opposed to words and signs.
    pub(crate) fn is_named_kind(self, kind: u16) -> bool {
        self.names().get(usize::from(kind)).is_none_or(|(_, is_named)| *is_named)
    }

    /// What its parser calls each kind of node, by number, and whether that is a name of its own.
    fn names(self) -> &'static [(&'static str, bool)] {
        static FOUND: [OnceLock<Vec<(&str, bool)>>; SPECS.len()] = [const { OnceLock::new() }; SPECS.len()];
        FOUND[self as usize].get_or_init(|| {
            let grammar = self.grammar();
            let all = 0..u16::try_from(grammar.node_kind_count()).unwrap_or(u16::MAX);
            let name =
                |id| (grammar.node_kind_for_id(id).unwrap_or_default(), grammar.node_kind_is_named(id));
            all.map(name).collect()
        })
    }

    /// Whether it is JavaScript or one of its typed forms.
    pub fn is_ecmascript(self) -> bool {
        matches!(self, Self::JavaScript | Self::TypeScript | Self::Tsx)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_the_order_of_the_enum() {
        for language in Language::all() {
            assert_eq!(language.spec().language, language);
        }
    }

    #[test]
    fn every_grammar_loads_and_knows_its_comments() {
        for language in Language::all() {
            let grammar = language.grammar();
            for kind in language.spec().comments.kinds {
                assert_ne!(grammar.id_for_node_kind(kind, true), 0, "{language:?} has no {kind}");
            }
        }
    }

    #[test]
    fn every_grammar_has_the_nodes_that_its_row_names() {
        for language in Language::all() {
            let spec = language.spec();
            let blocks = spec.suite.iter().chain(&spec.docstring);
            for kind in spec.wrappers.iter().chain(spec.unseen).chain(blocks) {
                assert_ne!(language.grammar().id_for_node_kind(kind, true), 0, "{language:?} has no {kind}");
            }
        }
    }

    #[test]
    fn files_are_known_by_their_last_extension() {
        assert_eq!(Language::of_path("a/Dockerfile.js"), Some(Language::JavaScript));
        assert_eq!(Language::of_path("a.test.tsx"), Some(Language::Tsx));
        assert_eq!(Language::of_path("a.PY"), None);
        assert_eq!(Language::of_path("Makefile"), None);
    }

    #[test]
    fn dockerfiles_are_known_by_a_section_of_their_name() {
        for name in ["Dockerfile", "a/x.dockerfile", "Dockerfile.prod", "custom_lambda.DockerFile"] {
            assert_eq!(Language::of_path(name), Some(Language::Dockerfile), "{name}");
        }
        for name in ["my-dockerfile", "dockerfile/readme", "Dockerfiles"] {
            assert_eq!(Language::of_path(name), None, "{name}");
        }
    }
}
