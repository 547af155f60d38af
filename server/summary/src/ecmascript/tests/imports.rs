use super::{facts, lines};
use expect_test::expect;

#[test]
fn require_in_every_position() {
    let text = r#"
const a = require("./a");
const { b, c: d, e = 1, ...rest } = require("./b");
const f = require("./f").part;
const g = require("./g").default;
const { h } = require("./h").part;
let i; i = require("./i");
function late() { if (x) { require("./j"); } }
__exportStar(require("./k"), exports);
const l = __importStar(require("./l")), m = __importDefault(require("./m"));
const n = require("./n")(config);
exports.o = require("./o");
require("./p").start();
const express = require("express");
require.resolve("./no"); jest.mock("./no"); require(`./no`); require(name); require("./no", 1);
import("./dynamic");
"#;
    expect![[r#"
        import ./a followed a=*
        import ./b followed b=b d=c e=e
        import ./f followed f=part
        import ./g followed g=default
        import ./h followed
        import ./i followed i=*
        import ./j followed
        import ./k followed
        import ./l followed l=*
        import ./m followed m=*
        import ./n followed
        import ./o followed
        import ./p followed
        import express express=*
        import ./dynamic
    "#]]
    .assert_eq(&lines(&["import"], "index.js", text));
}

#[test]
fn es_imports_in_javascript() {
    let text = r#"
import "./a";
import b from "./b";
import * as c from "./c";
import d, { e, f as g, default as h, "odd name" as i } from "./d";
import express from "express";
export { x } from "./no";
export * from "./no";
"#;
    expect![[r#"
        import ./a followed
        import ./b followed b=default
        import ./c followed c=*
        import ./d followed d=default e=e g=f h=default i=odd name
        import express express=default
        import ./no
        import ./no
    "#]]
    .assert_eq(&lines(&["import"], "index.mjs", text));
}

#[test]
fn candidates_start_at_the_importing_file() {
    let import = |path: &str, text: &str| facts(path, text).imports.remove(0).candidates;
    expect![[r#"
        [
            "lib/b",
            "lib/b.js",
            "lib/b.jsx",
            "lib/b.ts",
            "lib/b.tsx",
            "lib/b/index.js",
            "lib/b/index.jsx",
            "lib/b/index.ts",
            "lib/b/index.tsx",
        ]
    "#]]
    .assert_debug_eq(&import("src/a.js", "require(\"../lib/b\")"));
    expect![[r#"
        [
            "src/b.ts",
            "src/b.tsx",
            "src/b.js",
            "src/b.js.ts",
            "src/b.js.tsx",
            "src/b.js.js",
            "src/b.js.jsx",
            "src/b.js/index.ts",
            "src/b.js/index.tsx",
            "src/b.js/index.js",
            "src/b.js/index.jsx",
        ]
    "#]]
    .assert_debug_eq(&import("src/a.ts", "import \"./b.js\""));
    assert!(import("a.js", "require(\"../b\")").is_empty());
}

#[test]
fn exports_of_javascript() {
    let text = r#"
exports.a = a;
exports.b = b();
exports.c = exports.d = e;
module.exports.f = f;
module.exports = router;
module.exports = { g, h: i, j() {}, k: 1, "l-m": n };
exports.default = o;
exports.p.q = r;
module.exports = express.Router();
export const s = 1, { t, u: v } = w;
export { x as y, z as default };
"#;
    expect![[r#"
        export a = a
        export b = exports.b
        export c = exports.c
        export d = e
        export * = router
        export default = o
        loose f = f
        loose g = g
        loose h = i
        loose j = j
        loose k = k
        loose l-m = n
        loose s = s
        loose t = t
        loose v = v
        loose y = x
        loose default = z
    "#]]
    .assert_eq(&lines(&["export", "loose"], "a.js", text));
}

#[test]
fn exports_of_typescript() {
    let text = r#"
export const router = Router();
export async function list() {}
export class Users {}
export enum Kind { A }
export interface Shape {}
export type Id = string;
export type { Other };
export { a, b as c, type D };
export { e } from "./e";
export default app;
export = app;
exports.old = old;
"#;
    expect![[r#"
        export router = router
        export list = list
        export Users = Users
        export Kind = Kind
        export a = a
        export c = b
        export e = exports.e
        export default = app
        export * = app
        export old = old
    "#]]
    .assert_eq(&lines(&["export", "loose"], "a.ts", text));
    expect![[r#"
        export default = default
    "#]]
    .assert_eq(&lines(&["export"], "a.ts", "export default async function () {}"));
    expect![[r#"
        export default = Users
    "#]]
    .assert_eq(&lines(&["export"], "a.ts", "export default class Users {}"));
}

#[test]
fn calls_of_imported_names() {
    let text = r#"
const mod = require("./mod");
const { named, other: renamed } = require("./named");
const whole = require("./whole");
const lodash = require("lodash");
await mod.f(1);
(0, mod.f)("literal");
named();
renamed.get("key", 2);
whole("x");
mod.users.emit('event');
lodash.map("no");
local.f();
mod.f().then(done);
mod?.f?.();
new mod.Thing();
mod[name]();
"#;
    expect![[r#"
        call 0 f awaited
        call 0 f "literal"
        call 1 named
        call 1 other.get "key"
        call 2  "x"
        call 0 users.emit "event"
        call 0 f
        call 0 f
    "#]]
    .assert_eq(&lines(&["call"], "index.js", text));
    let text = "const b = require(\"./b\");\nasync () => { await (0, b.f)(1); await (0, b.g)(2).then(h); await (b.h)(3); await (0, b.s)(\"x\"); };\n";
    expect![[r#"
        call 0 f awaited
        call 0 g
        call 0 s "x" awaited
    "#]]
    .assert_eq(&lines(&["call"], "index.js", text));
    let text = "import * as b from \"./b\"; await b.f<string>(1); await b.g<X>(2).then(h); await b.a.b<X, Y>(\"x\");";
    expect![[r#"
        call 0 f awaited
        call 0 g
        call 0 a.b "x" awaited
    "#]]
    .assert_eq(&lines(&["call"], "index.ts", text));
    let text = "import d, { n as m } from \"./x\"; d(); d.a(); await m(); (await m())!; await (m() as any);";
    expect![[r#"
        call 0 default
        call 0 default.a
        call 0 n awaited
        call 0 n awaited
        call 0 n awaited
    "#]]
    .assert_eq(&lines(&["call"], "index.ts", text));
}
