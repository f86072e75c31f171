//! The reader behind [`super::at`]: one character after another, never back.

use rust_decimal::Decimal;

use super::chars::{self, MEASURE, char_at, has};
use super::{Form, Numeral};

const WAN: u64 = 10_000;
const YI: u64 = 100_000_000;
const ZHAO: u64 = 1_000_000_000_000;
/// The longest digit string read as a number; `Decimal` holds 28.
const MOST_DIGITS: u32 = 28;

/// What one character says in a numeral.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sign {
    Digit(u8),
    /// 十 百 千, k.
    Unit(u64),
    /// 万 亿 兆, w.
    Big(u64),
    /// 廿 卅 卌: so many tens.
    Tens(u8),
    /// 几 数.
    Several,
    Other,
}

fn sign(c: char) -> Sign {
    match c {
        '零' | '〇' => Sign::Digit(0),
        '一' | '壹' => Sign::Digit(1),
        '二' | '贰' | '两' => Sign::Digit(2),
        '三' | '叁' | '参' => Sign::Digit(3),
        '四' | '肆' => Sign::Digit(4),
        '五' | '伍' => Sign::Digit(5),
        '六' | '陆' => Sign::Digit(6),
        '七' | '柒' => Sign::Digit(7),
        '八' | '捌' => Sign::Digit(8),
        '九' | '玖' => Sign::Digit(9),
        '十' | '拾' => Sign::Unit(10),
        '百' | '佰' => Sign::Unit(100),
        '千' | '仟' => Sign::Unit(1000),
        '万' => Sign::Big(WAN),
        '亿' => Sign::Big(YI),
        '兆' => Sign::Big(ZHAO),
        '廿' => Sign::Tens(2),
        '卅' => Sign::Tens(3),
        '卌' => Sign::Tens(4),
        '几' | '数' => Sign::Several,
        _ => Sign::Other,
    }
}

/// The unit at `at` and where it ends; `k` and `w` only where no Latin word goes on.
fn unit_at(text: &str, at: usize) -> Option<(Sign, usize)> {
    let c = char_at(text, at)?;
    let end = at + c.len_utf8();
    match c {
        'k' | 'w' => {
            let next = text.as_bytes().get(end);
            let unit = if c == 'k' { Sign::Unit(1000) } else { Sign::Big(WAN) };
            (!next.is_some_and(u8::is_ascii_alphabetic)).then_some((unit, end))
        }
        _ => match sign(c) {
            unit @ (Sign::Unit(_) | Sign::Big(_)) => Some((unit, end)),
            _ => None,
        },
    }
}

/// A run of Arabic digits.
struct Arabic {
    end: usize,
    /// All digits, also those after the point.
    mantissa: u128,
    integer_digits: u32,
    decimals: u32,
    grouped: bool,
    zeroed: bool,
}

fn arabic(text: &str, start: usize) -> Option<Arabic> {
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

/// Least and greatest value.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Bounds {
    low: u128,
    high: u128,
}

impl Bounds {
    fn exact(value: u128) -> Self {
        Self {
            low: value,
            high: value,
        }
    }

    fn times(self, by: u64) -> Option<Self> {
        let by = u128::from(by);
        Some(Self {
            low: self.low.checked_mul(by)?,
            high: self.high.checked_mul(by)?,
        })
    }

    fn plus(self, other: Self) -> Option<Self> {
        Some(Self {
            low: self.low.checked_add(other.low)?,
            high: self.high.checked_add(other.high)?,
        })
    }

    fn is_zero(self) -> bool {
        self.high == 0
    }
}

/// A number that no unit has claimed yet.
#[derive(Debug, Clone, Copy)]
struct Pending {
    bounds: Bounds,
    digits: u32,
}

/// What is known of the numeral so far.
#[derive(Debug)]
struct Reader<'t> {
    text: &'t str,
    at: usize,
    /// Closed by 万 or 亿.
    total: Bounds,
    /// Since then: hundreds, tens.
    section: Bounds,
    pending: Option<Pending>,
    /// Where the number in `pending` begins, and where the last 万 or 亿 ends.
    pending_at: usize,
    section_at: usize,
    /// The unit that was read last, for 三千五; 1 after 零.
    last_unit: u64,
    /// Units in this section must be less than this.
    ceiling: u64,
    /// The 万 or 亿 that was read last.
    last_big: u64,
    /// Product of the units, while they follow a single number.
    units: Option<u64>,
    numbers: u32,
    form: Form,
    scaled: bool,
    vague: bool,
}

/// Reads the numeral that begins at `start`.
pub(super) fn read(text: &str, start: usize) -> Option<Numeral> {
    let first = char_at(text, start)?;
    if !first.is_ascii_digit() {
        return Reader::new(text, start).worded(start);
    }
    let number = arabic(text, start)?;
    let plain = match (number.grouped, number.zeroed) {
        (true, _) => Form::Grouped,
        (_, true) => Form::Zeroed,
        _ => Form::Plain(number.integer_digits),
    };
    if !goes_on(text, number.end) {
        let value = decimal(number.mantissa, number.decimals)?;
        return Some(Numeral {
            span: start..number.end,
            low: value,
            high: value,
            vague: false,
            form: plain,
            decimals: number.decimals,
            scaled: false,
            units: Some(1),
            big: 1,
        });
    }
    let mut reader = Reader::new(text, number.end);
    reader.form = plain;
    reader.numbers = 1;
    reader.pending = Some(Pending {
        bounds: Bounds::exact(number.mantissa),
        digits: number.integer_digits,
    });
    if number.decimals > 0 {
        return reader.fraction(start, number.decimals);
    }
    reader.worded(start)
}

/// Whether a character after Arabic digits may belong to the numeral.
fn goes_on(text: &str, end: usize) -> bool {
    let Some(c) = char_at(text, end) else {
        return false;
    };
    match c {
        'k' | 'w' | '多' | '余' | '来' | '点' => true,
        '个' => matches!(unit_at(text, end + c.len_utf8()), Some((Sign::Big(_), _))),
        ' ' => matches!(char_at(text, end + 1).map(sign), Some(Sign::Unit(_) | Sign::Big(_))),
        _ => c > '\u{2fff}' && sign(c) != Sign::Other,
    }
}

fn decimal(mantissa: u128, mut scale: u32) -> Option<Decimal> {
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

impl<'t> Reader<'t> {
    fn new(text: &'t str, at: usize) -> Self {
        Self {
            text,
            at,
            total: Bounds::default(),
            section: Bounds::default(),
            pending: None,
            pending_at: at,
            section_at: at,
            last_unit: 1,
            ceiling: u64::MAX,
            last_big: u64::MAX,
            units: Some(1),
            numbers: 0,
            form: Form::Digits,
            scaled: false,
            vague: false,
        }
    }

    /// Reads on after digits with a point: only units may follow, as in 3.1千万.
    fn fraction(mut self, start: usize, decimals: u32) -> Option<Numeral> {
        let mut value = self.pending.take()?.bounds;
        let mut units = 1u64;
        let mut big = 1u64;
        while let Some((unit, end)) = unit_at(self.text, self.past_counter()) {
            let (Sign::Unit(by) | Sign::Big(by)) = unit else {
                break;
            };
            value = value.times(by)?;
            units = units.checked_mul(by)?;
            big = if matches!(unit, Sign::Big(_)) { by } else { 1 };
            self.form = Form::Worded;
            self.scaled |= by >= 100;
            self.at = end;
        }
        self.units = Some(units);
        self.last_big = big;
        self.total = value;
        self.last_unit = units;
        if self.vague_word() {
            self.vague = true;
            let step = u128::from(units);
            self.total.high = self.total.high.checked_add(step)?;
        }
        self.finish(start, decimals)
    }

    /// Past one space before a unit: `177.1 亿`.
    fn past_space(&self) -> usize {
        if has(self.text, self.at, " ") {
            self.at + 1
        } else {
            self.at
        }
    }

    /// Past the 个 of 1.5个亿, else past a space.
    fn past_counter(&self) -> usize {
        match chars::after(self.text, self.at, "个") {
            Some(end) if matches!(unit_at(self.text, end), Some((Sign::Big(_), _))) => end,
            _ => self.past_space(),
        }
    }

    /// Reads on character by character.
    fn worded(mut self, start: usize) -> Option<Numeral> {
        while self.step()? {}
        if let Some(decimals) = self.chinese_point()? {
            return self.fraction(start, decimals);
        }
        self.close_pending()?;
        if self.at == start {
            return None;
        }
        self.finish(start, 0)
    }

    /// Reads one number or unit. `Some(false)` when the numeral is over, `None` when it is none.
    fn step(&mut self) -> Option<bool> {
        let at = if self.pending.is_some() {
            self.past_space()
        } else {
            self.at
        };
        if let Some((unit, end)) = unit_at(self.text, at) {
            return match unit {
                Sign::Unit(by) => self.unit(by, end),
                Sign::Big(by) => self.big(by, end),
                _ => Some(false),
            };
        }
        let Some(c) = char_at(self.text, self.at) else {
            return Some(false);
        };
        let end = self.at + c.len_utf8();
        match sign(c) {
            Sign::Digit(_) if self.takes_number() => Some(self.chinese_digits()),
            Sign::Tens(tens) if self.takes_number() && self.ceiling > 10 => {
                self.pending = Some(Pending {
                    bounds: Bounds::exact(u128::from(tens)),
                    digits: 1,
                });
                self.numbers += 1;
                self.unit(10, end)
            }
            Sign::Several if self.takes_number() => self.several(c, end),
            Sign::Other if c.is_ascii_digit() && self.takes_number() => Some(self.more_arabic()),
            Sign::Other if c == '个' => Some(self.counter(end)),
            Sign::Other => self.vague_suffix(),
            _ => Some(false),
        }
    }

    /// Whether another number may follow: not after a number, 多 or a bare 千.
    fn takes_number(&self) -> bool {
        self.pending.is_none() && self.ceiling > 1 && self.form != Form::Bare
    }

    /// Gives back the number after the last unit, which begins another numeral: 三千四千.
    fn give_back(&mut self) -> Option<bool> {
        if self.pending.take().is_some() {
            self.at = self.pending_at;
        }
        Some(false)
    }

    /// 两个亿: the counter before a big unit says nothing.
    fn counter(&mut self, end: usize) -> bool {
        let big = matches!(unit_at(self.text, end), Some((Sign::Big(_), _)));
        if big && self.pending.is_some() {
            self.at = end;
            return true;
        }
        false
    }

    fn unit(&mut self, by: u64, end: usize) -> Option<bool> {
        if by >= self.ceiling {
            return self.give_back();
        }
        let count = match self.pending.take() {
            Some(pending) => pending.bounds,
            None if self.numbers == 0 && self.section.is_zero() => {
                self.form = Form::Bare;
                Bounds::exact(1)
            }
            None if self.last_unit == 1 || by == 10 => Bounds::exact(1),
            None => return Some(false),
        };
        if self.form != Form::Bare || by == 10 {
            self.form = Form::Worded;
        }
        self.section = self.section.plus(count.times(by)?)?;
        self.last_unit = by;
        self.ceiling = by;
        self.scaled |= by >= 100;
        self.at = end;
        self.multiply_units(by);
        Some(true)
    }

    fn big(&mut self, by: u64, end: usize) -> Option<bool> {
        if by == self.last_big && self.at > self.section_at {
            self.at = self.section_at;
            self.section = Bounds::default();
            self.pending = None;
            return Some(false);
        }
        let mut value = self.section;
        if let Some(pending) = self.pending.take() {
            value = value.plus(self.scale_pending(pending)?)?;
        }
        if value.is_zero() && self.total.is_zero() {
            value = Bounds::exact(1);
            self.form = Form::Bare;
        }
        let lesser = by < self.last_big;
        if value.is_zero() && lesser {
            return Some(false);
        }
        if self.form != Form::Bare {
            self.form = Form::Worded;
        }
        self.total = if self.total.is_zero() {
            value.times(by)?
        } else if lesser {
            self.total.plus(value.times(by)?)?
        } else {
            self.total.plus(value)?.times(by)?
        };
        self.section = Bounds::default();
        self.ceiling = u64::MAX;
        self.last_unit = by;
        self.last_big = by;
        self.scaled = true;
        self.at = end;
        self.section_at = end;
        self.multiply_units(by);
        Some(true)
    }

    fn multiply_units(&mut self, by: u64) {
        self.units = match self.units {
            Some(units) if self.numbers <= 1 => units.checked_mul(by),
            _ => None,
        };
    }

    /// One digit, an uncertain pair (三五百) or a string of digits (二〇二四).
    fn chinese_digits(&mut self) -> bool {
        let digit_at = |at| match char_at(self.text, at).map(|c| (sign(c), c.len_utf8())) {
            Some((Sign::Digit(digit), length)) => Some((digit, at + length)),
            _ => None,
        };
        let mut at = self.at;
        let mut value = 0u128;
        let (mut digits, mut zeros, mut last) = (0u32, 0u32, [0u8; 2]);
        while let Some((digit, end)) = digit_at(at) {
            if digits >= MOST_DIGITS {
                return false;
            }
            value = value * 10 + u128::from(digit);
            if value == 0 {
                zeros += 1;
            }
            digits += 1;
            last = [last[1], digit];
            at = end;
        }
        let inside = self.numbers > 0 || !self.section.is_zero() || !self.total.is_zero();
        let significant = digits - zeros;
        if !inside && zeros == 1 && significant == 0 {
            // A lone 零 or 〇.
        } else if inside && zeros > 0 {
            let unit = matches!(unit_at(self.text, at), Some((Sign::Unit(_), _)));
            let number = char_at(self.text, at).is_some_and(|c| c.is_ascii_digit());
            if significant == 0 && !unit && !number {
                return false;
            }
            self.last_unit = 1;
            if significant == 0 {
                self.at = at;
                return true;
            }
        }
        let pair = significant == 2 && zeros == 0 && is_pair(last) && self.takes_pair(at);
        if significant > 1 && inside && !pair {
            return false;
        }
        if inside && significant == 1 && self.is_counted(at) {
            return false;
        }
        self.pending_at = self.at;
        self.at = at;
        self.numbers += 1;
        let bounds = if pair {
            Bounds {
                low: last[0].into(),
                high: last[1].into(),
            }
        } else {
            Bounds::exact(value)
        };
        let digits = if pair { 1 } else { digits };
        self.pending = Some(Pending { bounds, digits });
        true
    }

    /// Whether two digits before `end` mean "one or the other": before a unit or a counter.
    fn takes_pair(&self, end: usize) -> bool {
        let Some(c) = char_at(self.text, end) else {
            return self.numbers > 0;
        };
        unit_at(self.text, end).is_some()
            || matches!(c, '块' | '元' | '毛' | '天' | '个')
            || (self.numbers > 0 || !self.section.is_zero())
    }

    /// Whether a lone digit after a unit belongs to what follows: the 三 of 两万三期, 一起.
    fn is_counted(&self, end: usize) -> bool {
        let word = has(self.text, self.at, "一")
            && char_at(self.text, end).is_some_and(|c| "起下共定直样般并些切律旦".contains(c));
        self.last_unit >= 100 && (word || chars::counts_things(self.text, end))
    }

    /// Arabic digits after a unit: 3千5, 13万2, 1万600, 四千230; but not the 12 of 5万12期.
    fn more_arabic(&mut self) -> bool {
        let Some(number) = arabic(self.text, self.at) else {
            return false;
        };
        let zeros = self.last_unit.ilog10();
        let digits = number.integer_digits;
        let then_unit = unit_at(self.text, number.end).is_some();
        let counted = chars::counts_things(self.text, number.end);
        let glued = self
            .text
            .as_bytes()
            .get(number.end)
            .is_some_and(|&byte| byte.is_ascii_alphabetic() || b":/".contains(&byte));
        let fits = then_unit
            || (!counted
                && !glued
                && (number.zeroed
                    || self.last_unit == 1
                    || digits == zeros
                    || (digits + 1 == zeros && digits > 1)
                    || (digits == 1 && zeros > 1)));
        if number.decimals > 0 || number.grouped || !fits {
            return false;
        }
        if number.zeroed {
            self.last_unit = 1;
        }
        self.pending = Some(Pending {
            bounds: Bounds::exact(number.mantissa),
            digits,
        });
        self.numbers += 1;
        self.pending_at = self.at;
        self.at = number.end;
        true
    }

    /// 几 and 数: some, from one to ten of the unit.
    fn several(&mut self, c: char, end: usize) -> Option<bool> {
        let next = unit_at(self.text, end);
        let some = Bounds { low: 1, high: 10 };
        match next {
            Some((Sign::Unit(by), _)) if by < self.ceiling => {}
            Some((Sign::Big(_), _)) if self.numbers == 0 && self.section.is_zero() => {}
            _ if c == '几' && !self.section.is_zero() => return self.uncertain_end(end),
            _ if c == '几' && self.numbers == 0 && self.section.is_zero() => {}
            _ => return Some(false),
        }
        self.pending = Some(Pending {
            bounds: some,
            digits: 2,
        });
        self.numbers += 1;
        self.vague = true;
        self.at = end;
        Some(true)
    }

    /// 三十几: up to the next ten.
    fn uncertain_end(&mut self, end: usize) -> Option<bool> {
        self.section.high = self.section.high.checked_add(u128::from(self.last_unit))?;
        self.vague = true;
        self.at = end;
        self.ceiling = 1;
        Some(true)
    }

    /// 多, 余, 来, 把: a bit more than, or about, what was read.
    fn vague_suffix(&mut self) -> Option<bool> {
        if !self.vague_word() {
            return Some(false);
        }
        self.vague = true;
        self.form = Form::Worded;
        let about = matches!(char_before_is(self.text, self.at), '来' | '把');
        if let Some(pending) = self.pending.take() {
            let value = self.scale_pending(pending)?;
            self.section = self.section.plus(value)?;
            self.last_unit = place(value.low);
        }
        if !about {
            let step = u128::from(self.last_unit);
            if self.section.is_zero() {
                self.total.high = self.total.high.checked_add(step)?;
            } else {
                self.section.high = self.section.high.checked_add(step)?;
            }
        }
        self.ceiling = 1;
        match unit_at(self.text, self.at) {
            Some((Sign::Big(by), end)) if !self.section.is_zero() => self.big(by, end)?,
            _ => return Some(false),
        };
        Some(false)
    }

    /// Takes 多, 余, 来 or 把 if it belongs to the number and begins no word of its own.
    fn vague_word(&mut self) -> bool {
        let Some(c) = char_at(self.text, self.at) else {
            return false;
        };
        let end = self.at + c.len_utf8();
        let next = char_at(self.text, end).unwrap_or(' ');
        let belongs = match c {
            '多' => !matches!(next, '头' | '少' | '久' | '方' | '家'),
            '余' => !matches!(next, '额' | '款' | '下' | '期' | '生' | '地' | '量' | '债'),
            '来' => matches!(next, '万' | '亿' | '块' | '元' | '个' | '天' | '岁'),
            '把' => self.form == Form::Bare && matches!(next, '块' | '元' | '个'),
            _ => false,
        };
        let counted = self.numbers > 0 || !self.section.is_zero() || !self.total.is_zero();
        if belongs && (counted || self.pending.is_some()) {
            self.at = end;
            return true;
        }
        false
    }

    /// What a number after a unit is worth: the 五 of 三千五 is five hundred.
    fn scale_pending(&self, pending: Pending) -> Option<Bounds> {
        let short = pending.digits == 1 && self.last_unit >= 100;
        pending.bounds.times(if short { self.last_unit / 10 } else { 1 })
    }

    fn close_pending(&mut self) -> Option<()> {
        if let Some(pending) = self.pending.take() {
            let value = self.scale_pending(pending)?;
            if !self.section.is_zero() || !self.total.is_zero() {
                self.units = None;
            }
            self.section = self.section.plus(value)?;
            self.last_big = u64::MAX;
        } else if has(self.text, self.at, "半") && self.takes_half() {
            self.section = self.section.plus(Bounds::exact((self.last_unit / 2).into()))?;
            self.at += "半".len();
            self.units = None;
        }
        Some(())
    }

    /// 一万半: the half counts only right after a unit and before no measure (三百半天).
    fn takes_half(&self) -> bool {
        let next = char_at(self.text, self.at + "半".len());
        self.last_unit >= 100 && self.form == Form::Worded && !next.is_some_and(|c| chars::is(c, MEASURE) || c == '夜')
    }

    /// 三点五万: reads the digits after 点 and gives their number. Not 三点五十, a time of day.
    fn chinese_point(&mut self) -> Option<Option<u32>> {
        let Some(mut at) = chars::after(self.text, self.at, "点") else {
            return Some(None);
        };
        let first = at;
        let mut mantissa = 0u128;
        let mut decimals = 0;
        while let Some(c) = char_at(self.text, at) {
            let digit = match sign(c) {
                Sign::Digit(digit) if c != '两' => digit,
                Sign::Other if c.is_ascii_digit() => c as u8 - b'0',
                _ => break,
            };
            mantissa = mantissa.checked_mul(10)?.checked_add(digit.into())?;
            decimals += 1;
            if decimals > MOST_DIGITS {
                return None;
            }
            at += c.len_utf8();
        }
        let then = char_at(self.text, at);
        let clock = then.is_some_and(|c| "分刻几".contains(c) || matches!(sign(c), Sign::Unit(_) | Sign::Tens(_)))
            || (matches!(self.form, Form::Plain(_) | Form::Zeroed) && unit_at(self.text, at).is_none());
        if at == first || clock {
            return Some(None);
        }
        self.close_pending()?;
        let whole = self.total.plus(self.section)?;
        let shift = 10u128.checked_pow(decimals)?;
        let value = whole.low.checked_mul(shift)?.checked_add(mantissa)?;
        self.section = Bounds::default();
        self.pending = Some(Pending {
            bounds: Bounds::exact(value),
            digits: MOST_DIGITS,
        });
        self.at = at;
        Some(Some(decimals))
    }

    fn finish(self, start: usize, decimals: u32) -> Option<Numeral> {
        let value = self.total.plus(self.section)?;
        let big = if self.section.is_zero() && self.last_big != u64::MAX {
            self.last_big
        } else {
            1
        };
        Some(Numeral {
            span: start..self.at,
            low: decimal(value.low, decimals)?,
            high: decimal(value.high, decimals)?,
            vague: self.vague,
            form: self.form,
            decimals,
            scaled: self.scaled,
            units: self.units,
            big,
        })
    }
}

fn char_before_is(text: &str, at: usize) -> char {
    chars::char_before(text, at).unwrap_or(' ')
}

/// Two digits that people say for "some": neighbours, and 三五.
fn is_pair([first, second]: [u8; 2]) -> bool {
    first > 0 && (second == first + 1 || (first, second) == (3, 5))
}

/// The greatest power of ten that divides `value`: the step of its last digit.
fn place(value: u128) -> u64 {
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
