//! What must hold for any use of a resource.

use klotho_cost::resource::{
    Billing, Demand, Fallback, Parameters, ResourceType, ResourceUsage, ResourceWorkload, Site, TYPES,
    UsageKey, price_resource, resolve_usage,
};
use klotho_cost::workload::Kind;
use klotho_cost::{Origin, Provider, Value};
use proptest::prelude::*;
use rust_decimal::Decimal;

const SITE: Site<'_> = Site { provider: Provider::Aws, region: "us-east-1", free_tier: false };

/// A use of a row in which each key has the value that `number` gives it; `None` leaves it unsaid.
fn usage(
    row: &ResourceType,
    demand: Demand,
    number: impl Fn(usize, &UsageKey) -> Option<f64>,
) -> ResourceUsage {
    let mut workload = ResourceWorkload::default();
    for (place, key) in row.usage.iter().enumerate() {
        let Some(number) = number(place, key) else { continue };
        let flag = key.key.kind == Kind::Flag;
        let value = if flag { Value::Flag(number > 0.0) } else { Value::Number(number) };
        let _ = workload.set(row, key.key.name, &value);
    }
    resolve_usage(row, &[(Origin::Config, &workload)], &demand)
}

fn cost(row: &ResourceType, usage: &ResourceUsage) -> Option<Decimal> {
    price_resource(row, SITE, usage, &Parameters::default()).monthly()
}

/// Shares are not amounts: more of them may well be cheaper.
fn is_amount(key: &UsageKey) -> bool {
    !key.key.unit.is_empty()
}

fn row() -> impl Strategy<Value = &'static ResourceType> {
    (0..TYPES.len()).prop_map(|place| TYPES[place])
}

proptest! {
    #[test]
    fn more_usage_never_costs_less(
        row in row(),
        numbers in proptest::collection::vec(proptest::option::of(0.0f64..1e9), 16),
        more in 0usize..16,
        times in 1.01f64..100.0,
        requests in 0.0f64..1e9,
    ) {
        let demand = Demand { monthly_requests: requests, payload_kb: 20.0 };
        let number = |place: usize| numbers.get(place).copied().flatten();
        let less = usage(row, demand, |place, _| number(place));
        let grown = usage(row, demand, |place, key| {
            let factor = if place == more && is_amount(key) { times } else { 1.0 };
            number(place).map(|it| it * factor)
        });
        if let (Some(less), Some(grown)) = (cost(row, &less), cost(row, &grown)) {
            prop_assert!(grown >= less - Decimal::new(1, 6), "{}: {less} then {grown}", row.title);
        }
    }

    #[test]
    fn more_requests_never_cost_less(row in row(), requests in 0.0f64..1e10, times in 1.0f64..100.0) {
        let at = |requests| {
            let demand = Demand { monthly_requests: requests, payload_kb: 20.0 };
            cost(row, &usage(row, demand, |_, _| None))
        };
        if let (Some(less), Some(more)) = (at(requests), at(requests * times)) {
            prop_assert!(more >= less - Decimal::new(1, 6), "{}: {less} then {more}", row.title);
        }
    }

    #[test]
    fn absurd_numbers_are_no_reason_to_panic(
        row in row(),
        numbers in proptest::collection::vec(any::<f64>(), 16),
        requests in any::<f64>(),
        size in any::<f64>(),
        text in ".{0,20}",
    ) {
        let demand = Demand::of([(requests, size), (size, requests)]);
        let used = usage(row, demand, |place, _| numbers.get(place).copied());
        for value in [Value::Number(size), Value::Text(text), Value::Flag(true)] {
            let all = row.parameters.iter().map(|it| (it.key.name.to_owned(), value.clone()));
            for free_tier in [false, true] {
                let estimate = price_resource(row, Site { free_tier, ..SITE }, &used, &Parameters::of(all.clone()));
                prop_assert!(estimate.components.iter().all(|part| part.monthly >= Decimal::ZERO));
            }
        }
    }
}

#[test]
fn what_is_not_used_costs_only_what_is_always_on() {
    const ALWAYS_ON: [&str; 7] =
        ["instance", "storage", "nodes", "nat_gateway", "load_balancer_hour", "secret", "capacity"];
    for row in TYPES {
        let nothing = usage(row, Demand::default(), |_, key| {
            (!matches!(key.fallback, Fallback::Fact(_) | Fallback::Usual(_))).then_some(0.0)
        });
        let estimate = price_resource(row, SITE, &nothing, &Parameters::default());
        for part in &estimate.components {
            let paid = part.monthly > Decimal::ZERO;
            let always = row.billing != Billing::PerUse && ALWAYS_ON.contains(&part.name);
            assert!(!paid || always, "{}: {} costs {}", row.title, part.name, part.monthly);
        }
    }
}
