//! Runs of digits, Arabic and Chinese, and the numbers they make.

use rust_decimal::Decimal;

use super::chars::{after, char_at};
use super::sign::{Sign, ZHAO, sign};

/// The longest digit string read as a number; `Decimal` holds 28.
pub(super) const MOST_DIGITS: u32 = 28;

/// A run of Arabic digits.
pub(super) struct Arabic {
    pub(super) end: usize,
    /// All digits, also those after the point.
    pub(super) mantissa: u128,
    pub(super) integer_digits: u32,
    pub(super) decimals: u32,
    pub(super) grouped: bool,
    pub(super) zeroed: bool,
}

pub(super) fn arabic(text: &str, start: usize) -> Option<Arabic> {
    let bytes = text.as_bytes();
    let digits_from = |at: usize| {
        bytes
            .get(at..)
            .unwrap_or(&[])
            .iter()
            .take_while(|byte| byte.is_ascii_digit())
            .count()
    };
    let first = digits_from(start);
    let mut end = start + first;
    let mut grouped = false;
    if first <= 3 {
        while bytes.get(end) == Some(&b',') && digits_from(end + 1) == 3 {
            grouped = true;
            end += 4;
        }
    }
    let integer_end = end;
    if bytes.get(end) == Some(&b'.') && digits_from(end + 1) > 0 {
        end += 1 + digits_from(end + 1);
        let dotted = bytes.get(end) == Some(&b'.') && digits_from(end + 1) > 0;
        if dotted {
            return None;
        }
    }
    let (mantissa, digits) = digits_of(bytes.get(start..end)?)?;
    let decimals = u32::try_from((end - integer_end).saturating_sub(1)).ok()?;
    Some(Arabic {
        end,
        mantissa,
        integer_digits: digits - decimals,
        decimals,
        grouped,
        zeroed: first > 1 && bytes.get(start) == Some(&b'0'),
    })
}

/// The digits among `bytes` as one number, and how many they are; `None` if too many.
fn digits_of(bytes: &[u8]) -> Option<(u128, u32)> {
    if bytes.len() <= 18 {
        // Nearly every number fits, and 64 bits are several times as fast.
        let (mut number, mut count) = (0u64, 0);
        for byte in bytes.iter().filter(|byte| byte.is_ascii_digit()) {
            number = number * 10 + u64::from(byte - b'0');
            count += 1;
        }
        return Some((number.into(), count));
    }
    let digits = || bytes.iter().filter(|byte| byte.is_ascii_digit());
    let count = u32::try_from(digits().count()).ok()?;
    let sum = |sum: u128, byte: &u8| sum * 10 + u128::from(byte - b'0');
    (count <= MOST_DIGITS).then(|| (digits().fold(0, sum), count))
}

/// A run of Chinese digits: 五, 零五, 三五, 二〇二四.
#[derive(Debug)]
pub(super) struct Run {
    pub(super) end: usize,
    pub(super) value: u128,
    pub(super) digits: u32,
    /// Zeros at its beginning.
    pub(super) zeros: u32,
    last_two: [u8; 2],
}

impl Run {
    /// The run at `at`, which may be empty; `None` if it is too long.
    pub(super) fn read(text: &str, at: usize) -> Option<Self> {
        let mut run = Self {
            end: at,
            value: 0,
            digits: 0,
            zeros: 0,
            last_two: [0; 2],
        };
        while let Some(c) = char_at(text, run.end) {
            let Sign::Digit(digit) = sign(c) else { break };
            if run.digits >= MOST_DIGITS {
                return None;
            }
            run.value = run.value * 10 + u128::from(digit);
            run.zeros += u32::from(run.value == 0);
            run.digits += 1;
            run.last_two = [run.last_two[1], digit];
            run.end += c.len_utf8();
        }
        Some(run)
    }

    /// Digits after the zeros.
    pub(super) fn significant(&self) -> u32 {
        self.digits - self.zeros
    }

    /// The two digits if people say them for "some": neighbours, and 三五.
    pub(super) fn pair(&self) -> Option<(u8, u8)> {
        let [first, second] = self.last_two;
        let some = first > 0 && (second == first + 1 || (first, second) == (3, 5));
        (self.digits == 2 && some).then_some((first, second))
    }
}

/// The digits after a 点 at `at`: their number, how many they are, and where they end.
pub(super) fn after_point(text: &str, at: usize) -> Option<(u128, u32, usize)> {
    let mut end = after(text, at, "点")?;
    let (mut mantissa, mut decimals) = (0u128, 0);
    while let Some(c) = char_at(text, end) {
        let digit = match sign(c) {
            Sign::Digit(digit) if c != '两' => u32::from(digit),
            Sign::Other if c.is_ascii_digit() => c.to_digit(10)?,
            _ => break,
        };
        if decimals >= MOST_DIGITS {
            return None;
        }
        mantissa = mantissa * 10 + u128::from(digit);
        decimals += 1;
        end += c.len_utf8();
    }
    (decimals > 0).then_some((mantissa, decimals, end))
}

/// The decimal without needless zeros at its end.
pub(super) fn decimal(mantissa: u128, mut scale: u32) -> Option<Decimal> {
    if let Ok(mut small) = i64::try_from(mantissa) {
        while scale > 0 && small % 10 == 0 {
            small /= 10;
            scale -= 1;
        }
        return Decimal::try_new(small, scale).ok();
    }
    let mut mantissa = mantissa;
    while scale > 0 && mantissa.is_multiple_of(10) {
        mantissa /= 10;
        scale -= 1;
    }
    let mantissa = i128::try_from(mantissa).ok()?;
    Decimal::try_from_i128_with_scale(mantissa, scale).ok()
}

/// The greatest power of ten that divides `value`: the step of its last digit.
pub(super) fn place(value: u128) -> u64 {
    let mut place = 1;
    let mut rest = value;
    while rest > 0 && rest.is_multiple_of(10) {
        rest /= 10;
        place *= 10;
        if place >= ZHAO {
            break;
        }
    }
    place
}
