//! Parameters of units, and their defaults, that the compiler passes on unseen, and that the cloud refuses or nobody reads.

use crate::config_fixes::KEY;
use crate::tradeoff::model;
use crate::unit_parameters::{CONTAINER, CONTAINERS, FUNCTIONS, UNITS_PER_CPU, function_memory, sizes_of};
use klotho_annotation::catalogue::nearest_key;
use klotho_annotation::finding::{Code, Finding};
use klotho_annotation::{Entry, Table};
use klotho_cost::estimate::TaskSize;
use klotho_cost::estimate::lambda::MEMORY_MB;
use klotho_cost::format::{in_threes, plain};
use klotho_cost::target::Limit;
use klotho_graph::{Advice, Config, Era, Kind, Origin, Parameter, Project, Unit, type_parameters};
use klotho_text::Place;
use serde_json::Value as Json;

/// In a longer table the names are not compared: they hold notes.
const MOST: usize = 256;

/// How long a function may run.
const TIMEOUT: &str = "timeout";

/// What the infrastructure code reads of a unit on a cluster beside what has a default (reference, 3.5).
const OF_CLUSTER: [&str; 4] = ["nodeConstraints", "limits", "autoscalingConfig", "stickinessTimeout"];

/// All of it in the entries of the units that there are, and in the defaults that some of them take.
pub(super) fn in_config(project: &Project, advice: &mut Advice) {
    if !project.has_config() || !project.config().is_built() {
        return;
    }
    let config = project.config();
    let types = config.defaults(Kind::ExecutionUnit);
    let types = types.and_then(|table| table.table(config.era.type_parameters_key()));
    let defaults = |target: &str| types.and_then(|types| types.table(target));
    // To work out what a unit takes is dear, and most state nothing.
    let concerned = project.derived().units.iter().filter_map(|(id, unit)| {
        let (target, table) = (obeyed(unit), config.table(Kind::ExecutionUnit, id));
        let own = table.and_then(|table| table.table(config.era.parameters_key()));
        (own.is_some() || defaults(target).is_some()).then(|| (own, taker(config, id, target)))
    });
    let units: Vec<_> = concerned.collect();
    for (own, taker) in &units {
        let Some(table) = *own else { continue };
        let stating = Stating { era: config.era, target: taker.target, table, origin: Origin::Config };
        advice.config.extend(stating.findings(&[taker]).into_iter().map(Into::into));
    }
    for target in config.names(Kind::ExecutionUnit).types {
        let Some(table) = defaults(target) else { continue };
        let takers: Vec<_> = units.iter().map(|(_, taker)| taker).filter(|it| it.target == *target).collect();
        let stating = Stating { era: config.era, target, table, origin: Origin::Defaults };
        advice.config.extend(stating.findings(&takers).into_iter().map(Into::into));
    }
}

/// A unit with what it takes.
struct Taker<'a> {
    target: &'a str,
    parameters: Vec<Parameter>,
}

/// The target that the compiler takes, which obeys no annotation.
fn obeyed(unit: &Unit) -> &str {
    unit.target.obeyed.as_deref().unwrap_or(&unit.target.name)
}

fn taker<'a>(config: &Config, id: &str, target: &'a str) -> Taker<'a> {
    Taker { target, parameters: config.parameters(Kind::ExecutionUnit, id) }
}

impl Taker<'_> {
    fn parameter(&self, name: &str) -> Option<&Parameter> {
        self.parameters.iter().find(|parameter| parameter.name == name)
    }

    /// Whether it has a parameter from this entry of a table of that origin.
    fn takes(&self, entry: &Entry, origin: Origin) -> bool {
        let found = self.parameter(&entry.key);
        found.is_some_and(|found| found.origin == origin && found.value == entry.value.to_json())
    }
}

/// A table that states parameters of units on a target.
struct Stating<'a> {
    era: Era,
    target: &'a str,
    table: &'a Table,
    origin: Origin,
}

impl Stating<'_> {
    /// What is wrong with it, where units take what it states.
    fn findings(&self, takers: &[&Taker<'_>]) -> Vec<Finding> {
        let entries = &self.table.entries;
        let is_taken = |entry: &Entry| takers.iter().any(|taker| taker.takes(entry, self.origin));
        let mut found: Vec<_> =
            entries.iter().filter_map(|entry| misspelt(self.era, self.target, self.table, entry)).collect();
        match self.target {
            FUNCTIONS => {
                // Two keys have a range; whether an entry is taken is asked of each unit.
                let wrong = entries.iter().filter_map(|entry| Some((entry, out_of_range(self.era, entry)?)));
                found.extend(wrong.filter(|(entry, _)| is_taken(entry)).map(|(_, finding)| finding));
            }
            CONTAINERS => found.extend(takers.iter().find_map(|taker| self.no_pair(taker))),
            _ => {}
        }
        found
    }

    /// A size that no task has, where this table states some of it. An entry of the unit that does goes before.
    fn no_pair(&self, taker: &Taker<'_>) -> Option<Finding> {
        let mut stated = CONTAINER.iter().filter_map(|name| self.table.entry(name));
        let at = stated.find(|entry| taker.takes(entry, self.origin))?.value.at;
        let [cpu, memory] = CONTAINER.map(|name| taker.parameter(name));
        let (cpu, memory) = (cpu?, memory?);
        let is_of_entry = [cpu, memory].iter().any(|parameter| parameter.origin == Origin::Config);
        if is_of_entry && self.origin != Origin::Config {
            return None;
        }
        wrong_pair(at, &cpu.value, &memory.value)
    }
}

/// A name that comes near one that is read, and is none.
fn misspelt(era: Era, target: &str, table: &Table, entry: &Entry) -> Option<Finding> {
    let deployed = type_parameters(Kind::ExecutionUnit, target);
    let deployed = deployed.as_object().into_iter().flat_map(|known| known.keys()).map(String::as_str);
    let known: Vec<_> = deployed.chain(sizes_of(era, target)).chain(OF_CLUSTER).collect();
    if known.contains(&&*entry.key) || table.entries.len() > MOST {
        return None;
    }
    let meant = nearest_key(&entry.key, known.into_iter().filter(|name| table.entry(name).is_none()))?;
    let finding = Finding::new(Code::ConfigIgnored, "unknown-key", entry.key_at).with(KEY, &entry.key);
    Some(finding.with("suggestion", format!(" Did you mean `{meant}`?")))
}

/// A number that a function cannot have.
fn out_of_range(era: Era, entry: &Entry) -> Option<Finding> {
    let longest = model(FUNCTIONS).map(|target| target.limits.request_s);
    let (least, most) = match (entry.key.as_str(), longest) {
        (key, _) if key == function_memory(era) => MEMORY_MB,
        (TIMEOUT, Some(Limit::Max(longest))) => (1.0, longest),
        _ => return None,
    };
    let is_right =
        entry.value.as_f64().is_some_and(|number| number.fract() == 0.0 && (least..=most).contains(&number));
    let in_words = |number: f64| in_threes(&plain(number), ',');
    (!is_right).then(|| {
        Finding::new(Code::ParameterInvalid, "range", entry.value.at)
            .with(KEY, &entry.key)
            .with("least", in_words(least))
            .with("most", in_words(most))
            .with("target", FUNCTIONS)
            .with("value", entry.value.to_json())
    })
}

/// What there is to say of the size of a task, unless there is such a one.
fn wrong_pair(at: Place, cpu: &Json, memory: &Json) -> Option<Finding> {
    let finding = Finding::new(Code::ParameterInvalid, "pair", at).with("cpu", cpu).with("memory", memory);
    let Some((parts, mb)) = cpu.as_f64().zip(memory.as_f64()) else {
        return Some(finding.with("way", ""));
    };
    let wanted = TaskSize { vcpu: parts / UNITS_PER_CPU, memory_gb: mb / 1024.0 };
    let legal = wanted.legal();
    if legal == Some(wanted) {
        return None;
    }
    let way = legal.map(|legal| {
        let (parts, mb) = (plain(legal.vcpu * UNITS_PER_CPU), plain(legal.memory_gb * 1024.0));
        format!(" The next larger one has `cpu` {parts} and `memory` {mb}.")
    });
    Some(finding.with("way", way.unwrap_or_default()))
}
