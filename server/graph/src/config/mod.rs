//! `klotho.yaml`: what it says, with places, and what is wrong with it on its own.

mod shape;
mod yaml;

use crate::kind::{Kind, KindSpec};
use klotho_annotation::finding::{Code, Finding};
use klotho_annotation::{Entry, Table, Value, ValueKind};
use klotho_text::{LineIndex, Place, Span};
use std::sync::Arc;

/// The name of the configuration, at the project root.
pub const CONFIG_FILE: &str = "klotho.yaml";

/// The providers that the compiler knows (reference, 3.4).
pub const PROVIDERS: [&str; 3] = ["aws", "gcp", "azure"];

/// The configuration of a project.
#[derive(Debug, Default)]
pub struct Config {
    /// The text that it was read from.
    pub text: Arc<str>,
    /// Its lines.
    pub lines: Arc<LineIndex>,
    /// What it says; empty when it cannot be read.
    pub root: Table,
    /// What is wrong with it, whatever the project holds.
    pub findings: Vec<Finding>,
    /// Whether it is there and says nothing, because it cannot be read.
    pub is_unreadable: bool,
}

/// Where a setting comes from, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Origin {
    /// The resource's own entry in `klotho.yaml`.
    Config,
    /// The annotation.
    Annotation,
    /// `defaults` in `klotho.yaml`.
    Defaults,
    /// What the provider gives when nobody says anything.
    Provider,
}

impl Config {
    /// Reads `klotho.yaml`. What cannot be read is a finding; the rest counts.
    pub fn parse(text: &str) -> Self {
        let (root, findings) = match yaml::read(text) {
            Ok(Some(Value { kind: ValueKind::Table(root), .. })) => (root, Vec::new()),
            Ok(Some(Value { kind: ValueKind::Null, .. })) if text.contains("---") => Default::default(),
            Ok(None | Some(Value { kind: ValueKind::Null, .. })) => {
                (Table::default(), vec![Finding::new(Code::ConfigSyntax, "empty", Span::empty(0))])
            }
            Ok(Some(value)) => {
                (Table::default(), vec![shape::wrong(value.at, "klotho.yaml", "keys and values")])
            }
            Err(error) => {
                let finding = Finding::new(Code::ConfigSyntax, "yaml", error.at).with("reason", error.reason);
                (Table::default(), vec![finding])
            }
        };
        let is_unreadable = !findings.is_empty();
        let lines = Arc::new(LineIndex::new(text));
        let mut config = Self { text: text.into(), lines, root, findings, is_unreadable };
        config.findings.extend(shape::findings(&config));
        config
    }

    /// The cloud: `aws` unless another known one is named.
    pub fn provider(&self) -> &'static str {
        let named = self.root.string("provider");
        PROVIDERS.into_iter().find(|provider| Some(*provider) == named).unwrap_or(PROVIDERS[0])
    }

    /// The entry of a resource in its section.
    pub fn entry(&self, kind: Kind, id: &str) -> Option<&Entry> {
        self.root.table(kind.spec().section)?.entry(id)
    }

    /// The table of a resource's entry.
    pub fn table(&self, kind: Kind, id: &str) -> Option<&Table> {
        as_table(&self.entry(kind, id)?.value)
    }

    /// The table that holds the defaults of a kind.
    pub fn defaults(&self, kind: Kind) -> Option<&Table> {
        let mut path = vec!["defaults"];
        path.extend(kind.spec().defaults);
        // In YAML the compiler reads the plain defaults of gateways under this key only (reference, 3.3).
        path.extend((kind == Kind::Gateway).then_some("kinddefaults"));
        as_table(self.root.at(&path)?)
    }

    /// The `type` that the resource's own entry states, and where.
    pub fn stated_type(&self, kind: Kind, id: &str) -> Option<(String, Place)> {
        self.type_in(self.table(kind, id)?)
    }

    /// The `type` that the defaults state for a kind, and where.
    pub fn default_type(&self, kind: Kind) -> Option<(String, Place)> {
        self.type_in(self.defaults(kind)?)
    }

    fn type_in(&self, table: &Table) -> Option<(String, Place)> {
        let value = table.get("type")?;
        let text = self.scalar(value)?;
        (!text.is_empty()).then(|| (renamed(text).to_owned(), value.at))
    }

    /// The text of a scalar as the compiler reads it where it expects a string: `5` counts as `"5"`.
    pub fn scalar<'a>(&'a self, value: &'a Value) -> Option<&'a str> {
        match &value.kind {
            ValueKind::String(text) => Some(text),
            ValueKind::Integer(_) | ValueKind::Float(_) | ValueKind::Boolean(_) => {
                Some(value.at.of(&self.text))
            }
            _ => None,
        }
    }

    /// The environment variables that a unit's entry asks for, in source order.
    pub fn environment(&self, unit: &str) -> Vec<(&str, &str)> {
        let table =
            self.table(Kind::ExecutionUnit, unit).and_then(|table| table.table("environment_variables"));
        let entries = table.map_or(&[][..], |table| &table.entries);
        entries.iter().filter_map(|entry| Some((entry.key.as_str(), self.scalar(&entry.value)?))).collect()
    }

    /// The folder that the compiler writes to and does not read.
    pub fn out_dir(&self) -> &str {
        self.root.string("out_dir").filter(|dir| !dir.is_empty()).unwrap_or("compiled")
    }
}

/// Types that were renamed and are converted when read (reference, 3.7).
fn renamed(type_name: &str) -> &str {
    if type_name == "fargate" { "ecs" } else { type_name }
}

fn as_table(value: &Value) -> Option<&Table> {
    match &value.kind {
        ValueKind::Table(table) => Some(table),
        _ => None,
    }
}

/// The types that a kind may have, for a message: `lambda`, `ecs` or `eks`.
pub(crate) fn listed(spec: &KindSpec) -> String {
    let quoted: Vec<_> = spec.types.iter().map(|name| format!("`{name}`")).collect();
    match quoted.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
        None => String::new(),
    }
}

/// A sentence that suggests the nearest of `names`, starting with a blank; empty when none is near.
pub fn suggestion<'a>(word: &str, names: impl IntoIterator<Item = &'a str>) -> String {
    let near = names.into_iter().map(|name| (strsim::damerau_levenshtein(word, name), name)).min();
    match near {
        Some((distance, name)) if distance <= 2.max(word.len() / 3) && distance < name.len() => {
            format!(" Did you mean `{name}`?")
        }
        _ => String::new(),
    }
}
