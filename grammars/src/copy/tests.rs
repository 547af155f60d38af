use crate::copy::{Record, fresh};
use crate::{Edit, Language, Node, Tree, parse};
use proptest::prelude::*;
use std::collections::HashMap;
use std::path::Path;
use std::sync::LazyLock;

/// Every source of the projects that the other tests work on, by language.
static SOURCES: LazyLock<Vec<(Language, String)>> = LazyLock::new(|| {
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/apps")];
    let mut sources = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap().flatten() {
            let path = entry.path();
            match Language::of_path(path.to_str().unwrap()) {
                _ if path.is_dir() => folders.push(path),
                Some(language) => sources.push((language, std::fs::read_to_string(path).unwrap())),
                None => {}
            }
        }
    }
    sources.sort();
    sources
});

/// What replaces something: words, signs and the ends of comments and strings.
const PIECES: [&str; 14] =
    ["x", "", " ", "\n", "é", "(", "}", "/*", "*/", "\"", "# a\n", "// b\n", "    ", "async () => 1;\n"];

fn point(text: &str, at: usize) -> (usize, usize) {
    let row = text[..at].matches('\n').count();
    (row, at - text[..at].rfind('\n').map_or(0, |newline| newline + 1))
}

fn edited(text: &str, from: usize, length: usize, piece: &str) -> (String, Edit) {
    let floor = |at: usize| (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let (start, old_end) = (floor(from), floor(from + length));
    let new = [&text[..start], piece, &text[old_end..]].concat();
    let new_end = start + piece.len();
    let points = [point(text, start), point(text, old_end), point(&new, new_end)];
    (new, Edit { start, old_end, new_end, points })
}

/// What others see of a node.
fn shown(node: &Record) -> Record {
    Record { state: 0, ..*node }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn nodes_after_an_edit_are_those_of_the_whole_tree(
        source in any::<prop::sample::Index>(),
        edits in prop::collection::vec(
            (any::<prop::sample::Index>(), 0..8usize, prop::sample::select(PIECES.to_vec())), 1..6,
        ),
    ) {
        let (language, text) = source.get(&SOURCES);
        let mut text = text.clone();
        let mut tree = parse(*language, &text, None).unwrap();
        for (at, length, piece) in edits {
            let (new, edit) = edited(&text, at.index(text.len() + 1), length, piece);
            tree = parse(*language, &new, Some((&tree, &edit))).unwrap();
            text = new;
            let whole = fresh(tree.parsed());
            let other = tree.nodes().iter().zip(&whole).find(|(updated, fresh)| shown(updated) != shown(fresh));
            prop_assert!(other.is_none(), "{edit:?} gives {other:?} in\n{text}");
            prop_assert_eq!(tree.nodes().len(), whole.len());
        }
    }
}

/// The nodes of a parser's tree in the order of ours.
fn in_order(tree: &tree_sitter::Tree) -> Vec<tree_sitter::Node<'_>> {
    let mut cursor = tree.walk();
    let mut nodes = vec![cursor.node()];
    loop {
        if !cursor.goto_first_child() {
            while !cursor.goto_next_sibling() {
                if !cursor.goto_parent() {
                    return nodes;
                }
            }
        }
        nodes.push(cursor.node());
    }
}

/// That both say the same of a node.
fn assert_same(
    language: Language,
    places: &HashMap<usize, usize>,
    ours: Node<'_>,
    theirs: tree_sitter::Node<'_>,
) {
    let place = |node: Option<tree_sitter::Node<'_>>| node.map(|node| places[&node.id()]);
    let own = |node: Option<Node<'_>>| node.map(Node::id);
    assert_eq!((ours.kind_id(), ours.kind()), (theirs.kind_id(), theirs.kind()));
    assert_eq!((ours.is_named(), ours.is_error()), (theirs.is_named(), theirs.is_error()));
    assert_eq!(ours.byte_range(), theirs.byte_range());
    let points = |at: [tree_sitter::Point; 2]| at.map(|at| (at.row, at.column));
    let ends = [ours.start_position(), ours.end_position()].map(|at| (at.row, at.column));
    assert_eq!(ends, points([theirs.start_position(), theirs.end_position()]));
    assert_eq!(ours.child_count(), theirs.child_count() as usize);
    assert_eq!(ours.named_child_count(), theirs.named_child_count());
    assert_eq!(own(ours.parent()), place(theirs.parent()));
    assert_eq!(own(ours.next_named_sibling()), place(theirs.next_named_sibling()));
    assert_eq!(own(ours.prev_named_sibling()), place(theirs.prev_named_sibling()));
    for field in 1..=u16::try_from(language.grammar().field_count()).unwrap() {
        let name = language.grammar().field_name_for_id(field);
        let of_field = (own(ours.child_by_field_id(field)), place(theirs.child_by_field_id(field)));
        assert_eq!(of_field.0, of_field.1, "{name:?} of {}", theirs.kind());
    }
}

#[test]
fn the_root_of_no_grammar_has_fields() {
    for (language, text) in SOURCES.iter() {
        let tree = fresh(parse(*language, text, None).unwrap().parsed());
        assert_eq!(
            tree.iter().enumerate().find(|(place, node)| node.up as usize == *place && node.field != 0),
            None
        );
    }
}

#[test]
fn a_node_is_what_it_is_to_the_parser() {
    for (language, text) in SOURCES.iter() {
        let tree: Tree = parse(*language, text, None).unwrap();
        let theirs = in_order(tree.parsed());
        let places: HashMap<_, _> =
            theirs.iter().enumerate().map(|(place, node)| (node.id(), place)).collect();
        assert_eq!(theirs.len(), tree.nodes().len());
        for (place, node) in theirs.iter().enumerate() {
            assert_same(*language, &places, tree.node(place), *node);
        }
        for start in (0..text.len()).step_by(7) {
            for end in [start, start + 1, start + 9] {
                let ours = tree.root_node().descendant_for_byte_range(start, end).map(Node::id);
                let root = tree.parsed().root_node();
                assert_eq!(ours, root.descendant_for_byte_range(start, end).map(|node| places[&node.id()]));
            }
        }
    }
}
