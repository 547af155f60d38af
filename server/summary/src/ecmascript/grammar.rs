//! The node kinds and fields that matter, as numbers: comparing names on every node would cost more than the walk.

use klotho_grammars::{Language, Node};
use std::sync::OnceLock;

/// What a node is, as far as anything here cares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Anything else that may hold interesting nodes.
    Other,
    /// Nothing below it is of interest: a token, a plain literal, a type.
    Leaf,
    /// The keyword `async`.
    Async,
    Arguments,
    Arrow,
    Assignment,
    Await,
    Call,
    /// A class declaration or expression.
    Class,
    ClassBody,
    Comment,
    Declarator,
    Decorator,
    /// The word.
    Default,
    Export,
    /// A statement that is an expression.
    ExpressionStatement,
    /// A class field.
    Field,
    /// `function f() {}`, not a generator.
    FunctionDeclaration,
    /// A generator or a function expression.
    Function,
    Identifier,
    Import,
    /// `const` or `let`.
    Lexical,
    Member,
    Method,
    /// `namespace N {}` and `module "m" {}` of TypeScript.
    Namespace,
    New,
    Object,
    ObjectPattern,
    Pair,
    Parenthesized,
    Program,
    /// The name behind a dot.
    Property,
    Sequence,
    /// `{ name }` in an object.
    Shorthand,
    String,
    This,
    /// `as`, `satisfies`, `!` or `<type>`: TypeScript that leaves no trace in the program.
    Cast,
}

/// The fields that are read.
pub(super) struct Fields {
    pub(super) alias: u16,
    pub(super) arguments: u16,
    pub(super) constructor: u16,
    pub(super) declaration: u16,
    pub(super) function: u16,
    pub(super) key: u16,
    pub(super) left: u16,
    pub(super) name: u16,
    pub(super) object: u16,
    pub(super) property: u16,
    pub(super) right: u16,
    pub(super) source: u16,
    pub(super) value: u16,
}

/// One of the three grammars, with its kinds and fields looked up once.
pub(super) struct Grammar {
    kinds: Vec<Kind>,
    pub(super) fields: Fields,
}

impl Grammar {
    /// The tables of a language of the JavaScript family.
    pub(super) fn of(language: Language) -> &'static Self {
        static JAVASCRIPT: OnceLock<Grammar> = OnceLock::new();
        static TYPESCRIPT: OnceLock<Grammar> = OnceLock::new();
        static TSX: OnceLock<Grammar> = OnceLock::new();
        let table = match language {
            Language::TypeScript => &TYPESCRIPT,
            Language::Tsx => &TSX,
            _ => &JAVASCRIPT,
        };
        table.get_or_init(|| Self::read(language.grammar()))
    }

    /// What a node is.
    pub(super) fn kind(&self, node: Node<'_>) -> Kind {
        self.kinds.get(usize::from(node.kind_id())).copied().unwrap_or(Kind::Other)
    }

    fn read(language: &tree_sitter::Language) -> Self {
        let ids = 0..u16::try_from(language.node_kind_count()).unwrap_or(u16::MAX);
        let kinds = ids.map(|id| {
            let name = language.node_kind_for_id(id).unwrap_or_default();
            if language.node_kind_is_named(id) { named(name) } else { token(name) }
        });
        // No field has the number 0: a grammar without the field simply never has it.
        let field = |name: &str| language.field_id_for_name(name).map_or(0, u16::from);
        let fields = Fields {
            alias: field("alias"),
            arguments: field("arguments"),
            constructor: field("constructor"),
            declaration: field("declaration"),
            function: field("function"),
            key: field("key"),
            left: field("left"),
            name: field("name"),
            object: field("object"),
            property: field("property"),
            right: field("right"),
            source: field("source"),
            value: field("value"),
        };
        Self { kinds: kinds.collect(), fields }
    }
}

fn token(name: &str) -> Kind {
    match name {
        "async" => Kind::Async,
        "default" => Kind::Default,
        _ => Kind::Leaf,
    }
}

fn named(name: &str) -> Kind {
    match name {
        "arguments" => Kind::Arguments,
        "arrow_function" => Kind::Arrow,
        "assignment_expression" => Kind::Assignment,
        "await_expression" => Kind::Await,
        "call_expression" => Kind::Call,
        "class" | "class_declaration" | "abstract_class_declaration" => Kind::Class,
        "class_body" => Kind::ClassBody,
        "comment" => Kind::Comment,
        "variable_declarator" => Kind::Declarator,
        "decorator" => Kind::Decorator,
        "export_statement" => Kind::Export,
        "internal_module" | "module" => Kind::Namespace,
        "expression_statement" => Kind::ExpressionStatement,
        "field_definition" | "public_field_definition" => Kind::Field,
        "function_declaration" => Kind::FunctionDeclaration,
        "generator_function_declaration" | "generator_function" | "function_expression" => Kind::Function,
        "identifier" => Kind::Identifier,
        "import_statement" => Kind::Import,
        "lexical_declaration" => Kind::Lexical,
        "member_expression" => Kind::Member,
        "method_definition" => Kind::Method,
        "new_expression" => Kind::New,
        "object" => Kind::Object,
        "object_pattern" => Kind::ObjectPattern,
        "pair" => Kind::Pair,
        "parenthesized_expression" => Kind::Parenthesized,
        "program" => Kind::Program,
        "property_identifier" => Kind::Property,
        "sequence_expression" => Kind::Sequence,
        "shorthand_property_identifier" => Kind::Shorthand,
        "string" => Kind::String,
        "this" => Kind::This,
        "as_expression" | "satisfies_expression" | "non_null_expression" | "type_assertion" => Kind::Cast,
        _ if is_leaf(name) => Kind::Leaf,
        _ => Kind::Other,
    }
}

/// Plain literals and types: they run nothing.
fn is_leaf(name: &str) -> bool {
    matches!(
        name,
        "regex"
            | "type_annotation"
            | "type_arguments"
            | "type_parameters"
            | "type_predicate_annotation"
            | "asserts_annotation"
            | "interface_declaration"
            | "type_alias_declaration"
            | "implements_clause"
            | "function_signature"
            | "abstract_method_signature"
            | "nested_type_identifier"
            | "generic_type"
            | "type_query"
            | "object_type"
            | "function_type"
            | "union_type"
            | "intersection_type"
            | "array_type"
            | "tuple_type"
            | "literal_type"
            | "conditional_type"
            | "lookup_type"
            | "index_type_query"
            | "readonly_type"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_grammar_has_what_is_looked_for() {
        for language in [Language::JavaScript, Language::TypeScript, Language::Tsx] {
            let grammar = Grammar::of(language);
            for kind in [Kind::Call, Kind::Import, Kind::Method, Kind::Field, Kind::Shorthand, Kind::Async] {
                assert!(grammar.kinds.contains(&kind), "{language:?} has no {kind:?}");
            }
            assert!(grammar.fields.function != 0 && grammar.fields.constructor != 0);
        }
    }
}
