//! The prices that are part of the program: one row per line in `data/prices.json`.

use serde::Deserialize;

use super::{Catalogue, Confidence, FreeTier, Price, Source};

const DATA: &str = include_str!("../../data/prices.json");

/// Size of the built-in prices in the program, bytes.
pub const BUILT_IN_BYTES: usize = DATA.len();

/// Should the text ever be unreadable, every price is missing and says so; a test keeps it readable.
pub(super) fn read() -> Catalogue {
    let unreadable = || Catalogue::new("unreadable", Vec::new(), Vec::new(), Vec::new());
    serde_json::from_str(DATA).map_or_else(|_| unreadable(), build)
}

fn build(raw: Raw) -> Catalogue {
    let prices = raw.prices.into_iter().map(RawPrice::price).collect();
    let sources = raw.sources.into_iter().map(RawSource::source).collect();
    let free_tiers = raw.free_tiers.into_iter().filter_map(RawFree::tier).collect();
    Catalogue::new(raw.generated, sources, free_tiers, prices)
}

#[derive(Deserialize)]
struct Raw {
    generated: &'static str,
    sources: Vec<RawSource>,
    free_tiers: Vec<RawFree>,
    prices: Vec<RawPrice>,
}

#[derive(Deserialize)]
struct RawSource(&'static str, &'static str, &'static str, &'static str, &'static str);

impl RawSource {
    fn source(self) -> Source {
        Source { key: self.0, name: self.1, place: self.2, kind: self.3, retrieved: self.4 }
    }
}

#[derive(Deserialize)]
struct RawFree(&'static str, &'static str, &'static str, &'static str, &'static str, &'static str);

impl RawFree {
    fn tier(self) -> Option<FreeTier> {
        let (provider, service, what) = (self.0, self.1, self.2);
        Some(FreeTier {
            provider,
            service,
            what,
            amount: self.3.parse().ok()?,
            scope: self.4,
            source: self.5,
        })
    }
}

#[derive(Deserialize)]
struct RawPrice(
    &'static str,
    &'static str,
    Option<&'static str>,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
);

impl RawPrice {
    fn price(self) -> Price {
        let (from, to) = self.8.split_once("..").unwrap_or(("0", ""));
        let hardware = self.9.split_once('x').and_then(|(v, g)| Some((v.parse().ok()?, g.parse().ok()?)));
        Price {
            id: self.0,
            region: self.1,
            amount: self.2.and_then(|text| text.parse().ok()),
            unit: self.3,
            source: self.4,
            effective: self.5,
            confidence: confidence(self.6),
            verified_by: self.7,
            tier_from: from.parse().unwrap_or(0.0),
            tier_to: to.parse().ok(),
            hardware,
            note: self.10,
            imported: None,
        }
    }
}

fn confidence(text: &str) -> Confidence {
    match text {
        "high" => Confidence::High,
        "medium" => Confidence::Medium,
        "low" => Confidence::Low,
        _ => Confidence::Missing,
    }
}
