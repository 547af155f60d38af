use super::{EXPOSE, USINGS, facts_of, names};
use klotho_annotation::finding::Code;

#[test]
fn methods_are_named_after_their_types() {
    let text = "namespace N { public class Users<T> : X { public Users() { } public async Task<int> Get() => 1;\nstatic void Main() { void Local() { } }\n\
                abstract void No();\nint IX.Of() { return 1; }\nclass In { void M() { } } }\ninterface I { void No(); void Yes() { } }\nrecord R(int A) { void M() { } }\n\
                struct S { void M() { } } }\nclass { void M() { } }\n";
    let expected = ["Users.Get", "Users.Main", "Users.Of", "Users.In.M", "I.Yes", "R.M", "S.M"];
    assert_eq!(&names(text)[..expected.len()], expected);
    let functions = facts_of(text).functions;
    assert!(functions[0].is_async && !functions[1].is_async);
    assert_eq!(functions[0].at.of(text), "public async Task<int> Get() => 1;");
    assert_eq!(functions[0].name_at.of(text), "Get");
}

#[test]
fn handlers_are_named_after_their_route() {
    let text = format!(
        "{USINGS}class Startup {{ public void Configure(IApplicationBuilder app, IWebHostEnvironment env) {{\n{EXPOSE}app.UseEndpoints(e => {{\n\
         e.MapGet(\"/{{id?}}\", async c => {{ }}); e.MapPost(\"/b\", Named); e.MapPut(\"/c\", (a) => 1); }}); }} }}"
    );
    assert_eq!(names(&text), ["Startup.Configure", "handler of 1", "handler of 3"]);
    let functions = facts_of(&text).functions;
    assert_eq!((functions[1].at.of(&text), functions[1].is_async), ("async c => { }", true));
    assert_eq!((functions[2].at.of(&text), functions[2].is_async), ("(a) => 1", false));
}

#[test]
fn variables_alone_declare_a_store() {
    let facts = facts_of(
        "class A {\n/* @klotho::persist {\n *   id = \"db\"\n *   [environment_variables]\n *   DB = \"orm.connection_string\"\n * }\n */\n\
         string x;\n// @klotho::persist\nstring y; }\n",
    );
    assert_eq!(facts.declarations.len(), 1);
    let codes: Vec<_> = facts.findings.iter().map(|finding| finding.code).collect();
    assert_eq!(codes, [Code::IdRequired]);
}
