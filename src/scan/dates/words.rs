//! Days named by words: 今天, 下周一, 本月15日, 月底, 每月5日, 元旦.

use super::super::numeral::chars::{NUMERAL, after, after_any, char_at, char_before, has, is, skip_spaces};
use super::day::Day;
use super::duration::{Count, count};
use super::figures::{digit_at, month, year};
use super::point::{Point, Style, next_monthly};

/// Reads a day named by words that begins at `at`: 今天, 下周一, 本月15日, 月底, 每月5日.
pub(super) fn read(text: &str, at: usize, sent: Option<Day>) -> Option<Point> {
    let first = char_at(text, at)?;
    let rest = at + first.len_utf8();
    let point = match first {
        '今' | '明' | '后' | '昨' | '前' | '大' | '去' => {
            day_word(text, at, sent).or_else(|| year_word(text, at, sent))
        }
        '本' | '这' | '下' | '上' | '次' => near_span(text, at, sent),
        '周' | '星' | '礼' => {
            let free = !char_before(text, at).is_some_and(|c| is(c, NUMERAL) || matches!(c, '每' | '半' | '本'));
            weekday(text, at, sent, None).filter(|_| free)
        }
        '月' => {
            let free =
                !char_before(text, at).is_some_and(|c| is(c, NUMERAL) || matches!(c, '个' | '本' | '每' | '份' | '半'));
            part_of_month(text, at, sent, 0).filter(|_| free)
        }
        '年' => {
            let free = !char_before(text, at).is_some_and(|c| is(c, NUMERAL) || matches!(c, '每' | '半'));
            year_end(text, rest, sent, 0).filter(|_| free)
        }
        '当' => after_any(text, at, &["当天", "当日", "当晚"]).map(|end| Point::new(end, Style::Holiday)),
        '每' => monthly(text, at, sent),
        '民' => republic(text, at, sent),
        '元' | '国' | '春' | '中' | '端' | '清' => holiday(text, at, sent),
        _ => None,
    }?;
    Some(point)
}

/// 今天 and its neighbours.
fn day_word(text: &str, at: usize, sent: Option<Day>) -> Option<Point> {
    let first = char_at(text, at)?;
    let next = at + first.len_utf8();
    let (days, end) = match (first, char_at(text, next)?) {
        ('今', '天' | '日' | '晚' | '早' | '晨' | '夜' | '儿') => (0, next),
        ('明', '天' | '日' | '晚' | '早' | '晨' | '儿') => (1, next),
        ('后', '天' | '日') => (2, next),
        ('昨', '天' | '日' | '晚' | '夜') => (-1, next),
        ('前', '天') => (-2, next),
        ('大', '后') => (3, after(text, next, "后").filter(|&at| has(text, at, "天"))?),
        ('大', '前') => (-3, after(text, next, "前").filter(|&at| has(text, at, "天"))?),
        _ => return None,
    };
    // 3天前天天打, 先天后天: a word before it takes 前 or 后.
    let split = matches!(first, '前' | '后') && matches!(char_before(text, at), Some('天' | '日' | '先' | '今'));
    (!split).then(|| Point {
        date: sent.and_then(|sent| sent.plus_days(days)),
        days: u32::try_from(days).ok(),
        ..Point::new(end + "天".len(), Style::Relative)
    })
}

/// 今年6月15日, 明年底.
fn year_word(text: &str, at: usize, sent: Option<Day>) -> Option<Point> {
    let (word, years) = [("今年", 0), ("明年", 1), ("去年", -1), ("后年", 2), ("前年", -2)]
        .into_iter()
        .find(|(word, _)| after(text, at, word).is_some())?;
    let end = at + word.len();
    if let Some(point) = year_end(text, end, sent, years) {
        return Some(point);
    }
    let number = count(text, end)?;
    let month_end = after(text, number.end, "月")?;
    let year = sent.map(|sent| sent.year() + years);
    let point = month(text, year, number, month_end)?;
    let date = year.and(point.resolved(sent).date);
    Some(Point { date, ..point })
}

/// 底 or 末 of a year at `at`, with its own 年 perhaps; so many years from now.
fn year_end(text: &str, at: usize, sent: Option<Day>, years: i32) -> Option<Point> {
    let end = after_any(text, at, &["年底", "年末", "底", "末"])?;
    Some(Point {
        date: sent.and_then(|sent| Day::new(sent.year() + years, 12, 31)),
        ..Point::new(end, Style::Relative)
    })
}

/// 本周五, 下周一, 本月15日, 下个月底, 次日.
fn near_span(text: &str, at: usize, sent: Option<Day>) -> Option<Point> {
    let first = char_at(text, at)?;
    let mut offset: i64 = match first {
        '本' | '这' => 0,
        '下' | '次' => 1,
        _ => -1,
    };
    let mut at = at + first.len_utf8();
    // 下下周一
    while offset != 0 && offset.abs() < 4 {
        let Some(end) = after(text, at, if offset > 0 { "下" } else { "上" }) else {
            break;
        };
        offset += offset.signum();
        at = end;
    }
    if let Some(end) = after(text, at, "日") {
        return match first {
            '本' => Some(Point {
                date: sent,
                days: Some(0),
                ..Point::new(end, Style::Relative)
            }),
            // The day after another one that the text names.
            '次' => Some(Point::new(end, Style::Holiday)),
            _ => None,
        };
    }
    let unit = after(text, at, "个").unwrap_or(at);
    match char_at(text, unit)? {
        '周' | '星' | '礼' => weekday(text, unit, sent, Some(offset)),
        '月' => of_month(text, unit, sent, offset),
        '年' if first == '本' => year_end(text, unit + "年".len(), sent, 0),
        _ => None,
    }
}

/// A day or part of the month so many months from now; `at` is at its 月.
fn of_month(text: &str, at: usize, sent: Option<Day>, months: i64) -> Option<Point> {
    if let Some(point) = part_of_month(text, at, sent, months) {
        return Some(point);
    }
    let end = after(text, at, "月")?;
    let first = sent.and_then(|sent| Day::new(sent.year(), sent.month(), 1)?.plus_months(months));
    let spaced = skip_spaces(text, after(text, end, "的").unwrap_or(end));
    if let Some(day) = count(text, spaced)
        && (1..=31).contains(&day.low)
        && day.low == day.high
        && let Some(end) = after_any(text, skip_spaces(text, day.end), &["日", "号"])
    {
        return Some(Point {
            date: first.and_then(|first| Day::new(first.year(), first.month(), day.low)),
            month: first.map(Day::month),
            year: first.map(Day::year),
            day: Some(day.low),
            ..Point::new(end, Style::Relative)
        });
    }
    Some(Point {
        date: first.map(Day::month_end),
        ..Point::new(end, Style::Span)
    })
}

/// 月底, 月末, 月初 at `at`, so many months from now.
fn part_of_month(text: &str, at: usize, sent: Option<Day>, months: i64) -> Option<Point> {
    let at = after(text, at, "月")?;
    // 这个月月底
    let at = after(text, at, "月").unwrap_or(at);
    let first = sent.and_then(|sent| Day::new(sent.year(), sent.month(), 1)?.plus_months(months));
    if let Some(end) = after_any(text, at, &["底", "末"]) {
        return Some(Point {
            date: first.map(Day::month_end),
            ..Point::new(end, Style::Relative)
        });
    }
    let end = after_any(text, at, &["初", "中旬", "上旬", "下旬"])?;
    Some(Point::new(end, Style::Relative))
}

/// 周五, 星期天, 下礼拜二; `offset` weeks from now, or the next one to come.
fn weekday(text: &str, at: usize, sent: Option<Day>, offset: Option<i64>) -> Option<Point> {
    let word = after_any(text, at, &["周", "星期", "礼拜"])?;
    // 本周周五
    let word = after_any(text, word, &["周", "星期", "礼拜"])
        .filter(|_| offset.is_some())
        .unwrap_or(word);
    let monday = |offset: i64| sent.and_then(|sent| sent.plus_days(1 - sent.weekday() + offset * 7));
    let number = char_at(text, word).and_then(|c| match c {
        '一' | '1' => Some(1),
        '二' | '2' => Some(2),
        '三' | '3' => Some(3),
        '四' | '4' => Some(4),
        '五' | '5' => Some(5),
        '六' | '6' => Some(6),
        '日' | '天' | '末' | '7' => Some(7),
        _ => None,
    });
    let figure = digit_at(text, word);
    let Some(number) = number.filter(|_| !figure || !digit_at(text, word + 1)) else {
        let offset = offset?;
        return Some(Point {
            date: monday(offset).and_then(|monday| monday.plus_days(6)),
            ..Point::new(word, Style::Span)
        });
    };
    let end = word + char_at(text, word).map_or(0, char::len_utf8);
    let day = match offset {
        Some(offset) => monday(offset).and_then(|monday| monday.plus_days(number - 1)),
        None => sent.and_then(|sent| sent.plus_days((number - sent.weekday()).rem_euclid(7))),
    };
    Some(Point {
        date: day,
        ..Point::new(end, Style::Relative)
    })
}

/// 每月15日, 每个月的5号.
fn monthly(text: &str, at: usize, sent: Option<Day>) -> Option<Point> {
    let at = after_any(text, at, &["每月", "每个月"])?;
    let at = skip_spaces(text, after(text, at, "的").unwrap_or(at));
    let day = count(text, at).filter(|day| (1..=31).contains(&day.low) && day.low == day.high)?;
    let end = after_any(text, skip_spaces(text, day.end), &["日", "号"])?;
    Some(Point {
        day: Some(day.low),
        date: sent.and_then(|sent| next_monthly(sent, day.low)),
        ..Point::new(end, Style::Monthly)
    })
}

/// 民国113年6月15日.
fn republic(text: &str, at: usize, sent: Option<Day>) -> Option<Point> {
    let at = skip_spaces(text, after(text, at, "民国")?);
    let number = count(text, at).filter(|number| (1..200).contains(&number.low))?;
    let end = after(text, skip_spaces(text, number.end), "年")?;
    let counted = Count {
        low: number.low + 1911,
        high: number.low + 1911,
        digits: 4,
        string: false,
        end: number.end,
    };
    year(text, counted, end).map(|point| match point.date {
        Some(_) => point,
        None => point.resolved(sent),
    })
}

/// Holidays of the solar calendar with their day, the others without.
fn holiday(text: &str, at: usize, sent: Option<Day>) -> Option<Point> {
    const DAYS: &[(&str, Option<(u32, u32)>)] = &[
        ("元旦", Some((1, 1))),
        ("国庆", Some((10, 1))),
        ("春节", None),
        ("中秋", None),
        ("端午", None),
        ("清明", None),
    ];
    let (word, day) = DAYS.iter().find(|(word, _)| after(text, at, word).is_some())?;
    let end = after(text, at + word.len(), "节").unwrap_or(at + word.len());
    let date = day.and_then(|(month, day)| {
        let sent = sent?;
        Day::new(sent.year(), month, day)
            .filter(|candidate| *candidate >= sent)
            .or_else(|| Day::new(sent.year() + 1, month, day))
    });
    Some(Point {
        date,
        ..Point::new(end, Style::Holiday)
    })
}
