//! Figures as people read them: money to three significant digits, round counts, "1 in N".

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

/// Money in US dollars to three significant digits: `$17.3`, `$2,340`, `$0.25`, `<$0.01`.
pub fn money(amount: Decimal) -> String {
    dollars(amount.to_f64().unwrap_or(0.0))
}

/// The same as [`money`] for an amount held as a float.
pub fn dollars(amount: f64) -> String {
    let (sign, size) = if amount < 0.0 { ("-", -amount) } else { ("", amount) };
    if !size.is_finite() || size == 0.0 {
        return "$0".to_owned();
    }
    if size < 0.005 {
        return format!("{sign}<$0.01");
    }
    let rounded = significant(size, 3);
    let text = match rounded {
        r if r >= 100.0 => grouped(r, 0),
        r if r >= 10.0 => grouped(r, 1),
        r => grouped(r, 2),
    };
    format!("{sign}${text}")
}

/// What is paid in a month, in a few characters: `$17.3/mo`, and `~$45.3/mo` where nobody stated the traffic.
pub fn monthly(amount: Decimal, is_known: bool) -> String {
    format!("{}{}/mo", if is_known { "" } else { "~" }, money(amount))
}

/// Money with cents, for machines and bills: `$1,234.50`.
pub fn cents(amount: Decimal) -> String {
    format!("${}", grouped(amount.to_f64().unwrap_or(0.0), 2))
}

/// A count to three significant digits with a unit letter: `950`, `100k`, `32.7M`, `1.2B`.
pub fn count(number: f64) -> String {
    if !number.is_finite() {
        return "0".to_owned();
    }
    let rounded = significant(number, 3);
    for (size, letter) in [(1e12, "T"), (1e9, "B"), (1e6, "M"), (1e3, "k")] {
        if rounded >= size {
            return format!("{}{letter}", plain(rounded / size));
        }
    }
    plain(rounded)
}

/// How often something happens, to one significant digit: `1 in 5,000`; the model behind it promises no more.
pub fn one_in(share: f64) -> String {
    if !share.is_finite() || share <= 1e-12 {
        return "practically never".to_owned();
    }
    if share > 0.67 {
        return "nearly every request".to_owned();
    }
    format!("1 in {}", grouped(significant(1.0 / share, 1), 0))
}

/// A share as percent to one significant digit: `0.2%`, `0.004%`.
pub fn percent(share: f64) -> String {
    let value = if share >= 0.1 { significant(share * 100.0, 2) } else { significant(share * 100.0, 1) };
    format!("{}%", plain(value))
}

/// A duration given in milliseconds: `80 ms`, `1.5 s`, `15 min`.
pub fn duration_ms(ms: f64) -> String {
    match ms {
        ms if ms < 1_000.0 => format!("{} ms", plain(significant(ms, 3))),
        ms if ms < 120_000.0 => format!("{} s", plain(significant(ms / 1_000.0, 3))),
        ms => format!("{} min", plain(significant(ms / 60_000.0, 3))),
    }
}

/// A plain number without trailing zeros, at most six decimals: `0.5`, `80`.
pub fn plain(number: f64) -> String {
    let text = format!("{number:.6}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

/// A quantity with thousands separators and up to three decimals: `400,000`, `1,460.5`.
pub fn quantity(number: f64) -> String {
    let text = grouped(number, 3);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// `number` rounded to `digits` significant digits.
pub fn significant(number: f64, digits: i32) -> f64 {
    if number == 0.0 || !number.is_finite() {
        return number;
    }
    let power = digits - 1 - number.abs().log10().floor() as i32;
    // Dividing by a whole power keeps 17.3 as 17.3; multiplying by 0.1 would give 17.300000000000001.
    if power >= 0 {
        let factor = 10f64.powi(power);
        (number * factor).round() / factor
    } else {
        let factor = 10f64.powi(-power);
        (number / factor).round() * factor
    }
}

/// The digits of a whole number in groups of three.
pub fn in_threes(digits: &str, separator: char) -> String {
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(separator);
        }
        text.push(digit);
    }
    text
}

fn grouped(number: f64, decimals: usize) -> String {
    let text = format!("{number:.decimals$}");
    let (sign, text) = text.strip_prefix('-').map_or(("", text.as_str()), |rest| ("-", rest));
    let (whole, fraction) = text.split_once('.').map_or((text, ""), |(w, f)| (w, f));
    let mut out = format!("{sign}{}", in_threes(whole, ','));
    if !fraction.is_empty() {
        out.push('.');
        out.push_str(fraction);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The cases that `dollars` of the editor's extension is held to as well.
    #[test]
    fn money_has_three_significant_digits() {
        let cases: Vec<(f64, String)> =
            serde_json::from_str(include_str!("../tests/examples/money.json")).unwrap();
        assert!(cases.len() > 10);
        for (amount, text) in cases {
            assert_eq!(dollars(amount), text);
        }
        assert_eq!(cents("1234.5".parse().unwrap()), "$1,234.50");
    }

    #[test]
    fn a_month_says_whether_its_traffic_is_assumed() {
        let amount = "17.34".parse().unwrap();
        assert_eq!([monthly(amount, true), monthly(amount, false)], ["$17.3/mo", "~$17.3/mo"]);
    }

    #[test]
    fn counts_are_round() {
        let cases = [
            (10_000_000.0, "10M"),
            (100_000.0, "100k"),
            (32_738_000.0, "32.7M"),
            (999_999.0, "1M"),
            (950.0, "950"),
            (1.2e9, "1.2B"),
            (0.0, "0"),
        ];
        for (number, text) in cases {
            assert_eq!(count(number), text);
        }
    }

    #[test]
    fn shares_promise_one_digit() {
        assert_eq!(one_in(0.00021), "1 in 5,000");
        assert_eq!(one_in(0.004_122), "1 in 200");
        assert_eq!(one_in(0.9), "nearly every request");
        assert_eq!(one_in(0.0), "practically never");
        assert_eq!(percent(0.002_1), "0.2%");
        assert_eq!(percent(0.000_041), "0.004%");
    }

    #[test]
    fn durations_pick_their_unit() {
        assert_eq!(duration_ms(80.0), "80 ms");
        assert_eq!(duration_ms(1_500.0), "1.5 s");
        assert_eq!(duration_ms(900_000.0), "15 min");
    }
}
