//! Annotations as text, so that a test is a comment and what is read from it.

use expect_test::Expect;
use klotho_annotation::{Annotation, Annotations, annotated_node, annotations};
use klotho_grammars::{Language, parse};
use klotho_text::Place;

/// Reads the annotations of a source text.
pub(crate) fn read(language: Language, text: &str) -> Annotations {
    let tree = parse(language, text, None).expect("short texts are parsed in time");
    let read = annotations(language, text, &tree);
    for node in read.list.iter().filter_map(|annotation| annotation.node.as_ref()) {
        let found = annotated_node(&tree, node).expect("an annotated node is in the tree");
        assert_eq!((found.kind(), Place::from(found.byte_range())), (node.kind, node.at));
    }
    read
}

/// One line an annotation: capability, directives as JSON, the annotated code. Then one line a finding.
pub(crate) fn shown(language: Language, text: &str) -> String {
    let read = read(language, text);
    let mut lines: Vec<String> = read.list.iter().map(|annotation| one(annotation, text)).collect();
    for finding in &read.findings {
        let at = first_line(finding.at.of(text));
        lines.push(format!("! {} {} at `{at}`", finding.code.name(), finding.variant).replace("  ", " "));
    }
    lines.join("\n")
}

fn one(annotation: &Annotation, text: &str) -> String {
    let directives =
        if annotation.body.is_some() { annotation.directives.to_json().to_string() } else { "-".into() };
    let node = match &annotation.node {
        Some(node) => format!("{} `{}`", node.kind, first_line(node.at.of(text))),
        None => "file".to_owned(),
    };
    let recorded = if annotation.recorded { "" } else { " (refused)" };
    format!("{} {directives} on {node}{recorded}", annotation.capability)
}

fn first_line(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default().trim_end();
    if line.len() < text.trim_end().len() { format!("{line} …") } else { line.to_owned() }
}

/// Checks what is read from a text: the same in each of the languages.
pub(crate) fn check(languages: &[Language], text: &str, expected: &Expect) {
    let [first, others @ ..] = languages else { panic!("no language") };
    let read = shown(*first, text);
    for &other in others {
        assert_eq!(shown(other, text), read, "{other:?} differs from {first:?}");
    }
    expected.assert_eq(&read);
}

/// The text with a line of carets below each line that a place marks.
pub(crate) fn marked(text: &str, places: &[(String, Place)]) -> String {
    let mut drawn = String::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let bare = line.trim_end_matches(['\n', '\r']);
        drawn.push_str(&bare.replace('\t', "→"));
        drawn.push('\n');
        for (label, at) in places {
            if let Some(carets) = carets(bare, start, *at) {
                let first = start <= at.start as usize;
                drawn.push_str(
                    format!("{carets}{}", if first { format!(" {label}") } else { String::new() }).trim_end(),
                );
                drawn.push('\n');
            }
        }
        start += line.len();
    }
    drawn
}

/// The part of a place that lies on the line at `start`; `|` for an empty place.
fn carets(line: &str, start: usize, at: Place) -> Option<String> {
    let end = start + line.len();
    let (from, to) = (at.start as usize, at.end as usize);
    if to < start || from > end || (to == start && from < start) || (from == end && to > from) {
        return None;
    }
    let column = |offset: usize| line[..offset.clamp(start, end) - start].chars().count();
    let (left, right) = (column(from), column(to));
    let mark = if from == to { "|".to_owned() } else { "^".repeat(right - left) };
    Some(" ".repeat(left) + &mark)
}
