//! AWS Lambda: memory times billed milliseconds, plus requests. Init time is billed, as everywhere since 2025-08-01.

use super::entry::Around;
use super::free;
use super::{Latency, Line, Load, Model, Setting, Sizing};
use crate::catalogue::Missing;
use crate::coldstart::{self, Init};
use crate::format::{count, duration_ms, plain};
use crate::schedule::Schedule;
use crate::target::{Arch, Target};
use crate::traffic::{HOURS_PER_MONTH, LAMBDA_IDLE_S, blocked_share, monthly_cold_share, over_hours};

/// Smallest and largest memory, MB; a function outside is priced at the nearer end and ruled out elsewhere.
pub const MEMORY_MB: (f64, f64) = (128.0, 10_240.0);

/// Temporary storage that comes for free, MB.
const FREE_STORAGE_MB: f64 = 512.0;

/// Provisioned concurrency is charged in steps of five minutes.
const STEPS_PER_HOUR: f64 = 12.0;

/// Prices of Lambda in one region and architecture.
#[derive(Debug)]
pub struct LambdaRates {
    duration: Result<Schedule, Missing>,
    requests: Result<Schedule, Missing>,
    storage: Result<Schedule, Missing>,
    streaming: Result<Schedule, Missing>,
    kept: Result<Schedule, Missing>,
    kept_duration: Result<Schedule, Missing>,
    free_requests: f64,
    free_gb_seconds: f64,
    free_streamed_gb: f64,
}

/// Environments that are kept ready for a price.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Provisioned {
    /// How many.
    pub concurrency: f64,
    /// Hours a month.
    pub hours: f64,
    /// Requests that they serve, per month.
    pub requests: f64,
    /// Duration of those requests, ms.
    pub duration_ms: f64,
}

/// What a month uses of Lambda.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct LambdaUsage {
    /// Requests a month that no provisioned environment serves.
    pub requests: f64,
    /// Billed duration of a warm request, ms; rounded up to whole ms.
    pub duration_ms: f64,
    /// Mean init time per request, ms: cold share times init.
    pub init_ms: f64,
    /// Memory, MB.
    pub memory_mb: f64,
    /// Temporary storage, MB; 512 are free. It is not multiplied by memory.
    pub storage_mb: f64,
    /// Responses streamed beyond 6 MB each, GB a month.
    pub streamed_gb: f64,
    /// Environments that are kept ready.
    pub provisioned: Option<Provisioned>,
    /// Subtract the account's free tier.
    pub free_tier: bool,
}

impl LambdaRates {
    /// Prices of a region and architecture.
    pub fn of(region: &str, arch: Arch) -> Self {
        let by_arch = |what: &str| Schedule::of(&format!("aws.lambda.{what}.{}", arch.name()), region);
        let free = |what| free::allowance("aws", "lambda", what);
        Self {
            duration: by_arch("duration"),
            requests: Schedule::of("aws.lambda.requests", region),
            storage: by_arch("ephemeral_storage"),
            streaming: Schedule::of("aws.lambda.response_stream", region),
            kept: by_arch("provisioned_concurrency"),
            kept_duration: by_arch("provisioned_duration"),
            free_requests: free("requests"),
            free_gb_seconds: free("gb_seconds"),
            free_streamed_gb: free("response_stream_gb"),
        }
    }

    pub(crate) fn lines(&self, usage: &LambdaUsage, explain: bool) -> Vec<Line<'_>> {
        let gb = usage.memory_mb.max(MEMORY_MB.0) / 1024.0;
        let billed_s = usage.requests * ((usage.duration_ms - 1e-9).ceil() + usage.init_ms) / 1_000.0;
        let (free_requests, free_gbs) =
            if usage.free_tier { (self.free_requests, self.free_gb_seconds) } else { (0.0, 0.0) };
        let mut lines = Vec::new();
        let mut requests = usage.requests;
        let mut duration = "duration";
        // Temporary storage is charged while a request runs, whichever environment serves it.
        let mut running_s = billed_s;
        if let Some(kept) = usage.provisioned {
            requests += kept.requests;
            duration = "on_demand_duration";
            let hours = (kept.hours * STEPS_PER_HOUR - 1e-9).ceil() / STEPS_PER_HOUR;
            let kept_s = kept.concurrency * hours * 3_600.0;
            let served_s = kept.requests * (kept.duration_ms - 1e-9).ceil() / 1_000.0;
            running_s += served_s;
            lines.push(Line::new("provisioned_concurrency", kept_s * gb, &self.kept));
            lines.push(Line::new("provisioned_duration", served_s * gb, &self.kept_duration));
        }
        let how = if explain { explained(usage, gb) } else { String::new() };
        lines.push(Line::new(duration, (billed_s * gb - free_gbs).max(0.0), &self.duration).how(how));
        lines.push(Line::new("requests", (requests - free_requests).max(0.0), &self.requests));
        let storage_gb = (usage.storage_mb - FREE_STORAGE_MB) / 1024.0;
        if storage_gb > 0.0 {
            lines.push(Line::new("ephemeral_storage", storage_gb * running_s, &self.storage));
        }
        if usage.streamed_gb > 0.0 {
            let free = if usage.free_tier { self.free_streamed_gb } else { 0.0 };
            let quantity = (usage.streamed_gb - free).max(0.0);
            lines.push(Line::new("response_streaming", quantity, &self.streaming));
        }
        lines
    }
}

fn explained(usage: &LambdaUsage, gb: f64) -> String {
    let requests = count(usage.requests);
    let warm = duration_ms((usage.duration_ms - 1e-9).ceil());
    let init =
        if usage.init_ms > 0.0 { format!(" + {} ms init", plain(usage.init_ms)) } else { String::new() };
    let free = if usage.free_tier { ", less the free tier" } else { "" };
    let raised = raised(usage.memory_mb).map_or_else(String::new, |raised| format!("; {raised}"));
    format!("{requests} x ({warm}{init}) x {} GB{free}{raised}", plain(gb))
}

/// Says that there is no function so small, where there is none.
fn raised(memory_mb: f64) -> Option<String> {
    let (least, _) = MEMORY_MB;
    (memory_mb < least)
        .then(|| format!("{} MB is raised to the least, {} MB", plain(memory_mb), plain(least)))
}

struct Lambda {
    rates: LambdaRates,
    around: Around,
    init: Option<Init>,
    setting: Setting,
}

/// The cost model of Lambda in a setting.
pub(crate) fn model(setting: &Setting, target: &'static Target) -> Box<dyn Model> {
    let runtime = setting.runtime.as_deref();
    Box::new(Lambda {
        rates: LambdaRates::of(&setting.region, setting.arch),
        around: Around::of(setting, target),
        init: runtime.and_then(|runtime| coldstart::init(runtime, setting.arch, setting.package)),
        setting: setting.clone(),
    })
}

/// The share of requests that find all provisioned environments busy.
fn overflow_share(load: &Load, provisioned: u32) -> f64 {
    let rates = load.rates();
    let total: f64 = rates.iter().sum();
    if total <= 0.0 {
        return 0.0;
    }
    over_hours(&rates, |rate| rate * blocked_share(provisioned, rate * load.duration_s)) / total
}

impl Lambda {
    fn cold_share(&self, load: &Load) -> f64 {
        monthly_cold_share(&load.rates(), load.duration_s, LAMBDA_IDLE_S, self.setting.kept_ready)
    }

    fn usage(&self, load: &Load) -> LambdaUsage {
        let duration_ms = load.duration_s * 1_000.0;
        let kept = self.setting.kept_ready;
        let normal = if kept == 0 { load.requests } else { load.requests * overflow_share(load, kept) };
        let provisioned = Provisioned {
            concurrency: f64::from(kept),
            hours: HOURS_PER_MONTH,
            requests: load.requests - normal,
            duration_ms,
        };
        // Init is a mean over all requests, and those that provisioned environments serve have none.
        let cold = self.init.map_or(0.0, |init| self.cold_share(load) * init.p50_ms);
        LambdaUsage {
            requests: normal,
            duration_ms,
            init_ms: if kept == 0 { cold } else { cold * load.requests / normal.max(1e-9) },
            // What is too little is raised where it is priced, which says so.
            memory_mb: load.memory_mb.min(MEMORY_MB.1),
            storage_mb: self.setting.storage_mb,
            streamed_gb: load.requests * self.setting.extras.streamed_kb / 1e6,
            provisioned: (kept > 0).then_some(provisioned),
            // Functions with provisioned concurrency have no part in the account's free tier.
            free_tier: self.setting.free_tier && kept == 0,
        }
    }
}

impl Model for Lambda {
    fn lines(&self, load: &Load, _: Sizing, explain: bool) -> Vec<Line<'_>> {
        let mut lines = self.rates.lines(&self.usage(load), explain);
        lines.extend(self.around.lines(load, explain));
        lines
    }

    fn size(&self, load: &Load) -> Option<String> {
        raised(load.memory_mb)
    }

    fn latency(&self, load: &Load) -> Latency {
        Latency::cold_start(load, self.cold_share(load), self.init, None)
    }

    fn assumptions(&self) -> Vec<(&'static str, String)> {
        let package = (!self.setting.package_declared).then(|| self.setting.package.name().to_owned());
        package.map(|name| ("package", name)).into_iter().collect()
    }

    fn notes(&self) -> Vec<String> {
        let cold = if self.init.is_some() {
            "Cold starts are those of a hello-world: imports come on top."
        } else {
            "Cold starts of this runtime were not measured; its billed init time is left out."
        };
        std::iter::once(cold.to_owned()).chain(self.around.notes()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_below_the_least_is_priced_and_told_as_the_least() {
        let rates = LambdaRates::of("us-east-1", Arch::Arm64);
        let usage = LambdaUsage {
            requests: 1e6,
            duration_ms: 100.0,
            memory_mb: 64.0,
            storage_mb: FREE_STORAGE_MB,
            ..LambdaUsage::default()
        };
        let lines = rates.lines(&usage, true);
        let duration = lines.iter().find(|line| line.name == "duration").unwrap();
        assert!((duration.quantity - 12_500.0).abs() < 1e-6, "{}", duration.quantity);
        assert!(duration.how.ends_with("64 MB is raised to the least, 128 MB"), "{}", duration.how);
    }

    #[test]
    fn storage_is_charged_for_what_provisioned_environments_serve() {
        let rates = LambdaRates::of("us-east-1", Arch::X86_64);
        let kept = Provisioned { concurrency: 1.0, hours: 730.0, requests: 3_000.0, duration_ms: 200.0 };
        let usage = LambdaUsage {
            requests: 1_000.0,
            duration_ms: 100.0,
            memory_mb: 1_024.0,
            storage_mb: FREE_STORAGE_MB + 2_048.0,
            provisioned: Some(kept),
            ..LambdaUsage::default()
        };
        let lines = rates.lines(&usage, false);
        let storage = lines.iter().find(|line| line.name == "ephemeral_storage").map(|line| line.quantity);
        // 100 s on demand and 600 s in provisioned environments, 2 GB each.
        assert!(storage.is_some_and(|gb_seconds| (gb_seconds - 1_400.0).abs() < 1e-6), "{storage:?}");
    }
}
