//! The parts of the README that are figures or output: written with the model, never by hand.

use std::fmt::Write as _;
use std::path::Path;

use crate::classify::evaluate;
use crate::classify::train::{Prepared, Trained};
use crate::classify::{Scores, Verdict};
use crate::corpus::Corpus;
use crate::engine::Engine;
use crate::message::Message;
use crate::show::{card::Card, terminal};
use crate::{Analyst, read};

/// The message the README shows a card of.
const SHOWN: &str = "林某你听好，今天五点前不把钱打过来，我就挨个打你通讯录，让你爸妈和单位都知道你欠钱不还。";

/// The README with its written parts renewed.
///
/// # Errors
/// A README without the marks, or a sample table that cannot be read.
pub fn renewed(
    readme: &str,
    trained: &Trained,
    prepared: &Prepared<'_>,
    corpus: &Corpus,
    samples: &Path,
) -> anyhow::Result<String> {
    // The model just trained, not the one compiled in: the process ends soon after.
    let model: &'static _ = Box::leak(Box::new(trained.model.clone()));
    let analyst = Analyst::new(Engine::built_in(), model);
    let readme = replaced(readme, "summary", &summary(&analyst, samples)?)?;
    let readme = replaced(&readme, "card", &shown_card(&analyst)?)?;
    replaced(&readme, "figures", &figures(trained, prepared, corpus))
}

fn replaced(readme: &str, mark: &str, inside: &str) -> anyhow::Result<String> {
    let (begin, end) = (format!("<!-- {mark}:begin -->"), format!("<!-- {mark}:end -->"));
    let (Some(from), Some(to)) = (readme.find(&begin), readme.find(&end)) else {
        anyhow::bail!("README.md has no {begin} … {end}");
    };
    Ok(format!(
        "{}{begin}\n{}\n{}",
        &readme[..from],
        inside.trim_end(),
        &readme[to..]
    ))
}

fn summary(analyst: &Analyst, samples: &Path) -> anyhow::Result<String> {
    let mut counts = [0_usize; 4];
    let mut review = 0;
    let (_, rows) = read::open(samples, &read::Options::default())?;
    for row in rows {
        if let Ok(record) = row? {
            let report = analyst.report(&record.message);
            counts[report.verdict.index()] += 1;
            review += usize::from(report.needs_review);
        }
    }
    Ok(format!(
        "```text\n{}```\n",
        counted(&counts.map(|c| c as u64), review as u64)
    ))
}

/// The table a run ends with.
#[must_use]
pub fn counted(verdicts: &[u64; 4], review: u64) -> String {
    let total: u64 = verdicts.iter().sum();
    let mut out = format!("{total} 条 messages\n");
    for verdict in Verdict::ALL {
        let count = verdicts[verdict.index()];
        #[allow(clippy::cast_precision_loss)]
        let share = if total == 0 {
            0.0
        } else {
            100.0 * count as f64 / total as f64
        };
        let _ = writeln!(
            out,
            "  {} {:<12} {count:>9}  {share:5.1} %",
            verdict.zh(),
            verdict.name()
        );
    }
    let _ = writeln!(out, "  需要人工复核 needs_review {review}");
    out
}

fn shown_card(analyst: &Analyst) -> anyhow::Result<String> {
    let mut bytes = Vec::new();
    {
        let mut plain = anstream::StripStream::new(&mut bytes);
        terminal::write(&mut plain, &Card::of(analyst, &Message::new("1", SHOWN), false))?;
    }
    Ok(format!(
        "```text\n$ cuijian check \"{SHOWN}\"\n{}```\n",
        String::from_utf8(bytes)?
    ))
}

fn figures(trained: &Trained, prepared: &Prepared<'_>, corpus: &Corpus) -> String {
    let mut out = String::from("| | macro-F1 | scam recall | lawful called abusive or fraud |\n|---|---|---|---|\n");
    let test = prepared.scores(&trained.model, &trained.test);
    for (name, rows, scores) in [
        ("families never seen (test split)", &trained.test, &test),
        ("whole writers held out", &trained.train, &trained.held_out),
    ] {
        let truth: Vec<Verdict> = rows.iter().map(|&i| corpus.rows[i].verdict).collect();
        let answers: Vec<Verdict> = scores.iter().map(winner).collect();
        let counts = evaluate::confusion(&truth, &answers);
        let lawful = counts[Verdict::Legitimate.index()];
        let accused = 100.0 * evaluate::ratio(lawful[1] + lawful[2], lawful.iter().sum());
        let recall = evaluate::figures(&counts)[Verdict::Scam.index()].recall;
        let _ = writeln!(
            out,
            "| {name}, {} messages | {:.3} | {recall:.3} | {accused:.1} % |",
            rows.len(),
            evaluate::macro_f1(&counts)
        );
    }
    out
}

/// The verdict with the highest score.
#[must_use]
pub fn winner(scores: &Scores) -> Verdict {
    Verdict::ALL
        .into_iter()
        .max_by(|a, b| scores[a.index()].total_cmp(&scores[b.index()]))
        .unwrap_or(Verdict::Unrelated)
}
