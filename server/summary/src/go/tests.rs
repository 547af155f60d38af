use crate::{FunctionName, summarise};
use klotho_grammars::{Language, parse};

#[test]
fn functions_and_methods_have_go_names() {
    let text = "package main\n\nfunc main() {}\n\nfunc (s *Store) Get() {}\n\nfunc (l List[T]) Len() int { return 0 }\n";
    let tree = parse(Language::Go, text, None).unwrap();
    let facts = summarise("main.go", Language::Go, text, &tree).facts;
    let names: Vec<_> = facts.functions.into_iter().map(|function| function.name).collect();
    assert_eq!(names, ["main", "Store.Get", "List.Len"].map(|name| FunctionName::Named(name.into())));
}
