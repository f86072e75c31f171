//! `money`: sums of money, each with its currency, how exactly it is meant, and what it is for.

mod bound;
mod cues;
mod currency;
mod implied;
mod quantity;
mod role;
#[cfg(test)]
mod tests;

use std::ops::Range;

use rust_decimal::Decimal;

use super::numeral::chars::{NUMERAL, SUM_NEXT, char_at, char_before, find, is};
use super::numeral::{self, Form, Numeral};
pub use bound::Bound;
pub use currency::Currency;
use currency::Dollar;
use quantity::Quantity;
pub use role::Role;

/// A sum of money in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Amount {
    /// Bytes of the text, with the currency and the words that limit it: 至少九千块钱.
    pub span: Range<usize>,
    /// The least it may be; `None` when only an upper end is told.
    pub low: Option<Decimal>,
    /// The most it may be; `None` when only a lower end is told.
    pub high: Option<Decimal>,
    /// The currency; yuan where none is named.
    pub currency: Currency,
    /// How exactly it is meant.
    pub bound: Bound,
    /// What it is for.
    pub role: Role,
}

/// All sums of money in a folded text, in order, none overlapping another.
///
/// Takes time in proportion to the text.
///
/// ```text
/// 您尚欠本金三千五,另有违约金88元 → 3500 CNY principal, 88 CNY fee
/// ```
#[must_use]
pub fn amounts(text: &str) -> Vec<Amount> {
    let dollar = Dollar::default();
    let mut found: Vec<Amount> = Vec::new();
    // Where the last sum ends, and where scanning goes on.
    let (mut floor, mut at) = (0, 0);
    while let Some(start) = find(text, at, NUMERAL) {
        if let Some(next) = past_lone_digit(text, start) {
            at = next;
            continue;
        }
        let Some(numeral) = numeral::at(text, start) else {
            at = numeral::skip(text, start);
            continue;
        };
        at = numeral.span.end;
        let quantity = quantity::read(text, floor, numeral, &dollar);
        let quantity = quantity::join(text, &quantity, &dollar).unwrap_or(quantity);
        if let Some(amount) = judge(text, floor, &quantity) {
            floor = amount.span.end;
            at = at.max(floor);
            found.push(amount);
        }
    }
    found
}

/// Past a Chinese digit that is part of a word (一下, 三方), as most are.
fn past_lone_digit(text: &str, start: usize) -> Option<usize> {
    let end = start + char_at(text, start).filter(|c| !c.is_ascii())?.len_utf8();
    let alone = !char_at(text, end).is_some_and(|c| is(c, SUM_NEXT));
    // 人民币伍: a currency before it makes even a lone digit a sum.
    (alone && !matches!(char_before(text, start), Some('币' | '¥' | '$'))).then_some(end)
}

/// The sum, if it is money.
fn judge(text: &str, floor: usize, quantity: &Quantity) -> Option<Amount> {
    let start = quantity.span.start;
    let money = match quantity.currency {
        Some(_) => quantity.numeral.form != Form::Zeroed && !is_masked(text, &quantity.numeral),
        None => implied::is_money(text, floor, quantity),
    };
    if !money {
        return None;
    }
    let before = if quantity.numeral.form == Form::Bare {
        bound::before_bare(text, floor, start)
    } else {
        bound::before(text, floor, start)
    };
    if !says_number(&quantity.numeral, before) {
        return None;
    }
    let after = bound::following(text, quantity.span.end);
    let role = role::of(text, floor, start, quantity.span.end);
    let span = before.map_or(start, |(_, start)| start)..after.map_or(quantity.span.end, |(_, end)| end);
    let (low, high, bound) = limits(quantity, before.map(|b| b.0), after.map(|b| b.0));
    Some(Amount {
        span,
        low,
        high,
        currency: quantity.currency.unwrap_or(Currency::Cny),
        bound,
        role,
    })
}

/// Whether digits before the number are hidden: 3***500元 says nothing about the sum.
fn is_masked(text: &str, numeral: &Numeral) -> bool {
    matches!(char_before(text, numeral.span.start), Some('*'))
}

/// Whether units alone say a number: 千元 does, 万元 only in 上万元 (else it is a heading).
fn says_number(numeral: &Numeral, before: Option<(Bound, usize)>) -> bool {
    numeral.form != Form::Bare || before.is_some() || numeral.big == 1 || numeral.vague
}

/// The ends of a sum, and how exactly it is meant.
fn limits(
    quantity: &Quantity,
    before: Option<Bound>,
    after: Option<Bound>,
) -> (Option<Decimal>, Option<Decimal>, Bound) {
    let (low, high) = (quantity.low, quantity.high);
    if quantity.is_range() {
        return (Some(low), Some(high), Bound::Range);
    }
    let word = match (before, after) {
        // 约3000元以上: the limit says more than the estimate.
        (None | Some(Bound::Approx), Some(after)) => Some(after),
        (before, _) => before,
    };
    match word {
        Some(Bound::AtLeast) => (Some(low), None, Bound::AtLeast),
        Some(Bound::AtMost) => (None, Some(high), Bound::AtMost),
        Some(bound) => (Some(low), Some(high), bound),
        None if quantity.vague => (Some(low), Some(high), Bound::Approx),
        None => (Some(low), Some(high), Bound::Exact),
    }
}
