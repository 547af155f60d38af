//! Parameters of units that the compiler passes on unseen, and that the cloud refuses or nobody reads.

use crate::config_fixes::KEY;
use crate::tradeoff::model;
use crate::workload::{CONTAINER, CONTAINERS, FUNCTIONS, UNITS_PER_CPU, function_memory, sizes_of};
use klotho_annotation::catalogue::nearest_key;
use klotho_annotation::finding::{Code, Finding};
use klotho_annotation::{Entry, Table};
use klotho_cost::estimate::TaskSize;
use klotho_cost::estimate::lambda::MEMORY_MB;
use klotho_cost::format::{in_threes, plain};
use klotho_cost::target::Limit;
use klotho_graph::{Advice, Era, Kind, Project, Unit, type_parameters};

/// In a longer table the names are not compared: they hold notes.
const MOST: usize = 256;

/// How long a function may run.
const TIMEOUT: &str = "timeout";

/// What the infrastructure code reads of a unit on a cluster beside what has a default (reference, 3.5).
const OF_CLUSTER: [&str; 4] = ["nodeConstraints", "limits", "autoscalingConfig", "stickinessTimeout"];

/// All of it in the entries of the units that there are.
pub(super) fn in_config(project: &Project, advice: &mut Advice) {
    if !project.has_config() || !project.config().is_built() {
        return;
    }
    for (id, unit) in &project.derived().units {
        let (name, table) =
            (params_key(project.config().era), project.config().table(Kind::ExecutionUnit, id));
        let Some(table) = table.and_then(|table| table.table(name)) else { continue };
        let found = of_unit(project, id, unit, table);
        advice.config.extend(found.into_iter().map(Into::into));
    }
}

fn params_key(era: Era) -> &'static str {
    match era {
        Era::Classic => "pulumi_params",
        Era::Constructs => "infra_params",
    }
}

fn of_unit(project: &Project, id: &str, unit: &Unit, table: &Table) -> Vec<Finding> {
    let era = project.config().era;
    // The compiler obeys no annotation.
    let target = unit.target.obeyed.as_deref().unwrap_or(&unit.target.name);
    let mut found: Vec<_> =
        table.entries.iter().filter_map(|entry| misspelt(era, target, table, entry)).collect();
    match target {
        FUNCTIONS => found.extend(table.entries.iter().filter_map(|entry| out_of_range(era, entry))),
        CONTAINERS => found.extend(no_pair(project, id, table)),
        _ => {}
    }
    found
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

/// A size that no task has, where the entry states some of it.
fn no_pair(project: &Project, id: &str, table: &Table) -> Option<Finding> {
    let parameters = project.config().parameters(Kind::ExecutionUnit, id);
    let [cpu, memory] = CONTAINER.map(|name| parameters.iter().find(|parameter| parameter.name == name));
    let (cpu, memory) = (cpu?, memory?);
    let at = CONTAINER.iter().find_map(|name| table.get(name))?.at;
    let finding = Finding::new(Code::ParameterInvalid, "pair", at)
        .with("cpu", &cpu.value)
        .with("memory", &memory.value);
    let Some((parts, mb)) = cpu.value.as_f64().zip(memory.value.as_f64()) else {
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
