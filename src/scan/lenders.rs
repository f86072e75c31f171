//! Institutions a message names: by signature, by self-introduction, or in passing.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::contacts::{Contact, ContactKind};
use super::matcher::{Matches, Target};
use crate::rules::{LenderKind, Rules};

/// In which part an institution stands in the message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LenderRole {
    /// In the signature: 【…】, [...] or （…） at an end.
    Signature,
    /// The sender says it is this institution.
    Sender,
    /// Named in passing.
    Mentioned,
}

/// An institution named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LenderMention {
    /// Index into [`Rules::lenders`]; none for a signature that is not in the list.
    pub lender: Option<usize>,
    /// Bytes of the folded text.
    pub span: Range<usize>,
    /// Where it stands.
    pub role: LenderRole,
}

/// Longest signature, in characters.
const LONGEST_SIGNATURE: usize = 20;
/// Words beside which an everyday word is a lender's product.
const BORROWING: &[&str] = &[
    "借", "贷", "还款", "逾期", "账单", "额度", "欠", "利息", "分期", "待还", "应还",
];
/// What stands before the name of who speaks, and behind it.
const BEFORE_SENDER: &[&str] = &[
    "我是",
    "这里是",
    "这边是",
    "我们是",
    "我这边是",
    "这里",
    "本人是",
    "我方是",
    "我处是",
    "我这里是",
    "是",
    "代表",
    "来自",
];
/// Signatures that name no institution.
const NO_NAME: &[&str] = &[
    "温馨提示",
    "提示",
    "通知",
    "重要",
    "重要通知",
    "提醒",
    "还款提醒",
    "账单提醒",
    "逾期提醒",
    "紧急通知",
    "催收通知",
    "最后通知",
    "公告",
    "验证码",
    "友情提示",
    "系统通知",
    "温馨提醒",
    "消息",
    "通告",
    "紧急",
    "法院",
    "公安",
    "客户",
    "催收",
    "客服",
    "坐席",
    "用户",
    "债务人",
    "借款人",
];

/// All institutions in the text, in order.
pub(super) fn mentions(text: &str, matches: &Matches) -> Vec<LenderMention> {
    let signatures = signatures(text);
    let mut mentions: Vec<LenderMention> = Vec::new();
    let mut hits: Vec<(Range<usize>, usize, bool)> = matches
        .iter()
        .filter_map(|m| match m.target {
            Target::Lender(i) => Some((m.span.clone(), usize::from(i), false)),
            Target::AmbiguousLender(i) => Some((m.span.clone(), usize::from(i), true)),
            _ => None,
        })
        .filter(|(span, ..)| whole_word(text, span))
        .collect();
    hits.sort_by_key(|(span, ..)| (span.start, std::cmp::Reverse(span.end)));
    for (span, lender, ambiguous) in hits {
        if mentions.last().is_some_and(|m| span.start < m.span.end) {
            continue;
        }
        let signed = signatures.iter().any(|s| s.start <= span.start && span.end <= s.end);
        if ambiguous && !signed && !BORROWING.iter().any(|w| around(text, &span, 24).contains(w)) {
            continue;
        }
        let role = if signed {
            LenderRole::Signature
        } else if introduces(text, &span) {
            LenderRole::Sender
        } else {
            LenderRole::Mentioned
        };
        mentions.push(LenderMention {
            lender: Some(lender),
            span,
            role,
        });
    }
    for signature in signatures {
        let named = mentions
            .iter()
            .any(|m| m.span.start >= signature.start && m.span.end <= signature.end);
        let words = text[signature.clone()].trim();
        if !named && !NO_NAME.contains(&words) && words.chars().count() > 1 && words.chars().any(char::is_alphabetic) {
            mentions.push(LenderMention {
                lender: None,
                span: signature,
                role: LenderRole::Signature,
            });
        }
    }
    mentions.sort_by_key(|m| m.span.start);
    mentions
}

/// The insides of brackets at the beginning or end of the message.
fn signatures(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let lead = text.len() - text.trim_start_matches([' ', '\n', '-']).len();
    let body = text.trim_end_matches([' ', '\n', '-']);
    for (open, close) in [('【', '】'), ('[', ']'), ('(', ')'), ('〔', '〕'), ('「', '」')] {
        if text[lead..].starts_with(open)
            && let Some(length) = text[lead..].find(close)
        {
            push_signature(text, lead + open.len_utf8()..lead + length, open, &mut found);
        }
        if body.ends_with(close)
            && let Some(at) = body.rfind(open)
        {
            push_signature(
                text,
                at + open.len_utf8()..body.len() - close.len_utf8(),
                open,
                &mut found,
            );
        }
    }
    found.sort_by_key(|r| (r.start, r.end));
    found.dedup();
    found
}

fn push_signature(text: &str, span: Range<usize>, open: char, found: &mut Vec<Range<usize>>) {
    if span.start >= span.end
        || text[span.clone()].chars().count() > LONGEST_SIGNATURE
        || text[span.clone()].contains('\n')
    {
        return;
    }
    // Round brackets hold asides more often than names.
    let name_like = [
        "贷", "银行", "金融", "公司", "借", "花", "钱包", "提醒", "科技", "信用", "律师", "平台", "集团", "小额", "钱",
    ];
    if open == '(' && !name_like.iter().any(|w| text[span.clone()].contains(w)) {
        return;
    }
    found.push(span);
}

/// Latin names must not be cut out of a longer Latin word.
fn whole_word(text: &str, span: &Range<usize>) -> bool {
    let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    let inside = &text[span.clone()];
    let cut_before = latin(inside.chars().next()) && latin(text[..span.start].chars().next_back());
    let cut_behind = latin(inside.chars().next_back()) && latin(text[span.end..].chars().next());
    !cut_before && !cut_behind
}

fn around<'t>(text: &'t str, span: &Range<usize>, bytes: usize) -> &'t str {
    let from = (0..=span.start.saturating_sub(bytes))
        .rev()
        .find(|&i| text.is_char_boundary(i))
        .unwrap_or(0);
    let to = (span.end.saturating_add(bytes).min(text.len())..=text.len())
        .find(|&i| text.is_char_boundary(i))
        .unwrap_or(text.len());
    &text[from..to]
}

fn introduces(text: &str, span: &Range<usize>) -> bool {
    let before = text[..span.start].trim_end_matches([' ', '"', '“', '「', '\'', '‘']);
    BEFORE_SENDER.iter().any(|w| before.ends_with(w))
}

/// Published hotlines of each institution, digits only.
#[derive(Debug)]
pub(super) struct Hotlines {
    of: BTreeMap<usize, BTreeSet<String>>,
    /// Numbers of authorities: right for everybody.
    authorities: BTreeSet<String>,
}

impl Hotlines {
    pub(super) fn new(rules: &Rules) -> Self {
        let digits = |s: &str| s.chars().filter(char::is_ascii_digit).collect::<String>();
        let mut of: BTreeMap<usize, BTreeSet<String>> = BTreeMap::new();
        let mut authorities = BTreeSet::new();
        for (i, lender) in rules.lenders.iter().enumerate() {
            for hotline in lender.hotlines.iter().map(|h| digits(h)).filter(|h| !h.is_empty()) {
                if lender.kind == LenderKind::Authority {
                    authorities.insert(hotline.clone());
                }
                of.entry(i).or_default().insert(hotline);
            }
        }
        Self { of, authorities }
    }

    /// Whether the number is on the list of the institutions named; none when no list is known.
    pub(super) fn official(&self, contact: &Contact, lenders: &[LenderMention]) -> Option<bool> {
        if !matches!(
            contact.kind,
            ContactKind::Mobile | ContactKind::Landline | ContactKind::Service
        ) {
            return None;
        }
        if self.authorities.contains(&contact.value) {
            return Some(true);
        }
        let lists: Vec<_> = lenders
            .iter()
            .filter_map(|m| m.lender)
            .filter_map(|l| self.of.get(&l))
            .collect();
        if lists.is_empty() {
            None
        } else {
            Some(lists.iter().any(|l| l.contains(&contact.value)))
        }
    }

    /// Whether some institution publishes this number.
    pub(super) fn known(&self, value: &str) -> bool {
        self.of.values().any(|l| l.contains(value))
    }
}
