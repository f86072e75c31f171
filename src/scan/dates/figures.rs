//! Days written with numbers: 2024年6月15日, 2024-06-15, 6/15, 113/06/15, 15号.

use super::super::numeral::chars::{NUMERAL, after, after_any, char_at, char_before, counts_things, is, skip_spaces};
use super::clock;
use super::day::Day;
use super::duration::{Count, count};
use super::point::{Point, Style};

/// Reads the day that begins at `at` with the number `first`; `context` is the other end of a
/// period, whose year and month it may share.
pub(super) fn numeric(text: &str, first: Count, sent: Option<Day>, context: Option<&Point>) -> Option<Point> {
    let separator = char_at(text, first.end)?;
    let arabic = first.digits > 0;
    let point = match separator {
        '-' | '/' | '.' if arabic => figures(text, first, separator),
        ' ' if arabic => {
            let spaced = skip_spaces(text, first.end);
            named(text, first, spaced)
        }
        _ => named(text, first, first.end),
    }?;
    Some(share(point, context).resolved(sent))
}

/// Takes the year, and for a bare day the month, from the other end of a period.
fn share(mut point: Point, context: Option<&Point>) -> Point {
    if let Some(context) = context {
        point.year = point.year.or(context.year);
        if point.style == Style::DayOnly {
            point.month = point.month.or(context.month);
        }
    }
    point
}

/// 2024-06-15, 2024/6/15, 24.6.15, 113/06/15, 06-15, 6/15.
fn figures(text: &str, first: Count, separator: char) -> Option<Point> {
    let second = count(text, first.end + 1).filter(|c| (1..=2).contains(&c.digits))?;
    let third = (char_at(text, second.end) == Some(separator))
        .then(|| at_most_two_digits(text, second.end + 1))
        .flatten();
    let Some(third) = third else {
        return month_day(text, first, second, separator);
    };
    let year = match first.digits {
        4 if (1900..2200).contains(&first.low) => first.low,
        // Years of the Republic of China, as Taiwan counts.
        3 if (80..200).contains(&first.low) => first.low + 1911,
        2 if (10..60).contains(&first.low) => first.low + 2000,
        _ => return None,
    };
    let year = i32::try_from(year).ok()?;
    Day::new(year, second.low, third.low)?;
    let goes_on = char_at(text, third.end).is_some_and(|c| {
        let more = c.is_ascii_digit() || (c == separator && digit_at(text, third.end + 1));
        (c.is_ascii_alphabetic() && c != 't') || more
    });
    // 2018-12-1209:03, 2021-09-12-11:23: a time of day follows at once.
    let after = third.end + usize::from(char_at(text, third.end) == Some('-'));
    let goes_on = goes_on && clock::time(text, after).is_none();
    (!goes_on).then(|| Point {
        year: Some(year),
        month: Some(second.low),
        day: Some(third.low),
        ..Point::new(third.end, Style::Calendar)
    })
}

/// A number of one digit, or the first two of more.
fn at_most_two_digits(text: &str, at: usize) -> Option<Count> {
    let first = char_at(text, at)?.to_digit(10)?;
    let second = char_at(text, at + 1).and_then(|c| c.to_digit(10));
    let value = second.map_or(first, |second| first * 10 + second);
    let digits = 1 + usize::from(second.is_some());
    Some(Count {
        low: value,
        high: value,
        end: at + digits,
        digits,
        string: false,
    })
}

pub(super) fn digit_at(text: &str, at: usize) -> bool {
    char_at(text, at).is_some_and(|c| c.is_ascii_digit())
}

/// 06-15, 6/15: without a year, only where nothing makes it a range, a fraction or a version.
fn month_day(text: &str, first: Count, second: Count, separator: char) -> Option<Point> {
    if first.digits > 2 || separator == '.' {
        return year_month(first, second, separator);
    }
    Day::new(2024, first.low, second.low)?;
    let end = second.end;
    let named = after_any(text, end, &["日", "号"]);
    let counted = named.is_none() && is_counted(text, end);
    let goes_on = char_at(text, end).is_some_and(|c| c.is_ascii_alphanumeric() || "-/.%".contains(c));
    (!counted && !goes_on).then(|| Point {
        month: Some(first.low),
        day: Some(second.low),
        ..Point::new(
            named.unwrap_or(end),
            if named.is_some() {
                Style::Calendar
            } else {
                Style::Figures
            },
        )
    })
}

/// 2025.7 and 2025-07, which count only as the ends of a period.
fn year_month(first: Count, second: Count, separator: char) -> Option<Point> {
    let year = first.digits == 4 && (1990..2100).contains(&first.low);
    let month = (1..=12).contains(&second.low) && separator != '/';
    (year && month).then(|| Point {
        year: i32::try_from(first.low).ok(),
        month: Some(second.low),
        ..Point::new(second.end, Style::Month)
    })
}

fn is_counted(text: &str, at: usize) -> bool {
    let at = skip_spaces(text, at);
    counts_things(text, at)
        || char_at(text, at).is_some_and(|c| {
            matches!(
                c,
                '元' | '块' | '圆' | '毛' | '角' | '万' | '千' | '亿' | '百' | 'k' | 'w' | '折'
            )
        })
}

/// 2024年6月15日, 6月15日, 15日, with the unit at `at`.
fn named(text: &str, first: Count, at: usize) -> Option<Point> {
    match char_at(text, at)? {
        '年' => year(text, first, at + "年".len()),
        '月' => month(text, None, first, at + "月".len()),
        '日' | '号' => day_only(text, first, at),
        _ => None,
    }
}

/// The year a number before 年 means; two digits only where a month follows.
fn year_value(first: Count) -> Option<u32> {
    match (first.digits, first.low) {
        // 零七年
        (0, low @ 0..100) if first.string => Some(low + 2000),
        (_, low @ 1900..=2200) => Some(low),
        (2, low) => Some(low + if low < 70 { 2000 } else { 1900 }),
        (0, low @ 10..=69) => Some(low + 2000),
        (0, low @ 70..=99) => Some(low + 1900),
        (3, low @ 80..=199) => Some(low + 1911),
        _ => None,
    }
}

pub(super) fn year(text: &str, first: Count, at: usize) -> Option<Point> {
    let year = i32::try_from(year_value(first)?).ok()?;
    let certain = first.low >= 1900 || first.digits == 3;
    if certain && let Some(end) = after(text, at, "度") {
        return Some(Point {
            year: Some(year),
            date: Day::new(year, 12, 31),
            ..Point::new(end, Style::Year)
        });
    }
    if let Some(end) = after_any(text, at, &["年底", "年末", "底", "末"]) {
        return Some(Point {
            year: Some(year),
            month: Some(12),
            day: Some(31),
            ..Point::new(end, Style::Calendar)
        })
        .filter(|_| certain);
    }
    let month_number = count(text, skip_spaces(text, at))?;
    let at = after(text, skip_spaces(text, month_number.end), "月")?;
    month(text, Some(year), month_number, at)
}

/// What follows 月: a day, 底, 中旬, or nothing.
pub(super) fn month(text: &str, year: Option<i32>, number: Count, at: usize) -> Option<Point> {
    if !(1..=12).contains(&number.low) || number.low != number.high {
        return None;
    }
    let month = Point {
        year,
        month: Some(number.low),
        ..Point::new(at, Style::Month)
    };
    let at = after(text, at, "份").unwrap_or(at);
    if let Some(end) = after_any(text, at, &["月底", "月末", "底", "末"]) {
        let year_of_end = year.unwrap_or(2023);
        let last = Day::new(year_of_end, number.low, 1)?.month_end().day();
        return Some(Point {
            day: Some(last),
            ..month
        })
        .map(|point| Point {
            end,
            style: Style::Calendar,
            ..point
        });
    }
    if let Some(end) = after_any(text, at, &["初", "中旬", "上旬", "下旬", "中"]) {
        let mid = !char_at(text, end).is_some_and(|c| is(c, NUMERAL) || "国级".contains(c));
        return mid.then_some(Point {
            end,
            style: Style::Span,
            ..month
        });
    }
    let Some(day) = day_number(text, at) else {
        return Some(Point { end: at, ..month });
    };
    Day::new(year.unwrap_or(2024), number.low, day.low)?;
    Some(Point {
        day: Some(day.low),
        end: day.end,
        style: Style::Calendar,
        ..month
    })
}

/// The day of the month after 月; its 日 or 号 may be missing (6月15前).
fn day_number(text: &str, at: usize) -> Option<Count> {
    let at = skip_spaces(text, at);
    let day = count(text, at).filter(|day| (1..=31).contains(&day.low) && day.digits <= 2)?;
    let unit = skip_spaces(text, day.end);
    if let Some(end) = after_any(text, unit, &["日", "号"]) {
        return Some(Count { end, ..day });
    }
    let next = char_at(text, day.end);
    let other = next.is_some_and(|c| c.is_ascii_alphanumeric() || ".:/%,-".contains(c) && digit_at(text, day.end + 1));
    (!other && !is_counted(text, day.end) && day.low == day.high && day.digits > 0).then_some(day)
}

/// Words that begin with 日 or 号 and make the number before them no day of a month.
const NO_DAYS: &[&str] = &[
    "日息", "日利", "日元", "日币", "日圆", "日均", "日常", "日志", "日结", "日薪", "日租", "日供", "日报", "日历",
    "日游", "日本", "日年", "日龄", "日期", "日元", "日志", "日化", "号码", "号楼", "号线", "号院", "号房", "号店",
    "号令", "号文", "号公", "号卡", "号铺", "号门", "号馆", "号厅", "号机", "号称", "号仓", "号车", "号柜", "号窗",
    "号桌", "号台", "号决", "号函", "号民", "号通", "号段", "号短", "号合", "号判", "号执", "号室", "号案", "号法",
    "号客", "号坐", "号商",
];
/// 15日, 15号.
fn day_only(text: &str, first: Count, at: usize) -> Option<Point> {
    let unit = char_at(text, at)?;
    let plain = first.low == first.high && (1..=31).contains(&first.low) && first.digits <= 2;
    if !plain || first.string || after_any(text, at, NO_DAYS).is_some() {
        return None;
    }
    let end = at + unit.len_utf8();
    Some(Point {
        day: Some(first.low),
        ..Point::new(end, Style::DayOnly)
    })
}

/// Eight figures: 20240615.
pub(super) fn compact(text: &str, start: usize, sent: Option<Day>) -> Option<Point> {
    let figures = text.get(start..start + 8)?;
    let number: u32 = figures.parse().ok()?;
    let label = char_before(text, start).is_some_and(|c| "号码编尾".contains(c));
    let longer = digit_at(text, start + 8)
        || char_at(text, start + 8).is_some_and(|c| c.is_ascii_alphabetic() || "-./".contains(c));
    let year = i32::try_from(number / 10_000).ok()?;
    let fits = (1990..2040).contains(&year) && !longer && !label;
    Day::new(year, number / 100 % 100, number % 100).filter(|_| fits)?;
    Some(
        Point {
            year: Some(year),
            month: Some(number / 100 % 100),
            day: Some(number % 100),
            ..Point::new(start + 8, Style::Calendar)
        }
        .resolved(sent),
    )
}
