//! Messages a second of each stage and of the whole, beside bare jieba-rs on the same texts in the same run.
//!
//! `cargo bench` prints a table for one thread and two. Each figure is the median of five passes; passes of
//! all rows are taken in turn, so that a drift of the machine meets them all. Read the ratios, not the rates.

use std::hint::black_box;
use std::path::Path;
use std::time::Instant;

use cuijian::classify::Classifier;
use cuijian::corpus::Corpus;
use cuijian::engine::{Engine, Reading};
use cuijian::fold::Folded;
use cuijian::report::Report;
use cuijian::{Analyst, Message};
use rayon::prelude::*;

const PASSES: usize = 5;

/// A named stage over all messages.
type Row<'a> = (&'static str, Box<dyn Fn() + Sync + Send + 'a>);

fn main() {
    let corpus = Corpus::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus")).expect("corpus");
    let messages: Vec<Message> = corpus
        .rows
        .iter()
        .filter(|r| r.channel != "call")
        .map(|r| Message::new(r.id.clone(), r.text.clone()))
        .collect();
    let jieba = jieba_rs::Jieba::new();
    let analyst = Analyst::built_in();
    let engine: &Engine = analyst.engine();
    let classifier = Classifier::new(analyst.model());
    let folded: Vec<Folded> = messages.iter().map(|m| engine.fold(&m.text)).collect();
    let readings: Vec<Reading> = messages.iter().map(|m| engine.read(m)).collect();
    let characters: usize = messages.iter().map(|m| m.text.chars().count()).sum();
    for threads in [1, 2] {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .expect("threads");
        let rows: Vec<Row<'_>> = vec![
            (
                "jieba-rs alone",
                Box::new(|| each(&messages, |m| black_box(jieba.cut(&m.text, false).len()))),
            ),
            (
                "fold",
                Box::new(|| each(&messages, |m| black_box(engine.fold(&m.text).text().len()))),
            ),
            (
                "segment",
                Box::new(|| each(&folded, |f| black_box(engine.segment(f).len()))),
            ),
            (
                "scan",
                Box::new(|| {
                    messages.par_iter().zip(&folded).for_each(|(m, f)| {
                        black_box(engine.scanner().scan(m, f).findings.len());
                    });
                }),
            ),
            (
                "classify",
                Box::new(|| each(&readings, |r| black_box(classifier.decide(r, engine).reasons.len()))),
            ),
            (
                "whole, to JSON",
                Box::new(|| {
                    each(&messages, |m| {
                        let report: Report = analyst.report(m);
                        black_box(serde_json::to_vec(&report).map_or(0, |b| b.len()))
                    });
                }),
            ),
        ];
        let mut times = vec![Vec::new(); rows.len()];
        for _ in 0..=PASSES {
            for ((_, run), times) in rows.iter().zip(&mut times) {
                let start = Instant::now();
                pool.install(run);
                times.push(start.elapsed().as_secs_f64());
            }
        }
        print(threads, messages.len(), characters, &rows, &mut times);
    }
}

/// Runs over all items on the threads of the pool.
fn each<T: Sync>(items: &[T], run: impl Fn(&T) -> usize + Sync + Send) {
    items.par_iter().for_each(|item| {
        run(item);
    });
}

#[allow(clippy::print_stdout, clippy::cast_precision_loss)]
fn print(threads: usize, messages: usize, characters: usize, rows: &[Row<'_>], times: &mut [Vec<f64>]) {
    println!(
        "{threads} thread(s), {messages} messages, mean {} characters",
        characters / messages.max(1)
    );
    let mut base = None;
    for ((name, _), times) in rows.iter().zip(times) {
        // The first pass warms the caches and does not count.
        times.remove(0);
        times.sort_by(f64::total_cmp);
        let rate = messages as f64 / times[times.len() / 2];
        let base = *base.get_or_insert(rate);
        println!("  {name:<16} {rate:>10.0} messages/s   {:>5.2} × jieba-rs", rate / base);
    }
}
