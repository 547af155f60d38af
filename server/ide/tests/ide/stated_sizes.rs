//! What a project states beside traffic counts: what its pods run on, the size of its containers, what its units share.

use crate::support::{Disk, Fixture, ROOT, UNIT};
use expect_test::expect;
use klotho_ide::Code;

/// The line of a unit's hover that is about EKS, with these parameters.
fn eks(parameters: &str) -> String {
    let source = UNIT.replacen("execution_unit", "execution_$0unit", 1).replace("\"lambda\"", "\"eks\"");
    let config = format!("execution_units:\n  playlists:\n    type: eks\n    pulumi_params: {parameters}\n");
    let fixture = Fixture::new(&[("index.ts", &source), ("klotho.yaml", &config)]);
    let hover = fixture.hover();
    let lines = hover.lines().filter(|line| line.starts_with("- EKS") || line.contains("**EKS**"));
    lines.map(|line| format!("{line}\n")).collect()
}

#[test]
fn pods_run_on_the_nodes_that_the_parameters_ask_for() {
    expect![[r#"
        Execution unit **`playlists`** → **EKS** (us-east-1, x86_64), as `execution_units.playlists.type` in klotho.yaml says
        | **EKS**, now   | $118    | none                        | yes  |
        - EKS: 5 pods of 0.25 vCPU / 0.5 GB on Fargate; you pay for 24 h for the peak + cluster fee; $93.3 if autoscaled; $45.1 without the cluster's fee; until there is more capacity: pod start on Fargate, not measured
    "#]].assert_eq(&eks("{}"));
    expect![[r#"
        Execution unit **`playlists`** → **EKS** (us-east-1, x86_64), as `execution_units.playlists.type` in klotho.yaml says
        | **EKS**, now   | not known | none                        | yes  |
        - EKS: 5 pods of 0.25 vCPU / 0.5 GB; you pay for 24 h for the peak + cluster fee; no node price: the instance type of the node pool is not known; until there is more capacity: pod 20-60 s, with a new node 1-4 min
    "#]].assert_eq(&eks("{ nodeType: node }"));
    expect![[r#"
        Execution unit **`playlists`** → **EKS** (us-east-1, x86_64), as `execution_units.playlists.type` in klotho.yaml says
        | **EKS**, now   | $97.5   | none                        | yes  |
        - EKS: 5 pods of 0.25 vCPU / 0.5 GB on 1 t4g.medium; you pay for 24 h for the peak + cluster fee; $24.5 without the cluster's fee; until there is more capacity: pod 20-60 s, with a new node 1-4 min
    "#]].assert_eq(&eks("{ nodeType: node, nodeConstraints: { instanceType: t4g.medium } }"));
    assert_eq!(eks("{ nodeType: Fargate }"), eks("{}"));
    expect![[r#"
        Execution unit **`playlists`** → **EKS** (us-east-1, x86_64), as `execution_units.playlists.type` in klotho.yaml says
        | **EKS**, now   | $118    | none                        | yes  |
        - EKS: 5 pods of 0.25 vCPU / 0.5 GB on Fargate; you pay for 24 h for the peak + cluster fee; $45.1 without the cluster's fee; until there is more capacity: pod start on Fargate, not measured
    "#]].assert_eq(&eks("{ replicas: 5 }"));
}

/// Where the plan would put a unit on ECS with a container of 2 vCPU and 4 GB, and what it says of its size.
fn planned(workload: &str) -> String {
    let source =
        UNIT.replace("\"lambda\"", "\"ecs\"").replace(" *   shape", &format!("{workload} *   shape"));
    let requires = " *   [requires]\n *   max_cold_share = 0\n";
    let source = source.replace(" * }\n", &format!("{requires} * }}\n"));
    let config =
        "execution_units:\n  playlists:\n    type: ecs\n    pulumi_params: { cpu: 2048, memory: 4096 }\n";
    let snapshot = Disk::new(&[("index.ts", &source), ("klotho.yaml", config)]).snapshot();
    let plan = snapshot.plan(ROOT).unwrap().unwrap();
    plan.units
        .iter()
        .map(|unit| {
            format!("{} -> {}\n", unit.now.as_ref().unwrap().text(), unit.then.as_ref().unwrap().text())
        })
        .collect()
}

#[test]
fn a_stated_container_is_kept_until_somebody_says_how_busy_it_is() {
    expect![[r#"
        ECS on Fargate, 2 tasks of 2 vCPU / 4 GB -> ECS on Fargate, 2 tasks of 2 vCPU / 4 GB
    "#]]
    .assert_eq(&planned(""));
    expect![[r#"
        ECS on Fargate, 2 tasks of 2 vCPU / 4 GB -> ECS on Fargate, 2 tasks of 0.5 vCPU / 4 GB
    "#]]
    .assert_eq(&planned(" *   cpu_ms = 5\n"));
}

/// What is advised of the unit `small` on a cluster, beside these files.
fn advised(others: &[(&str, &str)]) -> String {
    let small = "/* @klotho::execution_unit {\n *   id = \"small\"\n *   [workload]\n *   monthly_requests = 1_000_000\n *   shape = \"flat\"\n *   request_duration_ms = 50\n *   memory_mb = 256\n *   cpu_ms = 10\n * }\n */\nexport const a = 1;\n";
    let config = "execution_units:\n  small:\n    type: eks\n  other:\n    type: eks\n";
    let mut files = vec![("small.ts", small), ("klotho.yaml", config)];
    files.extend(others);
    let found = Disk::new(&files).snapshot().project_diagnostics(ROOT).into_iter();
    let advice = found.filter(|found| found.code == Code::CheaperTarget);
    advice.map(|found| format!("{}\n", found.message)).collect()
}

#[test]
fn a_unit_that_leaves_a_cluster_which_others_keep_saves_no_fee() {
    expect![[r#"
        `small` costs $91.0 a month on `eks` and would cost $0.41 on AWS Lambda, at 1M requests and also well around that. Switch it, unless other reasons decide.
    "#]].assert_eq(&advised(&[]));
    let other = "/* @klotho::execution_unit { id = \"other\" } */\nexport const b = 1;\n";
    expect![[r#"
        `small` costs $18.0 a month on `eks` and would cost $0.41 on AWS Lambda, at 1M requests and also well around that. Switch it, unless other reasons decide.
    "#]].assert_eq(&advised(&[("other.ts", other)]));
}
