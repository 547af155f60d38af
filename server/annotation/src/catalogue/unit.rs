//! `execution_unit`: the compiler's directives and those with which klotho-ls decides where a unit runs.

use super::Need::{Expected, Optional};
use super::capabilities::{ANYWHERE, STRING, id};
use super::{Capability, Directive, Reader, ValueType};

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
            name: "target",
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
            keys: WORKLOAD,
            ..OURS
        },
        Directive {
            name: "requires",
            types: &[ValueType::Table],
            summary: "What the unit must meet: targets that cannot are ruled out.",
            keys: REQUIRES,
            ..OURS
        },
    ],
    historic_directives: &["name", "mem_mb", "size", "compute_size"],
    snippet: "@klotho::execution_unit {\n  id = \"$1\"\n}",
};

const OURS: Directive = Directive { reader: Reader::KlothoLs, ..STRING };
const NUMBER: Directive = Directive { types: &[ValueType::Number], ..OURS };
const WHOLE: Directive = Directive { types: &[ValueType::Integer], ..OURS };
const FLAG: Directive = Directive { types: &[ValueType::Boolean], default: "false", ..OURS };

const fn number(name: &'static str, default: &'static str, summary: &'static str) -> Directive {
    Directive { name, default, summary, need: Optional, ..NUMBER }
}

const fn flag(name: &'static str, summary: &'static str) -> Directive {
    Directive { name, summary, need: Optional, ..FLAG }
}

const WORKLOAD: &[Directive] = &[
    number("monthly_requests", "", "Requests per month."),
    number("request_duration_ms", "100", "Mean duration of a warm request, in milliseconds."),
    number(
        "p99_duration_ms",
        "5 x request_duration_ms",
        "Duration that 99 of 100 warm requests stay below, in milliseconds.",
    ),
    number("memory_mb", "512", "Memory of the function, in MB."),
    Directive {
        docs: "What is left of a request's duration is waiting, and containers overlap waiting.",
        ..number("cpu_ms", "0.25 x request_duration_ms", "Processor time of a request, in milliseconds.")
    },
    Directive {
        name: "concurrency",
        default: "32",
        summary: "Requests that one container serves at the same time.",
        docs: "A Lambda environment always serves one.",
        ..WHOLE
    },
    Directive {
        name: "shape",
        types: &[ValueType::String, ValueType::Numbers],
        allowed: &["flat", "diurnal", "commute", "spiky"],
        default: "diurnal",
        summary: "How a day's requests spread over its hours.",
        docs: "A name, or 24 numbers from midnight on:\n\n- `flat`: every hour the same\n- `diurnal`: a quiet night and a busy \
               day, 1.8 times the mean at its peak\n- `commute`: peaks in the morning and the evening, 4.4 times the mean\n- \
               `spiky`: almost all at noon, 12.5 times the mean",
        ..OURS
    },
    number("burst", "1.5", "Peak within an hour over the mean of that hour."),
    number("target_utilization", "0.6", "Busy share that always-on capacity aims at, from 0 to 1."),
    Directive {
        name: "min_instances",
        default: "2",
        summary: "Fewest instances of an always-on target.",
        ..WHOLE
    },
    number("payload_kb", "20", "Request and response bodies together, in KB."),
    Directive {
        name: "arch",
        allowed: &["x86_64", "arm64"],
        default: "x86_64",
        summary: "Processor architecture.",
        ..OURS
    },
    Directive {
        name: "runtime",
        default: "that of the file's language",
        summary: "Language runtime, such as `nodejs24.x`: cold starts depend on it.",
        ..OURS
    },
    Directive {
        name: "provisioned_concurrency",
        default: "0",
        summary: "Environments of a function, or instances of another on-demand target, that are kept ready all month.",
        ..WHOLE
    },
    number("ephemeral_storage_mb", "512", "Temporary storage of a function, in MB."),
    number("log_kb", "", "Log lines of one request, in KB; without it the bill leaves them out."),
    number(
        "egress_kb",
        "",
        "What one request sends to the internet, in KB; without it the bill leaves it out.",
    ),
    Directive {
        name: "package",
        allowed: &["zip", "image"],
        default: "zip",
        summary: "How a function is delivered: cold starts depend on it.",
        ..OURS
    },
    Directive { name: "nat_gateways", default: "0", summary: "NAT gateways that serve the unit.", ..WHOLE },
    flag(
        "free_tier",
        "Whether the account's free tier is taken off this unit's bill; an account has it once.",
    ),
    Directive {
        name: "power_tuning",
        summary: "A JSON file of the project with a result of AWS Lambda Power Tuning.",
        docs: "A path from the project's root. Its duration at the unit's memory, or at the nearest size that was measured, \
               counts where nobody states one.",
        ..OURS
    },
];

const REQUIRES: &[Directive] = &[
    number("max_monthly_usd", "", "The most that the unit may cost a month, in US dollars."),
    number("max_p99_ms", "", "Latency that 99 of 100 requests must stay below, in milliseconds."),
    number("max_cold_share", "", "Share of requests that may meet a cold start, from 0 to 1."),
    number("max_request_s", "", "Duration of the longest request, in seconds: the target must allow it."),
    number("max_payload_mb", "", "Size of the largest request or response, in MB: the target must allow it."),
    number("memory_mb", "", "Memory that the unit needs at least, in MB."),
    flag("websocket", "Whether clients keep a WebSocket open."),
    flag("streaming", "Whether responses are streamed."),
    flag("gpu", "Whether the unit needs a GPU."),
    flag("scale_to_zero", "Whether the unit must cost nothing while nobody calls it."),
];
