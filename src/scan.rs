//! `scan`: what a folded message says, by rules that are data.
//!
//! Who asks, for how much, by when, through which channel, with which threat or trick: each with its
//! place in the folded text. Negation, warning and reported speech silence a rule in their own clause,
//! the debtor's turns of a transcript never fire a rule of conduct.

pub mod clause;
pub mod contacts;
pub mod dates;
mod lenders;
mod matcher;
pub mod money;
pub mod numeral;
mod structure;

use std::ops::Range;

use clause::Clauses;
use matcher::{Builder, Matcher, Matches, Part, Target};

pub use lenders::{LenderMention, LenderRole};
pub use structure::{Callback, Creditor, Recipient, Structure};

use crate::error::RuleError;
use crate::fold::Folded;
use crate::message::{Message, Speaker, Turn, turns};
use crate::rules::Rules;
use contacts::Contact;
use dates::DateMention;
use money::Amount;

/// An indicator found in a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Index into [`Rules::indicators`].
    pub rule: usize,
    /// Bytes of the folded text.
    pub span: Range<usize>,
    /// The turn of the transcript, from 0.
    pub turn: Option<usize>,
}

/// A signal found in a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignalHit {
    /// Index into [`Rules::signals`].
    pub signal: usize,
    /// Bytes of the folded text.
    pub span: Range<usize>,
}

/// Everything `scan` finds; places are bytes of the folded text.
#[derive(Debug, Clone)]
pub struct Scan {
    /// Clauses and sentences.
    pub clauses: Clauses,
    /// Turns, empty when the message is no transcript.
    pub turns: Vec<Turn>,
    /// Indicators.
    pub findings: Vec<Finding>,
    /// Signals.
    pub signals: Vec<SignalHit>,
    /// Words of each class: index into the classes in their order, and place.
    pub classes: Vec<(usize, Range<usize>)>,
    /// Institutions named.
    pub lenders: Vec<LenderMention>,
    /// Sums of money.
    pub amounts: Vec<Amount>,
    /// Dates and terms.
    pub dates: Vec<DateMention>,
    /// Days overdue, where the text says so.
    pub overdue: Option<(Range<usize>, u32)>,
    /// Numbers, links, accounts.
    pub contacts: Vec<Contact>,
    /// Who is addressed, who sends, where to call.
    pub structure: Structure,
}

/// Signals with a part in the scan itself.
const NEGATION: &str = "cue.negation";
const WARNING: &str = "cue.warning";
const DEBUNK: &str = "cue.debunk";
const REPORTED: &str = "cue.reported";
const ARTICLE: &str = "speech.article";
/// So many marks of an article make a text one: what it says is said about collection, to nobody.
const ARTICLE_MARKS: usize = 4;

/// Scans messages; made once from the rules.
#[derive(Debug)]
pub struct Scanner<'r> {
    rules: &'r Rules,
    matcher: Matcher,
    hotlines: lenders::Hotlines,
    /// Indicators with a detector.
    detecting: Vec<u16>,
    negation: Option<usize>,
    warning: Option<usize>,
    debunk: Option<usize>,
    reported: Option<usize>,
    article: Option<usize>,
}

impl<'r> Scanner<'r> {
    /// Compiles the rules.
    ///
    /// # Errors
    /// A phrase or class that cannot be used, with the block it stands in.
    pub fn new(rules: &'r Rules) -> Result<Self, RuleError> {
        let mut builder = Builder::default();
        let short = |i: usize| u16::try_from(i).unwrap_or(u16::MAX);
        let block = |id: &str, problem: String| RuleError::Block {
            file: "rules".into(),
            id: id.into(),
            problem,
        };
        for (i, indicator) in rules.indicators.iter().enumerate() {
            let lists = [
                (&indicator.phrases, Part::Phrase),
                (&indicator.requires, Part::Requires),
                (&indicator.unless, Part::Unless),
                (&indicator.unless_message, Part::UnlessMessage),
            ];
            for (phrases, part) in lists {
                for phrase in phrases {
                    builder
                        .phrase(phrase, Target::Indicator(short(i), part))
                        .map_err(|p| block(&indicator.id, p))?;
                }
            }
            if let Some(name) = &indicator.detector
                && !structure::DETECTORS.iter().any(|(n, _)| n == name)
            {
                let known: Vec<_> = structure::DETECTORS.iter().map(|(n, _)| *n).collect();
                return Err(block(
                    &indicator.id,
                    format!("there is no detector {name}; there are: {}", known.join(", ")),
                ));
            }
        }
        for (i, signal) in rules.signals.iter().enumerate() {
            for (phrases, part) in [(&signal.phrases, Part::Phrase), (&signal.unless, Part::Unless)] {
                for phrase in phrases {
                    builder
                        .phrase(phrase, Target::Signal(short(i), part))
                        .map_err(|p| block(&signal.id, p))?;
                }
            }
        }
        for (i, lender) in rules.lenders.iter().enumerate() {
            for name in std::iter::once(&lender.name).chain(&lender.aliases) {
                let target = if lender.ambiguous.contains(name) {
                    Target::AmbiguousLender(short(i))
                } else {
                    Target::Lender(short(i))
                };
                builder.word(name, target);
            }
        }
        for (i, words) in rules.classes.values().enumerate() {
            // Beginnings of numbers are for phrases; as features they would be digits.
            for word in words
                .iter()
                .filter(|w| !w.bytes().all(|b| b.is_ascii_digit() || b == b'+'))
            {
                builder.word(word, Target::Class(short(i)));
            }
        }
        let matcher = builder.build(&rules.classes).map_err(|p| block("phrases", p))?;
        let signal = |id: &str| rules.signals.iter().position(|s| s.id == id);
        Ok(Self {
            rules,
            matcher,
            hotlines: lenders::Hotlines::new(rules),
            detecting: (0..)
                .zip(&rules.indicators)
                .filter(|(_, i)| i.detector.is_some())
                .map(|(n, _)| n)
                .collect(),
            negation: signal(NEGATION),
            warning: signal(WARNING),
            debunk: signal(DEBUNK),
            reported: signal(REPORTED),
            article: signal(ARTICLE),
        })
    }

    /// The rules it was made from.
    #[must_use]
    pub fn rules(&self) -> &'r Rules {
        self.rules
    }

    /// Finds everything in one folded message.
    #[must_use]
    pub fn scan(&self, message: &Message, folded: &Folded) -> Scan {
        let text = folded.text();
        let clauses = Clauses::new(text);
        let turns = turns(text);
        let matches = self.matcher.find(text, &clauses);
        let contacts = contacts::contacts(text);
        let sent = message.sent_at.as_deref().and_then(day_of);
        let amounts = money::amounts(text);
        let dates = dates::dates(text, sent);
        let overdue = dates::overdue_days(text);
        let lenders = lenders::mentions(text, &matches);
        let mut scan = Scan {
            signals: self.signals(&matches, &clauses),
            classes: classes(&matches),
            clauses,
            turns,
            findings: Vec::new(),
            lenders,
            amounts,
            dates,
            overdue,
            contacts,
            structure: Structure::default(),
        };
        scan.structure = structure::read(&scan, self.rules, &self.hotlines);
        scan.findings = self.findings(&matches, message, folded, &scan);
        scan
    }

    /// The published-hotline table, for the report's `official`.
    pub(crate) fn official(&self, contact: &Contact, lenders: &[LenderMention]) -> Option<bool> {
        self.hotlines.official(contact, lenders)
    }

    fn signals(&self, matches: &Matches, clauses: &Clauses) -> Vec<SignalHit> {
        let mut hits: Vec<SignalHit> = Vec::new();
        for found in matches.iter() {
            let Target::Signal(i, Part::Phrase) = found.target else {
                continue;
            };
            let (signal, span) = (usize::from(i), &found.span);
            // Within a signal matches come by their place, so one that overlaps the last is the same again.
            if hits
                .last()
                .is_some_and(|last| last.signal == signal && span.start < last.span.end)
            {
                continue;
            }
            let silencers = matches.of(Target::Signal(i, Part::Unless));
            if !silencers.iter().any(|m| clauses.same_clause(m.span.start, span.start)) {
                hits.push(SignalHit {
                    signal,
                    span: span.clone(),
                });
            }
        }
        let cues = self.cues(&hits);
        hits.retain(|h| !self.rules.signals[h.signal].negatable || !cues.silence(&h.span, clauses));
        hits
    }

    /// The signals that silence others.
    fn cues(&self, signals: &[SignalHit]) -> Cues {
        let of = |kind: Option<usize>| -> Vec<Range<usize>> {
            signals
                .iter()
                .filter(|h| Some(h.signal) == kind)
                .map(|h| h.span.clone())
                .collect()
        };
        let mut before = of(self.negation);
        before.extend(of(self.warning));
        Cues {
            before,
            behind: of(self.debunk),
        }
    }

    fn findings(&self, matches: &Matches, message: &Message, folded: &Folded, scan: &Scan) -> Vec<Finding> {
        let mut findings = Vec::new();
        let cues = self.cues(&scan.signals);
        let reported = if scan.turns.is_empty() {
            scan.signals.iter().find(|h| Some(h.signal) == self.reported)
        } else {
            None
        };
        let marks = scan.signals.iter().filter(|h| Some(h.signal) == self.article).count();
        let article = scan.turns.is_empty() && marks >= ARTICLE_MARKS;
        let mut candidates: Vec<u16> = matches.indicators().chain(self.detecting.iter().copied()).collect();
        candidates.sort_unstable();
        candidates.dedup();
        for i in candidates {
            let indicator = &self.rules.indicators[usize::from(i)];
            let found = matches.of(Target::Indicator(i, Part::Phrase));
            let mut spans: Vec<Range<usize>> = found.iter().map(|m| m.span.clone()).collect();
            if let Some(name) = &indicator.detector
                && let Some((_, detect)) = structure::DETECTORS.iter().find(|(n, _)| n == name)
            {
                let context = structure::Context {
                    message,
                    folded,
                    scan,
                    rules: self.rules,
                    hotlines: &self.hotlines,
                };
                spans.extend(detect(&context));
            }
            let stands = |part: Part| !matches.of(Target::Indicator(i, part)).is_empty();
            if spans.is_empty()
                || (!indicator.requires.is_empty() && !stands(Part::Requires))
                || stands(Part::UnlessMessage)
            {
                continue;
            }
            let silencers = matches.of(Target::Indicator(i, Part::Unless));
            spans.retain(|span| {
                let unless = silencers
                    .iter()
                    .any(|m| scan.clauses.same_clause(m.span.start, span.start));
                let negated = indicator.negatable && cues.silence(span, &scan.clauses);
                // Words that come behind a report are not said to the reader.
                let told = article || reported.is_some_and(|h| h.span.start <= span.start);
                !unless && !negated && !told && !spoken_by_called(scan, span)
            });
            spans.sort_by_key(|s| (s.start, std::cmp::Reverse(s.end)));
            spans.dedup_by(|later, earlier| later.start < earlier.end);
            findings.extend(spans.into_iter().map(|span| Finding {
                rule: usize::from(i),
                turn: turn_of(&scan.turns, span.start),
                span,
            }));
        }
        findings.sort_by_key(|f| (f.span.start, f.span.end, f.rule));
        findings
    }
}

/// What silences a rule in its own clause or sentence.
struct Cues {
    /// Negations and warnings: they silence what stands behind them in their clause.
    before: Vec<Range<usize>>,
    /// Debunkings: they silence what stands before them in their sentence.
    behind: Vec<Range<usize>>,
}

impl Cues {
    fn silence(&self, span: &Range<usize>, clauses: &Clauses) -> bool {
        self.before
            .iter()
            .any(|c| c.end <= span.start && clauses.same_clause(c.start, span.start))
            || self
                .behind
                .iter()
                .any(|c| c.start >= span.end && clauses.same_sentence(c.start, span.start))
    }
}

fn classes(matches: &Matches) -> Vec<(usize, Range<usize>)> {
    let mut classes: Vec<(usize, Range<usize>)> = matches
        .iter()
        .filter_map(|m| match m.target {
            Target::Class(i) => Some((usize::from(i), m.span.clone())),
            _ => None,
        })
        .collect();
    // Of words of one class inside one another, the longest stands; matches come by class and place.
    classes.dedup_by(|later, earlier| later.0 == earlier.0 && later.1.end <= earlier.1.end);
    classes.sort_unstable_by_key(|(i, s)| (s.start, s.end, *i));
    classes
}

/// The day of a time such as `2026-11-02 23:15`, `2026/11/2` or `2026-11-02T23:15:00+08:00`.
pub(crate) fn day_of(time: &str) -> Option<dates::Day> {
    let day = time.trim().split([' ', 'T']).next()?;
    let mut parts = day.split(['-', '/', '.']);
    let mut next = || parts.next()?.parse::<u32>().ok();
    let (year, month, day) = (next()?, next()?, next()?);
    dates::Day::new(i32::try_from(year).ok()?, month, day)
}

fn turn_of(turns: &[Turn], at: usize) -> Option<usize> {
    turns.iter().position(|t| t.span.contains(&at))
}

fn spoken_by_called(scan: &Scan, span: &Range<usize>) -> bool {
    turn_of(&scan.turns, span.start).is_some_and(|i| scan.turns[i].speaker == Speaker::Called)
}

#[cfg(test)]
mod tests {
    use crate::engine::Engine;
    use crate::message::Message;

    #[test]
    fn every_rule_proves_its_examples() {
        let wrong = crate::rules_test::failures(Engine::built_in());
        assert!(
            wrong.is_empty(),
            "help: edit phrases or unless of the block in src/rules\n{}",
            wrong.join("\n")
        );
    }

    fn meta(sender: Option<&str>, sent_at: Option<&str>) -> Vec<&'static str> {
        let text = "【招商银行】您的信用卡已逾期，请尽快还款";
        let message = Message {
            sender: sender.map(Into::into),
            sent_at: sent_at.map(Into::into),
            ..Message::new("1", text)
        };
        let engine = Engine::built_in();
        let found = engine.read(&message).scan.findings;
        let ids = found.iter().map(|f| engine.rules().indicators[f.rule].id.as_str());
        ids.filter(|id| id.starts_with("meta.")).collect()
    }

    #[test]
    fn sender_and_time_make_findings_of_their_own() {
        assert_eq!(meta(None, Some("2026-11-02 23:15")), ["meta.night"]);
        assert_eq!(meta(None, Some("2026-11-02T07:59:00+08:00")), ["meta.night"]);
        assert_eq!(meta(Some("13912340000"), None), ["meta.sender-not-listed"]);
        for (sender, time) in [
            (None, None),
            (Some("95555"), Some("2026-11-02 08:00")),
            (Some("106912345"), Some("noon")),
        ] {
            assert!(meta(sender, time).is_empty(), "{sender:?} {time:?}");
        }
    }

    #[test]
    fn an_article_on_collection_accuses_nobody() {
        let text = "某某金融成立于2015年，是一家持牌机构。首先，借款人可以联系客服协商；其次，催收部门一般会上门催收或联系家人。此外，持卡人应该保持冷静。";
        let engine = Engine::built_in();
        let found = engine.read(&Message::new("1", text)).scan.findings;
        assert!(found.is_empty(), "{found:?}");
        let alone = engine
            .read(&Message::new("1", "今天就上门催收，联系你家人"))
            .scan
            .findings;
        assert!(!alone.is_empty());
    }
}
