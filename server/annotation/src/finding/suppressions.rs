//! Comments that allow findings.

use super::{Code, Definition, Severity, Tag};

pub(super) const DEFINITIONS: &[Definition] = &[
    Definition {
        code: Code::SuppressionInvalid,
        severity: Severity::Warning,
        tag: None,
        summary: "A comment is written like a suppression and allows nothing.",
        why: "`klotho-ls: allow(CODE) reason` in a comment takes a finding from the line that follows, or from its own when it \
              stands behind code; `allow-file` takes it from the whole file. Without a code that there is, and without a \
              reason for the next reader, it does not count.",
        fix: "Name the code, as `klotho-ls check` prints it in brackets, and say behind it why the finding is meant as it is.",
        messages: &[
            ("form", "This allows nothing. Write `klotho-ls: allow(CODE) reason`."),
            (
                "reason",
                "The reason is missing, so this allows nothing. Say behind the bracket why it is meant as it is.",
            ),
            ("code", "`{name}` is no finding, so it allows nothing.{suggestion}"),
        ],
        example: &[(
            "index.js",
            "// klotho-ls: allow(unknown-capability)\n// @klotho::later\n\nexports.run = () => {};\n",
        )],
    },
    Definition {
        code: Code::SuppressionUnused,
        severity: Severity::Warning,
        tag: Some(Tag::Unnecessary),
        summary: "A suppression allows a finding that is not there.",
        why: "What it allowed was mended or has moved. Left where it is, it would hide the next mistake of its kind. It is looked \
              for in files that klotho-ls reads: those with annotations, and those that they lead to.",
        fix: "Remove the code from the comment, or the comment. A suppression covers findings that start on the line that \
              follows it, or in the annotation that starts there.",
        messages: &[("", "There is no `{code}` here that this could allow. Remove it.")],
        example: &[(
            "index.js",
            "// klotho-ls: allow(id-reused) one name for both\n// @klotho::execution_unit { id = \"a\" }\n\nexports.run = () => {};\n",
        )],
    },
];
