//! Words before a date that tell what it is for: 最后还款日, 还款日, 逾期.

use super::super::numeral::chars::{after_any, back, char_before};

/// Words before a number of days that make it a length of time.
const LENGTHS: &str = "留期达满共计续晚迟第近每过约超整逾止拖欠尾编工档楼栋座单元院路巷弄街";

/// Whether the number at `start`, which a 日 follows, is a length of time or a label.
pub(super) fn is_length(text: &str, start: usize) -> bool {
    char_before(text, start).is_some_and(|c| LENGTHS.contains(c))
}

/// Whether a label such as 还款日 says that the day before `start` comes every month.
pub(super) fn is_monthly(text: &str, start: usize) -> bool {
    let head = back(text, 0, start).trim_end_matches([' ', ':', '是', '为']);
    ["还款日", "账单日", "扣款日", "出账日"]
        .iter()
        .any(|label| head.ends_with(label))
}

/// Whether a label such as 最后还款日 or 截止日期 makes the date a last day.
pub(super) fn is_last_day(text: &str, start: usize) -> bool {
    let head = back(text, 0, start).trim_end_matches([' ', ':', '是', '为', '至', '到', '在', '于']);
    // Nothing else is looked at where no label can end.
    matches!(head.chars().next_back(), Some('日' | '期' | '间' | '限' | '晚' | '迟'))
        && [
            "最后还款日",
            "到期还款日",
            "到期日",
            "截止日",
            "截止日期",
            "截止时间",
            "最后期限",
            "最晚",
            "最迟",
            "最后还款日期",
            "到期还款日期",
            "到期日期",
            "期限",
        ]
        .iter()
        .any(|label| head.ends_with(label))
}

/// Whether the figures at `start..end`, such as 6/15, stand where a date is expected.
pub(super) fn expect_date(text: &str, start: usize, end: usize, padded: bool) -> bool {
    let head = back(text, 0, start).trim_end_matches([' ', ':', '(']);
    let before = head
        .chars()
        .next_back()
        .is_some_and(|c| "日期于至到在自从截止止若于".contains(c));
    let behind = after_any(
        text,
        end,
        &[
            "前", "之前", "以前", "到期", "截止", "止", "起", "还款", "扣款", "日", "号", "还", "未",
        ],
    )
    .is_some();
    padded || before || behind
}
