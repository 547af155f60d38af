use crate::support::{Fixture, UNIT};

fn at(text: &str, mark: &str) -> String {
    text.replacen(mark, &format!("$0{mark}"), 1)
}

#[test]
fn an_annotation_shows_where_its_unit_runs_and_what_that_costs() {
    let hover = Fixture::new(&[("index.ts", &at(UNIT, "execution_unit"))]).hover();
    assert!(
        hover.starts_with("Execution unit **`playlists`** → **AWS Lambda** (us-east-1, x86_64, 512 MB), as the annotation says"),
        "{hover}"
    );
    for part in
        ["| **AWS Lambda**, now", "| ECS on Fargate", "| EKS", "10M requests", "us-east-1", "Assumed: `"]
    {
        assert!(hover.contains(part), "{part} is missing in:\n{hover}");
    }
}

/// Where the cursor of an editor is after a move to the line.
#[test]
fn an_annotation_is_told_of_from_the_start_of_its_line() {
    let text = at(UNIT, "/* @klotho");
    assert!(text.contains("$0"), "{text}");
    assert!(Fixture::new(&[("index.ts", &text)]).hover().starts_with("Execution unit"));
    let behind_code =
        "const a = 1; $0const b = 2; // @klotho::persist { id = \"a\" }\nconst m = new Map();\n";
    assert_eq!(Fixture::new(&[("index.ts", behind_code)]).hover(), "");
}

#[test]
fn a_function_shows_the_unit_that_holds_it() {
    let hover = Fixture::new(&[("index.ts", &at(UNIT, "recent"))]).hover();
    assert!(hover.starts_with("**`recent`** runs on **AWS Lambda**"), "{hover}");
}

#[test]
fn a_store_is_told_of_where_code_names_it() {
    let store = "// @klotho::persist { id = \"orders\" }\nexport const orders = new Map<string, string>();\n";
    let unit = "import { orders } from './store';\n/* @klotho::execution_unit { id = \"a\" } */\nexport async function run() {\n  await orders.get('x');\n}\n";
    for (name, mark) in [("store.ts", "orders ="), ("a.ts", "orders.get")] {
        let files = [("store.ts", store), ("a.ts", unit)];
        let files =
            files.map(|(file, text)| (file, if file == name { at(text, mark) } else { text.to_owned() }));
        let files: Vec<_> = files.iter().map(|(file, text)| (*file, text.as_str())).collect();
        let hover = Fixture::new(&files).hover();
        assert!(hover.contains("`orders`") && hover.contains("dynamodb"), "{name}: {hover}");
    }
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

#[test]
fn a_target_that_nobody_knows_cannot_become_markup() {
    let source = UNIT.replace("\"lambda\"", "\"[x](y) <b>`\"");
    for mark in ["execution_unit", "recent"] {
        let hover = Fixture::new(&[("index.ts", &at(&source, mark))]).hover();
        assert!(hover.contains("**`` [x](y) <b>` ``**"), "{hover}");
        assert_eq!(hover.matches("](y)").count(), hover.matches("`` [x](y) <b>` ``").count(), "{hover}");
    }
}

#[test]
fn code_that_hundreds_of_units_share_is_told_briefly() {
    let mut files =
        vec![("shared.js".to_owned(), "fun$0ction shared() {}\nexports.shared = shared;\n".to_owned())];
    for index in 0..200 {
        let unit =
            format!("// @klotho::execution_unit {{ id = \"u{index:03}\" }}\n\nrequire(\"./shared\");\n");
        files.push((format!("u{index:03}.js"), unit));
    }
    let files: Vec<_> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let fixture = Fixture::new(&files);
    let hover = fixture.hover();
    assert!(hover.contains("Also in `u003` on AWS Lambda, ") && hover.ends_with(" and 173 more"), "{hover}");
    assert!(hover.len() < 10_000, "{}", hover.len());
    let switches = fixture.actions().into_iter().filter(|action| action.title.starts_with("Switch "));
    assert_eq!(switches.count(), 6);
}

#[test]
fn a_price_on_a_shared_cluster_counts_the_unit_that_would_join() {
    let unit = |id: &str, target: &str| {
        format!(
            "/* @klotho::execution_unit {{\n id = \"{id}\"\n target = \"{target}\"\n }} */\nexports.x = 1;\n"
        )
    };
    let offered = |others: usize| {
        let mut files = vec![("a.js".to_owned(), at(&unit("a", "lambda"), "execution_unit"))];
        files.extend((0..others).map(|index| (format!("b{index}.js"), unit(&format!("b{index}"), "eks"))));
        let files: Vec<_> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        Fixture::new(&files).action("Switch a to EKS").title
    };
    let alone = offered(0);
    let joined = offered(1);
    assert_ne!(alone, joined);
    // The same bill as after the switch.
    let after =
        Fixture::new(&[("a.js", &at(&unit("a", "eks"), "execution_unit")), ("b0.js", &unit("b0", "eks"))]);
    let price = joined.split(" → ").nth(1).and_then(|rest| rest.split(' ').next()).unwrap_or_default();
    assert!(after.action("Switch a to AWS Lambda").title.contains(&format!(": {price} → ")), "{joined}");
}

#[test]
fn a_brief_hover_is_where_it_runs_the_places_and_the_verdict() {
    let fixture = Fixture::new(&[("index.ts", &at(UNIT, "execution_unit"))]);
    let full = fixture.hover();
    let brief = fixture.snapshot.brief_hover(&fixture.path, fixture.offset).expect("a hover").markdown;
    let first = full.split("\n\n").next().unwrap();
    assert!(brief.starts_with(first), "{brief}");
    let starts: Vec<_> = brief.split("\n\n").map(|part| part.split(' ').next().unwrap()).collect();
    assert_eq!(starts, ["Execution", "At", "|", "At"], "{brief}");
    assert!(brief.split("\n\n").all(|part| full.contains(part)), "{brief}");
}

#[test]
fn a_brief_hover_of_a_store_says_what_it_is_and_costs() {
    let text = "// @klotho::execution_unit { id = \"u\" }\n// @klotho::per$0sist { id = \"s\" }\nexport const s = new Map();\n";
    let fixture = Fixture::new(&[("index.js", text)]);
    let brief = fixture.snapshot.brief_hover(&fixture.path, fixture.offset).expect("a hover").markdown;
    assert!(brief.contains("**`s`** → `dynamodb`") && brief.contains(" a month** ("), "{brief}");
    assert!(!brief.contains("Assumed") && !brief.contains("@klotho"), "{brief}");
}
