use super::*;
use proptest::prelude::*;

/// The weight of a choice: its offers and every facility that one of them needs, once.
fn weight(problem: &Problem, chosen: &[usize]) -> Weight {
    let mut all = Weight::default();
    let mut used = vec![false; problem.facilities.len()];
    for (offers, index) in problem.units.iter().zip(chosen) {
        all += offers[*index].weight;
        offers[*index].needs.iter().for_each(|need| used[*need] = true);
    }
    let paid = problem.facilities.iter().zip(used).filter(|(_, used)| *used).map(|(cost, _)| *cost);
    all += Weight { cost: paid.sum(), ..Weight::default() };
    all
}

/// Every choice there is.
fn choices(problem: &Problem) -> Vec<Vec<usize>> {
    problem.units.iter().fold(vec![Vec::new()], |all, offers| {
        let longer = |choice: &Vec<usize>| {
            let with = |index| choice.iter().copied().chain([index]).collect::<Vec<_>>();
            (0..offers.len()).map(with).collect::<Vec<_>>()
        };
        all.iter().flat_map(longer).collect()
    })
}

/// Up to 6 units with up to 4 offers that need any of 5 facilities. Amounts are small, so that there are ties.
fn problem() -> impl Strategy<Value = Problem> {
    let offer = (0i64..12, 0u32..3, 0u32..4, proptest::collection::btree_set(0usize..5, 0..3));
    let offer = offer.prop_map(|(cost, change, rank, needs)| Offer {
        weight: Weight { cost: cost.into(), change, rank },
        needs: needs.into_iter().collect(),
    });
    let units = proptest::collection::vec(proptest::collection::vec(offer, 0..=4), 0..=6);
    let facilities = proptest::collection::vec((0i64..10).prop_map(Decimal::from), 5);
    (facilities, units).prop_map(|(facilities, units)| Problem { facilities, units })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn nothing_is_lighter_than_what_is_found(problem in problem()) {
        let least = choices(&problem).iter().map(|choice| weight(&problem, choice)).min();
        let found = solve(&problem).unwrap();
        prop_assert_eq!(found.map(|chosen| weight(&problem, &chosen)), least);
    }
}

/// Units behind gateways that may use a cluster, as projects have them.
fn project(units: usize, gateways: usize) -> Problem {
    let offers = |unit: usize| {
        let offer = |cost: usize, rank, needs: Vec<usize>| Offer {
            weight: Weight { cost: Decimal::from(cost), change: 0, rank },
            needs,
        };
        let gateway = 1 + unit % gateways;
        vec![
            offer(10 + unit * 7 % 31, 0, Vec::new()),
            offer(15 + unit * 5 % 17, 1, vec![gateway]),
            offer(9 + unit * 3 % 23, 2, vec![0, gateway]),
        ]
    };
    let facilities =
        (0..=gateways).map(|facility| Decimal::from(if facility == 0 { 73 } else { 16 })).collect();
    Problem { facilities, units: (0..units).map(offers).collect() }
}

#[test]
fn the_work_grows_with_the_number_of_units() {
    let looks = |units: usize| {
        let problem = project(units, units / 5);
        let mut search = Search { problem: &problem, open: vec![None; problem.facilities.len()], looks: 0 };
        let all: Vec<usize> = (0..units).collect();
        assert!(search.best(&all, 0).unwrap().is_some());
        search.looks
    };
    assert!(looks(1_000) < 20_000, "{}", looks(1_000));
    assert!(looks(10_000) < 11 * looks(1_000));
}

#[test]
fn what_cannot_be_compared_is_said() {
    // Every unit may use any of 40 facilities that pay off only together.
    let offers = |unit: usize| {
        let with = |facility: usize| Offer {
            weight: Weight { cost: Decimal::from((unit * 31 + facility * 17) % 97), ..Weight::default() },
            needs: vec![facility],
        };
        (0..40).map(with).collect::<Vec<_>>()
    };
    let problem = Problem { facilities: vec![Decimal::from(60); 40], units: (0..40).map(offers).collect() };
    assert_eq!(solve(&problem), Err(Entangled));
}

#[test]
fn a_facility_is_paid_once_and_only_if_it_pays() {
    let offer = |cost: i64, needs: Vec<usize>| Offer {
        weight: Weight { cost: cost.into(), ..Weight::default() },
        needs,
    };
    let unit = || vec![offer(20, Vec::new()), offer(12, vec![0])];
    let of = |count: usize| {
        solve(&Problem { facilities: vec![Decimal::from(20)], units: (0..count).map(|_| unit()).collect() })
            .unwrap()
    };
    assert_eq!(of(2), Some(vec![0, 0]));
    assert_eq!(of(3), Some(vec![1, 1, 1]));
}
