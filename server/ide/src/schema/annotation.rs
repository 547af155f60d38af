//! The bodies of annotations, from the catalogue.

use super::keys::{UNIT_TABLES, definitions, use_of};
use super::{DRAFT, described, reference};
use klotho_annotation::MAX_ID_BYTES;
use klotho_annotation::catalogue::{CAPABILITIES, Capability, Directive, Need, ValueType};
use serde_json::{Map, Value, json};

/// The schema of `{ "persist": { "id": "sessions" } }`: a capability and the body of its annotation, in JSON.
pub fn annotation_schema() -> Value {
    let mut all = definitions();
    let known: Vec<_> = all.keys().cloned().collect();
    all.extend(CAPABILITIES.iter().map(|capability| (capability.name.to_owned(), body(capability, &known))));
    let names =
        CAPABILITIES.iter().map(|capability| (capability.name.to_owned(), reference(capability.name)));
    json!({
        "$schema": DRAFT,
        "title": "The body of a Klotho annotation, under the name of its capability",
        "type": "object",
        "properties": names.collect::<Map<_, _>>(),
        "additionalProperties": false,
        "minProperties": 1,
        "maxProperties": 1,
        "definitions": all,
    })
}

/// Directives that nobody knows are passed over, and may be there.
fn body(capability: &Capability, known: &[String]) -> Value {
    let value = |directive: &Directive| match directive.name {
        "id" => id(),
        "workload" | "requires" => table_of(capability, directive, known),
        _ => value(directive),
    };
    let directives = capability.directives;
    let properties: Map<String, Value> = directives
        .iter()
        .map(|directive| (directive.name.to_owned(), described(value(directive), &about(directive))))
        .collect();
    let needed = directives.iter().filter(|directive| directive.need == Need::Required);
    let needed: Vec<_> = needed.map(|directive| directive.name).collect();
    let schema = json!({ "type": "object", "properties": properties, "required": needed });
    described(schema, &format!("{}\n\n{}", capability.summary, capability.docs))
}

fn id() -> Value {
    json!({ "type": "string", "minLength": 1, "maxLength": MAX_ID_BYTES, "pattern": "^[A-Za-z0-9_.:/-]+$" })
}

/// The table of what the cost model reads. A resource may be of several kinds.
fn table_of(capability: &Capability, directive: &Directive, known: &[String]) -> Value {
    if UNIT_TABLES.contains(&directive.name) && capability.name == "execution_unit" {
        return json!({ "allOf": [reference(directive.name)] });
    }
    let kinds = capability.resources.iter().map(|kind| use_of(kind)).filter(|name| known.contains(name));
    json!({ "anyOf": kinds.map(|name| reference(&name)).collect::<Vec<_>>() })
}

fn value(directive: &Directive) -> Value {
    let types: Vec<_> = directive.types.iter().map(|kind| of_type(*kind, directive)).collect();
    match <[Value; 1]>::try_from(types) {
        Ok([only]) => only,
        Err(several) => json!({ "anyOf": several }),
    }
}

fn of_type(kind: ValueType, directive: &Directive) -> Value {
    match kind {
        ValueType::String if directive.allowed.is_empty() => json!({ "type": "string" }),
        ValueType::String => json!({ "type": "string", "enum": directive.allowed }),
        ValueType::Strings => json!({ "type": "array", "items": { "type": "string" } }),
        ValueType::Number => json!({ "type": "number" }),
        ValueType::Boolean if directive.allowed == ["true"] => json!({ "const": true }),
        ValueType::Boolean => json!({ "type": "boolean" }),
        ValueType::Table => {
            // One level below: no directive holds a table of tables.
            let free = directive.keys.iter().find(|key| key.name == "*");
            let free = free.map_or(json!(true), |key| described(flat(key), key.summary));
            json!({ "type": "object", "additionalProperties": free })
        }
    }
}

/// A key of a table.
fn flat(key: &Directive) -> Value {
    if key.allowed.is_empty() {
        json!({ "type": "string" })
    } else {
        json!({ "type": "string", "enum": key.allowed })
    }
}

fn about(directive: &Directive) -> String {
    let default = if directive.default.is_empty() {
        String::new()
    } else {
        format!("Without it: {}.", directive.default)
    };
    let parts = [directive.summary, directive.docs, &default];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n\n")
}
