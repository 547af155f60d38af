use super::lines;
use expect_test::expect;

#[test]
fn functions_are_named_by_what_holds_them() {
    let text = r#"
function plain() {}
async function* stream() {}
const arrow = async () => {};
let expression = function own() {}, other = function () {};
exports.exported = async function () {};
module.exports.deep = () => {};
Users.prototype.find = function () {};
class Users { create() {} static async all() {} field = () => {}; #secret() {} get name() { return 1; } }
const Named = class { run() {} };
const api = { get() {}, "put it": async () => {}, nested: { del: function () {} } };
module.exports = { list() {}, one: () => {} };
call({ option() {} });
(function () {})();
call(() => {}, function named() {});
const wrapped = memo(() => {});
const { x = () => {} } = y;
"#;
    expect![[r#"
        function plain at function plain() {} named at plain
        function async stream at async function* stream() {} named at stream
        function async arrow at async () => {} named at arrow
        function expression at function own() {} named at expression
        function other at function () {} named at other
        function async exported at async function () {} named at exports.exported
        function deep at () => {} named at module.exports.deep
        function Users.find at function () {} named at Users.prototype.find
        function Users.create at create() {} named at create
        function async Users.all at static async all() {} named at all
        function Users.field at () => {} named at field
        function Users.#secret at #secret() {} named at #secret
        function Users.name at get name() { return 1; } named at name
        function Named.run at run() {} named at run
        function api.get at get() {} named at get
        function async api.put it at async () => {} named at "put it"
        function api.nested.del at function () {} named at del
        function list at list() {} named at list
        function one at () => {} named at one
        function option at option() {} named at option
        function named at function named() {} named at named
    "#]]
    .assert_eq(&lines(&["function"], "a.js", text));
}

#[test]
fn what_a_module_exports_as_a_whole() {
    expect![[r#"
        function async module.exports at async () => {} named at module.exports
    "#]]
    .assert_eq(&lines(&["function"], "a.js", "module.exports = async () => {};"));
    expect![[r#"
        function async default at async function () {} named at -
    "#]]
    .assert_eq(&lines(&["function"], "a.js", "export default async function () {}"));
    expect![[r#"
        function run at run() {} named at run
    "#]]
    .assert_eq(&lines(&["function"], "a.js", "export default class { run() {} }"));
    expect![[r#"
        function main at function main() {} named at main
    "#]]
    .assert_eq(&lines(&["function"], "a.js", "export default function main() {}"));
}

#[test]
fn handlers_are_named_after_their_route() {
    let text = r#"
app.get("/a", auth, async (req, res) => {});
app.post("/b", function (req, res) {});
app.put("/c", function update(req, res) {});
app.all("*", (req, res) => {});
app.get("/d", wrap(async (req, res) => {}));
app.get("/e", handler);
axios((x) => x);
"#;
    expect![[r#"
        function async GET /a at async (req, res) => {} named at -
        function POST /b at function (req, res) {} named at -
        function update at function update(req, res) {} named at update
        function ANY /:rest* at (req, res) => {} named at -
        function async GET /d at async (req, res) => {} named at -
    "#]]
    .assert_eq(&lines(&["function"], "a.js", text));
}

#[test]
fn typescript_functions() {
    let text = r#"
export async function recent<T>(user: string): Promise<T> {}
export const handler: Handler = (async (event) => {}) as Handler;
abstract class Repo { private async find(): Promise<void> {} abstract all(): void; protected load = async () => {}; }
declare function external(): void;
function over(a: string): void;
function over(a: any) {}
namespace N { export function inner() {} }
"#;
    expect![[r#"
        function async recent at async function recen…T> {} named at recent
        function async handler at async (event) => {} named at handler
        function async Repo.find at private async find()…d> {} named at find
        function async Repo.load at async () => {} named at load
        function over at function over(a: any) {} named at over
        function inner at function inner() {} named at inner
    "#]]
    .assert_eq(&lines(&["function"], "a.ts", text));
    expect![[r#"
        function App at () => <div onClick={…()}/> named at App
    "#]]
    .assert_eq(&lines(&["function"], "a.tsx", "const App = () => <div onClick={() => f()}/>;"));
}
