//! The bare cost model: named inputs in, named amounts out, with no traffic shape between them. It answers "what do
//! these quantities cost", which is what published examples state.

mod aws;
mod azure;
mod gcp;
mod names;
mod resources;

use std::collections::BTreeMap;
use std::fmt;

use rust_decimal::Decimal;

use super::Estimate;
use crate::catalogue::Missing;
use crate::target::Arch;
use crate::value::Value;

/// Inputs by name.
pub type Inputs = BTreeMap<String, Value>;

/// A bill whose components carry the names that published examples use.
#[derive(Debug, Clone, PartialEq)]
pub struct Bare {
    /// Name and US dollars a month. A component that reaches several tiers appears once per tier.
    pub components: Vec<(String, Decimal)>,
    /// What could not be priced.
    pub missing: Vec<Missing>,
    /// The bill that they come from, with formulas and prices.
    pub estimate: Estimate,
}

impl Bare {
    /// US dollars a month; `None` when a price is missing.
    pub fn monthly_total(&self) -> Option<Decimal> {
        self.missing.is_empty().then(|| self.components.iter().map(|(_, cost)| cost).sum())
    }
}

/// Why inputs cannot be estimated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BareError {
    /// No such target here.
    UnknownTarget(String),
    /// An input has the wrong type or an impossible value.
    BadInput {
        /// Its name.
        input: String,
        /// What it should be.
        expected: &'static str,
    },
    /// An input that the target does not know.
    UnknownInput {
        /// Its name.
        input: String,
        /// An input with nearly that name.
        near: Option<&'static str>,
    },
    /// An input that the target cannot do without.
    MissingInput(&'static str),
}

impl fmt::Display for BareError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownTarget(name) => {
                let all: Vec<_> = bare_targets().collect();
                // What is far longer than any name is no misspelling, and the distance takes time to find.
                let near = all.iter().filter(|other| name.len() < 2 * other.len());
                let near = near.map(|other| (strsim::damerau_levenshtein(name, other), other)).min();
                let near = near.filter(|(steps, _)| *steps <= 2);
                let hint = near.map(|(_, other)| format!(" (did you mean `{other}`?)")).unwrap_or_default();
                write!(f, "no cost model for `{name}`{hint}; there is one for {}", all.join(", "))
            }
            Self::BadInput { input, expected } => write!(f, "input `{input}` must be {expected}"),
            Self::UnknownInput { input, near: Some(near) } => {
                write!(f, "`{input}` is not an input of this target; did you mean `{near}`?")
            }
            Self::UnknownInput { input, near: None } => {
                write!(f, "`{input}` is not an input of this target")
            }
            Self::MissingInput(input) => write!(f, "input `{input}` is needed"),
        }
    }
}

impl std::error::Error for BareError {}

/// A thing that can be estimated from bare inputs.
struct Bench {
    /// Name as published examples write it.
    target: &'static str,
    /// Inputs that it knows.
    inputs: &'static [&'static str],
    /// Its arithmetic, in a region.
    run: fn(&str, &Reader<'_>) -> Result<Estimate, BareError>,
}

/// What can be estimated, by provider.
const BENCHES: &[&[Bench]] = &[aws::BENCHES, gcp::BENCHES, azure::BENCHES, resources::BENCHES];

fn benches() -> impl Iterator<Item = &'static Bench> {
    BENCHES.iter().copied().flatten()
}

/// Names of all targets that can be estimated from bare inputs.
pub fn bare_targets() -> impl Iterator<Item = &'static str> {
    benches().map(|bench| bench.target)
}

/// Inputs that a target knows, by their first names.
pub fn bare_inputs(target: &str) -> Option<&'static [&'static str]> {
    bench(target).map(|bench| bench.inputs)
}

fn bench(target: &str) -> Option<&'static Bench> {
    let find = |name: &str| benches().find(|bench| bench.target == name);
    find(target).or_else(|| names::target(target).and_then(find))
}

/// Prices named inputs on a target in a region.
pub fn bare(target: &str, region: &str, inputs: &Inputs) -> Result<Bare, BareError> {
    let Some(bench) = bench(target) else {
        return Err(BareError::UnknownTarget(target.to_owned()));
    };
    let inputs = names::settle(inputs, bench.inputs)?;
    (bench.run)(region, &Reader(&inputs)).map(flat)
}

/// Splits components into tiers and drops the prefixes that only matter beside other parts of a unit's bill.
fn flat(estimate: Estimate) -> Bare {
    let mut components = Vec::new();
    for component in &estimate.components {
        let name = component.name.strip_prefix("load_balancer_").unwrap_or(component.name);
        if component.parts.len() == 1 && name != "gateway" {
            components.push((name.to_owned(), component.monthly));
            continue;
        }
        let prefix = if name == "gateway" { String::new() } else { format!("{name}_") };
        let tiers = component.parts.iter().enumerate();
        components.extend(tiers.map(|(place, part)| (format!("{prefix}tier{}", place + 1), part.cost)));
    }
    Bare { components, missing: estimate.missing.clone(), estimate }
}

/// Inputs, read with a message for what is wrong.
struct Reader<'a>(&'a Inputs);

impl Reader<'_> {
    fn number(&self, name: &'static str) -> Result<Option<f64>, BareError> {
        match self.0.get(name) {
            None => Ok(None),
            Some(Value::Number(number)) if (0.0..=1e15).contains(number) => Ok(Some(*number)),
            Some(_) => Err(bad(name, "a number from 0 to 1e15")),
        }
    }

    fn need(&self, name: &'static str) -> Result<f64, BareError> {
        self.number(name)?.ok_or(BareError::MissingInput(name))
    }

    fn or(&self, name: &'static str, default: f64) -> Result<f64, BareError> {
        Ok(self.number(name)?.unwrap_or(default))
    }

    fn flag(&self, name: &'static str) -> Result<bool, BareError> {
        match self.0.get(name) {
            None => Ok(false),
            Some(Value::Flag(flag)) => Ok(*flag),
            Some(_) => Err(bad(name, "true or false")),
        }
    }

    fn text(&self, name: &'static str) -> Result<Option<&str>, BareError> {
        match self.0.get(name) {
            None => Ok(None),
            Some(Value::Text(text)) => Ok(Some(text)),
            Some(_) => Err(bad(name, "a text")),
        }
    }

    fn need_text(&self, name: &'static str) -> Result<&str, BareError> {
        self.text(name)?.ok_or(BareError::MissingInput(name))
    }

    fn arch(&self) -> Result<Arch, BareError> {
        let name = self.text("arch")?.unwrap_or("x86_64");
        names::arch(name).ok_or_else(|| bad("arch", "`x86_64` or `arm64`"))
    }
}

fn bad(input: &str, expected: &'static str) -> BareError {
    BareError::BadInput { input: input.to_owned(), expected }
}
