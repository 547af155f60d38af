use crate::{FunctionName, summarise};
use klotho_grammars::{Language, parse};

#[test]
fn functions_and_methods_have_rust_names() {
    let text = "pub async fn main() { fn inner() {} }\nimpl<T> Store<T> { fn get(&self) {} }\n\
                trait Shape { fn area(&self) { fn help() {} } }\nimpl Shape for Square { fn area(&self) {} }\nfn last() {}\n";
    let tree = parse(Language::Rust, text, None).unwrap();
    let facts = summarise("main.rs", Language::Rust, text, &tree).facts;
    let is_async: Vec<bool> = facts.functions.iter().map(|function| function.is_async).collect();
    assert_eq!(is_async, [true, false, false, false, false, false, false]);
    let names: Vec<_> = facts.functions.into_iter().map(|function| function.name).collect();
    let expected = ["main", "inner", "Store::get", "Shape::area", "help", "Square::area", "last"];
    assert_eq!(names, expected.map(|name| FunctionName::Named(name.into())));
}
