//! The protocol's model, and what in a message differs from it.

use serde_json::{Map, Value};
use std::collections::HashMap;

/// Structures that may hold more than they list, as the protocol says in words.
const OPEN: [&str; 1] = ["FormattingOptions"];

/// The model: what messages there are and what they hold.
pub(crate) struct Model {
    structures: HashMap<String, Vec<Value>>,
    enumerations: HashMap<String, Vec<Value>>,
    messages: HashMap<String, Value>,
}

impl Model {
    /// Reads a model as `tests/protocol/model.py` prints it.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let model: Value = serde_json::from_str(text).map_err(|error| error.to_string())?;
        Ok(Self {
            structures: named(&model["structures"], "name", |found| list(&found["properties"])),
            enumerations: named(&model["enumerations"], "name", |found| {
                list(&found["values"]).iter().map(|one| one["value"].clone()).collect()
            }),
            messages: ["requests", "notifications"]
                .into_iter()
                .flat_map(|sort| named(&model[sort], "method", Value::clone))
                .collect(),
        })
    }

    /// What the model says of a method: `params`, `result` and `messageDirection`.
    pub(crate) fn message(&self, method: &str) -> Option<&Value> {
        self.messages.get(method)
    }

    /// All that is wrong with `value` as a `kind`.
    pub(crate) fn faults(&self, value: &Value, kind: &Value) -> Vec<String> {
        let mut faults = Vec::new();
        self.check(value, kind, "", &mut faults);
        faults
    }

    fn check(&self, value: &Value, kind: &Value, at: &str, faults: &mut Vec<String>) {
        let mut expect = |is_right: bool, wanted: &str| {
            if !is_right {
                faults.push(format!("{}: {wanted} is wanted, not {}", place(at), short(value)));
            }
        };
        match kind["kind"].as_str().unwrap_or_default() {
            "base" => expect(is_base(value, text(&kind["name"])), text(&kind["name"])),
            "stringLiteral" => expect(*value == kind["value"], &kind["value"].to_string()),
            "reference" => self.check_reference(value, text(&kind["name"]), at, faults),
            "or" => self.check_either(value, &list(&kind["items"]), at, faults),
            "array" => match value.as_array() {
                Some(items) => {
                    for (index, item) in items.iter().enumerate() {
                        self.check(item, &kind["element"], &format!("{at}/{index}"), faults);
                    }
                }
                None => expect(false, "an array"),
            },
            "tuple" => {
                let (items, kinds) = (list(value), list(&kind["items"]));
                expect(value.is_array() && items.len() == kinds.len(), "a tuple");
                for (index, (item, kind)) in items.iter().zip(&kinds).enumerate() {
                    self.check(item, kind, &format!("{at}/{index}"), faults);
                }
            }
            "map" => match value.as_object() {
                Some(entries) => {
                    for (key, entry) in entries {
                        self.check(&Value::from(key.as_str()), &kind["key"], &format!("{at}/{key}"), faults);
                        self.check(entry, &kind["value"], &format!("{at}/{key}"), faults);
                    }
                }
                None => expect(false, "a map"),
            },
            unknown => {
                expect(false, &format!("a kind of type that is known here, which `{unknown}` is not,"))
            }
        }
    }

    fn check_reference(&self, value: &Value, name: &str, at: &str, faults: &mut Vec<String>) {
        if let Some(values) = self.enumerations.get(name) {
            if !values.contains(value) {
                faults.push(format!("{}: one of {name} is wanted, not {}", place(at), short(value)));
            }
            return;
        }
        match (self.structures.get(name), value.as_object()) {
            (Some(properties), Some(fields)) => self.check_structure(fields, name, properties, at, faults),
            (Some(_), None) => {
                faults.push(format!("{}: a {name} is wanted, not {}", place(at), short(value)));
            }
            (None, _) => faults.push(format!("{}: the model has no {name}", place(at))),
        }
    }

    fn check_structure(
        &self,
        fields: &Map<String, Value>,
        name: &str,
        properties: &[Value],
        at: &str,
        faults: &mut Vec<String>,
    ) {
        for property in properties {
            let key = text(&property["name"]);
            match fields.get(key) {
                Some(field) => self.check(field, &property["type"], &format!("{at}/{key}"), faults),
                None if property["optional"] == true => {}
                None => faults.push(format!("{}: a {name} has `{key}`", place(at))),
            }
        }
        let is_known = |key: &String| properties.iter().any(|property| property["name"] == key.as_str());
        for key in fields.keys().filter(|key| !OPEN.contains(&name) && !is_known(key)) {
            faults.push(format!("{}: a {name} has no `{key}`", place(at)));
        }
    }

    /// A value that fits none of the types is told what is wrong with it as the one that it is nearest to.
    fn check_either(&self, value: &Value, kinds: &[Value], at: &str, faults: &mut Vec<String>) {
        let attempts = kinds.iter().map(|kind| {
            let mut faults = Vec::new();
            self.check(value, kind, at, &mut faults);
            faults
        });
        let is_other = |faults: &[String]| {
            let whole = format!("{}: ", place(at));
            faults.iter().any(|fault| fault.starts_with(&whole) && fault.contains(" is wanted, not "))
        };
        faults.extend(attempts.min_by_key(|faults| (is_other(faults), faults.len())).unwrap_or_default());
    }
}

fn named<T>(rows: &Value, key: &str, value: impl Fn(&Value) -> T) -> HashMap<String, T> {
    list(rows).iter().map(|row| (text(&row[key]).to_owned(), value(row))).collect()
}

fn list(value: &Value) -> Vec<Value> {
    value.as_array().cloned().unwrap_or_default()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn place(at: &str) -> &str {
    if at.is_empty() { "the whole" } else { at }
}

fn short(value: &Value) -> String {
    let text = value.to_string();
    if text.chars().count() <= 80 { text } else { text.chars().take(80).chain("...".chars()).collect() }
}

fn is_base(value: &Value, name: &str) -> bool {
    match name {
        "LSPAny" => true,
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "string" => value.is_string(),
        "decimal" => value.is_number(),
        "integer" => value.as_i64().is_some_and(|number| i32::try_from(number).is_ok()),
        "uinteger" => value.as_u64().is_some_and(|number| number <= i32::MAX as u64),
        "DocumentUri" => value.as_str().is_some_and(is_uri),
        _ => false,
    }
}

/// A scheme, and then only what may stand in a URI.
fn is_uri(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else { return false };
    scheme.starts_with(|first: char| first.is_ascii_alphabetic())
        && scheme.chars().all(|one| one.is_ascii_alphanumeric() || "+-.".contains(one))
        && rest.chars().all(|one| one.is_ascii_alphanumeric() || "-._~:/?#[]@!$&'()*+,;=%".contains(one))
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use serde_json::json;

    /// A model with one of each kind of type.
    pub(crate) fn model() -> Model {
        let base = |name: &str| json!({ "kind": "base", "name": name });
        let named = |name: &str| json!({ "kind": "reference", "name": name });
        let property = |name: &str, kind: Value| json!({ "name": name, "type": kind });
        let mut detail =
            property("detail", json!({ "kind": "or", "items": [base("string"), named("Markup")] }));
        detail["optional"] = true.into();
        let text = json!({
            "structures": [
                { "name": "Markup", "properties": [property("kind", named("Kind")), property("value", base("string"))] },
                { "name": "Item", "properties": [
                    property("label", base("string")),
                    detail,
                    property("counts", json!({ "kind": "array", "element": base("uinteger") })),
                    property("pair", json!({ "kind": "tuple", "items": [base("integer"), base("boolean")] })),
                    property("by", json!({ "kind": "map", "key": base("DocumentUri"), "value": base("decimal") })),
                    property("sort", json!({ "kind": "stringLiteral", "value": "item" })),
                ] },
                { "name": "FormattingOptions", "properties": [property("tabSize", base("uinteger"))] },
                { "name": "Hover", "properties": [property("contents", named("Markup"))] },
            ],
            "enumerations": [{ "name": "Kind", "values": [{ "value": "plaintext" }, { "value": "markdown" }] }],
            "requests": [
                { "method": "initialize", "params": base("LSPAny"), "result": base("LSPAny"), "messageDirection": "clientToServer" },
                { "method": "textDocument/hover", "params": named("FormattingOptions"), "result": { "kind": "or", "items": [named("Hover"), base("null")] }, "messageDirection": "clientToServer" },
                { "method": "shutdown", "result": base("null"), "messageDirection": "clientToServer" },
                { "method": "workspace/inlayHint/refresh", "result": base("null"), "messageDirection": "serverToClient" },
            ],
            "notifications": [{ "method": "initialized", "params": base("LSPAny"), "messageDirection": "clientToServer" }],
        });
        Model::parse(&text.to_string()).expect("a model")
    }

    fn item() -> Value {
        json!({ "label": "a", "counts": [1, 0], "pair": [-1, true], "by": { "file:///a": 1.5 }, "sort": "item" })
    }

    fn faults(path: &str, value: Value) -> Vec<String> {
        let mut item = item();
        item[path] = value;
        model().faults(&item, &json!({ "kind": "reference", "name": "Item" }))
    }

    #[test]
    fn what_the_model_allows_has_no_fault() {
        assert_eq!(faults("label", json!("b")), [] as [&str; 0]);
        assert_eq!(faults("detail", json!("b")), [] as [&str; 0]);
        assert_eq!(faults("detail", json!({ "kind": "markdown", "value": "" })), [] as [&str; 0]);
        let options = json!({ "tabSize": 4, "insertFinalNewline": true });
        let kind = json!({ "kind": "reference", "name": "FormattingOptions" });
        assert_eq!(model().faults(&options, &kind), [] as [&str; 0]);
    }

    #[test]
    fn every_kind_of_fault_is_found_and_says_where() {
        let cases = [
            ("label", json!(1), "/label: string is wanted, not 1"),
            ("label", Value::Null, "/label: string is wanted, not null"),
            ("lable", json!("a"), "the whole: a Item has no `lable`"),
            ("counts", json!([1, -1]), "/counts/1: uinteger is wanted, not -1"),
            ("counts", json!([2_147_483_648_u32]), "/counts/0: uinteger is wanted, not 2147483648"),
            ("counts", json!({}), "/counts: an array is wanted, not {}"),
            ("pair", json!([1]), "/pair: a tuple is wanted, not [1]"),
            ("pair", json!([1.5, true]), "/pair/0: integer is wanted, not 1.5"),
            ("by", json!({ "a b": 1 }), "/by/a b: DocumentUri is wanted, not \"a b\""),
            ("by", json!({ "file:///ü": 1 }), "/by/file:///ü: DocumentUri is wanted, not \"file:///ü\""),
            ("by", json!([]), "/by: a map is wanted, not []"),
            ("sort", json!("other"), "/sort: \"item\" is wanted, not \"other\""),
            (
                "detail",
                json!({ "kind": "html", "value": "" }),
                "/detail/kind: one of Kind is wanted, not \"html\"",
            ),
            ("detail", json!({ "kind": "markdown" }), "/detail: a Markup has `value`"),
        ];
        for (path, value, fault) in cases {
            assert_eq!(faults(path, value), [fault]);
        }
        let mut without = item();
        without.as_object_mut().expect("an object").remove("label");
        let kind = json!({ "kind": "reference", "name": "Item" });
        assert_eq!(model().faults(&without, &kind), ["the whole: a Item has `label`"]);
    }
}
