use super::facts_of;
use expect_test::{Expect, expect};

/// One line an import: what it says, what it binds, where it may lead, what comes along.
fn check(path: &str, text: &str, expected: &Expect) {
    let imports = facts_of(path, text).imports;
    let lines = imports.iter().map(|import| {
        let bindings = import.bindings.iter().map(|it| {
            assert!(it.at.of(text) == it.local || it.local.contains('.'), "{}", it.local);
            format!(" {}={:?}", it.local, it.imported).replace('"', "")
        });
        let along: Vec<_> = import.companions.iter().map(|path| format!(" + {path}")).collect();
        let leads_to = import.candidates.join(", ");
        let arrow = if import.followed { ":" } else { " not followed:" };
        format!("{}{}{arrow} {leads_to}{}", import.specifier, bindings.collect::<String>(), along.concat())
    });
    expected.assert_eq(&lines.collect::<Vec<_>>().join("\n"));
}

#[test]
fn modules_are_looked_for_from_the_root() {
    check(
        "app/api/main.py",
        "import a.b\nimport a.b as c\nimport os, json as j\n",
        &expect![[r#"
            a.b a.b=Module: a/b.py + app/api/__init__.py
            a.b a.b=Module not followed: a/b/__init__.py
            a.b c=Module: a/b.py
            a.b c=Module not followed: a/b/__init__.py
            os os=Module: os.py
            os os=Module not followed: os/__init__.py
            json j=Module: json.py
            json j=Module not followed: json/__init__.py"#]],
    );
}

#[test]
fn names_may_be_modules_of_a_package() {
    check(
        "main.py",
        "from a.b import x, y as z\nfrom app.model import *\nfrom p import (\n    q,  # why\n)\n",
        &expect![[r#"
            a.b x=Name(x) z=Name(y): a/b.py + __init__.py
            a.b x=Name(x) z=Name(y) not followed: a/b/__init__.py
            a.b.x x=Module not followed: a/b/x.py, a/b/x/__init__.py
            a.b.y z=Module not followed: a/b/y.py, a/b/y/__init__.py
            app.model: app/model.py
            app.model not followed: app/model/__init__.py
            p q=Name(q): p.py
            p q=Name(q) not followed: p/__init__.py
            p.q q=Module not followed: p/q.py, p/q/__init__.py"#]],
    );
}

#[test]
fn dots_go_up_from_the_importing_file() {
    check(
        "app/api/main.py",
        "from . import c\nfrom .d.e import f\nfrom .. import g\nfrom ..h import i\nfrom ... import j\n",
        &expect![[r#"
            . c=Name(c): app/api/__init__.py + app/api/__init__.py
            .c c=Module not followed: app/api/c.py, app/api/c/__init__.py
            .d.e f=Name(f): app/api/d/e.py
            .d.e f=Name(f) not followed: app/api/d/e/__init__.py
            .d.e.f f=Module not followed: app/api/d/e/f.py, app/api/d/e/f/__init__.py
            .. g=Name(g): app/__init__.py
            ..g g=Module not followed: app/g.py, app/g/__init__.py
            ..h i=Name(i): app/h.py
            ..h i=Name(i) not followed: app/h/__init__.py
            ..h.i i=Module not followed: app/h/i.py, app/h/i/__init__.py
            ... j=Name(j): __init__.py
            ...j j=Module not followed: j.py, j/__init__.py"#]],
    );
}

#[test]
fn nothing_above_the_root_is_imported() {
    check(
        "main.py",
        "from . import a\nfrom .. import b\nfrom ..c import d\n",
        &expect![[r#"
            . a=Name(a): __init__.py + __init__.py
            .a a=Module not followed: a.py, a/__init__.py
            .. b=Name(b): 
            ..c d=Name(d): "#]],
    );
}

#[test]
fn a_package_comes_with_its_modules() {
    // Even when they import nothing; but no package imports itself.
    check("app/model.py", "x = 1\n", &expect![".: app/__init__.py"]);
    check(
        "app/__init__.py",
        "import os\n",
        &expect![[r#"
        os os=Module: os.py
        os os=Module not followed: os/__init__.py"#]],
    );
    check(
        "main.py",
        "import os\n",
        &expect![[r#"
        os os=Module: os.py + __init__.py
        os os=Module not followed: os/__init__.py"#]],
    );
    check(
        "app/main.py",
        "from app.model import get_user\n",
        &expect![[r#"
            app.model get_user=Name(get_user): app/model.py + app/__init__.py
            app.model get_user=Name(get_user) not followed: app/model/__init__.py
            app.model.get_user get_user=Module not followed: app/model/get_user.py, app/model/get_user/__init__.py"#]],
    );
}

#[test]
fn imports_count_wherever_they_stand() {
    check(
        "main.py",
        "def f():\n    import a\ntry:\n    from b import c\nexcept ImportError:\n    c = None\nfrom __future__ import annotations\n",
        &expect![[r#"
            a a=Module: a.py + __init__.py
            a a=Module not followed: a/__init__.py
            b c=Name(c): b.py
            b c=Name(c) not followed: b/__init__.py
            b.c c=Module not followed: b/c.py, b/c/__init__.py"#]],
    );
}

#[test]
fn names_too_long_for_a_file_lead_nowhere() {
    let long = vec!["a"; 1000].join(".");
    let imports = facts_of("main.py", &format!("import {long}\nfrom {long} import x\n")).imports;
    assert!(imports.iter().all(|import| import.candidates.is_empty()));
}
