//! What rules a target out, and what only leaves a question open.

use klotho_cost::compare::{Comparison, Robustness};
use klotho_cost::estimate::fargate::TaskSize;
use klotho_cost::estimate::{EksPool, Entries, Entry};
use klotho_cost::workload::resolve;
use klotho_cost::{Date, Origin, Provider, Question, Requirements, Value, Verdict, Workload, compare};

const TODAY: Date = Date { year: 2026, month: 11, day: 23 };

fn ask(workload: &[(&str, Value)], needs: &[(&str, Value)], tune: impl Fn(&mut Question<'_>)) -> Comparison {
    let (mut said, mut requirements) = (Workload::default(), Requirements::default());
    assert!(workload.iter().all(|(key, value)| said.set(key, value).is_ok()));
    assert!(needs.iter().all(|(key, value)| requirements.set(key, value).is_ok()));
    let resolved = resolve(&[(Origin::Annotation, &said)]);
    let mut question = Question::new(Provider::Aws, "us-east-1", &resolved, &requirements, TODAY);
    question.runtime = Some("nodejs");
    tune(&mut question);
    compare(&question)
}

fn reasons(found: &Comparison, target: &str) -> Vec<String> {
    match found.row(target).map(|row| row.fits.clone()) {
        Some(Verdict::DoesNotFit(reasons)) => reasons,
        _ => Vec::new(),
    }
}

fn number(key: &str, number: f64) -> (&str, Value) {
    (key, Value::Number(number))
}

fn yes(key: &str) -> (&str, Value) {
    (key, Value::Flag(true))
}

#[test]
fn hard_limits_of_lambda() {
    let cases = [
        (number("max_request_s", 1_000.0), "requests of 16.7 min are longer than the 15 min of AWS Lambda"),
        (number("max_payload_mb", 10.0), "bodies of 10 MB are larger than the 6 MB of AWS Lambda"),
        (number("memory_mb", 16_384.0), "16384 MB of memory are more than the 10240 MB of AWS Lambda"),
        (yes("websocket"), "sockets need an API Gateway WebSocket API in front"),
        (yes("gpu"), "Lambda has no GPU"),
    ];
    for (need, reason) in cases {
        let found = ask(&[], &[need], |question| question.entries = Entries::of(Entry::FunctionUrl));
        assert_eq!(reasons(&found, "lambda"), [reason]);
    }
}

#[test]
fn a_function_has_no_more_memory_than_its_workload_states() {
    let needs = [number("memory_mb", 2_048.0)];
    let stated = |megabytes| ask(&[number("memory_mb", megabytes)], &needs, |_| ());
    assert_eq!(
        reasons(&stated(512.0), "lambda"),
        ["its function has 512 MB of memory, and 2048 MB are required"]
    );
    assert!(reasons(&stated(512.0), "ecs").is_empty(), "a container is given what is required");
    assert!(stated(2_048.0).row("lambda").unwrap().fits.fits());
    // What nobody states rules nothing out, and meets nothing either.
    let open = |needs: &[_]| ask(&[], needs, |_| ()).row("lambda").unwrap().fits.why_open();
    let said = "the 2048 MB of memory that it requires cannot be checked before memory_mb is stated in [workload], \
                or the memory of the function among its parameters";
    assert_eq!(open(&needs).as_deref(), Some(said));
    assert_eq!(open(&[number("memory_mb", 512.0)]), None);
    // Nor does what a container has.
    let container = [number("memory_mb", 4_096.0)];
    let unstated = ask(&container, &needs, |question| question.function_memory_mb = None);
    assert_eq!(unstated.row("lambda").unwrap().fits.why_open().as_deref(), Some(said));
}

#[test]
fn a_gateway_may_be_stricter_than_the_function() {
    let needs = [number("max_request_s", 60.0), yes("streaming")];
    let behind = |entry| ask(&[], &needs, |question| question.entries = Entries::of(entry));
    assert_eq!(
        reasons(&behind(Entry::HttpApi), "lambda"),
        [
            "requests of 60 s are longer than the 30 s of AWS Lambda behind HTTP API",
            "an HTTP API does not stream"
        ]
    );
    assert_eq!(reasons(&behind(Entry::RestApi), "lambda").len(), 1);
    assert!(reasons(&behind(Entry::FunctionUrl), "lambda").is_empty());
    assert!(reasons(&behind(Entry::HttpApi), "ecs").is_empty());
}

#[test]
fn only_what_somebody_said_rules_out() {
    // A stated mean of 40 s breaks the gateway's 30 s; the p99 derived from an assumed mean never does.
    let slow = ask(&[number("request_duration_ms", 40_000.0)], &[], |_| ());
    assert_eq!(reasons(&slow, "lambda").len(), 1);
    // So does a stated mean that is over what the slowest hundredth may take; one below it says nothing of them.
    let most = [number("max_p99_ms", 100.0)];
    let slow = ask(&[number("request_duration_ms", 150.0)], &most, |_| ());
    assert_eq!(reasons(&slow, "lambda"), ["the mean of 150 ms is over the 100 ms that 99 of 100 may take"]);
    for told in [&[][..], &[number("request_duration_ms", 50.0)], &[number("request_duration_ms", 100.0)]] {
        let row = ask(told, &most, |_| ()).row("lambda").unwrap().fits.clone();
        assert!(matches!(row, Verdict::Unknown(_)), "{row:?}");
    }
}

#[test]
fn requirements_on_cost_and_latency() {
    let told = [number("monthly_requests", 1e7), number("p99_duration_ms", 300.0)];
    let found = ask(&told, &[number("max_monthly_usd", 30.0), number("max_p99_ms", 400.0)], |_| ());
    assert!(found.row("lambda").unwrap().fits.fits());
    assert_eq!(reasons(&found, "ecs"), ["$54.1 a month is over $30.0"]);
    let strict = ask(&told, &[number("max_p99_ms", 200.0), number("max_cold_share", 0.000_01)], |_| ());
    assert_eq!(
        reasons(&strict, "lambda"),
        ["a 99th percentile of 300 ms is over 200 ms", "0.03% of requests are cold, more than 0.001%"]
    );
    assert_eq!(reasons(&strict, "ecs"), ["a 99th percentile of 300 ms is over 200 ms"]);
}

#[test]
fn a_rarely_used_function_is_slow_for_one_in_a_hundred() {
    let told = [
        number("monthly_requests", 730.0),
        number("request_duration_ms", 20.0),
        number("p99_duration_ms", 50.0),
    ];
    let found = ask(&told, &[number("max_p99_ms", 100.0)], |_| ());
    assert_eq!(reasons(&found, "lambda").len(), 1, "{:?}", found.row("lambda").unwrap().latency);
    assert!(found.row("lambda").unwrap().latency_text.starts_with("nearly every request"));
    assert!(found.row("ecs").unwrap().fits.fits());
}

#[test]
fn idle_cost_rules_out_what_is_always_on() {
    let found = ask(&[], &[yes("scale_to_zero")], |_| ());
    assert_eq!(reasons(&found, "ecs"), ["a service keeps at least one task"]);
    assert_eq!(reasons(&found, "eks"), ["the control plane is paid at zero traffic"]);
    assert_eq!(found.recommended().unwrap().target.key, "lambda");
    assert_eq!(found.robustness, Robustness::Alone);
}

#[test]
fn graphics_and_arm_need_nodes_on_eks() {
    let arm = [("arch", Value::Text("arm64".to_owned()))];
    let pods = ask(&arm, &[yes("gpu")], |_| ());
    assert_eq!(reasons(&pods, "eks"), ["a Fargate profile has no GPU", "a Fargate profile has no Arm"]);
    let nodes = ask(&arm, &[yes("gpu")], |question| {
        question.eks = EksPool::Nodes(Some("t4g.medium".to_owned()));
    });
    assert!(nodes.row("eks").unwrap().fits.fits());
}

#[test]
fn a_pod_of_fargate_has_less_memory_than_one_on_nodes() {
    let large = [number("memory_mb", 130_000.0)];
    let pods = ask(&[], &large, |_| ());
    assert_eq!(reasons(&pods, "eks"), ["130000 MB of memory are more than the 122880 MB of EKS"]);
    let nodes = ask(&[], &large, |question| question.eks = EksPool::Nodes(Some("r5.8xlarge".to_owned())));
    assert!(reasons(&nodes, "eks").is_empty());
}

#[test]
fn who_is_there_may_stay_on_a_closed_platform() {
    let found = ask(&[], &[], |_| ());
    assert_eq!(reasons(&found, "apprunner"), ["closed to new customers since 2026-04-30"]);
    let there = ask(&[], &[], |question| question.current = Some("apprunner"));
    assert!(reasons(&there, "apprunner").is_empty());
    assert_eq!(there.rows[0].target.key, "apprunner");
    // 10.22 for the memory of two instances, the rest for vCPU while they are active.
    assert_eq!(there.rows[0].monthly_text(), "$35.3");
    // Memory of further instances is paid while they are active.
    let busy = ask(&[number("monthly_requests", 1e9)], &[], |question| question.current = Some("apprunner"));
    let formula = |part: &str| busy.rows[0].estimate.component(part).unwrap().formula.clone();
    assert_eq!(
        ["provisioned_memory", "vcpu", "memory"].map(formula),
        [
            "1,460 instance-hours x 1 GB = 1,460 GB-hour x $0.007",
            "23,451.942 instance-hours x 0.5 vCPU = 11,725.971 vCPU-hour x $0.064",
            "21,992.199 instance-hours x 1 GB = 21,992.199 GB-hour x $0.007"
        ]
    );
}

#[test]
fn nodes_are_priced_by_type_or_not_at_all() {
    let on = |kind: Option<&str>| {
        let kind = kind.map(str::to_owned);
        ask(&[number("monthly_requests", 1e6)], &[], |question| question.eks = EksPool::Nodes(kind.clone()))
    };
    let unknown = on(None);
    let row = unknown.row("eks").unwrap();
    assert_eq!(row.monthly, None);
    assert_eq!(row.monthly_text(), "no node price: the instance type of the node pool is not known");
    assert!(row.estimate.component("control_plane").is_some());
    assert!(!row.recommended);
    let small = on(Some("t3.nano"));
    let text = small.row("eks").unwrap().monthly_text();
    assert_eq!(text, "no node price: a pod of 0.5 vCPU / 1 GB does not fit on t3.nano");
    let medium = on(Some("t3.medium"));
    let row = medium.row("eks").unwrap();
    assert_eq!(row.size.as_deref(), Some("2 pods of 0.5 vCPU / 1 GB on 1 t3.medium"));
    // 73.00 control plane, 730 h of 0.0416, 16.425 and 0.16 of a load balancer.
    assert_eq!(row.monthly, Some("119.953".parse().unwrap()));
    assert_eq!(row.without_cluster_fee, Some("46.953".parse().unwrap()));
}

#[test]
fn units_of_a_cluster_share_its_fee() {
    let alone = ask(&[], &[], |_| ());
    let shared = ask(&[], &[], |question| question.units_on_cluster = 4);
    let fee =
        |found: &Comparison| found.row("eks").unwrap().estimate.component("control_plane").unwrap().monthly;
    assert_eq!((fee(&alone).to_string(), fee(&shared).to_string()), ("73.0".to_owned(), "18.25".to_owned()));
    assert_eq!(alone.row("eks").unwrap().without_cluster_fee, shared.row("eks").unwrap().without_cluster_fee);
}

#[test]
fn a_region_without_a_price_says_so() {
    let (said, requirements) = (Workload::default(), Requirements::default());
    let resolved = resolve(&[(Origin::Annotation, &said)]);
    let found = compare(&Question::new(Provider::Aws, "us-east-2", &resolved, &requirements, TODAY));
    let row = found.row("ecs").unwrap();
    assert_eq!(row.monthly, None);
    assert_eq!(row.monthly_text(), "no price for aws.alb.hour in us-east-2 (catalogue of 2026-11-23)");
    assert!(row.estimate.known() > rust_decimal::Decimal::ZERO);
    assert!(found.row("lambda").unwrap().recommended);
    assert_eq!(
        found.break_even("lambda", "ecs").unwrap().peak_sized.to_string(),
        "unknown, a price is missing"
    );
}

#[test]
fn the_current_row_comes_first_then_the_cheapest() {
    let keys = |current| {
        let found = ask(&[], &[], |question| question.current = current);
        found.rows.iter().map(|row| row.target.key).collect::<Vec<_>>()
    };
    assert_eq!(keys(None), ["lambda", "ecs", "eks", "apprunner"]);
    assert_eq!(keys(Some("eks")), ["eks", "lambda", "ecs", "apprunner"]);
}

#[test]
fn an_unknown_volume_shows_presets_and_is_assumed() {
    let found = ask(&[], &[], |_| ());
    assert!(!found.volume_known);
    let volumes: Vec<_> = found.presets.iter().map(|preset| preset.requests).collect();
    assert_eq!(volumes, [1e5, 1e7, 1e8]);
    let (target, monthly) = found.presets[1].monthly[0];
    assert_eq!((target.key, monthly), ("lambda", found.row("lambda").unwrap().monthly));
    assert!(found.assumptions().any(|input| input.input == "monthly_requests" && input.value == "10M"));
    assert!(found.verdict.starts_with("At an assumed 10M requests a month AWS Lambda is cheapest"));
}

#[test]
fn a_close_call_is_said_to_flip() {
    let told = [number("monthly_requests", 2.5e7), ("shape", Value::Text("flat".to_owned()))];
    let found = ask(&told, &[], |_| ());
    assert_eq!(found.robustness.to_string(), "flips to ECS on Fargate above 28.1M requests");
    assert_eq!(found.drivers[0].input, "monthly_requests");
    let calm = ask(&[number("monthly_requests", 1e5)], &[], |_| ());
    assert_eq!(calm.robustness, Robustness::Robust);
}

#[test]
fn the_volume_of_autoscaling_is_said_where_it_is_another() {
    let verdict = |shape: &str| {
        let told = [
            number("monthly_requests", 5e6),
            number("min_instances", 1.0),
            ("shape", Value::Text(shape.to_owned())),
        ];
        ask(&told, &[], |_| ()).verdict
    };
    let flat = "ECS on Fargate becomes cheaper from 18.5M requests a month sized for the peak.";
    assert!(verdict("flat").ends_with(flat), "{}", verdict("flat"));
    let diurnal = "cheaper from 57M requests a month sized for the peak, autoscaled from 25.7M.";
    assert!(verdict("diurnal").ends_with(diurnal), "{}", verdict("diurnal"));
}

#[test]
fn an_autoscaled_rival_is_never_hidden() {
    let told = [number("monthly_requests", 1e8), ("shape", Value::Text("commute".to_owned()))];
    let found = ask(&told, &[], |_| ());
    assert!(found.verdict.contains("; with autoscaling ECS on Fargate would be $131."), "{}", found.verdict);
}

#[test]
fn figures_can_be_followed_to_their_source() {
    let found = ask(&[number("monthly_requests", 1e7)], &[], |_| ());
    assert_eq!(
        found.price_note(),
        "Prices: AWS Pricing Calculator metered-unit feed, 2025-10-20 (399 days old) and one other source, the oldest of 2024-07-01."
    );
    for row in &found.rows {
        for part in row.estimate.components.iter().flat_map(|component| &component.parts) {
            assert!(!part.rate.price.source.is_empty() && !part.rate.price.effective.is_empty());
        }
    }
    let lambda = found.row("lambda").unwrap();
    assert_eq!(lambda.estimate.component("requests").unwrap().formula, "10,000,000 request x $0.0000002");
}

#[test]
fn declared_sizes_are_rounded_up_and_said() {
    let size = TaskSize { vcpu: 0.25, memory_gb: 3.0 };
    let found = ask(&[], &[], |question| question.task = Some(size));
    let row = found.row("ecs").unwrap();
    assert_eq!(row.notes[0], "0.25 vCPU / 3 GB is rounded up to the legal pair 0.5 vCPU / 3 GB.");
    let huge = TaskSize { vcpu: 64.0, memory_gb: 512.0 };
    let found = ask(&[], &[], |question| question.task = Some(huge));
    assert_eq!(reasons(&found, "ecs"), ["64 vCPU / 512 GB is larger than any Fargate task"]);
}

#[test]
fn where_it_flips_is_where_the_two_break_even() {
    for requests in [6e6, 1e7, 2.5e7] {
        let told = [number("monthly_requests", requests)];
        let found = ask(&told, &[], |question| question.entries = Entries::of(Entry::RestApi));
        let Robustness::Flips(flips) = &found.robustness else { panic!("{requests}") };
        let flip = flips.iter().find(|flip| flip.input == "monthly_requests").unwrap();
        let even = found.break_even("lambda", "ecs").unwrap().peak_sized.requests();
        assert_eq!(Some(flip.value), even, "{requests}");
    }
}
