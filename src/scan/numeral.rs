//! `numeral`: Arabic, Chinese, formal, mixed and spoken numerals as exact decimals.
//!
//! `12,345.60` · `三千零五十` · `叁仟伍佰` · `3千5` · `1.2万` · `2w` · `三百五` · `三五百` · `几十万`

mod bounds;
pub(crate) mod chars;
mod digits;
mod reader;
mod sign;
#[cfg(test)]
mod tests;

use std::ops::Range;

use rust_decimal::Decimal;

use chars::{char_at, is_han};
use digits::{arabic, decimal};
use sign::{Sign, sign, unit_at};

/// A numeral in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Numeral {
    /// Bytes of the text.
    pub span: Range<usize>,
    /// The value, or the least value of an inexact numeral (三十 for 三十几).
    pub low: Decimal,
    /// The value, or the greatest value of an inexact numeral (四十 for 三十几).
    pub high: Decimal,
    /// Whether the text itself is inexact: 几十万, 3000多, 百把. Not for 三五百, a range.
    pub vague: bool,
    /// How it is written.
    pub form: Form,
    /// Digits after the decimal point.
    pub decimals: u32,
    /// Whether a unit of a hundred or more (百 千 万 亿 k w) is in it.
    pub scaled: bool,
    /// What the units multiply, if they follow a single number: 9 in 九百亿, 1.2 in 1.2万.
    pub(crate) units: Option<u64>,
    /// The 万 or 亿 at the end, 1 without.
    pub(crate) big: u64,
}

/// How a numeral is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Arabic digits, this many before the point: `3500`.
    Plain(u32),
    /// Arabic digits that begin with a needless zero: `0571`.
    Zeroed,
    /// Arabic digits in groups of three: `3,500`.
    Grouped,
    /// Chinese digits without a unit: 二〇二四, 五.
    Digits,
    /// With units: 三千五, 1.2万, 5k.
    Worded,
    /// Units with no digit before them: 千 in 千元.
    Bare,
}

/// The numeral that begins at byte `start`, if one does. Takes time in proportion to the numeral.
///
/// `None` too where the digits are no number (`1.2.3`) or the value has more than 28 digits.
#[must_use]
pub fn at(text: &str, start: usize) -> Option<Numeral> {
    if !char_at(text, start)?.is_ascii_digit() {
        return reader::chinese(text, start);
    }
    let number = arabic(text, start)?;
    let form = match (number.grouped, number.zeroed) {
        (true, _) => Form::Grouped,
        (_, true) => Form::Zeroed,
        _ => Form::Plain(number.integer_digits),
    };
    if goes_on(text, number.end) {
        return reader::mixed(text, start, &number, form);
    }
    let value = decimal(number.mantissa, number.decimals)?;
    Some(Numeral {
        span: start..number.end,
        low: value,
        high: value,
        vague: false,
        form,
        decimals: number.decimals,
        scaled: false,
        units: Some(1),
        big: 1,
    })
}

/// Whether a character after Arabic digits may belong to the numeral.
fn goes_on(text: &str, end: usize) -> bool {
    let Some(c) = char_at(text, end) else {
        return false;
    };
    match c {
        'k' | 'w' | '多' | '余' | '来' | '点' => true,
        '个' => matches!(unit_at(text, end + c.len_utf8()), Some((Sign::Big(_), _))),
        ' ' => char_at(text, end + 1)
            .is_some_and(|c| matches!(c, '多' | '余') || matches!(sign(c), Sign::Unit(_) | Sign::Big(_))),
        _ => c > '\u{2fff}' && sign(c) != Sign::Other,
    }
}

/// The exact value of a text that is a numeral and nothing else, with its sign.
///
/// ```text
/// 三千五 → 3500    13万2 → 132000    -1.2万 → -12000    二〇二四 → 2024    两块 → None
/// ```
#[must_use]
pub fn parse(text: &str) -> Option<Decimal> {
    let text = text.trim();
    let unsigned = text.strip_prefix(['-', '负']);
    let numeral = at(unsigned.unwrap_or(text), 0)?;
    let whole = numeral.span.end == unsigned.unwrap_or(text).len();
    let exact = numeral.low == numeral.high;
    let sign = if unsigned.is_some() {
        -Decimal::ONE
    } else {
        Decimal::ONE
    };
    (whole && exact).then(|| numeral.low * sign)
}

/// Where scanning goes on after a numeral character at `start` that began no numeral: past all the
/// digits that touch, so that no digit is looked at twice.
#[must_use]
pub fn skip(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    let mut at = start;
    while bytes
        .get(at)
        .is_some_and(|byte| byte.is_ascii_digit() || *byte == b'.' || *byte == b',')
    {
        at += 1;
    }
    if at > start {
        return at;
    }
    start + char_at(text, start).map_or(1, char::len_utf8)
}

/// Whether a numeral may begin after this character: not inside a word or number in ASCII.
pub(crate) fn is_border(before: Option<char>) -> bool {
    before.is_none_or(|c| is_han(c) || !(c.is_ascii_alphanumeric() || "_.*@#/\\".contains(c)))
}
