//! What is wrong with `klotho.yaml`.

use super::{Code, Definition, Severity};

pub(super) const DEFINITIONS: &[Definition] = &[
    Definition {
        code: Code::ConfigSyntax,
        severity: Severity::Error,
        summary: "`klotho.yaml` cannot be read.",
        why: "The compiler reads its configuration before anything else. Text that is not YAML, a list where keys belong, a key \
              given twice or an entry without settings stops it, and some of these crash it (reference, 3.1).",
        fix: "Correct the place that is marked. Every section maps ids to settings:\n\n```yaml\nexecution_units:\n  main:\n    \
              type: lambda\n```",
        messages: &[
            ("yaml", "klotho.yaml is not valid YAML: {reason}."),
            ("shape", "`{key}` must hold {expected}. The compiler refuses any other shape."),
            (
                "empty",
                "klotho.yaml is empty, or holds comments alone, and the compiler refuses it. Add settings, or remove the file.",
            ),
            (
                "null-entry",
                "`{id}` in `{section}` has no settings, and the compiler crashes on such an entry. Add a setting, or remove it.",
            ),
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
        summary: "A resource's `type`, or the provider, is not one that Klotho knows.",
        why: "Each kind of resource can become a few things in the cloud, and no others. The compiler checks every `type` against \
              that list and refuses the rest (reference, 3.4).",
        fix: "Use one of the types that the message names.",
        messages: &[
            ("type", "`{type}` is no type of a resource of the kind {kind}. Use {allowed}.{suggestion}"),
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
        summary: "`klotho.yaml` configures a resource that the project does not have.",
        why: "Settings are found by the resource's id, compared exactly. Settings of an id that no annotation declares have no \
              effect, which the compiler mentions in its log only (reference, 3.10).",
        fix: "Correct the id, or remove the entry.",
        messages: &[(
            "",
            "The project has no resource `{id}` for the section `{section}`, so these settings have no effect.{suggestion}",
        )],
        example: &[
            ("index.js", "// @klotho::persist { id = \"users\" }\nexports.users = new Map();\n"),
            ("klotho.yaml", "persisted:\n  user:\n    type: dynamodb\n"),
        ],
    },
];
