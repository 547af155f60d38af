//! The configuration: what it says, with places, and what is wrong with it on its own.

mod format;
mod json;
mod parameters;
mod schema;
mod shape;
mod toml;
mod yaml;

use crate::kind::{Era, Kind, Names, other_targets};
use format::Shared;
use klotho_annotation::finding::{Code, Finding, Severity};
use klotho_annotation::{Entry, Suppression, Table, Value, ValueKind, suggestion, suppressions};
use klotho_summary::variable_name;
use klotho_text::{LineIndex, Place, Span};
use std::sync::Arc;

pub use format::{CONFIG_FILE, CONFIG_FILES, ConfigFormat, config_format};
pub use parameters::{Parameter, of_type as type_parameters};
pub use schema::{Key as ConfigKey, LEVELS, Shape as ConfigShape, key_at as config_key, root as config_keys};
pub(crate) use shape::{check_type, null_entry};

/// The providers that the compiler knows (reference, 3.4).
pub const PROVIDERS: [&str; 3] = ["aws", "gcp", "azure"];

/// The type of a unit that was renamed, and its name now (reference, 3.7).
const RENAMED: (&str, &str) = ("fargate", "ecs");

/// Names that types of units had once, which are still taken.
pub fn old_unit_types() -> [&'static str; 1] {
    [RENAMED.0]
}

/// The type of API of a gateway that states none (reference, 3.2).
const DEFAULT_API: &str = "REST";

/// The configuration of a project.
#[derive(Debug, Default)]
pub struct Config {
    /// The text that it was read from.
    pub text: Arc<str>,
    /// Its lines.
    pub lines: Arc<LineIndex>,
    /// How it is written.
    pub format: ConfigFormat,
    /// Which form of the configuration it has.
    pub era: Era,
    /// What it says; empty when it cannot be read.
    pub root: Table,
    /// Values that count in other places too, sorted by where they stand.
    shared: Vec<Shared>,
    /// What is wrong with it, whatever the project holds.
    pub findings: Vec<Finding>,
    /// Findings that it allows.
    pub suppressions: Vec<Suppression>,
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
    /// Reads a configuration. What cannot be read is a finding; the rest counts.
    pub fn parse(format: ConfigFormat, text: &str) -> Self {
        let (mut root, shared, findings) = match root(format, text) {
            Ok((root, shared)) => (root, shared, Vec::new()),
            Err(finding) => (Table::default(), Vec::new(), vec![*finding]),
        };
        let is_unreadable = !findings.is_empty();
        let lines = Arc::new(LineIndex::new(text));
        if format.ignores_case() {
            let both = [Era::Classic, Era::Constructs];
            both.into_iter().for_each(|era| schema::canonical(&mut root, schema::root(era)));
        }
        let era = schema::era_of(&root);
        let allowed = suppressions(text);
        let suppressions = allowed.list;
        let mut config = Self {
            text: text.into(),
            lines,
            format,
            era,
            root,
            shared,
            findings,
            suppressions,
            is_unreadable,
        };
        config.findings.extend(allowed.findings);
        config.findings.extend(shape::findings(&config));
        config
    }

    /// A configuration that is there and of which no text is known.
    pub fn unreadable(finding: Finding) -> Self {
        Self { findings: vec![finding], is_unreadable: true, ..Self::default() }
    }

    /// Whether something within a value counts in places outside of it too.
    fn is_shared(&self, value: &Value) -> bool {
        let from = self.shared.partition_point(|shared| shared.value.start < value.at.start);
        let mut within = self.shared[from..].iter().take_while(|shared| value.at.covers(*shared.value));
        within.any(|shared| !value.at.covers(*shared.alias))
    }

    /// How this file speaks of a kind.
    pub fn names(&self, kind: Kind) -> &'static Names {
        kind.names(self.era)
    }

    /// The cloud: `aws` unless another known one is named.
    pub fn provider(&self) -> &'static str {
        let named = self.root.string("provider");
        PROVIDERS.into_iter().find(|provider| Some(*provider) == named).unwrap_or(PROVIDERS[0])
    }

    /// The targets that a unit's annotation may name: those of the provider.
    pub fn unit_targets(&self) -> &'static [&'static str] {
        other_targets(self.provider()).unwrap_or(self.names(Kind::ExecutionUnit).types)
    }

    /// Whether the compiler builds anything for the provider, and so obeys the types that the configuration states.
    pub fn is_built(&self) -> bool {
        self.provider() == PROVIDERS[0]
    }

    /// The region that `region` names, and where. The key is ours; the compiler leaves regions to the deployment.
    pub fn region(&self) -> Option<(&str, Place)> {
        let value = self.root.get("region")?;
        let name = if self.format.coerces() { self.scalar(value) } else { value.as_str() };
        Some((name.filter(|name| !name.is_empty())?, value.at))
    }

    /// What is said of findings of this kind: how bad they are, or that there are none. The key is ours.
    pub fn level(&self, code: Code) -> Option<Option<Severity>> {
        self.root.at(&["findings", code.name()])?.as_str().and_then(schema::level)
    }

    /// The amount below `budget` under `key`, US dollars a month, and where it stands. The key is ours.
    pub fn budget(&self, key: &str) -> Option<(f64, Place)> {
        let value = self.root.at(&["budget", key])?;
        let amount = value.as_f64().filter(|amount| amount.is_finite() && *amount >= 0.0)?;
        Some((amount, value.at))
    }

    /// The entry of a resource in its section.
    pub fn entry(&self, kind: Kind, id: &str) -> Option<&Entry> {
        self.root.table(self.names(kind).section)?.entry(id)
    }

    /// The table of a resource's entry.
    pub fn table(&self, kind: Kind, id: &str) -> Option<&Table> {
        as_table(&self.entry(kind, id)?.value)
    }

    /// The table that holds the defaults of a kind.
    pub fn defaults(&self, kind: Kind) -> Option<&Table> {
        let mut path = vec!["defaults"];
        path.extend(self.names(kind).defaults);
        path.extend(self.hides_defaults(kind).then_some(HIDDEN_DEFAULTS));
        as_table(self.root.at(&path)?)
    }

    /// Whether the compiler reads the plain defaults of a kind under a key of its own (reference, 3.3).
    fn hides_defaults(&self, kind: Kind) -> bool {
        kind == Kind::Gateway && self.format == ConfigFormat::Yaml && self.era == Era::Classic
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
    /// Names are as the compiler writes them; to it a variable without a value is an empty text.
    pub fn environment(&self, unit: &str) -> Vec<(String, &str)> {
        let table =
            self.table(Kind::ExecutionUnit, unit).and_then(|table| table.table("environment_variables"));
        let entries = table.map_or(&[][..], |table| &table.entries);
        let texts = entries.iter().filter_map(|entry| match entry.value.kind {
            ValueKind::Null => Some((variable_name(&entry.key), "")),
            _ => Some((variable_name(&entry.key), self.scalar(&entry.value)?)),
        });
        texts.collect()
    }

    /// Whether the unit's entry asks for a Helm chart to be installed, which the compiler refuses but on a cluster. The later
    /// form has no such key.
    pub fn installs_chart(&self, unit: &str) -> bool {
        if self.era == Era::Constructs {
            return false;
        }
        let options =
            self.table(Kind::ExecutionUnit, unit).and_then(|table| table.table("helm_chart_options"));
        options.and_then(|options| options.boolean("install")) == Some(true)
    }

    /// Whether units with this target can take a Helm chart.
    pub fn takes_chart(target: &str) -> bool {
        ["eks", "kubernetes"].contains(&target)
    }

    /// The type of API of a gateway (reference, 3.6).
    pub fn api_type(&self, gateway: &str) -> &str {
        let own = self.table(Kind::Gateway, gateway).and_then(|table| table.string("api_type"));
        let default = || self.root.at(&["defaults", "expose", "api_type"]).and_then(Value::as_str);
        own.filter(|api| !api.is_empty()).or_else(default).unwrap_or(DEFAULT_API)
    }

    /// The folder that the compiler writes to and does not read.
    pub fn out_dir(&self) -> &str {
        self.root.string("out_dir").filter(|dir| !dir.is_empty()).unwrap_or("compiled")
    }
}

/// Types that were renamed and are converted when read.
fn renamed(type_name: &str) -> &str {
    if type_name == RENAMED.0 { RENAMED.1 } else { type_name }
}

/// The key below `defaults.expose` that YAML has instead of plain keys.
const HIDDEN_DEFAULTS: &str = "kinddefaults";

/// What a text says, with what it shares, or why it says nothing.
fn root(format: ConfigFormat, text: &str) -> Result<(Table, Vec<Shared>), Box<Finding>> {
    let finding = |variant, at: Place| Finding::new(Code::ConfigSyntax, variant, at);
    let empty = finding("empty", Span::empty(0).into());
    let (read, shared) = match format.read(text) {
        Ok(read) => (Ok(read.root), read.shared),
        Err(error) => (Err(error), Vec::new()),
    };
    match read {
        Ok(Some(Value { kind: ValueKind::Table(root), .. })) => Ok((root, shared)),
        // A document that is there and says nothing is taken.
        Ok(Some(Value { kind: ValueKind::Null, at }))
            if !at.is_empty() || text.contains("---") || format == ConfigFormat::Json =>
        {
            Ok(Default::default())
        }
        Ok(None | Some(Value { kind: ValueKind::Null, .. })) => Err(Box::new(empty)),
        Ok(Some(value)) => Err(Box::new(shape::wrong(value.at, "The configuration", "keys and values"))),
        Err(error) => {
            let invalid = finding("invalid", error.at).with("format", format.title());
            Err(Box::new(invalid.with("reason", error.reason)))
        }
    }
}

fn as_table(value: &Value) -> Option<&Table> {
    match &value.kind {
        ValueKind::Table(table) => Some(table),
        _ => None,
    }
}

/// Names in a message: `lambda`, `ecs` or `eks`.
pub fn listed(names: &[&str]) -> String {
    let quoted: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
    match quoted.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
        None => String::new(),
    }
}

/// Reads a YAML file of another tool as the configuration is read: its one document, `None` when there is none. The error is
/// the reason and where it stands.
pub fn read_yaml(text: &str) -> Result<Option<Value>, (String, Place)> {
    yaml::read(text).map(|read| read.root).map_err(|error| (error.reason, error.at))
}
