//! `check --show-config`: the settings in effect, and where each of them comes from.

use super::levels::Levels;
use super::read::Projects;
use crate::prices::Place;
use klotho_graph::{Config, Project};
use klotho_ide::{Code, Severity, severity_name};
use klotho_text::visible_line;
use std::fmt::Write;

/// A setting: its name, its value, where that comes from.
type Row = [String; 3];

/// Keys of the configuration by their paths.
const KEYS: [&[&str]; 6] = [
    &["app"],
    &["provider"],
    &["region"],
    &["out_dir"],
    &["budget", "monthly_usd"],
    &["budget", "per_unit_usd"],
];

/// Where a value comes from that nobody stated.
const DEFAULT: &str = "default";

/// One table for each project, after that of the whole run.
pub(super) fn text(projects: &Projects, levels: &Levels, prices: &Place) -> String {
    let [value, from] = prices.told();
    let mut text = table(&[["prices".to_owned(), value, from]]);
    for (loaded, root) in projects.roots() {
        let Some(project) = loaded.snapshot.project(root) else { continue };
        let _ = write!(text, "\n{}\n", loaded.shown(root));
        let mut rows: Vec<_> = KEYS.iter().map(|path| key(project, path)).collect();
        rows.extend(Code::ALL.iter().filter_map(|code| level(project, levels, *code)));
        text.push_str(&table(&rows));
    }
    text
}

fn key(project: &Project, path: &[&str]) -> Row {
    let config = project.config();
    let name = path.join(".");
    match config.root.at(path) {
        Some(value) => {
            let text = value.as_str().unwrap_or_else(|| value.at.of(&config.text));
            [name, one_line(text), line(project, value.at.start)]
        }
        None => [name, default(config, path).to_owned(), DEFAULT.to_owned()],
    }
}

/// A value in one cell of a table, of which nothing is a command to a terminal.
fn one_line(text: &str) -> String {
    let lines: Vec<_> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    visible_line(&lines.join(" ")).into_owned()
}

fn default<'a>(config: &'a Config, path: &[&str]) -> &'a str {
    match path {
        ["provider"] => config.provider(),
        ["out_dir"] => config.out_dir(),
        ["region"] => "the provider's usual one",
        _ => "none",
    }
}

/// How bad a finding is here, where somebody said so.
fn level(project: &Project, levels: &Levels, code: Code) -> Option<Row> {
    let config = project.config();
    let stated = config.level(code);
    let of_project = stated.unwrap_or(Some(code.severity()));
    let last = of_project.and_then(|severity| levels.level(code, severity));
    let from = if last == of_project {
        line(project, config.root.at(&["findings", code.name()]).filter(|_| stated.is_some())?.at.start)
    } else {
        option(last).to_owned()
    };
    Some([format!("findings.{}", code.name()), last.map_or("off", severity_name).to_owned(), from])
}

/// The option that gives findings a level.
fn option(level: Option<Severity>) -> &'static str {
    match level {
        Some(Severity::Error) => "--deny",
        Some(_) => "--warn",
        None => "--allow",
    }
}

fn line(project: &Project, at: u32) -> String {
    format!("{}:{}", project.config_file(), project.config().lines.line_of(at as usize) + 1)
}

fn table(rows: &[Row]) -> String {
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or_default();
    let (first, second) = (width(0), width(1));
    rows.iter().map(|[name, value, from]| format!("{name:<first$}  {value:<second$}  {from}\n")).collect()
}
