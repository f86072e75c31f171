//! Numbers that stand for a person or for money: identity numbers, cards and accounts, coin addresses.

use super::number::{Gap, Number};
use super::place::{self, Strictness};
use super::text::{Text, ends_with_any, has_any};
use super::{Contact, ContactKind, phone};

/// First two digits of the regions in identity numbers (GB/T 2260), with Hong Kong, Macao and Taiwan.
const REGIONS: [u8; 36] = [
    11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50, 51, 52, 53, 54, 61, 62, 63,
    64, 65, 71, 81, 82, 83, 91,
];
/// Weights of ISO 7064 MOD 11-2, as GB 11643 applies it.
const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK: &[u8; 11] = b"10x98765432";
const IDENTITY: [&str; 4] = ["身份证", "证件号", "身份号", "sfz"];
#[rustfmt::skip]
const ALIPAY: [&str; 5] = [
    "支付宝账号", "支付宝帐号", "支付宝账户", "支付宝帐户", "支付宝号",
];
/// Words that name the number behind them as an account.
#[rustfmt::skip]
const ACCOUNT: [&str; 9] = [
    "卡号", "账号", "帐号", "账户", "帐户", "专户", "对公", "钱包编号", "银行卡",
];
/// Words that make a card's shape a card.
#[rustfmt::skip]
const PAYING: [&str; 20] = [
    "卡", "账", "帐", "户", "转到", "转至", "转入", "转进", "转给", "汇至", "汇入", "汇到", "汇款",
    "打到", "打至", "打款", "存入", "收款", "建行", "银行",
];
const PAYEE: [&str; 4] = ["户名", "开户", "收款人", "户主"];
/// Words near a coin address.
#[rustfmt::skip]
const COINS: [&str; 20] = [
    "usdt", "trc20", "trc", "erc20", "tron", "btc", "eth", "bitcoin", "比特币", "以太", "泰达",
    "波场", "地址", "钱包", "充币", "提币", "转币", "币", "转账", "打到",
];

/// The identity number or account that begins with the first group, as long as it can be.
pub(super) fn find(text: Text<'_>, number: &Number) -> Option<Contact> {
    // The shortest is a mobile that serves as an Alipay account.
    if number.count() < 11 {
        return None;
    }
    let start = number.group(0).start;
    if is_glued_before(text, start) {
        return None;
    }
    (1..=number.len()).rev().find_map(|upto| {
        let (digits, end) = (number.digits(upto), number.group(upto - 1).end);
        let parted = number.groups(upto)[1..]
            .iter()
            .any(|group| !matches!(group.gap, Gap::Space | Gap::Hyphen | Gap::Tight));
        if digits.len() < 11 || parted || is_masked(text, end) {
            return None;
        }
        let sizes = number.chunks(upto);
        identity(text, start, end, digits, sizes.sizes())
            .or_else(|| account(text, number, start..end, digits, sizes.sizes()))
    })
}

fn is_glued_before(text: Text<'_>, start: usize) -> bool {
    let joint = matches!(text.byte_before(start), b'-' | b'.' | b'_' | b'*' | b'=');
    let before = if joint { start - 1 } else { start };
    text.byte_before(before).is_ascii_alphanumeric() || text.byte_before(start) == b'*'
}

/// Stars, or x for stars, hide the rest.
fn is_masked(text: Text<'_>, end: usize) -> bool {
    let at = text.skip_spaces(end, 2);
    text.byte(at) == b'*' || text.starts_with(at, "xx")
}

fn identity(text: Text<'_>, start: usize, end: usize, digits: &[u8], sizes: &[u8]) -> Option<Contact> {
    let x = text.byte(end) == b'x' && !text.is_alnum(end + 1);
    let end = if x { end + 1 } else { end };
    if text.is_alnum(end) {
        return None;
    }
    let named = || has_any(text.before(start, 10), &IDENTITY);
    let right = match (digits.len(), x) {
        (17, true) => grouped_as_identity(sizes) && (is_person(digits) || named()),
        (18, false) => {
            grouped_as_identity(sizes) && (is_person(digits) && check_digit(digits) == digits[17] || named())
        }
        (15, false) => sizes.len() == 1 && named(),
        _ => false,
    };
    right.then(|| {
        let value = value_of(digits) + if x { "X" } else { "" };
        Contact {
            span: start..end,
            kind: ContactKind::IdCard,
            value,
        }
    })
}

fn grouped_as_identity(sizes: &[u8]) -> bool {
    matches!(
        sizes,
        [17 | 18] | [6, 8, 3 | 4] | [3, 3, 4, 4, 3 | 4] | [6, 4, 4, 3 | 4]
    )
}

/// A region and a date of birth stand where an identity number has them.
fn is_person(digits: &[u8]) -> bool {
    let two = |at: usize| (digits[at] - b'0') * 10 + (digits[at + 1] - b'0');
    REGIONS.contains(&two(0)) && matches!(two(6), 18..=20) && matches!(two(10), 1..=12) && matches!(two(12), 1..=31)
}

fn check_digit(digits: &[u8]) -> u8 {
    let sum: u32 = digits
        .iter()
        .zip(WEIGHTS)
        .map(|(&digit, weight)| u32::from(digit - b'0') * weight)
        .sum();
    CHECK[(sum % 11) as usize]
}

fn account(
    text: Text<'_>,
    number: &Number,
    span: std::ops::Range<usize>,
    digits: &[u8],
    sizes: &[u8],
) -> Option<Contact> {
    let free = !text.is_alnum(span.end) && place::free_after(text, span.end, number.group(0).script, Strictness::Long);
    if !free || place::named_otherwise(text, span.start, Strictness::Long) && !named_as_account(text, span.start) {
        return None;
    }
    let card = (16..=19).contains(&digits.len()) && matches!(digits[0], b'3'..=b'6' | b'9');
    let even = sizes.len() == 1 || sizes.len() >= 3 && sizes[..sizes.len() - 1].iter().all(|&size| size == 4);
    let paying = || has_any(text.before(span.start, 16), &PAYING) || has_any(text.after(span.end, 8), &PAYEE);
    let right = card && even && luhn(digits)
        || card && sizes.len() >= 4 && even && digits.starts_with(b"62")
        || card && sizes.len() <= 6 && paying()
        // UnionPay's beginning and groups of four: a card with a digit lost.
        || digits.len() >= 13 && digits.len() < 20 && sizes.len() >= 4 && even && digits.starts_with(b"62") && paying()
        || (12..=25).contains(&digits.len()) && named_as_account(text, span.start) && !is_call(text, number, digits)
        || digits.len() == 11 && ends_with_any(place::label_before(text, span.start), &ALIPAY);
    right.then(|| Contact {
        span,
        kind: ContactKind::Account,
        value: value_of(digits),
    })
}

/// 卡号, 账户 and the like stand before the number, with no more between than a bank's name.
fn named_as_account(text: Text<'_>, start: usize) -> bool {
    let window = text.before(start, 13);
    if has_any(window, &["社保", "医保", "会员", "学"]) {
        return false;
    }
    let Some(behind) = ACCOUNT
        .iter()
        .filter_map(|word| window.rfind(word).map(|at| at + word.len()))
        .max()
    else {
        return false;
    };
    !window[behind..].contains(['电', '拨', '打', ',', '。', ';', '单', '码'])
}

/// Short account numbers may be telephone numbers; those are called.
fn is_call(text: Text<'_>, number: &Number, digits: &[u8]) -> bool {
    digits.len() < 16 && phone::find(text, number).is_some()
}

fn luhn(digits: &[u8]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(i, &digit)| {
            let value = u32::from(digit - b'0') << (i % 2);
            if value > 9 { value - 9 } else { value }
        })
        .sum();
    sum.is_multiple_of(10)
}

fn value_of(digits: &[u8]) -> String {
    digits.iter().map(|&digit| char::from(digit)).collect()
}

/// The coin address that the word from `at` to `end` is. The text is folded to lower case, so the
/// checksums of these addresses cannot be tested.
pub(super) fn coin(text: Text<'_>, at: usize, end: usize) -> Option<Contact> {
    let word = text.slice(at, end);
    let named = || has_any(text.before(at, 16), &COINS) || has_any(text.after(end, 8), &COINS);
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    let mixed = digits >= 2 && word.len() - digits >= 8;
    let right = match (&word.as_bytes()[..3.min(word.len())], word.len()) {
        ([b'0', b'x', _], 42) => word.bytes().skip(2).all(|b| b.is_ascii_hexdigit()),
        (b"bc1", 26..=62) => mixed,
        // TRON addresses have 34 places, but get lost or doubled ones when typed. Without a word of
        // coins nearby, session keys look the same.
        ([b't', ..], 33..=35) | ([b'1' | b'3', ..], 26..=35) => mixed && named(),
        _ => false,
    };
    right.then(|| Contact {
        span: at..end,
        kind: ContactKind::Coin,
        value: word.to_owned(),
    })
}
