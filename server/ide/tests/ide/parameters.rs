//! Parameters that the cloud refuses, and those that nobody reads.

use crate::support::{Fixture, ROOT};

/// What is said of a unit with such a type and parameters, and the text that it is said at.
fn told(kind: &str, parameters: &str) -> Vec<String> {
    let lines: String = parameters.lines().map(|line| format!("      {line}\n")).collect();
    let config = format!("execution_units:\n  a:\n    type: {kind}\n    pulumi_params:\n{lines}");
    let unit = "// @klotho::execution_unit { id = \"a\" }\nx();$0\n";
    let fixture = Fixture::new(&[("package.json", "{}"), ("index.js", unit), ("klotho.yaml", &config)]);
    let found = fixture.snapshot.project_diagnostics(ROOT).into_iter();
    found.map(|found| format!("{}: {}", &config[found.span.range()], found.message)).collect()
}

#[test]
fn what_a_function_cannot_have_is_said() {
    let tail = "The compiler passes it on, and the deployment fails.";
    let memory = |value: &str| {
        format!(
            "{value}: `memorySize` has to be a whole number from 128 to 10,240 on lambda, not {value}. {tail}"
        )
    };
    for value in ["99999", "127", "512.5", "\"big\""] {
        assert_eq!(told("lambda", &format!("memorySize: {value}")), [memory(value)]);
    }
    let timeout = format!("901: `timeout` has to be a whole number from 1 to 900 on lambda, not 901. {tail}");
    assert_eq!(told("lambda", "timeout: 901"), [timeout]);
    assert_eq!(told("lambda", "memorySize: 10240\ntimeout: 900"), [""; 0]);
    assert_eq!(told("eks", "memorySize: 99999"), [""; 0]);
}

#[test]
fn a_task_that_there_is_not_is_said_with_the_next_larger_one() {
    let pair = "Fargate has no task with `cpu` 300 and `memory` 512. The compiler passes them on, and the deployment fails. The next \
                larger one has `cpu` 512 and `memory` 1024.";
    assert_eq!(told("ecs", "cpu: 300"), [format!("300: {pair}")]);
    // Half a GB is what the type has by itself.
    assert_eq!(told("ecs", "cpu: 1024").len(), 1);
    assert_eq!(told("ecs", "cpu: 1024\nmemory: 2048"), [""; 0]);
    assert_eq!(told("ecs", "desired: 3"), [""; 0]);
}

#[test]
fn a_misspelt_name_is_said_and_a_note_is_not() {
    let message =
        "memroySize: No key `memroySize` is read here, so this has no effect. Did you mean `memorySize`?";
    assert_eq!(told("lambda", "memroySize: 1024"), [message]);
    assert_eq!(told("lambda", "memorySize: 1024\nmemroySize: 1024"), [""; 0]);
    assert_eq!(told("lambda", "tracing: true"), [""; 0]);
    assert_eq!(told("eks", "replcas: 3").len(), 1);
    assert_eq!(told("eks", "nodeConstraints:\n  diskSize: 20"), [""; 0]);
}

/// What is said of the defaults of a type, with units that have such entries.
fn told_of_defaults(kind: &str, parameters: &str, units: &str) -> Vec<String> {
    let config = format!(
        "defaults:\n  execution_unit:\n    type: {kind}\n    pulumi_params_by_type:\n      {kind}: {parameters}\nexecution_units:\n  a: {units}\n"
    );
    let unit = "// @klotho::execution_unit { id = \"a\" }\nx();$0\n";
    let fixture = Fixture::new(&[("package.json", "{}"), ("index.js", unit), ("klotho.yaml", &config)]);
    let found = fixture.snapshot.project_diagnostics(ROOT).into_iter();
    found.map(|found| format!("{} {}", &config[found.span.range()], found.code.name())).collect()
}

#[test]
fn defaults_are_checked_as_the_entries_are_that_take_them() {
    for (kind, parameters, units, expected) in [
        ("lambda", "{ memorySize: 99999 }", "{ type: lambda }", &["99999 parameter-invalid"][..]),
        (
            "lambda",
            "{ timeout: 901, memroySize: 1 }",
            "{}",
            &["901 parameter-invalid", "memroySize config-ignored"],
        ),
        ("ecs", "{ cpu: 300 }", "{}", &["300 parameter-invalid"]),
        ("ecs", "{ cpu: 1024, memory: 2048 }", "{}", &[]),
        // What no unit takes harms nobody; a name that nobody reads is wrong all the same.
        ("lambda", "{ memorySize: 99999, memroySize: 1 }", "{ type: ecs }", &[]),
        ("lambda", "{ timeout: 901, tmeout: 1 }", "{ type: ecs }", &[]),
        ("lambda", "{ tmeout: 1 }", "{ type: ecs }", &["tmeout config-ignored"]),
        ("lambda", "{ memorySize: 99999 }", "{ pulumi_params: { memorySize: 1024 } }", &[]),
        ("ecs", "{ cpu: 1024 }", "{ pulumi_params: { memory: 2048 } }", &[]),
        // It is said once, where the unit states it.
        ("ecs", "{ cpu: 1024 }", "{ pulumi_params: { memory: 512 } }", &["512 parameter-invalid"]),
    ] {
        assert_eq!(told_of_defaults(kind, parameters, units), expected, "{kind} {parameters} {units}");
    }
}
