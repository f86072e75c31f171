//! What the card says beyond the record: what to do now, whom to call, what would settle a doubt.
//!
//! The numbers are those of the collected facts, section F: 12378 financial regulator, 12363 central bank,
//! 12345 city hotline, 96110 fraud, 12321 spam, 12368 courts, 12356 psychological aid; Hong Kong 18222 and
//! 2389 2222; Taiwan 165 and 1925.

use crate::classify::Verdict;
use crate::fold::{is_han, plain};
use crate::report::Report;
use crate::rules::LenderKind;

/// Whose telephone numbers help.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Region {
    /// The mainland, and whatever cannot be told.
    Mainland,
    /// Hong Kong.
    HongKong,
    /// Taiwan.
    Taiwan,
    /// Traditional script without another sign: Hong Kong or Taiwan.
    Traditional,
}

/// Traditional characters from which a message counts as written in traditional script.
const TRADITIONAL: usize = 3;

impl Region {
    /// By the institutions named, the currency, and the script.
    #[must_use]
    pub fn of(report: &Report) -> Self {
        let kind = |kinds: &[LenderKind]| report.lenders.iter().any(|l| kinds.contains(&l.kind));
        let currency = |code: &str| report.amounts.iter().any(|a| a.currency == code);
        if kind(&[LenderKind::BankHk, LenderKind::MoneyLenderHk]) || currency("HKD") {
            Self::HongKong
        } else if kind(&[LenderKind::BankTw, LenderKind::FinanceCompanyTw]) || currency("TWD") {
            Self::Taiwan
        } else if traditional(&report.text) {
            Self::Traditional
        } else {
            Self::Mainland
        }
    }
}

fn traditional(text: &str) -> bool {
    let mut buffer = [0; 4];
    text.chars()
        .filter(|&c| is_han(c))
        .take(2000)
        .filter(|c| {
            let one: &str = c.encode_utf8(&mut buffer);
            plain(one) != one
        })
        .take(TRADITIONAL)
        .count()
        == TRADITIONAL
}

/// Words that speak of a danger to life, folded; and what shows that the word is another one.
const DANGER: &[(&str, &[&str], &[&str])] = &[
    ("自杀", &[], &["式"]),
    ("不想活", &[], &[]),
    ("轻生", &["年"], &[]),
    ("活不下去", &[], &[]),
    ("想死", &[], &["你", "您", "我们的"]),
    ("去死", &[], &[]),
    ("寻死", &[], &[]),
    ("寻短见", &[], &[]),
    ("跳楼", &[], &["价", "大", "甩", "清仓"]),
    ("跳河", &[], &[]),
    ("割腕", &[], &[]),
    ("烧炭", &[], &[]),
    ("自残", &[], &[]),
    ("自尽", &[], &[]),
    ("上吊", &[], &[]),
    ("结束生命", &[], &[]),
    ("一了百了", &[], &[]),
];

/// Whether the words speak of a danger to life.
#[must_use]
pub fn is_danger(text: &str) -> bool {
    let text = plain(text);
    DANGER.iter().any(|(word, not_behind, not_before)| {
        text.match_indices(word).any(|(at, _)| {
            let (before, after) = (&text[..at], &text[at + word.len()..]);
            !not_behind.iter().any(|w| before.ends_with(w)) && !not_before.iter().any(|w| after.starts_with(w))
        })
    })
}

/// The line that stands before everything else when life may be in danger.
#[must_use]
pub fn crisis(region: Region, english: bool) -> &'static str {
    match (region, english) {
        (Region::Mainland, false) => "人命最要紧：有轻生念头，请拨 12356（全国心理援助热线）；紧急时 110 / 120。",
        (Region::Mainland, true) => "Life comes first: thoughts of suicide? Call 12356; in an emergency 110 / 120.",
        (Region::HongKong, false) => "人命最要紧：有轻生念头，请拨 2389 2222（撒玛利亚）或 18111；紧急时 999。",
        (Region::HongKong, true) => "Life comes first: thoughts of suicide? 2389 2222 or 18111; emergency 999.",
        (Region::Taiwan, false) => "人命最要紧：有轻生念头，请拨 1925（安心专线）；紧急时 110 / 119。",
        (Region::Taiwan, true) => "Life comes first: thoughts of suicide? Call 1925; emergency 110 / 119.",
        (Region::Traditional, false) => "人命最要紧：轻生念头请拨 香港 2389 2222、台湾 1925、大陆 12356；紧急报警。",
        (Region::Traditional, true) => "Life comes first: HK 2389 2222, TW 1925, mainland 12356; or call the police.",
    }
}

/// Whether a court, a case or a summons is spoken of.
fn speaks_of_court(report: &Report) -> bool {
    report.findings.iter().any(|f| f.rule.starts_with("process."))
        || ["法院", "立案", "传票", "传唤", "强制执行", "起诉", "开庭"]
            .iter()
            .any(|w| plain(&report.text).contains(w))
}

/// What to do now, at most three lines; `third` when the message is about somebody else's debt.
#[must_use]
pub fn advice(report: &Report, region: Region, third: bool, english: bool) -> Vec<String> {
    let lines = if report.needs_review {
        [settles(report, english), wait(english), where_to_ask(region, english)]
    } else {
        match report.verdict {
            Verdict::Scam => scam(region, english),
            Verdict::Aggressive => aggressive(report, region, third, english),
            Verdict::Legitimate => legitimate(region, english),
            Verdict::Unrelated => [
                say(
                    english,
                    "不用当作催收处理。如果有人正在催你，把对方的原话贴进来再看。",
                    "No need to treat it as collection. Being pressed? Paste their own words.",
                ),
                say(
                    english,
                    "如果要你点链接、转账或报验证码，先用自己查到的电话核实。",
                    "If it asks for a click, money or a code, verify first by your own look-up.",
                ),
                where_to_ask(region, english),
            ],
        }
    };
    lines.into_iter().map(str::to_owned).collect()
}

fn say(english: bool, zh: &'static str, en: &'static str) -> &'static str {
    if english { en } else { zh }
}

fn scam(region: Region, english: bool) -> [&'static str; 3] {
    [
        say(
            english,
            "先停手：别点链接，别转账，别给验证码，别下载App，别共享屏幕。",
            "Stop: do not click, pay, give a code, install an app or share your screen.",
        ),
        say(
            english,
            "真有欠款也自己去查：打银行卡背面的电话，或用自己装的官方App。",
            "If you do owe, look it up: the number on your card, or the lender's own app.",
        ),
        match (region, english) {
            (Region::Mainland, false) => "已转账或泄露信息：马上打 96110 或 110。原短信别删，可举报到 12321。",
            (Region::Mainland, true) => "Paid or gave data? Call 96110 or 110 now. Keep the message; report to 12321.",
            (Region::HongKong, false) => "已转账或泄露信息：马上打 18222 或 999。原短信别删。",
            (Region::HongKong, true) => "Paid or gave data? Call 18222 or 999 now. Keep the message.",
            (Region::Taiwan, false) => "已转账或泄露信息：马上打 165 或 110。原短信别删。",
            (Region::Taiwan, true) => "Paid or gave data? Call 165 or 110 now. Keep the message.",
            (Region::Traditional, false) => "已转账或泄露信息：香港马上打 18222，台湾 165。原短信别删。",
            (Region::Traditional, true) => "Paid or gave data? HK call 18222, TW 165, at once. Keep the message.",
        },
    ]
}

fn aggressive(report: &Report, region: Region, third: bool, english: bool) -> [&'static str; 3] {
    let violent = report
        .findings
        .iter()
        .any(|f| f.rule.starts_with("threat.") && f.severity == 5);
    let small = report
        .lenders
        .iter()
        .any(|l| matches!(l.kind, LenderKind::Microloan | LenderKind::InternetPlatform));
    [
        if violent {
            match (region, english) {
                (Region::HongKong, false) => "威胁到人身安全：报警 999。原文、录音、号码都留着，别删。",
                (Region::HongKong, true) => {
                    "Your safety is threatened: call 999. Keep the message, recordings, numbers."
                }
                (_, false) => "威胁到人身安全：报警 110。原文、录音、号码都留着，别删。",
                (_, true) => "Your safety is threatened: call 110. Keep the message, recordings, numbers.",
            }
        } else {
            say(
                english,
                "原文、录音、号码都留着别删。别当场转账；问清对方全称、工号、委托方。",
                "Keep message, recordings, numbers. Do not pay at once; ask who they are.",
            )
        },
        if third {
            say(
                english,
                "如果不是你的债：你没有义务还，也不用传话，可以要求对方停止联系你。",
                "Not your debt? You need not pay it or pass it on; tell them to stop.",
            )
        } else if speaks_of_court(report) && region == Region::Mainland {
            say(
                english,
                "欠多少自己打官方客服核对；说立案、传票的，打 12368 查有没有这个案子。",
                "Check the debt with the lender's own hotline, and any court case at 12368.",
            )
        } else {
            say(
                english,
                "欠多少自己打官方客服核对。债不会因此免掉，但可以要求协商、分期。",
                "Check the debt at the lender's own hotline. It stays; ask for a plan.",
            )
        },
        match (region, english, small) {
            (Region::Mainland, false, false) => {
                "投诉：先找该机构客服，再打 12378（金融监管）；小贷或不明机构打 12345。"
            }
            (Region::Mainland, true, false) => "Complain: the lender, then 12378 (regulator); unknown lenders 12345.",
            (Region::Mainland, false, true) => {
                "投诉：先找该机构客服，再打 12345 转地方金融管理局，或 12378（金融监管）。"
            }
            (Region::Mainland, true, true) => "Complain: the lender, then 12345 (local finance) or 12378 (regulator).",
            (Region::HongKong, false, _) => "投诉：银行找金管局，放债人找公司注册处；骗局打 18222。",
            (Region::HongKong, true, _) => "Complain: banks to the HKMA, money lenders to the Companies Registry.",
            (Region::Taiwan, false, _) => "投诉：金管会，或金融消费评议中心；骗局打 165。",
            (Region::Taiwan, true, _) => "Complain: the FSC or the Financial Ombudsman Institution; fraud 165.",
            (Region::Traditional, false, _) => "投诉：香港找金管局、公司注册处；台湾找金管会、金融消费评议中心。",
            (Region::Traditional, true, _) => {
                "Complain: HK the HKMA or Companies Registry; TW the FSC or the Ombudsman."
            }
        },
    ]
}

fn legitimate(region: Region, english: bool) -> [&'static str; 3] {
    [
        say(
            english,
            "先核对：用银行卡背面的电话或自己装的官方App，查金额和日期。",
            "Check sum and date first: the number on your card, or the lender's own app.",
        ),
        say(
            english,
            "核对无误再还，只走官方渠道；不点短信里的链接，不转给个人。",
            "Then pay by the official channel only: by no link here, to no person.",
        ),
        if region == Region::Mainland {
            say(
                english,
                "还不上就主动找机构协商；对征信记录有异议，打 12363。原短信留着。",
                "Cannot pay? Ask the lender for a plan. Credit record wrong? Call 12363.",
            )
        } else {
            say(
                english,
                "还不上就主动找机构协商。原短信留着。",
                "Cannot pay? Ask the lender for a plan. Keep the message.",
            )
        },
    ]
}

fn wait(english: bool) -> &'static str {
    say(
        english,
        "弄清楚之前：不点链接、不转账、不给验证码，原文别删。",
        "Until then: no click, no payment, no code; keep the message.",
    )
}

fn where_to_ask(region: Region, english: bool) -> &'static str {
    match (region, english) {
        (Region::Mainland, false) => "怕是骗局，打 96110 问；催收投诉打 12378；法院案件打 12368 查。",
        (Region::Mainland, true) => "Afraid it is fraud? Ask 96110. Complaints 12378. Court cases 12368.",
        (Region::HongKong, false) => "怕是骗局，打 18222 问。",
        (Region::HongKong, true) => "Afraid it is fraud? Ask 18222.",
        (Region::Taiwan, false) => "怕是骗局，打 165 问。",
        (Region::Taiwan, true) => "Afraid it is fraud? Ask 165.",
        (Region::Traditional, false) => "怕是骗局，香港打 18222，台湾打 165 问。",
        (Region::Traditional, true) => "Afraid it is fraud? HK ask 18222, TW 165.",
    }
}

/// What would settle the doubt between the two most probable verdicts.
fn settles(report: &Report, english: bool) -> &'static str {
    use Verdict::{Aggressive, Legitimate, Scam, Unrelated};
    match (report.verdict, report.runner_up) {
        (Legitimate | Aggressive, Scam) | (Scam, Legitimate | Aggressive) => say(
            english,
            "怎样弄清：自己查官方电话问，有没有这笔欠款，号码、链接是不是他们的。",
            "To settle it: ask the official hotline if debt and number are theirs.",
        ),
        (Legitimate, Aggressive) | (Aggressive, Legitimate) => say(
            english,
            "怎样弄清：看前后几条，有没有威胁、骂人，有没有找你的家人、单位。",
            "To settle it: do other messages threaten, insult, or go to your family?",
        ),
        (Unrelated, Scam) | (Scam, Unrelated) => say(
            english,
            "怎样弄清：看对方最后要什么。要转账、点链接、加好友、报验证码，就当骗局。",
            "To settle it: do they want money, a click, a chat, a code? Likely fraud.",
        ),
        _ => say(
            english,
            "怎样弄清：看前后几条，问对方是谁、哪家机构、哪笔欠款、要你做什么。",
            "To settle it: read what came before; ask who they are and which debt.",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_danger_are_told_from_others() {
        for text in ["我真的不想活了", "她想要自殺", "逼我去跳楼", "有了轻生的念头"] {
            assert!(is_danger(text), "{text}");
        }
        for text in ["年轻生活的选择", "跳楼价大甩卖", "想死你了", "请按时还款"] {
            assert!(!is_danger(text), "{text}");
        }
    }

    #[test]
    fn currency_script_and_names_tell_the_region() {
        let of = |text: &str| Region::of(&crate::Analyst::built_in().report(&crate::Message::new("1", text)));
        assert_eq!(of("您的借款已逾期"), Region::Mainland);
        assert_eq!(of("您的帳單NT$8,640將於12月25日到期"), Region::Taiwan);
        assert_eq!(of("欠款HK$3,000請即清還"), Region::HongKong);
        assert_eq!(of("請儘快繳納欠款，否則後果自負"), Region::Traditional);
    }
}
