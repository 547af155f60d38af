use super::{facts, lines, table};
use expect_test::expect;

const WORDS: [&str; 2] = ["store", "!"];
const PERSIST: &str = "/* @klotho::persist { id = \"x\" } */\n";
const SECRET: &str = "/* @klotho::persist { id = \"x\"\nsecret = true } */\n";

#[test]
fn key_value() {
    let rows = [
        "const m = new Map();",
        "let m = new Map([[1, 2]]);",
        "var m = new Map;",
        "exports.m = new Map();",
        "export const m = new Map();",
        "const a = new Map(), b = new Map();",
        "const m = new Map(), d = new Date();",
        "const d = new Date(), m = new Map();",
        "module.exports.m = new Map();",
        "this.m = new Map();",
        "m = new Map();",
        "class A { m = new Map(); }",
        "const o = { m: new Map() };",
        "const m = new WeakMap();",
        "const m = new Map().set(1, 2);",
        "function f() { const m = new Map(); return m; }",
    ];
    expect![[r#"
        const m = new Map();
            store Kv symbol m
        let m = new Map([[1, 2]]);
            store Kv symbol m
        var m = new Map;
            store Kv symbol m
        exports.m = new Map();
            store Kv symbol m
        export const m = new Map();
            store Kv symbol m
        const a = new Map(), b = new Map();
            ! persist-unknown at persist
        const m = new Map(), d = new Date();
            ! persist-unknown at persist
        const d = new Date(), m = new Map();
            store Kv symbol m
        module.exports.m = new Map();
            ! persist-unknown at persist
        this.m = new Map();
            ! persist-unknown at persist
        m = new Map();
            ! persist-unknown at persist
        class A { m = new Map(); }
            ! persist-unknown at persist
        const o = { m: new Map() };
            ! persist-unknown at persist
        const m = new WeakMap();
            ! persist-unknown at persist
        const m = new Map().set(1, 2);
            ! persist-unknown at persist
        function f() { const m = new Map(); return m; }
            store Kv symbol m
    "#]]
    .assert_eq(&table(&WORDS, "a.js", PERSIST, &rows));
}

#[test]
#[expect(clippy::too_many_lines, reason = "one table")]
fn files() {
    let rows = [
        "const fs = require(\"fs/promises\");",
        "import * as fs from \"fs/promises\";",
        "import fs from \"fs/promises\";",
        "const fs = __importStar(require(\"fs/promises\"));",
        "const fs = __importDefault(require(\"fs/promises\"));",
        "const fs = require(\"fs\").promises;",
        "const { promises: files } = require(\"fs\");",
        "const { promises } = require(\"fs\");",
        "import { promises as files } from \"fs\";",
        "const a = require(\"a\"), fs = require(\"fs/promises\");",
        "fs = require(\"fs/promises\");",
        "const fs = require(\"fs\");",
        "const fs = require(\"node:fs/promises\");",
        "const { readFile } = require(\"fs/promises\");",
        "import { readFile } from \"fs/promises\";",
        "const { readFile } = require(\"fs\").promises;",
        "require(\"fs/promises\");",
        "function f() { const a = require(\"a\"); const fs = require(\"fs/promises\"); }",
    ];
    expect![[r#"
        const fs = require("fs/promises");
            store Fs symbol fs
        import * as fs from "fs/promises";
            store Fs symbol fs
            ! es-import at import * as fs from …ses";
        import fs from "fs/promises";
            store Fs symbol fs
            ! es-import at import fs from "fs/promises";
        const fs = __importStar(require("fs/promises"));
            store Fs symbol fs
        const fs = __importDefault(require("fs/promises"));
            store Fs symbol fs
        const fs = require("fs").promises;
            store Fs symbol fs
        const { promises: files } = require("fs");
            store Fs symbol files
        const { promises } = require("fs");
            store Fs symbol promises
        import { promises as files } from "fs";
            store Fs symbol files
            ! es-import at import { promises as…"fs";
        const a = require("a"), fs = require("fs/promises");
            store Fs symbol fs
        fs = require("fs/promises");
            store Fs symbol fs
        const fs = require("fs");
            ! persist-unknown at persist
        const fs = require("node:fs/promises");
            ! persist-unknown at persist
        const { readFile } = require("fs/promises");
            ! persist-unknown at persist
        import { readFile } from "fs/promises";
            ! persist-unknown at persist
            ! es-import at import { readFile } …ses";
        const { readFile } = require("fs").promises;
            ! persist-unknown at persist
        require("fs/promises");
            ! persist-unknown at persist
        function f() { const a = require("a"); const fs = require("fs/promises"); }
            ! persist-unknown at persist
    "#]]
    .assert_eq(&table(&WORDS, "a.js", PERSIST, &rows));
}

#[test]
fn secrets() {
    let rows = [
        "const fs = require(\"fs/promises\");",
        "const fs = require(\"fs/promises\"); fs.readFile(\"a.key\"); x(await fs.readFile('b.key', 'utf8'));",
        "const fs = require(\"fs/promises\"); fs.readFile(`a`); fs.readFile(name); fs.readFile();",
        "const fs = require(\"fs/promises\"); fs.writeFile(\"a\", b); fs.readFile(\"c\");",
        "const m = new Map();",
    ];
    expect![[r#"
        const fs = require("fs/promises");
            store Secret symbol fs
            ! secret-unread at persist
        const fs = require("fs/promises"); fs.readFile("a.key"); x(await fs.readFile('b.key', 'utf8'));
            store Secret symbol fs reads a.key at "a.key" reads b.key at 'b.key'
        const fs = require("fs/promises"); fs.readFile(`a`); fs.readFile(name); fs.readFile();
            store Secret symbol fs
            ! literal-required/secret at `a`
            ! literal-required/secret at name
            ! literal-required/secret at fs.readFile()
        const fs = require("fs/promises"); fs.writeFile("a", b); fs.readFile("c");
            store Secret symbol fs reads c at "c"
            ! secret-access at fs.writeFile
        const m = new Map();
            store Kv symbol m
    "#]]
    .assert_eq(&table(&WORDS, "a.js", SECRET, &rows));
}

#[test]
fn relational() {
    let rows = [
        "const s = new Sequelize(\"sqlite::memory:\");",
        "const s = new sequelize_1.Sequelize(url, {});",
        "const d = new DataSource({});",
        "d = new typeorm.DataSource({});",
        "exports.d = new DataSource({});",
        "const s = new Sequelize();",
        "foo.s = new Sequelize(url);",
        "const c = createConnection(url);",
        "const a = new Agent(1), s = new Sequelize(url);",
        "const a = new Agent(), s = new Sequelize(url);",
    ];
    expect![[r#"
        const s = new Sequelize("sqlite::memory:");
            store Orm symbol s
        const s = new sequelize_1.Sequelize(url, {});
            store Orm symbol s
        const d = new DataSource({});
            store Orm symbol d
        d = new typeorm.DataSource({});
            store Orm symbol d
        exports.d = new DataSource({});
            store Orm symbol d
        const s = new Sequelize();
            ! persist-unknown at persist
        foo.s = new Sequelize(url);
            ! persist-unknown at persist
        const c = createConnection(url);
            ! persist-unknown at persist
        const a = new Agent(1), s = new Sequelize(url);
            ! persist-unknown at persist
        const a = new Agent(), s = new Sequelize(url);
            store Orm symbol s
    "#]]
    .assert_eq(&table(&WORDS, "a.js", PERSIST, &rows));
}

#[test]
fn redis() {
    let rows = [
        "const c = createClient();",
        "const c = (0, redis_1.createClient)({});",
        "exports.c = createCluster({});",
        "c = (0, redis_1.createCluster)();",
        "const c = redis.createClient();",
        "const c = await createClient();",
        "const c = new Redis();",
        "foo.c = createClient();",
        "const a = f(), c = createClient();",
        "const a = x.f(), c = createClient();",
    ];
    expect![[r#"
        const c = createClient();
            store RedisNode symbol c
        const c = (0, redis_1.createClient)({});
            store RedisNode symbol c
        exports.c = createCluster({});
            store RedisCluster symbol c
        c = (0, redis_1.createCluster)();
            store RedisCluster symbol c
        const c = redis.createClient();
            ! persist-unknown at persist
        const c = await createClient();
            ! persist-unknown at persist
        const c = new Redis();
            ! persist-unknown at persist
        foo.c = createClient();
            ! persist-unknown at persist
        const a = f(), c = createClient();
            ! persist-unknown at persist
        const a = x.f(), c = createClient();
            store RedisNode symbol c
    "#]]
    .assert_eq(&table(&WORDS, "a.js", PERSIST, &rows));
}

#[test]
fn the_kinds_are_tried_in_order() {
    let rows = [
        "function f() { const c = createClient(); const s = new Sequelize(1); const fs = require(\"fs/promises\"); const m = new Map(); }",
        "function f() { const c = createClient(); const s = new Sequelize(1); const fs = require(\"fs/promises\"); }",
        "function f() { const c = createClient(); const s = new Sequelize(1); }",
    ];
    expect![[r#"
        function f() { const c = createClient(); const s = new Sequelize(1); const fs = require("fs/promises"); const m = new Map(); }
            store Kv symbol m
        function f() { const c = createClient(); const s = new Sequelize(1); const fs = require("fs/promises"); }
            store Fs symbol fs
        function f() { const c = createClient(); const s = new Sequelize(1); }
            store Orm symbol s
    "#]].assert_eq(&table(&WORDS, "a.js", PERSIST, &rows));
}

#[test]
fn calls_on_maps_are_awaited() {
    let text = r#"
// @klotho::persist { id = "m" }
const m = new Map();
/* @klotho::persist { id = "n" } */
exports.n = new Map();
async function f() {
  m.get(1);
  await m.set(1, 2);
  return m.delete(1);
}
const size = (await m.keys()).length;
m.forEach(f); m.size; other.get(1);
exports.n.values(); n.values();
"#;
    expect![[r#"
        store Kv symbol m
        store Kv symbol n
        ! missing-await at m.get(1)
        ! missing-await at m.delete(1)
        ! missing-await at exports.n.values()
    "#]]
    .assert_eq(&lines(&WORDS, "a.js", text));
    let text = "// @klotho::persist { id = \"m\" }\nexport const m = new Map<string, X>();\nawait m.get(1)!; (await (m.get(2) as X)); m.get(3)!;\n";
    expect![[r#"
        store Kv symbol m
        ! missing-await at m.get(3)
    "#]]
    .assert_eq(&lines(&WORDS, "a.ts", text));
}

#[test]
fn variables_replace_what_the_code_says() {
    let with = |table: &str| format!("/* @klotho::persist {{\nid = \"x\"\n{table}\n}} */\n");
    let check = |before: String, row: &str| lines(&WORDS, "a.js", &format!("{before}{row}\n"));
    let host = with("[environment_variables]\nHOST = \"redis_node.host\"\n\"my port\" = \"redis_node.port\"");
    expect![[r#"
        store RedisNode symbol c HOST=host my_port=port
    "#]]
    .assert_eq(&check(host.clone(), "const c = createClient({ socket });"));
    expect![[r#"
        store RedisNode symbol - HOST=host my_port=port
    "#]]
    .assert_eq(&check(host.clone(), "const m = new Map();"));
    expect![[r#"
        store RedisNode symbol - HOST=host my_port=port
    "#]]
    .assert_eq(&check(host, ""));
    expect![[""]].assert_eq(&check(with("[environment_variables]"), "const m = new Map();"));
    expect![[r#"
        ! body-quirk/kind at 1
    "#]]
    .assert_eq(&check(with("environment_variables = 1"), "const m = new Map();"));
    expect![[r#"
        ! environment-invalid/form at "b"
    "#]]
    .assert_eq(&check(with("[environment_variables]\nA = \"b\""), "const m = new Map();"));
}

#[test]
fn persist_needs_an_id_and_a_store() {
    let rows = ["@klotho::persist { id = 5 }", "@klotho::persist { id = \"\" }", "@klotho::persist"];
    let check = |header: &str, row: &str| lines(&WORDS, "a.js", &format!("/* {header} */\n{row}"));
    for row in rows {
        assert_eq!(check(row, "const m = new Map();").matches("id-required").count(), 1, "{row}");
    }
    expect![[r#"
        ! id-required at persist
        ! persist-unknown at persist
    "#]]
    .assert_eq(&check("@klotho::persist", "f();"));
    expect![[r#"
        ! persist-unknown at persist
    "#]]
    .assert_eq(&check("@klotho::persist { id = \"x\" }", ""));
}

#[test]
fn a_comment_between_is_told() {
    let variant = |text: &str| facts("a.ts", text).findings.first().map(|finding| finding.variant);
    let store = "/* @klotho::persist { id = \"m\" } */\n";
    assert_eq!(variant(&format!("{store}// words\nconst m = new Map();\n")), Some("comment-between"));
    assert_eq!(variant(&format!("{store}const m = [];\n")), Some(""));
    assert_eq!(variant(&format!("{store}const m = new Map();\n")), None);
}
