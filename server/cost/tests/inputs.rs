//! What people write in bare inputs: other names, other units, and sizes that nobody sells.

#![allow(clippy::unwrap_used)] // helpers of tests: what cannot be estimated fails the test where it is asked

use klotho_cost::Value;
use klotho_cost::estimate::bare::{Inputs, bare};

fn inputs(said: &[(&str, f64)]) -> Inputs {
    said.iter().map(|(name, number)| ((*name).to_owned(), Value::Number(*number))).collect()
}

fn with(mut inputs: Inputs, name: &str, value: Value) -> Inputs {
    inputs.insert(name.to_owned(), value);
    inputs
}

fn total(target: &str, region: &str, inputs: &Inputs) -> String {
    let bill = bare(target, region, inputs).unwrap();
    assert!(bill.missing.is_empty(), "{target}: {:?}", bill.missing);
    format!("{:.2}", bill.monthly_total().unwrap())
}

#[test]
fn cpu_units_are_parts_of_a_vcpu() {
    let units = total("fargate", "us-east-1", &inputs(&[("cpu", 256.0), ("memory_mb", 512.0)]));
    let vcpus = total("fargate", "us-east-1", &inputs(&[("vcpu", 0.25), ("memory", 0.5)]));
    assert_eq!((units.as_str(), units == vcpus), ("9.01", true));
    let error = bare("fargate", "us-east-1", &inputs(&[("vcpu", 256.0), ("memory_mb", 512.0)])).unwrap_err();
    assert_eq!(error.to_string(), "input `vcpu` must be at most 32, the vCPUs of the largest Fargate task");
}

#[test]
fn targets_have_the_names_that_people_use() {
    for name in ["nat", "websocket", "websocket_api", "api_gateway_websocket", "apigateway_websocket"] {
        assert!(bare(name, "us-east-1", &Inputs::new()).is_ok(), "{name}");
    }
}

#[test]
fn a_machine_type_makes_a_cluster_one_of_nodes() {
    let kind = |name: &str| Value::Text(name.to_owned());
    let said = with(inputs(&[("node_count", 2.0)]), "machine_type", kind("e2-standard-2"));
    let standard = total("gke_standard", "us-central1", &said);
    assert_eq!(total("gke", "us-central1", &said), standard);
    let said = with(inputs(&[("hours", 100.0)]), "instance_type", kind("m5.large"));
    assert_eq!(total("ec2", "us-east-1", &said), "9.60");
}

#[test]
fn app_runner_takes_traffic_or_active_hours() {
    let size = [("vcpu", 1.0), ("memory_gb", 2.0)];
    let of = |more: &[(&str, f64)]| {
        total("app_runner", "us-east-1", &inputs(&[&size[..], more].concat())).parse::<f64>().unwrap()
    };
    let idle = of(&[]);
    let day = of(&[("active_hours_per_day", 24.0)]);
    assert!((day - idle - 730.0 * 0.064).abs() < 0.02, "{idle} {day}");
    // One request a second of 0.1 s keeps the one instance active nearly always: the least is a minute.
    let busy = of(&[("requests", 2_628_000.0), ("duration_ms", 100.0)]);
    assert!(idle < busy && busy <= day, "{idle} {busy} {day}");
}

#[test]
fn flex_instances_come_in_three_sizes() {
    let of = |memory| inputs(&[("requests", 1e6), ("duration_ms", 1_000.0), ("memory_mb", memory)]);
    let total = |memory| total("functions_flex", "eastus", &of(memory));
    assert_eq!((total(100.0), total(600.0)), (total(512.0), total(2_048.0)));
    assert!(bare("functions_flex", "eastus", &of(5_000.0)).is_err());
}

#[test]
fn capacity_units_are_said_at_a_time_or_by_the_month() {
    let of = |name, number| total("alb", "us-east-1", &inputs(&[(name, number)]));
    assert_eq!(of("lcus", 2.0), of("lcu_hours", 1_460.0));
}

#[test]
fn generation_1_of_cloud_functions_has_two_million_free() {
    let said = inputs(&[("requests", 3e6), ("duration_ms", 100.0), ("memory_mb", 128.0)]);
    let cost = |said: &Inputs| total("cloud_functions_gen1", "us-central1", said).parse::<f64>().unwrap();
    let free = with(said.clone(), "free_tier", Value::Flag(true));
    // Two million at $0.40 a million; the catalogue has no free time of generation 1.
    assert!((cost(&said) - cost(&free) - 0.8).abs() < 0.011);
}

#[test]
fn each_dimension_of_a_load_balancer_makes_capacity_units() {
    for (target, new, active) in [("alb", 25.0, 3_000.0), ("nlb", 800.0, 100_000.0)] {
        let of = |name, number| total(target, "us-east-1", &inputs(&[(name, number)]));
        let two = of("lcus", 2.0);
        assert_eq!(of("new_connections_per_second", 2.0 * new), two, "{target}");
        assert_eq!(of("active_connections", 2.0 * active), two, "{target}");
        assert_eq!(of("processed_gb_per_hour", 2.0), two, "{target}");
        assert_ne!(of("lcus", 1.0), two, "{target}");
    }
}

#[test]
fn half_a_gigabyte_of_temporary_storage_is_free() {
    let of = |storage| {
        let said = [("requests", 1e9), ("duration_ms", 1_000.0), ("memory_mb", 128.0)];
        total("lambda", "us-east-1", &inputs(&[&said[..], &[("ephemeral_storage_mb", storage)]].concat()))
    };
    // 1e9 requests at $0.20 a million, 1.25e8 GB-seconds; above that 1e9 GB-seconds of storage.
    assert_eq!([512.0, 1_536.0].map(of), ["2283.33", "2314.23"]);
}
