//! The traffic a unit serves: what a person may say about it, in which order several places are believed, and what is
//! assumed when nobody says anything.

mod keys;
mod resolve;
mod shape;

pub(crate) use keys::{Checked, check};
pub use keys::{
    Choices, INFRACOST_ALIASES, Key, KeyError, Kind, WORKLOAD_KEYS, infracost_alias, workload_key,
};
pub(crate) use resolve::ASSUMED_MEMORY_MB;
pub use resolve::{Assumption, Input, Origin, Resolved, resolve};
pub use shape::Shape;

use crate::target::{Arch, Package};
use crate::value::Value;

/// Everything a `[workload]` table may say; `None` = not said. Units are those of [`WORKLOAD_KEYS`].
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Workload {
    /// Requests per month.
    pub monthly_requests: Option<f64>,
    /// Mean billed duration of a warm request, ms.
    pub request_duration_ms: Option<f64>,
    /// 99th percentile of warm requests, ms.
    pub p99_duration_ms: Option<f64>,
    /// Memory, MB.
    pub memory_mb: Option<f64>,
    /// CPU time per request, ms.
    pub cpu_ms: Option<f64>,
    /// Requests that one container serves at the same time.
    pub concurrency: Option<f64>,
    /// How a day's requests spread over its hours.
    pub shape: Option<Shape>,
    /// Peak within an hour over the mean of that hour.
    pub burst: Option<f64>,
    /// Busy share that always-on capacity aims at, 0 to 1.
    pub target_utilization: Option<f64>,
    /// Fewest instances of an always-on target.
    pub min_instances: Option<f64>,
    /// Request and response bodies together, KB.
    pub payload_kb: Option<f64>,
    /// Processor architecture.
    pub arch: Option<Arch>,
    /// Language runtime, such as `nodejs24.x`.
    pub runtime: Option<String>,
    /// Environments or instances of an on-demand target that are kept ready.
    pub provisioned_concurrency: Option<f64>,
    /// Temporary storage of a function, MB.
    pub ephemeral_storage_mb: Option<f64>,
    /// Log lines of one request, KB.
    pub log_kb: Option<f64>,
    /// What one request sends to the internet, KB.
    pub egress_kb: Option<f64>,
    /// How a function is delivered.
    pub package: Option<Package>,
    /// NAT gateways that serve the unit.
    pub nat_gateways: Option<f64>,
    /// Is the account's free tier taken off?
    pub free_tier: Option<bool>,
    /// Path of a measurement in the project. Whoever reads files turns it into a duration.
    pub power_tuning: Option<String>,
}

impl Workload {
    /// Stores a value under its key. The error says in words what is wrong; it names no remedy for an unknown key,
    /// since the caller knows best which near name to suggest ([`WORKLOAD_KEYS`] has them all).
    pub fn set(&mut self, name: &str, value: &Value) -> Result<(), KeyError> {
        let Some(key) = workload_key(name) else {
            return Err(KeyError::Unknown { key: name.to_owned(), table: "workload" });
        };
        match check(key, value)? {
            Checked::Number(number) => {
                if let Some(field) = self.number(key.name) {
                    *field = Some(number);
                }
            }
            Checked::Text(text) if key.name == "arch" => self.arch = Arch::parse(&text),
            Checked::Text(text) if key.name == "package" => self.package = Package::parse(&text),
            Checked::Text(text) if key.name == "power_tuning" => self.power_tuning = Some(text),
            Checked::Text(text) => self.runtime = Some(text),
            Checked::Shape(shape) => self.shape = Some(shape),
            Checked::Flag(flag) => self.free_tier = Some(flag),
        }
        Ok(())
    }

    /// Does it say anything at all?
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    fn number(&mut self, name: &str) -> Option<&mut Option<f64>> {
        Some(match name {
            "monthly_requests" => &mut self.monthly_requests,
            "request_duration_ms" => &mut self.request_duration_ms,
            "p99_duration_ms" => &mut self.p99_duration_ms,
            "memory_mb" => &mut self.memory_mb,
            "cpu_ms" => &mut self.cpu_ms,
            "concurrency" => &mut self.concurrency,
            "burst" => &mut self.burst,
            "target_utilization" => &mut self.target_utilization,
            "min_instances" => &mut self.min_instances,
            "payload_kb" => &mut self.payload_kb,
            "provisioned_concurrency" => &mut self.provisioned_concurrency,
            "ephemeral_storage_mb" => &mut self.ephemeral_storage_mb,
            "log_kb" => &mut self.log_kb,
            "egress_kb" => &mut self.egress_kb,
            "nat_gateways" => &mut self.nat_gateways,
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(key: &Key) -> Value {
        match key.kind {
            Kind::Number { min, .. } | Kind::Whole { min, .. } => Value::Number(min.max(1.0)),
            Kind::Choice(choices) => Value::Text(choices[0].to_owned()),
            Kind::Text => Value::Text("go".to_owned()),
            Kind::Shape(choices) => Value::Text(choices[0].to_owned()),
            Kind::Flag => Value::Flag(true),
        }
    }

    #[test]
    fn every_key_of_the_table_can_be_set() {
        for key in WORKLOAD_KEYS {
            let mut workload = Workload::default();
            workload.set(key.name, &sample(key)).unwrap();
            assert!(!workload.is_empty(), "{} was accepted and forgotten", key.name);
        }
    }

    #[test]
    fn mistakes_are_told_in_words() {
        let mut workload = Workload::default();
        let cases = [
            ("memroy_mb", Value::Number(1.0), "`memroy_mb` is not a workload key"),
            ("memory_mb", Value::Text("big".into()), "`memory_mb` must be a number of MB, not a text"),
            ("burst", Value::Number(0.5), "`burst` must be between 1 and 1,000, not 0.5"),
            (
                "target_utilization",
                Value::Number(60.0),
                "`target_utilization` must be between 0.01 and 1, not 60",
            ),
            (
                "request_duration_ms",
                Value::Number(2e9),
                "`request_duration_ms` must be between 0.01 and 1,000,000,000, not 2,000,000,000",
            ),
            ("burst", Value::Number(1e300), "`burst` must be between 1 and 1,000, not 1e300"),
            ("concurrency", Value::Number(2.5), "`concurrency` must be a whole number, not 2.5"),
            ("arch", Value::Text("sparc".into()), "`arch` must be one of `x86_64`, `arm64`, not `sparc`"),
            (
                "shape",
                Value::Text("weekly".into()),
                "`shape` must be one of `flat`, `diurnal`, `commute`, `spiky` or a list of 24 numbers, not `weekly`",
            ),
            (
                "shape",
                Value::List(vec![Value::Number(1.0); 7]),
                "`shape` needs 24 numbers, one per hour, not 7",
            ),
            (
                "shape",
                Value::List(vec![Value::Number(0.0); 24]),
                "`shape` needs at least one hour with traffic",
            ),
            (
                "shape",
                Value::List(vec![Value::Number(-1.0); 24]),
                "`shape` must hold numbers that are zero or more",
            ),
            ("monthly_requests", Value::Number(f64::NAN), "`monthly_requests` must be a finite number"),
        ];
        for (key, value, message) in cases {
            assert_eq!(workload.set(key, &value).unwrap_err().to_string(), message);
        }
        assert!(workload.is_empty());
    }

    #[test]
    fn names_of_usage_files_have_our_names() {
        assert_eq!(infracost_alias("average_request_duration_ms"), Some("request_duration_ms"));
        assert_eq!(infracost_alias("instance_hrs"), None);
    }
}
