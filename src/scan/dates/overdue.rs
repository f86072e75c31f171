//! How long a debt has been overdue.

use std::ops::Range;

use super::super::numeral::chars::{LATE, after, after_any, back, char_at, char_before, find, skip_spaces};
use super::duration;

/// More days than any debt is collected for: longer is a misreading.
const MOST: u32 = 20_000;

/// Words that say a payment is late, longer ones first.
const WORDS: &[&str] = &[
    "逾期", "超期", "超时", "过期", "拖欠", "拖了", "拖着", "拖", "晚了", "晚还", "晚交", "迟了", "迟还", "迟交",
    "余期", "逾其", "愈期", "逾", "超过", "超了", "超", "欠费", "欠租", "欠款", "欠薪", "欠了", "欠息", "违约", "未还",
    "没还", "不还", "未缴", "没交", "不交", "未付", "overdue",
];

/// Those of the words that only count after a time: 三个月没还.
const UNPAID: &[&str] = &["未还", "没还", "不还", "未缴", "没交", "不交", "未付"];

/// Words that may stand between such a word and the time.
const BETWEEN: &[&str] = &[
    "天数",
    "时间",
    "时长",
    "日数",
    "超过",
    "将近",
    "大约",
    "已经",
    "已达",
    "达到",
    "累计",
    "长达",
    "整整",
    "足足",
    "合计",
    "共计",
    "未还款",
    "未还",
    "未缴",
    "还款日",
    "应还日",
    "约定",
    "期限",
    "账期",
    "到期日",
    "大概",
    "差不多",
    "连续",
    "不还",
    "没还",
    "没交",
    "了",
    "已",
    "达",
    "超",
    "近",
    "快",
    "约",
    "共",
    "为",
    "有",
    "满",
    "逾",
    "都",
    "是",
    "到",
    "第",
    "您",
    "的",
    "也",
    " ",
    ":",
    "by",
    "for",
    "(",
];

/// Where a message says how long the debt has been overdue, and how many days that is.
///
/// The greatest where there are several. Months count 30 days and years 365; an uncertain time
/// (三十余天) counts its least, an open one (多日) nothing. What is only threatened for a later time
/// (如逾期30天) is left out.
///
/// ```text
/// 您的借款已逾期37天 → 逾期37天, 37
/// ```
#[must_use]
pub fn overdue_days(text: &str) -> Option<(Range<usize>, u32)> {
    let mut longest: Option<(Range<usize>, u32)> = None;
    let mut at = 0;
    while let Some(start) = find(text, at, LATE) {
        let Some(end) = after_any(text, start, WORDS) else {
            at = start + char_at(text, start).map_or(1, char::len_utf8);
            continue;
        };
        at = end;
        let found = following(text, start, end).or_else(|| preceding(text, start, end));
        let Some((span, days)) = found else { continue };
        let longer = longest.as_ref().is_none_or(|(_, most)| days > *most);
        if (1..=MOST).contains(&days) && longer && !is_condition(text, start) {
            longest = Some((span, days));
        }
    }
    longest
}

/// The time after the word that ends at `end`.
fn following(text: &str, start: usize, end: usize) -> Option<(Range<usize>, u32)> {
    // 186天未还: the time stands before. 未还3天 is no way to put it.
    if UNPAID.contains(&text.get(start..end)?) {
        return None;
    }
    let mut at = end;
    let mut counter = false;
    for _ in 0..8 {
        let Some(next) = after_any(text, at, BETWEEN) else {
            break;
        };
        counter |= text.get(at..next).is_some_and(|word| word.ends_with('数'));
        at = next;
    }
    if let Some(length) = duration::read(text, at) {
        let weak = matches!(text.get(start..end), Some("超过" | "超" | "逾" | "欠款" | "拖"));
        // 超过30天 and 拖一天 alone are rules; 超过还款日12天 and 拖半年 facts.
        let alone = weak && at == end && !is_told(text, start, length.days);
        return (!alone).then_some((start..length.end, length.days));
    }
    // 逾期天数:12
    let bare = duration::count(text, at).filter(|_| counter)?;
    let number_ends = char_at(text, bare.end).is_none_or(|c| !c.is_ascii_alphanumeric() && c != '.');
    number_ends.then_some((start..bare.end, bare.low))
}

/// Whether 已 or the like before the word, or a long time, says that it has happened.
fn is_told(text: &str, start: usize, days: u32) -> bool {
    char_before(text, start).is_some_and(|c| "已经".contains(c)) || (after(text, start, "拖").is_some() && days > 7)
}

/// The time before the word: 12 days overdue, 37天逾期.
fn preceding(text: &str, start: usize, end: usize) -> Option<(Range<usize>, u32)> {
    const WINDOW: usize = 10;
    let word = text.get(start..end)?;
    if !UNPAID.contains(&word) && !matches!(word, "逾期" | "overdue") {
        return None;
    }
    let head = back(text, 0, start);
    let mut found = None;
    for (at, _) in head.char_indices().rev().take(WINDOW) {
        let ends = duration::read(text, at).filter(|length| skip_spaces(text, length.end) == start);
        match ends {
            // The longest stretch that ends here: 37天, not 7天.
            Some(length) => {
                let head = back(text, 0, at);
                let rule = head.ends_with("超过") && !head.ends_with("已超过");
                found = (!rule).then_some((at..end, length.days));
            }
            None if found.is_some() => break,
            None => {}
        }
    }
    found
}

/// Whether the clause speaks of what would be: 如逾期30天, 一旦逾期超过90天.
fn is_condition(text: &str, start: usize) -> bool {
    const REACH: usize = 8;
    let head = back(text, 0, start);
    let near = head
        .char_indices()
        .rev()
        .take(REACH)
        .take_while(|(_, c)| !",。;!?\n".contains(*c))
        .last()
        .map_or(start, |(at, _)| at);
    let near = back(text, near, start);
    ["如", "若", "一旦", "要是", "假如", "凡", "不要", "避免", "以免", "防止"]
        .iter()
        .any(|word| near.contains(word))
}
