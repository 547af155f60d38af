//! What a whole application costs: its units where they run, what they share, and its resources.

use crate::region::{provider, region};
use crate::resources::{ResourceBill, resource_bills};
use crate::tradeoff::{Told, gateway_of, model_key, offered, whole_bill, why_impossible};
use klotho_cost::compare::estimate;
use klotho_cost::estimate::{Component, Estimate};
use klotho_cost::target::targets;
use klotho_cost::total::{Bill, Facility, SharedCost, Total, User};
use klotho_cost::{Comparison, Date, Family, Provider, Row, Target, Verdict, compare, format};
use klotho_graph::{Project, Reference, Unit};
use rust_decimal::Decimal;

/// A month of an application.
#[derive(Debug, Clone)]
pub struct ApplicationBill {
    /// Whose cloud it is.
    pub provider: Provider,
    /// The region that all prices are for.
    pub region: String,
    /// Whether nobody named the region.
    pub region_assumed: bool,
    /// The units, sorted by id.
    pub units: Vec<UnitBill>,
    /// What several units use and is paid once.
    pub shared: Vec<SharedCost>,
    /// The resources that are on the bill of no unit, sorted.
    pub resources: Vec<(Reference, ResourceBill)>,
    /// What can be priced of all that, US dollars a month.
    pub known: Decimal,
    /// All of it, US dollars a month; `None` = a price is missing.
    pub monthly: Option<Decimal>,
}

/// A month of one unit.
#[derive(Debug, Clone)]
pub struct UnitBill {
    /// Its id.
    pub id: String,
    /// Key of the target on which it runs: as the cost model calls it, else as it is written.
    pub target: String,
    /// Key of the target that the compiler will use instead, as long as its configuration does not name the other.
    pub obeyed: Option<String>,
    /// Whether the unit may run where it is wished, so that the configuration may name that.
    pub is_possible: bool,
    /// The gateway that it stands behind.
    pub gateway: Option<String>,
    /// Number and size of its instances, in words.
    pub size: Option<String>,
    /// All targets, each as if the unit's part of a cluster were all that it pays of it.
    pub comparison: Comparison,
    /// What it pays where it runs, without what it shares.
    pub estimate: Estimate,
    /// The sum of that, US dollars a month; `None` = a price is missing, or nothing is known of the target.
    pub monthly: Option<Decimal>,
    /// The other targets that can be chosen.
    pub alternatives: Vec<Alternative>,
}

/// Another target of a unit.
#[derive(Debug, Clone)]
pub struct Alternative {
    /// The target.
    pub target: &'static Target,
    /// What the unit would cost there while all others stay, without what it would share, US dollars a month; `None` = a
    /// price is missing.
    pub monthly: Option<Decimal>,
    /// May the unit run there?
    pub fits: Verdict,
}

impl ApplicationBill {
    /// One line on where the prices come from and how old they are; `None` = there is no unit.
    pub fn price_note(&self) -> Option<String> {
        let used = |unit: &&UnitBill| !unit.comparison.sources.is_empty();
        let unit = self.units.iter().find(used).or(self.units.first());
        unit.map(|unit| unit.comparison.price_note())
    }
}

impl UnitBill {
    /// Where it runs.
    pub fn now(&self) -> Option<&Row> {
        self.comparison.current()
    }

    /// The cheapest target on which it may run and that costs less.
    pub fn cheaper(&self) -> Option<&Alternative> {
        let now = self.monthly?;
        let open = self.alternatives.iter().filter(|other| other.fits.fits());
        open.filter(|other| other.monthly.is_some_and(|cost| cost < now)).min_by_key(|other| other.monthly)
    }
}

/// The sum of what all pay, what is shared counted once. They go by their place.
pub(crate) fn together<'a>(bills: impl Iterator<Item = (User<'a>, &'a Bill)>) -> Total {
    let mut total = Total::default();
    for (place, (user, bill)) in bills.enumerate() {
        total.add(place, bill.own, &bill.facilities(user));
    }
    total
}

/// What a unit pays where it runs, without a look at other places.
pub(crate) struct Now {
    pub(crate) target: &'static Target,
    /// With its part of what it shares.
    pub(crate) estimate: Estimate,
    /// With what it shares counted whole.
    pub(crate) whole: Bill,
    pub(crate) volume_known: bool,
}

/// What a unit pays where it runs; `None` = nothing is known of that target.
pub(crate) fn bill_now(project: &Project, id: &str, unit: &Unit, today: Date) -> Option<Now> {
    let key = model_key(&unit.target.name);
    let target = targets(provider(project)).find(|it| it.key == key && it.plan.is_empty())?;
    let told = Told::of(project, id, unit);
    let question = told.question(project, unit, today);
    Some(Now {
        target,
        estimate: estimate(&question, target),
        whole: Bill::of(&whole_bill(&question, target)),
        volume_known: told.workload.monthly_requests.is_some(),
    })
}

/// The sum of a month.
pub(crate) struct Month {
    /// What can be priced, US dollars; `None` = nothing can.
    pub(crate) known: Option<Decimal>,
    pub(crate) is_complete: bool,
    /// Whether it rests on traffic that nobody stated.
    pub(crate) assumed: bool,
}

/// What a project costs, without a look at other places.
pub(crate) fn month(project: &Project, today: Date) -> Month {
    let units = project.derived().units.iter().map(|(id, unit)| {
        let gateway = gateway_of(project, id).map(|(gateway, _)| gateway);
        let user = User { unit: id, gateway, target: model_key(&unit.target.name) };
        match bill_now(project, id, unit, today) {
            Some(now) => (user, now.whole, now.volume_known),
            None => (user, Bill::default(), true),
        }
    });
    let units: Vec<_> = units.collect();
    let resources = resource_bills(project);
    let resources = resources.iter().map(|(reference, resource)| {
        let user = User { unit: &reference.id, gateway: None, target: "" };
        (user, Bill::of(&resource.estimate), resource.volume_known)
    });
    let all: Vec<_> = units.into_iter().chain(resources).collect();
    let total = together(all.iter().map(|(user, bill, _)| (*user, bill)));
    let is_priced = all.iter().any(|(_, bill, _)| bill.is_complete || !bill.monthly().is_zero());
    Month {
        known: is_priced.then(|| total.monthly()),
        is_complete: all.iter().all(|(_, bill, _)| bill.is_complete),
        assumed: all.iter().any(|(_, _, volume_known)| !volume_known),
    }
}

/// A unit with what the cost model says of it.
struct Asked<'a> {
    id: &'a str,
    unit: &'a Unit,
    gateway: Option<&'a str>,
    comparison: Comparison,
    /// Where it runs, with what it shares counted whole; `None` = nothing is known of that target.
    now: Option<Estimate>,
    bill: Bill,
    /// The same on the other targets.
    others: Vec<(&'static Target, Estimate, Verdict)>,
    size: Option<String>,
    is_possible: bool,
}

impl<'a> Asked<'a> {
    fn of(project: &'a Project, id: &'a str, unit: &'a Unit, today: Date) -> Self {
        let told = Told::of(project, id, unit);
        let question = told.question(project, unit, today);
        let comparison = compare(&question);
        let now = comparison.current().map(|row| whole_bill(&question, row.target));
        let others = offered(&comparison).filter(|row| !row.current);
        let others = others.map(|row| (row.target, whole_bill(&question, row.target), row.fits.clone()));
        let memory = told.workload.memory_mb.value;
        Self {
            id,
            unit,
            gateway: gateway_of(project, id).map(|(gateway, _)| gateway),
            bill: now.as_ref().map(Bill::of).unwrap_or_default(),
            others: others.collect(),
            size: comparison.current().and_then(|row| size(row, memory)),
            now,
            is_possible: why_impossible(project, id, unit, &comparison).is_none(),
            comparison,
        }
    }

    fn user(&self) -> User<'_> {
        self.user_of(model_key(&self.unit.target.name))
    }

    fn user_of<'b>(&'b self, target: &'b str) -> User<'b> {
        User { unit: self.id, gateway: self.gateway, target }
    }

    fn told(self, place: usize, total: &Total) -> UnitBill {
        let others = self.others.iter().map(|(target, estimate, fits)| {
            let bill = Bill::of(estimate);
            let added = total.added(place, bill.own, &bill.facilities(self.user_of(target.key)));
            Alternative { target, monthly: bill.is_complete.then_some(added), fits: fits.clone() }
        });
        let alternatives = others.collect();
        let user = self.user();
        let is_own = |part: &Component| {
            part.shared.is_none_or(|what| total.is_alone(place, &(Facility::of(what, user), part.monthly)))
        };
        let is_known = self.now.is_some();
        let mut estimate = self.now.clone().unwrap_or_default();
        estimate.components.retain(is_own);
        UnitBill {
            id: self.id.to_owned(),
            target: model_key(&self.unit.target.name).to_owned(),
            obeyed: self.unit.target.obeyed.as_deref().map(|name| model_key(name).to_owned()),
            is_possible: self.is_possible,
            gateway: self.gateway.map(str::to_owned),
            size: self.size,
            monthly: estimate.monthly().filter(|_| is_known),
            estimate,
            comparison: self.comparison,
            alternatives,
        }
    }
}

/// Number and size of instances; the memory of a function, which has no other size.
fn size(row: &Row, memory_mb: f64) -> Option<String> {
    let is_function = row.target.family == Family::OnDemand;
    row.size.clone().or_else(|| is_function.then(|| format!("{} MB", format::plain(memory_mb))))
}

/// What a project costs.
pub(crate) fn application(project: &Project, today: Date) -> ApplicationBill {
    let units = project.derived().units.iter();
    let asked: Vec<_> = units.map(|(id, unit)| Asked::of(project, id, unit, today)).collect();
    let resources = resource_bills(project);
    let of_resources: Vec<_> = resources
        .iter()
        .map(|(reference, resource)| {
            let user = User { unit: &reference.id, gateway: None, target: "" };
            (user, Bill::of(&resource.estimate))
        })
        .collect();
    let units = asked.iter().map(|unit| (unit.user(), &unit.bill));
    let total = together(units.chain(of_resources.iter().map(|(user, bill)| (*user, bill))));
    let bills = asked.iter().map(|unit| &unit.bill).chain(of_resources.iter().map(|(_, bill)| bill));
    let is_complete = bills.into_iter().all(|bill| bill.is_complete);
    let shared = total.shared(|place| asked.get(place).map(|unit| unit.id));
    ApplicationBill {
        provider: provider(project),
        region: region(project).to_owned(),
        region_assumed: project.config().region().is_none(),
        shared,
        units: asked.into_iter().enumerate().map(|(place, unit)| unit.told(place, &total)).collect(),
        resources,
        known: total.monthly(),
        monthly: is_complete.then(|| total.monthly()),
    }
}
