use expect_test::{Expect, expect};
use proptest::prelude::*;

use super::super::Catalogue;
use super::*;

fn document(rows: &str) -> String {
    format!(
        "{{\"schema\":\"klotho-prices/1\",\n\"sources\":[\n{{\"key\":\"list\",\"name\":\"Our list, agreed in May\"}}\n],\n\"prices\":[\n{rows}\n]}}\n"
    )
}

fn row(id: &str, amounts: &str) -> String {
    format!(
        "{{\"id\":\"{id}\",\"region\":\"us-east-1\",{amounts},\"unit\":\"request\",\"source\":\"list\",\"effective\":\"2026-05-01\",\"retrieved\":\"2026-05-02\"}}"
    )
}

fn laid_over(rows: &str) -> Catalogue {
    apply(Catalogue::built_in(), &Overlay::parse(&document(rows)).unwrap())
}

fn amounts(catalogue: &Catalogue, base: &str, region: &str) -> String {
    let rows = catalogue.prices().iter().filter(|price| price.base_id() == base && price.region == region);
    let shown = rows.map(|price| {
        let amount = price.amount.map(|amount| amount.to_string()).unwrap_or_default();
        format!("{} {amount} {}..{:?}", price.id, price.tier_from, price.tier_to)
    });
    shown.collect::<Vec<_>>().join("\n")
}

#[test]
fn text_and_overlay_say_the_same() {
    let tiers =
        "\"tiers\":[{\"from\":\"0\",\"amount\":\"0.000003\"},{\"from\":\"1000000\",\"amount\":\"0.000002\"}]";
    let text =
        document(&[row("aws.apigw.rest", tiers), row("aws.nat.hour", "\"amount\":\"0.05\"")].join(",\n"));
    let overlay = Overlay::parse(&text).unwrap();
    assert_eq!(Overlay::parse(&overlay.to_text()).unwrap(), overlay);
    expect![[r#"
        {"schema":"klotho-prices/1",
        "sources":[
        {"key":"list","name":"Our list, agreed in May","place":""}
        ],
        "prices":[
        {"id":"aws.apigw.rest","region":"us-east-1","tiers":[{"from":"0","amount":"0.000003"},{"from":"1000000","amount":"0.000002"}],"unit":"request","source":"list","effective":"2026-05-01","retrieved":"2026-05-02"},
        {"id":"aws.nat.hour","region":"us-east-1","amount":"0.05","unit":"request","source":"list","effective":"2026-05-01","retrieved":"2026-05-02"}
        ]}
    "#]].assert_eq(&overlay.to_text());
}

#[test]
fn a_row_replaces_all_tiers_and_no_other_region() {
    let tiers =
        "\"tiers\":[{\"from\":\"0\",\"amount\":\"0.000003\"},{\"from\":\"1000000\",\"amount\":\"0.000002\"}]";
    let catalogue = laid_over(&row("aws.apigw.rest", tiers));
    expect![[r#"
        aws.apigw.rest.t1 0.000003 0..Some(1000000.0)
        aws.apigw.rest.t2 0.000002 1000000..None"#]]
    .assert_eq(&amounts(&catalogue, "aws.apigw.rest", "us-east-1"));
    let untouched = Catalogue::built_in();
    let elsewhere = |catalogue| amounts(catalogue, "aws.apigw.rest", "eu-west-1");
    assert_eq!(elsewhere(&catalogue), elsewhere(&untouched));
    assert_eq!(catalogue.imported(), 2);
}

#[test]
fn what_the_program_knows_without_tiers_stays_to_be_found_by_its_id() {
    let tiers = "\"tiers\":[{\"from\":\"0\",\"amount\":\"0.0000004\"},{\"from\":\"100000000000\",\"amount\":\"0.0000003\"}]";
    expect![[r#"
        aws.nat.gb 0.0000004 0..None
        aws.nat.gb.t1 0.0000004 0..Some(100000000000.0)
        aws.nat.gb.t2 0.0000003 100000000000..None"#]]
    .assert_eq(&amounts(&laid_over(&row("aws.nat.gb", tiers)), "aws.nat.gb", "us-east-1"));
    expect!["aws.lambda.duration.arm64.t1 0.00001 0..None"].assert_eq(&amounts(
        &laid_over(&row("aws.lambda.duration.arm64", "\"amount\":\"0.00001\"")),
        "aws.lambda.duration.arm64",
        "us-east-1",
    ));
}

#[test]
fn machines_keep_their_size() {
    let catalogue = laid_over(&row("aws.ec2.t3.medium", "\"amount\":\"0.03\""));
    let price = catalogue.price("aws.ec2.t3.medium", "us-east-1").unwrap();
    assert_eq!(price.hardware, Some((2.0, 4.0)));
    assert_eq!(price.imported, Some("2026-05-02"));
    assert_eq!(catalogue.source(price.source).unwrap().short_name(), "Our list");
}

fn fault(text: &str, expected: &Expect) {
    expected.assert_eq(&Overlay::parse(text).unwrap_err().to_string());
}

#[test]
fn faults_name_their_place() {
    fault("", &expect!["1:0: EOF while parsing a value"]);
    fault(
        "{}",
        &expect![[
            r#"this is no document of prices, which begins with "schema": "klotho-prices/1"; the price lists of providers are taken in by `klotho-ls prices import FILE`"#
        ]],
    );
    fault(
        r#"{"schema":"klotho-prices/2","new":1}"#,
        &expect![[r#""schema" is "klotho-prices/2", this program reads "klotho-prices/1""#]],
    );
    fault(
        &document(&row("aws.nat.hour", "\"amount\":0.05")),
        &expect!["6:55: invalid type: floating point `0.05`, expected a string"],
    );
    fault(
        &document(&row("aws.nat.hour", "\"amount\":\"-1\"")),
        &expect![
            "7:1: aws.nat.hour in us-east-1: an amount must be above 0 and at most 1000000 USD a unit, not -1"
        ],
    );
    fault(
        &document(&row("aws.s3.standard.t1", "\"amount\":\"1\"")),
        &expect![[
            r#"7:1: aws.s3.standard.t1 in us-east-1: the id ends with the number of a tier; give the id without it, and all its "tiers""#
        ]],
    );
    fault(
        &document(&row("ibm.x", "\"amount\":\"1\"")),
        &expect![
            "7:1: ibm.x in us-east-1: the id must begin with `aws.`, `gcp.` or `azure.` and hold no spaces"
        ],
    );
    fault(
        &document(&row("aws.x", "\"amount\":\"1\",\"price\":2")),
        &expect![
            "6:55: unknown field `price`, expected one of `id`, `region`, `amount`, `tiers`, `unit`, `source`, `effective`, `retrieved`, `hardware`, `note`"
        ],
    );
    let twice = [row("aws.x", "\"amount\":\"1\""), row("aws.x", "\"amount\":\"2\"")].join(",\n");
    fault(&document(&twice), &expect!["aws.x in us-east-1 stands there twice"]);
    let falling = "\"tiers\":[{\"from\":\"0\",\"amount\":\"1\"},{\"from\":\"0\",\"amount\":\"2\"}]";
    fault(
        &document(&row("aws.x", falling)),
        &expect![[r#"7:1: aws.x in us-east-1: tiers must start at "0" and rise"#]],
    );
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in ".{0,200}", id in "[a-z.0-9]{0,12}", amount in "[-0-9.e]{0,12}") {
        let _ = Overlay::parse(&text);
        if let Ok(overlay) = Overlay::parse(&document(&row(&id, &format!("\"amount\":\"{amount}\"")))) {
            prop_assert_eq!(Overlay::parse(&overlay.to_text()), Ok(overlay));
        }
    }
}
