//! What is wrong with stores, secrets and emitters.

use super::{Code, Definition, Severity};

pub(super) const DEFINITIONS: &[Definition] = &[
    Definition {
        code: Code::EnvironmentInvalid,
        severity: Severity::Error,
        tag: None,
        summary: "An environment variable is not `kind.property` of one known kind.",
        why: "Each variable of `environment_variables` is bound to one property of the store, named by kind and property. All \
              variables of an annotation describe one store, so they have one kind. The compiler refuses anything else \
              (reference, 2.4).",
        fix: "Use `orm.connection_string`, `redis_node.host`, `redis_node.port`, `redis_cluster.host` or `redis_cluster.port`. \
              Keys that are no variables stand before the table.",
        messages: &[
            (
                "string",
                "The value of `{name}` must be a string such as `\"redis_node.host\"`: the compiler refuses others.",
            ),
            (
                "form",
                "The value of `{name}` must be a kind and a property with one dot between them, such as `\"redis_node.host\"`, not \
                 \"{value}\".",
            ),
            (
                "kind",
                "`{name}` names the kind `{kind}`, which the compiler does not know. Use `orm`, `redis_node` or `redis_cluster`.",
            ),
            (
                "property",
                "`{name}`: a store of the kind `{kind}` has no property `{property}`. Use {allowed}.",
            ),
            (
                "mixed",
                "All variables of one annotation describe one store, and these name different kinds. Use one annotation for each \
                 store.",
            ),
        ],
        example: &[(
            "index.js",
            "/* @klotho::persist {\n *   id = \"queue\"\n *   [environment_variables]\n *   QUEUE = \"redis.host\"\n * }\n */\n\
             exports.host = process.env.QUEUE;\n",
        )],
    },
    Definition {
        code: Code::ImportAmbiguous,
        severity: Severity::Warning,
        tag: None,
        summary: "A module with a store or emitter is imported twice by one file.",
        why: "The compiler looks for the one import through which a file reaches a map or an emitter. Where the module is imported \
              twice it does not choose: what the file does with the variable is not seen (reference, 5.7.6).",
        fix: "Import the module once, whole or by name.",
        messages: &[(
            "",
            "`{module}` is imported more than once here, so the compiler does not see what this file does with its `{symbol}`. \
             Import it once.",
        )],
        example: &[
            (
                "index.js",
                "const shop = require(\"./shop\");\nconst { orders } = require(\"./shop\");\norders.emit(\"placed\");\n\
                 exports.name = shop.name;\n",
            ),
            (
                "shop.js",
                "const events = require(\"events\");\n\n// @klotho::pubsub { id = \"orders\" }\nexports.orders = new \
                 events.EventEmitter();\n",
            ),
        ],
    },
    Definition {
        code: Code::MissingAwait,
        severity: Severity::Warning,
        tag: None,
        summary: "A call on a persisted map is not awaited.",
        why: "A persisted map lies in the cloud: its methods return promises, where those of a `Map` return values. Code that goes \
              on without waiting works with a promise instead of the value. The compiler warns of every call that is not awaited at \
              once, also where the promise is returned, or is waited for by `then` or `Promise.all` (reference, 5.7.2).",
        fix: "Write `await` right before the call. In an async function the quick fix does, unless the code goes on with the promise \
              itself (`then`, `catch`, `finally`); any other function has to become async first.",
        messages: &[(
            "",
            "`{call}` returns a promise, because the map is persisted. Write `await` right before it, in an async function: the \
             compiler warns of every call that is not awaited at once, also where the promise is returned, or waited for by `then` or \
             `Promise.all`.",
        )],
        example: &[(
            "index.js",
            "// @klotho::persist { id = \"users\" }\nconst users = new Map();\n\nexports.add = (user) => {\n  users.set(user.id, user);\n\
             };\nexports.users = users;\n",
        )],
    },
    Definition {
        code: Code::NotExported,
        severity: Severity::Warning,
        tag: None,
        summary: "An emitter is not exported.",
        why: "Other units reach an emitter through the module that exports it. The compiler passes over one that is not exported, \
              and its events stay within the unit (reference, 5.7.6).",
        fix: "Export it: `exports.orders = new EventEmitter()`, in TypeScript `export const`. In JavaScript the compiler knows no \
              other form of export.",
        messages: &[
            (
                "",
                "`{symbol}` is not exported as `exports.{symbol} = {symbol}`, the only form that the compiler looks for: it passes \
                 over the emitter, and its events reach no other unit.",
            ),
            (
                "typed",
                "`{symbol}` is not exported, so the compiler passes over it and its events reach no other unit. Write `export` before \
                 it.",
            ),
            (
                "property",
                "The compiler passes over an emitter that is kept in `{symbol}`. Put it into a variable, or into a property of \
                 `exports`.",
            ),
        ],
        example: &[(
            "index.js",
            "const events = require(\"events\");\n\n// @klotho::pubsub { id = \"orders\" }\nconst orders = new events.EventEmitter();\n",
        )],
    },
    Definition {
        code: Code::PersistUnknown,
        severity: Severity::Error,
        tag: None,
        summary: "`persist` on code that is no store Klotho knows.",
        why: "What a store becomes in the cloud follows from the code: a `Map`, `fs/promises`, a Sequelize instance. In JavaScript \
              the compiler refuses `persist` on anything else, to lose no data in silence (reference, 5.7).",
        fix: "Put the annotation right above the statement that creates the store, with one store in the statement. A trailing \
              `//` comment on that line moves the annotation to the next statement: use a `/* */` comment then.",
        messages: &[
            (
                "",
                "The code below `persist` is no store that Klotho knows in {language}, and the compiler refuses it. It knows these: \
                 {stores}. Put the annotation right above the statement that creates one.",
            ),
            (
                "comment-between",
                "Another comment stands between `persist` and the code, and the compiler refuses that. Put the annotation below \
                 that comment, right above the statement that creates the store.",
            ),
        ],
        example: &[("index.js", "// @klotho::persist { id = \"users\" }\nexports.users = [];\n")],
    },
    Definition {
        code: Code::SecretAccess,
        severity: Severity::Error,
        tag: None,
        summary: "A secret is used other than by reading it.",
        why: "Secrets lie in a secrets manager, which programs can only read. The compiler refuses every other method on the \
              files of a secret store (reference, 5.7.1).",
        fix: "Read the secret whole, with `readFile` in JavaScript or `read` in Python. Keep other files in a store of their own.",
        messages: &[(
            "",
            "Secrets can only be read, and the compiler refuses `{method}` on them. Keep files that the program writes in a store \
             of their own.",
        )],
        example: &[(
            "index.js",
            "// @klotho::persist {\n//   id = \"keys\"\n//   secret = true\n// }\nconst secrets = require(\"fs/promises\");\n\n\
             exports.save = (key) => secrets.writeFile(\"key.pem\", key);\n",
        )],
    },
    Definition {
        code: Code::SecretUnread,
        severity: Severity::Warning,
        tag: None,
        summary: "A secret, or a file of it, is not seen to be read.",
        why: "Which files are secrets follows from the code that reads them. The compiler sees calls of `readFile` on the annotated \
              variable alone, in its own file; functions taken out of it and other files that get it are not followed. In \
              Python it sees `await f.read()` right below `async with secrets.open(\"path\") as f:` alone, as a statement or \
              assigned to a variable (reference, 5.7.1 and 5.8).",
        fix: "Read each secret with `await secrets.readFile(\"path\")` in the file of the annotation. In Python assign what is read to \
              a variable, and return that.",
        messages: &[
            (
                "",
                "No file is seen to be read through `{name}`, so the secret holds nothing. Read it in this file, as \
                 `{name}.readFile(\"path\")`.",
            ),
            (
                "parted",
                "No file is seen to be read: functions taken out of the module are not followed, so the secret holds nothing. \
                 Import the module itself, `import * as secrets from \"fs/promises\"`, and read as `secrets.readFile(\"path\")`.",
            ),
            (
                "open",
                "The compiler does not see that this file is read, so the secret will be missing. Write `value = await f.read()` as \
                 a statement right below `async with`.",
            ),
        ],
        example: &[(
            "index.js",
            "/* @klotho::persist {\n *   id = \"keys\"\n *   secret = true\n * }\n */\nconst secrets = require(\"fs/promises\");\n\n\
             exports.secrets = secrets;\n",
        )],
    },
];
