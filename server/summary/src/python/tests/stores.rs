//! Each row of the reference, 5.8, and its test vectors.

use super::said;
use expect_test::{Expect, expect};

/// The stores that the language has are named.
const NOTHING: &str = "! no-resource no-store at `persist` stores=aiocache, aiofiles, SQLAlchemy, redis-py";

const PERSIST: &str = "# @klotho::persist { id = \"s\" }\n";

/// What `statement` is below `persist` in a file with `imports`: one line for each case.
fn check(cases: &[(&str, &str)], expected: &Expect) {
    let lines = cases.iter().map(|(imports, statement)| {
        let said = said(&format!("{imports}\n\n{PERSIST}{statement}\n"));
        let said = said.replace(NOTHING, "nothing");
        format!("{imports}; {statement}: {said}").replace('\n', "↵")
    });
    expected.assert_eq(&lines.collect::<Vec<_>>().join("\n"));
}

#[test]
fn key_value() {
    let name = "from aiocache import Cache";
    let module = "import aiocache";
    check(
        &[
            (name, "x = Cache()"),
            (name, "x: Cache = Cache(Cache.MEMORY)"),
            (name, "x = other.Cache()"),
            (name, "x = foo()"),
            ("from aiocache import Cache as C", "x = C()"),
            ("from aiocache import caches", "x = Cache()"),
            (module, "x = aiocache.Cache()"),
            (module, "x = aiocache.anything()"),
            (module, "x = foo()"),
            (module, "x = other.Cache()"),
            ("import aiocache as a", "x = a.Cache()"),
            ("import aiocache as a", "x = aiocache.Cache()"),
            ("import aiocache.base", "x = Cache()"),
            ("from .aiocache import Cache", "x = Cache()"),
            ("", "x = Cache()"),
            (name, "self.x = Cache()"),
            (name, "x = y = Cache()"),
            (name, "x = [Cache()]"),
            (name, "x = await Cache()"),
            (name, "Cache()"),
            (name, "class A:\n    x = Cache()"),
        ],
        &expect![[r#"
            from aiocache import Cache; x = Cache(): Kv x
            from aiocache import Cache; x: Cache = Cache(Cache.MEMORY): Kv x
            from aiocache import Cache; x = other.Cache(): Kv x
            from aiocache import Cache; x = foo(): nothing
            from aiocache import Cache as C; x = C(): nothing
            from aiocache import caches; x = Cache(): nothing
            import aiocache; x = aiocache.Cache(): Kv x
            import aiocache; x = aiocache.anything(): Kv x
            import aiocache; x = foo(): Kv x↵! loose-match call at `foo()` function=foo module=aiocache
            import aiocache; x = other.Cache(): nothing
            import aiocache as a; x = a.Cache(): nothing
            import aiocache as a; x = aiocache.Cache(): Kv x
            import aiocache.base; x = Cache(): nothing
            from .aiocache import Cache; x = Cache(): nothing
            ; x = Cache(): nothing
            from aiocache import Cache; self.x = Cache(): nothing
            from aiocache import Cache; x = y = Cache(): nothing
            from aiocache import Cache; x = [Cache()]: nothing
            from aiocache import Cache; x = await Cache(): nothing
            from aiocache import Cache; Cache(): nothing
            from aiocache import Cache; class A:↵    x = Cache(): Kv x↵! loose-match inside at `persist` statement=x = Cache() line=5"#]],
    );
}

#[test]
fn files() {
    check(
        &[
            ("", "import aiofiles"),
            ("", "import aiofiles as fs"),
            ("", "from aiofiles import open"),
            ("", "import aiofiles, os"),
            ("", "import os"),
            ("import aiofiles", "import os"),
            ("import aiofiles", "from aiofiles import os"),
            ("from aiofiles import os", "import aiofiles as fs"),
            ("", "import aiofiles as fs\nfrom aiofiles import os"),
            ("", "try:\n    import aiofiles\nexcept ImportError:\n    pass"),
        ],
        &expect![[r#"
            ; import aiofiles: Fs aiofiles
            ; import aiofiles as fs: Fs fs
            ; from aiofiles import open: nothing
            ; import aiofiles, os: nothing
            ; import os: nothing
            import aiofiles; import os: nothing
            import aiofiles; from aiofiles import os: Fs aiofiles
            from aiofiles import os; import aiofiles as fs: Fs fs
            ; import aiofiles as fs↵from aiofiles import os: nothing
            ; try:↵    import aiofiles↵except ImportError:↵    pass: Fs aiofiles↵! loose-match inside at `persist` statement=import aiofiles line=5"#]],
    );
}

#[test]
fn databases() {
    let name = "from sqlalchemy import create_engine";
    let module = "import sqlalchemy";
    check(
        &[
            (name, "x = create_engine(\"sqlite://\", echo=True)"),
            (name, "x = create_engine()"),
            (name, "x = other.create_engine(u)"),
            (name, "x = foo(u)"),
            ("from sqlalchemy import create_engine as e", "x = e(u)"),
            ("from sqlalchemy import create_engine as e", "x = create_engine(u)"),
            ("from sqlalchemy import select", "x = create_engine(u)"),
            (module, "x = sqlalchemy.anything(u)"),
            (module, "x = sqlalchemy.ext.asyncio.create_async_engine(u)"),
            (module, "x = foo(u)"),
            (module, "x = foo()"),
            ("import sqlalchemy as s", "x = s.create_engine(u)"),
            ("import sqlalchemy as s", "x = sqlalchemy.create_engine(u)"),
            ("import sqlalchemy as s\nfrom sqlalchemy import select", "x = s.create_engine(u)"),
            ("from sqlalchemy.ext.asyncio import create_async_engine", "x = create_async_engine(u)"),
        ],
        &expect![[r#"
            from sqlalchemy import create_engine; x = create_engine("sqlite://", echo=True): Orm x
            from sqlalchemy import create_engine; x = create_engine(): nothing
            from sqlalchemy import create_engine; x = other.create_engine(u): Orm x
            from sqlalchemy import create_engine; x = foo(u): nothing
            from sqlalchemy import create_engine as e; x = e(u): Orm x
            from sqlalchemy import create_engine as e; x = create_engine(u): nothing
            from sqlalchemy import select; x = create_engine(u): nothing
            import sqlalchemy; x = sqlalchemy.anything(u): Orm x
            import sqlalchemy; x = sqlalchemy.ext.asyncio.create_async_engine(u): nothing
            import sqlalchemy; x = foo(u): Orm x↵! loose-match call at `foo(u)` function=foo module=sqlalchemy
            import sqlalchemy; x = foo(): nothing
            import sqlalchemy as s; x = s.create_engine(u): Orm x
            import sqlalchemy as s; x = sqlalchemy.create_engine(u): nothing
            import sqlalchemy as s↵from sqlalchemy import select; x = s.create_engine(u): nothing
            from sqlalchemy.ext.asyncio import create_async_engine; x = create_async_engine(u): nothing"#]],
    );
}

#[test]
fn redis() {
    let (module, name) = ("import redis", "from redis import Redis");
    check(
        &[
            (module, "x = redis.Redis(host='localhost')"),
            (module, "x = redis.from_url(u)"),
            (module, "x = redis.StrictRedis()"),
            (module, "x = redis.RedisCluster()"),
            (module, "x = redis.cluster.RedisCluster()"),
            (module, "x = redis.asyncio.Redis()"),
            (module, "x = foo()"),
            (module, "x = other.Redis()"),
            ("import redis as r", "x = r.Redis()"),
            ("import redis as r", "x = redis.Redis()"),
            (name, "x = Redis()"),
            (name, "x = foo()"),
            ("from redis import Redis as R", "x = R()"),
            ("from redis import Redis as R", "x = Redis()"),
            ("from redis import cluster", "x = cluster.RedisCluster()"),
            ("from redis import cluster as c", "x = c.RedisCluster()"),
            ("from redis import cluster", "x = RedisCluster()"),
            ("from redis.cluster import RedisCluster", "x = RedisCluster()"),
            ("from redis.cluster import RedisCluster as C", "x = C()"),
            ("from redis import RedisCluster", "x = RedisCluster()"),
            ("from redis.asyncio import Redis", "x = Redis()"),
            ("import redis.asyncio", "x = redis.asyncio.Redis()"),
            ("import redis.cluster", "x = redis.cluster.RedisCluster()"),
        ],
        &expect![[r#"
            import redis; x = redis.Redis(host='localhost'): RedisNode x
            import redis; x = redis.from_url(u): RedisNode x
            import redis; x = redis.StrictRedis(): RedisNode x
            import redis; x = redis.RedisCluster(): RedisCluster x
            import redis; x = redis.cluster.RedisCluster(): RedisCluster x
            import redis; x = redis.asyncio.Redis(): nothing
            import redis; x = foo(): RedisNode x↵! loose-match call at `foo()` function=foo module=redis
            import redis; x = other.Redis(): nothing
            import redis as r; x = r.Redis(): RedisNode x
            import redis as r; x = redis.Redis(): nothing
            from redis import Redis; x = Redis(): RedisNode x
            from redis import Redis; x = foo(): nothing
            from redis import Redis as R; x = R(): RedisNode x
            from redis import Redis as R; x = Redis(): nothing
            from redis import cluster; x = cluster.RedisCluster(): RedisCluster x
            from redis import cluster as c; x = c.RedisCluster(): RedisCluster x
            from redis import cluster; x = RedisCluster(): nothing
            from redis.cluster import RedisCluster; x = RedisCluster(): RedisCluster x
            from redis.cluster import RedisCluster as C; x = C(): RedisCluster x
            from redis import RedisCluster; x = RedisCluster(): nothing
            from redis.asyncio import Redis; x = Redis(): nothing
            import redis.asyncio; x = redis.asyncio.Redis(): nothing
            import redis.cluster; x = redis.cluster.RedisCluster(): nothing"#]],
    );
}

#[test]
fn the_first_kind_that_fits_wins() {
    check(
        &[
            ("import aiocache, redis, sqlalchemy", "x = foo(u)"),
            ("import redis, sqlalchemy", "x = foo(u)"),
            ("import redis, sqlalchemy", "x = foo()"),
            ("import aiocache", "def f():\n    import aiofiles\n    x = foo()"),
        ],
        &expect![[r#"
            import aiocache, redis, sqlalchemy; x = foo(u): Kv x↵! loose-match call at `foo(u)` function=foo module=aiocache
            import redis, sqlalchemy; x = foo(u): Orm x↵! loose-match call at `foo(u)` function=foo module=sqlalchemy
            import redis, sqlalchemy; x = foo(): RedisNode x↵! loose-match call at `foo()` function=foo module=redis
            import aiocache; def f():↵    import aiofiles↵    x = foo(): Kv x↵! loose-match inside at `persist` statement=x = foo() line=6↵! loose-match call at `foo()` function=foo module=aiocache"#]],
    );
}

#[test]
fn several_candidates_are_none() {
    let cache = "from aiocache import Cache";
    check(
        &[
            (cache, "def f():\n    c = Cache()\n    q = foo()"),
            (cache, "def f():\n    q = foo()\n    c = Cache()"),
            (cache, "def f():\n    q = 1\n    a.b = foo()\n    foo()\n    c = Cache()"),
            (cache, "c = Cache(); d = foo()"),
            ("from sqlalchemy import create_engine", "def f():\n    q = foo()\n    e = create_engine(u)"),
        ],
        &expect![[r#"
            from aiocache import Cache; def f():↵    c = Cache()↵    q = foo(): nothing
            from aiocache import Cache; def f():↵    q = foo()↵    c = Cache(): nothing
            from aiocache import Cache; def f():↵    q = 1↵    a.b = foo()↵    foo()↵    c = Cache(): Kv c↵! loose-match inside at `persist` statement=c = Cache() line=8
            from aiocache import Cache; c = Cache(); d = foo(): Kv c
            from sqlalchemy import create_engine; def f():↵    q = foo()↵    e = create_engine(u): Orm e↵! loose-match inside at `persist` statement=e = create_engine(u) line=6"#]],
    );
}

#[test]
fn vectors_about_comments() {
    // 31: one `#` is stripped of a line, so that the second one starts a comment of TOML.
    expect!["Kv m\n! id-required at `persist` capability=persist"].assert_eq(&said(
        "from aiocache import Cache\n## @klotho::persist {\n## id = \"x\"\n## }\nm = Cache()\n",
    ));
    // 32: a docstring is no comment.
    expect!["! mark-misspelt docstring at `@klotho::persist` written=@klotho::persist"]
        .assert_eq(&said("def f():\n    \"\"\"\n    @klotho::persist { id = \"x\" }\n    \"\"\"\n"));
    // 33: indentation does not keep comments apart.
    expect!["Kv m"].assert_eq(&said(
        "from aiocache import Cache\ndef f():\n    q = 1\n    # @klotho::persist {\n      # id = \"x\"\n    # }\n    m = Cache()\n",
    ));
    // 34: a decorated function is annotated as a whole.
    expect![[r#"
        Kv m
        ! loose-match inside at `persist` statement=m = Cache() line=5"#]]
    .assert_eq(&said(&format!("from aiocache import Cache\n{PERSIST}@cached\ndef f():\n    m = Cache()\n")));
}

#[test]
fn vectors_about_statements() {
    let body = |code: &str| said(&format!("from aiocache import Cache\ndef f():\n{code}"));
    let annotation = format!("    {PERSIST}");
    // 39: first in a body, the annotation is about all of it.
    expect![[r#"
        Kv c
        ! loose-match block at `persist` statement=c = Cache() line=4"#]]
    .assert_eq(&body(&format!("{annotation}    c = Cache()\n    return c\n")));
    // 40
    expect!["! no-resource several at `persist`"]
        .assert_eq(&body(&format!("{annotation}    c = Cache()\n    d = Cache()\n")));
    // 41
    expect!["Kv c"].assert_eq(&body(&format!("    q = 1\n{annotation}    c = Cache()\n    d = Cache()\n")));
    // 42
    expect!["! no-resource no-store at `persist` stores=aiocache, aiofiles, SQLAlchemy, redis-py"]
        .assert_eq(&body(&format!("    c = Cache()\n{annotation}")));
    // 43
    check(
        &[("from aiocache import Cache", "a = b = Cache()")],
        &expect!["from aiocache import Cache; a = b = Cache(): nothing"],
    );
}

#[test]
fn variables_declare_stores() {
    let with = |property: &str, code: &str| {
        said(&format!(
            "import redis\n# @klotho::persist {{\n#   id = \"s\"\n#   [environment_variables]\n#   HOST = \"{property}\"\n# }}\n{code}\n"
        ))
    };
    expect!["RedisNode x HOST=host"].assert_eq(&with("redis_node.host", "x = redis.Redis()"));
    expect!["RedisNode x\nOrm - HOST=connection_string"]
        .assert_eq(&with("orm.connection_string", "x = redis.Redis()"));
    expect!["RedisNode - HOST=port"].assert_eq(&with("redis_node.port", "x = 1"));
    expect!["! environment-invalid kind at `\"redis.host\"` name=HOST kind=redis"]
        .assert_eq(&with("redis.host", "x = 1"));
    expect!["RedisNode x\n! environment-invalid kind at `\"redis.host\"` name=HOST kind=redis"]
        .assert_eq(&with("redis.host", "x = redis.Redis()"));
    // An empty table is silent, as for the compiler; what is no table does not count.
    expect![""]
        .assert_eq(&said("# @klotho::persist {\n#   id = \"s\"\n#   [environment_variables]\n# }\nx = 1\n"));
    expect!["! body-quirk kind at `1` key=environment_variables wanted=a table given=a number way="]
        .assert_eq(&said(
            "# @klotho::persist {\n#   id = \"s\"\n#   environment_variables = 1\n# }\nx = 1\n",
        ));
}

#[test]
fn a_store_needs_an_id() {
    expect![[r#"
        ! id-required at `persist` capability=persist
        ! no-resource no-store at `persist` stores=aiocache, aiofiles, SQLAlchemy, redis-py"#]]
    .assert_eq(&said("# @klotho::persist\nx = 1\n"));
    expect![[r#"
        Kv x
        ! id-required kind at `5` given=a number capability=persist"#]]
    .assert_eq(&said("from aiocache import Cache\n# @klotho::persist { id = 5 }\nx = Cache()\n"));
}
