//! The page: the card of [`crate::show::card`] as HTML. Templates escape everything they are given.

use std::time::{SystemTime, UNIX_EPOCH};

use askama::Template;
use sha2::{Digest, Sha256};

use crate::Analyst;
use crate::classify::Verdict;
use crate::message::Message;
use crate::show::card::{Answer, Card};
use crate::show::escaped;

/// What the form holds.
#[derive(Debug, Clone, Default)]
pub(super) struct Question {
    pub(super) text: String,
    pub(super) sender: String,
    pub(super) sent_at: String,
}

impl Question {
    fn message(&self) -> Message {
        let given = |s: &str| (!s.trim().is_empty()).then(|| s.trim().to_owned());
        Message {
            sender: given(&self.sender),
            sent_at: given(&self.sent_at),
            ..Message::new("1", self.text.as_str())
        }
    }
}

/// An example on the page, made up for it.
struct Example {
    id: &'static str,
    zh: &'static str,
    en: &'static str,
    text: &'static str,
    sender: &'static str,
    sent_at: &'static str,
}

const EXAMPLES: &[Example] = &[
    Example {
        id: "reminder",
        zh: "一般提醒",
        en: "A reminder",
        text: "【招商银行】您尾号4471的信用卡本期应还2318.60元，还款日12月18日，请登录掌上生活App按时还款。如已还款请忽略。",
        sender: "95555",
        sent_at: "2026-12-10T09:12",
    },
    Example {
        id: "abuse",
        zh: "威胁催收",
        en: "A threat",
        text: "林某你听好，今天五点前不把钱打过来，我就挨个打你通讯录，让你爸妈和单位都知道你欠钱不还。",
        sender: "13912340000",
        sent_at: "2026-12-10T23:40",
    },
    Example {
        id: "fraud",
        zh: "疑似诈骗",
        en: "A likely fraud",
        text: "立*案*通*知：你拖欠的分期款已移交户籍地法院，2小时内加V❤ zx8801处理可撤an，否则今日强制执行。",
        sender: "16522340000",
        sent_at: "",
    },
];

/// The example of that id.
pub(super) fn example(id: &str) -> Option<Question> {
    EXAMPLES.iter().find(|e| e.id == id).map(|e| Question {
        text: e.text.into(),
        sender: e.sender.into(),
        sent_at: e.sent_at.into(),
    })
}

/// A piece of the message with its mark.
struct Mark {
    text: String,
    /// Severity of the gravest finding; 0 without one.
    severity: u8,
    /// Number of the finding the mark opens.
    opens: usize,
    /// Numbers of the findings that end here.
    ends: Vec<usize>,
}

/// Everything the card shows on a page, with what the evidence sheet adds.
struct Sheet {
    card: Card,
    marks: Vec<Mark>,
    sha256: String,
    checked: String,
    sender: Option<String>,
    sent_at: Option<String>,
    version: String,
}

impl Sheet {
    fn new(analyst: &Analyst, message: &Message, english: bool) -> Self {
        let card = Card::of(analyst, message, english);
        let header = analyst.model().header();
        Self {
            marks: marks(&card),
            sha256: format!("{:x}", Sha256::digest(message.text.as_bytes())),
            checked: utc(SystemTime::now()),
            sender: message.sender.as_deref().map(escaped),
            sent_at: message.sent_at.as_deref().map(|t| escaped(&t.replace('T', " "))),
            version: format!(
                "cuijian {}, {} {}",
                env!("CARGO_PKG_VERSION"),
                if english { "model" } else { "模型" },
                header.corpus.get(..12).unwrap_or_default()
            ),
            card,
        }
    }

    /// Which icon: each has its own shape.
    fn icon(&self) -> &'static str {
        match self.card.answer {
            Answer::Sure(Verdict::Scam) => "stop",
            Answer::Sure(Verdict::Aggressive) => "warn",
            Answer::Sure(Verdict::Legitimate) => "info",
            Answer::Sure(Verdict::Unrelated) => "none",
            Answer::Unsure | Answer::Empty => "ask",
        }
    }
}

fn marks(card: &Card) -> Vec<Mark> {
    let pieces = &card.pieces;
    pieces
        .iter()
        .enumerate()
        .map(|(i, piece)| {
            let after = pieces.get(i + 1).map_or(&[][..], |p| p.findings.as_slice());
            Mark {
                text: piece.text.clone(),
                severity: piece.findings.first().map_or(0, |&f| card.findings[f].severity),
                opens: piece.findings.first().map_or(0, |f| f + 1),
                ends: piece
                    .findings
                    .iter()
                    .filter(|f| !after.contains(f))
                    .map(|f| f + 1)
                    .collect(),
            }
        })
        .collect()
}

/// `2026-11-22 04:05 UTC`; the page's script puts the local time in its place.
fn utc(time: SystemTime) -> String {
    let seconds = time.duration_since(UNIX_EPOCH).map_or(0, |d| d.as_secs());
    let (days, rest) = (seconds / 86_400, seconds % 86_400);
    // Days to a date in the Gregorian calendar, years from March (Hinnant, "chrono-compatible low-level
    // date algorithms", civil_from_days).
    let z = days + 719_468;
    let (era, of_era) = (z / 146_097, z % 146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = year_of_era + era * 400 + u64::from(month <= 2);
    format!(
        "{year:04}-{month:02}-{day:02} {:02}:{:02} UTC",
        rest / 3600,
        rest % 3600 / 60
    )
}

#[derive(Template)]
#[template(path = "page.html")]
struct Page<'a> {
    english: bool,
    question: &'a Question,
    examples: &'static [Example],
    sheet: Option<Sheet>,
}

#[derive(Template)]
#[template(path = "card.html")]
struct Fragment {
    english: bool,
    s: Sheet,
}

impl Page<'_> {
    /// The text in the page's language.
    fn t(&self, zh: &'static str, en: &'static str) -> &'static str {
        if self.english { en } else { zh }
    }
}

impl Fragment {
    /// The text in the page's language.
    fn t(&self, zh: &'static str, en: &'static str) -> &'static str {
        if self.english { en } else { zh }
    }
}

/// The whole page; with an analyst, the answer to the question too.
pub(super) fn page(question: &Question, english: bool, analyst: Option<&Analyst>) -> Result<String, askama::Error> {
    let sheet = analyst.map(|a| Sheet::new(a, &question.message(), english));
    Page {
        english,
        question,
        examples: EXAMPLES,
        sheet,
    }
    .render()
}

/// The card alone, for the page's script to put in place.
pub(super) fn card(analyst: &Analyst, message: &Message, english: bool) -> Result<String, askama::Error> {
    Fragment {
        english,
        s: Sheet::new(analyst, message, english),
    }
    .render()
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_message_cannot_write_html() {
        let question = Question {
            text: "还款<script>alert(1)</script>\"'&<b> 爆你通讯录".into(),
            sender: "\"><img src=x>".into(),
            sent_at: "<i>".into(),
        };
        let page = page(&question, false, Some(Analyst::built_in())).unwrap();
        for tag in ["<script>alert", "<b>", "<img", "<i>"] {
            assert!(!page.contains(tag), "{tag}");
        }
    }

    #[test]
    fn every_example_gets_the_answer_it_is_named_for() {
        for (id, answer) in [("reminder", "legitimate"), ("abuse", "aggressive"), ("fraud", "scam")] {
            let message = example(id).unwrap().message();
            let card = Card::of(Analyst::built_in(), &message, false);
            assert_eq!(card.answer.name(), answer, "{}", card.headline);
        }
    }

    #[test]
    fn times_are_civil() {
        for (seconds, text) in [
            (0, "1970-01-01 00:00 UTC"),
            (951_782_400, "2000-02-29 00:00 UTC"),
            (1_795_305_599, "2026-11-21 23:59 UTC"),
        ] {
            assert_eq!(utc(UNIX_EPOCH + Duration::from_secs(seconds)), text);
        }
    }
}
