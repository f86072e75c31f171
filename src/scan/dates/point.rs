//! A day, or the part of one that a text tells, and what is told besides.

use super::day::Day;

/// How far a year-less date may lie after the day of sending: a bill names the next months, a
/// reminder the last ones.
const AHEAD: i64 = 245;
const BEHIND: i64 = 183;

/// A day, or the part of one that is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Point {
    pub(super) year: Option<i32>,
    pub(super) month: Option<u32>,
    pub(super) day: Option<u32>,
    /// The day itself, where it can be told; the last one of a month or week.
    pub(super) date: Option<Day>,
    pub(super) end: usize,
    pub(super) style: Style,
    /// Days from the day of sending, for 今天 and its kin.
    pub(super) days: Option<u32>,
}

/// How a day is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    /// By its date.
    Calendar,
    /// By its date in figures only (06-15), which may be something else.
    Figures,
    /// Only by its place in a month: 15日.
    DayOnly,
    /// Only a month: 8月. No date by itself.
    Month,
    /// Only a year: 113年度.
    Year,
    /// From today: 明天, 下周一, 月底.
    Relative,
    /// A whole week or month from today: 本周, 下个月.
    Span,
    /// Every month: 每月15日.
    Monthly,
    /// A holiday: a date only with 前.
    Holiday,
}

impl Point {
    pub(super) fn new(end: usize, style: Style) -> Self {
        Self {
            year: None,
            month: None,
            day: None,
            date: None,
            end,
            style,
            days: None,
        }
    }

    /// Fills in the date from what is told and the day of sending.
    pub(super) fn resolved(mut self, sent: Option<Day>) -> Self {
        self.date = match (self.year, self.month, self.day) {
            (Some(year), Some(month), Some(day)) => Day::new(year, month, day),
            (None, Some(month), Some(day)) => sent.and_then(|sent| in_year(sent, month, day)),
            (None, None, Some(day)) => sent.and_then(|sent| in_month(sent, day)),
            _ => self.date,
        };
        self
    }
}

/// The day of the year around `sent` that a month and day most likely mean.
fn in_year(sent: Day, month: u32, day: u32) -> Option<Day> {
    let near = |year| {
        let candidate = Day::new(year, month, day)?;
        let distance = sent.days_until(candidate);
        (-BEHIND..=AHEAD).contains(&distance).then_some(candidate)
    };
    let year = sent.year();
    near(year).or_else(|| near(year + 1)).or_else(|| near(year - 1))
}

/// The 15th that a message most likely means: this month's unless it is well past.
fn in_month(sent: Day, day: u32) -> Option<Day> {
    const PAST: i64 = 10;
    let this = Day::new(sent.year(), sent.month(), day);
    match this {
        Some(candidate) if sent.days_until(candidate) >= -PAST => this,
        _ => {
            let next = Day::new(sent.year(), sent.month(), 1)?.plus_months(1)?;
            Day::new(next.year(), next.month(), day)
        }
    }
}

/// The next such day of a month, today included; the last one of a shorter month.
pub(super) fn next_monthly(sent: Day, day: u32) -> Option<Day> {
    let first = Day::new(sent.year(), sent.month(), 1)?;
    let of = |month: Day| Day::new(month.year(), month.month(), day.min(month.month_end().day()));
    of(first)
        .filter(|candidate| *candidate >= sent)
        .or_else(|| of(first.plus_months(1)?))
}
