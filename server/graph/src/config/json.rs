//! JSON to values with places.

use super::format::ReadError;
use jsonc_parser::ast::{Object, Value as Json};
use jsonc_parser::common::{Range, Ranged};
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};
use klotho_annotation::{Entry, Table, Value, ValueKind};
use klotho_text::Place;

/// JSON as the compiler's decoder takes it: nothing beyond the standard.
const STRICT: ParseOptions = ParseOptions {
    allow_comments: false,
    allow_loose_object_property_names: false,
    allow_trailing_commas: false,
    allow_missing_commas: false,
    allow_single_quoted_strings: false,
    allow_hexadecimal_numbers: false,
    allow_unary_plus_numbers: false,
    allow_bare_decimal_point_numbers: false,
    allow_non_finite_numbers: false,
    allow_extended_string_escapes: false,
};

/// Reads `text`; `None` when there is no value at all.
pub(super) fn read(text: &str) -> Result<Option<Value>, ReadError> {
    let parsed = parse_to_ast(text, &CollectOptions::default(), &STRICT)
        .map_err(|error| ReadError { reason: error.kind().to_string(), at: place(error.range()) })?;
    Ok(parsed.value.as_ref().map(value))
}

/// Its depth is bounded by the parser's limit.
fn value(json: &Json<'_>) -> Value {
    let kind = match json {
        Json::StringLit(text) => ValueKind::String(text.value.to_string()),
        Json::NumberLit(number) => number_of(number.value),
        Json::BooleanLit(flag) => ValueKind::Boolean(flag.value),
        Json::Object(object) => ValueKind::Table(table(object)),
        Json::Array(array) => ValueKind::Array(array.elements.iter().map(value).collect()),
        Json::NullKeyword(_) => ValueKind::Null,
    };
    Value { kind, at: place(json.range()) }
}

fn number_of(text: &str) -> ValueKind {
    match text.parse::<i64>() {
        Ok(number) => ValueKind::Integer(number),
        Err(_) => ValueKind::Float(text.parse().unwrap_or(f64::NAN)),
    }
}

fn table(object: &Object<'_>) -> Table {
    let mut table = Table::default();
    let mut at = std::collections::HashMap::new();
    for property in &object.properties {
        let entry = Entry {
            key: property.name.as_str().to_owned(),
            key_at: place(property.name.range()),
            value: value(&property.value),
        };
        // Of two equal keys the later one counts.
        match at.get(&entry.key) {
            Some(&index) => table.entries[index] = entry,
            None => {
                at.insert(entry.key.clone(), table.entries.len());
                table.entries.push(entry);
            }
        }
    }
    table
}

fn place(range: Range) -> Place {
    (range.start..range.end).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_have_their_places() {
        let text = "{ \"app\": \"x\", \"n\": 5, \"n\": [true, null, 1.5] }";
        let Some(Value { kind: ValueKind::Table(table), at }) = read(text).unwrap() else { panic!() };
        assert_eq!(at.of(text), text);
        assert_eq!(
            (table.entries[0].key_at.of(text), table.entries[0].value.at.of(text)),
            ("\"app\"", "\"x\"")
        );
        assert_eq!(table.to_json().to_string(), r#"{"app":"x","n":[true,null,1.5]}"#);
    }

    #[test]
    fn only_the_standard_is_taken() {
        for text in
            ["{a: 1}", "{\"a\": 1,}", "// c\n{}", "{'a': 1}", "[1 2]", "{", "+1", &"[".repeat(100_000)]
        {
            assert!(read(text).is_err(), "{text:.20}");
        }
        assert_eq!(read("").unwrap(), None);
    }
}
