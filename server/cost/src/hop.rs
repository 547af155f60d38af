//! What a call from one unit to another costs and adds, beside calling the same function in one's own process.

use rust_decimal::Decimal;
use rust_decimal::prelude::FromPrimitive;

use crate::compare::Row;
use crate::estimate::Latency;
use crate::target::Family;

/// Components of a bill that are paid for a caller's time and fall in no gateway.
const TIME: [&str; 6] = ["duration", "on_demand_duration", "cpu", "memory", "vcpu", "execution_time"];

/// Components that are paid for each request.
const REQUESTS: [&str; 3] = ["requests", "invocations", "executions"];

/// One side of a call: where it runs, and its traffic.
#[derive(Debug, Clone, Copy)]
pub struct Side<'a> {
    /// Its target and bill.
    pub row: &'a Row,
    /// Requests a month that the bill is for.
    pub requests: f64,
    /// Mean duration of a request, ms.
    pub duration_ms: f64,
}

/// The price of a call, US dollars for a million of them; `None` = a price is missing, or the side is paid while idle and
/// a call within its capacity costs nothing more.
#[derive(Debug, Clone, PartialEq)]
pub struct Hop {
    /// Fee for the callee's requests.
    pub fee: Option<Decimal>,
    /// The callee's time.
    pub work: Option<Decimal>,
    /// The caller's time while it waits for the callee.
    pub waiting: Option<Decimal>,
    /// What a call adds to the caller's latency, ms: the callee's mean duration, without the network.
    pub adds_ms: f64,
    /// The callee's cold starts.
    pub latency: Option<Latency>,
}

/// Prices a call from `caller` to `callee`.
pub fn hop(caller: Side<'_>, callee: Side<'_>) -> Hop {
    let is_on_demand = |side: Side<'_>| side.row.target.family == Family::OnDemand;
    let of_callee = |names: &[&str]| is_on_demand(callee).then(|| per_million(callee, names)).flatten();
    let waiting = is_on_demand(caller).then(|| per_million(caller, &TIME)).flatten();
    let share = Decimal::from_f64(callee.duration_ms / caller.duration_ms.max(1e-9)).unwrap_or_default();
    Hop {
        fee: of_callee(&REQUESTS),
        work: of_callee(&TIME),
        waiting: waiting.map(|cost| cost * share),
        adds_ms: callee.duration_ms,
        latency: callee.row.latency.clone(),
    }
}

/// What a million requests cost of some components of a bill.
fn per_million(side: Side<'_>, names: &[&str]) -> Option<Decimal> {
    side.row.monthly?;
    let requests = Decimal::from_f64(side.requests).filter(|count| !count.is_zero())?;
    let parts = side.row.estimate.components.iter().filter(|part| names.contains(&part.name));
    let total: Decimal = parts.map(|part| part.monthly).sum();
    total.checked_mul(Decimal::from(1_000_000))?.checked_div(requests)
}
