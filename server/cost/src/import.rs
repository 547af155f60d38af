//! Providers' own price lists, turned into rows of an overlay.
//!
//! Understood are, by what stands in the file:
//!
//! - AWS Price List offer files as JSON (`offers/v1.0/aws/<Service>/current/<region>/index.json`, also the `index.json`
//!   of all regions) or as CSV, and the answers of `GetProducts`, a list of texts that each hold one product;
//! - answers of `services.skus.list` of the Google Cloud Billing Catalog API;
//! - answers of the Azure Retail Prices API.
//!
//! Pages may follow each other or stand in one array. A file is read as a stream: what is kept is what matches a row of
//! the provider's table, so an offer file of gigabytes takes no more memory than the prices that are used from it.
//!
//! A damaged file is an error with its place, and nothing of it is taken. What is whole but no price for us is skipped,
//! counted, and said with its reason: amounts that are not in US dollars, amounts of zero (a free tier is no price, and
//! an amount of zero alone is not believed), amounts more than [`ABSURD`] times away from what the program knows for
//! the same thing, and things for which the list has several different prices.

mod aws;
mod azure;
mod document;
mod gcp;
mod merge;
mod number;
mod pattern;
mod rows;

pub use merge::{Change, Merged, Older, merge};
pub use rows::{Imported, Skipped};

use std::fmt;
use std::io::{BufRead, BufReader, Read};

use crate::date::Date;
use crate::target::Provider;

/// How many times dearer or cheaper than the known price of the same thing an amount may be, in any region.
pub const ABSURD: u32 = 20;

/// Why a file is no price list that can be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportError {
    /// Line and column from 1; `None` = the file as a whole.
    pub place: Option<(usize, usize)>,
    /// What is wrong.
    pub message: String,
}

impl ImportError {
    fn whole(message: impl Into<String>) -> Self {
        Self { place: None, message: message.into() }
    }
}

impl fmt::Display for ImportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.place {
            None => f.write_str(&self.message),
            Some((line, column)) => write!(f, "{line}:{column}: {}", self.message),
        }
    }
}

impl std::error::Error for ImportError {}

impl From<serde_json::Error> for ImportError {
    fn from(error: serde_json::Error) -> Self {
        let text = error.to_string();
        let message = text.rfind(" at line ").map_or(text.as_str(), |end| &text[..end]).to_owned();
        let place = (error.line() > 0).then(|| (error.line(), error.column()));
        Self { place, message }
    }
}

/// Reads one price list to its end. `retrieved` is the day of the import.
pub fn read(list: impl Read, retrieved: Date) -> Result<Imported, ImportError> {
    let mut list = BufReader::with_capacity(1 << 16, list);
    let start = list.fill_buf().map_err(|error| ImportError::whole(error.to_string()))?;
    if aws::is_csv(start) {
        return aws::read_csv(list, retrieved);
    }
    let mut lists = document::Lists::default();
    document::read(list, &mut lists)?;
    lists.finish(retrieved)
}

/// Our ids that a provider's price lists have, each perhaps with `*` for the rest, and what they count.
fn importable(provider: Provider) -> Vec<(&'static str, &'static str)> {
    match provider {
        Provider::Aws => aws::ids(),
        Provider::Gcp => gcp::ids(),
        Provider::Azure => azure::ids(),
    }
}

/// What an id counts that can come from its provider's price lists; `None` = it cannot.
pub fn importable_unit(id: &str) -> Option<&'static str> {
    let provider = id.split('.').next().and_then(Provider::parse)?;
    let base = crate::catalogue::base_id(id);
    let known = importable(provider).into_iter().find(|(known, _)| pattern::matches(known, base).is_some());
    known.map(|(_, unit)| unit)
}

#[cfg(test)]
mod tests;
