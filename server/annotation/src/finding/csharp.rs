//! What is wrong with a C# program as a whole.

use super::{Code, Definition, Severity};

const STARTUP: &str = "using Microsoft.AspNetCore.Builder;\nusing Microsoft.AspNetCore.Hosting;\n\npublic class Startup\n{\n    public void \
                       Configure(IApplicationBuilder app, IWebHostEnvironment env) { }\n}\n";

pub(super) const DEFINITIONS: &[Definition] = &[Definition {
    code: Code::StartupClass,
    severity: Severity::Error,
    tag: None,
    summary: "Which class a C# program starts with cannot be told.",
    why: "The compiler makes an entry point for Lambda that starts the program through its startup class: the one with `public \
              void Configure(IApplicationBuilder, IWebHostEnvironment)`. It refuses a unit with several, and with several entry \
              points of its own. Where a unit has an `execution_unit` annotation, only a class right below one counts; it crashes on \
              a gateway when there is none (reference, 2.2.1, 5.6).",
    fix: "Put `@klotho::execution_unit` right above the startup class, below the `using` lines.",
    messages: &[
        (
            "several",
            "The unit `{unit}` has another startup class, `{first}`, and the compiler refuses several. Put \
                 `@klotho::execution_unit` right above the one that counts.",
        ),
        (
            "missing",
            "No startup class stands right below an `execution_unit` annotation of the unit `{unit}`, and the compiler crashes on \
                 its gateway. Put the annotation right above {class}, not at the top of the file.",
        ),
        (
            "entries",
            "The unit `{unit}` has another entry point for Lambda, `{first}`, and the compiler refuses several. Keep one of them, or \
                 make the others sealed or not public.",
        ),
    ],
    example: &[
        ("app.csproj", "<Project />\n"),
        ("A.cs", STARTUP),
        ("B.cs", STARTUP),
        ("Program.cs", "// @klotho::persist\n"),
    ],
}];
