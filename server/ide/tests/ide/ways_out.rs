//! What a message says to do, and that doing it helps.

use crate::support::{Fixture, ROOT};

fn unit(body: &str) -> String {
    let lines: String = body.lines().map(|line| format!(" *   {line}\n")).collect();
    format!("/* @klotho::execution_unit {{\n *   id = \"a\"\n{lines} * }}\n */\nx();\n")
}

fn project(body: &str, config: &str) -> Fixture {
    Fixture::new(&[("package.json", "{}"), ("index.js", &(unit(body) + "$0")), ("klotho.yaml", config)])
}

/// One with the cursor in the annotation.
fn at(body: &str) -> Fixture {
    Fixture::new(&[("package.json", "{}"), ("index.js", &unit(body)), ("klotho.yaml", "app: a\n")])
}

/// The only message about a project.
fn message(fixture: &Fixture) -> String {
    let all = fixture.snapshot.project_diagnostics(ROOT);
    assert_eq!(all.len(), 1, "{:?}", fixture.disk.all_findings());
    all[0].message.clone()
}

#[test]
fn a_number_as_only_people_write_it_is_written_as_the_format_does() {
    for written in ["60M", "60,000,000", "60.000.000"] {
        let quoted = format!("[workload]\nmonthly_requests = \"{written}\"");
        for body in [quoted, format!("[workload]\nmonthly_requests = {written}")] {
            let fixture = project(&body, "app: a\n");
            // Without quotes it may as well be a version.
            let is_clear = body.ends_with('"') || !written.contains('.');
            let edit = match fixture.fix_all() {
                Some(edit) if is_clear => edit,
                None if !is_clear => at(&body.replace("60.", "6$00.")).action("Write it as TOML does").edit,
                other => panic!("{body} {other:?}"),
            };
            let mended = unit("[workload]\nmonthly_requests = 60000000");
            assert_eq!(fixture.disk.edited(&edit).0["index.js"], mended);
        }
        let config = format!("execution_units:\n  a:\n    workload:\n      monthly_requests: {written}$0\n");
        let fixture =
            Fixture::new(&[("package.json", "{}"), ("index.js", &unit("")), ("klotho.yaml", &config)]);
        let after = fixture.disk.edited(&fixture.fix_all().expect(written));
        assert!(
            after.0["klotho.yaml"].ends_with("monthly_requests: 60000000\n"),
            "{}",
            after.0["klotho.yaml"]
        );
        assert_eq!(after.findings(), [""; 0]);
    }
}

#[test]
fn letters_behind_a_measure_are_its_unit() {
    for entry in [
        "memory_mb = 512M",
        "max_request_s = 15M",
        "memory_mb = \"512M\"",
        "request_duration_ms = \"80k\"",
        "memory_mb = \"1,024\"",
    ] {
        let fixture = project(&format!("[workload]\n{entry}"), "app: a\n");
        assert_eq!(fixture.fix_all(), None, "{entry}");
    }
}

#[test]
fn where_a_unit_could_run_is_said() {
    let fixture = project("[requires]\nmax_request_s = 3600", "app: a\n");
    assert!(message(&fixture).contains(
        "`a` cannot run on `lambda`: requests of 60 min are longer than the 15 min of AWS Lambda. It can on `ecs` or `eks`: \
         switch its target, or change what it states or requires."
    ));
    let fixture = project("[requires]\nscale_to_zero = true\nwebsocket = true", "app: a\n");
    assert!(
        message(&fixture)
            .contains("No target of aws can in the sizes that are assumed here: change what it requires,"),
        "{}",
        message(&fixture)
    );
}

#[test]
fn a_function_does_not_get_the_memory_of_a_container() {
    let said = |parameters: &str| {
        let entry = format!("execution_units:\n  a:\n    type: ecs\n    pulumi_params: {parameters}\n");
        message(&project("[requires]\nmemory_mb = 1024", &entry))
    };
    let small = said("{ memory: 512 }");
    assert!(small.contains("512 MB of memory, and 1024 MB are required. It can on `lambda`"), "{small}");
    let both = said("{ memory: 512, memorySize: 512 }");
    assert!(both.contains("No target of aws can"), "{both}");
    let function = said("{ memory: 512, memorySize: 1024 }");
    assert!(function.contains("It can on `lambda`"), "{function}");
}

#[test]
fn the_memory_of_a_function_is_stated_in_either_place() {
    let requires = "target = \"lambda\"\n[requires]\nmemory_mb = 1024";
    let open = message(&project(requires, "app: a\n"));
    let way = "before memory_mb is stated in [workload], or the memory of the function among its parameters";
    assert!(open.contains(way), "{open}");
    let entry = |memory: u32| {
        format!("execution_units:\n  a:\n    type: lambda\n    pulumi_params: {{ memorySize: {memory} }}\n")
    };
    assert_eq!(project(requires, &entry(1_024)).disk.all_findings(), [""; 0]);
    assert!(message(&project(requires, &entry(512))).contains("its function has 512 MB of memory"));
    let traffic = "target = \"lambda\"\n[workload]\nmemory_mb = 1024\n[requires]\nmemory_mb = 1024";
    assert_eq!(project(traffic, "app: a\n").disk.all_findings(), [""; 0]);
}

#[test]
fn a_cluster_with_nodes_of_its_own_is_said_where_only_that_can_and_it_does() {
    let fixture = project("[requires]\ngpu = true", "app: a\n");
    assert!(
        message(&fixture)
            .contains("It can on `eks` with nodes of its own: write `type: eks`, and `nodeType: node`"),
        "{}",
        message(&fixture)
    );
    let nodes = "execution_units:\n  a:\n    type: eks\n    pulumi_params:\n      nodeType: node\n";
    assert_eq!(project("[requires]\ngpu = true", nodes).disk.all_findings(), [""; 0]);
}

#[test]
fn what_people_call_a_target_is_mended_and_what_may_mean_several_is_not() {
    let fixture = project("target = \"fargate\"", "execution_units:\n  a:\n    type: ecs\n");
    assert!(message(&fixture).contains("That is `ecs` here."));
    let after = fixture.disk.edited(&fixture.fix_all().expect("one meaning"));
    assert_eq!(after.all_findings(), [""; 0]);
    for word in ["ec2", "container"] {
        let fixture = project(&format!("target = \"{word}\""), "execution_units:\n  a:\n    type: ecs\n");
        assert_eq!(fixture.fix_all(), None, "{word}");
    }
}

#[test]
fn a_tab_is_called_a_tab() {
    let fixture = project("", "execution_units:\n  a:\n\t  type: ecs\n");
    assert!(
        message(&fixture).contains("here is a tab; write two blanks in its place"),
        "{}",
        message(&fixture)
    );
}

#[test]
fn a_flag_or_an_id_gets_or_loses_its_quotes_where_somebody_decides_it() {
    let fixture = project("keep_warm = \"true\"", "app: a\n");
    assert!(
        message(&fixture).contains("`keep_warm` takes `true` or `false`, not a string"),
        "{}",
        message(&fixture)
    );
    assert_eq!(fixture.fix_all(), None);
    let action = at("keep_warm = \"tr$0ue\"").action("Write a value of the right kind");
    let after = fixture.disk.edited(&action.edit);
    assert_eq!(after.0["index.js"], unit("keep_warm = true"));
    let text = "// @klotho::execution_unit { id = $05 }\nx();\n";
    let fixture = Fixture::new(&[("package.json", "{}"), ("index.js", text)]);
    assert!(message(&fixture).contains("`id` takes a string, not a number"), "{}", message(&fixture));
    let after = fixture.disk.edited(&fixture.action("Write a value of the right kind").edit);
    assert_eq!(after.0["index.js"], "// @klotho::execution_unit { id = \"5\" }\nx();\n");
}

#[test]
fn a_missing_sign_is_said_and_not_what_follows_from_it() {
    for (text, said) in [
        ("/* @klotho::execution_unit\n * id = \"a\"\n * }\n */\nx();$0\n", "No `{` opens a body before this"),
        (
            "/* @klotho::execution_unit {\n * id = \"a\"\n * }\n\nx();$0\n",
            "Add the missing `*/` behind the annotation",
        ),
    ] {
        let fixture = Fixture::new(&[("package.json", "{}"), ("index.js", text)]);
        assert!(message(&fixture).contains(said), "{}", message(&fixture));
    }
}

#[test]
fn a_requirement_that_cannot_be_checked_says_so_once() {
    let fixture = project("[requires]\nmax_p99_ms = 200", "app: a\n");
    assert!(
        message(&fixture)
            .starts_with("Whether `a` meets on `lambda` what it requires is not known: max_p99_ms cannot be"),
        "{}",
        message(&fixture)
    );
    for (stated, found) in
        [("p99_duration_ms = 100", None), ("p99_duration_ms = 300", Some("target-infeasible"))]
    {
        let fixture = project(&format!("[workload]\n{stated}\n[requires]\nmax_p99_ms = 200"), "app: a\n");
        let all = fixture.snapshot.project_diagnostics(ROOT);
        assert_eq!(all.first().map(|found| found.code.name()), found, "{stated}");
        assert!(all.len() < 2, "{all:?}");
    }
}
