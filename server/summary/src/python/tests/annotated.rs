//! The tables of the reference, 5.5 and 5.8, and its test vectors.

use super::summary;
use crate::{Declares, StoreKind};
use expect_test::{Expect, expect};
use klotho_annotation::finding::Code;
use std::fmt::Write;

/// Declarations, routes and findings of a text.
fn said(text: &str) -> String {
    let facts = summary(text).facts;
    let mut said = String::new();
    for declaration in &facts.declarations {
        let symbol = declaration.symbol.as_deref().unwrap_or("-");
        let _ = match &declaration.declares {
            Declares::Gateway { prefix, .. } => writeln!(said, "gateway {symbol} {prefix:?}"),
            Declares::Store { kind, secrets, variables } => {
                let secrets: Vec<_> = secrets.iter().map(|secret| &secret.path).collect();
                let variables: Vec<_> = variables.iter().map(|variable| &variable.name).collect();
                writeln!(said, "{kind:?} {symbol} {secrets:?} {variables:?}")
            }
        };
    }
    for route in &facts.routes {
        let _ = writeln!(said, "{} {} on {}", route.verb, route.path, route.on);
    }
    for finding in &facts.findings {
        let at = &text[finding.at.range()];
        let _ = writeln!(said, "{} {} {at:?} {:?}", finding.code.name(), finding.variant, finding.parameters);
    }
    said
}

fn check(text: &str, expected: &Expect) {
    expected.assert_eq(&said(text));
}

fn exposed(code: &str) -> String {
    format!("# @klotho::expose {{\n#   id = \"api\"\n#   target = \"public\"\n# }}\n{code}\n")
}

/// The kinds and symbols of what `statement` is below `persist`; `?` when it is nothing.
fn stored(imports: &str, statement: &str) -> String {
    let facts = summary(&format!("{imports}\n\n# @klotho::persist {{ id = \"s\" }}\n{statement}\n")).facts;
    let Some(declaration) = facts.declarations.first() else {
        assert!(facts.findings.iter().any(|finding| finding.code == Code::NoResource));
        return "?".to_owned();
    };
    let symbol = declaration.symbol.as_deref().unwrap_or("-");
    let Declares::Store { kind, .. } = declaration.declares else { return "gateway".to_owned() };
    format!("{kind:?} {symbol}")
}

#[test]
fn fastapi_app_and_routes() {
    check(
        &exposed(
            "app: FastAPI = FastAPI(title=x, root_path=\"v1/\")\n\n@app.get(\"/\")\ndef a(): ...\n@app.POST(path='pets/{id}/')\n\
             def b(): ...\n@app.head(\"\"\"/f/{rest:path}\"\"\")\n@cached\n@app.any(\"/n/{n:int}//x\")\nasync def c(): ...\n\
             @router.put(\"/r\")\ndef d(): ...\n@app.api_route(\"/x\")\ndef e(): ...\n@app.websocket(\"/w\")\ndef f(): ...\n\
             def g():\n    @app.options('/in')\n    def h(): ...\n@app.get(PATH)\ndef i(): ...\n",
        ),
        &expect![[r#"
            gateway app "/v1"
            GET / on app
            POST /pets/:id on app
            HEAD /f/:rest* on app
            ANY /n/:n/x on app
            PUT /r on router
            OPTIONS /in on app
        "#]],
    );
}

#[test]
fn root_path_must_be_the_first_string_keyword() {
    check(
        &exposed("app = FastAPI(title=\"t\", root_path=\"/v1\")"),
        &expect![[r#"
        gateway app ""
    "#]],
    );
    check(
        &exposed("app = FastAPI(debug=True, root_path=\"/\")"),
        &expect![[r#"
        gateway app ""
    "#]],
    );
}

#[test]
fn prefixed_routes_are_refused() {
    check(
        &exposed(
            "app = FastAPI()\n@app.get(f\"/{x}\")\ndef a(): ...\n@app.put(path=r'/')\ndef b(): ...\n@mock.patch(f\"x\")\ndef c(): ...\n",
        ),
        &expect![[r#"
            gateway app ""
            literal-required route "f\"/{x}\"" []
            literal-required route "r'/'" []
        "#]],
    );
}

#[test]
fn other_apps_are_not_found() {
    check(
        &exposed("app = fastapi.FastAPI()"),
        &expect![[r#"
        no-resource no-app "expose" [("framework", "FastAPI")]
    "#]],
    );
    check(
        &exposed("self.app = FastAPI()"),
        &expect![[r#"
        no-resource no-app "expose" [("framework", "FastAPI")]
    "#]],
    );
    check(
        "x = 1\n# @klotho::expose { id = \"a\" }\n",
        &expect![[r#"
        target-not-public missing "expose" []
        no-resource no-app "expose" [("framework", "FastAPI")]
    "#]],
    );
}

#[test]
fn target_must_be_public() {
    check(
        "# @klotho::expose { id = \"a\" }\napp = FastAPI()\n",
        &expect![[r#"
        gateway app ""
        target-not-public missing "expose" []
    "#]],
    );
    check(
        "# @klotho::expose {\n#   target = \"private\"\n# }\napp = FastAPI()\n",
        &expect![[r#"
        gateway app ""
        target-not-public other "\"private\"" [("value", "\"private\"")]
    "#]],
    );
    check(
        "# @klotho::expose {\n#   target = true\n# }\napp = FastAPI()\n",
        &expect![[r#"
        gateway app ""
        target-not-public other "true" [("value", "true")]
    "#]],
    );
}

// A table of the reference, row by row.
#[allow(clippy::too_many_lines)]
#[test]
fn stores_by_import_and_statement() {
    let rows = [
        ("from aiocache import Cache", "x = Cache(Cache.MEMORY)"),
        ("from aiocache import Cache as C", "x = C()"),
        ("from aiocache import Cache", "x = foo()"),
        ("import aiocache", "x = aiocache.Cache()"),
        ("import aiocache", "x = aiocache.anything()"),
        ("import aiocache", "x = foo()"),
        ("import aiocache as a", "x = a.Cache()"),
        ("", "x = Cache()"),
        ("from aiocache import Cache", "self.x = Cache()"),
        ("from aiocache import Cache", "a = b = Cache()"),
        ("from aiocache import Cache", "def f():\n    q = foo()\n    c = Cache()"),
        ("", "import aiofiles"),
        ("", "import aiofiles as a"),
        ("", "from aiofiles import open"),
        ("", "import aiofiles, os"),
        ("import aiofiles", "import os"),
        ("from sqlalchemy import create_engine", "x = create_engine(\"u\")"),
        ("from sqlalchemy import create_engine as e", "x = e(u)"),
        ("from sqlalchemy import create_engine", "x = create_engine()"),
        ("import sqlalchemy", "x = sqlalchemy.create_engine(u)"),
        ("import sqlalchemy as s", "x = s.anything(u)"),
        ("import sqlalchemy as s", "x = foo(u)"),
        ("import sqlalchemy", "x = foo()"),
        ("import redis", "x = redis.Redis()"),
        ("import redis as r", "x = r.from_url(u)"),
        ("import redis", "x = foo()"),
        ("from redis import Redis as R", "x = R()"),
        ("import redis", "x = redis.RedisCluster()"),
        ("import redis", "x = redis.cluster.RedisCluster()"),
        ("from redis import cluster as c", "x = c.RedisCluster()"),
        ("from redis.cluster import RedisCluster as C", "x = C()"),
        ("from redis import RedisCluster", "x = RedisCluster()"),
        ("import redis.asyncio", "x = redis.asyncio.Redis()"),
    ];
    let mut table = String::new();
    for (imports, statement) in rows {
        let _ = writeln!(table, "{imports} | {statement} | {}", stored(imports, statement));
    }
    expect![[r#"
        from aiocache import Cache | x = Cache(Cache.MEMORY) | Kv x
        from aiocache import Cache as C | x = C() | ?
        from aiocache import Cache | x = foo() | ?
        import aiocache | x = aiocache.Cache() | Kv x
        import aiocache | x = aiocache.anything() | Kv x
        import aiocache | x = foo() | Kv x
        import aiocache as a | x = a.Cache() | ?
         | x = Cache() | ?
        from aiocache import Cache | self.x = Cache() | ?
        from aiocache import Cache | a = b = Cache() | ?
        from aiocache import Cache | def f():
            q = foo()
            c = Cache() | ?
         | import aiofiles | Fs aiofiles
         | import aiofiles as a | Fs a
         | from aiofiles import open | ?
         | import aiofiles, os | ?
        import aiofiles | import os | ?
        from sqlalchemy import create_engine | x = create_engine("u") | Orm x
        from sqlalchemy import create_engine as e | x = e(u) | Orm x
        from sqlalchemy import create_engine | x = create_engine() | ?
        import sqlalchemy | x = sqlalchemy.create_engine(u) | Orm x
        import sqlalchemy as s | x = s.anything(u) | Orm x
        import sqlalchemy as s | x = foo(u) | Orm x
        import sqlalchemy | x = foo() | ?
        import redis | x = redis.Redis() | RedisNode x
        import redis as r | x = r.from_url(u) | RedisNode x
        import redis | x = foo() | RedisNode x
        from redis import Redis as R | x = R() | RedisNode x
        import redis | x = redis.RedisCluster() | RedisCluster x
        import redis | x = redis.cluster.RedisCluster() | RedisCluster x
        from redis import cluster as c | x = c.RedisCluster() | RedisCluster x
        from redis.cluster import RedisCluster as C | x = C() | RedisCluster x
        from redis import RedisCluster | x = RedisCluster() | ?
        import redis.asyncio | x = redis.asyncio.Redis() | ?
    "#]]
    .assert_eq(&table);
}

#[test]
fn vectors_of_the_reference() {
    let persist = "# @klotho::persist { id = \"s\" }";
    let cache = "from aiocache import Cache\ndef f():\n";
    let first_in_body = format!("{cache}    {persist}\n    c = Cache()\n");
    let two_caches = format!("{cache}    {persist}\n    c = Cache()\n    d = Cache()\n");
    let not_first = format!("{cache}    q = 1\n    {persist}\n    c = Cache()\n    d = Cache()\n");
    let after_last = format!("{cache}    c = Cache()\n    {persist}\n");
    let table = [first_in_body, two_caches, not_first, after_last].map(|text| said(&text)).join("--\n");
    expect![[r#"
        Kv c [] []
        --
        no-resource no-store "persist" []
        --
        Kv c [] []
        --
        no-resource no-store "persist" []
    "#]]
    .assert_eq(&table);
}

#[test]
fn secrets_are_read_and_nothing_else() {
    check(
        "# @klotho::persist {\n#   id = \"s\"\n#   secret = true\n# }\nimport aiofiles as fs\n\nasync def a():\n\
         \x20   async with fs.open(\"one\") as f:\n        x = await f.read()\n\
         \x20   async with fs.open('two', mode='r') as f, fs.open(\"three\") as g:\n        await g.read()\n\
         \x20   async with fs.open(\"four\") as f:\n        return await f.read()\n\
         \x20   async with fs.open(name) as f:\n        await f.read()\n\
         \x20   async with fs.open(\"five\", \"w\") as f:\n        await f.write(\"x\")\n\
         \x20   with fs.open(\"six\") as f:\n        await f.read()\n",
        &expect![[r#"
            Secret fs ["one", "three"] []
            literal-required secret "name" []
            secret-access  "f.write(\"x\")" [("method", "write")]
        "#]],
    );
}

#[test]
fn a_secret_that_is_no_boolean_is_ignored() {
    check(
        "# @klotho::persist {\n#   id = \"s\"\n#   secret = \"true\"\n# }\nimport aiofiles\n",
        &expect![[r#"
        Fs aiofiles [] []
    "#]],
    );
}

#[test]
fn variables_declare_a_store_too() {
    let variables = |property: &str| {
        format!(
            "import redis\n# @klotho::persist {{\n#   id = \"s\"\n#   [environment_variables]\n#   HOST = \"{property}\"\n# }}\n"
        )
    };
    check(
        &format!("{}x = redis.Redis()\n", variables("redis_node.host")),
        &expect![[r#"
        RedisNode x [] ["HOST"]
    "#]],
    );
    check(
        &format!("{}x = redis.Redis()\n", variables("orm.connection_string")),
        &expect![[r#"
        RedisNode x [] []
        Orm - [] ["HOST"]
    "#]],
    );
    check(
        &format!("{}x = 1\n", variables("redis_node.port")),
        &expect![[r#"
        RedisNode - [] ["HOST"]
    "#]],
    );
    check(
        &format!("{}x = 1\n", variables("redis.host")),
        &expect![[r#"
        environment-invalid kind "\"redis.host\"" [("name", "HOST"), ("kind", "redis")]
    "#]],
    );
}

#[test]
fn a_store_needs_an_id() {
    check(
        "from aiocache import Cache\n# @klotho::persist\nx = Cache()\n",
        &expect![[r#"
        Kv x [] []
        id-required  "persist" [("capability", "persist")]
    "#]],
    );
}

#[test]
fn an_unknown_store_is_reported_once() {
    assert_eq!(stored("", "x = 1"), "?");
    assert_eq!(stored("import redis", "x = redis.Redis()"), format!("{:?} x", StoreKind::RedisNode));
}
