//! From a parsed file to its annotations: the compiler's algorithm (reference, Appendix B).

use crate::block::{Block, blocks, possible_crashes};
use crate::body::Braces;
use crate::comments::{Found, comments};
use crate::finding::Finding;
use crate::header::{Header, headers};
use crate::marks::{Meant, marks, meant};
use crate::quirks::{Around, Quirks};
use crate::syntax::Bodies;
use crate::{AnnotatedNode, Annotation, Annotations, Table};
use crate::{catalogue, docstring, id, kinds, misspelt, replaced, unclosed};
use klotho_grammars::{Language, Tree};
use std::ops::Range;

/// Finds all annotations of a parsed file.
pub fn annotations(language: Language, text: &str, tree: &Tree) -> Annotations {
    let spec = language.spec();
    let marks: Vec<usize> = marks(text.as_bytes()).collect();
    if marks.is_empty() {
        return Annotations::default();
    }
    let mut hits = possible_crashes(spec, text);
    hits.extend(&marks);
    hits.sort_unstable();
    let mut read = Annotations::default();
    let Found { comments, docstrings } = comments(spec, text, tree, &hits);
    read.findings.extend(docstring::check(text, &docstrings, &marks));
    read.findings.extend(unclosed::check(spec, text, &comments, &marks));
    let blocks = blocks(spec, text, comments, &mut read.findings);
    read.list.reserve(blocks.len());
    for block in blocks {
        let quirks = Quirks { spec, document: text, block: &block };
        read_block(language, &block, Bodies::new(spec, text, &block), &quirks, &mut read);
    }
    replaced::mark(&mut read);
    read.findings.sort_by_key(|finding| finding.at);
    read
}

/// Reads the annotations of one block of comments. Only the last one gets the node.
fn read_block(
    language: Language,
    block: &Block<'_>,
    mut bodies: Bodies<'_>,
    quirks: &Quirks<'_>,
    read: &mut Annotations,
) {
    let text = block.stripped.text();
    let headers = headers(text);
    let has_body = headers.iter().any(|header| header.brace.is_some());
    let braces = if has_body { Braces::of(text) } else { Braces::default() };
    let last = headers.len().saturating_sub(1);
    let mut around = Around::default();
    let mut within: Vec<Range<usize>> = Vec::new();
    for (index, header) in headers.iter().enumerate() {
        let node = if index == last { block.node.clone() } else { None };
        let is_nested = around.holds(header.at);
        if is_nested {
            read.findings.push(quirks.nested(&mut around, header, node.is_some()));
        }
        let body = header.brace.and_then(|open| Some(open + 1..braces.close_of(open)?));
        within.extend(body.clone());
        let next = headers.get(index + 1).map_or(text.len(), |next| next.at);
        let directives = bodies.directives(header, body.clone());
        let mut annotation = annotation(block, header, body.clone(), node);
        let is_read = directives.is_ok();
        if let Some(open) = header.brace.filter(|_| !is_read) {
            let end = body.as_ref().map_or(next, |body| body.end.min(next));
            annotation.legible_id = text.get(open + 1..end).and_then(id::legible).map(str::to_owned);
        }
        let hyphen = text.as_bytes().get(header.name.end) == Some(&b'-');
        read.findings.extend(catalogue::check(&annotation, hyphen));
        finish(annotation, directives, read);
        if let Some((open, body)) = header.brace.zip(body).filter(|_| !is_nested) {
            around.enter(open, body.end);
            read.findings.extend(quirks.early_end(open, &body).filter(|_| is_read));
        }
        let Some(annotation) = read.list.last().filter(|_| is_read) else { continue };
        quirks.of_values(annotation, &mut read.findings);
        read.findings.extend(misspelt::check(annotation));
        read.findings.extend(kinds::check(language, annotation));
        if !is_nested {
            read.findings.extend(quirks.unopened(header, annotation, next));
        }
        if index == last {
            read.findings.extend(quirks.stolen(header, annotation));
        }
    }
    // In a body it is text.
    let is_text = |meant: &Meant| {
        let after = within.partition_point(|body| body.start <= meant.at.start);
        after.checked_sub(1).is_some_and(|last| within[last].contains(&meant.at.start))
    };
    read.findings
        .extend(meant(text).filter(|meant| !is_text(meant)).map(|meant| meant.finding(&block.stripped)));
}

fn annotation(
    block: &Block<'_>,
    header: &Header,
    body: Option<Range<usize>>,
    node: Option<AnnotatedNode>,
) -> Annotation {
    let stripped = &block.stripped;
    let end = body.as_ref().map_or(header.name.end, |body| body.end + 1);
    Annotation {
        capability: stripped.text()[header.name.clone()].to_owned(),
        capability_at: stripped.place(header.name.clone()),
        directives: Table::default(),
        legible_id: None,
        at: stripped.place(header.at..end),
        body: body.map(|body| stripped.place(body)),
        comment: block.at.into(),
        node,
        recorded: true,
        replaced: false,
    }
}

/// Takes the annotation in, with all that is wrong with its text.
fn finish(mut annotation: Annotation, directives: Result<Table, Finding>, read: &mut Annotations) {
    match directives {
        Ok(directives) => annotation.directives = directives,
        Err(finding) => {
            annotation.recorded = false;
            read.findings.push(finding);
        }
    }
    let wrong = id::check(&annotation);
    annotation.recorded &= wrong.is_empty();
    read.findings.extend(wrong);
    read.list.push(annotation);
}
