//! One row of an overlay, checked while it is read.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::date::Date;
use crate::target::Provider;

/// Dearer than anything that is sold by the unit: more is a mistake of scale.
const HIGHEST_AMOUNT: Decimal = Decimal::from_parts(1_000_000, 0, 0, false, 0);

const MOST_TIERS: usize = 32;

/// One price in one region.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Written", into = "Written")]
pub struct OverlayRow {
    /// Identifier without region and without the number of a tier.
    pub id: String,
    /// Region as the provider spells it.
    pub region: String,
    /// What the price is, lowest tier first; a price without tiers has one that starts at 0.
    pub tiers: Vec<OverlayTier>,
    /// What is counted.
    pub unit: String,
    /// Key of the source.
    pub source: String,
    /// Since when the provider charges it, or when the provider published it.
    pub effective: Date,
    /// When it was imported.
    pub retrieved: Date,
    /// The machine, for prices of machines.
    pub hardware: Option<Hardware>,
    /// Billing step or caveat; may be empty.
    pub note: String,
}

/// An amount from a quantity on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OverlayTier {
    /// First unit that it is for.
    #[serde(with = "decimal_text")]
    pub from: Decimal,
    /// US dollars per unit.
    #[serde(with = "decimal_text")]
    pub amount: Decimal,
}

/// The size of a machine.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hardware {
    /// Virtual processors.
    pub vcpus: f64,
    /// Memory, GiB.
    pub gib: f64,
}

/// A row as it stands in the document: with one `amount`, or with `tiers`.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    id: String,
    region: String,
    #[serde(default, skip_serializing_if = "Option::is_none", with = "decimal_text_or_none")]
    amount: Option<Decimal>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    tiers: Vec<OverlayTier>,
    unit: String,
    source: String,
    effective: String,
    retrieved: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    hardware: Option<Hardware>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    note: String,
}

impl From<OverlayRow> for Written {
    fn from(row: OverlayRow) -> Self {
        let flat = match row.tiers[..] {
            [only] => Some(only.amount),
            _ => None,
        };
        Self {
            id: row.id,
            region: row.region,
            amount: flat,
            tiers: if flat.is_some() { Vec::new() } else { row.tiers },
            unit: row.unit,
            source: row.source,
            effective: row.effective.to_string(),
            retrieved: row.retrieved.to_string(),
            hardware: row.hardware,
            note: row.note,
        }
    }
}

impl TryFrom<Written> for OverlayRow {
    type Error = String;

    fn try_from(written: Written) -> Result<Self, String> {
        let place = format!("{} in {}", written.id, written.region);
        let day = |name: &str, text: &str| {
            Date::parse(text)
                .ok_or_else(|| format!("{place}: \"{name}\" is {text:?}, not a day like 2026-01-31"))
        };
        let (effective, retrieved) =
            (day("effective", &written.effective)?, day("retrieved", &written.retrieved)?);
        let tiers = match (written.amount, written.tiers) {
            (Some(amount), tiers) if tiers.is_empty() => vec![OverlayTier { from: Decimal::ZERO, amount }],
            (None, tiers) if !tiers.is_empty() => tiers,
            _ => return Err(format!("{place} needs either an \"amount\" or \"tiers\"")),
        };
        let row = Self {
            id: written.id,
            region: written.region,
            tiers,
            unit: written.unit,
            source: written.source,
            effective,
            retrieved,
            hardware: written.hardware,
            note: written.note,
        };
        row.fault().map_or(Ok(row), |fault| Err(format!("{place}: {fault}")))
    }
}

impl OverlayRow {
    /// What is wrong with it; `None` = it can be taken.
    pub fn fault(&self) -> Option<String> {
        id_fault(&self.id)
            .or_else(|| (!is_word(&self.region)).then(|| "the region is no name of a region".to_owned()))
            .or_else(|| {
                (self.unit.trim().is_empty() || self.unit.len() > 80)
                    .then(|| "\"unit\" is empty or too long".to_owned())
            })
            .or_else(|| tiers_fault(&self.tiers))
            .or_else(|| self.hardware.and_then(hardware_fault))
    }
}

fn id_fault(id: &str) -> Option<String> {
    if super::super::base_id(id) != id {
        return Some(
            "the id ends with the number of a tier; give the id without it, and all its \"tiers\"".to_owned(),
        );
    }
    let provider = id.split_once('.').map(|(provider, _)| provider).and_then(Provider::parse);
    (provider.is_none() || !is_word(id))
        .then(|| "the id must begin with `aws.`, `gcp.` or `azure.` and hold no spaces".to_owned())
}

fn is_word(text: &str) -> bool {
    (1..=120).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"._-/".contains(&b))
}

fn tiers_fault(tiers: &[OverlayTier]) -> Option<String> {
    if tiers.len() > MOST_TIERS {
        return Some(format!("more than {MOST_TIERS} tiers"));
    }
    if tiers.first().is_none_or(|tier| !tier.from.is_zero()) || !tiers.is_sorted_by(|a, b| a.from < b.from) {
        return Some("tiers must start at \"0\" and rise".to_owned());
    }
    let wrong = tiers.iter().find(|tier| tier.amount <= Decimal::ZERO || tier.amount > HIGHEST_AMOUNT)?;
    Some(format!("an amount must be above 0 and at most {HIGHEST_AMOUNT} USD a unit, not {}", wrong.amount))
}

fn hardware_fault(hardware: Hardware) -> Option<String> {
    let sane = |number: f64| number > 0.0 && number <= 100_000.0;
    (!sane(hardware.vcpus) || !sane(hardware.gib)).then(|| "\"hardware\" must be above 0".to_owned())
}

/// Decimals as texts, so that no digit is lost on the way through a binary number.
mod decimal_text {
    use rust_decimal::Decimal;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub(super) fn serialize<S: Serializer>(number: &Decimal, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&number.normalize().to_string())
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Decimal, D::Error> {
        let text = String::deserialize(deserializer)?;
        Decimal::from_str_exact(&text)
            .map_err(|_| D::Error::custom(format!("{text:?} is no decimal number like \"0.0000002\"")))
    }
}

mod decimal_text_or_none {
    use rust_decimal::Decimal;
    use serde::{Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(
        number: &Option<Decimal>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        match number {
            Some(number) => super::decimal_text::serialize(number, serializer),
            None => serializer.serialize_none(),
        }
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<Decimal>, D::Error> {
        super::decimal_text::deserialize(deserializer).map(Some)
    }
}
