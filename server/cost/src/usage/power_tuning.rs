//! Results of AWS Lambda Power Tuning: how long a function takes at each memory size that was tried.
//!
//! The format is the output of its state machine (github.com/alexcasalboni/aws-lambda-power-tuning, README.md and
//! `lambda/analyzer.js`): `power`, `cost` and `duration` of the size that won, with `includeOutputResults` also `stats` with
//! `value`, `averagePrice` and `averageDuration` of each. All of it may lie below `results`, and `power` may be a text.

use serde::Deserialize;
use std::hash::{Hash, Hasher};

/// Lambda's memory, MB (limits: AWS Lambda quotas).
const MEMORY_MB: std::ops::RangeInclusive<f64> = 128.0..=10_240.0;

/// More sizes than Lambda has are no result.
const MOST_POINTS: usize = 10_240;

/// What a measurement found.
#[derive(Debug, Clone, PartialEq, Hash)]
pub struct Measurement {
    /// One a memory size, the smallest first; never empty.
    points: Vec<Point>,
}

/// One memory size that was tried.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// Memory, MB.
    pub memory_mb: f64,
    /// Mean duration of an invocation, ms.
    pub duration_ms: f64,
}

/// The measured size next to one that is asked for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Nearest {
    /// What was measured there.
    pub point: Point,
    /// Whether the very size was measured.
    pub is_exact: bool,
}

impl Hash for Point {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.memory_mb.to_bits(), self.duration_ms.to_bits()).hash(state);
    }
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Number {
    Plain(f64),
    Text(String),
}

#[derive(Deserialize)]
struct Raw {
    #[serde(default)]
    results: Option<Box<Raw>>,
    #[serde(default)]
    power: Option<Number>,
    #[serde(default)]
    duration: Option<Number>,
    #[serde(default)]
    stats: Vec<Option<Stat>>,
}

#[derive(Deserialize)]
struct Stat {
    value: Option<Number>,
    #[serde(rename = "averageDuration")]
    duration: Option<Number>,
}

impl Measurement {
    /// Reads a result. The error is a sentence without a full stop that names the key, or the line and column.
    pub fn read(text: &str) -> Result<Self, String> {
        let mut raw: Raw = serde_json::from_str(text).map_err(|error| error.to_string())?;
        if let Some(inner) = raw.results.take() {
            raw = *inner;
        }
        if raw.results.is_some() {
            return Err("`results` stands inside `results`".to_owned());
        }
        if raw.stats.len() > MOST_POINTS {
            return Err(format!("`stats` has more than {MOST_POINTS} sizes"));
        }
        let mut points = Vec::new();
        for (index, stat) in raw.stats.iter().enumerate() {
            // Sizes at which every invocation failed have no duration.
            let Some(Stat { value: Some(value), duration: Some(duration) }) = stat else { continue };
            let name = |key: &str| format!("stats[{index}].{key}");
            points.push(point(value, duration, &name("value"), &name("averageDuration"))?);
        }
        if let (Some(power), Some(duration)) = (&raw.power, &raw.duration) {
            points.push(point(power, duration, "power", "duration")?);
        }
        points.sort_by(|a, b| a.memory_mb.total_cmp(&b.memory_mb));
        points.dedup_by_key(|point| point.memory_mb);
        if points.is_empty() {
            return Err("it holds neither `power` and `duration` nor `stats`".to_owned());
        }
        Ok(Self { points })
    }

    /// Every size, the smallest first.
    pub fn points(&self) -> &[Point] {
        &self.points
    }

    /// What was measured at a memory size, else at the nearest one by ratio, of two equally near ones at the smaller. Nothing
    /// is interpolated: a duration that nobody measured would look like one that somebody did.
    pub fn nearest(&self, memory_mb: f64) -> Option<Nearest> {
        let far = |point: &&Point| (point.memory_mb / memory_mb).ln().abs();
        let point = self.points.iter().min_by(|a, b| far(a).total_cmp(&far(b)))?;
        Some(Nearest { point: *point, is_exact: point.memory_mb == memory_mb })
    }
}

fn point(
    memory: &Number,
    duration: &Number,
    memory_name: &str,
    duration_name: &str,
) -> Result<Point, String> {
    let memory_mb = memory.value().filter(|size| MEMORY_MB.contains(size));
    let duration_ms = duration.value().filter(|ms| (0.01..=1e9).contains(ms));
    Ok(Point {
        memory_mb: memory_mb
            .ok_or_else(|| format!("`{memory_name}` must be a memory size of 128 to 10,240 MB"))?,
        duration_ms: duration_ms
            .ok_or_else(|| format!("`{duration_name}` must be a number of ms above 0"))?,
    })
}

impl Number {
    fn value(&self) -> Option<f64> {
        match self {
            Self::Plain(number) => Some(*number),
            Self::Text(text) => text.trim().parse().ok(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sizes(text: &str) -> Vec<(f64, f64)> {
        let points = Measurement::read(text).unwrap().points;
        points.into_iter().map(|point| (point.memory_mb, point.duration_ms)).collect()
    }

    #[test]
    fn the_short_form_has_the_size_that_won() {
        let short = r#"{ "results": { "power": "128", "cost": 0.0000002083, "duration": 2.9066666666666667,
            "stateMachine": { "executionCost": 0.00045, "lambdaCost": 0.0005252, "visualization": "https://x/#y" } } }"#;
        assert_eq!(sizes(short), [(128.0, 2.906_666_666_666_666_7)]);
    }

    #[test]
    fn the_full_form_has_every_size_once_and_sorted() {
        let full = r#"{ "power": 512, "cost": 4.2e-7, "duration": 50,
            "stats": [
                { "value": 1024, "averagePrice": 5e-7, "averageDuration": 30.5, "totalCost": 1 },
                { "value": 512, "averagePrice": 4.2e-7, "averageDuration": 50 },
                { "value": 128, "averagePrice": null, "averageDuration": null },
                null
            ],
            "stateMachine": {} }"#;
        assert_eq!(sizes(full), [(512.0, 50.0), (1024.0, 30.5)]);
    }

    #[test]
    fn only_what_was_measured_is_told() {
        let stats = r#"{ "stats": [ { "value": 256, "averageDuration": 80 }, { "value": 1024, "averageDuration": 20 } ] }"#;
        let measured = Measurement::read(stats).unwrap();
        let near = |memory| measured.nearest(memory).map(|near| (near.point.duration_ms, near.is_exact));
        assert_eq!(near(1024.0), Some((20.0, true)));
        assert_eq!(near(600.0), Some((20.0, false)));
        assert_eq!(near(512.0), Some((80.0, false)), "of two equally near ones the smaller");
        assert_eq!(near(128.0), Some((80.0, false)));
    }

    #[test]
    fn mistakes_are_told_in_words() {
        for (text, message) in [
            ("", "EOF while parsing a value at line 1 column 0"),
            ("{}", "it holds neither `power` and `duration` nor `stats`"),
            (r#"{"power": 128}"#, "it holds neither `power` and `duration` nor `stats`"),
            (r#"{"power": "big", "duration": 5}"#, "`power` must be a memory size of 128 to 10,240 MB"),
            (r#"{"power": 128, "duration": 0}"#, "`duration` must be a number of ms above 0"),
            (
                r#"{"stats": [{"value": 128, "averageDuration": -1}]}"#,
                "`stats[0].averageDuration` must be a number of ms above 0",
            ),
            (r#"{"results": {"results": {}}}"#, "`results` stands inside `results`"),
        ] {
            assert_eq!(Measurement::read(text).unwrap_err(), message, "{text}");
        }
        assert!(Measurement::read(&"[".repeat(100_000)).is_err());
        assert!(Measurement::read(&"{\"results\":".repeat(100_000)).is_err());
    }
}
