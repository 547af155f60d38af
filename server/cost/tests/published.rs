//! Published worked examples of providers and of another tool's recorded outputs. Each entry of the data file carries
//! its source: a pricing page, or repository, commit and path.

#![allow(clippy::unwrap_used, clippy::panic)] // helpers of tests: what cannot be read fails the test where it is read

use std::collections::BTreeMap;

use klotho_cost::Value;
use klotho_cost::estimate::bare::{Bare, BareError, Inputs, bare, bare_targets};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde_json::Value as Json;

/// Data files, and how many examples each has.
const EXAMPLES: [(&str, usize); 3] = [
    (include_str!("examples/published.json"), 16),
    (include_str!("examples/resources.json"), 46),
    (include_str!("examples/more.json"), 33),
];

fn inputs(json: &Json) -> Inputs {
    let value = |json: &Json| match json {
        Json::Number(number) => Value::Number(number.as_f64().unwrap()),
        Json::Bool(flag) => Value::Flag(*flag),
        other => Value::Text(other.as_str().unwrap().to_owned()),
    };
    json.as_object().unwrap().iter().map(|(name, json)| (name.clone(), value(json))).collect()
}

fn close(actual: Decimal, published: f64, tolerance: f64, what: &str) {
    let off = (actual.to_f64().unwrap() - published).abs();
    assert!(off <= tolerance + 1e-9, "{what}: {actual} is not {published}");
}

#[test]
fn every_example_is_met_within_its_tolerance() {
    for (text, count) in EXAMPLES {
        let all: Json = serde_json::from_str(text).unwrap();
        let examples = all["examples"].as_array().unwrap();
        assert_eq!(examples.len(), count);
        examples.iter().for_each(meets);
    }
}

fn meets(example: &Json) {
    let text = |key: &str| example[key].as_str().unwrap();
    let found = bare(text("target"), text("region"), &inputs(&example["inputs"])).unwrap();
    let tolerance = example["tolerance_usd"].as_f64().unwrap();
    let published = &example["published"];
    let total = published["monthly_total"].as_f64().unwrap();
    let sum = found.monthly_total().unwrap_or_else(|| panic!("{}: {:?}", text("id"), found.missing));
    close(sum, total, tolerance, text("id"));
    for (name, amount) in published["components"].as_object().unwrap() {
        let part = found.components.iter().find(|(found, _)| found == name);
        let (_, cost) = part.unwrap_or_else(|| panic!("{} has no {name}: {found:?}", text("id")));
        close(*cost, amount.as_f64().unwrap(), tolerance, name);
    }
}

fn run(target: &str, region: &str, pairs: &[(&str, Value)]) -> Result<Bare, BareError> {
    let inputs: BTreeMap<_, _> =
        pairs.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
    bare(target, region, &inputs)
}

#[test]
fn what_has_no_price_has_no_total() {
    let found = run("alb", "us-east-2", &[("processed_gb", Value::Number(10.0))]).unwrap();
    assert_eq!(found.monthly_total(), None);
    assert_eq!(found.missing.len(), 2);
    let nodes = [("nodes", Value::Number(2.0)), ("instance_type", Value::Text("x9.huge".into()))];
    let found = run("eks_nodes", "us-east-1", &nodes).unwrap();
    assert_eq!(found.monthly_total(), None);
    assert_eq!(
        found.missing[0].to_string(),
        "no price for aws.ec2.x9.huge in us-east-1 (catalogue of 2026-11-23)"
    );
}

#[test]
fn wrong_inputs_are_told_in_words() {
    let message = |target, pairs: &[(&str, Value)]| run(target, "us-east-1", pairs).unwrap_err().to_string();
    assert_eq!(message("lambda", &[("requests", Value::Number(1.0))]), "input `duration_ms` is needed");
    assert_eq!(
        message("lambda", &[("requests", Value::Text("many".into()))]),
        "input `requests` must be a number from 0 to 1e15"
    );
    assert_eq!(
        message("alb", &[("hourz", Value::Number(1.0))]),
        "`hourz` is not an input of this target; did you mean `hours`?"
    );
    assert!(message("mainframe", &[]).starts_with("no cost model for `mainframe`; there is one for lambda,"));
    assert!(
        message("lamda", &[]).starts_with("no cost model for `lamda` (did you mean `lambda`?); there is")
    );
}

#[test]
fn inputs_of_resources_are_told_apart() {
    let message = |target, pairs: &[(&str, Value)]| run(target, "us-east-1", pairs).unwrap_err().to_string();
    let number = Value::Number;
    assert_eq!(message("rds", &[("allocated_storage", number(20.0))]), "input `instance_class` is needed");
    assert_eq!(
        message("sqs", &[("monthly_requests", number(1.0)), ("requests", number(2.0))]),
        "input `requests` must be stated under one name only"
    );
    assert_eq!(
        message("s3", &[("storage_gb", Value::Text("much".into()))]),
        "input `storage_gb` must be a number from 0 to 1e15"
    );
    assert_eq!(message("s3", &[("colour", number(1.0))]), "`colour` is not an input of this target");
}

#[test]
fn nothing_is_used_that_nobody_states() {
    for target in ["dynamodb", "s3", "sns", "sqs", "cloudfront", "cloudwatch_logs", "data_transfer", "ebs"] {
        let found = run(target, "us-east-1", &[]).unwrap();
        assert_eq!(found.monthly_total(), Some(Decimal::ZERO), "{target}");
    }
}

#[test]
fn the_free_tier_is_subtracted_where_it_is_asked_for() {
    let sns = |free: Option<bool>| {
        let mut pairs = vec![("requests", Value::Number(3e6))];
        pairs.extend(free.map(|free| ("free_tier", Value::Flag(free))));
        run("sns", "us-east-1", &pairs).unwrap().monthly_total().unwrap().to_f64().unwrap()
    };
    assert_eq!((sns(None), sns(Some(true)), sns(Some(false))), (1.5, 1.0, 1.5));
}

#[test]
fn visitors_are_where_the_zone_or_the_region_says() {
    let gb = || ("data_transfer_out_gb", Value::Number(100.0));
    let cost = |region, pairs: &[(&str, Value)]| run("cloudfront", region, pairs).unwrap().monthly_total();
    let japan = cost("Japan", &[gb()]);
    assert_eq!(japan, Some(Decimal::new(1140, 2)));
    assert_eq!(cost("ap-northeast-1", &[gb()]), japan);
    assert_eq!(cost("us-east-1", &[gb(), ("zone", Value::Text("japan".into()))]), japan);
    assert_eq!(cost("us-east-1", &[gb(), ("zone", Value::Text("moon".into()))]), None);
}

#[test]
fn targets_have_names_of_their_own() {
    let mut seen = std::collections::HashSet::new();
    assert!(bare_targets().all(|target| seen.insert(target)));
}
