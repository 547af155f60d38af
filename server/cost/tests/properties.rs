//! What must hold for any workload, not just for the examples.

use klotho_cost::breakeven::{BreakEven, FROM, STEP};
use klotho_cost::compare::Comparison;
use klotho_cost::estimate::{EksPool, Entries, Entry, Extras};
use klotho_cost::workload::{Shape, resolve};
use klotho_cost::{
    Date, Family, Origin, Provider, Question, Requirements, Resolved, Value, Workload, compare,
};
use proptest::prelude::*;
use rust_decimal::Decimal;

/// What is around a unit: everything that a question holds beside its workload.
#[derive(Debug, Clone)]
struct Around {
    provider: Provider,
    entry: Entry,
    kept_ready: u32,
    free_tier: bool,
    nodes: bool,
    extras: bool,
}

const AWS: Around = Around {
    provider: Provider::Aws,
    entry: Entry::HttpApi,
    kept_ready: 0,
    free_tier: false,
    nodes: false,
    extras: false,
};

fn around() -> impl Strategy<Value = Around> {
    let entries =
        [Entry::None, Entry::FunctionUrl, Entry::HttpApi, Entry::RestApi, Entry::WebSocketApi, Entry::Alb];
    let providers = [Provider::Aws, Provider::Gcp, Provider::Azure];
    let place = (proptest::sample::select(providers.to_vec()), proptest::sample::select(entries.to_vec()));
    (place, 0u32..4, any::<[bool; 3]>()).prop_map(
        |((provider, entry), kept_ready, [free_tier, nodes, extras])| Around {
            provider,
            entry,
            kept_ready,
            free_tier,
            nodes,
            extras,
        },
    )
}

fn ask(resolved: &Resolved, around: &Around) -> Comparison {
    let requirements = Requirements::default();
    let today = Date { year: 2026, month: 11, day: 23 };
    let region = around.provider.default_region();
    let mut question = Question::new(around.provider, region, resolved, &requirements, today);
    question.runtime = Some("python");
    question.entries = Entries::of(around.entry);
    question.kept_ready = around.kept_ready;
    question.free_tier = around.free_tier;
    if around.nodes {
        question.eks = EksPool::Nodes(Some("m5.xlarge".to_owned()));
    }
    if around.extras {
        question.extras = Extras { log_kb: 2.0, egress_kb: 5.0, streamed_kb: 100.0, connection_minutes: 0.1 };
    }
    compare(&question)
}

fn at(workload: &Workload, requests: f64) -> Resolved {
    let volume = Workload { monthly_requests: Some(requests), ..Workload::default() };
    resolve(&[(Origin::Config, &volume), (Origin::Annotation, workload)])
}

fn shape() -> impl Strategy<Value = Shape> {
    prop_oneof![
        Just(Shape::Flat),
        Just(Shape::Diurnal),
        Just(Shape::Commute),
        Just(Shape::Spiky),
        proptest::array::uniform24(0.0f64..10.0).prop_map(|hours| Shape::Hours(Box::new(hours))),
    ]
}

prop_compose! {
    /// Requests of at least 50 ms. Far below the length of an init a warmer function can really be a cheaper one.
    fn workload()(
        shape in shape(),
        duration in 50.0f64..5_000.0,
        memory in 128.0f64..10_240.0,
        burst in 1.0f64..5.0,
        concurrency in 1u32..200,
        minimum in 1u32..5,
        payload in 0.0f64..2_000.0,
    ) -> Workload {
        Workload {
            shape: Some(shape),
            request_duration_ms: Some(duration),
            memory_mb: Some(memory),
            burst: Some(burst),
            concurrency: Some(f64::from(concurrency)),
            min_instances: Some(f64::from(minimum)),
            payload_kb: Some(payload),
            ..Workload::default()
        }
    }
}

/// A number such as people mistype it: huge, tiny, negative or none at all.
fn wild() -> impl Strategy<Value = f64> {
    prop_oneof![any::<f64>(), Just(0.0), Just(f64::NAN), Just(f64::INFINITY), 0.0f64..1e13]
}

fn never_less(workload: &Workload, around: &Around, requests: f64, factor: f64) -> Result<(), TestCaseError> {
    let of = |requests| ask(&at(workload, requests), around);
    let (few, many) = (of(requests), of(requests * factor));
    for row in &few.rows {
        let Some(more) = many.row_with_plan(row.target.key, row.target.plan) else {
            return Err(TestCaseError::fail(row.target.name));
        };
        prop_assert!(row.monthly <= more.monthly, "{}", row.target.name);
        prop_assert!(row.autoscaled <= more.autoscaled, "{} autoscaled", row.target.name);
        prop_assert!(row.estimate.known() <= more.estimate.known(), "{} known", row.target.name);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn more_requests_never_cost_less(
        workload in workload(),
        around in around(),
        requests in 0.0f64..1e9,
        factor in 1.0f64..20.0,
    ) {
        never_less(&workload, &around, requests, factor)?;
    }

    #[test]
    fn more_short_requests_never_cost_less(
        workload in workload(),
        duration in 1.0f64..50.0,
        around in around(),
        requests in 0.0f64..1e9,
        factor in 1.0f64..20.0,
    ) {
        let workload = Workload { request_duration_ms: Some(duration), ..workload };
        never_less(&workload, &around, requests, factor)?;
    }

    #[test]
    fn no_traffic_costs_what_idling_costs(workload in workload(), around in around()) {
        let idle = ask(&at(&workload, 0.0), &around);
        for row in &idle.rows {
            let name = row.target.name;
            // On the Consumption plan nothing can be kept ready.
            let keeps_ready = around.kept_ready > 0 && row.target.plan != "consumption";
            let is_free = row.target.family == Family::OnDemand && !keeps_ready;
            let before = row.estimate.components.iter().filter(|part| part.name == "load_balancer_hour");
            let before = before.map(|part| part.monthly).sum::<Decimal>();
            prop_assert_eq!(row.estimate.known() == before, is_free, "{}", name);
            prop_assert_eq!(row.peak_sized, row.autoscaled, "{}", name);
            for part in ["load_balancer_lcu", "load_balancer_data", "requests", "executions", "gateway"] {
                let cost = row.estimate.component(part).map(|part| part.monthly);
                prop_assert!(cost.is_none_or(|cost| cost.is_zero()), "{} of {}", part, name);
            }
        }
    }

    #[test]
    fn a_break_even_is_the_first_crossing(
        workload in workload(),
        around in around(),
        before in 0.0f64..1.0,
    ) {
        let pairs = ask(&at(&workload, 1e6), &around).break_evens;
        for pair in pairs {
            let BreakEven::At { requests, .. } = pair.peak_sized else { continue };
            let cheaper = |requests: f64| {
                let found = ask(&at(&workload, requests), &around);
                let row = |of: &klotho_cost::Target| found.row_with_plan(of.key, of.plan).unwrap();
                row(pair.always_on).peak_sized < row(pair.on_demand).monthly
            };
            let name = pair.always_on.name;
            prop_assert!(cheaper(requests), "{} at {}", name, requests);
            let steps = ((requests / FROM).ln() / STEP.ln()).round();
            for step in [0.0, (before * steps).floor().min(steps - 1.0), steps - 1.0] {
                let volume = FROM * STEP.powf(step);
                prop_assert!(!cheaper(volume), "{} already at {} of {}", name, volume, requests);
            }
        }
    }

    #[test]
    fn what_is_asked_for_at_a_crossing_is_what_decides_it(workload in workload(), around in around()) {
        for pair in ask(&at(&workload, 1e6), &around).break_evens {
            let BreakEven::At { requests, .. } = pair.autoscaled else { continue };
            let found = ask(&at(&workload, requests), &around);
            let row = |of: &klotho_cost::Target| found.row_with_plan(of.key, of.plan).unwrap();
            prop_assert!(row(pair.always_on).autoscaled < row(pair.on_demand).monthly);
        }
    }

    #[test]
    fn cold_shares_are_shares(workload in workload(), around in around(), requests in 0.0f64..1e10) {
        for row in ask(&at(&workload, requests), &around).rows {
            let latency = row.latency.unwrap();
            prop_assert!((0.0..=1.0).contains(&latency.cold_share()), "{}", row.target.name);
            prop_assert!(latency.p99_ms() >= workload.request_duration_ms.unwrap(), "{}", row.target.name);
        }
    }

    #[test]
    fn sizings_are_ordered(workload in workload(), around in around(), requests in 1.0f64..1e9) {
        for row in ask(&at(&workload, requests), &around).rows {
            prop_assert!(row.autoscaled <= row.autoscaled_ahead);
            prop_assert!(row.autoscaled_ahead <= row.peak_sized);
        }
    }

    #[test]
    fn whatever_is_accepted_can_be_compared(numbers in proptest::collection::vec(wild(), 10)) {
        let mut workload = Workload::default();
        let keys = klotho_cost::workload::WORKLOAD_KEYS.iter();
        for (key, number) in keys.zip(numbers) {
            // Refused values are no concern here: a key keeps what it had.
            let _ = workload.set(key.name, &Value::Number(number));
        }
        let found = ask(&resolve(&[(Origin::Annotation, &workload)]), &AWS);
        prop_assert!(!found.verdict.is_empty());
        prop_assert!(found.rows.iter().all(|row| row.monthly.is_none_or(|cost| cost >= Decimal::ZERO)));
    }
}
