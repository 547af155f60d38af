use super::{facts_of, said};
use expect_test::{Expect, expect};

fn check(code: &str, expected: &Expect) {
    let annotated = "# @klotho::persist {\n#   id = \"s\"\n#   secret = true\n# }\nimport aiofiles as fs\n";
    expected.assert_eq(&said(&format!("{annotated}{code}")));
}

#[test]
fn files_that_are_read_are_secrets() {
    check("", &expect!["Secret fs"]);
    check(
        "async def f():\n    async with fs.open('a.key', mode='r') as f:\n        x = await f.read()\n    \
         async with fs.open(\"b.key\") as f, fs.open('''c.key''') as g:\n        await f.read()\n        y: str = await g.read()\n    \
         with fs.open('d.key') as f:\n        await f.read()\n    async with fs.open('a.key') as f:\n        await f.read()\n",
        &expect!["Secret fs reads a.key reads b.key reads c.key reads d.key"],
    );
}

#[test]
fn other_shapes_are_not_seen() {
    check(
        "async def f():\n    async with fs.open('a') as f:\n        return await f.read()\n    async with fs.open('b') as f:\n        \
         if x:\n            y = await f.read()\n    async with fs.open('c') as f:\n        y = (await f.read()).strip()\n        \
         f.read()\n        await g.read()\n    async with fs.open('d'):\n        await f.read()\n    async with other.open('e') as f:\n        \
         await f.write(1)\n    async with fs.wrap('f') as f:\n        await f.read()\n    x = fs.open('g')\n    await x.read()\n",
        &expect![[r#"
            Secret fs
            ! secret-unread open at `fs.open('a')`
            ! secret-unread open at `fs.open('b')`
            ! secret-unread open at `fs.open('c')`
            ! secret-unread open at `fs.open('d')`
            ! secret-unread open at `fs.open('g')`"#]],
    );
}

#[test]
fn secrets_are_only_read() {
    check(
        "async def f():\n    async with fs.open('a', 'w') as f:\n        await f.write(x)\n        n = await f.tell()\n        y = await f.read()\n",
        &expect![[r#"
            Secret fs reads a
            ! secret-access at `f.write(x)` method=write
            ! secret-access at `f.tell()` method=tell"#]],
    );
}

#[test]
fn paths_are_plain_strings() {
    check(
        "async def f():\n    async with fs.open(f'{a}') as f:\n        x = await f.read()\n        y = await f.read()\n    \
         async with fs.open(path) as f:\n        x = await f.read()\n    async with fs.open(mode='r', file='c') as f:\n        await f.read()\n",
        &expect![[r#"
            Secret fs
            ! literal-required secret at `f'{a}'`
            ! literal-required secret at `path`
            ! literal-required secret at `mode='r'`"#]],
    );
}

#[test]
fn only_the_boolean_makes_secrets() {
    let said = |directive: &str, code: &str| {
        said(&format!(
            "from aiocache import Cache\n# @klotho::persist {{\n#   id = \"s\"\n#   {directive}\n# }}\n{code}\n"
        ))
    };
    expect![[r#"
        Fs aiofiles
        ! body-quirk kind at `"true"` key=secret wanted=`true` or `false` given=a string way= Write `true`. instead=true"#]].assert_eq(&said("secret = \"true\"", "import aiofiles"));
    expect!["Fs aiofiles"].assert_eq(&said("secret = false", "import aiofiles"));
    expect!["Kv x"].assert_eq(&said("secret = true", "x = Cache()"));
}

#[test]
fn what_is_wrong_is_said_once() {
    let annotation =
        |id| format!("# @klotho::persist {{\n#   id = \"{id}\"\n#   secret = true\n# }}\nimport aiofiles\n");
    let code = "async def f():\n    async with aiofiles.open('a') as f:\n        await f.write(x)\n";
    let facts = facts_of("main.py", &[annotation("a"), annotation("b"), code.to_owned()].concat());
    assert_eq!((facts.declarations.len(), facts.findings.len()), (2, 1));
}
