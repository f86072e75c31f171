//! A message as it came in, and whose turn it is in a transcript.

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// One message: an SMS, a chat message, a letter or a whole call transcript.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// The row's own id, or its number from 1.
    pub id: String,
    /// The text as it came in.
    pub text: String,
    /// Number or name it came from, where known.
    #[serde(default)]
    pub sender: Option<String>,
    /// Number or name it went to, where known.
    #[serde(default)]
    pub recipient: Option<String>,
    /// When it was sent, as the input states it.
    #[serde(default)]
    pub sent_at: Option<String>,
}

impl Message {
    /// A message with nothing known but its text.
    #[must_use]
    pub fn new(id: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            text: text.into(),
            ..Self::default()
        }
    }
}

/// Who speaks a turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Speaker {
    /// The lender's or collector's side, or the fraudster's.
    Caller,
    /// The debtor, or whoever answered.
    Called,
    /// Cannot be told.
    Unknown,
}

/// One turn of a transcript.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Turn {
    /// Who speaks.
    pub speaker: Speaker,
    /// Bytes of the folded text, without the speaker's tag.
    pub span: Range<usize>,
}

/// Tags of the caller's side, folded.
const CALLER: &[&str] = &[
    "客服",
    "坐席",
    "座席",
    "催收",
    "催收员",
    "专员",
    "业务员",
    "工作人员",
    "员工",
    "agent",
    "left",
    "左",
    "主叫",
    "外呼",
    "机器人",
    "collector",
    "法务",
    "经理",
    "骗子",
    "诈骗分子",
    "催收人员",
    "调解员",
    "银行",
    "平台",
    "贷后",
    "催",
    "销售",
    "接线员",
    "话务员",
    "操作员",
    "坐席员",
    "ai",
    "bot",
    "律师",
    "房东",
    "债权人",
    "供应商",
    "推销",
    "对方",
    "caller",
    "客服人员",
    "催收方",
    "清收员",
    "警官",
    "来电",
    "来电方",
    "来电人",
    "民警",
];
/// Tags of the called side, folded.
const CALLED: &[&str] = &[
    "客户",
    "用户",
    "债务人",
    "借款人",
    "欠款人",
    "机主",
    "right",
    "右",
    "被叫",
    "customer",
    "client",
    "debtor",
    "受害人",
    "受害者",
    "本人",
    "我",
    "家属",
    "母亲",
    "父亲",
    "妻子",
    "老婆",
    "丈夫",
    "老师",
    "同事",
    "第三人",
    "联系人",
    "顾客",
    "租客",
    "业主",
    "市民",
    "朋友",
    "老人",
    "学生",
    "亲友",
    "接听人",
    "客",
    "callee",
    "先生",
    "女士",
    "持卡人",
    "前台",
    "接听",
    "接听方",
];

/// The turns of a folded text; empty when it is no transcript.
///
/// A tag is a short word before a colon at the start of a line, in brackets, or a known tag anywhere
/// behind the end of a sentence. A text is a transcript when a known tag stands in it twice, or two tags do.
#[must_use]
pub fn turns(text: &str) -> Vec<Turn> {
    let tags = tags(text);
    let known = |label: &str| role(label) != Speaker::Unknown;
    let repeated = |label: &str| tags.iter().filter(|t| t.label == label).count() > 1;
    let sure = tags.iter().filter(|t| known(t.label) || repeated(t.label)).count();
    if sure < 2 {
        return Vec::new();
    }
    // In a transcript a name that speaks once has a turn too.
    let line_start = |t: &Tag<'_>| t.start == 0 || text[..t.start].trim_end_matches(' ').ends_with('\n');
    let short = |label: &str| label.chars().count() <= 4;
    let kept: Vec<&Tag<'_>> = tags
        .iter()
        .filter(|t| known(t.label) || repeated(t.label) || (short(t.label) && line_start(t)))
        .collect();
    let mut turns: Vec<(&str, Turn)> = Vec::new();
    if kept[0].start > 0 && !text[..kept[0].start].trim().is_empty() {
        turns.push((
            "",
            Turn {
                speaker: Speaker::Unknown,
                span: 0..kept[0].start,
            },
        ));
    }
    for (i, tag) in kept.iter().enumerate() {
        let end = kept.get(i + 1).map_or(text.len(), |next| next.start);
        turns.push((
            tag.label,
            Turn {
                speaker: role(tag.label),
                span: tag.end..end,
            },
        ));
    }
    assign_unknown(text, &mut turns);
    turns.into_iter().map(|(_, turn)| turn).collect()
}

struct Tag<'t> {
    label: &'t str,
    start: usize,
    end: usize,
}

/// Longest tag in characters: "speaker 10".
const LONGEST_TAG: usize = 10;

fn tags(text: &str) -> Vec<Tag<'_>> {
    let mut tags = Vec::new();
    let mut places = vec![0];
    let mut previous = '\n';
    for (at, c) in text.char_indices() {
        let after = at + c.len_utf8();
        if c == '\n' || (matches!(c, '。' | '!' | '?' | ' ' | '…') && previous != '\n') {
            places.push(after);
        }
        previous = c;
    }
    for &place in &places {
        let line_start = place == 0 || text[..place].ends_with('\n');
        if let Some(tag) = tag_at(text, place, line_start) {
            tags.push(tag);
        }
    }
    tags
}

fn tag_at(text: &str, place: usize, line_start: bool) -> Option<Tag<'_>> {
    let rest = &text[place..];
    let trimmed = rest.trim_start_matches([' ', '-', '*', '>']);
    let start = place + (rest.len() - trimmed.len());
    let (open, body) = match trimmed.chars().next()? {
        c @ ('[' | '【' | '(') => (Some(c), &trimmed[c.len_utf8()..]),
        _ => (None, trimmed),
    };
    let close = open.map(|c| match c {
        '[' => ']',
        '【' => '】',
        _ => ')',
    });
    let mut length = None;
    for (count, (at, c)) in body.char_indices().enumerate() {
        if count > LONGEST_TAG {
            break;
        }
        if Some(c) == close || (close.is_none() && c == ':') {
            length = Some((at, c.len_utf8()));
            break;
        }
        if matches!(c, ',' | '。' | '!' | '?' | '\n' | ';' | '【' | '】') {
            break;
        }
        // "left 您好" and "说话人1 您好": a known tag before a space, at the start of a line only.
        if c == ' '
            && close.is_none()
            && at > 0
            && role(&body[..at]) != Speaker::Unknown
            && !body[at..].trim_start().starts_with([':'])
        {
            length = Some((at, 1));
            break;
        }
    }
    let (length, delimiter) = length?;
    let label = body[..length].trim();
    if label.is_empty()
        || (!line_start && role(label) == Speaker::Unknown)
        || label.chars().all(|c| c.is_ascii_digit())
        || label.starts_with("http")
    {
        return None;
    }
    let mut end = start + open.map_or(0, char::len_utf8) + length + delimiter;
    if text[end..].starts_with(':') {
        end += 1;
    }
    Some(Tag { label, start, end })
}

fn role(label: &str) -> Speaker {
    let bare =
        label.trim_end_matches(|c: char| c.is_ascii_digit() || " a一二".contains(c) && label.chars().count() > 2);
    if CALLER.contains(&label) || CALLER.contains(&bare) {
        Speaker::Caller
    } else if CALLED.contains(&label) || CALLED.contains(&bare) {
        Speaker::Called
    } else {
        Speaker::Unknown
    }
}

/// Words that only the calling side says, folded.
const CALLER_WORDS: &[&str] = &[
    "我是",
    "这里是",
    "这边是",
    "我们是",
    "请问是",
    "您的",
    "逾期",
    "还款",
    "工号",
    "您好",
    "账单",
    "欠款",
    "核实",
    "麻烦您",
    "提醒您",
];

/// Gives tags that say no role one: the label that talks like a caller calls, the others answer.
fn assign_unknown(text: &str, turns: &mut [(&str, Turn)]) {
    let mut labels: Vec<&str> = Vec::new();
    for (label, turn) in turns.iter() {
        if turn.speaker == Speaker::Unknown && !label.is_empty() && !labels.contains(label) {
            labels.push(label);
        }
    }
    if labels.is_empty() {
        return;
    }
    let has_caller = turns.iter().any(|(_, t)| t.speaker == Speaker::Caller);
    let has_called = turns.iter().any(|(_, t)| t.speaker == Speaker::Called);
    let score = |label: &str| {
        let spoken: usize = turns
            .iter()
            .filter(|(l, _)| *l == label)
            .map(|(_, t)| {
                CALLER_WORDS
                    .iter()
                    .map(|w| text[t.span.clone()].matches(w).count())
                    .sum::<usize>()
            })
            .sum();
        spoken
    };
    let best = labels
        .iter()
        .copied()
        .max_by_key(|l| (score(l), std::cmp::Reverse(labels.iter().position(|x| x == l))));
    for (label, turn) in turns
        .iter_mut()
        .filter(|(label, t)| t.speaker == Speaker::Unknown && !label.is_empty())
    {
        turn.speaker = match (has_caller, has_called) {
            (false, true) => Speaker::Caller,
            (false, false) if Some(*label) == best => Speaker::Caller,
            _ => Speaker::Called,
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn speakers(text: &str) -> Vec<Speaker> {
        turns(&crate::fold::plain(text))
            .into_iter()
            .map(|t| t.speaker)
            .collect()
    }

    #[test]
    fn tags_of_many_shapes_are_understood() {
        use Speaker::{Called, Caller};
        assert_eq!(speakers("客服：您好\n客户：你哪位"), [Caller, Called]);
        assert_eq!(
            speakers("left: 您好\nright: 谁啊\nleft: 还款"),
            [Caller, Called, Caller]
        );
        assert_eq!(speakers("[催收] 还钱\n[客户] 没钱"), [Caller, Called]);
        assert_eq!(
            speakers("王：您好，这里是某银行，您的账单逾期了\n李：知道了\n王：请还款"),
            [Caller, Called, Caller]
        );
        assert_eq!(speakers("坐席 您好 用户 哪位"), [Caller, Called]);
    }

    #[test]
    fn ordinary_letters_are_no_transcripts() {
        for text in [
            "尊敬的客户：您好，您的账单已出。",
            "金额：100元\n日期：5月1日",
            "【某银行】您的账单已逾期，详询客服：95588",
        ] {
            assert!(speakers(text).is_empty(), "{text}");
        }
    }
}
