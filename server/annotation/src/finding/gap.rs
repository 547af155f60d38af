//! Forms that the program means and the compiler does not see.

use super::{Code, Definition, Severity};

pub(super) const DEFINITIONS: &[Definition] = &[Definition {
    code: Code::CompilerGap,
    severity: Severity::Information,
    summary: "The compiler does not see this form.",
    why: "The compiler recognises apps and emitters by the shape of the JavaScript that it is given, which for TypeScript is what \
          `tsc` makes of the source. Some forms that mean the same are not among the shapes that it knows. A plain modern import \
          in TypeScript counts in the graph all the same; elsewhere the graph holds what the compiler makes of the code \
          (reference, 5.3, 5.7.6, appendix D).",
    fix: "Use the form that the message names: the quick fix rewrites it.",
    messages: &[
        (
            "express-default",
            "The compiler makes no gateway of this app: it does not see through what TypeScript makes of the default import \
             `{name}`. Write `import {name} = require(\"express\")`.",
        ),
        (
            "express-compiled",
            "The compiler does not see an app in what TypeScript makes of a default import. Write `import express = \
             require(\"express\")` in the source.",
        ),
        (
            "express-inline",
            "The compiler sees no app in a call of `require(\"express\")`. Write `const express = require(\"express\")`, and \
             `express()` here.",
        ),
        (
            "express-var",
            "The compiler looks for the app behind `const` and `let` alone, and passes over `var`. Write `{keyword}`.",
        ),
    ],
    example: &[(
        "index.ts",
        "import express from \"express\";\nconst app = express();\napp.get(\"/\", (req, res) => res.send(\"hello\"));\n\n\
         /* @klotho::expose {\n *   id = \"api\"\n *   target = \"public\"\n * }\n */\napp.listen(3000);\n",
    )],
}];
