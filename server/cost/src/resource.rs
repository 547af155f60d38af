//! What the resources cost that units use: stores, topics, caches, gateways, and what passes between them.
//!
//! Each type is one [`ResourceType`], in a row of `resource/table.rs`: its names, the keys of its `workload` table, the
//! parameters of the configuration that set its size, the rates for one line of text, and the function that says what a
//! month uses. Pricing, checking of keys, completion, bare estimates and documentation read nothing else.
//!
//! Start at [`resource_type`], go on with [`resolve_usage`], and end at [`price_resource`].

mod cache;
mod charge;
mod disk;
mod dynamodb;
mod edge;
mod gateway;
mod key;
mod log;
mod message;
mod network;
mod object;
mod rates;
mod secret;
mod sql;
mod table;
mod usage;

use crate::catalogue::Missing;
use crate::estimate::Estimate;
use crate::target::Provider;

pub(crate) use charge::{Charge, Given, write_out};
pub use key::{Fallback, Fixed, Parameter, UsageKey};
pub use rates::rate_summary;
pub use table::TYPES;
pub(crate) use usage::resolve_with;
pub use usage::{Demand, Parameters, ResourceUsage, ResourceWorkload, resolve_usage};
pub(crate) use {
    cache::{ELASTICACHE, MEMORYDB},
    disk::EBS,
    dynamodb::DYNAMODB,
    edge::CLOUDFRONT,
    gateway::API_GATEWAY,
    log::CLOUDWATCH_LOGS,
    message::{SNS, SQS},
    network::{DATA_TRANSFER, NAT},
    object::S3,
    secret::SECRETS_MANAGER,
    sql::{AURORA, AURORA_SERVERLESS, RDS},
};

/// When a resource is paid for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Billing {
    /// Only what is used.
    PerUse,
    /// Every hour it exists, used or not.
    AlwaysOn,
    /// Something every hour or month, and what is used on top.
    Both,
}

impl Billing {
    /// In words for people.
    pub fn words(self) -> &'static str {
        match self {
            Self::PerUse => "pays per use",
            Self::AlwaysOn => "always on",
            Self::Both => "always on, and per use",
        }
    }
}

/// How the cost of a type comes about.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Pricing {
    /// What a month is charged for.
    Charges(fn(&Given<'_>) -> Vec<Charge>),
    /// There is no price, and this is why.
    Unpriced(&'static str),
}

/// One type of resource.
#[derive(Debug)]
pub struct ResourceType {
    /// Its `type` as klotho.yaml and the graph write it, or a word for what no section declares.
    pub name: &'static str,
    /// Names of the kinds of the graph that have it; empty for what is paid without being declared.
    pub kinds: &'static [&'static str],
    /// Name for people.
    pub title: &'static str,
    /// Types that mean it in usage files of Infracost, whose keys it knows by their names; nested ones are joined by a dot.
    pub usage_types: &'static [&'static str],
    /// When it is paid for.
    pub billing: Billing,
    /// What is paid for, in one line.
    pub pays_for: &'static str,
    /// Keys of its `workload` table.
    pub usage: &'static [UsageKey],
    /// What the configuration says about its size.
    pub parameters: &'static [Parameter],
    /// The rates that one line of text names.
    pub(crate) tags: &'static [rates::Tag],
    pub(crate) pricing: Pricing,
}

impl ResourceType {
    /// The usage key with this name, or whose other name this is.
    pub fn usage_key(&self, name: &str) -> Option<&'static UsageKey> {
        self.usage.iter().find(|key| key.key.name == name || key.aliases.contains(&name))
    }

    /// The parameter with this name, or whose other name this is.
    pub fn parameter(&self, name: &str) -> Option<&'static Parameter> {
        self.parameters.iter().find(|key| key.key.name == name || key.aliases.contains(&name))
    }

    /// Why it has no price at all; `None` = it has a cost model.
    pub fn unpriced(&self) -> Option<&'static str> {
        match self.pricing {
            Pricing::Unpriced(why) => Some(why),
            Pricing::Charges(_) => None,
        }
    }

    /// What it becomes in truth, where its type names something else.
    pub fn in_truth(&self) -> Option<&'static Self> {
        TYPES.iter().copied().find(|row| row.title == self.title).filter(|row| row.name != self.name)
    }

    /// Is it on the bill of the unit behind it already? A sum over units and resources then leaves it out.
    pub fn is_on_the_bill_of_units(&self) -> bool {
        self.kinds.contains(&"gateway")
    }
}

/// The type `name` of a kind of the graph, such as `s3` of `persist_fs`.
pub fn resource_type(kind: &str, name: &str) -> Option<&'static ResourceType> {
    TYPES.iter().copied().find(|row| row.name == name && row.kinds.contains(&kind))
}

/// Where a resource is and how it is priced.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Site<'a> {
    /// Whose resource it is.
    pub provider: Provider,
    /// Region as the provider spells it.
    pub region: &'a str,
    /// Subtract the free tier, which belongs to the whole account.
    pub free_tier: bool,
}

/// A month of a resource. What has no price, or cannot be priced before something is told, is among the missing.
pub fn price_resource(
    row: &ResourceType,
    site: Site<'_>,
    usage: &ResourceUsage,
    parameters: &Parameters,
) -> Estimate {
    let charges = match charges_of(row, site.provider) {
        Ok(charges) => charges,
        Err(why) => {
            return Estimate {
                missing: vec![Missing::undetermined(row.name, site.region, why)],
                ..<_>::default()
            };
        }
    };
    let settings = match parameters.fill(row) {
        Ok(settings) => settings,
        Err(error) => {
            let missing = Missing::undetermined(row.name, site.region, error.to_string());
            return Estimate { missing: vec![missing], ..<_>::default() };
        }
    };
    let given = Given { region: site.region, usage, settings: &settings };
    write_out(charges(&given), site.region, site.free_tier)
}

type Charges = fn(&Given<'_>) -> Vec<Charge>;

fn charges_of(row: &ResourceType, provider: Provider) -> Result<Charges, String> {
    match row.pricing {
        _ if provider != Provider::Aws => {
            Err(format!("no price model for {} on {}", row.title, provider.name()))
        }
        Pricing::Unpriced(why) => Err(why.to_owned()),
        Pricing::Charges(charges) => Ok(charges),
    }
}
