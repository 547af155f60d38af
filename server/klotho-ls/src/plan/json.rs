use super::Written;
use klotho_ide::{Choice, Plan, Planned, SharedCost, Size};
use rust_decimal::{Decimal, RoundingStrategy};
use serde_json::{Value, json};

/// The plan as one JSON document (docs/plan-json.md).
pub(super) fn report(plan: &Plan, written: Option<&Written>) -> String {
    let document = json!({
        "version": 1,
        "now_usd": usd(plan.now),
        "then_usd": usd(plan.then),
        "met": plan.is_met(),
        "units": plan.units.iter().map(unit).collect::<Vec<_>>(),
        "shared": {
            "now": plan.shared_now.iter().map(shared).collect::<Vec<_>>(),
            "then": plan.shared_then.iter().map(shared).collect::<Vec<_>>(),
        },
        "written": written.map(|written| json!({
            "files": written.files,
            "units": written.units,
            "by_hand": written.by_hand.iter().map(by_hand).collect::<Vec<_>>(),
        })),
    });
    format!("{document}\n")
}

fn by_hand((unit, reason): &(String, String)) -> Value {
    json!({ "unit": unit, "reason": reason })
}

fn unit(unit: &Planned) -> Value {
    json!({
        "id": unit.id,
        "now": unit.now.as_ref().map(choice),
        "then": unit.then.as_ref().map(choice),
        "obeyed": unit.obeyed,
        "change": unit.is_change(),
        "why": unit.why,
        "excluded": unit.excluded,
        "unmet": unit.unmet,
        "assumed_requests": unit.assumed_requests,
    })
}

fn choice(choice: &Choice) -> Value {
    let (vcpu, memory_mb) = match choice.size {
        Size::Task(size) => (Some(size.vcpu), Some(size.memory_gb * 1024.0)),
        Size::Memory(megabytes) => (None, Some(megabytes)),
        Size::Own => (None, None),
    };
    json!({
        "target": choice.target.key,
        "name": choice.target.name,
        "size": choice.words,
        "vcpu": vcpu,
        "memory_mb": memory_mb,
        "monthly_usd": usd(choice.monthly),
    })
}

fn shared(cost: &SharedCost) -> Value {
    json!({
        "what": cost.facility.key(),
        "of": cost.facility.of,
        "monthly_usd": usd(Some(cost.monthly)),
        "units": cost.units,
    })
}

/// Whole cents; `null` when a price is missing.
fn usd(amount: Option<Decimal>) -> Value {
    let cents = |amount: Decimal| amount.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero);
    amount.and_then(|amount| cents(amount).to_string().parse::<f64>().ok()).into()
}
