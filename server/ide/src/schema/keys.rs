//! Schemas of `workload` and `requires` tables: the keys that the cost model reads.

use super::{closed, described};
use crate::workload::{Keys, meaning};
use klotho_cost::resource::TYPES;
use klotho_cost::workload::{Key, Kind};
use serde_json::{Map, Value, json};

/// The tables that schemas refer to by name: those of units, and one for each kind of resource that has one.
pub(super) fn definitions() -> Map<String, Value> {
    let units = [Keys::Workload, Keys::Requires].map(|keys| {
        let keys = keys.all().into_iter().map(|key| (key.name, key));
        keys.collect::<Vec<_>>()
    });
    let named = UNIT_TABLES.iter().zip(units).map(|(name, keys)| ((*name).to_owned(), table(keys)));
    let mut kinds: Vec<&str> = TYPES.iter().flat_map(|row| row.kinds).copied().collect();
    kinds.sort_unstable();
    kinds.dedup();
    let resources = kinds.into_iter().map(|kind| (use_of(kind), table(keys_of(kind))));
    named.chain(resources.filter(|(_, table)| table["properties"] != Value::Object(Map::new()))).collect()
}

/// The tables of a unit.
pub(super) const UNIT_TABLES: [&str; 2] = ["workload", "requires"];

/// The table of the use of a kind of resource, as the graph names the kind.
pub(super) fn use_of(kind: &str) -> String {
    format!("use_of_{kind}")
}

/// All keys that a resource of a kind may state, whatever it becomes, each under all its names.
fn keys_of(kind: &str) -> Vec<(&'static str, &'static Key)> {
    let rows = TYPES.iter().filter(|row| row.kinds.contains(&kind));
    let keys = rows.flat_map(|row| row.usage);
    let names = keys.flat_map(|usage| {
        std::iter::once(usage.key.name).chain(usage.aliases.iter().copied()).map(|name| (name, &usage.key))
    });
    names.collect()
}

/// A table of these keys. What one key may be in several types it may be here.
fn table(keys: Vec<(&'static str, &'static Key)>) -> Value {
    let mut properties = Map::new();
    for (name, key) in keys {
        let schema = described(value(key.kind), &meaning(key));
        match properties.get_mut(name) {
            None => drop(properties.insert(name.to_owned(), schema)),
            Some(known) if known["type"] == schema["type"] => widen(known, &schema),
            Some(_) => {}
        }
    }
    closed(properties)
}

/// Lets a number be what either of two schemas lets it be.
fn widen(known: &mut Value, other: &Value) {
    for (limit, is_wider) in [("minimum", f64::lt as fn(&f64, &f64) -> bool), ("maximum", f64::gt)] {
        let (own, wanted) = (known[limit].as_f64(), other[limit].as_f64());
        if let (Some(own), Some(wanted)) = (own, wanted)
            && is_wider(&wanted, &own)
        {
            known[limit] = other[limit].clone();
        }
    }
}

/// What a key takes.
fn value(kind: Kind) -> Value {
    match kind {
        Kind::Number { min, max } => {
            json!({ "type": "number", "minimum": number(min), "maximum": number(max) })
        }
        Kind::Whole { min, max } => {
            json!({ "type": "integer", "minimum": number(min), "maximum": number(max) })
        }
        Kind::Choice(words) => json!({ "type": "string", "enum": words }),
        Kind::Text => json!({ "type": "string" }),
        Kind::Flag => json!({ "type": "boolean" }),
        Kind::Shape(words) => {
            let hours =
                json!({ "type": "array", "items": { "type": "number" }, "minItems": 24, "maxItems": 24 });
            json!({ "anyOf": [{ "type": "string", "enum": words }, hours] })
        }
    }
}

/// A number without a fraction where it has none: 1 rather than 1.0.
fn number(value: f64) -> Value {
    if value.fract() == 0.0 && value.abs() < 1e15 { json!(value as i64) } else { json!(value) }
}
