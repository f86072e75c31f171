//! Proves rules by the examples they state.

use crate::engine::Engine;
use crate::message::Message;

/// One line for each example that does not come out as its block says; empty when all do.
///
/// Rules of the family `meta.` look at sender and time, which examples do not have: their tests are
/// in Rust.
#[must_use]
pub fn failures(engine: &Engine) -> Vec<String> {
    let mut wrong = Vec::new();
    for (i, indicator) in engine
        .rules()
        .indicators
        .iter()
        .enumerate()
        .filter(|(_, i)| !i.id.starts_with("meta."))
    {
        let quotes = |text: &str| -> Vec<String> {
            let reading = engine.read(&Message::new("1", text));
            reading
                .scan
                .findings
                .iter()
                .filter(|f| f.rule == i)
                .map(|f| text[reading.folded.original(f.span.clone())].to_owned())
                .collect()
        };
        for example in &indicator.fires {
            let found = quotes(&example.text);
            match &example.evidence {
                Some(evidence) if !found.contains(evidence) => wrong.push(format!(
                    "{} must fire on 「{}」 quoting 「{evidence}」; it quotes {found:?}",
                    indicator.id, example.text
                )),
                None if found.is_empty() => wrong.push(format!(
                    "{} must fire on 「{}」; it finds nothing",
                    indicator.id, example.text
                )),
                _ => {}
            }
        }
        for example in &indicator.silent {
            let found = quotes(&example.text);
            if !found.is_empty() {
                wrong.push(format!(
                    "{} must stay silent on 「{}」; it quotes {found:?}",
                    indicator.id, example.text
                ));
            }
        }
    }
    for (i, signal) in engine.rules().signals.iter().enumerate() {
        let fires = |text: &str| {
            engine
                .read(&Message::new("1", text))
                .scan
                .signals
                .iter()
                .any(|s| s.signal == i)
        };
        wrong.extend(
            signal
                .fires
                .iter()
                .filter(|t| !fires(t))
                .map(|t| format!("{} must fire on 「{t}」; it finds nothing", signal.id)),
        );
        wrong.extend(
            signal
                .silent
                .iter()
                .filter(|t| fires(t))
                .map(|t| format!("{} must stay silent on 「{t}」", signal.id)),
        );
    }
    wrong
}
