use expect_test::{Expect, expect};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::catalogue::{Catalogue, Overlay, OverlayRow};

fn today() -> Date {
    Date::parse("2026-11-26").unwrap()
}

fn import(list: &Value) -> Result<Imported, ImportError> {
    read(list.to_string().as_bytes(), today())
}

/// Rows and what was skipped, a line each.
fn told(list: &Value, expected: &Expect) {
    let imported = import(list).unwrap();
    let mut lines: Vec<_> = imported.rows.iter().map(line_of).collect();
    for (why, skipped) in &imported.skipped {
        lines.push(format!("skipped {} {why}: {}", skipped.count, skipped.examples.join("; ")));
    }
    expected.assert_eq(&lines.join("\n"));
}

fn line_of(row: &OverlayRow) -> String {
    let tiers: Vec<_> = row.tiers.iter().map(|tier| format!("{}:{}", tier.from, tier.amount)).collect();
    let machine = row.hardware.map(|size| format!(" {}x{}", size.vcpus, size.gib)).unwrap_or_default();
    format!("{} {} {} {} {}{machine}", row.id, row.region, tiers.join(" "), row.unit, row.effective)
}

/// A product of an AWS offer file and the tiers of its on-demand term.
struct Sold(&'static str, &'static str, Value, &'static [(&'static str, &'static str)]);

/// An offer file as `offers/v1.0/aws/<Service>/current/<region>/index.json` is published.
fn offer(code: &str, sold: &[Sold]) -> Value {
    let (mut products, mut terms) = (json!({}), json!({}));
    for Sold(sku, family, attributes, tiers) in sold {
        products[sku] = json!({ "sku": sku, "productFamily": family, "attributes": attributes });
        terms[sku] = on_demand(sku, tiers);
    }
    json!({
        "formatVersion": "v1.0",
        "disclaimer": "This pricing list is for informational purposes only.",
        "offerCode": code,
        "version": "20261101000000",
        "publicationDate": "2026-11-01T00:00:00Z",
        "products": products,
        "terms": { "OnDemand": terms, "Reserved": { "X": { "X.Y": { "priceDimensions": 3 } } } },
        "attributesList": {}
    })
}

fn on_demand(sku: &str, tiers: &[(&str, &str)]) -> Value {
    let mut dimensions = json!({});
    for (from, amount) in tiers {
        dimensions[format!("{sku}.JRTCKXETXF.{from}")] = json!({
            "rateCode": "r", "description": "d", "beginRange": from, "endRange": "Inf", "unit": "u",
            "pricePerUnit": { "USD": amount }, "appliesTo": []
        });
    }
    let term = format!("{sku}.JRTCKXETXF");
    json!({ term: { "offerTermCode": "JRTCKXETXF", "sku": sku, "effectiveDate": "2026-10-01T00:00:00Z",
        "priceDimensions": dimensions, "termAttributes": {} } })
}

fn at(region: &str, usage: &str) -> Value {
    json!({ "locationType": "AWS Region", "regionCode": region, "usagetype": usage })
}

#[test]
fn usage_types_are_matched_whole_and_only_with_their_own_regions_prefix() {
    let cache = |usage: &str| {
        let mut attributes = at("ap-southeast-1", usage);
        attributes["cacheEngine"] = json!("Redis");
        attributes
    };
    told(
        &offer(
            "AmazonElastiCache",
            &[
                Sold(
                    "A",
                    "Cache Instance",
                    cache("APS1-NodeUsage:cache.t4g.micro"),
                    &[("0", "0.0240000000")],
                ),
                Sold(
                    "B",
                    "Cache Instance",
                    cache("APS1-ExtendedSupportYr3-NodeUsage:cache.t4g.micro"),
                    &[("0", "0.038")],
                ),
                Sold("C", "Cache Instance", cache("APS3-NodeUsage:cache.t4g.small"), &[("0", "0.05")]),
            ],
        ),
        &expect![[r#"
            aws.elasticache.redis.cache.t4g.micro ap-southeast-1 0:0.024 node-hour 2026-11-01
            skipped 2 not priced by klotho-ls: "#]],
    );
    told(
        &offer(
            "AmazonECS",
            &[
                Sold(
                    "A",
                    "Compute",
                    at("us-east-1", "USE1-Fargate-vCPU-Hours:perCPU"),
                    &[("0", "0.0404800000")],
                ),
                Sold(
                    "B",
                    "Compute",
                    at("us-east-1", "USE1-SpotUsage-Fargate-vCPU-Hours:perCPU"),
                    &[("0", "0.0124")],
                ),
                Sold("C", "Compute", at("eu-west-1", "EU-Fargate-vCPU-Hours:perCPU"), &[("0", "0.04048")]),
            ],
        ),
        &expect![[r#"
            aws.fargate.vcpu.x86_64 eu-west-1 0:0.04048 vCPU-hour 2026-11-01
            aws.fargate.vcpu.x86_64 us-east-1 0:0.04048 vCPU-hour 2026-11-01
            skipped 1 not priced by klotho-ls: "#]],
    );
}

#[test]
fn load_balancers_are_found_under_both_services() {
    let sold = |usage: &str| at("us-east-1", usage);
    for code in ["AWSELB", "AmazonEC2"] {
        let list = offer(
            code,
            &[
                Sold("A", "Load Balancer-Application", sold("LoadBalancerUsage"), &[("0", "0.0225")]),
                Sold("B", "Load Balancer-Application", sold("TS-LoadBalancerUsage"), &[("0", "0.0056")]),
                Sold("C", "Load Balancer-Network", sold("LCUUsage"), &[("0", "0.006")]),
                Sold("D", "Load Balancer", sold("LoadBalancerUsage"), &[("0", "0.025")]),
            ],
        );
        told(
            &list,
            &expect![[r#"
            aws.alb.hour us-east-1 0:0.0225 hour 2026-11-01
            aws.elb.hour us-east-1 0:0.025 hour 2026-11-01
            aws.nlb.nlcu us-east-1 0:0.006 NLCU-hour 2026-11-01
            skipped 1 not priced by klotho-ls: "#]],
        );
    }
}

#[test]
fn tiers_are_ordered_and_a_free_one_is_no_price() {
    told(
        &offer(
            "AmazonDynamoDB",
            &[
                Sold(
                    "A",
                    "Database Storage",
                    at("us-east-1", "TimedStorage-ByteHrs"),
                    &[("25", "0.25"), ("0", "0.0000000000")],
                ),
                Sold("B", "x", at("us-east-1", "ReadRequestUnits"), &[("0", "0.0000000000")]),
            ],
        ),
        &expect![[r#"
            aws.dynamodb.storage us-east-1 0:0.25 GB-month 2026-11-01
            skipped 1 an amount of zero, which is not believed: aws.dynamodb.rru in us-east-1 (B)"#]],
    );
    told(
        &offer(
            "AmazonApiGateway",
            &[Sold(
                "A",
                "API Calls",
                at("us-east-1", "USE1-ApiGatewayRequest"),
                &[
                    ("1000000000", "0.00000238"),
                    ("0", "0.0000035000"),
                    ("20000000000", "0.00000151"),
                    ("333000000", "0.0000028"),
                ],
            )],
        ),
        &expect![
            "aws.apigw.rest us-east-1 0:0.0000035 333000000:0.0000028 1000000000:0.00000238 20000000000:0.00000151 request 2026-11-01"
        ],
    );
}

#[test]
fn machines_are_plain_linux_and_carry_their_size() {
    let machine = |system: &str, operation: &str| {
        let mut attributes = at("eu-west-1", "EU-BoxUsage:m5.large");
        for (key, value) in [
            ("instanceType", "m5.large"),
            ("vcpu", "2"),
            ("memory", "8 GiB"),
            ("operatingSystem", system),
            ("tenancy", "Shared"),
            ("preInstalledSw", "NA"),
            ("capacitystatus", "Used"),
            ("operation", operation),
        ] {
            attributes[key] = json!(value);
        }
        attributes
    };
    told(
        &offer(
            "AmazonEC2",
            &[
                Sold("A", "Compute Instance", machine("Linux", "RunInstances"), &[("0", "0.1070000000")]),
                Sold("B", "Compute Instance", machine("Windows", "RunInstances:0002"), &[("0", "0.199")]),
            ],
        ),
        &expect![[r#"
            aws.ec2.m5.large eu-west-1 0:0.107 instance-hour 2026-11-01 2x8
            skipped 1 not priced by klotho-ls: "#]],
    );
}

#[test]
fn what_cannot_be_believed_is_said_and_left_out() {
    let mut list = offer(
        "AWSLambda",
        &[
            Sold("A", "Serverless", at("us-east-1", "Request"), &[("0", "0.2")]),
            Sold("B", "Serverless", at("us-east-1", "Lambda-GB-Second"), &[("0", "0.0000166667")]),
            Sold("C", "Serverless", at("us-east-1", "USE1-Lambda-GB-Second"), &[("0", "0.0000200000")]),
            Sold("D", "Serverless", at("us-west-2", "USW2-Request"), &[("0", "0.0000002")]),
            Sold("E", "Serverless", at("eu-west-1", "EU-Request"), &[("5", "0.0000002")]),
            Sold("F", "Serverless", at("us-east-2", "USE2-Request"), &[("0", "0.0000002")]),
        ],
    );
    list["terms"]["OnDemand"].as_object_mut().unwrap().remove("D");
    list["terms"]["OnDemand"]["F"]["F.JRTCKXETXF"]["priceDimensions"]["F.JRTCKXETXF.0"]["pricePerUnit"] =
        json!({ "CNY": "1.0" });
    told(
        &list,
        &expect![[r#"
        skipped 1 more than 20 times away from the price known for it: aws.lambda.requests in us-east-1 (A)
        skipped 1 not in US dollars: aws.lambda.requests in us-east-2 (F)
        skipped 1 several different prices for the same thing: aws.lambda.duration.x86_64 in us-east-1 (B and C)
        skipped 1 with tiers that do not start at 0 and rise: aws.lambda.requests in eu-west-1 (E)
        skipped 1 without an on-demand price: aws.lambda.requests in us-west-2 (D)"#]],
    );
}

#[test]
fn answers_of_get_products_are_lists_of_texts() {
    let product = |sku: &str, usage: &str, tiers| {
        json!({
            "product": { "sku": sku, "productFamily": "NAT Gateway", "attributes": at("us-east-1", usage) },
            "serviceCode": "AmazonEC2", "version": "1", "publicationDate": "2026-11-02T01:02:03Z",
            "terms": { "OnDemand": on_demand(sku, tiers) }
        })
    };
    let hour = product("A", "NatGateway-Hours", &[("0", "0.045")]);
    let bytes = product("B", "NatGateway-Bytes", &[("0", "0.045")]);
    let texts = json!([hour.to_string(), bytes.to_string()]);
    let expected = expect![[r#"
        aws.nat.gb us-east-1 0:0.045 GB 2026-11-02
        aws.nat.hour us-east-1 0:0.045 hour 2026-11-02"#]];
    told(&texts, &expected);
    told(&json!({ "FormatVersion": "aws_v1", "PriceList": texts, "NextToken": "x" }), &expected);
    told(&json!([hour, bytes]), &expected);
}

#[test]
fn offer_files_may_be_csv() {
    let line = |sku: &str, kind: &str, from: &str, amount: &str, usage: &str| {
        format!(
            "\"{sku}\",\"T\",\"{sku}.T.{from}\",\"{kind}\",\"a, b\",\"{from}\",\"{amount}\",\"USD\",\"API Calls\",\"AmazonApiGateway\",\"AWS Region\",\"{usage}\",\"us-east-1\"\n"
        )
    };
    let text = [
        "\"FormatVersion\",\"v1.0\"\n\"Disclaimer\",\"None.\"\n\"Publication Date\",\"2026-11-04T20:48:02Z\"\n".to_owned(),
        "\"Version\",\"1\"\n\"OfferCode\",\"AmazonApiGateway\"\n".to_owned(),
        "\"SKU\",\"OfferTermCode\",\"RateCode\",\"TermType\",\"PriceDescription\",\"StartingRange\",\"PricePerUnit\",\"Currency\",\"Product Family\",\"serviceCode\",\"Location Type\",\"usageType\",\"Region Code\"\n".to_owned(),
        line("A", "OnDemand", "300000000", "0.0000009000", "USE1-ApiGatewayHttpRequest"),
        line("A", "OnDemand", "0", "0.0000010000", "USE1-ApiGatewayHttpRequest"),
        line("B", "Reserved", "0", "1", "USE1-ApiGatewayRequest"),
        line("C", "OnDemand", "0", "1", "USE1-Other"),
    ]
    .concat();
    let imported = read(text.as_bytes(), today()).unwrap();
    let rows: Vec<_> = imported.rows.iter().map(line_of).collect();
    assert_eq!(rows, ["aws.apigw.http us-east-1 0:0.000001 300000000:0.0000009 request 2026-11-04"]);
    assert_eq!(imported.skipped[rows::reason::UNUSED].count, 1);
    assert!(read(text.replace("Publication", "Some").as_bytes(), today()).is_err());
}

fn sku(description: &str, regions: &[&str], unit: &str, rates: &[(f64, &str, i64)]) -> Value {
    let rates: Vec<_> = rates
        .iter()
        .map(|(from, units, nanos)| {
            json!({ "startUsageAmount": from, "unitPrice": { "currencyCode": "USD", "units": units, "nanos": nanos } })
        })
        .collect();
    let service = if description.contains("Autopilot") { "Kubernetes Engine" } else { "Cloud Run" };
    json!({
        "name": "services/S/skus/K", "skuId": "K", "description": description,
        "category": { "serviceDisplayName": service, "resourceFamily": "ApplicationServices", "usageType": "OnDemand" },
        "serviceRegions": regions,
        "pricingInfo": [{
            "summary": "", "effectiveTime": "2026-11-03T00:00:00.000Z", "currencyConversionRate": 1,
            "pricingExpression": { "usageUnit": unit, "displayQuantity": 1, "tieredRates": rates }
        }],
        "serviceProviderName": "Google"
    })
}

#[test]
fn skus_of_google_are_matched_by_tier_of_region() {
    let skus = json!([
        sku(
            "Services CPU (Request-based billing)",
            &["europe-west1", "us-central1"],
            "s",
            &[(0.0, "0", 0), (180_000.0, "0", 24_000)]
        ),
        sku("Services CPU Tier 2  (Request-based billing)", &["europe-west3"], "s", &[(0.0, "0", 33_600)]),
        sku("Requests", &["global"], "count", &[(0.0, "0", 0), (2_000_000.0, "0", 400)]),
        sku(
            "Services Memory (Instance-based billing) in us-central1",
            &["us-central1"],
            "GiBy.s",
            &[(0.0, "0", 2_000)]
        ),
        sku("Autopilot Pod mCPU Requests (us-central1)", &["us-central1"], "h", &[(0.0, "0", 44_500)]),
        sku("Autopilot Spot Pod mCPU Requests (us-central1)", &["us-central1"], "h", &[(0.0, "0", 13_300)]),
        sku("Services Memory (Request-based billing)", &["us-central1"], "By.s", &[(0.0, "0", 2)]),
    ]);
    let expected = expect![[r#"
        gcp.gke.autopilot_vcpu us-central1 0:0.0445 vCPU-hour 2026-11-03
        gcp.run.instance.mem us-central1 0:0.000002 GiB-second 2026-11-03
        gcp.run.request.cpu europe-west1 0:0.000024 vCPU-second 2026-11-03
        gcp.run.request.cpu europe-west3 0:0.0000336 vCPU-second 2026-11-03
        gcp.run.request.cpu us-central1 0:0.000024 vCPU-second 2026-11-03
        gcp.run.requests europe-west1 0:0.0000004 request 2026-11-03
        gcp.run.requests europe-west3 0:0.0000004 request 2026-11-03
        gcp.run.requests us-central1 0:0.0000004 request 2026-11-03
        skipped 1 in a unit that is not known here: gcp.run.request.mem (K Services Memory (Request-based billing)): "By.s"
        skipped 1 not priced by klotho-ls: "#]];
    told(&json!({ "skus": skus, "nextPageToken": "" }), &expected);
    told(
        &json!([{ "skus": [skus[0], skus[1], skus[2], skus[3]] }, { "skus": [skus[4], skus[5], skus[6]] }]),
        &expected,
    );
    told(&skus, &expected);
}

fn meter(product: &str, meter: &str, unit: &str, price: f64) -> Value {
    let service = if product.starts_with("Virtual") { "Virtual Machines" } else { product };
    json!({
        "currencyCode": "USD", "tierMinimumUnits": 0.0, "retailPrice": price, "unitPrice": price, "armRegionName": "westeurope",
        "location": "EU West", "effectiveStartDate": "2026-09-01T00:00:00Z", "meterId": meter, "meterName": meter,
        "productName": product, "skuName": "Standard", "serviceName": service, "unitOfMeasure": unit, "type": "Consumption",
        "isPrimaryMeterRegion": true, "armSkuName": "Standard_D2_v3"
    })
}

fn with(mut meter: Value, key: &str, value: Value) -> Value {
    meter[key] = value;
    meter
}

#[test]
fn meters_of_azure_count_in_their_primary_region() {
    let apps = |name, unit, price| meter("Azure Container Apps", name, unit, price);
    let items = json!([
        apps("Standard vCPU Active Usage", "1 Second", 0.0),
        with(apps("Standard vCPU Active Usage", "1 Second", 2.4e-5), "tierMinimumUnits", json!(180_000.0)),
        apps("Standard Requests", "1M", 0.4),
        with(apps("Standard Memory Active Usage", "1 GiB Second", 9.0), "isPrimaryMeterRegion", json!(false)),
        with(apps("Standard Memory Idle Usage", "1 GiB Second", 0.000003), "currencyCode", json!("EUR")),
        meter("Virtual Machines Dv3 Series", "D2 v3", "1 Hour", 0.12),
        meter("Virtual Machines Dv3 Series Windows", "D2 v3", "1 Hour", 0.2),
        meter("Virtual Machines Dv3 Series", "D2 v3 Spot", "1 Hour", 0.02),
        with(meter("Virtual Machines Dv3 Series", "D2 v3", "1 Hour", 500.0), "type", json!("Reservation")),
        apps("Standard vCPU Idle Usage", "1 Fortnight", 1.0),
    ]);
    let expected = expect![[r#"
        azure.aca.requests westeurope 0:0.0000004 request 2026-09-01
        azure.aca.vcpu_active westeurope 0:0.000024 vCPU-second 2026-09-01
        azure.vm.Standard_D2_v3 westeurope 0:0.12 instance-hour 2026-09-01
        skipped 1 in a unit that is not known here: azure.aca.vcpu_idle in westeurope (Standard vCPU Idle Usage): "1 Fortnight"
        skipped 1 not in US dollars: azure.aca.memory_idle in westeurope (Standard Memory Idle Usage)
        skipped 4 not priced by klotho-ls: "#]];
    told(&json!({ "BillingCurrency": "USD", "Items": items, "NextPageLink": null, "Count": 10 }), &expected);
    told(&items, &expected);
}

#[test]
fn pages_may_follow_each_other() {
    let page =
        |name, unit| json!({ "Items": [meter("Azure Container Apps", name, unit, 0.000003)] }).to_string();
    let pages = format!(
        "{}\n{}\n",
        page("Standard vCPU Idle Usage", "1 Second"),
        page("Standard Memory Idle Usage", "1 GiB Second")
    );
    assert_eq!(read(pages.as_bytes(), today()).unwrap().rows.len(), 2);
}

fn refused(text: &str, expected: &Expect) {
    expected.assert_eq(&read(text.as_bytes(), today()).unwrap_err().to_string());
}

/// A file that cannot be read on.
struct Gone;

impl Read for Gone {
    fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
        Err(std::io::Error::other("the disk is gone"))
    }
}

#[test]
fn damaged_lists_are_refused_with_their_place() {
    let whole =
        offer("AWSLambda", &[Sold("A", "Serverless", at("us-east-1", "Request"), &[("0", "0.0000002")])]);
    let text = whole.to_string();
    refused("", &expect!["1:0: EOF while parsing a value"]);
    refused(
        "{}",
        &expect![
            "this is no price list that is known here: an AWS offer file or answer of GetProducts, an answer of the Cloud Billing Catalog API, or an answer of the Azure Retail Prices API"
        ],
    );
    // What went wrong behind the text has no place in it.
    assert_eq!(read(text.as_bytes().chain(Gone), today()).unwrap_err().to_string(), "the disk is gone");
    refused("SKU,OfferTermCode", &expect!["1:1: expected value"]);
    refused(&text[..text.len() - 40], &expect!["1:671: EOF while parsing a string"]);
    refused(
        &text.replace("0.0000002", "cheap"),
        &expect![[r#"1:707: A: pricePerUnit is "cheap", which is no number"#]],
    );
    refused(
        &text.replace("0.0000002", "-0.0000002"),
        &expect!["1:712: A: the amount -0.0000002 is negative"],
    );
    refused(
        &text.replace("publicationDate", "date"),
        &expect!["1:700: the offer file has no `publicationDate`"],
    );
    refused(
        &format!("{text}{}", json!({ "Items": [meter("x", "y", "1 Hour", 1.0)] })),
        &expect!["1:1086: one file holds the lists of several providers"],
    );
    refused(
        r#"{"terms":{"OnDemand":{}},"products":{}}"#,
        &expect!["1:10: the terms stand before the products, which no offer file of AWS does"],
    );
}

#[test]
fn older_lists_are_refused_and_changes_are_told() {
    let list = |date: &str, amount: &'static str| {
        let sold = Sold("A", "x", at("us-east-1", "NatGateway-Hours"), vec![("0", amount)].leak());
        let new = Sold("B", "x", at("me-central-1", "MEC1-NatGateway-Hours"), &[("0", "0.05")]);
        let mut offer = offer("AmazonEC2", &[sold, new]);
        offer["publicationDate"] = json!(format!("{date}T00:00:00Z"));
        import(&offer).unwrap()
    };
    let first = merge(&Overlay::default(), &list("2026-11-01", "0.05"), false).unwrap();
    let change = &first.changes[0];
    assert_eq!(
        (change.id.as_str(), change.old[0].to_string(), change.new[0].to_string()),
        ("aws.nat.hour", "0.045".into(), "0.05".into())
    );
    assert_eq!((first.added, first.unchanged), (1, 0));
    assert_eq!(Overlay::parse(&first.overlay.to_text()).unwrap().rows.len(), 2);
    let again = merge(&first.overlay, &list("2026-11-01", "0.05"), false).unwrap();
    assert_eq!((again.changes.len(), again.unchanged, &again.overlay), (0, 2, &first.overlay));
    let older = list("2026-10-01", "0.06");
    assert_eq!(merge(&first.overlay, &older, false).unwrap_err().len(), 2);
    assert!(
        merge(&Overlay::default(), &list("2020-01-01", "0.05"), false).is_err(),
        "older than the built-in price"
    );
    assert_eq!(merge(&first.overlay, &older, true).unwrap().changes.len(), 1);
}

#[test]
fn the_tables_count_what_the_catalogue_counts() {
    for price in Catalogue::built_in().prices() {
        assert!(
            importable_unit(price.id).is_none_or(|unit| unit == price.unit),
            "{} counts {}",
            price.id,
            price.unit
        );
    }
    for provider in [Provider::Aws, Provider::Gcp, Provider::Azure] {
        assert!(importable(provider).iter().all(|(id, _)| id.starts_with(provider.name())));
    }
    assert!(
        importable_unit("aws.ec2.t3.medium").is_some() && importable_unit("aws.s3.standard.t2").is_some()
    );
    assert!(importable_unit("aws.fargate.spot.vcpu").is_none() && importable_unit("nothing").is_none());
}

fn any_json() -> impl Strategy<Value = Value> {
    let keys = prop_oneof![
        Just("products"),
        Just("terms"),
        Just("OnDemand"),
        Just("Items"),
        Just("skus"),
        Just("PriceList"),
        Just("product"),
        Just("attributes"),
        Just("usagetype"),
        Just("regionCode"),
        Just("publicationDate"),
        Just("pricingInfo"),
        Just("pricingExpression"),
        Just("tieredRates"),
        Just("retailPrice"),
        Just("priceDimensions"),
        Just("A"),
    ];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        "[ -~]{0,12}".prop_map(Value::from),
        Just(json!("2026-11-01T00:00:00Z")),
        Just(json!("Request")),
        Just(json!("us-east-1")),
    ];
    leaf.prop_recursive(7, 60, 5, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec((keys.clone(), inner), 0..5).prop_map(|fields| fields
                .into_iter()
                .map(|(key, value)| (key.to_owned(), value))
                .collect::<Value>()),
        ]
    })
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = read(&bytes[..], today());
        let start = b"\"FormatVersion\",\"v1.0\"\n\"SKU\",\"TermType\",\"usageType\"\n".to_vec();
        let _ = read(&[start, bytes].concat()[..], today());
    }

    #[test]
    fn any_document_is_read_or_refused(document in any_json()) {
        let _ = import(&document);
    }

    #[test]
    fn a_list_cut_or_changed_anywhere_is_read_or_refused(cut in 0_usize..2_000, byte in any::<u8>()) {
        let list = offer("AWSLambda", &[Sold("A", "Serverless", at("us-east-1", "Request"), &[("0", "0.0000002")])]);
        let mut bytes = list.to_string().into_bytes();
        let place = cut % bytes.len();
        bytes[place] = byte;
        if let Ok(imported) = read(&bytes[..], today()) {
            // What was taken is whole: it can be stored and read again.
            let stored = merge(&Overlay::default(), &imported, true).unwrap().overlay;
            prop_assert_eq!(Overlay::parse(&stored.to_text()).unwrap().rows.len(), imported.rows.len());
        }
        let _ = read(&bytes[..place], today());
    }
}
