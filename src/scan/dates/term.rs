//! Terms counted from now: 3日内, 24小时内, 3天后, 限2日.

use super::super::numeral::chars::{after_any, back, char_at, char_before};
use super::day::Day;
use super::duration::{Duration, Unit};
use super::{DateKind, DateMention, Read};

/// Words before a length of time that set it as a term.
const GIVEN: &[&str] = &["限期", "限您", "限你", "给您", "给你", "宽限期", "最后"];
/// Words before a length of time that say how much is left.
const LEFT: &[&str] = &["还有", "剩余"];
/// Words before a length of time that place it in the past.
const PAST: &[&str] = &["过去的", "过去", "逾期", "超过"];

/// The term that the length of time at `start` sets, if it sets one. `None` where it may still be
/// a day of the calendar (15日).
pub(super) fn read(text: &str, start: usize, length: Duration, sent: Option<Day>) -> Option<Read> {
    let head = back(text, 0, start);
    let before = head.chars().next_back().unwrap_or(' ');
    let past = matches!(before, '近' | '前' | '已') || ends_with_any(head, before, PAST);
    let (kind, end) = kind_after(text, length.end)
        .map(|(kind, end)| (Some(kind).filter(|_| !past), end))
        .or_else(|| kind_before(text, head, before, length).map(|kind| (Some(kind), length.end)))
        .or_else(|| (!is_calendar(text, length)).then_some((None, length.end)))?;
    let mention = kind.map(|kind| DateMention {
        span: start..end,
        kind,
        days: Some(length.most),
        date: sent.and_then(|sent| length.after(sent)),
    });
    Some(Read { mention, end })
}

/// 内 or 后 after the length, and where it ends; not 内部.
fn kind_after(text: &str, at: usize) -> Option<(DateKind, usize)> {
    if let Some(end) = after_any(text, at, &["之内", "以内", "内", "里"]) {
        let inner =
            char_at(text, end).is_some_and(|c| matches!(c, '部' | '容' | '存' | '地' | '蒙' | '衣' | '程' | '面'));
        return (!inner).then_some((DateKind::Within, end));
    }
    let end = after_any(text, at, &["之后", "以后", "后"])?;
    Some((DateKind::Relative, end))
}

/// 限 or 还有 before a length of days or hours.
fn kind_before(text: &str, head: &str, before: char, length: Duration) -> Option<DateKind> {
    if !matches!(length.unit, Unit::Days | Unit::Hours | Unit::Workdays) {
        return None;
    }
    let limit = before == '限' && !head.ends_with("期限");
    if limit || ends_with_any(head, before, GIVEN) {
        return Some(DateKind::Within);
    }
    let left = before == '剩' || ends_with_any(head, before, LEFT);
    (left && !is_calendar(text, length)).then_some(DateKind::Relative)
}

/// Whether the length may be a date as well: 15日, 24年.
fn is_calendar(text: &str, length: Duration) -> bool {
    let day = length.unit == Unit::Days && char_before(text, length.end) == Some('日');
    day || length.unit == Unit::Years
}

/// Whether `head`, which ends with the character `last`, ends with one of the words above.
fn ends_with_any(head: &str, last: char, words: &[&str]) -> bool {
    matches!(last, '的' | '去' | '期' | '过' | '您' | '你' | '后' | '有' | '余')
        && words.iter().any(|word| head.ends_with(word))
}
