//! What stands behind the figures of one unit: who said each input and where, and what every target's cost comes from.

use crate::tradeoff::{Told, offered};
use crate::workload::{Stated, WORKLOAD};
use klotho_annotation::Table;
use klotho_cost::compare::{Crossing, Evidence, evidence, monthly_at};
use klotho_cost::estimate::Sizing;
use klotho_cost::workload::Assumption;
use klotho_cost::{Comparison, Date, Origin, Question, Row, Target, compare};
use klotho_graph::{Kind, Project, USAGE_FILE, Unit};
use rust_decimal::Decimal;
use std::sync::Arc;

/// All that the figures of a unit rest on.
#[derive(Debug, Clone)]
pub struct Explanation {
    /// The comparison that its hover shows.
    pub comparison: Comparison,
    /// Every input, with where it is said.
    pub inputs: Vec<ExplainedInput>,
    /// The targets that can be chosen, in the order of the comparison.
    pub targets: Vec<ExplainedTarget>,
    /// Where targets that can be chosen cross.
    pub crossings: Vec<ExplainedCrossing>,
}

/// An input and where it is said.
#[derive(Debug, Clone)]
pub struct ExplainedInput {
    /// The input.
    pub input: Assumption,
    /// The file, by its path in the project, and the line from 1 where that can be told.
    pub place: Option<(Arc<str>, Option<usize>)>,
}

/// A target with what its figures come from.
#[derive(Debug, Clone)]
pub struct ExplainedTarget {
    /// Its row in the comparison.
    pub row: Row,
    /// What the figures come from beside prices.
    pub evidence: Evidence,
}

/// A crossing with what both sides cost there.
#[derive(Debug, Clone)]
pub struct ExplainedCrossing {
    /// The pair and where it crosses.
    pub pair: Crossing,
    /// Both sides where the always-on one is sized for the peak, US dollars a month; `None` = they do not cross.
    pub peak_sized: Option<(Decimal, Decimal)>,
    /// The same where it is autoscaled.
    pub autoscaled: Option<(Decimal, Decimal)>,
}

/// Explains a unit.
pub(crate) fn explain(project: &Project, id: &str, unit: &Unit, today: Date) -> Explanation {
    let told = Told::of(project, id, unit);
    let question = told.question(project, unit, today);
    let comparison = compare(&question);
    let targets: Vec<_> = offered(&comparison)
        .map(|row| ExplainedTarget { evidence: evidence(&question, row.target), row: row.clone() })
        .collect();
    let is_offered = |target: &Target| targets.iter().any(|offer| offer.row.target == target);
    let pairs = comparison.break_evens.iter();
    let pairs = pairs.filter(|pair| is_offered(pair.on_demand) && is_offered(pair.always_on));
    let crossings = pairs.map(|pair| crossing(&question, pair)).collect();
    let inputs = comparison
        .inputs
        .iter()
        .map(|input| ExplainedInput { place: place(project, id, unit, input), input: input.clone() });
    Explanation { inputs: inputs.collect(), targets, crossings, comparison }
}

fn crossing(question: &Question<'_>, pair: &Crossing) -> ExplainedCrossing {
    let both = |requests: Option<f64>, sizing| {
        let here = monthly_at(question, pair.on_demand, requests?, Sizing::Peak)?;
        Some((here, monthly_at(question, pair.always_on, requests?, sizing)?))
    };
    ExplainedCrossing {
        peak_sized: both(pair.peak_sized.requests(), Sizing::Peak),
        autoscaled: both(pair.autoscaled.requests(), Sizing::Autoscaled),
        pair: pair.clone(),
    }
}

/// Where an input is said: the line of its key where one can tell, else the file.
fn place(project: &Project, id: &str, unit: &Unit, input: &Assumption) -> Option<(Arc<str>, Option<usize>)> {
    let config = project.config();
    let in_config = |table: Option<&Table>| {
        let file: Arc<str> = project.config_file().into();
        let line = table.and_then(|table| line(project, &file, table, input.input));
        (file, line)
    };
    match input.origin {
        Origin::Config => Some(in_config(config.table(Kind::ExecutionUnit, id))),
        Origin::Defaults => Some(in_config(config.defaults(Kind::ExecutionUnit))),
        Origin::Annotation => unit.declared.iter().find_map(|fact| {
            let directives = &project.summary(&fact.path)?.facts.annotations.get(fact.annotation)?.directives;
            let line = line(project, &fact.path, directives, input.input)?;
            Some((Arc::clone(&fact.path), Some(line)))
        }),
        Origin::Usage | Origin::UsageType => Some((USAGE_FILE.into(), None)),
        Origin::Measured => Stated::of(project, id, unit).measurement_file().map(|file| (file.into(), None)),
        Origin::Model | Origin::Override => None,
    }
}

/// The line of a key in a table: in its workload, else among its parameters.
fn line(project: &Project, path: &str, table: &Table, key: &str) -> Option<usize> {
    let find = |table: &Table, name: &str| {
        table.entries.iter().find(|entry| entry.key == name).map(|entry| entry.key_at)
    };
    let tables =
        table.entries.iter().filter_map(|entry| Some((entry.key.as_str(), table.table(&entry.key)?)));
    let of_parameter = PARAMETERS.iter().filter(|(input, _)| *input == key).map(|(_, name)| *name);
    let names: Vec<_> = std::iter::once(key).chain(of_parameter).collect();
    let mut places = tables.flat_map(|(name, table)| {
        let names: &[&str] = if name == WORKLOAD { &names[..1] } else { &names[1..] };
        names.iter().filter_map(|name| find(table, name)).collect::<Vec<_>>()
    });
    let start = usize::try_from(places.next()?.start).ok()?;
    Some(project.lines(path)?.line_of(start) + 1)
}

/// Inputs that a parameter of a target may say, and what it is called there.
const PARAMETERS: &[(&str, &str)] = &[("memory_mb", "memorySize"), ("memory_mb", "memory")];
