//! Whether a number without a currency is money: 欠三千五, 借款1.2万, 应还2318.

use rust_decimal::Decimal;

use super::super::numeral::chars::{
    CLAUSE, MEASURE, NUMERAL, after, after_any, back, char_at, char_before, counts_things, has, is, is_han, skip_spaces,
};
use super::super::numeral::{Form, is_border};
use super::quantity::Quantity;

/// How surely the words before a number speak of money.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cue {
    /// A name for a sum: 欠款, 金额, 本金.
    Sum,
    /// A verb that often takes a sum: 还, 转, 给.
    Verb,
}

/// How many characters before a number a name for a sum may stand when the number's own shape
/// (3,260.50; 3千到5千) speaks for money too.
const WIDE: usize = 12;

/// Whether the context makes the sum, which has no currency, money.
pub(super) fn is_money(text: &str, floor: usize, quantity: &Quantity) -> bool {
    let (start, end) = (quantity.span.start, quantity.span.end);
    // Most numbers of a message end here: codes, counts and days.
    let small = match quantity.numeral.form {
        Form::Plain(digits) => digits < 2 && quantity.numeral.decimals == 0 && !quantity.is_range(),
        Form::Digits => true,
        _ => false,
    };
    if small || !stands_alone(text, quantity) {
        return false;
    }
    if let Some(cue) = cue_before(text, floor, start)
        && fits(cue, text, quantity)
    {
        return true;
    }
    let worded = is_worded(quantity) && is_free(text, end);
    let shaped = worded
        || quantity.numeral.form == Form::Grouped
        || (quantity.numeral.scaled && quantity.is_range())
        || quantity.numeral.decimals == 2;
    (is_telling(quantity) && !is_year(quantity) && cue_after(text, end))
        || (shaped && names_sum_nearby(text, floor, start))
        || (worded && (named_later(text, end) || is_whole_clause(text, quantity)))
        || is_whole_message(text, quantity)
}

/// Whether it is a spoken or written number of a hundred or more: 三千五, 1.2万.
fn is_worded(quantity: &Quantity) -> bool {
    let numeral = &quantity.numeral;
    numeral.form == Form::Worded && numeral.scaled && quantity.low >= Decimal::ONE_HUNDRED
}

/// Whether no measure or other noun follows that the number might count.
fn is_free(text: &str, end: usize) -> bool {
    char_at(text, end).is_none_or(|c| !is_han(c) || (!is(c, MEASURE) && !"多强全所行倍号开字".contains(c)))
}

/// Whether nothing touches the number that makes it a date, a time, a code or a count.
fn stands_alone(text: &str, quantity: &Quantity) -> bool {
    let (start, end) = (quantity.span.start, quantity.span.end);
    let digits = match quantity.numeral.form {
        Form::Plain(digits) => digits,
        Form::Zeroed | Form::Bare => return false,
        _ => 0,
    };
    let before = char_before(text, start);
    let code = matches!(before, Some('-' | ':' | '/' | '~' | '第' | '万' | '+' | '…'))
        && !text
            .get(..start)
            .is_some_and(|head| head.ends_with("额-") || head.ends_with(':'));
    is_border(before)
        && !continues(text, end)
        && !counts_things(text, end)
        && !code
        && !is_label(text, start)
        && !is_years(quantity)
        && !is_month(text, quantity)
        && !is_phone(quantity, digits)
        && !is_brand(text, quantity)
        && !counts_things(text, after(text, end, " ").unwrap_or(end))
}

/// Whether the number goes on as a date, time, code, percentage or Latin word.
fn continues(text: &str, end: usize) -> bool {
    let Some(c) = char_at(text, end) else {
        return false;
    };
    let then = char_at(text, end + c.len_utf8());
    let before_digit = then.is_some_and(|c| c.is_ascii_digit());
    match c {
        '-' | ':' | '/' | '.' | '~' | ',' => before_digit && c != ',',
        '%' | '‰' | '*' | '_' | '@' | '#' | '折' => true,
        _ => c.is_ascii_alphanumeric() || (is(c, NUMERAL) && c != '参' && c != '数'),
    }
}

/// Whether a word for a code or a search stands before the number: 尾号, 编号, 搜.
fn is_label(text: &str, start: usize) -> bool {
    let last = char_before(text, skip_back(text, start));
    matches!(last, Some('号' | '码' | '尾' | '位' | '编' | '搜' | '第'))
}

/// Before one space or colon at the end of what precedes `start`.
fn skip_back(text: &str, start: usize) -> usize {
    let marked = matches!(char_before(text, start), Some(' ' | ':'));
    start - usize::from(marked)
}

/// Before one space at the end of what precedes `start`.
fn skip_spaces_back(text: &str, start: usize) -> usize {
    start - usize::from(char_before(text, start) == Some(' '))
}

/// Whether the number is a year, or two that follow one another: 2024—2025.
fn is_years(quantity: &Quantity) -> bool {
    is_year(quantity) && quantity.is_range() && quantity.high == quantity.low + Decimal::ONE
}

fn is_year(quantity: &Quantity) -> bool {
    let low = quantity.numeral.low;
    quantity.numeral.form == Form::Plain(4) && low >= Decimal::from(2010) && low < Decimal::from(2040)
}

/// 11月还款, 8月月供: a month before a word that else belongs to a sum.
fn is_month(text: &str, quantity: &Quantity) -> bool {
    matches!(quantity.numeral.form, Form::Plain(1..=2))
        && quantity.low <= Decimal::from(12)
        && has(text, quantity.span.end, "月")
}

/// Phone numbers: ten digits and more, service numbers.
fn is_phone(quantity: &Quantity, digits: u32) -> bool {
    let low = quantity.numeral.low;
    let between = |from: i64, to: i64| low >= Decimal::from(from) && low < Decimal::from(to);
    let torn = quantity.is_range()
        && !quantity.numeral.scaled
        && quantity.high >= Decimal::from(95_000)
        && quantity.high < Decimal::from(97_000);
    let whole = match digits {
        0 => false,
        3 => [110, 114, 119, 120, 122]
            .iter()
            .any(|&number| low == Decimal::from(number)),
        5 => between(95_000, 97_000) || between(10_001, 10_200) || between(12_300, 12_400),
        6 => between(951_000, 962_000) && quantity.numeral.decimals == 0,
        _ => digits >= 10,
    };
    // 40000-95561 is one number that was torn apart.
    torn || whole
}

/// Lenders whose names begin with a number: 360借条, 2345贷款王, 58金融.
fn is_brand(text: &str, quantity: &Quantity) -> bool {
    let brand = [360, 2345, 58, 51, 91, 365]
        .iter()
        .any(|&number| quantity.numeral.low == Decimal::from(number));
    brand
        && matches!(quantity.numeral.form, Form::Plain(_))
        && char_at(text, quantity.span.end).is_some_and(|c| "借数金分贷信人网钱小同周".contains(c))
}

/// Whether the number itself has the look of a sum.
fn is_telling(quantity: &Quantity) -> bool {
    let numeral = &quantity.numeral;
    match numeral.form {
        Form::Plain(digits) => digits >= 3 || numeral.decimals > 0,
        Form::Grouped => true,
        _ => numeral.scaled,
    }
}

fn fits(cue: Cue, text: &str, quantity: &Quantity) -> bool {
    let numeral = &quantity.numeral;
    match cue {
        Cue::Sum => match numeral.form {
            Form::Plain(digits) => digits >= 2 || numeral.decimals > 0,
            Form::Digits => false,
            _ => true,
        },
        Cue::Verb => {
            let free = is_free(text, quantity.span.end);
            let short = !matches!(numeral.form, Form::Plain(digits) if digits > 6);
            short && is_telling(quantity) && numeral.form != Form::Digits && free
        }
    }
}

/// Names of sums and verbs of paying by their last character.
fn cue_words(last: char) -> &'static [(&'static str, Cue)] {
    use Cue::{Sum, Verb};
    match last {
        '欠' => &[("欠", Sum)],
        '款' => &[("条款", Verb), ("款", Sum)],
        '还' => &[
            ("应还", Sum),
            ("待还", Sum),
            ("需还", Sum),
            ("未还", Sum),
            ("须还", Sum),
            ("还", Verb),
        ],
        '额' => &[("名额", Verb), ("额", Sum)],
        '金' => &[
            ("本金", Sum),
            ("违约金", Sum),
            ("滞纳金", Sum),
            ("押金", Sum),
            ("保证金", Sum),
            ("定金", Sum),
            ("订金", Sum),
            ("租金", Sum),
            ("佣金", Sum),
            ("罚金", Sum),
            ("奖金", Sum),
            ("现金", Sum),
            ("资金", Sum),
            ("解冻金", Sum),
            ("认证金", Sum),
            ("赔偿金", Sum),
        ],
        '息' => &[("利息", Sum), ("罚息", Sum), ("本息", Sum)],
        '费' => &[("费", Sum)],
        '借' => &[("借", Verb)],
        '贷' => &[("贷", Verb)],
        '付' => &[("应付", Sum), ("待付", Sum), ("未付", Sum), ("付", Verb)],
        '缴' => &[("缴", Sum)],
        '交' => &[("待交", Sum), ("未交", Sum), ("交", Verb)],
        '价' => &[("价", Sum)],
        '薪' => &[("薪", Sum)],
        '资' => &[("工资", Sum), ("投资", Sum)],
        '酬' => &[("酬", Sum)],
        '入' => &[
            ("收入", Sum),
            ("存入", Sum),
            ("转入", Sum),
            ("汇入", Sum),
            ("充入", Verb),
        ],
        '账' => &[
            ("到账", Sum),
            ("转账", Sum),
            ("入账", Sum),
            ("进账", Sum),
            ("垫账", Sum),
        ],
        '租' => &[("租", Verb)],
        '供' => &[("月供", Sum)],
        '罚' => &[("罚", Verb)],
        '偿' => &[("偿", Sum)],
        '赔' => &[("赔", Verb)],
        '单' => &[("账单", Sum)],
        '值' => &[("充值", Sum), ("价值", Sum)],
        '现' => &[("提现", Sum), ("套现", Sum), ("返现", Sum), ("取现", Sum)],
        '债' => &[("债", Sum)],
        '务' => &[("债务", Sum)],
        '税' => &[("税", Sum)],
        '出' => &[("支出", Sum), ("转出", Sum), ("出", Verb)],
        '花' => &[("花", Verb)],
        '省' => &[("省", Verb)],
        '免' => &[("减免", Sum)],
        '减' => &[("立减", Sum), ("减", Verb)],
        '差' => &[("差", Verb)],
        '剩' => &[("剩", Verb)],
        '余' => &[("剩余", Verb), ("尚余", Sum)],
        '度' => &[("额度", Sum)],
        '励' => &[("奖励", Verb)],
        '包' => &[("红包", Sum)],
        '贴' => &[("补贴", Sum)],
        '惠' => &[("优惠", Verb)],
        '呗' => &[("借呗", Verb), ("花呗", Verb)],
        '条' => &[("白条", Verb), ("金条", Verb), ("借条", Verb)],
        '转' => &[("转", Verb)],
        '汇' => &[("汇", Verb)],
        '打' => &[("打", Verb)],
        '给' => &[("给", Verb)],
        '收' => &[("收", Verb)],
        '拿' => &[("拿", Verb)],
        '充' => &[("充", Verb)],
        '垫' => &[("垫", Verb)],
        '存' => &[("存", Verb)],
        '凑' => &[("凑", Verb)],
        '扣' => &[("扣", Verb)],
        '赚' => &[("赚", Verb)],
        '亏' => &[("亏", Verb)],
        '骗' => &[("骗", Verb)],
        '计' => &[("合计", Verb), ("共计", Verb), ("总计", Verb)],
        '共' => &[("一共", Verb), ("总共", Verb), ("合共", Verb)],
        '高' => &[("最高", Verb)],
        '低' => &[("最低", Verb)],
        '期' => &[
            ("本期", Verb),
            ("每期", Verb),
            ("首期", Verb),
            ("一期", Verb),
            ("这期", Verb),
            ("当期", Verb),
        ],
        '月' => &[("个月", Verb), ("每月", Verb)],
        '笔' => &[("笔", Verb)],
        '那' => &[("你那", Verb), ("您那", Verb), ("我那", Verb), ("他那", Verb)],
        '退' => &[("退", Verb)],
        '提' => &[("提", Verb)],
        '投' => &[("投", Verb)],
        '补' => &[("补", Verb)],
        '押' => &[("押", Verb)],
        _ => &[],
    }
}

/// Words that end like a cue and speak of no sum.
const NO_CUES: &[&str] = &["免费", "条款", "名额", "对账", "扣扣", "拨打"];

/// The cue that stands before `at`, small words between.
fn cue_before(text: &str, floor: usize, at: usize) -> Option<Cue> {
    let mut head = back(text, floor, at);
    for _ in 0..5 {
        let last = head.chars().next_back()?;
        let found = cue_words(last).iter().find(|(word, _)| head.ends_with(word));
        if let Some((_, cue)) = found {
            let other = NO_CUES.iter().any(|word| head.ends_with(word));
            return (!other).then_some(*cue);
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
fn cue_after(text: &str, end: usize) -> bool {
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
fn named_later(text: &str, end: usize) -> bool {
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

/// Whether the number is a clause of its own, as in speech: "六万,周三".
fn is_whole_clause(text: &str, quantity: &Quantity) -> bool {
    let before = char_before(text, skip_spaces_back(text, quantity.span.start));
    let after = char_at(text, skip_spaces(text, quantity.span.end));
    // A label such as "粉丝:1.2万" tells what is counted.
    let label = before == Some(':') && quantity.numeral.units.is_some();
    before.is_none_or(|c| c == ':' || is(c, CLAUSE)) && after.is_none_or(|c| is(c, CLAUSE) && c != '(') && !label
}

/// Whether a name for a sum stands in the same clause, a few characters before.
fn names_sum_nearby(text: &str, floor: usize, at: usize) -> bool {
    let head = back(text, floor, at);
    let mut end = head.len();
    for c in head.chars().rev().take(WIDE) {
        if is(c, CLAUSE) {
            return false;
        }
        let upto = head.get(..end).unwrap_or("");
        let sum = |(word, cue): &&(&str, Cue)| *cue == Cue::Sum && upto.ends_with(word);
        if cue_words(c).iter().any(|entry| sum(&entry)) {
            return true;
        }
        end -= c.len_utf8();
    }
    false
}

/// Whether the message is this number and nothing else: an answer such as "三千五".
fn is_whole_message(text: &str, quantity: &Quantity) -> bool {
    // Long texts cannot be one number; the check stays constant in time.
    if text.len() > quantity.span.len() + 32 || !quantity.numeral.scaled {
        return false;
    }
    let head = text.get(..quantity.span.start).unwrap_or("").trim();
    let tail = text.get(quantity.span.end..).unwrap_or("").trim();
    let head_fits = head.is_empty()
        || super::bound::before(text, 0, quantity.span.start)
            .is_some_and(|(_, start)| text.get(..start).is_some_and(|rest| rest.trim().is_empty()));
    let tail_fits = tail
        .trim_end_matches(['。', '.', '!', '?', '吧', '行', '吗'])
        .is_empty()
        || super::bound::following(text, quantity.span.end)
            .is_some_and(|(_, end)| text.get(end..).is_some_and(|rest| rest.trim().is_empty()));
    head_fits && tail_fits && !has(text, quantity.span.end, "一")
}
