//! Which SKU of Google Cloud is which of our prices.
//!
//! Descriptions were read in projects that quote the catalogue (Infracost's resources among them). Regions of the second
//! price tier have SKUs of their own. Machine types are sold as cores and memory and are not among these rows.

/// One of our prices and the SKU that it is.
pub(super) struct Rule {
    pub(super) id: &'static str,
    /// What our id counts.
    pub(super) unit: &'static str,
    /// Display names of the service, which has had several.
    pub(super) services: &'static [&'static str],
    /// Its description without the region and with single blanks.
    pub(super) description: &'static str,
    /// `usageUnit` in which the amount may stand.
    pub(super) usage_units: &'static [&'static str],
    /// How many of those units make one of ours.
    pub(super) factor: u32,
    /// The one region under which we keep a price that is the same everywhere.
    pub(super) everywhere: Option<&'static str>,
}

impl Rule {
    /// The rules whose regions are those of one service.
    pub(super) fn family(&self) -> &'static str {
        self.services.first().copied().unwrap_or_default()
    }
}

const RUN: &[&str] = &["Cloud Run"];
const FUNCTIONS: &[&str] = &["Cloud Run Functions", "Cloud Functions"];
const GKE: &[&str] = &["Kubernetes Engine"];
const SECONDS: &[&str] = &["s"];
const GIB_SECONDS: &[&str] = &["GiBy.s"];
const COUNT: &[&str] = &["count"];
const HOURS: &[&str] = &["h"];
const GIB_HOURS: &[&str] = &["GiBy.h"];

const fn rule(
    id: &'static str,
    unit: &'static str,
    services: &'static [&'static str],
    description: &'static str,
    usage_units: &'static [&'static str],
) -> Rule {
    Rule { id, unit, services, description, usage_units, factor: 1, everywhere: None }
}

/// All of them.
pub(super) const RULES: &[Rule] = &[
    rule("gcp.run.request.cpu", "vCPU-second", RUN, "Services CPU (Request-based billing)", SECONDS),
    rule("gcp.run.request.cpu", "vCPU-second", RUN, "Services CPU Tier 2 (Request-based billing)", SECONDS),
    rule("gcp.run.request.mem", "GiB-second", RUN, "Services Memory (Request-based billing)", GIB_SECONDS),
    rule(
        "gcp.run.request.mem",
        "GiB-second",
        RUN,
        "Services Memory Tier 2 (Request-based billing)",
        GIB_SECONDS,
    ),
    rule(
        "gcp.run.request.idle_cpu",
        "vCPU-second",
        RUN,
        "Services Min Instance CPU (Request-based billing)",
        SECONDS,
    ),
    rule(
        "gcp.run.request.idle_cpu",
        "vCPU-second",
        RUN,
        "Services Min Instance CPU Tier 2 (Request-based billing)",
        SECONDS,
    ),
    rule(
        "gcp.run.request.idle_mem",
        "GiB-second",
        RUN,
        "Services Min Instance Memory (Request-based billing)",
        GIB_SECONDS,
    ),
    rule(
        "gcp.run.request.idle_mem",
        "GiB-second",
        RUN,
        "Services Min Instance Memory Tier 2 (Request-based billing)",
        GIB_SECONDS,
    ),
    rule("gcp.run.requests", "request", RUN, "Requests", COUNT),
    rule("gcp.run.instance.cpu", "vCPU-second", RUN, "Services CPU (Instance-based billing)", SECONDS),
    rule("gcp.run.instance.mem", "GiB-second", RUN, "Services Memory (Instance-based billing)", GIB_SECONDS),
    rule("gcp.functions1.cpu", "GHz-second", FUNCTIONS, "Cloud Run Functions (1st Gen) CPU", SECONDS),
    rule(
        "gcp.functions1.memory",
        "GB-second",
        FUNCTIONS,
        "Cloud Run Functions (1st Gen) Memory",
        GIB_SECONDS,
    ),
    rule(
        "gcp.functions1.invocations",
        "invocation",
        FUNCTIONS,
        "Cloud Run Functions (1st Gen) Invocations",
        COUNT,
    ),
    Rule {
        everywhere: Some("any"),
        ..rule("gcp.gke.cluster", "cluster-hour", GKE, "Regional Kubernetes Clusters", HOURS)
    },
    // Sold by the thousandth of a vCPU.
    Rule {
        factor: 1_000,
        ..rule("gcp.gke.autopilot_vcpu", "vCPU-hour", GKE, "Autopilot Pod mCPU Requests", HOURS)
    },
    rule("gcp.gke.autopilot_memory", "GiB-hour", GKE, "Autopilot Pod Memory Requests", GIB_HOURS),
    rule(
        "gcp.gke.autopilot_ephemeral",
        "GiB-hour",
        GKE,
        "Autopilot Pod Ephemeral Storage Requests",
        GIB_HOURS,
    ),
];
