//! What is wrong with the text of an annotation, whatever the code below it.

use super::{Code, Definition, Severity, Tag};

pub(super) const DEFINITIONS: &[Definition] = &[
    SYNTAX,
    Definition {
        code: Code::AnnotationDuplicate,
        severity: Severity::Warning,
        tag: Some(Tag::Unnecessary),
        summary: "Two annotations of one file have the same capability and id.",
        why: "The compiler knows a file's annotations by capability and id. Of two that agree in both it keeps the later one \
              and drops the other without a word (reference, 1.10).",
        fix: "Give each its own id, or remove the one that is not meant.",
        messages: &[
            (
                "",
                "A later `{capability}` annotation in this file has the id \"{id}\" too: the compiler keeps that one and drops \
                 this one without a word. Give one of them another id.",
            ),
            (
                "no-id",
                "A later `{capability}` annotation in this file has no id either: the compiler keeps that one and drops this \
                 one without a word. Give each an id of its own.",
            ),
        ],
        example: &[(
            "index.js",
            "// @klotho::persist { id = \"cache\" }\nexports.users = new Map();\n\n// @klotho::persist { id = \"cache\" }\n\
             exports.orders = new Map();\n",
        )],
    },
    Definition {
        code: Code::IdDuplicate,
        severity: Severity::Error,
        tag: None,
        summary: "Two different resources of one family share an id.",
        why: "All stores share one namespace, because klotho.yaml configures them under `persisted` by id alone. The compiler \
              refuses two stores of different kinds with one id (reference, 6.6).",
        fix: "Rename one of the two. Two annotations with one id are fine when both mean the same kind of store: they are then \
              one store.",
        messages: &[(
            "",
            "The id \"{id}\" is both a {first} and a {second}. All stores share one namespace: give one of them another id.",
        )],
        example: &[
            (
                "index.js",
                "require(\"./files\");\n\n// @klotho::persist { id = \"data\" }\nexports.users = new Map();\n",
            ),
            (
                "files.js",
                "// @klotho::persist { id = \"data\" }\nconst files = require(\"fs/promises\");\nexports.files = files;\n",
            ),
        ],
    },
    Definition {
        code: Code::IdInvalid,
        severity: Severity::Error,
        tag: None,
        summary: "An id has wrong characters or is too long.",
        why: "Ids become parts of names in the cloud, which are short and plain. The compiler accepts at most 25 bytes of ASCII \
              letters, digits and `_ - . : /` (reference, 1.8).",
        fix: "Shorten the id, or replace what is not allowed, for example by `-`.",
        messages: &[
            (
                "length",
                "The id \"{id}\" is {length} bytes long, and the compiler accepts at most 25. Shorten it.",
            ),
            (
                "characters",
                "The id \"{id}\" has {characters}. Only ASCII letters, digits and `_ - . : /` are allowed in ids.",
            ),
        ],
        example: &[("index.js", "// @klotho::persist { id = \"my users\" }\nexports.users = new Map();\n")],
    },
    Definition {
        code: Code::IdRequired,
        severity: Severity::Error,
        tag: None,
        summary: "An annotation has no id where one is needed.",
        why: "The id names the resource in the cloud and in klotho.yaml. Without one the compiler refuses the annotation. An id \
              below a `[table]` belongs to the table, and one that is no string does not count (reference, 1.8).",
        fix: "Add `id = \"...\"` as the first line of the body.",
        messages: &[
            (
                "",
                "`{capability}` needs an id, and the compiler refuses it without one. Add `id = \"...\"` as the body's first line.",
            ),
            (
                "kind",
                "The id of `{capability}` has to be a string in quotes, and this is {given}: the compiler refuses it as one without an id.",
            ),
        ],
        example: &[("index.js", "// @klotho::persist\nexports.users = new Map();\n")],
    },
    Definition {
        code: Code::IdReused,
        severity: Severity::Information,
        tag: None,
        summary: "Resources of different capabilities have one id.",
        why: "Ids count within their capability, so the compiler keeps both resources. In the cloud's lists and in klotho.yaml \
              they are easily taken for one another (reference, 9).",
        fix: "Nothing has to be done. Another id for one of them tells them apart.",
        messages: &[(
            "",
            "The id \"{id}\" is also that of {other}. Both are kept: another id would tell them apart.",
        )],
        example: &[(
            "index.js",
            "const events = require(\"events\");\n\n// @klotho::persist { id = \"orders\" }\nexports.orders = new Map();\n\n\
             // @klotho::pubsub { id = \"orders\" }\nexports.placed = new events.EventEmitter();\n",
        )],
    },
    Definition {
        code: Code::IdShared,
        severity: Severity::Warning,
        tag: None,
        summary: "A secret shares its id with another secret or store.",
        why: "The compiler compares the ids of all stores but those of secrets. Of two secrets with one id it makes one, and a \
              secret and another store with one id have one entry in klotho.yaml (reference, 6.6).",
        fix: "Give each secret an id of its own.",
        messages: &[
            (
                "secret",
                "Another secret has the id \"{id}\" too, and the compiler makes one of the two. Give each an id of its own.",
            ),
            (
                "store",
                "The id \"{id}\" is also that of a {other}, and both have one entry in klotho.yaml. Give the secret another id.",
            ),
        ],
        example: &[
            (
                "index.js",
                "require(\"./keys\");\n\n// @klotho::persist { id = \"data\" }\nexports.users = new Map();\n",
            ),
            (
                "keys.js",
                "/* @klotho::persist {\n *   id = \"data\"\n *   secret = true\n * }\n */\nconst keys = \
                 require(\"fs/promises\");\nexports.key = () => keys.readFile(\"key.pem\");\n",
            ),
        ],
    },
    Definition {
        code: Code::MarkMisspelt,
        severity: Severity::Warning,
        tag: None,
        summary: "What was probably meant as an annotation does not begin as one, or is no comment.",
        why: "An annotation begins with `@klotho::`, in lower case and with nothing between it and the capability's name. The compiler \
              takes anything else for an ordinary comment and says nothing: what it asks for is not deployed (reference, 1.5). \
              Reported is what begins nearly so, names a capability, and has a brace or nothing behind the name. In Python a \
              docstring is no comment: an annotation that begins a line of a string which is a statement of its own is reported \
              too (reference, 1.2).",
        fix: "Write `@klotho::` as it is. In a comment that only mentions it go on behind the name, or put it in quotes. In Python \
              write the annotation as comment lines right above the statement, each with `# ` in front.",
        messages: &[
            (
                "",
                "This is an ordinary comment to the compiler, which knows no `{written}`. For an annotation write `{meant}`.",
            ),
            (
                "docstring",
                "The compiler reads annotations in comments only, and this `{written}` stands in a string. Write its lines as \
                 comments, each with `# ` in front, right above the statement that is meant.",
            ),
        ],
        example: &[("index.js", "// @klotho:persist { id = \"users\" }\nexports.users = new Map();\n")],
    },
    Definition {
        code: Code::UnknownCapability,
        severity: Severity::Warning,
        tag: None,
        summary: "There is no capability of this name.",
        why: "The compiler passes over names that it does not know: what the annotation asks for, such as a unit or a store, is \
              missing from what is deployed, and no more than a warning says so. `klotho-ls check --deny unknown-capability` \
              has CI refuse it. A name ends at the first character that is no letter, digit or `_`: `execution-unit` is read \
              as `execution` (reference, 1.5).",
        fix: "Use one of `execution_unit`, `expose`, `persist`, `pubsub`, `config`, `static_unit` and `embed_assets`.",
        messages: &[(
            "",
            "Klotho has no capability `{capability}`: the compiler ignores this annotation, so what it asks for is not deployed.{suggestion}",
        )],
        example: &[("index.js", "// @klotho::presist { id = \"users\" }\nexports.users = new Map();\n")],
    },
    Definition {
        code: Code::UnknownDirective,
        severity: Severity::Warning,
        tag: None,
        summary: "A key of an annotation is probably misspelt, or stands outside of its table.",
        why: "The compiler passes over keys that it does not know without a word, and so does klotho-ls: with `targt` no target is \
              stated, with `[worklod]` no traffic, and upper and lower case are not the same (reference, 2.1). Only a key that \
              comes near one of the capability is reported, and only where that one is not given and takes such a value; any \
              other key may be a note. A key of `[workload]` or `[requires]` counts only below that line: above it, it states nothing.",
        fix: "Write the key that was meant, or the key below its table; the quick fix does. A note that is meant gets another name, or \
              stands behind `#`.",
        messages: &[
            (
                "",
                "The compiler and klotho-ls pass over `{key}`, which is no key of `{capability}`.{suggestion}",
            ),
            (
                "case",
                "Upper and lower case count in a key: the compiler and klotho-ls pass over `{key}`.{suggestion}",
            ),
            (
                "several",
                "The compiler and klotho-ls pass over `{key}`, as over another key here that may mean the same.{suggestion}",
            ),
            ("above", "`{key}` counts for nothing here: it is a key of {tables}. {way}"),
        ],
        example: &[(
            "index.js",
            "/* @klotho::execution_unit {\n *   id = \"api\"\n *   keep_wram = true\n * }\n */\nexports.run = () => {};\n",
        )],
    },
];

const SYNTAX: Definition = Definition {
    code: Code::AnnotationSyntax,
    severity: Severity::Error,
    tag: None,
    summary: "The body of an annotation cannot be read.",
    why: "The body is [TOML](https://toml.io/en/v1.0.0). The compiler finds it by counting `{` and `}`, without knowing strings, and \
          reads it after the comment's leaders are gone. If that fails, nothing of the project is compiled (reference, 1.6, \
          1.7, 1.9).",
    fix: "Write one `key = value` per line, strings in quotes, and close the body with `}` in the same comment:\n\n```js\n/* \
          @klotho::persist {\n *   id = \"users\"\n * }\n */\n```",
    messages: &[
        ("toml", "The annotation's body is not valid TOML: {reason}."),
        ("unclosed", "The annotation's body is never closed. Add the missing `}` before the comment ends."),
        (
            "comment-end",
            "The comment that starts here does not end before the code below it, which is lost as well. Add the missing `{close}` \
             behind the annotation.",
        ),
        (
            "split",
            "The annotation's body is never closed: a blank line ends a comment of several lines, and the body with it. Remove \
             the line between the two parts, or start it like the others.",
        ),
        (
            "glob",
            "This `*/` ends the comment in the middle of a string, and the annotation's body with it. Use line comments for an \
             annotation whose patterns hold `**/`.",
        ),
        (
            "brace",
            "The compiler counts this `{brace}` although it stands in a string or a TOML comment, so the annotation's body ends \
             in the wrong place. Balance it, or in a string in double quotes write `\\u007B` for `{` and `\\u007D` for `}`.",
        ),
        (
            "leader",
            "Only `//` is stripped from a line's start, so this `{leader}` is left over and the annotation's body is not valid \
             TOML. Start the lines with `//`, or use a `/* */` comment.",
        ),
        ("unquoted", "Strings need quotes in TOML: write `\"{quoted}\"` instead of `{value}`."),
        (
            "number",
            "`{value}` is no number in TOML, which has digits alone, with `_` between them where you like. Write `{number}`.",
        ),
        ("no-value", "The value after `=` is missing. Add one on this line, or remove the key."),
        ("boolean", "`{value}` is no TOML value. Write `true` or `false`, in lower case and without quotes."),
        (
            "pairs",
            "TOML has one `key = value` per line, without commas between them. Put this on a line of its own.",
        ),
        ("colon", "TOML has `=` between a key and its value, not `:`."),
        (
            "comment",
            "The compiler removes `//` and reads the words after it as TOML. Start a comment inside an annotation's body \
             with `#`, or put it before the annotation.",
        ),
        ("duplicate", "The key `{key}` is given twice. Keep one of the two."),
        (
            "escape",
            "A backslash in a string in double quotes starts an escape, and there is none like this. Write `\\\\` for a backslash, or \
             use single quotes.",
        ),
        (
            "unclosed-string",
            "The string that starts here is never closed, and the annotation's body with it. Add the closing `{quotes}`.",
        ),
        ("unterminated", "The string is not closed on its line. Add the missing quote."),
        ("nested", "Annotations are nested too deeply here to be read."),
        (
            "crash",
            "The compiler crashes on a line comment that holds nothing but `/*`. Remove the comment, or add words to it.",
        ),
    ],
    example: &[("index.js", "// @klotho::persist { id = users }\nexports.users = new Map();\n")],
};
