//! The reader behind [`super::at`]: one character after another, never back.

use super::bounds::Bounds;
use super::chars::{self, MEASURE, char_at, has};
use super::digits::{self, Arabic, MOST_DIGITS, Run, arabic, decimal, place};
use super::sign::{Sign, sign, unit_at};
use super::{Form, Numeral};

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

/// Idioms for "about a hundred" and so on, with what they range over.
const ABOUT: [(&str, u64, u64); 6] = [
    ("百八十", 80, 100),
    ("百儿八十", 80, 100),
    ("千八百", 800, 1000),
    ("千儿八百", 800, 1000),
    ("万八千", 8000, 10_000),
    ("万儿八千", 8000, 10_000),
];

/// The numeral of such an idiom.
fn about(text: &str, start: usize) -> Option<Numeral> {
    let (word, low, high) = ABOUT.iter().find(|(word, _, _)| has(text, start, word))?;
    Some(Numeral {
        span: start..start + word.len(),
        low: (*low).into(),
        high: (*high).into(),
        vague: true,
        form: Form::Worded,
        decimals: 0,
        scaled: true,
        units: None,
        big: 1,
    })
}

/// Reads a numeral that begins with a Chinese character.
pub(super) fn chinese(text: &str, start: usize) -> Option<Numeral> {
    about(text, start).or_else(|| Reader::new(text, start).worded(start))
}

/// Reads on after the Arabic digits `number`, which begin at `start`.
pub(super) fn mixed(text: &str, start: usize, number: &Arabic, form: Form) -> Option<Numeral> {
    let mut reader = Reader::new(text, number.end);
    reader.form = form;
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
        if let Some(decimals) = self.chinese_point() {
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
                let bounds = Bounds::exact(u128::from(tens));
                self.take(Pending { bounds, digits: 1 }, end);
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
    fn give_back(&mut self) {
        if self.pending.take().is_some() {
            self.at = self.pending_at;
        }
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
            self.give_back();
            return Some(false);
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
        let Some(run) = Run::read(self.text, self.at) else {
            return false;
        };
        let inside = self.is_begun();
        if inside && run.zeros > 0 {
            if run.significant() == 0 && !self.number_follows(run.end) {
                return false;
            }
            self.last_unit = 1;
            if run.significant() == 0 {
                self.at = run.end;
                return true;
            }
        }
        let pair = run.pair().filter(|_| self.takes_pair(run.end));
        let too_many = run.significant() > 1 && pair.is_none();
        let foreign = run.significant() == 1 && self.is_counted(run.end);
        if inside && (too_many || foreign) {
            return false;
        }
        let (bounds, digits) = match pair {
            Some((low, high)) => {
                let (low, high) = (low.into(), high.into());
                (Bounds { low, high }, 1)
            }
            None => (Bounds::exact(run.value), run.digits),
        };
        self.take(Pending { bounds, digits }, run.end);
        true
    }

    /// Whether anything has been read.
    fn is_begun(&self) -> bool {
        self.numbers > 0 || !self.section.is_zero() || !self.total.is_zero()
    }

    /// Whether the 零 before `end` leads on: 一千零十, 2万零50.
    fn number_follows(&self, end: usize) -> bool {
        matches!(unit_at(self.text, end), Some((Sign::Unit(_), _)))
            || char_at(self.text, end).is_some_and(|c| c.is_ascii_digit())
    }

    /// Takes a number that ends at `end` and waits for its unit.
    fn take(&mut self, number: Pending, end: usize) {
        self.pending = Some(number);
        self.pending_at = self.at;
        self.numbers += 1;
        self.at = end;
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
        let bounds = Bounds::exact(number.mantissa);
        self.take(Pending { bounds, digits }, number.end);
        true
    }

    /// 几 and 数: some, from one to ten of the unit.
    fn several(&mut self, c: char, end: usize) -> Option<bool> {
        let next = unit_at(self.text, end);
        match next {
            Some((Sign::Unit(by), _)) if by < self.ceiling => {}
            Some((Sign::Unit(_), _)) => return Some(false),
            Some((Sign::Big(_), _)) if self.numbers == 0 && self.section.is_zero() => {}
            _ if c == '几' && !self.section.is_zero() => return self.uncertain_end(end),
            _ if c == '几' && self.numbers == 0 && self.section.is_zero() => {}
            _ => return Some(false),
        }
        let number = Pending {
            bounds: Bounds { low: 1, high: 10 },
            digits: 2,
        };
        self.take(number, end);
        self.vague = true;
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
        match unit_at(self.text, self.past_space()) {
            Some((Sign::Big(by), end)) if !self.section.is_zero() => self.big(by, end)?,
            _ => return Some(false),
        };
        Some(false)
    }

    /// Takes 多, 余, 来 or 把 if it belongs to the number and begins no word of its own.
    fn vague_word(&mut self) -> bool {
        // 50 余 万元
        let at = self.past_space();
        let Some(c) = char_at(self.text, at) else {
            return false;
        };
        let end = at + c.len_utf8();
        let next = char_at(self.text, end).unwrap_or(' ');
        let belongs = match c {
            '多' => !matches!(next, '头' | '少' | '久' | '方' | '家'),
            '余' => !matches!(next, '额' | '款' | '下' | '期' | '生' | '地' | '量' | '债'),
            '来' => matches!(next, '万' | '亿' | '块' | '元' | '个' | '天' | '岁'),
            '把' => self.form == Form::Bare && matches!(next, '块' | '元' | '个'),
            _ => false,
        };
        if belongs && (self.is_begun() || self.pending.is_some()) {
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

    /// Takes the decimals of 三点五万 and gives their number. Not those of 三点五十, a time of day.
    fn chinese_point(&mut self) -> Option<u32> {
        let (mantissa, decimals, end) = digits::after_point(self.text, self.at)?;
        let clock = char_at(self.text, end)
            .is_some_and(|c| matches!(c, '分' | '刻' | '几') || matches!(sign(c), Sign::Unit(_) | Sign::Tens(_)));
        // 12点30 is a time; 3点5万 can only be a number.
        let figures = matches!(self.form, Form::Plain(_) | Form::Zeroed);
        if clock || (figures && unit_at(self.text, end).is_none()) {
            return None;
        }
        let pending = self
            .pending
            .map_or(Some(Bounds::default()), |p| self.scale_pending(p))?;
        let whole = self.total.plus(self.section)?.plus(pending)?;
        let shift = 10u128.checked_pow(decimals)?;
        let value = whole.low.checked_mul(shift)?.checked_add(mantissa)?;
        self.section = Bounds::default();
        self.pending = Some(Pending {
            bounds: Bounds::exact(value),
            digits: MOST_DIGITS,
        });
        self.at = end;
        Some(decimals)
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
