//! The cost of a project as plain data: what is printed as JSON, read back to compare with, and shown by all formats.

use super::difference::Difference;
use super::exceeded;
use super::usd::{Usd, number, number_or_none};
use klotho_cost::catalogue::catalogue;
use klotho_cost::estimate::{Entry, Estimate};
use klotho_cost::workload::Assumption;
use klotho_cost::{Comparison, Origin, Provider, Verdict};
use klotho_graph::Reference;
use klotho_ide::{ApplicationBill, ResourceBill, SharedCost, Snapshot, UnitBill, format};
use serde::{Deserialize, Serialize};

/// It grows when a field changes its meaning or goes.
pub(super) const VERSION: u32 = 1;

/// `docs/cost-json.md` says what each field is.
#[derive(Serialize, Deserialize)]
pub(crate) struct Document {
    pub(super) version: u32,
    pub(super) provider: String,
    pub(super) region: String,
    pub(super) region_assumed: bool,
    pub(super) currency: String,
    pub(super) catalogue: Prices,
    pub(super) total: Total,
    pub(super) units: Vec<Unit>,
    pub(super) shared: Vec<Shared>,
    pub(super) resources: Vec<Resource>,
    pub(super) budgets_exceeded: Vec<String>,
    pub(super) unmatched_usage: Vec<String>,
    #[serde(skip_deserializing)]
    pub(super) comparison: Option<Difference>,
}

#[derive(Serialize, Deserialize, PartialEq)]
pub(super) struct Prices {
    pub(super) date: String,
    pub(super) imported: Option<String>,
}

#[derive(Serialize, Deserialize)]
pub(super) struct Total {
    pub(super) monthly: Option<Usd>,
    pub(super) known: Usd,
    pub(super) missing: Vec<String>,
}

#[derive(Serialize, Deserialize)]
pub(super) struct Unit {
    pub(super) id: String,
    pub(super) target: String,
    pub(super) plan: String,
    pub(super) name: String,
    #[serde(default)]
    pub(super) obeyed: Option<String>,
    /// Whether the configuration may name the target.
    #[serde(skip)]
    is_possible: bool,
    pub(super) entry: Option<String>,
    pub(super) gateway: Option<String>,
    pub(super) size: Option<String>,
    #[serde(serialize_with = "number")]
    pub(super) requests: f64,
    pub(super) requests_assumed: bool,
    pub(super) monthly: Option<Usd>,
    pub(super) components: Vec<Component>,
    #[serde(serialize_with = "number_or_none")]
    pub(super) cold_share: Option<f64>,
    #[serde(serialize_with = "number_or_none")]
    pub(super) p99_ms: Option<f64>,
    pub(super) inputs: Vec<Input>,
    pub(super) missing: Vec<String>,
    pub(super) alternatives: Vec<Alternative>,
    pub(super) verdict: String,
}

#[derive(Serialize, Deserialize)]
pub(super) struct Component {
    pub(super) name: String,
    pub(super) monthly: Usd,
    pub(super) formula: String,
}

#[derive(Serialize, Deserialize)]
pub(super) struct Input {
    pub(super) name: String,
    pub(super) value: String,
    pub(super) unit: String,
    pub(super) origin: String,
}

#[derive(Serialize, Deserialize)]
pub(super) struct Alternative {
    pub(super) target: String,
    pub(super) plan: String,
    pub(super) name: String,
    pub(super) monthly: Option<Usd>,
    pub(super) fits: String,
    pub(super) reasons: Vec<String>,
}

#[derive(Serialize, Deserialize)]
pub(super) struct Shared {
    pub(super) what: String,
    pub(super) of: String,
    pub(super) name: String,
    pub(super) monthly: Usd,
    pub(super) units: Vec<String>,
}

#[derive(Serialize, Deserialize)]
pub(super) struct Resource {
    pub(super) kind: String,
    pub(super) id: String,
    #[serde(rename = "type")]
    pub(super) type_name: String,
    pub(super) name: String,
    pub(super) monthly: Option<Usd>,
    pub(super) components: Vec<Component>,
    pub(super) inputs: Vec<Input>,
    pub(super) missing: Vec<String>,
}

impl Unit {
    /// That the compiler will use another target than the one that all figures are for, and the way out.
    fn unheeded(&self, dir: &str) -> Option<String> {
        let obeyed = self.obeyed.as_deref()?;
        let other = self.alternatives.iter().find(|other| other.target == obeyed && other.plan.is_empty());
        let name = other.map_or(obeyed, |other| &other.name);
        let cost = other.and_then(|other| other.monthly);
        let cost = cost.map_or_else(String::new, |cost| format!(", {cost} a month"));
        let Self { id, target, name: wished, .. } = self;
        Some(if self.is_possible {
            format!(
                "{id}: the compiler will use {name}{cost}, until the configuration says {wished}, which `klotho-ls switch {id} \
                 {target}{dir}` writes there"
            )
        } else {
            format!(
                "{id}: the compiler will use {name}{cost}; why not {wished} is among the findings of klotho-ls check{dir}"
            )
        })
    }
}

/// What `origin` says of an input that nobody stated.
pub(super) const ASSUMED: &str = "assumed";

impl Input {
    pub(super) fn is_assumed(&self) -> bool {
        self.origin == ASSUMED
    }
}

impl Resource {
    /// As the graph calls it: `persist_kv:playlist-store`.
    pub(super) fn reference(&self) -> String {
        format!("{}:{}", self.kind, self.id)
    }

    /// Whether its amount rests on a use that nobody stated.
    pub(super) fn is_assumed(&self) -> bool {
        self.inputs.iter().any(Input::is_assumed)
    }
}

impl Document {
    /// A sentence for each unit that is not going to run where all figures have it; commands in it end with `dir`.
    pub(super) fn unheeded(&self, dir: &str) -> impl Iterator<Item = String> {
        self.units.iter().filter_map(move |unit| unit.unheeded(dir))
    }

    /// Whether some row is marked as one that rests on what is assumed.
    pub(super) fn has_assumed(&self) -> bool {
        self.units.iter().any(|unit| unit.requests_assumed) || self.resources.iter().any(Resource::is_assumed)
    }

    /// What the project at `root` costs.
    pub(super) fn read(snapshot: &Snapshot, root: &str) -> Option<Self> {
        Some(Self::of(&snapshot.bill(root)?, snapshot.unmatched_usage(root), exceeded(snapshot, root)))
    }

    pub(super) fn of(
        bill: &ApplicationBill,
        unmatched_usage: Vec<String>,
        budgets_exceeded: Vec<String>,
    ) -> Self {
        let units: Vec<_> = bill.units.iter().map(|it| unit(it, bill.provider)).collect();
        let resources: Vec<_> = bill.resources.iter().map(resource).collect();
        let of_unit =
            |unit: &Unit| unit.missing.iter().map(|why| format!("{}: {why}", unit.id)).collect::<Vec<_>>();
        let of_resource = |it: &Resource| {
            it.missing.iter().map(|why| format!("{}: {why}", it.reference())).collect::<Vec<_>>()
        };
        let missing = units.iter().flat_map(of_unit).chain(resources.iter().flat_map(of_resource)).collect();
        let imported = catalogue().prices().iter().filter_map(|price| price.imported).max();
        Self {
            version: VERSION,
            provider: bill.provider.name().to_owned(),
            region: bill.region.clone(),
            region_assumed: bill.region_assumed,
            currency: "USD".to_owned(),
            catalogue: Prices {
                date: catalogue().generated.to_owned(),
                imported: imported.map(str::to_owned),
            },
            total: Total { monthly: bill.monthly.map(Usd::of), known: Usd::of(bill.known), missing },
            units,
            shared: bill.shared.iter().map(shared).collect(),
            resources,
            budgets_exceeded,
            unmatched_usage,
            comparison: None,
        }
    }
}

fn unit(bill: &UnitBill, provider: Provider) -> Unit {
    let now = bill.now();
    let latency = now.and_then(|row| row.latency.as_ref());
    let mut missing = missing(&bill.estimate);
    if now.is_none() {
        missing.push(format!("nothing is known of a target {} on {}", bill.target, provider.name()));
    }
    Unit {
        id: bill.id.clone(),
        target: bill.target.clone(),
        plan: now.map_or("", |row| row.target.plan).to_owned(),
        name: now.map_or(bill.target.as_str(), |row| row.target.name).to_owned(),
        obeyed: bill.obeyed.clone(),
        is_possible: bill.is_possible,
        entry: now.and_then(|row| entry(row.entry)).map(str::to_owned),
        gateway: bill.gateway.clone(),
        size: bill.size.clone(),
        requests: bill.comparison.requests,
        requests_assumed: !bill.comparison.volume_known,
        monthly: bill.monthly.map(Usd::of),
        components: components(&bill.estimate),
        cold_share: latency.map(|latency| format::significant(latency.cold_share(), 3)),
        p99_ms: latency.map(|latency| format::significant(latency.p99_ms(), 4)),
        inputs: bill.comparison.inputs.iter().map(input).collect(),
        missing,
        alternatives: bill.alternatives.iter().map(alternative).collect(),
        verdict: verdict(&bill.comparison),
    }
}

/// What stands in front, if anything does.
pub(super) fn entry(entry: Entry) -> Option<&'static str> {
    (entry != Entry::None).then(|| entry.name())
}

/// The sentences of a comparison, and why it cannot be told whether the unit meets what it requires where it runs.
fn verdict(comparison: &Comparison) -> String {
    let open = comparison.current().and_then(|row| Some((row.target.name, row.fits.why_open()?)));
    let open =
        open.map(|(name, why)| format!(" Whether it meets on {name} what it requires is not known: {why}."));
    comparison.verdict.clone() + &open.unwrap_or_default()
}

/// Whether a target fits, for machines.
pub(super) fn fits(verdict: &Verdict) -> &'static str {
    match verdict {
        Verdict::Fits => "yes",
        Verdict::DoesNotFit(_) => "no",
        Verdict::Unknown(_) => "unknown",
    }
}

fn alternative(other: &klotho_ide::Alternative) -> Alternative {
    Alternative {
        target: other.target.key.to_owned(),
        plan: other.target.plan.to_owned(),
        name: other.target.name.to_owned(),
        monthly: other.monthly.map(Usd::of),
        fits: fits(&other.fits).to_owned(),
        reasons: other.fits.reasons().to_vec(),
    }
}

fn shared(cost: &SharedCost) -> Shared {
    Shared {
        what: cost.facility.key().to_owned(),
        of: cost.facility.of.clone(),
        name: cost.facility.text(),
        monthly: Usd::of(cost.monthly),
        units: cost.units.clone(),
    }
}

fn resource((reference, bill): &(Reference, ResourceBill)) -> Resource {
    Resource {
        kind: reference.kind.spec().name.to_owned(),
        id: reference.id.clone(),
        type_name: bill.row.name.to_owned(),
        name: bill.row.title.to_owned(),
        monthly: bill.estimate.monthly().map(Usd::of),
        components: components(&bill.estimate),
        inputs: bill.usage.inputs().iter().map(input).collect(),
        missing: missing(&bill.estimate),
    }
}

fn components(estimate: &Estimate) -> Vec<Component> {
    let component = |part: &klotho_cost::estimate::Component| Component {
        name: part.name.to_owned(),
        monthly: Usd::of(part.monthly),
        formula: part.formula.clone(),
    };
    estimate.components.iter().map(component).collect()
}

fn missing(estimate: &Estimate) -> Vec<String> {
    estimate.missing.iter().map(ToString::to_string).collect()
}

fn input(input: &Assumption) -> Input {
    Input {
        name: input.input.to_owned(),
        value: input.value.clone(),
        unit: input.unit.to_owned(),
        origin: origin(input.origin).to_owned(),
    }
}

/// Who said an input, for machines.
pub(super) fn origin(origin: Origin) -> &'static str {
    match origin {
        Origin::Config => "config",
        Origin::Annotation => "annotation",
        Origin::Usage => "usage",
        Origin::Defaults => "defaults",
        Origin::UsageType => "usage_type",
        Origin::Measured => "measured",
        Origin::Model => ASSUMED,
        Origin::Override => "override",
    }
}
