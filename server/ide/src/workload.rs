//! What people state about a unit's traffic and needs and the use of resources, in annotations and in `klotho.yaml`.

use crate::figures::{Figures, POWER_TUNING, measurement};
use crate::resources::plain;
use crate::unit_parameters::{
    CONTAINER, CONTAINERS, Container, INSTANCES, UNITS_PER_CPU, container, function_memory, memory_parameter,
    parameter, pool,
};
use klotho_annotation::catalogue::{Capability, TARGET, nearest, nearest_key};
use klotho_annotation::{Entry, Table, Value, ValueKind, amount, suggestion};
use klotho_cost::estimate::EksPool;
use klotho_cost::estimate::fargate::TaskSize;
use klotho_cost::requirements::REQUIREMENT_KEYS;
use klotho_cost::resource::{ResourceType, ResourceWorkload, TYPES};
use klotho_cost::usage::{Measurement, Nearest, Point, UsageFile};
use klotho_cost::workload::{Key, KeyError, Shape, WORKLOAD_KEYS, infracost_alias, resolve};
use klotho_cost::{Origin, Requirements, Resolved, Workload};
use klotho_graph::{Kind, Project, Unit};
use serde_json::{Map, Value as Json};
use std::hash::{Hash, Hasher};

/// The table of the traffic.
pub(crate) const WORKLOAD: &str = "workload";

/// The table of the needs.
pub(crate) const REQUIRES: &str = "requires";

/// What says in the configuration where a unit runs.
const TYPE: &str = "type";

/// The key of the hours of a day.
const SHAPE: &str = "shape";

/// Everything that is stated about one unit.
pub(crate) struct Stated<'a> {
    /// The tables that state it, the most believed first.
    tables: Vec<(Origin, &'a Table)>,
    /// The memory that the target's parameters give the unit, MB, and who says so.
    memory: Option<(Origin, u64)>,
    /// The same of the function that it is or would be.
    function: Option<(Origin, u64)>,
    /// The size that they give its container.
    container: Option<Container>,
    /// Whether the unit's entry states that.
    pub(crate) container_stated: bool,
    /// How many instances they give it, and who says so.
    replicas: Option<(Origin, u64)>,
    /// What they say that its pods run on.
    pub(crate) pool: EksPool,
    /// What the usage file says of it, the most believed first.
    usage: Vec<(Origin, &'a Workload)>,
    /// The measurement that its workload names.
    measured: Option<&'a Measurement>,
    /// What is to hold in place of all that, for whoever asks what would be if.
    instead: Workload,
}

impl<'a> Stated<'a> {
    pub(crate) fn of(project: &'a Project, id: &str, unit: &'a Unit) -> Self {
        let config = project.config();
        let annotations = unit.declared.iter().filter_map(|fact| {
            let summary = project.summary(&fact.path)?;
            Some((Origin::Annotation, &summary.facts.annotations.get(fact.annotation)?.directives))
        });
        let entry = config.table(Kind::ExecutionUnit, id).map(|table| (Origin::Config, table));
        let defaults = config.defaults(Kind::ExecutionUnit).map(|table| (Origin::Defaults, table));
        let tables: Vec<_> = entry.into_iter().chain(annotations).chain(defaults).collect();
        let named = tables.iter().find_map(|(_, table)| table.table(WORKLOAD)?.string(POWER_TUNING));
        let measured = named.and_then(|named| measurement(project, named).ok());
        let usage = Figures::of(project).and_then(Figures::usage);
        let usage = usage.map(|usage| of_usage(usage, id, &unit.target.name)).unwrap_or_default();
        let target = unit.target.name.as_str();
        Self {
            tables,
            memory: memory_parameter(config, id, target),
            function: parameter(config, id, function_memory(config.era)),
            container: container(config, id),
            container_stated: CONTAINER
                .iter()
                .any(|name| parameter(config, id, name).is_some_and(|(origin, _)| origin == Origin::Config)),
            replicas: INSTANCES.iter().find_map(|name| parameter(config, id, name)),
            pool: pool(config, id),
            usage,
            measured,
            instead: Workload::default(),
        }
    }

    /// The same as if the traffic were what `instead` says, as far as it says something.
    pub(crate) fn with(self, project: &'a Project, instead: Workload) -> Self {
        let named = instead.power_tuning.as_deref().and_then(|named| measurement(project, named).ok());
        Self { measured: named.or(self.measured), instead, ..self }
    }

    /// Whether anybody states anything.
    pub(crate) fn anything(&self) -> bool {
        !self.usage.is_empty() || self.tables(WORKLOAD).chain(self.tables(REQUIRES)).next().is_some()
    }

    /// What workloads say of it, the most believed first.
    fn workloads(&self) -> Vec<(Origin, Workload)> {
        let tables = self.tables(WORKLOAD).map(|(origin, table)| (origin, read(table, Workload::set)));
        let usage = self.usage.iter().map(|(origin, workload)| (*origin, (*workload).clone()));
        let instead = std::iter::once((Origin::Override, self.instead.clone()));
        let mut layers: Vec<_> = instead.chain(tables).chain(usage).collect();
        layers.sort_by_key(|(origin, _)| *origin);
        layers
    }

    pub(crate) fn workload(&self) -> Resolved {
        let mut layers = self.workloads();
        layers.extend(self.replicas.map(|(origin, count)| {
            (origin, Workload { min_instances: Some(count as f64), ..Workload::default() })
        }));
        layers.extend(self.memory.map(|(origin, size)| {
            (origin, Workload { memory_mb: Some(size as f64), ..Workload::default() })
        }));
        let resolved = resolve_all(&layers);
        // How long a request takes depends on the memory, so that has to be known first.
        let Some(near) = self.measured.and_then(|measured| measured.nearest(resolved.memory_mb.value)) else {
            return resolved;
        };
        let request_duration_ms = Some(near.point.duration_ms);
        layers.push((Origin::Measured, Workload { request_duration_ms, ..Workload::default() }));
        resolve_all(&layers)
    }

    /// The value of the key that names a measurement, and who says it.
    pub(crate) fn measurement(&self, key: &str) -> Option<(klotho_cost::Value, Origin)> {
        let instead = self.instead.power_tuning.as_deref().map(|named| (named, Origin::Override));
        let mut tables = self.tables(WORKLOAD);
        let named = || tables.find_map(|(origin, table)| Some((table.string(POWER_TUNING)?, origin)));
        let (named, origin) = instead.or_else(named).filter(|_| key == POWER_TUNING)?;
        Some((klotho_cost::Value::Text(named.to_owned()), origin))
    }

    /// The file of the measurement that its workload names.
    pub(crate) fn measurement_file(&self) -> Option<&'a str> {
        self.tables.iter().find_map(|(_, table)| table.table(WORKLOAD)?.string(POWER_TUNING))
    }

    /// The measured size that the duration is from, if it is from one.
    pub(crate) fn measured_at(&self, resolved: &Resolved) -> Option<Nearest> {
        let is_measured = resolved.request_duration_ms.origin == Origin::Measured;
        self.measured.filter(|_| is_measured)?.nearest(resolved.memory_mb.value)
    }

    /// The size of the unit's container, where the configuration decides it. A unit that is no container yet, and needs
    /// more memory than it would be given, gets none: its size has to be chosen.
    pub(crate) fn task(&self, unit: &Unit, resolved: &Resolved) -> Option<TaskSize> {
        let container = self.container?;
        let stated =
            Some(&resolved.memory_mb).filter(|memory| !memory.is_assumed()).map(|memory| memory.value);
        let needed = stated.into_iter().chain(self.requirements().memory_mb).fold(0.0, f64::max);
        let is_too_small = needed > container.memory as f64;
        let is_container = unit.target.name == CONTAINERS;
        (is_container || !is_too_small).then(|| TaskSize {
            vcpu: container.cpu as f64 / UNITS_PER_CPU,
            memory_gb: container.memory as f64 / 1024.0,
        })
    }

    /// Whether the container that the compiler would deploy is too small for the unit.
    pub(crate) fn has_to_choose_a_container(&self, unit: &Unit, resolved: &Resolved) -> bool {
        self.container.is_some() && self.task(unit, resolved).is_none()
    }

    /// All measured sizes, if the duration is from one of them and no workload settles the memory.
    pub(crate) fn measured_points(&self, resolved: &Resolved) -> &'a [Point] {
        let is_measured = resolved.request_duration_ms.origin == Origin::Measured;
        self.measured.filter(|_| is_measured && !self.memory_stated()).map_or(&[], Measurement::points)
    }

    /// Whether a workload states the memory of the function, which no parameter then changes.
    pub(crate) fn memory_stated(&self) -> bool {
        self.tables(WORKLOAD).any(|(_, table)| table.get("memory_mb").is_some())
    }

    /// The memory that is stated for its function, MB. What a container has is none.
    pub(crate) fn function_memory_mb(&self, resolved: &Resolved) -> Option<f64> {
        let memory = &resolved.memory_mb;
        if self.memory == self.function {
            return (!memory.is_assumed()).then_some(memory.value);
        }
        let of_workload = self.workloads().into_iter().find_map(|(_, workload)| workload.memory_mb);
        of_workload.or(self.function.map(|(_, size)| size as f64))
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

impl Hash for Stated<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (
            &self.tables,
            self.memory,
            self.function,
            self.container,
            self.container_stated,
            self.replicas,
            &self.pool,
            self.measured,
        )
            .hash(state);
        // Figures with a fraction hash by what they look like.
        format!("{:?}", self.usage).hash(state);
    }
}

/// What the usage file says of a unit, and of the type of its resource.
fn of_usage<'a>(usage: &'a UsageFile, id: &str, target: &'a str) -> Vec<(Origin, &'a Workload)> {
    let own = usage.of_unit(id).into_iter().map(|found| (Origin::Usage, &found.workload));
    let types = usage.of_target(target).map(|found| (Origin::UsageType, &found.workload));
    own.chain(types).filter(|(_, workload)| !workload.is_empty()).collect()
}

fn resolve_all(layers: &[(Origin, Workload)]) -> Resolved {
    resolve(&layers.iter().map(|(origin, layer)| (*origin, layer)).collect::<Vec<_>>())
}

type Set<T> = fn(&mut T, &str, &klotho_cost::Value) -> Result<(), KeyError>;

/// What a table says. An entry that cannot be used says nothing here; [`unusable`] says why.
fn read<T: Default>(table: &Table, set: Set<T>) -> T {
    let mut stated = T::default();
    for entry in &table.entries {
        let _ = neutral(&entry.value).map(|value| set(&mut stated, &entry.key, &value));
    }
    stated
}

/// What a table says about the use of a resource.
pub(crate) fn read_use(row: &ResourceType, table: &Table) -> ResourceWorkload {
    let mut stated = ResourceWorkload::default();
    for entry in &table.entries {
        let _ = neutral(&entry.value).map(|value| stated.set(row, &entry.key, &value));
    }
    stated
}

/// What a table may hold.
#[derive(Clone, Copy)]
pub(crate) enum Keys {
    /// The traffic of a unit.
    Workload,
    /// The needs of a unit.
    Requires,
    /// The use of a resource.
    Use(&'static ResourceType),
}

impl Keys {
    /// The name of the table.
    pub(crate) fn table(self) -> &'static str {
        match self {
            Self::Workload | Self::Use(_) => WORKLOAD,
            Self::Requires => REQUIRES,
        }
    }

    /// Every key that it may have, in the order of the documentation.
    pub(crate) fn all(self) -> Vec<&'static Key> {
        match self {
            Self::Workload => WORKLOAD_KEYS.iter().collect(),
            Self::Requires => REQUIREMENT_KEYS.iter().collect(),
            Self::Use(row) => row.usage.iter().map(|usage| &usage.key).collect(),
        }
    }

    /// What a key takes, says, and what holds without it.
    pub(crate) fn about(self, name: &str) -> Option<String> {
        let all = self.all();
        let key = all.iter().find(|key| key.name == name).copied();
        let alias = || match self {
            Self::Use(row) => row.usage_key(name).map(|usage| &usage.key),
            _ => None,
        };
        let key = key.or_else(alias)?;
        Some(meaning(key))
    }

    /// Whether it may have a key of this name.
    pub(crate) fn has(self, name: &str) -> bool {
        match self {
            Self::Use(row) => row.usage_key(name).is_some(),
            _ => self.all().iter().any(|key| key.name == name),
        }
    }

    /// Whether an entry beside the table was meant for it. A name of several words is no note, whatever its value is.
    pub(crate) fn is_meant_by(self, entry: &Entry) -> bool {
        let takes = |value| self.try_out(&entry.key, &value).is_ok();
        self.has(&entry.key) && (entry.key.contains('_') || neutral(&entry.value).is_some_and(takes))
    }

    fn try_out(self, name: &str, value: &klotho_cost::Value) -> Result<(), KeyError> {
        match self {
            Self::Workload => Workload::default().set(name, value),
            Self::Requires => Requirements::default().set(name, value),
            Self::Use(row) => ResourceWorkload::default().set(row, name, value),
        }
    }
}

/// What a key says, what holds without it, and what it takes.
pub(crate) fn meaning(key: &Key) -> String {
    format!("{}{} It takes: {}.", key.doc, without(key), key.values())
}

/// An entry of a `workload` or `requires` table that cannot be used.
pub(crate) struct Unusable {
    /// Its index in the table.
    pub(crate) index: usize,
    /// Why.
    pub(crate) reason: String,
    /// For a key that nobody knows: what to write instead, as a sentence.
    pub(crate) instead: Option<String>,
    /// What to write for a value that cannot be used, as a sentence, where that can be told; else empty.
    pub(crate) near: String,
    /// For a number or a flag in quotes, or a number as only people write it: what to write.
    pub(crate) bare: Option<String>,
    /// Whether the key is one of those beside the table.
    pub(crate) is_beside: bool,
}

/// What may stand beside the tables of a unit or a resource.
#[derive(Clone, Copy)]
pub(crate) enum Beside {
    /// The keys of an annotation.
    Annotation(&'static Capability),
    /// The keys of an entry of the configuration.
    Entry,
}

impl Beside {
    /// Where a key belongs that is no key of a table, as a sentence, if it is one of those beside it.
    fn place(self, keys: Keys, key: &str) -> Option<String> {
        let table = keys.table();
        match self {
            Self::Annotation(capability) => capability.directive(&[key]).map(|_| {
                format!(" It is a key of the annotation itself: write it above `[{table}]`, which takes all keys below it.")
            }),
            Self::Entry if [TYPE, TARGET].contains(&key) => {
                Some(format!(" The key is `{TYPE}`, and stands beside `{table}`, not below it."))
            }
            Self::Entry => None,
        }
    }
}

/// What a request asks to hold in place of what is stated. The error names the key and says what it takes.
pub(crate) fn keys_from_json(project: &Project, said: &Map<String, Json>) -> Result<Workload, String> {
    let mut workload = Workload::default();
    for (key, value) in said {
        let value = of_json(value);
        if let Some((reason, is_known)) = fault(Keys::Workload, key, value.as_ref()) {
            let instead = if is_known { String::new() } else { instead(Keys::Workload, key, value.as_ref()) };
            return Err(format!("{reason}.{instead}"));
        }
        if let Some(klotho_cost::Value::Text(named)) = value.as_ref().filter(|_| key == POWER_TUNING) {
            measurement(project, named)?;
        }
        // It was tried just now.
        let _ = value.map(|value| workload.set(key, &value));
    }
    Ok(workload)
}

fn of_json(value: &Json) -> Option<klotho_cost::Value> {
    match value {
        Json::Array(values) => values.iter().map(plain).collect::<Option<_>>().map(klotho_cost::Value::List),
        value => plain(value),
    }
}

/// The entries of a table that cannot be used.
pub(crate) fn unusable(project: &Project, keys: Keys, beside: Beside, table: &Table) -> Vec<Unusable> {
    let entries = table.entries.iter().enumerate();
    let why = |(index, entry)| {
        why_unusable(keys, beside, index, entry).or_else(|| why_unmeasured(project, keys, index, entry))
    };
    entries.filter_map(why).collect()
}

/// Why the file that an entry names is no measurement.
fn why_unmeasured(project: &Project, keys: Keys, index: usize, entry: &Entry) -> Option<Unusable> {
    let is_named = matches!(keys, Keys::Workload) && entry.key == POWER_TUNING;
    let named = entry.value.as_str().filter(|_| is_named)?;
    let reason = measurement(project, named).err()?;
    Some(Unusable { index, reason, instead: None, near: String::new(), bare: None, is_beside: false })
}

fn why_unusable(keys: Keys, beside: Beside, index: usize, entry: &Entry) -> Option<Unusable> {
    let value = neutral(&entry.value);
    let (reason, is_known) = fault(keys, &entry.key, value.as_ref())?;
    let place = beside.place(keys, &entry.key).filter(|_| !is_known);
    let is_beside = place.is_some();
    let instead = (!is_known).then(|| place.unwrap_or_else(|| instead(keys, &entry.key, value.as_ref())));
    let word = entry.value.as_str().filter(|_| instead.is_none());
    let bare = word.filter(|word| is_right_without_quotes(keys, &entry.key, word)).map(str::to_owned);
    let number = word.and_then(|word| counted(keys, &entry.key, word));
    let near = match (&bare, &number, word) {
        (Some(bare), ..) => format!(" Write `{bare}` without quotes."),
        (None, Some(number), _) => format!(" Write `{number}`."),
        (None, None, Some(word)) if entry.key == SHAPE => suggestion(word, Shape::NAMES.iter().copied()),
        _ => String::new(),
    };
    Some(Unusable { index, reason, instead, near, bare: bare.or(number), is_beside })
}

/// The number that a text stands for, such as `60M`, where a key counts something: with a unit behind it the letters are that.
fn counted(keys: Keys, key: &str, text: &str) -> Option<String> {
    let is_measured = keys.all().iter().any(|known| known.name == key && MEASURES.contains(&known.unit));
    let number = amount(text).filter(|_| !is_measured)?;
    keys.try_out(key, &klotho_cost::Value::Number(number as f64)).ok().map(|()| number.to_string())
}

/// Units of what is no number of things.
const MEASURES: [&str; 5] = ["MB", "KB", "GB", "ms", "s"];

/// Whether a key takes what stands between the quotes of a text: a number or a flag, as every format writes it.
fn is_right_without_quotes(keys: Keys, key: &str, text: &str) -> bool {
    let number = text.parse().ok().filter(|number: &f64| number.is_finite() && number.to_string() == text);
    let flag = text.parse().ok().map(klotho_cost::Value::Flag);
    let bare = flag.or(number.map(klotho_cost::Value::Number));
    bare.is_some_and(|bare| keys.try_out(key, &bare).is_ok())
}

/// Why an entry cannot be used, and whether its key is known. Its value is none where it is no plain one.
fn fault(keys: Keys, key: &str, value: Option<&klotho_cost::Value>) -> Option<(String, bool)> {
    let is_known = keys.has(key);
    // A key that nobody knows is wrong whatever its value is.
    let any = klotho_cost::Value::Flag(true);
    let Some(value) = value.or((!is_known).then_some(&any)) else {
        return Some((format!("`{key}` needs a plain value"), true));
    };
    Some((keys.try_out(key, value).err()?.to_string(), is_known))
}

/// What someone who wrote `key` with a value probably meant; else all that can be written.
fn instead(keys: Keys, key: &str, value: Option<&klotho_cost::Value>) -> String {
    let (other, alias) = match keys {
        Keys::Workload => (Some(Keys::Requires), infracost_alias(key)),
        Keys::Requires => (Some(Keys::Workload), None),
        Keys::Use(_) => (None, None),
    };
    if let Some(other) = other.filter(|other| other.has(key)) {
        return format!(" It is a key of `[{}]`.", other.table());
    }
    let all = keys.all();
    let names = || all.iter().map(|known| known.name);
    // What takes no such value is meant only where the word comes nearer still.
    let takes = |name: &&str| value.is_some_and(|value| keys.try_out(name, value).is_ok());
    let near = nearest(key, names().filter(takes)).or_else(|| nearest_key(key, names()));
    match alias.or(near) {
        Some(near) => format!(" Did you mean `{near}`?"),
        None => {
            let all: Vec<_> = names().map(|name| format!("`{name}`")).collect();
            format!(" The keys are {}.", all.join(", "))
        }
    }
}

/// Whether `[workload]` has a key of this name.
pub(crate) fn is_workload_key(name: &str) -> bool {
    WORKLOAD_KEYS.iter().any(|key| key.name == name)
}

/// The keys of both tables as Markdown: what each takes, what it says, what holds without it.
pub fn key_lists() -> String {
    format!(
        "Keys of `[workload]`, the traffic that the unit serves:\n\n{}\nKeys of `[requires]`, which rules out targets that \
         cannot meet it:\n\n{}",
        listed(WORKLOAD_KEYS),
        listed(REQUIREMENT_KEYS)
    )
}

fn listed<'a>(keys: impl IntoIterator<Item = &'a Key>) -> String {
    keys.into_iter()
        .map(|key| format!("- `{}` ({}): {}{}\n", key.name, key.values(), key.doc, without(key)))
        .collect()
}

/// What holds when a key is not there.
fn without(key: &Key) -> String {
    if key.default.is_empty() { String::new() } else { format!(" Without it: {}.", key.default) }
}

/// The keys of `[workload]` of every type of resource that can be declared, as Markdown.
pub fn resource_key_lists() -> String {
    let mut text = "Resources take a `[workload]` as well: how much of them a month uses.\n".to_owned();
    let mut told: Vec<&str> = Vec::new();
    for row in TYPES.iter().filter(|row| !row.kinds.is_empty() && !row.usage.is_empty()) {
        // One that goes by two types has two rows.
        if told.contains(&row.title) {
            continue;
        }
        told.push(row.title);
        let kinds: Vec<_> = row.kinds.iter().map(|kind| format!("`{kind}`")).collect();
        let keys = listed(row.usage.iter().map(|usage| &usage.key));
        text += &format!("\n{} ({}):\n\n{keys}", row.title, kinds.join(", "));
    }
    text
}

pub(crate) fn neutral(value: &Value) -> Option<klotho_cost::Value> {
    Some(match &value.kind {
        ValueKind::String(text) => klotho_cost::Value::Text(text.clone()),
        ValueKind::Boolean(flag) => klotho_cost::Value::Flag(*flag),
        ValueKind::Array(values) => klotho_cost::Value::List(values.iter().filter_map(neutral).collect()),
        _ => klotho_cost::Value::Number(value.as_f64()?),
    })
}
