use crate::support::{Fixture, UNIT};

fn at(text: &str, mark: &str) -> String {
    text.replacen(mark, &format!("$0{mark}"), 1)
}

#[test]
fn an_annotation_shows_where_its_unit_runs_and_what_that_costs() {
    let hover = Fixture::new(&[("index.ts", &at(UNIT, "execution_unit"))]).hover();
    assert!(
        hover.starts_with("Execution unit **`playlists`** → **AWS Lambda**, as the annotation says"),
        "{hover}"
    );
    for part in
        ["| **AWS Lambda**, now", "| ECS on Fargate", "| EKS", "10M requests", "us-east-1", "Assumed: `"]
    {
        assert!(hover.contains(part), "{part} is missing in:\n{hover}");
    }
}

#[test]
fn a_function_shows_the_unit_that_holds_it() {
    let hover = Fixture::new(&[("index.ts", &at(UNIT, "recent"))]).hover();
    assert!(hover.starts_with("**`recent`** runs on **AWS Lambda**"), "{hover}");
}

#[test]
fn a_functions_body_is_left_to_other_servers() {
    assert_eq!(Fixture::new(&[("index.ts", &at(UNIT, "return"))]).hover(), "");
}

#[test]
fn an_entry_of_the_configuration_shows_its_unit() {
    let config = "execution_units:\n  play$0lists:\n    type: ecs\n";
    let hover = Fixture::new(&[("index.ts", UNIT), ("klotho.yaml", config)]).hover();
    assert!(hover.contains("as `execution_units.playlists.type` in klotho.yaml says"), "{hover}");
}

#[test]
fn names_from_the_source_cannot_become_markup() {
    let source = "// @klotho::unknown_$0\nexport const x = 1;\n";
    let hover = Fixture::new(&[("index.ts", source)]).hover();
    assert_eq!(hover, "**`@klotho::unknown_`** is no capability that Klotho knows. It has no effect.");
}
