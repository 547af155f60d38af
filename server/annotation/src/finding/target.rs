//! Where units run, and what they are asked to meet.

use super::{Code, Definition, Severity};

const OWN_DIRECTIVE: &str = "The compiler ignores directives that it does not know, `target` among them: it runs a unit where its \
                             `type` in klotho.yaml says, else on the default. The gap must never be silent.";

pub(super) const DEFINITIONS: &[Definition] = &[
    Definition {
        code: Code::RequirementUnchecked,
        severity: Severity::Information,
        tag: None,
        summary: "Whether a unit meets what it requires cannot be told.",
        why: "A requirement is held against what is stated and measured, never against what is assumed: 99 of 100 requests are as fast as \
              `max_p99_ms` asks for only if somebody says how long the slow ones take. Until then the requirement rules nothing out.",
        fix: "State what the message names in `[workload]`, or remove the requirement.",
        messages: &[(
            "",
            "Whether `{unit}` meets on `{target}` what it requires is not known: {reason}. Until then the requirement counts for nothing.",
        )],
        example: &[(
            "index.js",
            "/* @klotho::execution_unit {\n *   id = \"api\"\n *   [requires]\n *   max_p99_ms = 200\n * }\n */\nexports.run = () => {};\n",
        )],
    },
    Definition {
        code: Code::TargetConflict,
        severity: Severity::Warning,
        tag: None,
        summary: "The annotation and `klotho.yaml` name different targets.",
        why: OWN_DIRECTIVE,
        fix: "Make either follow the other: both are offered as a quick fix.",
        messages: &[
            (
                "",
                "The annotation says `{annotation}` and {file} says `{config}`: the compiler obeys {file}. Make one follow the \
                 other.",
            ),
            (
                "provider",
                "The annotation says `{annotation}` and {file} says `{config}`, which is no target of {provider}: {file} is \
                 believed first. Remove the unit's `type` there, and the annotation counts.",
            ),
            (
                "annotations",
                "This annotation says `{annotation}`, and another one of the same unit says `{config}`. Make one follow the other.",
            ),
        ],
        example: &[
            (
                "index.js",
                "/* @klotho::execution_unit {\n *   id = \"api\"\n *   target = \"ecs\"\n * }\n */\nexports.run = () => {};\n",
            ),
            ("klotho.yaml", "execution_units:\n  api:\n    type: lambda\n"),
        ],
    },
    Definition {
        code: Code::TargetInfeasible,
        severity: Severity::Error,
        tag: None,
        summary: "A requirement or a hard limit rules the target out.",
        why: "Every target has limits that no setting lifts, such as Lambda's 15 minutes for a request. What the unit's `[requires]` \
              and `[workload]` state cannot be met on the target that is chosen.",
        fix: "Switch the unit to a target that can, or change what it requires.",
        messages: &[
            ("", "`{unit}` cannot run on `{target}`: {reason}. {way}"),
            (
                "language",
                "The compiler builds {language} for `lambda` alone, so `{unit}` cannot run on `{target}`. Write `lambda`.",
            ),
        ],
        example: &[(
            "index.js",
            "/* @klotho::execution_unit {\n *   id = \"report\"\n *   target = \"lambda\"\n *   [requires]\n *   max_request_s = 3600\n * }\n \
             */\nexports.run = () => {};\n",
        )],
    },
    Definition {
        code: Code::TargetNotInConfig,
        severity: Severity::Information,
        tag: None,
        summary: "The annotation names a target that the compiler will not obey.",
        why: OWN_DIRECTIVE,
        fix: "Write the target to klotho.yaml: the quick fix does, and creates the file if there is none.",
        messages: &[(
            "",
            "The compiler reads the target from {file} alone and will use `{default}`, not `{target}`. Write it there too.",
        )],
        example: &[(
            "index.js",
            "/* @klotho::execution_unit {\n *   id = \"api\"\n *   target = \"ecs\"\n * }\n */\nexports.run = () => {};\n",
        )],
    },
    Definition {
        code: Code::TargetUnknown,
        severity: Severity::Error,
        tag: None,
        summary: "The provider has no target of this name.",
        why: "A unit can run only on what the compiler builds: `lambda`, `ecs` and `eks`, and in the later form of the configuration \
              `kubernetes` for `eks`. It knows `apprunner` in places and refuses it. For `gcp` and `azure`, for which it builds nothing, \
              an annotation names the targets that klotho-ls compares: `cloudfunctions`, `cloudrun` and `gke`; `functions`, \
              `containerapps` and `aks`. A name that nobody knows decides nothing (reference, 3.4).",
        fix: "Use one of the targets that the message names.",
        messages: &[("", "`{target}` is no target of {provider}. Use {allowed}.{suggestion}")],
        example: &[(
            "index.js",
            "/* @klotho::execution_unit {\n *   id = \"api\"\n *   target = \"lamda\"\n * }\n */\nexports.run = () => {};\n",
        )],
    },
    Definition {
        code: Code::WorkloadConflict,
        severity: Severity::Warning,
        tag: None,
        summary: "Annotations of one unit state different things under one key.",
        why: "Files whose annotations have one id are one unit. What they state in `[workload]` and `[requires]` is taken together; of \
              two values for one key that counts whose file comes first by its path. What klotho.yaml states for the unit goes before both.",
        fix: "State the key in one of the annotations, or under the unit in klotho.yaml.",
        messages: &[(
            "",
            "`{key}` of `{unit}` is {value} in {path}, which counts, and this is passed over. State it in one place alone.",
        )],
        example: &[
            (
                "a.js",
                "/* @klotho::execution_unit {\n *   id = \"api\"\n *   [workload]\n *   memory_mb = 512\n * }\n */\nexports.run = () => {};\n",
            ),
            (
                "b.js",
                "/* @klotho::execution_unit {\n *   id = \"api\"\n *   [workload]\n *   memory_mb = 1024\n * }\n */\nexports.stop = () => {};\n",
            ),
        ],
    },
    Definition {
        code: Code::WorkloadInvalid,
        severity: Severity::Error,
        tag: None,
        summary: "A key of `workload` or `requires` cannot be used.",
        why: "The cost of a unit is worked out from its workload. A key that is misspelt, of the wrong type or out of range would \
              silently be replaced by an assumption.",
        fix: "Correct the key or its value.",
        messages: &[("", "{reason}.{suggestion}")],
        example: &[(
            "index.js",
            "/* @klotho::execution_unit {\n *   id = \"api\"\n *   [workload]\n *   memory_mb = \"big\"\n * }\n */\nexports.run = () => {};\n",
        )],
    },
];
