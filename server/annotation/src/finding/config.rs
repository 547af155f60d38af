//! What is wrong with `klotho.yaml`.

use super::{Code, Definition, Severity, Tag};

pub(super) const DEFINITIONS: &[Definition] = &[
    Definition {
        code: Code::ConfigApp,
        severity: Severity::Error,
        tag: None,
        summary: "The name of the application cannot be used.",
        why: "`app` names everything that is built. The compiler refuses a name of more than 50 bytes, and one with characters \
              other than letters, digits and `_ - . : /` (reference, 3.9).",
        fix: "Choose a name such as `music-service`.",
        messages: &[
            (
                "long",
                "The name of the application is {length} bytes long, and the compiler accepts at most 50. Shorten it.",
            ),
            (
                "characters",
                "The name of the application may hold ASCII letters, digits and `_ - . : /` alone: the compiler refuses others.",
            ),
        ],
        example: &[("index.js", "exports.users = [];\n"), ("klotho.yaml", "app: my shop\n")],
    },
    Definition {
        code: Code::ConfigIgnored,
        severity: Severity::Warning,
        tag: Some(Tag::Unnecessary),
        summary: "Something in the configuration has no effect.",
        why: "The compiler takes the keys that it knows and passes over all others without a word. A misspelt key, or one of the \
              other of the two forms that the configuration has had, changes nothing (reference, 3.1, 3.3 and 3.12).",
        fix: "Correct the key, or remove it.",
        messages: &[
            ("unknown-key", "No key `{key}` is read here, so this has no effect.{suggestion}"),
            ("unknown-finding", "`{key}` is no finding, so this has no effect.{suggestion}"),
            (
                "era",
                "`{key}` belongs to the earlier form of the configuration, and this file has keys of the later one. The two cannot be \
                 mixed: this has no effect.",
            ),
            (
                "expose-defaults",
                "In YAML the compiler does not read `defaults.expose.{key}`. Put it below `defaults.expose.{instead}`.",
            ),
            (
                "file",
                "`{instead}` is the project's configuration, so nothing in `{file}` counts. Keep one of the two.",
            ),
        ],
        example: &[
            ("index.js", "exports.users = [];\n"),
            ("klotho.yaml", "execution_unit:\n  main:\n    type: ecs\n"),
        ],
    },
    Definition {
        code: Code::ConfigProvider,
        severity: Severity::Information,
        tag: None,
        summary: "The compiler builds nothing for this provider.",
        why: "The compiler accepts `gcp` and `azure`, checks types against the tables of `aws` and draws other icons. What it \
              generates is for `aws` alone (reference, 3.4).",
        fix: "Use `provider: aws`.",
        messages: &[(
            "",
            "The compiler accepts `{provider}`, but what it generates is for `aws` alone. Types here are those of `aws`'s tables; an \
             annotation's `target` may name a target of `{provider}`, for comparing what it costs.",
        )],
        example: &[("index.js", "exports.users = [];\n"), ("klotho.yaml", "provider: gcp\n")],
    },
    Definition {
        code: Code::ConfigRenamed,
        severity: Severity::Warning,
        tag: Some(Tag::Deprecated),
        summary: "A unit's type is called by the name that it had once.",
        why: "The compiler converts the old name, with a warning. It looks for the default parameters of the type before that, \
              and so finds none (reference, 3.7).",
        fix: "Write the new name.",
        messages: &[(
            "",
            "`{old}` is called `{new}` now. The compiler converts it, but leaves out the default parameters of `{new}`.",
        )],
        example: &[
            ("index.js", "exports.users = [];\n"),
            ("klotho.yaml", "execution_units:\n  main:\n    type: fargate\n"),
        ],
    },
    Definition {
        code: Code::ConfigSyntax,
        severity: Severity::Error,
        tag: None,
        summary: "`klotho.yaml` cannot be read.",
        why: "The compiler reads its configuration before anything else. Text that is not YAML, a list where keys belong, a key \
              given twice or an entry without settings stops it, and some of these crash it (reference, 3.1). What cannot be read \
              decides nothing: every setting is then taken from its default.",
        fix: "Correct the place that is marked. Every section maps ids to settings:\n\n```yaml\nexecution_units:\n  main:\n    \
              type: lambda\n```",
        messages: &[
            ("invalid", "The configuration is not valid {format}: {reason}."),
            ("shape", "`{key}` must hold {expected}. The compiler refuses any other shape."),
            (
                "own",
                "`{key}` must hold {expected}. klotho-ls alone reads it, and takes it as not said until it does.",
            ),
            (
                "empty",
                "The configuration is empty, or holds comments alone, and the compiler refuses it. Add settings, or remove the file.",
            ),
            (
                "null-entry",
                "`{id}` in `{section}` has no settings, and the compiler crashes on such an entry. Add a setting, or remove it.",
            ),
            (
                "size",
                "{file} is {size} large and was not read: the limit is {limit}. Nothing that it says counts here.",
            ),
            (
                "binary",
                "{file} holds binary data and was not read. Nothing that it says counts here; write it as text in UTF-8.",
            ),
            (
                "utf8",
                "{file} is not UTF-8 from byte {byte} on and was not read. Nothing that it says counts here; save it as UTF-8.",
            ),
            (
                "utf16",
                "{file} is written in UTF-16 and was not read. Nothing that it says counts here; save it as UTF-8.",
            ),
            ("no-file", "{file} is {what}, not a file. Put the settings into a plain file of this name."),
            ("unreadable", "{file} could not be read: {reason}. Nothing that it says counts here."),
            (
                "duplicate",
                "The key `{key}` is given twice, and the compiler refuses that. Keep one of the two.",
            ),
        ],
        example: &[
            ("index.js", "exports.users = [];\n"),
            ("klotho.yaml", "app: shop\nexecution_units:\n  main:\n"),
        ],
    },
    Definition {
        code: Code::ConfigType,
        severity: Severity::Error,
        tag: None,
        summary: "A resource's `type`, or the provider, is not one that Klotho knows.",
        why: "Each kind of resource can become a few things in the cloud, and no others. The compiler checks every `type` against \
              that list and refuses the rest (reference, 3.4).",
        fix: "Use one of the types that the message names.",
        messages: &[
            ("type", "`{type}` is no type of a resource of the kind {kind}. Use {allowed}.{suggestion}"),
            (
                "chart",
                "`helm_chart_options.install` is for units on a cluster, and `{id}` runs on `{target}`: the compiler refuses that. \
                 Set the type to `eks`, or do not install the chart.",
            ),
            (
                "language",
                "The compiler builds {language} for `lambda` alone and refuses `{type}` for the unit `{unit}`. Use `lambda`.",
            ),
            ("provider", "`{provider}` is no provider that Klotho knows. Use `aws`, `gcp` or `azure`."),
        ],
        example: &[
            ("index.js", "exports.users = [];\n"),
            ("klotho.yaml", "execution_units:\n  main:\n    type: lamda\n"),
        ],
    },
    Definition {
        code: Code::ConfigUnknownResource,
        severity: Severity::Warning,
        tag: Some(Tag::Unnecessary),
        summary: "`klotho.yaml` configures a resource that the project does not have.",
        why: "Settings are found by the resource's id, compared exactly, in the section of its kind. Settings of an id that no resource \
              of that section has are without effect, which the compiler mentions in its log only (reference, 3.10).",
        fix: "Correct the id, move the entry to the section that the message names, or remove it.",
        messages: &[
            (
                "",
                "The project has no resource `{id}` for the section `{section}`, so these settings have no effect.{suggestion}",
            ),
            (
                "elsewhere",
                "`{id}` is {kind}: its settings belong below `{home}`. Below `{section}` they have no effect.",
            ),
        ],
        example: &[
            ("index.js", "// @klotho::persist { id = \"users\" }\nexports.users = new Map();\n"),
            ("klotho.yaml", "persisted:\n  user:\n    type: dynamodb\n"),
        ],
    },
    Definition {
        code: Code::ParameterInvalid,
        severity: Severity::Warning,
        tag: None,
        summary: "A parameter is set to what the cloud refuses.",
        why: "The compiler checks no parameter and passes them on (reference, 3.5), so that the mistake shows when the application is \
              deployed. A Lambda function has 128 to 10,240 MB of memory and runs for at most 900 s (AWS Lambda, quotas); a Fargate task has \
              one of certain pairs of `cpu`, in 1/1024 of a vCPU, and `memory`, in MB (AWS Fargate, pricing). Both were read in 2026.",
        fix: "Use a value that the message names.",
        messages: &[
            (
                "range",
                "`{key}` has to be a whole number from {least} to {most} on {target}, not {value}. The compiler passes it on, and the \
                 deployment fails.",
            ),
            (
                "pair",
                "Fargate has no task with `cpu` {cpu} and `memory` {memory}. The compiler passes them on, and the deployment fails.{way}",
            ),
        ],
        example: &[
            ("index.js", "// @klotho::execution_unit { id = \"api\" }\nexports.run = () => {};\n"),
            (
                "klotho.yaml",
                "execution_units:\n  api:\n    type: lambda\n    pulumi_params:\n      memorySize: 99999\n",
            ),
        ],
    },
];
