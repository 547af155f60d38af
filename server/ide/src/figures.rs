//! Figures that stand in files of their own: the usage file, and the measurements that workloads name.
//!
//! Reading them costs more than asking them. So it is done once for each text, and the result is kept with the project.

use klotho_annotation::finding::{Code, Finding};
use klotho_annotation::{Table, Value, ValueKind};
use klotho_cost::usage::{Fault, Measurement, RESOURCES, UsageFile, sanitised};
use klotho_cost::workload::INFRACOST_ALIASES;
use klotho_graph::{Project, USAGE_FILE, measurement_path, read_yaml, suggestion};
use klotho_text::{Place, Span};
use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

/// The key of a workload that names a measurement.
pub(crate) const POWER_TUNING: &str = "power_tuning";

/// More faults of one file than this are not told: whoever mends those sees the rest.
const FAULTS: usize = 100;

/// All of a project.
#[derive(Default)]
pub(crate) struct Figures {
    usage: Option<Usage>,
    /// By path.
    measured: BTreeMap<Arc<str>, Measured>,
}

/// The usage file as it was read.
#[derive(Clone)]
struct Usage {
    text: Arc<str>,
    file: Arc<UsageFile>,
    faults: Arc<Vec<Finding>>,
    /// Where the addresses of units' types stand.
    addresses: Arc<Vec<(String, Place)>>,
}

/// A measurement as it was read.
#[derive(Clone)]
struct Measured {
    text: Arc<str>,
    result: Result<Arc<Measurement>, String>,
}

impl Figures {
    /// Those of a project, as of the last [`Figures::keep`].
    pub(crate) fn of(project: &Project) -> Option<&Self> {
        project.attached()
    }

    /// Reads what is new and keeps it with the project.
    pub(crate) fn keep(project: &mut Project) {
        let known = Self::of(project);
        let usage = project.shared_text(USAGE_FILE).map(|text| {
            let same = known.and_then(|known| known.usage.as_ref()).filter(|usage| usage.text == text);
            same.cloned().unwrap_or_else(|| Usage::read(text))
        });
        let texts = project.derived().measurements.iter();
        let measured = texts.filter_map(|path| Some((Arc::clone(path), project.shared_text(path)?)));
        let measured = measured.map(|(path, text)| {
            let same = known.and_then(|known| known.measured.get(&path)).filter(|known| known.text == text);
            (path, same.cloned().unwrap_or_else(|| Measured::read(text)))
        });
        let figures = Self { usage, measured: measured.collect() };
        project.attach(Arc::new(figures));
    }

    /// What the usage file says.
    pub(crate) fn usage(&self) -> Option<&UsageFile> {
        self.usage.as_ref().map(|usage| &*usage.file)
    }

    /// What is wrong with the usage file, and which of its addresses name no unit.
    pub(crate) fn faults(&self, project: &Project) -> Vec<Finding> {
        let Some(usage) = &self.usage else { return Vec::new() };
        let mut faults = usage.faults.to_vec();
        let unmatched = self.unmatched(project).into_iter();
        let places =
            unmatched.filter_map(|address| usage.addresses.iter().find(|(known, _)| known == address));
        let finding = |(address, at): &(String, Place)| {
            Finding::new(Code::UsageUnmatched, "", *at).with("address", address)
        };
        faults.extend(places.map(finding).take(FAULTS));
        faults
    }

    /// The addresses of the usage file that could be units and name none, as they are written.
    pub(crate) fn unmatched(&self, project: &Project) -> Vec<&str> {
        let units: HashSet<_> = project.derived().units.keys().map(|id| sanitised(id)).collect();
        let is_unit = move |name: &str| units.contains(&sanitised(name));
        self.usage().map(|usage| usage.unmatched(is_unit).collect()).unwrap_or_default()
    }
}

/// The measurement that a workload names, or in words why there is none; `None` where it names none.
pub(crate) fn measurement<'a>(project: &'a Project, named: &str) -> Result<&'a Measurement, String> {
    let Some(path) = measurement_path(named) else {
        return Err(format!(
            "`{POWER_TUNING}` must name a JSON file inside the project, by its path from the root"
        ));
    };
    let read = Figures::of(project).and_then(|figures| figures.measured.get(&*path));
    match read.map(|read| &read.result) {
        Some(Ok(measurement)) => Ok(measurement),
        Some(Err(why)) => Err(format!("`{path}` is no result of AWS Lambda Power Tuning: {why}")),
        None if project.has(&path) => Err(format!("`{path}` was not read")),
        None => Err(format!("there is no file `{path}` in the project")),
    }
}

impl Usage {
    fn read(text: Arc<str>) -> Self {
        let mut addresses = Vec::new();
        let (file, faults) = match read_yaml(&text) {
            Ok(value) => {
                let value = value.unwrap_or(Value { kind: ValueKind::Null, at: Place::default() });
                let (file, faults) = UsageFile::read(&value.to_json());
                let is_none = |_: &str| false;
                let all = file.unmatched(is_none).map(|written| {
                    let path = [RESOURCES.to_owned(), written.to_owned()];
                    (written.to_owned(), entry(&value, &path).1.0)
                });
                addresses = all.collect();
                let found = faults.into_iter().filter_map(|fault| finding(&value, fault));
                (file, found.take(FAULTS).collect())
            }
            Err((reason, at)) => {
                let finding = Finding::new(Code::UsageInvalid, "syntax", at);
                (UsageFile::default(), vec![finding.with("reason", reason)])
            }
        };
        Self { text, file: Arc::new(file), faults: Arc::new(faults), addresses: Arc::new(addresses) }
    }
}

impl Measured {
    fn read(text: Arc<str>) -> Self {
        let result = Measurement::read(&text).map(Arc::new);
        Self { text, result }
    }
}

/// A fault at its place. Of a key that is not known only a likely slip is told: the format grows.
fn finding(root: &Value, fault: Fault) -> Option<Finding> {
    let (key, at) = entry(root, &fault.path);
    let Some(why) = fault.why else {
        let hint = suggestion(key, INFRACOST_ALIASES.iter().map(|(theirs, _)| *theirs));
        let finding = Finding::new(Code::UsageInvalid, "key", at.0).with("key", key);
        return (!hint.is_empty()).then(|| finding.with("suggestion", hint));
    };
    Some(Finding::new(Code::UsageInvalid, "", at.1).with("reason", why))
}

/// The last key of a path, where it stands, and where its value does.
fn entry<'a>(root: &'a Value, path: &[String]) -> (&'a str, (Place, Place)) {
    let mut found = ("", (Span::empty(0).into(), Span::empty(0).into()));
    let mut value = root;
    for key in path {
        let ValueKind::Table(Table { entries }) = &value.kind else { break };
        let Some(entry) = entries.iter().find(|entry| entry.key == *key) else { break };
        found = (&entry.key, (entry.key_at, entry.value.at));
        value = &entry.value;
    }
    found
}
