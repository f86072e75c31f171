//! `dates`: days and terms in a message, and how long a debt has been overdue.

mod clock;
mod day;
mod duration;
mod overdue;
mod point;
#[cfg(test)]
mod tests;

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::numeral::chars::{
    DATE, DATE_NEXT, after, after_any, back, char_at, char_before, find, is, is_han, skip_spaces,
};
pub use day::{Day, NoDay};
use duration::{Count, Duration, count};
pub use overdue::overdue_days;
use point::{Point, Style};

/// What a date says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DateKind {
    /// A day by its date: 6月15日.
    Absolute,
    /// A term from now, or a whole week or month that is not over: 3日内, 本月内.
    Within,
    /// A last day: 6月15日前, 今天18点前, 最后还款日15日.
    By,
    /// A day from today: 明天, 下周一, 3天后, 月底.
    Relative,
    /// A day of every month: 每月15日, 还款日5号.
    DueDay,
    /// From one day to another: 6月1日至15日, 113年度.
    Period,
}

/// A date in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateMention {
    /// Bytes of the text, with the time of day and words such as 前 and 内.
    pub span: Range<usize>,
    /// What it says.
    pub kind: DateKind,
    /// Days from the day of sending, rounded up: 3 for 3日内, 1 for 明天.
    pub days: Option<u32>,
    /// The day, or the last one of a period, where it can be told.
    pub date: Option<Day>,
}

/// All dates in a folded text, in order, none overlapping another.
///
/// `sent` is the day the message was sent: it fills in years and resolves 今天 and 下周一. Without
/// it `date` is told only where the text itself has year, month and day. Takes time in proportion
/// to the text.
///
/// ```text
/// 请于6月15日18点前还款 (sent 2024-06-10) → by 2024-06-15
/// ```
#[must_use]
pub fn dates(text: &str, sent: Option<Day>) -> Vec<DateMention> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = find(text, at, DATE) {
        // Most characters that can begin a date begin another word.
        let second = start + char_at(text, start).map_or(1, char::len_utf8);
        if !char_at(text, second).is_some_and(|c| is(c, DATE_NEXT)) {
            at = second;
            continue;
        }
        match read(text, start, sent) {
            Some(Read { mention, end }) => {
                found.extend(mention);
                at = end;
            }
            None => at = skip(text, start),
        }
    }
    found
}

/// What was read: a mention, or something looked through that is none.
struct Read {
    mention: Option<DateMention>,
    end: usize,
}

/// Past the figures that touch, so that no digit is looked at twice, or one character.
fn skip(text: &str, start: usize) -> usize {
    let figures = text
        .as_bytes()
        .get(start..)
        .unwrap_or(&[])
        .iter()
        .take_while(|byte| byte.is_ascii_digit())
        .count();
    if figures > 0 {
        return start + figures;
    }
    start + char_at(text, start).map_or(1, char::len_utf8)
}

fn read(text: &str, start: usize, sent: Option<Day>) -> Option<Read> {
    let first = char_at(text, start)?;
    if !first.is_ascii_digit() && !is_number_word(first) {
        let worded = point::worded(text, start, sent);
        return match worded {
            Some(point) => from_point(text, start, point, sent),
            None if matches!(first, '上' | '下' | '中') => timed(text, start, sent),
            None => None,
        };
    }
    if first.is_ascii_digit() && is_inside_number(text, start) {
        return None;
    }
    if first == '半' {
        return from_duration(text, start, duration::read(text, start)?, sent);
    }
    let Some(number) = count(text, start) else {
        let point = point::compact(text, start, sent)?;
        return from_point(text, start, point, sent);
    };
    from_number(text, start, number, sent)
}

fn is_number_word(c: char) -> bool {
    matches!(
        c,
        '〇' | '零'
            | '一'
            | '二'
            | '三'
            | '四'
            | '五'
            | '六'
            | '七'
            | '八'
            | '九'
            | '十'
            | '两'
            | '廿'
            | '卅'
            | '半'
    )
}

/// Whether figures at `start` continue a number, time, code or word.
fn is_inside_number(text: &str, start: usize) -> bool {
    let Some(before) = char_before(text, start) else {
        return false;
    };
    if before.is_ascii_alphanumeric() || matches!(before, '_' | '@' | '#' | '*' | '¥' | '$') {
        return true;
    }
    matches!(before, '.' | ',' | ':' | '/' | '-')
        && char_before(text, start - 1).is_some_and(|c| c.is_ascii_alphanumeric())
}

/// Reads on after a number: a date, a time of day or a term.
fn from_number(text: &str, start: usize, number: Count, sent: Option<Day>) -> Option<Read> {
    let unit = char_at(text, skip_spaces(text, number.end))?;
    match unit {
        '年' | '月' | '日' | '号' | '-' | '/' | '.' => {
            // 15日内 is a term, 15日前 a day.
            if matches!(unit, '日' | '年' | '-')
                && let Some(length) = duration::duration_of(text, number)
                && let Some(read) = from_duration(text, start, length, sent)
            {
                return Some(read);
            }
            let point = point::numeric(text, number, sent, None)?;
            from_point(text, start, point, sent)
        }
        ':' | '点' | '时' => timed(text, start, sent),
        _ => from_duration(text, start, duration::duration_of(text, number)?, sent),
    }
}

/// 18:00前, 下午5点前: a time of day that is a last one is today's.
fn timed(text: &str, start: usize, sent: Option<Day>) -> Option<Read> {
    let part = clock::part(text, start);
    let end = match clock::time(text, skip_spaces(text, part.unwrap_or(start))) {
        Some(end) => end,
        None => return None,
    };
    let Some(end) = last_word(text, end) else {
        return Some(Read { mention: None, end });
    };
    let from = ["晚上", "晚", "傍晚", "凌晨", "早上"]
        .iter()
        .find(|word| back(text, 0, start).ends_with(**word))
        .map_or(start, |word| start - word.len());
    let mention = DateMention {
        span: from..end,
        kind: DateKind::By,
        days: Some(0),
        date: sent,
    };
    Some(Read {
        mention: Some(mention),
        end,
    })
}

/// A term: 3日内, 24小时内, 3天后, 限2日.
fn from_duration(text: &str, start: usize, length: Duration, sent: Option<Day>) -> Option<Read> {
    let head = back(text, 0, start);
    let before = head.chars().next_back().unwrap_or(' ');
    let past = matches!(before, '近' | '前' | '已') || ends_with_any(head, before, &["过去的", "过去", "逾期", "超过"]);
    let mention = |kind, end| DateMention {
        span: start..end,
        kind,
        days: Some(length.most),
        date: sent.and_then(|sent| length.after(sent)),
    };
    if let Some(end) = after_any(text, length.end, &["之内", "以内", "内", "里"]) {
        let inner =
            char_at(text, end).is_some_and(|c| matches!(c, '部' | '容' | '存' | '地' | '蒙' | '衣' | '程' | '面'));
        let mention = (!past && !inner).then(|| mention(DateKind::Within, end));
        return Some(Read { mention, end });
    }
    if let Some(end) = after_any(text, length.end, &["之后", "以后", "后"]) {
        let mention = (!past).then(|| mention(DateKind::Relative, end));
        return Some(Read { mention, end });
    }
    let short = matches!(
        length.unit,
        duration::Unit::Days | duration::Unit::Hours | duration::Unit::Workdays
    );
    let calendar = char_before(text, length.end) == Some('日') && length.unit == duration::Unit::Days;
    const GIVEN: &[&str] = &["限期", "限您", "限你", "给您", "给你", "宽限期", "最后"];
    let kind = if (before == '限' && !head.ends_with("期限")) || ends_with_any(head, before, GIVEN) {
        Some(DateKind::Within)
    } else if !calendar && (before == '剩' || ends_with_any(head, before, &["还有", "剩余"])) {
        Some(DateKind::Relative)
    } else {
        None
    };
    match kind {
        Some(kind) if short => Some(Read {
            mention: Some(mention(kind, length.end)),
            end: length.end,
        }),
        // 15日 may still be a day of the month.
        _ if calendar || length.unit == duration::Unit::Years => None,
        _ => Some(Read {
            mention: None,
            end: length.end,
        }),
    }
}

/// Whether `head`, which ends with the character `last`, ends with one of the words.
fn ends_with_any(head: &str, last: char, words: &[&str]) -> bool {
    matches!(last, '的' | '去' | '期' | '过' | '您' | '你' | '后' | '有' | '余')
        && words.iter().any(|word| head.ends_with(word))
}

/// A day, with what follows it: a second one, a time of day, 前.
fn from_point(text: &str, start: usize, point: Point, sent: Option<Day>) -> Option<Read> {
    if let Some(read) = period(text, start, &point, sent) {
        return Some(read);
    }
    let clock_end = match point.style {
        Style::Month | Style::Year | Style::Monthly | Style::Span => point.end,
        _ => clock::skip(text, point.end),
    };
    let last = last_word(text, clock_end);
    let within = after_any(text, clock_end, &["之内", "以内", "内"])
        .filter(|_| matches!(point.style, Style::Relative | Style::Span | Style::Holiday));
    let end = last.or(within).unwrap_or(clock_end);
    let by = last.is_some() || point::is_last_day_label(text, start);
    let kind = match point.style {
        Style::Month if point.year.is_none() || by => None,
        Style::Month => Some(DateKind::Absolute),
        Style::Year => Some(DateKind::Period),
        Style::Monthly => Some(DateKind::DueDay),
        Style::Holiday => by.then_some(DateKind::By).or(within.map(|_| DateKind::By)),
        Style::Span if within.is_some() => Some(DateKind::Within),
        Style::Span if by => Some(DateKind::By),
        Style::Span => after_this(text, start).then_some(DateKind::Relative),
        Style::Relative if by || within.is_some() => Some(DateKind::By),
        Style::Relative => Some(DateKind::Relative),
        Style::DayOnly => day_only(text, start, &point, by),
        Style::Figures => {
            let padded = text.as_bytes().get(start) == Some(&b'0');
            point::is_expected(text, start, point.end, padded).then_some(if by {
                DateKind::By
            } else {
                DateKind::Absolute
            })
        }
        Style::Calendar if by => Some(DateKind::By),
        Style::Calendar => Some(DateKind::Absolute),
    };
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
    Some(Read { mention, end })
}

/// 15日 alone: a due day after 还款日, nothing where it is a length or a label.
fn day_only(text: &str, start: usize, point: &Point, by: bool) -> Option<DateKind> {
    if point::is_monthly_label(text, start) && !by {
        return Some(DateKind::DueDay);
    }
    if point::is_length(text, start) {
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

/// 前, 之前, 截止 after a day, and where it ends; not 前往, 前来.
fn last_word(text: &str, at: usize) -> Option<usize> {
    let at = skip_spaces(text, at);
    let end = after_any(text, at, &["之前", "以前", "前", "截止", "为止", "止", "到期前"])?;
    let short = after(text, at, "前").is_some();
    let other = short && char_at(text, end).is_some_and(|c| "往来后期夕台述几端女男妻夫".contains(c));
    let stop = after(text, at, "止").is_some() && char_at(text, end).is_some_and(|c| is_han(c) && "付损赎".contains(c));
    (!other && !stop).then_some(end)
}

/// 6月1日至15日, 2024.06.01-2024.06.30, 1月至10月.
fn period(text: &str, start: usize, first: &Point, sent: Option<Day>) -> Option<Read> {
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
        point::numeric(text, number, sent, Some(first)).or_else(|| shared_day(text, number, first))
    } else {
        point::worded(text, at, sent)
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
    let mention = (!weekly).then(|| DateMention {
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
