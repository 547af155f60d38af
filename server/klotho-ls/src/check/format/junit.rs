use crate::check::Report;
use crate::check::finding::{Finding, Place};
use klotho_ide::{Severity, severity_name};
use klotho_text::visible_line;
use quick_junit::{NonSuccessKind, TestCase, TestCaseStatus, TestSuite};

/// JUnit XML: a suite for each file and a case for each finding, of which only errors count as failures. A clean project has
/// one case that passes, since readers take a report without cases for a broken one.
pub(super) fn report(report: &Report) -> Result<String, String> {
    let mut document = quick_junit::Report::new("klotho-ls");
    for file in report.findings.chunk_by(|one, other| file(one) == file(other)) {
        let mut suite = TestSuite::new(&*visible_line(file.first().map_or("", self::file)));
        suite.add_test_cases(file.iter().map(case));
        document.add_test_suite(suite);
    }
    if report.findings.is_empty() {
        let mut suite = TestSuite::new(PROJECT);
        suite.add_test_case(TestCase::new("no findings", TestCaseStatus::success()));
        document.add_test_suite(suite);
    }
    let text = document.to_string().map_err(|error| format!("this cannot be written as XML: {error}"))?;
    Ok(text)
}

/// What a suite without a file is called.
const PROJECT: &str = "project";

fn file(finding: &Finding) -> &str {
    finding.place.as_ref().map_or(PROJECT, |place| place.shown.as_str())
}

fn case(finding: &Finding) -> TestCase {
    let at = finding.place.as_ref().map_or_else(String::new, |place| format!(" line {}", place.line()));
    let name = format!("{}{at}", finding.code.name());
    let detail = detail(finding);
    if finding.severity != Severity::Error {
        let mut case = TestCase::new(name, TestCaseStatus::success());
        case.set_system_out(detail);
        return case;
    }
    let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
    status.set_message(&finding.message).set_type(severity_name(finding.severity)).set_description(detail);
    TestCase::new(name, status)
}

fn detail(finding: &Finding) -> String {
    let at = |place: &Place| format!("{}:{}: ", visible_line(&place.shown), place.line());
    let place = finding.place.as_ref().map_or_else(String::new, at);
    format!("{place}{}: {}", severity_name(finding.severity), finding.message)
}
