//! Where the prices behind figures come from, and how old they are.

use crate::catalogue::{Price, Source, catalogue};
use crate::date::Date;

/// A source and the prices of it that figures rest on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SourceUse {
    /// The source.
    pub source: &'static Source,
    /// How many prices are from it.
    pub prices: usize,
    /// Oldest effective date among them; `None` = undated.
    pub effective: Option<Date>,
    /// Days since that date.
    pub age_days: Option<i64>,
}

/// The sources of prices, the most used first. A price that is met again counts once.
pub fn sources_of<'a>(prices: impl Iterator<Item = &'a Price>, today: Date) -> Vec<SourceUse> {
    let mut used: Vec<SourceUse> = Vec::new();
    let mut seen = Vec::new();
    for price in prices {
        let Some(source) = catalogue().source(price.source) else { continue };
        if seen.contains(&(price.id, price.region)) {
            continue;
        }
        seen.push((price.id, price.region));
        let effective = Date::parse(price.effective);
        let age_days = effective.map(|day| today.days_since(day));
        match used.iter_mut().find(|known| known.source == source) {
            Some(known) => {
                known.prices += 1;
                known.effective = known.effective.into_iter().chain(effective).min();
                known.age_days = known.age_days.into_iter().chain(age_days).max();
            }
            None => used.push(SourceUse { source, prices: 1, effective, age_days }),
        }
    }
    used.sort_by_key(|known| std::cmp::Reverse(known.prices));
    used
}

/// One line on where prices are from and how old the oldest of them is.
pub fn price_note(sources: &[SourceUse]) -> String {
    let Some(used) = sources.first() else {
        return format!("No prices (catalogue of {}).", catalogue().generated);
    };
    let dated = used.effective.map_or_else(String::new, |date| format!(", {date}"));
    let age = used.age_days.map_or_else(String::new, |days| format!(" ({days} days old)"));
    let others = match sources.len() {
        1 => String::new(),
        2 => " and one other source".to_owned(),
        count => format!(" and {} other sources", count - 1),
    };
    let oldest = sources.iter().filter_map(|source| source.effective).min();
    let oldest = oldest.filter(|oldest| used.effective.is_none_or(|first| *oldest < first));
    let oldest = oldest.map_or_else(String::new, |date| format!(", the oldest of {date}"));
    format!("Prices: {}{dated}{age}{others}{oldest}.", used.source.short_name())
}
