//! The model card, written with the model.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::Analyst;
use crate::classify::evaluate::{self, Figures};
use crate::classify::train::{Prepared, Settings, Trained};
use crate::classify::{Scores, Verdict, softmax};
use crate::corpus::Corpus;
use crate::engine::Engine;
use crate::message::Message;
use crate::readme::winner;

/// A message whose findings were marked by hand (`corpus/findings/gold.jsonl`).
#[derive(Debug, Clone, serde::Deserialize)]
pub struct Marked {
    /// The message.
    pub text: String,
    /// Its findings, in code points.
    pub findings: Vec<evaluate::Mark>,
}

/// How well the findings agree with marks made by hand from the definitions alone.
fn marked_findings(out: &mut String, trained: &Trained, marked: &[Marked]) {
    if marked.is_empty() {
        return;
    }
    // The findings do not depend on the model.
    let model: &'static _ = Box::leak(Box::new(trained.model.clone()));
    let analyst = Analyst::new(Engine::built_in(), model);
    let mut counts = evaluate::MarkCounts::default();
    for message in marked {
        let report = analyst.report(&Message::new("1", message.text.clone()));
        counts.add(&report.marks(), &message.findings);
    }
    let _ = writeln!(
        out,
        "## Findings\n\nOn {} messages of our own that are in no training, marked by hand from the definitions alone, without sight of the phrases.\n\n{}",
        marked.len(),
        counts.table()
    );
}

/// The card as Markdown; every figure is computed here.
#[must_use]
pub fn card(
    trained: &Trained,
    prepared: &Prepared<'_>,
    corpus: &Corpus,
    marked: &[Marked],
    settings: &Settings,
) -> String {
    let header = trained.model.header();
    let mut out = String::new();
    let truth: Vec<Verdict> = trained.test.iter().map(|&i| corpus.rows[i].verdict).collect();
    let scores = prepared.scores(&trained.model, &trained.test);
    let answers: Vec<Verdict> = scores.iter().map(winner).collect();
    let groups = numbered(trained.test.iter().map(|&i| corpus.rows[i].family.as_str()));
    let _ = writeln!(
        out,
        "# Model card: cuijian\n\nWritten by `cuijian train`; do not edit. Corpus {}, rules {}.\n",
        &header.corpus[..12],
        &header.rules[..12]
    );
    let _ = writeln!(
        out,
        "## What it is\n\nMultinomial logistic regression (linfa-logistic) over {} features: words, word pairs, character n-grams, findings, signals, word classes and the shape of the message. C = {}, value of a shape feature {}, temperature {:.3}.\n\nFor: telling which messages a person should look at, with the words that show it. Not for: deciding about a person, a debt or a lender without one; saying that a message is genuine; anything a court decides.\n",
        header.features, settings.c, settings.shape_scale, header.temperature
    );
    let _ = writeln!(
        out,
        "## Data\n\n{} messages of {} writers in {} families, all written for this project ({}). Training {} messages, test {}; no family is in both.\n",
        corpus.rows.len(),
        count(corpus.rows.iter().map(|r| r.writer.as_str())),
        count(corpus.rows.iter().map(|r| r.family.as_str())),
        verdict_counts(corpus),
        trained.train.len(),
        trained.test.len()
    );
    let _ = writeln!(
        out,
        "## On the test split (families never seen)\n\n{}",
        evaluate::table(&truth, &answers, &groups)
    );
    held_out(&mut out, trained, corpus);
    channels(&mut out, trained, corpus, &answers);
    calibration(&mut out, &scores, &truth, header.temperature, header.threshold);
    marked_findings(&mut out, trained, marked);
    worst(&mut out, trained, corpus, &scores);
    out.push_str("\n## Limits\n\nThe corpus was written by language models to briefs, and read a second time by another; it is not a sample of what lenders send. The figures on families never seen flatter: those with whole writers held out come nearer to messages from new senders.\n");
    out
}

fn held_out(out: &mut String, trained: &Trained, corpus: &Corpus) {
    let truth: Vec<Verdict> = trained.train.iter().map(|&i| corpus.rows[i].verdict).collect();
    let answers: Vec<Verdict> = trained.held_out.iter().map(winner).collect();
    let groups = numbered(trained.train.iter().map(|&i| corpus.rows[i].writer.as_str()));
    let _ = writeln!(
        out,
        "## With whole writers held out (five folds of the training part; intervals over writers)\n\n{}",
        evaluate::table(&truth, &answers, &groups)
    );
}

fn channels(out: &mut String, trained: &Trained, corpus: &Corpus, answers: &[Verdict]) {
    out.push_str("## By channel, on the test split\n\n| channel | messages | macro-F1 | scam recall | legitimate called aggressive or scam |\n|---|---|---|---|---|\n");
    for channel in ["sms", "chat", "call", "letter"] {
        let (truth, answers): (Vec<Verdict>, Vec<Verdict>) = trained
            .test
            .iter()
            .zip(answers)
            .filter(|(i, _)| corpus.rows[**i].channel == channel)
            .map(|(&i, &a)| (corpus.rows[i].verdict, a))
            .unzip();
        let counts = evaluate::confusion(&truth, &answers);
        let scam: Figures = evaluate::figures(&counts)[Verdict::Scam.index()];
        let legitimate = counts[Verdict::Legitimate.index()];
        let accused = evaluate::ratio(legitimate[1] + legitimate[2], legitimate.iter().sum());
        let _ = writeln!(
            out,
            "| {channel} | {} | {:.3} | {:.3} | {:.1} % |",
            truth.len(),
            evaluate::macro_f1(&counts),
            scam.recall,
            accused * 100.0
        );
    }
}

fn calibration(out: &mut String, scores: &[Scores], truth: &[Verdict], temperature: f32, threshold: f32) {
    let tops: Vec<f64> = scores.iter().map(|s| top(s, temperature)).collect();
    let right: Vec<bool> = scores.iter().zip(truth).map(|(s, t)| winner(s) == *t).collect();
    let (bins, error) = evaluate::calibration(&tops, &right);
    let _ = writeln!(
        out,
        "\n## Calibration, on the test split\n\nExpected calibration error {error:.3} over ten bins.\n\n| mean probability | share right | messages |\n|---|---|---|"
    );
    for bin in bins {
        let _ = writeln!(out, "| {:.3} | {:.3} | {} |", bin.confidence, bin.accuracy, bin.count);
    }
    let review: Vec<bool> = tops.iter().map(|&t| t < f64::from(threshold)).collect();
    let sent = review.iter().filter(|r| **r).count();
    let errors = right.iter().filter(|r| !**r).count();
    let caught = review.iter().zip(&right).filter(|(r, right)| **r && !**right).count();
    let _ = writeln!(
        out,
        "\n`needs_review` under a top probability of {threshold:.3}, derived on held-out writers: {:.1} % of the test split, with {caught} of its {errors} errors.\n",
        100.0 * evaluate::ratio(sent, truth.len())
    );
}

fn worst(out: &mut String, trained: &Trained, corpus: &Corpus, scores: &[Scores]) {
    let mut wrong: Vec<(f64, usize, Verdict)> = trained
        .test
        .iter()
        .zip(scores)
        .filter_map(|(&i, s)| {
            let answer = winner(s);
            (answer != corpus.rows[i].verdict)
                .then(|| (s[answer.index()] - s[corpus.rows[i].verdict.index()], i, answer))
        })
        .collect();
    wrong.sort_by(|a, b| b.0.total_cmp(&a.0));
    out.push_str(
        "## The twenty worst errors of the test split\n\n| id | is | called | by | message |\n|---|---|---|---|---|\n",
    );
    for (margin, i, answer) in wrong.into_iter().take(20) {
        let row = &corpus.rows[i];
        let text: String = crate::show::escaped(&row.text)
            .replace('|', "/")
            .chars()
            .take(90)
            .collect();
        let _ = writeln!(
            out,
            "| {} | {} | {} | {margin:.1} | {text} |",
            row.id,
            row.verdict.name(),
            answer.name()
        );
    }
}

fn top(scores: &Scores, temperature: f32) -> f64 {
    softmax(&scores.map(|s| s / f64::from(temperature)))
        .into_iter()
        .fold(0.0, f64::max)
}

fn numbered<'a>(names: impl Iterator<Item = &'a str>) -> Vec<usize> {
    let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
    names
        .map(|name| {
            let next = numbers.len();
            *numbers.entry(name).or_insert(next)
        })
        .collect()
}

fn count<'a>(names: impl Iterator<Item = &'a str>) -> usize {
    names.collect::<std::collections::BTreeSet<_>>().len()
}

fn verdict_counts(corpus: &Corpus) -> String {
    let of = |v: Verdict| corpus.rows.iter().filter(|r| r.verdict == v).count();
    Verdict::ALL.map(|v| format!("{} {}", of(v), v.name())).join(", ")
}

/// The card of the model that is compiled in.
const CARD: &str = include_str!("../models/CARD.md");
/// How the heading of the table begins whose figures come nearest to messages from new senders.
const HELD_OUT: &str = "## With whole writers held out";

/// How often an answer of that verdict is wrong: 1 less its precision on writers held out, as the model
/// card states it. None when the card does not say.
///
/// ```
/// use cuijian::{Verdict, model_card::error_rate};
/// assert!(error_rate(Verdict::Scam).is_some_and(|r| (0.0..0.5).contains(&r)));
/// ```
#[must_use]
pub fn error_rate(verdict: Verdict) -> Option<f64> {
    error_rate_in(CARD, verdict)
}

fn error_rate_in(card: &str, verdict: Verdict) -> Option<f64> {
    let mut lines = card.lines().skip_while(|l| !l.starts_with(HELD_OUT)).skip(1);
    let cells = |line: &str| -> Vec<String> {
        let line = line.trim().trim_matches('|');
        line.split('|').map(|c| c.trim().to_owned()).collect()
    };
    let within = lines.by_ref().take_while(|l| !l.starts_with("## "));
    let table: Vec<Vec<String>> = within.filter(|l| l.trim_start().starts_with('|')).map(cells).collect();
    let column = table.first()?.iter().position(|c| c == "precision")?;
    let row = table.iter().find(|r| r[0] == verdict.name())?;
    let precision: f64 = row.get(column)?.parse().ok()?;
    (0.0..=1.0).contains(&precision).then_some(1.0 - precision)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_error_rate_is_read_off_the_right_table() {
        let card = "## On the test split\n\n| verdict | precision |\n|---|---|\n| scam | 0.9 |\n\n## With whole writers held out (x)\n\n| verdict | recall | precision |\n|---|---|---|\n| scam | 0.1 | 0.750 |\n\n| is | scam |\n|---|---|\n| scam | 7 |\n";
        assert_eq!(error_rate_in(card, Verdict::Scam), Some(0.25));
        assert_eq!(error_rate_in(card, Verdict::Unrelated), None);
        for broken in [
            "",
            "## With whole writers held out",
            "## With whole writers held out\n| scam | x |",
            "|",
        ] {
            assert_eq!(error_rate_in(broken, Verdict::Scam), None);
        }
    }

    #[test]
    fn the_card_compiled_in_tells_for_every_verdict() {
        for verdict in Verdict::ALL {
            assert!(error_rate(verdict).is_some(), "{}", verdict.name());
        }
    }
}
