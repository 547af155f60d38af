//! A project that lies in memory, read as one on disk is.

use klotho_ide::{
    Change, Contents, Date, Host, ListedProject, ProjectFiles, Snapshot, contents_of, is_telling,
};
use std::collections::BTreeMap;

/// Where the project lies.
pub(crate) const ROOT: &str = "/app";

/// Paths and texts.
#[derive(Clone, Default)]
pub(crate) struct Disk(pub(crate) BTreeMap<String, String>);

/// The day of these worlds.
pub(crate) fn today() -> Date {
    Date::parse("2026-11-24").expect("a day")
}

pub(crate) fn new_host() -> Host {
    Host::new(today())
}

impl Disk {
    pub(crate) fn new(files: &[(&str, &str)]) -> Self {
        Self(files.iter().map(|(path, text)| (path.to_string(), text.to_string())).collect())
    }

    pub(crate) fn read(&self, relative: &str) -> Contents {
        self.0
            .get(relative)
            .map_or(Contents::Missing, |text| contents_of(relative, text.clone().into_bytes()))
    }

    /// Lists the project and delivers every file that is wanted, until none is.
    pub(crate) fn load(&self, host: &mut Host) {
        let marked = self.0.iter().filter(|(path, text)| is_telling(text.as_bytes()) || is_config(path));
        let contents = marked.map(|(path, _)| (path.clone(), self.read(path))).collect();
        let paths = self.0.keys().filter(|path| !is_config(path)).cloned().collect();
        let (links, outputs, above) = (Vec::new(), Vec::new(), Vec::new());
        let root = ROOT.into();
        let files = ProjectFiles { root, paths, links, contents, outputs, above };
        host.apply(Change::Project(Box::new(ListedProject::new(files))));
        self.deliver(host);
    }

    /// Delivers every file that is wanted, until none is.
    pub(crate) fn deliver(&self, host: &mut Host) {
        loop {
            let wanted = host.settle();
            if wanted.is_empty() {
                return;
            }
            for path in wanted {
                let relative = path.strip_prefix("/app/").unwrap_or(&path).to_owned();
                host.apply(Change::Read { contents: self.read(&relative), path });
            }
        }
    }

    pub(crate) fn snapshot(&self) -> Snapshot {
        let mut host = new_host();
        self.load(&mut host);
        host.snapshot()
    }
}

fn is_config(path: &str) -> bool {
    klotho_ide::config_format(path).is_some_and(|_| !path.contains('/'))
}
