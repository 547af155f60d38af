//! Files that a unit's workload names: measurements, which whoever knows their format reads.

use crate::kind::Kind;
use crate::project::Project;
use klotho_annotation::Table;
use klotho_summary::FileSummary;
use std::sync::Arc;

/// The table of a unit's traffic, and its key that names a measurement. Both are ours.
const NAMING: (&str, &str) = ("workload", "power_tuning");

/// How measurements end. Nothing else is read, whatever names it.
const EXTENSION: &str = ".json";

/// The path in the project that a text names; `None` when that lies outside, or is no JSON file.
pub fn measurement_path(named: &str) -> Option<String> {
    let mut segments = Vec::new();
    for segment in named.split('/') {
        match segment {
            "." => {}
            ".." => {
                segments.pop()?;
            }
            // Both mean the root of a disk, here or elsewhere.
            "" => return None,
            _ if segment.contains(['\\', ':']) => return None,
            _ => segments.push(segment),
        }
    }
    let path = segments.join("/");
    path.ends_with(EXTENSION).then_some(path)
}

/// The measurements that the configuration names.
pub(super) fn in_config(project: &Project) -> impl Iterator<Item = Arc<str>> {
    let config = project.config();
    let section = config.root.table(config.names(Kind::ExecutionUnit).section);
    let ids = section.into_iter().flat_map(|section| &section.entries).map(|entry| &entry.key);
    let entries = ids.filter_map(|id| config.table(Kind::ExecutionUnit, id));
    entries.chain(config.defaults(Kind::ExecutionUnit)).filter_map(of_table).map(Arc::from)
}

/// The measurement that an annotation of a unit names.
pub(super) fn in_annotation(summary: &FileSummary, annotation: usize) -> Option<Arc<str>> {
    of_table(&summary.facts.annotations.get(annotation)?.directives).map(Arc::from)
}

fn of_table(table: &Table) -> Option<String> {
    measurement_path(table.table(NAMING.0)?.string(NAMING.1)?)
}

#[cfg(test)]
mod tests {
    use super::measurement_path;

    #[test]
    fn only_json_files_inside_the_project_are_named() {
        for (named, path) in [
            ("tuning/orders.json", Some("tuning/orders.json")),
            ("./tuning/../a.json", Some("a.json")),
            ("../a.json", None),
            ("a/../../b.json", None),
            ("/etc/a.json", None),
            ("a//b.json", None),
            ("C:/a.json", None),
            ("a\\..\\b.json", None),
            ("a.ts", None),
            ("", None),
        ] {
            assert_eq!(measurement_path(named).as_deref(), path, "{named}");
        }
    }
}
