//! Targets of Google Cloud and Azure, and the plans in which one target is paid.

use expect_test::{Expect, expect};
use klotho_cost::compare::Comparison;
use klotho_cost::estimate::{Entries, Entry, Extras, TaskSize};
use klotho_cost::format;
use klotho_cost::target::Family;
use klotho_cost::workload::resolve;
use klotho_cost::{Date, Origin, Provider, Question, Requirements, Value, Workload, compare};

use rust_decimal::prelude::ToPrimitive;

const TODAY: Date = Date { year: 2026, month: 11, day: 23 };

fn ask(provider: Provider, said: &[(&str, f64)], tune: impl Fn(&mut Question<'_>)) -> Comparison {
    let mut workload = Workload::default();
    assert!(said.iter().all(|(key, number)| workload.set(key, &Value::Number(*number)).is_ok()));
    let (resolved, requirements) = (resolve(&[(Origin::Annotation, &workload)]), Requirements::default());
    let mut question = Question::new(provider, provider.default_region(), &resolved, &requirements, TODAY);
    question.runtime = Some("nodejs");
    tune(&mut question);
    compare(&question)
}

/// One line per target: cost, entry, size, what requests wait for; then the bill.
fn table(found: &Comparison) -> String {
    let mut text = String::new();
    for row in &found.rows {
        let size = row.size.clone().unwrap_or_default();
        let head = [row.target.name, &row.monthly_text(), row.entry.name(), &size, &row.latency_text];
        text.push_str(&format!("{}\n", head.join(" | ")));
        for part in &row.estimate.components {
            text.push_str(&format!("    {} {}: {}\n", part.name, format::money(part.monthly), part.formula));
        }
    }
    text.push_str(&found.verdict);
    text.push('\n');
    text
}

fn shows(found: &Comparison, expected: &Expect) {
    expected.assert_eq(&table(found));
}

#[test]
fn google_cloud() {
    shows(
        &ask(Provider::Gcp, &[("monthly_requests", 1e7)], |_| ()),
        &expect![[r#"
            Cloud Functions | $13.2 | built-in HTTPS endpoint | instances of 0.333 vCPU / 0.5 GB | 1 in 9,000 waits 2-7 s
                cpu $7.99: 1,000,000 instance-seconds x 0.333 vCPU (sum over hours of I(rho) x 3,600 s x 30.4 days, 0.076-0.68 requests in flight, 1 at once per instance) = 333,000 vCPU-second x $0.000024
                memory $1.25: 1,000,000 instance-seconds x 0.5 GiB = 500,000 GiB-second x $0.0000025
                requests $4.00: 10,000,000 request x $0.0000004
            Cloud Functions (gen 1) | $13.3 | built-in HTTPS endpoint | instances of 512 MB / 0.8 GHz | 1 in 9,000 waits 500 ms to 2 s
                cpu $8.00: 10M x 0.1 s x 0.8 GHz = 800,000 GHz-second x $0.00001
                memory $1.25: 10M x 0.1 s x 0.5 GB = 500,000 GB-second x $0.0000025
                invocations $4.00: 10,000,000 invocation x $0.0000004
            Cloud Run | $25.8 | built-in HTTPS endpoint | instances of 1 vCPU / 1 GB | 1 in 7,000 waits 2-7 s
                cpu $19.7: 820,947.481 instance-seconds x 1 vCPU (sum over hours of I(rho) x 3,600 s x 30.4 days, 0.076-0.68 requests in flight, 2.4 at once per instance, bound by CPU) = 820,947.481 vCPU-second x $0.000024
                memory $2.05: 820,947.481 instance-seconds x 1 GiB = 820,947.481 GiB-second x $0.0000025
                requests $4.00: 10,000,000 request x $0.0000004
            Cloud Run, instance-based | $105 | built-in HTTPS endpoint | 2 instances of 1 vCPU / 1 GB | none
                cpu $94.6: 5,256,000 instance-seconds x 1 vCPU = 5,256,000 vCPU-second x $0.000018
                memory $10.5: 5,256,000 instance-seconds x 1 GiB = 5,256,000 GiB-second x $0.000002
            GKE Autopilot | no price for a load balancer in front of GKE Autopilot in us-central1 | load balancer | 2 pods of 0.5 vCPU / 1 GB | none
                cluster $73.0: 730 cluster-hour x $0.1
                vcpu $32.5: 1,460 pod-hours x 0.5 vCPU = 730 vCPU-hour x $0.0445
                memory $7.19: 1,460 pod-hours x 1 GiB = 1,460 GiB-hour x $0.0049225
                load_balancer_data $1.60: 200 GB x $0.008
            At 10M requests a month Cloud Functions is cheapest: $13.2 against $25.8 on Cloud Run. Not compared, because prices are missing: GKE Autopilot. The shape decides, not the volume: sized for the 14:00 peak Cloud Run, instance-based never becomes cheaper, autoscaled it does from 265M requests, and with flat traffic it would from 79.6M.
        "#]],
    );
}

#[test]
fn azure() {
    shows(
        &ask(Provider::Azure, &[("monthly_requests", 1e7)], |_| ()),
        &expect![[r#"
            Azure Functions, Consumption | $10.0 | built-in HTTPS endpoint |  | 1 in 10,000 waits up to 5 s
                execution_time $8.00: 10M x 0.05 GB-seconds = 500,000 GB-second x $0.000016
                executions $2.00: 10,000,000 execution x $0.0000002
            Container Apps | $19.0 | built-in HTTPS endpoint | replicas of 0.5 vCPU / 1 GB | 1 in 3,000 waits 5-30 s
                vcpu $12.0: 999,947.141 replica-seconds x 0.5 vCPU (sum over hours of I(rho) x 3,600 s x 30.4 days, 0.076-0.68 requests in flight, 1.2 at once per instance, bound by CPU) = 499,973.57 vCPU-second x $0.000024
                memory $3.00: 999,947.141 replica-seconds x 1 GiB = 999,947.141 GiB-second x $0.000003
                requests $4.00: 10,000,000 request x $0.0000004
            Azure Functions, Flex | $134 | built-in HTTPS endpoint | instances of 512 MB | 1 in 10,000 waits, not measured how long
                execution_time $130: 10,000,000 instance-seconds x 0.5 GB (sum over hours of I(rho) x 3,600 s x 30.4 days, 0.76-6.8 requests in flight, 1 at once per instance, bound by CPU) = 5,000,000 GB-second x $0.000026
                executions $4.00: 10,000,000 execution x $0.0000004
            Azure Functions, Premium | $315 | built-in HTTPS endpoint | 2 instances of 1 vCPU / 3.5 GB, EP1 | none
                vcpu $253: 1,460 instance-hours x 1 vCPU = 1,460 vCPU-hour x $0.173
                memory $62.9: 1,460 instance-hours x 3.5 GB = 5,110 GB-hour x $0.0123
            AKS | no price for a load balancer in front of AKS in eastus | load balancer | 2 pods of 0.5 vCPU / 1 GB on 1 Standard_DS2_v2 | none
                cluster $73.0: 730 cluster-hour x $0.1
                nodes $107: 1 nodes of 3 pods = 730 instance-hour x $0.146
                load_balancer_data $1.00: 200 GB x $0.005
            At 10M requests a month Container Apps is cheapest: $19.0 against $134 on Azure Functions, Flex. Not compared, because prices are missing: AKS. Azure Functions, Consumption would be $10.0, but a project cannot name it. Sized for the 14:00 peak Azure Functions, Premium never becomes cheaper.
        "#]],
    );
}

#[test]
fn unexposed_units_on_clusters_have_a_price() {
    let unexposed = |provider| {
        ask(provider, &[("monthly_requests", 1e7)], |question| question.entries = Entries::of(Entry::None))
    };
    let (gcp, azure) = (unexposed(Provider::Gcp), unexposed(Provider::Azure));
    for (found, key) in [(&gcp, "gke"), (&azure, "aks")] {
        let row = found.row(key).unwrap();
        assert!(row.monthly.is_some() && row.without_cluster_fee < row.monthly, "{key}");
    }
    assert!(gcp.break_even("cloudrun", "gke").is_some());
    assert_eq!(gcp.break_even("cloudrun", "cloudrun").unwrap().always_on.plan, "instance-based");
}

#[test]
fn what_is_kept_ready_costs_and_is_warm() {
    for (provider, key) in [
        (Provider::Aws, "lambda"),
        (Provider::Gcp, "cloudfunctions"),
        (Provider::Azure, "functions"),
        (Provider::Azure, "containerapps"),
    ] {
        let with = |kept| ask(provider, &[("monthly_requests", 1e5)], |question| question.kept_ready = kept);
        let (none, two) = (with(0), with(2));
        let share = |found: &Comparison| {
            found.row(key).unwrap().latency.as_ref().map(|latency| latency.cold_share()).unwrap()
        };
        assert!(share(&two) < share(&none) / 100.0, "{key}");
        assert!(two.row(key).unwrap().estimate.known() > none.row(key).unwrap().estimate.known(), "{key}");
    }
}

#[test]
fn a_free_tier_is_an_option_everywhere() {
    for provider in [Provider::Aws, Provider::Gcp, Provider::Azure] {
        let with = |free| ask(provider, &[("monthly_requests", 1e6)], |question| question.free_tier = free);
        let (paid, free) = (with(false), with(true));
        for row in &paid.rows {
            let same = free.row_with_plan(row.target.key, row.target.plan).unwrap();
            assert!(same.estimate.known() <= row.estimate.known(), "{}", row.target.name);
            let is_less = same.estimate.known() < row.estimate.known();
            assert!(is_less || row.target.family == Family::AlwaysOn, "{}", row.target.name);
        }
        assert!(free.rows[0].monthly < paid.rows[0].monthly, "{}", provider.name());
    }
}

#[test]
fn what_is_assumed_beside_the_workload_is_said() {
    let said = |provider| {
        let found = ask(provider, &[("monthly_requests", 1e6)], |_| ());
        let beside = found.assumptions().filter(|it| klotho_cost::workload::workload_key(it.input).is_none());
        beside.map(|it| format!("{}: {}\n", it.input, it.value)).collect::<String>()
    };
    expect![[r#"
        container size: 0.5 vCPU / 1 GB
        units that share the EKS cluster: 1

        container size: 0.5 vCPU / 1 GB
        units that share the GKE cluster: 1

        container size: 0.5 vCPU / 1 GB
        AKS node type: Standard_DS2_v2
        units that share the AKS cluster: 1
    "#]]
    .assert_eq(&[Provider::Aws, Provider::Gcp, Provider::Azure].map(said).join("\n"));
}

#[test]
fn sizes_are_rounded_up_to_what_each_platform_sells() {
    let odd = TaskSize { vcpu: 0.3, memory_gb: 1.1 };
    let sizes = |provider| {
        let found = ask(provider, &[], |question| question.task = Some(odd));
        let text = |row: &klotho_cost::Row| {
            let note = row.notes.iter().find(|note| note.contains("rounded up"));
            note.map(|note| format!("{}: {note}\n", row.target.name))
        };
        found.rows.iter().filter_map(text).collect::<String>()
    };
    expect![[r#"
        Cloud Run: 0.3 vCPU / 1.1 GB is rounded up to the legal pair 1 vCPU / 1.100586 GB.
        Cloud Run, instance-based: 0.3 vCPU / 1.1 GB is rounded up to the legal pair 1 vCPU / 1.100586 GB.
        GKE Autopilot: 0.3 vCPU / 1.1 GB is rounded up to the legal pair 0.5 vCPU / 1.1 GB.
        Container Apps: 0.3 vCPU / 1.1 GB is rounded up to the legal pair 0.75 vCPU / 1.5 GB.
    "#]]
    .assert_eq(&(sizes(Provider::Gcp) + &sizes(Provider::Azure)));
}

#[test]
fn what_requests_cause_beside_their_work_is_counted_when_it_is_stated() {
    let with = |extras, free_tier| {
        ask(Provider::Aws, &[("monthly_requests", 1e7)], |question| {
            (question.extras, question.free_tier) = (extras, free_tier);
        })
    };
    let silent = with(Extras::default(), false);
    assert_eq!(silent.left_out, ["log lines", "traffic to the internet"]);
    assert!(silent.row("lambda").unwrap().estimate.component("logs").is_none());
    let extras = Extras { log_kb: 2.0, egress_kb: 20.0, ..Extras::default() };
    let told = with(extras, false);
    assert!(told.left_out.is_empty());
    let cost = |found: &Comparison, key: &str, part: &str| {
        found.row(key).unwrap().estimate.component(part).unwrap().monthly.to_string()
    };
    for key in ["lambda", "ecs", "eks", "apprunner"] {
        // 20 GB at 0.50, 200 GB at 0.09: the same on every target.
        assert_eq!((cost(&told, key, "logs"), cost(&told, key, "egress")), ("10.0".into(), "18.00".into()));
    }
    let free = with(extras, true);
    assert_eq!((cost(&free, "ecs", "logs"), cost(&free, "ecs", "egress")), ("7.5".into(), "9.00".into()));
}

#[test]
fn nobody_takes_more_at_once_than_the_platform_allows() {
    let monthly = |concurrency| {
        let said = [("monthly_requests", 1e10), ("concurrency", concurrency), ("cpu_ms", 0.01)];
        let found = ask(Provider::Gcp, &said, |_| ());
        ["cloudrun", "cloudfunctions"].map(|key| found.row(key).unwrap().monthly)
    };
    assert_eq!(monthly(1_000.0), monthly(50_000.0));
    assert!(monthly(500.0) > monthly(1_000.0));
}

#[test]
fn what_bounds_an_instance_is_told() {
    let bound = |cpu_ms, concurrency| {
        let said = [("cpu_ms", cpu_ms), ("concurrency", concurrency)];
        let found = ask(Provider::Gcp, &said, |_| ());
        let parts = &found.row("cloudrun").unwrap().estimate.components;
        parts
            .iter()
            .find_map(|part| Some(part.formula.split_once(", bound by ")?.1.split(')').next()?.to_owned()))
    };
    assert_eq!(bound(50.0, 80.0).as_deref(), Some("CPU"));
    assert_eq!(bound(1.0, 4.0).as_deref(), Some("concurrency"));
    assert_eq!(bound(1.0, 1.0), None);
}

#[test]
fn sockets_pay_for_messages_and_minutes() {
    let found = ask(Provider::Aws, &[("monthly_requests", 1e6), ("payload_kb", 70.0)], |question| {
        question.entries = Entries::of(Entry::WebSocketApi);
        question.extras.connection_minutes = 0.5;
    });
    let lambda = found.row("lambda").unwrap();
    let cost = |part: &str| lambda.estimate.component(part).unwrap().monthly.to_string();
    // Two messages of 35 KB count as four; half a million minutes.
    assert_eq!((cost("messages"), cost("connection_minutes")), ("4.000000".into(), "0.12500000".into()));
    assert_eq!(found.row("ecs").unwrap().entry, Entry::Alb);
    let is_open = |entry, minutes| {
        let found = ask(Provider::Aws, &[], |question| {
            question.entries = Entries::of(entry);
            question.extras.connection_minutes = minutes;
        });
        found.row("lambda").unwrap().notes.iter().any(|note| note.contains("WebSocket connections stay open"))
    };
    assert!(is_open(Entry::WebSocketApi, 0.0));
    assert!(!is_open(Entry::WebSocketApi, 0.5) && !is_open(Entry::HttpApi, 0.0));
}

/// How much dearer the cheapest always-on target is than the cheapest on-demand one, US dollars; of those that a project can
/// name.
fn difference(found: &Comparison) -> f64 {
    let cheapest = |family| {
        let same = found
            .rows
            .iter()
            .filter(|row| row.target.family == family && row.is_nameable() && row.fits.fits());
        same.filter_map(|row| row.monthly).min().and_then(|cost| cost.to_f64()).unwrap_or_default()
    };
    cheapest(Family::AlwaysOn) - cheapest(Family::OnDemand)
}

#[test]
fn an_input_swings_the_difference_as_far_as_stating_it_does() {
    let tried = |provider, input: &str, values: &[f64]| {
        let at = |said: &[(&str, f64)]| ask(provider, &[&[("monthly_requests", 1e8)], said].concat(), |_| ());
        let assumed = at(&[]);
        let swing = |value| (difference(&at(&[(input, value)])) - difference(&assumed)).abs();
        let expected = values.iter().map(|value| swing(*value)).fold(0.0, f64::max);
        let driver = assumed.drivers.iter().find(|driver| driver.input == input).unwrap();
        assert!(expected > 1.0, "{provider:?} {input}: {expected}");
        assert!((driver.swing_usd - expected).abs() < 0.01, "{provider:?} {driver:?}, stated {expected}");
    };
    for provider in [Provider::Aws, Provider::Gcp, Provider::Azure] {
        tried(provider, "concurrency", &[1.0, 8.0, 32.0]);
        tried(provider, "request_duration_ms", &[50.0, 200.0]);
        tried(provider, "monthly_requests", &[3e7, 3e8]);
    }
}
