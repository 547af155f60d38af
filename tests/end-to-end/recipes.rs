//! The recipes for CI, run on a sample repository: their scripts are taken out of the files that people paste.

use super::command_line::{repository, text};
use std::fs;
use std::path::Path;
use std::process::{Command, Output};
use tempfile::TempDir;

const CLEAN: &str = "/* @klotho::execution_unit {\n *   id = \"orders\"\n * }\n */\nexports.run = () => 1;\n";
const MISTAKE: &str =
    "/* @klotho::execution_unit {\n *   id = \"or ders\"\n * }\n */\nexports.run = () => 1;\n";
const CONFIG: &str = "app: shop\nexecution_units:\n  orders:\n    type: ";

/// The script behind the last `key: |` of a YAML file, or behind `- |` in a list of that name.
fn script(file: &str, key: &str) -> String {
    let yaml = fs::read_to_string(repository().join(file)).expect(file);
    let start = yaml.rfind(&format!("{key}:")).expect(key);
    let block = &yaml[start..][yaml[start..].find("|\n").expect("a block") + 2..];
    let indent = block.len() - block.trim_start().len();
    let lines =
        block.lines().take_while(|line| line.trim().is_empty() || line.starts_with(&" ".repeat(indent)));
    lines.map(|line| format!("{}\n", line.get(indent..).unwrap_or_default())).collect()
}

struct Sample {
    folder: TempDir,
    /// The commit before the change.
    base: String,
}

impl Sample {
    /// A repository with a clean project.
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let sample = Self { folder, base: String::new() };
        sample.write("package.json", "{}");
        sample.write("index.js", CLEAN);
        sample.write("klotho.yaml", &format!("{CONFIG}lambda\n"));
        for arguments in [&["init", "-q"][..], &["add", "."], &["commit", "-q", "-m", "first"]] {
            sample.git(arguments);
        }
        let base = text(&sample.git(&["rev-parse", "HEAD"]).stdout).trim().to_owned();
        Self { base, ..sample }
    }

    fn write(&self, name: &str, contents: &str) {
        fs::write(self.folder.path().join(name), contents).expect("written");
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.folder.path().join(name)).unwrap_or_default()
    }

    fn git(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new("git");
        command.current_dir(self.folder.path()).args(["-c", "user.name=a", "-c", "user.email=a@example.org"]);
        let output = command.args(arguments).output().expect("git");
        assert!(output.status.success(), "{}", text(&output.stderr));
        output
    }

    /// Runs a script as the service would, with klotho-ls on the PATH.
    fn run(&self, script: &str, variables: &[(&str, &str)]) -> (Option<i32>, String) {
        let binary = Path::new(env!("CARGO_BIN_EXE_klotho-ls")).parent().expect("a folder");
        let path = format!("{}:{}", binary.display(), std::env::var("PATH").unwrap_or_default());
        let mut command = Command::new("bash");
        command.current_dir(self.folder.path()).args(["-e", "-o", "pipefail", "-c", script]);
        let output = command.env("PATH", path).envs(variables.iter().copied()).output().expect("bash");
        (output.status.code(), format!("{}{}", text(&output.stdout), text(&output.stderr)))
    }

    fn github(&self) -> (Option<i32>, String) {
        let variables = [
            ("PATHS", "."),
            ("ARGUMENTS", "--deny warnings"),
            ("BASE", &self.base),
            ("SARIF", "klotho-ls.sarif"),
            ("COMMENT", "klotho-ls.md"),
            ("RUNNER_TEMP", "temporary"),
            ("GITHUB_STEP_SUMMARY", "summary.md"),
        ];
        self.run(&script("ci/github/action.yml", "run"), &variables)
    }

    fn gitlab(&self) -> (Option<i32>, String) {
        let variables = [
            ("KLOTHO_LS_PATHS", "."),
            ("KLOTHO_LS_ARGUMENTS", ""),
            ("CI_MERGE_REQUEST_DIFF_BASE_SHA", &self.base),
        ];
        self.run(&script("ci/gitlab/klotho-ls.yml", "  script"), &variables)
    }
}

#[test]
fn a_clean_branch_passes() {
    let sample = Sample::new();
    for (code, said) in [sample.github(), sample.gitlab()] {
        assert_eq!(code, Some(0), "{said}");
        assert!(!said.contains("::error"), "{said}");
    }
    assert!(sample.read("klotho-ls.sarif").contains("\"results\":[]"));
    assert_eq!(sample.read("gl-code-quality-report.json").trim(), "[]");
}

#[test]
fn a_planted_mistake_fails_at_its_line() {
    let sample = Sample::new();
    sample.write("index.js", MISTAKE);
    let (code, said) = sample.github();
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("::error title=klotho-ls%3A id-invalid,file=index.js,line=2,"), "{said}");
    let (code, said) = sample.gitlab();
    assert_eq!(code, Some(1), "{said}");
    let report = sample.read("gl-code-quality-report.json");
    assert!(report.contains("\"path\":\"index.js\",\"lines\":{\"begin\":2,\"end\":2}"), "{report}");
}

#[test]
fn a_change_of_target_shows_what_it_costs() {
    let sample = Sample::new();
    sample.write("klotho.yaml", &format!("{CONFIG}ecs\n"));
    let (code, said) = sample.github();
    assert_eq!(code, Some(0), "{said}");
    let summary = sample.read("summary.md");
    assert!(
        summary.contains("### Costs: $") && summary.contains("moved from AWS Lambda to ECS on Fargate"),
        "{summary}"
    );
    sample.gitlab();
    assert!(sample.read("klotho-ls.md").contains("moved from AWS Lambda to ECS on Fargate"));
}

#[test]
fn the_hook_runs_what_it_says() {
    let hook = fs::read_to_string(repository().join(".pre-commit-hooks.yaml")).expect("the hook");
    let entry = hook.lines().find_map(|line| line.trim().strip_prefix("entry: ")).expect("an entry");
    let sample = Sample::new();
    assert_eq!(sample.run(entry, &[]).0, Some(0));
    sample.write("index.js", MISTAKE);
    assert_eq!(sample.run(entry, &[]).0, Some(1));
}

#[test]
fn what_is_on_the_path_is_not_installed_again() {
    let install = repository().join("ci/install.sh");
    let (code, said) = Sample::new().run(&format!("bash {} latest nowhere", install.display()), &[]);
    assert_eq!((code, said.trim()), (Some(0), concat!("klotho-ls ", env!("CARGO_PKG_VERSION"))));
}
