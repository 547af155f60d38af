//! What stands around a unit: API Gateway or a load balancer before it, the network, its logs, what it sends out.

use rust_decimal::Decimal;

use super::free::allowance;
use super::{Entry, Extras, Line, Load, Network, Setting, Shared};
use crate::catalogue::Missing;
use crate::format::{cents, count, plain, quantity};
use crate::schedule::Schedule;
use crate::target::{Provider, Target};
use crate::traffic::HOURS_PER_MONTH;

/// HTTP APIs count a request per started 512 KB.
const HTTP_API_STEP_KB: f64 = 512.0;

/// WebSocket APIs count a message per started 32 KB.
const MESSAGE_STEP_KB: f64 = 32.0;

/// Prices of everything that may stand in front, in one region.
#[derive(Debug)]
pub struct EntryRates {
    http: Result<Schedule, Missing>,
    rest: Result<Schedule, Missing>,
    messages: Result<Schedule, Missing>,
    connection_minutes: Result<Schedule, Missing>,
    alb_hour: Result<Schedule, Missing>,
    alb_lcu: Result<Schedule, Missing>,
    nat_hour: Result<Schedule, Missing>,
    nat_gb: Result<Schedule, Missing>,
    ipv4: Result<Schedule, Missing>,
    nlb_hour: Result<Schedule, Missing>,
    nlb_nlcu: Result<Schedule, Missing>,
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
    /// Capacity units of a Network Load Balancer at a time: TCP connections, and gigabytes.
    pub fn nlcus(&self) -> f64 {
        let connections = (self.new_connections / 800.0).max(self.active_connections / 100_000.0);
        connections.max(self.gb_per_hour)
    }

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
            gb_per_hour: monthly_gb(load.requests, load.payload_kb) / HOURS_PER_MONTH,
            rule_evaluations: 0.0,
            to_lambda,
        }
    }
}

impl EntryRates {
    /// Prices of a region of AWS.
    pub fn of(region: &str) -> Self {
        let rates = |id| Schedule::of(id, region);
        Self {
            http: rates("aws.apigw.http"),
            rest: rates("aws.apigw.rest"),
            messages: rates("aws.apigw.ws.messages"),
            connection_minutes: rates("aws.apigw.ws.minutes"),
            alb_hour: rates("aws.alb.hour"),
            alb_lcu: rates("aws.alb.lcu"),
            nat_hour: rates("aws.nat.hour"),
            nat_gb: rates("aws.nat.gb"),
            ipv4: rates("aws.vpc.public_ipv4"),
            nlb_hour: rates("aws.nlb.hour"),
            nlb_nlcu: rates("aws.nlb.nlcu"),
        }
    }

    pub(crate) fn http(&self, requests: f64, size_kb: f64, explain: bool) -> Line<'_> {
        let units = steps(size_kb, HTTP_API_STEP_KB);
        let how = text(explain && units > 1.0, || {
            format!("{} requests x {units} units of 512 KB", count(requests))
        });
        Line::new("gateway", requests * units, &self.http).how(how)
    }

    pub(crate) fn rest(&self, requests: f64) -> Line<'_> {
        Line::new("gateway", requests, &self.rest)
    }

    pub(crate) fn messages(&self, messages: f64, size_kb: f64, explain: bool) -> Line<'_> {
        let units = steps(size_kb, MESSAGE_STEP_KB);
        let how =
            text(explain && units > 1.0, || format!("{} messages x {units} units of 32 KB", count(messages)));
        Line::new("messages", messages * units, &self.messages).how(how)
    }

    pub(crate) fn connections(&self, minutes: f64) -> Line<'_> {
        Line::new("connection_minutes", minutes, &self.connection_minutes)
    }

    pub(crate) fn alb(&self, usage: &AlbUsage, explain: bool) -> Vec<Line<'_>> {
        let lcus = usage.lcus();
        let how = text(explain, || format!("{} LCU x {} h", plain(lcus), quantity(usage.hours)));
        vec![
            Line::new("load_balancer_hour", usage.hours, &self.alb_hour).shared(Shared::LoadBalancer),
            Line::new("load_balancer_lcu", lcus * usage.hours, &self.alb_lcu).how(how),
        ]
    }

    pub(crate) fn nlb(&self, usage: &AlbUsage, explain: bool) -> Vec<Line<'_>> {
        let units = usage.nlcus();
        let how = text(explain, || format!("{} NLCU x {} h", plain(units), quantity(usage.hours)));
        vec![
            Line::new("load_balancer_hour", usage.hours, &self.nlb_hour).shared(Shared::LoadBalancer),
            Line::new("load_balancer_lcu", units * usage.hours, &self.nlb_nlcu).how(how),
        ]
    }

    pub(crate) fn nat(&self, hours: f64, gb: f64) -> [Line<'_>; 2] {
        [
            Line::new("nat_hour", hours, &self.nat_hour).shared(Shared::Nat),
            Line::new("nat_data", gb, &self.nat_gb),
        ]
    }

    pub(crate) fn public_ipv4(&self, hours: f64) -> Line<'_> {
        Line::new("public_ipv4", hours, &self.ipv4)
    }
}

/// Everything around a unit on one target, with its prices.
#[derive(Debug)]
pub(crate) struct Around {
    entry: Entry,
    network: Network,
    extras: Extras,
    to_lambda: bool,
    rates: EntryRates,
    /// Hours and gigabytes of a load balancer of Google Cloud or Azure.
    balancer: [Result<Schedule, Missing>; 2],
    logs: Result<Schedule, Missing>,
    egress: Result<Schedule, Missing>,
    /// Free gigabytes of logs and of traffic to the internet, a month.
    free_gb: [f64; 2],
}

/// Price identifiers of one provider for what is around a unit: the load balancer, logs, traffic to the internet.
struct Ids {
    balancer_hour: &'static str,
    balancer_gb: &'static str,
    logs: &'static str,
    egress: &'static str,
    /// Services and words of the free tiers of logs and of traffic.
    free: [(&'static str, &'static str); 2],
}

fn free_gb(provider: Provider) -> impl Fn((&'static str, &'static str)) -> f64 {
    move |(service, what)| allowance(provider.name(), service, what)
}

fn ids(provider: Provider) -> Ids {
    match provider {
        Provider::Aws => Ids {
            balancer_hour: "aws.alb.hour",
            balancer_gb: "aws.alb.lcu",
            logs: "aws.cloudwatch.logs_ingest",
            egress: "aws.egress.internet",
            free: [("cloudwatch", "logs_gb"), ("data_transfer", "gb")],
        },
        Provider::Gcp => Ids {
            balancer_hour: "gcp.lb.hour",
            balancer_gb: "gcp.lb.gb",
            logs: "gcp.logging.ingest",
            egress: "gcp.run.egress",
            free: [("logging", "logs_gb"), ("data_transfer", "gb")],
        },
        Provider::Azure => Ids {
            balancer_hour: "azure.lb.hour",
            balancer_gb: "azure.lb.gb",
            logs: "azure.monitor.logs_ingest",
            egress: "azure.egress.internet",
            free: [("monitor", "logs_gb"), ("data_transfer", "gb")],
        },
    }
}

impl Around {
    pub(crate) fn of(setting: &Setting, target: &Target) -> Self {
        let region = setting.region.as_str();
        let ids = ids(target.provider);
        let of = |id| Schedule::of(id, region);
        let balancer = |id| {
            let why = || format!("no price for a load balancer in front of {} in {region}", target.name);
            of(id).map_err(|missing| Missing::undetermined(&missing.id, region, why()))
        };
        Self {
            entry: setting.entry_of(target),
            network: setting.network,
            extras: setting.extras,
            to_lambda: target.key == "lambda",
            rates: EntryRates::of(region),
            balancer: [balancer(ids.balancer_hour), balancer(ids.balancer_gb)],
            logs: of(ids.logs),
            egress: of(ids.egress),
            free_gb: if setting.free_tier { ids.free.map(free_gb(target.provider)) } else { [0.0; 2] },
        }
    }

    pub(crate) fn lines(&self, load: &Load, explain: bool) -> Vec<Line<'_>> {
        let mut lines = self.entry_lines(load, explain);
        if self.network.nat_gateways > 0 {
            let hours = f64::from(self.network.nat_gateways) * HOURS_PER_MONTH;
            lines.extend(self.rates.nat(hours, monthly_gb(load.requests, load.payload_kb)));
        }
        if self.network.public_ipv4 > 0 {
            lines.push(self.rates.public_ipv4(f64::from(self.network.public_ipv4) * HOURS_PER_MONTH));
        }
        let [free_logs, free_egress] = self.free_gb;
        let mut extra = |name, kb: f64, free: f64, schedule| {
            if kb > 0.0 {
                let gb = (monthly_gb(load.requests, kb) - free).max(0.0);
                lines.push(Line::new(name, gb, schedule));
            }
        };
        extra("logs", self.extras.log_kb, free_logs, &self.logs);
        extra("egress", self.extras.egress_kb, free_egress, &self.egress);
        lines
    }

    fn entry_lines(&self, load: &Load, explain: bool) -> Vec<Line<'_>> {
        match self.entry {
            Entry::None | Entry::FunctionUrl | Entry::BuiltIn => Vec::new(),
            Entry::HttpApi => vec![self.rates.http(load.requests, load.payload_kb, explain)],
            Entry::RestApi => vec![self.rates.rest(load.requests)],
            Entry::WebSocketApi => {
                // A request and its answer are a message each, of half the bodies.
                let messages = self.rates.messages(2.0 * load.requests, load.payload_kb / 2.0, explain);
                vec![messages, self.rates.connections(load.requests * self.extras.connection_minutes)]
            }
            Entry::Alb => self.rates.alb(&AlbUsage::of(load, self.to_lambda), explain),
            Entry::LoadBalancer => {
                let [hour, gb] = &self.balancer;
                let hours = Line::new("load_balancer_hour", HOURS_PER_MONTH, hour);
                let data = Line::new("load_balancer_data", monthly_gb(load.requests, load.payload_kb), gb);
                // Where neither has a price, that is one thing to say and not two.
                let is_told = hour.is_err() && gb.is_err();
                std::iter::once(hours.shared(Shared::LoadBalancer))
                    .chain((!is_told).then_some(data))
                    .collect()
            }
        }
    }

    /// Says that `who` go out through a NAT gateway that is not on the bill, and what one costs; `None` where one is.
    pub(crate) fn without_nat(&self, who: &str) -> Option<String> {
        let first = |rate: &Result<Schedule, Missing>| rate.as_ref().ok().and_then(Schedule::first);
        let prices = first(&self.rates.nat_hour).zip(first(&self.rates.nat_gb)).map(|(hour, gb)| {
            let month = cents(hour.amount * Decimal::from(730));
            format!(", {month} a month each and ${} a GB,", gb.amount.normalize())
        });
        let prices = prices.unwrap_or_default();
        (self.network.nat_gateways == 0).then(|| format!("A NAT gateway for {who}{prices} is not included."))
    }

    /// What a reader should know about what stands around a unit.
    pub(crate) fn notes(&self) -> Option<String> {
        let is_open = self.entry == Entry::WebSocketApi && self.extras.connection_minutes <= 0.0;
        is_open.then(|| {
            "How long WebSocket connections stay open is not known, so they are not counted.".to_owned()
        })
    }
}

/// How many started steps a size has, at least one.
fn steps(size_kb: f64, step_kb: f64) -> f64 {
    (size_kb / step_kb).ceil().max(1.0)
}

/// A month of something that every request has, GB of a million KB, as transfer is metered.
fn monthly_gb(requests: f64, kb: f64) -> f64 {
    requests * kb / 1e6
}

fn text(wanted: bool, write: impl FnOnce() -> String) -> String {
    if wanted { write() } else { String::new() }
}
