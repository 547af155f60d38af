//! Installed prices, in a process of their own: they hold for all of it.

#![allow(clippy::unwrap_used, reason = "a test stops where it cannot go on")]

use klotho_cost::catalogue::{AlreadyRead, Overlay, catalogue, install};
use klotho_cost::{Date, Provider, Question, Requirements, compare, workload};

const DOCUMENT: &str = r#"{"schema":"klotho-prices/1",
"sources":[{"key":"contract","name":"Our contract, appendix B"}],
"prices":[
{"id":"aws.fargate.vcpu.x86_64","region":"us-east-1","amount":"0.02","unit":"vCPU-hour","source":"contract","effective":"2026-11-01","retrieved":"2026-11-02"},
{"id":"aws.apigw.http","region":"us-east-1","amount":"0.0000005","unit":"request","source":"contract","effective":"2026-10-01","retrieved":"2026-11-02"},
{"id":"aws.fargate.memory.x86_64","region":"us-east-1","amount":"0.002","unit":"GB-hour","source":"contract","effective":"2026-11-01","retrieved":"2026-11-02"},
{"id":"aws.alb.hour","region":"us-east-1","amount":"0.01","unit":"hour","source":"contract","effective":"2026-11-01","retrieved":"2026-11-02"},
{"id":"aws.alb.lcu","region":"us-east-1","amount":"0.004","unit":"LCU-hour","source":"contract","effective":"2026-11-01","retrieved":"2026-11-02"},
{"id":"aws.lambda.duration.x86_64","region":"us-east-1","amount":"0.00001","unit":"GB-second","source":"contract","effective":"2026-11-01","retrieved":"2026-11-02"},
{"id":"aws.lambda.requests","region":"us-east-1","amount":"0.0000001","unit":"request","source":"contract","effective":"2026-11-01","retrieved":"2026-11-02"},
{"id":"aws.eks.control_plane","region":"us-east-1","amount":"0.05","unit":"cluster-hour","source":"contract","effective":"2026-11-01","retrieved":"2026-11-02"}
]}"#;

#[test]
fn models_price_with_what_was_installed_and_name_it() {
    install(Overlay::parse(DOCUMENT).unwrap()).unwrap();
    let workload = workload::resolve(&[]);
    let requirements = Requirements::default();
    let today = Date::parse("2026-11-26").unwrap();
    let found = compare(&Question::new(Provider::Aws, "us-east-1", &workload, &requirements, today));
    let contract = found.sources.iter().find(|used| used.source.name.starts_with("Our contract")).unwrap();
    assert_eq!(contract.effective, Date::parse("2026-10-01"));
    let note = found.price_note();
    assert!(note.starts_with("Prices: Our contract, 2026-10-01 (56 days old)"), "{note}");
    let fargate = found.row("ecs").unwrap().estimate.prices();
    assert!(fargate.iter().any(|price| price.id == "aws.fargate.vcpu.x86_64" && price.amount.unwrap().to_string() == "0.02"));
    // What was answered stays true: prices come before the first question or not at all.
    assert_eq!(install(Overlay::parse(DOCUMENT).unwrap()), Err(AlreadyRead));
    assert!(catalogue().rate("aws.nat.hour", "us-east-1").is_ok(), "what the overlay does not name stays");
}
