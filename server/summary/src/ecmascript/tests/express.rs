use super::{facts, lines, table, told};
use expect_test::expect;
use klotho_annotation::finding::Code;

const WORDS: [&str; 2] = ["gateway", "!"];
const ROUTING: [&str; 2] = ["route", "mount"];
const EXPOSE: &str = "/* @klotho::expose { id = \"api\"\ntarget = \"public\" } */\n";
const EXPRESS: &str = "const express = require(\"express\");\n";

fn apps(path: &str, rows: &[&str]) -> String {
    let rows: Vec<String> = rows.iter().map(|row| row.replace("@ ", EXPOSE)).collect();
    let table = table(&WORDS, path, "", &rows.iter().map(String::as_str).collect::<Vec<_>>());
    table.replace(&EXPOSE.lines().collect::<Vec<_>>().join(" ⏎ "), "@")
}

#[test]
fn a_whole_application() {
    let text = r#"const express = require("express");
const app = express();
const users = require("./users");

// @klotho::persist { id = "notes" }
const notes = new Map();

app.use(express.json());
app.use("/users", users);
app.get("/notes/:id", async (req, res) => res.send(await notes.get(req.params.id)));

/* @klotho::expose {
 *   id = "api"
 *   target = "public"
 * }
 */
app.listen(3000);
exports.app = app;
"#;
    expect![[r#"
        store Kv symbol notes
        gateway Express app symbol app
        import express express=*
        import ./users followed users=*
        export app = app
        function async GET /notes/:id at async (req, res) => ….id)) named at -
        route app GET /notes/:id
        mount app /users import 1 *
    "#]]
    .assert_eq(&told("index.js", text));
}

#[test]
#[expect(clippy::too_many_lines, reason = "one table")]
fn how_the_app_is_created() {
    expect![[r#"
        const express = require("express"); const app = express(); ⏎ @ ⏎ app.listen(1);
            gateway Express app symbol app
        const express = require("express"); let app = express(); ⏎ @ ⏎ app.listen(1);
            gateway Express app symbol app
        const express = require("express"); var app = express(); ⏎ @ ⏎ app.listen(1);
            ! compiler-gap/express-var at var
            ! no-resource/app-var at app
        const express = require("express"); var app; app = express(); ⏎ @ ⏎ app.listen(1);
            gateway Express app symbol app
        const express = require("express"); exports.app = express(); ⏎ @ ⏎ exports.app.listen(1);
            gateway Express exports.app symbol app
        const express = require("express"); this.app = express(); ⏎ @ ⏎ this.app.listen(1);
            ! no-resource/app-foreign at this.app
        import * as express from "express"; const app = express(); ⏎ @ ⏎ app.listen(1);
            gateway Express app symbol app
            ! es-import at import * as express …ess";
        import express from "express"; const app = express(); ⏎ @ ⏎ app.listen(1);
            gateway Express app symbol app
            ! es-import at import express from "express";
        import express from "express"; export const app = express(); ⏎ @ ⏎ app.listen(1);
            gateway Express app symbol app
            ! es-import at import express from "express";
        const app = require("express")(); ⏎ @ ⏎ app.listen(1);
            ! compiler-gap/express-inline at const app = require("express")
            ! no-resource/app-form at app
        const e = require("express"), e = require("b"); const app = e(); ⏎ @ ⏎ app.listen(1);
            ! no-resource/app-twice at app
        const express_1 = __importDefault(require("express")); const app = (0, express_1.default)(); ⏎ @ ⏎ app.listen(1);
            ! compiler-gap/express-compiled at (0, express_1.default)()
            ! no-resource/app-form at app
        const e = __importStar(require("express")); const app = e(); ⏎ @ ⏎ app.listen(1);
            gateway Express app symbol app
        const e = require("express"); const app = e(), b = e(); ⏎ @ ⏎ b.listen(1);
            ! no-resource/app-second at b
        const { Router } = require("express"); const r = Router(); ⏎ @ ⏎ r.listen(1);
            gateway Express r symbol r
        const fastify = require("fastify"); const app = fastify(); ⏎ @ ⏎ app.listen(1);
            ! no-resource/app-foreign at app
        const e = require("express"); function f() { const app = e(); return app; } ⏎ @ ⏎ app.listen(1);
            gateway Express app symbol app
    "#]].assert_eq(&apps(
        "index.js",
        &[
            "const express = require(\"express\"); const app = express();\n@ app.listen(1);",
            "const express = require(\"express\"); let app = express();\n@ app.listen(1);",
            "const express = require(\"express\"); var app = express();\n@ app.listen(1);",
            "const express = require(\"express\"); var app; app = express();\n@ app.listen(1);",
            "const express = require(\"express\"); exports.app = express();\n@ exports.app.listen(1);",
            "const express = require(\"express\"); this.app = express();\n@ this.app.listen(1);",
            "import * as express from \"express\"; const app = express();\n@ app.listen(1);",
            "import express from \"express\"; const app = express();\n@ app.listen(1);",
            "import express from \"express\"; export const app = express();\n@ app.listen(1);",
            "const app = require(\"express\")();\n@ app.listen(1);",
            "const e = require(\"express\"), e = require(\"b\"); const app = e();\n@ app.listen(1);",
            "const express_1 = __importDefault(require(\"express\")); const app = (0, express_1.default)();\n@ app.listen(1);",
            "const e = __importStar(require(\"express\")); const app = e();\n@ app.listen(1);",
            "const e = require(\"express\"); const app = e(), b = e();\n@ b.listen(1);",
            "const { Router } = require(\"express\"); const r = Router();\n@ r.listen(1);",
            "const fastify = require(\"fastify\"); const app = fastify();\n@ app.listen(1);",
            "const e = require(\"express\"); function f() { const app = e(); return app; }\n@ app.listen(1);",
        ],
    ));
}

#[test]
fn where_the_app_listens() {
    let rows = [
        "const app = express();\n@ app.listen(1, () => {});",
        "const app = express();\n@ const s = app.listen(1);",
        "const app = express();\n@ module.exports = app.listen(1);",
        "const app = express();\n@ app.listen(1).on(\"error\", f);",
        "const app = express();\n@ if (x) { app.listen(1); }",
        "const app = express();\n@ (function () { app.listen(1); })();",
        "const app = express();\n@ await app.listen(1);",
        "const app = express();\n@ ready.then(() => { app.listen(1); });",
        "const app = express();\n@ connect(1).then(async () => app.listen(1));",
        "const app = express();\n@ foo(() => { app.listen(1); });",
        "const app = express();\n@ (async () => { app.listen(1); })();",
        "const app = express();\n@ const start = () => { app.listen(1); };",
        "const app = express();\n@ db.once(\"open\", () => { app.listen(1); });",
        "async function main() { const app = express();\n@ app.listen(1);\n return app; }\n const server = main();",
        "function main() { const app = express();\n@ app.listen(1); }\n main();",
        "const app = express();\n@ app.use(x);",
        "const server = http.createServer(app);\n@ server.listen(1);",
        "const app = express();\n@ function f() { app.listen(1); }\n let g = f();",
    ];
    let rows = rows.map(|row| format!("{EXPRESS}{row}"));
    let table = apps("index.js", &rows.each_ref().map(String::as_str));
    expect![[r#"
        const app = express(); ⏎ @ ⏎ app.listen(1, () => {});
            gateway Express app symbol app
        const app = express(); ⏎ @ ⏎ const s = app.listen(1);
            ! expose-app-not-found/nested at app.listen
        const app = express(); ⏎ @ ⏎ module.exports = app.listen(1);
            ! expose-app-not-found/nested at app.listen
        const app = express(); ⏎ @ ⏎ app.listen(1).on("error", f);
            ! expose-app-not-found/nested at app.listen
        const app = express(); ⏎ @ ⏎ if (x) { app.listen(1); }
            ! expose-app-not-found/nested at app.listen
        const app = express(); ⏎ @ ⏎ (function () { app.listen(1); })();
            ! expose-app-not-found/nested at app.listen
        const app = express(); ⏎ @ ⏎ await app.listen(1);
            ! expose-app-not-found/nested at app.listen
        const app = express(); ⏎ @ ⏎ ready.then(() => { app.listen(1); });
            gateway Express app symbol ready
        const app = express(); ⏎ @ ⏎ connect(1).then(async () => app.listen(1));
            gateway Express app symbol app
        const app = express(); ⏎ @ ⏎ foo(() => { app.listen(1); });
            ! expose-app-not-found/crash at app.listen
        const app = express(); ⏎ @ ⏎ (async () => { app.listen(1); })();
            ! expose-app-not-found/crash at app.listen
        const app = express(); ⏎ @ ⏎ const start = () => { app.listen(1); };
            ! expose-app-not-found/nested at app.listen
        const app = express(); ⏎ @ ⏎ db.once("open", () => { app.listen(1); });
            ! expose-app-not-found/nested at app.listen
        async function main() { const app = express(); ⏎ @ ⏎ app.listen(1); ⏎  return app; } ⏎  const server = main();
            gateway Express app symbol server
        function main() { const app = express(); ⏎ @ ⏎ app.listen(1); } ⏎  main();
            ! expose-app-not-found/nested at app.listen
        const app = express(); ⏎ @ ⏎ app.use(x);
            ! no-resource/no-listen at expose
        const server = http.createServer(app); ⏎ @ ⏎ server.listen(1);
            ! no-resource/app-foreign at server
        const app = express(); ⏎ @ ⏎ function f() { app.listen(1); } ⏎  let g = f();
            gateway Express app symbol g
    "#]].assert_eq(&table.replace(&format!("{} ⏎ ", EXPRESS.trim()), ""));
}

/// What is said of an app that listens in a function, for each place that its result goes to.
fn told_of_results(path: &str, places: &[&str]) -> String {
    let express = if path.ends_with("ts") { "import * as express from \"express\";\n" } else { EXPRESS };
    let start = "function start() { const web = express();\n/* @klotho::expose { id = \"a\"\n target = \"public\" } */\n\
                 web.listen(1);\nreturn web; }\n";
    let mut told = String::new();
    for place in places {
        let found = facts(path, &format!("{express}{start}{place}\n")).findings;
        let found = found.iter().filter(|finding| finding.code == Code::ExposeAppNotFound);
        told += &format!("{place}\n");
        found.for_each(|finding| told += &format!("    {}\n", finding.message()));
    }
    told
}

#[test]
fn the_code_that_is_told_for_a_result_can_be_written() {
    let script = [
        "const server = start();",
        "exports.server = start();",
        "let server; server = start();",
        "const server = await start();",
        "const server = await (start());",
        "module.exports = start();",
        "exports.default = start();",
        "exports.start = start();",
        "const app = 1; exports.app = start();",
        "this.http = start();",
        "this.http = await start();",
        "const { server } = start();",
    ];
    expect![[r#"
        const server = start();
        exports.server = start();
            The compiler looks for a variable that is declared with the result of `start`, and an assignment to `server` is none. Write `const server = start();`, and export it in a statement of its own.
        let server; server = start();
            The compiler looks for a variable that is declared with the result of `start`, and an assignment to `server` is none. Write `const server = start();`, and export it in a statement of its own.
        const server = await start();
            The compiler looks for a variable that is declared with the result of `start` itself, and sees none behind an `await`. Write `const server = start();` without the `await`.
        const server = await (start());
            The compiler cannot tell which app listens here. Call `listen` at the top level of the file, as a statement of its own.
        module.exports = start();
            The compiler looks for a variable that is declared with the result of `start`, and there is none. Write `const runningApp = start();` at the top level of the file, and `runningApp` where the call stands now.
        exports.default = start();
            The compiler looks for a variable that is declared with the result of `start`, and there is none. Write `const runningApp = start();` at the top level of the file, and `runningApp` where the call stands now.
        exports.start = start();
            The compiler looks for a variable that is declared with the result of `start`, and there is none. Write `const runningApp = start();` at the top level of the file, and `runningApp` where the call stands now.
        const app = 1; exports.app = start();
            The compiler looks for a variable that is declared with the result of `start`, and there is none. Write `const runningApp = start();` at the top level of the file, and `runningApp` where the call stands now.
        this.http = start();
            The compiler looks for a variable that is declared with the result of `start`, and there is none. Write `const runningApp = start();` at the top level of the file, and `runningApp` where the call stands now.
        this.http = await start();
            The compiler looks for a variable that is declared with the result of `start`, and there is none. Write `const runningApp = start();` at the top level of the file, and `runningApp` where the call stands now.
        const { server } = start();
            The compiler looks for a variable that is declared with the result of `start`, and there is none. Write `const runningApp = start();` at the top level of the file, and `runningApp` where the call stands now.
    "#]].assert_eq(&told_of_results("index.js", &script));
}

#[test]
fn the_code_that_is_told_for_a_result_can_be_written_in_typescript() {
    let typed = [
        "export const server = start();",
        "export const server = await start();",
        "export const { server } = start();",
        "export default start();",
        "export namespace S { export const server = start(); }",
        "const server = await start<App>();",
        "const server = (start() as App);",
    ];
    expect![[r#"
        export const server = start();
            The compiler looks for a variable that is declared with the result of `start`, and `tsc` makes an assignment to `exports.server` of this export. Write `const server = start();`, and export it in a statement of its own.
        export const server = await start();
            The compiler looks for a variable that is declared with the result of `start`, and `tsc` makes an assignment to `exports.server` of this export. Write `const server = start();`, and export it in a statement of its own.
        export const { server } = start();
            The compiler looks for a variable that is declared with the result of `start`, and there is none. Write `const runningApp = start();` at the top level of the file, and `runningApp` where the call stands now.
        export default start();
            The compiler looks for a variable that is declared with the result of `start`, and there is none. Write `const runningApp = start();` at the top level of the file, and `runningApp` where the call stands now.
        export namespace S { export const server = start(); }
            The compiler looks for a variable that is declared with the result of `start`, and there is none. Write `const runningApp = start();` at the top level of the file, and `runningApp` where the call stands now.
        const server = await start<App>();
            The compiler looks for a variable that is declared with the result of `start` itself, and sees none behind an `await`. Write `const server = start();` without the `await`.
        const server = (start() as App);
    "#]].assert_eq(&told_of_results("index.ts", &typed));
}

#[test]
fn what_expose_has_to_say() {
    let rows = [
        "/* @klotho::expose */\napp.listen(1);",
        "/* @klotho::expose { target = \"public\" } */\napp.listen(1);",
        "/* @klotho::expose { id = \"a\" } */\napp.listen(1);",
        "/* @klotho::expose { id = \"a\"\n target = \"private\" } */\napp.listen(1);",
        "/* @klotho::expose { id = \"a\"\n target = true } */\napp.listen(1);",
        "/* @klotho::expose { id = \"a\"\n target = \"public\" } */\n",
    ];
    expect![[r#"
        /* @klotho::expose */ ⏎ app.listen(1);
            ! id-required at expose
            ! target-not-public/missing at expose
        /* @klotho::expose { target = "public" } */ ⏎ app.listen(1);
            ! id-required at expose
        /* @klotho::expose { id = "a" } */ ⏎ app.listen(1);
            ! target-not-public/missing at expose
        /* @klotho::expose { id = "a" ⏎  target = "private" } */ ⏎ app.listen(1);
            ! target-not-public/other at "private"
        /* @klotho::expose { id = "a" ⏎  target = true } */ ⏎ app.listen(1);
            ! target-not-public/other at true
        /* @klotho::expose { id = "a" ⏎  target = "public" } */
            ! no-resource/no-listen at expose
    "#]]
    .assert_eq(&table(&WORDS, "index.js", &format!("{EXPRESS}const app = express();\n"), &rows));
}

#[test]
fn routes_are_calls_with_a_plain_string() {
    let rows = [
        "app.get(\"/a\", f);",
        "app.all(\"*\", f);",
        "app.GET('/a');",
        "app.get(`/a`, f);",
        "app.get(/a/, f);",
        "app.get([\"/a\"], f);",
        "app.get(\"/a\" + b, f);",
        "app.get(\"port\");",
        "app.get();",
        "app.route(\"/a\").get(f);",
        "app[\"get\"](\"/a\", f);",
        "exports.router.put(\"/a\", f);",
        "this.router.head(\"/a\", f);",
        "function x(app) { if (y) app.patch(\"/a\", f); }",
        "const axios = require(\"axios\"); axios.get(\"/a\");",
        "const routes = require(\"./routes\"); routes.get(\"/a\");",
        "f().get(\"/a\");",
        "app.trace(\"/a\");",
    ];
    expect![[r#"
        app.get("/a", f);
            route app GET /a
        app.all("*", f);
            route app ANY /
            route app ANY /:rest*
        app.GET('/a');
            route app GET /a
        app.get(`/a`, f);
        app.get(/a/, f);
        app.get(["/a"], f);
        app.get("/a" + b, f);
        app.get("port");
            route app GET /port
        app.get();
        app.route("/a").get(f);
        app["get"]("/a", f);
        exports.router.put("/a", f);
            route exports.router PUT /a
        this.router.head("/a", f);
            route this.router HEAD /a
        function x(app) { if (y) app.patch("/a", f); }
            route app PATCH /a
        const axios = require("axios"); axios.get("/a");
        const routes = require("./routes"); routes.get("/a");
            route routes GET /a
        f().get("/a");
        app.trace("/a");
    "#]]
    .assert_eq(&table(&ROUTING, "index.js", "", &rows));
}

const MODULES: &str =
    "const r = require(\"./r\"); const { n } = require(\"./n\"); const cors = require(\"cors\");\n";

#[test]
fn middleware_by_the_shape_of_its_argument() {
    let rows = [
        "app.use(local);",
        "app.use(\"/p\", local);",
        "app.use(\"/p\", auth, r);",
        "app.use(auth, r);",
        "app.use(\"/p\", server.middleware());",
        "app.use(a.b.c);",
        "app.use(require(\"./r\"));",
        "app.use(\"/p\", (req, res) => {});",
        "app.use(`/p`, r);",
        "app.use([\"/p\"], r);",
        "app.use(\"*\", r);",
        "app.use(...all);",
    ];
    expect![[r#"
        app.use(local);
            mount app - local
        app.use("/p", local);
            mount app /p local
        app.use("/p", auth, r);
            mount app /p auth
            mount app /p import 0 *
        app.use(auth, r);
            mount app - auth
            mount app - import 0 *
        app.use("/p", server.middleware());
            mount app /p server
        app.use(a.b.c);
        app.use(require("./r"));
        app.use("/p", (req, res) => {});
        app.use(`/p`, r);
            mount app - import 0 *
        app.use(["/p"], r);
            mount app - import 0 *
        app.use("*", r);
            mount app /* import 0 *
        app.use(...all);
    "#]]
    .assert_eq(&table(&ROUTING, "index.js", MODULES, &rows));
}

#[test]
fn middleware_by_where_it_comes_from() {
    let rows = [
        "app.use(r);",
        "app.use(\"/p/\", r.users);",
        "app.use(r.default);",
        "app.use(r.create());",
        "app.use(n);",
        "app.use(n.x);",
        "app.use(\"/p\", cors);",
        "app.use(cors());",
        "app.use(cors.json());",
        "cors.use(r);",
        "const r = require(\"./s\"); app.use(r);",
    ];
    expect![[r#"
        app.use(r);
            mount app - import 0 *
        app.use("/p/", r.users);
            mount app /p import 0 users
        app.use(r.default);
            mount app - import 0 default
        app.use(r.create());
            mount app - import 0 create
        app.use(n);
            mount app - import 1 *
        app.use(n.x);
            mount app - import 1 x
        app.use("/p", cors);
        app.use(cors());
        app.use(cors.json());
        cors.use(r);
        const r = require("./s"); app.use(r);
            mount app - r
    "#]]
    .assert_eq(&table(&ROUTING, "index.js", MODULES, &rows));
}

#[test]
fn es_imports_in_javascript_are_looked_up_as_the_whole_module() {
    let text = "import r from \"./r\"; import { n } from \"./n\"; import * as s from \"./s\";
app.use(r); app.use(n); app.use(s); app.use(s.x);
";
    expect![[r#"
        mount app - import 0 *
        mount app - import 1 *
        mount app - import 2 *
        mount app - import 2 x
    "#]]
    .assert_eq(&lines(&["mount"], "index.js", text));
}
