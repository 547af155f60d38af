//! What several units cost together. What they share is paid once.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::estimate::{Estimate, Shared};
use crate::plan::Facility;

/// A unit's part of what an application pays.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Bill {
    /// What it alone is the reason for, US dollars a month.
    pub own: Decimal,
    /// What others may use as well, US dollars a month each.
    pub shared: Vec<(Shared, Decimal)>,
    /// Whether every price on it is known; else the amounts are the least that it can be.
    pub is_complete: bool,
}

/// What an application pays, added up bill by bill.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Total {
    sum: Decimal,
    /// What is paid once.
    once: BTreeMap<Facility, Decimal>,
}

impl Bill {
    /// The bill of one estimate.
    pub fn of(estimate: &Estimate) -> Self {
        let shared: Vec<_> = estimate
            .components
            .iter()
            .filter_map(|component| Some((component.shared?, component.monthly)))
            .collect();
        let common: Decimal = shared.iter().map(|(_, amount)| *amount).sum();
        Self { own: estimate.known() - common, shared, is_complete: estimate.missing.is_empty() }
    }

    /// All of it, US dollars a month.
    pub fn monthly(&self) -> Decimal {
        self.own + self.shared.iter().map(|(_, amount)| *amount).sum::<Decimal>()
    }
}

impl Total {
    /// Adds a unit that stands behind `gateway`.
    pub fn add(&mut self, bill: &Bill, gateway: Option<&str>) {
        self.sum += bill.own;
        for (shared, amount) in &bill.shared {
            let which = match (shared, gateway) {
                (Shared::LoadBalancer, Some(gateway)) => gateway,
                (Shared::Nat, _) => "",
                // A cluster's fee is divided among its units already, and a load balancer of nobody else is its own.
                (Shared::Cluster, _) | (Shared::LoadBalancer, None) => {
                    self.sum += amount;
                    continue;
                }
            };
            let once = self.once.entry(Facility { what: *shared, of: which.to_owned() }).or_default();
            *once = (*once).max(*amount);
        }
    }

    /// US dollars a month.
    pub fn monthly(&self) -> Decimal {
        self.sum + self.once.values().sum::<Decimal>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bill(own: i64, shared: &[(Shared, i64)]) -> Bill {
        let shared = shared.iter().map(|(what, amount)| (*what, Decimal::from(*amount))).collect();
        Bill { own: own.into(), shared, is_complete: true }
    }

    #[test]
    fn a_load_balancer_is_paid_once_for_each_gateway() {
        let unit = bill(10, &[(Shared::LoadBalancer, 16)]);
        let mut total = Total::default();
        for gateway in [Some("a"), Some("a"), Some("b"), None, None] {
            total.add(&unit, gateway);
        }
        assert_eq!(total.monthly(), Decimal::from(50 + 4 * 16));
        assert_eq!(unit.monthly(), Decimal::from(26));
    }

    #[test]
    fn units_on_a_cluster_pay_their_parts_of_its_fee_and_one_network() {
        let mut total = Total::default();
        for _ in 0..2 {
            total.add(&bill(1, &[(Shared::Cluster, 36), (Shared::Nat, 32)]), Some("a"));
        }
        assert_eq!(total.monthly(), Decimal::from(2 + 72 + 32));
    }
}
