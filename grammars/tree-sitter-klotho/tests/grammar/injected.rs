//! What an editor does with an injection: finds comments by the query of their language, and parses their texts.

use klotho_grammars::Language;
use std::path::Path;
use streaming_iterator::StreamingIterator;
use tree_sitter::{Node, Parser, Query, QueryCursor, Range, Tree};

/// The trees of annotations in a text of `language`.
pub(crate) fn trees(language: Language, text: &str) -> Vec<Tree> {
    let mut parser = Parser::new();
    parser.set_language(language.grammar()).expect("a version that is known");
    let tree = parser.parse(text, None).expect("a tree");
    let query = Query::new(language.grammar(), &injections(language)).expect("a query of this language");
    let mut joined: Vec<Vec<Range>> = vec![Vec::new(); query.pattern_count()];
    let mut alone = Vec::new();
    let mut cursor = QueryCursor::new();
    let mut matches = cursor.matches(&query, tree.root_node(), text.as_bytes());
    while let Some(found) = matches.next() {
        let range = found.captures()[0].node.range();
        let is_joined = query
            .property_settings(found.pattern_index)
            .iter()
            .any(|setting| &*setting.key == "injection.combined");
        if is_joined { joined[found.pattern_index].push(range) } else { alone.push(vec![range]) }
    }
    let texts: Vec<Vec<Range>> =
        joined.into_iter().filter(|ranges| !ranges.is_empty()).chain(alone).collect();
    texts.iter().map(|ranges| parsed(text, ranges)).collect()
}

fn parsed(text: &str, ranges: &[Range]) -> Tree {
    let mut parser = Parser::new();
    parser.set_language(&tree_sitter_klotho::LANGUAGE.into()).expect("a version that is known");
    parser.set_included_ranges(ranges).expect("ranges in order");
    parser.parse(text, None).expect("a tree")
}

/// The query that Helix reads for comments of `language`.
fn injections(language: Language) -> String {
    let name = match language {
        Language::JavaScript | Language::TypeScript | Language::Tsx => "ecma",
        Language::CSharp => "c-sharp",
        _ => language.spec().name,
    };
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("editors/helix/queries");
    std::fs::read_to_string(folder.join(name).join("injections.scm")).expect("a query for each language")
}

/// All nodes of a tree.
pub(crate) fn nodes(tree: &Tree) -> Vec<Node<'_>> {
    let mut found = vec![tree.root_node()];
    let mut at = 0;
    while let Some(node) = found.get(at).copied() {
        found.extend(node.children(&mut tree.walk()));
        at += 1;
    }
    found
}
