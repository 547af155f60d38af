//! The Cloud Billing Catalog API of Google Cloud: answers of `services.skus.list`.
//!
//! Format: <https://cloud.google.com/billing/docs/reference/rest/v1/services.skus/list>.

mod table;

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;
use rust_decimal::prelude::FromPrimitive;
use serde::Deserialize;

use super::ImportError;
use super::document::{day, unused};
use super::number::money;
use super::rows::{Found, Rows, reason};
use crate::catalogue::OverlaySource;
use table::{RULES, Rule};

/// Our ids that the table has, and what they count.
pub(super) fn ids() -> Vec<(&'static str, &'static str)> {
    RULES.iter().map(|rule| (rule.id, rule.unit)).collect()
}

pub(super) fn source() -> OverlaySource {
    OverlaySource {
        key: "gcp-billing-catalog".to_owned(),
        name: "Google Cloud Billing Catalog".to_owned(),
        place: "https://cloudbilling.googleapis.com/v1/services/SERVICE/skus; dated by `effectiveTime`"
            .to_owned(),
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Sku {
    #[serde(default)]
    sku_id: String,
    #[serde(default)]
    description: String,
    #[serde(default)]
    category: Category,
    #[serde(default)]
    service_regions: Vec<String>,
    #[serde(default)]
    pricing_info: Vec<PricingInfo>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Category {
    service_display_name: String,
    usage_type: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct PricingInfo {
    #[serde(default)]
    effective_time: String,
    pricing_expression: PricingExpression,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct PricingExpression {
    #[serde(default)]
    usage_unit: String,
    #[serde(default)]
    tiered_rates: Vec<TieredRate>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct TieredRate {
    #[serde(default)]
    start_usage_amount: f64,
    unit_price: UnitPrice,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct UnitPrice {
    #[serde(default)]
    currency_code: String,
    #[serde(default)]
    units: Units,
    #[serde(default)]
    nanos: i64,
}

/// Whole units: a text in the API's JSON, a number in what some tools make of it.
#[derive(Deserialize)]
#[serde(untagged)]
enum Units {
    Text(String),
    Number(i64),
}

impl Default for Units {
    fn default() -> Self {
        Self::Number(0)
    }
}

impl Units {
    fn number(&self) -> Option<i64> {
        match self {
            Self::Text(text) => text.parse().ok(),
            Self::Number(number) => Some(*number),
        }
    }
}

/// The SKUs that hold in all regions of their service, until these are known.
#[derive(Default)]
pub(super) struct Skus {
    regions: BTreeMap<&'static str, BTreeSet<String>>,
    everywhere: Vec<(&'static Rule, Found)>,
}

impl Skus {
    pub(super) fn take(&mut self, sku: Sku, rows: &mut Rows) -> Result<(), ImportError> {
        let on_demand = ["", "OnDemand"].contains(&sku.category.usage_type.as_str());
        let description = bare(&sku);
        let fits = |rule: &&Rule| {
            rule.services.contains(&sku.category.service_display_name.as_str())
                && rule.description == description
        };
        let Some(rule) = RULES.iter().find(fits).filter(|_| on_demand) else {
            unused(rows);
            return Ok(());
        };
        let Some(found) = found(rule, &sku, rows)? else { return Ok(()) };
        for region in &sku.service_regions {
            let here = Found { region: region.clone(), ..found.clone() };
            match (region.as_str(), rule.everywhere) {
                ("global", Some(fixed)) => rows.take(Found { region: fixed.to_owned(), ..here })?,
                ("global", None) => self.everywhere.push((rule, here)),
                (_, Some(fixed)) => rows.take(Found { region: fixed.to_owned(), ..here })?,
                (_, None) => {
                    self.regions.entry(rule.family()).or_default().insert(region.clone());
                    rows.take(here)?;
                }
            }
        }
        Ok(())
    }

    /// Gives what holds everywhere to each region in which the service has prices.
    pub(super) fn finish(&mut self, rows: &mut Rows) -> Result<(), ImportError> {
        for (rule, found) in std::mem::take(&mut self.everywhere) {
            for region in self.regions.get(rule.family()).into_iter().flatten() {
                rows.take(Found { region: region.clone(), ..found.clone() })?;
            }
        }
        Ok(())
    }
}

/// The description with single blanks and without the region that some end with.
fn bare(sku: &Sku) -> String {
    let words: Vec<_> = sku.description.split_whitespace().collect();
    let text = words.join(" ");
    for region in &sku.service_regions {
        let without = text
            .strip_suffix(&format!(" in {region}"))
            .or_else(|| text.strip_suffix(&format!(" ({region})")));
        if let Some(without) = without {
            return without.to_owned();
        }
    }
    text
}

fn found(rule: &'static Rule, sku: &Sku, rows: &mut Rows) -> Result<Option<Found>, ImportError> {
    let named = || format!("{} ({} {})", rule.id, sku.sku_id, sku.description);
    // Prices come in the order of time; the last one holds.
    let Some(info) = sku.pricing_info.last() else {
        rows.skip(reason::NO_TERM, named);
        return Ok(None);
    };
    let expression = &info.pricing_expression;
    if !rule.usage_units.contains(&expression.usage_unit.as_str()) {
        rows.skip(reason::UNIT, || format!("{}: {:?}", named(), expression.usage_unit));
        return Ok(None);
    }
    let foreign = |rate: &TieredRate| !["", "USD"].contains(&rate.unit_price.currency_code.as_str());
    if expression.tiered_rates.iter().any(foreign) {
        rows.skip(reason::CURRENCY, named);
        return Ok(None);
    }
    let Some(effective) = day(&info.effective_time) else {
        return Err(ImportError::whole(format!("the SKU {} has no `effectiveTime`", sku.sku_id)));
    };
    let mut tiers = Vec::new();
    for rate in &expression.tiered_rates {
        let wrong = || ImportError::whole(format!("the SKU {} has an amount that is no number", sku.sku_id));
        let units = rate.unit_price.units.number().ok_or_else(wrong)?;
        let amount = money(units, rate.unit_price.nanos).ok_or_else(wrong)?;
        let amount = amount.checked_mul(Decimal::from(rule.factor)).ok_or_else(wrong)?;
        tiers.push((Decimal::from_f64(rate.start_usage_amount).ok_or_else(wrong)?, amount.normalize()));
    }
    Ok(Some(Found {
        id: rule.id.to_owned(),
        region: String::new(),
        unit: rule.unit,
        tiers,
        effective,
        hardware: None,
        origin: sku.sku_id.clone(),
    }))
}
