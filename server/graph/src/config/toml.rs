//! TOML to values with places, by the reader of annotation bodies.

use super::format::ReadError;
use klotho_annotation::{Value, ValueKind, read_toml};
use klotho_text::Span;

/// Reads `text`; an empty one is an empty table.
pub(super) fn read(text: &str) -> Result<Value, ReadError> {
    let table = read_toml(text).map_err(|(reason, at)| ReadError { reason, at })?;
    Ok(Value { kind: ValueKind::Table(table), at: Span::new(0, text.len()).into() })
}
