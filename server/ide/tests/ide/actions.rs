use crate::support::{Disk, Fixture, UNIT};

fn at_annotation() -> String {
    UNIT.replacen("execution_unit", "execution_$0unit", 1)
}

/// What is found, but for the note that another target would be cheaper: whoever switched to this one knows.
fn wrong(disk: &Disk) -> Vec<String> {
    disk.findings().into_iter().filter(|found| !found.ends_with(" cheaper-target")).collect()
}

const CONFIG: &str = "app: music # ours\nexecution_units:\n    playlists: { type: 'lambda' } # for now\n";

#[test]
fn switching_changes_every_place_that_states_the_target() {
    let fixture = Fixture::new(&[("index.ts", &at_annotation()), ("klotho.yaml", CONFIG)]);
    let after = fixture.disk.edited(&fixture.action("Switch playlists to ECS").edit);
    assert_eq!(after.0["index.ts"], UNIT.replace("\"lambda\"", "\"ecs\""));
    assert_eq!(after.0["klotho.yaml"], CONFIG.replace("lambda", "ecs"));
    assert_eq!(wrong(&after), Vec::<String>::new());
}

#[test]
fn switching_back_restores_the_bytes() {
    let fixture = Fixture::new(&[("index.ts", &at_annotation()), ("klotho.yaml", CONFIG)]);
    let switched = fixture.disk.edited(&fixture.action("Switch playlists to ECS").edit);
    let source = switched.0["index.ts"].replacen("execution_unit", "execution_$0unit", 1);
    let back = Fixture::new(&[("index.ts", &source), ("klotho.yaml", &switched.0["klotho.yaml"])]);
    assert_eq!(switched.edited(&back.action("Switch playlists to AWS Lambda").edit).0, fixture.disk.0);
}

#[test]
fn without_a_configuration_one_is_made() {
    let fixture = Fixture::new(&[("index.ts", &at_annotation())]);
    let after = fixture.disk.edited(&fixture.action("Switch playlists to ECS").edit);
    assert_eq!(after.0["klotho.yaml"], "execution_units:\n  playlists:\n    type: ecs\n");
    assert_eq!(wrong(&after), Vec::<String>::new());
}

#[test]
fn switches_are_offered_anywhere_in_a_function_and_on_the_configuration() {
    let body = UNIT.replacen("return", "ret$0urn", 1);
    Fixture::new(&[("index.ts", &body)]).action("Switch playlists to ECS");
    let config = CONFIG.replacen("playlists", "play$0lists", 1);
    Fixture::new(&[("index.ts", UNIT), ("klotho.yaml", &config)]).action("Switch playlists to ECS");
}

#[test]
fn a_conflict_can_be_settled_either_way() {
    let source = UNIT.replacen("\"lambda\"", "$0\"lambda\"", 1);
    let config = CONFIG.replace("lambda", "ecs");
    let fixture = Fixture::new(&[("index.ts", &source), ("klotho.yaml", &config)]);
    assert_eq!(fixture.disk.findings(), ["index.ts:3 target-conflict"]);
    for (title, target) in [("Let the annotation say ecs", "ecs"), ("Let klotho.yaml say lambda", "lambda")] {
        let after = fixture.disk.edited(&fixture.action(title).edit);
        assert_eq!(wrong(&after), Vec::<String>::new(), "{title}");
        assert!(after.0["index.ts"].contains(&format!("target = \"{target}\"")), "{title}");
    }
}

#[test]
fn a_fix_is_offered_anywhere_on_the_line_of_its_finding_and_on_no_other() {
    let config = CONFIG.replace("lambda", "ecs");
    let fixes = |source: &str| {
        let actions = Fixture::new(&[("index.ts", source), ("klotho.yaml", &config)]).actions();
        let fixes = actions.into_iter().filter(|action| action.kind == "quickfix");
        fixes.map(|action| action.is_preferred).collect::<Vec<_>>()
    };
    assert_eq!(fixes(&UNIT.replacen(" *   target", "$0 *   target", 1)), [true, false]);
    assert_eq!(fixes(&UNIT.replacen("\"lambda\"\n", "\"lambda\"$0\n", 1)), [true, false]);
    assert_eq!(fixes(&UNIT.replacen(" *   id", "$0 *   id", 1)), [] as [bool; 0]);
}

#[test]
fn a_target_that_the_compiler_would_not_see_can_be_written_down() {
    let source = UNIT.replacen("\"lambda\"", "$0\"ecs\"", 1);
    let fixture = Fixture::new(&[("index.ts", &source)]);
    assert_eq!(fixture.disk.findings(), ["index.ts:3 target-not-in-config"]);
    let after = fixture.disk.edited(&fixture.action("Write ecs to klotho.yaml").edit);
    assert_eq!(wrong(&after), Vec::<String>::new());
}

#[test]
fn an_unknown_target_can_be_replaced() {
    let source = UNIT.replacen("\"lambda\"", "$0\"lamda\"", 1);
    let fixture = Fixture::new(&[("index.ts", &source)]);
    assert_eq!(fixture.disk.findings(), ["index.ts:3 target-unknown"]);
    let action = fixture.action("Replace by lambda");
    assert!(action.is_preferred && action.edit.files.len() == 1);
    assert_eq!(Disk::findings(&fixture.disk.edited(&action.edit)), Vec::<String>::new());
}

#[test]
fn a_target_that_cannot_do_what_is_asked_can_be_left() {
    let source = UNIT
        .replacen("\"lambda\"", "$0\"lambda\"", 1)
        .replace(" *   [workload]", " *   [requires]\n *   max_request_s = 3600\n *   [workload]");
    let fixture = Fixture::new(&[("index.ts", &source), ("klotho.yaml", CONFIG)]);
    assert_eq!(fixture.disk.findings(), ["index.ts:3 target-infeasible"]);
    let action = fixture.action("Switch playlists to ECS on Fargate");
    assert_eq!(action.kind, "quickfix");
    assert_eq!(fixture.disk.edited(&action.edit).findings(), Vec::<String>::new());
}

#[test]
fn a_misspelt_key_names_its_neighbour() {
    let source = UNIT.replace("monthly_requests", "monthly_request");
    let snapshot = Disk::new(&[("index.ts", &source), ("package.json", "{}")]).snapshot();
    let found = snapshot.project_diagnostics("/app");
    let messages: Vec<_> = found.iter().map(|found| found.message.as_str()).collect();
    assert_eq!(messages, ["`monthly_request` is not a workload key. Did you mean `monthly_requests`?"]);
}

#[test]
fn a_key_that_nobody_knows_is_told_what_there_is_and_a_bad_value_is_marked_itself() {
    let found = |line: &str| {
        let source = UNIT.replace(" *   shape = \"commute\"\n", &format!(" *   {line}\n"));
        let snapshot = Disk::new(&[("index.ts", &source), ("package.json", "{}")]).snapshot();
        let all = snapshot.project_diagnostics("/app");
        let [only] = all.as_slice() else { panic!("{all:#?}") };
        (source[only.span.range()].to_owned(), only.message.clone())
    };
    for (line, marked, words) in [
        ("memory_mb = \"big\"", "\"big\"", "`memory_mb` must be a number of MB, not a text."),
        ("cpu_ms = 2e9", "2e9", "must be between 0.001 and 1,000,000,000, not 2,000,000,000."),
        ("monthly_executions = [5]", "monthly_executions", "Did you mean `monthly_requests`?"),
        ("memory = 5", "memory", "Did you mean `memory_mb`?"),
        ("gpu = true", "gpu", "It is a key of `[requires]`."),
        (
            "colour = 5",
            "colour",
            "is not a workload key. The keys are `monthly_requests`, `request_duration_ms`, ",
        ),
    ] {
        let (place, message) = found(line);
        assert_eq!(place, marked, "{message}");
        assert!(message.contains(words), "{message}");
    }
    let config = "execution_units:\n  main:\n    workload: { memory_mb: big, colour: 5 }\n";
    let files = [("index.js", "exports.x = 1;\n"), ("package.json", "{}"), ("klotho.yaml", config)];
    let snapshot = Disk::new(&files).snapshot();
    let all = snapshot.project_diagnostics("/app");
    let marked: Vec<_> = all.iter().map(|found| &config[found.span.range()]).collect();
    assert_eq!(marked, ["big", "colour"]);
}

#[test]
fn nothing_is_written_to_a_configuration_that_cannot_be_read() {
    let fixture = Fixture::new(&[("index.ts", &at_annotation()), ("klotho.yaml", "app: [unclosed\n  : : {")]);
    let actions = fixture.actions();
    let written: Vec<_> =
        actions.iter().flat_map(|action| &action.edit.files).map(|file| &*file.path).collect();
    assert!(written.iter().all(|path| *path == "/app/index.ts"), "{written:?}");
    let switches: Vec<_> = actions.iter().filter(|action| action.title.starts_with("Switch ")).collect();
    assert!(!switches.is_empty());
    for action in switches {
        let reason = action.disabled.as_deref().unwrap_or_default();
        assert!(reason.starts_with("klotho.yaml cannot be read"), "{reason}");
        assert!(action.edit.files.is_empty());
    }
}

#[test]
fn one_mistake_is_one_finding() {
    let broken = UNIT.replace("\"playlists\"", "playlists");
    let disk = Disk::new(&[
        ("index.ts", &broken),
        ("store.ts", "// @klotho::persist { id = \"s\" }\nexport const s = new Map();\n"),
        ("klotho.yaml", CONFIG),
    ]);
    assert_eq!(disk.findings(), ["index.ts:2 annotation-syntax"]);
}

#[test]
fn values_of_the_wrong_kind_are_said() {
    for (directives, finding) in [
        ("target = [\"lambda\"]", "index.js:1 target-unknown"),
        ("workload = 5", "index.js:1 workload-invalid"),
    ] {
        let source =
            format!("/* @klotho::execution_unit {{ id = \"a\"\n{directives}\n}} */\nexports.x = 1;\n");
        let finding = finding.replace(":1", ":2");
        assert_eq!(Disk::new(&[("index.js", &source)]).findings(), [finding], "{directives}");
    }
    let config = "execution_units:\n  main:\n    requires: [a]\n";
    let disk = Disk::new(&[("index.js", "exports.x = 1;\n"), ("klotho.yaml", config)]);
    assert_eq!(disk.findings(), ["klotho.yaml:3 workload-invalid"]);
}

#[test]
fn annotations_of_one_unit_must_not_disagree() {
    let unit = |target: &str| {
        format!(
            "/* @klotho::execution_unit {{\n * id = \"p\"\n * target = \"{target}\"\n * }} */\nexports.x = 1;\n"
        )
    };
    let disk = Disk::new(&[("a.js", &unit("lambda")), ("b.js", &unit("eks"))]);
    assert_eq!(disk.findings(), ["b.js:3 target-conflict"]);
}

#[test]
fn a_misspelt_word_of_the_configuration_is_replaced() {
    for (before, title, after) in [
        ("execution_uni$0t: {}\n", "Replace by execution_units", "execution_units: {}\n"),
        (
            "execution_units:\n  main: { type: 'lam$0da' }\n",
            "Replace by lambda",
            "execution_units:\n  main: { type: 'lambda' }\n",
        ),
        (
            "execution_units:\n  main: { type: fargate$0 }\n",
            "Replace by ecs",
            "execution_units:\n  main: { type: ecs }\n",
        ),
        (
            "execution_units:\n  \"mai$0\": { type: ecs }\n",
            "Replace by main",
            "execution_units:\n  \"main\": { type: ecs }\n",
        ),
    ] {
        let fixture = Fixture::new(&[
            ("package.json", "{}"),
            ("index.js", "exports.a = 1;\n"),
            ("klotho.yaml", before),
        ]);
        let fixed = fixture.disk.edited(&fixture.action(title).edit);
        assert_eq!(fixed.0["klotho.yaml"], after);
    }
}

#[test]
fn a_chart_stays_on_a_cluster() {
    let config = "execution_units:\n  ma$0in:\n    type: eks\n    helm_chart_options: { install: true }\n";
    let fixture =
        Fixture::new(&[("package.json", "{}"), ("index.js", "exports.a = 1;\n"), ("klotho.yaml", config)]);
    let switch = fixture.action("Switch main to AWS Lambda");
    assert_eq!(
        switch.disabled.as_deref(),
        Some("klotho.yaml installs a Helm chart for it, which only a cluster can take")
    );
}

#[test]
fn a_switch_changes_the_configuration_in_its_own_format() {
    let config = "{\n  \"execution_units\": { \"ma$0in\": { \"type\": \"ecs\" } }\n}\n";
    let fixture =
        Fixture::new(&[("package.json", "{}"), ("index.js", "exports.a = 1;\n"), ("klotho.json", config)]);
    let after = fixture.disk.edited(&fixture.action("Switch main to AWS Lambda").edit);
    assert_eq!(after.0["klotho.json"], config.replace("$0", "").replace("ecs", "lambda"));
}

#[test]
fn a_file_that_nothing_reaches_is_kept_by_an_annotation() {
    let apart = "#!/usr/bin/env node\n// the users\n// @klotho::per$0sist { id = \"users\" }\nconst users = new Map();\n";
    let files = [("package.json", "{}"), ("index.js", "exports.a = 1;\n"), ("apart.js", apart)];
    let fixture = Fixture::new(&files);
    let kept = fixture.disk.edited(&fixture.action("Keep this file in every unit").edit);
    assert_eq!(kept.findings(), Vec::<String>::new());
    assert!(kept.0["apart.js"].starts_with(
        "#!/usr/bin/env node\n\n// @klotho::execution_unit { all_units = true }\n\n// the users\n"
    ));
    let declared = "// @klotho::execution_unit { id = \"web\" }\n\nexports.a = 1;\n";
    let fixture = Fixture::new(&[("package.json", "{}"), ("index.js", declared), ("apart.js", apart)]);
    let joined = fixture.disk.edited(&fixture.action("Make this file part of the unit `web`").edit);
    assert_eq!(joined.findings(), Vec::<String>::new());
}
