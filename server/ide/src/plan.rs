//! The cheapest target and size of every unit of a project, and the edit that makes the project say them.

use crate::actions::{set_annotation, set_annotations, why_unwritable};
use crate::config_edit::{Outcome, difference, set};
use crate::region::provider;
use crate::snapshot::Context;
use crate::tradeoff::{Told, barred, gateway_of, model, refused, spelled};
use crate::unit_parameters::{CONTAINER, UNITS_PER_CPU, function_memory};
use crate::{FileEdit, FilePath, WorkspaceEdit};
use klotho_cost::Date;
use klotho_cost::plan::{Choice, Named, Plan, Planned, Size, plan as cheapest};
use klotho_cost::target::targets;
use klotho_graph::{Config, Kind, Project, Unit};
use serde_json::Value as Json;
use std::collections::BTreeMap;

/// What has to be written so that a project follows a plan.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rewrite {
    /// All changes; each file once.
    pub edit: WorkspaceEdit,
    /// The units that they are for, in the order of the plan.
    pub units: Vec<String>,
    /// The units that have to be changed by hand, and why.
    pub by_hand: Vec<(String, String)>,
}

/// The plan of a project; the error says why there is none.
pub(crate) fn plan(project: &Project, today: Date) -> Result<Plan, String> {
    let units: Vec<_> = project.derived().units.iter().collect();
    let told: Vec<_> = units.iter().map(|(id, unit)| Told::of(project, id, unit)).collect();
    let asked = units.iter().zip(&told).map(|((id, unit), told)| klotho_cost::plan::Unit {
        id: id.as_str(),
        question: told.question(project, unit, today),
        gateway: gateway_of(project, id).map(|(gateway, _)| gateway),
        targets: named(project, id, unit),
        measured: &told.measured,
        memory_stated: told.memory_stated,
        container_stated: told.container_stated,
        obeyed: unit.target.obeyed.as_deref(),
    });
    cheapest(&asked.collect::<Vec<_>>()).map_err(|entangled| entangled.to_string())
}

/// The targets that a project can name, and why the compiler would refuse the unit on one. Of other providers it builds none,
/// and annotations may name all.
fn named(project: &Project, id: &str, unit: &Unit) -> Vec<Named> {
    let config = project.config();
    if !config.is_built() {
        let usual = targets(provider(project)).filter(|target| target.plan.is_empty());
        return usual.map(|target| Named { key: target.key, refused: refused(unit, target.key) }).collect();
    }
    let types = config.names(Kind::ExecutionUnit).types.iter();
    let named = types.filter_map(|name| {
        let key = model(name)?.key;
        Some(Named { key, refused: barred(project, id, unit, name) })
    });
    named.collect()
}

/// The changes that make the project say what a plan says of some units: every annotation and every entry that states
/// a target, and the parameters of its size. Of one unit all of them or none.
pub(crate) fn rewrite<'a>(context: &Context<'_>, units: impl Iterator<Item = &'a Planned>) -> Rewrite {
    let project = context.project;
    let mut all = Rewrite::default();
    let mut files: BTreeMap<FilePath, FileEdit> = BTreeMap::new();
    let mut config: Option<Box<Config>> = None;
    for planned in units {
        let (Some(then), Some(unit)) = (&planned.then, project.derived().units.get(&planned.id)) else {
            continue;
        };
        let before = config.as_deref().unwrap_or(project.config());
        match configured(context, before, (planned, then, unit)) {
            Ok(after) => config = after.or(config),
            Err(reason) => {
                all.by_hand.push((planned.id.clone(), reason));
                continue;
            }
        }
        set_annotations(context, unit, spelled(project, then.target.key), &mut files);
        all.units.push(planned.id.clone());
    }
    if let Some(config) = config {
        let path = context.absolute(project.config_file());
        let edits = vec![difference(&project.config().text, &config.text)];
        files.insert(path.clone(), FileEdit { path, create: !project.has_config(), edits });
    }
    all.edit.files = files.into_values().collect();
    for file in &mut all.edit.files {
        file.edits.sort_by_key(|edit| edit.span.start);
    }
    all
}

/// The configuration once it says what is chosen for a unit; `None` when it says so already. The error says what has to be
/// done by hand.
fn configured(
    context: &Context<'_>,
    config: &Config,
    (planned, then, unit): (&Planned, &Choice, &Unit),
) -> Result<Option<Box<Config>>, String> {
    let (project, id) = (context.project, planned.id.as_str());
    if project.is_document() {
        return Ok(None);
    }
    let file = project.config_file();
    if config.is_unreadable {
        return Err(format!("{file} cannot be read, and it is what the compiler obeys"));
    }
    if !config.is_built() {
        let target = spelled(project, then.target.key);
        let is_writable = config.stated_type(Kind::ExecutionUnit, id).is_none()
            && unit.declared.iter().any(|fact| set_annotation(context, fact, target).is_some());
        return match why_unwritable(context, id, target, is_writable) {
            Some(reason) if !is_writable => Err(reason),
            _ => Ok(None),
        };
    }
    let is_elsewhere = planned.now.as_ref().is_none_or(|now| now.target != then.target);
    let target = spelled(project, then.target.key);
    let target = (is_elsewhere || unit.target.obeyed.is_some()).then_some(target);
    let size = if planned.is_moved() { then.size } else { Size::Own };
    says(context, config, id, (target, size))
}

/// The configuration once it names a target for a unit, where one is given, and a size; `None` when it does so already. The
/// error says what has to be done by hand.
pub(crate) fn says(
    context: &Context<'_>,
    config: &Config,
    id: &str,
    (target, size): (Option<&str>, Size),
) -> Result<Option<Box<Config>>, String> {
    let (section, parameters) = (config.names(Kind::ExecutionUnit).section, config.era.parameters_key());
    let mut draft = Draft { file: context.project.config_file(), given: config, after: None };
    if let Some(target) = target {
        draft.say(&[section, id, "type"], &target.into())?;
    }
    // What a type has by itself is known once the type is written.
    for (name, value) in unsaid(draft.now(), id, size) {
        draft.say(&[section, id, parameters, name], &value.into())?;
    }
    Ok(draft.after)
}

/// A configuration while it is rewritten.
struct Draft<'a> {
    file: &'a str,
    given: &'a Config,
    after: Option<Box<Config>>,
}

impl Draft<'_> {
    fn now(&self) -> &Config {
        self.after.as_deref().unwrap_or(self.given)
    }

    /// The error says what has to be done by hand.
    fn say(&mut self, path: &[&str], value: &Json) -> Result<(), String> {
        match set(self.now(), path, value) {
            Outcome::Said => {}
            Outcome::Edit(_, after) => self.after = Some(after),
            Outcome::Refused => {
                let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                let path = path.join(".");
                return Err(format!(
                    "{} is written so that only you can change it: set {path} to {value}",
                    self.file
                ));
            }
        }
        Ok(())
    }
}

/// The parameters that have to be written for a size: those that neither the entry nor the defaults nor the type give it.
fn unsaid(config: &Config, id: &str, size: Size) -> Vec<(&'static str, u64)> {
    let [cpu, memory] = CONTAINER;
    let whole = |amount: f64| amount.ceil() as u64;
    let wanted = match size {
        Size::Task(size) => {
            vec![(memory, whole(size.memory_gb * 1024.0)), (cpu, whole(size.vcpu * UNITS_PER_CPU))]
        }
        Size::Memory(megabytes) => vec![(function_memory(config.era), whole(megabytes))],
        Size::Own => Vec::new(),
    };
    let said = config.parameters(Kind::ExecutionUnit, id);
    let is_said = |(name, value): &(&str, u64)| {
        said.iter().any(|parameter| parameter.name == *name && parameter.value.as_u64() == Some(*value))
    };
    wanted.into_iter().filter(|parameter| !is_said(parameter)).collect()
}
