//! What people state about money, regions and traffic outside annotations.

use super::{Code, Definition, Severity};

pub(super) const DEFINITIONS: &[Definition] = &[
    Definition {
        code: Code::RegionUnknown,
        severity: Severity::Warning,
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
];
