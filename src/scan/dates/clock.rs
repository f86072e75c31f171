//! Times of day, which only lengthen a date: 18点, 下午三点半, 23:59:59, 下班.

use super::super::numeral::chars::{after, after_any, char_at, is_han, skip_spaces};
use super::duration::count;

/// Parts of the day by their first character.
fn parts(first: char) -> &'static [&'static str] {
    match first {
        '凌' => &["凌晨"],
        '清' => &["清晨"],
        '早' => &["早上", "早晨", "早"],
        '上' => &["上午"],
        '中' => &["中午"],
        '正' => &["正午"],
        '下' => &["下午"],
        '傍' => &["傍晚"],
        '晚' => &["晚上", "晚间", "晚"],
        '夜' => &["夜间", "夜里"],
        '半' => &["半夜"],
        '午' => &["午夜", "午后"],
        _ => &[],
    }
}

/// Where the time of day that may stand at `at` ends; `at` itself without one.
pub(super) fn skip(text: &str, at: usize) -> usize {
    let spaced = after(text, skip_spaces(text, at), "的").unwrap_or(skip_spaces(text, at));
    let part = part(text, spaced);
    let time = time(text, skip_spaces(text, part.unwrap_or(spaced)));
    if let Some(end) = time {
        return range_end(text, end).unwrap_or(end);
    }
    if let Some(end) = after_any(text, spaced, &["下班", "营业时间", "零点", "结束"]) {
        return end;
    }
    part.unwrap_or(at)
}

/// A time that begins at `at`, and where it ends.
pub(super) fn time(text: &str, at: usize) -> Option<usize> {
    let at = after_any(text, at, &["t", "-"]).unwrap_or(at);
    let hour = count(text, at).filter(|hour| hour.low <= 24)?;
    match char_at(text, hour.end)? {
        ':' if hour.digits > 0 => digital(text, hour.end),
        '点' | '时' => Some(spoken(text, hour.end + "点".len())),
        _ => None,
    }
}

/// `:59:59` after the hour.
fn digital(text: &str, at: usize) -> Option<usize> {
    let minute = count(text, at + 1).filter(|minute| minute.digits == 2 && minute.low < 60)?;
    let seconds = after(text, minute.end, ":")
        .and_then(|at| count(text, at))
        .filter(|second| second.digits == 2 && second.low < 60);
    let end = seconds.map_or(minute.end, |second| second.end);
    Some(after_any(text, end, &["时", "分"]).unwrap_or(end))
}

/// 半, 整, 钟, 三十分, 一刻 after 点; where the time ends.
fn spoken(text: &str, at: usize) -> usize {
    if let Some(end) = after_any(text, at, &["半", "整", "钟", "正", "一刻", "三刻", "多"]) {
        return end;
    }
    let at = after(text, at, "零").unwrap_or(at);
    let Some(minute) = count(text, at).filter(|minute| minute.low < 60) else {
        return at;
    };
    if let Some(end) = after(text, minute.end, "分") {
        return end;
    }
    // 9点20: two digits and no unit of something else
    let bare = (minute.digits == 2 || minute.digits == 0 && minute.low >= 5)
        && char_at(text, minute.end).is_none_or(|c| !is_han(c) || "前之以截还".contains(c));
    if bare { minute.end } else { at }
}

/// The second time of 9:00-21:00, 9点至11点.
fn range_end(text: &str, at: usize) -> Option<usize> {
    let at = after_any(text, skip_spaces(text, at), &["-", "~", "至", "到", "—"])?;
    let at = skip_spaces(text, at);
    time(text, part(text, at).unwrap_or(at))
}

/// A part of the day at `at`, and where it ends.
pub(super) fn part(text: &str, at: usize) -> Option<usize> {
    after_any(text, at, parts(char_at(text, at)?))
}
