//! Units: which files they hold, their project files, and calls from one to another.

use super::{Code, Definition, Severity};

pub(super) const DEFINITIONS: &[Definition] = &[
    Definition {
        code: Code::EsImport,
        severity: Severity::Warning,
        tag: None,
        summary: "A JavaScript file uses ES `import`.",
        why: "The compiler reads CommonJS. It follows an ES `import` in JavaScript and warns of each, also with `\"type\": \"module\"`; \
              `export ... from` it does not follow at all, and what such a file exports it does not see (reference, 4.6).",
        fix: "Write `const x = require(\"x\")` and `exports.y = y`, or TypeScript that is compiled to CommonJS.",
        messages: &[(
            "",
            "Klotho reads CommonJS and only warns of ES `import` in JavaScript: what this file exports is not seen. Use `require` and \
             `exports`, or TypeScript that is compiled to CommonJS.",
        )],
        example: &[
            ("index.js", "// @klotho::execution_unit { id = \"main\" }\n\nimport fs from \"fs\";\n"),
            ("package.json", "{}\n"),
        ],
    },
    Definition {
        code: Code::ProjectFileAmbiguous,
        severity: Severity::Warning,
        tag: None,
        summary: "The project file of a unit is not that of all its files.",
        why: "A unit has one project file: that beside the last of its files, or the nearest above it. What the others list is not \
              installed (reference, 4.3). What `main` runs on follows from the first that is there of package.json, \
              requirements.txt, go.mod and .csproj, whatever it is declared in (reference, 4.2).",
        fix: "Give the files units of their own, or list the dependencies in one place.",
        messages: &[
            (
                "nearer",
                "The unit \"{id}\" takes {chosen}, although {passed} is nearer to this file: what it lists is not installed. Give \
                 this file a unit of its own, or list the dependencies in one place.",
            ),
            (
                "language",
                "The unit \"{id}\" runs on {runtime}, because of {chosen}, and that does not start this file. Give this file a unit of \
                 its own.",
            ),
            (
                "language-above",
                "The unit \"{id}\" runs on {runtime}, because of {chosen}, and that does not start this file. Give this file a unit of \
                 its own, or move {chosen} to a folder that does not hold this file.",
            ),
        ],
        example: &[
            ("a/index.js", "// @klotho::execution_unit { id = \"shop\" }\n\nexports.a = 1;\n"),
            ("a/package.json", "{}\n"),
            ("b/index.js", "// @klotho::execution_unit { id = \"shop\" }\n\nexports.b = 1;\n"),
            ("b/package.json", "{}\n"),
        ],
    },
    Definition {
        code: Code::ProjectFileInvalid,
        severity: Severity::Error,
        tag: None,
        summary: "A project file cannot be read.",
        why: "The compiler reads `package.json`, and `tsconfig.json` at the root, as strict JSON. A comment or a comma too many, which \
              `tsc` itself allows, ends the compile (reference, 6.1). A folder with `resources.json` it takes for its own output, \
              and reads nothing of it (reference, 1.1).",
        fix: "Remove comments and trailing commas, and make `main` a string. Give `resources.json` another name, or move it.",
        messages: &[
            (
                "json",
                "{file} is not strict JSON: {reason}. The compiler stops here; it takes no comments and no trailing commas.",
            ),
            ("object", "{file} has to hold an object, in braces. The compiler stops here."),
            ("main", "`main` has to be a string. The compiler stops here."),
            (
                "output",
                "The compiler takes a folder with `{file}` for its own output: it reads nothing of this project, and stops. Give the \
                 file another name, or move it out of the project's root.",
            ),
        ],
        example: &[
            ("index.js", "// @klotho::execution_unit { id = \"main\" }\n\nexports.run = () => {};\n"),
            ("package.json", "{\n  // main\n  \"main\": \"index.js\"\n}\n"),
        ],
    },
    Definition {
        code: Code::ProjectFileMissing,
        severity: Severity::Warning,
        tag: None,
        summary: "A language has no project file.",
        why: "Where there is source code of a language, the compiler asks for its project file: `package.json`, `requirements.txt`, \
              `go.mod` or a `.csproj`, in the project or above it. One stray file without it ends the compile (reference, 4.2). It is a \
              warning here, because the compiler may be started in another folder than the project's root.",
        fix: "Add the project file, even an empty one, or remove the source files.",
        messages: &[
            (
                "project",
                "The project has {language} in {file}, and no {name} here or above: the compiler refuses it. Add {name}, or remove \
                 the file.",
            ),
            (
                "unit",
                "The unit \"{id}\" has no {name}: none lies beside its files, above them or at the project's root. The compiler cannot \
                 build it.",
            ),
        ],
        example: &[("index.js", "// @klotho::execution_unit { id = \"main\" }\n\nexports.run = () => {};\n")],
    },
    Definition {
        code: Code::UnitAmbiguous,
        severity: Severity::Warning,
        tag: None,
        summary: "A file declares several units.",
        why: "A file belongs to one unit: its routes, embedded files and callers are that unit's. Of several `execution_unit` \
              annotations the compiler takes one at random, on each run anew (reference, 4.2).",
        fix: "Keep one annotation, and move what belongs to the other unit into a file of its own.",
        messages: &[(
            "",
            "This file declares the unit {id} already. The compiler picks one of them at random each time; here the first counts. Keep \
             one `execution_unit` a file.",
        )],
        example: &[
            (
                "index.js",
                "// @klotho::execution_unit { id = \"a\" }\n\n// @klotho::execution_unit { id = \"b\" }\n\nexports.run = () => {};\n",
            ),
            ("package.json", "{}\n"),
        ],
    },
    Definition {
        code: Code::UnitCall,
        severity: Severity::Warning,
        tag: None,
        summary: "A call of another unit cannot become a request.",
        why: "A function of another unit runs elsewhere, so that calling it becomes a request: that works for exported `async` \
              functions whose result is awaited (reference, 4.7).",
        fix: "Make the function `async`, export it, and await the call; or take it out of the unit, so that both share it.",
        messages: &[
            (
                "not-async",
                "`{function}` runs in the unit \"{unit}\" and is not `async`, so it cannot be called from {from}. Make it `async` and \
                 await it, or move it to a file that both units share.",
            ),
            (
                "not-exported",
                "`{function}` runs in the unit \"{unit}\" and is not exported there, so it cannot be called from {from}. Export it.",
            ),
            (
                "not-awaited",
                "`{function}` runs in the unit \"{unit}\", so this call is a request whose result nobody waits for. Await it.",
            ),
        ],
        example: &[
            (
                "index.js",
                "// @klotho::execution_unit { id = \"shop\" }\n\nconst tax = require(\"./tax\");\nexports.total = () => tax.rate();\n",
            ),
            (
                "tax.js",
                "// @klotho::execution_unit { id = \"tax\" }\n\nfunction rate() {\n  return 2;\n}\nexports.rate = rate;\n",
            ),
            ("package.json", "{}\n"),
        ],
    },
];
