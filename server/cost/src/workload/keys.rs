//! The keys of `[workload]` and how a value is checked against a key. One table serves checking, completion and docs.

use std::fmt;

use super::shape::Shape;
use crate::format::{plain, quantity};
use crate::value::Value;

/// One key of `[workload]` or `[requires]`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Key {
    /// Name as written.
    pub name: &'static str,
    /// Which values it takes.
    pub kind: Kind,
    /// Unit of the value; empty for pure numbers and texts.
    pub unit: &'static str,
    /// One line for completion and hover.
    pub doc: &'static str,
    /// What is assumed when nobody says anything, in words; empty when nothing is.
    pub default: &'static str,
}

/// The words that a key accepts.
pub type Choices = &'static [&'static str];

/// Which values a key takes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Kind {
    /// A number from `min` to `max`.
    Number {
        /// Smallest value.
        min: f64,
        /// Largest value.
        max: f64,
    },
    /// A whole number from `min` to `max`.
    Whole {
        /// Smallest value.
        min: f64,
        /// Largest value.
        max: f64,
    },
    /// One of these words.
    Choice(Choices),
    /// Any text.
    Text,
    /// One of these words, or 24 numbers.
    Shape(Choices),
    /// `true` or `false`.
    Flag,
}

/// The keys of `[workload]`, in the order in which documentation lists them.
pub const WORKLOAD_KEYS: &[Key] = &[
    Key {
        name: "monthly_requests",
        kind: Kind::Number { min: 0.0, max: 1e13 },
        unit: "requests",
        doc: "Requests per month.",
        default: "10,000,000, as an example",
    },
    Key {
        name: "request_duration_ms",
        kind: Kind::Number { min: 0.01, max: 1e9 },
        unit: "ms",
        doc: "Mean duration of a warm request.",
        default: "100",
    },
    Key {
        name: "p99_duration_ms",
        kind: Kind::Number { min: 0.01, max: 1e9 },
        unit: "ms",
        doc: "Duration that 99 of 100 warm requests stay below.",
        default: "5 x request_duration_ms",
    },
    Key {
        name: "memory_mb",
        kind: Kind::Number { min: 1.0, max: 1e6 },
        unit: "MB",
        doc: "Memory of the function.",
        default: "512",
    },
    Key {
        name: "cpu_ms",
        kind: Kind::Number { min: 0.001, max: 1e9 },
        unit: "ms",
        doc: "CPU time of a request: what is left of its duration is waiting, and containers overlap waiting.",
        default: "0.25 x request_duration_ms",
    },
    Key {
        name: "concurrency",
        kind: Kind::Whole { min: 1.0, max: 100_000.0 },
        unit: "requests",
        doc: "Requests that one container serves at the same time. A Lambda environment always serves one.",
        default: "32",
    },
    Key {
        name: "shape",
        kind: Kind::Shape(Shape::NAMES),
        unit: "",
        doc: "How a day's requests spread over its hours: a name, or 24 numbers from 00:00.",
        default: "diurnal",
    },
    Key {
        name: "burst",
        kind: Kind::Number { min: 1.0, max: 1_000.0 },
        unit: "x",
        doc: "Peak within an hour over the mean of that hour.",
        default: "1.5",
    },
    Key {
        name: "target_utilization",
        kind: Kind::Number { min: 0.01, max: 1.0 },
        unit: "",
        doc: "Busy share that always-on capacity aims at, 0 to 1.",
        default: "0.6",
    },
    Key {
        name: "min_instances",
        kind: Kind::Whole { min: 0.0, max: 10_000.0 },
        unit: "instances",
        doc: "Fewest instances of an always-on target.",
        default: "2",
    },
    Key {
        name: "payload_kb",
        kind: Kind::Number { min: 0.0, max: 1e7 },
        unit: "KB",
        doc: "Request and response bodies together.",
        default: "20",
    },
    Key {
        name: "arch",
        kind: Kind::Choice(&["x86_64", "arm64"]),
        unit: "",
        doc: "Processor architecture.",
        default: "x86_64",
    },
    Key {
        name: "runtime",
        kind: Kind::Text,
        unit: "",
        doc: "Language runtime, such as `nodejs24.x`, for cold starts.",
        default: "the file's language",
    },
    Key {
        name: "provisioned_concurrency",
        kind: Kind::Whole { min: 0.0, max: 10_000.0 },
        unit: "environments",
        doc: "Environments of a function, or instances of another on-demand target, that are kept ready all month.",
        default: "0",
    },
    Key {
        name: "ephemeral_storage_mb",
        kind: Kind::Number { min: 512.0, max: 10_240.0 },
        unit: "MB",
        doc: "Temporary storage of a function.",
        default: "512, which is free",
    },
    Key {
        name: "log_kb",
        kind: Kind::Number { min: 0.0, max: 1e7 },
        unit: "KB",
        doc: "Log lines of one request.",
        default: "left out of the bill, which says so",
    },
    Key {
        name: "egress_kb",
        kind: Kind::Number { min: 0.0, max: 1e9 },
        unit: "KB",
        doc: "What one request sends to the internet.",
        default: "left out of the bill, which says so",
    },
    Key {
        name: "package",
        kind: Kind::Choice(&["zip", "image"]),
        unit: "",
        doc: "How a function is delivered, for cold starts.",
        default: "zip",
    },
    Key {
        name: "nat_gateways",
        kind: Kind::Whole { min: 0.0, max: 100.0 },
        unit: "gateways",
        doc: "NAT gateways that serve the unit.",
        default: "0",
    },
    Key {
        name: "free_tier",
        kind: Kind::Flag,
        unit: "",
        doc: "Whether the account's free tier is taken off this unit's bill. An account has it once: say it of one unit.",
        default: "false",
    },
    Key {
        name: "power_tuning",
        kind: Kind::Text,
        unit: "",
        doc: "A JSON file of the project with a result of AWS Lambda Power Tuning. Its duration at the unit's memory, or at \
              the nearest size that was measured, counts where nobody states one.",
        default: "",
    },
];

/// The workload key with this name.
pub fn workload_key(name: &str) -> Option<&'static Key> {
    WORKLOAD_KEYS.iter().find(|key| key.name == name)
}

/// Keys of Infracost usage files that mean the same as one of ours, and ours.
pub const INFRACOST_ALIASES: &[(&str, &str)] = &[
    ("monthly_requests", "monthly_requests"),
    ("monthly_executions", "monthly_requests"),
    ("monthly_invocations", "monthly_requests"),
    ("monthly_function_invocations", "monthly_requests"),
    ("request_duration_ms", "request_duration_ms"),
    ("average_request_duration_ms", "request_duration_ms"),
    ("execution_duration_ms", "request_duration_ms"),
    ("concurrent_requests_per_instance", "concurrency"),
    ("memory_mb", "memory_mb"),
];

/// Our name for a key of an Infracost usage file, where both mean the same.
pub fn infracost_alias(name: &str) -> Option<&'static str> {
    INFRACOST_ALIASES.iter().find(|(theirs, _)| *theirs == name).map(|(_, ours)| *ours)
}

/// Why a value was not accepted.
#[derive(Debug, Clone, PartialEq)]
pub enum KeyError {
    /// There is no such key.
    Unknown {
        /// Key as written.
        key: String,
        /// `workload` or `requires`.
        table: &'static str,
    },
    /// The key exists and the value does not fit; the text says why.
    Unfit {
        /// The key.
        key: &'static str,
        /// What the key wants and what it got.
        why: String,
    },
}

impl fmt::Display for KeyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown { key, table } => write!(f, "`{key}` is not a {table} key"),
            Self::Unfit { key, why } => write!(f, "`{key}` {why}"),
        }
    }
}

impl std::error::Error for KeyError {}

/// A value that fits its key.
pub(crate) enum Checked {
    Number(f64),
    Text(String),
    Flag(bool),
    Shape(Shape),
}

/// Checks a value against its key.
pub(crate) fn check(key: &'static Key, value: &Value) -> Result<Checked, KeyError> {
    let fits = match (key.kind, value) {
        (Kind::Number { min, max }, Value::Number(number)) => ranged(*number, min, max, false),
        (Kind::Whole { min, max }, Value::Number(number)) => ranged(*number, min, max, true),
        (Kind::Flag, Value::Flag(flag)) => Ok(Checked::Flag(*flag)),
        (Kind::Text, Value::Text(text)) => Ok(Checked::Text(text.clone())),
        (Kind::Choice(choices), Value::Text(text)) if choices.contains(&text.as_str()) => {
            Ok(Checked::Text(text.clone()))
        }
        (Kind::Shape(_), Value::List(hours)) => day(hours),
        (Kind::Shape(_), Value::Text(text)) if Shape::parse(text).is_some() => {
            Shape::parse(text).map(Checked::Shape).ok_or_else(String::new)
        }
        _ => Err(format!("must be {}, not {}", wanted(key), shown(key, value))),
    };
    fits.map_err(|why| KeyError::Unfit { key: key.name, why })
}

fn ranged(number: f64, min: f64, max: f64, whole: bool) -> Result<Checked, String> {
    if !number.is_finite() {
        return Err("must be a finite number".to_owned());
    }
    if whole && number.fract() != 0.0 {
        return Err(format!("must be a whole number, not {}", in_words(number)));
    }
    if (min..=max).contains(&number) {
        return Ok(Checked::Number(number));
    }
    Err(format!("must be between {} and {}, not {}", in_words(min), in_words(max), in_words(number)))
}

/// A number of any size as people read it.
fn in_words(number: f64) -> String {
    match number.abs() {
        size if size >= 1e15 || (size > 0.0 && size < 1e-6) => format!("{number:e}"),
        size if size >= 1_000.0 => quantity(number),
        _ => plain(number),
    }
}

impl Key {
    /// The values that it takes, in words for documentation.
    pub fn values(&self) -> String {
        let of = if self.unit.len() > 1 { format!(" of {}", self.unit) } else { String::new() };
        match self.kind {
            // What lies beyond is no limit that anybody meets.
            Kind::Number { min, max } if max > 1e5 => format!("number{of}, at least {}", in_words(min)),
            Kind::Number { min, max } => format!("number{of}, {} to {}", in_words(min), in_words(max)),
            Kind::Whole { min, max } => format!("whole number{of}, {} to {}", in_words(min), in_words(max)),
            Kind::Choice(choices) => quoted(choices),
            Kind::Shape(choices) => format!("{}, or 24 numbers", quoted(choices)),
            Kind::Text => "text".to_owned(),
            Kind::Flag => "`true` or `false`".to_owned(),
        }
    }
}

fn quoted(choices: Choices) -> String {
    choices.iter().map(|choice| format!("`{choice}`")).collect::<Vec<_>>().join(", ")
}

fn day(hours: &[Value]) -> Result<Checked, String> {
    let Ok(hours) = <&[Value; 24]>::try_from(hours) else {
        return Err(format!("needs 24 numbers, one per hour, not {}", hours.len()));
    };
    let mut weights = [0.0; 24];
    for (weight, hour) in weights.iter_mut().zip(hours) {
        match hour {
            Value::Number(number) if number.is_finite() && *number >= 0.0 => *weight = *number,
            _ => return Err("must hold numbers that are zero or more".to_owned()),
        }
    }
    let sum: f64 = weights.iter().sum();
    if sum <= 0.0 || !sum.is_finite() {
        return Err("needs at least one hour with traffic".to_owned());
    }
    Ok(Checked::Shape(Shape::Hours(Box::new(weights))))
}

fn wanted(key: &Key) -> String {
    match key.kind {
        Kind::Number { .. } | Kind::Whole { .. } if key.unit.len() > 1 => format!("a number of {}", key.unit),
        Kind::Number { .. } | Kind::Whole { .. } => "a number".to_owned(),
        Kind::Choice(choices) => format!("one of {}", quoted(choices)),
        Kind::Shape(choices) => format!("one of {} or a list of 24 numbers", quoted(choices)),
        Kind::Text => "a text".to_owned(),
        Kind::Flag => "true or false".to_owned(),
    }
}

/// The value itself where words are expected, its kind elsewhere.
fn shown(key: &Key, value: &Value) -> String {
    match (key.kind, value) {
        (Kind::Choice(_) | Kind::Shape(_), Value::Text(text)) => format!("`{text}`"),
        _ => value.kind().to_owned(),
    }
}
