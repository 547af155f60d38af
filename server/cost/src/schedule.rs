//! What a quantity costs: one rate, or tiers that each price a slice of it.

use rust_decimal::Decimal;
use rust_decimal::prelude::{FromPrimitive, ToPrimitive};

use crate::catalogue::{Missing, Rate, catalogue};

/// More of anything than a month can hold; quantities are cut here so that money cannot overflow.
const LARGEST_QUANTITY: f64 = 1e18;

/// A slice of a quantity at one rate.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Part {
    /// How many units of `rate.price.unit`.
    pub quantity: Decimal,
    /// The rate.
    pub rate: Rate,
    /// US dollars.
    pub cost: Decimal,
}

/// Rates that together price any quantity, lowest tier first.
#[derive(Debug, Clone, PartialEq)]
pub struct Schedule {
    steps: Vec<Step>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
struct Step {
    from: f64,
    to: f64,
    rate: Rate,
    /// The same amount for scans that weigh thousands of volumes.
    amount: f64,
}

impl Schedule {
    /// The rate `id` in `region`; with tiers, the rates `id.t1`, `id.t2`, ... of which every one must be known.
    pub fn of(id: &str, region: &str) -> Result<Self, Missing> {
        let first = format!("{id}.t1");
        if catalogue().price(&first, region).is_none() {
            return catalogue().rate(id, region).map(|rate| Self { steps: vec![Step::of(rate)] });
        }
        let mut steps = Vec::new();
        for tier in 1.. {
            let name = format!("{id}.t{tier}");
            if catalogue().price(&name, region).is_none() {
                break;
            }
            steps.push(Step::of(catalogue().rate(&name, region)?));
        }
        Ok(Self { steps })
    }

    /// US dollars for `quantity`, in floating point: for comparing volumes, not for showing.
    pub fn weigh(&self, quantity: f64) -> f64 {
        self.steps.iter().map(|step| step.slice(quantity) * step.amount).sum()
    }

    /// The exact price of `quantity`, slice by slice; tiers that are not reached are left out.
    pub fn price(&self, quantity: f64) -> Vec<Part> {
        let used = |step: &&Step| step.from == 0.0 || step.slice(quantity) > 0.0;
        self.steps.iter().filter(used).map(|step| step.part(quantity)).collect()
    }

    /// The exact cost of `quantity`.
    pub fn cost(&self, quantity: f64) -> Decimal {
        let used = |step: &&Step| step.slice(quantity) > 0.0;
        self.steps.iter().filter(used).map(|step| step.part(quantity).cost).sum()
    }

    /// Where the prices end: beyond so many units there is none. `None` = they hold for any quantity.
    pub fn end(&self) -> Option<f64> {
        self.steps.last().map(|step| step.to).filter(|to| to.is_finite())
    }

    /// The rate of the first unit.
    pub fn first(&self) -> Option<Rate> {
        self.steps.first().map(|step| step.rate)
    }
}

impl Step {
    fn of(rate: Rate) -> Self {
        let to = rate.price.tier_to.unwrap_or(f64::INFINITY);
        Self { from: rate.price.tier_from, to, rate, amount: rate.amount.to_f64().unwrap_or(0.0) }
    }

    fn slice(&self, quantity: f64) -> f64 {
        (quantity.min(self.to) - self.from).max(0.0)
    }

    fn part(&self, quantity: f64) -> Part {
        let quantity = decimal(self.slice(quantity));
        Part { quantity, rate: self.rate, cost: quantity * self.rate.amount }
    }
}

/// A quantity as a decimal; what is no number counts as nothing.
pub(crate) fn decimal(number: f64) -> Decimal {
    let bounded = if number.is_nan() { 0.0 } else { number.clamp(-LARGEST_QUANTITY, LARGEST_QUANTITY) };
    Decimal::from_f64(bounded).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tiers_price_their_own_slice() {
        let schedule = Schedule::of("aws.apigw.http", "us-east-1").unwrap();
        let parts = schedule.price(1e9);
        assert_eq!(parts.len(), 2);
        assert_eq!(parts[0].cost, Decimal::from(300));
        assert_eq!(parts[1].cost, Decimal::from(630));
        assert!((schedule.weigh(1e9) - 930.0).abs() < 1e-9);
    }

    #[test]
    fn absurd_quantities_stay_numbers() {
        let schedule = Schedule::of("aws.lambda.requests", "us-east-1").unwrap();
        for quantity in [f64::NAN, f64::INFINITY, 1e300, -1.0] {
            let total: Decimal = schedule.price(quantity).iter().map(|part| part.cost).sum();
            assert!(total >= Decimal::ZERO);
        }
    }

    #[test]
    fn nothing_costs_nothing_and_still_names_its_rate() {
        let parts = Schedule::of("aws.lambda.duration.x86_64", "us-east-1").unwrap().price(0.0);
        assert_eq!(parts.len(), 1);
        assert_eq!(parts[0].cost, Decimal::ZERO);
    }
}
