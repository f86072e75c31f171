//! `cuijian train` and `cuijian eval`.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use rayon::prelude::*;

use crate::classify::Verdict;
use crate::classify::evaluate;
use crate::classify::model::Model;
use crate::classify::train::{Prepared, Settings, Trained, train};
use crate::corpus::Corpus;
use crate::engine::Engine;
use crate::message::Message;
use crate::{Analyst, model_card};

/// 从语料重建模型和模型卡
///
/// Fits linfa's multinomial logistic regression on the training part of the corpus and writes
/// cuijian.model and CARD.md. The same corpus and rules give the same bytes on one machine.
#[derive(Debug, clap::Args)]
pub(super) struct Train {
    /// Folder of the corpus
    #[arg(long, default_value = "corpus")]
    corpus: PathBuf,
    /// Folder of the model
    #[arg(long, default_value = "models")]
    models: PathBuf,
    /// Write nothing; compare with the model that is there: weights within 1e-4, equal verdicts on the test split
    #[arg(long)]
    check: bool,
}

/// Weights of a model rebuilt on another machine may differ by so much (DESIGN).
const TOLERANCE: f32 = 1e-4;

impl Train {
    pub(super) fn run(self) -> Result<u8> {
        let corpus = Corpus::read(&self.corpus)?;
        let engine = Engine::built_in();
        let prepared = Prepared::new(engine, &corpus);
        let settings = Settings::default();
        let trained = train(&prepared, &corpus, &settings)?;
        let path = self.models.join("cuijian.model");
        if self.check {
            let there = Model::read(&path)?;
            return check(&there, &trained.model, &prepared, &trained.test);
        }
        std::fs::create_dir_all(&self.models).with_context(|| self.models.display().to_string())?;
        std::fs::write(&path, trained.model.to_bytes()).with_context(|| path.display().to_string())?;
        let card = model_card::card(&trained, &prepared, &corpus, &settings);
        let card_path = self.models.join("CARD.md");
        std::fs::write(&card_path, card).with_context(|| card_path.display().to_string())?;
        self.renew_readme(&trained, &prepared, &corpus)?;
        anstream::eprintln!(
            "{}: {} features from {} messages",
            path.display(),
            trained.model.header().features,
            trained.train.len()
        );
        Ok(0)
    }
}

impl Train {
    /// The README's figures, where there is a README beside the corpus.
    fn renew_readme(&self, trained: &Trained, prepared: &Prepared<'_>, corpus: &Corpus) -> Result<()> {
        let Some(root) = self.corpus.canonicalize()?.parent().map(PathBuf::from) else {
            return Ok(());
        };
        let (path, samples) = (root.join("README.md"), self.corpus.join("samples/messages.csv"));
        if !path.exists() || !samples.exists() {
            return Ok(());
        }
        let text = std::fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        let renewed = crate::readme::renewed(&text, trained, prepared, corpus, &samples)?;
        std::fs::write(&path, renewed).with_context(|| path.display().to_string())
    }
}

fn check(there: &Model, rebuilt: &Model, prepared: &Prepared<'_>, test: &[usize]) -> Result<u8> {
    let places: Vec<u32> = (0..u32::try_from(there.header().features)?).collect();
    if there.header().features != rebuilt.header().features || places.iter().any(|&p| there.name(p) != rebuilt.name(p))
    {
        bail!("the model in models/ has other features than the corpus and rules give; run `cuijian train`");
    }
    let furthest = places
        .iter()
        .flat_map(|&p| {
            there
                .weights(p)
                .iter()
                .zip(rebuilt.weights(p))
                .map(|(a, b)| (a - b).abs())
        })
        .fold(0.0_f32, f32::max);
    let winners = |model: &Model| -> Vec<usize> {
        let top = |s: &[f64; 4]| (0..4).max_by(|&a, &b| s[a].total_cmp(&s[b])).unwrap_or(0);
        prepared.scores(model, test).iter().map(top).collect()
    };
    let changed = winners(there)
        .iter()
        .zip(winners(rebuilt))
        .filter(|(a, b)| **a != *b)
        .count();
    let same = there == rebuilt;
    let mut out = std::io::stdout().lock();
    writeln!(
        out,
        "rebuilt: {} features, largest difference of a weight {furthest:.2e}, other verdicts {changed} of {}, same bytes {same}",
        places.len(),
        test.len()
    )?;
    if furthest > TOLERANCE || changed > 0 {
        bail!("the model in models/ is not what corpus and rules give; run `cuijian train`");
    }
    Ok(0)
}

/// 测一份有答案的数据
///
/// Reads JSON lines with `text` and `verdict` and prints precision, recall, F1, macro-F1 with bootstrap
/// intervals, the confusion matrix and the calibration.
#[derive(Debug, clap::Args)]
pub(super) struct Eval {
    /// JSON lines with `text` and `verdict`, and `family` where rows belong together
    #[arg(long, value_name = "FILE")]
    gold: PathBuf,
    /// Print the messages that were answered wrongly
    #[arg(long)]
    errors: bool,
}

/// The findings of a report as marks.
pub(crate) fn marks(report: &crate::Report) -> Vec<evaluate::Mark> {
    let mark = |f: &crate::report::FindingField| evaluate::Mark {
        rule: f.rule.clone(),
        start: f.start,
        end: f.end,
    };
    report.findings.iter().map(mark).collect()
}

#[derive(serde::Deserialize)]
struct Gold {
    #[serde(default)]
    id: String,
    text: String,
    verdict: Verdict,
    #[serde(default)]
    family: Option<String>,
    /// Findings marked by hand, where the file has them.
    #[serde(default)]
    findings: Option<Vec<evaluate::Mark>>,
}

impl Eval {
    pub(super) fn run(self) -> Result<u8> {
        let text = std::fs::read_to_string(&self.gold).with_context(|| self.gold.display().to_string())?;
        let mut gold: Vec<Gold> = Vec::new();
        for (number, line) in (1..).zip(text.lines()).filter(|(_, l)| !l.trim().is_empty()) {
            gold.push(
                serde_json::from_str(line)
                    .with_context(|| format!("{}:{number}: each line needs text and verdict", self.gold.display()))?,
            );
        }
        if gold.is_empty() {
            bail!("{}: no row in it", self.gold.display());
        }
        let analyst = Analyst::built_in();
        let reports: Vec<_> = gold
            .par_iter()
            .map(|g| analyst.report(&Message::new(g.id.clone(), g.text.clone())))
            .collect();
        let truth: Vec<Verdict> = gold.iter().map(|g| g.verdict).collect();
        let answers: Vec<Verdict> = reports.iter().map(|r| r.verdict).collect();
        let mut numbers: BTreeMap<String, usize> = BTreeMap::new();
        let groups: Vec<usize> = (0..gold.len())
            .map(|i| {
                let key = gold[i].family.clone().unwrap_or_else(|| format!("row {i}"));
                let next = numbers.len();
                *numbers.entry(key).or_insert(next)
            })
            .collect();
        let mut out = std::io::stdout().lock();
        writeln!(out, "{}", evaluate::table(&truth, &answers, &groups))?;
        let confidences: Vec<f64> = reports.iter().map(|r| r.confidence).collect();
        let right: Vec<bool> = truth.iter().zip(&answers).map(|(t, a)| t == a).collect();
        let (_, error) = evaluate::calibration(&confidences, &right);
        let review = reports.iter().filter(|r| r.needs_review).count();
        let caught = reports
            .iter()
            .zip(&right)
            .filter(|(r, right)| r.needs_review && !**right)
            .count();
        let wrong = right.iter().filter(|r| !**r).count();
        writeln!(
            out,
            "expected calibration error {error:.3}; to review {review} of {}, with {caught} of the {wrong} errors",
            gold.len()
        )?;
        if gold.iter().any(|g| g.findings.is_some()) {
            let mut counts = evaluate::MarkCounts::default();
            for (g, r) in gold.iter().zip(&reports) {
                counts.add(&marks(r), g.findings.as_deref().unwrap_or_default());
            }
            writeln!(out, "\n{}", counts.table())?;
        }
        if self.errors {
            for ((g, r), right) in gold.iter().zip(&reports).zip(&right) {
                if !right {
                    let rules: Vec<&str> = r.findings.iter().map(|f| f.rule.as_str()).collect();
                    writeln!(
                        out,
                        "{} {} → {} {:.2} [{}] {}",
                        g.id,
                        g.verdict.name(),
                        r.verdict.name(),
                        r.confidence,
                        rules.join(" "),
                        crate::show::escaped(&g.text)
                    )?;
                }
            }
        }
        Ok(0)
    }
}
