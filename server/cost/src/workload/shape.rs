//! How a day's requests spread over its 24 hours.

use crate::value::Value;
use std::f64::consts::TAU;

/// The shape of a day. All of them are shares: only the proportions between hours count.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// The same in every hour.
    Flat,
    /// A sine over the day, highest at 14:00, 1.8 times the mean.
    Diurnal,
    /// A morning rush at 08:00, 4.35 times the mean, and a lower one in the evening.
    Commute,
    /// One hour at noon with half of the day's traffic.
    Spiky,
    /// One weight per hour, from 00:00.
    Hours(Box<[f64; 24]>),
}

const COMMUTE: [f64; 24] = [
    0.25, 0.2, 0.15, 0.15, 0.2, 0.5, 2.0, 5.0, 6.0, 3.0, 1.2, 0.8, 0.8, 0.7, 0.6, 0.7, 1.2, 2.5, 2.8, 1.6,
    1.0, 0.8, 0.6, 0.4,
];

impl Shape {
    /// Names of the shapes that have one.
    pub const NAMES: &'static [&'static str] = &["flat", "diurnal", "commute", "spiky"];

    /// The shape with this name.
    pub fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "flat" => Self::Flat,
            "diurnal" => Self::Diurnal,
            "commute" => Self::Commute,
            "spiky" => Self::Spiky,
            _ => return None,
        })
    }

    /// The shape's name; `24 hours` when a person gave the numbers.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Flat => "flat",
            Self::Diurnal => "diurnal",
            Self::Commute => "commute",
            Self::Spiky => "spiky",
            Self::Hours(_) => "24 hours",
        }
    }

    /// As a person states it: by name, else as 24 numbers.
    pub fn stated(&self) -> Value {
        match self {
            Self::Hours(hours) => Value::List(hours.iter().copied().map(Value::Number).collect()),
            named => Value::Text(named.name().to_owned()),
        }
    }

    /// The share of a day's requests in each hour. They sum to 1; weights that cannot be used count as flat.
    pub fn shares(&self) -> [f64; 24] {
        let weights = self.weights();
        let sum: f64 = weights.iter().sum();
        if !sum.is_finite() || sum <= 0.0 || weights.iter().any(|&weight| weight < 0.0) {
            return [1.0 / 24.0; 24];
        }
        weights.map(|weight| weight / sum)
    }

    /// The busiest hour over the mean hour; 1 for flat traffic.
    pub fn peak_to_mean(&self) -> f64 {
        self.shares().into_iter().fold(0.0, f64::max) * 24.0
    }

    /// The busiest hour, 0 to 23; the first one of several.
    pub fn peak_hour(&self) -> usize {
        let shares = self.shares();
        (0..24).fold(0, |best, hour| if shares[hour] > shares[best] { hour } else { best })
    }

    fn weights(&self) -> [f64; 24] {
        match self {
            Self::Flat => [1.0; 24],
            Self::Diurnal => std::array::from_fn(|hour| 1.0 + 0.8 * (TAU * (hour as f64 - 8.0) / 24.0).sin()),
            Self::Commute => COMMUTE,
            Self::Spiky => std::array::from_fn(|hour| if hour == 12 { 12.5 } else { 0.5 }),
            Self::Hours(weights) => **weights,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn presets_have_the_published_peaks() {
        let cases = [("flat", 1.0, 0), ("diurnal", 1.8, 14), ("commute", 4.35, 8), ("spiky", 12.5, 12)];
        for (name, peak, hour) in cases {
            let shape = Shape::parse(name).unwrap();
            assert!((shape.peak_to_mean() - peak).abs() < 0.01, "{name}: {}", shape.peak_to_mean());
            assert_eq!(shape.peak_hour(), hour, "{name}");
            assert!((shape.shares().iter().sum::<f64>() - 1.0).abs() < 1e-12);
        }
    }

    #[test]
    fn only_proportions_count() {
        let hours = |scale: f64| Shape::Hours(Box::new(COMMUTE.map(|weight| weight * scale))).shares();
        for (a, b) in hours(1.0).into_iter().zip(hours(1000.0)) {
            assert!((a - b).abs() < 1e-12);
        }
    }
}
