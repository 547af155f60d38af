use crate::{FunctionName, summarise};
use klotho_grammars::{Language, parse};

fn facts(text: &str) -> crate::Facts {
    let tree = parse(Language::Java, text, None).unwrap();
    summarise("Main.java", Language::Java, text, &tree).facts
}

/// Reads a file that the parser may give up on when the machine is busy.
fn survives(text: &str) {
    if let Some(tree) = parse(Language::Java, text, None) {
        summarise("Main.java", Language::Java, text, &tree);
    }
}

#[test]
fn methods_are_named_with_their_classes() {
    let facts = facts(
        "package a.b;\nclass Owners {\n  void list() {}\n  record Pet(int id) { int next() { return id + 1; } }\n}\n\
         interface Walk { void go(); }\nenum Kind { A; void name() {} }\n",
    );
    let names: Vec<_> = facts.functions.iter().map(|function| function.name.clone()).collect();
    let expected = ["Owners.list", "Owners.Pet.next", "Walk.go", "Kind.name"];
    assert_eq!(names, expected.map(|name| FunctionName::Named(name.to_owned())));
    assert_eq!(facts.package.as_deref(), Some("a.b"));
    assert!(!facts.starts_program);
}

#[test]
fn a_program_starts_with_its_main_method() {
    assert!(facts("class A { public static void main(String[] args) {} }").starts_program);
    assert!(facts("class A { @Deprecated static public final void main(String... a) {} }").starts_program);
    for other in ["static void main(String[] a) {}", "public void main() {}", "public static int main() {}"] {
        assert!(!facts(&format!("class A {{ {other} }}")).starts_program, "{other}");
    }
}

#[test]
fn hostile_files_are_read() {
    let annotated =
        "// @klotho::expose { target = \"public\" }\n// @klotho::persist { id = \"a\" }\nclass A {\n";
    for text in [
        "class A { @GetMapping(",
        "@RestController class",
        "package ;",
        &"class A {".repeat(20_000),
        &"@A(".repeat(20_000),
        &annotated.repeat(2_000),
        &format!("class A {{ void f() {{ x{}; }} }}", ".getObject(a.key(b)".repeat(5_000)),
        &format!("class A {{ Object o = {}1; }}", "(".repeat(20_000)),
    ] {
        survives(text);
    }
}
