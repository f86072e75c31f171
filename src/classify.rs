//! `classify`: a linear model over the features, trained with linfa, as a sparse dot product.

pub mod evaluate;
pub mod model;
pub mod train;

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::engine::{Engine, Reading};
use crate::features::{Kind, Sink, featurise};
use model::Model;

/// What a message is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// 合规提醒: asks for a specific debt and breaks no content rule.
    Legitimate,
    /// 违规催收: collects a debt and breaks a content rule.
    Aggressive,
    /// 疑似诈骗: tries to defraud the reader.
    Scam,
    /// 非催收: anything else.
    Unrelated,
}

impl Verdict {
    /// All verdicts, in the order of the record's probabilities.
    pub const ALL: [Self; 4] = [Self::Legitimate, Self::Aggressive, Self::Scam, Self::Unrelated];

    /// The wire name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Legitimate => "legitimate",
            Self::Aggressive => "aggressive",
            Self::Scam => "scam",
            Self::Unrelated => "unrelated",
        }
    }

    /// The Chinese name.
    #[must_use]
    pub fn zh(self) -> &'static str {
        match self {
            Self::Legitimate => "合规提醒",
            Self::Aggressive => "违规催收",
            Self::Scam => "疑似诈骗",
            Self::Unrelated => "非催收",
        }
    }

    /// Its place in [`Verdict::ALL`].
    #[must_use]
    pub fn index(self) -> usize {
        self as usize
    }
}

/// One number for each verdict, in the order of [`Verdict::ALL`].
pub type Scores = [f64; 4];

/// What one feature adds to the margin of the verdict over the runner-up.
#[derive(Debug, Clone, PartialEq)]
pub struct Reason {
    /// Place of the feature in the model.
    pub feature: u32,
    /// Its contribution.
    pub weight: f64,
    /// Bytes of the folded text, where it stands in some words.
    pub span: Option<Range<usize>>,
}

/// The decision on one message.
#[derive(Debug, Clone, PartialEq)]
pub struct Decision {
    /// The most probable verdict.
    pub verdict: Verdict,
    /// The second.
    pub runner_up: Verdict,
    /// Calibrated probabilities; they sum to 1.
    pub probabilities: Scores,
    /// Whether a person should look: the top probability is under the model's threshold.
    pub needs_review: bool,
    /// Score of the verdict less that of the runner-up, before calibration.
    pub margin: f64,
    /// What the margin is without any feature.
    pub bias: f64,
    /// What each feature adds; with `bias` they sum to `margin`. The first [`Decision::RANKED`] are the
    /// largest, in order; the others follow in no order.
    pub reasons: Vec<Reason>,
}

impl Decision {
    /// How many reasons are ranked.
    pub const RANKED: usize = 12;
}

/// Features of one message that the model knows: place in the model, value, and where it first stands.
#[derive(Debug, Default)]
pub struct Vector {
    /// Place in the model's tables → value.
    pub values: Vec<(u32, f32)>,
    spans: Vec<Option<Range<usize>>>,
}

/// Collects features for a model.
struct Collector<'m> {
    model: &'m Model,
    /// Place in the model, and number of the feature.
    found: Vec<(u32, u32)>,
    spans: Vec<Option<Range<usize>>>,
}

impl Sink for Collector<'_> {
    fn take(&mut self, _: Kind, hash: u64, span: Option<Range<usize>>, _: &dyn Fn() -> String) {
        if let Some(place) = self.model.place(hash) {
            self.found
                .push((place, u32::try_from(self.spans.len()).unwrap_or(u32::MAX)));
            self.spans.push(span);
        }
    }
}

impl Vector {
    /// The message as the model sees it.
    ///
    /// Words: (1 + ln count) × idf, the block scaled to length 1 (sublinear tf-idf, Manning, Raghavan and
    /// Schütze 2008, section 6.4). Shape: [`Model::shape_scale`] where present.
    #[must_use]
    pub fn new(reading: &Reading, engine: &Engine, model: &Model) -> Self {
        let mut collector = Collector {
            model,
            found: Vec::with_capacity(512),
            spans: Vec::with_capacity(512),
        };
        featurise(reading, engine.rules(), &mut collector);
        let spans = collector.spans;
        let mut found = collector.found;
        // Place first, then order of appearance: the first span of each place comes first.
        found.sort_unstable();
        let mut vector = Self::default();
        let mut square = 0.0_f32;
        let mut at = 0;
        while at < found.len() {
            let (place, first) = found[at];
            let count = found[at..].iter().take_while(|(p, _)| *p == place).count();
            at += count;
            let value = if model.is_words(place) {
                #[allow(clippy::cast_precision_loss)]
                let value = (1.0 + (count as f32).ln()) * model.idf(place);
                square += value * value;
                value
            } else {
                model.shape_scale()
            };
            vector.values.push((place, value));
            vector.spans.push(spans[first as usize].clone());
        }
        let norm = square.sqrt();
        if norm > 0.0 {
            for (place, value) in &mut vector.values {
                if model.is_words(*place) {
                    *value /= norm;
                }
            }
        }
        vector
    }
}

/// Decides on messages.
#[derive(Debug)]
pub struct Classifier<'m> {
    model: &'m Model,
}

impl<'m> Classifier<'m> {
    /// A classifier with that model.
    #[must_use]
    pub fn new(model: &'m Model) -> Self {
        Self { model }
    }

    /// Scores before calibration: the sparse dot product.
    #[must_use]
    pub fn scores(&self, vector: &Vector) -> Scores {
        let mut scores = self.model.bias().map(f64::from);
        for &(place, value) in &vector.values {
            for (score, weight) in scores.iter_mut().zip(self.model.weights(place)) {
                *score += f64::from(*weight) * f64::from(value);
            }
        }
        scores
    }

    /// The decision, with its reasons.
    #[must_use]
    pub fn decide(&self, reading: &Reading, engine: &Engine) -> Decision {
        let vector = Vector::new(reading, engine, self.model);
        let scores = self.scores(&vector);
        let probabilities = softmax(&scores.map(|s| s / f64::from(self.model.temperature())));
        let mut order = Verdict::ALL;
        order.sort_by(|a, b| scores[b.index()].total_cmp(&scores[a.index()]));
        let [verdict, runner_up, ..] = order;
        let bias = self.model.bias();
        let mut reasons: Vec<Reason> = vector
            .values
            .iter()
            .zip(&vector.spans)
            .map(|(&(place, value), span)| {
                let weights = self.model.weights(place);
                let weight =
                    (f64::from(weights[verdict.index()]) - f64::from(weights[runner_up.index()])) * f64::from(value);
                Reason {
                    feature: place,
                    weight,
                    span: span.clone(),
                }
            })
            .collect();
        reasons.sort_by(|a, b| {
            b.weight
                .abs()
                .total_cmp(&a.weight.abs())
                .then(a.feature.cmp(&b.feature))
        });
        Decision {
            verdict,
            runner_up,
            probabilities,
            needs_review: probabilities[verdict.index()] < f64::from(self.model.threshold()),
            margin: scores[verdict.index()] - scores[runner_up.index()],
            bias: f64::from(bias[verdict.index()]) - f64::from(bias[runner_up.index()]),
            reasons,
        }
    }
}

/// Exponentials over their sum, safe for large scores.
#[must_use]
pub fn softmax(scores: &Scores) -> Scores {
    let top = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let powers = scores.map(|s| (s - top).exp());
    let sum: f64 = powers.iter().sum();
    powers.map(|p| p / sum)
}
