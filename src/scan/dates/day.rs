//! A calendar day.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A day of the Gregorian calendar from year 1 to 9999, written as in ISO 8601: `2024-06-15`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Day {
    year: i32,
    month: u32,
    of_month: u32,
}

impl Day {
    /// The day, if the calendar has it: 30 February is `None`.
    #[must_use]
    pub fn new(year: i32, month: u32, day: u32) -> Option<Self> {
        let real = (1..=9999).contains(&year) && (1..=12).contains(&month) && (1..=days_in(year, month)).contains(&day);
        real.then_some(Self {
            year,
            month,
            of_month: day,
        })
    }

    /// The year.
    #[must_use]
    pub fn year(self) -> i32 {
        self.year
    }

    /// The month, from 1.
    #[must_use]
    pub fn month(self) -> u32 {
        self.month
    }

    /// The day of the month, from 1.
    #[must_use]
    pub fn day(self) -> u32 {
        self.of_month
    }

    /// So many days later (earlier, if negative); `None` outside the years 1 to 9999.
    #[must_use]
    pub fn plus_days(self, days: i64) -> Option<Self> {
        Self::from_number(self.number().checked_add(days)?)
    }

    /// The same day so many months later, or the last one of a shorter month.
    #[must_use]
    pub fn plus_months(self, months: i64) -> Option<Self> {
        let all = i64::from(self.year) * 12 + i64::from(self.month) - 1;
        let all = all.checked_add(months)?;
        let year = i32::try_from(all.div_euclid(12)).ok()?;
        let month = u32::try_from(all.rem_euclid(12)).ok()? + 1;
        Self::new(year, month, 1)?;
        Self::new(year, month, self.of_month.min(days_in(year, month)))
    }

    /// The last day of its month.
    #[must_use]
    pub fn month_end(self) -> Self {
        Self {
            of_month: days_in(self.year, self.month),
            ..self
        }
    }

    /// Day of the week, 1 for Monday to 7 for Sunday.
    #[must_use]
    pub fn weekday(self) -> i64 {
        // 1970-01-01 was a Thursday.
        (self.number() + 3).rem_euclid(7) + 1
    }

    /// Days from this day to `other`; negative if that is before it.
    #[must_use]
    pub fn days_until(self, other: Self) -> i64 {
        other.number() - self.number()
    }

    /// Days since 1970-01-01. (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".)
    fn number(self) -> i64 {
        let shifted = i64::from(self.year) - i64::from(self.month <= 2);
        let era = shifted.div_euclid(400);
        let year_of_era = shifted.rem_euclid(400);
        let month_from_march = (i64::from(self.month) + 9) % 12;
        let day_of_year = (153 * month_from_march + 2) / 5 + i64::from(self.of_month) - 1;
        let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        era * 146_097 + day_of_era - 719_468
    }

    /// The inverse of [`Self::number`], from the same source.
    fn from_number(number: i64) -> Option<Self> {
        let shifted = number.checked_add(719_468)?;
        let era = shifted.div_euclid(146_097);
        let day_of_era = shifted.rem_euclid(146_097);
        let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month_from_march = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
        let month = (month_from_march + 2) % 12 + 1;
        let year = year_of_era + era * 400 + i64::from(month <= 2);
        Self::new(
            i32::try_from(year).ok()?,
            u32::try_from(month).ok()?,
            u32::try_from(day).ok()?,
        )
    }
}

fn days_in(year: i32, month: u32) -> u32 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

impl fmt::Display for Day {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:04}-{:02}-{:02}", self.year, self.month, self.of_month)
    }
}

/// What a text must be to be read as a [`Day`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoDay;

impl fmt::Display for NoDay {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("no day of the form 2024-06-15")
    }
}

impl std::error::Error for NoDay {}

impl FromStr for Day {
    type Err = NoDay;

    fn from_str(text: &str) -> Result<Self, NoDay> {
        let mut parts = text.splitn(3, '-').map(|part| {
            let digits = part.bytes().all(|byte| byte.is_ascii_digit());
            digits.then(|| part.parse::<u32>().ok()).flatten()
        });
        let mut part = || parts.next().flatten().ok_or(NoDay);
        let (year, month, day) = (part()?, part()?, part()?);
        Self::new(i32::try_from(year).map_err(|_| NoDay)?, month, day).ok_or(NoDay)
    }
}

impl From<Day> for String {
    fn from(day: Day) -> Self {
        day.to_string()
    }
}

impl TryFrom<String> for Day {
    type Error = NoDay;

    fn try_from(text: String) -> Result<Self, NoDay> {
        text.parse()
    }
}
