//! The parts of a TypeScript module that moving a function out of it has to know.

use super::Asked;
use crate::actions::nodes;
use crate::layout::line_start;
use klotho_annotation::Annotation;
use klotho_grammars::{Language, Node};
use klotho_text::Span;
use std::collections::BTreeSet;

/// What names a variable, a function or a type.
const NAMES: [&str; 4] = [
    "identifier",
    "type_identifier",
    "shorthand_property_identifier",
    "shorthand_property_identifier_pattern",
];

/// Names that mean something else in another file.
const OF_FILE: [&str; 2] = ["module", "exports"];

/// One import statement.
pub(super) struct ImportParts<'a> {
    pub(super) at: Span,
    is_type: bool,
    source: &'a str,
    /// What it binds: the name in this file, the text of the binding, and whether that stands in braces.
    bindings: Vec<(&'a str, &'a str, bool)>,
}

/// A function that can be moved.
pub(super) struct Moved<'a> {
    pub(super) name: &'a str,
    /// With the comments above it.
    pub(super) at: Span,
    /// Where the statement starts behind those.
    statement: usize,
    pub(super) is_exported: bool,
    is_async: bool,
    names: BTreeSet<&'a str>,
    /// The names that stand anywhere but in it and in imports.
    elsewhere: BTreeSet<&'a str>,
}

/// A module with imports or exports as ECMAScript has them; in JavaScript the compiler does not follow those.
pub(super) struct Module<'a> {
    asked: &'a Asked<'a>,
    text: &'a str,
    root: Node<'a>,
    pub(super) language: Language,
    pub(super) imports: Vec<ImportParts<'a>>,
}

impl Moved<'_> {
    pub(super) fn uses(&self, name: &str) -> bool {
        self.names.contains(name)
    }

    pub(super) fn is_used_elsewhere(&self, name: &str) -> bool {
        self.elsewhere.contains(name)
    }
}

impl<'a> ImportParts<'a> {
    fn of(text: &'a str, statement: Node<'a>) -> Option<Self> {
        let clause = statement.named_children().find(|child| child.kind() == "import_clause")?;
        let word = |node: Node<'_>| text.get(node.byte_range());
        let mut bindings = Vec::new();
        for part in clause.named_children() {
            match part.kind() {
                "named_imports" => {
                    for specifier in part.named_children().filter(|it| it.kind() == "import_specifier") {
                        let field = |name| specifier.child_by_field_name(name);
                        bindings.push((word(field("alias").or(field("name"))?)?, word(specifier)?, true));
                    }
                }
                "namespace_import" => bindings.push((word(part.named_child(0)?)?, word(part)?, false)),
                _ => bindings.push((word(part)?, word(part)?, false)),
            }
        }
        let written = word(statement)?;
        Some(Self {
            at: Span::new(statement.start_byte(), statement.end_byte()),
            is_type: written.starts_with("import type"),
            source: word(statement.child_by_field_name("source")?)?,
            bindings,
        })
    }

    pub(super) fn names(&self) -> impl Iterator<Item = &'a str> {
        self.bindings.iter().map(|(name, ..)| *name)
    }

    /// The import of those of its names alone that are wanted; none where none is.
    pub(super) fn keeping(&self, is_wanted: impl Fn(&str) -> bool) -> Option<String> {
        let kept: Vec<_> = self.bindings.iter().filter(|(name, ..)| is_wanted(name)).collect();
        let texts =
            |braced: bool| kept.iter().filter(move |(.., is)| *is == braced).map(|(_, text, _)| *text);
        let named: Vec<_> = texts(true).collect();
        let mut parts: Vec<_> = texts(false).map(str::to_owned).collect();
        if !named.is_empty() {
            parts.push(format!("{{ {} }}", named.join(", ")));
        }
        let kind = if self.is_type { "type " } else { "" };
        (!parts.is_empty()).then(|| format!("import {kind}{} from {}", parts.join(", "), self.source))
    }
}

impl<'a> Module<'a> {
    pub(super) fn of(asked: &'a Asked<'_>) -> Option<Self> {
        let document = asked.context.document?;
        let language = document.language?;
        let is_one = matches!(language, Language::TypeScript | Language::Tsx);
        let tree = document.tree.as_ref().filter(|_| is_one)?;
        let (text, root) = (&*document.text, tree.root_node());
        let statements: Vec<_> = root.named_children().collect();
        let is_module =
            statements.iter().any(|it| matches!(it.kind(), "import_statement" | "export_statement"));
        let imports = statements.iter().filter(|it| it.kind() == "import_statement");
        let imports = imports.filter_map(|statement| ImportParts::of(text, *statement)).collect();
        (is_module && !tree.has_error()).then_some(Self { asked, text, root, language, imports })
    }

    /// The function of the module whose first line holds an offset.
    pub(super) fn function_at(&self, offset: usize) -> Option<Moved<'a>> {
        let document = self.asked.context.document?;
        let row = document.lines.line_of(offset);
        let parts: Vec<_> =
            self.root.named_children().take_while(|it| it.start_position().row <= row).collect();
        let at = parts.iter().position(|it| it.start_position().row == row)?;
        let (before, statement) = (&parts[..at], parts[at]);
        let is_exported = statement.kind() == "export_statement";
        let function = if is_exported { statement.child_by_field_name("declaration")? } else { statement };
        let is_default = self.text.get(statement.byte_range())?.starts_with("export default");
        if function.kind() != "function_declaration" || is_default {
            return None;
        }
        let name = self.text.get(function.child_by_field_name("name")?.byte_range())?;
        let mut start = statement;
        for above in before.iter().rev() {
            if !self.belongs(*above, start) {
                break;
            }
            start = *above;
        }
        let at = Span::new(start.start_byte(), statement.end_byte());
        Some(Moved {
            name,
            at,
            elsewhere: self.names_beside(at),
            statement: statement.start_byte(),
            is_exported,
            is_async: self.text.get(function.byte_range())?.starts_with("async"),
            names: self.names(|at| at.start >= statement.start_byte() && at.end <= statement.end_byte()),
        })
    }

    /// Whether a comment stands right above a node.
    fn belongs(&self, above: Node<'_>, node: Node<'_>) -> bool {
        let is_comment = self.language.kinds().comments.contains(&above.kind_id());
        let starts_line = above.start_position().column == 0;
        is_comment && starts_line && above.end_position().row + 1 == node.start_position().row
    }

    /// Why the function cannot leave its file.
    pub(super) fn why_bound(&self, moved: &Moved<'_>) -> Option<String> {
        let file = &self.asked.context.relative;
        let is_met = |at: Span| at.meets(moved.at);
        // Where a unit's annotation stands says nothing.
        let annotations = crate::anatomy::annotations(self.asked.context).iter();
        let annotations: Vec<_> = annotations.filter(|it| it.capability != "execution_unit").collect();
        let is_annotated =
            |it: &&Annotation| is_met(*it.comment) || it.node.as_ref().is_some_and(|node| is_met(*node.at));
        if annotations.iter().any(is_annotated) {
            return Some("an annotation stands on it or in it".to_owned());
        }
        let used = self.declared().into_iter().find(|name| *name != moved.name && moved.uses(name));
        if let Some(name) = used.or_else(|| OF_FILE.into_iter().find(|name| moved.uses(name))) {
            return Some(format!("it uses `{name}`, which belongs to {file}"));
        }
        let is_bound = |import: &&ImportParts<'_>| {
            let is_on = |it: &&Annotation| it.node.as_ref().is_some_and(|node| node.at.meets(import.at));
            import.names().any(|name| moved.uses(name)) && annotations.iter().any(is_on)
        };
        if let Some(import) = self.imports.iter().find(is_bound) {
            return Some(format!("an annotation stands on the import of {}, which it uses", import.source));
        }
        let is_called = moved.is_exported || moved.is_used_elsewhere(moved.name);
        (is_called && !moved.is_async)
            .then(|| "a unit answers another one later: make the function async first".to_owned())
    }

    /// The names that the statements of the module declare, but for what they import.
    fn declared(&self) -> BTreeSet<&'a str> {
        let mut names = BTreeSet::new();
        for statement in self.root.named_children() {
            let declaration = statement.child_by_field_name("declaration").unwrap_or(statement);
            if statement.kind() == "import_statement" {
                continue;
            }
            let declarators = declaration.named_children().filter(|it| it.kind() == "variable_declarator");
            let named = declarators.chain([declaration]).filter_map(|it| it.child_by_field_name("name"));
            for name in named {
                let range = name.byte_range();
                names.extend(self.names(|at| at.start >= range.start && at.end <= range.end));
            }
        }
        names
    }

    /// The names that stand in some places of the module.
    fn names(&self, is_there: impl Fn(std::ops::Range<usize>) -> bool) -> BTreeSet<&'a str> {
        let Some(tree) = self.asked.context.document.and_then(|document| document.tree.as_ref()) else {
            return BTreeSet::new();
        };
        let named = nodes(tree).filter(|node| NAMES.contains(&node.kind()) && is_there(node.byte_range()));
        named.filter_map(|node| self.text.get(node.byte_range())).collect()
    }

    /// The names that stand anywhere but in a place and in imports.
    fn names_beside(&self, place: Span) -> BTreeSet<&'a str> {
        let is_own = |at: std::ops::Range<usize>| {
            let at = Span::new(at.start, at.end);
            place.covers(at) || self.imports.iter().any(|import| import.at.covers(at))
        };
        self.names(|at| !is_own(at))
    }

    /// The comments above the function, and the function.
    pub(super) fn text_of(&self, moved: &Moved<'_>) -> Option<(&'a str, &'a str)> {
        let before = self.text.get(moved.at.start as usize..moved.statement)?;
        Some((before, self.text.get(moved.statement..moved.at.end as usize)?))
    }

    /// Whole lines.
    pub(super) fn lines_of(&self, at: Span) -> Span {
        Span::new(line_start(self.text, at.start as usize), self.next_line(at.end as usize))
    }

    /// Whole lines, and an empty one behind them.
    pub(super) fn paragraph_of(&self, at: Span) -> Span {
        let lines = self.lines_of(at);
        let end = self.next_line(lines.end as usize);
        let next = Span { start: lines.end, end: end as u32 };
        if next.of(self.text).trim().is_empty() { lines.join(next) } else { lines }
    }

    fn next_line(&self, at: usize) -> usize {
        let rest = self.text.get(at..).unwrap_or_default();
        at + rest.split_inclusive('\n').next().map_or(0, str::len)
    }

    /// Behind the last import.
    pub(super) fn behind_imports(&self) -> usize {
        let Some(last) = self.imports.last() else { return super::after_head(self.text) };
        self.next_line(last.at.end as usize)
    }

    /// What relative imports end with.
    pub(super) fn import_suffix(&self) -> &'static str {
        let mut sources = self.imports.iter().map(|import| import.source.trim_matches(['"', '\'']));
        let relative = sources.rfind(|source| source.starts_with('.'));
        let ends = [".js", ".mjs", ".cjs", ".ts"];
        relative.and_then(|source| ends.into_iter().find(|end| source.ends_with(end))).unwrap_or_default()
    }

    pub(super) fn quote(&self) -> char {
        self.imports.first().and_then(|import| import.source.chars().next()).unwrap_or('"')
    }

    /// What ends a statement.
    pub(super) fn end(&self) -> &'static str {
        let written = self.imports.first().map(|import| import.at.of(self.text).ends_with(';'));
        if written.unwrap_or(true) { ";" } else { "" }
    }

    pub(super) fn newline(&self) -> &'static str {
        if self.text.contains("\r\n") { "\r\n" } else { "\n" }
    }
}
