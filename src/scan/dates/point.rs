//! Days of the calendar as people write them: 2024年6月15日, 6/15, 本周五, 月底.

use super::super::numeral::chars::{
    NUMERAL, after, after_any, back, char_at, char_before, counts_things, has, is, skip_spaces,
};
use super::clock;
use super::day::Day;
use super::duration::{Count, count};

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
    fn new(end: usize, style: Style) -> Self {
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
    fn resolved(mut self, sent: Option<Day>) -> Self {
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

fn digit_at(text: &str, at: usize) -> bool {
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
        (0, 100..1000) => None,
        (_, low @ 1900..=2200) => Some(low),
        (2, low) => Some(low + if low < 70 { 2000 } else { 1900 }),
        (0, low @ 10..=69) => Some(low + 2000),
        (0, low @ 70..=99) => Some(low + 1900),
        (3, low @ 80..=199) => Some(low + 1911),
        _ => None,
    }
}

fn year(text: &str, first: Count, at: usize) -> Option<Point> {
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
fn month(text: &str, year: Option<i32>, number: Count, at: usize) -> Option<Point> {
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
/// Words before a number of days that make it a length of time.
const LENGTHS: &str = "留期达满共计续晚迟第近每过约超整逾止拖欠尾编工档楼栋座单元院路巷弄街";

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

/// Whether the number at `start`, which a 日 follows, is a length of time or a label.
pub(super) fn is_length(text: &str, start: usize) -> bool {
    char_before(text, start).is_some_and(|c| LENGTHS.contains(c))
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

/// Reads a day named by words that begins at `at`: 今天, 下周一, 本月15日, 月底, 每月5日.
pub(super) fn worded(text: &str, at: usize, sent: Option<Day>) -> Option<Point> {
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

/// The next such day of a month, today included; the last one of a shorter month.
pub(super) fn next_monthly(sent: Day, day: u32) -> Option<Day> {
    let first = Day::new(sent.year(), sent.month(), 1)?;
    let of = |month: Day| Day::new(month.year(), month.month(), day.min(month.month_end().day()));
    of(first)
        .filter(|candidate| *candidate >= sent)
        .or_else(|| of(first.plus_months(1)?))
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

/// Whether a label such as 还款日 says that the day before `start` comes every month.
pub(super) fn is_monthly_label(text: &str, start: usize) -> bool {
    let head = back(text, 0, start).trim_end_matches([' ', ':', '是', '为']);
    ["还款日", "账单日", "扣款日", "出账日"]
        .iter()
        .any(|label| head.ends_with(label))
}

/// Whether a label such as 最后还款日 or 截止日期 makes the date a last day.
pub(super) fn is_last_day_label(text: &str, start: usize) -> bool {
    let head = back(text, 0, start).trim_end_matches([' ', ':', '是', '为', '至', '到', '在', '于']);
    // Nothing else is looked at where no label can end.
    matches!(head.chars().next_back(), Some('日' | '期' | '间' | '限' | '晚' | '迟'))
        && [
            "最后还款日",
            "到期还款日",
            "到期日",
            "截止日",
            "截止日期",
            "截止时间",
            "最后期限",
            "最晚",
            "最迟",
            "最后还款日期",
            "到期还款日期",
            "到期日期",
            "期限",
        ]
        .iter()
        .any(|label| head.ends_with(label))
}

/// Whether the figures at `start..end`, such as 6/15, stand where a date is expected.
pub(super) fn is_expected(text: &str, start: usize, end: usize, padded: bool) -> bool {
    let head = back(text, 0, start).trim_end_matches([' ', ':', '(']);
    let before = head
        .chars()
        .next_back()
        .is_some_and(|c| "日期于至到在自从截止止若于".contains(c));
    let behind = after_any(
        text,
        end,
        &[
            "前", "之前", "以前", "到期", "截止", "止", "起", "还款", "扣款", "日", "号", "还", "未",
        ],
    )
    .is_some();
    padded || before || behind
}
