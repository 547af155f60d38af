//! What resources cost in a project, what people may state about their use, and that the graph and the cost model know
//! the same types.

use crate::support::{Disk, ROOT};
use expect_test::{Expect, expect};
use klotho_cost::Provider;
use klotho_cost::resource::{Site, resource_type};
use klotho_graph::{Era, Kind, Reference};
use klotho_ide::resource_bill;

const HOME: Site<'_> = Site { provider: Provider::Aws, region: "us-east-1", free_tier: false };

#[test]
fn every_type_of_a_resource_has_a_cost_model_or_a_reason_for_having_none() {
    let resources = Kind::all().filter(|kind| *kind != Kind::ExecutionUnit);
    for kind in resources {
        for era in [Era::Classic, Era::Constructs] {
            for name in kind.names(era).types {
                let known = resource_type(kind.spec().name, name);
                assert!(known.is_some(), "{}: {name}", kind.spec().name);
            }
        }
    }
}

/// The bill of a resource, and what is said about its use.
fn told(files: &[(&str, &str)], kind: Kind, id: &str, expected: &Expect) {
    let snapshot = Disk::new(files).snapshot();
    let project = snapshot.project(ROOT).unwrap();
    let bill = resource_bill(project, &Reference::new(kind, id), HOME).unwrap();
    let mut text = format!("{}, volume known: {}\n", bill.row.title, bill.volume_known);
    for part in &bill.estimate.components {
        text += &format!("{}: {}\n", part.name, part.formula);
    }
    for missing in &bill.estimate.missing {
        text += &format!("missing: {missing}\n");
    }
    for input in bill.usage.inputs() {
        text += &format!("{} = {} ({:?})\n", input.input, input.value, input.origin);
    }
    expected.assert_eq(&text);
}

const UNIT: &str = "/* @klotho::execution_unit {\n *   id = \"api\"\n *   [workload]\n *   monthly_requests = 1000000\n * }\n */\n";

#[test]
fn the_use_of_a_store_follows_from_its_units_and_what_people_state() {
    let source = format!(
        "{UNIT}/* @klotho::persist {{\n *   id = \"users\"\n *   [workload]\n *   storage_gb = 5\n *   item_size_kb = 3\n * }}\n */\n\
         exports.users = new Map();\n"
    );
    let config = "app: x\nprovider: aws\npersisted:\n  users:\n    workload: { item_size_kb: 2 }\n\
                  defaults:\n  persist:\n    kv:\n      workload: { monthly_writes: 7 }\n";
    told(
        &[("index.js", &source), ("klotho.yaml", config)],
        Kind::PersistKv,
        "users",
        &expect![[r#"
            DynamoDB, volume known: true
            write_request_units: 7 x 2 units = 14 WRU x $0.000000625
            read_request_units: 1M x 0.5 units = 500,000 RRU x $0.000000125
            storage: 5 GB-month x $0.25
            monthly_reads = 1M (Model)
            monthly_writes = 7 (Defaults)
            item_size_kb = 2 (Config)
            storage_gb = 5 (Annotation)
        "#]],
    );
}

#[test]
fn parameters_of_the_configuration_set_the_size() {
    let source = "/* @klotho::persist {\n *   id = \"db\"\n *   [environment_variables]\n *   DB = \"orm.connection_string\"\n * }\n */\n";
    let config =
        "app: x\nprovider: aws\npersisted:\n  db:\n    pulumi_params: { instanceClass: db.t4g.medium }\n";
    told(
        &[("index.js", source), ("klotho.yaml", config)],
        Kind::PersistOrm,
        "db",
        &expect![[r#"
            RDS PostgreSQL, volume known: false
            instance: 1 x db.t4g.medium x 730 h = 730 instance-hour x $0.065
            storage: 20 GB-month x $0.115
        "#]],
    );
}

#[test]
fn what_cannot_be_used_is_said() {
    let source = "/* @klotho::persist {\n *   id = \"users\"\n *   [workload]\n *   storage_gb = \"big\"\n *   colour = 1\n * }\n */\n\
                  exports.users = new Map();\n";
    let config = "app: x\nprovider: aws\npersisted:\n  users:\n    workload:\n      monthly_readz: 5\n\
                  defaults:\n  pubsub:\n    workload: 7\n";
    let found =
        Disk::new(&[("index.js", source), ("klotho.yaml", config)]).snapshot().project_diagnostics(ROOT);
    let invalid = found.iter().filter(|found| found.code.name() == "workload-invalid");
    let told: Vec<_> = invalid.map(|found| found.message.clone()).collect();
    expect![[r#"
        `storage_gb` must be a number of GB, not a text.
        `colour` is not a workload key. The keys are `monthly_reads`, `monthly_writes`, `item_size_kb`, `strongly_consistent`, `monthly_read_request_units`, `monthly_write_request_units`, `storage_gb`, `read_capacity`, `write_capacity`, `pitr_backup_storage_gb`, `on_demand_backup_storage_gb`, `monthly_data_restored_gb`, `monthly_streams_read_request_units`, `monthly_hours`.
        `monthly_readz` is not a workload key. Did you mean `monthly_reads`?
        `workload` needs a table of keys and values."#]].assert_eq(&told.join("\n"));
}
