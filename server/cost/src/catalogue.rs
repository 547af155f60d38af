//! The price catalogue: every price with where it comes from and how old it is.
//!
//! The data is part of the program and parsed once, at the first question: [`BUILT_IN_BYTES`] bytes, which a release
//! build reads in about a millisecond. Prices that a user imported since are an [`Overlay`], which wins over the built-in
//! rows; [`install`] it before the first question. Amounts are US dollars, list price, without tax and without
//! commitment discount. A price that nobody could find is a [`Missing`]: it is never zero and never borrowed from
//! another region.

mod built_in;
mod overlay;

pub use built_in::BUILT_IN_BYTES;
pub use overlay::{Hardware, Overlay, OverlayError, OverlayRow, OverlaySource, OverlayTier, SCHEMA};

use std::collections::HashMap;
use std::fmt;
use std::sync::OnceLock;

use rust_decimal::Decimal;

use crate::date::Date;

/// Prices older than this many days deserve a word of caution where they are shown.
pub const OLD_AFTER_DAYS: i64 = 180;

/// Where a figure was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Source {
    /// Key by which prices name it.
    pub key: &'static str,
    /// What it is, in words.
    pub name: &'static str,
    /// A URL, or repository, commit and path. Empty when only the description is public.
    pub place: &'static str,
    /// What kind of evidence it is ("provider feed copy", "actual bill", ...).
    pub kind: &'static str,
    /// When it was read; free text because some copies carry no date.
    pub retrieved: &'static str,
}

impl Source {
    /// The name without what is said in brackets or after a comma.
    pub fn short_name(&self) -> &'static str {
        let end = self.name.find([',', '(', ':']).unwrap_or(self.name.len());
        self.name[..end].trim_end()
    }
}

/// How far a price can be trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Confidence {
    /// A provider's own feed or page, or two independent agreeing reads.
    High,
    /// One good read.
    Medium,
    /// One weak read.
    Low,
    /// Looked for and not found.
    Missing,
}

/// One row of the catalogue.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Price {
    /// Identifier without the region, such as `aws.lambda.requests`.
    pub id: &'static str,
    /// Region as the provider spells it, or `global`.
    pub region: &'static str,
    /// US dollars per unit; `None` = looked for and not found.
    pub amount: Option<Decimal>,
    /// What is counted, such as `GB-second`.
    pub unit: &'static str,
    /// Key of the [`Source`]; empty when the amount is missing.
    pub source: &'static str,
    /// Since when the provider charges it, or what is known about that.
    pub effective: &'static str,
    /// How far it can be trusted.
    pub confidence: Confidence,
    /// Keys of independent sources that agree, separated by spaces.
    pub verified_by: &'static str,
    /// First unit of the tier this amount is for.
    pub tier_from: f64,
    /// First unit beyond the tier; `None` = no end.
    pub tier_to: Option<f64>,
    /// vCPUs and GiB of the machine, for prices of machines.
    pub hardware: Option<(f64, f64)>,
    /// Billing step or caveat; may be empty.
    pub note: &'static str,
    /// Day of the import, `YYYY-MM-DD`, of a price that an overlay brought; `None` = built in.
    pub imported: Option<&'static str>,
}

/// A price that has an amount.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rate {
    /// The row it comes from.
    pub price: &'static Price,
    /// US dollars per `price.unit`.
    pub amount: Decimal,
}

/// The explicit absence of a price.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Missing {
    /// Identifier that was asked for, or a word for what no price list could answer.
    pub id: String,
    /// Region that was asked for.
    pub region: String,
    /// Why there is none.
    pub reason: Reason,
}

/// Why a price is missing.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Reason {
    /// The catalogue has no amount for this id in this region.
    NotInCatalogue,
    /// What to price is not known; the text says what has to be told first.
    NotDetermined(String),
}

impl Missing {
    /// The absence of something that cannot be priced before more is known.
    pub fn undetermined(id: &str, region: &str, why: impl Into<String>) -> Self {
        Self { id: id.to_owned(), region: region.to_owned(), reason: Reason::NotDetermined(why.into()) }
    }
}

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.reason {
            Reason::NotDetermined(why) => f.write_str(why),
            Reason::NotInCatalogue => {
                let dated = catalogue().generated;
                write!(f, "no price for {} in {} (catalogue of {dated})", self.id, self.region)
            }
        }
    }
}

/// An allowance that a provider gives for free. Per account, so no single function may count on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FreeTier {
    /// `aws`, `gcp` or `azure`.
    pub provider: &'static str,
    /// Service, such as `lambda`.
    pub service: &'static str,
    /// What is free, such as `requests` or `gb_seconds`, per month.
    pub what: &'static str,
    /// How many of them.
    pub amount: Decimal,
    /// For whom and under which conditions.
    pub scope: &'static str,
    /// Key of the [`Source`].
    pub source: &'static str,
}

/// All prices, sources and free tiers.
#[derive(Debug)]
pub struct Catalogue {
    /// Day on which the catalogue was drawn up, `YYYY-MM-DD`.
    pub generated: &'static str,
    sources: Vec<Source>,
    free_tiers: Vec<FreeTier>,
    prices: Vec<Price>,
    index: HashMap<(&'static str, &'static str), usize>,
}

static CATALOGUE: OnceLock<Catalogue> = OnceLock::new();
static OVERLAY: OnceLock<Overlay> = OnceLock::new();

/// The built-in prices with the installed overlay before them, parsed at the first call.
pub fn catalogue() -> &'static Catalogue {
    CATALOGUE.get_or_init(|| {
        let built_in = Catalogue::built_in();
        match OVERLAY.get() {
            Some(overlay) => overlay::apply(built_in, overlay),
            None => built_in,
        }
    })
}

/// Lets the rows of an overlay win over the built-in ones, in the whole process and for good. Nothing is parsed or
/// merged before the first question.
pub fn install(overlay: Overlay) -> Result<(), AlreadyRead> {
    if CATALOGUE.get().is_some() {
        return Err(AlreadyRead);
    }
    OVERLAY.set(overlay).map_err(|_| AlreadyRead)
}

/// An overlay came after the first question, or after another overlay: what was answered would no longer hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AlreadyRead;

impl fmt::Display for AlreadyRead {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the prices are in use already: install an overlay once, before the first question")
    }
}

impl std::error::Error for AlreadyRead {}

impl Catalogue {
    /// The price of `id` in `region`, or the explicit fact that there is none.
    pub fn rate(&'static self, id: &str, region: &str) -> Result<Rate, Missing> {
        let row = self.price(id, region);
        row.and_then(|price| price.amount.map(|amount| Rate { price, amount })).ok_or_else(|| Missing {
            id: id.to_owned(),
            region: region.to_owned(),
            reason: Reason::NotInCatalogue,
        })
    }

    /// The row of `id` in `region`, also when its amount is missing.
    pub fn price(&self, id: &str, region: &str) -> Option<&Price> {
        self.index.get(&(id, region)).and_then(|&place| self.prices.get(place))
    }

    /// Every row, in the order of the data file.
    pub fn prices(&self) -> &[Price] {
        &self.prices
    }

    /// Every source, in the order of the data file.
    pub fn sources(&self) -> &[Source] {
        &self.sources
    }

    /// The source with this key.
    pub fn source(&self, key: &str) -> Option<&Source> {
        self.sources.iter().find(|source| source.key == key)
    }

    /// How many of `what` a provider's service gives away per month; `None` = nothing known.
    pub fn free(&self, provider: &str, service: &str, what: &str) -> Option<Decimal> {
        let hit = |tier: &&FreeTier| (tier.provider, tier.service, tier.what) == (provider, service, what);
        self.free_tiers.iter().find(hit).map(|tier| tier.amount)
    }

    /// Every free tier, in the order of the data file.
    pub fn free_tiers(&self) -> &[FreeTier] {
        &self.free_tiers
    }

    /// Regions of a provider for which at least one price has an amount, sorted.
    pub fn regions(&self, provider: &str) -> Vec<&'static str> {
        let prefix = format!("{provider}.");
        let priced = |price: &&Price| price.id.starts_with(&prefix) && price.amount.is_some();
        let mut regions: Vec<_> = self.prices.iter().filter(priced).map(|price| price.region).collect();
        regions.sort_unstable();
        regions.dedup();
        regions
    }

    /// Days since the catalogue was drawn up.
    pub fn age_in_days(&self, today: Date) -> Option<i64> {
        Date::parse(self.generated).map(|day| today.days_since(day))
    }

    /// How many rows an overlay brought.
    pub fn imported(&self) -> usize {
        self.prices.iter().filter(|price| price.imported.is_some()).count()
    }

    /// The prices that are part of the program, without any overlay.
    pub fn built_in() -> Self {
        built_in::read()
    }

    fn new(
        generated: &'static str,
        sources: Vec<Source>,
        free_tiers: Vec<FreeTier>,
        prices: Vec<Price>,
    ) -> Self {
        let index =
            prices.iter().enumerate().map(|(place, price)| ((price.id, price.region), place)).collect();
        Self { generated, sources, free_tiers, prices, index }
    }
}

/// An id without the number of its tier: `aws.s3.standard` of `aws.s3.standard.t2`.
pub fn base_id(id: &str) -> &str {
    let numbered = |(_, tier): &(&str, &str)| {
        tier.strip_prefix('t').is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
    };
    id.rsplit_once('.').filter(numbered).map_or(id, |(base, _)| base)
}

impl Price {
    /// The id without the number of its tier.
    pub fn base_id(&self) -> &'static str {
        base_id(self.id)
    }

    /// Days since the price took effect; `None` when its source carries no date.
    pub fn age_in_days(&self, today: Date) -> Option<i64> {
        Date::parse(self.effective).map(|day| today.days_since(day))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_data_is_whole() {
        let all = catalogue();
        assert_eq!(all.prices().len(), 2379);
        assert_eq!(all.prices().iter().filter(|p| p.amount.is_some()).count(), 2331);
        for price in all.prices() {
            assert_eq!(price.amount.is_none(), price.confidence == Confidence::Missing, "{}", price.id);
            assert!(price.amount.is_none() || all.source(price.source).is_some(), "{}", price.id);
            for key in price.verified_by.split_whitespace() {
                assert!(all.source(key).is_some(), "{key} of {}", price.id);
            }
        }
    }

    #[test]
    fn the_readme_knows_the_size() {
        let readme =
            std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../README.md")).unwrap();
        let said =
            readme.split_once("part of the program, about ").and_then(|(_, rest)| rest.split_once(" KB"));
        let said: usize = said.unwrap().0.parse().unwrap();
        assert!(said.abs_diff(BUILT_IN_BYTES / 1000) <= said / 10, "{BUILT_IN_BYTES} bytes");
    }

    #[test]
    fn amounts_keep_every_digit() {
        let rate = catalogue().rate("aws.lambda.duration.arm64.t1", "us-east-1").unwrap();
        assert_eq!(rate.amount.to_string(), "0.0000133334");
        assert_eq!(rate.price.effective, "2025-10-30");
        assert_eq!(rate.price.tier_to, Some(7.5e9));
    }

    #[test]
    fn what_was_not_found_says_so() {
        let known_gap = catalogue().rate("aws.fargate.spot.vcpu", "us-west-2").unwrap_err();
        assert_eq!(
            known_gap.to_string(),
            "no price for aws.fargate.spot.vcpu in us-west-2 (catalogue of 2026-11-23)"
        );
        assert!(catalogue().rate("aws.lambda.requests", "mars-north-1").is_err());
    }

    #[test]
    fn ages_are_counted_from_the_day_given() {
        let today = Date::parse("2026-11-23").unwrap();
        let price = catalogue().price("aws.lambda.requests", "us-east-1").unwrap();
        assert_eq!(price.age_in_days(today), Some(389));
        assert_eq!(catalogue().age_in_days(today), Some(0));
        let undated = catalogue().price("aws.lambda.snapstart_cache", "us-east-1").unwrap();
        assert_eq!(undated.age_in_days(today), None);
    }

    #[test]
    fn free_tiers_and_regions_are_data() {
        assert_eq!(catalogue().free("aws", "lambda", "gb_seconds"), Some(Decimal::from(400_000)));
        assert!(catalogue().regions("aws").contains(&"eu-west-1"));
    }
}
