use crate::{Declares, FunctionName, summarise};
use klotho_annotation::finding::Code;
use klotho_grammars::{Language, parse};

fn facts(text: &str) -> crate::Facts {
    let tree = parse(Language::Go, text, None).unwrap();
    summarise("main.go", Language::Go, text, &tree).facts
}

/// Reads a file that the parser may give up on when the machine is busy.
fn survives(text: &str) -> Option<crate::Facts> {
    let tree = parse(Language::Go, text, None)?;
    Some(summarise("main.go", Language::Go, text, &tree).facts)
}

#[test]
fn functions_and_methods_are_named_as_go_does() {
    let text = "package main\n\nfunc main() {\n\tf := func() {}\n\tf()\n}\n\nfunc (s *Store) Get() int { return 0 }\n\n\
                func (l List[T]) Len() {}\n\nfunc (*pkg) hidden() {}\n\nfunc Map[T any](x T) {}\n";
    let functions = facts(text).functions;
    let names: Vec<_> = functions.iter().map(|function| function.name.clone()).collect();
    let expected = ["main", "Store.Get", "List.Len", "pkg.hidden", "Map"];
    assert_eq!(names, expected.map(|name| FunctionName::Named(name.to_owned())));
    assert_eq!(functions[1].at.of(text), "func (s *Store) Get() int { return 0 }");
    assert_eq!(functions[1].name_at.of(text), "Get");
}

#[test]
fn variables_alone_declare_a_store() {
    let facts = facts(
        "package main\n\n/* @klotho::persist {\n *   id = \"db\"\n *   [environment_variables]\n *   DB = \"orm.connection_string\"\n * }\n */\n\
         var db = open()\n\n// @klotho::persist\nvar other = 1\n",
    );
    let [declaration] = facts.declarations.as_slice() else { panic!("{:?}", facts.declarations) };
    let Declares::Store { variables, .. } = &declaration.declares else { panic!("no store") };
    assert_eq!((variables[0].name.as_str(), &declaration.symbol), ("DB", &None));
    let codes: Vec<_> = facts.findings.iter().map(|finding| finding.code).collect();
    assert_eq!(codes, [Code::IdRequired, Code::NoResource]);
}

#[test]
fn hostile_files_are_read() {
    for text in
        ["func (", "func (x) f() {}", "func () f() {}", "func (a /* b */ *", &"func f() {".repeat(20_000)]
    {
        survives(text);
        survives(&format!("package main\n{text}"));
    }
    let nested = format!("package main\nfunc f() {{ {}", "r.Use(func() { r := chi.NewRouter(); ".repeat(500));
    survives(&nested);
    let exposed = "// @klotho::expose { target = \"public\" }\nif x {\n".repeat(500);
    survives(&format!("package main\nfunc f() {{\n{exposed}"));
    let pointers = format!("package main\nfunc (x {}T) F() {{}}\n", "*".repeat(20_000));
    let facts = survives(&pointers);
    assert!(facts.is_none_or(|facts| facts.functions[0].name == FunctionName::Named("T.F".to_owned())));
}

#[test]
fn notes_about_what_is_passed_over_have_a_limit() {
    let exposing = |calls: &str| {
        let exposed = "// @klotho::expose { target = \"public\" }\nhttp.ListenAndServe(\":3000\", r)";
        facts(&format!("package main\nfunc main() {{\nr := chi.NewRouter()\n{calls}\n{exposed}\n}}\n"))
            .findings
    };
    let findings = exposing(&"r.Handle(\"/a\", nil)\n".repeat(5_000));
    assert_eq!(findings.len(), 64);
    assert!(findings.iter().all(|finding| finding.code == Code::CompilerGap));
    let shadowed = "f(func(r T) { r.Handle(\"/a\", nil) })\n".repeat(5_000);
    assert_eq!(exposing(&shadowed).len(), 0);
    for unfinished in ["r.Get()", "r.Route()", "r.Route(\"/a\",)", "r.Group()", "r.Mount(\"/a\")", "r.Handle"]
    {
        assert!(exposing(unfinished).iter().all(|finding| finding.code != Code::CompilerGap), "{unfinished}");
    }
}
