//! `report`: the record, in one place. Every door writes these names, in this order.

use serde::{Deserialize, Serialize};

use crate::Analyst;
use crate::classify::model::Model;
use crate::classify::{Decision, Verdict};
use crate::engine::Reading;
use crate::message::Message;
use crate::rules::LenderKind;
use crate::scan::LenderRole;
use crate::scan::contacts::ContactKind;
use crate::scan::dates::DateKind;
use crate::scan::money::{Bound, Role};

/// Name and version of the record.
pub const SCHEMA: &str = "cuijian.report/1";
/// Reasons written out one by one; the rest is summed up, so that all still sum to the margin.
const REASONS: usize = Decision::RANKED;

/// What is said about one message. Offsets count Unicode code points of `text`, half-open.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Report {
    /// [`SCHEMA`].
    pub schema: String,
    /// The row's own id, or its number from 1.
    pub id: String,
    /// The message as it came in.
    pub text: String,
    /// What it is.
    pub verdict: Verdict,
    /// Calibrated probability of `verdict`.
    pub confidence: f64,
    /// Whether a person should look: `confidence` is under the model's threshold.
    pub needs_review: bool,
    /// Calibrated probability of each verdict; they sum to 1.
    pub probabilities: Probabilities,
    /// When it was sent, as the input states it.
    pub sent_at: Option<String>,
    /// Where it came from, as the input states it.
    pub sender: Option<String>,
    /// Where it went, as the input states it.
    pub recipient: Option<String>,
    /// Institutions named.
    pub lenders: Vec<LenderField>,
    /// Sums of money.
    pub amounts: Vec<AmountField>,
    /// Dates and terms.
    pub dates: Vec<DateField>,
    /// Days overdue, where the text says so.
    pub overdue_days: Option<u32>,
    /// Numbers, links, accounts.
    pub contacts: Vec<ContactField>,
    /// Indicators found.
    pub findings: Vec<FindingField>,
    /// What the margin is made of, largest first; with `bias` they sum to `margin`.
    pub reasons: Vec<ReasonField>,
    /// What the margin is without any feature.
    pub bias: f64,
    /// The second most probable verdict.
    pub runner_up: Verdict,
    /// Score of the verdict less that of the runner-up, before calibration.
    pub margin: f64,
}

/// Calibrated probabilities.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Probabilities {
    pub legitimate: f64,
    pub aggressive: f64,
    pub scam: f64,
    pub unrelated: f64,
}

/// An institution named.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LenderField {
    /// Legal name; for a signature in no list, the signature.
    pub name: String,
    /// What it is.
    pub kind: LenderKind,
    /// The words in the message.
    pub text: String,
    /// First code point.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// Where it stands.
    pub role: LenderRole,
}

/// A sum of money.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AmountField {
    /// The words in the message.
    pub text: String,
    /// First code point.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// Least value, a decimal string; null where it is open.
    pub low: Option<String>,
    /// Greatest value, a decimal string; null where it is open.
    pub high: Option<String>,
    /// ISO 4217 code.
    pub currency: String,
    /// How exact it is.
    pub bound: Bound,
    /// What it is for.
    pub role: Role,
}

/// A date or term.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DateField {
    /// The words in the message.
    pub text: String,
    /// First code point.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// What kind of date.
    pub kind: DateKind,
    /// Length of a term in days, rounded up.
    pub days: Option<u32>,
    /// ISO 8601 where it can be told.
    pub date: Option<String>,
}

/// A number, link or account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ContactField {
    /// The words in the message.
    pub text: String,
    /// First code point.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// What it is.
    pub kind: ContactKind,
    /// In one spelling.
    pub value: String,
    /// On the named institution's list: true; the list is known and it is not on it: false; else null.
    pub official: Option<bool>,
}

/// An indicator found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FindingField {
    /// Id of the rule.
    pub rule: String,
    /// 1 to 5.
    pub severity: u8,
    /// The words in the message.
    pub text: String,
    /// First code point.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// The turn of the transcript, from 0.
    pub turn: Option<usize>,
}

/// What one feature adds to the margin.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReasonField {
    /// The feature.
    pub feature: String,
    /// What it adds.
    pub weight: f64,
    /// First code point, where it stands in some words.
    pub start: Option<usize>,
    /// One past the last.
    pub end: Option<usize>,
}

/// From bytes of the folded text to code points and words of the original.
struct Places<'t> {
    text: &'t str,
    reading: &'t Reading,
    /// Code points before each byte of the original that begins a character, and the whole length.
    counts: Vec<u32>,
}

impl<'t> Places<'t> {
    fn new(text: &'t str, reading: &'t Reading) -> Self {
        let mut counts = vec![0; text.len() + 1];
        let mut count = 0;
        for (at, c) in text.char_indices() {
            counts[at..at + c.len_utf8()].fill(count);
            count += 1;
        }
        counts[text.len()] = count;
        Self { text, reading, counts }
    }

    fn place(&self, span: &std::ops::Range<usize>) -> (&'t str, usize, usize) {
        let original = self.reading.folded.original(span.clone());
        (
            &self.text[original.clone()],
            self.counts[original.start] as usize,
            self.counts[original.end] as usize,
        )
    }
}

impl Report {
    /// Puts the record together.
    #[must_use]
    #[allow(clippy::too_many_lines)] // One field after another, in the order of the record.
    pub fn new(message: &Message, reading: &Reading, decision: &Decision, analyst: &Analyst) -> Self {
        let engine = analyst.engine();
        let places = Places::new(&message.text, reading);
        let scan = &reading.scan;
        let rules = engine.rules();
        let [legitimate, aggressive, scam, unrelated] = decision.probabilities;
        Self {
            schema: SCHEMA.into(),
            id: message.id.clone(),
            text: message.text.clone(),
            verdict: decision.verdict,
            confidence: decision.probabilities[decision.verdict.index()],
            needs_review: decision.needs_review,
            probabilities: Probabilities {
                legitimate,
                aggressive,
                scam,
                unrelated,
            },
            sent_at: message.sent_at.clone(),
            sender: message.sender.clone(),
            recipient: message.recipient.clone(),
            lenders: scan
                .lenders
                .iter()
                .map(|m| {
                    let (text, start, end) = places.place(&m.span);
                    let (name, kind) = m.lender.map_or((text.trim().to_owned(), LenderKind::Unknown), |l| {
                        (rules.lenders[l].name.clone(), rules.lenders[l].kind)
                    });
                    LenderField {
                        name,
                        kind,
                        text: text.into(),
                        start,
                        end,
                        role: m.role,
                    }
                })
                .collect(),
            amounts: scan
                .amounts
                .iter()
                .map(|a| {
                    let (text, start, end) = places.place(&a.span);
                    let decimal = |d: rust_decimal::Decimal| d.to_string();
                    AmountField {
                        text: text.into(),
                        start,
                        end,
                        low: a.low.map(decimal),
                        high: a.high.map(decimal),
                        currency: a.currency.code().into(),
                        bound: a.bound,
                        role: a.role,
                    }
                })
                .collect(),
            dates: scan
                .dates
                .iter()
                .map(|d| {
                    let (text, start, end) = places.place(&d.span);
                    DateField {
                        text: text.into(),
                        start,
                        end,
                        kind: d.kind,
                        days: d.days,
                        date: d.date.map(|d| d.to_string()),
                    }
                })
                .collect(),
            overdue_days: scan.overdue.as_ref().map(|(_, days)| *days),
            contacts: scan
                .contacts
                .iter()
                .map(|c| {
                    let (text, start, end) = places.place(&c.span);
                    let official = engine.scanner().official(c, &scan.lenders);
                    ContactField {
                        text: text.into(),
                        start,
                        end,
                        kind: c.kind,
                        value: c.value.clone(),
                        official,
                    }
                })
                .collect(),
            findings: scan
                .findings
                .iter()
                .map(|f| {
                    let (text, start, end) = places.place(&f.span);
                    let indicator = &rules.indicators[f.rule];
                    FindingField {
                        rule: indicator.id.clone(),
                        severity: indicator.severity,
                        text: text.into(),
                        start,
                        end,
                        turn: f.turn,
                    }
                })
                .collect(),
            reasons: reasons(decision, &places, analyst.model()),
            bias: decision.bias,
            runner_up: decision.runner_up,
            margin: decision.margin,
        }
    }
}

/// The largest reasons, and the sum of the others as one.
fn reasons(decision: &Decision, places: &Places<'_>, model: &Model) -> Vec<ReasonField> {
    let mut fields: Vec<ReasonField> = decision
        .reasons
        .iter()
        .take(REASONS)
        .map(|r| {
            let place = r.span.as_ref().map(|s| places.place(s));
            ReasonField {
                feature: model.name(r.feature).to_owned(),
                weight: r.weight,
                start: place.map(|p| p.1),
                end: place.map(|p| p.2),
            }
        })
        .collect();
    let rest: f64 = decision.reasons.iter().skip(REASONS).map(|r| r.weight).sum();
    if decision.reasons.len() > REASONS {
        fields.push(ReasonField {
            feature: "others".into(),
            weight: rest,
            start: None,
            end: None,
        });
    }
    fields
}
