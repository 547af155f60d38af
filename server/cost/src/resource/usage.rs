//! What a month uses of a resource: what people said, place by place, and what follows from the requests of the units
//! that use it.

use std::collections::BTreeMap;

use super::ResourceType;
use super::key::{Fallback, Fixed, UsageKey};
use crate::format::{count, plain};
use crate::value::Value;
use crate::workload::{Assumption, Checked, Input, Key, KeyError, Kind, Origin, check};

/// What one place says about the use of a resource.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ResourceWorkload {
    said: BTreeMap<&'static str, f64>,
}

impl ResourceWorkload {
    /// Stores a value under its key of `row`. An unknown key is an error that names no remedy, as for units.
    pub fn set(&mut self, row: &ResourceType, name: &str, value: &Value) -> Result<(), KeyError> {
        let Some(key) = row.usage_key(name) else {
            return Err(KeyError::Unknown { key: name.to_owned(), table: "workload" });
        };
        match check(&key.key, value)? {
            Checked::Number(number) => self.said.insert(key.key.name, number),
            Checked::Flag(flag) => self.said.insert(key.key.name, f64::from(u8::from(flag))),
            Checked::Text(_) | Checked::Shape(_) => None,
        };
        Ok(())
    }

    /// Does it say anything at all?
    pub fn is_empty(&self) -> bool {
        self.said.is_empty()
    }
}

/// The traffic of the units that use a resource.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Demand {
    /// Their requests a month, together.
    pub monthly_requests: f64,
    /// Bodies of one request in and out, KB; the mean over their requests.
    pub payload_kb: f64,
}

impl Demand {
    /// The traffic of units of which each has so many requests a month with bodies of so many KB.
    pub fn of(units: impl IntoIterator<Item = (f64, f64)>) -> Self {
        let (mut requests, mut kb) = (0.0, 0.0);
        for (monthly, payload) in units {
            requests += monthly;
            kb += monthly * payload;
        }
        let payload_kb = if requests > 0.0 { kb / requests } else { 0.0 };
        Self { monthly_requests: requests, payload_kb }
    }
}

/// The use of a resource with every gap filled, in the order of its keys.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ResourceUsage {
    inputs: Vec<(&'static UsageKey, Input<f64>)>,
}

impl ResourceUsage {
    /// The value of a key; `None` = nobody said it and nothing is assumed.
    pub fn get(&self, name: &str) -> Option<f64> {
        self.inputs.iter().find(|(key, _)| key.key.name == name).map(|(_, input)| input.value)
    }

    /// Every input with its value, unit and origin, but for facts that nobody contests. Those with the origin
    /// [`Origin::Model`] are assumed.
    pub fn inputs(&self) -> Vec<Assumption> {
        let shown = |(key, input): &(&'static UsageKey, Input<f64>)| Assumption {
            input: key.key.name,
            value: in_words(&key.key, input.value),
            unit: key.key.unit,
            origin: input.origin,
        };
        let is_fact = |key: &UsageKey| matches!(key.fallback, Fallback::Fact(_));
        let told = self.inputs.iter().filter(|(key, input)| !(is_fact(key) && input.is_assumed()));
        told.map(shown).collect()
    }
}

fn in_words(key: &Key, value: f64) -> String {
    match key.kind {
        Kind::Flag => (value != 0.0).to_string(),
        _ if value >= 1_000.0 => count(value),
        _ => plain(value),
    }
}

/// Layers what several places say, the most believed first, and derives what nobody said from the traffic of the units
/// that use the resource.
pub fn resolve_usage(
    row: &ResourceType,
    layers: &[(Origin, &ResourceWorkload)],
    demand: &Demand,
) -> ResourceUsage {
    resolve_with(row, layers, Some(demand))
}

/// The same; without a demand nothing is assumed beyond rules.
pub(crate) fn resolve_with(
    row: &ResourceType,
    layers: &[(Origin, &ResourceWorkload)],
    demand: Option<&Demand>,
) -> ResourceUsage {
    let said = |key: &UsageKey| {
        let mut values = layers.iter().filter_map(|&(origin, layer)| {
            layer.said.get(key.key.name).map(|&value| Input { value, origin })
        });
        values.next()
    };
    let assumed =
        |key: &UsageKey| derived(key.fallback, demand).map(|value| Input { value, origin: Origin::Model });
    let input = |key: &'static UsageKey| said(key).or_else(|| assumed(key)).map(|input| (key, input));
    ResourceUsage { inputs: row.usage.iter().filter_map(input).collect() }
}

fn derived(fallback: Fallback, demand: Option<&Demand>) -> Option<f64> {
    match (fallback, demand) {
        (Fallback::Fact(value) | Fallback::Usual(value), _) | (Fallback::Assumed(value), Some(_)) => {
            Some(value)
        }
        (Fallback::PerRequest(each), Some(demand)) => Some(each * demand.monthly_requests),
        (Fallback::PayloadKb, Some(demand)) => Some(demand.payload_kb),
        // GB of a million KB, as transfer is metered.
        (Fallback::PayloadGb, Some(demand)) => Some(demand.monthly_requests * demand.payload_kb / 1e6),
        (Fallback::Unsaid, _) | (_, None) => None,
    }
}

/// Parameters as a configuration says them. Those that do not bear on the price are passed over, as the compiler does.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Parameters {
    said: Vec<(String, Value)>,
    bare: bool,
}

impl Parameters {
    /// Parameters by name.
    pub fn of(said: impl IntoIterator<Item = (String, Value)>) -> Self {
        Self { said: said.into_iter().collect(), bare: false }
    }

    /// The same for a bare estimate, which takes no size that nobody stated.
    pub(crate) fn bare(said: Vec<(String, Value)>) -> Self {
        Self { said, bare: true }
    }

    /// The value of each parameter of `row`.
    pub(super) fn fill(&self, row: &ResourceType) -> Result<Settings, KeyError> {
        let mut settings = Settings::new();
        for parameter in row.parameters {
            let default = if self.bare { parameter.bare } else { parameter.default };
            let default = match default {
                Fixed::None | Fixed::Needed => None,
                Fixed::Number(number) => Some(Value::Number(number)),
                Fixed::Text(text) => Some(Value::Text(text.to_owned())),
                Fixed::Flag(flag) => Some(Value::Flag(flag)),
            };
            settings.extend(default.map(|value| (parameter.key.name, value)));
        }
        for (name, value) in &self.said {
            let Some(parameter) = row.parameter(name) else { continue };
            check(&parameter.key, value)?;
            settings.insert(parameter.key.name, value.clone());
        }
        Ok(settings)
    }
}

/// Parameters by the names of the table.
pub(super) type Settings = BTreeMap<&'static str, Value>;
