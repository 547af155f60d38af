//! Can a unit run on a target at all? Decided from hard limits and declared requirements, never from assumed values.

use crate::estimate::size::FARGATE;
use crate::estimate::{EksPool, Entry, Latency, Setting};
use crate::format::{dollars, duration_ms, percent, plain};
use crate::requirements::Requirements;
use crate::target::{Arch, Family, Limit, Provider, Support, Target};
use crate::workload::{ASSUMED_MEMORY_MB, Resolved};

/// The answer, with reasons as short sentences without a full stop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing rules the target out.
    Fits,
    /// At least one limit or requirement rules it out.
    DoesNotFit(Vec<String>),
    /// Nothing rules it out, and a limit that matters here is not known.
    Unknown(Vec<String>),
}

impl Verdict {
    /// May the target be offered without a warning?
    pub fn fits(&self) -> bool {
        *self == Self::Fits
    }

    /// Is it ruled out?
    pub fn is_ruled_out(&self) -> bool {
        matches!(self, Self::DoesNotFit(_))
    }

    /// Why it is ruled out, in one sentence; `None` where it is not.
    pub fn why_not(&self) -> Option<String> {
        self.is_ruled_out().then(|| self.sentence())
    }

    /// Why nobody can tell, in one sentence; `None` where it is known.
    pub fn why_open(&self) -> Option<String> {
        matches!(self, Self::Unknown(_)).then(|| self.sentence())
    }

    /// All reasons in one sentence.
    pub fn sentence(&self) -> String {
        self.reasons().join("; ")
    }

    /// Why it does not fit or why nobody can tell; empty when it fits.
    pub fn reasons(&self) -> &[String] {
        match self {
            Self::Fits => &[],
            Self::DoesNotFit(reasons) | Self::Unknown(reasons) => reasons,
        }
    }
}

/// What the estimate found and requirements are held against.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Findings<'a> {
    /// US dollars a month; `None` = not priced.
    pub monthly: Option<f64>,
    /// Was the volume declared?
    pub volume_known: bool,
    /// What requests wait for; `None` = no model.
    pub latency: Option<&'a Latency>,
}

/// Checks a target against hard limits only: what an editor may say before it has estimated anything.
pub fn by_limits(target: &Target, setting: &Setting, workload: &Resolved, needs: &Requirements) -> Verdict {
    let mut reasons = Reasons::default();
    limits(target, setting, workload, needs, &mut reasons);
    reasons.verdict()
}

/// Checks a target against hard limits and against requirements on cost and latency.
pub fn verdict(
    target: &Target,
    setting: &Setting,
    workload: &Resolved,
    needs: &Requirements,
    findings: Findings<'_>,
) -> Verdict {
    let mut reasons = Reasons::default();
    limits(target, setting, workload, needs, &mut reasons);
    budget(needs, findings, &mut reasons);
    latency(workload, needs, findings, &mut reasons);
    reasons.verdict()
}

#[derive(Default)]
struct Reasons {
    against: Vec<String>,
    open: Vec<String>,
}

impl Reasons {
    fn verdict(self) -> Verdict {
        match (self.against.is_empty(), self.open.is_empty()) {
            (true, true) => Verdict::Fits,
            (true, false) => Verdict::Unknown(self.open),
            (false, _) => Verdict::DoesNotFit(self.against),
        }
    }

    fn feature(&mut self, wanted: bool, support: Support, name: &str) {
        match support {
            _ if !wanted => {}
            Support::Yes => {}
            Support::No(why) => self.against.push(why.to_owned()),
            Support::Unknown => self.open.push(format!("whether it offers {name} is not known")),
        }
    }

    fn limit(&mut self, wanted: Option<f64>, limit: Limit, say: impl Fn(f64, f64) -> String, name: &str) {
        match (wanted, limit) {
            (Some(wanted), Limit::Max(max)) if wanted > max => self.against.push(say(wanted, max)),
            (Some(_), Limit::Unknown) => self.open.push(format!("its limit on {name} is not known")),
            _ => {}
        }
    }
}

fn limits(
    target: &Target,
    setting: &Setting,
    workload: &Resolved,
    needs: &Requirements,
    reasons: &mut Reasons,
) {
    if let Some(closed) = target.closed {
        reasons.against.push(closed.to_owned());
    }
    requests(target, setting, workload, needs, reasons);
    memory(target, setting, workload, needs, reasons);
    features(target, setting, workload, needs, reasons);
}

fn requests(
    target: &Target,
    setting: &Setting,
    workload: &Resolved,
    needs: &Requirements,
    reasons: &mut Reasons,
) {
    let entry = setting.entry_of(target);
    let (limit, who) = match entry_request_s(entry) {
        Some(seconds) => (Limit::Max(seconds), format!("{} behind {}", target.name, entry.name())),
        None => (target.limits.request_s, target.name.to_owned()),
    };
    let say = |wanted: f64, max: f64| {
        let (wanted, max) = (duration_ms(wanted * 1_000.0), duration_ms(max * 1_000.0));
        format!("requests of {wanted} are longer than the {max} of {who}")
    };
    reasons.limit(longest_request_s(workload, needs), limit, say, "the length of a request");
    let say = |wanted: f64, max: f64| {
        format!("bodies of {} MB are larger than the {} MB of {}", plain(wanted), plain(max), target.name)
    };
    let payload = needs.max_payload_mb.or_else(|| {
        let said = (!workload.payload_kb.is_assumed()).then_some(workload.payload_kb.value / 1024.0);
        // Two bodies together that exceed twice the limit cannot both be within it.
        said.map(|both| both / 2.0)
    });
    reasons.limit(payload, target.limits.payload_mb, say, "the size of a body");
}

/// The longest declared request: the requirement, or durations that somebody stated.
fn longest_request_s(workload: &Resolved, needs: &Requirements) -> Option<f64> {
    let stated = [&workload.request_duration_ms, &workload.p99_duration_ms];
    let stated = stated.into_iter().filter(|input| !input.is_assumed()).map(|input| input.value / 1_000.0);
    stated.chain(needs.max_request_s).reduce(f64::max)
}

fn memory(
    target: &Target,
    setting: &Setting,
    workload: &Resolved,
    needs: &Requirements,
    reasons: &mut Reasons,
) {
    let said = (!workload.memory_mb.is_assumed()).then_some(workload.memory_mb.value);
    let wanted = [said, needs.memory_mb].into_iter().flatten().reduce(f64::max);
    let pods_on_fargate = target.key == "eks" && setting.eks == EksPool::FargateProfile;
    let limit = if pods_on_fargate { Limit::Max(120.0 * 1024.0) } else { target.limits.memory_mb };
    let say = |wanted: f64, max: f64| {
        format!("{} MB of memory are more than the {} MB of {}", plain(wanted), plain(max), target.name)
    };
    reasons.limit(wanted, limit, say, "memory");
    let is_container = target.family == Family::AlwaysOn && setting.task_declared;
    let held = setting.task.memory_gb * 1024.0;
    if let Some(needed) = needs.memory_mb.filter(|needed| is_container && *needed > held) {
        let (held, needed) = (plain(held), plain(needed));
        reasons.against.push(format!("its container has {held} MB of memory, and {needed} MB are required"));
    }
    if target.family == Family::OnDemand {
        function_memory(target, setting, needs, reasons);
    }
    let sizes = if pods_on_fargate { Some(&FARGATE) } else { target.sizes };
    if let Some(sizes) = sizes.filter(|sizes| setting.task_declared && sizes.legal(setting.task).is_none()) {
        reasons.against.push(format!("{} is larger than any {}", setting.task, sizes.noun));
    }
}

/// A function has the memory that is stated for it, whatever else is required.
fn function_memory(target: &Target, setting: &Setting, needs: &Requirements, reasons: &mut Reasons) {
    let held = setting.function_memory_mb;
    let Some(needed) = needs.memory_mb.filter(|needed| *needed > held.unwrap_or(ASSUMED_MEMORY_MB)) else {
        return;
    };
    let needed = plain(needed);
    if let Some(held) = held {
        let held = plain(held);
        reasons.against.push(format!("its function has {held} MB of memory, and {needed} MB are required"));
        return;
    }
    // Of other providers a project states no parameters.
    let parameters = match target.provider {
        Provider::Aws => ", or the memory of the function among its parameters",
        _ => "",
    };
    let open = "of memory that it requires cannot be checked before memory_mb is stated in [workload]";
    reasons.open.push(format!("the {needed} MB {open}{parameters}"));
}

fn features(
    target: &Target,
    setting: &Setting,
    workload: &Resolved,
    needs: &Requirements,
    reasons: &mut Reasons,
) {
    let limits = &target.limits;
    let asks = |flag: Option<bool>| flag == Some(true);
    let pods_on_fargate = target.key == "eks" && setting.eks == EksPool::FargateProfile;
    let streaming = match setting.entry_of(target) {
        Entry::HttpApi if target.key == "lambda" => Support::No("an HTTP API does not stream"),
        _ => limits.streaming,
    };
    let gpu = if pods_on_fargate { Support::No("a Fargate profile has no GPU") } else { limits.gpu };
    let arm = if pods_on_fargate { Support::No("a Fargate profile has no Arm") } else { limits.arm };
    let websocket = match setting.entry_of(target) {
        Entry::WebSocketApi => Support::Yes,
        _ => limits.websocket,
    };
    reasons.feature(asks(needs.websocket), websocket, "WebSockets");
    reasons.feature(asks(needs.streaming), streaming, "streaming");
    reasons.feature(asks(needs.gpu), gpu, "a GPU");
    reasons.feature(asks(needs.scale_to_zero), limits.scale_to_zero, "scaling to zero");
    let wants_arm = workload.arch.value == Arch::Arm64 && !workload.arch.is_assumed();
    reasons.feature(wants_arm, arm, "Arm");
}

fn budget(needs: &Requirements, findings: Findings<'_>, reasons: &mut Reasons) {
    let Some(max) = needs.max_monthly_usd else { return };
    match findings.monthly {
        None => reasons
            .open
            .push(format!("its cost is not known, so neither is whether it meets {}", dollars(max))),
        Some(_) if !findings.volume_known => {
            reasons.open.push(format!("whether it meets {} depends on monthly_requests", dollars(max)));
        }
        Some(cost) if cost > max => {
            reasons.against.push(over_budget(cost, max));
        }
        Some(_) => {}
    }
}

/// What is said of a target that costs more than it may, US dollars a month.
pub(crate) fn over_budget(cost: f64, max: f64) -> String {
    format!("{} a month is over {}", dollars(cost), dollars(max))
}

fn latency(workload: &Resolved, needs: &Requirements, findings: Findings<'_>, reasons: &mut Reasons) {
    let Some(found) = findings.latency else {
        if needs.max_p99_ms.is_some() || needs.max_cold_share.is_some() {
            reasons.open.push("its latency is not known".to_owned());
        }
        return;
    };
    if let Some(max) = needs.max_p99_ms {
        let p99 = found.p99_ms();
        if workload.p99_duration_ms.is_assumed() {
            // A slow mean already breaks the promise; a fast one says nothing about the slowest hundredth.
            let mean = &workload.request_duration_ms;
            if !mean.is_assumed() && mean.value > max {
                let (mean, max) = (duration_ms(mean.value), duration_ms(max));
                reasons.against.push(format!("the mean of {mean} is over the {max} that 99 of 100 may take"));
            } else {
                reasons.open.push("max_p99_ms cannot be checked before p99_duration_ms is known".to_owned());
            }
        } else if p99 > max {
            let (p99, max) = (duration_ms(p99), duration_ms(max));
            reasons.against.push(format!("a 99th percentile of {p99} is over {max}"));
        }
    }
    let Some(max) = needs.max_cold_share else { return };
    let share = found.cold_share();
    if share > max && findings.volume_known {
        reasons.against.push(format!("{} of requests are cold, more than {}", percent(share), percent(max)));
    } else if matches!(found, Latency::ColdStart { .. }) && !findings.volume_known {
        reasons.open.push("the cold share depends on monthly_requests".to_owned());
    }
}

/// Longest request that an entry passes on, seconds, where it is shorter than the target's own limit.
fn entry_request_s(entry: Entry) -> Option<f64> {
    match entry {
        Entry::HttpApi => Some(30.0),
        Entry::RestApi | Entry::WebSocketApi => Some(29.0),
        Entry::None | Entry::FunctionUrl | Entry::Alb | Entry::BuiltIn | Entry::LoadBalancer => None,
    }
}
