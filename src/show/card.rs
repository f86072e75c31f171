//! The card for one message: what it is, which words say so, what to do now.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::escaped;
use crate::classify::Verdict;
use crate::report::Report;
use crate::rules::Rules;

/// Columns of the card.
const WIDTH: usize = 78;
/// Lines of the message that are shown.
const MOST_LINES: usize = 6;
/// Findings that are shown.
const MOST_FINDINGS: usize = 4;

/// Words that speak of a danger to life: help comes before everything else.
const DANGER: &[&str] = &["自杀", "不想活", "轻生", "活不下去", "想死", "跳楼", "自殺", "輕生"];

/// Writes the card.
///
/// # Errors
/// What the system says.
pub fn write(out: &mut impl Write, report: &Report, rules: &Rules, english: bool) -> io::Result<()> {
    let say = |zh: &'static str, en: &'static str| if english { en } else { zh };
    if DANGER.iter().any(|w| report.text.contains(w)) {
        writeln!(
            out,
            "{}",
            say(
                "如果您或身边的人有轻生的念头：请拨打 12356（全国心理援助热线），紧急时 110 / 120。",
                "If you or someone near you thinks of suicide: call 12356 (national line), in an emergency 110 / 120."
            )
        )?;
    }
    let style = match report.verdict {
        Verdict::Legitimate => AnsiColor::Cyan,
        Verdict::Aggressive => AnsiColor::Yellow,
        Verdict::Scam => AnsiColor::Red,
        Verdict::Unrelated => AnsiColor::White,
    };
    let bold = Style::new().bold().fg_color(Some(style.into()));
    writeln!(out, "{bold}{}{bold:#}", headline(report, english))?;
    if report.needs_review || report.margin < 1.0 {
        writeln!(
            out,
            "{}{}",
            say("也可能是：", "It could also be: "),
            name(report.runner_up, english)
        )?;
    }
    writeln!(out)?;
    message(out, report)?;
    if !report.findings.is_empty() {
        writeln!(out, "\n{}", say("哪些话说明问题", "What shows it"))?;
        let mut shown: Vec<&str> = Vec::new();
        let mut findings: Vec<_> = report.findings.iter().collect();
        findings.sort_by_key(|f| (std::cmp::Reverse(f.severity), f.start));
        for finding in findings {
            if shown.contains(&finding.rule.as_str()) || shown.len() == MOST_FINDINGS {
                continue;
            }
            shown.push(&finding.rule);
            let Some(indicator) = rules.indicator(&finding.rule) else {
                continue;
            };
            let (title, why) = if english {
                (&indicator.title.en, &indicator.why.en)
            } else {
                (&indicator.title.zh, &indicator.why.zh)
            };
            wrapped(out, &format!("· 「{}」 {title}：{why}", escaped(&finding.text)), 2)?;
            if let Some(source) = indicator.sources.first() {
                wrapped(
                    out,
                    &format!("  {} {}", say("依据", "Rule"), rules.cite(source, english)),
                    4,
                )?;
            }
        }
    }
    writeln!(out, "\n{}", say("现在怎么做", "What to do now"))?;
    for line in advice(report, english) {
        wrapped(out, &format!("· {line}"), 2)?;
    }
    writeln!(
        out,
        "\n{}",
        say(
            "这是对文字的统计判断，不是法律意见。",
            "A statistical reading of the words; not legal advice."
        )
    )
}

/// The name of a verdict.
#[must_use]
pub fn name(verdict: Verdict, english: bool) -> &'static str {
    match (verdict, english) {
        (v, false) => v.zh(),
        (Verdict::Legitimate, true) => "ordinary reminder",
        (Verdict::Aggressive, true) => "abusive collection",
        (Verdict::Scam, true) => "likely fraud",
        (Verdict::Unrelated, true) => "not collection",
    }
}

fn headline(report: &Report, english: bool) -> String {
    let sure = match (report.needs_review, report.confidence >= 0.9, english) {
        (true, _, false) => "不确定，最像",
        (true, _, true) => "Not sure; most like",
        (_, true, false) => "很可能",
        (_, true, true) => "Very likely",
        (_, false, false) => "可能",
        (_, false, true) => "Likely",
    };
    match (report.verdict, english) {
        (Verdict::Legitimate, false) if !report.needs_review => {
            "像一般还款提醒，未发现违规或诈骗迹象（不等于真实）".into()
        }
        (Verdict::Legitimate, true) if !report.needs_review => {
            "Reads like an ordinary reminder; no sign of abuse or fraud found (not proof it is genuine)".into()
        }
        (verdict, false) => format!("{sure}：{}", name(verdict, false)),
        (verdict, true) => format!("{sure}: {}", name(verdict, true)),
    }
}

/// The message with marks under the words of the findings.
fn message(out: &mut impl Write, report: &Report) -> io::Result<()> {
    let marked: Vec<bool> = report
        .text
        .chars()
        .enumerate()
        .map(|(i, _)| report.findings.iter().any(|f| (f.start..f.end).contains(&i)))
        .collect();
    let mut lines: Vec<(String, String)> = vec![(String::new(), String::new())];
    for (c, mark) in report.text.chars().zip(marked) {
        let shown = escaped(&c.to_string());
        let width = shown.width();
        if lines.last().is_some_and(|(text, _)| text.width() + width > WIDTH - 2) {
            lines.push((String::new(), String::new()));
        }
        if let Some((text, marks)) = lines.last_mut() {
            text.push_str(&shown);
            marks.push_str(&if mark { "^" } else { " " }.repeat(width));
        }
    }
    let cut = lines.len() > MOST_LINES;
    for (text, marks) in lines.iter().take(MOST_LINES) {
        writeln!(out, "  {text}")?;
        if marks.contains('^') {
            writeln!(out, "  {}", marks.trim_end())?;
        }
    }
    if cut { writeln!(out, "  …") } else { Ok(()) }
}

fn advice(report: &Report, english: bool) -> [&'static str; 2] {
    match (report.verdict, english) {
        (Verdict::Scam, false) => [
            "先别点链接、别转账、别给验证码；自己查银行卡背面或官方App里的电话核实。",
            "保留原短信；已转账或已泄露信息，马上拨打 96110 或 110。",
        ],
        (Verdict::Scam, true) => [
            "Do not click, pay or give any code; verify by the number on your card or in the lender's own app.",
            "Keep the message; if you paid or gave data, call 96110 or 110 at once.",
        ],
        (Verdict::Aggressive, false) => [
            "保留短信、通话录音和号码；通过官方App或客服核实债务，欠款本身不因此免除。",
            "可向金融机构投诉，或拨打 12378（金融监管）、12345；受到人身威胁拨打 110。",
        ],
        (Verdict::Aggressive, true) => [
            "Keep messages, recordings and numbers; verify the debt in the official app. The debt itself remains.",
            "Complain to the lender, or call 12378 (financial regulator) or 12345; if you are threatened, 110.",
        ],
        (Verdict::Legitimate, false) => [
            "用自己查到的官方App或客服电话核对金额和日期，再还款。",
            "还款有困难，可主动向金融机构申请协商。",
        ],
        (Verdict::Legitimate, true) => [
            "Check sum and date in the official app or by a hotline you look up yourself, then pay there.",
            "If you cannot pay, ask the lender itself for a plan.",
        ],
        (Verdict::Unrelated, false) => [
            "没有看到催收内容；如要求点链接、转账或提供信息，先核实。",
            "收到自称法院的短信，可拨打 12368 核实。",
        ],
        (Verdict::Unrelated, true) => [
            "No collection found in it; before you click, pay or answer, verify.",
            "A message in the name of a court can be checked at 12368.",
        ],
    }
}

/// Writes a paragraph in lines of the card's width; later lines are indented.
fn wrapped(out: &mut impl Write, text: &str, indent: usize) -> io::Result<()> {
    let mut width = 0;
    let mut line = String::new();
    for c in text.chars() {
        let w = c.width().unwrap_or(0);
        if width + w > WIDTH {
            writeln!(out, "{line}")?;
            line = " ".repeat(indent);
            width = indent;
        }
        line.push(c);
        width += w;
    }
    writeln!(out, "{line}")
}
