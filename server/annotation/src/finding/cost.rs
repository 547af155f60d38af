//! What people state about money, regions and traffic outside annotations.

use super::{Code, Definition, Severity};

pub(super) const DEFINITIONS: &[Definition] = &[Definition {
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
}];
