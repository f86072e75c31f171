//! A number with its currency and its 角 and 分, or two of them with 到 between.

use std::ops::Range;

use rust_decimal::Decimal;

use super::super::numeral::chars::{
    CLAUSE, NUMERAL, SUM_NEXT, after, after_any, back, char_at, char_before, counts_things, has, is, is_han,
    skip_spaces,
};
use super::super::numeral::{self, Form, Numeral};
use super::currency::{self, Currency, Dollar};

/// A sum as it is written, before its context is judged.
#[derive(Debug, Clone)]
pub(super) struct Quantity {
    /// Bytes, with the names of the currency.
    pub(super) span: Range<usize>,
    pub(super) low: Decimal,
    pub(super) high: Decimal,
    pub(super) currency: Option<Currency>,
    /// The numeral, the first one of a range.
    pub(super) numeral: Numeral,
    /// 几十, 多, 余: the number itself is inexact.
    pub(super) vague: bool,
}

impl Quantity {
    /// Whether two different ends are stated: 3千到5千, 三五百.
    pub(super) fn is_range(&self) -> bool {
        !self.vague && self.low != self.high
    }
}

/// Reads the sum around `numeral`; a currency before it must begin at `floor` or later.
pub(super) fn read(text: &str, floor: usize, numeral: Numeral, dollar: &Dollar) -> Quantity {
    read_as(text, floor, numeral, dollar, false)
}

/// As [`read`]; `sure` says that 块 or 毛 can only be money here, as after 五毛到.
fn read_as(text: &str, floor: usize, numeral: Numeral, dollar: &Dollar, sure: bool) -> Quantity {
    let before = currency::before(text, floor, numeral.span.start, dollar);
    let start = before.map_or(numeral.span.start, |(_, start)| start);
    let mut quantity = Quantity {
        span: start..numeral.span.end,
        low: numeral.low,
        high: numeral.high,
        currency: before.map(|(currency, _)| currency),
        vague: numeral.vague,
        numeral,
    };
    if char_at(text, quantity.span.end).is_some_and(|c| is(c, SUM_NEXT))
        && let Some(tail) = Tail::read(text, floor, &quantity, dollar, sure)
    {
        quantity.span.end = tail.end;
        quantity.low = tail.apply(quantity.low);
        quantity.high = tail.apply(quantity.high);
        // "hk$500元" stays Hong Kong dollars: 元 is the general word for the unit.
        if tail.currency != Currency::Cny || quantity.currency.is_none() {
            quantity.currency = Some(tail.currency);
        }
        if tail.more {
            quantity.vague = true;
            quantity.high = quantity.high.saturating_add(Decimal::ONE);
        }
    }
    // Rp 612.000: the point stands between thousands.
    let thousands = matches!(quantity.currency, Some(Currency::Idr | Currency::Vnd));
    if thousands && quantity.numeral.decimals == 3 && !quantity.numeral.scaled {
        quantity.low = quantity.low.saturating_mul(Decimal::ONE_THOUSAND).normalize();
        quantity.high = quantity.low;
    }
    quantity
}

/// What follows the number.
struct Tail {
    end: usize,
    currency: Currency,
    /// The number counts units of this many 分 (1 yuan = 100).
    unit: i64,
    /// 角 and 分 after it, in 分.
    cents: i64,
    /// 三块多.
    more: bool,
}

impl Tail {
    fn read(text: &str, floor: usize, quantity: &Quantity, dollar: &Dollar, sure: bool) -> Option<Self> {
        let at = skip_spaces(text, quantity.span.end);
        let c = char_at(text, at)?;
        let end = at + c.len_utf8();
        let numeral = &quantity.numeral;
        match c {
            '元' if is_yuan(text, end, numeral) => Some(yuan(text, end, numeral, dollar)),
            '圆' if !"满形桌心圈梦周盘规柱锥弧通舞领".contains(next(text, end)) => {
                Some(yuan(text, end, numeral, dollar))
            }
            '块' if sure || is_kuai(text, floor, end, quantity) => Some(kuai(text, end, numeral)),
            '毛' if sure || is_mao(text, end, numeral) => Some(jiao(text, end)),
            '角' if is_jiao(text, end, numeral) => Some(jiao(text, end)),
            '分' => fen(text, end, numeral),
            '整' if quantity.currency == Some(Currency::Cny) && !is_han(next(text, end)) => {
                Some(Self::plain(end, Currency::Cny))
            }
            _ => {
                let (currency, end) = currency::after_number(text, at, dollar)?;
                Some(Self::plain(end, currency))
            }
        }
    }

    fn plain(end: usize, currency: Currency) -> Self {
        Self {
            end,
            currency,
            unit: 100,
            cents: 0,
            more: false,
        }
    }

    fn apply(&self, value: Decimal) -> Decimal {
        if self.unit == 100 && self.cents == 0 {
            return value;
        }
        let unit = Decimal::new(self.unit, 2).normalize();
        let cents = Decimal::new(self.cents, 2).normalize();
        value.saturating_mul(unit).saturating_add(cents).normalize()
    }
}

fn next(text: &str, at: usize) -> char {
    char_at(text, at).unwrap_or(' ')
}

/// Whether 元 before `end` is the unit and begins no other word: 元旦, 元宵, 二元一次方程.
fn is_yuan(text: &str, end: usize, numeral: &Numeral) -> bool {
    let following = next(text, end);
    let then = next(text, end + following.len_utf8());
    let word = match following {
        '旦' | '宵' | '素' | '朗' | '宝' | '店' | '曲' | '复' => true,
        '一' | '二' => then == '次',
        '次' => then == '方' || is(then, NUMERAL) || numeral.form == Form::Digits,
        '化' | '论' | '组' | '桥' | '里' | '区' | '函' => numeral.form == Form::Digits,
        '宇' => then == '宙',
        // 元月 and 元年 are dates, but 元月供 and 元年费 are prices.
        '月' => is(then, NUMERAL) || matches!(then, '份' | '初' | '底'),
        '年' => !matches!(
            then,
            '费' | '化' | '利' | '租' | '付' | '薪' | '终' | '息' | '货' | '会'
        ),
        _ => false,
    };
    !word && !is_phone(numeral)
}

/// An eleven-digit number that begins like a mobile number: 13800000000元旦快乐.
fn is_phone(numeral: &Numeral) -> bool {
    let mobile = || numeral.low >= Decimal::from(13_000_000_000_i64) && numeral.low < Decimal::from(20_000_000_000_i64);
    numeral.form == Form::Plain(11) && mobile()
}

/// 元 and what belongs to it: 元钱, 元整, 元人民币, 元五角.
fn yuan(text: &str, end: usize, numeral: &Numeral, dollar: &Dollar) -> Tail {
    let mut tail = Tail::plain(end, Currency::Cny);
    if let Some(end) = after(text, end, "钱") {
        tail.end = end;
        return tail;
    }
    tail.read_cents(text, numeral, false);
    if let Some((currency, end)) = currency::after_yuan(text, tail.end, dollar) {
        tail.end = end;
        tail.currency = currency;
    }
    tail.read_rest(text);
    tail
}

fn kuai(text: &str, end: usize, numeral: &Numeral) -> Tail {
    let mut tail = Tail::plain(end, Currency::Cny);
    tail.read_cents(text, numeral, true);
    tail.read_rest(text);
    if let Some(end) = after(text, tail.end, "钱") {
        tail.end = end;
    }
    tail
}

impl Tail {
    /// 整, 正 and 多 behind the unit.
    fn read_rest(&mut self, text: &str) {
        let c = next(text, self.end);
        let end = self.end + c.len_utf8();
        let then = next(text, end);
        match c {
            '整' if !"理体个合改顿天夜年月数".contains(then) => self.end = end,
            '正' if !"常在确式规好值当月".contains(then) => self.end = end,
            '多' if self.cents == 0 && !"头少次家久".contains(then) => {
                self.end = end;
                self.more = true;
            }
            _ => {}
        }
    }

    /// 五角三分, 零五分, 毛 for 角; a bare digit (十五块八) is 角, after 元 only at a clause's end.
    fn read_cents(&mut self, text: &str, numeral: &Numeral, spoken: bool) {
        if numeral.decimals > 0 || numeral.vague {
            return;
        }
        let at = after(text, self.end, "零").unwrap_or(self.end);
        if has(text, at, "半") && spoken {
            let end = at + "半".len();
            if !counts_things(text, end) && next(text, end) != '夜' {
                self.cents = 50;
                self.end = end;
            }
            return;
        }
        let Some((digit, end)) = digit(text, at) else {
            return;
        };
        let unit = next(text, end);
        match unit {
            '角' | '毛' => {
                self.cents = digit * 10;
                self.end = end + unit.len_utf8();
                self.read_fen(text);
            }
            '分' if is_fen(text, end + unit.len_utf8()) => {
                self.cents = digit;
                self.end = end + unit.len_utf8();
            }
            _ if ends_sum(text, end, digit, spoken) => {
                self.cents = digit * 10;
                self.end = end;
            }
            _ => {}
        }
    }

    /// The 分 after 角; after 毛 its unit may be missing (两毛五).
    fn read_fen(&mut self, text: &str) {
        let at = after(text, self.end, "零").unwrap_or(self.end);
        let Some((digit, end)) = digit(text, at) else {
            return;
        };
        let unit = next(text, end);
        if unit == '分' && is_fen(text, end + unit.len_utf8()) {
            self.cents += digit;
            self.end = end + unit.len_utf8();
        } else if ends_sum(text, end, digit, true) {
            self.cents += digit;
            self.end = end;
        }
        if let Some(end) = after(text, self.end, "钱") {
            self.end = end;
        }
    }
}

/// One digit, Arabic or Chinese, that no other digit or unit continues.
fn digit(text: &str, at: usize) -> Option<(i64, usize)> {
    let c = char_at(text, at)?;
    let value = match c {
        '0'..='9' => i64::from(c as u8 - b'0'),
        '一' | '壹' => 1,
        '二' | '贰' | '两' => 2,
        '三' | '叁' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        '零' | '〇' => 0,
        _ => return None,
    };
    let end = at + c.len_utf8();
    let more = char_at(text, end).is_some_and(|c| is(c, NUMERAL));
    (!more).then_some((value, end))
}

/// Whether 分 before `end` is a hundredth of a yuan: not 分期, 分钟, 分之, 分行.
fn is_fen(text: &str, end: usize) -> bool {
    !"期钟之行数公局店摊批别手红少都也不没".contains(next(text, end))
}

/// Whether a bare digit that ends at `end` is the 角 of a sum, and counts nothing else.
fn ends_sum(text: &str, end: usize, digit: i64, spoken: bool) -> bool {
    let Some(c) = char_at(text, end) else {
        return true;
    };
    if is(c, CLAUSE) {
        // 3元5.8折 has no end here: the point makes another number.
        return true;
    }
    let free = !c.is_ascii_alphanumeric() && !".:-/%折".contains(c) && !counts_things(text, end);
    // 一 begins many words: 五块一起, 十块一样.
    spoken && free && (digit != 1 || !is_han(c))
}

/// Whether 块 before `end` is the unit and counts no things: 两块地, 一块去.
fn is_kuai(text: &str, floor: usize, end: usize, quantity: &Quantity) -> bool {
    let numeral = &quantity.numeral;
    let following = next(text, end);
    if following == '钱' || quantity.currency.is_some() {
        return true;
    }
    if "砖板地田屏石玉木冰肉布牌瓦土表糖电硬肌骨儿状蛋豆面饼皮铁铜".contains(following) {
        return false;
    }
    if digit(text, end).is_some_and(|(digit, end)| "毛角".contains(next(text, end)) || ends_sum(text, end, digit, true))
    {
        return true;
    }
    if is_whole_text(text, quantity.span.start, end) {
        return true;
    }
    let large = numeral.scaled || numeral.low >= Decimal::from(20);
    let before = char_before(text, quantity.span.start);
    let paid = quantity.span.start > floor && before.is_some_and(|c| "欠还借给转付差交花省赚扣收要才就".contains(c));
    let alone = !is_han(following) || "的了吧呢吗啊呀都也还没给我你您他左以上多整半不到至".contains(following);
    large || paid || (alone && numeral.low != Decimal::ONE)
}

/// Whether a text is nothing but the sum: there 一块 and 三毛 mean money.
fn is_whole_text(text: &str, start: usize, end: usize) -> bool {
    start == 0 && end == text.len()
}

/// Whether 毛 before `end` is a tenth of a yuan: 八毛, but not 三毛 the writer, 一毛不拔.
fn is_mao(text: &str, end: usize, numeral: &Numeral) -> bool {
    let following = next(text, end);
    if following == '钱' {
        return !is_idiom(text, end + following.len_utf8(), numeral);
    }
    let small = numeral.low < Decimal::from(100);
    let digits = digit(text, end).is_some_and(|(digit, end)| has(text, end, "分") || ends_sum(text, end, digit, true));
    if is_whole_text(text, numeral.span.start, end) {
        return small;
    }
    let name = numeral.low == Decimal::from(3) || numeral.low == Decimal::ONE;
    small && (digits || (!name && (!is_han(following) || "的了吧左以上都也每到至".contains(following))))
}

/// Whether 角 before `end` is a tenth of a yuan: 五角钱, 八角三分, but not 五角大楼, 三角债.
fn is_jiao(text: &str, end: usize, numeral: &Numeral) -> bool {
    let following = next(text, end);
    let small = numeral.low < Decimal::from(100);
    let fen = digit(text, end).is_some_and(|(_, end)| has(text, end, "分"));
    let formal = matches!(numeral.form, Form::Plain(_) | Form::Digits) && !is_han(following);
    small && (fen || matches!(following, '钱' | '整') || formal)
}

fn jiao(text: &str, end: usize) -> Tail {
    let mut tail = Tail {
        unit: 10,
        ..Tail::plain(end, Currency::Cny)
    };
    if let Some(end) = after(text, end, "钱").or(after(text, end, "整")) {
        tail.end = end;
    } else {
        tail.read_fen(text);
    }
    tail
}

/// 五分钱. A bare 分 is a point, a minute or a part.
fn fen(text: &str, end: usize, numeral: &Numeral) -> Option<Tail> {
    let end = after(text, end, "钱")?;
    let small = numeral.low < Decimal::from(100);
    (small && !is_idiom(text, end, numeral)).then(|| Tail {
        unit: 1,
        ..Tail::plain(end, Currency::Cny)
    })
}

/// 一分钱都不少, 一毛钱关系都没有: a way to say "nothing".
fn is_idiom(text: &str, end: usize, numeral: &Numeral) -> bool {
    let before = back(text, 0, numeral.span.start);
    let denied = before.chars().rev().take(3).any(|c| "不没别无".contains(c));
    let limit = before.ends_with("不到") || before.ends_with("不足");
    numeral.low == Decimal::ONE && ("都也没不关一".contains(next(text, end)) || (denied && !limit))
}

/// Joins `first` with the sum after a connecting word, if they make a range.
pub(super) fn join(text: &str, first: &Quantity, dollar: &Dollar) -> Option<Quantity> {
    if first.low != first.high || first.numeral.form == Form::Zeroed {
        return None;
    }
    let (link, at) = connector(text, first.span.end)?;
    let start = at + sign_length(text, at);
    let numeral = numeral::at(text, start)?;
    if numeral.form == Form::Zeroed || numeral.low != numeral.high {
        return None;
    }
    let second = read_as(text, at, numeral, dollar, first.currency.is_some());
    let end = second.span.end;
    let counted = counts_things(text, end) || has(text, end, ":") || is_phone(&second.numeral);
    let number_after = has(text, end, "-") && second.currency.is_none();
    if second.currency.is_none() && (counted || number_after) {
        return None;
    }
    let low = shared_unit(first, &second);
    let linked = match link {
        Link::To => true,
        // 五万元以上五十万元以下: how a law names a range.
        Link::Above => after_any(text, end, &["以下", "以内"]).is_some(),
        // 三、五百: a single digit that shares the unit.
        Link::Comma => first.numeral.form == Form::Digits && low != first.low,
        Link::And => has(text, end, "之间"),
    };
    if !linked || low >= second.high {
        return None;
    }
    Some(Quantity {
        span: first.span.start..end,
        low,
        high: second.high,
        currency: second.currency.filter(|_| first.currency.is_none()).or(first.currency),
        numeral: Numeral {
            scaled: first.numeral.scaled || second.numeral.scaled,
            ..first.numeral.clone()
        },
        vague: false,
    })
}

enum Link {
    To,
    And,
    Above,
    Comma,
}

/// A word between the ends of a range, after an optional (含), and where the second end begins.
fn connector(text: &str, end: usize) -> Option<(Link, usize)> {
    char_at(text, end).filter(|c| is(*c, SUM_NEXT))?;
    let at = skip_spaces(text, after(text, end, "(含)").unwrap_or(end));
    let first = char_at(text, at)?;
    let link = match first {
        '至' | '到' | '-' | '~' | '–' | '—' | '―' | '〜' | '→' => Link::To,
        '和' | '与' => Link::And,
        '、' => Link::Comma,
        '以' => return after(text, at, "以上").map(|at| (Link::Above, at)),
        _ => return None,
    };
    let mut at = at + first.len_utf8();
    if matches!(first, '-' | '~' | '–' | '—' | '―') {
        for _ in 0..2 {
            at = after(text, at, first.encode_utf8(&mut [0; 4])).unwrap_or(at);
        }
    }
    Some((link, skip_spaces(text, at)))
}

/// Length of a currency sign at `at`, for ¥3000-¥5000.
fn sign_length(text: &str, at: usize) -> usize {
    match char_at(text, at) {
        Some(c @ ('¥' | '$' | '€' | '£')) => c.len_utf8(),
        _ => 0,
    }
}

/// The first end with the unit it shares with the second: 3 of 3到5万 is 30000.
///
/// A bare number takes all units (两到三千, 一到两百万), one with units of its own the 万 or 亿
/// (十八至三十万, 一千到两千万), and neither if that passes the second end (8500到3万).
fn shared_unit(first: &Quantity, second: &Quantity) -> Decimal {
    let own = &first.numeral;
    if first.currency.is_some() && first.span.start == own.span.start || own.big > 1 {
        return first.low;
    }
    let fitting = |units: u64| {
        first
            .low
            .checked_mul(Decimal::from(units))
            .filter(|low| units > 1 && *low < second.low)
            .map(|low| low.normalize())
    };
    let bare = matches!(own.form, Form::Plain(_) | Form::Digits);
    let all = second.numeral.units.filter(|_| bare);
    all.and_then(fitting)
        .or_else(|| fitting(second.numeral.big))
        .unwrap_or(first.low)
}
