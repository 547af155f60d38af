//! From a parsed file to its annotations: the compiler's algorithm (reference, Appendix B).

use crate::block::{Block, blocks, possible_crashes};
use crate::body::Braces;
use crate::comments::comments;
use crate::header::{Header, MARK, headers};
use crate::{AnnotatedNode, Annotation, Annotations, Table};
use crate::{catalogue, id, syntax};
use klotho_grammars::{Language, Tree};

/// Finds all annotations of a parsed file.
pub fn annotations(language: Language, text: &str, tree: &Tree) -> Annotations {
    let spec = language.spec();
    let mut hits: Vec<usize> = memchr::memmem::find_iter(text.as_bytes(), MARK).collect();
    if hits.is_empty() {
        return Annotations::default();
    }
    hits.extend(possible_crashes(spec, text));
    hits.sort_unstable();
    let mut read = Annotations::default();
    let comments = comments(spec, text, tree, &hits);
    for block in blocks(spec, text, comments, &mut read.findings) {
        read_block(&block, &mut read);
    }
    read.findings.sort_by_key(|finding| finding.at);
    read
}

/// Reads the annotations of one block of comments. Only the last one gets the node.
fn read_block(block: &Block, read: &mut Annotations) {
    let text = block.stripped.text();
    let headers = headers(text);
    let has_body = headers.iter().any(|header| header.brace.is_some());
    let braces = if has_body { Braces::of(text) } else { Braces::default() };
    let last = headers.len().saturating_sub(1);
    for (index, header) in headers.iter().enumerate() {
        let node = if index == last { block.node.clone() } else { None };
        read_annotation(block, header, &braces, node, read);
    }
}

fn read_annotation(
    block: &Block,
    header: &Header,
    braces: &Braces,
    node: Option<AnnotatedNode>,
    read: &mut Annotations,
) {
    let stripped = &block.stripped;
    let body = header.brace.and_then(|open| Some(open + 1..braces.close_of(open)?));
    let end = body.as_ref().map_or(header.name.end, |body| body.end + 1);
    let mut annotation = Annotation {
        capability: stripped.text()[header.name.clone()].to_owned(),
        capability_at: stripped.place(header.name.clone()),
        directives: Table::default(),
        at: stripped.place(header.at..end),
        body: body.clone().map(|body| stripped.place(body)),
        comment: block.at.into(),
        node,
        recorded: true,
    };
    let mut wrong = Vec::new();
    match syntax::directives(block, header, body) {
        Ok(directives) => annotation.directives = directives,
        Err(finding) => wrong.push(finding),
    }
    wrong.extend(id::check(&annotation));
    annotation.recorded = wrong.is_empty();
    read.findings.extend(wrong);
    read.findings.extend(catalogue::check(&annotation));
    read.list.push(annotation);
}
