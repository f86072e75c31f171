//! From one day to another: 6月1日至15日, 2024.06.01-2024.06.30, 1月至10月.

use super::super::numeral::chars::{after, after_any, back, char_at, skip_spaces};
use super::day::Day;
use super::duration::{Count, count};
use super::point::{Point, Style};
use super::{DateKind, DateMention, Read, clock, figures, is_number_word, words};

/// 6月1日至15日, 2024.06.01-2024.06.30, 1月至10月.
pub(super) fn period(text: &str, start: usize, first: &Point, sent: Option<Day>) -> Option<Read> {
    let from = after(text, clock::skip(text, first.end), "起").unwrap_or(first.end);
    let at = skip_spaces(text, from);
    let link = char_at(text, at)?;
    if !matches!(link, '至' | '到' | '-' | '~' | '—' | '–') {
        return None;
    }
    let mut at = skip_spaces(text, at + link.len_utf8());
    for _ in 0..2 {
        at = after_any(text, at, &["-", "—"]).unwrap_or(at);
    }
    let c = char_at(text, at)?;
    let second = if c.is_ascii_digit() || is_number_word(c) {
        let number = count(text, at)?;
        figures::numeric(text, number, sent, Some(first)).or_else(|| shared_day(text, number, first))
    } else {
        words::read(text, at, sent)
    }?;
    let whole = |point: &Point| {
        !matches!(
            point.style,
            Style::Monthly | Style::Year | Style::Holiday | Style::Figures
        ) || point.style == first.style
    };
    let month = first.style == Style::Month;
    if !whole(&second)
        || month != (second.style == Style::Month)
        || first.style == Style::Span
        || (first.style == Style::DayOnly && second.style != Style::DayOnly)
    {
        return None;
    }
    let weekly =
        first.style == Style::Relative && second.style == Style::Relative && "周星礼".contains(char_at(text, start)?);
    let end = match second.style {
        Style::Month => second.end,
        _ => clock::skip(text, second.end),
    };
    let end = after_any(text, end, &["止", "期间"]).unwrap_or(end);
    let begin = ["自", "从"]
        .iter()
        .find(|word| back(text, 0, start).ends_with(**word))
        .map_or(start, |word| start - word.len());
    let date = if month {
        second
            .year
            .zip(second.month)
            .and_then(|(year, month)| Day::new(year, month, 1))
            .map(Day::month_end)
    } else {
        second.date
    };
    // 周一至周五 are opening hours, no dates.
    let mention = (!weekly).then_some(DateMention {
        span: begin..end,
        kind: DateKind::Period,
        days: None,
        date,
    });
    Some(Read { mention, end })
}

/// The bare second day of 6月1-15日 or 11/28-29, which has no month of its own.
fn shared_day(text: &str, number: Count, first: &Point) -> Option<Point> {
    let figures = first.style == Style::Figures && (1..=2).contains(&number.digits);
    let day = (1..=31).contains(&number.low) && number.low > first.day?;
    let free = !char_at(text, number.end).is_some_and(|c| c.is_ascii_alphanumeric() || "-/.:%元万期天个".contains(c));
    (figures && day && free).then(|| {
        let date = first
            .date
            .and_then(|date| Day::new(date.year(), date.month(), number.low));
        Point {
            day: Some(number.low),
            date,
            end: number.end,
            ..*first
        }
    })
}
