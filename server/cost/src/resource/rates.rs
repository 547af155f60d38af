//! The rates of a resource in one line.

use rust_decimal::Decimal;
use rust_decimal::prelude::FromPrimitive;

use super::usage::{Parameters, ResourceUsage};
use super::{Given, ResourceType, edge};
use crate::schedule::Schedule;
use crate::target::Provider;
use crate::value::Value;

/// A rate that is worth naming.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Tag {
    /// Its price. `{name}` stands for a parameter.
    id: &'static str,
    /// How many units are named together.
    times: f64,
    /// What they are called. `{name}` stands for a parameter.
    per: &'static str,
}

pub(super) const fn tag(id: &'static str, times: f64, per: &'static str) -> Tag {
    Tag { id, times, per }
}

/// The rates of a resource, such as `$0.125 per million reads, $0.625 per million writes, $0.25 per GB-month`. With
/// tiers, those of the first. A rate that is missing is said to be; where there is no cost model, that is the text.
pub fn rate_summary(row: &ResourceType, provider: Provider, region: &str, parameters: &Parameters) -> String {
    if let Err(why) = super::charges_of(row, provider) {
        return why;
    }
    let settings = match parameters.fill(row) {
        Ok(settings) => settings,
        Err(error) => return error.to_string(),
    };
    let usage = ResourceUsage::default();
    let given = Given { region, usage: &usage, settings: &settings };
    let texts: Vec<_> = row.tags.iter().map(|tag| tag.text(&given)).collect();
    texts.join(", ")
}

impl Tag {
    fn text(&self, given: &Given<'_>) -> String {
        let (id, per) = (filled(self.id, given), filled(self.per, given));
        // The only prices that belong to a zone instead of a region.
        let (id, place) = match id.starts_with("aws.cloudfront.") {
            true => (in_zone(id, edge::zone(given)), edge::zone(given)),
            false => (id, given.region),
        };
        let rate = Schedule::of(&id, place).map(|schedule| schedule.first());
        match rate {
            Ok(Some(rate)) => {
                let times = Decimal::from_f64(self.times).unwrap_or_default();
                format!("${} per {per}", shown(rate.amount * times))
            }
            Ok(None) => format!("no price for {id} in {place}"),
            Err(missing) => missing.to_string(),
        }
    }
}

fn in_zone(id: String, zone: &str) -> String {
    if id.ends_with(".egress") { format!("{id}.{zone}") } else { id }
}

/// At least cents, and every digit below them that there is.
fn shown(amount: Decimal) -> Decimal {
    let mut amount = amount.normalize();
    if amount.scale() == 1 {
        amount.rescale(2);
    }
    amount
}

fn filled(text: &str, given: &Given<'_>) -> String {
    let mut text = text.to_owned();
    for (name, value) in given.settings {
        if let Value::Text(value) = value {
            text = text.replace(&format!("{{{name}}}"), &value.to_lowercase());
        }
    }
    text
}
