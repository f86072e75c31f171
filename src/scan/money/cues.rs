//! Words that say that a number is a sum of money: 欠款, 应还, 转, 的押金.

use super::super::numeral::chars::{CLAUSE, NUMERAL, after, after_any, back, char_at, is, is_han};

/// How surely the words before a number speak of money.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cue {
    /// A name for a sum: 欠款, 金额, 本金.
    Sum,
    /// A verb that often takes a sum: 还, 转, 给.
    Verb,
}

/// How many characters before a number a name for a sum may stand when the number's own shape
/// (3,260.50; 3千到5千) speaks for money too.
const WIDE: usize = 12;

/// Names of sums by their last character.
fn sums(last: char) -> &'static [&'static str] {
    match last {
        '欠' => &["欠"],
        '款' => &["款"],
        '还' => &["应还", "待还", "需还", "未还", "须还"],
        '额' => &["额"],
        '金' => &[
            "本金",
            "违约金",
            "滞纳金",
            "押金",
            "保证金",
            "定金",
            "订金",
            "租金",
            "佣金",
            "罚金",
            "奖金",
            "现金",
            "资金",
            "解冻金",
            "认证金",
            "赔偿金",
        ],
        '息' => &["利息", "罚息", "本息"],
        '费' => &["费"],
        '付' => &["应付", "待付", "未付"],
        '缴' => &["缴"],
        '交' => &["待交", "未交"],
        '价' => &["价"],
        '薪' => &["薪"],
        '资' => &["工资", "投资"],
        '酬' => &["酬"],
        '入' => &["收入", "存入", "转入", "汇入"],
        '账' => &["到账", "转账", "入账", "进账", "垫账"],
        '供' => &["月供"],
        '偿' => &["偿"],
        '单' => &["账单"],
        '值' => &["充值", "价值"],
        '现' => &["提现", "套现", "返现", "取现"],
        '债' => &["债"],
        '务' => &["债务"],
        '税' => &["税"],
        '出' => &["支出", "转出"],
        '免' => &["减免"],
        '减' => &["立减"],
        '余' => &["尚余"],
        '度' => &["额度"],
        '包' => &["红包"],
        '贴' => &["补贴"],
        _ => &[],
    }
}

/// Verbs that take a sum, and words that often stand before one, by their last character.
fn verbs(last: char) -> &'static [&'static str] {
    match last {
        '还' => &["还"],
        '借' => &["借"],
        '贷' => &["贷"],
        '付' => &["付"],
        '交' => &["交"],
        '入' => &["充入"],
        '租' => &["租"],
        '罚' => &["罚"],
        '赔' => &["赔"],
        '出' => &["出"],
        '花' => &["花"],
        '省' => &["省"],
        '减' => &["减"],
        '差' => &["差"],
        '剩' => &["剩"],
        '余' => &["剩余"],
        '励' => &["奖励"],
        '惠' => &["优惠"],
        '呗' => &["借呗", "花呗"],
        '条' => &["白条", "金条", "借条"],
        '转' => &["转"],
        '汇' => &["汇"],
        '打' => &["打"],
        '给' => &["给"],
        '收' => &["收"],
        '拿' => &["拿"],
        '充' => &["充"],
        '垫' => &["垫"],
        '存' => &["存"],
        '凑' => &["凑"],
        '扣' => &["扣"],
        '赚' => &["赚"],
        '亏' => &["亏"],
        '骗' => &["骗"],
        '计' => &["合计", "共计", "总计"],
        '共' => &["一共", "总共", "合共"],
        '高' => &["最高"],
        '低' => &["最低"],
        '期' => &["本期", "每期", "首期", "一期", "这期", "当期"],
        '月' => &["个月", "每月"],
        '笔' => &["笔"],
        '那' => &["你那", "您那", "我那", "他那"],
        '退' => &["退"],
        '提' => &["提"],
        '投' => &["投"],
        '补' => &["补"],
        '押' => &["押"],
        _ => &[],
    }
}

/// The cue that `head`, whose last character is `last`, ends with.
fn cue_ending(head: &str, last: char) -> Option<Cue> {
    let ends = |words: &[&str]| words.iter().any(|word| head.ends_with(word));
    if ends(sums(last)) {
        return Some(Cue::Sum);
    }
    ends(verbs(last)).then_some(Cue::Verb)
}

/// Words that end like a cue and speak of no sum.
const NO_CUES: &[&str] = &["免费", "条款", "名额", "对账", "扣扣", "拨打"];

/// The cue that stands before `at`, small words between.
pub(super) fn before(text: &str, floor: usize, at: usize) -> Option<Cue> {
    let mut head = back(text, floor, at);
    for _ in 0..5 {
        let last = head.chars().next_back()?;
        if let Some(cue) = cue_ending(head, last) {
            let other = NO_CUES.iter().any(|word| head.ends_with(word));
            return (!other).then_some(cue);
        }
        head = strip_small_word(head, last)?;
    }
    None
}

/// `head` without the small word at its end that may stand between a cue and the number.
fn strip_small_word(head: &str, last: char) -> Option<&str> {
    const LONG: &[&str] = &[
        "合计",
        "共计",
        "总计",
        "大概",
        "大约",
        "差不多",
        "至少",
        "起码",
        "最少",
        "最多",
        "将近",
        "接近",
        "不到",
        "超过",
        "(元)",
        "一共",
        "总共",
        "整整",
    ];
    if let Some(shorter) = LONG.iter().find_map(|word| head.strip_suffix(word)) {
        return Some(shorter);
    }
    " :了为是共约达有的我你您他她咱人才就这那个在到至近超得要先再各"
        .contains(last)
        .then(|| head.strip_suffix(last))?
}

/// Whether what follows names the sum: 两万的欠款, 5000额度.
pub(super) fn after_number(text: &str, end: usize) -> bool {
    const NAMES: &[&str] = &[
        "欠款",
        "借款",
        "贷款",
        "本金",
        "利息",
        "额度",
        "债",
        "账单",
        "本息",
        "罚息",
        "罚款",
        "押金",
        "保证金",
        "手续费",
        "违约金",
        "滞纳金",
        "资金",
        "现金",
        "存款",
        "授信",
        "工资",
        "优惠券",
        "红包",
        "代金券",
        "首付",
        "彩礼",
        "房贷",
        "车贷",
        "信用贷",
        "网贷",
        "备用金",
        "缺口",
        "债务",
        "定金",
        "租金",
        "学费",
        "余款",
        "尾款",
        "货款",
        "违约",
        "人民币",
    ];
    let at = after(text, end, "的").unwrap_or(end);
    after_any(text, at, NAMES).is_some() || (at > end && after_any(text, at, &["账", "钱", "款"]).is_some())
}

/// Whether the noun that follows ends in a word for a sum: 三千八的托管费, 五十万经营贷.
pub(super) fn named_later(text: &str, end: usize) -> bool {
    let mut at = after(text, end, "的").unwrap_or(end);
    for _ in 0..5 {
        let Some(c) = char_at(text, at).filter(|c| is_han(*c)) else {
            return false;
        };
        if "贷款费债租税账".contains(c) {
            return true;
        }
        if is(c, NUMERAL) || "人个名户家条次没还了".contains(c) {
            return false;
        }
        at += c.len_utf8();
    }
    false
}

/// Whether a name for a sum stands in the same clause, a few characters before.
pub(super) fn nearby(text: &str, floor: usize, at: usize) -> bool {
    let head = back(text, floor, at);
    let mut end = head.len();
    for c in head.chars().rev().take(WIDE) {
        if is(c, CLAUSE) {
            return false;
        }
        let upto = head.get(..end).unwrap_or("");
        if cue_ending(upto, c) == Some(Cue::Sum) {
            return true;
        }
        end -= c.len_utf8();
    }
    false
}
