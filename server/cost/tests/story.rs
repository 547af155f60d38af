//! The worked story of the cost model: a music service with a commute peak, us-east-1, Arm, 80 ms, 512 MB, 20 ms of
//! CPU, burst 1.5, utilisation 0.6, tasks of 0.5 vCPU / 1 GB, at least two of them.

#![allow(clippy::unwrap_used)] // helpers of tests: what cannot be read fails the test where it is read

use klotho_cost::breakeven::BreakEven;
use klotho_cost::coldstart;
use klotho_cost::compare::Comparison;
use klotho_cost::estimate::fargate::TaskSize;
use klotho_cost::traffic::{busy_instances, hourly_rates, steady_cold_share};
use klotho_cost::workload::{Shape, resolve};
use klotho_cost::{
    Arch, Date, Family, Origin, Package, Provider, Question, Requirements, Value, Workload, compare,
};
use rust_decimal::prelude::ToPrimitive;

fn story(shape: &str, requests: f64) -> Workload {
    let mut workload = Workload::default();
    let numbers = [
        ("monthly_requests", requests),
        ("request_duration_ms", 80.0),
        ("memory_mb", 512.0),
        ("cpu_ms", 20.0),
        ("burst", 1.5),
        ("target_utilization", 0.6),
        ("min_instances", 2.0),
    ];
    for (key, number) in numbers {
        workload.set(key, &Value::Number(number)).unwrap();
    }
    workload.set("shape", &Value::Text(shape.to_owned())).unwrap();
    workload.set("arch", &Value::Text("arm64".to_owned())).unwrap();
    workload
}

fn ask(workload: &Workload, stated_size: bool) -> Comparison {
    let resolved = resolve(&[(Origin::Annotation, workload)]);
    let requirements = Requirements::default();
    let today = Date::parse("2026-11-23").unwrap();
    let mut question = Question::new(Provider::Aws, "us-east-1", &resolved, &requirements, today);
    question.current = Some("lambda");
    question.runtime = Some("nodejs");
    question.package = Some(Package::Zip);
    question.task = stated_size.then_some(TaskSize { vcpu: 0.5, memory_gb: 1.0 });
    compare(&question)
}

fn within(actual: f64, expected: f64, share: f64, what: &str) {
    assert!((actual - expected).abs() <= expected * share, "{what}: {actual} is not {expected}");
}

fn dollars(amount: Option<rust_decimal::Decimal>) -> f64 {
    amount.unwrap().to_f64().unwrap()
}

#[test]
fn every_cell_of_the_table() {
    let table = [
        (1e6, 1.73, 45.42, 45.42, 0.002, 2.0),
        (1e7, 17.34, 46.87, 46.87, 0.000_2, 2.0),
        (3e7, 52.00, 93.32, 55.47, 0.000_1, 5.0),
        (1e8, 173.34, 277.53, 97.31, 0.000_04, 17.0),
    ];
    for (requests, lambda, peak, autoscaled, cold, tasks) in table {
        // The size that the model derives is the story's, stated or not.
        for stated_size in [true, false] {
            let found = ask(&story("commute", requests), stated_size);
            let ecs = found.row("ecs").unwrap();
            within(dollars(found.row("lambda").unwrap().monthly), lambda, 0.01, "Lambda + HTTP API");
            within(dollars(ecs.peak_sized), peak, 0.01, "sized for 08:00");
            within(dollars(ecs.autoscaled), autoscaled, 0.01, "autoscaled");
            assert_eq!(ecs.size.as_deref(), Some(format!("{tasks} tasks of 0.5 vCPU / 1 GB").as_str()));
        }
        let share = steady_cold_share(&hourly_rates(requests, &Shape::Commute.shares()), 0.08, 360.0, 0);
        let one_digit = klotho_cost::format::significant(share, 1);
        within(one_digit, cold, 0.01, "cold share");
    }
}

#[test]
fn rates_of_the_table() {
    for (requests, mean, peak) in [(1e6, 0.4, 1.7), (1e7, 3.8, 16.5), (3e7, 11.4, 49.6), (1e8, 38.1, 165.0)] {
        let rates = hourly_rates(requests, &Shape::Commute.shares());
        let digits =
            |number: f64| klotho_cost::format::significant(number, if number < 10.0 { 2 } else { 3 });
        assert!((rates.iter().sum::<f64>() / 24.0 - mean).abs() < 0.06);
        within(digits(rates[8]), peak, 0.01, "peak hour");
    }
}

#[test]
fn autoscaled_crosses_once_and_the_peak_never() {
    let found = ask(&story("commute", 1e7), true);
    let pair = found.break_even("lambda", "ecs").unwrap();
    let BreakEven::At { requests, mean_rps, .. } = pair.autoscaled else { panic!("{:?}", pair.autoscaled) };
    within(requests, 32.7e6, 0.01, "crossing");
    within(mean_rps, 12.4, 0.01, "mean rate");
    assert_eq!(pair.peak_sized, BreakEven::Never);
    assert_eq!(pair.peak_sized.to_string(), "none up to 10B req/month");
}

#[test]
fn flat_traffic_reverses_the_answer() {
    let found = ask(&story("flat", 1e8), true);
    let ecs = found.row("ecs").unwrap();
    let part = |name: &str| dollars(ecs.estimate.component(name).map(|component| component.monthly));
    within(part("vcpu") + part("memory"), 57.67, 0.001, "tasks");
    within(part("load_balancer_hour") + part("load_balancer_lcu"), 32.43, 0.001, "load balancer");
    assert!(ecs.recommended);
    assert_eq!(found.recommended().unwrap().target.family, Family::AlwaysOn);
}

#[test]
fn the_verdict_carries_the_sentence() {
    let found = ask(&story("commute", 1e7), true);
    assert_eq!(
        found.verdict,
        "At 10M requests a month AWS Lambda is cheapest: $17.3 against $46.9 on ECS on Fargate. \
         The shape decides, not the volume: sized for the 08:00 peak ECS on Fargate never becomes cheaper, \
         autoscaled it does from 32.6M requests, and with flat traffic it would from 28.8M."
    );
    assert_eq!(found.row("lambda").unwrap().latency_text, "1 in 4,000 waits 126-169 ms");
    let init = coldstart::init("nodejs", Arch::Arm64, Package::Zip).unwrap();
    assert_eq!(init.runtime, "Node.js 24");
}

#[test]
fn shapes_have_the_peaks_that_they_are_named_for() {
    for (shape, over_mean) in
        [(Shape::Flat, 1.0), (Shape::Diurnal, 1.8), (Shape::Commute, 4.35), (Shape::Spiky, 12.5)]
    {
        let peak = shape.shares().into_iter().fold(0.0, f64::max) * 24.0;
        within(peak, over_mean, 0.002, shape.name());
    }
}

/// Five requests in flight on instances that take fifty: dividing finds a tenth of what is billed.
#[test]
fn requests_that_meet_share_an_instance_and_those_that_do_not_pay_for_one() {
    for (rho, concurrency, busy) in [
        (0.01, 80.0, 0.009_950),
        (0.5, 80.0, 0.393_469),
        (5.0, 1.0, 5.0),
        (5.0, 80.0, 0.993_262),
        (60.0, 80.0, 1.934_993),
        (200.0, 80.0, 4.701_756),
    ] {
        let slots = if concurrency > 1.0 { 0.6 * concurrency } else { 1.0 };
        assert!((busy_instances(rho, slots) - busy).abs() < 1e-6, "{rho} {concurrency}");
    }
    assert!(busy_instances(5.0, 0.6 * 50.0) > 9.0 * 5.0 / 50.0);
}

#[test]
fn a_vcpu_hour() {
    let price = |id: &str| {
        klotho_cost::catalogue::catalogue().rate(id, "us-east-1").unwrap().amount.to_f64().unwrap()
    };
    let function = 1_769.0 / 1024.0 * 3_600.0 * price("aws.lambda.duration.x86_64.t1");
    within(function, 0.103_65, 0.000_1, "a function");
    let container = price("aws.fargate.vcpu.x86_64") + 2.0 * price("aws.fargate.memory.x86_64");
    within(container, 0.049_37, 0.000_1, "a container");
}

/// One vCPU, one request at a time: the function wins below 47.6% busy, and below 41.1% for the smallest pair.
#[test]
fn the_busy_share_of_one_machine() {
    let price = |id: &str| {
        klotho_cost::catalogue::catalogue().rate(id, "us-east-1").unwrap().amount.to_f64().unwrap()
    };
    for arch in ["x86_64", "arm64"] {
        let function = |mb: f64| mb / 1024.0 * 3600.0 * price(&format!("aws.lambda.duration.{arch}.t1"));
        let container = |vcpu: f64, gb: f64| {
            vcpu * price(&format!("aws.fargate.vcpu.{arch}"))
                + gb * price(&format!("aws.fargate.memory.{arch}"))
        };
        within(container(1.0, 2.0) / function(1769.0), 0.476, 0.002, arch);
        within(container(0.25, 0.5) / function(512.0), 0.411, 0.002, arch);
    }
}
