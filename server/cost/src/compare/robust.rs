//! Does the cheapest target stay the cheapest when the inputs are off? Volume is tried at 0.3 and 3 times, duration at
//! half and twice, concurrency at 1, 8 and 32.

use super::{Crossing, Question, cost};
use crate::breakeven::STEP;
use crate::estimate::{Load, Model, Sizing};
use crate::format;
use crate::target::{Family, Target};

/// The input of which break-evens are told as well.
const VOLUME: &str = "monthly_requests";

/// Rounds of halving in the search for a flip: what is found is within 0.01%, of ends that lie a factor of 3 apart.
const ROUNDS: u32 = 16;

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

impl Flip {
    /// Takes the volume that is told as the break-even of the two targets where it is the same crossing, looked for in steps.
    fn settle(&mut self, from: Option<&Target>, crossings: &[Crossing], sizing: Sizing) {
        let sides = |pair: &Crossing| {
            let is_of = |one: &Target, other: &Target| Some(one) == from && other == self.winner;
            is_of(pair.on_demand, pair.always_on) || is_of(pair.always_on, pair.on_demand)
        };
        let pair = crossings.iter().find(|pair| sides(pair));
        let found = pair.and_then(|pair| match sizing {
            Sizing::Peak => pair.peak_sized.requests(),
            Sizing::Autoscaled => pair.autoscaled.requests(),
            Sizing::AutoscaledAhead => None,
        });
        let is_same = |told: &f64| (1.0..=STEP * STEP).contains(&(told / self.value * STEP));
        self.value = found.filter(is_same).unwrap_or(self.value);
    }
}

impl std::fmt::Display for Flip {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let side = if self.above { "above" } else { "below" };
        let name = self.winner.name;
        match self.input {
            VOLUME => write!(f, "to {name} {side} {} requests", format::count(self.value)),
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
    crossings: &[Crossing],
) -> (Robustness, Vec<Driver>) {
    if rivals.len() < 2 {
        return (Robustness::Alone, Vec::new());
    }
    let base = Costs::of(question, rivals, load);
    let winner = base.winner().and_then(|winner| rivals.get(winner)).map(|rival| rival.target);
    let (mut flips, mut drivers) = (Vec::new(), Vec::new());
    for trial in trials(question, load) {
        let at = |value| Costs::of(question, rivals, &(trial.with)(load, value, question));
        let tried: Vec<_> = trial.values().map(|value| (value, at(value))).collect();
        let mut found = trial.flips(rivals, &base, &tried, at);
        if trial.input == VOLUME {
            found.iter_mut().for_each(|flip| flip.settle(winner, crossings, question.sizing));
        }
        flips.extend(found);
        let change = |(_, costs): &(f64, Costs)| (costs.difference(rivals) - base.difference(rivals)).abs();
        let swing_usd = tried.iter().map(change).fold(0.0, f64::max);
        drivers.push(Driver { input: trial.input, swing_usd, assumed: trial.assumed });
    }
    drivers.sort_by(|a, b| b.swing_usd.total_cmp(&a.swing_usd));
    let robustness = if flips.is_empty() { Robustness::Robust } else { Robustness::Flips(flips) };
    (robustness, drivers)
}

/// What every rival costs with some traffic, in their order.
struct Costs(Vec<f64>);

impl Costs {
    fn of(question: &Question<'_>, rivals: &[Rival<'_>], load: &Load) -> Self {
        Self(rivals.iter().map(|rival| cost(rival.model, load, question.sizing)).collect())
    }

    /// The place of the cheapest.
    fn winner(&self) -> Option<usize> {
        let costs = self.0.iter().enumerate();
        costs.min_by(|(_, a), (_, b)| a.total_cmp(b)).map(|(place, _)| place)
    }

    /// How much dearer the cheapest always-on target is than the cheapest on-demand one.
    fn difference(&self, rivals: &[Rival<'_>]) -> f64 {
        let cheapest = |family| {
            let same = self.0.iter().zip(rivals).filter(|(_, rival)| rival.target.family == family);
            same.map(|(cost, _)| *cost).reduce(f64::min).unwrap_or(0.0)
        };
        cheapest(Family::AlwaysOn) - cheapest(Family::OnDemand)
    }
}

fn trials(question: &Question<'_>, load: &Load) -> [Trial; 3] {
    let said = question.workload;
    [
        Trial {
            input: VOLUME,
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
            with: |load, concurrency, _| Load { concurrency, concurrency_declared: true, ..load.clone() },
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

    fn flips(
        &self,
        rivals: &[Rival<'_>],
        base: &Costs,
        tried: &[(f64, Costs)],
        at: impl Fn(f64) -> Costs,
    ) -> Vec<Flip> {
        let base = base.winner();
        let mut found: Vec<Flip> = Vec::new();
        for (value, costs) in tried {
            let other = costs.winner().filter(|other| Some(*other) != base);
            let Some(winner) = other.and_then(|other| rivals.get(other)) else { continue };
            let above = *value > self.base;
            // Of several flips on one side only the nearest matters, which the search between the ends finds.
            if found.iter().any(|flip| flip.above == above) {
                continue;
            }
            let holds = |value| at(value).winner() == base;
            let value = if self.factors { edge(self.base, *value, holds) } else { *value };
            found.push(Flip { input: self.input, value, above, winner: winner.target });
        }
        found
    }
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
