//! AWS Lambda: memory times billed milliseconds, plus requests. Init time is billed, as everywhere since 2025-08-01.

use super::entry::EntryRates;
use super::{Entry, Latency, Line, Load, Model, Setting, Sizing};
use crate::catalogue::{Missing, catalogue};
use crate::coldstart::{self, Init};
use crate::format::{count, duration_ms, plain};
use crate::schedule::Schedule;
use crate::target::Arch;
use crate::traffic::{LAMBDA_IDLE_S, monthly_cold_share};
use rust_decimal::prelude::ToPrimitive;

/// Smallest and largest memory, MB; a function outside is priced at the nearer end and ruled out elsewhere.
const MEMORY_MB: (f64, f64) = (128.0, 10_240.0);

/// Temporary storage that comes for free, MB.
const FREE_STORAGE_MB: f64 = 512.0;

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
        let free = |what| catalogue().free("aws", "lambda", what).and_then(|n| n.to_f64()).unwrap_or(0.0);
        Self {
            duration: by_arch("duration"),
            requests: Schedule::of("aws.lambda.requests", region),
            storage: by_arch("ephemeral_storage"),
            streaming: Schedule::of("aws.lambda.response_stream", region),
            kept: by_arch("provisioned_concurrency"),
            kept_duration: by_arch("provisioned_duration"),
            free_requests: free("requests"),
            free_gb_seconds: free("gb_seconds"),
        }
    }

    pub(crate) fn lines(&self, usage: &LambdaUsage, explain: bool) -> Vec<Line<'_>> {
        let gb = usage.memory_mb / 1024.0;
        let billed_s = usage.requests * ((usage.duration_ms - 1e-9).ceil() + usage.init_ms) / 1_000.0;
        let (free_requests, free_gbs) =
            if usage.free_tier { (self.free_requests, self.free_gb_seconds) } else { (0.0, 0.0) };
        let mut lines = Vec::new();
        let mut requests = usage.requests;
        let mut duration = "duration";
        if let Some(kept) = usage.provisioned {
            requests += kept.requests;
            duration = "on_demand_duration";
            let kept_s = kept.concurrency * kept.hours * 3_600.0;
            let served_s = kept.requests * (kept.duration_ms - 1e-9).ceil() / 1_000.0;
            lines.push(Line::new("provisioned_concurrency", kept_s * gb, &self.kept));
            lines.push(Line::new("provisioned_duration", served_s * gb, &self.kept_duration));
        }
        let how = if explain { explained(usage, gb) } else { String::new() };
        lines.push(Line::new(duration, (billed_s * gb - free_gbs).max(0.0), &self.duration).how(how));
        lines.push(Line::new("requests", (requests - free_requests).max(0.0), &self.requests));
        let storage_gb = (usage.storage_mb - FREE_STORAGE_MB) / 1024.0;
        if storage_gb > 0.0 {
            lines.push(Line::new("ephemeral_storage", storage_gb * billed_s, &self.storage));
        }
        if usage.streamed_gb > 0.0 {
            lines.push(Line::new("response_streaming", usage.streamed_gb, &self.streaming));
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
    format!("{requests} x ({warm}{init}) x {} GB{free}", plain(gb))
}

struct Lambda {
    rates: LambdaRates,
    entry_rates: EntryRates,
    entry: Entry,
    init: Option<Init>,
    setting: Setting,
}

/// The cost model of Lambda in a setting.
pub(crate) fn model(setting: &Setting) -> Box<dyn Model> {
    let runtime = setting.runtime.as_deref();
    Box::new(Lambda {
        rates: LambdaRates::of(&setting.region, setting.arch),
        entry_rates: EntryRates::of(&setting.region),
        entry: setting.entries.on_demand,
        init: runtime.and_then(|runtime| coldstart::init(runtime, setting.arch, setting.package)),
        setting: setting.clone(),
    })
}

fn cold_share(load: &Load) -> f64 {
    monthly_cold_share(&load.rates(), load.duration_s, LAMBDA_IDLE_S, 0)
}

impl Model for Lambda {
    fn lines(&self, load: &Load, _: Sizing, explain: bool) -> Vec<Line<'_>> {
        let init_ms = self.init.map_or(0.0, |init| cold_share(load) * init.p50_ms);
        let usage = LambdaUsage {
            requests: load.requests,
            duration_ms: load.duration_s * 1_000.0,
            init_ms,
            memory_mb: load.memory_mb.clamp(MEMORY_MB.0, MEMORY_MB.1),
            free_tier: self.setting.free_tier,
            ..LambdaUsage::default()
        };
        let mut lines = self.rates.lines(&usage, explain);
        lines.extend(self.entry_rates.lines(self.entry, load, true, explain));
        lines
    }

    fn latency(&self, load: &Load) -> Latency {
        let share = cold_share(load);
        let warm = load.p99_s * 1_000.0;
        let p99_ms = match self.init {
            // Cold requests reach into the slowest hundredth: its edge is then a request that waits for an init.
            Some(init) if share >= 0.01 => {
                warm.max(load.duration_s * 1_000.0 + init.quantile_ms(1.0 - 0.01 / share))
            }
            _ => warm,
        };
        Latency::ColdStart { share, init: self.init, p99_ms }
    }

    fn assumptions(&self) -> Vec<(&'static str, String)> {
        let package = (!self.setting.package_declared).then(|| self.setting.package.name().to_owned());
        package.map(|name| ("package", name)).into_iter().collect()
    }

    fn notes(&self) -> Vec<String> {
        if self.init.is_some() {
            return vec!["Cold starts are those of a hello-world: imports come on top.".to_owned()];
        }
        vec!["Cold starts of this runtime were not measured; its billed init time is left out.".to_owned()]
    }
}
