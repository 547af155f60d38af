//! Budgets: what the application and its units may cost, held against what they do cost.
//!
//! What rests on stated traffic is a warning; what rests on an assumed one is said as information, since stating the traffic
//! may settle it.

use super::Assessed;
use crate::markdown::code as quoted;
use crate::resources::{ResourceBill, resource_bills};
use crate::workload::{REQUIRES, Stated};
use klotho_annotation::Table;
use klotho_annotation::finding::{Code, Finding};
use klotho_cost::format::{count, dollars, money};
use klotho_cost::total::{Bill, Total};
use klotho_graph::{Advice, Advised, Anchor, FactRef, GraphFinding, Kind, Project};
use klotho_text::Place;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

/// The key of what the whole application may cost.
pub(super) const MONTHLY: &str = "monthly_usd";

/// The key of what each unit may cost.
pub(super) const PER_UNIT: &str = "per_unit_usd";

/// The requirement of one unit.
const OF_UNIT: &str = "max_monthly_usd";

/// A message names no more units than this.
const NAMED: usize = 4;

/// All findings on budgets.
pub(super) fn findings(project: &Project, units: &[Assessed<'_>], advice: &mut Advice) {
    if let Some((limit, at)) = project.config().budget(MONTHLY) {
        advice.config.extend(of_application(project, units, limit, at));
    }
    if let Some((limit, at)) = project.config().budget(PER_UNIT) {
        advice.config.extend(of_units(units, limit, at));
    }
    for unit in units {
        of_requirement(project, unit, advice);
    }
}

/// What an application of these units and resources pays.
fn total<'a>(
    units: impl Iterator<Item = &'a Assessed<'a>>,
    resources: impl Iterator<Item = &'a ResourceBill>,
) -> f64 {
    let mut total = Total::default();
    for unit in units {
        total.add(&unit.assessment.bill, unit.gateway);
    }
    for resource in resources {
        total.add(&Bill::of(&resource.estimate), None);
    }
    usd(total.monthly())
}

fn of_application(project: &Project, units: &[Assessed<'_>], limit: f64, at: Place) -> Option<Advised> {
    let resources: Vec<_> = resource_bills(project).into_iter().map(|(_, bill)| bill).collect();
    let stated = total(
        units.iter().filter(|unit| unit.assessment.volume_known),
        resources.iter().filter(|resource| resource.volume_known),
    );
    let all = total(units.iter(), resources.iter());
    let unpriced: Vec<_> = units.iter().filter(|unit| unit.assessment.monthly.is_none()).collect();
    let (code, variant, sum) = match () {
        () if stated > limit => (Code::BudgetExceeded, "application", stated),
        () if all > limit => (Code::BudgetAtRisk, "application", all),
        () if !unpriced.is_empty() => (Code::BudgetAtRisk, "unpriced", all),
        () => return None,
    };
    let finding = Finding::new(code, variant, at).with("sum", dollars(sum)).with("limit", dollars(limit));
    let mut about: Vec<_> = match (code, variant) {
        (_, "unpriced") => unpriced,
        (Code::BudgetExceeded, _) => units.iter().filter(|unit| unit.assessment.volume_known).collect(),
        _ => units.iter().collect(),
    };
    about.sort_by_key(|unit| std::cmp::Reverse(unit.assessment.bill.monthly()));
    Some(advised(finding, &about))
}

fn of_units(units: &[Assessed<'_>], limit: f64, at: Place) -> Vec<Advised> {
    let over = |unit: &&Assessed<'_>| unit.assessment.monthly.is_some_and(|cost| usd(cost) > limit);
    let finding = |code, volume_known: bool| {
        let units = units.iter().filter(|unit| unit.assessment.volume_known == volume_known);
        let mut units: Vec<_> = units.filter(over).collect();
        units.sort_by_key(|unit| std::cmp::Reverse(unit.assessment.monthly));
        let finding = Finding::new(code, "unit", at).with("limit", dollars(limit));
        (!units.is_empty()).then(|| advised(finding, &units))
    };
    [(Code::BudgetExceeded, true), (Code::BudgetAtRisk, false)]
        .into_iter()
        .filter_map(|(code, volume_known)| finding(code, volume_known))
        .collect()
}

/// Names the units that a finding is about, and points at them.
fn advised(finding: Finding, units: &[&Assessed<'_>]) -> Advised {
    let cost = |unit: &Assessed<'_>| unit.assessment.monthly.map_or("not priced".to_owned(), money);
    let named = units.iter().take(NAMED).map(|unit| format!("{} ({})", quoted(unit.id), cost(unit)));
    let mut named: Vec<_> = named.collect();
    if let Some(more) = units.len().checked_sub(NAMED).filter(|more| *more > 0) {
        named.push(format!("{more} more"));
    }
    let related = units.iter().take(NAMED).filter_map(|unit| {
        let fact = unit.unit.declared.first()?;
        let said = match unit.assessment.monthly {
            Some(amount) => format!("{} costs {} a month", unit.id, money(amount)),
            None => format!("A price of {} is missing", unit.id),
        };
        Some((fact.clone(), said))
    });
    Advised { related: related.collect(), finding: finding.with("units", named.join(", ")) }
}

/// A unit's own limit. While another target would meet it, `target-infeasible` says so where the target is stated.
fn of_requirement(project: &Project, unit: &Assessed<'_>, advice: &mut Advice) {
    let limit = Stated::of(project, unit.id, unit.unit).requirements().max_monthly_usd;
    let (Some(limit), Some(cost)) = (limit, unit.assessment.monthly) else { return };
    let volume = count(unit.assessment.requests);
    let finding = |code| {
        let finding = GraphFinding::new(code, "requirement", Anchor::Annotation(0));
        finding.with("unit", unit.id).with("limit", dollars(limit)).with("volume", &volume)
    };
    let found = if unit.assessment.volume_known {
        let cheapest = unit.assessment.cheapest.filter(|place| usd(place.monthly) > limit);
        cheapest.map(|place| {
            finding(Code::BudgetExceeded).with("target", place.name).with("cost", money(place.monthly))
        })
    } else {
        (usd(cost) > limit).then(|| finding(Code::BudgetAtRisk).with("cost", money(cost)))
    };
    let (Some(finding), Some(place)) = (found, stated_at(project, unit)) else { return };
    match place {
        Stating::Annotation(fact, index) => {
            let anchor = Anchor::SettingValue { annotation: fact.annotation, table: REQUIRES, index };
            advice.sources.entry(fact.path.clone()).or_default().push(GraphFinding { anchor, ..finding });
        }
        Stating::Config(at) => {
            let GraphFinding { code, variant, parameters, .. } = finding;
            advice.config.push(Finding { code, variant, at, parameters }.into());
        }
    }
}

/// Where a requirement is stated.
enum Stating<'a> {
    /// In an annotation, as the entry with this index of its table.
    Annotation(&'a FactRef, usize),
    /// In the configuration.
    Config(Place),
}

fn stated_at<'a>(project: &Project, unit: &Assessed<'a>) -> Option<Stating<'a>> {
    let config = project.config();
    let entry = |table: &Table| {
        let entries = &table.table(REQUIRES)?.entries;
        let index = entries.iter().position(|entry| entry.key == OF_UNIT)?;
        Some((index, entries.get(index)?.value.at))
    };
    let in_config = |table: Option<&Table>| Some(Stating::Config(entry(table?)?.1));
    let in_annotation = || {
        unit.unit.declared.iter().find_map(|fact| {
            let summary = project.summary(&fact.path)?;
            let directives = &summary.facts.annotations.get(fact.annotation)?.directives;
            Some(Stating::Annotation(fact, entry(directives)?.0))
        })
    };
    in_config(config.table(Kind::ExecutionUnit, unit.id))
        .or_else(in_annotation)
        .or_else(|| in_config(config.defaults(Kind::ExecutionUnit)))
}

fn usd(amount: Decimal) -> f64 {
    amount.to_f64().unwrap_or(f64::INFINITY)
}
