//! Names: one quantity is called differently by providers, usage files and people. Here each has one name, and the
//! others lead to it.

use super::{BareError, Inputs, bad};
use crate::value::Value;

/// Other names of targets, and the name under which each is found.
const TARGETS: &[(&str, &str)] = &[
    ("aws_lambda", "lambda"),
    ("lambda_on_demand", "lambda"),
    ("lambda_provisioned_concurrency", "lambda_provisioned"),
    ("ecs_fargate", "fargate"),
    ("eks_fargate_profile", "eks_fargate"),
    ("eks_node_group", "eks_nodes"),
    ("eks_ec2", "eks_nodes"),
    ("eks_managed_nodes", "eks_nodes"),
    ("eks_control_plane", "eks_cluster"),
    ("app_runner", "apprunner"),
    ("apigateway", "apigateway_http"),
    ("api_gateway_http", "apigateway_http"),
    ("http_api", "apigateway_http"),
    ("api_gateway_rest", "apigateway_rest"),
    ("rest_api", "apigateway_rest"),
    ("application_load_balancer", "alb"),
    ("network_load_balancer", "nlb"),
    ("elastic_ip", "public_ipv4"),
    ("ipv4", "public_ipv4"),
    ("cloudrun", "cloud_run_request_based"),
    ("cloud_run", "cloud_run_request_based"),
    ("cloud_run_service", "cloud_run_request_based"),
    ("cloud_run_job", "cloud_run_jobs"),
    ("cloudfunctions", "cloud_functions_gen2"),
    ("cloud_functions", "cloud_functions_gen2"),
    ("cloud_run_functions", "cloud_functions_gen2"),
    ("cloudfunctions_gen1", "cloud_functions_gen1"),
    ("cloudfunctions_gen2", "cloud_functions_gen2"),
    ("gke", "gke_autopilot"),
    ("gke_nodes", "gke_standard"),
    ("functions", "functions_flex"),
    ("azure_functions", "functions_flex"),
    ("functions_flex_consumption", "functions_flex"),
    ("azure_functions_consumption", "functions_consumption"),
    ("azure_functions_flex", "functions_flex"),
    ("azure_functions_premium", "functions_premium"),
    ("containerapps", "container_apps"),
    ("container_apps_consumption", "container_apps"),
    ("azure_container_apps", "container_apps"),
    ("aks_nodes", "aks"),
    ("aks_standard", "aks"),
];

/// The name under which a target is found.
pub(super) fn target(name: &str) -> Option<&'static str> {
    TARGETS.iter().find(|(other, _)| *other == name).map(|(_, target)| *target)
}

/// Other names of one input. A number under them is multiplied by `factor`.
struct Names {
    input: &'static str,
    factor: f64,
    others: &'static [&'static str],
}

const fn names(input: &'static str, others: &'static [&'static str]) -> Names {
    Names { input, factor: 1.0, others }
}

const fn scaled(input: &'static str, factor: f64, others: &'static [&'static str]) -> Names {
    Names { input, factor, others }
}

const INPUTS: &[Names] = &[
    names(
        "requests",
        &[
            "monthly_requests",
            "invocations",
            "monthly_invocations",
            "executions",
            "monthly_executions",
            "monthly_function_invocations",
            "monthly_job_executions",
            "requests_per_month",
        ],
    ),
    scaled("requests", 1e6, &["requests_millions", "million_requests"]),
    names(
        "duration_ms",
        &[
            "request_duration_ms",
            "average_request_duration_ms",
            "average_duration_ms",
            "avg_duration_ms",
            "execution_duration_ms",
            "billed_duration_ms",
        ],
    ),
    scaled(
        "duration_ms",
        1_000.0,
        &["duration_s", "duration_seconds", "execution_duration_s", "request_duration_s"],
    ),
    scaled("duration_ms", 60_000.0, &["duration_minutes", "average_task_execution_mins"]),
    names("memory_mb", &["memory_mib", "memory_size", "memory_size_mb", "instance_memory_mb"]),
    scaled("memory_mb", 1024.0, &["memory_gb", "memory_gib", "autopilot_memory_gb"]),
    names("vcpu", &["vcpus", "cpu", "cpus", "autopilot_vcpu_count"]),
    names("arch", &["architecture"]),
    names(
        "concurrency",
        &[
            "concurrent_requests_per_instance",
            "container_concurrency",
            "max_concurrency",
            "requests_per_instance",
        ],
    ),
    names("hours", &["instance_hrs", "instance_hours", "monthly_hrs", "monthly_hours", "hours_per_month"]),
    names(
        "instances",
        &[
            "tasks",
            "pods",
            "nodes",
            "replicas",
            "min_instances",
            "min_replicas",
            "instance_count",
            "node_count",
            "desired_count",
            "addresses",
            "count",
        ],
    ),
    scaled("seconds_per_day", 60.0, &["minutes_per_day"]),
    scaled("seconds_per_day", 3_600.0, &["hours_per_day"]),
    names("days", &["days_per_month"]),
    names("clusters", &["cluster_count"]),
    names(
        "instance_type",
        &["machine_type", "vm_size", "vm_type", "node_type", "node_instance_type", "machine"],
    ),
    names("ephemeral_storage_mb", &["ephemeral_mb", "storage_mb"]),
    scaled("ephemeral_storage_mb", 1024.0, &["ephemeral_storage_gb", "ephemeral_gb"]),
    names(
        "ephemeral_storage_gb",
        &[
            "ephemeral_gb",
            "ephemeral_gib",
            "ephemeral_storage_gib",
            "storage_gb",
            "autopilot_ephemeral_storage_gb",
        ],
    ),
    names("streamed_gb", &["response_stream_gb", "streaming_gb", "response_streaming_gb"]),
    names("provisioned_concurrency", &["provisioned_instances", "provisioned_environments"]),
    names("provisioned_hours", &["hours", "monthly_duration_hrs", "monthly_provisioned_hours"]),
    scaled("provisioned_hours", 1.0 / 3_600.0, &["monthly_duration_s", "provisioned_seconds"]),
    names("provisioned_requests", &["requests", "monthly_requests"]),
    names("provisioned_duration_ms", &["duration_ms", "request_duration_ms"]),
    names("request_size_kb", &["average_request_size_kb", "payload_kb", "message_size_kb"]),
    names("processed_gb", &["processed_bytes_gb", "data_processed_gb", "monthly_data_processed_gb"]),
    names("egress_gb", &["monthly_outbound_data_gb", "outbound_gb", "data_transfer_gb", "monthly_egress_gb"]),
    names("disk_gb", &["disk_size_gb", "volume_gb", "disk_size"]),
    names("always_ready_instances", &["always_ready", "instances", "min_instances"]),
    names("active_hours", &["active_instance_hours"]),
    names("instance_seconds", &["billed_seconds", "active_seconds", "billable_instance_seconds"]),
    names("gb_seconds", &["execution_gb_seconds", "monthly_gb_seconds"]),
    names("free_tier", &["apply_free_tier", "free_grant", "free_credit"]),
];

/// Inputs under the names that a target knows, in its units.
pub(super) fn settle(inputs: &Inputs, known: &'static [&'static str]) -> Result<Inputs, BareError> {
    let mut settled = Inputs::new();
    for (name, value) in inputs {
        let (input, factor) = find(name, known).ok_or_else(|| unknown(name, known))?;
        let value = match value {
            Value::Number(number) => Value::Number(number * factor),
            other => other.clone(),
        };
        if settled.insert(input.to_owned(), value).is_some() {
            return Err(bad(name, "stated under one name only"));
        }
    }
    Ok(settled)
}

/// The known input that a name means, and what its value is multiplied by.
fn find(name: &str, known: &'static [&'static str]) -> Option<(&'static str, f64)> {
    if let Some(input) = known.iter().find(|input| **input == name) {
        return Some((input, 1.0));
    }
    let means = |names: &&Names| known.contains(&names.input) && names.others.contains(&name);
    INPUTS.iter().find(means).map(|names| (names.input, names.factor))
}

fn unknown(name: &str, known: &'static [&'static str]) -> BareError {
    let others = INPUTS.iter().filter(|names| known.contains(&names.input));
    let all = known.iter().chain(others.flat_map(|names| names.others));
    // What is far longer than any name is no misspelling, and the distance takes time to find.
    let near = all.copied().filter(|other| name.len() < 2 * other.len());
    let near = near.map(|other| (strsim::damerau_levenshtein(name, other), other)).min();
    let near = near.filter(|(distance, other)| *distance <= (other.len() / 3).max(1));
    BareError::UnknownInput { input: name.to_owned(), near: near.map(|(_, other)| other) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_other_name_leads_to_one_input() {
        let known: &[&str] = &["requests", "memory_mb", "duration_ms", "hours"];
        let inputs = [("monthly_executions", 5.0), ("memory_gib", 0.5), ("duration_s", 0.2)];
        let inputs: Inputs = inputs.map(|(name, value)| (name.to_owned(), Value::Number(value))).into();
        let settled = settle(&inputs, known).unwrap();
        let expected = [("duration_ms", 200.0), ("memory_mb", 512.0), ("requests", 5.0)];
        for ((name, value), (wanted, number)) in settled.iter().zip(expected) {
            assert_eq!((name.as_str(), value), (wanted, &Value::Number(number)));
        }
    }

    #[test]
    fn a_quantity_is_said_once() {
        let inputs: Inputs =
            ["requests", "invocations"].map(|name| (name.to_owned(), Value::Number(1.0))).into();
        let error = settle(&inputs, &["requests"]).unwrap_err();
        assert_eq!(error.to_string(), "input `requests` must be stated under one name only");
    }

    #[test]
    fn other_names_of_targets_lead_to_targets() {
        for (other, name) in TARGETS {
            assert!(super::super::bench(name).is_some_and(|bench| bench.target == *name), "{other}");
            assert!(super::super::benches().all(|bench| bench.target != *other), "{other}");
        }
    }
}
