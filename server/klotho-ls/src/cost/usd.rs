//! Amounts and numbers as they are printed and read back.

use klotho_ide::format;
use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

/// US dollars in whole cents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(crate) struct Usd(i64);

/// Beyond this no bill is one, US dollars.
const LARGEST: f64 = 1e15;

impl Usd {
    /// An amount, rounded.
    pub(crate) fn of(amount: Decimal) -> Self {
        let rounded = amount.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero);
        Self(rounded.checked_mul(Decimal::ONE_HUNDRED).and_then(|cents| cents.to_i64()).unwrap_or(i64::MAX))
    }

    pub(super) fn minus(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }

    /// How large a change it is, whichever way.
    pub(super) fn size(self) -> u64 {
        self.0.unsigned_abs()
    }

    /// `+$1.00` or `-$1.00`
    pub(super) fn signed(self) -> String {
        let text = format::cents(Decimal::new(self.0.saturating_abs(), 2));
        if self.0 < 0 { format!("-{text}") } else { format!("+{text}") }
    }
}

impl fmt::Display for Usd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&format::cents(Decimal::new(self.0, 2)))
    }
}

impl Usd {
    /// Without the sign of the currency, beside amounts that have it.
    pub(super) fn bare(self) -> String {
        self.to_string().replacen('$', "", 1)
    }
}

/// An amount, or that there is none.
pub(super) fn shown(amount: Option<Usd>) -> String {
    amount.map_or_else(|| "not known".to_owned(), |amount| amount.to_string())
}

impl Serialize for Usd {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        number(&(self.0 as f64 / 100.0), serializer)
    }
}

impl<'de> Deserialize<'de> for Usd {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let dollars = f64::deserialize(deserializer)?;
        if dollars.abs() > LARGEST {
            return Err(serde::de::Error::custom("an amount is larger than any bill"));
        }
        Ok(Self((dollars * 100.0).round() as i64))
    }
}

/// Whole numbers up to here are exact.
const EXACT: f64 = 9e15;

/// A number, without a fraction where it has none.
pub(crate) fn number<S: Serializer>(value: &f64, serializer: S) -> Result<S::Ok, S::Error> {
    if value.fract() == 0.0 && value.abs() < EXACT {
        serializer.serialize_i64(*value as i64)
    } else {
        serializer.serialize_f64(*value)
    }
}

/// The same for a number that there may not be.
pub(super) fn number_or_none<S: Serializer>(value: &Option<f64>, serializer: S) -> Result<S::Ok, S::Error> {
    match value {
        Some(value) => number(value, serializer),
        None => serializer.serialize_none(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_whole_cents_there_and_back() {
        for (amount, text) in [("17.335", "17.34"), ("0.004", "0"), ("46.00", "46"), ("-3.5", "-3.5")] {
            let usd = Usd::of(amount.parse().expect("an amount"));
            let written = serde_json::to_string(&usd).expect("a number");
            assert_eq!(written, text);
            assert_eq!(serde_json::from_str::<Usd>(&written).expect("an amount"), usd);
        }
        assert_eq!(Usd(-350).signed(), "-$3.50");
        assert_eq!(Usd(123_450).signed(), "+$1,234.50");
    }
}
