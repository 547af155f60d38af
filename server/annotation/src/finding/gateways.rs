//! What is wrong with gateways as a whole, and with what they mount.

use super::{Code, Definition, Severity};

pub(super) const DEFINITIONS: &[Definition] = &[
    Definition {
        code: Code::GatewayConflict,
        severity: Severity::Error,
        tag: None,
        summary: "Gateways of one unit that the compiler does not build together.",
        why: "A unit answers all its requests through one app. The compiler lets several gateways lead to a unit of JavaScript, Python \
              or C# only if the same variable of the same file is exposed by each, and refuses others. All gateways of a C# unit must have one type of API \
              as well (reference, 5.2).",
        fix: "Give both annotations one id, so that they are one gateway, or make a unit of its own of one of the files. Give \
              gateways of one C# unit the same `api_type` in the configuration.",
        messages: &[
            (
                "",
                "The unit `{unit}` already serves the gateway `{first}` of `{app}` in {file}, and the compiler refuses a second one of \
                 another app. Use the same id for both, or make one of the files a unit of its own.",
            ),
            (
                "api",
                "This gateway's API is `{own}`, and that of `{first}` in front of the same unit is `{other}`: the compiler refuses two \
                 types of API for one C# unit. Give both the same `api_type` in the configuration.",
            ),
        ],
        example: &[
            (
                "index.js",
                "const express = require(\"express\");\nrequire(\"./admin\");\nconst app = express();\napp.get(\"/\", (req, res) => \
                 res.send(\"hello\"));\n\n/* @klotho::expose {\n *   id = \"web\"\n *   target = \"public\"\n * }\n */\napp.listen(3000);\n",
            ),
            (
                "admin.js",
                "const express = require(\"express\");\nconst admin = express();\nadmin.get(\"/admin\", (req, res) => \
                 res.send(\"hello\"));\n\n/* @klotho::expose {\n *   id = \"admin\"\n *   target = \"public\"\n * }\n \
                 */\nadmin.listen(3001);\n",
            ),
        ],
    },
    Definition {
        code: Code::MountWithoutRoutes,
        severity: Severity::Warning,
        tag: None,
        summary: "No routes can be seen of what is mounted.",
        why: "The compiler reads the routes of a mounted router from the source of the file that defines it. It looks a router up by \
              `module.exports = name` or `exports.name = ...`, in TypeScript by `export`; a module without that export has no \
              routes for it. Routers that another unit holds, and routers mounted on routers, it passes over (reference, 5.3, 5.4).",
        fix: "Export the router in a form that the compiler sees, and define its routes with plain strings in the file that makes it.",
        messages: &[
            (
                "router",
                "No route of `{name}` can be seen, so the gateway has none of it. If it is a router, define its routes as \
                 `{name}.get(\"/path\", ...)` in the file that makes it.",
            ),
            (
                "default",
                "{file} has no default export that the compiler sees, so the gateway has no routes of it. Write `module.exports = \
                 router` there, with the name of the router, or mount it as `{name}.router`.",
            ),
            (
                "export",
                "{file} has no export `{name}` that the compiler sees, so the gateway has no routes of it. Write `exports.{name} = \
                 ...` there.",
            ),
            (
                "unit",
                "{file} belongs to the unit `{unit}`, so the compiler takes this line out of the gateway's program and the gateway has \
                 no routes of it. Mount it in a file of that unit.",
            ),
            (
                "nested",
                "The compiler does not follow a router that is mounted on a router, so the gateway has no routes of this one. Mount it \
                 on the app.",
            ),
            (
                "controller",
                "The controller `{name}` has no routes. Give its methods decorators such as `@Get()`.",
            ),
            (
                "unseen-controller",
                "The compiler does not see the controller `{name}`, so the gateway has no routes of it. Import the class from another \
                 file, and give it a path: `@Controller(\"path\")`, or `\"\"` for none.",
            ),
        ],
        example: &[
            (
                "index.js",
                "const express = require(\"express\");\nconst users = require(\"./users\");\nconst app = express();\napp.use(\"/users\", \
                 users);\n\n/* @klotho::expose {\n *   id = \"api\"\n *   target = \"public\"\n * }\n */\napp.listen(3000);\n",
            ),
            (
                "users.js",
                "const express = require(\"express\");\nconst router = express.Router();\nrouter.get(\"/\", (req, res) => \
                 res.send([]));\nmodule.exports = { router };\n",
            ),
        ],
    },
    Definition {
        code: Code::TooManyRoutes,
        severity: Severity::Warning,
        tag: None,
        summary: "A gateway has more routes than are looked at.",
        why: "Routers can be mounted any number of times, so a few lines can mean millions of routes. No cloud takes so many, and the \
              graph stops at a number that no real gateway reaches.",
        fix: "Mount routers under fewer paths, or split the gateway.",
        messages: &[(
            "",
            "The gateway `{gateway}` has more than {limit} routes or mounted routers: the rest is left out here. Mount routers under \
             fewer paths.",
        )],
        example: &[(
            "index.js",
            "const express = require(\"express\");\nconst app = express();\n// ... more than 10,000 routes\n\n/* @klotho::expose {\n *   \
             id = \"api\"\n *   target = \"public\"\n * }\n */\napp.listen(3000);\n",
        )],
    },
];
