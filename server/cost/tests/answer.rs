//! The short way to ask gives the figures of the worked story in cells that can be shown as they are.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use klotho_cost::answer::{
    Comparison, Date, Entry, Origin, Provider, Question, Requirements, Row, Value, Workload, compare, resolve,
};
use proptest::prelude::*;

fn ask(requests: Option<f64>, shape: &str, current: &str) -> Question {
    let mut workload = Workload::default();
    let numbers = [("request_duration_ms", 80.0), ("memory_mb", 512.0), ("cpu_ms", 20.0)];
    for (key, number) in numbers.into_iter().chain(requests.map(|count| ("monthly_requests", count))) {
        workload.set(key, &Value::Number(number)).unwrap();
    }
    workload.set("shape", &Value::Text(shape.to_owned())).unwrap();
    workload.set("arch", &Value::Text("arm64".to_owned())).unwrap();
    Question {
        provider: Provider::Aws,
        workload: resolve(&[(Origin::Annotation, &workload)]),
        requirements: Requirements::default(),
        current: current.to_owned(),
        runtime: Some("nodejs24.x".to_owned()),
        entry: Entry::HttpApi,
        units_on_cluster: 1,
        today: Date::parse("2026-11-23"),
        candidates: vec!["lambda", "ecs", "eks"],
    }
}

fn row<'a>(comparison: &'a Comparison, key: &str) -> &'a Row {
    comparison.rows.iter().find(|row| row.key == key).unwrap()
}

fn near(actual: Option<f64>, expected: f64) {
    let actual = actual.unwrap();
    assert!((actual - expected).abs() <= expected * 0.01, "{actual} is not {expected}");
}

#[test]
fn always_on_cells_are_those_of_the_story() {
    let table =
        [(1e6, 45.42, 45.42, 2), (1e7, 46.87, 46.87, 2), (3e7, 93.32, 55.47, 5), (1e8, 277.53, 97.31, 17)];
    for (requests, peak, autoscaled, tasks) in table {
        let answer = compare(&ask(Some(requests), "commute", "lambda"));
        let ecs = row(&answer, "ecs");
        near(ecs.monthly, peak);
        near(ecs.autoscaled, autoscaled);
        assert_eq!(ecs.instances, Some(tasks));
    }
    near(row(&compare(&ask(Some(1e8), "flat", "lambda")), "ecs").monthly, 57.67 + 32.43);
}

#[test]
fn rows_begin_with_the_current_target_and_hold_the_candidates_only() {
    let mut question = ask(None, "commute", "ecs");
    let answer = compare(&question);
    assert_eq!((answer.monthly_requests, answer.requests_assumed), (1e7, true));
    assert_eq!(answer.rows[0].key, "ecs");
    assert!(answer.rows[0].is_current && answer.rows.iter().filter(|row| row.recommended).count() == 1);
    assert!(row(&answer, "lambda").latency.contains("waits"));
    assert!(row(&answer, "ecs").latency.starts_with("none"));
    assert!(row(&answer, "lambda").entry_share.unwrap() > 9.9);
    assert_eq!((answer.region.as_str(), answer.price_age_days.is_some()), ("us-east-1", true));
    question.candidates = vec!["lambda"];
    question.today = None;
    let answer = compare(&question);
    let keys: Vec<_> = answer.rows.iter().map(|row| row.key).collect();
    assert_eq!((keys, answer.price_age_days), (vec!["ecs", "lambda"], None));
}

#[test]
fn both_sizings_have_a_break_even_and_the_shape_is_named() {
    let answer = compare(&ask(Some(1e7), "commute", "lambda"));
    let of = |autoscaled| {
        answer.break_even.iter().find(|at| at.against == "ecs" && at.autoscaled == autoscaled).unwrap()
    };
    assert!(of(true).monthly_requests.is_some() && of(true).mean_rps.is_some());
    assert!(answer.verdict.ends_with('.') && answer.verdict.contains("cheapest"), "{}", answer.verdict);
    println!("{}", answer.verdict);
}

#[test]
fn what_a_target_cannot_do_is_said() {
    let mut question = ask(Some(1e7), "flat", "lambda");
    question.requirements.set("gpu", &Value::Flag(true)).unwrap();
    let answer = compare(&question);
    assert!(!row(&answer, "lambda").misfits.is_empty() && !row(&answer, "lambda").recommended);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]
    #[test]
    fn more_requests_never_cost_less(requests in 1e4..1e9_f64, factor in 1.0..20.0_f64) {
        let few = compare(&ask(Some(requests), "commute", "lambda"));
        let many = compare(&ask(Some(requests * factor), "commute", "lambda"));
        for row in &few.rows {
            let other = many.rows.iter().find(|other| other.key == row.key).unwrap();
            prop_assert!(other.monthly >= row.monthly.map(|cost| cost - 0.01), "{}", row.key);
        }
    }
}
