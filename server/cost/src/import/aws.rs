//! The AWS Price List: offer files and the answers of `GetProducts`.
//!
//! Formats: <https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/reading-service-price-list-file-for-services.html>
//! and the API reference of `pricing:GetProducts`.

mod comma;
mod region;
mod table;

use std::collections::BTreeMap;
use std::fmt;

use rust_decimal::Decimal;
use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};

pub(super) use comma::{is_csv, read as read_csv};

use super::ImportError;
use super::document::{day, unused};
use super::number::decimal;
use super::pattern::{fill, matches};
use super::rows::{Found, Rows, reason};
use crate::catalogue::{Hardware, OverlaySource};
use crate::date::Date;
use table::{At, RULES, Rule};

/// Our ids that the table has, and what they count.
pub(super) fn ids() -> Vec<(&'static str, &'static str)> {
    RULES.iter().map(|rule| (rule.id, rule.unit)).collect()
}

pub(super) fn source() -> OverlaySource {
    OverlaySource {
        key: "aws-price-list".to_owned(),
        name: "AWS Price List".to_owned(),
        place: "https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/index.json; dated by publication"
            .to_owned(),
    }
}

/// A thing that AWS sells.
#[derive(Deserialize)]
pub(super) struct Product {
    #[serde(default)]
    sku: String,
    #[serde(default, rename = "productFamily")]
    family: String,
    #[serde(default)]
    attributes: Attributes,
}

/// The attributes that some row of the table looks at.
#[derive(Default)]
struct Attributes(Vec<(&'static str, String)>);

const ATTRIBUTES: [&str; 20] = [
    "servicecode",
    "usagetype",
    "operation",
    "regionCode",
    "fromRegionCode",
    "locationType",
    "fromLocationType",
    "instanceType",
    "vcpu",
    "memory",
    "operatingSystem",
    "tenancy",
    "preInstalledSw",
    "capacitystatus",
    "databaseEngine",
    "deploymentOption",
    "cacheEngine",
    "queueType",
    "transferType",
    "toLocation",
];

impl Attributes {
    fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value.as_str())
    }
}

impl<'de> Deserialize<'de> for Attributes {
    fn deserialize<D: Deserializer<'de>>(reader: D) -> Result<Self, D::Error> {
        struct Known;
        impl<'de> Visitor<'de> for Known {
            type Value = Attributes;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the attributes of a product")
            }

            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Attributes, M::Error> {
                let mut kept = Vec::new();
                while let Some(key) = map.next_key::<String>()? {
                    match ATTRIBUTES.into_iter().find(|known| *known == key) {
                        Some(known) => kept.push((known, map.next_value()?)),
                        None => drop(map.next_value::<serde::de::IgnoredAny>()?),
                    }
                }
                Ok(Attributes(kept))
            }
        }
        reader.deserialize_map(Known)
    }
}

/// What a product costs under one offer.
#[derive(Deserialize, Default)]
pub(super) struct Term {
    #[serde(rename = "priceDimensions")]
    dimensions: BTreeMap<String, Dimension>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Dimension {
    #[serde(default)]
    begin_range: Option<String>,
    price_per_unit: BTreeMap<String, String>,
}

/// A product with its terms, as `GetProducts` lists it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Listed {
    product: Product,
    #[serde(default)]
    service_code: String,
    #[serde(default)]
    publication_date: String,
    #[serde(default)]
    terms: ListedTerms,
}

#[derive(Deserialize, Default)]
struct ListedTerms {
    #[serde(default, rename = "OnDemand")]
    on_demand: BTreeMap<String, Term>,
}

impl Listed {
    pub(super) fn take(self, rows: &mut Rows) -> Result<(), ImportError> {
        let Some(wanted) = wanted(&self.product, &self.service_code) else {
            unused(rows);
            return Ok(());
        };
        let Some(published) = day(&self.publication_date) else {
            let sku = &self.product.sku;
            return Err(ImportError::whole(format!("the product {sku} has no `publicationDate`")));
        };
        priced(wanted, self.product.sku, self.terms.on_demand, published, rows)
    }
}

/// One offer file while it is read: first its products, then their terms.
#[derive(Default)]
pub(super) struct Offer {
    pub(super) code: Option<String>,
    pub(super) published: Option<Date>,
    pub(super) has_products: bool,
    wanted: BTreeMap<String, Wanted>,
    terms: Vec<(String, Wanted, BTreeMap<String, Term>)>,
}

/// A product that a row of the table asks for.
struct Wanted {
    rule: &'static Rule,
    id: String,
    region: String,
    hardware: Option<Hardware>,
}

/// Most products of one file that may be wanted.
const MOST: usize = 200_000;

impl Offer {
    pub(super) fn want(
        &mut self,
        sku: String,
        product: &Product,
        rows: &mut Rows,
    ) -> Result<(), ImportError> {
        self.has_products = true;
        match wanted(product, self.code.as_deref().unwrap_or_default()) {
            None => unused(rows),
            Some(_) if self.wanted.len() >= MOST => {
                return Err(ImportError::whole(format!("more than {MOST} products that are priced here")));
            }
            Some(wanted) => drop(self.wanted.insert(sku, wanted)),
        }
        Ok(())
    }

    pub(super) fn wants(&self, sku: &str) -> bool {
        self.wanted.contains_key(sku)
    }

    pub(super) fn price(&mut self, sku: &str, terms: BTreeMap<String, Term>) -> Result<(), ImportError> {
        match self.wanted.remove_entry(sku) {
            Some((sku, wanted)) => self.terms.push((sku, wanted, terms)),
            None => return Err(ImportError::whole(format!("the terms of {sku} stand there twice"))),
        }
        Ok(())
    }

    /// The offer's prices, when its file is at its end; what it holds next is another offer.
    pub(super) fn finish(&mut self, rows: &mut Rows) -> Result<(), ImportError> {
        let offer = std::mem::take(self);
        if !offer.has_products {
            return Ok(());
        }
        let Some(published) = offer.published else {
            return Err(ImportError::whole("the offer file has no `publicationDate`"));
        };
        for (sku, wanted) in offer.wanted {
            rows.skip(reason::NO_TERM, || format!("{} in {} ({sku})", wanted.id, wanted.region));
        }
        for (sku, wanted, terms) in offer.terms {
            priced(wanted, sku, terms, published, rows)?;
        }
        Ok(())
    }
}

/// The row of the table that a product is for.
fn wanted(product: &Product, offer: &str) -> Option<Wanted> {
    let attributes = &product.attributes;
    let service = Some(attributes.get("servicecode")).filter(|code| !code.is_empty()).unwrap_or(offer);
    let usage = attributes.get("usagetype");
    RULES.iter().filter(|rule| rule.services.contains(&service)).find_map(|rule| {
        let (region, usage) = located(rule, attributes, usage)?;
        let taken = rule.usage.iter().find_map(|pattern| matches(pattern, usage))?;
        rule.needs.iter().all(|need| need.holds(attributes, &product.family)).then(|| Wanted {
            rule,
            id: fill(rule.id, if rule.at == At::Edge { &region } else { taken }),
            hardware: hardware(attributes),
            region,
        })
    })
}

/// The region of a product, and its usage type without the region's prefix.
fn located<'a>(rule: &Rule, attributes: &Attributes, usage: &'a str) -> Option<(String, &'a str)> {
    let either =
        |a, b| Some(attributes.get(a)).filter(|value| !value.is_empty()).unwrap_or_else(|| attributes.get(b));
    match rule.at {
        At::Region => {
            let kind = either("locationType", "fromLocationType");
            let region = either("regionCode", "fromRegionCode");
            let whole = kind.is_empty() || kind == "AWS Region";
            (whole && !region.is_empty()).then_some(())?;
            Some((region.to_owned(), region::without_prefix(usage, region)?))
        }
        At::Global => Some(("global".to_owned(), region::without_any_prefix(usage))),
        At::Edge => {
            let (prefix, rest) = usage.split_once('-')?;
            Some((region::edge(prefix)?.to_owned(), rest))
        }
    }
}

fn hardware(attributes: &Attributes) -> Option<Hardware> {
    let memory = attributes.get("memory").strip_suffix(" GiB")?.replace(',', "");
    Some(Hardware { vcpus: attributes.get("vcpu").parse().ok()?, gib: memory.parse().ok()? })
}

fn priced(
    wanted: Wanted,
    sku: String,
    terms: BTreeMap<String, Term>,
    published: Date,
    rows: &mut Rows,
) -> Result<(), ImportError> {
    let named = |id: &str, region: &str| format!("{id} in {region} ({sku})");
    if terms.is_empty() {
        rows.skip(reason::NO_TERM, || named(&wanted.id, &wanted.region));
    }
    // More than one offer for a product: equal ones are one, different ones end up in dispute.
    for term in terms.into_values() {
        let Some(tiers) = tiers(term, &sku)? else {
            rows.skip(reason::CURRENCY, || named(&wanted.id, &wanted.region));
            continue;
        };
        rows.take(Found {
            id: wanted.id.clone(),
            region: wanted.region.clone(),
            unit: wanted.rule.unit,
            tiers,
            effective: published,
            hardware: wanted.rule.id.starts_with("aws.ec2.").then_some(wanted.hardware).flatten(),
            origin: sku.clone(),
        })?;
    }
    Ok(())
}

/// First units and amounts; `None` when they are not in US dollars.
fn tiers(term: Term, sku: &str) -> Result<Option<Vec<(Decimal, Decimal)>>, ImportError> {
    let mut tiers = Vec::new();
    for dimension in term.dimensions.into_values() {
        let Some(amount) = dimension.price_per_unit.get("USD") else { return Ok(None) };
        let from = dimension.begin_range.as_deref().unwrap_or("0");
        let number = |text: &str, what: &str| {
            decimal(text)
                .ok_or_else(|| ImportError::whole(format!("{sku}: {what} is {text:?}, which is no number")))
        };
        tiers.push((number(from, "beginRange")?, number(amount, "pricePerUnit")?));
    }
    Ok(Some(tiers))
}
