//! A body's TOML as values with their document places.

use crate::offset_map::Stripped;
use crate::{Entry, Table, Value, ValueKind, plain, strict};
use klotho_text::Place;
use std::ops::Range;
use toml_edit::{Item, TableLike};

/// Why a body is not valid TOML.
#[derive(Debug)]
pub(crate) struct Fault {
    /// The parser's words.
    pub(crate) reason: String,
    /// The offending range of the block's text, within the body.
    pub(crate) at: Range<usize>,
}

/// Parses the part of a comment block's text that stands between the braces.
pub(crate) fn parse(block: &Stripped<'_>, body: Range<usize>) -> Result<Table, Fault> {
    let Some(pairs) = plain::pairs(&block.text()[body.clone()]) else { return parse_any(block, body) };
    let place = |range: Range<usize>| block.place(body.start + range.start..body.start + range.end);
    let entries = pairs.into_iter().map(|pair| Entry {
        key: block.text()[body.clone()][pair.key.clone()].to_owned(),
        key_at: place(pair.key),
        value: Value { kind: pair.kind, at: place(pair.value) },
    });
    Ok(Table { entries: entries.collect() })
}

/// Reads a whole text as TOML, with places in it; else why it cannot be read, and where.
pub fn read_toml(text: &str) -> Result<Table, (String, Place)> {
    let mut whole = Stripped::default();
    whole.push(text, 0);
    parse_any(&whole, 0..text.len()).map_err(|fault| (fault.reason, whole.place(fault.at)))
}

/// Parses a body of any form.
pub(crate) fn parse_any(block: &Stripped<'_>, body: Range<usize>) -> Result<Table, Fault> {
    let text = &block.text()[body.clone()];
    let fault = |reason: &str, at: Range<usize>| {
        let at = body.start + at.start.min(text.len())..body.start + at.end.min(text.len());
        Fault { reason: reason.to_owned(), at }
    };
    if let Some(second) = strict::doubled_sign(text) {
        return Err(fault("extra `=`, expected nothing", second));
    }
    let document = toml_edit::Document::parse(text)
        .map_err(|error| fault(error.message(), error.span().unwrap_or_default()))?;
    if let Some((reason, at)) = strict::newer_than_1_0(text) {
        return Err(fault(reason, at));
    }
    Ok(Reader { block, offset: body.start }.table(document.as_table()))
}

/// Translates the parser's values. Their depth is bounded by the parser's recursion limit.
struct Reader<'a> {
    block: &'a Stripped<'a>,
    offset: usize,
}

impl Reader<'_> {
    fn table(&self, table: &dyn TableLike) -> Table {
        let entries = table.iter().filter_map(|(key, item)| {
            let key_at = self.place(table.key(key)?.span()?);
            Some(Entry { key: key.to_owned(), key_at, value: self.item(item, key_at)? })
        });
        Table { entries: entries.collect() }
    }

    /// A value, or a table with a header of its own.
    fn item(&self, item: &Item, key_at: Place) -> Option<Value> {
        match item {
            Item::None => None,
            Item::Value(value) => Some(self.value(value, key_at)),
            Item::Table(table) => {
                let header = table.span().map_or(key_at, |span| self.place(span));
                let table = self.table(table);
                let at = table.entries.iter().fold(*header, |at, entry| at.join(*entry.value.at));
                Some(Value { kind: ValueKind::Table(table), at: at.into() })
            }
            Item::ArrayOfTables(tables) => {
                let values = tables.iter().map(|table| {
                    let at = table.span().map_or(key_at, |span| self.place(span));
                    Value { kind: ValueKind::Table(self.table(table)), at }
                });
                Some(Value { kind: ValueKind::Array(values.collect()), at: key_at })
            }
        }
    }

    fn value(&self, value: &toml_edit::Value, key_at: Place) -> Value {
        use toml_edit::Value as Toml;
        let kind = match value {
            Toml::String(text) => ValueKind::String(text.value().clone()),
            Toml::Integer(number) => ValueKind::Integer(*number.value()),
            Toml::Float(number) => ValueKind::Float(*number.value()),
            Toml::Boolean(flag) => ValueKind::Boolean(*flag.value()),
            Toml::Datetime(time) => ValueKind::Datetime(time.value().to_string()),
            Toml::Array(values) => {
                ValueKind::Array(values.iter().map(|value| self.value(value, key_at)).collect())
            }
            Toml::InlineTable(table) => ValueKind::Table(self.table(table)),
        };
        // A table that only dotted keys make has no place of its own.
        Value { kind, at: value.span().map_or(key_at, |span| self.place(span)) }
    }

    fn place(&self, range: Range<usize>) -> Place {
        self.block.place(self.offset + range.start..self.offset + range.end)
    }
}
