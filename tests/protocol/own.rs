//! The methods that are ours, held against the schema in which we describe them.

use jsonschema::Validator;
use serde_json::{Value, json};
use std::collections::HashMap;

/// Each method of ours with the names of its parameters and its result among the schema's definitions.
const METHODS: [(&str, &str, Option<&str>); 4] = [
    ("klotho/status", "StatusParams", Some("StatusResult")),
    ("klotho/graph", "GraphParams", Some("GraphResult")),
    ("klotho/cost", "CostParams", Some("CostResult")),
    ("klotho/graphChanged", "GraphChangedParams", None),
];

/// What our own messages hold.
#[derive(Default)]
pub(crate) struct Own(HashMap<String, Validator>);

impl Own {
    /// Reads the schema.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let schema: Value = serde_json::from_str(text).map_err(|error| error.to_string())?;
        let definitions = schema["$defs"].as_object().into_iter().flatten();
        let compiled = definitions.map(|(name, _)| {
            let mut part = schema.clone();
            part["$ref"] = json!(format!("#/$defs/{name}"));
            let validator = jsonschema::validator_for(&part).map_err(|error| error.to_string())?;
            Ok((name.clone(), validator))
        });
        compiled.collect::<Result<_, String>>().map(Self)
    }

    pub(crate) fn params_faults(&self, method: &str, params: &Value) -> Vec<String> {
        match METHODS.iter().find(|(name, ..)| *name == method) {
            Some((_, kind, _)) => self.faults(kind, params),
            // Whoever does not know it passes it over.
            None if method.starts_with("$/") => Vec::new(),
            None => vec!["is nowhere described".to_owned()],
        }
    }

    pub(crate) fn result_faults(&self, method: &str, result: &Value) -> Vec<String> {
        let known = METHODS.iter().find(|(name, ..)| *name == method);
        known.and_then(|(.., kind)| *kind).map(|kind| self.faults(kind, result)).unwrap_or_default()
    }

    fn faults(&self, kind: &str, value: &Value) -> Vec<String> {
        match self.0.get(kind) {
            Some(schema) => {
                schema.iter_errors(value).map(|error| format!("{}: {error}", error.instance_path())).collect()
            }
            None => vec![format!("the schema does not define {kind}")],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_messages_are_held_against_their_definitions() {
        let schema = json!({ "$defs": {
            "StatusParams": { "type": "null" },
            "StatusResult": { "type": "object", "required": ["phase"] },
        } });
        let own = Own::parse(&schema.to_string()).expect("a schema");
        assert_eq!(own.params_faults("klotho/status", &Value::Null), [] as [&str; 0]);
        assert_eq!(own.result_faults("klotho/status", &json!({ "phase": "ready" })), [] as [&str; 0]);
        assert_eq!(own.result_faults("klotho/status", &json!({})).len(), 1);
        assert_eq!(own.params_faults("klotho/cost", &json!({})), ["the schema does not define CostParams"]);
        assert_eq!(own.params_faults("klotho/unheardOf", &json!({})), ["is nowhere described"]);
    }
}
