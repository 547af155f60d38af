//! The region that costs are worked out for.

use crate::markdown::code;
use klotho_annotation::finding::{Code, Finding};
use klotho_cost::Provider;
use klotho_cost::catalogue::catalogue;
use klotho_graph::{Project, listed, suggestion};

/// What price lists say in the place of a region when they mean several.
const SEVERAL: [&str; 2] = ["global", "any"];

/// A message names no more regions than this.
const NAMED: usize = 20;

/// The project's cloud.
pub(crate) fn provider(project: &Project) -> Provider {
    Provider::parse(project.config().provider()).unwrap_or(Provider::Aws)
}

/// The region that the configuration names, else the provider's usual one.
pub(crate) fn region(project: &Project) -> &str {
    project.config().region().map_or(provider(project).default_region(), |(name, _)| name)
}

/// The region for people: every figure holds for it alone, so it is said when nobody named it.
pub(crate) fn in_words(project: &Project) -> String {
    match project.config().region() {
        Some((name, _)) if is_plain(name) => format!("Region {name}"),
        Some((name, _)) => format!("Region {}", code(name)),
        None => format!("Region {} (assumed)", region(project)),
    }
}

/// The regions of the project's cloud of which prices are known.
pub(crate) fn known(project: &Project) -> Vec<&'static str> {
    let mut known = catalogue().regions(provider(project).name());
    known.retain(|known| is_plain(known) && !SEVERAL.contains(known));
    known
}

/// What is wrong with a region of which no price is known: none is borrowed from another one.
pub(crate) fn unknown(project: &Project) -> Option<Finding> {
    let (name, at) = project.config().region()?;
    let provider = provider(project).name();
    let known = known(project);
    if known.contains(&name) {
        return None;
    }
    let mut hint = suggestion(name, known.iter().copied());
    if hint.is_empty() && (1..=NAMED).contains(&known.len()) {
        hint = format!(" Prices are known for {}.", listed(&known));
    }
    let finding = Finding::new(Code::RegionUnknown, "", at).with("region", name);
    Some(finding.with("provider", provider).with("suggestion", hint))
}

/// Whether it is written as providers write regions, so that it needs no quoting.
fn is_plain(name: &str) -> bool {
    name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}
