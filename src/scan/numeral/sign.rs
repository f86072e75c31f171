//! What single characters say in a numeral.

use super::chars::char_at;

const WAN: u64 = 10_000;
const YI: u64 = 100_000_000;
pub(super) const ZHAO: u64 = 1_000_000_000_000;

/// What one character says in a numeral.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
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

pub(super) fn sign(c: char) -> Sign {
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
pub(super) fn unit_at(text: &str, at: usize) -> Option<(Sign, usize)> {
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
