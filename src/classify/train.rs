//! `cuijian train`: from the corpus to a model file.
//!
//! Features are chosen on the training part only. linfa fits multinomial logistic regression; since its
//! optimiser can return far from the minimum without saying so (measured on linfa-logistic 0.8.1), the
//! gradient of the objective is computed here and the fit is started again from where it stood until the
//! gradient is small. Temperature and review threshold come from folds in which whole writers are held out.

use std::collections::HashMap;

use linfa::prelude::*;
use linfa_logistic::MultiLogisticRegression;
use ndarray::{Array1, Array2, Axis};
use rayon::prelude::*;

use super::model::{Entry, Header, Model};
use super::{Classifier, Scores, Vector, Verdict, softmax};
use crate::corpus::Corpus;
use crate::engine::{Engine, Reading};
use crate::error::TrainError;
use crate::features::{Kind, Sink, featurise};
use crate::message::Message;

/// How a model is trained.
///
/// | Name | Default | Purpose | Range |
/// |---|---|---|---|
/// | `features` | 8,000 | most features, chosen by chi² | 100 … |
/// | `min_messages` | 3 | a feature stands in at least so many training messages | 1 … |
/// | `c` | 2.0 | inverse strength of the L2 penalty, as in scikit-learn | > 0 |
/// | `shape_scale` | 0.2 | value of a feature of the shape where present | > 0 |
/// | `gradient_limit` | 1e-6 | the fit is accepted under this gradient norm a message | > 0 |
/// | `kinds` | all | kinds of features used | – |
#[derive(Debug, Clone)]
pub struct Settings {
    /// Most features.
    pub features: usize,
    /// Least number of training messages a feature stands in.
    pub min_messages: usize,
    /// Inverse strength of the penalty.
    pub c: f64,
    /// Value of a feature of the shape.
    pub shape_scale: f32,
    /// Largest accepted norm of the gradient of the mean objective.
    pub gradient_limit: f64,
    /// Kinds of features used.
    pub kinds: Vec<Kind>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            features: 8_000,
            min_messages: 3,
            c: 2.0,
            shape_scale: 0.2,
            gradient_limit: 1e-6,
            kinds: Kind::ALL.to_vec(),
        }
    }
}

/// Number of folds of held-out writers.
pub const FOLDS: usize = 5;
/// Share of messages that may be sent to review.
const REVIEW_SHARE: f64 = 0.10;
/// linfa's matrix is multiplied by this and its penalty by the square: the same problem, on which the
/// optimiser does not stop early (measured: objective 3756 unscaled against 1368 scaled, optimum 1368.1).
const CONDITIONING: f64 = 8.0;
/// Iterations of one start, and how often it is started again.
const ITERATIONS: u64 = 120;
const RESTARTS: usize = 12;

/// The features of one message, before any are chosen.
#[derive(Debug, Default, Clone)]
struct Bag {
    counts: Vec<(u64, u16)>,
}

/// Everything training needs of the corpus, computed once.
pub struct Prepared<'e> {
    engine: &'e Engine,
    readings: Vec<Reading>,
    bags: Vec<Bag>,
    names: Names,
    verdicts: Vec<Verdict>,
}

/// Kind and name of each feature by its hash.
type Names = HashMap<u64, (Kind, String)>;

struct BagSink {
    counts: HashMap<u64, u16>,
    names: Names,
}

impl Sink for BagSink {
    fn take(&mut self, kind: Kind, hash: u64, _: Option<std::ops::Range<usize>>, name: &dyn Fn() -> String) {
        let count = self.counts.entry(hash).or_insert(0);
        *count = count.saturating_add(1);
        self.names.entry(hash).or_insert_with(|| (kind, name()));
    }
}

impl<'e> Prepared<'e> {
    /// Reads every message of the corpus through all stages up to its features.
    #[must_use]
    pub fn new(engine: &'e Engine, corpus: &Corpus) -> Self {
        let done: Vec<(Reading, Bag, Names)> = corpus
            .rows
            .par_iter()
            .map(|row| {
                let reading = engine.read(&Message::new(row.id.clone(), row.text.clone()));
                let mut sink = BagSink {
                    counts: HashMap::new(),
                    names: HashMap::new(),
                };
                featurise(&reading, engine.rules(), &mut sink);
                let mut counts: Vec<(u64, u16)> = sink.counts.into_iter().collect();
                counts.sort_unstable();
                (reading, Bag { counts }, sink.names)
            })
            .collect();
        let mut prepared = Self {
            engine,
            readings: Vec::new(),
            bags: Vec::new(),
            names: HashMap::new(),
            verdicts: corpus.rows.iter().map(|r| r.verdict).collect(),
        };
        for (reading, bag, names) in done {
            prepared.readings.push(reading);
            prepared.bags.push(bag);
            for (hash, name) in names {
                prepared.names.entry(hash).or_insert(name);
            }
        }
        prepared
    }

    /// Verdicts of all rows.
    #[must_use]
    pub fn verdicts(&self) -> &[Verdict] {
        &self.verdicts
    }

    /// Fits a model on the rows of `train`.
    ///
    /// # Errors
    /// linfa's refusal, or an optimiser that does not converge.
    pub fn fit(&self, train: &[usize], settings: &Settings) -> Result<Model, TrainError> {
        let entries = self.choose(train, settings);
        let header = Header {
            corpus: String::new(),
            rules: self.engine.rules().hash.clone(),
            features: 0,
            bias: [0.0; 4],
            shape_scale: settings.shape_scale,
            temperature: 1.0,
            threshold: 0.0,
        };
        let blank = Model::new(header.clone(), entries.clone());
        let vectors: Vec<Vector> = train
            .par_iter()
            .map(|&i| Vector::new(&self.readings[i], self.engine, &blank))
            .collect();
        let targets: Vec<usize> = train.iter().map(|&i| self.verdicts[i].index()).collect();
        let (weights, bias) = fit_linfa(&vectors, &targets, entries.len(), settings)?;
        let mut header = header;
        #[allow(clippy::cast_possible_truncation)]
        {
            header.bias = std::array::from_fn(|k| bias[k] as f32);
        }
        let entries = entries
            .into_iter()
            .zip(weights.axis_iter(Axis(0)))
            .map(|(entry, row)| {
                #[allow(clippy::cast_possible_truncation)]
                let weights = std::array::from_fn(|k| row[k] as f32);
                Entry { weights, ..entry }
            })
            .collect();
        Ok(Model::new(header, entries))
    }

    /// Scores before calibration of the rows of `test`.
    #[must_use]
    pub fn scores(&self, model: &Model, test: &[usize]) -> Vec<Scores> {
        let classifier = Classifier::new(model);
        test.par_iter()
            .map(|&i| classifier.scores(&Vector::new(&self.readings[i], self.engine, model)))
            .collect()
    }

    /// The features with the highest chi² between presence and verdict on the rows of `train`
    /// (Yang and Pedersen 1997).
    fn choose(&self, train: &[usize], settings: &Settings) -> Vec<Entry> {
        let mut counts: HashMap<u64, [u32; 4]> = HashMap::new();
        let mut classes = [0_u32; 4];
        for &i in train {
            let class = self.verdicts[i].index();
            classes[class] += 1;
            for (hash, _) in &self.bags[i].counts {
                counts.entry(*hash).or_default()[class] += 1;
            }
        }
        let total = f64::from(classes.iter().sum::<u32>());
        let mut kept: Vec<(bool, f64, u64, u32)> = counts
            .iter()
            .filter(|(hash, seen)| {
                settings.kinds.contains(&self.names[hash].0)
                    && seen.iter().sum::<u32>() as usize >= settings.min_messages
            })
            .map(|(&hash, seen)| {
                let n: u32 = seen.iter().sum();
                (
                    !self.names[&hash].0.is_words(),
                    chi_square(seen, &classes, total),
                    hash,
                    n,
                )
            })
            .collect();
        kept.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.2.cmp(&b.2)));
        kept.truncate(settings.features);
        kept.sort_by_key(|&(_, _, hash, _)| hash);
        kept.into_iter()
            .map(|(shape, _, hash, n)| {
                let (kind, name) = self.names[&hash].clone();
                // Smoothed idf, as in scikit-learn's TfidfTransformer.
                #[allow(clippy::cast_possible_truncation)]
                let idf = if shape {
                    1.0
                } else {
                    (((1.0 + total) / (1.0 + f64::from(n))).ln() + 1.0) as f32
                };
                Entry {
                    hash,
                    kind,
                    name,
                    idf,
                    weights: [0.0; 4],
                }
            })
            .collect()
    }
}

fn chi_square(seen: &[u32; 4], classes: &[u32; 4], total: f64) -> f64 {
    let n = f64::from(seen.iter().sum::<u32>());
    seen.iter()
        .zip(classes)
        .map(|(&o, &c)| {
            let (o, c) = (f64::from(o), f64::from(c));
            let (with, without) = (n * c / total, (total - n) * c / total);
            let absent = if without > 0.0 {
                (c - o - without).powi(2) / without
            } else {
                0.0
            };
            if with > 0.0 {
                (o - with).powi(2) / with + absent
            } else {
                0.0
            }
        })
        .sum()
}

/// Weights (features × verdicts) and intercepts, by linfa, checked to be a minimum.
///
/// linfa takes dense matrices only, and passes over them are what training costs: so most of the way is
/// gone in single precision, and the last steps, which fix the digits, in double.
fn fit_linfa(
    vectors: &[Vector],
    targets: &[usize],
    features: usize,
    settings: &Settings,
) -> Result<(Array2<f64>, Array1<f64>), TrainError> {
    let alpha = CONDITIONING * CONDITIONING / settings.c;
    let coarse = descend::<f32>(
        vectors,
        targets,
        features,
        alpha,
        settings.gradient_limit.max(COARSE),
        None,
    );
    let start = match coarse {
        Ok(fitted) | Err((TrainError::NotConverged { .. }, Some(fitted))) => fitted,
        Err((error, _)) => return Err(error),
    };
    let fitted = if settings.gradient_limit >= COARSE {
        start
    } else {
        descend::<f64>(vectors, targets, features, alpha, settings.gradient_limit, Some(start))
            .map_err(|(error, _)| error)?
    };
    let weights = fitted.slice_axis(Axis(0), ndarray::Slice::from(..features)).to_owned() * CONDITIONING;
    Ok((weights, fitted.row(features).to_owned()))
}

/// Gradient norm of the mean objective that single precision reaches for certain.
const COARSE: f64 = 1e-4;

/// A precision linfa can run in: its own trait for that is private.
trait Precision: linfa::Float {
    /// One start of linfa; weights and, in the last row, intercepts.
    fn run(
        dataset: &Dataset<Self, usize, ndarray::Ix1>,
        alpha: f64,
        start: Option<&Array2<f64>>,
    ) -> Result<Array2<f64>, linfa_logistic::error::Error>;
}

macro_rules! precision {
    ($float:ty) => {
        impl Precision for $float {
            fn run(
                dataset: &Dataset<Self, usize, ndarray::Ix1>,
                alpha: f64,
                start: Option<&Array2<f64>>,
            ) -> Result<Array2<f64>, linfa_logistic::error::Error> {
                let mut params = MultiLogisticRegression::<$float>::default()
                    .alpha(<$float>::cast(alpha))
                    .max_iterations(ITERATIONS)
                    .gradient_tolerance(1e-6);
                if let Some(from) = start {
                    params = params.initial_params(from.mapv(<$float>::cast));
                }
                let fitted = params.fit(dataset)?;
                let mut stacked = Array2::zeros((fitted.params().nrows() + 1, 4));
                for (mut row, weights) in stacked.axis_iter_mut(Axis(0)).zip(
                    fitted
                        .params()
                        .axis_iter(Axis(0))
                        .chain([fitted.intercept().view()]),
                ) {
                    row.assign(&weights.mapv(f64::from));
                }
                Ok(stacked)
            }
        }
    };
}

precision!(f32);
precision!(f64);

type Stopped = (TrainError, Option<Array2<f64>>);

/// Starts linfa again and again from where it stood until the gradient is small. Weights and, in the
/// last row, intercepts; they come back with the error too, since a coarse end is a good start.
fn descend<F: Precision>(
    vectors: &[Vector],
    targets: &[usize],
    features: usize,
    alpha: f64,
    limit: f64,
    mut start: Option<Array2<f64>>,
) -> Result<Array2<f64>, Stopped> {
    let mut records = Array2::<F>::zeros((vectors.len(), features));
    for (mut row, vector) in records.axis_iter_mut(Axis(0)).zip(vectors) {
        for &(place, value) in &vector.values {
            row[place as usize] = F::cast(f64::from(value) * CONDITIONING);
        }
    }
    let dataset = DatasetBase::new(records, Array1::from_vec(targets.to_vec()));
    let mut gradient = f64::INFINITY;
    for _ in 0..RESTARTS {
        let stacked = F::run(&dataset, alpha, start.as_ref()).map_err(|e| (TrainError::from(e), None))?;
        #[allow(clippy::cast_precision_loss)]
        let mean = gradient_norm(vectors, targets, &stacked, alpha) / vectors.len() as f64;
        let stuck = mean > gradient * 0.9;
        gradient = mean;
        start = Some(stacked);
        if gradient <= limit {
            break;
        }
        if stuck {
            return Err((
                TrainError::NotConverged {
                    gradient,
                    limit,
                    rounds: RESTARTS,
                },
                start,
            ));
        }
    }
    match start {
        Some(fitted) if gradient <= limit => Ok(fitted),
        start => Err((
            TrainError::NotConverged {
                gradient,
                limit,
                rounds: RESTARTS,
            },
            start,
        )),
    }
}

/// Euclidean norm of the gradient of linfa's objective, summed cross-entropy + alpha/2 |w|², in double
/// precision over the sparse vectors. `weights` has the intercepts in its last row.
fn gradient_norm(vectors: &[Vector], targets: &[usize], weights: &Array2<f64>, alpha: f64) -> f64 {
    let features = weights.nrows() - 1;
    let mut gradient = weights * alpha;
    gradient.row_mut(features).fill(0.0);
    for (vector, &target) in vectors.iter().zip(targets) {
        let mut scores: Scores = std::array::from_fn(|k| weights[(features, k)]);
        for &(place, value) in &vector.values {
            for (k, score) in scores.iter_mut().enumerate() {
                *score += weights[(place as usize, k)] * f64::from(value) * CONDITIONING;
            }
        }
        let mut residual = softmax(&scores);
        residual[target] -= 1.0;
        for (k, r) in residual.iter().enumerate() {
            gradient[(features, k)] += r;
            for &(place, value) in &vector.values {
                gradient[(place as usize, k)] += r * f64::from(value) * CONDITIONING;
            }
        }
    }
    gradient.iter().map(|g| g * g).sum::<f64>().sqrt()
}

/// Out-of-fold scores of every row of `rows`: each writer is scored by a model that never saw it.
///
/// # Errors
/// As [`Prepared::fit`].
pub fn held_out_scores(
    prepared: &Prepared<'_>,
    rows: &[usize],
    folds: &[usize],
    settings: &Settings,
) -> Result<Vec<Scores>, TrainError> {
    // linfa's products with four columns keep one core busy, so the folds share the others.
    let done: Vec<Vec<(usize, Scores)>> = (0..FOLDS)
        .into_par_iter()
        .map(|fold| {
            let train: Vec<usize> = rows.iter().copied().filter(|&i| folds[i] != fold).collect();
            let held: Vec<(usize, usize)> = rows
                .iter()
                .copied()
                .enumerate()
                .filter(|&(_, i)| folds[i] == fold)
                .collect();
            if held.is_empty() || train.is_empty() {
                return Ok(Vec::new());
            }
            let model = prepared.fit(&train, settings)?;
            let test: Vec<usize> = held.iter().map(|&(_, i)| i).collect();
            Ok(held
                .iter()
                .map(|&(place, _)| place)
                .zip(prepared.scores(&model, &test))
                .collect())
        })
        .collect::<Result<_, TrainError>>()?;
    let mut scores = vec![[0.0; 4]; rows.len()];
    for (place, score) in done.into_iter().flatten() {
        scores[place] = score;
    }
    Ok(scores)
}

/// The temperature under which the scores' probabilities have the least log loss, by golden section.
#[must_use]
pub fn best_temperature(scores: &[Scores], verdicts: &[Verdict]) -> f64 {
    let loss = |t: f64| -> f64 {
        scores
            .iter()
            .zip(verdicts)
            .map(|(s, v)| -softmax(&s.map(|x| x / t))[v.index()].max(1e-12).ln())
            .sum()
    };
    let (mut low, mut high) = (0.2_f64, 6.0_f64);
    let ratio = (5.0_f64.sqrt() - 1.0) / 2.0;
    for _ in 0..60 {
        let (a, b) = (high - ratio * (high - low), low + ratio * (high - low));
        if loss(a) < loss(b) { high = b } else { low = a }
    }
    f64::midpoint(low, high)
}

/// The top probability under which the least certain [`REVIEW_SHARE`] of messages fall.
#[must_use]
pub fn review_threshold(scores: &[Scores], temperature: f64) -> f64 {
    let mut tops: Vec<f64> = scores
        .iter()
        .map(|s| softmax(&s.map(|x| x / temperature)).into_iter().fold(0.0, f64::max))
        .collect();
    tops.sort_by(f64::total_cmp);
    #[allow(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss
    )]
    let place = (tops.len() as f64 * REVIEW_SHARE * 0.95) as usize;
    tops.get(place).copied().unwrap_or(0.5)
}

/// A trained model, with what its card needs.
pub struct Trained {
    /// The model, calibrated.
    pub model: Model,
    /// Rows of the training part.
    pub train: Vec<usize>,
    /// Rows of the test split.
    pub test: Vec<usize>,
    /// Out-of-fold scores of the training part, in the order of `train`.
    pub held_out: Vec<Scores>,
}

/// Trains, calibrates and returns the model.
///
/// # Errors
/// As [`Prepared::fit`].
pub fn train(prepared: &Prepared<'_>, corpus: &Corpus, settings: &Settings) -> Result<Trained, TrainError> {
    let split = corpus.test_split();
    let (test, train): (Vec<usize>, Vec<usize>) = (0..corpus.rows.len()).partition(|&i| split[i]);
    let folds = corpus.writer_folds(FOLDS);
    // Folds serve calibration and comparison: a coarse minimum is near enough for both.
    let coarse = Settings {
        gradient_limit: COARSE,
        ..settings.clone()
    };
    let held_out = held_out_scores(prepared, &train, &folds, &coarse)?;
    let verdicts: Vec<Verdict> = train.iter().map(|&i| corpus.rows[i].verdict).collect();
    let temperature = best_temperature(&held_out, &verdicts);
    let threshold = review_threshold(&held_out, temperature);
    let model = prepared.fit(&train, settings)?;
    #[allow(clippy::cast_possible_truncation)]
    let model = model.calibrated(corpus.hash.clone(), temperature as f32, threshold as f32);
    Ok(Trained {
        model,
        train,
        test,
        held_out,
    })
}
