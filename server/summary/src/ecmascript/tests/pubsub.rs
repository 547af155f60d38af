use super::{lines, table};
use expect_test::expect;

const WORDS: [&str; 2] = ["topic", "!"];
const PUBSUB: &str = "/* @klotho::pubsub { id = \"x\" } */\n";

#[test]
fn emitters() {
    let rows = [
        "exports.e = new EventEmitter();",
        "exports.e = new events.EventEmitter({});",
        "const e = new events.EventEmitter(); exports.e = e;",
        "let e; /* @klotho::pubsub { id = \"y\" } */ e = new EventEmitter(); exports.other = e;",
        "const e = new EventEmitter;",
        "const e = new EventEmitter(); module.exports = { e };",
        "const e = new EventEmitter(); module.exports.e = e;",
        "module.exports.e = new EventEmitter();",
        "this.e = new EventEmitter();",
        "exports.e = new ee.EventEmitter();",
        "const events_1 = require(\"events\"); /* @klotho::pubsub { id = \"y\" } */ exports.e = new events_1.default();",
        "exports.e = new Emitter();",
        "function f() { const e = new EventEmitter(); exports.e = e; }",
        "export const e = new EventEmitter();",
    ];
    expect![[r#"
        exports.e = new EventEmitter();
            topic symbol e
        exports.e = new events.EventEmitter({});
            topic symbol e
        const e = new events.EventEmitter(); exports.e = e;
            topic symbol e
        let e; /* @klotho::pubsub { id = "y" } */ e = new EventEmitter(); exports.other = e;
            topic symbol e
            ! no-resource/no-emitter at pubsub
        const e = new EventEmitter;
            ! not-exported at e
        const e = new EventEmitter(); module.exports = { e };
            ! not-exported at e
        const e = new EventEmitter(); module.exports.e = e;
            ! not-exported at e
        module.exports.e = new EventEmitter();
            ! not-exported/property at module.exports.e
        this.e = new EventEmitter();
            ! not-exported/property at this.e
        exports.e = new ee.EventEmitter();
            ! no-resource/emitter-qualified at ee.EventEmitter
        const events_1 = require("events"); /* @klotho::pubsub { id = "y" } */ exports.e = new events_1.default();
            ! no-resource/no-emitter at pubsub
            ! no-resource/emitter-qualified at events_1.default
        exports.e = new Emitter();
            ! no-resource/no-emitter at pubsub
        function f() { const e = new EventEmitter(); exports.e = e; }
            topic symbol e
        export const e = new EventEmitter();
            ! not-exported at e
    "#]].assert_eq(&table(&WORDS, "a.js", PUBSUB, &rows));
}

#[test]
fn emitters_in_typescript() {
    let rows = [
        "export const e = new events.EventEmitter();",
        "export const e = new EventEmitter();",
        "import { EventEmitter } from \"events\"; /* @klotho::pubsub { id = \"y\" } */ export const e = new EventEmitter();",
        "import { EventEmitter as E } from \"node:events\"; /* @klotho::pubsub { id = \"y\" } */ export const e = new E();",
        "import EventEmitter from \"events\"; /* @klotho::pubsub { id = \"y\" } */ export const e = new EventEmitter();",
        "import events from \"events\"; /* @klotho::pubsub { id = \"y\" } */ export const e = new events.EventEmitter();",
        "import * as EventEmitter from \"events\"; /* @klotho::pubsub { id = \"y\" } */ export const e = new EventEmitter();",
        "import EventEmitter = require(\"events\"); /* @klotho::pubsub { id = \"y\" } */ export const e = new EventEmitter();",
        "const { EventEmitter } = require(\"events\"); /* @klotho::pubsub { id = \"y\" } */ export const e = new EventEmitter();",
        "import * as ee from \"events\"; /* @klotho::pubsub { id = \"y\" } */ export const e = new ee.EventEmitter();",
        "import { EventEmitter } from \"./mine\"; /* @klotho::pubsub { id = \"y\" } */ export const e = new EventEmitter();",
    ];
    expect![[r#"
        export const e = new events.EventEmitter();
            topic symbol e
        export const e = new EventEmitter();
            topic symbol e
        import { EventEmitter } from "events"; /* @klotho::pubsub { id = "y" } */ export const e = new EventEmitter();
            topic symbol e
            ! no-resource/no-emitter at pubsub
            ! compiler-gap/emitter at EventEmitter
        import { EventEmitter as E } from "node:events"; /* @klotho::pubsub { id = "y" } */ export const e = new E();
            topic symbol e
            ! no-resource/no-emitter at pubsub
            ! compiler-gap/emitter at E
        import EventEmitter from "events"; /* @klotho::pubsub { id = "y" } */ export const e = new EventEmitter();
            topic symbol e
            ! no-resource/no-emitter at pubsub
            ! compiler-gap/emitter at EventEmitter
        import events from "events"; /* @klotho::pubsub { id = "y" } */ export const e = new events.EventEmitter();
            topic symbol e
            ! no-resource/no-emitter at pubsub
            ! compiler-gap/emitter at events.EventEmitter
        import * as EventEmitter from "events"; /* @klotho::pubsub { id = "y" } */ export const e = new EventEmitter();
            topic symbol e
            ! no-resource/no-emitter at pubsub
        import EventEmitter = require("events"); /* @klotho::pubsub { id = "y" } */ export const e = new EventEmitter();
            topic symbol e
            ! no-resource/no-emitter at pubsub
        const { EventEmitter } = require("events"); /* @klotho::pubsub { id = "y" } */ export const e = new EventEmitter();
            topic symbol e
            ! no-resource/no-emitter at pubsub
        import * as ee from "events"; /* @klotho::pubsub { id = "y" } */ export const e = new ee.EventEmitter();
            ! no-resource/no-emitter at pubsub
            ! no-resource/emitter-qualified at ee.EventEmitter
        import { EventEmitter } from "./mine"; /* @klotho::pubsub { id = "y" } */ export const e = new EventEmitter();
            ! no-resource/no-emitter at pubsub
            ! no-resource/emitter-qualified at EventEmitter
    "#]].assert_eq(&table(&WORDS, "a.ts", PUBSUB, &rows));
}

#[test]
fn exports_in_typescript() {
    let rows = [
        "const e = new events.EventEmitter(); export { e as other };",
        "const e = new events.EventEmitter(); export default e;",
        "const e = new events.EventEmitter(); export = e;",
        "const e: events.EventEmitter = new events.EventEmitter();",
        "class A { e = new events.EventEmitter(); }",
    ];
    expect![[r#"
        const e = new events.EventEmitter(); export { e as other };
            topic symbol e
        const e = new events.EventEmitter(); export default e;
            topic symbol e
        const e = new events.EventEmitter(); export = e;
            ! not-exported/typed at e
        const e: events.EventEmitter = new events.EventEmitter();
            ! not-exported/typed at e
        class A { e = new events.EventEmitter(); }
            ! no-resource/no-emitter at pubsub
    "#]]
    .assert_eq(&table(&WORDS, "a.ts", PUBSUB, &rows));
}

#[test]
fn events() {
    let text = r#"
/* @klotho::pubsub { id = "x" } */
const e = new EventEmitter();
exports.e = e;
e.emit("a", 1);
e.on('b', () => e.emit("c"));
e.once("d", f); e.addListener("e", f); e.emit(`f`); e.emit(name); e.on(); other.on("g", f);
e.on("h", f).on("i", f);
e.emit("a");
"#;
    expect![[r#"
        topic symbol e Published a Subscribed b Published c Subscribed h Published a
        ! compiler-gap/event-method at once
        ! compiler-gap/event-method at addListener
        ! compiler-gap/event-name at `f`
        ! compiler-gap/event-name at name
    "#]]
    .assert_eq(&lines(&WORDS, "a.js", text));
}

#[test]
fn an_id_is_needed_once_there_is_an_emitter() {
    let check = |row: &str| lines(&WORDS, "a.js", &format!("/* @klotho::pubsub */\n{row}"));
    assert_eq!(check("exports.e = new EventEmitter();"), "! id-required at pubsub\n");
    assert_eq!(check("exports.e = 1;"), "! no-resource/no-emitter at pubsub\n");
    assert_eq!(check(""), "! no-resource/no-emitter at pubsub\n");
}
