//! How long one comparison takes, break-evens and robustness included: the time that a hover adds. The mark is 1 ms.
//!
//! `cargo bench -p klotho-cost` goes through 1,000 different functions a run and reports the time of one run.

use divan::Bencher;
use klotho_cost::workload::{Shape, resolve};
use klotho_cost::{Date, Origin, Provider, Question, Requirements, Resolved, Workload, compare};

/// Functions of one run.
const FUNCTIONS: u32 = 1_000;

fn main() {
    divan::main();
}

/// Functions that differ in everything a person may say, spread evenly and the same in every run.
fn functions() -> Vec<Resolved> {
    let shapes = [Shape::Flat, Shape::Diurnal, Shape::Commute, Shape::Spiky];
    let spread = |place: u32, step: u32, most: u32| f64::from(place * step % most) / f64::from(most);
    let workload = |place: u32| Workload {
        monthly_requests: Some(10f64.powf(4.0 + 5.0 * spread(place, 7, 1_009))),
        request_duration_ms: Some(10.0 + 2_000.0 * spread(place, 11, 1_013)),
        memory_mb: Some(128.0 + 3_900.0 * spread(place, 13, 1_019)),
        // Every third leaves it to each platform.
        concurrency: (!place.is_multiple_of(3)).then_some(1.0 + (99.0 * spread(place, 17, 1_021)).floor()),
        shape: shapes.get(place as usize % shapes.len()).cloned(),
        burst: Some(1.0 + 2.0 * spread(place, 19, 1_031)),
        ..Workload::default()
    };
    (0..FUNCTIONS).map(|place| resolve(&[(Origin::Annotation, &workload(place))])).collect()
}

#[divan::bench(args = [Provider::Aws, Provider::Gcp, Provider::Azure], sample_count = 10)]
fn a_thousand_functions(bencher: Bencher<'_, '_>, provider: Provider) {
    let (functions, requirements) = (functions(), Requirements::default());
    let today = Date { year: 2026, month: 11, day: 23 };
    bencher.counter(divan::counter::ItemsCount::new(FUNCTIONS)).bench(|| {
        for workload in &functions {
            let region = provider.default_region();
            let mut question = Question::new(provider, region, workload, &requirements, today);
            question.runtime = Some("nodejs");
            divan::black_box(compare(&question));
        }
    });
}
