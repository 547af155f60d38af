//! Files, patterns, and annotations that come to nothing.

use super::{Code, Definition, Severity};

pub(super) const DEFINITIONS: &[Definition] = &[
    Definition {
        code: Code::FileSkipped,
        severity: Severity::Warning,
        tag: None,
        summary: "A file or folder was not read, or not as it stands.",
        why: "Files that are no source code by their size or their bytes are passed over, so that no project can hang klotho-ls; \
              links are not followed, and some files the system does not let us read. What they say about the cloud is missing \
              from the graph, and that must be known.",
        fix: "Save the file as UTF-8, split it, let the user who runs klotho-ls read it, or move it out of the project if it is \
              generated.",
        messages: &[
            (
                "size",
                "The file is {size} large and was not read: the limit is {limit}. Its annotations have no effect here.",
            ),
            ("binary", "The file holds binary data and was not read, although its name says source code."),
            (
                "utf8",
                "The file is not UTF-8 from byte {byte} on. It was read with `?` in place of each byte that is not; save it as UTF-8.",
            ),
            ("utf16", "The file is written in UTF-16 and was not read. Save it as UTF-8."),
            (
                "link",
                "`{module}` leads to {file}, which is a link. Links are not followed, so what lies there is missing here.",
            ),
            (
                "annotations",
                "The file has more than {limit} annotations and was not read. None of them has an effect here. Split it, or move it out of \
                 the project if it is generated.",
            ),
            (
                "slow",
                "The file takes its parser more than 2 seconds, or more memory than there is, and was not read. Its annotations have no \
                 effect here. Split it, or move it out of the project if it is generated.",
            ),
            (
                "levels",
                "The lines of the file begin at more columns than its parser can count, and it was not read. Its annotations have no effect \
                 here. Give its blocks fewer levels of indentation, or one width for each.",
            ),
            ("no-file", "Here is {what}, not a file, and it was not read."),
            ("unreadable", "The file could not be read: {reason}. Its annotations have no effect here."),
            ("folder", "The folder could not be read: {reason}. What lies in it is missing here."),
        ],
        example: &[("index.js", "\u{0}\u{0} @klotho::persist\n")],
    },
    Definition {
        code: Code::IncludeRequired,
        severity: Severity::Error,
        tag: None,
        summary: "`embed_assets` does not say which files.",
        why: "Without a usable `include` there is nothing to embed. The compiler refuses the annotation and stops looking at the \
              file (reference, 2.8).",
        fix: "Add `include = \"...\"` with a pattern, or a list of patterns.",
        messages: &[(
            "",
            "`embed_assets` needs `include`: a string, or a list of strings, that says which files to add. The compiler refuses it \
             without.",
        )],
        example: &[(
            "index.js",
            "// @klotho::embed_assets { exclude = \"*.md\" }\n\nexports.run = () => {};\n",
        )],
    },
    Definition {
        code: Code::NoFilesMatched,
        severity: Severity::Warning,
        tag: None,
        summary: "The patterns match no file.",
        why: "The unit or website is deployed without the files that were meant, and the program finds out when it runs. A pattern \
              is relative to the annotated file's folder, or to the project's root with a leading `/`; a folder's name alone \
              matches nothing in it (reference, 5.10).",
        fix: "Correct the pattern: `assets/**` for all that is below a folder.",
        messages: &[(
            "",
            "No file matches {patterns}. Patterns start at {folder}, or at the project's root with a leading `/`.",
        )],
        example: &[(
            "index.js",
            "// @klotho::embed_assets { include = \"templates/*.html\" }\n\nexports.run = () => {};\n",
        )],
    },
    Definition {
        code: Code::NoResource,
        severity: Severity::Warning,
        tag: None,
        summary: "An annotation declares nothing.",
        why: "The annotation is well formed, and still nothing comes of it: the code below it is not what the capability works on, \
              the file is part of no unit, or the language is not supported. The compiler says no more than that no resource was \
              generated (reference, 6.6).",
        fix: "See the message: as a rule the annotation stands above the wrong statement, or the file is not imported.",
        messages: &[
            (
                "unreachable",
                "{file} belongs to no unit, because it cannot be reached from {entrypoints}: this annotation has no effect. Import the \
                 file there, or annotate it with `@klotho::execution_unit`.",
            ),
            (
                "no-entrypoint",
                "{file} belongs to no unit, because the program has no file to start with: this annotation has no effect. Add one \
                 ({mains}), or annotate this one with `@klotho::execution_unit`.",
            ),
            (
                "served",
                "A static unit serves {file} to browsers as it is, and the compiler takes it for no part of the program: this \
                 annotation has no effect. Move it to another file, or list this one in `shared_files`, which leaves it in the program \
                 as well.",
            ),
            (
                "no-listen",
                "The code below `expose` starts no web server that Klotho knows, so there is no gateway. Put the annotation right \
                 above the statement that does.",
            ),
            (
                "no-app",
                "The server that listens here is not seen to be an app of {framework}, so there is no gateway. Create it in this \
                 file, in the plain form that {framework} documents.",
            ),
            (
                "app-again",
                "Another `expose` of this file has the app `{name}` too. The compiler keeps one of them, and which is left to chance: \
                 here it is the first. Remove one.",
            ),
            (
                "app-unnamed",
                "What listens here has no name, so there is no gateway. Keep the app in a variable, and call `listen` on it.",
            ),
            (
                "app-elsewhere",
                "`{name}` is not created in this file, so the compiler does not know it for an app and makes no gateway. Create it \
                 here with `const {name} = express()`.",
            ),
            (
                "app-foreign",
                "`{name}` is not made by calling what is imported from `express`, so there is no gateway. Create it in this file \
                 with `const {name} = express()`.",
            ),
            (
                "app-property",
                "`tsc` makes a property of the namespace of `{name}`, which the compiler takes for no app, so there is no gateway. \
                 Declare `{name}` outside of the namespace, or do not export it from there.",
            ),
            (
                "app-form",
                "The compiler does not see that `{name}` is an app of Express, so there is no gateway. Import `express` under a name, \
                 and write `const {name} = express()`.",
            ),
            (
                "app-nest",
                "The compiler does not see that `{name}` is a NestJS application, so there is no gateway. Write `const {name} = await \
                 NestFactory.create(AppModule)` with a module that is imported from another file.",
            ),
            (
                "app-second",
                "The compiler looks at the first Express app of a file alone, and that is `{first}`: there is no gateway for \
                 `{name}`. Give it a file of its own.",
            ),
            (
                "app-twice",
                "This file imports `{function}` more than once, and the compiler then takes it for no import: there is no gateway. \
                 Keep one of the imports.",
            ),
            (
                "app-var",
                "The compiler looks for apps behind `const` and `let` alone, and `{name}` is declared with `var`: there is no \
                 gateway. Declare it with `const`.",
            ),
            (
                "no-startup",
                "The code below `expose` stands in no startup class that Klotho knows, so there is no gateway. Put the annotation \
                 right above `app.UseEndpoints(...)`, in a class with one public `void Configure(IApplicationBuilder app, \
                 IWebHostEnvironment env)` and the `using` lines of both types.",
            ),
            (
                "no-endpoints",
                "`Configure` of this class does not call `{app}.UseEndpoints(endpoints => ...)`, so there is no gateway. Define \
                 the routes there.",
            ),
            (
                "no-routes",
                "No route of this {framework} app can be seen, so there is no gateway. Define routes on it in this file, with \
                 plain strings as paths.",
            ),
            (
                "no-emitter",
                "The code below `pubsub` creates no `EventEmitter`, so there is no topic. Put the annotation right above the statement \
                 that does.",
            ),
            (
                "emitter-qualified",
                "The compiler takes `{class}` for no emitter: before `EventEmitter` it knows no other name than `events`. Write \
                 `const events = require(\"events\")` and `new events.EventEmitter()`.",
            ),
            (
                "no-store",
                "The code below `persist` is no store that Klotho knows, so nothing is kept. It knows these here: {stores}. Put the \
                 annotation right above the statement that creates one.",
            ),
            (
                "comment-between",
                "Another comment stands between `persist` and the code, so nothing is kept. Put the annotation below that \
                 comment, right above the statement that creates the store.",
            ),
            (
                "several",
                "Above the first statement of a block the annotation is attached to all of the block, in which several calls are \
                 assigned: the compiler then takes none of them for a store. Put it right above the one that is meant, below \
                 another statement.",
            ),
            (
                "several-stores",
                "The code below `{capability}` opens more than one store, or assigns it to more than two variables, and the compiler \
                 passes over all of it. Put the annotation above one statement such as `bucket, err := ...`.",
            ),
            ("not-secret", "`config` has an effect only with `secret = true`. Add it."),
            (
                "no-variable",
                "The code below `config` opens no runtime variable, so there is nothing to configure. Put the annotation right above \
                 `variable, err := runtimevar.OpenVariable(...)`.",
            ),
            (
                "without-id",
                "`{capability}` has no id: what the compiler makes of it has no name either, and is left out here. Add `id = \"...\"`.",
            ),
            ("unit-without-id", "The execution unit has no id, so it declares no unit. Add `id = \"...\"`."),
            ("language", "`{capability}` has no effect in {language}."),
            (
                "other",
                "`{capability}` with the id \"{id}\" declares nothing: the code below it is not what the capability works on.",
            ),
        ],
        example: &[("index.js", "// @klotho::execution_unit\n\nexports.run = () => {};\n")],
    },
    Definition {
        code: Code::PatternInvalid,
        severity: Severity::Error,
        tag: None,
        summary: "A pattern is not a valid glob.",
        why: "Patterns are globs with `*`, `?`, `[...]`, `{a,b}` and `**`. The compiler stops at one that it cannot read \
              (reference, 5.10).",
        fix: "Close the bracket or brace, or write a backslash before a character that is meant as it is.",
        messages: &[
            ("", "`{pattern}` is not a valid pattern: {reason}. The compiler stops here."),
            (
                "beyond",
                "`{pattern}` is left out here: {reason}. Write several shorter patterns, or name a folder.",
            ),
        ],
        example: &[(
            "index.js",
            "// @klotho::embed_assets { include = \"assets/[a-\" }\n\nexports.run = () => {};\n",
        )],
    },
];
