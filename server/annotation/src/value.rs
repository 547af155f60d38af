use klotho_text::Place;
use std::hash::{Hash, Hasher};

/// A value that someone wrote in an annotation's body or in the configuration, with its place.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct Value {
    /// What it is.
    pub kind: ValueKind,
    /// Where it stands, quotes and brackets included.
    pub at: Place,
}

/// What a value is.
#[derive(Clone, Debug, PartialEq)]
pub enum ValueKind {
    /// A string, unescaped.
    String(String),
    /// An integer.
    Integer(i64),
    /// A number with a fraction or an exponent.
    Float(f64),
    /// `true` or `false`.
    Boolean(bool),
    /// A date or time as written.
    Datetime(String),
    /// A list.
    Array(Vec<Value>),
    /// A table, inline or not.
    Table(Table),
    /// Nothing at all: only the configuration can say this.
    Null,
}

/// Keys and values in the order in which they are written.
#[derive(Clone, Debug, Default, PartialEq, Hash)]
pub struct Table {
    /// In source order, with those that YAML merges from elsewhere behind all others; no two have the same key.
    pub entries: Vec<Entry>,
}

/// One `key = value`.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct Entry {
    /// The key, unquoted.
    pub key: String,
    /// Where the key stands.
    pub key_at: Place,
    /// Its value.
    pub value: Value,
}

impl Hash for ValueKind {
    fn hash<H: Hasher>(&self, state: &mut H) {
        std::mem::discriminant(self).hash(state);
        match self {
            Self::String(text) | Self::Datetime(text) => text.hash(state),
            Self::Integer(number) => number.hash(state),
            Self::Float(number) => number.to_bits().hash(state),
            Self::Boolean(flag) => flag.hash(state),
            Self::Array(values) => values.hash(state),
            Self::Table(table) => table.hash(state),
            Self::Null => {}
        }
    }
}

impl Table {
    /// The entry of `key`.
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.key == key)
    }

    /// The value of `key`.
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.entry(key).map(|entry| &entry.value)
    }

    /// The value under nested keys: `["helm_chart_options", "install"]`.
    pub fn at(&self, path: &[&str]) -> Option<&Value> {
        let (last, tables) = path.split_last()?;
        let table = tables.iter().try_fold(self, |table, key| table.table(key))?;
        table.get(last)
    }

    /// The string under `key`; anything else counts as absent, as for the compiler.
    pub fn string(&self, key: &str) -> Option<&str> {
        self.get(key).and_then(Value::as_str)
    }

    /// The boolean under `key`; anything else counts as absent.
    pub fn boolean(&self, key: &str) -> Option<bool> {
        match self.get(key)?.kind {
            ValueKind::Boolean(flag) => Some(flag),
            _ => None,
        }
    }

    /// The table under `key`; anything else counts as absent.
    pub fn table(&self, key: &str) -> Option<&Self> {
        match &self.get(key)?.kind {
            ValueKind::Table(table) => Some(table),
            _ => None,
        }
    }

    /// The strings under `key`: of a list those of its elements that are strings, or the one string itself.
    pub fn strings(&self, key: &str) -> Vec<(&str, Place)> {
        let Some(value) = self.get(key) else { return Vec::new() };
        match &value.kind {
            ValueKind::Array(values) => {
                values.iter().filter_map(|value| Some((value.as_str()?, value.at))).collect()
            }
            _ => value.as_str().map(|text| (text, value.at)).into_iter().collect(),
        }
    }
}

impl Value {
    /// The string that it is.
    pub fn as_str(&self) -> Option<&str> {
        match &self.kind {
            ValueKind::String(text) => Some(text),
            _ => None,
        }
    }

    /// The number that it is, whole or not.
    pub fn as_f64(&self) -> Option<f64> {
        match self.kind {
            ValueKind::Integer(number) => Some(number as f64),
            ValueKind::Float(number) => Some(number),
            _ => None,
        }
    }

    /// As JSON, without places. Numbers that JSON cannot hold (`nan`, `inf`) become strings.
    pub fn to_json(&self) -> serde_json::Value {
        match &self.kind {
            ValueKind::String(text) | ValueKind::Datetime(text) => text.as_str().into(),
            ValueKind::Integer(number) => (*number).into(),
            ValueKind::Float(number) if number.is_finite() => (*number).into(),
            ValueKind::Float(number) => number.to_string().into(),
            ValueKind::Boolean(flag) => (*flag).into(),
            ValueKind::Array(values) => values.iter().map(Self::to_json).collect(),
            ValueKind::Table(table) => table.to_json(),
            ValueKind::Null => serde_json::Value::Null,
        }
    }
}

impl Table {
    /// As a JSON object, keys in source order.
    pub fn to_json(&self) -> serde_json::Value {
        let pairs = self.entries.iter().map(|entry| (entry.key.clone(), entry.value.to_json()));
        serde_json::Value::Object(pairs.collect())
    }
}
