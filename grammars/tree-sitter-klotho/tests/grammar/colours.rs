//! Which part of an annotation is coloured as what.

use crate::injected::trees;
use expect_test::{Expect, expect};
use klotho_grammars::Language;
use std::fmt::Write;
use streaming_iterator::StreamingIterator;
use tree_sitter::{Query, QueryCursor};

/// Text and name of each coloured part, the last that colours it counting, as in editors.
fn colours(language: Language, text: &str, query: &str) -> String {
    let query = Query::new(&tree_sitter_klotho::LANGUAGE.into(), query).expect("a query of the grammar");
    let mut found = Vec::new();
    for tree in trees(language, text) {
        let mut cursor = QueryCursor::new();
        let mut captures = cursor.captures(&query, tree.root_node(), text.as_bytes());
        while let Some((matched, at)) = captures.next() {
            let capture = matched.captures()[*at];
            let name = query.capture_names()[capture.index as usize];
            found.push((capture.node.byte_range(), matched.pattern_index, name));
        }
        assert!(!tree.root_node().has_error(), "{}", tree.root_node().to_sexp());
    }
    found.sort_by_key(|(range, pattern, _)| (range.start, range.end, *pattern));
    let mut told = String::new();
    for (at, (range, _, name)) in found.iter().enumerate() {
        if found.get(at + 1).is_none_or(|(next, ..)| next != range) {
            writeln!(told, "{name:28} {}", &text[range.clone()].replace('\n', "\\n")).expect("a text");
        }
    }
    told
}

fn check(language: Language, text: &str, expected: &Expect) {
    expected.assert_eq(&colours(language, text, tree_sitter_klotho::HIGHLIGHTS));
}

#[test]
fn a_block() {
    let text = "/* @klotho::execution_unit {\n *   id = \"playlists\" # why\n *   [workload]\n *   shape = [1, 2.5,\n *     true]\n *   since = 2023-04-01\n * } */";
    check(
        Language::TypeScript,
        text,
        &expect![[r#"
            attribute                    @klotho
            punctuation.delimiter        ::
            type                         execution_unit
            punctuation.bracket          {
            comment                      *
            property                     id
            operator                     =
            string                       "playlists"
            comment                      # why
            comment                      *
            punctuation.bracket          [
            module                       workload
            punctuation.bracket          ]
            comment                      *
            property                     shape
            operator                     =
            punctuation.bracket          [
            number                       1
            punctuation.delimiter        ,
            number                       2.5
            punctuation.delimiter        ,
            comment                      *
            boolean                      true
            punctuation.bracket          ]
            comment                      *
            property                     since
            operator                     =
            string.special               2023-04-01
            comment                      *
            punctuation.bracket          }
        "#]],
    );
}

#[test]
fn line_comments_far_apart() {
    let text = "# @klotho::persist {\n#   a.b = 'x'\n#   # why\n# }\na = 1\n# prose = 1\n";
    check(
        Language::Python,
        text,
        &expect![[r#"
            attribute                    @klotho
            punctuation.delimiter        ::
            type                         persist
            punctuation.bracket          {
            comment                      #
            property                     a
            punctuation.delimiter        .
            property                     b
            operator                     =
            string                       'x'
            comment                      #
            comment                      # why
            comment                      #
            punctuation.bracket          }
        "#]],
    );
}

/// What is half written leaves the lines below it as they are.
#[test]
fn half_written() {
    let text = "// @klotho::persist {\n//   id =\n//   ttl\n//   target = lambda\n//   name = \"open\n//   a = 1\n// }\n";
    check(
        Language::Go,
        text,
        &expect![[r#"
            attribute                    @klotho
            punctuation.delimiter        ::
            type                         persist
            punctuation.bracket          {
            comment                      //
            property                     id
            operator                     =
            comment                      //
            property                     ttl
            comment                      //
            property                     target
            operator                     =
            comment                      //
            property                     name
            operator                     =
            string                       "open
            comment                      //
            property                     a
            operator                     =
            number                       1
            comment                      //
            punctuation.bracket          }
        "#]],
    );
}

/// A body that nothing closes is not one yet: what follows is not coloured as if it were in it.
#[test]
fn unclosed() {
    let text = "// @klotho::persist {\n//   id = 1\n\n// prose = 1\n// @klotho::expose { id = 1 }\n";
    check(
        Language::Go,
        text,
        &expect![[r#"
            attribute                    @klotho
            punctuation.delimiter        ::
            type                         persist
            attribute                    @klotho
            punctuation.delimiter        ::
            type                         expose
            punctuation.bracket          {
            property                     id
            operator                     =
            number                       1
            punctuation.bracket          }
        "#]],
    );
}

#[test]
fn the_same_parts_are_coloured_in_helix() {
    let helix = include_str!("../../editors/helix/queries/klotho/highlights.scm");
    let text = "// @klotho::persist {\n//   a = [1, 'b', true, 2023-04-01]\n//   [c]\n//   # d\n// }\n";
    let parts = |query: &str| {
        let told = colours(Language::Go, text, query);
        told.lines().map(|line| line[29..].to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(parts(helix), parts(tree_sitter_klotho::HIGHLIGHTS));
}
