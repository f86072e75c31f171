//! The shipped model against linfa's own prediction, and reasons that add up.

#![allow(clippy::unwrap_used)]

use std::path::Path;

use cuijian::classify::model::Model;
use cuijian::classify::{Classifier, Vector, softmax};
use cuijian::corpus::Corpus;
use cuijian::engine::Engine;
use cuijian::{Analyst, Message};
use linfa_logistic::MultiFittedLogisticRegression;
use ndarray::Array2;
use rayon::prelude::*;

fn corpus() -> Corpus {
    Corpus::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus")).unwrap()
}

/// linfa's fitted model with the shipped weights: it has no public constructor, but it can be deserialised.
fn linfa_with(model: &Model) -> MultiFittedLogisticRegression<f64, usize> {
    let features = model.header().features;
    let places = 0..u32::try_from(features).unwrap();
    let weights: Vec<f64> = places.flat_map(|p| model.weights(p).map(f64::from)).collect();
    let bias = model.header().bias.map(f64::from);
    serde_json::from_value(serde_json::json!({
        "intercept": {"v": 1, "dim": [4], "data": bias},
        "params": {"v": 1, "dim": [features, 4], "data": weights},
        "classes": [0, 1, 2, 3],
    }))
    .unwrap()
}

#[test]
fn the_sparse_dot_product_gives_linfas_own_probabilities_on_the_whole_test_split() {
    let corpus = corpus();
    let split = corpus.test_split();
    let model = Model::built_in();
    let linfa = linfa_with(model);
    let engine = Engine::built_in();
    let classifier = Classifier::new(model);
    let rows: Vec<&str> = corpus
        .rows
        .iter()
        .zip(&split)
        .filter(|(_, t)| **t)
        .map(|(r, _)| r.text.as_str())
        .collect();
    assert!(rows.len() > 1000);
    for portion in rows.chunks(200) {
        let vectors: Vec<Vector> = portion
            .par_iter()
            .map(|text| Vector::new(&engine.read(&Message::new("1", *text)), engine, model))
            .collect();
        let mut dense = Array2::<f64>::zeros((portion.len(), model.header().features));
        for (mut row, vector) in dense.outer_iter_mut().zip(&vectors) {
            for &(place, value) in &vector.values {
                row[place as usize] = f64::from(value);
            }
        }
        let theirs = linfa.predict_probabilities(&dense);
        for (vector, theirs) in vectors.iter().zip(theirs.outer_iter()) {
            let ours = softmax(&classifier.scores(vector));
            for (a, b) in ours.iter().zip(theirs) {
                assert!((a - b).abs() < 1e-5, "{ours:?} {theirs}");
            }
        }
    }
}

#[test]
fn reasons_and_bias_sum_to_the_margin_and_probabilities_to_one() {
    for row in corpus().rows.iter().step_by(23) {
        let report = Analyst::built_in().report(&Message::new(row.id.clone(), row.text.clone()));
        let sum: f64 = report.reasons.iter().map(|r| r.weight).sum::<f64>() + report.bias;
        assert!(
            (sum - report.margin).abs() < 1e-4,
            "{}: {sum} {}",
            row.id,
            report.margin
        );
        let p = report.probabilities;
        assert!((p.legitimate + p.aggressive + p.scam + p.unrelated - 1.0).abs() < 1e-9);
    }
}

#[test]
fn the_shipped_model_is_of_this_corpus_and_these_rules() {
    let header = Model::built_in().header();
    assert_eq!(
        header.corpus,
        corpus().hash,
        "help: the corpus changed; run `cuijian train`"
    );
    assert_eq!(
        header.rules,
        Engine::built_in().rules().hash,
        "help: the rules changed; run `cuijian train`"
    );
}

#[test]
fn every_span_of_a_report_quotes_its_words() {
    for row in corpus().rows.iter().step_by(7) {
        let report = Analyst::built_in().report(&Message::new(row.id.clone(), row.text.clone()));
        let chars: Vec<char> = report.text.chars().collect();
        let quote = |start: usize, end: usize| chars[start..end].iter().collect::<String>();
        for f in &report.findings {
            assert_eq!(quote(f.start, f.end), f.text, "{}", row.id);
        }
        for c in &report.contacts {
            assert_eq!(quote(c.start, c.end), c.text, "{}", row.id);
        }
        for a in &report.amounts {
            assert_eq!(quote(a.start, a.end), a.text, "{}", row.id);
        }
        for l in &report.lenders {
            assert_eq!(quote(l.start, l.end), l.text, "{}", row.id);
        }
    }
}

#[test]
fn no_row_of_the_corpus_lacks_a_field_or_holds_a_valid_identity_number() {
    for row in &corpus().rows {
        assert!(
            ["sms", "chat", "call", "letter"].contains(&row.channel.as_str()),
            "{}",
            row.id
        );
        assert!(
            !row.text.trim().is_empty() && !row.family.is_empty() && !row.writer.is_empty(),
            "{}",
            row.id
        );
        let digits: Vec<char> = row.text.chars().collect();
        for window in digits.windows(18) {
            assert!(
                !is_identity_number(window),
                "{}: {}",
                row.id,
                window.iter().collect::<String>()
            );
        }
    }
}

/// ISO 7064 MOD 11-2 over the first 17 digits of a mainland identity number (GB 11643-1999).
fn is_identity_number(window: &[char]) -> bool {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let Some(digits) = window[..17]
        .iter()
        .map(|c| c.to_digit(10))
        .collect::<Option<Vec<u32>>>()
    else {
        return false;
    };
    let sum: u32 = digits.iter().zip(WEIGHTS).map(|(d, w)| d * w).sum();
    let year: u32 = digits[6..10].iter().fold(0, |n, d| n * 10 + d);
    let month = digits[10] * 10 + digits[11];
    let check = "10X98765432".chars().nth((sum % 11) as usize);
    check == window[17].to_uppercase().next() && (1920..2027).contains(&year) && (1..=12).contains(&month)
}
