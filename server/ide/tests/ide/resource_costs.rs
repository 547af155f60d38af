//! What a resource costs, where it is declared.

use crate::support::Fixture;
use expect_test::expect;

const STORE: &str = r#"/* @klotho::persist {
 *   id = "playlists"
 *   [workload]
 *   storage_gb = 40
 * }
 */
export const playlists = new Map<string, string>();
"#;

const UNIT: &str = r#"import { playlists } from "./store";

/* @klotho::execution_unit {
 *   id = "api"
 *   [workload]
 *   monthly_requests = 2_000_000
 * }
 */
export async function load(id: string) {
  return await playlists.get(id);
}
"#;

fn hover(store: &str, config: &str) -> String {
    let store = store.replacen("persist", "per$0sist", 1);
    Fixture::new(&[("store.ts", &store), ("api.ts", UNIT), ("klotho.yaml", config)]).hover()
}

#[test]
fn a_store_costs_what_its_units_ask_of_it() {
    expect![[r#"
        Key-value store **`playlists`** → `dynamodb`, `playlists` in the code

        Used by `api`

        **$10.4 a month** (write request units $0.25, read request units $0.12, storage $10.0; pays per use)

        Region us-east-1 (assumed): $0.125 per million reads, $0.625 per million writes, $0.25 per GB-month

        Assumed: `monthly_reads = 2M`, `monthly_writes = 400k`, `item_size_kb = 1`. Its `workload` table may say otherwise

        Prices: AWS Pricing Calculator metered-unit feed, 2025-08-28 (453 days old). No free tier.

        ---

        **`@klotho::persist`** — Keeps what the annotated store holds in a managed store of the cloud."#]]
    .assert_eq(&hover(STORE, "app: music\nprovider: aws\n"));
}

#[test]
fn the_configuration_sizes_it_and_is_believed_first() {
    let config = "app: music\nprovider: aws\nregion: eu-west-1\npersisted:\n  playlists:\n    workload:\n      \
                  storage_gb: 2\n      monthly_read_request_units: 1000000\n";
    expect![[r#"
        Key-value store **`playlists`** → `dynamodb`, `playlists` in the code

        Used by `api`

        **$0.99 a month** (write request units $0.28, read request units $0.14, storage $0.57; pays per use)

        Region eu-west-1: $0.1415 per million reads, $0.705 per million writes, $0.283 per GB-month

        Assumed: `monthly_reads = 2M`, `monthly_writes = 400k`, `item_size_kb = 1`. Its `workload` table may say otherwise

        Prices: AWS Pricing Calculator metered-unit feed, 2025-08-28 (453 days old). No free tier.

        ---

        **`@klotho::persist`** — Keeps what the annotated store holds in a managed store of the cloud."#]]
    .assert_eq(&hover(STORE, config));
}

#[test]
fn a_database_is_paid_while_idle() {
    let orm = "import { Sequelize } from \"sequelize\";\n\n// @klotho::persist { id = \"playlists\" }\nexport const playlists = new \
               Sequelize(\"postgres://localhost\");\n";
    expect![[r#"
        Database **`playlists`** → `rds_postgres`, `playlists` in the code

        Used by `api`

        The compiler sets `PLAYLISTS_PERSIST_ORM_CONNECTION`

        **$14.0 a month** (instance $11.7, storage $2.30; always on)

        Region us-east-1 (assumed): $11.68 per month of db.t4g.micro, $0.115 per GB-month of disk

        Prices: Infratally RDS pricing article and one other source, the oldest of 2026-05-03. No free tier.

        ---

        **`@klotho::persist`** — Keeps what the annotated store holds in a managed store of the cloud."#]]
    .assert_eq(&hover(orm, "app: music\nprovider: aws\n"));
}

#[test]
fn what_has_no_price_says_so() {
    expect![[r#"
        Key-value store **`playlists`** → `dynamodb`, `playlists` in the code

        Used by `api`

        What it costs is not known: no price model for DynamoDB on gcp

        ---

        **`@klotho::persist`** — Keeps what the annotated store holds in a managed store of the cloud."#]]
    .assert_eq(&hover(STORE, "app: music\nprovider: gcp\n"));
}

const SERVER: &str = "const express = require(\"express\");\nconst app = express();\napp.get(\"/NAME\", (req, res) => {});\n\
                      /* @klotho::execution_unit {\n *   id = \"NAME\"\n * }\n */\n\
                      /* @klotho::exp$0ose {\n *   id = \"api\"\n *   target = \"public\"\n * }\n */\napp.listen(3000);\n";

/// What a gateway costs by its hover: the first paragraph of each part.
fn gateway(targets: [&str; 2]) -> Vec<String> {
    let (one, other) = (SERVER.replace("NAME", "one"), SERVER.replace("NAME", "two").replace("$0", ""));
    let [first, second] = targets;
    let config = format!("execution_units:\n  one:\n    type: {first}\n  two:\n    type: {second}\n");
    let files =
        [("one.js", one.as_str()), ("two.js", &other), ("package.json", "{}"), ("klotho.yaml", &config)];
    let hover = Fixture::new(&files).hover();
    let paragraphs = hover.split("\n\n").filter(|part| part.contains(" a month**"));
    paragraphs.map(str::to_owned).collect()
}

#[test]
fn a_gateway_costs_what_stands_before_the_units_behind_it() {
    let parts = [["lambda", "lambda"], ["ecs", "ecs"], ["lambda", "ecs"]].map(gateway);
    expect![[r#"
        **$70.0 a month** (requests $70.0; pays per use, on the bill of the units behind it)

        **$19.6 a month** for the load balancer before its containers (load balancer hour $16.4, load balancer lcu $3.20; always on, and per use, on the bill of the units behind it)

        **$35.0 a month** (requests $35.0; pays per use, on the bill of the units behind it)
        **$18.0 a month** for the load balancer before its containers (load balancer hour $16.4, load balancer lcu $1.60; always on, and per use, on the bill of the units behind it)"#]]
    .assert_eq(&parts.map(|parts| parts.join("\n")).join("\n\n"));
}
