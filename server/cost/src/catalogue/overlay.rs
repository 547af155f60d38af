//! Prices that a user brings along: a document of our own, whose rows win over the built-in ones.
//!
//! One row says all about one price in one region, tiers included, so that a row replaces whatever the program had for
//! it and never a part of it. `docs/price-overlay.md` describes the document for people.

mod apply;
mod row;

pub(super) use apply::apply;
pub use row::{Hardware, OverlayRow, OverlayTier};

use std::collections::HashSet;
use std::fmt;

use serde::{Deserialize, Serialize};

/// What the document calls its own format. Another number means a format that this program does not know.
pub const SCHEMA: &str = "klotho-prices/1";

/// Most rows that a document may hold: every price of the largest price lists, several times over.
const MOST_ROWS: usize = 200_000;

/// A document of prices.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Overlay {
    /// Where its prices come from.
    pub sources: Vec<OverlaySource>,
    /// Its prices, one per id and region.
    pub rows: Vec<OverlayRow>,
}

/// Where prices of an overlay come from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OverlaySource {
    /// Key by which rows name it.
    pub key: String,
    /// What it is, in words; shown beside prices up to the first comma or bracket.
    pub name: String,
    /// A URL or a description of the place.
    #[serde(default)]
    pub place: String,
}

/// Why a document is none, with its place as lines and columns from 1 (0 = the whole document).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OverlayError {
    /// Line of the fault.
    pub line: usize,
    /// Column of the fault.
    pub column: usize,
    /// What is wrong.
    pub message: String,
}

impl fmt::Display for OverlayError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => f.write_str(&self.message),
            line => write!(f, "{line}:{}: {}", self.column, self.message),
        }
    }
}

impl std::error::Error for OverlayError {}

impl OverlayError {
    fn whole(message: String) -> Self {
        Self { line: 0, column: 0, message }
    }

    fn of(error: &serde_json::Error) -> Self {
        let text = error.to_string();
        let message = text.rfind(" at line ").map_or(text.as_str(), |end| &text[..end]).to_owned();
        Self { line: error.line(), column: error.column(), message }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    #[serde(rename = "schema")]
    _schema: serde::de::IgnoredAny,
    sources: Vec<OverlaySource>,
    prices: Vec<OverlayRow>,
}

impl Overlay {
    /// Reads a document. Everything in it is checked: an overlay is taken whole or not at all.
    pub fn parse(text: &str) -> Result<Self, OverlayError> {
        known_format(text)?;
        let document: Document = serde_json::from_str(text).map_err(|error| OverlayError::of(&error))?;
        let overlay = Self { sources: document.sources, rows: document.prices };
        overlay.check().map_err(OverlayError::whole)?;
        Ok(overlay)
    }

    /// What holds between rows: each price once, each source known.
    fn check(&self) -> Result<(), String> {
        if self.rows.len() > MOST_ROWS {
            return Err(format!("{} prices are too many: at most {MOST_ROWS} are read", self.rows.len()));
        }
        let mut keys = HashSet::new();
        for source in &self.sources {
            if source.name.trim().is_empty() || !keys.insert(source.key.as_str()) {
                return Err(format!("the source {:?} has no name, or stands there twice", source.key));
            }
        }
        let mut seen = HashSet::new();
        for row in &self.rows {
            if !keys.contains(row.source.as_str()) {
                return Err(format!(
                    "{} in {} names the source {:?}, which is not among the sources",
                    row.id, row.region, row.source
                ));
            }
            if !seen.insert((row.id.as_str(), row.region.as_str())) {
                return Err(format!("{} in {} stands there twice", row.id, row.region));
            }
        }
        Ok(())
    }

    /// The document as text, one row per line, sorted: the same prices always give the same text.
    pub fn to_text(&self) -> String {
        let mut rows: Vec<_> = self.rows.iter().collect();
        rows.sort_by(|a, b| (&a.id, &a.region).cmp(&(&b.id, &b.region)));
        let mut sources: Vec<_> = self.sources.iter().collect();
        sources.sort_by(|a, b| a.key.cmp(&b.key));
        let sources = lines(&sources);
        format!("{{\"schema\":\"{SCHEMA}\",\n\"sources\":[{sources}],\n\"prices\":[{}]}}\n", lines(&rows))
    }
}

fn lines<T: Serialize>(items: &[T]) -> String {
    // Rows of strings and numbers cannot fail to be written.
    let lines: Vec<_> = items.iter().filter_map(|item| serde_json::to_string(item).ok()).collect();
    if lines.is_empty() { String::new() } else { format!("\n{}\n", lines.join(",\n")) }
}

/// A document of another format gets a message about its format, not about its first unknown key.
fn known_format(text: &str) -> Result<(), OverlayError> {
    #[derive(Deserialize)]
    struct Head {
        #[serde(default)]
        schema: Option<serde_json::Value>,
    }
    let head: Head = serde_json::from_str(text).map_err(|error| OverlayError::of(&error))?;
    match head.schema {
        Some(serde_json::Value::String(schema)) if schema == SCHEMA => Ok(()),
        Some(other) => {
            Err(OverlayError::whole(format!("\"schema\" is {other}, this program reads \"{SCHEMA}\"")))
        }
        None => Err(OverlayError::whole(format!(
            "this is no document of prices, which begins with \"schema\": \"{SCHEMA}\"; the price lists of providers are taken in by `klotho-ls prices import FILE`"
        ))),
    }
}

#[cfg(test)]
mod tests;
