//! What stands in front of a unit: API Gateway, a load balancer, or nothing that costs.

use super::{Entry, Line, Load, Network, Shared};
use crate::catalogue::Missing;
use crate::format::{count, plain, quantity};
use crate::schedule::Schedule;
use crate::traffic::HOURS_PER_MONTH;

/// HTTP APIs count a request per started 512 KB.
const HTTP_API_STEP_KB: f64 = 512.0;

/// Prices of everything that may stand in front, in one region.
#[derive(Debug)]
pub struct EntryRates {
    http: Result<Schedule, Missing>,
    rest: Result<Schedule, Missing>,
    alb_hour: Result<Schedule, Missing>,
    alb_lcu: Result<Schedule, Missing>,
    nat_hour: Result<Schedule, Missing>,
    nat_gb: Result<Schedule, Missing>,
    ipv4: Result<Schedule, Missing>,
}

/// What a load balancer handles. Capacity units are the largest of four dimensions, not their sum.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AlbUsage {
    /// Hours it exists.
    pub hours: f64,
    /// New connections per second.
    pub new_connections: f64,
    /// Connections open at the same time.
    pub active_connections: f64,
    /// Gigabytes per hour.
    pub gb_per_hour: f64,
    /// Rule evaluations per second beyond the ten free rules.
    pub rule_evaluations: f64,
    /// Lambda targets move 0.4 GB per capacity unit, all others 1 GB.
    pub to_lambda: bool,
}

impl AlbUsage {
    /// Capacity units at a time.
    pub fn lcus(&self) -> f64 {
        let gb_per_lcu = if self.to_lambda { 0.4 } else { 1.0 };
        let connections = (self.new_connections / 25.0).max(self.active_connections / 3_000.0);
        connections.max(self.gb_per_hour / gb_per_lcu).max(self.rule_evaluations / 1_000.0)
    }

    /// A month of `load`. Every request is taken to open a connection, the dearest case; bodies usually bind anyway.
    /// All four dimensions grow with traffic alike, so the mean hour gives the month's sum.
    pub fn of(load: &Load, to_lambda: bool) -> Self {
        let rate = load.mean_rate();
        Self {
            hours: HOURS_PER_MONTH,
            new_connections: rate,
            active_connections: rate * load.duration_s,
            gb_per_hour: monthly_gb(load) / HOURS_PER_MONTH,
            rule_evaluations: 0.0,
            to_lambda,
        }
    }
}

impl EntryRates {
    /// Prices of a region.
    pub fn of(region: &str) -> Self {
        let rates = |id| Schedule::of(id, region);
        Self {
            http: rates("aws.apigw.http"),
            rest: rates("aws.apigw.rest"),
            alb_hour: rates("aws.alb.hour"),
            alb_lcu: rates("aws.alb.lcu"),
            nat_hour: rates("aws.nat.hour"),
            nat_gb: rates("aws.nat.gb"),
            ipv4: rates("aws.vpc.public_ipv4"),
        }
    }

    pub(crate) fn lines(&self, entry: Entry, load: &Load, to_lambda: bool, explain: bool) -> Vec<Line<'_>> {
        match entry {
            Entry::None | Entry::FunctionUrl => Vec::new(),
            Entry::HttpApi => vec![self.http(load.requests, load.payload_kb, explain)],
            Entry::RestApi => vec![self.rest(load.requests)],
            Entry::Alb => self.alb(&AlbUsage::of(load, to_lambda), explain),
        }
    }

    pub(crate) fn http(&self, requests: f64, size_kb: f64, explain: bool) -> Line<'_> {
        let units = (size_kb / HTTP_API_STEP_KB).ceil().max(1.0);
        let how = text(explain && units > 1.0, || {
            format!("{} requests x {units} units of 512 KB", count(requests))
        });
        Line::new("gateway", requests * units, &self.http).how(how)
    }

    pub(crate) fn rest(&self, requests: f64) -> Line<'_> {
        Line::new("gateway", requests, &self.rest)
    }

    pub(crate) fn alb(&self, usage: &AlbUsage, explain: bool) -> Vec<Line<'_>> {
        let lcus = usage.lcus();
        let how = text(explain, || format!("{} LCU x {} h", plain(lcus), quantity(usage.hours)));
        vec![
            Line::new("load_balancer_hour", usage.hours, &self.alb_hour).shared(Shared::LoadBalancer),
            Line::new("load_balancer_lcu", lcus * usage.hours, &self.alb_lcu).how(how),
        ]
    }

    /// NAT gateways and public addresses, when a project says it has them.
    pub(crate) fn network(&self, network: Network, load: &Load) -> Vec<Line<'_>> {
        let mut lines = Vec::new();
        if network.nat_gateways > 0 {
            let hours = f64::from(network.nat_gateways) * HOURS_PER_MONTH;
            lines.push(Line::new("nat_hour", hours, &self.nat_hour).shared(Shared::Nat));
            lines.push(Line::new("nat_data", monthly_gb(load), &self.nat_gb));
        }
        if network.public_ipv4 > 0 {
            let hours = f64::from(network.public_ipv4) * HOURS_PER_MONTH;
            lines.push(Line::new("public_ipv4", hours, &self.ipv4));
        }
        lines
    }
}

/// Bodies of a month, GB of a million KB, as transfer is metered.
fn monthly_gb(load: &Load) -> f64 {
    load.requests * load.payload_kb / 1e6
}

fn text(wanted: bool, write: impl FnOnce() -> String) -> String {
    if wanted { write() } else { String::new() }
}
