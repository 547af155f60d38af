//! Where the compiler reads an annotation otherwise than it looks.

use super::{Code, Definition, Severity};

pub(super) const DEFINITIONS: &[Definition] = &[
    Definition {
        code: Code::BodyQuirk,
        severity: Severity::Warning,
        tag: None,
        summary: "The compiler reads an annotation's body otherwise than it looks.",
        why: "The compiler removes every `//` of a comment with the blanks after it, finds the end of a body by counting braces, and \
              takes every `@klotho::` for an annotation, all without knowing strings. What is not of the kind that a key takes \
              it passes over, in a list of strings as well (reference, 1.4 to 1.7 and 2).",
        fix: "In a string in double quotes write `\\u002F\\u002F` for `//`, `\\u007B` and `\\u007D` for braces and `\\u0040` for `@`. \
              Put quotes around strings, and none around numbers, `true` and `false`. Put braces around the keys.",
        messages: &[
            (
                "slashes",
                "The compiler removes `//` and the blanks after it in strings too, so it reads {value} here. Write \
                 `\\u002F\\u002F` in a string in double quotes.",
            ),
            (
                "brace",
                "The compiler ends the annotation's body at this `}` although it stands in a TOML comment, and passes over what \
                 follows. Remove it.",
            ),
            (
                "nested",
                "The compiler reads this as an annotation of its own, although it stands in the body of another. Write \
                 `\\u0040klotho::` in a string in double quotes, and no `@` in a comment.",
            ),
            (
                "nested-node",
                "The compiler reads this as an annotation of its own, and it takes the code below from the annotation around it. \
                 Write `\\u0040klotho::` in a string in double quotes, and no `@` in a comment.",
            ),
            (
                "element",
                "`{key}` is a list of strings, and the compiler passes over {value}, which is none. Put it in quotes.",
            ),
            (
                "kind",
                "`{key}` takes {wanted}, not {given}: the compiler reads it as if it were not there.{way}",
            ),
            (
                "kind-runtime",
                "`{key}` takes {wanted}, not {given}, and the library that it is for is given it as it is.{way}",
            ),
            (
                "unopened",
                "No `{` opens a body before this, so to the compiler these are plain words and `{capability}` has no keys. Put \
                 `{` behind `@klotho::{capability}`, and `}` behind the last key.",
            ),
        ],
        example: &[(
            "index.js",
            "// @klotho::execution_unit {\n//   id = \"api\"\n//   docs = \"https://example.com\"\n// }\n\nexports.run = () => {};\n",
        )],
    },
    Definition {
        code: Code::LooseMatch,
        severity: Severity::Information,
        tag: None,
        summary: "What an annotation declares is found in another place, or by less, than it seems.",
        why: "In Python the compiler searches the whole code that an annotation is attached to: a statement with all that it holds, \
              or, above the first statement of a block, all statements of the block. Where a file imports a package whole, any \
              plain call passes for one of that package (reference, 1.3, 5.5 and 5.8).",
        fix: "Put the annotation right above the statement that is meant, and not first in a block. Import the name that is called \
              (`from aiocache import Cache`), or call it through the package (`redis.Redis()`).",
        messages: &[
            (
                "block",
                "Above the first statement of a block the annotation is attached to all of the block: what it declares is \
                 `{statement}` in line {line}.",
            ),
            (
                "inside",
                "The annotation is attached to all of the code below it: what it declares is `{statement}` in line {line}.",
            ),
            (
                "call",
                "`{function}` is taken for a store only because `{module}` is imported whole: the compiler then takes any plain \
                 call for one of that package.",
            ),
        ],
        example: &[(
            "main.py",
            "import redis\n\n# @klotho::persist { id = \"sessions\" }\nclient = connect()\n",
        )],
    },
    Definition {
        code: Code::TargetStolen,
        severity: Severity::Warning,
        tag: None,
        summary: "A comment behind code moves an annotation to what follows.",
        why: "Line comments on consecutive rows are one comment for the compiler, also where code stands before one of them, and an \
              annotation is attached to what follows the last. A comment behind the annotated statement therefore moves the \
              annotation to the statement after it (reference, 1.3).",
        fix: "Use a `/* */` comment for the annotation, where the language has one, or put the comment on a line of its own above the \
              statement.",
        messages: &[
            (
                "",
                "This comment stands in the line below the annotation's and so becomes part of it: the annotation is attached to \
                 what follows, not to this line. Put the comment on a line of its own.",
            ),
            (
                "behind",
                "An annotation behind code is attached to what follows, not to the code before it. Put it on a line of its own above \
                 that.",
            ),
        ],
        example: &[(
            "index.js",
            "// @klotho::persist { id = \"users\" }\nexports.users = new Map(); // by name\nexports.orders = new Map();\n",
        )],
    },
];
