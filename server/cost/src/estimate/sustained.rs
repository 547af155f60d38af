//! Sustained use: Google Cloud charges some machines less for every further quarter of a month that they run, without
//! anybody asking for it.

use crate::traffic::HOURS_PER_MONTH;

/// Beginnings of machine types, and what each quarter of the month costs of the list price. Types that are not listed
/// cost the same all month. Source: cloud.google.com/compute/docs/sustained-use-discounts.
const QUARTERS: &[(&str, [f64; 4])] = &[
    ("n1-", [1.0, 0.8, 0.6, 0.4]),
    ("n2-", [1.0, 0.8678, 0.733, 0.5992]),
    ("n2d-", [1.0, 0.8678, 0.733, 0.5992]),
    ("c2-", [1.0, 0.8678, 0.733, 0.5992]),
];

/// Hours at the list price that cost the same as `hours` of a machine within a month.
pub(crate) fn charged_hours(kind: &str, hours: f64) -> f64 {
    let Some((_, quarters)) = QUARTERS.iter().find(|(start, _)| kind.starts_with(start)) else {
        return hours;
    };
    let quarter = HOURS_PER_MONTH / 4.0;
    let mut left = hours;
    let mut charged = 0.0;
    for share in quarters {
        charged += left.min(quarter) * share;
        left = (left - quarter).max(0.0);
    }
    // Nothing runs longer than a month; what is said beyond it is charged as its last hour.
    charged + left * quarters.last().copied().unwrap_or(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_whole_month_is_cheaper_by_what_google_says() {
        for (kind, share) in [("n1-standard-4", 0.7), ("n2-standard-4", 0.8), ("e2-medium", 1.0)] {
            assert!((charged_hours(kind, 730.0) / 730.0 - share).abs() < 1e-3, "{kind}");
        }
        assert_eq!(charged_hours("n1-standard-4", 100.0), 100.0);
        assert!((charged_hours("n1-standard-4", 365.0) / 365.0 - 0.9).abs() < 1e-9);
    }
}
