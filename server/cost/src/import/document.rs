//! The documents of all providers, read as a stream.
//!
//! The keys of an object say what it is: `products` and `terms` of an offer file, `skus` of a page of Google's, `Items`
//! of a page of Azure's, `PriceList` of an answer of `GetProducts`. An object with none of them may be a single product,
//! SKU or meter, as people get them who joined pages with a tool of their own.

use std::fmt;
use std::io::Read;

use serde::Deserialize;
use serde::de::{
    DeserializeOwned, DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor,
};
use serde_json::value::RawValue;

use super::aws::{Listed, Offer, Product, Term};
use super::azure::Meters;
use super::gcp::Skus;
use super::rows::{Imported, Rows, reason};
use super::{ImportError, aws, azure, gcp};
use crate::date::Date;
use crate::target::Provider;

/// What was read so far, of whichever provider.
#[derive(Default)]
pub(super) struct Lists {
    rows: Rows,
    offer: Offer,
    skus: Skus,
    meters: Meters,
    provider: Option<Provider>,
}

impl Lists {
    fn is_of(&mut self, provider: Provider) -> Result<(), ImportError> {
        match self.provider.replace(provider) {
            Some(other) if other != provider => {
                Err(ImportError::whole("one file holds the lists of several providers"))
            }
            _ => Ok(()),
        }
    }

    /// All that was found, when the file is at its end.
    pub(super) fn finish(mut self, retrieved: Date) -> Result<Imported, ImportError> {
        let source = match self.provider {
            None => return Err(ImportError::whole(UNKNOWN)),
            Some(Provider::Aws) => aws::source(),
            Some(Provider::Gcp) => {
                self.skus.finish(&mut self.rows)?;
                gcp::source()
            }
            Some(Provider::Azure) => {
                self.meters.finish(&mut self.rows)?;
                azure::source()
            }
        };
        let provider = self.provider.unwrap_or(Provider::Aws);
        Ok(self.rows.finish(provider, source, retrieved))
    }
}

const UNKNOWN: &str = "this is no price list that is known here: an AWS offer file or answer of GetProducts, \
     an answer of the Cloud Billing Catalog API, or an answer of the Azure Retail Prices API";

/// Reads one document after the other until the end.
pub(super) fn read(list: impl Read, lists: &mut Lists) -> Result<(), ImportError> {
    let mut reader = serde_json::Deserializer::from_reader(list);
    loop {
        Page(lists).deserialize(&mut reader)?;
        if reader.end().is_ok() {
            return Ok(());
        }
    }
}

/// A whole document: an object, or an array of them.
struct Page<'a>(&'a mut Lists);

/// An object of a known kind, or a text that holds one.
struct Piece<'a>(&'a mut Lists);

impl<'de> DeserializeSeed<'de> for Page<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<(), D::Error> {
        reader.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Page<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a price list")
    }

    fn visit_map<M: MapAccess<'de>>(self, map: M) -> Result<(), M::Error> {
        Piece(self.0).visit_map(map)
    }

    fn visit_seq<S: SeqAccess<'de>>(self, mut seq: S) -> Result<(), S::Error> {
        while seq.next_element_seed(Piece(self.0))?.is_some() {}
        Ok(())
    }
}

impl<'de> DeserializeSeed<'de> for Piece<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<(), D::Error> {
        reader.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Piece<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a page of a price list, or a text that holds a product")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        let listed: Listed = serde_json::from_str(text).map_err(E::custom)?;
        take_listed(self.0, listed).map_err(E::custom)
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<(), M::Error> {
        let lists = self.0;
        let mut parts = Parts::default();
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "products" => {
                    lists.is_of(Provider::Aws).map_err(M::Error::custom)?;
                    lists.offer.code = parts.text("offerCode");
                    map.next_value_seed(Products(lists))?;
                }
                "terms" if !parts.has("product") => map.next_value_seed(Terms(lists))?,
                "skus" => map.next_value_seed(Each(lists, take_sku))?,
                "Items" => map.next_value_seed(Each(lists, take_meter))?,
                "PriceList" => map.next_value_seed(PieceList(lists))?,
                _ if PARTS.contains(&key.as_str()) => parts.add(key, map.next_value()?),
                _ => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        if let Some(published) = parts.text("publicationDate").filter(|_| !parts.has("product")) {
            lists.offer.published = day(&published);
        }
        lists.offer.finish(&mut lists.rows).map_err(M::Error::custom)?;
        parts.take(lists).map_err(M::Error::custom)
    }
}

/// The day of a point in time such as `2026-10-01T00:00:00Z`.
pub(super) fn day(time: &str) -> Option<Date> {
    Date::parse(time.get(..10)?)
}

/// Keys of single products, SKUs and meters; few and small, so they may wait until their object ends.
const PARTS: [&str; 25] = [
    "product",
    "terms",
    "serviceCode",
    "publicationDate",
    "offerCode",
    "skuId",
    "description",
    "category",
    "serviceRegions",
    "pricingInfo",
    "currencyCode",
    "tierMinimumUnits",
    "retailPrice",
    "armRegionName",
    "effectiveStartDate",
    "meterName",
    "productName",
    "skuName",
    "armSkuName",
    "serviceName",
    "unitOfMeasure",
    "type",
    "isPrimaryMeterRegion",
    "meterId",
    "reservationTerm",
];

#[derive(Default)]
struct Parts(Vec<(String, Box<RawValue>)>);

impl Parts {
    fn add(&mut self, key: String, value: Box<RawValue>) {
        if !self.has(&key) {
            self.0.push((key, value));
        }
    }

    fn has(&self, key: &str) -> bool {
        self.0.iter().any(|(known, _)| known == key)
    }

    fn text(&self, key: &str) -> Option<String> {
        let (_, value) = self.0.iter().find(|(known, _)| known == key)?;
        serde_json::from_str(value.get()).ok()
    }

    /// The object again, as one of a kind.
    fn object<T: DeserializeOwned>(&self) -> Result<T, ImportError> {
        let fields: Vec<_> = self.0.iter().map(|(key, value)| format!("{key:?}:{}", value.get())).collect();
        // Its own lines and columns mean nothing to whoever has the whole file.
        serde_json::from_str(&format!("{{{}}}", fields.join(",")))
            .map_err(|error| ImportError::whole(ImportError::from(error).message))
    }

    fn take(self, lists: &mut Lists) -> Result<(), ImportError> {
        if self.has("product") {
            take_listed(lists, self.object()?)
        } else if self.has("pricingInfo") {
            take_sku(lists, self.object()?)
        } else if self.has("retailPrice") {
            take_meter(lists, self.object()?)
        } else {
            Ok(())
        }
    }
}

fn take_listed(lists: &mut Lists, listed: Listed) -> Result<(), ImportError> {
    lists.is_of(Provider::Aws)?;
    listed.take(&mut lists.rows)
}

fn take_sku(lists: &mut Lists, sku: gcp::Sku) -> Result<(), ImportError> {
    lists.is_of(Provider::Gcp)?;
    lists.skus.take(sku, &mut lists.rows)
}

fn take_meter(lists: &mut Lists, meter: azure::Meter) -> Result<(), ImportError> {
    lists.is_of(Provider::Azure)?;
    lists.meters.take(meter, &mut lists.rows)
}

/// An array whose elements are taken one by one.
struct Each<'a, T>(&'a mut Lists, fn(&mut Lists, T) -> Result<(), ImportError>);

impl<'de, T: Deserialize<'de>> DeserializeSeed<'de> for Each<'_, T> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<(), D::Error> {
        reader.deserialize_seq(self)
    }
}

impl<'de, T: Deserialize<'de>> Visitor<'de> for Each<'_, T> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array of prices")
    }

    fn visit_seq<S: SeqAccess<'de>>(self, mut seq: S) -> Result<(), S::Error> {
        while let Some(element) = seq.next_element::<T>()? {
            (self.1)(self.0, element).map_err(S::Error::custom)?;
        }
        Ok(())
    }
}

/// The array of an answer of `GetProducts`.
struct PieceList<'a>(&'a mut Lists);

impl<'de> DeserializeSeed<'de> for PieceList<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<(), D::Error> {
        reader.deserialize_seq(Page(self.0))
    }
}

/// The products of an offer file by SKU; those that a row of our table wants are remembered.
struct Products<'a>(&'a mut Lists);

impl<'de> DeserializeSeed<'de> for Products<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<(), D::Error> {
        reader.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Products<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the products by SKU")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<(), M::Error> {
        while let Some((sku, product)) = map.next_entry::<String, Product>()? {
            self.0.offer.want(sku, &product, &mut self.0.rows).map_err(M::Error::custom)?;
        }
        Ok(())
    }
}

/// The terms of an offer file: by kind, by SKU, by offer.
struct Terms<'a>(&'a mut Lists);

/// The on-demand terms of an offer file.
struct OnDemand<'a>(&'a mut Lists);

impl<'de> DeserializeSeed<'de> for Terms<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<(), D::Error> {
        if !self.0.offer.has_products {
            return Err(D::Error::custom(
                "the terms stand before the products, which no offer file of AWS does",
            ));
        }
        reader.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Terms<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the terms by kind")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<(), M::Error> {
        while let Some(kind) = map.next_key::<String>()? {
            match kind.as_str() {
                "OnDemand" => map.next_value_seed(OnDemand(self.0))?,
                _ => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        Ok(())
    }
}

impl<'de> DeserializeSeed<'de> for OnDemand<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<(), D::Error> {
        reader.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for OnDemand<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the terms by SKU")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<(), M::Error> {
        while let Some(sku) = map.next_key::<String>()? {
            if self.0.offer.wants(&sku) {
                let terms: std::collections::BTreeMap<String, Term> = map.next_value()?;
                self.0.offer.price(&sku, terms).map_err(M::Error::custom)?;
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }
}

/// For the message of things that a list holds and nobody asks for.
pub(super) fn unused(rows: &mut Rows) {
    rows.skip(reason::UNUSED, String::new);
}
