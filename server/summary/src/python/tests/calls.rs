use super::facts_of;
use expect_test::{Expect, expect};

/// One line an imported call.
fn check(text: &str, expected: &Expect) {
    let facts = facts_of("main.py", text);
    let lines = facts.imported_calls.iter().map(|call| {
        let import = &facts.imports[call.import].specifier;
        let awaited = if call.awaited { "await " } else { "" };
        let literal = call.literal.as_ref().map_or_else(String::new, |literal| format!(" {literal:?}"));
        format!("{awaited}{}: {} of {import}{literal}", call.at.of(text), call.path.join("."))
    });
    expected.assert_eq(&lines.collect::<Vec<_>>().join("\n"));
}

#[test]
fn calls_lead_to_the_module_that_defines_them() {
    check(
        "from users import find, m as n\nimport a.b\nimport c as d\nawait find('x', 1)\nn.get()\na.b.f(f\"{x}\")\nd.e.g()\n\
         print(find(2))\n",
        &expect![[r#"
            await find('x', 1): find of users "x"
            await find('x', 1): find of users "x"
            n.get(): m.get of users
            n.get(): m.get of users
            n.get(): get of users.m
            a.b.f(f"{x}"): f of a.b
            a.b.f(f"{x}"): f of a.b
            d.e.g(): e.g of c
            d.e.g(): e.g of c
            find(2): find of users
            find(2): find of users"#]],
    );
}

#[test]
fn other_calls_lead_nowhere() {
    check(
        "import a.b\nimport c\nfrom ... import d\na.f()\nc()\nd()\nlocal()\nx.c.f()\nc.d[0]()\nc.d().e()\n",
        &expect![[r#"
            c.d(): d of c
            c.d(): d of c"#]],
    );
}

#[test]
fn awaiting_is_seen_only_at_once() {
    check(
        "from a import f\nawait f()\nawait (f())\nx = f()\n",
        &expect![[r#"
            await f(): f of a
            await f(): f of a
            f(): f of a
            f(): f of a
            f(): f of a
            f(): f of a"#]],
    );
}
