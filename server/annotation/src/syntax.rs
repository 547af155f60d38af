//! What is wrong with a body, in words.

use crate::Table;
use crate::block::Block;
use crate::finding::{Code, Finding};
use crate::header::Header;
use crate::toml;
use std::ops::Range;

/// The body's directives, or why it has none.
pub(crate) fn directives(
    block: &Block,
    header: &Header,
    body: Option<Range<usize>>,
) -> Result<Table, Finding> {
    let Some(open) = header.brace else { return Ok(Table::default()) };
    let Some(body) = body else {
        let end = block.stripped.text().len();
        return Err(Finding::new(Code::AnnotationSyntax, "unclosed", block.stripped.place(open..end)));
    };
    toml::parse(&block.stripped, body).map_err(|fault| {
        Finding::new(Code::AnnotationSyntax, "toml", block.stripped.place(fault.at))
            .with("reason", fault.reason)
    })
}
