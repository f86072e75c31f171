//! What stands around a number: the words that announce it, the units and codes that make it something else.

use std::ops::Range;

use super::number::Script;
use super::text::{Text, ends_with_any, has_any, width};

/// Short numbers (95588) are easily something else, long ones seldom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Strictness {
    Short,
    Long,
}

/// Letters that may be glued to the front or the end of a number.
#[rustfmt::skip]
const GLUED: [&str; 22] = [
    "tel", "phone", "call", "mobile", "mob", "cell", "cel", "vx", "wx", "weixin", "wechat", "v",
    "q", "qq", "dh", "sj", "kf", "whatsapp", "email", "mail", "fax", "ext",
];
/// Words beside a number that one is meant to call.
#[rustfmt::skip]
const CALLING: [&str; 40] = [
    "拨", "致电", "来电", "回电", "去电", "请电", "电询", "电话", "热线", "专线", "咨询", "详询",
    "垂询", "询", "客服", "联系", "联络", "打", "投诉", "举报", "核实", "查询", "座机", "服务",
    "电信", "移动", "联通", "营业厅", "转人工", "市民", "政务", "反诈", "报警", "反馈", "协商",
    "tel", "call", "phone", "hotline", "whatsapp",
];
/// Words directly before a number that one is meant to call.
#[rustfmt::skip]
const LABELS: [&str; 30] = [
    "电话", "致电", "来电", "回电", "去电", "请电", "热线", "专线", "座机", "固话", "总机", "手机",
    "拨打", "拨", "回拨", "电联", "呼叫", "打", "客服", "号码", "whatsapp", "tel", "phone", "call",
    "过数至", "过数到", "转数快", "fps", "联络", "查询",
];
/// Characters before 号 that make a number something other than a telephone's.
const NUMBERED: &str =
    "单编水案工警货票证户卡列批序尾间牌别件保标型学书房桌座席串盘册税代员队挂叫议期订识运条文版次列箱";
/// The same before 单.
const SLIPS: &str = "订运工递保票发货";
/// Units of money behind a number of any length.
#[rustfmt::skip]
const MONEY: [&str; 20] = [
    "元", "块", "万", "亿", "角", "圆", "円", "¥", "千", "百", "十", "美金", "美元", "港币", "港元",
    "人民币", "日元", "rmb", "usd", "cny",
];
/// Units behind a short number.
const UNITS: &str = "人个次笔名份条件步股户家倍米里吨克字票张台套平度年月日天岁兆项位座辆支只级分公";
/// Words that begin like a unit.
#[rustfmt::skip]
const NOT_UNITS: [&str; 26] = [
    "人工", "人民", "人行", "个人", "次日", "天天", "天内", "度小满", "家人", "平安", "平台",
    "名下", "户名", "字节", "股份", "条款", "日常", "日前", "件事", "位于", "分机", "分期", "分行",
    "公司", "公安", "公积金",
];

/// A plus and a bracket before the first digit.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Opening {
    pub(super) plus: Option<usize>,
    bracket: Option<usize>,
}

/// What opens the number that begins at `start`: `(`, `+`, `(+`, `+(`.
pub(super) fn opening(text: Text<'_>, start: usize) -> Opening {
    let mut opening = Opening::default();
    let mut at = start;
    for _ in 0..2 {
        match text.byte_before(at) {
            b'(' if opening.bracket.is_none() => opening.bracket = Some(at - 1),
            b'+' if opening.plus.is_none() && is_calling_plus(text, at - 1) => {
                opening.plus = Some(at - 1);
            }
            _ => break,
        }
        at -= 1;
    }
    opening
}

/// `加+138…` and `v+138…` ask to add somebody.
fn is_calling_plus(text: Text<'_>, at: usize) -> bool {
    text.char_before(at)
        .is_none_or(|c| !c.is_ascii_alphanumeric() && c != '加')
}

/// The span with what opens it; a bracket only when it closes inside.
pub(super) fn enclose(text: Text<'_>, span: Range<usize>, opening: &Opening) -> Range<usize> {
    let plus = opening.plus.unwrap_or(span.start);
    let bracket = opening
        .bracket
        .filter(|&at| text.slice(at, span.end).contains(')'))
        .unwrap_or(span.start);
    plus.min(bracket)..span.end
}

/// The end of a number with its extension: 转801, -801, ext 897.
pub(super) fn extension(text: Text<'_>, end: usize, mobile: bool) -> usize {
    if mobile {
        return end;
    }
    let at = text.skip_spaces(end, 1);
    let words = ["转分机", "分机号", "分机", "转", "extension", "ext.", "ext", "-", "#"];
    let Some(word) = words.into_iter().find(|word| text.starts_with(at, word)) else {
        return end;
    };
    let mut from = at + word.len();
    while matches!(text.byte(from), b' ' | b':') && from < at + word.len() + 2 {
        from += 1;
    }
    let to = text.end_of(from, |b| b.is_ascii_digit());
    let short = (1..=5).contains(&(to - from));
    // `-801-` goes on as some other code, and 转3万元 is an amount.
    let ends = !text.is_alnum(to) && !matches!(text.byte(to), b'*' | b'-' | b'.') && !has_unit(text, to, &MONEY);
    if short && ends { to } else { end }
}

/// Nothing before the number makes it a part of something else.
pub(super) fn free_before(text: Text<'_>, start: usize, strictness: Strictness) -> bool {
    let Some(mark) = text.char_before(start) else {
        return true;
    };
    let at = start - mark.len_utf8();
    let short = strictness == Strictness::Short;
    match mark {
        'a'..='z' => announces(letters_before(text, start)),
        '0'..='9' | '*' | '#' | '=' | '@' | '$' | '¥' | '€' | '£' | '%' => false,
        '.' if text.byte_before(at).is_ascii_digit() => false,
        // A list of numbers goes on, a code of several parts does not.
        '-' | '_' | '–' if text.byte_before(at).is_ascii_digit() => digits_before(text, at) >= 7,
        '-' | '_' | '–' | '.' if text.byte_before(at).is_ascii_lowercase() => announces(letters_before(text, at)),
        // 三点一四…: a decimal.
        '点' if at >= 3 && text.spoken(start).is_some() => text.spoken(at - 3).is_none(),
        ':' if short && text.byte_before(at).is_ascii_digit() => false,
        ',' | '/' | '~' if short && text.byte_before(at).is_ascii_digit() => digits_before(text, at) >= 5,
        _ => true,
    }
}

/// Nothing behind the number makes it a part of something else, nor an amount.
pub(super) fn free_after(text: Text<'_>, end: usize, script: Script, strictness: Strictness) -> bool {
    let Some(mark) = text.char_at(end) else {
        return true;
    };
    let next = end + width(text.byte(end));
    let short = strictness == Strictness::Short;
    let glued = match mark {
        'a'..='z' => !GLUED.contains(&text.slice(end, text.end_of(end, |b| b.is_ascii_lowercase()))),
        '0'..='9' | '*' | '%' | '‰' | '℃' | '°' | '@' | '=' => true,
        '-' | '_' | '–' if text.is_digit(next) => text.end_of(next, |b| b.is_ascii_digit()) - next < 7,
        '.' | '·' | '-' | '_' => text.is_alnum(next),
        ':' | '~' => short && text.is_digit(next),
        ',' => short && text.end_of(next, |b| b.is_ascii_digit()) - next == 3,
        '点' => script == Script::Spoken,
        '分' => !begins_word(text, end),
        _ => false,
    };
    let counted = has_unit(text, end, &MONEY) || short && counts_something(text, end);
    !glued && !counted
}

fn has_unit(text: Text<'_>, end: usize, units: &[&str]) -> bool {
    let at = text.skip_spaces(end, 1);
    // One look at the first byte spares most comparisons.
    let first = text.byte(at);
    (first >= 0x80 || first.is_ascii_lowercase()) && units.iter().any(|unit| text.starts_with(at, unit))
}

fn counts_something(text: Text<'_>, end: usize) -> bool {
    let Some(unit) = text.char_at(end) else {
        return false;
    };
    let case = || text.char_at(end + 3).is_some_and(|c| "案民刑执初裁令判".contains(c));
    UNITS.contains(unit) && !begins_word(text, end) || unit == '号' && case()
}

/// What looks like a unit begins a word: 人工, 分机.
fn begins_word(text: Text<'_>, at: usize) -> bool {
    NOT_UNITS.iter().any(|word| text.starts_with(at, word))
}

/// A word of calling stands near the number.
pub(super) fn calling_nearby(text: Text<'_>, span: &Range<usize>) -> bool {
    has_any(text.before(span.start, 12), &CALLING) || has_any(text.after(span.end, 8), &CALLING)
}

/// A word of calling stands directly before the number.
pub(super) fn calling_before(text: Text<'_>, start: usize) -> bool {
    ends_with_any(label_before(text, start), &LABELS)
}

/// Marks or the ends of the text stand on both sides, as around a signature. Spaces do not count:
/// chats use them for commas.
pub(super) fn stands_alone(text: Text<'_>, span: &Range<usize>) -> bool {
    let mark = |c: char| !c.is_alphanumeric() && !c.is_whitespace();
    text.char_before(span.start).is_none_or(mark) && text.char_at(span.end).is_none_or(mark)
}

/// The words before a place, without what only leads over to it: colons, brackets, 为, 是.
pub(super) fn label_before(text: Text<'_>, start: usize) -> &str {
    let trimmed = text.before(start, 14).trim_end_matches(|c| {
        matches!(
            c,
            ' ' | ':'
                | '为'
                | '是'
                | '('
                | '['
                | '【'
                | '"'
                | '“'
                | '「'
                | '\''
                | '='
                | '→'
                | '.'
                | '☎'
                | '📞'
                | '-'
                | '請'
                | '请'
        )
    });
    trimmed
        .strip_suffix("号码")
        .filter(|rest| rest.ends_with(['电', '话', '机']))
        .unwrap_or(trimmed)
}

/// The words before the number say that it is something else: 订单号, 验证码, 尾号, 欠 …
pub(super) fn named_otherwise(text: Text<'_>, start: usize, strictness: Strictness) -> bool {
    let label = label_before(text, start);
    let mut words = label.chars().rev();
    let Some(last) = words.next() else {
        return false;
    };
    let before = words.next().unwrap_or(' ');
    let short = strictness == Strictness::Short;
    match last {
        // 合同号 is a contract's number, 微信同号 a telephone's.
        '号' if before == '同' => words.next() == Some('合'),
        '号' => NUMBERED.contains(before) || short && "账帐".contains(before),
        '码' if before == '号' => words.next().is_some_and(|c| NUMBERED.contains(c) || c == '同'),
        '码' => before != '扫',
        '单' => SLIPS.contains(before),
        '位' => "四几三六两".contains(before),
        '同' => before == '合',
        '议' => before == '协',
        '证' => "份凭".contains(before),
        '格' => before == '价',
        '卡' => "行用款".contains(before),
        '编' => before == '政' || before == '邮',
        '票' | '第' | '令' | '牌' | '额' | '案' => true,
        '次' => "批车班".contains(before),
        '列' => before == '序',
        '数' => before == '尾',
        '间' => before == '房',
        '件' => "案快邮证".contains(before),
        '金' => short || "本租押佣资".contains(before),
        '分' => before == '积',
        '息' => before == '利',
        '款' => short && "借欠货尾".contains(before),
        '初' | '终' | '执' | '欠' | '借' | '共' | '约' | '达' | '价' | '超' | '逾' => short,
        'a'..='z' | '#' | '№' => names_a_code(label),
        _ => false,
    }
}

fn names_a_code(label: &str) -> bool {
    let word = label.rsplit(|c: char| !c.is_ascii_lowercase()).next().unwrap_or("");
    let codes = [
        "no", "id", "sn", "order", "imei", "code", "otp", "pin", "uid", "ref", "isbn", "rmb", "cny", "usd", "hkd",
        "rp", "invoice", "ticket", "txn", "version", "ver",
    ];
    label.ends_with(['#', '№']) || codes.contains(&word)
}

fn announces(word: &str) -> bool {
    GLUED.contains(&word)
}

/// The letters before a place; nothing when digits are among them, as in `hq2024`.
fn letters_before(text: Text<'_>, end: usize) -> &str {
    let window = text.before(end, 6);
    let start = window
        .rfind(|c: char| !c.is_ascii_lowercase())
        .map_or(0, |i| i + window[i..].chars().next().map_or(0, char::len_utf8));
    if window[..start].ends_with(|c: char| c.is_ascii_digit()) {
        ""
    } else {
        &window[start..]
    }
}

fn digits_before(text: Text<'_>, end: usize) -> usize {
    text.before(end, 6).bytes().rev().take_while(u8::is_ascii_digit).count()
}
