//! What people state about money, regions and traffic outside annotations.

use super::{Code, Definition, Severity, Tag};

const BUDGETS: &str = "`budget.monthly_usd` in klotho.yaml is what the application may cost a month, its units and \
                       what they use; `budget.per_unit_usd` what each of them may, and `max_monthly_usd` in `[requires]` what one unit may. Load \
                       balancers, cluster fees and the like are counted once for all units that share them. `budget` is read \
                       by klotho-ls alone; the compiler ignores it.";

/// A unit that costs more than its budget where its traffic is that of `workload`.
macro_rules! over_budget {
    ($workload:literal) => {
        &[
            (
                "index.js",
                concat!(
                    "/* @klotho::execution_unit {\n *   id = \"orders\"\n",
                    $workload,
                    " * }\n */\nexports.run = () => {};\n"
                ),
            ),
            ("klotho.yaml", "budget:\n  monthly_usd: 1\n"),
        ]
    };
}

pub(super) const DEFINITIONS: &[Definition] = &[
    Definition {
        code: Code::BudgetAtRisk,
        severity: Severity::Information,
        tag: None,
        summary: "Whether a budget is met depends on what nobody stated.",
        why: BUDGETS,
        fix: "State `monthly_requests` for the units that the message names. Import the prices that are missing.",
        messages: &[
            (
                "application",
                "At what is stated and assumed of the traffic the application costs {sum} a month, over this budget of {limit}: {units}. \
                 State `monthly_requests` where it is assumed.",
            ),
            (
                "unit",
                "Over this budget of {limit} a month if their traffic is as assumed: {units}. State `monthly_requests`.",
            ),
            (
                "unpriced",
                "Whether this budget of {limit} a month is met is not known: {units}. What is known comes to {sum}.",
            ),
            (
                "requirement",
                "At an assumed {volume} requests a month `{unit}` costs {cost}, over these {limit}. State `monthly_requests`.",
            ),
        ],
        example: over_budget!(""),
    },
    Definition {
        code: Code::BudgetExceeded,
        severity: Severity::Warning,
        tag: None,
        summary: "The application, or a unit, costs more than it may.",
        why: BUDGETS,
        fix: "Let `klotho-ls plan` say what could run for less; where nothing can, raise the budget.",
        messages: &[
            (
                "application",
                "What has a stated traffic costs {sum} a month, over this budget of {limit}: {units}. `klotho-ls \
                 plan` says what could run for less; else raise the budget.",
            ),
            (
                "unit",
                "Over this budget of {limit} a month: {units}. `klotho-ls plan` says what could run for less; else raise the budget.",
            ),
            (
                "requirement",
                "No target does `{unit}` for {limit} a month: the cheapest, {target}, costs {cost} at {volume} requests. Raise the \
                 limit, or lower what the unit states.",
            ),
        ],
        example: over_budget!(" *   [workload]\n *   monthly_requests = 100_000_000\n"),
    },
    Definition {
        code: Code::CheaperTarget,
        severity: Severity::Information,
        tag: None,
        summary: "The unit would be clearly cheaper on another target.",
        why: "Told only where somebody stated the traffic, where the other target stays the cheapest when traffic and duration are \
              off by a factor and concurrency is another one, and where it saves at least a tenth of the bill and $1 a month. An \
              always-on target is taken at its cheapest for this, scaled hour by hour. Cost is one reason among others: latency \
              and operations are in the unit's hover.",
        fix: "Switch the unit: the quick fix does, in the annotation and in klotho.yaml.",
        messages: &[(
            "",
            "`{unit}` costs {now} a month on `{from}` and would cost {then} on {to}, at {volume} requests and also well around that. \
             Switch it, unless other reasons decide.",
        )],
        example: &[
            (
                "index.js",
                "/* @klotho::execution_unit {\n *   id = \"orders\"\n *   [workload]\n *   monthly_requests = 100_000\n * }\n \
                 */\nexports.run = () => {};\n",
            ),
            ("klotho.yaml", "execution_units:\n  orders:\n    type: ecs\n"),
        ],
    },
    Definition {
        code: Code::RegionUnknown,
        severity: Severity::Warning,
        tag: None,
        summary: "No price is known for the region.",
        why: "Prices differ from region to region. Where none is known what units cost is not known either: a price is never \
          taken from another region. The key `region` is read by klotho-ls alone; the compiler ignores it, and the region is \
          chosen when the application is deployed.",
        fix: "Correct the name. For a region that is right, import its prices.",
        messages: &[(
            "",
            "No price is known for the region `{region}` of {provider}, so what units cost there is not known.{suggestion}",
        )],
        example: &[("index.js", "exports.users = [];\n"), ("klotho.yaml", "region: us-esat-1\n")],
    },
    Definition {
        code: Code::UsageInvalid,
        severity: Severity::Warning,
        tag: None,
        summary: "Something in the usage file cannot be used.",
        why: "`infracost-usage.yml` in the project's root tells the traffic of units, as it does for Infracost: what stands \
              under a resource's address counts for the unit of the same name, unless the unit states it itself. What cannot be \
              read there would silently be replaced by an assumption.",
        fix: "Correct the key or its value:\n\n```yaml\nversion: 0.1\nresource_usage:\n  aws_lambda_function.orders:\n    \
              monthly_requests: 5000000\n    request_duration_ms: 80\n```",
        messages: &[
            ("", "{reason}. It counts as not said."),
            ("syntax", "The usage file is not valid YAML: {reason}. Nothing that it says counts."),
            ("key", "No key `{key}` of a unit's resource is known, so it counts as not said.{suggestion}"),
        ],
        example: &[
            ("index.js", "// @klotho::execution_unit { id = \"orders\" }\nexports.run = () => {};\n"),
            (
                "infracost-usage.yml",
                "version: 0.1\nresource_usage:\n  aws_lambda_function.orders:\n    monthly_requests: many\n",
            ),
        ],
    },
    Definition {
        code: Code::UsageUnmatched,
        severity: Severity::Information,
        tag: Some(Tag::Unnecessary),
        summary: "An address of the usage file names no unit.",
        why: "What `infracost-usage.yml` says of a function or container service counts for the unit of the same name. Where \
              there is no such unit, nothing of it counts here, and a unit that it was meant for is priced at an assumed traffic.",
        fix: "Give the resource the unit's name, or leave it where it is a resource that Klotho does not make.",
        messages: &[(
            "",
            "`{address}` names no unit of the project, so what stands under it does not count here.",
        )],
        example: &[
            ("index.js", "// @klotho::execution_unit { id = \"orders\" }\nexports.run = () => {};\n"),
            (
                "infracost-usage.yml",
                "version: 0.1\nresource_usage:\n  aws_lambda_function.order:\n    monthly_requests: 5000000\n",
            ),
        ],
    },
];
