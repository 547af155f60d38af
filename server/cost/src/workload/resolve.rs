//! Several places may describe a unit's traffic. The first that says something about a key wins, key by key, and
//! every figure remembers which place that was.

use super::{Shape, Workload, workload_key};
use crate::format::{count, plain};
use crate::target::{Arch, Package};
use crate::value::Value;

/// Who said a value, the most believed first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Origin {
    /// Whoever asks what would be if.
    Override,
    /// The unit's entry in klotho.yaml.
    Config,
    /// The annotation.
    Annotation,
    /// The unit's resource in an Infracost usage file.
    Usage,
    /// `defaults.execution_unit` in klotho.yaml.
    Defaults,
    /// The type of the unit's resource in an Infracost usage file.
    UsageType,
    /// A measurement that the workload names.
    Measured,
    /// Nobody: the model assumes it, and it is always shown as assumed.
    Model,
}

/// The memory of a function of which nobody states any, MB.
pub(crate) const ASSUMED_MEMORY_MB: f64 = 512.0;

/// A value and who said it.
#[derive(Debug, Clone, PartialEq)]
pub struct Input<T> {
    /// The value.
    pub value: T,
    /// Who said it.
    pub origin: Origin,
}

impl<T> Input<T> {
    /// Did nobody say it?
    pub fn is_assumed(&self) -> bool {
        self.origin == Origin::Model
    }
}

/// A workload in which every gap is filled. Units are those of [`Workload`].
#[derive(Debug, Clone, PartialEq)]
pub struct Resolved {
    /// Requests per month; `None` = unknown, and no figure is invented for it.
    pub monthly_requests: Option<Input<f64>>,
    /// Mean duration of a warm request, ms.
    pub request_duration_ms: Input<f64>,
    /// 99th percentile of warm requests, ms.
    pub p99_duration_ms: Input<f64>,
    /// Memory, MB.
    pub memory_mb: Input<f64>,
    /// CPU time per request, ms.
    pub cpu_ms: Input<f64>,
    /// Requests that one container serves at the same time.
    pub concurrency: Input<f64>,
    /// How a day's requests spread over its hours.
    pub shape: Input<Shape>,
    /// Peak within an hour over the mean of that hour.
    pub burst: Input<f64>,
    /// Busy share that always-on capacity aims at.
    pub target_utilization: Input<f64>,
    /// Fewest instances of an always-on target.
    pub min_instances: Input<f64>,
    /// Request and response bodies together, KB.
    pub payload_kb: Input<f64>,
    /// Processor architecture.
    pub arch: Input<Arch>,
    /// Language runtime; `None` = not said, the file's language decides.
    pub runtime: Option<Input<String>>,
    /// Environments or instances of an on-demand target that are kept ready; `None` = not said.
    pub provisioned_concurrency: Option<Input<f64>>,
    /// Temporary storage of a function, MB; `None` = not said.
    pub ephemeral_storage_mb: Option<Input<f64>>,
    /// Log lines of one request, KB; `None` = not said.
    pub log_kb: Option<Input<f64>>,
    /// What one request sends to the internet, KB; `None` = not said.
    pub egress_kb: Option<Input<f64>>,
    /// How a function is delivered; `None` = not said.
    pub package: Option<Input<Package>>,
    /// NAT gateways that serve the unit; `None` = not said.
    pub nat_gateways: Option<Input<f64>>,
    /// Is the account's free tier taken off; `None` = not said.
    pub free_tier: Option<Input<bool>>,
}

/// One input as it is shown to people.
#[derive(Debug, Clone, PartialEq)]
pub struct Assumption {
    /// Key or word for the input.
    pub input: &'static str,
    /// Its value as text.
    pub value: String,
    /// Its unit; may be empty.
    pub unit: &'static str,
    /// Who said it.
    pub origin: Origin,
}

/// Layers workloads, the most believed first, and fills what nobody said from the model.
pub fn resolve(layers: &[(Origin, &Workload)]) -> Resolved {
    let number = |field: fn(&Workload) -> Option<f64>| find(layers, field);
    let or = |found: Option<Input<f64>>, default: f64| found.unwrap_or(assumed(default));
    let duration = or(number(|w| w.request_duration_ms), 100.0);
    Resolved {
        monthly_requests: number(|w| w.monthly_requests),
        p99_duration_ms: or(number(|w| w.p99_duration_ms), 5.0 * duration.value),
        cpu_ms: or(number(|w| w.cpu_ms), 0.25 * duration.value),
        request_duration_ms: duration,
        memory_mb: or(number(|w| w.memory_mb), ASSUMED_MEMORY_MB),
        concurrency: or(number(|w| w.concurrency), 32.0),
        shape: find(layers, |w| w.shape.clone()).unwrap_or(assumed(Shape::Diurnal)),
        burst: or(number(|w| w.burst), 1.5),
        target_utilization: or(number(|w| w.target_utilization), 0.6),
        min_instances: or(number(|w| w.min_instances), 2.0),
        payload_kb: or(number(|w| w.payload_kb), 20.0),
        arch: find(layers, |w| w.arch).unwrap_or(assumed(Arch::X86_64)),
        runtime: find(layers, |w| w.runtime.clone()),
        provisioned_concurrency: number(|w| w.provisioned_concurrency),
        ephemeral_storage_mb: number(|w| w.ephemeral_storage_mb),
        log_kb: number(|w| w.log_kb),
        egress_kb: number(|w| w.egress_kb),
        nat_gateways: number(|w| w.nat_gateways),
        package: find(layers, |w| w.package),
        free_tier: find(layers, |w| w.free_tier),
    }
}

impl Resolved {
    /// Every input with its value, unit and origin, in the order of the key table. Volume, runtime and what is on no
    /// bill unless stated are left out while nobody says them.
    pub fn inputs(&self) -> Vec<Assumption> {
        let text = |input, value: String, origin| {
            let unit = workload_key(input).map_or("", |key| key.unit);
            Assumption { input, value, unit, origin }
        };
        let number = |input, field: &Input<f64>| text(input, plain(field.value), field.origin);
        let volume = self.monthly_requests.as_ref();
        let runtime = self.runtime.as_ref();
        let mut inputs = Vec::new();
        inputs.extend(volume.map(|r| text("monthly_requests", count(r.value), r.origin)));
        inputs.extend([
            number("request_duration_ms", &self.request_duration_ms),
            number("p99_duration_ms", &self.p99_duration_ms),
            number("memory_mb", &self.memory_mb),
            number("cpu_ms", &self.cpu_ms),
            number("concurrency", &self.concurrency),
            text("shape", self.shape.value.name().to_owned(), self.shape.origin),
            number("burst", &self.burst),
            number("target_utilization", &self.target_utilization),
            number("min_instances", &self.min_instances),
            number("payload_kb", &self.payload_kb),
            text("arch", self.arch.value.name().to_owned(), self.arch.origin),
        ]);
        inputs.extend(runtime.map(|r| text("runtime", r.value.clone(), r.origin)));
        inputs.extend(self.stated_beside());
        inputs
    }

    /// What is on no bill unless somebody states it, as far as somebody does.
    fn stated_beside(&self) -> Vec<Assumption> {
        let numbers = [
            ("provisioned_concurrency", &self.provisioned_concurrency),
            ("ephemeral_storage_mb", &self.ephemeral_storage_mb),
            ("log_kb", &self.log_kb),
            ("egress_kb", &self.egress_kb),
            ("nat_gateways", &self.nat_gateways),
        ];
        let numbers = numbers.into_iter().filter_map(|(input, field)| {
            field.as_ref().map(|field| (input, plain(field.value), field.origin))
        });
        let package =
            self.package.iter().map(|field| ("package", field.value.name().to_owned(), field.origin));
        let free = self.free_tier.iter().map(|field| ("free_tier", field.value.to_string(), field.origin));
        let told = numbers.chain(package).chain(free).map(|(input, value, origin)| {
            let unit = workload_key(input).map_or("", |key| key.unit);
            Assumption { input, value, unit, origin }
        });
        told.collect()
    }
}

impl Resolved {
    /// The value of a key and who said it; `None` while nobody says it and nothing is assumed.
    pub fn value(&self, key: &str) -> Option<(Value, Origin)> {
        let number = |field: &Input<f64>| Some((Value::Number(field.value), field.origin));
        let maybe = |field: &Option<Input<f64>>| field.as_ref().and_then(number);
        let text = |value: &str, origin: Origin| Some((Value::Text(value.to_owned()), origin));
        match key {
            "monthly_requests" => maybe(&self.monthly_requests),
            "request_duration_ms" => number(&self.request_duration_ms),
            "p99_duration_ms" => number(&self.p99_duration_ms),
            "memory_mb" => number(&self.memory_mb),
            "cpu_ms" => number(&self.cpu_ms),
            "concurrency" => number(&self.concurrency),
            "shape" => Some((self.shape.value.stated(), self.shape.origin)),
            "burst" => number(&self.burst),
            "target_utilization" => number(&self.target_utilization),
            "min_instances" => number(&self.min_instances),
            "payload_kb" => number(&self.payload_kb),
            "arch" => text(self.arch.value.name(), self.arch.origin),
            "runtime" => self.runtime.as_ref().and_then(|field| text(&field.value, field.origin)),
            "provisioned_concurrency" => maybe(&self.provisioned_concurrency),
            "ephemeral_storage_mb" => maybe(&self.ephemeral_storage_mb),
            "log_kb" => maybe(&self.log_kb),
            "egress_kb" => maybe(&self.egress_kb),
            "package" => self.package.as_ref().and_then(|field| text(field.value.name(), field.origin)),
            "nat_gateways" => maybe(&self.nat_gateways),
            "free_tier" => self.free_tier.as_ref().map(|field| (Value::Flag(field.value), field.origin)),
            _ => None,
        }
    }
}

fn assumed<T>(value: T) -> Input<T> {
    Input { value, origin: Origin::Model }
}

fn find<T>(layers: &[(Origin, &Workload)], field: impl Fn(&Workload) -> Option<T>) -> Option<Input<T>> {
    layers.iter().find_map(|&(origin, layer)| field(layer).map(|value| Input { value, origin }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_layer_that_speaks_wins_key_by_key() {
        let config = Workload { memory_mb: Some(1024.0), ..Workload::default() };
        let annotation =
            Workload { memory_mb: Some(256.0), monthly_requests: Some(1e6), ..Workload::default() };
        let resolved = resolve(&[(Origin::Config, &config), (Origin::Annotation, &annotation)]);
        assert_eq!(resolved.memory_mb, Input { value: 1024.0, origin: Origin::Config });
        assert_eq!(resolved.monthly_requests, Some(Input { value: 1e6, origin: Origin::Annotation }));
        assert_eq!(resolved.burst, Input { value: 1.5, origin: Origin::Model });
    }

    #[test]
    fn what_depends_on_the_duration_follows_it() {
        let said = Workload { request_duration_ms: Some(80.0), ..Workload::default() };
        let resolved = resolve(&[(Origin::Annotation, &said)]);
        assert_eq!(resolved.cpu_ms.value, 20.0);
        assert_eq!(resolved.p99_duration_ms.value, 400.0);
        assert!(resolved.cpu_ms.is_assumed());
    }

    #[test]
    fn every_key_that_is_an_input_has_its_value() {
        let said = Workload {
            monthly_requests: Some(1e6),
            shape: Shape::parse("spiky"),
            runtime: Some("go".to_owned()),
            provisioned_concurrency: Some(1.0),
            ephemeral_storage_mb: Some(600.0),
            log_kb: Some(1.0),
            egress_kb: Some(1.0),
            package: Some(Package::Image),
            nat_gateways: Some(1.0),
            free_tier: Some(true),
            ..Workload::default()
        };
        let resolved = resolve(&[(Origin::Override, &said)]);
        let inputs = resolved.inputs();
        assert_eq!(inputs.len() + 1, super::super::WORKLOAD_KEYS.len(), "a measurement is no input itself");
        for input in inputs {
            let (_, origin) = resolved.value(input.input).expect(input.input);
            assert_eq!(origin, input.origin, "{}", input.input);
        }
        let day = Shape::Hours(Box::new([2.0; 24])).stated();
        assert_eq!(day, Value::List(vec![Value::Number(2.0); 24]));
        assert_eq!(resolved.value("shape"), Some((Value::Text("spiky".to_owned()), Origin::Override)));
    }

    #[test]
    fn an_unknown_volume_is_not_invented() {
        let resolved = resolve(&[]);
        assert_eq!(resolved.monthly_requests, None);
        assert!(resolved.inputs().iter().all(|input| input.origin == Origin::Model));
    }
}
