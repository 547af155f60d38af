//! `klotho-ls prices`, and imported prices beside the other commands.

use super::client::{self, Client};
use super::command_line::{repository, text};
use expect_test::expect;
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// Runs the program where no prices of the user's own lie.
fn run(arguments: &[&str], folder: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_klotho-ls"))
        .args(arguments)
        .current_dir(folder)
        .env("XDG_CONFIG_HOME", folder.join("configuration"))
        .env("APPDATA", folder.join("configuration"))
        .env_remove("KLOTHO_LS_PRICES")
        .output()
        .expect("it runs")
}

fn done(arguments: &[&str], folder: &Path) -> String {
    let output = run(arguments, folder);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    text(&output.stdout)
}

fn failed(arguments: &[&str], folder: &Path) -> String {
    let output = run(arguments, folder);
    assert_eq!((output.status.code(), text(&output.stdout).as_str()), (Some(2), ""), "{arguments:?}");
    text(&output.stderr)
}

/// A small offer file of AWS's EC2 service, as it is published.
fn offer(amount: &str, published: &str) -> String {
    let usage = |region: &str, usage: &str| {
        json!({ "sku": region, "productFamily": "NAT Gateway",
            "attributes": { "servicecode": "AmazonEC2", "locationType": "AWS Region", "regionCode": region, "usagetype": usage } })
    };
    let term = |amount: &str| json!({ "X": { "priceDimensions": { "Y": { "unit": "Hrs", "beginRange": "0", "endRange": "Inf", "pricePerUnit": { "USD": amount } } } } });
    json!({
        "formatVersion": "v1.0", "offerCode": "AmazonEC2", "publicationDate": published,
        "products": { "A": usage("us-east-1", "NatGateway-Hours"), "B": usage("eu-west-1", "EU-NatGateway-Hours"), "C": usage("eu-west-1", "EU-Other") },
        "terms": { "OnDemand": { "A": term(amount), "B": term("0.048") } }
    })
    .to_string()
}

#[test]
fn imported_prices_are_kept_shown_and_believed() {
    let folder = tempfile::tempdir().expect("a folder");
    let here = folder.path();
    fs::write(here.join("offer.json"), offer("0.0500000000", "2026-11-20T10:00:00Z")).expect("a file");
    let kept = here.join("configuration/klotho-ls/prices.json");
    let only_said = done(&["prices", "import", "--dry-run", "offer.json"], here);
    assert!(only_said.contains("Nothing was written.") && !kept.exists(), "{only_said}");
    let report = done(&["prices", "import", "offer.json"], here)
        .replace(&*here.to_string_lossy(), "HERE")
        .replace('\\', "/");
    expect![[r#"
        offer.json: 2 prices of AWS Price List: 1 changed, 0 new, 1 as before
          skipped 1 not priced by klotho-ls
          aws.nat.hour in us-east-1: 0.045 -> 0.05
        Written: HERE/configuration/klotho-ls/prices.json holds 2 prices.
    "#]]
    .assert_eq(&report);
    let left: Vec<_> = fs::read_dir(kept.parent().expect("a parent")).expect("a folder").flatten().collect();
    assert_eq!(left.len(), 1, "{left:?}");
    let shown = done(&["prices", "show", "aws.nat.hour", "--region", "us-east-1"], here);
    assert!(shown.contains("0.05 USD a hour") && shown.contains("AWS Price List"), "{shown}");
    let list: Value =
        serde_json::from_str(&done(&["prices", "list", "--service", "nat", "--format", "json"], here))
            .expect("JSON");
    assert_eq!(list["summary"]["imported"], 2);
    let built_in = done(&["--prices", "", "prices", "show", "aws.nat.hour", "--region", "us-east-1"], here);
    assert!(built_in.contains("0.045 USD"), "{built_in}");
}

fn import<'a>(files: &[&'a str]) -> Vec<&'a str> {
    [&["prices", "import", "--to", "kept.json"], files].concat()
}

#[test]
fn older_and_damaged_lists_change_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let here = folder.path();
    fs::write(here.join("new.json"), offer("0.05", "2026-11-20T10:00:00Z")).expect("a file");
    fs::write(here.join("old.json"), offer("0.06", "2026-11-01T10:00:00Z")).expect("a file");
    let damaged = offer("0.07", "2026-11-21T10:00:00Z");
    fs::write(here.join("damaged.json"), &damaged[..damaged.len() - 30]).expect("a file");
    done(&import(&["new.json"]), here);
    let kept = fs::read(here.join("kept.json")).expect("the prices");
    expect![[r#"
        klotho-ls: old.json: 2 prices of it are older than those that are there, so nothing was imported; --force takes them all the same.
          aws.nat.hour in eu-west-1: 2026-11-01, there is one of 2026-11-20
          aws.nat.hour in us-east-1: 2026-11-01, there is one of 2026-11-20
    "#]]
    .assert_eq(&failed(&import(&["old.json"]), here));
    let reason = failed(&import(&["new.json", "damaged.json"]), here);
    assert!(
        reason.starts_with("klotho-ls: damaged.json:1:") && reason.contains("Nothing was imported"),
        "{reason}"
    );
    failed(&import(&["--provider", "gcp", "new.json"]), here);
    failed(&import(&["absent.json"]), here);
    assert_eq!(fs::read(here.join("kept.json")).expect("the prices"), kept);
    done(&import(&["--force", "old.json"]), here);
    assert_ne!(fs::read(here.join("kept.json")).expect("the prices"), kept);
}

#[test]
fn damaged_prices_stop_what_prices_and_nothing_else() {
    let folder = tempfile::tempdir().expect("a folder");
    let here = folder.path();
    fs::write(here.join("prices.json"), "{\"schema\":\n\"klotho-prices/1\",\n}").expect("a file");
    let app = repository().join("tests/apps/music-service");
    let app = app.to_str().expect("a path");
    for command in
        [&["check", app][..], &["graph", app], &["prices", "list"], &["prices", "show", "aws.nat.hour"]]
    {
        let reason = failed(&[&["--prices", "prices.json"], command].concat(), here);
        assert!(
            reason.starts_with("klotho-ls: prices.json:3:1: ") && reason.contains("--prices"),
            "{reason}"
        );
    }
    done(&["--prices", "prices.json", "explain", "target-conflict"], here);
    let reason = failed(&["--prices", "absent.json", "graph", app], here);
    assert!(reason.contains("absent.json: there is no such file"), "{reason}");
}

#[test]
fn ids_that_nobody_has_are_told_from_those_that_are_near() {
    let folder = tempfile::tempdir().expect("a folder");
    let reason = failed(&["prices", "show", "aws.nat.hours"], folder.path());
    assert!(reason.contains("Did you mean `aws.nat.hour`?"), "{reason}");
    let reason = failed(&["prices", "show", "aws.nat.hour", "--region", "mars"], folder.path());
    assert!(reason.contains("it has ") && reason.contains("us-east-1"), "{reason}");
    let summary = done(&["prices", "list", "--missing"], folder.path());
    assert!(summary.lines().skip(4).all(|line| line.contains("missing")), "{summary}");
}

#[test]
fn the_server_says_once_that_prices_are_damaged_and_goes_on() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("prices.json");
    fs::write(&file, "{}").expect("a file");
    let mut command = client::server(&["--prices", file.to_str().expect("a path")]);
    let mut process = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("it starts");
    let (input, output) = (process.stdin.take().expect("a pipe"), process.stdout.take().expect("a pipe"));
    let mut client = Client::over(process, input, output);
    client.greet(json!({ "capabilities": {} }));
    let said = client.wait(|message| message["method"] == "window/showMessage");
    let words = said["params"]["message"].as_str().expect("words");
    assert!(words.contains("prices.json: this is no document of prices"), "{words}");
    client.request("shutdown", Value::Null);
    client.notify("exit", Value::Null);
    assert_eq!(client.exit_code(), Some(0));
}
