//! `cuijian fold|segment|scan|featurise`: each stage printed, so that a miss can be followed down.

use std::io::Write;

use anyhow::Result;
use serde_json::json;

use super::{message, text_or_stdin};
use crate::Analyst;
use crate::classify::Classifier;
use crate::report::Report;
use crate::show::escaped;

/// One message, one stage.
#[derive(Debug, clap::Args)]
pub(super) struct Stage {
    /// The message; `-` or none is standard input
    text: Option<String>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

impl Stage {
    pub(super) fn fold(self) -> Result<u8> {
        let text = text_or_stdin(self.text.as_deref())?;
        let folded = Analyst::built_in().engine().fold(&text);
        let disguises: Vec<_> = folded
            .disguises()
            .iter()
            .map(|d| {
                (
                    format!("{:?}", d.kind).to_lowercase(),
                    text[folded.original(d.span.clone())].to_owned(),
                    folded.text()[d.span.clone()].to_owned(),
                )
            })
            .collect();
        let mut out = std::io::stdout().lock();
        if self.json {
            let disguises: Vec<_> = disguises
                .iter()
                .map(|(kind, from, to)| json!({"kind": kind, "text": from, "word": to}))
                .collect();
            writeln!(
                out,
                "{}",
                json!({"text": text, "folded": folded.text(), "disguises": disguises})
            )?;
            return Ok(0);
        }
        writeln!(out, "{}", escaped(folded.text()))?;
        for (kind, from, to) in disguises {
            writeln!(out, "  {kind}: {} → {to}", escaped(&from))?;
        }
        Ok(0)
    }

    pub(super) fn segment(self) -> Result<u8> {
        let text = text_or_stdin(self.text.as_deref())?;
        let engine = Analyst::built_in().engine();
        let folded = engine.fold(&text);
        let words: Vec<&str> = engine.segment(&folded).into_iter().map(|t| &folded.text()[t]).collect();
        let mut out = std::io::stdout().lock();
        if self.json {
            writeln!(
                out,
                "{}",
                json!({"text": text, "folded": folded.text(), "words": words})
            )?;
        } else {
            writeln!(out, "{}", escaped(&words.join(" / ")))?;
        }
        Ok(0)
    }

    pub(super) fn scan(self) -> Result<u8> {
        let message = message(text_or_stdin(self.text.as_deref())?, None, None);
        let analyst = Analyst::built_in();
        let reading = analyst.engine().read(&message);
        let decision = Classifier::new(analyst.model()).decide(&reading, analyst.engine());
        let report = Report::new(&message, &reading, &decision, analyst);
        let rules = analyst.engine().rules();
        let mut out = std::io::stdout().lock();
        if self.json {
            let signals: Vec<_> = reading.scan.signals.iter().map(|s| json!({"signal": rules.signals[s.signal].id, "text": &message.text[reading.folded.original(s.span.clone())]})).collect();
            let value = json!({"text": message.text, "lenders": report.lenders, "amounts": report.amounts, "dates": report.dates, "overdue_days": report.overdue_days, "contacts": report.contacts, "findings": report.findings, "signals": signals});
            writeln!(out, "{value}")?;
            return Ok(0);
        }
        for f in &report.findings {
            let turn = f.turn.map_or_else(String::new, |t| format!(" turn {t}"));
            writeln!(
                out,
                "finding  {} ({}) {}..{}{turn} 「{}」",
                f.rule,
                f.severity,
                f.start,
                f.end,
                escaped(&f.text)
            )?;
        }
        for l in &report.lenders {
            writeln!(
                out,
                "lender   {} {:?} {:?} {}..{} 「{}」",
                escaped(&l.name),
                l.kind,
                l.role,
                l.start,
                l.end,
                escaped(&l.text)
            )?;
        }
        for a in &report.amounts {
            writeln!(
                out,
                "amount   {}–{} {} {:?} {:?} {}..{} 「{}」",
                a.low.as_deref().unwrap_or("…"),
                a.high.as_deref().unwrap_or("…"),
                a.currency,
                a.bound,
                a.role,
                a.start,
                a.end,
                escaped(&a.text)
            )?;
        }
        for d in &report.dates {
            writeln!(
                out,
                "date     {:?} {} {}..{} 「{}」",
                d.kind,
                d.date
                    .clone()
                    .or(d.days.map(|n| format!("{n} days")))
                    .unwrap_or_default(),
                d.start,
                d.end,
                escaped(&d.text)
            )?;
        }
        if let Some(days) = report.overdue_days {
            writeln!(out, "overdue  {days} days")?;
        }
        for c in &report.contacts {
            let official = c
                .official
                .map_or("unknown", |o| if o { "official" } else { "not on its list" });
            writeln!(
                out,
                "contact  {:?} {} {official} {}..{} 「{}」",
                c.kind,
                escaped(&c.value),
                c.start,
                c.end,
                escaped(&c.text)
            )?;
        }
        for s in &reading.scan.signals {
            writeln!(
                out,
                "signal   {} 「{}」",
                rules.signals[s.signal].id,
                escaped(&message.text[reading.folded.original(s.span.clone())])
            )?;
        }
        writeln!(out, "shape    {:?}", reading.scan.structure)?;
        Ok(0)
    }

    pub(super) fn featurise(self) -> Result<u8> {
        let message = message(text_or_stdin(self.text.as_deref())?, None, None);
        let analyst = Analyst::built_in();
        let reading = analyst.engine().read(&message);
        let mut decision = Classifier::new(analyst.model()).decide(&reading, analyst.engine());
        decision
            .reasons
            .sort_by(|a, b| b.weight.abs().total_cmp(&a.weight.abs()));
        let mut out = std::io::stdout().lock();
        if self.json {
            let features: Vec<_> = decision
                .reasons
                .iter()
                .map(|r| json!({"feature": analyst.model().name(r.feature), "weight": r.weight}))
                .collect();
            writeln!(
                out,
                "{}",
                json!({"text": message.text, "verdict": decision.verdict, "runner_up": decision.runner_up, "bias": decision.bias, "margin": decision.margin, "features": features})
            )?;
            return Ok(0);
        }
        writeln!(
            out,
            "{} over {}: {:+.3} = {:+.3} (bias)",
            decision.verdict.name(),
            decision.runner_up.name(),
            decision.margin,
            decision.bias
        )?;
        for reason in &decision.reasons {
            writeln!(
                out,
                "{:+8.3}  {}",
                reason.weight,
                escaped(analyst.model().name(reason.feature))
            )?;
        }
        Ok(0)
    }
}
