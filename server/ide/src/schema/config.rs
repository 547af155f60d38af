//! The configuration, from the one table of its keys, in both forms that it has had.

use super::keys::{UNIT_TABLES, definitions, use_of};
use super::{DRAFT, closed, described, reference};
use klotho_annotation::finding::Code;
use klotho_graph::{ConfigKey, ConfigShape, Era, Kind, LEVELS, PROVIDERS, config_keys, old_unit_types};
use serde_json::{Value, json};

/// The schema of klotho.yaml; of klotho.json and klotho.toml as well, where keys are spelled as they are here.
pub fn config_schema() -> Value {
    let mut all = definitions();
    let known: Vec<_> = all.keys().cloned().collect();
    for (name, era) in [(CLASSIC, Era::Classic), (LATER, Era::Constructs)] {
        all.insert(name.to_owned(), Form { era, known: &known }.root());
    }
    json!({
        "$schema": DRAFT,
        "title": "The configuration of a Klotho application",
        "type": ["object", "null"],
        "if": is_later(),
        "then": reference(LATER),
        "else": reference(CLASSIC),
        "definitions": all,
    })
}

const CLASSIC: &str = "configuration";
const LATER: &str = "later_configuration";

/// What only a file of the later form has: a key at the top or in the defaults, or parameters by their later name.
fn is_later() -> Value {
    let marks = config_keys(Era::Constructs).iter().filter(|key| key.marks_the_later_form());
    let marks: Vec<_> = marks.map(|key| json!({ "required": [key.name] })).collect();
    let lacks = |key: &str| json!({ "not": { "type": "object", "required": [key] } });
    let some_has = |key: &str| json!({ "type": "object", "not": { "additionalProperties": lacks(key) } });
    let some_entry_has = json!({ "not": { "additionalProperties": { "not": some_has("infra_params") } } });
    let defaults = json!({ "anyOf": [{ "anyOf": marks }, some_has("infra_params_by_type")] });
    let in_defaults = json!({ "required": ["defaults"], "properties": { "defaults": { "type": "object", "allOf": [defaults] } } });
    let mut signs = marks;
    signs.extend([in_defaults, some_entry_has]);
    json!({ "type": "object", "anyOf": signs })
}

/// One of the two forms.
struct Form<'a> {
    era: Era,
    /// The names of the tables of use.
    known: &'a [String],
}

/// Where in the configuration a key stands: the names above it, without ids.
type Path = Vec<&'static str>;

/// How deep tables lie in each other: the table of keys is data of ours, and not deeper.
const DEEPEST: usize = 6;

impl Form<'_> {
    fn root(&self) -> Value {
        self.table(config_keys(self.era), &Path::new())
    }

    fn table(&self, keys: &'static [ConfigKey], path: &Path) -> Value {
        let properties = keys.iter().map(|key| (key.name.to_owned(), self.key(key, path)));
        nullable(closed(properties.collect()))
    }

    fn key(&self, key: &'static ConfigKey, above: &Path) -> Value {
        let mut path = above.clone();
        path.push(key.name);
        described(self.value(key, &path), key.about())
    }

    fn value(&self, key: &'static ConfigKey, path: &Path) -> Value {
        match (key.name, key.shape) {
            (_, ConfigShape::Table(keys)) if path.len() < DEEPEST => self.table(keys, path),
            (_, ConfigShape::Entries(keys)) if path.len() < DEEPEST => self.entries(keys, path),
            ("workload" | "requires", _) => self.stated(key.name, path),
            ("type", _) => self.types(path),
            ("provider", _) => words(PROVIDERS.iter().copied()),
            ("app", _) => json!({ "type": TEXT, "maxLength": 50, "pattern": "^[A-Za-z0-9_.:/-]*$" }),
            ("api_type", _) => json!({ "type": TEXT, "examples": ["REST", "HTTP"] }),
            ("network_placement", _) => json!({ "type": TEXT, "examples": ["private", "public"] }),
            (_, shape) => plain(shape),
        }
    }

    /// Settings by id. An entry of a unit must have some; the compiler crashes on one that has none.
    fn entries(&self, keys: &'static [ConfigKey], path: &Path) -> Value {
        let entry = self.table(keys, path);
        let is_units = *path == ["execution_units"];
        let entry = if is_units { not_null(entry) } else { entry };
        json!({ "type": ["object", "null"], "additionalProperties": entry })
    }

    /// The kinds of resource that a section, or a table of the defaults, is about.
    fn kinds(&self, path: &Path) -> Vec<Kind> {
        let is_meant = |kind: &Kind| {
            let names = kind.names(self.era);
            match path.as_slice() {
                ["defaults", "expose", ..] => *kind == Kind::Gateway,
                ["defaults", below @ ..] => below.starts_with(names.defaults),
                [section, ..] => names.section == *section,
                [] => false,
            }
        };
        Kind::all().filter(is_meant).collect()
    }

    fn types(&self, path: &Path) -> Value {
        let mut names: Vec<_> =
            self.kinds(path).iter().flat_map(|kind| kind.names(self.era).types).copied().collect();
        names.dedup();
        let is_units = self.kinds(path) == [Kind::ExecutionUnit];
        words(names.into_iter().chain(old_unit_types().into_iter().filter(|_| is_units)))
    }

    /// A table of what the cost model reads.
    fn stated(&self, name: &str, path: &Path) -> Value {
        let kinds = self.kinds(path);
        if UNIT_TABLES.contains(&name) && kinds == [Kind::ExecutionUnit] {
            return json!({ "anyOf": [reference(name), { "type": "null" }] });
        }
        let uses = kinds.iter().map(|kind| use_of(kind.spec().name)).filter(|name| self.known.contains(name));
        let uses = uses.map(|name| reference(&name));
        json!({ "anyOf": uses.chain([json!({ "type": "null" })]).collect::<Vec<_>>() })
    }
}

/// What counts as text: YAML reads `5` as a number, and the compiler takes it.
const TEXT: [&str; 4] = ["string", "number", "boolean", "null"];

fn plain(shape: ConfigShape) -> Value {
    match shape {
        ConfigShape::Text => json!({ "type": TEXT }),
        ConfigShape::Flag => json!({ "type": ["boolean", "null"] }),
        ConfigShape::Money => json!({ "type": ["number", "null"], "minimum": 0 }),
        ConfigShape::Texts => json!({ "type": ["array", "null"], "items": { "type": TEXT } }),
        ConfigShape::TextMap => {
            json!({ "type": ["object", "null"], "additionalProperties": { "type": TEXT } })
        }
        ConfigShape::Levels => {
            let codes: Vec<_> = Code::ALL.iter().map(|code| code.name()).collect();
            json!({
                "type": ["object", "null"],
                "propertyNames": { "enum": codes },
                "additionalProperties": { "enum": LEVELS.map(|(word, _)| word) },
            })
        }
        ConfigShape::Any => json!({}),
        ConfigShape::Free | ConfigShape::Table(_) | ConfigShape::Entries(_) => {
            json!({ "type": ["object", "null"] })
        }
    }
}

/// One of these words, or nothing.
fn words(names: impl Iterator<Item = &'static str>) -> Value {
    let all: Vec<Value> = names.map(Value::from).chain(["".into(), Value::Null]).collect();
    json!({ "enum": all })
}

fn nullable(mut table: Value) -> Value {
    table["type"] = json!(["object", "null"]);
    table
}

fn not_null(mut table: Value) -> Value {
    table["type"] = json!("object");
    table
}
