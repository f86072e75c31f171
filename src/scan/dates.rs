//! `dates`: days and terms in a message, and how long a debt has been overdue.

mod clock;
mod day;
mod duration;
mod figures;
mod labels;
mod mention;
mod overdue;
mod period;
mod point;
mod term;
#[cfg(test)]
mod tests;
mod words;

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::numeral::chars::{
    DATE, DATE_NEXT, after, after_any, back, char_at, char_before, find, is, is_han, skip_spaces,
};
pub use day::{Day, NoDay};
use duration::{Count, count};
pub use overdue::overdue_days;
use point::Style;

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
    // Where the last mention ends, and where scanning goes on.
    let (mut floor, mut at) = (0, 0);
    while let Some(start) = find(text, at, DATE) {
        // Most characters that can begin a date begin another word.
        let second = start + char_at(text, start).map_or(1, char::len_utf8);
        if !char_at(text, second).is_some_and(|c| is(c, DATE_NEXT)) {
            at = second;
            continue;
        }
        match read(text, floor, start, sent) {
            Some(Read { mention, end }) => {
                found.extend(mention);
                (floor, at) = (end, end);
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
    let bytes = text.as_bytes();
    let mut at = start;
    while bytes.get(at).is_some_and(u8::is_ascii_digit) {
        at += 1;
        // 1,286.40 and 010-6128 go on: nothing in them is a date of its own.
        let joined = match bytes.get(at) {
            Some(b'.' | b':' | b'/' | b'-') => figures_at(text, at + 1) > 0,
            Some(b',') => figures_at(text, at + 1) == 3,
            _ => false,
        };
        at += usize::from(joined);
    }
    if at > start {
        return at;
    }
    start + char_at(text, start).map_or(1, char::len_utf8)
}

fn read(text: &str, floor: usize, start: usize, sent: Option<Day>) -> Option<Read> {
    let first = char_at(text, start)?;
    if !first.is_ascii_digit() && !is_number_word(first) {
        let worded = words::read(text, start, sent);
        return match worded {
            Some(point) => Some(mention::read(text, start, point, sent)),
            None if matches!(first, '上' | '下' | '中') => timed(text, floor, start, sent),
            None => None,
        };
    }
    if first.is_ascii_digit() && is_inside_number(text, start) {
        return None;
    }
    if first == '半' {
        return term::read(text, start, duration::read(text, start)?, sent);
    }
    let Some(number) = count(text, start) else {
        let point = figures::compact(text, start, sent)?;
        return Some(mention::read(text, start, point, sent));
    };
    from_number(text, floor, start, number, sent)
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

/// How many figures stand at `at`; more than four count as four.
fn figures_at(text: &str, at: usize) -> usize {
    let rest = text.as_bytes().get(at..).unwrap_or(&[]);
    let figures = rest.iter().take(4);
    figures.take_while(|byte| byte.is_ascii_digit()).count()
}

/// Whether figures at `start` continue a number, time, code or word.
fn is_inside_number(text: &str, start: usize) -> bool {
    let Some(before) = char_before(text, start) else {
        return false;
    };
    if before.is_ascii_alphanumeric() || matches!(before, '_' | '@' | '#' | '*' | '¥' | '$') {
        return true;
    }
    let joins = match before {
        '.' | ':' | '/' | '-' => true,
        // 1,286 goes on; in "A8,11月2日" the comma ends a clause.
        ',' => figures_at(text, start) == 3,
        _ => false,
    };
    joins && char_before(text, start - 1).is_some_and(|c| c.is_ascii_alphanumeric())
}

/// Reads on after a number: a date, a time of day or a term.
fn from_number(text: &str, floor: usize, start: usize, number: Count, sent: Option<Day>) -> Option<Read> {
    let unit = char_at(text, skip_spaces(text, number.end)).filter(|c| is(*c, DATE_NEXT))?;
    match unit {
        '年' | '月' | '日' | '号' | '-' | '/' | '.' => {
            // 15日内 is a term, 15日前 a day.
            if matches!(unit, '日' | '年' | '-')
                && let Some(length) = duration::duration_of(text, number)
                && let Some(read) = term::read(text, start, length, sent)
            {
                return Some(read);
            }
            let point = figures::numeric(text, number, sent, None)?;
            if point.style == Style::DayOnly && is_torn(text, start) {
                return None;
            }
            Some(mention::read(text, start, point, sent))
        }
        ':' | '点' | '时' => timed(text, floor, start, sent),
        _ => term::read(text, start, duration::duration_of(text, number)?, sent),
    }
}

/// Whether a month that has no such day stands before the number: 2月30日 is not the 30th of
/// another month.
fn is_torn(text: &str, start: usize) -> bool {
    let head = back(text, 0, start).strip_suffix('月');
    head.is_some_and(|head| {
        let last = head.chars().next_back();
        last.is_some_and(|c| c.is_ascii_digit() || is_number_word(c))
    })
}

/// 18:00前, 下午5点前: a time of day that is a last one is today's.
fn timed(text: &str, floor: usize, start: usize, sent: Option<Day>) -> Option<Read> {
    let part = clock::part(text, start);
    let end = clock::time(text, skip_spaces(text, part.unwrap_or(start)))?;
    let Some(end) = last_word(text, end) else {
        return Some(Read { mention: None, end });
    };
    let from = ["晚上", "傍晚", "晚", "凌晨", "早上"]
        .iter()
        .find(|word| back(text, floor, start).ends_with(**word))
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

/// 前, 之前, 截止 after a day, and where it ends; not 前往, 前来.
fn last_word(text: &str, at: usize) -> Option<usize> {
    let at = skip_spaces(text, at);
    let end = after_any(text, at, &["之前", "以前", "前", "截止", "为止", "止", "到期前"])?;
    let short = after(text, at, "前").is_some();
    let other = short && char_at(text, end).is_some_and(|c| "往来后期夕台述几端女男妻夫".contains(c));
    let stop = after(text, at, "止").is_some() && char_at(text, end).is_some_and(|c| is_han(c) && "付损赎".contains(c));
    (!other && !stop).then_some(end)
}
