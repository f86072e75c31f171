//! Whether a number without a currency is money: 欠三千五, 借款1.2万, 应还2318.

use rust_decimal::Decimal;

use super::super::numeral::chars::{
    CLAUSE, MEASURE, NUMERAL, after, char_at, char_before, counts_things, has, is, is_han, skip_spaces,
};
use super::super::numeral::{Form, is_border};
use super::cues::{self, Cue};
use super::quantity::Quantity;

/// Whether the context makes the sum, which has no currency, money.
pub(super) fn is_money(text: &str, floor: usize, quantity: &Quantity) -> bool {
    let (start, end) = (quantity.span.start, quantity.span.end);
    // Most numbers of a message end here: codes, counts and days.
    let small = match quantity.numeral.form {
        Form::Plain(digits) => digits < 2 && quantity.numeral.decimals == 0 && !quantity.is_range(),
        Form::Digits => true,
        _ => false,
    };
    if small || !stands_alone(text, quantity) {
        return false;
    }
    if let Some(cue) = cues::before(text, floor, start)
        && fits(cue, text, quantity)
    {
        return true;
    }
    let worded = is_worded(quantity) && is_free(text, end);
    let shaped = worded
        || quantity.numeral.form == Form::Grouped
        || (quantity.numeral.scaled && quantity.is_range())
        || quantity.numeral.decimals == 2;
    (is_telling(quantity) && !is_year(quantity) && cues::after_number(text, end))
        || (shaped && cues::nearby(text, floor, start))
        || (worded && (cues::named_later(text, end) || is_whole_clause(text, quantity)))
        || is_whole_message(text, quantity)
}

/// Whether it is a spoken or written number of a hundred or more: 三千五, 1.2万.
fn is_worded(quantity: &Quantity) -> bool {
    let numeral = &quantity.numeral;
    numeral.form == Form::Worded && numeral.scaled && quantity.low >= Decimal::ONE_HUNDRED
}

/// Whether no measure or other noun follows that the number might count.
fn is_free(text: &str, end: usize) -> bool {
    char_at(text, end).is_none_or(|c| !is_han(c) || (!is(c, MEASURE) && !"多强全所行倍号开字".contains(c)))
}

/// Whether nothing touches the number that makes it a date, a time, a code or a count.
fn stands_alone(text: &str, quantity: &Quantity) -> bool {
    let (start, end) = (quantity.span.start, quantity.span.end);
    let digits = match quantity.numeral.form {
        Form::Plain(digits) => digits,
        Form::Zeroed | Form::Bare => return false,
        _ => 0,
    };
    let before = char_before(text, start);
    let code = matches!(before, Some('-' | ':' | '/' | '~' | '第' | '万' | '+' | '…'))
        && !text
            .get(..start)
            .is_some_and(|head| head.ends_with("额-") || head.ends_with(':'));
    is_border(before)
        // 100兆 is a volume of data.
        && char_before(text, end) != Some('兆')
        && !continues(text, end)
        && !counts_things(text, end)
        && !code
        && !is_label(text, start)
        && !is_years(quantity)
        && !is_month(text, quantity)
        && !is_phone(quantity, digits)
        && !is_brand(text, quantity)
        && !counts_things(text, after(text, end, " ").unwrap_or(end))
}

/// Whether the number goes on as a date, time, code, percentage or Latin word.
fn continues(text: &str, end: usize) -> bool {
    let Some(c) = char_at(text, end) else {
        return false;
    };
    let then = char_at(text, end + c.len_utf8());
    let before_digit = then.is_some_and(|c| c.is_ascii_digit());
    match c {
        '-' | ':' | '/' | '.' | '~' | ',' => before_digit && c != ',',
        '%' | '‰' | '*' | '_' | '@' | '#' | '折' => true,
        _ => c.is_ascii_alphanumeric() || (is(c, NUMERAL) && c != '参' && c != '数'),
    }
}

/// Whether a word for a code or a search stands before the number: 尾号, 编号, 搜.
fn is_label(text: &str, start: usize) -> bool {
    let last = char_before(text, skip_back(text, start));
    matches!(last, Some('号' | '码' | '尾' | '位' | '编' | '搜' | '第'))
}

/// Before one space or colon at the end of what precedes `start`.
fn skip_back(text: &str, start: usize) -> usize {
    let marked = matches!(char_before(text, start), Some(' ' | ':'));
    start - usize::from(marked)
}

/// Before one space at the end of what precedes `start`.
fn skip_spaces_back(text: &str, start: usize) -> usize {
    start - usize::from(char_before(text, start) == Some(' '))
}

/// Whether the number is a year, or two that follow one another: 2024—2025.
fn is_years(quantity: &Quantity) -> bool {
    is_year(quantity) && quantity.is_range() && quantity.high == quantity.low + Decimal::ONE
}

fn is_year(quantity: &Quantity) -> bool {
    let low = quantity.numeral.low;
    quantity.numeral.form == Form::Plain(4) && low >= Decimal::from(2010) && low < Decimal::from(2040)
}

/// 11月还款, 8月月供: a month before a word that else belongs to a sum.
fn is_month(text: &str, quantity: &Quantity) -> bool {
    matches!(quantity.numeral.form, Form::Plain(1..=2))
        && quantity.low <= Decimal::from(12)
        && has(text, quantity.span.end, "月")
}

/// Phone numbers: ten digits and more, service numbers.
fn is_phone(quantity: &Quantity, digits: u32) -> bool {
    let low = quantity.numeral.low;
    let between = |from: i64, to: i64| low >= Decimal::from(from) && low < Decimal::from(to);
    let torn = quantity.is_range()
        && !quantity.numeral.scaled
        && quantity.high >= Decimal::from(95_000)
        && quantity.high < Decimal::from(97_000);
    let whole = match digits {
        0 => false,
        3 => [110, 114, 119, 120, 122]
            .iter()
            .any(|&number| low == Decimal::from(number)),
        5 => between(95_000, 97_000) || between(10_001, 10_200) || between(12_300, 12_400),
        6 => between(951_000, 962_000) && quantity.numeral.decimals == 0,
        _ => digits >= 10,
    };
    // 40000-95561 is one number that was torn apart.
    torn || whole
}

/// Lenders whose names begin with a number: 360借条, 2345贷款王, 58金融.
fn is_brand(text: &str, quantity: &Quantity) -> bool {
    let brand = [360, 2345, 58, 51, 91, 365]
        .iter()
        .any(|&number| quantity.numeral.low == Decimal::from(number));
    brand
        && matches!(quantity.numeral.form, Form::Plain(_))
        && char_at(text, quantity.span.end).is_some_and(|c| "借数金分贷信人网钱小同周".contains(c))
}

/// Whether the number itself has the look of a sum.
fn is_telling(quantity: &Quantity) -> bool {
    let numeral = &quantity.numeral;
    match numeral.form {
        Form::Plain(digits) => digits >= 3 || numeral.decimals > 0,
        Form::Grouped => true,
        _ => numeral.scaled,
    }
}

fn fits(cue: Cue, text: &str, quantity: &Quantity) -> bool {
    let numeral = &quantity.numeral;
    match cue {
        Cue::Sum => match numeral.form {
            Form::Plain(digits) => digits >= 2 || numeral.decimals > 0,
            Form::Digits => false,
            _ => true,
        },
        Cue::Verb => {
            let free = is_free(text, quantity.span.end);
            let short = !matches!(numeral.form, Form::Plain(digits) if digits > 6);
            short && is_telling(quantity) && numeral.form != Form::Digits && free
        }
    }
}

/// Whether the number is a clause of its own, as in speech: "六万,周三".
fn is_whole_clause(text: &str, quantity: &Quantity) -> bool {
    let before = char_before(text, skip_spaces_back(text, quantity.span.start));
    let after = char_at(text, skip_spaces(text, quantity.span.end));
    // A label such as "粉丝:1.2万" tells what is counted.
    let label = before == Some(':') && quantity.numeral.units.is_some();
    before.is_none_or(|c| c == ':' || is(c, CLAUSE)) && after.is_none_or(|c| is(c, CLAUSE) && c != '(') && !label
}

/// Whether the message is this number and nothing else: an answer such as "三千五".
fn is_whole_message(text: &str, quantity: &Quantity) -> bool {
    // Long texts cannot be one number; the check stays constant in time.
    if text.len() > quantity.span.len() + 32 || !quantity.numeral.scaled {
        return false;
    }
    let head = text.get(..quantity.span.start).unwrap_or("").trim();
    let tail = text.get(quantity.span.end..).unwrap_or("").trim();
    let head_fits = head.is_empty()
        || super::bound::before(text, 0, quantity.span.start)
            .is_some_and(|(_, start)| text.get(..start).is_some_and(|rest| rest.trim().is_empty()));
    let tail_fits = tail.trim_end_matches(['。', '.', '!', '?', '吧', '吗']).is_empty()
        || super::bound::following(text, quantity.span.end)
            .is_some_and(|(_, end)| text.get(end..).is_some_and(|rest| rest.trim().is_empty()));
    head_fits && tail_fits && !has(text, quantity.span.end, "一")
}
