//! What the verdict hangs on: each clause is taken out in turn, and the rest is judged again.
//!
//! Nothing is estimated from weights: every answer is a second report on the text without the clause.

use std::ops::Range;

use crate::analyst::Analyst;
use crate::classify::Verdict;
use crate::engine::Reading;
use crate::message::Message;
use crate::report::Report;

/// Clauses that are tried at most.
const MOST_CLAUSES: usize = 32;
/// Characters that are judged again at most, over all tries: some tens of milliseconds.
const MOST_CHARACTERS: usize = 4_000;

/// What one clause more or less would change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Counterfactual {
    /// Without this clause the verdict is another.
    Decides {
        /// The clause, as it stands in the message.
        clause: String,
        /// Code points of the message.
        span: Range<usize>,
        /// The verdict without it.
        verdict: Verdict,
    },
    /// No clause that was tried changes the verdict by itself.
    NoneAlone {
        /// Clauses tried.
        tried: usize,
        /// Clauses there are.
        of: usize,
    },
    /// The message is one clause.
    OneClause,
}

/// Finds the clause without which the verdict is another; of several, the one whose absence takes most
/// from the verdict's probability.
#[must_use]
pub fn counterfactual(analyst: &Analyst, message: &Message, reading: &Reading, report: &Report) -> Counterfactual {
    let text = message.text.as_str();
    let clauses = clauses(text, reading);
    if clauses.len() < 2 {
        return Counterfactual::OneClause;
    }
    let length = text.chars().count().max(1);
    let room = (MOST_CHARACTERS / length).clamp(1, MOST_CLAUSES);
    let mut order: Vec<(f64, Range<usize>)> = clauses
        .iter()
        .map(|c| (importance(text, c, report), c.clone()))
        .collect();
    order.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.start.cmp(&b.1.start)));
    order.truncate(room);
    let tried = order.len();
    let before = report.verdict.index();
    let decisive = order
        .into_iter()
        .filter_map(|(_, clause)| {
            let rest = Message {
                text: format!("{}{}", &text[..clause.start], &text[clause.end..]),
                ..message.clone()
            };
            let without = analyst.decide(&rest);
            (without.verdict != report.verdict).then(|| (without.probabilities[before], clause, without.verdict))
        })
        .min_by(|a, b| a.0.total_cmp(&b.0));
    match decisive {
        Some((_, clause, verdict)) => {
            let start = text[..clause.start].chars().count();
            let words = text[clause.clone()].trim();
            Counterfactual::Decides {
                span: start..start + text[clause.clone()].chars().count(),
                clause: words.trim_end_matches(is_border).to_owned(),
                verdict,
            }
        }
        None => Counterfactual::NoneAlone {
            tried,
            of: clauses.len(),
        },
    }
}

fn is_border(c: char) -> bool {
    matches!(c, '，' | '。' | '；' | '、' | ',' | '.' | ';' | ' ' | '\n')
}

/// Bytes of the original clauses. One without a letter or digit, such as a bracket that opens, goes with the next.
fn clauses(text: &str, reading: &Reading) -> Vec<Range<usize>> {
    let mut clauses: Vec<Range<usize>> = Vec::new();
    let mut open = None;
    for folded in reading.scan.clauses.all() {
        let original = reading.folded.original(folded);
        if original.is_empty() {
            continue;
        }
        let start = open.take().unwrap_or(original.start);
        if text[start..original.end].chars().any(char::is_alphanumeric) {
            clauses.push(start..original.end);
        } else {
            open = Some(start);
        }
    }
    if let (Some(_), Some(last)) = (open, clauses.last_mut()) {
        last.end = text.len();
    }
    clauses
}

/// How much of what decided stands in the clause: only the order of trying depends on it.
fn importance(text: &str, clause: &Range<usize>, report: &Report) -> f64 {
    let from = text[..clause.start].chars().count();
    let to = from + text[clause.clone()].chars().count();
    let inside = |start: usize| (from..to).contains(&start);
    let reasons: f64 = report
        .reasons
        .iter()
        .filter(|r| r.start.is_some_and(inside))
        .map(|r| r.weight)
        .sum();
    let findings: f64 = report
        .findings
        .iter()
        .filter(|f| inside(f.start))
        .map(|f| f64::from(f.severity))
        .sum();
    reasons + findings
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> (Report, Counterfactual) {
        let analyst = Analyst::built_in();
        let message = Message::new("1", text);
        let reading = analyst.engine().read(&message);
        let report = analyst.report(&message);
        let found = counterfactual(analyst, &message, &reading, &report);
        (report, found)
    }

    #[test]
    fn taking_the_clause_out_gives_the_verdict_that_is_told() {
        let mut decided = 0;
        for text in [
            "【招商银行】您的信用卡本期应还2318.60元，还款日12月18日，请按时还款，否则爆你通讯录。",
            "您的借款已逾期3天，请登录App还款，再不还就弄死你全家",
            "您好，您的贷款已逾期，请点击 pay-88.top/a 办理，如已还款请忽略",
        ] {
            let (report, found) = of(text);
            if let Counterfactual::Decides { clause, span, verdict } = found {
                decided += 1;
                let quoted: String = text.chars().skip(span.start).take(span.len()).collect();
                assert!(quoted.contains(&clause), "{quoted} {clause}");
                let rest: String = text
                    .chars()
                    .take(span.start)
                    .chain(text.chars().skip(span.end))
                    .collect();
                let again = Analyst::built_in().report(&Message::new("1", rest));
                assert_eq!(again.verdict, verdict);
                assert_ne!(verdict, report.verdict);
            }
        }
        assert!(decided >= 2, "only {decided} of the three hang on one clause");
    }

    #[test]
    fn one_clause_decides_nothing_against_itself() {
        assert_eq!(of("再不还钱就爆你通讯录").1, Counterfactual::OneClause);
        assert_eq!(of("").1, Counterfactual::OneClause);
        assert_eq!(of("。。。").1, Counterfactual::OneClause);
    }

    #[test]
    fn a_signature_goes_out_with_its_brackets() {
        let text = "【甲乙】您的信用卡已逾期，请还款。";
        let message = Message::new("1", text);
        let reading = Analyst::built_in().engine().read(&message);
        let parts: Vec<&str> = clauses(text, &reading).into_iter().map(|c| &text[c]).collect();
        assert_eq!(parts, ["【甲乙】", "您的信用卡已逾期，", "请还款。"]);
    }

    #[test]
    fn a_long_message_is_tried_in_part_and_says_so() {
        let text = "请还款，爆你通讯录。".repeat(600);
        if let (_, Counterfactual::NoneAlone { tried, of }) = of(&text) {
            assert!(tried <= 10 && of == 1200, "{tried} of {of}");
        } else {
            panic!("one clause of 1,200 decided");
        }
    }
}
