//! What stands behind the figures of one target: for those who want to follow them.

use super::{ASSUMED_VOLUME, Question};
use crate::estimate::always_on::Fleet;
use crate::estimate::{Load, Model, Sizing, total};
use crate::target::{Family, Target};
use crate::traffic::{
    AZURE_FUNCTIONS_IDLE_S, CLOUD_RUN_IDLE_S, CONTAINER_APPS_IDLE_S, LAMBDA_IDLE_S, in_flight,
};
use rust_decimal::Decimal;

/// What the figures of a target come from beside prices.
#[derive(Debug, Clone, PartialEq)]
pub struct Evidence {
    /// Instances of an always-on target in each hour of the day.
    pub fleet: Option<Fleet>,
    /// What the share of cold requests of an on-demand target is worked out from.
    pub cold_start: Option<ColdStart>,
}

/// The inputs of the share of cold requests.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ColdStart {
    /// Mean rate of the month, requests per second; each hour counts with its own.
    pub mean_rps: f64,
    /// Mean duration of a warm request, s.
    pub duration_s: f64,
    /// Mean number of requests in flight.
    pub in_flight: f64,
    /// How long an idle environment is kept, s.
    pub idle_s: f64,
    /// Environments that are kept ready.
    pub kept_ready: u32,
}

/// How long each on-demand target keeps an idle environment, s.
const IDLE_S: &[(&str, f64)] = &[
    ("lambda", LAMBDA_IDLE_S),
    ("cloudrun", CLOUD_RUN_IDLE_S),
    ("cloudfunctions", CLOUD_RUN_IDLE_S),
    ("functions", AZURE_FUNCTIONS_IDLE_S),
    ("containerapps", CONTAINER_APPS_IDLE_S),
];

fn load(question: &Question<'_>) -> Load {
    let volume = question.workload.monthly_requests.as_ref().map_or(ASSUMED_VOLUME, |volume| volume.value);
    Load::of(question.workload, volume)
}

fn model(question: &Question<'_>, target: &'static Target) -> Box<dyn Model> {
    (target.model)(&question.setting(), target)
}

/// What the figures of a target come from.
pub fn evidence(question: &Question<'_>, target: &'static Target) -> Evidence {
    let load = load(question);
    let idle = IDLE_S.iter().find(|(key, _)| *key == target.key).map(|(_, seconds)| *seconds);
    let cold_start = idle.filter(|_| target.family == Family::OnDemand).map(|idle_s| ColdStart {
        mean_rps: load.mean_rate(),
        duration_s: load.duration_s,
        in_flight: in_flight(load.mean_rate(), load.duration_s),
        idle_s,
        kept_ready: question.kept_ready,
    });
    Evidence { fleet: model(question, target).fleet(&load), cold_start }
}

/// What a target costs at another volume of the same traffic, US dollars a month; `None` = a price is missing.
pub fn monthly_at(
    question: &Question<'_>,
    target: &'static Target,
    requests: f64,
    sizing: Sizing,
) -> Option<Decimal> {
    monthly_over(question, target, &[requests], sizing).pop().flatten()
}

/// The same at each of several volumes.
pub fn monthly_over(
    question: &Question<'_>,
    target: &'static Target,
    volumes: &[f64],
    sizing: Sizing,
) -> Vec<Option<Decimal>> {
    let (model, load) = (model(question, target), load(question));
    volumes.iter().map(|requests| total(model.as_ref(), &load.with_requests(*requests), sizing)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::breakeven::BreakEven;
    use crate::compare::compare;
    use crate::date::Date;
    use crate::requirements::Requirements;
    use crate::target::{Provider, targets};
    use crate::workload::resolve;
    use rust_decimal::prelude::ToPrimitive;

    #[test]
    fn every_on_demand_target_says_how_long_it_keeps_what_is_idle() {
        let (workload, requirements) = (resolve(&[]), Requirements::default());
        let today = Date::parse("2026-11-23").unwrap();
        for provider in [Provider::Aws, Provider::Gcp, Provider::Azure] {
            let region = provider.default_region();
            let question = Question::new(provider, region, &workload, &requirements, today);
            for target in targets(provider) {
                let found = evidence(&question, target);
                let is_told = found.cold_start.is_some() || found.fleet.is_some();
                assert!(is_told, "{} {}", target.key, target.plan);
            }
        }
    }

    #[test]
    fn both_curves_meet_at_a_break_even() {
        let (workload, requirements) = (resolve(&[]), Requirements::default());
        let today = Date::parse("2026-11-23").unwrap();
        let question = Question::new(Provider::Aws, "us-east-1", &workload, &requirements, today);
        let comparison = compare(&question);
        let pair = comparison.break_even("lambda", "ecs").unwrap();
        let BreakEven::At { requests, .. } = pair.peak_sized else { panic!("{pair:?}") };
        let at = |target| monthly_at(&question, target, requests, Sizing::Peak).unwrap().to_f64().unwrap();
        let (here, there) = (at(pair.on_demand), at(pair.always_on));
        assert!(there <= here && here < there * 1.02, "{here} {there}");
    }
}
