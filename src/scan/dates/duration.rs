//! Small whole numbers, and stretches of time made of them: 3天, 两个半月, 24小时.

use super::super::numeral::chars::{after, after_any, char_at, skip_spaces};
use super::day::Day;

/// A whole number from 0 to a million.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Count {
    /// The value; the least one of 两三, 十几, 三十余.
    pub(super) low: u32,
    /// The greatest value: 3 for 两三, 20 for 十几.
    pub(super) high: u32,
    pub(super) end: usize,
    /// How many Arabic digits it has; 0 if it is written in Chinese.
    pub(super) digits: usize,
    /// Whether it is a string of Chinese digits: 二〇二四.
    pub(super) string: bool,
}

/// Reads the number at `at`.
pub(super) fn count(text: &str, at: usize) -> Option<Count> {
    let bytes = text.as_bytes().get(at..)?;
    let digits = bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
    if digits == 0 {
        return chinese(text, at);
    }
    if digits > 6 {
        return None;
    }
    let value = bytes
        .get(..digits)?
        .iter()
        .fold(0, |sum, byte| sum * 10 + u32::from(byte - b'0'));
    Some(Count {
        low: value,
        high: value,
        end: at + digits,
        digits,
        string: false,
    })
}

/// What a Chinese character is in a small number.
fn value(c: char) -> Option<u32> {
    Some(match c {
        '零' | '〇' => 0,
        '一' | '壹' => 1,
        '二' | '两' | '贰' | '俩' => 2,
        '三' | '叁' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        '十' | '拾' => 10,
        '百' | '佰' => 100,
        '廿' => 20,
        '卅' => 30,
        _ => return None,
    })
}

/// 十五, 一百二十, 二〇二四, 两三, 十几.
fn chinese(text: &str, start: usize) -> Option<Count> {
    const LONGEST: usize = 9;
    let mut values = [0u32; LONGEST];
    let (mut length, mut end) = (0, start);
    while let Some((value, c)) = char_at(text, end).and_then(|c| Some((value(c)?, c))) {
        *values.get_mut(length)? = value;
        length += 1;
        end += c.len_utf8();
    }
    let values = values.get(..length)?;
    let units = values.iter().any(|&value| value >= 10);
    let (low, high) = match values {
        [] => return None,
        _ if units => with_units(values),
        [one] => (*one, *one),
        [first, second] if second == &(first + 1) || (first, second) == (&3, &5) => (*first, *second),
        digits => {
            let string = digits.iter().fold(0, |sum, digit| sum * 10 + digit);
            (string, string)
        }
    };
    let several = after(text, end, "几").filter(|_| units);
    Some(Count {
        low,
        high: if several.is_some() { low + 9 } else { high },
        end: several.unwrap_or(end),
        digits: 0,
        string: !units && (length > 2 || values.first() == Some(&0)),
    })
}

/// The value of digits with 十 and 百 among them, and the greatest one of 二十三四.
fn with_units(values: &[u32]) -> (u32, u32) {
    let (mut total, mut most) = (0, 0);
    // The digits since the last unit: two of them mean "or".
    let mut pending: Option<(u32, u32)> = None;
    for &value in values {
        match value {
            10 | 100 => {
                let (low, high) = pending.take().unwrap_or((1, 1));
                total += low * value;
                most += high * value;
            }
            20 | 30 => {
                total += value;
                most += value;
            }
            digit => pending = Some(pending.map_or((digit, digit), |(low, _)| (low, digit))),
        }
    }
    let (low, high) = pending.unwrap_or((0, 0));
    (total + low, most + high)
}

/// The unit of a stretch of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Minutes,
    Hours,
    Days,
    /// 工作日, 交易日: holidays are unknown here, so no date can be told.
    Workdays,
    Weeks,
    Months,
    Years,
}

/// A stretch of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Duration {
    /// In days, rounded up; the least of 三十余天.
    pub(super) days: u32,
    /// In days, rounded up; the greatest of 两三天, 3至5天.
    pub(super) most: u32,
    pub(super) unit: Unit,
    /// Number of the unit if it is a whole one, for exact dates.
    whole: Option<u32>,
    pub(super) end: usize,
}

impl Duration {
    /// The day so long after `day`, where it can be told.
    pub(super) fn after(&self, day: Day) -> Option<Day> {
        let whole = i64::from(self.whole?);
        match self.unit {
            Unit::Minutes | Unit::Workdays => None,
            Unit::Hours => (whole % 24 == 0).then(|| day.plus_days(whole / 24))?,
            Unit::Days => day.plus_days(whole),
            Unit::Weeks => day.plus_days(whole * 7),
            Unit::Months => day.plus_months(whole),
            Unit::Years => day.plus_months(whole * 12),
        }
    }
}

/// The unit at `at`, after a number, and where it ends.
fn unit(text: &str, at: usize) -> Option<(Unit, usize)> {
    let c = char_at(text, at)?;
    let word = |word: &str, unit| after(text, at, word).map(|end| (unit, end));
    match c {
        '天' => word("天", Unit::Days),
        '日' => word("日", Unit::Days),
        '周' => word("周", Unit::Weeks),
        '年' => word("年", Unit::Years),
        '工' => word("工作日", Unit::Workdays),
        '交' => word("交易日", Unit::Workdays),
        '自' => word("自然日", Unit::Days),
        '星' => word("星期", Unit::Weeks),
        '礼' => word("礼拜", Unit::Weeks),
        '小' => word("小时", Unit::Hours),
        '钟' => word("钟头", Unit::Hours),
        '分' => word("分钟", Unit::Minutes),
        '秒' => word("秒", Unit::Minutes),
        '个' => {
            let at = at + c.len_utf8();
            match char_at(text, at)? {
                '月' => Some((Unit::Months, at + "月".len())),
                '季' | '天' | '年' => None,
                _ => unit(text, at),
            }
        }
        'd' => word("days", Unit::Days).or_else(|| word("day", Unit::Days)),
        'h' => word("hours", Unit::Hours)
            .or_else(|| word("hour", Unit::Hours))
            .or_else(|| {
                word("h", Unit::Hours).filter(|&(_, end)| char_at(text, end).is_none_or(|c| !c.is_ascii_alphabetic()))
            }),
        'm' => word("months", Unit::Months).or_else(|| word("month", Unit::Months)),
        'w' => word("weeks", Unit::Weeks).or_else(|| word("week", Unit::Weeks)),
        _ => None,
    }
}

/// Days of half a unit.
fn half(unit: Unit) -> u32 {
    match unit {
        Unit::Weeks => 4,
        Unit::Months => 15,
        Unit::Years => 180,
        _ => 1,
    }
}

/// Days of so many units, rounded up.
fn days(number: u32, unit: Unit) -> u32 {
    match unit {
        Unit::Minutes => u32::from(number > 0),
        Unit::Hours => number.div_ceil(24),
        Unit::Days | Unit::Workdays => number,
        Unit::Weeks => number.saturating_mul(7),
        Unit::Months => number.saturating_mul(30),
        Unit::Years => number.saturating_mul(365),
    }
}

/// Reads a stretch of time at `at`: 3天, 两个半月, 2个月零5天, 半年, 3至5个工作日.
pub(super) fn read(text: &str, at: usize) -> Option<Duration> {
    if let Some(at) = after(text, at, "半") {
        let (unit, end) = unit(text, at)?;
        let days = half(unit);
        let short = matches!(unit, Unit::Minutes | Unit::Hours | Unit::Workdays);
        return Some(Duration {
            days,
            most: days,
            unit: if short { unit } else { Unit::Days },
            whole: (!short).then_some(days),
            end,
        });
    }
    let first = count(text, at)?;
    duration_of(text, first)
}

/// The stretch that begins with the number `first`.
pub(super) fn duration_of(text: &str, first: Count) -> Option<Duration> {
    let mut most = first;
    let mut at = first.end;
    if let Some(second) = second_end(text, at).filter(|second| second.high > first.low) {
        most = second;
        at = second.end;
    }
    let vague = after_any(text, at, &["多", "余", "来"]);
    at = skip_spaces(text, vague.unwrap_or(at));
    // 两个半月, 一周半
    let inner_half = after(text, at, "个半").filter(|_| vague.is_none());
    let (unit, end) = match inner_half {
        Some(at) => match after(text, at, "月") {
            Some(end) => (Unit::Months, end),
            None => unit(text, at)?,
        },
        None => unit(text, at)?,
    };
    let outer_half = after(text, end, "半").filter(|_| inner_half.is_none());
    let end = after(text, outer_half.unwrap_or(end), "多").unwrap_or(outer_half.unwrap_or(end));
    let extra = if inner_half.is_some() || outer_half.is_some() {
        half(unit)
    } else {
        0
    };
    let whole = extra == 0 && vague.is_none();
    let mut duration = Duration {
        days: days(first.low, unit).saturating_add(extra),
        most: days(most.high, unit).saturating_add(extra),
        unit,
        whole: whole.then_some(most.high),
        end,
    };
    duration.add_rest(text);
    Some(duration)
}

/// 零5天 after 2个月, 3个月 after 1年.
impl Duration {
    fn add_rest(&mut self, text: &str) {
        if !matches!(self.unit, Unit::Months | Unit::Years | Unit::Days) {
            return;
        }
        let at = after_any(text, self.end, &["零", "又", "加"]).unwrap_or(self.end);
        let Some(rest) = count(text, at) else { return };
        let Some((unit, end)) = unit(text, rest.end) else {
            return;
        };
        let smaller = match self.unit {
            Unit::Years => matches!(unit, Unit::Months | Unit::Days),
            Unit::Months => unit == Unit::Days,
            _ => unit == Unit::Hours,
        };
        if smaller {
            self.days = self.days.saturating_add(days(rest.low, unit));
            self.most = self.most.saturating_add(days(rest.high, unit));
            self.whole = None;
            self.end = end;
        }
    }
}

/// The second number of 3-5天, 3至5天.
fn second_end(text: &str, at: usize) -> Option<Count> {
    let at = after_any(text, at, &["-", "~", "至", "到", "—", "、"])?;
    count(text, at)
}
