//! What people state about a unit's traffic and needs, in annotations and in `klotho.yaml`.

use klotho_annotation::{Table, Value, ValueKind};
use klotho_cost::requirements::REQUIREMENT_KEYS;
use klotho_cost::workload::{KeyError, WORKLOAD_KEYS, resolve};
use klotho_cost::{Origin, Requirements, Resolved, Workload};
use klotho_graph::{Config, Kind, Project, Unit};

/// The table of the traffic.
pub(crate) const WORKLOAD: &str = "workload";

/// The table of the needs.
pub(crate) const REQUIRES: &str = "requires";

/// Every table that states something about one unit, the most believed first.
#[derive(Hash)]
pub(crate) struct Stated<'a> {
    tables: Vec<(Origin, &'a Table)>,
    /// The memory that the target's parameters give the unit, MB, and who says so.
    memory: Option<(Origin, u64)>,
}

impl<'a> Stated<'a> {
    pub(crate) fn of(project: &'a Project, id: &str, unit: &Unit) -> Self {
        let config = project.config();
        let annotations = unit.declared.iter().filter_map(|fact| {
            let summary = project.summary(&fact.path)?;
            Some((Origin::Annotation, &summary.facts.annotations.get(fact.annotation)?.directives))
        });
        let entry = config.table(Kind::ExecutionUnit, id).map(|table| (Origin::Config, table));
        let defaults = config.defaults(Kind::ExecutionUnit).map(|table| (Origin::Defaults, table));
        let tables = entry.into_iter().chain(annotations).chain(defaults).collect();
        Self { tables, memory: memory_parameter(config, id) }
    }

    /// Whether anybody states anything.
    pub(crate) fn anything(&self) -> bool {
        self.tables(WORKLOAD).chain(self.tables(REQUIRES)).next().is_some()
    }

    pub(crate) fn workload(&self) -> Resolved {
        let layers: Vec<_> =
            self.tables(WORKLOAD).map(|(origin, table)| (origin, read(table, Workload::set))).collect();
        let memory = self
            .memory
            .map(|(origin, size)| (origin, Workload { memory_mb: Some(size as f64), ..Workload::default() }));
        let all = layers.iter().chain(&memory).map(|(origin, layer)| (*origin, layer));
        resolve(&all.collect::<Vec<_>>())
    }

    pub(crate) fn requirements(&self) -> Requirements {
        let layers: Vec<_> =
            self.tables(REQUIRES).map(|(origin, table)| (origin, read(table, Requirements::set))).collect();
        Requirements::resolve(&layers.iter().map(|(origin, layer)| (*origin, layer)).collect::<Vec<_>>())
    }

    fn tables(&self, key: &str) -> impl Iterator<Item = (Origin, &'a Table)> {
        self.tables.iter().filter_map(move |(origin, table)| Some((*origin, table.table(key)?)))
    }
}

/// The memory of a Lambda function, where the configuration sets it (reference, 3.5).
fn memory_parameter(config: &Config, id: &str) -> Option<(Origin, u64)> {
    let parameters = config.parameters(Kind::ExecutionUnit, id);
    let memory = parameters.into_iter().find(|parameter| MEMORY.contains(&&*parameter.name))?;
    let origin = match memory.origin {
        klotho_graph::Origin::Config => Origin::Config,
        klotho_graph::Origin::Defaults => Origin::Defaults,
        // The type's own figure is what the model assumes.
        _ => return None,
    };
    Some((origin, memory.value.as_u64()?))
}

/// What the two forms of the configuration call the memory of a unit.
const MEMORY: [&str; 2] = ["memorySize", "memory"];

type Set<T> = fn(&mut T, &str, &klotho_cost::Value) -> Result<(), KeyError>;

/// What a table says. An entry that cannot be used says nothing here; [`unusable`] says why.
fn read<T: Default>(table: &Table, set: Set<T>) -> T {
    let mut stated = T::default();
    for entry in &table.entries {
        let _ = neutral(&entry.value).map(|value| set(&mut stated, &entry.key, &value));
    }
    stated
}

/// The entries of a `workload` or `requires` table that cannot be used: their index, and why.
pub(crate) fn unusable(name: &str, table: &Table) -> Vec<(usize, String)> {
    let entries = table.entries.iter().enumerate();
    let errors = entries.filter_map(|(index, entry)| {
        let Some(value) = neutral(&entry.value) else {
            return Some((index, format!("`{}` needs a plain value", entry.key)));
        };
        let tried = match name {
            WORKLOAD => Workload::default().set(&entry.key, &value),
            _ => Requirements::default().set(&entry.key, &value),
        };
        Some((index, tried.err()?.to_string()))
    });
    errors.collect()
}

/// The keys of a table.
pub(crate) fn keys(name: &str) -> impl Iterator<Item = &'static str> {
    let keys = if name == WORKLOAD { WORKLOAD_KEYS } else { REQUIREMENT_KEYS };
    keys.iter().map(|key| key.name)
}

fn neutral(value: &Value) -> Option<klotho_cost::Value> {
    Some(match &value.kind {
        ValueKind::String(text) => klotho_cost::Value::Text(text.clone()),
        ValueKind::Boolean(flag) => klotho_cost::Value::Flag(*flag),
        ValueKind::Array(values) => klotho_cost::Value::List(values.iter().filter_map(neutral).collect()),
        _ => klotho_cost::Value::Number(value.as_f64()?),
    })
}
