//! Offer files as CSV: a head of five lines, a line of column names, and one line per price of a product.
//!
//! The columns are the JSON's attributes under names for people, as in `AmazonEC2_eu-west-3.csv` among Terracost's tests.

use std::collections::BTreeMap;
use std::io::Read;

use csv::StringRecord;

use super::{Attributes, Dimension, Offer, Product, Term, source};
use crate::date::Date;
use crate::import::ImportError;
use crate::import::document::day;
use crate::import::rows::{Imported, Rows};
use crate::target::Provider;

/// Columns and the attributes that they are.
const COLUMNS: [(&str, &str); 20] = [
    ("serviceCode", "servicecode"),
    ("usageType", "usagetype"),
    ("operation", "operation"),
    ("Region Code", "regionCode"),
    ("From Region Code", "fromRegionCode"),
    ("Location Type", "locationType"),
    ("From Location Type", "fromLocationType"),
    ("Instance Type", "instanceType"),
    ("vCPU", "vcpu"),
    ("Memory", "memory"),
    ("Operating System", "operatingSystem"),
    ("Tenancy", "tenancy"),
    ("Pre Installed S/W", "preInstalledSw"),
    ("CapacityStatus", "capacitystatus"),
    ("Database Engine", "databaseEngine"),
    ("Deployment Option", "deploymentOption"),
    ("Cache Engine", "cacheEngine"),
    ("Queue Type", "queueType"),
    ("Transfer Type", "transferType"),
    ("To Location", "toLocation"),
];

/// Does a file with this start look like an offer file as CSV?
pub(in crate::import) fn is_csv(start: &[u8]) -> bool {
    start.starts_with(b"\"FormatVersion\"") || start.starts_with(b"FormatVersion,")
}

/// The column names, once they have come, and what the head said.
#[derive(Default)]
struct Head {
    columns: BTreeMap<String, usize>,
    offer: Offer,
}

/// Reads an offer file to its end.
pub(in crate::import) fn read(list: impl Read, retrieved: Date) -> Result<Imported, ImportError> {
    let mut lines = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(list);
    let (mut head, mut rows) = (Head::default(), Rows::default());
    let mut terms: BTreeMap<String, BTreeMap<String, Term>> = BTreeMap::new();
    let mut line = StringRecord::new();
    while lines.read_record(&mut line).map_err(|error| damaged(&error))? {
        if head.columns.is_empty() {
            head.take(&line);
        } else {
            head.price(&line, &mut terms, &mut rows)?;
        }
    }
    head.offer.has_products = true;
    for (sku, terms) in terms {
        head.offer.price(&sku, terms)?;
    }
    head.offer.finish(&mut rows)?;
    Ok(rows.finish(Provider::Aws, source(), retrieved))
}

fn damaged(error: &csv::Error) -> ImportError {
    let place =
        error.position().and_then(|position| usize::try_from(position.line()).ok()).map(|line| (line, 1));
    ImportError { place, message: error.to_string() }
}

impl Head {
    /// A line before the prices.
    fn take(&mut self, line: &StringRecord) {
        match (line.get(0), line.get(1)) {
            (Some("Publication Date"), Some(date)) => self.offer.published = day(date),
            (Some("OfferCode"), Some(code)) => self.offer.code = Some(code.to_owned()),
            (Some("SKU"), _) => {
                self.columns =
                    line.iter().enumerate().map(|(place, name)| (name.to_owned(), place)).collect();
            }
            _ => {}
        }
    }

    fn cell<'a>(&self, line: &'a StringRecord, name: &str) -> &'a str {
        self.columns.get(name).and_then(|place| line.get(*place)).unwrap_or_default()
    }

    /// One price of a product.
    fn price(
        &mut self,
        line: &StringRecord,
        terms: &mut BTreeMap<String, BTreeMap<String, Term>>,
        rows: &mut Rows,
    ) -> Result<(), ImportError> {
        if self.cell(line, "TermType") != "OnDemand" {
            return Ok(());
        }
        let cell = |name| self.cell(line, name).to_owned();
        let sku = cell("SKU");
        let dimension = Dimension {
            begin_range: Some(cell("StartingRange")).filter(|from| !from.is_empty()),
            price_per_unit: [(cell("Currency"), cell("PricePerUnit"))].into(),
        };
        let (term, rate) = (cell("OfferTermCode"), cell("RateCode"));
        if !self.offer.wants(&sku) {
            let attributes = COLUMNS.iter().map(|(column, name)| (*name, cell(column))).collect();
            let product = Product {
                sku: sku.clone(),
                family: cell("Product Family"),
                attributes: Attributes(attributes),
            };
            self.offer.want(sku.clone(), &product, rows)?;
        }
        if self.offer.wants(&sku) {
            let term = terms.entry(sku).or_default().entry(term).or_default();
            term.dimensions.insert(rate, dimension);
        }
        Ok(())
    }
}
