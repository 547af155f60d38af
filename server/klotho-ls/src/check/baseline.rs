//! Findings that are known already, so that only new ones count.

use super::finding::Finding;
use crate::input;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeSet, HashSet};
use std::path::Path;

/// It grows when a field changes its meaning or goes.
const VERSION: u32 = 1;

/// What the file holds.
#[derive(Serialize, Deserialize)]
struct Document {
    version: u32,
    /// Sorted, so that a change of one finding is a change of one line.
    fingerprints: BTreeSet<String>,
}

/// Known findings.
#[derive(Debug, Default)]
pub(super) struct Baseline {
    known: HashSet<String>,
}

impl Baseline {
    /// These findings.
    pub(super) fn of(findings: &[Finding]) -> Self {
        Self { known: findings.iter().map(|finding| finding.fingerprint.clone()).collect() }
    }

    /// Those of a file that [`Baseline::write`] made.
    pub(super) fn read(path: &Path) -> Result<Self, String> {
        let shown = path.display();
        let text = std::fs::File::open(path).and_then(input::whole);
        let text = text.map_err(|error| format!("cannot read {shown}: {error}"))?;
        let text = text.ok_or_else(|| format!("{shown} is larger than {} MiB", input::LIMIT_MIB))?;
        let document: Document = serde_json::from_str(&text)
            .map_err(|error| format!("{shown} is no baseline, which --write-baseline makes: {error}"))?;
        if document.version != VERSION {
            return Err(format!(
                "{shown} has version {}, and this program reads {VERSION}: make it anew with --write-baseline",
                document.version
            ));
        }
        Ok(Self { known: document.fingerprints.into_iter().collect() })
    }

    /// Writes the file.
    pub(super) fn write(self, path: &Path) -> Result<(), String> {
        let document = Document { version: VERSION, fingerprints: self.known.into_iter().collect() };
        let written = serde_json::to_string_pretty(&document).map_err(std::io::Error::from);
        let written = written.and_then(|text| crate::write::replace(path, format!("{text}\n").as_bytes()));
        written.map_err(|error| format!("cannot write {}: {error}", path.display()))
    }

    /// Also what is known of another.
    pub(super) fn join(&mut self, other: Self) {
        self.known.extend(other.known);
    }

    /// Whether a finding is known.
    pub(super) fn knows(&self, finding: &Finding) -> bool {
        self.known.contains(&finding.fingerprint)
    }
}
