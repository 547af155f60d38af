//! The keys of a resource: what its `workload` table may say, and which parameters of the configuration count.

use crate::traffic::HOURS_PER_MONTH;
use crate::workload::{Key, Kind};

/// A key of a resource's `workload` table.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct UsageKey {
    /// Name, values, unit and documentation. Where usage files of Infracost have the key, it has their name.
    pub key: Key,
    /// Other names that mean the same.
    pub aliases: &'static [&'static str],
    /// What holds when nobody says anything.
    pub fallback: Fallback,
}

/// What a usage is when nobody says anything.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Fallback {
    /// Nothing is assumed.
    Unsaid,
    /// What is so unless somebody says otherwise, such as the 730 hours of a month; it is not shown as assumed.
    Fact(f64),
    /// A usual figure, taken wherever nobody says another one.
    Usual(f64),
    /// An example that stands for a resource of which nothing is known.
    Assumed(f64),
    /// So many for each request of the units that use the resource.
    PerRequest(f64),
    /// The bodies of a request of those units, KB.
    PayloadKb,
    /// The bodies of all their requests, GB.
    PayloadGb,
}

/// A parameter of the configuration that sets the size of a resource.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Parameter {
    /// Name as the configuration writes it, values, unit and documentation.
    pub key: Key,
    /// Other names that mean the same.
    pub aliases: &'static [&'static str],
    /// What the compiler or the provider takes when nobody says anything.
    pub default: Fixed,
    /// The same for bare estimates, which state what they price.
    pub(crate) bare: Fixed,
}

/// The value of a parameter that nobody said.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Fixed {
    /// There is none.
    None,
    /// It has to be said.
    Needed,
    /// A number.
    Number(f64),
    /// A text.
    Text(&'static str),
    /// True or false.
    Flag(bool),
}

const fn key(name: &'static str, kind: Kind, unit: &'static str, doc: &'static str) -> Key {
    Key { name, kind, unit, doc, default: "" }
}

/// A quantity that a month uses.
pub(super) const fn amount(name: &'static str, unit: &'static str, doc: &'static str) -> UsageKey {
    let kind = Kind::Number { min: 0.0, max: 1e15 };
    UsageKey { key: key(name, kind, unit, doc), aliases: &[], fallback: Fallback::Unsaid }
}

/// A share, 0 to 1.
pub(super) const fn share(name: &'static str, doc: &'static str) -> UsageKey {
    let kind = Kind::Number { min: 0.0, max: 1.0 };
    UsageKey { key: key(name, kind, "", doc), aliases: &[], fallback: Fallback::Unsaid }
}

/// Something that holds or not; it does not when nobody says so.
pub(super) const fn switch(name: &'static str, doc: &'static str) -> UsageKey {
    let key = Key { default: "false", ..key(name, Kind::Flag, "", doc) };
    UsageKey { key, aliases: &[], fallback: Fallback::Fact(0.0) }
}

/// Hours a month for which it exists.
pub(super) const fn hours() -> UsageKey {
    amount("monthly_hours", "hours", "Hours a month for which it exists.")
        .named(&["hours", "monthly_hrs", "instance_hrs"])
        .or(Fallback::Fact(HOURS_PER_MONTH), "730, a whole month")
}

/// Gigabytes kept over a month.
pub(super) const fn storage(default: Fallback, words: &'static str) -> UsageKey {
    amount("storage_gb", "GB", "Data kept, on average over the month.")
        .named(&["storage", "data_storage_gb", "stored_gb"])
        .or(default, words)
}

/// Gigabytes kept, of which nothing is known.
pub(super) const STORAGE: UsageKey = storage(Fallback::Assumed(1.0), "1, as an example");

/// Data that leaves for the internet.
pub(super) const EGRESS: UsageKey =
    amount("monthly_outbound_internet_gb", "GB", "Data sent to the internet.").named(&[
        "egress_gb",
        "transfer_gb",
        "data_gb",
        "gb",
        "outbound_internet_gb",
        "internet_gb",
        "data_transfer_out_gb",
        "monthly_egress_data_transfer_gb",
    ]);

impl UsageKey {
    pub(super) const fn named(self, aliases: &'static [&'static str]) -> Self {
        Self { aliases, ..self }
    }

    pub(super) const fn or(self, fallback: Fallback, words: &'static str) -> Self {
        Self { key: Key { default: words, ..self.key }, fallback, ..self }
    }
}

/// A parameter that is a number; `default` in words says who takes it.
pub(super) const fn number(
    name: &'static str,
    unit: &'static str,
    doc: &'static str,
    default: (f64, &'static str),
) -> Parameter {
    let kind = Kind::Number { min: 0.0, max: 1e12 };
    let key = Key { default: default.1, ..key(name, kind, unit, doc) };
    Parameter { key, aliases: &[], default: Fixed::Number(default.0), bare: Fixed::Number(default.0) }
}

/// A parameter that is a text.
pub(super) const fn text(
    name: &'static str,
    doc: &'static str,
    default: (&'static str, &'static str),
) -> Parameter {
    let key = Key { default: default.1, ..key(name, Kind::Text, "", doc) };
    Parameter { key, aliases: &[], default: Fixed::Text(default.0), bare: Fixed::Text(default.0) }
}

/// A parameter that is true or false.
pub(super) const fn flag(name: &'static str, doc: &'static str, default: (bool, &'static str)) -> Parameter {
    let key = Key { default: default.1, ..key(name, Kind::Flag, "", doc) };
    Parameter { key, aliases: &[], default: Fixed::Flag(default.0), bare: Fixed::Flag(default.0) }
}

impl Parameter {
    pub(super) const fn named(self, aliases: &'static [&'static str]) -> Self {
        Self { aliases, ..self }
    }

    /// What a bare estimate takes.
    pub(super) const fn bare(self, bare: Fixed) -> Self {
        Self { bare, ..self }
    }

    /// No value when nobody says anything.
    pub(super) const fn unset(self) -> Self {
        Self { default: Fixed::None, bare: Fixed::None, ..self }
    }
}
