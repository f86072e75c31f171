//! A day with its surroundings: what it says, and where its words end.

use super::super::numeral::chars::{after_any, back, char_at};
use super::day::Day;
use super::period::period;
use super::point::{self, Point, Style};
use super::{DateKind, DateMention, Read, clock, labels, last_word};

/// The mention of the day `point` at `start`, with what follows it: a second one, a time, 前.
pub(super) fn read(text: &str, start: usize, point: Point, sent: Option<Day>) -> Read {
    if let Some(read) = period(text, start, &point, sent) {
        return read;
    }
    let clock_end = match point.style {
        Style::Month | Style::Year | Style::Monthly | Style::Span => point.end,
        _ => clock::skip(text, point.end),
    };
    let last = last_word(text, clock_end);
    let within = after_any(text, clock_end, &["之内", "以内", "内"])
        .filter(|_| matches!(point.style, Style::Relative | Style::Span | Style::Holiday));
    let end = last.or(within).unwrap_or(clock_end);
    let by = last.is_some() || labels::is_last_day(text, start);
    let kind = kind_of(text, start, &point, by, within.is_some());
    let date = match kind {
        Some(DateKind::DueDay) => sent
            .zip(point.day)
            .and_then(|(sent, day)| point::next_monthly(sent, day)),
        // A whole month or week is one day only where its end is meant.
        Some(DateKind::Relative) if point.style == Style::Span => None,
        _ => point.date,
    };
    let mention = kind.map(|kind| DateMention {
        span: start..end,
        kind,
        days: point.days,
        date,
    });
    Read { mention, end }
}

/// What the day says; `None` where it is no date by itself.
fn kind_of(text: &str, start: usize, point: &Point, by: bool, within: bool) -> Option<DateKind> {
    let last_or = |kind| if by { DateKind::By } else { kind };
    match point.style {
        Style::Calendar => Some(last_or(DateKind::Absolute)),
        Style::Figures => {
            let padded = text.as_bytes().get(start) == Some(&b'0');
            let expected = labels::expect_date(text, start, point.end, padded);
            expected.then(|| last_or(DateKind::Absolute))
        }
        Style::DayOnly => day_only(text, start, point, by),
        Style::Month => (point.year.is_some() && !by).then_some(DateKind::Absolute),
        Style::Year => Some(DateKind::Period),
        Style::Monthly => Some(DateKind::DueDay),
        Style::Relative if within => Some(DateKind::By),
        Style::Relative => Some(last_or(DateKind::Relative)),
        Style::Holiday => (by || within).then_some(DateKind::By),
        Style::Span if within => Some(DateKind::Within),
        Style::Span => (by || after_this(text, start)).then(|| last_or(DateKind::Relative)),
    }
}

/// 15日 alone: a due day after 还款日, nothing where it is a length or a label.
fn day_only(text: &str, start: usize, point: &Point, by: bool) -> Option<DateKind> {
    if labels::is_monthly(text, start) && !by {
        return Some(DateKind::DueDay);
    }
    if labels::is_length(text, start) {
        return by.then_some(DateKind::By).filter(|_| !is_overdue(text, start));
    }
    // 三日 is mostly "three days", 十五日 the fifteenth.
    let arabic = char_at(text, start).is_some_and(|c| c.is_ascii_digit());
    let number = point.day.unwrap_or(0) > 10 || arabic || text.get(..point.end)?.ends_with('号');
    match (by, number) {
        (true, _) => Some(DateKind::By),
        (false, true) => Some(DateKind::Absolute),
        _ => None,
    }
}

fn is_overdue(text: &str, start: usize) -> bool {
    back(text, 0, start).ends_with("逾期") || back(text, 0, start).ends_with("超期")
}

/// Whether a whole week or month is one to come: 下周, 下个月, but not 本月账单.
fn after_this(text: &str, start: usize) -> bool {
    char_at(text, start) == Some('下')
}
