//! What must hold for any workload, not just for the examples.

use klotho_cost::breakeven::{BreakEven, FROM, STEP};
use klotho_cost::compare::Comparison;
use klotho_cost::workload::{Shape, resolve};
use klotho_cost::{Date, Origin, Provider, Question, Requirements, Resolved, Value, Workload, compare};
use proptest::prelude::*;
use rust_decimal::Decimal;

fn ask(resolved: &Resolved) -> Comparison {
    let requirements = Requirements::default();
    let today = Date { year: 2026, month: 11, day: 23 };
    let mut question = Question::new(Provider::Aws, "us-east-1", resolved, &requirements, today);
    question.runtime = Some("python");
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

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn more_requests_never_cost_less(workload in workload(), requests in 0.0f64..1e9, factor in 1.0f64..20.0) {
        let (few, many) = (ask(&at(&workload, requests)), ask(&at(&workload, requests * factor)));
        for row in &few.rows {
            let more = many.row(row.target.key).unwrap();
            prop_assert!(row.monthly <= more.monthly, "{}", row.target.key);
            prop_assert!(row.autoscaled <= more.autoscaled, "{} autoscaled", row.target.key);
        }
    }

    #[test]
    fn no_traffic_costs_what_idling_costs(workload in workload()) {
        let idle = ask(&at(&workload, 0.0));
        prop_assert_eq!(idle.row("lambda").unwrap().monthly, Some(Decimal::ZERO));
        for key in ["ecs", "eks"] {
            let row = idle.row(key).unwrap();
            prop_assert!(row.monthly > Some(Decimal::ZERO));
            prop_assert_eq!(row.peak_sized, row.autoscaled);
            let work = row.estimate.component("load_balancer_lcu").unwrap().monthly;
            prop_assert_eq!(work, Decimal::ZERO);
        }
    }

    #[test]
    fn a_break_even_is_the_first_crossing(workload in workload(), before in 0.0f64..1.0) {
        let pairs = ask(&at(&workload, 1e6)).break_evens;
        for pair in pairs {
            let (key, BreakEven::At { requests, .. }) = (pair.always_on.key, pair.peak_sized) else { continue };
            let cheaper = |requests: f64| {
                let found = ask(&at(&workload, requests));
                found.row(key).unwrap().peak_sized < found.row("lambda").unwrap().monthly
            };
            prop_assert!(cheaper(requests), "{} at {}", key, requests);
            let steps = ((requests / FROM).ln() / STEP.ln()).round();
            for step in [0.0, (before * steps).floor().min(steps - 1.0), steps - 1.0] {
                let volume = FROM * STEP.powf(step);
                prop_assert!(!cheaper(volume), "{} already at {} of {}", key, volume, requests);
            }
        }
    }

    #[test]
    fn sizings_are_ordered(workload in workload(), requests in 1.0f64..1e9) {
        for row in ask(&at(&workload, requests)).rows {
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
        let found = ask(&resolve(&[(Origin::Annotation, &workload)]));
        prop_assert!(!found.verdict.is_empty());
        prop_assert!(found.rows.iter().all(|row| row.monthly.is_none_or(|cost| cost >= Decimal::ZERO)));
    }
}
