//! JSON Schemas (draft-07, which editors read) of what people write: the configuration, and the bodies of annotations.

mod annotation;
mod config;
mod keys;

pub use annotation::annotation_schema;
pub use config::config_schema;

use crate::plain_text;
use serde_json::{Map, Value, json};

/// What a schema of draft-07 says of itself.
const DRAFT: &str = "http://json-schema.org/draft-07/schema#";

/// A schema with what it is about, for editors that show Markdown and for those that do not.
fn described(mut schema: Value, markdown: &str) -> Value {
    if !markdown.is_empty() {
        let plain = plain_text(markdown);
        if plain != markdown {
            schema["markdownDescription"] = markdown.into();
        }
        schema["description"] = plain.into();
    }
    schema
}

/// An object with these keys and no others.
fn closed(properties: Map<String, Value>) -> Value {
    json!({ "type": "object", "properties": properties, "additionalProperties": false })
}

/// One of several definitions.
fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/definitions/{name}") })
}
