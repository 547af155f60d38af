//! Budgets: what the application and its units may cost, held against what they do cost.
//!
//! What rests on stated traffic is a warning; what rests on an assumed one is said as information, since stating the traffic
//! may settle it.

use super::Assessed;
use crate::bill::together;
use crate::markdown::code as quoted;
use crate::resources::resource_bills;
use crate::tradeoff::{model, model_key};
use crate::workload::{REQUIRES, Stated};
use klotho_annotation::Table;
use klotho_annotation::finding::{Code, Finding};
use klotho_cost::format::{count, dollars, money};
use klotho_cost::total::{Bill, User};
use klotho_graph::{Advice, Advised, Anchor, FactRef, GraphFinding, Kind, Project};
use klotho_text::Place;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// The key of what the whole application may cost.
pub(super) const MONTHLY: &str = "monthly_usd";

/// The key of what each unit may cost.
pub(super) const PER_UNIT: &str = "per_unit_usd";

/// The requirement of one unit.
const OF_UNIT: &str = "max_monthly_usd";

/// A message names no more than this.
const NAMED: usize = 4;

/// Something that is paid for, and where it is declared.
struct Item<'a> {
    id: Cow<'a, str>,
    /// With what it shares counted whole.
    bill: Cow<'a, Bill>,
    /// What it adds to what all others pay, as `cost` tells it, US dollars a month; as far as it is known.
    monthly: Decimal,
    /// Is the traffic that it is for stated?
    is_stated: bool,
    /// The gateway that it stands behind.
    gateway: Option<&'a str>,
    /// Key of the target on which it runs.
    target: &'a str,
    declared: Option<&'a FactRef>,
}

/// All findings on budgets.
pub(super) fn findings(project: &Project, units: &[Assessed<'_>], advice: &mut Advice) {
    let items: Vec<_> = units.iter().map(Item::of_unit).collect();
    if let Some((limit, at)) = project.config().budget(PER_UNIT) {
        advice.config.extend(of_units(&items, limit, at));
    }
    if let Some((limit, at)) = project.config().budget(MONTHLY) {
        // All that an application pays: units, and what they use.
        let all: Vec<_> = items.into_iter().chain(resources(project)).collect();
        advice.config.extend(of_application(&all, limit, at));
    }
    for unit in units {
        of_requirement(project, unit, advice);
    }
}

/// What units use, as far as it is on the bill of none of them.
fn resources(project: &Project) -> impl Iterator<Item = Item<'_>> {
    let declared: BTreeMap<_, _> =
        project.derived().resources.iter().map(|(fact, reference)| (reference, fact)).collect();
    resource_bills(project).into_iter().map(move |(reference, bill)| Item {
        declared: declared.get(&reference).copied(),
        id: Cow::Owned(reference.id),
        bill: Cow::Owned(Bill::of(&bill.estimate)),
        monthly: bill.estimate.known(),
        is_stated: bill.volume_known,
        gateway: None,
        target: "",
    })
}

impl<'a> Item<'a> {
    fn of_unit(unit: &'a Assessed<'a>) -> Self {
        Self {
            id: Cow::Borrowed(unit.id),
            bill: Cow::Borrowed(&unit.assessment.bill),
            monthly: unit.monthly,
            is_stated: unit.assessment.volume_known,
            gateway: unit.gateway,
            target: model_key(&unit.unit.target.name),
            declared: unit.unit.declared.first(),
        }
    }

    /// Why it cannot be said what it costs.
    fn why_unpriced(&self) -> &'static str {
        let is_unknown = !self.target.is_empty() && model(self.target).is_none();
        if is_unknown { "nothing is known of its target" } else { "a price is missing" }
    }

    /// US dollars a month in words, if every price is known.
    fn cost(&self) -> Option<String> {
        self.bill.is_complete.then(|| money(self.monthly))
    }
}

fn total<'a>(items: impl Iterator<Item = &'a Item<'a>>) -> f64 {
    let users =
        items.map(|item| (User { unit: &item.id, gateway: item.gateway, target: item.target }, &*item.bill));
    usd(together(users).monthly())
}

fn of_application(items: &[Item<'_>], limit: f64, at: Place) -> Option<Advised> {
    let stated = || items.iter().filter(|item| item.is_stated);
    let unpriced: Vec<_> = items.iter().filter(|item| !item.bill.is_complete).collect();
    let (certain, all) = (total(stated()), total(items.iter()));
    let (code, variant, sum, about) = match () {
        () if certain > limit => (Code::BudgetExceeded, "application", certain, stated().collect()),
        () if all > limit => (Code::BudgetAtRisk, "application", all, items.iter().collect()),
        () if !unpriced.is_empty() => (Code::BudgetAtRisk, "unpriced", all, unpriced),
        () => return None,
    };
    let finding = Finding::new(code, variant, at).with("sum", dollars(sum)).with("limit", dollars(limit));
    Some(advised(finding, about))
}

fn of_units(units: &[Item<'_>], limit: f64, at: Place) -> Vec<Advised> {
    let over = |unit: &&Item<'_>| unit.bill.is_complete && usd(unit.monthly) > limit;
    let finding = |(code, is_stated): (Code, bool)| {
        let units: Vec<_> = units.iter().filter(|unit| unit.is_stated == is_stated).filter(over).collect();
        let finding = Finding::new(code, "unit", at).with("limit", dollars(limit));
        (!units.is_empty()).then(|| advised(finding, units))
    };
    [(Code::BudgetExceeded, true), (Code::BudgetAtRisk, false)].into_iter().filter_map(finding).collect()
}

/// Names what a finding is about, what costs most first, and points at it.
fn advised(finding: Finding, mut items: Vec<&Item<'_>>) -> Advised {
    items.sort_by_key(|item| std::cmp::Reverse(item.monthly));
    let cost = |item: &Item<'_>| item.cost().unwrap_or_else(|| item.why_unpriced().to_owned());
    let mut named: Vec<_> =
        items.iter().take(NAMED).map(|item| format!("{} ({})", quoted(&item.id), cost(item))).collect();
    if items.len() > NAMED {
        named.push(format!("{} more", items.len() - NAMED));
    }
    let related = items.iter().take(NAMED).filter_map(|item| {
        let said = match item.cost() {
            Some(cost) => format!("{} costs {cost} a month", item.id),
            None => format!("{}: {}", item.id, item.why_unpriced()),
        };
        Some((item.declared?.clone(), said))
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
