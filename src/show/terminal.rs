//! The card in a terminal: at most 30 lines of 80 columns, Chinese aligned, colour never alone.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::card::{Answer, Card, Shown};
use crate::classify::Verdict;

/// Columns a line is filled to; one closing mark may hang over, up to 80.
const WIDTH: usize = 78;
/// Lines of a card.
const MOST_LINES: usize = 30;
/// Rows of the message that are shown when it is longer: each takes a second line for its marks.
const MOST_ROWS: usize = 4;

/// One line, and how it is emphasised.
struct Line {
    text: String,
    style: Style,
}

fn line(text: impl Into<String>) -> Line {
    Line {
        text: text.into(),
        style: Style::new(),
    }
}

/// Writes the card.
///
/// # Errors
/// What the system says.
pub fn write(out: &mut impl Write, card: &Card) -> io::Result<()> {
    for line in lines(card) {
        let style = line.style;
        writeln!(out, "{style}{}{style:#}", line.text)?;
    }
    Ok(())
}

fn say(card: &Card, zh: &'static str, en: &'static str) -> &'static str {
    if card.english { en } else { zh }
}

/// A sign for the answer that is told apart without colour.
fn sign(answer: Answer) -> &'static str {
    match answer {
        Answer::Sure(Verdict::Scam) => "[!!]",
        Answer::Sure(Verdict::Aggressive) => "[!]",
        Answer::Sure(Verdict::Legitimate) => "[i]",
        Answer::Sure(Verdict::Unrelated) => "[-]",
        Answer::Unsure | Answer::Empty => "[?]",
    }
}

fn colour(answer: Answer) -> AnsiColor {
    match answer {
        Answer::Sure(Verdict::Scam) => AnsiColor::Red,
        Answer::Sure(Verdict::Aggressive) => AnsiColor::Yellow,
        Answer::Sure(Verdict::Legitimate) => AnsiColor::Cyan,
        _ => AnsiColor::White,
    }
}

fn lines(card: &Card) -> Vec<Line> {
    let strong = Style::new().bold();
    let heading = |text: &str| Line {
        text: text.to_owned(),
        style: strong,
    };
    let mut top = Vec::new();
    if let Some(crisis) = card.crisis {
        top.extend(wrapped(crisis, 0).into_iter().map(|text| heading(&text)));
    }
    let headline = format!("{} {}", sign(card.answer), card.headline);
    top.extend(wrapped(&headline, 4).into_iter().map(|text| Line {
        text,
        style: strong.fg_color(Some(colour(card.answer).into())),
    }));
    if let Some(runner_up) = &card.runner_up {
        top.extend(wrapped(&format!("    {runner_up}"), 4).into_iter().map(line));
    }
    if card.answer == Answer::Empty {
        return top;
    }
    let hangs_on: Vec<Line> = card
        .counterfactual
        .iter()
        .flat_map(|c| wrapped(c, 2))
        .map(line)
        .collect();
    let mut bottom = Vec::new();
    bottom.push(heading(say(card, "现在怎么做", "What to do now")));
    for (i, advice) in card.advice.iter().enumerate() {
        bottom.extend(wrapped(&format!("{} {advice}", i + 1), 2).into_iter().map(line));
    }
    let small = match &card.error_rate {
        Some(rate) if card.english => format!("{rate} {}", card.disclaimer),
        Some(rate) => format!("{rate}{}", card.disclaimer),
        None => card.disclaimer.to_owned(),
    };
    bottom.extend(wrapped(&small, 0).into_iter().map(|text| Line {
        text,
        style: Style::new().dimmed(),
    }));

    let middle = facts(card);
    // What is left for the message and for what shows it: the first finding must fit.
    let room = MOST_LINES.saturating_sub(top.len() + hangs_on.len() + bottom.len() + middle.len() + 1);
    let findings: Vec<Vec<Line>> = card.findings.iter().map(|f| shown(card, f)).collect();
    let first = findings.first().map_or(1, |f| f.len() + 1);
    let message = message(card, room.saturating_sub(first));
    let mut room = room.saturating_sub(message.len());
    let mut why = Vec::new();
    if findings.is_empty() {
        if !card.words.is_empty() && room > 1 {
            let words = format!(
                "{}{}",
                say(
                    card,
                    "没有命中单条规则；主要看这些词：",
                    "No single rule; the weightiest words: "
                ),
                card.words.join(say(card, "", " "))
            );
            why.extend(wrapped(&words, 2).into_iter().map(line));
        }
    } else {
        why.push(heading(say(card, "哪些话说明问题", "What shows it")));
        room = room.saturating_sub(1);
        let mut left = findings.len();
        for finding in findings {
            // A line is kept for saying that there are more.
            let needed = finding.len() + usize::from(left > 1);
            if needed > room && why.len() != 1 {
                break;
            }
            room = room.saturating_sub(finding.len());
            why.extend(finding);
            left -= 1;
        }
        if left > 0 {
            why.push(line(if card.english {
                format!("- {left} more: cuijian check --json, or cuijian serve")
            } else {
                format!("· 另有 {left} 处：用 cuijian serve 或 --json 看全部")
            }));
        }
    }
    why.extend(hangs_on);
    let mut out = top;
    for section in [message, middle, why, bottom].into_iter().filter(|s| !s.is_empty()) {
        out.push(line(""));
        out.extend(section);
    }
    // Air between the parts, where there is room for it; the message always stands apart.
    let mut at = out.len();
    while out.len() > MOST_LINES && at > 0 {
        at -= 1;
        if out[at].text.is_empty() && out[..at].iter().any(|l| l.text.is_empty()) {
            out.remove(at);
        }
    }
    out
}

/// What was found, two short rows to a line where they fit, and what is missing.
fn facts(card: &Card) -> Vec<Line> {
    let mut lines: Vec<String> = Vec::new();
    for row in &card.found {
        let entry = format!("{} {}", row.label, row.value);
        match lines.last_mut() {
            Some(last) if last.width() + 3 + entry.width() <= WIDTH => {
                last.push_str(" | ");
                last.push_str(&entry);
            }
            _ => lines.push(entry),
        }
    }
    let mut out: Vec<Line> = lines.iter().map(|l| line(cut(l, WIDTH))).collect();
    if !card.missing.is_empty() {
        let missing = format!(
            "{}{}",
            say(card, "没写明 ", "Not stated: "),
            card.missing.join(say(card, "，", ", "))
        );
        out.push(line(cut(&missing, WIDTH)));
    }
    out
}

/// One finding: the words and what it is, why it matters, the law.
fn shown(card: &Card, finding: &Shown) -> Vec<Line> {
    let quotes = finding.quotes.iter().take(2).cloned().collect::<Vec<_>>().join(" ");
    let bullet = say(card, "·", "-");
    let first = cut(format!("{bullet} {} {quotes}", finding.title).trim_end(), WIDTH);
    let mut out = vec![line(first)];
    out.extend(wrapped(&format!("  {}", finding.why), 2).into_iter().map(line));
    if let Some(law) = finding.laws.first() {
        out.extend(
            wrapped(&format!("  {}{law}", say(card, "依据 ", "Rule: ")), 4)
                .into_iter()
                .map(line),
        );
    }
    out
}

/// The message in rows with marks under the words of the findings; of a long one the rows with marks.
fn message(card: &Card, room: usize) -> Vec<Line> {
    let mut rows: Vec<(String, String)> = vec![(String::new(), String::new())];
    for piece in &card.pieces {
        for c in piece.text.chars() {
            if c == '\n' {
                rows.push((String::new(), String::new()));
                continue;
            }
            let width = c.width().unwrap_or(0);
            let room = if closes(c) { WIDTH - 2 } else { WIDTH - 4 };
            if rows.last().is_some_and(|(text, _)| text.width() + width > room) {
                rows.push((String::new(), String::new()));
            }
            if let Some((text, marks)) = rows.last_mut() {
                text.push(c);
                marks.push_str(&if piece.findings.is_empty() { " " } else { "^" }.repeat(width));
            }
        }
    }
    rows.retain(|(text, _)| !text.trim().is_empty());
    let height = |row: &(String, String)| 1 + usize::from(row.1.contains('^'));
    let mut kept: Vec<usize> = Vec::new();
    let (mut used, room) = (0, room.max(3));
    let mut order: Vec<usize> = (0..rows.len()).collect();
    if rows.len() > MOST_ROWS || rows.iter().map(height).sum::<usize>() > room {
        order.sort_by_key(|&i| (!rows[i].1.contains('^'), i));
        order.truncate(MOST_ROWS);
    }
    for i in order {
        if used + height(&rows[i]) < room {
            used += height(&rows[i]);
            kept.push(i);
        }
    }
    kept.sort_unstable();
    let mut out = Vec::new();
    for (n, &i) in kept.iter().enumerate() {
        let (text, marks) = &rows[i];
        let gap_before = if n == 0 { i > 0 } else { i > kept[n - 1] + 1 };
        let gap_after = n + 1 == kept.len() && i + 1 < rows.len();
        let text = format!(
            "{}{text}{}",
            if gap_before { "… " } else { "  " },
            if gap_after { " …" } else { "" }
        );
        out.push(line(text));
        if marks.contains('^') {
            out.push(Line {
                text: format!("  {}", marks.trim_end()),
                style: Style::new().fg_color(Some(colour(card.answer).into())),
            });
        }
    }
    out
}

/// The text up to so many columns.
fn cut(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.into();
    }
    let mut out = String::new();
    for c in text.chars() {
        if out.width() + c.width().unwrap_or(0) + 1 > width {
            break;
        }
        out.push(c);
    }
    out.push('…');
    out
}

/// Marks that do not begin a line.
fn closes(c: char) -> bool {
    matches!(
        c,
        '，' | '。' | '；' | '：' | '、' | '！' | '？' | '）' | '」' | '”' | ',' | '.' | ';' | ':' | ')'
    )
}

/// The text in lines of the card's width; later lines are indented, English words stay whole.
fn wrapped(text: &str, indent: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for c in text.chars() {
        let width = c.width().unwrap_or(0);
        let hangs = closes(c) && line.width() + width <= WIDTH + 2;
        if line.width() + width > WIDTH && !hangs {
            let rest = if c.is_ascii() && !c.is_whitespace() {
                // Back to the last place where a word ends: a space, or a wide character.
                match line.char_indices().rev().find(|(_, b)| *b == ' ' || !b.is_ascii()) {
                    Some((at, b)) if at > line.len() / 2 => line.split_off(at + b.len_utf8()),
                    _ => String::new(),
                }
            } else {
                String::new()
            };
            lines.push(line.trim_end().to_owned());
            line = format!("{}{rest}", " ".repeat(indent));
            if c == ' ' {
                continue;
            }
        }
        line.push(c);
    }
    lines.push(line.trim_end().to_owned());
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Analyst, Message};

    fn printed(text: &str, english: bool) -> String {
        let card = Card::of(Analyst::built_in(), &Message::new("1", text), english);
        let mut bytes = Vec::new();
        write(&mut anstream::StripStream::new(&mut bytes), &card).unwrap();
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn a_card_has_at_most_30_lines_of_80_columns() {
        let threats = "再不还钱就爆你通讯录，弄死你全家，让你单位都知道，今天就立案抓人，不想活了是吧。";
        let url = "请点击 https://pay-88.top/a 下载App，加V❤ zx8801，转到个人账户6222020200112233445，还2,345.67元。";
        let long = format!("{}{}{}", "您好，请还款。".repeat(200), threats, "谢谢。".repeat(300));
        for text in [
            threats,
            url,
            &long,
            "好",
            "",
            &threats.repeat(30),
            &format!("{threats}{url}").replace('，', "\n"),
        ] {
            for english in [false, true] {
                let card = printed(text, english);
                let lines = card.lines().count();
                assert!(lines <= 30, "{lines} lines\n{card}");
                for line in card.lines() {
                    assert!(line.width() <= 80, "{} columns: {line}", line.width());
                }
            }
        }
    }

    #[test]
    fn marks_stand_under_their_words() {
        let card = printed("您好，再不还钱就爆你通讯录", false);
        let rows: Vec<&str> = card.lines().collect();
        let at = rows.iter().position(|l| l.contains('^')).unwrap();
        let before = rows[at - 1].split("爆你通讯录").next().unwrap();
        assert!(
            rows[at].trim_end().ends_with('^') && rows[at].trim_end().width() == before.width() + 10,
            "{card}"
        );
    }

    #[test]
    fn long_words_and_chinese_both_wrap() {
        for text in ["好".repeat(100), "word ".repeat(60), "x".repeat(300)] {
            let lines = wrapped(&text, 2);
            assert!(lines.iter().all(|l| l.width() <= 80));
            let joined: String = lines.join("").replace(' ', "");
            assert_eq!(joined, text.replace(' ', ""));
        }
    }
}
