//! Forms that the program means and the compiler does not see.

use super::{Code, Definition, Severity};

pub(super) const DEFINITIONS: &[Definition] = &[Definition {
    code: Code::CompilerGap,
    severity: Severity::Information,
    tag: None,
    summary: "The compiler does not see this form.",
    why: "The compiler recognises apps and emitters by the shape of the JavaScript that it is given, which for TypeScript is what \
          `tsc` makes of the source. Some forms that mean the same are not among the shapes that it knows. A plain modern import \
          in TypeScript counts in the graph all the same; elsewhere the graph holds what the compiler makes of the code \
          (reference, 5.3, 5.7.6, appendix D). In Go and C# it knows a few of the methods that define a route on chi's routers \
          and ASP.NET Core's endpoints, and passes over the others in silence (5.6).",
    fix: "Use the form that the message names. Where it can be rewritten safely, a quick fix does so.",
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
        (
            "express-es5",
            "`tsc` writes `var` for every variable, because tsconfig.json has the target {target}, and the compiler looks for apps \
             behind `const` and `let` alone. Set `target` to `ES2015` or later.",
        ),
        (
            "comments",
            "`tsc` removes all comments, because tsconfig.json says `removeComments`: the compiler sees no annotation of this \
             project. Set it to `false`.",
        ),
        (
            "elided",
            "`tsc` drops this import of `{module}`, because nothing of it is used as a value: the annotation goes with it, or slides \
             to the next statement. Use what is imported, or move the annotation.",
        ),
        (
            "uncompiled",
            "`tsc` makes nothing of a file that only describes types, so that the compiler never sees this annotation. Write it in the \
             file with the code.",
        ),
        (
            "emitter",
            "The compiler does not see an emitter whose class is imported as `{class}`, because `tsc` writes another name for it. \
             Write `import * as events from \"events\"` and `new events.EventEmitter()`.",
        ),
        (
            "fs-named",
            "The compiler does not see `{name}`: no variable of that name is left in what `tsc` makes of this import. Write \
             `import * as {name} from \"fs/promises\"`.",
        ),
        (
            "orm-default",
            "The compiler does not see the class `{class}`, because `tsc` writes `default` for a default import. Import it from \
             `{module}` by its name, in braces.",
        ),
        (
            "express-route",
            "The compiler does not see this route: its path is no plain string. Write one call with a plain string for each path.",
        ),
        (
            "express-chain",
            "The compiler does not see this route: it follows no call on the result of another. Write one call on `{router}` for \
             each route, with its path as a plain string.",
        ),
        (
            "express-setting",
            "The compiler takes this reading of a setting for a route, `{path}`: every call of `{router}.get` with a plain string is \
             one to it. Keep the setting in a variable of your own.",
        ),
        (
            "nest-default",
            "The compiler does not see the controller `{class}`: it knows it by the name of its class, and `tsc` writes `default` for a \
             default import. Export the class by its name, and import it in braces.",
        ),
        (
            "event-name",
            "The compiler does not see this event: its name is no plain string. Write the name itself in quotes.",
        ),
        (
            "event-method",
            "The compiler does not see what `{method}` listens to: of an emitter's methods it knows `emit` and `on` alone. Use `on`.",
        ),
        (
            "fastapi-method",
            "The compiler does not see the routes that `{method}` gives `{app}`: it looks only for decorators such as \
             `@{app}.get(\"/path\")` in this file. Write each route so.",
        ),
        (
            "chi-prefix",
            "The compiler takes the routes in this function without the path of `Route`. Write each with its whole path on \
             `{router}`, outside of it.",
        ),
        (
            "chi-nested",
            "The compiler does not see the routes of this `Route`: it looks only for those on `{router}`. Write each with its whole \
             path on `{router}`, outside of it.",
        ),
        (
            "chi-group",
            "The compiler does not see the routes of this `Group`: it looks only for those on `{router}`. Write a function here, and \
             name its parameter `{router}`.",
        ),
        (
            "chi-with",
            "The compiler does not see what is defined on the router that `With` returns. Write it on `{router}`, and wrap its \
             handler in the middleware.",
        ),
        (
            "chi-method",
            "The compiler sees no route in `{method}`. Write a call for each verb: `Get`, `Post`, `Put`, `Delete`, `Patch`, `Options` \
             or `Head`.",
        ),
        (
            "chi-path",
            "The compiler passes over this `{method}`, because it reads only paths that are written as a string in double quotes. \
             Write the path so.",
        ),
        (
            "chi-mount",
            "The compiler passes over this mount, because it follows only calls of another package's function. Move the routes there, \
             and write `{router}.Mount(\"/path\", package.Function())`.",
        ),
        (
            "aspnet-method",
            "The compiler sees no route in `{method}`. Write `Map`, `MapGet`, `MapPost`, `MapPut` or `MapDelete`, or use a controller.",
        ),
        (
            "aspnet-pattern",
            "The compiler passes over this `{method}`, because it reads only patterns that are written as a plain or verbatim string. \
             Write the pattern so, as the first argument.",
        ),
        (
            "aspnet-template",
            "The compiler takes what is written here, letter by letter, for the path: it knows no values. Write the path as a plain \
             or verbatim string.",
        ),
        (
            "aspnet-unread",
            "The compiler makes nothing of this, so that routes are missing: it reads only plain and verbatim strings. Write such a \
             string.",
        ),
        (
            "aspnet-named",
            "The compiler looks for a template without a name before it, and takes this for none. Write the path alone, without \
             `template:`.",
        ),
        (
            "aspnet-controllers",
            "The compiler passes over all controllers here, because it sees no call of `AddControllers` in `ConfigureServices` of this \
             class. Call it there, on a parameter of the type `IServiceCollection`; `AddMvc` and others do not count.",
        ),
        (
            "router-passed-on",
            "The compiler takes `{name}` for a router of {file}, which only passes it on, and sees no routes of it. Import it from the \
             file that makes it.",
        ),
        (
            "router-twin",
            "The compiler looks for `{module}` from the project's root and not from this file: it takes the routes of {file} here, and \
             not those of {meant}. Rename one of them.",
        ),
    ],
    example: &[(
        "index.ts",
        "import express from \"express\";\nconst app = express();\napp.get(\"/\", (req, res) => res.send(\"hello\"));\n\n\
         /* @klotho::expose {\n *   id = \"api\"\n *   target = \"public\"\n * }\n */\napp.listen(3000);\n",
    )],
}];
