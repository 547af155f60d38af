//! For which regions the prices of targets and resources are there: asked of the cost models themselves, so that it
//! says what they need and not what somebody once wrote down.

use std::collections::BTreeSet;

use crate::catalogue::{Missing, Reason, catalogue};
use crate::compare::{Question, compare};
use crate::date::Date;
use crate::requirements::Requirements;
use crate::resource::{Demand, Parameters, ResourceType, Site, TYPES, price_resource, resolve_usage};
use crate::target::{Arch, Provider, Target, targets};
use crate::workload::{self, Origin, Workload};

/// Traffic of the example that is priced: so much that every tier is asked for that a unit usually reaches.
const EXAMPLE_REQUESTS: f64 = 1e7;

/// What could be priced of one thing in one region.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coverage<T> {
    /// The target or type of resource.
    pub of: T,
    /// The region.
    pub region: &'static str,
    /// Ids of the prices that were used, without tiers.
    pub used: BTreeSet<&'static str>,
    /// What is missing, in words: ids, or what has to be told first.
    pub missing: BTreeSet<String>,
}

/// The regions of a provider that are places; some prices hold in `any` region or in groups of countries.
pub fn places(provider: Provider) -> Vec<&'static str> {
    let is_place = |region: &&str| {
        !["any", "global"].contains(region)
            && region.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
    };
    catalogue().regions(provider.name()).into_iter().filter(is_place).collect()
}

/// Every target of a provider in every region, priced with the model's own assumptions on each architecture.
pub fn target_coverage(provider: Provider) -> Vec<Coverage<&'static Target>> {
    let requirements = Requirements::default();
    let today = Date { year: 2026, month: 1, day: 1 };
    let mut found: Vec<Coverage<&'static Target>> = Vec::new();
    for region in places(provider) {
        let mut here: Vec<_> = targets(provider).map(|target| Coverage::new(target, region)).collect();
        for arch in [Arch::X86_64, Arch::Arm64] {
            let said = Workload {
                arch: Some(arch),
                monthly_requests: Some(EXAMPLE_REQUESTS),
                ..Workload::default()
            };
            let resolved = workload::resolve(&[(Origin::Annotation, &said)]);
            let comparison = compare(&Question::new(provider, region, &resolved, &requirements, today));
            for row in &comparison.rows {
                // Where there is no Arm, its price is not missing.
                let possible =
                    arch == Arch::X86_64 || !matches!(row.target.limits.arm, crate::target::Support::No(_));
                if let Some(cell) = here.iter_mut().find(|cell| cell.of == row.target && possible) {
                    cell.add(
                        row.estimate.prices().iter().map(|price| price.base_id()),
                        &row.estimate.missing,
                    );
                }
            }
        }
        found.append(&mut here);
    }
    found
}

/// Every type of resource that has a cost model for the provider, in every region.
pub fn resource_coverage(provider: Provider) -> Vec<Coverage<&'static ResourceType>> {
    let demand = Demand::of([(EXAMPLE_REQUESTS, 20.0)]);
    let mut found = Vec::new();
    for region in places(provider) {
        for row in TYPES.iter().copied().filter(|row| row.unpriced().is_none()) {
            let usage = resolve_usage(row, &[], &demand);
            let site = Site { provider, region, free_tier: false };
            let estimate = price_resource(row, site, &usage, &Parameters::of([]));
            let mut cell = Coverage::new(row, region);
            cell.add(estimate.prices().iter().map(|price| price.base_id()), &estimate.missing);
            found.push(cell);
        }
    }
    found
}

impl<T> Coverage<T> {
    fn new(of: T, region: &'static str) -> Self {
        Self { of, region, used: BTreeSet::new(), missing: BTreeSet::new() }
    }

    fn add(&mut self, used: impl Iterator<Item = &'static str>, missing: &[Missing]) {
        self.used.extend(used);
        self.missing.extend(missing.iter().map(|missing| match &missing.reason {
            Reason::NotInCatalogue => missing.id.clone(),
            Reason::NotDetermined(why) => why.clone(),
        }));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_models_are_asked_in_every_region() {
        let cells = target_coverage(Provider::Aws);
        assert_eq!(cells.len(), places(Provider::Aws).len() * targets(Provider::Aws).count());
        let lambda = cells.iter().find(|cell| (cell.of.key, cell.region) == ("lambda", "us-east-1")).unwrap();
        assert!(lambda.missing.is_empty() && lambda.used.contains("aws.lambda.duration.arm64"), "{lambda:?}");
        assert!(lambda.used.contains("aws.lambda.duration.x86_64"));
        let table = resource_coverage(Provider::Aws);
        assert!(table.iter().any(|cell| cell.of.name == "dynamodb" && cell.missing.is_empty()));
    }
}
