use crate::{FunctionName, summarise};
use klotho_grammars::{Language, parse};

fn facts(text: &str) -> crate::Facts {
    let tree = parse(Language::Rust, text, None).unwrap();
    summarise("main.rs", Language::Rust, text, &tree).facts
}

/// Reads a file that the parser may give up on when the machine is busy.
fn survives(text: &str) -> Option<crate::Facts> {
    let tree = parse(Language::Rust, text, None)?;
    Some(summarise("main.rs", Language::Rust, text, &tree).facts)
}

#[test]
fn functions_and_methods_are_named_as_rust_does() {
    let text = "pub async fn main() { fn inner() {} }\nimpl<T> Store<T> { async fn get(&self) {} const A: u8 = 1; }\n\
                trait Shape { fn area(&self) { fn help() {} } fn name(&self); }\nimpl Shape for a::Square { fn area(&self) {} }\n\
                impl Shape for &'a mut Circle { fn area(&self) {} }\nimpl Shape for (u8, u8) { fn area(&self) {} }\n\
                mod m { pub unsafe fn last() {} }\nmacro_rules! x { () => {} }\n";
    let functions = facts(text).functions;
    let lines = functions.iter().map(|function| {
        let FunctionName::Named(name) = &function.name else { return String::new() };
        assert!(name.ends_with(function.name_at.of(text)) && function.at.of(text).ends_with('}'));
        format!("{}{name}", if function.is_async { "async " } else { "" })
    });
    let expected = [
        "async main",
        "inner",
        "async Store::get",
        "Shape::area",
        "help",
        "Square::area",
        "Circle::area",
        "(u8, u8)::area",
        "last",
    ];
    assert_eq!(lines.collect::<Vec<_>>(), expected);
}

#[test]
fn hostile_files_are_read() {
    for text in ["fn", "impl {", "impl X for", "fn (", &"fn f() {".repeat(20_000), &"mod m {".repeat(20_000)]
    {
        survives(text);
    }
    survives(&format!("impl A for {}T {{ fn f() {{}} }}", "&".repeat(20_000)));
    let long = format!("impl A for ({}) {{ {} }}", "u8, ".repeat(20_000), "fn f() {} ".repeat(10_000));
    let facts = survives(&long);
    assert!(facts.is_none_or(|facts| facts.functions[0].name == FunctionName::Named("f".to_owned())));
}

#[test]
fn hostile_routers_are_read() {
    let exposed = "// @klotho::expose { target = \"public\" }\n// @klotho::persist { id = \"a\" }\n";
    for text in [
        &format!("{exposed}fn main() {{ let a = Router::new(){}; }}", ".merge(a)".repeat(20_000)),
        &format!("{exposed}fn main() {{ let a = {}", "Router::new().nest(\"/a\", ".repeat(10_000)),
        &format!("fn main() {{ {} }}", "#[get(\"/a\")] // a\n".repeat(10_000)),
        &format!("use a::{}", "{b::".repeat(20_000)),
        &format!("fn f() -> Router {{ {} }}", "// a\n".repeat(20_000)),
        &format!("{exposed}fn f() {{").repeat(2_000),
        &format!("let a = {}b", "(".repeat(20_000)),
    ] {
        survives(text);
    }
}
