//! The capabilities and their directives: one table that checking, completion, hover and the documentation read.
//!
//! A capability is a row of [`CAPABILITIES`], a directive a row below it. The text is Markdown and speaks to people.

mod capabilities;
mod unit;

pub use capabilities::{CAPABILITIES, HISTORIC_NAMES};
pub use unit::TARGET;

use crate::Annotation;
use crate::finding::{Code, Finding};
use crate::suggestion;
use klotho_grammars::Language;
use std::collections::BTreeSet;

/// One capability.
#[derive(Debug)]
pub struct Capability {
    /// The name after `@klotho::`.
    pub name: &'static str,
    /// One line: what it makes of the code.
    pub summary: &'static str,
    /// All about it, in Markdown.
    pub docs: &'static str,
    /// Whether it needs an `id`.
    pub id: Need,
    /// The kinds of resource that it can declare, as the graph names them.
    pub resources: &'static [&'static str],
    /// Where it has an effect, and on what code.
    pub support: &'static [Support],
    /// Its directives, `id` first.
    pub directives: &'static [Directive],
    /// Directives that versions of Klotho before the public one had; they are ignored now.
    pub historic_directives: &'static [&'static str],
    /// An annotation to start from, with `$1` where the id goes.
    pub snippet: &'static str,
}

/// Whether a directive must be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// The compiler refuses the annotation without it.
    Required,
    /// The compiler refuses the annotation without it in these languages only.
    RequiredIn(&'static [Language]),
    /// Nothing is declared without it, though the compiler does not say so.
    Expected,
    /// It may be left out.
    Optional,
}

/// What a capability works on in one language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Support {
    /// The languages.
    pub languages: &'static [Language],
    /// The code it recognises; empty where any code will do.
    pub on: &'static str,
    /// Words by which such code is likely to be known at a glance; what counts is decided elsewhere.
    pub signs: &'static [&'static str],
}

/// One key of a body, or of a table in a body.
#[derive(Debug)]
pub struct Directive {
    /// The key; `*` for any key of the writer's choice.
    pub name: &'static str,
    /// The kinds of value that it takes; anything else counts as absent for the compiler.
    pub types: &'static [ValueType],
    /// Whether it must be there.
    pub need: Need,
    /// What holds without it; empty when nothing does.
    pub default: &'static str,
    /// The values that it may have; empty when any of its type will do.
    pub allowed: &'static [&'static str],
    /// One line about it.
    pub summary: &'static str,
    /// All about it, in Markdown; empty when the summary says it all.
    pub docs: &'static str,
    /// Who reads it.
    pub reader: Reader,
    /// The keys of the table that it is. Those of what klotho-ls reads stand in the cost model.
    pub keys: &'static [Self],
}

/// A kind of value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueType {
    /// A string.
    String,
    /// A list of strings.
    Strings,
    /// A number.
    Number,
    /// `true` or `false`.
    Boolean,
    /// A table.
    Table,
}

/// Who reads a directive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reader {
    /// The Klotho compiler.
    Compiler,
    /// klotho-ls alone: the compiler ignores it.
    KlothoLs,
    /// The library that the compiler puts into the program; the compiler passes it on.
    Runtime,
}

/// The capability of a name.
pub fn capability(name: &str) -> Option<&'static Capability> {
    CAPABILITIES.iter().find(|capability| capability.name == name)
}

impl Capability {
    /// A directive by its path: `["id"]`, `["environment_variables", "HOST"]`.
    pub fn directive(&self, path: &[&str]) -> Option<&'static Directive> {
        let (first, rest) = path.split_first()?;
        let first = find(self.directives, first)?;
        rest.iter().try_fold(first, |directive, key| find(directive.keys, key))
    }

    /// What it works on in a language.
    pub fn support_in(&self, language: Language) -> Option<&'static Support> {
        self.support.iter().find(|support| support.languages.contains(&language))
    }

    /// Whether it does anything in a language.
    pub fn works_in(&self, language: Language) -> bool {
        self.support_in(language).is_some()
    }
}

impl Need {
    /// Whether the compiler refuses an annotation without it in this language.
    pub fn is_required_in(self, language: Language) -> bool {
        match self {
            Self::Required => true,
            Self::RequiredIn(languages) => languages.contains(&language),
            Self::Expected | Self::Optional => false,
        }
    }
}

fn find(directives: &'static [Directive], name: &str) -> Option<&'static Directive> {
    let named = directives.iter().find(|directive| directive.name == name);
    named.or_else(|| directives.iter().find(|directive| directive.name == "*"))
}

/// A capability that nobody knows, with the one that was probably meant. `hyphen`: whether one ends the name.
pub(crate) fn check(annotation: &Annotation, hyphen: bool) -> Option<Finding> {
    let name = annotation.capability.as_str();
    if capability(name).is_some() {
        return None;
    }
    let historic = HISTORIC_NAMES.iter().find(|(old, _)| *old == name);
    let near = nearest(name, CAPABILITIES.iter().map(|capability| capability.name));
    let suggestion = match (historic, near) {
        (Some((_, new)), _) => format!(" It is called `{new}` now."),
        (None, Some(near)) if hyphen => format!(" A name has no hyphen, and ends at one: write `{near}`."),
        (None, None) if hyphen => " A name has no hyphen, and ends at one.".to_owned(),
        (None, Some(near)) => format!(" Did you mean `{near}`?"),
        (None, None) => String::new(),
    };
    let finding = Finding::new(Code::UnknownCapability, "", annotation.capability_at);
    Some(finding.with("capability", name).with("suggestion", suggestion))
}

/// The name that someone who wrote `word` probably meant, where every word should be one of the names.
pub fn nearest<'a>(word: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // Whoever stops at a hyphen or abbreviates means the beginning.
    let begins = |name: &str| name.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
    let distance = |name: &str| {
        let typed = suggestion::distance(word, name);
        if word.len() >= 4 && begins(name) { typed.min(1) } else { typed }
    };
    let (distance, name) = comparable(word, names).map(|name| (distance(name), name)).min()?;
    (distance <= (name.len() / 3).max(1)).then_some(name)
}

/// The key that someone who wrote `word` probably meant, where other words may be notes. So it has to come nearer: words that
/// keys begin with, and short ones of other letters, mean what they say.
pub fn nearest_key<'a>(word: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let distance = |name: &str| suggestion::distance(word, name);
    let (distance, name) = comparable(word, names).map(|name| (distance(name), name)).min()?;
    let is_near = distance <= (name.len() / 4).max(1);
    (is_near && (name.len() > 3 || letters(word) == letters(name))).then_some(name)
}

/// The names that are not far shorter than a word: what is far longer is no misspelling, and the distance takes time to find.
fn comparable<'a>(word: &str, names: impl IntoIterator<Item = &'a str>) -> impl Iterator<Item = &'a str> {
    let length = word.len();
    names.into_iter().filter(move |name| length < 2 * name.len())
}

/// The letters that a word has, however often and in whatever order and case.
fn letters(word: &str) -> BTreeSet<u8> {
    word.bytes().map(|byte| byte.to_ascii_lowercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn misspelt_names_have_a_nearest_one() {
        let names = || CAPABILITIES.iter().map(|capability| capability.name);
        for (word, expected) in [
            ("presist", Some("persist")),
            ("execution", Some("execution_unit")),
            ("Execution", Some("execution_unit")),
            ("executionunit", Some("execution_unit")),
            ("Expose", Some("expose")),
            ("PERSIST", Some("persist")),
            ("embedassets", Some("embed_assets")),
            ("pub_sub", Some("pubsub")),
            ("task", None),
            ("x", None),
        ] {
            assert_eq!(nearest(word, names()), expected, "{word}");
        }
    }

    #[test]
    fn nested_directives_are_found_by_their_path() {
        let unit = capability("execution_unit").unwrap();
        assert_eq!(unit.directive(&["workload"]).unwrap().reader, Reader::KlothoLs);
        assert_eq!(unit.directive(&["keep_warm"]).unwrap().reader, Reader::Compiler);
        assert!(unit.directive(&["colour"]).is_none());
        let persist = capability("persist").unwrap();
        assert_eq!(persist.directive(&["environment_variables", "HOST"]).unwrap().name, "*");
    }

    #[test]
    fn every_row_is_complete() {
        fn check(directives: &[Directive]) {
            for directive in directives {
                assert!(directive.summary.ends_with('.'), "{}", directive.name);
                assert!(!directive.types.is_empty(), "{}", directive.name);
                let is_compilers_table =
                    directive.types.contains(&ValueType::Table) && directive.reader == Reader::Compiler;
                assert_eq!(!directive.keys.is_empty(), is_compilers_table, "{}", directive.name);
                check(directive.keys);
            }
        }
        for capability in CAPABILITIES {
            assert_eq!(capability.directives[0].name, "id", "{}", capability.name);
            assert!(capability.summary.ends_with('.') && capability.docs.len() > 100, "{}", capability.name);
            assert!(capability.snippet.contains(capability.name) && capability.snippet.contains("$1"));
            check(capability.directives);
        }
    }

    /// A row of the reference's table of a capability's directives.
    struct Promise {
        name: &'static str,
        types: &'static [ValueType],
        need: &'static str,
        meaning: &'static str,
        /// Where the table says one.
        default: Option<&'static str>,
    }

    fn promises(capability: &str) -> Vec<Promise> {
        let reference = include_str!("../../../docs/klotho-reference.md");
        let (_, table) = reference.split_once(&format!("`{capability}`\n\n| Directive")).unwrap();
        let mut rows = table.lines().take_while(|line| !line.is_empty());
        let cells = |row: &'static str| row.split('|').map(|cell| cell.trim().trim_matches('`'));
        let headings: Vec<_> = cells(rows.next().unwrap()).collect();
        let column = |name| headings.iter().position(|heading| *heading == name);
        let promise = |row| {
            let cells: Vec<_> = cells(row).skip(1).collect();
            let need = cells[column("Required").unwrap()];
            let default = column("Default").map(|column| cells[column]);
            Promise {
                name: cells[0],
                types: types(cells[column("Type").unwrap()]),
                need,
                meaning: cells[column("Meaning").unwrap()],
                default: default.or_else(|| need.strip_prefix("no (")?.strip_suffix(')')),
            }
        };
        rows.skip(1).map(promise).collect()
    }

    fn types(cell: &str) -> &'static [ValueType] {
        match cell {
            "string" => &[ValueType::String],
            "string or array" => &[ValueType::String, ValueType::Strings],
            "bool" => &[ValueType::Boolean],
            "number (seconds)" => &[ValueType::Number],
            "table" => &[ValueType::Table],
            other => panic!("{other} is no type"),
        }
    }

    #[test]
    fn what_the_compiler_reads_is_what_the_reference_says() {
        for capability in CAPABILITIES {
            let promises = promises(capability.name);
            let read = capability.directives.iter().filter(|directive| directive.reader != Reader::KlothoLs);
            let names: BTreeSet<_> = read.map(|directive| directive.name).collect();
            assert_eq!(names, promises.iter().map(|promise| promise.name).collect(), "{}", capability.name);
            for Promise { name, types, need, meaning, default } in promises {
                let context = format!("{} {name}", capability.name);
                let directive = capability.directive(&[name]).unwrap();
                assert_eq!(directive.types, types, "{context}");
                assert_eq!(directive.need == Need::Optional, need.starts_with("no"), "{context}");
                let only = [need, meaning]
                    .into_iter()
                    .find_map(|cell| cell.strip_prefix("must be `")?.split('`').next());
                assert_eq!(
                    directive.allowed,
                    Vec::from_iter(only.map(|only| only.trim_matches('"'))),
                    "{context}"
                );
                assert_eq!(directive.reader == Reader::Runtime, meaning.contains("runtime"), "{context}");
                for language in Language::all().filter(|language| capability.works_in(*language)) {
                    let is_needed = match need.strip_prefix("JS: ") {
                        Some(need) => need.starts_with("yes") && language.is_ecmascript(),
                        None => need.starts_with("yes"),
                    };
                    assert_eq!(directive.need.is_required_in(language), is_needed, "{context} {language:?}");
                }
                if let Some(default) = default {
                    assert_eq!(directive.default, default.trim_matches(['"', '[', ']', '—']), "{context}");
                }
            }
        }
    }

    #[test]
    fn the_snippets_are_valid_annotations() {
        for capability in CAPABILITIES {
            let comment = format!("/* {} */\nx();", capability.snippet.replace("$1", "a"));
            let tree = klotho_grammars::parse(Language::JavaScript, &comment, None).unwrap();
            let read = crate::annotations(Language::JavaScript, &comment, &tree);
            assert_eq!(read.findings, [], "{comment}");
            assert_eq!(read.list[0].id(), Some("a"));
        }
    }
}
