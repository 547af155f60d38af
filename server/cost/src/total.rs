//! What several units cost together. What they share is paid once.
//!
//! The total of an application, its budget and its plan all add up here.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use crate::estimate::{Estimate, Shared};
use crate::target::target;

/// Something that is paid once, and for whom.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Facility {
    /// What it is.
    pub what: Shared,
    /// The gateway of a load balancer, the target of a cluster; empty for the network.
    pub of: String,
}

/// Who uses a facility: that decides which of several it is.
#[derive(Debug, Clone, Copy)]
pub struct User<'a> {
    /// Id of the unit.
    pub unit: &'a str,
    /// The gateway that it stands behind.
    pub gateway: Option<&'a str>,
    /// Key of the target on which it runs.
    pub target: &'a str,
}

impl Facility {
    /// What a unit uses.
    pub fn of(what: Shared, user: User<'_>) -> Self {
        let of = match what {
            Shared::Cluster => user.target,
            Shared::LoadBalancer => user.gateway.unwrap_or(user.unit),
            Shared::Nat => "",
        };
        Self { what, of: of.to_owned() }
    }

    /// Its name for machines: `cluster`, `load_balancer`, `nat`.
    pub fn key(&self) -> &'static str {
        match self.what {
            Shared::Cluster => "cluster",
            Shared::LoadBalancer => "load_balancer",
            Shared::Nat => "nat",
        }
    }

    /// Its name for people: `load balancer of api`.
    pub fn text(&self) -> String {
        match self.what {
            Shared::Cluster => {
                format!("cluster of {}", target(&self.of).map_or(self.of.as_str(), |target| target.name))
            }
            Shared::LoadBalancer => format!("load balancer of {}", self.of),
            Shared::Nat => "NAT gateways".to_owned(),
        }
    }
}

/// A facility that several units pay for together.
#[derive(Debug, Clone, PartialEq)]
pub struct SharedCost {
    /// The facility.
    pub facility: Facility,
    /// US dollars a month.
    pub monthly: Decimal,
    /// Ids of the units that use it.
    pub units: Vec<String>,
}

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

impl Bill {
    /// The bill of one estimate. Its clusters have to be those of one unit alone, so that their fee is counted whole.
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

    /// The facilities on it.
    pub fn facilities(&self, user: User<'_>) -> Vec<(Facility, Decimal)> {
        self.shared.iter().map(|(what, amount)| (Facility::of(*what, user), *amount)).collect()
    }
}

/// What an application pays, added up unit by unit. Units go by a number.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Total {
    own: Decimal,
    users: BTreeMap<(Facility, Decimal), BTreeSet<usize>>,
}

impl Total {
    /// Adds what a unit alone is the reason for, and what it uses.
    pub fn add(&mut self, unit: usize, own: Decimal, facilities: &[(Facility, Decimal)]) {
        self.own += own;
        for facility in facilities {
            self.users.entry(facility.clone()).or_default().insert(unit);
        }
    }

    /// US dollars a month.
    pub fn monthly(&self) -> Decimal {
        self.own + self.users.keys().map(|(_, cost)| *cost).sum::<Decimal>()
    }

    /// Does nobody but this unit use the facility?
    pub fn is_alone(&self, unit: usize, facility: &(Facility, Decimal)) -> bool {
        self.users.get(facility).is_none_or(|users| users.iter().all(|user| *user == unit))
    }

    /// What such a place adds for a unit while all others stay as they are, US dollars a month.
    pub fn added(&self, unit: usize, own: Decimal, facilities: &[(Facility, Decimal)]) -> Decimal {
        let alone = facilities.iter().filter(|facility| self.is_alone(unit, facility));
        own + alone.map(|(_, cost)| *cost).sum::<Decimal>()
    }

    /// What several units pay for together. `id` gives the id of a unit.
    pub fn shared<'a>(&self, id: impl Fn(usize) -> Option<&'a str>) -> Vec<SharedCost> {
        let several = self.users.iter().filter(|(_, users)| users.len() > 1);
        let cost = |((facility, monthly), users): (&(Facility, Decimal), &BTreeSet<usize>)| SharedCost {
            facility: facility.clone(),
            monthly: *monthly,
            units: users.iter().filter_map(|user| id(*user)).map(str::to_owned).collect(),
        };
        several.map(cost).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bill(own: i64, shared: &[(Shared, i64)]) -> Bill {
        let shared = shared.iter().map(|(what, amount)| (*what, Decimal::from(*amount))).collect();
        Bill { own: own.into(), shared, is_complete: true }
    }

    fn total(bill: &Bill, gateways: &[Option<&str>]) -> Total {
        let ids = ["a", "b", "c", "d", "e"];
        let mut total = Total::default();
        for (place, (gateway, unit)) in gateways.iter().zip(ids).enumerate() {
            let user = User { unit, gateway: *gateway, target: "eks" };
            total.add(place, bill.own, &bill.facilities(user));
        }
        total
    }

    #[test]
    fn a_load_balancer_is_paid_once_for_each_gateway() {
        let unit = bill(10, &[(Shared::LoadBalancer, 16)]);
        let total = total(&unit, &[Some("api"), Some("api"), Some("admin"), None, None]);
        assert_eq!(total.monthly(), Decimal::from(50 + 4 * 16));
        assert_eq!(unit.monthly(), Decimal::from(26));
        let shared = total.shared(|place| ["a", "b"].get(place).copied());
        let shared: Vec<_> = shared.iter().map(|cost| (cost.facility.text(), cost.units.join(" "))).collect();
        assert_eq!(shared, [("load balancer of api".to_owned(), "a b".to_owned())]);
    }

    #[test]
    fn units_on_a_cluster_pay_one_fee_and_one_network() {
        let unit = bill(1, &[(Shared::Cluster, 73), (Shared::Nat, 32)]);
        let total = total(&unit, &[Some("api"), None]);
        assert_eq!(total.monthly(), Decimal::from(2 + 73 + 32));
        let user = User { unit: "c", gateway: None, target: "eks" };
        assert_eq!(total.added(2, unit.own, &unit.facilities(user)), Decimal::ONE);
    }
}
