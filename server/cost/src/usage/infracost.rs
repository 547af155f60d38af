//! Infracost usage files: monthly quantities by Terraform address.
//!
//! The format is that of `infracost breakdown --usage-file` (github.com/infracost/infracost, `infracost-usage-example.yml`
//! and `internal/usage/usage_file.go`): `version`, `resource_type_default_usage` by type, `resource_usage` by address. What
//! several addresses say of one resource adds up key by key, the most particular first, as it does there.

use super::address::{Address, sanitised};
use crate::value::Value;
use crate::workload::{Workload, infracost_alias};
use serde_json::{Map, Value as Json};
use std::collections::HashMap;

/// The version of the format.
const VERSION: f64 = 0.1;

/// Values of one resource may be nested; what lies deeper is of no resource that Infracost knows.
const DEPTH: usize = 4;

/// The Terraform types that a unit can become, and its target there.
const UNIT_TYPES: [(&str, &str); 10] = [
    ("aws_lambda_function", "lambda"),
    ("aws_ecs_service", "ecs"),
    ("aws_apprunner_service", "apprunner"),
    ("google_cloudfunctions_function", "cloudfunctions"),
    ("google_cloud_run_service", "cloudrun"),
    ("google_cloud_run_v2_service", "cloudrun"),
    ("azurerm_function_app", "functions"),
    ("azurerm_linux_function_app", "functions"),
    ("azurerm_windows_function_app", "functions"),
    ("azurerm_container_app", "containerapps"),
];

/// Keys of such types that say nothing about traffic: capacity that Infracost is told and that is worked out here.
const PASSED_OVER: [&str; 2] = ["instance_hrs", "instances"];

/// What a month sends to the internet, GB. Here it is told for one request.
const OUTBOUND: &str = "monthly_outbound_data_gb";

/// KB of a GB.
const KB_PER_GB: f64 = 1e6;

/// A usage file.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct UsageFile {
    /// What is said of resources, in the order of the file.
    pub resources: Vec<ResourceUsage>,
    /// What is said of types as a whole, in the order of the file.
    pub types: Vec<ResourceUsage>,
    /// Places in `resources` by sanitised name, or by the key of one instance.
    by_name: HashMap<String, Vec<usize>>,
}

/// What a usage file says of one address or type.
#[derive(Debug, Clone, PartialEq)]
pub struct ResourceUsage {
    /// As it is written.
    pub written: String,
    /// What it names. Of a type as a whole, the type alone.
    pub address: Address,
    /// Quantities by key, in Infracost's units; those below other keys are joined by a dot, as in `standard.storage_gb`.
    pub values: Vec<(String, f64)>,
    /// What they say of a unit's traffic; nothing for types that no unit becomes.
    pub workload: Workload,
}

/// What of a usage file cannot be used.
#[derive(Debug, Clone, PartialEq)]
pub struct Fault {
    /// The keys that lead to it.
    pub path: Vec<String>,
    /// Why, as a sentence without a full stop; `None` for a key that is merely not known, which may be a newer one.
    pub why: Option<String>,
}

impl UsageFile {
    /// Reads what the YAML of a usage file says. What cannot be used is a fault, and the rest counts.
    pub fn read(root: &Json) -> (Self, Vec<Fault>) {
        let mut faults = Vec::new();
        let mut file = Self::default();
        let Json::Object(root) = root else {
            faults.extend((!root.is_null()).then(|| Fault::new(&[], "a usage file needs keys and values")));
            return (file, faults);
        };
        faults.extend(root.get("version").and_then(wrong_version));
        for (section, place) in [(TYPES, &mut file.types), (RESOURCES, &mut file.resources)] {
            match root.get(section) {
                Some(Json::Object(entries)) => *place = read_entries(section, entries, &mut faults),
                None | Some(Json::Null) => {}
                Some(_) => faults.push(Fault::new(&[section], &format!("`{section}` needs keys and values"))),
            }
        }
        for (index, usage) in file.resources.iter().enumerate() {
            for name in usage.names() {
                file.by_name.entry(sanitised(name)).or_default().push(index);
            }
        }
        (file, faults)
    }

    /// What is said of a unit, by the name of its resource: the most particular address first. A unit's id is compared as it
    /// is written, then as the compiler sanitises names.
    pub fn of_unit(&self, id: &str) -> Vec<&ResourceUsage> {
        let places = self.by_name.get(&sanitised(id)).map_or(&[][..], Vec::as_slice);
        let resources = places.iter().filter_map(|&place| self.resources.get(place));
        let mut found: Vec<_> = resources.filter(|usage| usage.is_of_unit()).collect();
        found.sort_by_key(|usage| usage.distance(id));
        found.dedup_by(|a, b| std::ptr::eq(*a, *b));
        found
    }

    /// What is said of all units of a target.
    pub fn of_target<'a>(&'a self, target: &'a str) -> impl Iterator<Item = &'a ResourceUsage> {
        let is_its = move |kind: &str| UNIT_TYPES.contains(&(kind, target));
        self.types.iter().filter(move |usage| is_its(&usage.address.kind))
    }

    /// The addresses of units' types that name none of these units, as they are written.
    pub fn unmatched<'a>(&'a self, is_unit: impl Fn(&str) -> bool + 'a) -> impl Iterator<Item = &'a str> {
        let units = self.resources.iter().filter(|usage| usage.is_of_unit());
        units.filter(move |usage| !usage.names().any(&is_unit)).map(|usage| usage.written.as_str())
    }
}

/// The section of types.
const TYPES: &str = "resource_type_default_usage";

/// The section of resources.
pub const RESOURCES: &str = "resource_usage";

impl ResourceUsage {
    /// The quantity under `key`.
    pub fn value(&self, key: &str) -> Option<f64> {
        self.values.iter().find(|(known, _)| known == key).map(|(_, value)| *value)
    }

    fn is_of_unit(&self) -> bool {
        is_unit_type(&self.address.kind)
    }

    /// What may be a unit's id: the resource's name, or the key of one of its instances.
    fn names(&self) -> impl Iterator<Item = &str> {
        let key = self.address.index.as_deref().filter(|key| *key != "*" && key.parse::<u64>().is_err());
        [self.address.name.as_str()].into_iter().chain(key)
    }

    /// How far the address is from naming exactly the unit.
    fn distance(&self, id: &str) -> (bool, u8) {
        let is_exact = self.names().any(|name| name == id);
        let spread = match &self.address.index {
            None => 0,
            Some(_) if self.address.is_wildcard() => 2,
            Some(_) => 1,
        };
        (!is_exact, spread)
    }
}

impl Fault {
    fn new(path: &[&str], why: &str) -> Self {
        Self { path: path.iter().map(ToString::to_string).collect(), why: Some(why.to_owned()) }
    }
}

fn is_unit_type(kind: &str) -> bool {
    UNIT_TYPES.iter().any(|(known, _)| *known == kind)
}

fn wrong_version(version: &Json) -> Option<Fault> {
    let stated = version.as_f64().or_else(|| version.as_str()?.parse().ok());
    let shown = version.as_str().map_or_else(|| version.to_string(), str::to_owned);
    (stated != Some(VERSION)).then(|| {
        Fault::new(
            &["version"],
            &format!("`version` must be {VERSION}, the one that Infracost has, not {shown}"),
        )
    })
}

fn read_entries(section: &str, entries: &Map<String, Json>, faults: &mut Vec<Fault>) -> Vec<ResourceUsage> {
    let mut found = Vec::new();
    for (written, value) in entries {
        let values = match value {
            Json::Object(values) => values,
            Json::Null => continue,
            _ => {
                let why = format!("`{written}` needs keys and numbers");
                faults.push(Fault::new(&[section, written], &why));
                continue;
            }
        };
        let address = if section == TYPES {
            Address { kind: written.clone(), name: String::new(), index: None }
        } else {
            Address::parse(written)
        };
        let workload = if is_unit_type(&address.kind) {
            workload(section, written, values, faults)
        } else {
            Workload::default()
        };
        found.push(ResourceUsage { written: written.clone(), address, values: numbers(values), workload });
    }
    found
}

/// What the values say of a unit's traffic.
fn workload(section: &str, written: &str, values: &Map<String, Json>, faults: &mut Vec<Fault>) -> Workload {
    let mut workload = Workload::default();
    for (key, value) in values {
        let fault = |why| Fault { path: [section, written, key].map(str::to_owned).to_vec(), why };
        if key == OUTBOUND {
            continue;
        }
        let Some(ours) = infracost_alias(key) else {
            let is_known = PASSED_OVER.contains(&key.as_str()) || value.is_object();
            faults.extend((!is_known).then(|| fault(None)));
            continue;
        };
        let value = match value {
            Json::Null => continue,
            Json::Number(number) => Value::Number(number.as_f64().unwrap_or(f64::NAN)),
            Json::String(text) => Value::Text(text.clone()),
            Json::Bool(flag) => Value::Flag(*flag),
            Json::Array(_) | Json::Object(_) => Value::List(Vec::new()),
        };
        if let Err(error) = workload.set(ours, &value) {
            // The key is called otherwise here.
            faults.push(fault(Some(error.to_string().replacen(
                &format!("`{ours}`"),
                &format!("`{key}`"),
                1,
            ))));
        }
    }
    faults.extend(values.get(OUTBOUND).and_then(|monthly| outbound(monthly, &mut workload)).map(|why| {
        let path = [section, written, OUTBOUND].map(str::to_owned).to_vec();
        Fault { path, why: Some(why) }
    }));
    workload
}

/// Spreads what a month sends to the internet over its requests. The error says why that cannot be done.
fn outbound(monthly: &Json, workload: &mut Workload) -> Option<String> {
    if monthly.is_null() {
        return None;
    }
    let Some(gigabytes) = monthly.as_f64().filter(|amount| *amount >= 0.0) else {
        return Some(format!("`{OUTBOUND}` must be a number of GB, zero or more"));
    };
    let Some(requests) = workload.monthly_requests.filter(|requests| *requests > 0.0) else {
        return Some(format!("`{OUTBOUND}` needs the number of requests beside it, over which it is spread"));
    };
    let spread = Value::Number(gigabytes * KB_PER_GB / requests);
    workload.set("egress_kb", &spread).err().map(|error| format!("`{OUTBOUND}` by request: {error}"))
}

/// Every number, with the keys that lead to it.
fn numbers(values: &Map<String, Json>) -> Vec<(String, f64)> {
    let mut found = Vec::new();
    let mut open = vec![(String::new(), 1, values)];
    while let Some((prefix, depth, values)) = open.pop() {
        for (key, value) in values {
            match value {
                Json::Object(inner) if depth < DEPTH => {
                    open.push((format!("{prefix}{key}."), depth + 1, inner))
                }
                _ => found.extend(value.as_f64().map(|number| (format!("{prefix}{key}"), number))),
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn read(root: &Json) -> (UsageFile, Vec<String>) {
        let (file, faults) = UsageFile::read(root);
        let say = |fault: Fault| format!("{}: {}", fault.path.join(" > "), fault.why.unwrap_or_default());
        (file, faults.into_iter().map(say).collect())
    }

    #[test]
    fn what_a_month_sends_is_spread_over_its_requests() {
        let (file, faults) = read(&json!({ "resource_usage": {
            "aws_ecs_service.web": { "monthly_outbound_data_gb": 50, "monthly_requests": 1e6 },
            "aws_ecs_service.lost": { "monthly_outbound_data_gb": 50 },
        } }));
        let of = |id| file.of_unit(id).first().and_then(|usage| usage.workload.egress_kb);
        assert_eq!((of("web"), of("lost")), (Some(50.0), None));
        let why =
            "`monthly_outbound_data_gb` needs the number of requests beside it, over which it is spread";
        let place = "resource_usage > aws_ecs_service.lost > monthly_outbound_data_gb";
        assert_eq!(faults, [format!("{place}: {why}")]);
    }

    #[test]
    fn a_unit_is_found_by_the_name_of_its_resource_the_most_particular_first() {
        let (file, faults) = read(&json!({
            "version": 0.1,
            "resource_usage": {
                "module.mod[*].aws_lambda_function.my_orders[*]": { "request_duration_ms": 250, "memory_mb": 256 },
                "aws_lambda_function.my_orders": { "monthly_requests": 5e6 },
                "aws_lambda_function.each[\"my-orders\"]": { "monthly_requests": 7e6, "request_duration_ms": 90 },
                "aws_dynamodb_table.my_orders": { "monthly_write_request_units": 3, "monthly_requests": "many" },
                "google_cloud_run_service.pets": { "instance_hrs": 730, "concurrent_requests_per_instance": 20 },
            },
        }));
        assert_eq!(faults, Vec::<String>::new());
        let found: Vec<_> = file.of_unit("my-orders").iter().map(|usage| usage.written.as_str()).collect();
        assert_eq!(
            found,
            [
                "aws_lambda_function.each[\"my-orders\"]",
                "aws_lambda_function.my_orders",
                "module.mod[*].aws_lambda_function.my_orders[*]",
            ]
        );
        assert_eq!(file.of_unit("pets")[0].workload.concurrency, Some(20.0));
        assert!(file.of_unit("orders").is_empty());
        let unmatched: Vec<_> = file.unmatched(|name| name == "pets").collect();
        assert_eq!(unmatched.len(), 3);
    }

    #[test]
    fn quantities_of_other_resources_are_kept_as_they_are() {
        let (file, faults) = read(&json!({
            "version": "0.1",
            "resource_usage": { "aws_s3_bucket.files": {
                "object_tags": 10, "standard": { "storage_gb": 5, "class": "x" }, "a": { "b": { "c": { "d": { "e": 1 } } } }
            } },
        }));
        assert_eq!(faults, Vec::<String>::new());
        let bucket = &file.resources[0];
        assert_eq!(
            (bucket.value("standard.storage_gb"), bucket.value("object_tags")),
            (Some(5.0), Some(10.0))
        );
        assert_eq!(bucket.values.len(), 2);
        assert!(bucket.workload.is_empty());
    }

    #[test]
    fn types_speak_for_the_units_of_their_target() {
        let (file, _) = read(&json!({
            "resource_type_default_usage": { "aws_lambda_function": { "request_duration_ms": 500 } },
            "resource_usage": null,
        }));
        let durations = |target| -> Vec<_> {
            file.of_target(target).map(|usage| usage.workload.request_duration_ms).collect()
        };
        assert_eq!(durations("lambda"), [Some(500.0)]);
        assert_eq!(durations("ecs"), []);
    }

    #[test]
    fn every_fault_names_its_key_and_the_way_out() {
        let (_, faults) = read(&json!({
            "version": 2,
            "resource_type_default_usage": [],
            "resource_usage": {
                "aws_lambda_function.a": {
                    "monthly_requests": -1, "request_duration_ms": "fast", "memory_mb": true, "monthly_request": 5
                },
                "aws_lambda_function.b": 7,
                "azurerm_function_app.c": { "monthly_executions": [1], "execution_duration_ms": null },
            },
        }));
        expect_test::expect![[r#"
            version: `version` must be 0.1, the one that Infracost has, not 2
            resource_type_default_usage: `resource_type_default_usage` needs keys and values
            resource_usage > aws_lambda_function.a > monthly_requests: `monthly_requests` must be between 0 and 10,000,000,000,000, not -1
            resource_usage > aws_lambda_function.a > request_duration_ms: `request_duration_ms` must be a number of ms, not a text
            resource_usage > aws_lambda_function.a > memory_mb: `memory_mb` must be a number of MB, not true or false
            resource_usage > aws_lambda_function.a > monthly_request: 
            resource_usage > aws_lambda_function.b: `aws_lambda_function.b` needs keys and numbers
            resource_usage > azurerm_function_app.c > monthly_executions: `monthly_executions` must be a number of requests, not a list"#]]
        .assert_eq(&faults.join("\n"));
        assert_eq!(read(&json!(null)).1, Vec::<String>::new());
        assert_eq!(read(&json!([1])).1, [": a usage file needs keys and values"]);
    }
}
