//! What the keys of the configuration mean.

use crate::support::{Fixture, UNIT};
use expect_test::expect;

const CONFIG: &str = "app: music\nregion: eu-west-1\nbudget:\n  monthly_usd: 5\nexecution_units:\n  playlists:\n    type: ecs\n    workload:\n      \
     concurrency: 8\n    requires:\n      gpu: false\npersisted:\n  music-db:\n    workload:\n      storage_gb: 3\n";

/// The first paragraph of the hover over a text of the configuration.
fn first(text: &str) -> String {
    let source = format!(
        "{UNIT}\n// @klotho::persist {{ id = \"music-db\" }}\nexport const m = new Map<string, string>();\n"
    );
    let config = CONFIG.replacen(text, &format!("$0{text}"), 1);
    let hover = Fixture::new(&[("index.ts", &source), ("klotho.yaml", &config)]).hover();
    hover.split("\n\n").next().unwrap_or_default().to_owned()
}

#[test]
fn every_key_that_costs_depend_on_says_what_it_means() {
    let keys = [
        "region",
        "budget",
        "monthly_usd",
        "type",
        "workload",
        "concurrency",
        "requires",
        "gpu",
        "storage_gb",
    ];
    let all: Vec<_> = keys.into_iter().map(first).collect();
    expect![[r#"
        **`region`** — Region eu-west-1. Prices are known for `ap-northeast-1`, `ap-south-1`, `ap-southeast-1`, `ap-southeast-2`, `ca-central-1`, `eu-central-1`, `eu-west-1`, `eu-west-2`, `us-east-1`, `us-east-2`, `us-west-2`
        **`budget`** — What the application may cost. More than that is a warning, on stated traffic alone.
        **`budget.monthly_usd`** — Most US dollars a month for all units and resources together.
        **`execution_units.playlists.type`** — What it becomes in the cloud: `ecs`, `eks`, `lambda`
        **`execution_units.playlists.workload`** — What the traffic is: what costs are worked out from. klotho-ls reads it, the compiler does not.
        **`execution_units.playlists.workload.concurrency`** — Requests that one container serves at the same time. A Lambda environment always serves one. Without it: 32. It takes: whole number of requests, 1 to 100,000.
        **`execution_units.playlists.requires`** — What the unit must meet: it rules targets out. klotho-ls reads it, the compiler does not.
        **`execution_units.playlists.requires.gpu`** — The unit needs a graphics processor. It takes: `true` or `false`.
        **`persisted.music-db.workload.storage_gb`** — Data kept, on average over the month. Without it: 1, as an example. It takes: number of GB, at least 0."#]].assert_eq(&all.join("\n"));
}

#[test]
fn an_entry_shows_its_unit_or_its_resource() {
    let all: Vec<_> = ["playlists", "music-db", "app: music"].into_iter().map(first).collect();
    expect![[r#"
        Execution unit **`playlists`** → **ECS on Fargate** (eu-west-1, x86_64), as `execution_units.playlists.type` in klotho.yaml says
        Key-value store **`music-db`** → `dynamodb`, `m` in the code
        **`app`** — Name of the application."#]].assert_eq(&all.join("\n"));
}

#[test]
fn a_budget_says_what_it_is_held_against() {
    let config = CONFIG.replacen("monthly_usd", "month$0ly_usd", 1);
    let hover = Fixture::new(&[("index.ts", UNIT), ("klotho.yaml", &config)]).hover();
    expect![[r#"
        **`budget.monthly_usd`** — Most US dollars a month for all units and resources together.

        ---

        All units and resources come to **$45.1 a month**"#]]
    .assert_eq(&hover);
}
