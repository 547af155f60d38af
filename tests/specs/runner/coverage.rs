//! Which rule of the reference stands in which case.

use super::spec::Spec;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// The chapters whose rules need a case. The others tell history, old editors and open questions.
const CHAPTERS: [&str; 10] = ["1", "2", "3", "4", "5", "6", "C", "D", "R", "J"];

/// One rule: a row of a table, or a section that has no table.
pub(crate) struct Rule {
    /// `5.3`, `C`
    section: String,
    /// The first cell of the row; empty for a section without a table.
    name: String,
}

/// A rule that deliberately has no case, or a whole section when no name is given.
pub(crate) struct Exception {
    rule: String,
    because: String,
}

/// What covers what.
pub(crate) struct Coverage<'a> {
    rows: Vec<(&'a Rule, Vec<String>)>,
    /// Rules without a case, and cases that name no rule or one that is not there.
    pub(crate) problems: Vec<String>,
}

/// The rules of the reference, and of the pages beside it, in their order.
pub(crate) fn rules(paths: &[PathBuf]) -> Vec<Rule> {
    let texts = paths.iter().map(|path| fs::read_to_string(path).expect("the rules can be read"));
    rules_in(&texts.collect::<Vec<_>>().join("\n"))
}

fn rules_in(text: &str) -> Vec<Rule> {
    let mut rules: Vec<Rule> = Vec::new();
    let (mut section, mut above, mut in_table) = (String::new(), String::new(), false);
    for line in text.lines() {
        if let Some(found) = section_of(line, &section) {
            section = found;
            rules.push(Rule { section: section.clone(), name: String::new() });
        }
        let cells = cells(line);
        let is_rule = in_table && !cells.is_empty() && !line.starts_with("|---");
        in_table = !cells.is_empty();
        if is_rule {
            above = if cells[0].is_empty() { above } else { cells[0].clone() };
            let rest = cells.get(1).cloned().unwrap_or_default();
            let is_new = !cells[0].is_empty()
                && !rules.iter().any(|rule| rule.section == section && rule.name == above);
            let name = if is_new { above.clone() } else { format!("{above} / {rest}") };
            rules.push(Rule { section: section.clone(), name });
        }
    }
    let with_tables: BTreeSet<_> =
        rules.iter().filter(|rule| !rule.name.is_empty()).map(|rule| rule.section.clone()).collect();
    rules.retain(|rule| {
        let chapter = rule.section.split('.').next().unwrap_or_default();
        CHAPTERS.contains(&chapter) && (!rule.name.is_empty() || !with_tables.contains(&rule.section))
    });
    rules.retain(|rule| !rule.name.is_empty() || rule.section.contains('.'));
    rules
}

/// The section that a line opens: a heading, or a paragraph that starts with its number.
fn section_of(line: &str, current: &str) -> Option<String> {
    let title = line.trim_start_matches('#').trim_start();
    let title = title.strip_prefix("Appendix ").unwrap_or(title);
    let first = title.split(' ').next().unwrap_or_default();
    let number = first.trim_end_matches('.');
    let is_number = !number.is_empty() && number.split('.').all(|part| part.parse::<u8>().is_ok());
    let is_letter = number.len() == 1 && number.chars().all(|letter| letter.is_ascii_uppercase());
    let of_chapter = number.split_once('.').is_some_and(|(chapter, section)| {
        chapter.len() == 1
            && chapter.chars().all(|it| it.is_ascii_uppercase())
            && section.parse::<u8>().is_ok()
    });
    let is_heading = line.starts_with('#') && (is_number || is_letter || of_chapter);
    let is_paragraph = is_number && number.contains('.') && number.starts_with(current.split('.').next()?);
    (is_heading || is_paragraph).then(|| number.to_owned())
}

/// The cells of a row without marks; none for other lines.
fn cells(line: &str) -> Vec<String> {
    let Some(row) = line.strip_prefix('|') else { return Vec::new() };
    let row = row.replace("\\|", "\u{1}");
    let cells = row.trim_end().trim_end_matches('|').split('|');
    cells.map(|cell| cell.replace('\u{1}', "|").replace(['`', '*'], "").trim().to_owned()).collect()
}

/// The list of what deliberately differs: `- RULE: because ...`.
pub(crate) fn exceptions(path: &Path) -> Vec<Exception> {
    let text = fs::read_to_string(path).expect("the list of differences can be read");
    let items = text.lines().filter_map(|line| line.strip_prefix("- "));
    items
        .map(|item| {
            let (rule, because) = item.split_once(": because ").expect("an item says `RULE: because ...`");
            Exception { rule: plain(rule), because: because.to_owned() }
        })
        .collect()
}

fn plain(name: &str) -> String {
    name.replace(['`', '*'], "").trim().to_owned()
}

impl Rule {
    fn full(&self) -> String {
        format!("{} {}", self.section, self.name).trim_end().to_owned()
    }

    /// Whether a citation means this rule: its whole name, or a start of it that no other rule has.
    fn is_cited(&self, citation: &str) -> bool {
        self.full().starts_with(citation) && citation.starts_with(&self.section)
    }
}

impl<'a> Coverage<'a> {
    pub(crate) fn of(rules: &'a [Rule], specs: &[Spec], exceptions: &[Exception]) -> Self {
        let mut covered: BTreeMap<usize, Vec<String>> = BTreeMap::new();
        let mut problems = Vec::new();
        for spec in specs {
            for case in &spec.cases {
                if case.rules.is_empty() {
                    problems.push(format!("{}: {}: names no rule", spec.name(), case.heading));
                }
                let link = format!("[{}](../tests/specs/{})", case.heading, spec.name());
                for citation in &case.rules {
                    match cited(rules, &plain(citation)) {
                        Some(index) => covered.entry(index).or_default().push(link.clone()),
                        None => problems.push(format!(
                            "{}: {}: no rule or several: {citation}",
                            spec.name(),
                            case.heading
                        )),
                    }
                }
            }
        }
        for exception in exceptions {
            let meant: Vec<_> = match cited(rules, &exception.rule) {
                Some(index) => vec![index],
                None => (0..rules.len()).filter(|index| rules[*index].section == exception.rule).collect(),
            };
            if meant.is_empty() {
                problems.push(format!("different.md: no such rule: {}", exception.rule));
            }
            for index in meant {
                covered.entry(index).or_default().push(format!("different, because {}", exception.because));
            }
        }
        let rows: Vec<_> = rules
            .iter()
            .enumerate()
            .map(|(at, rule)| (rule, covered.remove(&at).unwrap_or_default()))
            .collect();
        let bare = rows.iter().filter(|(_, cases)| cases.is_empty());
        problems.extend(bare.map(|(rule, _)| format!("no case: {}", rule.full())));
        Self { rows, problems }
    }

    /// The page that lists every rule and where it stands.
    pub(crate) fn page(&self) -> String {
        let mut page = "# Where each rule stands\n\nMade from the specifications in `tests/specs` by their test; \
                        `UPDATE_EXPECT=1 cargo test -p klotho-ide --test specs` writes it.\nThe rules are those of \
                        [the reference](klotho-reference.md) and, for [Rust and Java](rust-and-java.md), our own: the rows of the \
                        tables, and the sections without one.\n"
            .to_owned();
        let mut section = "";
        for (rule, cases) in &self.rows {
            if rule.section != section {
                section = &rule.section;
                write!(page, "\n## {section}\n\n| rule | cases |\n|---|---|\n").expect("a string takes all");
            }
            let name = rule.name.replace('|', "\\|");
            let name = if name.is_empty() { "the section" } else { &name };
            writeln!(page, "| {name} | {} |", cases.join("<br>")).expect("a string takes all");
        }
        page
    }
}

/// The one rule that a citation means: its exact name, else the only one that starts like it.
fn cited(rules: &[Rule], citation: &str) -> Option<usize> {
    if let Some(exact) = rules.iter().position(|rule| rule.full() == citation) {
        return Some(exact);
    }
    let mut meant = rules.iter().enumerate().filter(|(_, rule)| rule.is_cited(citation));
    let first = meant.next()?.0;
    let is_section = rules[first].section == citation;
    (meant.next().is_none() && !is_section).then_some(first)
}
