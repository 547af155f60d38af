//! What a unit costs on a target: which quantities a month uses, and what each of them is priced at.
//!
//! A target's model turns traffic into lines. A line can be weighed (floating point, for scanning thousands of
//! volumes) or written out as a [`Component`] (decimal, with its formula and the prices behind it), so that what is
//! compared and what is shown can never drift apart.

pub mod aks;
pub mod always_on;
pub mod app_runner;
pub mod azure_functions;
pub mod bare;
pub mod cloud_functions;
pub mod cloud_run;
pub mod container_apps;
pub mod eks;
pub mod entry;
pub mod fargate;
pub mod free;
pub mod gke;
pub mod instance_time;
pub mod lambda;
mod nodes;
mod setting;
pub mod size;
mod sustained;

pub use setting::{EksPool, Entries, Entry, Extras, Latency, Load, Network, Setting, Sizing};
pub use size::TaskSize;

use rust_decimal::Decimal;

use crate::catalogue::{Missing, Price};
use crate::format;
use crate::schedule::{Part, Schedule};
use crate::traffic::HOURS_PER_MONTH;

/// One item of a monthly bill.
#[derive(Debug, Clone, PartialEq)]
pub struct Component {
    /// Stable name, such as `duration` or `load_balancer_hour`.
    pub name: &'static str,
    /// US dollars a month.
    pub monthly: Decimal,
    /// How it comes about, with numbers.
    pub formula: String,
    /// The slices of the quantity and the price of each.
    pub parts: Vec<Part>,
    /// What it is paid for, when that serves other units as well.
    pub shared: Option<Shared>,
}

/// Something that is paid once, however many units use it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Shared {
    /// A cluster and its control plane.
    Cluster,
    /// The load balancer of a gateway: its hours, not what passes through it.
    LoadBalancer,
    /// NAT gateways of the network: their hours.
    Nat,
}

/// A monthly bill.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Estimate {
    /// What is on it, in a fixed order per target.
    pub components: Vec<Component>,
    /// What could not be priced. While there is any, there is no total.
    pub missing: Vec<Missing>,
}

impl Estimate {
    /// US dollars a month; `None` when a price is missing, because a sum without it would look like the whole.
    pub fn monthly(&self) -> Option<Decimal> {
        self.missing.is_empty().then(|| self.known())
    }

    /// The sum of what could be priced, US dollars a month.
    pub fn known(&self) -> Decimal {
        self.components.iter().map(|component| component.monthly).sum()
    }

    /// The component with this name.
    pub fn component(&self, name: &str) -> Option<&Component> {
        self.components.iter().find(|component| component.name == name)
    }

    /// Every price that the bill rests on, each once.
    pub fn prices(&self) -> Vec<&'static Price> {
        let mut prices: Vec<&'static Price> = Vec::new();
        for part in self.components.iter().flat_map(|component| &component.parts) {
            if !prices.contains(&part.rate.price) {
                prices.push(part.rate.price);
            }
        }
        prices
    }
}

/// A quantity that a month uses, and what prices it.
pub(crate) struct Line<'rates> {
    pub(crate) name: &'static str,
    /// In the unit of the schedule's prices.
    pub(crate) quantity: f64,
    pub(crate) schedule: &'rates Result<Schedule, Missing>,
    /// Where the quantity comes from; left empty when only weights are wanted.
    pub(crate) how: String,
    pub(crate) shared: Option<Shared>,
}

impl<'rates> Line<'rates> {
    pub(crate) fn new(
        name: &'static str,
        quantity: f64,
        schedule: &'rates Result<Schedule, Missing>,
    ) -> Self {
        Self { name, quantity, schedule, how: String::new(), shared: None }
    }

    /// Says where the quantity comes from.
    pub(crate) fn how(self, how: String) -> Self {
        Self { how, ..self }
    }

    /// Says that others use it too.
    pub(crate) fn shared(self, shared: Shared) -> Self {
        Self { shared: Some(shared), ..self }
    }
}

/// The cost model of one target in one setting.
pub(crate) trait Model {
    /// The bill of a month as lines. `explain` asks for the texts that scans do without.
    fn lines(&self, load: &Load, sizing: Sizing, explain: bool) -> Vec<Line<'_>>;

    /// Instances of an always-on target.
    fn fleet(&self, _load: &Load) -> Option<always_on::Fleet> {
        None
    }

    /// What a request may have to wait for.
    fn latency(&self, load: &Load) -> Latency;

    /// Number and size of instances, in words.
    fn size(&self, _load: &Load) -> Option<String> {
        None
    }

    /// What the figures rest on beyond the workload and that nobody stated: name and value.
    fn assumptions(&self) -> Vec<(&'static str, String)> {
        Vec::new()
    }

    /// What a reader should know beside the figures.
    fn notes(&self) -> Vec<String> {
        Vec::new()
    }
}

/// The fee of a cluster for a month, divided by the units that share it.
pub(crate) fn cluster_fee<'rates>(
    name: &'static str,
    rate: &'rates Result<Schedule, Missing>,
    setting: &Setting,
    explain: bool,
) -> Line<'rates> {
    let units = setting.units_on_cluster.max(1);
    let how = if explain && units > 1 { format!("730 h / {units} units") } else { String::new() };
    Line::new(name, HOURS_PER_MONTH / f64::from(units), rate).how(how).shared(Shared::Cluster)
}

/// The bill, written out.
pub(crate) fn bill(model: &dyn Model, load: &Load, sizing: Sizing) -> Estimate {
    write_out(model.lines(load, sizing, true))
}

/// The total of the bill, without its texts; `None` when a price is missing.
pub(crate) fn total(model: &dyn Model, load: &Load, sizing: Sizing) -> Option<Decimal> {
    let cost = |line: &Line<'_>| line.schedule.as_ref().ok().map(|prices| prices.cost(line.quantity));
    model.lines(load, sizing, false).iter().map(cost).sum()
}

/// US dollars a month for comparisons; `None` when a price is missing.
pub(crate) fn weigh(model: &dyn Model, load: &Load, sizing: Sizing) -> Option<f64> {
    let weight = |line: &Line<'_>| line.schedule.as_ref().ok().map(|prices| prices.weigh(line.quantity));
    model.lines(load, sizing, false).iter().map(weight).sum()
}

pub(crate) fn write_out(lines: Vec<Line<'_>>) -> Estimate {
    let mut estimate = Estimate::default();
    for line in lines {
        match line.schedule {
            Ok(schedule) => estimate.components.push(component(&line, schedule)),
            Err(missing) if !estimate.missing.contains(missing) => estimate.missing.push(missing.clone()),
            Err(_) => {}
        }
    }
    estimate
}

fn component(line: &Line<'_>, schedule: &Schedule) -> Component {
    let parts = schedule.price(line.quantity);
    let slice = |part: &Part| {
        let quantity = rust_decimal::prelude::ToPrimitive::to_f64(&part.quantity).unwrap_or(0.0);
        format!("{} {} x ${}", format::quantity(quantity), part.rate.price.unit, part.rate.amount)
    };
    let priced: Vec<_> = parts.iter().map(slice).collect();
    let mut formula = priced.join(" + ");
    if !line.how.is_empty() {
        formula = format!("{} = {formula}", line.how);
    }
    Component {
        name: line.name,
        monthly: parts.iter().map(|part| part.cost).sum(),
        formula,
        parts,
        shared: line.shared,
    }
}
