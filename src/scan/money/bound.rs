//! Words that make a sum a lower or upper limit, or an estimate.

use serde::{Deserialize, Serialize};

use super::super::numeral::chars::{after, after_any, back, char_at, is_han};

/// How exactly a sum is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Bound {
    /// This sum.
    Exact,
    /// From one sum to another: 3000-5000元, 三五百块.
    Range,
    /// This sum or more: 至少, 超过, 以上.
    AtLeast,
    /// This sum or less: 不到, 最高, 以内.
    AtMost,
    /// About this sum: 左右, 几十万, 2000余元.
    Approx,
}

use Bound::{Approx, AtLeast, AtMost};

/// Words before a sum by their last character; longer ones first.
fn words_before(last: char) -> &'static [(&'static str, Bound)] {
    match last {
        '少' => &[("至少", AtLeast), ("最少", AtLeast)],
        '码' => &[("起码", AtLeast)],
        '于' => &[
            ("不少于", AtLeast),
            ("不低于", AtLeast),
            ("不小于", AtLeast),
            ("不高于", AtMost),
            ("不多于", AtMost),
            ("不大于", AtMost),
            ("大于等于", AtLeast),
            ("小于等于", AtMost),
            ("大于", AtLeast),
            ("高于", AtLeast),
            ("多于", AtLeast),
            ("低于", AtMost),
            ("少于", AtMost),
            ("小于", AtMost),
        ],
        '过' => &[
            ("不超过", AtMost),
            ("没超过", AtMost),
            ("未超过", AtMost),
            ("超过", AtLeast),
        ],
        '超' => &[("不超", AtMost), ("超", AtLeast)],
        '逾' => &[("逾", AtLeast)],
        '下' => &[("不下", AtLeast)],
        '止' => &[("不止", AtLeast)],
        '到' => &[("不到", AtMost), ("没到", AtMost), ("未到", AtMost)],
        '足' => &[("不足", AtMost)],
        '多' => &[("差不多", Approx), ("至多", AtMost), ("最多", AtMost), ("顶多", AtMost)],
        '高' => &[("最高", AtMost)],
        '近' => &[("将近", AtMost), ("接近", AtMost), ("近", AtMost)],
        '约' => &[("大约", Approx), ("约", Approx)],
        '合' => &[("约合", Approx)],
        '概' => &[("大概", Approx)],
        '致' => &[("大致", Approx)],
        '计' => &[("估计", Approx)],
        '>' | '≥' => &[(">", AtLeast), ("≥", AtLeast)],
        '<' | '≤' => &[("<", AtMost), ("≤", AtMost)],
        _ => &[],
    }
}

/// Words that end like one of [`words_before`] and mean something else.
const OTHER_WORDS: &[&str] = &[
    "最近",
    "附近",
    "临近",
    "就近",
    "靠近",
    "预约",
    "合约",
    "签约",
    "违约",
    "节约",
    "条约",
    "解约",
    "收不到",
    "拿不到",
    "等不到",
    "见不到",
    "看不到",
    "得不到",
];

/// A word before the sum that begins at `at`, with at most one small word between, and where it
/// begins.
pub(super) fn before(text: &str, floor: usize, at: usize) -> Option<(Bound, usize)> {
    let head = back(text, floor, at);
    let last = head.chars().next_back()?;
    word_ending(head, last, floor).or_else(|| {
        // 至少要3000, 大概有5万, 约为200
        let small = "要还有得需能付给交为是在".contains(last);
        let head = head.strip_suffix(last).filter(|_| small)?;
        word_ending(head, head.chars().next_back()?, floor)
    })
}

fn word_ending(head: &str, last: char, floor: usize) -> Option<(Bound, usize)> {
    let (word, bound) = words_before(last).iter().find(|(word, _)| head.ends_with(word))?;
    let other = OTHER_WORDS.iter().any(|other| head.ends_with(other));
    (!other).then(|| (*bound, floor + head.len() - word.len()))
}

/// 上千元, 过万元, 近万元: words that only go with a bare unit.
pub(super) fn before_bare(text: &str, floor: usize, at: usize) -> Option<(Bound, usize)> {
    let head = back(text, floor, at);
    let last = head.chars().next_back()?;
    let bound = match last {
        '上' | '过' | '破' | '达' => AtLeast,
        _ => return before(text, floor, at),
    };
    Some((bound, at - last.len_utf8()))
}

/// A word after the sum that ends at `at`, and where it ends.
pub(super) fn following(text: &str, at: usize) -> Option<(Bound, usize)> {
    let at = after_any(text, at, &["(含)", "(含本数)"]).unwrap_or(at);
    let c = char_at(text, at)?;
    let word = |word: &str, bound| after(text, at, word).map(|end| (bound, end));
    match c {
        '以' => word("以上", AtLeast)
            .or_else(|| word("以内", AtMost))
            .or_else(|| word("以下", AtMost)),
        '及' => word("及以上", AtLeast).or_else(|| word("及以下", AtMost)),
        '之' => word("之上", AtLeast)
            .or_else(|| word("之内", AtMost))
            .or_else(|| word("之下", AtMost)),
        '左' => word("左右", Approx),
        '上' => word("上下", Approx),
        '往' => word("往上", AtLeast),
        '开' => word("开外", AtLeast),
        '打' => word("打底", AtLeast),
        '出' => word("出头", Approx),
        '封' => word("封顶", AtMost),
        // 5000+, but not 租金3100+水费33
        '+' => word("+", AtLeast)
            .filter(|&(_, end)| char_at(text, end).is_none_or(|c| !is_han(c) && !c.is_ascii_alphanumeric())),
        '不' => {
            word("不止", AtLeast).or_else(|| word("不到", AtMost).filter(|&(_, end)| !starts(text, end, "账期位货帐")))
        }
        // 50万内, but not 万元内部
        '内' => word("内", AtMost).filter(|&(_, end)| !starts(text, end, "部容存地蒙衣置含")),
        // 19.9元起, but not 5000元起诉
        '起' => word("起", AtLeast)
            .filter(|&(_, end)| char_at(text, end).is_none_or(|c| !is_han(c) || "步投售借拍租".contains(c))),
        _ => None,
    }
}

fn starts(text: &str, at: usize, any: &str) -> bool {
    char_at(text, at).is_some_and(|c| any.contains(c))
}
