//! The one place that looks at the clock.

use klotho_ide::Date;
use std::time::{SystemTime, UNIX_EPOCH};

const SECONDS_A_DAY: u64 = 24 * 60 * 60;

/// Today. A clock that stands before 1970 counts as 1970.
pub(crate) fn today() -> Date {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_secs());
    Date::from_unix_days(i64::try_from(seconds / SECONDS_A_DAY).unwrap_or_default())
}
