//! What is wrong with a gateway and its routes.

use super::{Code, Definition, Severity};

pub(super) const DEFINITIONS: &[Definition] = &[
    Definition {
        code: Code::ExposeAppNotFound,
        severity: Severity::Error,
        tag: None,
        summary: "The app that listens cannot be traced to a name.",
        why: "The compiler must export the listening app under a name, so that the cloud can call it. It finds the name when \
              `listen` stands on its own at the top level of the file, in a `then` callback, or in a function whose result a \
              variable is declared with. Elsewhere it gives up, and in a callback of a plain call it crashes (reference, 5.3). In Go \
              it must be `http.ListenAndServe(\"...\", router)` with the first router of the file (reference, 5.6).",
        fix: "Move `app.listen(...)` to the top level of the file, as a statement of its own. In Go put the annotation right \
              above `http.ListenAndServe`, and define no other chi router in the file before.",
        messages: &[
            (
                "nested",
                "The compiler cannot tell which app listens here. Call `listen` at the top level of the file, as a statement of \
                 its own.",
            ),
            (
                "assigned",
                "The compiler looks for a variable that is declared with the result of `{function}`, and an assignment to `{name}` \
                 is none. Write `const {name} = {function}();`, and export it in a statement of its own.",
            ),
            (
                "exported",
                "The compiler looks for a variable that is declared with the result of `{function}`, and `tsc` makes an assignment to \
                 `exports.{name}` of this export. Write `const {name} = {function}();`, and export it in a statement of its own.",
            ),
            (
                "awaited",
                "The compiler looks for a variable that is declared with the result of `{function}` itself, and sees none behind \
                 an `await`. Write `const {name} = {function}();` without the `await`.",
            ),
            (
                "undeclared",
                "The compiler looks for a variable that is declared with the result of `{function}`, and there is none. Write \
                 `const {name} = {function}();` at the top level of the file, and `{name}` where the call stands now.",
            ),
            (
                "unkept",
                "The compiler cannot tell which app listens here, because nothing keeps what `{function}` returns. Write \
                 `const nestApp = {function}()` where it is called.",
            ),
            (
                "crash",
                "The compiler crashes on `listen` inside a callback of a plain call. Call it at the top level of the file, as a \
                 statement of its own.",
            ),
            (
                "not-listening",
                "The compiler takes `{call}` for the call that starts the server, and refuses any but `http.ListenAndServe`. Put \
                 the annotation right above that call.",
            ),
            (
                "other-router",
                "The compiler serves the first chi router of the file, `{first}`, and refuses `{handler}` here. Serve `{first}`, \
                 or move its definition to another file.",
            ),
        ],
        example: &[(
            "index.js",
            "const express = require(\"express\");\nconst app = express();\n\n/* @klotho::expose {\n *   id = \"api\"\n *   target = \
             \"public\"\n * }\n */\nconst server = app.listen(3000);\n",
        )],
    },
    Definition {
        code: Code::LiteralRequired,
        severity: Severity::Error,
        tag: None,
        summary: "A route or the path of a secret is not a plain string literal.",
        why: "The compiler reads routes and the paths of secrets from the code without running it. It understands plain strings; a \
              template, a prefix such as `f\"...\"` or a variable makes it stop (reference, 5.5, 5.7).",
        fix: "Write the path as a plain string in quotes.",
        messages: &[
            (
                "route",
                "The compiler reads routes without running the code and refuses this one. Write the path as a plain string in \
                 quotes.",
            ),
            (
                "secret",
                "The compiler must know which file holds the secret and refuses this path. Write it as a plain string in quotes.",
            ),
        ],
        example: &[(
            "index.js",
            "// @klotho::persist {\n//   id = \"keys\"\n//   secret = true\n// }\nconst secrets = require(\"fs/promises\");\n\n\
             exports.read = (name) => secrets.readFile(name);\n",
        )],
    },
    Definition {
        code: Code::MountNotFound,
        severity: Severity::Error,
        tag: None,
        summary: "The package, file or function of a mounted router does not exist.",
        why: "The routes of a mounted router are read from the file that defines it. The compiler looks for a relative import of \
              JavaScript below the project's root, whichever file imports it, and crashes when nothing is there; in Go it refuses \
              a mount whose package or function it cannot find (reference, 5.3, 5.6).",
        fix: "Correct the import, or create the file that it names.",
        messages: &[
            (
                "",
                "The router of `{module}` cannot be found, and the compiler stops here. Correct the import, or add the file.",
            ),
            (
                "root",
                "The compiler looks for `{module}` from the project's root and not from this file, finds nothing there, and stops \
                 here. Move this file to the root, or mount the router in a file that lies there.",
            ),
            (
                "import",
                "No import of this file is called `{module}`, and the compiler stops here. It can mount only what a function of an \
                 imported package returns.",
            ),
            (
                "package",
                "No file of the project says `package {module}`, and the compiler stops here: it reads the routes of a mounted \
                 router from the source. Mount a package of this project.",
            ),
            (
                "function",
                "The package `{module}` has no function `{function}`, and the compiler stops here. Correct the name, or add the \
                 function.",
            ),
        ],
        example: &[(
            "index.js",
            "const express = require(\"express\");\nconst users = require(\"./users\");\nconst app = express();\n\napp.use(\"/users\", \
             users);\n\n/* @klotho::expose {\n *   id = \"api\"\n *   target = \"public\"\n * }\n */\napp.listen(3000);\n",
        )],
    },
    Definition {
        code: Code::TargetNotPublic,
        severity: Severity::Error,
        tag: None,
        summary: "`expose` without `target = \"public\"`.",
        why: "Whoever exposes routes must say that the internet may reach them; private gateways were never built. The compiler \
              refuses any other target, and none (reference, 2.3).",
        fix: "Add `target = \"public\"`, or remove the annotation if nobody outside may call these routes.",
        messages: &[
            (
                "missing",
                "`expose` needs `target = \"public\"`: the compiler refuses it without. Add it, or remove the annotation if nobody \
                 outside may call these routes.",
            ),
            (
                "other",
                "The target of `expose` must be the string `\"public\"`, not `{value}`: there are no other gateways, and this \
                 one opens the routes to the internet. Write that, or remove the annotation if nobody outside may call them.",
            ),
        ],
        example: &[(
            "index.js",
            "const express = require(\"express\");\nconst app = express();\n\n// @klotho::expose { id = \"api\" }\napp.listen(3000);\n",
        )],
    },
];
