use super::offers::Offered;
use super::*;
use crate::Date;
use crate::estimate::fargate::TaskSize;
use crate::estimate::{Entries, Entry};
use crate::feasibility::Verdict;
use crate::requirements::Requirements;
use crate::target::Provider;
use crate::workload::{Origin, Resolved, Workload, resolve};
use proptest::prelude::*;

/// What a test says of one unit.
#[derive(Debug, Clone)]
struct Told {
    workload: Workload,
    requirements: Requirements,
    current: &'static str,
    entry: Entry,
    gateway: usize,
    refused: &'static [&'static str],
    task: Option<TaskSize>,
    measured: Vec<Point>,
}

impl Told {
    fn new(requests: f64) -> Self {
        Self {
            workload: Workload { monthly_requests: Some(requests), ..Workload::default() },
            requirements: Requirements::default(),
            current: "lambda",
            entry: Entry::HttpApi,
            gateway: 0,
            refused: &[],
            task: None,
            measured: Vec::new(),
        }
    }
}

const IDS: [&str; 6] = ["a", "b", "c", "d", "e", "f"];
const GATEWAYS: [&str; 3] = ["api", "admin", "hooks"];
const TARGETS: [&str; 4] = ["lambda", "ecs", "eks", "apprunner"];

fn unit<'a>(region: &'a str, told: &'a Told, workload: &'a Resolved, id: &'a str) -> Unit<'a> {
    let today = Date { year: 2026, month: 11, day: 26 };
    let mut question = Question::new(Provider::Aws, region, workload, &told.requirements, today);
    question.current = Some(told.current);
    question.entries = Entries::of(told.entry);
    question.task = told.task;
    let named = |key: &&'static str| Named {
        key,
        refused: told.refused.contains(key).then(|| "the compiler does not build it".to_owned()),
    };
    let targets = TARGETS[..3].iter().map(named).collect();
    Unit {
        id,
        question,
        gateway: Some(GATEWAYS[told.gateway]),
        targets,
        measured: &told.measured,
        memory_stated: false,
        container_stated: false,
        obeyed: None,
    }
}

/// Asks about units in a region; the answer is given to `then` along with the question.
fn asked<T>(region: &str, told: &[Told], then: impl FnOnce(&[Unit<'_>], Plan) -> T) -> T {
    let resolved: Vec<Resolved> =
        told.iter().map(|told| resolve(&[(Origin::Annotation, &told.workload)])).collect();
    let all = told.iter().zip(&resolved).zip(IDS);
    let units: Vec<_> = all.map(|((told, workload), id)| unit(region, told, workload, id)).collect();
    let found = plan(&units).unwrap();
    then(&units, found)
}

/// The plan as text.
fn text(told: &[Told]) -> String {
    asked("us-east-1", told, |_, plan| {
        let mut text = String::new();
        for unit in &plan.units {
            let mark = if unit.is_change() { "*" } else { "=" };
            text.push_str(&format!("{mark}{} {}\n", unit.id, unit.why));
            unit.excluded.iter().for_each(|line| text.push_str(&format!("    {line}\n")));
        }
        for shared in &plan.shared_then {
            text.push_str(&format!(" {}: {}\n", shared.facility.text(), shared.units.join(", ")));
        }
        let money = |amount: Option<Decimal>| amount.map_or("-".to_owned(), crate::format::cents);
        text.push_str(&format!(" {} -> {}\n", money(plan.now), money(plan.then)));
        text
    })
}

/// Every offer of a unit for every target, in every legal size that holds it; what a plan may choose from.
fn every_offer(unit: &Unit<'_>) -> Vec<Offered> {
    let mut all = Vec::new();
    let named = unit.targets.iter().filter(|named| named.refused.is_none()).map(|named| named.key);
    // Where it is it may stay, whether or not that can be named anew.
    let stays = unit.question.current.filter(|now| unit.targets.iter().all(|named| named.key != *now));
    for target in named.chain(stays).map(|key| crate::target::target(key).unwrap()) {
        let Ok(tried) = sizes::sizes(unit, target) else { continue };
        all.extend(tried.iter().map(|tried| offers::offered(unit, target, *tried)));
        // All the sizes that a plan does not look at, because they hold more than is needed.
        for least in tried.iter().filter_map(|tried| tried.task()) {
            let larger = (1..40)
                .filter_map(|gb| TaskSize { memory_gb: least.memory_gb + f64::from(gb), ..least }.legal());
            let tried = larger.map(|size| sizes::Tried { size: Size::Task(size), duration_ms: None });
            all.extend(tried.map(|tried| offers::offered(unit, target, tried)));
        }
    }
    all.retain(Offered::is_open);
    all
}

/// The least that an assignment of all units can cost; `None` when a unit has no place.
fn least(units: &[Unit<'_>]) -> Option<Decimal> {
    let mut least: Vec<Vec<Offered>> = Vec::new();
    for unit in units {
        let mut offers = every_offer(unit);
        // On one target all sizes share the same, so that only the cheapest of them can be in a cheapest assignment.
        offers.sort_by_key(|offer| (offer.target.key, offer.own));
        offers.dedup_by_key(|offer| offer.target.key);
        least.push(offers);
    }
    let mut assignments: Vec<Vec<Option<&Offered>>> = vec![Vec::new()];
    for offers in &least {
        let mut next = Vec::new();
        for assignment in &assignments {
            for offer in offers {
                let mut with = assignment.clone();
                with.push(Some(offer));
                next.push(with);
            }
        }
        assignments = next;
    }
    assignments.iter().filter_map(|assignment| sum(&total(assignment), assignment)).min()
}

fn told() -> impl Strategy<Value = Told> {
    let traffic =
        (4.0f64..8.5, 10.0f64..2_000.0, prop_oneof![Just(None), (100.0f64..9_000.0).prop_map(Some)]);
    let needs = (
        proptest::option::weighted(0.3, 5.0f64..200.0),
        proptest::option::weighted(0.2, 1.0f64..2_000.0),
        proptest::option::weighted(0.1, Just(true)),
    );
    let place = (0usize..4, 0usize..3, 0usize..3, 0usize..4);
    (traffic, needs, place).prop_map(|((volume, duration, memory), (budget, longest, socket), place)| {
        let mut told = Told::new(10f64.powf(volume).round());
        told.workload.request_duration_ms = Some(duration);
        told.workload.memory_mb = memory;
        told.requirements.max_monthly_usd = budget;
        told.requirements.max_request_s = longest;
        told.requirements.websocket = socket;
        told.current = TARGETS[place.0];
        told.gateway = place.1;
        told.entry = [Entry::HttpApi, Entry::None, Entry::Alb][place.2];
        told.refused = [&[][..], &["ecs", "eks"], &["lambda"], &[]][place.3];
        told
    })
}

/// What a project states after a plan was applied.
fn applied(told: &[Told], plan: &Plan) -> Vec<Told> {
    let mut after = told.to_vec();
    for (told, planned) in after.iter_mut().zip(&plan.units) {
        let Some(then) = &planned.then else { continue };
        told.current = then.target.key;
        match then.size {
            Size::Task(size) => told.task = Some(size),
            Size::Memory(memory) => told.workload.memory_mb = Some(memory),
            Size::Own => {}
        }
    }
    after
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn no_assignment_that_fits_costs_less(
        told in proptest::collection::vec(told(), 1..=6),
        // In the second region load balancers have no price.
        region in prop_oneof![Just("us-east-1"), Just("us-west-2")],
    ) {
        let least = asked(region, &told, |units, plan| {
            let found = plan.is_met().then_some(plan.then).flatten();
            // What runs where no price is known stays there, and then nobody knows the sum.
            let has_price = |planned: &Planned| planned.then.as_ref().is_none_or(|then| then.monthly.is_some());
            let is_priced = plan.units.iter().all(has_price);
            (found, is_priced.then(|| least(units)).flatten())
        });
        prop_assert_eq!(least.0, least.1);
    }

    #[test]
    fn what_is_chosen_fits_and_has_a_price(told in proptest::collection::vec(told(), 1..=6)) {
        asked("us-east-1", &told, |units, plan| {
            for (unit, planned) in units.iter().zip(&plan.units) {
                let Some(then) = &planned.then else { continue };
                let place = offers::places(unit).into_iter().find_map(|place| match place {
                    Place::Open(offer) if offer.target == then.target => Some(offer),
                    _ => None,
                });
                let offer = place.unwrap();
                prop_assert!(!matches!(offer.fits, Verdict::DoesNotFit(_)));
                prop_assert!(offer.missing.is_none());
            }
            Ok(())
        })?;
    }

    #[test]
    fn a_plan_that_was_applied_leaves_nothing_to_do(told in proptest::collection::vec(told(), 1..=6)) {
        let after = asked("us-east-1", &told, |_, plan| applied(&told, &plan));
        let changed = asked("us-east-1", &after, |_, plan| plan.changes().cloned().collect::<Vec<_>>());
        prop_assert_eq!(changed, Vec::new());
    }
}

#[test]
fn the_cheapest_that_fits_is_chosen_and_every_exclusion_has_its_reason() {
    let mut long = Told::new(1e6);
    long.requirements.max_request_s = Some(1_200.0);
    let mut busy = Told::new(1e8);
    busy.gateway = 1;
    expect_test::expect![[r#"
        =a AWS Lambda, 512 MB: $2.03, cheapest of 3 that fit; ECS on Fargate $18.2, EKS $109
        *b ECS on Fargate, 2 tasks of 0.25 vCPU / 0.5 GB: $34.6, cheapest of 2 that fit; EKS $126
            AWS Lambda: requests of 20 min are longer than the 30 s of AWS Lambda behind HTTP API
        *c ECS on Fargate, 18 tasks of 0.25 vCPU / 0.5 GB: $195, cheapest of 3 that fit; AWS Lambda $203, EKS $268
         $207.40 -> $231.24
    "#]]
    .assert_eq(&text(&[Told::new(1e6), long, busy]));
}

#[test]
fn a_cluster_is_paid_once() {
    let unit = |gateway| {
        let mut told = Told::new(1e8);
        told.refused = &["lambda", "ecs"];
        (told.current, told.gateway) = ("eks", gateway);
        told
    };
    expect_test::expect![[r#"
        =a EKS, 9 pods of 0.5 vCPU / 1 GB on Fargate: $178, the only one that fits
            AWS Lambda: the compiler does not build it
            ECS on Fargate: the compiler does not build it
        =b EKS, 9 pods of 0.5 vCPU / 1 GB on Fargate: $178, the only one that fits
            AWS Lambda: the compiler does not build it
            ECS on Fargate: the compiler does not build it
        =c EKS, 9 pods of 0.5 vCPU / 1 GB on Fargate: $195, the only one that fits
            AWS Lambda: the compiler does not build it
            ECS on Fargate: the compiler does not build it
         cluster of EKS: a, b, c
         load balancer of api: a, b
         $640.39 -> $640.39
    "#]]
    .assert_eq(&text(&[unit(0), unit(0), unit(1)]));
}

#[test]
fn what_cannot_be_met_is_named_with_what_comes_nearest() {
    let mut poor = Told::new(1e8);
    poor.requirements.max_monthly_usd = Some(20.0);
    let mut torn = Told::new(1e8);
    (torn.requirements.max_monthly_usd, torn.requirements.scale_to_zero) = (Some(100.0), Some(true));
    let mut never = Told::new(1e6);
    (never.requirements.gpu, never.refused) = (Some(true), &["eks"]);
    expect_test::expect![[r#"
        =a max_monthly_usd cannot be met; nearest: ECS on Fargate, 18 tasks of 0.25 vCPU / 0.5 GB at $195, $175 over max_monthly_usd
            AWS Lambda: $203 a month is over $20.0
            ECS on Fargate: $195 a month is over $20.0
            EKS: $268 a month is over $20.0
        =b max_monthly_usd cannot be met; nearest: AWS Lambda, 512 MB at $203, $103 over max_monthly_usd
            AWS Lambda: $203 a month is over $100
            ECS on Fargate: a service keeps at least one task; $195 a month is over $100
            EKS: the control plane is paid at zero traffic; $268 a month is over $100
        =c gpu cannot be met; nearest: AWS Lambda, 512 MB at $2.03, Lambda has no GPU
            AWS Lambda: Lambda has no GPU
            ECS on Fargate: Fargate has no GPU
            EKS: the compiler does not build it
         $408.70 -> $408.70
    "#]].assert_eq(&text(&[poor, torn, never]));
}

#[test]
fn measured_durations_decide_the_memory_of_a_function() {
    let mut told = Told::new(1e7);
    told.refused = &["ecs", "eks"];
    let point = |memory_mb, duration_ms| Point { memory_mb, duration_ms };
    told.measured = vec![point(128.0, 900.0), point(256.0, 150.0), point(1_024.0, 90.0)];
    expect_test::expect![[r#"
        *a AWS Lambda, 256 MB: $18.3, the only one that fits
            ECS on Fargate: the compiler does not build it
            EKS: the compiler does not build it
         $20.33 -> $18.25
    "#]]
    .assert_eq(&text(&[told]));
}

#[test]
fn a_container_that_is_too_small_grows_and_one_of_which_nothing_is_known_keeps_its_memory() {
    let on_ecs = |memory: Option<f64>, task| {
        let mut told = Told::new(1e8);
        (told.current, told.refused, told.workload.memory_mb) = ("ecs", &["lambda", "eks"], memory);
        told.task = Some(task);
        told
    };
    let small = TaskSize { vcpu: 0.25, memory_gb: 0.5 };
    let large = TaskSize { vcpu: 2.0, memory_gb: 5.0 };
    let mut needy = on_ecs(None, small);
    needy.requirements.memory_mb = Some(3_000.0);
    let told = [on_ecs(Some(1_024.0), small), on_ecs(None, small), on_ecs(None, large), needy];
    expect_test::expect![[r#"
        *a ECS on Fargate, 9 tasks of 0.5 vCPU / 1 GB: $178, the only one that fits
            AWS Lambda: the compiler does not build it
            EKS: the compiler does not build it
        =b ECS on Fargate, 18 tasks of 0.25 vCPU / 0.5 GB: $178, the only one that fits
            AWS Lambda: the compiler does not build it
            EKS: the compiler does not build it
        =c ECS on Fargate, 3 tasks of 2 vCPU / 5 GB: $242, the only one that fits
            AWS Lambda: the compiler does not build it
            EKS: the compiler does not build it
        *d ECS on Fargate, 5 tasks of 1 vCPU / 3 GB: $212, the only one that fits; 0.25 vCPU / 0.5 GB is too small for the unit
            AWS Lambda: the compiler does not build it
            EKS: the compiler does not build it
         load balancer of api: a, b, c, d
         $792.94 -> $827.19
    "#]].assert_eq(&text(&told));
}

#[test]
fn a_price_that_is_missing_is_said() {
    let told = [Told::new(1e8)];
    let lines = asked("us-east-2", &told, |_, plan| plan.units[0].excluded.join("\n"));
    expect_test::expect![[r#"
        ECS on Fargate: no price for aws.alb.hour in us-east-2 (catalogue of 2026-11-23)
        EKS: no price for aws.alb.hour in us-east-2 (catalogue of 2026-11-23)"#]]
    .assert_eq(&lines);
}

#[test]
fn what_runs_where_no_price_is_known_stays() {
    let told = [Told { current: "ecs", ..Told::new(1e8) }];
    asked("us-east-2", &told, |_, plan| {
        assert_eq!((plan.all_changes().count(), plan.is_met(), plan.then), (0, true, None));
        expect_test::expect!["ECS on Fargate, 9 tasks of 0.5 vCPU / 1 GB stays: no price for aws.alb.hour in us-east-2 (catalogue of 2026-11-23), so nothing can be compared with it"].assert_eq(&plan.units[0].why);
        assert!(!plan.units[0].excluded.iter().any(|line| line.starts_with("ECS")));
    });
}

#[test]
fn nobody_said_how_much_traffic_there_is() {
    let mut told = Told::new(1.0);
    told.workload.monthly_requests = None;
    let assumed = asked("us-east-1", &[told], |_, plan| plan.units[0].assumed_requests);
    assert_eq!(assumed, Some(ASSUMED_VOLUME));
}

#[test]
fn the_memory_that_a_workload_states_is_not_what_a_plan_changes() {
    let mut told = Told::new(1e6);
    told.workload.memory_mb = Some(512.0);
    told.requirements.memory_mb = Some(2_048.0);
    let told = [told];
    let first = |memory_stated| {
        asked("us-east-1", &told, |units, _| {
            let unit = Unit { memory_stated, ..units[0].clone() };
            plan(&[unit]).unwrap().units[0].clone()
        })
    };
    assert_eq!(first(false).then.unwrap().text(), "AWS Lambda, 2048 MB");
    let stated = first(true);
    assert_eq!(stated.excluded, ["AWS Lambda: its function has 512 MB of memory, and 2048 MB are required"]);
    assert!(stated.then.unwrap().text().starts_with("ECS on Fargate"), "{}", stated.why);
}
