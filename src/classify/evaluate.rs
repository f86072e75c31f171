//! How right a set of answers is: per-verdict figures, intervals, calibration.

use std::fmt::Write as _;

use super::Verdict;

/// Rows: what it is; columns: what was answered; both in the order of [`Verdict::ALL`].
pub type Confusion = [[usize; 4]; 4];

/// Counts the answers.
#[must_use]
pub fn confusion(truth: &[Verdict], answers: &[Verdict]) -> Confusion {
    let mut counts = [[0; 4]; 4];
    for (t, a) in truth.iter().zip(answers) {
        counts[t.index()][a.index()] += 1;
    }
    counts
}

/// Precision, recall and F1 of one verdict; 0 where nothing can be divided.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Figures {
    /// Of those called so, the share that are.
    pub precision: f64,
    /// Of those that are, the share called so.
    pub recall: f64,
    /// Their harmonic mean.
    pub f1: f64,
    /// How many there are.
    pub support: usize,
}

/// The figures of each verdict.
#[must_use]
pub fn figures(counts: &Confusion) -> [Figures; 4] {
    std::array::from_fn(|k| {
        let hit = counts[k][k];
        let support: usize = counts[k].iter().sum();
        let called: usize = counts.iter().map(|row| row[k]).sum();
        let (precision, recall) = (ratio(hit, called), ratio(hit, support));
        let f1 = if precision + recall > 0.0 {
            2.0 * precision * recall / (precision + recall)
        } else {
            0.0
        };
        Figures {
            precision,
            recall,
            f1,
            support,
        }
    })
}

/// Mean F1 over the verdicts that occur.
#[must_use]
pub fn macro_f1(counts: &Confusion) -> f64 {
    let present: Vec<f64> = figures(counts).iter().filter(|f| f.support > 0).map(|f| f.f1).collect();
    if present.is_empty() {
        0.0
    } else {
        present.iter().sum::<f64>() / len(present.len())
    }
}

/// Of so many, so many.
#[must_use]
pub fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { len(part) / len(whole) }
}

#[allow(clippy::cast_precision_loss)]
fn len(n: usize) -> f64 {
    n as f64
}

/// A small generator with a fixed seed: splitmix64 (Steele, Lea and Flood 2014).
#[derive(Debug, Clone)]
pub struct Random(u64);

impl Random {
    /// Always the same numbers for the same seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next 64 bits.
    pub fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ z >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ z >> 31
    }

    /// A number under `n`; 0 when `n` is 0.
    pub fn below(&mut self, n: usize) -> usize {
        if n == 0 {
            0
        } else {
            usize::try_from(self.bits() % n as u64).unwrap_or(0)
        }
    }
}

/// 95 % bootstrap interval of a figure, resampling whole groups (Efron and Tibshirani 1993, percentile).
#[must_use]
pub fn bootstrap(
    truth: &[Verdict],
    answers: &[Verdict],
    groups: &[usize],
    figure: impl Fn(&Confusion) -> f64,
) -> (f64, f64) {
    const ROUNDS: usize = 1000;
    let count = groups.iter().max().map_or(0, |m| m + 1);
    let mut members: Vec<Vec<usize>> = vec![Vec::new(); count];
    for (row, &group) in groups.iter().enumerate() {
        members[group].push(row);
    }
    let mut random = Random::new(20_261_121);
    let mut values: Vec<f64> = (0..ROUNDS)
        .map(|_| {
            let mut counts = [[0; 4]; 4];
            for _ in 0..count {
                for &row in &members[random.below(count)] {
                    counts[truth[row].index()][answers[row].index()] += 1;
                }
            }
            figure(&counts)
        })
        .collect();
    values.sort_by(f64::total_cmp);
    (values[ROUNDS * 25 / 1000], values[ROUNDS * 975 / 1000 - 1])
}

/// A finding marked by hand, or made: rule, and half-open code points.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize)]
pub struct Mark {
    /// Id of the rule.
    pub rule: String,
    /// First code point.
    pub start: usize,
    /// One past the last.
    pub end: usize,
}

/// How many made findings are marked, and how many marks are found.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct MarkCounts {
    /// Findings made.
    pub made: usize,
    /// Of them, those that overlap a mark of the same rule.
    pub made_right: usize,
    /// Of them, those that overlap any mark: right words, perhaps another name.
    pub made_on_mark: usize,
    /// Marks.
    pub marked: usize,
    /// Of them, those that a finding of the same rule overlaps.
    pub marked_found: usize,
    /// Of them, those that any finding overlaps.
    pub marked_touched: usize,
}

impl MarkCounts {
    /// Adds one message. Findings on form, sender and time are of another kind and do not count.
    pub fn add(&mut self, made: &[Mark], marked: &[Mark]) {
        let overlap = |a: &Mark, b: &Mark| a.start < b.end && b.start < a.end;
        let same = |a: &Mark, b: &Mark| a.rule == b.rule && overlap(a, b);
        let counted = |m: &&Mark| !m.rule.starts_with("form.") && !m.rule.starts_with("meta.");
        for finding in made.iter().filter(counted) {
            self.made += 1;
            self.made_right += usize::from(marked.iter().any(|m| same(finding, m)));
            self.made_on_mark += usize::from(marked.iter().any(|m| overlap(finding, m)));
        }
        for mark in marked.iter().filter(counted) {
            self.marked += 1;
            self.marked_found += usize::from(made.iter().any(|m| same(mark, m)));
            self.marked_touched += usize::from(made.iter().filter(counted).any(|m| overlap(mark, m)));
        }
    }

    /// Precision and recall, by rule and place and by place alone, as Markdown.
    #[must_use]
    pub fn table(&self) -> String {
        format!(
            "| findings | precision | recall |\n|---|---|---|\n| same rule, overlapping words | {:.3} | {:.3} |\n| any rule, overlapping words | {:.3} | {:.3} |\n\n{} findings made, {} marked by hand.\n",
            ratio(self.made_right, self.made),
            ratio(self.marked_found, self.marked),
            ratio(self.made_on_mark, self.made),
            ratio(self.marked_touched, self.marked),
            self.made,
            self.marked
        )
    }
}

/// One bin of a reliability table.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bin {
    /// Mean top probability of its messages.
    pub confidence: f64,
    /// Share of them answered rightly.
    pub accuracy: f64,
    /// How many.
    pub count: usize,
}

/// Ten bins of equal width over the top probability, and the expected calibration error over them
/// (Naeini, Cooper and Hauskrecht 2015).
#[must_use]
pub fn calibration(confidences: &[f64], right: &[bool]) -> (Vec<Bin>, f64) {
    let mut sums = [(0.0, 0_usize, 0_usize); 10];
    for (&confidence, &right) in confidences.iter().zip(right) {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let bin = ((confidence * 10.0) as usize).min(9);
        sums[bin].0 += confidence;
        sums[bin].1 += usize::from(right);
        sums[bin].2 += 1;
    }
    let bins: Vec<Bin> = sums
        .iter()
        .filter(|s| s.2 > 0)
        .map(|&(sum, right, count)| Bin {
            confidence: sum / len(count),
            accuracy: ratio(right, count),
            count,
        })
        .collect();
    let error = bins
        .iter()
        .map(|b| (b.confidence - b.accuracy).abs() * ratio(b.count, confidences.len()))
        .sum();
    (bins, error)
}

/// The table of figures and the confusion matrix, as Markdown.
#[must_use]
pub fn table(truth: &[Verdict], answers: &[Verdict], groups: &[usize]) -> String {
    let counts = confusion(truth, answers);
    let mut out =
        String::from("| verdict | precision | recall | F1 | 95 % of F1 | messages |\n|---|---|---|---|---|---|\n");
    for (verdict, f) in Verdict::ALL.iter().zip(figures(&counts)) {
        let (low, high) = bootstrap(truth, answers, groups, |c| figures(c)[verdict.index()].f1);
        let _ = writeln!(
            out,
            "| {} | {:.3} | {:.3} | {:.3} | {low:.3} to {high:.3} | {} |",
            verdict.name(),
            f.precision,
            f.recall,
            f.f1,
            f.support
        );
    }
    let (low, high) = bootstrap(truth, answers, groups, macro_f1);
    let _ = writeln!(
        out,
        "| **macro** |  |  | **{:.3}** | {low:.3} to {high:.3} | {} |\n",
        macro_f1(&counts),
        truth.len()
    );
    out.push_str("| is \\ called | legitimate | aggressive | scam | unrelated |\n|---|---|---|---|---|\n");
    for (verdict, row) in Verdict::ALL.iter().zip(counts) {
        let _ = writeln!(
            out,
            "| {} | {} | {} | {} | {} |",
            verdict.name(),
            row[0],
            row[1],
            row[2],
            row[3]
        );
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_of_a_small_table_are_right() {
        use Verdict::{Aggressive, Legitimate, Scam};
        let truth = [Legitimate, Legitimate, Aggressive, Scam];
        let answers = [Legitimate, Aggressive, Aggressive, Scam];
        let counts = confusion(&truth, &answers);
        let [legitimate, aggressive, scam, _] = figures(&counts);
        assert!((legitimate.recall - 0.5).abs() < 1e-12 && (aggressive.precision - 0.5).abs() < 1e-12);
        assert!((scam.f1 - 1.0).abs() < 1e-12);
        assert!((macro_f1(&counts) - (2.0 / 3.0 + 2.0 / 3.0 + 1.0) / 3.0).abs() < 1e-12);
    }

    #[test]
    fn a_calibrated_set_has_no_error() {
        let (bins, error) = calibration(&[0.75, 0.75, 0.75, 0.75], &[true, true, true, false]);
        assert_eq!(bins.len(), 1);
        assert!(error.abs() < 1e-12);
    }
}
