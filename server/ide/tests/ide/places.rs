//! Clouds and regions: what the configuration says of them, in hovers and actions.

use crate::support::{Fixture, UNIT};
use klotho_cost::target::{TARGETS, targets};
use klotho_cost::{Provider, target};
use klotho_graph::{Config, ConfigFormat};

fn hover(config: &str, target: &str) -> String {
    let unit = UNIT.replacen("execution_unit", "execution_$0unit", 1).replace("\"lambda\"", target);
    Fixture::new(&[("index.ts", &unit), ("klotho.yaml", config)]).hover()
}

#[test]
fn a_region_that_nobody_names_is_said_to_be_assumed() {
    assert!(hover("app: x\n", "\"lambda\"").contains("Region us-east-1 (assumed), no free tier"));
    let stated = hover("region: eu-west-1\n", "\"lambda\"");
    assert!(stated.contains("Region eu-west-1, no free tier"), "{stated}");
}

#[test]
fn prices_of_an_unknown_region_are_missing_and_never_borrowed() {
    let hover = hover("region: \"us-<b>-1\"\n", "\"lambda\"");
    assert!(hover.contains("| **AWS Lambda**, now | not known") && hover.contains("`us-<b>-1`"), "{hover}");
    assert!(!hover.contains('$'), "{hover}");
}

#[test]
fn a_region_with_a_typo_has_its_fix() {
    let fixture = Fixture::new(&[("index.ts", UNIT), ("klotho.yaml", "region: 'us-e$0sat-1' # here\n")]);
    let action = fixture.action("Replace by us-east-1");
    let after = fixture.disk.edited(&action.edit);
    assert_eq!(after.0["klotho.yaml"], "region: 'us-east-1' # here\n");
    assert_eq!(after.findings(), Vec::<String>::new());
}

#[test]
fn another_cloud_shows_its_own_targets() {
    let hover = hover("provider: gcp\n", "\"cloudrun\"");
    for part in ["| **Cloud Run", "Region us-central1 (assumed)", "GKE"] {
        assert!(hover.contains(part), "{part} is missing in:\n{hover}");
    }
    assert!(!hover.contains("Lambda"), "{hover}");
}

#[test]
fn a_switch_on_another_cloud_changes_the_annotation_alone() {
    let unit =
        UNIT.replacen("execution_unit", "execution_$0unit", 1).replace("\"lambda\"", "\"cloudfunctions\"");
    let fixture = Fixture::new(&[("index.ts", &unit), ("klotho.yaml", "provider: gcp\n")]);
    let action = fixture.action("Switch playlists to GKE");
    let after = fixture.disk.edited(&action.edit);
    assert!(after.0["index.ts"].contains("target = \"gke\""));
    assert_eq!(after.0["klotho.yaml"], "provider: gcp\n");
    assert!(after.findings().contains(&"klotho.yaml:1 config-provider".to_owned()));
    assert!(!after.findings().iter().any(|found| found.contains(" target-")), "{:?}", after.findings());
}

#[test]
fn a_switch_that_the_configuration_would_hide_is_not_offered() {
    let unit = UNIT.replacen("execution_unit", "execution_$0unit", 1).replace("\"lambda\"", "\"aks\"");
    let config = "provider: azure\nexecution_units:\n  playlists:\n    type: ecs\n";
    let fixture = Fixture::new(&[("index.ts", &unit), ("klotho.yaml", config)]);
    let why = fixture.action("Switch playlists to Container Apps").disabled;
    assert!(why.is_some_and(|why| why.contains("no type into klotho.yaml")));
}

/// The graph knows names alone, the cost model what they mean: both know the same ones.
#[test]
fn the_graph_and_the_cost_model_know_the_same_targets() {
    for provider in [Provider::Gcp, Provider::Azure] {
        let config = Config::parse(ConfigFormat::Yaml, &format!("provider: {}\n", provider.name()));
        let mut known: Vec<_> = targets(provider).map(|target| target.key).collect();
        let mut named = config.unit_targets().to_vec();
        known.sort_unstable();
        known.dedup();
        named.sort_unstable();
        assert_eq!(named, known);
    }
    let aws = Config::parse(ConfigFormat::Yaml, "provider: aws\n");
    assert!(aws.unit_targets().iter().all(|name| target::target(name).is_some()), "{}", TARGETS.len());
}

#[test]
fn where_nothing_fits_no_target_is_called_the_cheapest() {
    let needs = UNIT.replacen("execution_unit", "execution_$0unit", 1);
    let needs = needs.replace("[workload]", "[requires]\n *   max_monthly_usd = 0.01\n *   [workload]");
    let hover = Fixture::new(&[("index.ts", &needs)]).hover();
    assert!(hover.contains("\n\nNo target meets what the unit states and requires.\n\n"), "{hover}");
}
