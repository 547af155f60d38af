//! The Azure Retail Prices API: pages with `Items`.
//!
//! Format: <https://learn.microsoft.com/rest/api/cost-management/retail-prices/azure-retail-prices>.

mod table;

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::Deserialize;
use serde_json::value::RawValue;

use super::ImportError;
use super::document::{day, unused};
use super::number::decimal;
use super::pattern::{fill, matches};
use super::rows::{Found, Rows, reason};
use crate::catalogue::OverlaySource;
use crate::date::Date;
use table::{RULES, Rule, Take};

/// Our ids that the table has, and what they count.
pub(super) fn ids() -> Vec<(&'static str, &'static str)> {
    RULES.iter().map(|rule| (rule.id, rule.unit)).collect()
}

pub(super) fn source() -> OverlaySource {
    OverlaySource {
        key: "azure-retail-prices".to_owned(),
        name: "Azure Retail Prices".to_owned(),
        place: "https://prices.azure.com/api/retail/prices; dated by `effectiveStartDate`".to_owned(),
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Meter {
    #[serde(default)]
    currency_code: String,
    #[serde(default)]
    tier_minimum_units: Option<Box<RawValue>>,
    retail_price: Box<RawValue>,
    #[serde(default)]
    arm_region_name: String,
    #[serde(default)]
    effective_start_date: String,
    #[serde(default)]
    meter_id: String,
    #[serde(default)]
    meter_name: String,
    #[serde(default)]
    product_name: String,
    #[serde(default)]
    sku_name: String,
    #[serde(default)]
    arm_sku_name: Option<String>,
    #[serde(default)]
    service_name: String,
    #[serde(default)]
    unit_of_measure: String,
    #[serde(default, rename = "type")]
    kind: String,
    #[serde(default)]
    is_primary_meter_region: bool,
    #[serde(default)]
    reservation_term: Option<String>,
}

/// Meters whose tiers may stand on several pages: by id, region and meter.
#[derive(Default)]
pub(super) struct Meters(BTreeMap<(String, String, String), Tiers>);

struct Tiers {
    rule: &'static Rule,
    tiers: Vec<(Decimal, Decimal)>,
    effective: Date,
}

impl Meters {
    pub(super) fn take(&mut self, meter: Meter, rows: &mut Rows) -> Result<(), ImportError> {
        let counts =
            meter.kind == "Consumption" && meter.is_primary_meter_region && meter.reservation_term.is_none();
        let Some((rule, id)) = wanted(&meter).filter(|_| counts) else {
            unused(rows);
            return Ok(());
        };
        let named = || format!("{id} in {} ({})", meter.arm_region_name, meter.meter_name);
        if meter.currency_code != "USD" {
            rows.skip(reason::CURRENCY, named);
            return Ok(());
        }
        let Some(units) = units(&meter.unit_of_measure, rule.measure) else {
            rows.skip(reason::UNIT, || format!("{}: {:?}", named(), meter.unit_of_measure));
            return Ok(());
        };
        let wrong = |what: &str| ImportError::whole(format!("the meter {} has no `{what}`", meter.meter_id));
        let effective = day(&meter.effective_start_date).ok_or_else(|| wrong("effectiveStartDate"))?;
        let number = |raw: &RawValue, what| decimal(raw.get()).ok_or_else(|| wrong(what));
        let price = number(&meter.retail_price, "retailPrice")?;
        let from = match meter.tier_minimum_units.as_deref() {
            Some(raw) => number(raw, "tierMinimumUnits")?,
            None => Decimal::ZERO,
        };
        let amount = price.checked_div(units).unwrap_or_default().normalize();
        let from = from.checked_mul(units).unwrap_or(Decimal::MAX).normalize();
        let key = (id, meter.arm_region_name, meter.meter_id);
        let entry = self.0.entry(key).or_insert(Tiers { rule, tiers: Vec::new(), effective });
        // The API repeats a meter for a second name of its place.
        if !entry.tiers.contains(&(from, amount)) {
            entry.tiers.push((from, amount));
        }
        entry.effective = entry.effective.max(effective);
        Ok(())
    }

    pub(super) fn finish(&mut self, rows: &mut Rows) -> Result<(), ImportError> {
        for ((id, region, meter), found) in std::mem::take(&mut self.0) {
            rows.take(Found {
                id,
                region,
                unit: found.rule.unit,
                tiers: found.tiers,
                effective: found.effective,
                hardware: None,
                origin: meter,
            })?;
        }
        Ok(())
    }
}

fn wanted(meter: &Meter) -> Option<(&'static Rule, String)> {
    let arm = meter.arm_sku_name.as_deref().unwrap_or_default();
    let names = [&meter.product_name, &meter.sku_name, &meter.meter_name];
    RULES.iter().filter(|rule| rule.service == meter.service_name).find_map(|rule| {
        let product = rule.product.is_empty() || matches(rule.product, &meter.product_name).is_some();
        let named = rule.meter.is_empty() || rule.meter == meter.meter_name;
        let other = rule.not.iter().any(|word| names.iter().any(|name| name.contains(word)));
        (product && named && !other).then_some(())?;
        let id = match rule.take {
            Take::Nothing => rule.id.to_owned(),
            Take::ArmSku if arm.is_empty() => return None,
            Take::ArmSku => fill(rule.id, arm),
            Take::Sku => fill(rule.id, &meter.sku_name.replace(' ', "")),
        };
        Some((rule, id))
    })
}

/// How many of what we count one unit of measure holds: `10` executions, `1M` requests, `1 Hour`. The words after the
/// number must be the expected ones.
fn units(measure: &str, expected: &[&str]) -> Option<Decimal> {
    let digits = measure.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = measure.split_at(digits);
    let number: u32 = number.parse().ok().filter(|number| *number > 0)?;
    let (factor, words) = match rest.strip_prefix('K') {
        Some(words) => (1_000, words),
        None => rest.strip_prefix('M').map_or((1, rest), |words| (1_000_000, words)),
    };
    expected
        .contains(&words.trim().trim_start_matches('/'))
        .then(|| Decimal::from(number) * Decimal::from(factor))
}
