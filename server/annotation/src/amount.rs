//! Whole numbers as people write them and no format does: `60M`, `60,000,000`.

/// What an ending of a number stands for.
const ENDINGS: [(char, u64); 4] = [('k', 1_000), ('K', 1_000), ('M', 1_000_000), ('B', 1_000_000_000)];

/// What people put between groups of three digits.
const SEPARATORS: [char; 5] = [',', '.', ' ', '_', '\''];

/// The number that a text is to people; `None` where it is one for whoever reads the format already, or may be another.
/// One group behind a comma or a dot may as well be a fraction.
pub fn amount(text: &str) -> Option<u64> {
    let text = Some(text.trim()).filter(|text| text.len() <= LONGEST)?;
    let ending = ENDINGS.iter().find(|(ending, _)| text.ends_with(*ending));
    let digits = ending.map_or(text, |_| text[..text.len() - 1].trim_end());
    let whole = match ending {
        Some(_) if is_digits(digits) => digits.parse().ok()?,
        Some((_, scale)) if digits.matches('.').count() == 1 => return scaled(digits, *scale),
        _ => grouped(digits)?,
    };
    u64::checked_mul(whole, ending.map_or(1, |(_, scale)| *scale))
}

/// The longest text that is looked at, bytes.
const LONGEST: usize = 32;

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// A decimal fraction, times a scale: it has to be whole then.
fn scaled(digits: &str, scale: u64) -> Option<u64> {
    let (whole, part) = digits.split_once('.')?;
    if !is_digits(whole) || !is_digits(part) || part.len() > scale.ilog10() as usize {
        return None;
    }
    let unit = scale.checked_div(10_u64.checked_pow(part.len() as u32)?)?;
    let part = part.parse::<u64>().ok()?.checked_mul(unit)?;
    whole.parse::<u64>().ok()?.checked_mul(scale)?.checked_add(part)
}

/// Digits in groups of three.
fn grouped(text: &str) -> Option<u64> {
    let separator = text.chars().find(|next| SEPARATORS.contains(next))?;
    let mut groups = text.split(separator);
    let first = groups.next()?;
    let rest: Vec<_> = groups.collect();
    let is_first = is_digits(first) && first.len() <= 3;
    let is_right = is_first && rest.iter().all(|group| is_digits(group) && group.len() == 3);
    let is_plain = rest.len() > 1 || !matches!(separator, ',' | '.');
    if is_right && is_plain { text.replace(separator, "").parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_people_write_them() {
        for (text, expected) in [
            ("60M", 60_000_000),
            ("60 M", 60_000_000),
            ("1.5M", 1_500_000),
            ("2.25k", 2_250),
            ("10K", 10_000),
            ("3B", 3_000_000_000),
            ("60,000,000", 60_000_000),
            ("60.000.000", 60_000_000),
            ("60 000 000", 60_000_000),
            ("60 000", 60_000),
            ("60'000", 60_000),
            ("1_000", 1_000),
        ] {
            assert_eq!(amount(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_may_be_another_number_is_none() {
        for text in [
            "",
            "M",
            "60",
            "1,500",
            "1.500",
            "1.5",
            "60m",
            "60MB",
            "60,00,000",
            "6000,000",
            "60,000.000",
            "1.2345k",
            "-5M",
            "1e6",
            "0x10",
            "many",
            "1,,000",
            ".5M",
            "5.M",
            "99999999999999999999M",
            "9999999999999999999B",
            "é",
        ] {
            assert_eq!(amount(text), None, "{text}");
        }
    }
}
