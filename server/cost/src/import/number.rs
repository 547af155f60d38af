//! Amounts, digit by digit as they stand in the list.

use rust_decimal::Decimal;

/// Digits that a list may mean; what comes after them is left over from binary numbers.
const DIGITS: u32 = 15;

/// A decimal number as JSON or a price list writes it; `None` = it is none, or too long for a price.
pub(super) fn decimal(text: &str) -> Option<Decimal> {
    let text = text.trim();
    if text.len() > 40 {
        return None;
    }
    let number = if text.contains(['e', 'E']) { Decimal::from_scientific(text) } else { text.parse() };
    number.ok()?.round_sf(DIGITS).map(|number| number.normalize())
}

/// An amount of money in whole units and billionths.
pub(super) fn money(units: i64, nanos: i64) -> Option<Decimal> {
    let nanos = Decimal::try_new(nanos, 9).ok()?;
    Decimal::from(units).checked_add(nanos).map(|number| number.normalize())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_digit_is_lost_or_made_up() {
        let read = |text| decimal(text).map(|number| number.to_string());
        assert_eq!(read("0.0000166667000").as_deref(), Some("0.0000166667"));
        assert_eq!(read("2.4e-05").as_deref(), Some("0.000024"));
        assert_eq!(read("0.00013100000000000001").as_deref(), Some("0.000131"));
        assert_eq!(read("Inf"), None);
        assert_eq!(read("1e99999"), None);
        assert_eq!(money(1, 750_000_000).map(|number| number.to_string()).as_deref(), Some("1.75"));
    }
}
