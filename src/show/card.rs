//! The card for one message: what it is, which words say so, what to do now. Plain data, all texts
//! written out, so that the terminal and the page say the same.

use std::fmt::Write as _;
use std::ops::Range;

use super::advice::{self, Region};
use super::escaped;
use crate::Analyst;
use crate::classify::Verdict;
use crate::counterfactual::{Counterfactual, counterfactual};
use crate::engine::Reading;
use crate::fold::plain;
use crate::message::Message;
use crate::model_card::error_rate;
use crate::report::{ContactField, Report};
use crate::rules::LenderKind;
use crate::scan::contacts::ContactKind;
use crate::scan::money::Role;
use crate::scan::{LenderRole, Recipient};

/// Probability from which an answer is called very likely.
const VERY_LIKELY: f64 = 0.9;
/// A runner-up closer than this is named.
const CLOSE: f64 = 0.15;
/// Severity from which a finding is worth a complaint by itself.
const GRAVE: u8 = 3;
/// Quotes shown for one rule, and sums, dates or numbers in a row.
const MOST_QUOTES: usize = 3;

/// What the strip at the top says it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// A verdict.
    Sure(Verdict),
    /// The text does not tell: an answer of its own.
    Unsure,
    /// There is nothing to read.
    Empty,
}

impl Answer {
    /// A word for style sheets and tests: `scam`, `unsure`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Sure(verdict) => verdict.name(),
            Self::Unsure => "unsure",
            Self::Empty => "empty",
        }
    }
}

/// A stretch of the message, and the findings its words belong to: places in [`Card::findings`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// The words, hostile characters made visible, line breaks kept.
    pub text: String,
    /// Findings, the gravest first.
    pub findings: Vec<usize>,
}

/// One indicator, with all its quotes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// Id of the rule.
    pub rule: String,
    /// 1 to 5.
    pub severity: u8,
    /// What it is.
    pub title: String,
    /// The words in the message; a disguised word with what it stands for.
    pub quotes: Vec<String>,
    /// Why it matters.
    pub why: String,
    /// What law or rule says so.
    pub laws: Vec<String>,
}

/// One line of what was found: a label and its values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// 机构, 金额 …
    pub label: &'static str,
    /// What stands in the message.
    pub value: String,
}

/// One line of the sum that makes the margin.
#[derive(Debug, Clone, PartialEq)]
pub struct Addend {
    /// The words, or what is added.
    pub words: String,
    /// The feature's name, as `cuijian featurise` prints it.
    pub feature: String,
    /// What it adds.
    pub weight: f64,
}

/// The card.
#[derive(Debug, Clone, PartialEq)]
pub struct Card {
    /// Whether the texts are English.
    pub english: bool,
    /// Help when life may be in danger; stands before everything else.
    pub crisis: Option<&'static str>,
    /// What it is.
    pub answer: Answer,
    /// Certainty and verdict in words.
    pub headline: String,
    /// The second most probable verdict, when close.
    pub runner_up: Option<String>,
    /// The probability behind the words.
    pub probability: String,
    /// The message, in pieces.
    pub pieces: Vec<Piece>,
    /// What was found.
    pub found: Vec<Row>,
    /// What is missing.
    pub missing: Vec<&'static str>,
    /// Indicators, the gravest first.
    pub findings: Vec<Shown>,
    /// The words that weighed most, where no indicator says why.
    pub words: Vec<String>,
    /// What the verdict hangs on.
    pub counterfactual: Option<String>,
    /// What to do now; at most three lines.
    pub advice: Vec<String>,
    /// How often this kind of answer is wrong.
    pub error_rate: Option<String>,
    /// What this is not.
    pub disclaimer: &'static str,
    /// The sum that makes the margin; empty without a message.
    pub sum: Vec<Addend>,
    /// What the sum is: the verdict's score over that of the runner-up.
    pub margin: f64,
    /// The two verdicts the margin lies between.
    pub between: (String, String),
    /// A complaint filled in, in Chinese; none where nothing was found.
    pub complaint: Option<String>,
}

impl Card {
    /// Reads the message and puts the card together.
    #[must_use]
    pub fn of(analyst: &Analyst, message: &Message, english: bool) -> Self {
        Self::new(analyst, message, &analyst.report(message), english)
    }

    /// Puts the card of a report together; `message` is the one reported on.
    #[must_use]
    pub fn new(analyst: &Analyst, message: &Message, report: &Report, english: bool) -> Self {
        let reading = analyst.engine().read(message);
        let region = Region::of(report);
        let (findings, places) = findings(analyst, &reading, report, english);
        let empty = report.text.trim().is_empty();
        let answer = match (empty, report.needs_review) {
            (true, _) => Answer::Empty,
            (_, true) => Answer::Unsure,
            _ => Answer::Sure(report.verdict),
        };
        let accuses = matches!(report.verdict, Verdict::Aggressive | Verdict::Scam);
        Self {
            english,
            crisis: advice::is_danger(&report.text).then(|| advice::crisis(region, english)),
            answer,
            headline: headline(answer, report, findings.len(), english),
            runner_up: runner_up(answer, report, english),
            probability: probability(report, english),
            pieces: pieces(report, &places),
            found: found(report, &reading, analyst, english),
            missing: missing(answer, report, &reading, analyst, english),
            words: if findings.is_empty() && accuses && !empty {
                heavy_words(report)
            } else {
                Vec::new()
            },
            counterfactual: (!empty)
                .then(|| hangs_on(&counterfactual(analyst, message, &reading, report), english))
                .flatten(),
            advice: if empty {
                Vec::new()
            } else {
                {
                    let third = to_third_party(report, &reading);
                    advice::advice(report, region, third, english)
                }
            },
            error_rate: if empty { None } else { wrong(report, english) },
            disclaimer: say(
                english,
                "这是程序对文字的判断，不是法律意见。",
                "A program's reading of the words; not legal advice.",
            ),
            sum: sum(report, english),
            margin: report.margin,
            between: (
                name(report.verdict, english).into(),
                name(report.runner_up, english).into(),
            ),
            complaint: complaint(report, analyst),
            findings,
        }
    }
}

/// Whether the message goes to somebody who does not owe. One that threatens to go to family or work is
/// written to the debtor, whatever else it says.
fn to_third_party(report: &Report, reading: &Reading) -> bool {
    const TO_DEBTOR: &[&str] = &[
        "contact.expose-contacts",
        "contact.family-pressure",
        "contact.employer-pressure",
    ];
    reading.scan.structure.recipient == Recipient::ThirdParty
        && !report.findings.iter().any(|f| TO_DEBTOR.contains(&f.rule.as_str()))
}

fn say<'a>(english: bool, zh: &'a str, en: &'a str) -> &'a str {
    if english { en } else { zh }
}

/// The name of a verdict.
#[must_use]
pub fn name(verdict: Verdict, english: bool) -> &'static str {
    match (verdict, english) {
        (Verdict::Legitimate, false) => "一般还款提醒",
        (Verdict::Unrelated, false) => "与催收无关的信息",
        (v, false) => v.zh(),
        (Verdict::Legitimate, true) => "an ordinary reminder",
        (Verdict::Aggressive, true) => "abusive collection",
        (Verdict::Scam, true) => "likely fraud",
        (Verdict::Unrelated, true) => "something other than collection",
    }
}

fn headline(answer: Answer, report: &Report, findings: usize, english: bool) -> String {
    let verdict = match answer {
        Answer::Empty => {
            return say(
                english,
                "没有文字可看：请粘贴短信内容。",
                "Nothing to read: paste the message.",
            )
            .into();
        }
        Answer::Unsure => {
            let plain = if is_abuse_or_fraud(report) {
                say(
                    english,
                    "不像正常提醒：是违规催收还是诈骗，单凭文字分不清",
                    "No ordinary reminder: abuse or fraud, the words alone do not tell which",
                )
            } else {
                say(
                    english,
                    "不确定：单凭这段文字判断不了",
                    "Not sure: the words alone do not tell",
                )
            };
            return format!("{plain}{}", watch(findings, english));
        }
        Answer::Sure(verdict) => verdict,
    };
    let likely = report.confidence >= VERY_LIKELY;
    let certainty = match (likely, english) {
        (true, false) => "很可能是",
        (false, false) => "可能是",
        (true, true) => "Very likely ",
        (false, true) => "Perhaps ",
    };
    match (verdict, english) {
        (Verdict::Scam, false) => format!("{certainty}诈骗：先别点链接、别转账"),
        (Verdict::Scam, true) => format!("{certainty}fraud: do not click, do not pay"),
        (Verdict::Aggressive, false) => format!("{certainty}违规催收：债可以催，这样催不行"),
        (Verdict::Aggressive, true) => format!("{certainty}abusive collection: a debt may be asked for, not like this"),
        (Verdict::Legitimate, false) if findings == 0 => {
            let certainty = if likely { "很" } else { "可能" };
            format!("{certainty}像一般还款提醒，未发现违规或诈骗迹象（不等于真实）")
        }
        (Verdict::Legitimate, true) if findings == 0 => {
            format!("{certainty}an ordinary reminder; no sign of abuse or fraud found (not proof it is genuine)")
        }
        (Verdict::Legitimate, false) => {
            let certainty = if likely { "很" } else { "可能" };
            format!("{certainty}像一般还款提醒{}（不等于真实）", watch(findings, english))
        }
        (Verdict::Legitimate, true) => {
            format!(
                "{certainty}an ordinary reminder{} (not proof it is genuine)",
                watch(findings, english)
            )
        }
        (Verdict::Unrelated, false) => {
            let certainty = if likely { "很可能" } else { "可能" };
            format!(
                "{certainty}不是催收{}（只看催收，不等于没有问题）",
                watch(findings, english)
            )
        }
        (Verdict::Unrelated, true) => {
            format!(
                "{certainty}not debt collection{} (nothing else was checked)",
                watch(findings, english)
            )
        }
    }
}

/// Whether the doubt is only which of the two bad ones it is.
fn is_abuse_or_fraud(report: &Report) -> bool {
    report.probabilities.aggressive + report.probabilities.scam >= VERY_LIKELY
}

/// That there is something to mind all the same.
fn watch(findings: usize, english: bool) -> String {
    match (findings, english) {
        (0, _) => String::new(),
        (n, false) => format!("，但有 {n} 处要留意"),
        (1, true) => "; but mind 1 thing".into(),
        (n, true) => format!("; but mind {n} things"),
    }
}

fn share(report: &Report, verdict: Verdict) -> f64 {
    let p = &report.probabilities;
    [p.legitimate, p.aggressive, p.scam, p.unrelated][verdict.index()]
}

fn runner_up(answer: Answer, report: &Report, english: bool) -> Option<String> {
    let (first, second) = (name(report.verdict, english), name(report.runner_up, english));
    match answer {
        Answer::Unsure => Some(if english {
            format!("It could be {first}, or {second}.")
        } else {
            format!("可能是{first}，也可能是{second}。")
        }),
        Answer::Sure(_) if report.confidence - share(report, report.runner_up) < CLOSE => Some(if english {
            format!("It could also be {second}.")
        } else {
            format!("也可能是{second}。")
        }),
        Answer::Sure(_) | Answer::Empty => None,
    }
}

fn probability(report: &Report, english: bool) -> String {
    let mut order = Verdict::ALL;
    order.sort_by(|a, b| share(report, *b).total_cmp(&share(report, *a)));
    let parts: Vec<String> = order
        .iter()
        .map(|&v| format!("{} {:.0} %", name(v, english), 100.0 * share(report, v)))
        .collect();
    parts.join(say(english, "，", ", "))
}

/// Indicators for the card, the gravest first, and for each finding of the report its place among them:
/// none when it is about sender or time and marks no words.
fn findings(analyst: &Analyst, reading: &Reading, report: &Report, english: bool) -> (Vec<Shown>, Vec<Option<usize>>) {
    let rules = analyst.engine().rules();
    let length = report.text.chars().count();
    let mut order: Vec<usize> = (0..report.findings.len()).collect();
    order.sort_by_key(|&i| {
        let f = &report.findings[i];
        (std::cmp::Reverse(f.severity), !fits(&f.rule, report.verdict), f.start)
    });
    let mut shown: Vec<Shown> = Vec::new();
    let mut places = vec![None; report.findings.len()];
    for i in order {
        let finding = &report.findings[i];
        let Some(indicator) = rules.indicator(&finding.rule) else {
            continue;
        };
        let whole = finding.rule.starts_with("meta.") || (finding.start == 0 && finding.end == length && length > 40);
        let at = shown.iter().position(|s| s.rule == finding.rule).unwrap_or_else(|| {
            let text = |b: &crate::rules::Bilingual| if english { b.en.clone() } else { b.zh.clone() };
            shown.push(Shown {
                rule: finding.rule.clone(),
                severity: finding.severity,
                title: text(&indicator.title),
                quotes: Vec::new(),
                why: text(&indicator.why),
                laws: indicator.sources.iter().map(|s| rules.cite(s, english)).collect(),
            });
            shown.len() - 1
        });
        if !whole {
            places[i] = Some(at);
            let quote = quote(finding, reading, i, english);
            if !shown[at].quotes.contains(&quote) {
                shown[at].quotes.push(quote);
            }
        }
    }
    (shown, places)
}

/// Whether a rule of that family speaks for that verdict.
fn fits(rule: &str, verdict: Verdict) -> bool {
    let fraud = rule.starts_with("scam.") || rule.starts_with("identity.");
    match verdict {
        Verdict::Scam => fraud,
        Verdict::Aggressive => !fraud,
        _ => true,
    }
}

/// The words, and what a disguised one stands for: 「律*师*函」（即“律师函”）.
fn quote(finding: &crate::report::FindingField, reading: &Reading, at: usize, english: bool) -> String {
    let words = format!("「{}」", escaped(&finding.text));
    // The findings of the report stand in the order of the scan's.
    match reading.scan.findings.get(at) {
        Some(found) if finding.rule == "form.disguise" => {
            let meant = &reading.folded.text()[found.span.clone()];
            if english {
                format!("{words} (= {meant})")
            } else {
                format!("{words}（即 {meant}）")
            }
        }
        _ => words,
    }
}

/// The message cut at the borders of the marked words.
fn pieces(report: &Report, places: &[Option<usize>]) -> Vec<Piece> {
    let spans: Vec<(Range<usize>, usize)> = report
        .findings
        .iter()
        .zip(places)
        .filter_map(|(f, at)| at.map(|at| (f.start..f.end, at)))
        .collect();
    let mut pieces: Vec<Piece> = Vec::new();
    for (i, c) in report.text.chars().enumerate() {
        let mut here: Vec<usize> = spans
            .iter()
            .filter(|(s, _)| s.contains(&i))
            .map(|(_, at)| *at)
            .collect();
        here.sort_unstable();
        here.dedup();
        let shown = if c == '\n' {
            "\n".into()
        } else {
            escaped(c.encode_utf8(&mut [0; 4]))
        };
        match pieces.last_mut() {
            Some(last) if last.findings == here => last.text.push_str(&shown),
            _ => pieces.push(Piece {
                text: shown,
                findings: here,
            }),
        }
    }
    pieces
}

fn joined(values: &[String], english: bool) -> String {
    let more = values.len().saturating_sub(MOST_QUOTES);
    let mut out = values[..values.len() - more].join(say(english, "，", ", "));
    if more > 0 {
        let _ = if english {
            write!(out, ", {more} more")
        } else {
            write!(out, " 等 {} 处", values.len())
        };
    }
    out
}

fn found(report: &Report, reading: &Reading, analyst: &Analyst, english: bool) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut row = |label: (&'static str, &'static str), values: Vec<String>| {
        let mut unique: Vec<String> = Vec::new();
        for value in values {
            if !value.is_empty() && !unique.contains(&value) {
                unique.push(value);
            }
        }
        if !unique.is_empty() {
            rows.push(Row {
                label: if english { label.1 } else { label.0 },
                value: joined(&unique, english),
            });
        }
    };
    row(("机构", "who"), lenders(report, english));
    row(
        ("金额", "sum"),
        report
            .amounts
            .iter()
            .map(|a| {
                let words = escaped(&a.text);
                match role(a.role, english) {
                    "" => words,
                    role if english => format!("{words} ({role})"),
                    role => format!("{words}（{role}）"),
                }
            })
            .collect(),
    );
    let mut dates: Vec<String> = report.dates.iter().map(|d| escaped(&d.text)).collect();
    // The words, not the number: of 四十多天 the number is only the lower end.
    if let Some((span, _)) = &reading.scan.overdue {
        let words = escaped(&report.text[reading.folded.original(span.clone())]);
        if !dates.iter().any(|d| d.contains(&words)) {
            dates.insert(0, words);
        }
    }
    row(("日期", "date"), dates);
    let of = |kinds: &[ContactKind]| -> Vec<String> {
        report
            .contacts
            .iter()
            .filter(|c| kinds.contains(&c.kind))
            .map(|c| contact(c, english))
            .collect()
    };
    row(
        ("电话", "phone"),
        of(&[ContactKind::Mobile, ContactKind::Landline, ContactKind::Service]),
    );
    row(("链接", "link"), of(&[ContactKind::Url]));
    row(
        ("私聊", "chat"),
        of(&[ContactKind::Wechat, ContactKind::Qq, ContactKind::Email]),
    );
    let mut paying = of(&[ContactKind::Account, ContactKind::Coin]);
    paying.extend(signal_words(report, reading, analyst, "channel.private"));
    paying.extend(own_channel(report, reading, analyst));
    row(("付款", "pay by"), paying);
    rows
}

fn lenders(report: &Report, english: bool) -> Vec<String> {
    report
        .lenders
        .iter()
        .map(|l| {
            let words = escaped(&l.text);
            if l.kind == LenderKind::Unknown {
                let note = say(english, "不在已知机构名单里", "on no known list");
                if english {
                    format!("{words} ({note})")
                } else {
                    format!("{words}（{note}）")
                }
            } else if l.name == l.text {
                words
            } else {
                format!("{words} = {}", l.name)
            }
        })
        .collect()
}

fn role(role: Role, english: bool) -> &'static str {
    match (role, english) {
        (Role::Due, false) => "应还",
        (Role::Due, true) => "due",
        (Role::Minimum, false) => "最低还款",
        (Role::Minimum, true) => "minimum",
        (Role::Principal, false) => "本金",
        (Role::Principal, true) => "principal",
        (Role::Interest, false) => "利息",
        (Role::Interest, true) => "interest",
        (Role::Fee, false) => "费用",
        (Role::Fee, true) => "fee",
        (Role::Offer, false) => "所谓优惠或减免",
        (Role::Offer, true) => "offered",
        (Role::Paid, false) => "已还",
        (Role::Paid, true) => "paid",
        (Role::Limit, false) => "额度",
        (Role::Limit, true) => "limit",
        (Role::Unknown, _) => "",
    }
}

fn contact(contact: &ContactField, english: bool) -> String {
    let words = escaped(&contact.text);
    let note = match (contact.official, contact.kind) {
        (Some(true), _) => say(
            english,
            "公布的号码，但来电显示可伪造",
            "published number; caller id can be forged",
        ),
        (Some(false), _) => say(english, "不在该机构公布的号码里", "not a published number of theirs"),
        (None, ContactKind::Mobile) => say(english, "个人手机号", "a private mobile"),
        (None, ContactKind::Url) => say(english, "未经核实", "unverified"),
        (None, ContactKind::Account) => say(english, "账号", "account"),
        (None, ContactKind::Coin) => say(english, "虚拟币地址", "coin wallet"),
        (None, ContactKind::Wechat) => say(english, "微信", "WeChat"),
        (None, ContactKind::Qq) => "QQ",
        _ => "",
    };
    match (note, english) {
        ("", _) => words,
        (note, true) => format!("{words} ({note})"),
        (note, false) => format!("{words}（{note}）"),
    }
}

/// The words of the message where a signal of that id stands.
fn signal_words(report: &Report, reading: &Reading, analyst: &Analyst, id: &str) -> Vec<String> {
    reading
        .scan
        .signals
        .iter()
        .filter(|s| analyst.engine().rules().signals[s.signal].id == id)
        .map(|s| format!("「{}」", escaped(&report.text[reading.folded.original(s.span.clone())])))
        .collect()
}

/// Words of a channel that is the institution's own beyond doubt.
const OWN: &[&str] = &[
    "app",
    "手机银行",
    "网上银行",
    "网银",
    "官网",
    "官方",
    "公众号",
    "小程序",
    "网点",
    "柜台",
    "代扣",
    "自动扣",
    "绑定",
];

fn own_channel(report: &Report, reading: &Reading, analyst: &Analyst) -> Vec<String> {
    let mut words = signal_words(report, reading, analyst, "channel.own");
    words.retain(|w| OWN.iter().any(|own| plain(w).contains(own)));
    words
}

/// Words that tell which contract is meant; a card's or account's last digits will do.
const CONTRACT: &[&str] = &[
    "合同编号",
    "合同号",
    "合约编号",
    "合约号",
    "契约编号",
    "借据",
    "贷款编号",
    "贷款账号",
    "借款编号",
    "订单号",
    "订单编号",
    "账单编号",
    "尾号",
    "末四码",
    "末4码",
    "卡号后",
    "户号",
];

fn missing(answer: Answer, report: &Report, reading: &Reading, analyst: &Analyst, english: bool) -> Vec<&'static str> {
    if matches!(answer, Answer::Empty | Answer::Sure(Verdict::Unrelated)) {
        return Vec::new();
    }
    let mut missing = Vec::new();
    if !report
        .lenders
        .iter()
        .any(|l| l.kind != LenderKind::Unknown && l.kind != LenderKind::Authority)
    {
        missing.push(say(english, "机构全称", "institution's full name"));
    } else if !report.lenders.iter().any(|l| l.role != LenderRole::Mentioned) && reading.scan.turns.is_empty() {
        missing.push(say(english, "发信人身份", "who is writing"));
    }
    let text = plain(&report.text);
    if !CONTRACT.iter().any(|w| text.contains(w)) {
        missing.push(say(english, "合同或借据号", "contract number"));
    }
    if !report.contacts.iter().any(|c| c.official == Some(true)) && own_channel(report, reading, analyst).is_empty() {
        missing.push(say(english, "官方渠道（官方App、公布的客服电话）", "official channel"));
    }
    missing
}

/// Words of the message that speak most for the verdict.
fn heavy_words(report: &Report) -> Vec<String> {
    let chars: Vec<char> = report.text.chars().collect();
    let mut words: Vec<String> = Vec::new();
    for reason in report.reasons.iter().filter(|r| r.weight > 0.0) {
        let (Some(start), Some(end)) = (reason.start, reason.end) else {
            continue;
        };
        let word: String = chars[start..end].iter().collect();
        let known = words.iter().any(|w| w.contains(&word) || word.contains(w.as_str()));
        if end - start > 1 && end - start < 16 && !known && words.len() < 4 {
            words.push(word);
        }
    }
    words.iter().map(|w| format!("「{}」", escaped(w))).collect()
}

fn hangs_on(counterfactual: &Counterfactual, english: bool) -> Option<String> {
    match counterfactual {
        Counterfactual::Decides { clause, verdict, .. } => {
            let (clause, verdict) = (shortened(&escaped(clause)), name(*verdict, english));
            Some(if english {
                format!("Without 「{clause}」 the answer would be: {verdict}.")
            } else {
                format!("去掉「{clause}」，判断会变为：{verdict}。")
            })
        }
        Counterfactual::NoneAlone { tried, of } if tried == of => Some(
            say(
                english,
                "逐句去掉试过：没有哪一句能单独改变判断。",
                "Each clause was taken out in turn: none alone changes the answer.",
            )
            .into(),
        ),
        Counterfactual::NoneAlone { tried, .. } => Some(if english {
            format!("The {tried} weightiest clauses were taken out in turn: none alone changes the answer.")
        } else {
            format!("去掉最要紧的 {tried} 句逐句试过：没有哪一句能单独改变判断。")
        }),
        Counterfactual::OneClause => None,
    }
}

/// The beginning and end of a long clause.
fn shortened(clause: &str) -> String {
    let chars: Vec<char> = clause.chars().collect();
    if chars.len() <= 22 {
        return clause.into();
    }
    let (head, tail) = (&chars[..12], &chars[chars.len() - 8..]);
    format!(
        "{}…{}",
        head.iter().collect::<String>(),
        tail.iter().collect::<String>()
    )
}

fn wrong(report: &Report, english: bool) -> Option<String> {
    if report.needs_review {
        let wrong = 100.0 * (1.0 - report.confidence);
        return Some(if english {
            format!("Taken for the likelier of the two, about {wrong:.0} in 100 such answers would be wrong.")
        } else {
            format!("若硬要选可能性最大的，这样的回答 100 次里约有 {wrong:.0} 次会错。")
        });
    }
    let wrong = 100.0 * error_rate(report.verdict)?;
    Some(if english {
        format!("Of answers of this kind about {wrong:.0} in 100 are wrong (on test texts; real ones may be harder).")
    } else {
        format!("这类回答 100 次里约有 {wrong:.0} 次会错（测试文本上的数字，实际可能更高）。")
    })
}

fn sum(report: &Report, english: bool) -> Vec<Addend> {
    let chars: Vec<char> = report.text.chars().collect();
    let mut sum: Vec<Addend> = report
        .reasons
        .iter()
        .map(|r| Addend {
            words: match (r.start, r.end) {
                (Some(start), Some(end)) => format!(
                    "「{}」",
                    shortened(&escaped(&chars[start..end].iter().collect::<String>()))
                ),
                _ if r.feature == "others" => say(english, "其余各项合计", "all others together").into(),
                _ => say(english, "整体特征", "the message as a whole").into(),
            },
            feature: r.feature.clone(),
            weight: r.weight,
        })
        .collect();
    sum.push(Addend {
        words: say(english, "起点（没有任何特征时）", "start (without any feature)").into(),
        feature: "bias".into(),
        weight: report.bias,
    });
    sum
}

/// A complaint with the quotes and rules filled in. In Chinese whatever the card's language is: the
/// offices that read it are Chinese.
fn complaint(report: &Report, analyst: &Analyst) -> Option<String> {
    let reading = analyst.engine().read(&Message {
        id: report.id.clone(),
        text: report.text.clone(),
        sender: report.sender.clone(),
        recipient: report.recipient.clone(),
        sent_at: report.sent_at.clone(),
    });
    let (mut findings, _) = findings(analyst, &reading, report, false);
    // A disguise breaks no rule, and what is called lawful needs something grave to be complained of.
    findings.retain(|f| !f.rule.starts_with("form."));
    let accuses = matches!(report.verdict, Verdict::Aggressive | Verdict::Scam);
    if !findings.iter().any(|f| accuses || f.severity >= GRAVE) {
        return None;
    }
    let mut out = String::from("本人");
    let time = report
        .sent_at
        .as_deref()
        .map_or("____年__月__日".into(), |t| t.replace('T', " "));
    let sender = report.sender.as_deref().unwrap_or("____________");
    let _ = write!(
        out,
        "于 {time} 收到号码 {sender} 发来的信息，原文如下：\n“{}”\n\n",
        report.text.trim()
    );
    out.push_str(if report.verdict == Verdict::Scam {
        "该信息涉嫌诈骗，具体如下：\n"
    } else {
        "该信息涉嫌违规催收，具体如下：\n"
    });
    for (i, finding) in findings.iter().enumerate() {
        let _ = write!(out, "{}. ", i + 1);
        if !finding.quotes.is_empty() {
            let _ = write!(
                out,
                "{}，",
                finding.quotes[..finding.quotes.len().min(MOST_QUOTES)].join("、")
            );
        }
        let _ = write!(out, "涉嫌{}", finding.title);
        if !finding.laws.is_empty() {
            let _ = write!(out, "（参见{}）", finding.laws[..finding.laws.len().min(2)].join("；"));
        }
        out.push_str("。\n");
    }
    out.push_str(if report.verdict == Verdict::Scam {
        "\n请依法核查发送号码、链接及收款账户并予以处置。"
    } else {
        "\n请依法核查，责令停止上述行为，并将处理结果书面答复本人。"
    });
    out.push_str(
        "原始短信已在手机中保留，可供核验。\n\n投诉人：________　联系电话：________　借款合同编号（如有）：________",
    );
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn card(text: &str, english: bool) -> Card {
        Card::of(Analyst::built_in(), &Message::new("1", text), english)
    }

    const TEXTS: &[&str] = &[
        "",
        " \n",
        "好",
        "【招商银行】您尾号4471的信用卡本期应还2318.60元，还款日12月18日，请按时还款。",
        "林某你听好，今天五点前不把钱打过来，我就挨个打你通讯录，让你爸妈和单位都知道你欠钱不还。",
        "立*案*通*知：你拖欠的分期款已移交户籍地法院，2小时内加V❤ zx8801处理可撤an，否则今日强制执行。",
        "【丰巢】您有快件超期未取，凭取件码8-2-4417到小区东门取件。",
        "能不能还",
    ];

    #[test]
    fn no_card_ever_says_safe() {
        for text in TEXTS {
            for english in [false, true] {
                let all = format!("{:?}", card(text, english));
                for word in [
                    "安全的",
                    "放心",
                    "没问题",
                    "没有风险",
                    "is safe",
                    "it's safe",
                    "genuine.",
                ] {
                    assert!(!all.contains(word), "{word} in the card of {text}");
                }
            }
        }
    }

    #[test]
    fn the_pieces_are_the_message() {
        for text in TEXTS {
            let whole: String = card(text, false).pieces.iter().map(|p| p.text.as_str()).collect();
            assert_eq!(&whole, text);
        }
    }

    #[test]
    fn the_sum_is_the_margin() {
        for text in TEXTS {
            let card = card(text, false);
            let sum: f64 = card.sum.iter().map(|a| a.weight).sum();
            assert!((sum - card.margin).abs() < 1e-9, "{sum} {}", card.margin);
        }
    }

    #[test]
    fn at_most_three_lines_of_advice_and_each_fits_a_line() {
        use unicode_width::UnicodeWidthStr;
        for text in TEXTS {
            for english in [false, true] {
                let card = card(text, english);
                assert!(card.advice.len() <= 3);
                for line in &card.advice {
                    assert!(line.width() <= 80 - 2, "{} {line}", line.width());
                }
            }
        }
    }

    #[test]
    fn a_disguised_word_is_shown_both_ways() {
        let card = card(TEXTS[5], false);
        let disguise = card.findings.iter().find(|f| f.rule == "form.disguise").unwrap();
        assert!(
            disguise.quotes.iter().any(|q| q.contains("即 立案")),
            "{:?}",
            disguise.quotes
        );
    }

    #[test]
    fn a_complaint_quotes_words_and_rules_and_needs_a_finding() {
        let complaint = card(TEXTS[4], true).complaint.unwrap();
        assert!(
            complaint.contains("通讯录") && complaint.contains("参见"),
            "{complaint}"
        );
        assert_eq!(card("您好", false).complaint, None);
    }

    #[test]
    fn a_danger_to_life_comes_with_a_crisis_line() {
        assert!(card("再逼我我就不想活了", false).crisis.unwrap().contains("12356"));
        assert_eq!(card(TEXTS[3], false).crisis, None);
    }

    #[test]
    fn findings_about_sender_and_time_mark_no_words() {
        let message = Message {
            sent_at: Some("2026-11-02 23:15".into()),
            ..Message::new("1", "您的借款已逾期3天，请尽快还款")
        };
        let card = Card::of(Analyst::built_in(), &message, false);
        let night = card.findings.iter().position(|f| f.rule == "meta.night").unwrap();
        assert!(card.pieces.iter().all(|p| !p.findings.contains(&night)));
    }
}
