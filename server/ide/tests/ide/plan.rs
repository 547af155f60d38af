use crate::support::{Disk, Fixture, ROOT};

fn unit(id: &str, target: &str, rest: &str) -> String {
    format!(
        "/* @klotho::execution_unit {{\n *   id = \"{id}\"\n *   target = \"{target}\"\n *   [workload]\n{rest} * }}\n */\nexport function {id}() {{}}\n"
    )
}

/// Waiting for others all day: a function pays for every millisecond of it, a container for none.
const BUSY: &str = " *   monthly_requests = 100_000_000\n *   request_duration_ms = 500\n *   cpu_ms = 5\n *   shape = \"flat\"\n";

/// The same, and more memory than a container has by itself.
const LARGE: &str = " *   monthly_requests = 100_000_000\n *   request_duration_ms = 500\n *   cpu_ms = 5\n *   memory_mb = 1024\n *   shape = \"flat\"\n";

const QUIET: &str = " *   monthly_requests = 1000\n";

const CONFIG: &str = "app: music # ours\nexecution_units:\n    web: { type: 'lambda' } # for now\n    # by night\n    jobs:\n        type: ecs\n";

fn files(web: &str, jobs: &str, config: &str) -> [(&'static str, String); 4] {
    [
        ("web.ts", web.to_owned()),
        ("jobs.ts", jobs.to_owned()),
        ("klotho.yaml", config.to_owned()),
        ("package.json", "{}".to_owned()),
    ]
}

fn fixture(files: &[(&str, String)]) -> Fixture {
    let files: Vec<_> = files.iter().map(|(path, text)| (*path, text.as_str())).collect();
    Fixture::new(&files)
}

fn with_cursor(text: &str) -> String {
    text.replacen("execution_unit {", "execution_$0unit {", 1)
}

/// The titles of what a plan offers at the cursor.
fn offered(fixture: &Fixture) -> Vec<String> {
    let titles = fixture.actions().into_iter().map(|action| action.title);
    titles.filter(|title| title.starts_with("Apply the plan")).collect()
}

/// What the plan of a project would still change.
fn left(disk: &Disk) -> Vec<String> {
    let plan = disk.snapshot().plan(ROOT).unwrap().unwrap();
    plan.changes().map(|unit| unit.id.clone()).collect()
}

#[test]
fn a_plan_is_offered_for_the_unit_at_the_cursor_and_for_all() {
    let fixture =
        fixture(&files(&with_cursor(&unit("web", "lambda", LARGE)), &unit("jobs", "ecs", QUIET), CONFIG));
    expect_test::expect![[r#"
        Apply the plan to web: ECS on Fargate, 2 tasks of 0.25 vCPU / 1 GB: $853 → $21.3 a month
        Apply the plan to all 2 units: $871 → $21.3 a month"#]]
    .assert_eq(&offered(&fixture).join("\n"));
    let after = fixture.disk.edited(&fixture.action("Apply the plan to web").edit);
    assert_eq!(after.findings(), ["jobs.ts:3 cheaper-target"], "the other unit is left alone");
    assert_eq!(left(&after), ["jobs"]);
    assert_eq!(after.0["web.ts"], unit("web", "ecs", LARGE));
    expect_test::expect![[r#"
        app: music # ours
        execution_units:
            web: { type: 'ecs', pulumi_params: { memory: 1024 } } # for now
            # by night
            jobs:
                type: ecs
    "#]]
    .assert_eq(&after.0["klotho.yaml"]);
}

#[test]
fn a_plan_that_leaves_some_units_says_how_many_it_changes() {
    let third = |rest: &str| {
        let mut files =
            files(&with_cursor(&unit("web", "lambda", LARGE)), &unit("jobs", "ecs", QUIET), CONFIG).to_vec();
        files.push(("still.ts", unit("still", "lambda", rest)));
        let config = format!("{CONFIG}    still: {{ type: lambda }}\n");
        files
            .iter_mut()
            .filter(|(path, _)| *path == "klotho.yaml")
            .for_each(|file| file.1.clone_from(&config));
        offered(&fixture(&files)).pop().unwrap_or_default()
    };
    expect_test::expect!["Apply the plan to the 2 units that it changes: $871 → $21.3 a month for all 3"]
        .assert_eq(&third(QUIET));
    // One that waits for its traffic to be stated is not changed, and the amounts would be those of another plan.
    let waits = LARGE.replace(" *   monthly_requests = 100_000_000\n", "");
    expect_test::expect!["Apply the plan to the 2 units that it changes"].assert_eq(&third(&waits));
}

#[test]
fn what_was_planned_for_all_leaves_nothing_to_do() {
    let fixture =
        fixture(&files(&with_cursor(&unit("web", "lambda", LARGE)), &unit("jobs", "ecs", QUIET), CONFIG));
    let after = fixture.disk.edited(&fixture.action("Apply the plan to all 2 units").edit);
    assert_eq!(after.findings(), Vec::<String>::new());
    assert_eq!(left(&after), [] as [&str; 0]);
    assert_eq!(
        (&after.0["web.ts"], &after.0["jobs.ts"]),
        (&unit("web", "ecs", LARGE), &unit("jobs", "lambda", QUIET))
    );
    expect_test::expect![[r#"
        app: music # ours
        execution_units:
            web: { type: 'ecs', pulumi_params: { memory: 1024 } } # for now
            # by night
            jobs:
                type: lambda
    "#]]
    .assert_eq(&after.0["klotho.yaml"]);
}

#[test]
fn a_plan_makes_the_configuration_that_is_not_there() {
    let mut files =
        files(&with_cursor(&unit("web", "lambda", LARGE)), &unit("jobs", "lambda", QUIET), "").to_vec();
    files.retain(|(path, _)| *path != "klotho.yaml");
    let fixture = fixture(&files);
    assert_eq!(offered(&fixture).len(), 1, "{:?}", offered(&fixture));
    let after = fixture.disk.edited(&fixture.action("Apply the plan to web").edit);
    assert_eq!(after.findings(), Vec::<String>::new());
    assert_eq!(left(&after), [] as [&str; 0]);
    expect_test::expect![[r#"
        execution_units:
          web:
            type: ecs
            pulumi_params:
              memory: 1024
    "#]]
    .assert_eq(&after.0["klotho.yaml"]);
}

#[test]
fn where_nothing_differs_no_plan_is_offered() {
    let files = [
        ("web.ts", with_cursor(&unit("web", "lambda", QUIET))),
        ("klotho.yaml", "execution_units:\n  web:\n    type: lambda\n".to_owned()),
        ("package.json", "{}".to_owned()),
    ];
    assert_eq!(offered(&fixture(&files)), Vec::<String>::new());
}

#[test]
fn sizes_that_a_project_states_are_what_the_plan_starts_from() {
    let sized = |params: &str| {
        let config = format!("execution_units:\n  web:\n    type: ecs\n    pulumi_params: {params}\n");
        let files = [
            ("web.ts", with_cursor(&unit("web", "ecs", BUSY))),
            ("klotho.yaml", config),
            ("package.json", "{}".to_owned()),
        ];
        fixture(&files)
    };
    let large = sized("{ memory: 8192, cpu: 4096, x: 1 } # large");
    let after = large.disk.edited(&large.action("Apply the plan to web").edit);
    expect_test::expect![[r#"
        execution_units:
          web:
            type: ecs
            pulumi_params: { memory: 8192, cpu: 1024, x: 1 } # large
    "#]]
    .assert_eq(&after.0["klotho.yaml"]);
    assert_eq!(left(&after), [] as [&str; 0]);
}

#[test]
fn a_function_gets_the_memory_that_it_was_planned_with() {
    let memory = format!("{QUIET} *   memory_mb = 2048\n");
    let config = "{ \"execution_units\": { \"web\": { \"type\": \"ecs\" } } }";
    let files = [
        ("web.ts", with_cursor(&unit("web", "ecs", &memory))),
        ("klotho.json", config.to_owned()),
        ("package.json", "{}".to_owned()),
    ];
    let fixture = fixture(&files);
    let after = fixture.disk.edited(&fixture.action("Apply the plan to web: AWS Lambda").edit);
    expect_test::expect![[
        r#"{ "execution_units": { "web": { "pulumi_params": { "memorySize": 2048 }, "type": "lambda" } } }"#
    ]]
    .assert_eq(&after.0["klotho.json"]);
    assert_eq!((after.findings(), left(&after)), (Vec::new(), Vec::new()));
}

#[test]
fn what_cannot_be_written_safely_is_left_to_people() {
    let config = "execution_units:\n  web: &all\n    type: lambda\n  jobs: *all\n";
    let fixture =
        fixture(&files(&with_cursor(&unit("web", "lambda", BUSY)), &unit("jobs", "lambda", QUIET), config));
    let action = fixture.action("Apply the plan to web");
    assert!(action.edit.files.is_empty());
    expect_test::expect![
        "klotho.yaml is written so that only you can change it: set execution_units.web.type to ecs"
    ]
    .assert_eq(&action.disabled.unwrap_or_default());
}

#[test]
fn what_was_measured_decides_the_memory_of_a_function() {
    let result = r#"{ "stats": [
        { "value": 256, "averageDuration": 150 },
        { "value": 512, "averageDuration": 100 },
        { "value": 1024, "averageDuration": 90 }
    ] }"#;
    let files = [
        (
            "web.ts",
            with_cursor(&unit("web", "lambda", &format!("{QUIET} *   power_tuning = \"web.json\"\n"))),
        ),
        ("web.json", result.to_owned()),
        ("klotho.yaml", "execution_units:\n  web:\n    type: lambda\n".to_owned()),
        ("package.json", "{}".to_owned()),
    ];
    let fixture = fixture(&files);
    let after = fixture.disk.edited(&fixture.action("Apply the plan to web: AWS Lambda, 256 MB").edit);
    expect_test::expect![[r#"
        execution_units:
          web:
            type: lambda
            pulumi_params:
              memorySize: 256
    "#]]
    .assert_eq(&after.0["klotho.yaml"]);
    assert_eq!((after.findings(), left(&after)), (Vec::new(), Vec::new()));
}

#[test]
fn targets_that_the_compiler_does_not_build_stand_in_annotations_alone() {
    let on_google = |unit: String| {
        let files = [
            ("web.ts", with_cursor(&unit)),
            ("klotho.yaml", "provider: gcp\n".to_owned()),
            ("package.json", "{}".to_owned()),
        ];
        fixture(&files)
    };
    let fixture = on_google(unit("web", "gke", QUIET));
    expect_test::expect![
        "Apply the plan to web: Cloud Functions, instances of 0.333 vCPU / 0.5 GB: $113 → <$0.01 a month"
    ]
    .assert_eq(&offered(&fixture).join("\n"));
    let after = fixture.disk.edited(&fixture.action("Apply the plan to web").edit);
    assert_eq!(
        (after.findings(), left(&after)),
        (vec!["klotho.yaml:1 config-provider".to_owned()], Vec::new())
    );
    assert_eq!(after.0["klotho.yaml"], "provider: gcp\n");
    let unsaid = on_google(unit("web", "gke", BUSY).replace(" *   target = \"gke\"\n", ""));
    let reason = unsaid.action("Apply the plan to web").disabled.unwrap_or_default();
    expect_test::expect![[r#"the compiler takes no targets of gcp: write target = "cloudrun" into its annotation, and no type into klotho.yaml"#]].assert_eq(&reason);
}
