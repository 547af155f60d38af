//! Names: one quantity is called differently by providers, usage files and people. Here each has one name, and the
//! others lead to it.

use super::{BareError, Inputs, bad};
use crate::target::Arch;
use crate::traffic::DAYS_PER_MONTH;
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
    ("nat", "nat_gateway"),
    ("websocket", "apigateway_websocket"),
    ("websocket_api", "apigateway_websocket"),
    ("api_gateway_websocket", "apigateway_websocket"),
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

/// Other names of processors.
const ARCHES: &[(Arch, &[&str])] = &[
    (Arch::X86_64, &["x86_64", "x86", "x64", "amd64", "intel"]),
    (Arch::Arm64, &["arm64", "arm", "aarch64", "graviton"]),
];

/// The processor that a name means, in any case.
pub(super) fn arch(name: &str) -> Option<Arch> {
    let means = |names: &[&str]| names.iter().any(|other| other.eq_ignore_ascii_case(name));
    ARCHES.iter().find(|(_, names)| means(names)).map(|(arch, _)| *arch)
}

/// What a number under another name is in the unit of the input.
#[derive(Debug, Clone, Copy)]
enum Unit {
    /// So many of it.
    Times(f64),
    /// vCPUs, or above [`MOST_VCPU`] the CPU units of ECS, 1,024 to a vCPU.
    Cpu,
    /// Megabytes, or below [`LEAST_MB`] gigabytes.
    Memory,
}

/// Most vCPUs that a number under `cpu` may mean: no task of ECS has more, and 256 units are the fewest.
const MOST_VCPU: f64 = 32.0;

/// CPU units of one vCPU.
const CPU_UNITS: f64 = 1_024.0;

/// Fewest megabytes that anything here is sold with; a smaller number under `memory` is one of gigabytes.
const LEAST_MB: f64 = 128.0;

/// Units of memory in a text such as `512Mi`, and their megabytes.
const MEMORY_UNITS: &[(&str, f64)] = &[
    ("mib", 1.0),
    ("mb", 1.0),
    ("mi", 1.0),
    ("m", 1.0),
    ("gib", 1024.0),
    ("gb", 1024.0),
    ("gi", 1024.0),
    ("g", 1024.0),
];

impl Unit {
    fn of(self, number: f64) -> f64 {
        match self {
            Self::Times(factor) => number * factor,
            Self::Cpu if number > MOST_VCPU => number / CPU_UNITS,
            Self::Memory if number < LEAST_MB => number * 1024.0,
            Self::Cpu | Self::Memory => number,
        }
    }
}

/// Megabytes of a text such as `512Mi`, `1Gi` or `512 MB`.
fn megabytes(text: &str) -> Option<f64> {
    let text = text.trim().to_ascii_lowercase();
    MEMORY_UNITS.iter().find_map(|(unit, megabytes)| {
        let number: f64 = text.strip_suffix(unit)?.trim_end().parse().ok()?;
        Some(number * megabytes)
    })
}

/// Other names of one input.
struct Names {
    input: &'static str,
    unit: Unit,
    others: &'static [&'static str],
}

const fn names(input: &'static str, others: &'static [&'static str]) -> Names {
    Names { input, unit: Unit::Times(1.0), others }
}

const fn scaled(input: &'static str, factor: f64, others: &'static [&'static str]) -> Names {
    Names { input, unit: Unit::Times(factor), others }
}

const fn read_as(input: &'static str, unit: Unit, others: &'static [&'static str]) -> Names {
    Names { input, unit, others }
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
    read_as("memory_mb", Unit::Memory, &["memory"]),
    names("vcpu", &["vcpus", "autopilot_vcpu_count"]),
    read_as("vcpu", Unit::Cpu, &["cpu", "cpus", "cpu_units"]),
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
    scaled("active_hours", DAYS_PER_MONTH, &["active_hours_per_day"]),
    names("tasks_per_execution", &["tasks", "task_count"]),
    names("plan", &["sku", "plan_size"]),
    names("lcu", &["lcus", "nlcu", "nlcus", "capacity_units"]),
    names("lcu_hours", &["nlcu_hours"]),
    names("instance_seconds", &["billed_seconds", "active_seconds", "billable_instance_seconds"]),
    names("gb_seconds", &["execution_gb_seconds", "monthly_gb_seconds"]),
    names("free_tier", &["apply_free_tier", "free_grant", "free_credit"]),
];

/// What memory must be.
const MEMORY: &str = "a number, or a text with a unit such as `512Mi` or `1GB`";

/// Inputs under the names that a target knows, in its units.
pub(super) fn settle(inputs: &Inputs, known: &'static [&'static str]) -> Result<Inputs, BareError> {
    let mut settled = Inputs::new();
    for (name, value) in inputs {
        let (input, unit) = find(name, known).ok_or_else(|| unknown(name, known))?;
        let value = match value {
            Value::Number(number) => Value::Number(unit.of(*number)),
            Value::Text(text) if input == "memory_mb" => {
                Value::Number(megabytes(text).ok_or_else(|| bad(name, MEMORY))?)
            }
            other => other.clone(),
        };
        if settled.insert(input.to_owned(), value).is_some() {
            return Err(bad(name, "stated under one name only"));
        }
    }
    Ok(settled)
}

/// The known input that a name means, and how a number under it is read.
fn find(name: &str, known: &'static [&'static str]) -> Option<(&'static str, Unit)> {
    if let Some(input) = known.iter().find(|input| **input == name) {
        return Some((input, Unit::Times(1.0)));
    }
    let means = |names: &&Names| known.contains(&names.input) && names.others.contains(&name);
    INPUTS.iter().find(means).map(|names| (names.input, names.unit))
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
    fn cpu_and_memory_are_read_in_the_unit_that_they_can_be_in() {
        let known: &[&str] = &["vcpu", "memory_mb"];
        let text = |text: &str| Value::Text(text.to_owned());
        let cases = [
            ("cpu", Value::Number(256.0), 0.25),
            ("cpu", Value::Number(4_096.0), 4.0),
            ("cpu", Value::Number(32.0), 32.0),
            ("vcpu", Value::Number(256.0), 256.0),
            ("memory", Value::Number(512.0), 512.0),
            ("memory", Value::Number(0.5), 512.0),
            ("memory", text("512Mi"), 512.0),
            ("memory", text("1Gi"), 1_024.0),
            ("memory_mb", text("512 MB"), 512.0),
        ];
        for (name, value, wanted) in cases {
            let settled = settle(&Inputs::from([(name.to_owned(), value)]), known).unwrap();
            assert_eq!(settled.values().next(), Some(&Value::Number(wanted)), "{name}");
        }
        let unfit = Inputs::from([("memory".to_owned(), text("much"))]);
        assert!(settle(&unfit, known).unwrap_err().to_string().contains("512Mi"));
    }

    #[test]
    fn processors_have_many_names() {
        for (name, wanted) in
            [("arm", Arch::Arm64), ("ARM64", Arch::Arm64), ("x86", Arch::X86_64), ("amd64", Arch::X86_64)]
        {
            assert_eq!(arch(name), Some(wanted));
        }
        assert_eq!(arch("mips"), None);
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
