//! The rows of the reference's Appendix D.

use super::{lines, table};
use expect_test::expect;

const EXPOSE: &str = "/* @klotho::expose { id = \"api\"\ntarget = \"public\" } */\napp.listen(1);\n";
const PERSIST: &str = "/* @klotho::persist { id = \"x\" } */\n";

#[test]
fn apps() {
    let rows = [
        "import * as express from \"express\"; const app = express();",
        "import express = require(\"express\"); const app = express();",
        "import express from \"express\"; const app = express();",
        "import express, { Router } from \"express\"; const r = Router(); const app = express();",
        "import * as express from \"express\"; const app: any = express();",
        "import * as express from \"express\"; const app = express() as Express;",
        "import * as express from \"express\"; export const app = express();",
        "import * as express from \"express\"; let app!: Express; app = express();",
        "import * as express from \"express\"; var app = express();",
    ];
    let rows = rows.map(|row| format!("{row}\n{EXPOSE}"));
    let rows = rows.each_ref().map(String::as_str);
    let table = table(&["gateway", "!"], "index.ts", "", &rows);
    expect![[r#"
        import * as express from "express"; const app = express(); ⏎ @
            gateway Express app symbol app
        import express = require("express"); const app = express(); ⏎ @
            gateway Express app symbol app
        import express from "express"; const app = express(); ⏎ @
            gateway Express app symbol app
            ! compiler-gap/express-default at import express from "express";
        import express, { Router } from "express"; const r = Router(); const app = express(); ⏎ @
            gateway Express app symbol app
            ! compiler-gap/express-default at import express, { Ro…ess";
        import * as express from "express"; const app: any = express(); ⏎ @
            gateway Express app symbol app
        import * as express from "express"; const app = express() as Express; ⏎ @
            gateway Express app symbol app
        import * as express from "express"; export const app = express(); ⏎ @
            gateway Express app symbol app
        import * as express from "express"; let app!: Express; app = express(); ⏎ @
            gateway Express app symbol app
        import * as express from "express"; var app = express(); ⏎ @
            ! compiler-gap/express-var at var
            ! no-resource/app-var at app
    "#]]
    .assert_eq(&table.replace(&EXPOSE.lines().collect::<Vec<_>>().join(" ⏎ "), "@"));
}

#[test]
fn stores() {
    let rows = [
        "import fs = require(\"fs/promises\");",
        "import * as fs from \"fs/promises\";",
        "import fs from \"fs/promises\";",
        "import { promises as fs } from \"fs\";",
        "import type * as fs from \"fs/promises\";",
        "export const m = new Map<string, string>();",
        "const m: Map<string, string> = new Map() as Map<string, string>;",
        "class A { m = new Map<string, string>(); }",
        "const s = new Sequelize(`sqlite::memory:`, { logging: false });",
        "export const d = new DataSource({ type: \"sqlite\" });",
        "const c = createClient({ url })!;",
        "const c = <Client>createCluster<X>({});",
        "const m = new Map<string, Map<string, X>>(), n = 1;",
    ];
    expect![[r#"
        import fs = require("fs/promises");
            store Fs symbol fs
            ! compiler-gap/elided at persist
        import * as fs from "fs/promises";
            store Fs symbol fs
            ! compiler-gap/elided at persist
        import fs from "fs/promises";
            store Fs symbol fs
            ! compiler-gap/elided at persist
        import { promises as fs } from "fs";
            store Fs symbol fs
            ! compiler-gap/elided at persist
            ! compiler-gap/fs-named at import { promises as…"fs";
        import type * as fs from "fs/promises";
            ! compiler-gap/elided at persist
        export const m = new Map<string, string>();
            store Kv symbol m
        const m: Map<string, string> = new Map() as Map<string, string>;
            store Kv symbol m
        class A { m = new Map<string, string>(); }
            ! persist-unknown at persist
        const s = new Sequelize(`sqlite::memory:`, { logging: false });
            store Orm symbol s
        export const d = new DataSource({ type: "sqlite" });
            store Orm symbol d
        const c = createClient({ url })!;
            store RedisNode symbol c
        const c = <Client>createCluster<X>({});
            store RedisCluster symbol c
        const m = new Map<string, Map<string, X>>(), n = 1;
            store Kv symbol m
    "#]]
    .assert_eq(&table(&["store", "!"], "a.ts", PERSIST, &rows));
}

#[test]
fn routers() {
    let text = r#"
import { r } from "./r";
import d from "./d";
import * as n from "./n";
import q = require("./q");
app.use(r);
app.use("/p", d);
app.use(n);
app.use(n.router);
app.use(q);
app.use(q.router);
app.use(r.x);
app.use(d.x());
(app as any).use(r as Router);
(app as any)!.get("/cast" as string, async () => {});
"#;
    expect![[r#"
        import ./r followed r=r
        import ./d followed d=default
        import ./n followed n=*
        import ./q followed q=*
        function async GET /cast at async () => {} named at -
        route app GET /cast
        mount app - import 0 r
        mount app /p import 1 default
        mount app - import 2 *
        mount app - import 2 router
        mount app - import 3 *
        mount app - import 3 router
        mount app - import 0 r
    "#]]
    .assert_eq(&lines(&["import", "route", "mount", "function"], "index.ts", text));
}

#[test]
fn imports_that_leave_a_trace() {
    let text = r#"
import type { A } from "./a";
import { type B } from "./b";
import { c, type D } from "./c";
import { e } from "./e";
import f from "./f";
import "./g";
import h = require("./h");
import i = require("./i");
import j from "./j";
export { k } from "./k";
export * from "./l";
export type { M } from "./m";
const n = require("./n");
const o = import("./o");
import { p } from "./p";
c(); let x: e.Type; type F = typeof f; h.run(); let y: Array<j>;
const object = { p };
"#;
    expect![[r#"
        import ./a
        import ./b
        import ./c followed c=c
        import ./e e=e
        import ./f f=default
        import ./g followed
        import ./h followed h=*
        import ./i i=*
        import ./j j=default
        import ./k followed
        import ./l followed
        import ./m
        import ./n followed n=*
        import ./o followed
        import ./p followed p=p
    "#]]
    .assert_eq(&lines(&["import"], "index.ts", text));
}

#[test]
fn decorators_keep_what_they_see_of_types() {
    let text = "import { Service } from \"./service\";\n@Injectable()\nclass A { constructor(private service: Service) {} }\n";
    expect![[r#"
        import ./service followed Service=Service
    "#]]
    .assert_eq(&lines(&["import"], "index.ts", text));
}
