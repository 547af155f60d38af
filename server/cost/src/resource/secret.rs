//! Secrets Manager: each secret by the month, and the calls that read it.

use super::key::{Fallback, amount};
use super::rates::tag;
use super::{Billing, Charge, Given, Pricing, ResourceType};

pub(crate) const SECRETS_MANAGER: ResourceType = ResourceType {
    name: "secrets_manager",
    kinds: &["config", "persist_secret"],
    title: "Secrets Manager",
    usage_types: &["aws_secretsmanager_secret"],
    billing: Billing::Both,
    pays_for: "each secret by the month, and each 10,000 calls that read one",
    usage: &[
        amount("secrets", "secrets", "Secrets kept.")
            .named(&["secret_count", "num_secrets", "number_of_secrets", "count"])
            .or(Fallback::Usual(1.0), "1"),
        amount("monthly_requests", "calls", "Calls that read or write a secret.")
            .named(&["api_requests", "api_calls", "requests", "monthly_api_calls", "monthly_api_requests"])
            .or(
                Fallback::PerRequest(0.01),
                "one in 100 requests, as secrets are read when an instance starts",
            ),
        amount("months", "months", "Share of the month for which they are kept.")
            .or(Fallback::Fact(1.0), "1"),
    ],
    parameters: &[],
    tags: &[
        tag("aws.secretsmanager.secret", 1.0, "secret and month"),
        tag("aws.secretsmanager.api", 1e4, "10,000 calls"),
    ],
    pricing: Pricing::Charges(charges),
};

/// The classic configuration calls it `s3`, and the compiler puts it into Secrets Manager whatever the type says.
pub(crate) const CLASSIC_SECRET: ResourceType =
    ResourceType { name: "s3", kinds: &["persist_secret"], ..SECRETS_MANAGER };

fn charges(given: &Given<'_>) -> Vec<Charge> {
    let kept = given.used("secrets") * given.used("months");
    vec![
        Charge::new("secret", kept, "aws.secretsmanager.secret"),
        Charge::new("api_requests", given.used("monthly_requests"), "aws.secretsmanager.api"),
    ]
}
