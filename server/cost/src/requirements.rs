//! What a unit must meet, from `[requires]`.

use crate::value::Value;
use crate::workload::{Checked, Key, KeyError, Kind, Origin, check};

/// Everything a `[requires]` table may say; `None` = no requirement. Units are those of [`REQUIREMENT_KEYS`].
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Requirements {
    /// Most US dollars a month.
    pub max_monthly_usd: Option<f64>,
    /// Longest 99th percentile of latency, ms.
    pub max_p99_ms: Option<f64>,
    /// Largest share of cold requests, 0 to 1.
    pub max_cold_share: Option<f64>,
    /// Longest request that must be served, seconds.
    pub max_request_s: Option<f64>,
    /// Largest body that must pass, MB.
    pub max_payload_mb: Option<f64>,
    /// Memory that one instance must have, MB.
    pub memory_mb: Option<f64>,
    /// WebSocket connections.
    pub websocket: Option<bool>,
    /// Streamed responses.
    pub streaming: Option<bool>,
    /// A graphics processor.
    pub gpu: Option<bool>,
    /// No cost without traffic.
    pub scale_to_zero: Option<bool>,
}

const fn number(name: &'static str, unit: &'static str, (min, max): (f64, f64), doc: &'static str) -> Key {
    Key { name, kind: Kind::Number { min, max }, unit, doc, default: "" }
}

const fn flag(name: &'static str, doc: &'static str) -> Key {
    Key { name, kind: Kind::Flag, unit: "", doc, default: "" }
}

/// The keys of `[requires]`, in the order in which documentation lists them.
pub const REQUIREMENT_KEYS: &[Key] = &[
    number("max_monthly_usd", "USD", (0.0, 1e12), "Most that the unit may cost a month."),
    number("max_p99_ms", "ms", (0.01, 1e9), "Longest time that 99 of 100 requests may take."),
    number(
        "max_cold_share",
        "",
        (0.0, 1.0),
        "Largest share of requests that may wait for a cold start, 0 to 1.",
    ),
    number("max_request_s", "seconds", (0.001, 1e7), "Longest request that must be served."),
    number("max_payload_mb", "MB", (0.0, 1e6), "Largest request or response body that must pass."),
    number("memory_mb", "MB", (1.0, 1e7), "Memory that one instance must have."),
    flag("websocket", "The unit holds WebSocket connections."),
    flag("streaming", "The unit streams its responses."),
    flag("gpu", "The unit needs a graphics processor."),
    flag("scale_to_zero", "The unit must cost nothing without traffic."),
];

/// The requirement key with this name.
pub fn requirement_key(name: &str) -> Option<&'static Key> {
    REQUIREMENT_KEYS.iter().find(|key| key.name == name)
}

impl Requirements {
    /// Stores a value under its key; the error says in words what is wrong.
    pub fn set(&mut self, name: &str, value: &Value) -> Result<(), KeyError> {
        let Some(key) = requirement_key(name) else {
            return Err(KeyError::Unknown { key: name.to_owned(), table: "requires" });
        };
        match check(key, value)? {
            Checked::Number(number) => {
                if let Some(field) = self.number(key.name) {
                    *field = Some(number);
                }
            }
            Checked::Flag(flag) => {
                if let Some(field) = self.flag(key.name) {
                    *field = Some(flag);
                }
            }
            Checked::Text(_) | Checked::Shape(_) => {}
        }
        Ok(())
    }

    /// Does it require anything at all?
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The same without what it says under a key.
    pub fn without(&self, name: &str) -> Self {
        let mut rest = self.clone();
        if let Some(field) = rest.number(name) {
            *field = None;
        }
        if let Some(field) = rest.flag(name) {
            *field = None;
        }
        rest
    }

    /// Layers requirements key by key; the first layer that says something wins.
    pub fn resolve(layers: &[(Origin, &Self)]) -> Self {
        let number = |field: fn(&Self) -> Option<f64>| layers.iter().find_map(|(_, layer)| field(layer));
        let flag = |field: fn(&Self) -> Option<bool>| layers.iter().find_map(|(_, layer)| field(layer));
        Self {
            max_monthly_usd: number(|r| r.max_monthly_usd),
            max_p99_ms: number(|r| r.max_p99_ms),
            max_cold_share: number(|r| r.max_cold_share),
            max_request_s: number(|r| r.max_request_s),
            max_payload_mb: number(|r| r.max_payload_mb),
            memory_mb: number(|r| r.memory_mb),
            websocket: flag(|r| r.websocket),
            streaming: flag(|r| r.streaming),
            gpu: flag(|r| r.gpu),
            scale_to_zero: flag(|r| r.scale_to_zero),
        }
    }

    fn number(&mut self, name: &str) -> Option<&mut Option<f64>> {
        Some(match name {
            "max_monthly_usd" => &mut self.max_monthly_usd,
            "max_p99_ms" => &mut self.max_p99_ms,
            "max_cold_share" => &mut self.max_cold_share,
            "max_request_s" => &mut self.max_request_s,
            "max_payload_mb" => &mut self.max_payload_mb,
            "memory_mb" => &mut self.memory_mb,
            _ => return None,
        })
    }

    fn flag(&mut self, name: &str) -> Option<&mut Option<bool>> {
        Some(match name {
            "websocket" => &mut self.websocket,
            "streaming" => &mut self.streaming,
            "gpu" => &mut self.gpu,
            "scale_to_zero" => &mut self.scale_to_zero,
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_of_the_table_can_be_set() {
        for key in REQUIREMENT_KEYS {
            let value = if key.kind == Kind::Flag { Value::Flag(true) } else { Value::Number(1.0) };
            let mut requirements = Requirements::default();
            requirements.set(key.name, &value).unwrap();
            assert!(!requirements.is_empty(), "{} was accepted and forgotten", key.name);
            assert!(requirements.without(key.name).is_empty(), "{} was kept", key.name);
        }
    }

    #[test]
    fn mistakes_are_told_in_words() {
        let mut requirements = Requirements::default();
        let message = |result: Result<(), KeyError>| result.unwrap_err().to_string();
        assert_eq!(
            message(requirements.set("websockets", &Value::Flag(true))),
            "`websockets` is not a requires key"
        );
        assert_eq!(
            message(requirements.set("gpu", &Value::Number(1.0))),
            "`gpu` must be true or false, not a number"
        );
        assert_eq!(
            message(requirements.set("max_cold_share", &Value::Number(5.0))),
            "`max_cold_share` must be between 0 and 1, not 5"
        );
    }

    #[test]
    fn a_later_layer_fills_only_gaps() {
        let config = Requirements { gpu: Some(false), ..Requirements::default() };
        let annotation = Requirements { gpu: Some(true), max_p99_ms: Some(50.0), ..Requirements::default() };
        let all = Requirements::resolve(&[(Origin::Config, &config), (Origin::Annotation, &annotation)]);
        assert_eq!((all.gpu, all.max_p99_ms), (Some(false), Some(50.0)));
    }
}
