//! What a sum is for, told from the words around it in its clause.

use serde::{Deserialize, Serialize};

use super::super::numeral::chars::{CLAUSE, ROLE, back, char_at, char_before, class, has, is};

/// What a sum is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Owed or asked for: 应还, 欠款, 账单, 逾期金额.
    Due,
    /// The least that must be paid on a card bill: 最低还款.
    Minimum,
    /// The sum lent: 本金, 借款.
    Principal,
    /// 利息, 罚息.
    Interest,
    /// 手续费, 违约金, 保证金 and what else is asked on top.
    Fee,
    /// A reduction, coupon or gift: 减免, 优惠券, 红包.
    Offer,
    /// Paid, booked or spent already: 已还, 已入账, 消费.
    Paid,
    /// What may be borrowed: 额度, 最高可借.
    Limit,
    /// Not told.
    Unknown,
}

use Role::{Due, Fee, Interest, Limit, Minimum, Offer, Paid, Principal, Unknown};

/// How far before a sum a word still speaks of it, in characters.
const REACH: usize = 26;
/// How far after it.
const REACH_AFTER: usize = 10;

/// Words by their first character, longer ones first. `None`: says only that a sum follows.
type Words = &'static [(&'static str, Option<Role>)];

fn words(first: char) -> Words {
    match first {
        '应' | '待' | '未' | '需' | '尚' => owed(first),
        '可' | '最' | '免' | '补' | '代' | '赔' | '抵' | '送' => offered(first),
        '违' | '滞' | '催' | '服' | '管' | '担' | '会' | '律' | '诉' | '手' | '上' | '工' | '保' | '押' | '定'
        | '解' | '咨' | '评' | '费' | '仲' => fees(first),
        '已' | '收' | '到' | '入' | '消' | '支' | '成' | '全' => paid(first),
        _ => other(first),
    }
}

fn owed(first: char) -> Words {
    match first {
        '应' => &[
            ("应还", Some(Due)),
            ("应付", Some(Due)),
            ("应缴", Some(Due)),
            ("应交", Some(Due)),
        ],
        '待' => &[
            ("待还", Some(Due)),
            ("待缴", Some(Due)),
            ("待付", Some(Due)),
            ("待支付", Some(Due)),
            ("待结", Some(Due)),
        ],
        '未' => &[
            ("未还", Some(Due)),
            ("未缴", Some(Due)),
            ("未付", Some(Due)),
            ("未交", Some(Due)),
            ("未偿", Some(Due)),
            ("未结", Some(Due)),
            ("未入账", Some(Due)),
            ("未支付", Some(Due)),
        ],
        '需' => &[
            ("需还", Some(Due)),
            ("需缴", Some(Due)),
            ("需付", Some(Due)),
            ("需支付", Some(Due)),
        ],
        '尚' => &[("尚欠", Some(Due)), ("尚余", Some(Due))],
        _ => &[],
    }
}

fn offered(first: char) -> Words {
    match first {
        '可' => &[
            ("可借", Some(Limit)),
            ("可贷", Some(Limit)),
            ("可用", Some(Limit)),
            ("可提", Some(Limit)),
            ("可取", Some(Limit)),
            ("可减", Some(Offer)),
            ("可免", Some(Offer)),
            ("可领", Some(Offer)),
            ("可退", Some(Offer)),
            ("可抵", Some(Offer)),
        ],
        '最' => &[
            ("最低", Some(Minimum)),
            ("最高", Some(Limit)),
            ("最多可借", Some(Limit)),
            ("最多能借", Some(Limit)),
        ],
        '免' => &[("免息", Some(Offer)), ("免除", Some(Offer)), ("免", None)],
        '补' => &[
            ("补贴", Some(Offer)),
            ("补偿", Some(Offer)),
            ("补缴", Some(Due)),
            ("补足", Some(Due)),
        ],
        '代' => &[("代金券", Some(Offer)), ("代扣", Some(Due))],
        '赔' => &[("赔付", Some(Offer)), ("赔偿", Some(Offer))],
        '抵' => &[("抵扣", Some(Offer)), ("抵", Some(Offer)), ("抵押", None)],
        '送' => &[("送达", None), ("送", Some(Offer))],
        _ => &[],
    }
}

fn fees(first: char) -> Words {
    match first {
        '违' => &[("违约金", Some(Fee)), ("违约", Some(Due))],
        '滞' => &[("滞纳金", Some(Fee))],
        '催' => &[("催收费", Some(Fee)), ("催告费", Some(Fee))],
        '服' => &[("服务费", Some(Fee))],
        '管' => &[("管理费", Some(Fee))],
        '担' => &[("担保费", Some(Fee)), ("担保金", Some(Fee))],
        '会' => &[("会员费", Some(Fee)), ("会费", Some(Fee))],
        '律' => &[("律师费", Some(Fee))],
        '诉' => &[("诉讼费", Some(Fee))],
        '手' => &[("手续费", Some(Fee))],
        '上' => &[("上门费", Some(Fee))],
        '工' => &[("工本费", Some(Fee)), ("工资", Some(Unknown))],
        '保' => &[("保证金", Some(Fee)), ("保费", Some(Fee)), ("保险费", Some(Fee))],
        '押' => &[("押金", Some(Fee))],
        '定' => &[("定金", Some(Fee))],
        '解' => &[("解冻金", Some(Fee)), ("解冻费", Some(Fee))],
        '咨' => &[("咨询费", Some(Fee))],
        '评' => &[("评估费", Some(Fee))],
        '费' => &[("费用", Some(Fee))],
        '仲' => &[("仲裁费", Some(Fee))],
        _ => &[],
    }
}

fn paid(first: char) -> Words {
    match first {
        '已' => &[
            ("已还", Some(Paid)),
            ("已入账", Some(Paid)),
            ("已到账", Some(Paid)),
            ("已支付", Some(Paid)),
            ("已扣", Some(Paid)),
            ("已收", Some(Paid)),
            ("已缴", Some(Paid)),
            ("已付", Some(Paid)),
            ("已转", Some(Paid)),
            ("已成功", Some(Paid)),
            ("已结清", Some(Paid)),
            ("已全部", Some(Paid)),
            ("已于", Some(Paid)),
        ],
        '收' => &[("收到", Some(Paid)), ("收入", Some(Paid)), ("收款", None)],
        '到' => &[("到账", Some(Paid)), ("到期", None)],
        '入' => &[("入账", Some(Paid))],
        '消' => &[("消费金融", None), ("消费贷", None), ("消费", Some(Paid))],
        '支' => &[("支出", Some(Paid)), ("支付", Some(Due))],
        '成' => &[("成功", Some(Paid))],
        '全' => &[("全部结清", Some(Paid))],
        _ => &[],
    }
}

fn other(first: char) -> Words {
    match first {
        '欠' => &[("欠", Some(Due))],
        '逾' => &[("逾期", Some(Due))],
        '拖' => &[("拖欠", Some(Due))],
        '账' => &[("账单", Some(Due)), ("账款", Some(Due))],
        '结' => &[("结清", Some(Due)), ("结算", Some(Due))],
        '还' => &[
            ("还款", Some(Due)),
            ("还清", Some(Due)),
            ("还上", Some(Due)),
            ("还了", Some(Paid)),
        ],
        '归' => &[("归还", Some(Due))],
        '偿' => &[("偿还", Some(Due))],
        '扣' => &[("扣款", Some(Due)), ("扣除", Some(Due))],
        '缴' => &[("缴", Some(Due))],
        '付' => &[("付清", Some(Due)), ("付款", Some(Due))],
        '垫' => &[("垫付", Some(Due))],
        '本' => &[("本金", Some(Principal)), ("本息", Some(Due))],
        '借' => &[
            ("借款", Some(Principal)),
            ("借了", Some(Principal)),
            ("借出", Some(Principal)),
            ("借我", Some(Principal)),
            ("借你", Some(Principal)),
        ],
        '贷' => &[("贷款", Some(Principal)), ("贷了", Some(Principal))],
        '放' => &[("放款", Some(Principal))],
        '利' => &[("利息", Some(Interest)), ("利率", None)],
        '罚' => &[("罚息", Some(Interest)), ("罚款", Some(Fee)), ("罚金", Some(Fee))],
        '息' => &[("息费", Some(Interest))],
        '复' => &[("复利", Some(Interest))],
        '月' => &[("月供", Some(Due)), ("月租", Some(Due))],
        '年' => &[("年费", Some(Fee))],
        '优' => &[("优惠", Some(Offer))],
        '减' => &[("减免", Some(Offer)), ("减", Some(Offer))],
        '立' => &[("立减", Some(Offer)), ("立省", Some(Offer))],
        '返' => &[("返现", Some(Offer)), ("返还", Some(Offer)), ("返", Some(Offer))],
        '红' => &[("红包", Some(Offer))],
        '券' => &[("券", Some(Offer))],
        '退' => &[
            ("退款", Some(Offer)),
            ("退费", Some(Offer)),
            ("退还", Some(Offer)),
            ("退息", Some(Offer)),
        ],
        '奖' => &[("奖励", Some(Offer)), ("奖金", Some(Offer))],
        '领' => &[("领取", Some(Offer)), ("领", Some(Offer))],
        '省' => &[("省", Some(Offer))],
        '赠' => &[("赠", Some(Offer))],
        '额' => &[("额度", Some(Limit))],
        '授' => &[("授信", Some(Limit))],
        '限' => &[("限额", Some(Limit))],
        '提' => &[("提额", Some(Limit)), ("提现", Some(Paid))],
        '预' => &[("预审", Some(Limit)), ("预授信", Some(Limit)), ("预借", Some(Limit))],
        '临' => &[("临额", Some(Limit))],
        '备' => &[("备用金", Some(Limit))],
        '余' => &[("余额", Some(Unknown)), ("余款", Some(Due))],
        '首' => &[("首付", Some(Unknown))],
        '投' => &[("投资", Some(Unknown))],
        '尾' => &[("尾款", Some(Due))],
        '货' => &[("货款", Some(Due)), ("货到付款", Some(Due))],
        '学' => &[("学费", Some(Due))],
        '物' => &[("物业费", Some(Due))],
        '水' => &[("水费", Some(Due))],
        '电' => &[("电费", Some(Due))],
        '话' => &[("话费", Some(Due))],
        '房' => &[("房租", Some(Due)), ("房款", Some(Due))],
        '租' => &[("租金", Some(Due))],
        '合' => &[("合计", None)],
        '共' => &[("共计", None)],
        '总' => &[("总计", None), ("总额", None)],
        _ => &[],
    }
}

/// The role of the sum at `start..end`; nothing before `floor`, the last sum's end, is looked at.
pub(super) fn of(text: &str, floor: usize, start: usize, end: usize) -> Role {
    let before = Before::read(text, floor, start);
    let near = before.near.or_else(|| single(text, floor, start));
    let asked = before.asks || before.near.is_none();
    match near {
        // 先交2000元保证金: the verb only asks, the noun behind tells for what.
        Some(Due) if asked && after(text, end) == Some(Fee) => Fee,
        Some(Due | Principal) if is_settled(text, end) => Paid,
        Some(Principal) if is_overdue(text, end) => Due,
        Some(role) => role,
        None => after(text, end)
            .or(before.far)
            .unwrap_or(if before.total { Due } else { Unknown }),
    }
}

/// What the words before a sum say.
#[derive(Default)]
struct Before {
    /// In its clause.
    near: Option<Role>,
    /// In a clause before.
    far: Option<Role>,
    /// The nearest word only asks for a payment: 缴, 支付.
    asks: bool,
    /// 合计, 共计: a total, of whatever else is named.
    total: bool,
}

impl Before {
    /// Reads backward; the word nearest to the sum tells, unless one before it changes its sense.
    fn read(text: &str, floor: usize, start: usize) -> Self {
        let head = back(text, floor, start);
        let mut found = Self::default();
        let mut nearest: Option<Role> = None;
        let mut crossed = false;
        for (at, c) in head.char_indices().rev().take(REACH) {
            match class(c) & (CLAUSE | ROLE) {
                0 => continue,
                ROLE => {}
                _ if nearest.is_some() || matches!(c, '。' | '!' | '?' | ';' | '\n') => break,
                _ => {
                    crossed = true;
                    continue;
                }
            }
            let Some((word, role)) = words(c).iter().find(|(word, _)| has(head, at, word)) else {
                continue;
            };
            let Some(role) = *role else {
                found.total |= word.ends_with(['计', '额']);
                continue;
            };
            let role = unless_denied(head, at, role);
            // 减免后应还: what follows is no reduction.
            let done = has(head, at + word.len(), "后") || has(head, at + word.len(), "至");
            match nearest {
                None if done && role == Offer => {}
                None => {
                    nearest = Some(role);
                    found.asks = matches!(c, '缴' | '支' | '付');
                }
                Some(_) if role == Paid && c != '已' => {}
                Some(inner) => nearest = Some(changed(inner, role, done)),
            }
        }
        if crossed {
            found.far = nearest;
        } else {
            found.near = nearest;
        }
        found
    }
}

/// 没还了, 未到账: what is denied to be paid is due.
fn unless_denied(text: &str, at: usize, role: Role) -> Role {
    let denied = char_before(text, at).is_some_and(|c| "没未不无".contains(c));
    if role == Paid && denied { Due } else { role }
}

/// The sense of the word nearest to a sum when `outer` stands before it in the clause.
fn changed(inner: Role, outer: Role, done: bool) -> Role {
    match (inner, outer) {
        (Due | Principal, Minimum) => Minimum,
        (Due, Paid) => Paid,
        (Principal | Interest | Fee | Due, Offer) if !done => Offer,
        (Principal, Limit) => Limit,
        _ => inner,
    }
}

/// A single character right before the sum: 还500, 借5000, 费30.
fn single(text: &str, floor: usize, start: usize) -> Option<Role> {
    let head = back(text, floor, start).trim_end_matches([' ', ':']);
    match head.chars().next_back()? {
        '还' if !head.ends_with("还有") => Some(Due),
        '借' | '贷' => Some(Principal),
        '费' => Some(Fee),
        '金' if !["现金", "资金", "奖金", "基金"].iter().any(|word| head.ends_with(word)) => Some(Fee),
        '付' | '交' => Some(Due),
        _ => None,
    }
}

/// Whether the clause goes on to say that the sum was paid: 1286元已于今日还款成功.
fn is_settled(text: &str, end: usize) -> bool {
    const DONE: [&str; 8] = ["确认", "成功", "结清", "入账", "到账", "还清", "收到", "收讫"];
    let rest = text.get(end..).unwrap_or("");
    let begins = rest.starts_with('已') || rest.starts_with("还款成功") || rest.starts_with("扣款成功");
    begins
        && rest
            .char_indices()
            .take(REACH)
            .take_while(|(_, c)| !is(*c, CLAUSE))
            .any(|(at, _)| DONE.iter().any(|word| has(rest, at, word)))
}

/// Whether the clause goes on to say that the loan is unpaid: 借款1500元已逾期2天.
fn is_overdue(text: &str, end: usize) -> bool {
    const LATE: [&str; 5] = ["逾期", "未还", "到期", "尚未", "未归还"];
    let rest = text.get(end..).unwrap_or("");
    rest.char_indices()
        .take(REACH_AFTER)
        .take_while(|(_, c)| !is(*c, CLAUSE))
        .any(|(at, _)| LATE.iter().any(|word| has(rest, at, word)))
}

/// The role the first word after the sum in its clause tells: 5000元额度, 20元优惠券.
fn after(text: &str, end: usize) -> Option<Role> {
    let mut at = end;
    let mut last = ' ';
    for _ in 0..REACH_AFTER {
        let c = char_at(text, at)?;
        if is(c, CLAUSE) {
            return None;
        }
        if is(c, ROLE)
            && let Some((_, Some(role))) = words(c).iter().find(|(word, _)| has(text, at, word))
            // 七百块到账, 把四千还了: asked for as often as told.
            && (*role != Paid || "已消支全".contains(c))
        {
            return Some(unless_denied(text, at, *role));
        }
        // 工本费, 诚意金: whatever it is called, it is asked on top.
        if c == '费' || (c == '金' && !"现资奖基休积".contains(last)) {
            return Some(Fee);
        }
        last = c;
        at += c.len_utf8();
    }
    None
}
