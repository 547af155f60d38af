//! Does the cheapest target stay the cheapest when the inputs are off? Volume is tried at 0.3 and 3 times, duration at
//! half and twice, concurrency at 1, 8 and 32.

use super::{Question, cost};
use crate::estimate::{Load, Model};
use crate::format;
use crate::target::{Family, Target};

/// Rounds of halving in the search for a flip; the ends lie a factor of 32 apart at most.
const ROUNDS: u32 = 30;

/// Does the winner change within the band of doubt?
#[derive(Debug, Clone, PartialEq)]
pub enum Robustness {
    /// The same target wins everywhere in the band.
    Robust,
    /// Another target wins beyond these points.
    Flips(Vec<Flip>),
    /// Fewer than two targets can be compared.
    Alone,
}

/// The point at which another target becomes the cheapest.
#[derive(Debug, Clone, PartialEq)]
pub struct Flip {
    /// Input, as named in the workload table.
    pub input: &'static str,
    /// Beyond which value.
    pub value: f64,
    /// On which side of it: above, or below.
    pub above: bool,
    /// Who wins there.
    pub winner: &'static Target,
}

impl std::fmt::Display for Flip {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let side = if self.above { "above" } else { "below" };
        let name = self.winner.name;
        match self.input {
            "monthly_requests" => write!(f, "to {name} {side} {} requests", format::count(self.value)),
            "request_duration_ms" => {
                let value = format::duration_ms(format::significant(self.value, 2));
                write!(f, "to {name} {side} a duration of {value}")
            }
            _ => write!(f, "to {name} with a concurrency of {}", format::plain(self.value)),
        }
    }
}

impl std::fmt::Display for Robustness {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Robust => f.write_str("robust"),
            Self::Alone => f.write_str("nothing to compare with"),
            Self::Flips(flips) => {
                let all: Vec<_> = flips.iter().map(Flip::to_string).collect();
                write!(f, "flips {}", all.join(", "))
            }
        }
    }
}

/// How much an input moves the difference between on-demand and always-on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Driver {
    /// Input, as named in the workload table.
    pub input: &'static str,
    /// Largest change of the difference within the band, US dollars a month.
    pub swing_usd: f64,
    /// Did nobody state it? Then setting it is worth offering.
    pub assumed: bool,
}

/// A target that may win.
pub(super) struct Rival<'a> {
    pub(super) target: &'static Target,
    pub(super) model: &'a dyn Model,
}

struct Trial {
    input: &'static str,
    base: f64,
    tried: &'static [f64],
    /// Are `tried` factors of the base, or values?
    factors: bool,
    assumed: bool,
    with: fn(&Load, f64, &Question<'_>) -> Load,
}

pub(super) fn examine(
    question: &Question<'_>,
    rivals: &[Rival<'_>],
    load: &Load,
) -> (Robustness, Vec<Driver>) {
    if rivals.len() < 2 {
        return (Robustness::Alone, Vec::new());
    }
    let trials = trials(question, load);
    let flips: Vec<_> = trials.iter().flat_map(|trial| flips(question, rivals, load, trial)).collect();
    let mut drivers: Vec<_> = trials.iter().map(|trial| driver(question, rivals, load, trial)).collect();
    drivers.sort_by(|a, b| b.swing_usd.total_cmp(&a.swing_usd));
    let robustness = if flips.is_empty() { Robustness::Robust } else { Robustness::Flips(flips) };
    (robustness, drivers)
}

fn trials(question: &Question<'_>, load: &Load) -> [Trial; 3] {
    let said = question.workload;
    [
        Trial {
            input: "monthly_requests",
            base: load.requests,
            tried: &[0.3, 3.0],
            factors: true,
            assumed: said.monthly_requests.is_none(),
            with: |load, requests, _| load.with_requests(requests),
        },
        Trial {
            input: "request_duration_ms",
            base: load.duration_s * 1_000.0,
            tried: &[0.5, 2.0],
            factors: true,
            assumed: said.request_duration_ms.is_assumed(),
            with: with_duration,
        },
        Trial {
            input: "concurrency",
            base: load.concurrency,
            tried: &[1.0, 8.0, 32.0],
            factors: false,
            assumed: said.concurrency.is_assumed(),
            with: |load, concurrency, _| Load { concurrency, ..load.clone() },
        },
    ]
}

/// Another duration; what was derived from the duration follows it, what was stated stays.
fn with_duration(load: &Load, ms: f64, question: &Question<'_>) -> Load {
    let factor = ms / 1_000.0 / load.duration_s;
    let follow = |value: f64, assumed: bool| if assumed { value * factor } else { value };
    Load {
        duration_s: ms / 1_000.0,
        cpu_s: follow(load.cpu_s, question.workload.cpu_ms.is_assumed()),
        p99_s: follow(load.p99_s, question.workload.p99_duration_ms.is_assumed()),
        ..load.clone()
    }
}

impl Trial {
    fn values(&self) -> impl Iterator<Item = f64> + '_ {
        self.tried.iter().map(|tried| if self.factors { self.base * tried } else { *tried })
    }
}

fn flips(question: &Question<'_>, rivals: &[Rival<'_>], load: &Load, trial: &Trial) -> Vec<Flip> {
    let winner_at = |value: f64| winner(question, rivals, &(trial.with)(load, value, question));
    let Some(base) = winner_at(trial.base) else { return Vec::new() };
    let mut found: Vec<Flip> = Vec::new();
    for value in trial.values() {
        let Some(other) = winner_at(value).filter(|other| *other != base) else { continue };
        let above = value > trial.base;
        // Of several flips on one side only the nearest matters, which the search between the ends finds.
        if found.iter().any(|flip| flip.above == above) {
            continue;
        }
        let value =
            if trial.factors { edge(trial.base, value, |at| winner_at(at) == Some(base)) } else { value };
        found.push(Flip { input: trial.input, value, above, winner: other });
    }
    found
}

/// The point between `inside`, where `holds` is true, and `outside`, where it is not, at which that changes.
fn edge(inside: f64, outside: f64, holds: impl Fn(f64) -> bool) -> f64 {
    let (mut inside, mut outside) = (inside.max(1e-9).ln(), outside.max(1e-9).ln());
    for _ in 0..ROUNDS {
        let middle = f64::midpoint(inside, outside);
        if holds(middle.exp()) { inside = middle } else { outside = middle }
    }
    outside.exp()
}

fn winner(question: &Question<'_>, rivals: &[Rival<'_>], load: &Load) -> Option<&'static Target> {
    let of = |rival: &Rival<'_>| cost(rival.model, load, question.sizing);
    rivals.iter().min_by(|a, b| of(a).total_cmp(&of(b))).map(|rival| rival.target)
}

fn driver(question: &Question<'_>, rivals: &[Rival<'_>], load: &Load, trial: &Trial) -> Driver {
    let difference = |value: f64| {
        let load = (trial.with)(load, value, question);
        let cheapest = |family| {
            let same = rivals.iter().filter(|rival| rival.target.family == family);
            same.map(|rival| cost(rival.model, &load, question.sizing)).reduce(f64::min)
        };
        cheapest(Family::AlwaysOn).unwrap_or(0.0) - cheapest(Family::OnDemand).unwrap_or(0.0)
    };
    let base = difference(trial.base);
    let swing_usd = trial.values().map(|value| (difference(value) - base).abs()).fold(0.0, f64::max);
    Driver { input: trial.input, swing_usd, assumed: trial.assumed }
}
