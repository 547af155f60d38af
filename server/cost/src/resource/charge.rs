//! What a month of a resource is charged for, and how that becomes a bill.

use rust_decimal::prelude::ToPrimitive;

use super::usage::{ResourceUsage, Settings};
use crate::catalogue::{Missing, catalogue};
use crate::estimate::{self, Estimate, Line, Shared};
use crate::format::quantity;
use crate::schedule::Schedule;
use crate::value::Value;

/// What a cost function is given.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Given<'a> {
    pub(super) region: &'a str,
    pub(super) usage: &'a ResourceUsage,
    pub(super) settings: &'a Settings,
}

impl Given<'_> {
    /// A usage that somebody said or that is assumed.
    pub(super) fn said(&self, name: &str) -> Option<f64> {
        self.usage.get(name)
    }

    /// A usage; nothing where there is none.
    pub(super) fn used(&self, name: &str) -> f64 {
        self.said(name).unwrap_or(0.0)
    }

    /// A parameter that is a number.
    pub(super) fn number(&self, name: &str) -> Option<f64> {
        match self.settings.get(name) {
            Some(Value::Number(number)) => Some(*number),
            _ => None,
        }
    }

    /// A parameter that is a text, in small letters: ids of prices have no others.
    pub(super) fn text(&self, name: &str) -> String {
        match self.settings.get(name) {
            Some(Value::Text(text)) => text.to_lowercase(),
            _ => String::new(),
        }
    }

    /// A parameter that is true or false.
    pub(super) fn flag(&self, name: &str) -> bool {
        self.settings.get(name) == Some(&Value::Flag(true))
    }

    /// Charges for what is used at all: component, usage key and price of each.
    pub(super) fn extras(&self, rows: &[(&'static str, &str, &str)]) -> Vec<Charge> {
        let used = |&(name, key, id): &(&'static str, &str, &str)| {
            let quantity = self.used(key);
            (quantity > 0.0).then(|| Charge::new(name, quantity, id))
        };
        rows.iter().filter_map(used).collect()
    }
}

/// A quantity and the price that it is charged at.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Charge {
    name: &'static str,
    quantity: f64,
    id: String,
    /// Where the price is looked up; `None` = the region of the resource.
    zone: Option<&'static str>,
    how: String,
    shared: Option<Shared>,
    free: Option<Free>,
}

/// An allowance of the account that counts against a charge.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Free {
    service: &'static str,
    what: &'static str,
    /// Is it a part of the price, as the first invalidations of CloudFront are, and not of the free tier?
    always: bool,
}

impl Charge {
    pub(super) fn new(name: &'static str, quantity: f64, id: impl Into<String>) -> Self {
        let id = id.into();
        Self { name, quantity, id, zone: None, how: String::new(), shared: None, free: None }
    }

    /// Says where the quantity comes from.
    pub(super) fn how(self, how: String) -> Self {
        Self { how, ..self }
    }

    /// Looks the price up where providers put it when it does not belong to a region.
    pub(super) fn zone(self, zone: &'static str) -> Self {
        Self { zone: Some(zone), ..self }
    }

    pub(super) fn shared(self, shared: Shared) -> Self {
        Self { shared: Some(shared), ..self }
    }

    /// Names the allowance of the account.
    pub(super) fn free(self, service: &'static str, what: &'static str) -> Self {
        Self { free: Some(Free { service, what, always: false }), ..self }
    }

    /// Names what the price itself leaves free, with or without a free tier.
    pub(super) fn free_always(self, service: &'static str, what: &'static str) -> Self {
        Self { free: Some(Free { service, what, always: true }), ..self }
    }

    /// Subtracts the allowance where it counts.
    fn less(mut self, free_tier: bool) -> Self {
        let Some(free) = self.free.filter(|free| free.always || free_tier) else { return self };
        let known = catalogue().free("aws", free.service, free.what).and_then(|amount| amount.to_f64());
        if let Some(amount) = known.filter(|_| self.quantity > 0.0) {
            let before = if self.how.is_empty() { quantity(self.quantity) } else { self.how };
            self.how = format!("{before}, less {} free", quantity(amount));
            self.quantity = (self.quantity - amount).max(0.0);
        }
        self
    }

    /// Prices up to the quantity; a list that ends below it has none for the rest.
    fn schedule(&self, region: &str) -> Result<Schedule, Missing> {
        let region = self.zone.unwrap_or(region);
        let schedule = Schedule::of(&self.id, region)?;
        match schedule.end() {
            Some(end) if self.quantity > end => {
                let why = format!("no price for {} in {region} beyond {}", self.id, quantity(end));
                Err(Missing::undetermined(&self.id, region, why))
            }
            _ => Ok(schedule),
        }
    }
}

/// The bill of a month, with or without the free tier. What is not used at all is not missed either.
pub(crate) fn write_out(charges: Vec<Charge>, region: &str, free_tier: bool) -> Estimate {
    let charges: Vec<_> = charges.into_iter().map(|charge| charge.less(free_tier)).collect();
    let priced: Vec<_> = charges.iter().map(|charge| charge.schedule(region)).collect();
    let wanted = charges.iter().zip(&priced).filter(|(charge, price)| price.is_ok() || charge.quantity > 0.0);
    let line = |(charge, schedule)| -> Line<'_> {
        let charge: &Charge = charge;
        let line = Line::new(charge.name, charge.quantity, schedule).how(charge.how.clone());
        Line { shared: charge.shared, ..line }
    };
    estimate::write_out(wanted.map(line).collect())
}

/// Started steps of a size, at least one: what is metered in chunks.
pub(super) fn steps(size: f64, step: f64) -> f64 {
    // A hair above a whole number of steps is that number: sizes are floats.
    (size / step - 1e-9).ceil().max(1.0)
}
