//! `execution_unit`: the compiler's directives and those with which klotho-ls decides where a unit runs.

use super::Need::Expected;
use super::capabilities::{ANYWHERE, STRING, id};
use super::{Capability, Directive, Reader, ValueType};

/// The directive that says where a unit runs.
pub const TARGET: &str = "target";

pub(super) const EXECUTION_UNIT: Capability = Capability {
    name: "execution_unit",
    summary: "Makes the file the start of a unit: code that is deployed and scaled on its own.",
    docs: "The file, with all that it imports, becomes an **execution unit**: a function on demand (Lambda) or a container that \
           is always on (ECS, EKS). The annotation stands for its whole file, wherever in it.\n\nWhere the unit runs is \
           decided by its `type` in klotho.yaml, then by `target` here, then by klotho.yaml's defaults. The compiler obeys \
           klotho.yaml alone; `target`, `[workload]` and `[requires]` are read by klotho-ls, which keeps the two in step. \
           Tables take all keys below them, so they come last in the body.",
    id: Expected,
    resources: &["execution_unit"],
    support: ANYWHERE,
    directives: &[
        id(Expected, "Name of the unit."),
        Directive {
            name: TARGET,
            allowed: &[
                "lambda",
                "ecs",
                "eks",
                "apprunner",
                "cloudfunctions",
                "cloudrun",
                "gke",
                "functions",
                "containerapps",
                "aks",
            ],
            default: "the provider's: `lambda` on AWS",
            summary: "Where the unit runs.",
            docs: "`lambda`, `ecs`, `eks` and `apprunner` on AWS, `cloudfunctions`, `cloudrun` and `gke` on Google Cloud, \
                   `functions`, `containerapps` and `aks` on Azure. The compiler reads the unit's `type` in klotho.yaml \
                   instead, and builds for AWS alone: write it there too.",
            ..OURS
        },
        Directive {
            name: "keep_warm",
            types: &[ValueType::Boolean],
            default: "false",
            summary: "Calls the function now and then, so that it stays warm. Lambda only.",
            ..STRING
        },
        Directive {
            name: "all_units",
            types: &[ValueType::Boolean],
            default: "false",
            summary: "Whether the file belongs to every unit.",
            ..STRING
        },
        Directive {
            name: "workload",
            types: &[ValueType::Table],
            summary: "The traffic that the unit serves: what its cost is worked out from.",
            docs: "What is not said here or in klotho.yaml is assumed, and shown as assumed.",
            ..OURS
        },
        Directive {
            name: "requires",
            types: &[ValueType::Table],
            summary: "What the unit must meet: targets that cannot are ruled out.",
            ..OURS
        },
    ],
    historic_directives: &["name", "mem_mb", "size", "compute_size"],
    snippet: "@klotho::execution_unit {\n  id = \"$1\"\n}",
};

const OURS: Directive = Directive { reader: Reader::KlothoLs, ..STRING };
