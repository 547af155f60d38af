//! Imports, functions and calls.

use super::{summary, summary_at};
use expect_test::expect;
use std::fmt::Write;

fn imports(path: &str, text: &str) -> String {
    let mut said = String::new();
    for import in summary_at(path, text).facts.imports {
        let bindings: Vec<_> =
            import.bindings.iter().map(|b| format!("{}={:?}", b.local, b.imported)).collect();
        let _ = writeln!(
            said,
            "{} {:?} {:?} with {:?}",
            import.specifier, bindings, import.candidates, import.companions
        );
    }
    said
}

#[test]
fn imports_name_project_files() {
    let text = "import a.b, os as o\nfrom x.y import z as w\nfrom . import c\nfrom ..m import *\nfrom .... import far\n";
    expect![[r#"
        a.b ["a.b=Module"] ["a/b.py", "a/b/__init__.py"] with ["app/api/__init__.py", "a/__init__.py"]
        os ["o=Module"] ["os.py", "os/__init__.py"] with ["app/api/__init__.py"]
        x.y ["w=Name(\"z\")"] ["x/y.py", "x/y/__init__.py"] with ["app/api/__init__.py", "x/__init__.py"]
        x.y.z ["w=Module"] ["x/y/z.py", "x/y/z/__init__.py"] with ["app/api/__init__.py", "x/__init__.py", "x/y/__init__.py"]
        . ["c=Name(\"c\")"] ["app/api/__init__.py"] with ["app/api/__init__.py"]
        .c ["c=Module"] ["app/api/c.py", "app/api/c/__init__.py"] with ["app/api/__init__.py"]
        ..m [] ["app/m.py", "app/m/__init__.py"] with ["app/api/__init__.py", "app/__init__.py"]
        .... ["far=Name(\"far\")"] [] with []
        ....far ["far=Module"] [] with []
    "#]].assert_eq(&imports("app/api/main.py", text));
    expect![[r#"
        .a ["b=Name(\"b\")"] ["a.py", "a/__init__.py"] with []
        .a.b ["b=Module"] ["a/b.py", "a/b/__init__.py"] with ["a/__init__.py"]
    "#]]
    .assert_eq(&imports("__init__.py", "from .a import b\n"));
}

#[test]
fn functions_are_qualified() {
    let text = "def a():\n    async def b(): ...\nclass Users:\n    class Inner:\n        def x(self): ...\n    @property\n    \
                async def create(self): ...\n@app.get('/')\ndef last(): ...\n";
    let mut said = String::new();
    for function in summary(text).facts.functions {
        let (at, name) = (&text[function.at.range()], &text[function.name_at.range()]);
        let _ = writeln!(said, "{:?} {} {name} {at:?}", function.name, function.is_async);
    }
    expect![[r#"
        Named("a") false a "def a():\n    async def b(): ..."
        Named("a.b") true b "async def b(): ..."
        Named("Users.Inner.x") false x "def x(self): ..."
        Named("Users.create") true create "async def create(self): ..."
        Named("last") false last "def last(): ..."
    "#]]
    .assert_eq(&said);
}

#[test]
fn calls_lead_into_imports() {
    let text = "import a.b\nimport m as n\nfrom p import q, r as s\nq()\nawait s('x', 1)\nq.get(f'no')\na.b.f(g())\nn.h()(2)\n\
                other()\nn()\n";
    let facts = summary(text).facts;
    let mut said = String::new();
    for call in &facts.imported_calls {
        let (import, at) = (&facts.imports[call.import].specifier, &text[call.at.range()]);
        let _ = writeln!(said, "{import} {:?} {:?} awaited={} {at}", call.path, call.literal, call.awaited);
    }
    expect![[r#"
        p ["q"] None awaited=false q()
        p ["r"] Some("x") awaited=true s('x', 1)
        p ["q", "get"] None awaited=false q.get(f'no')
        p.q ["get"] None awaited=false q.get(f'no')
        a.b ["f"] None awaited=false a.b.f(g())
        m ["h"] None awaited=false n.h()
    "#]]
    .assert_eq(&said);
}
