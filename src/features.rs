//! `featurise`: what the model sees of a message.
//!
//! Two blocks. *Words*: words, word pairs and character n-grams (1 to 4) of the text in which amounts,
//! dates, numbers, links and institutions are replaced by typed placeholders, so that no digit and no
//! name is a feature. *Shape*: findings, signals, word classes and their order in a clause, who is
//! addressed, who sends, where to call, and crosses of these.
//!
//! In a transcript the words of the one who was called are left out: they never count against the caller.

use std::ops::Range;

use crate::engine::Reading;
use crate::message::Speaker;
use crate::rules::{LenderKind, Rules};
use crate::scan::contacts::{self, ContactKind};
use crate::scan::dates::DateKind;
use crate::scan::money::Role;
use crate::scan::{Callback, Creditor, LenderRole, Recipient, Scan};

/// What a feature is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum Kind {
    /// A word.
    Word = b'w',
    /// Two words side by side.
    Pair = b'p',
    /// One to four characters.
    Chars = b'c',
    /// An indicator, or a count of them.
    Finding = b'f',
    /// A signal.
    Signal = b's',
    /// A word class, or two in the order of a clause.
    Class = b'k',
    /// Recipient, sender, channel, and crosses.
    Shape = b't',
}

impl Kind {
    /// Whether it belongs to the block of words, whose values are scaled together.
    #[must_use]
    pub fn is_words(self) -> bool {
        matches!(self, Self::Word | Self::Pair | Self::Chars)
    }

    /// All kinds, in the order of their bytes in the model file.
    pub const ALL: [Self; 7] = [
        Self::Chars,
        Self::Finding,
        Self::Class,
        Self::Pair,
        Self::Signal,
        Self::Shape,
        Self::Word,
    ];
}

/// Takes features one by one.
pub trait Sink {
    /// A feature by its hash; `name` spells it, `span` is where it stands in the folded text.
    fn take(&mut self, kind: Kind, hash: u64, span: Option<Range<usize>>, name: &dyn Fn() -> String);
}

/// A hash that is the same on every machine: FNV-like over code points, with a final mix.
#[derive(Debug, Clone, Copy)]
struct Hash(u64);

impl Hash {
    fn new(kind: Kind) -> Self {
        Self(0xcbf2_9ce4_8422_2325 ^ (kind as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15))
    }

    fn char(self, c: char) -> Self {
        Self(
            (self.0 ^ u64::from(c))
                .wrapping_mul(0x0000_0100_0000_01b3)
                .rotate_left(23),
        )
    }

    /// Eight bytes at a time: names are long, and only need to differ.
    fn bytes(self, text: &str) -> Self {
        let (words, rest) = text.as_bytes().as_chunks::<8>();
        let mix = |h: u64, word: u64| (h ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29);
        let hash = words.iter().fold(self.0, |h, word| mix(h, u64::from_le_bytes(*word)));
        let mut last = [0; 8];
        last[..rest.len()].copy_from_slice(rest);
        last[7] = 0xff ^ u8::try_from(rest.len()).unwrap_or(0);
        Self(mix(hash, u64::from_le_bytes(last)))
    }

    fn text(self, text: &str) -> Self {
        text.chars().fold(self, Self::char)
    }

    /// `MurmurHash3`'s finaliser (A. Appleby, public domain).
    fn finish(self) -> u64 {
        let mut h = self.0;
        h = (h ^ h >> 33).wrapping_mul(0xff51_afd7_ed55_8ccd);
        h = (h ^ h >> 33).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
        h ^ h >> 33
    }
}

/// Placeholders, from the private use area, so that they meet no character of a message.
mod placeholder {
    pub(super) const AMOUNT: char = '\u{e000}';
    pub(super) const DATE: char = '\u{e001}';
    pub(super) const MOBILE: char = '\u{e002}';
    pub(super) const PHONE: char = '\u{e003}';
    pub(super) const LINK: char = '\u{e004}';
    pub(super) const CHAT: char = '\u{e005}';
    pub(super) const ACCOUNT: char = '\u{e006}';
    pub(super) const LENDER: char = '\u{e007}';
    pub(super) const AUTHORITY: char = '\u{e008}';
    pub(super) const SIGNATURE: char = '\u{e009}';
    pub(super) const DIGITS: char = '\u{e00a}';

    pub(super) fn name(c: char) -> Option<&'static str> {
        const NAMES: [&str; 11] = [
            "〔金额〕",
            "〔日期〕",
            "〔手机〕",
            "〔电话〕",
            "〔链接〕",
            "〔微信〕",
            "〔账号〕",
            "〔机构〕",
            "〔机关〕",
            "〔签名〕",
            "〔数〕",
        ];
        (u32::from(c))
            .checked_sub(0xe000)
            .and_then(|i| NAMES.get(i as usize))
            .copied()
    }
}

/// One character of the masked text.
#[derive(Debug, Clone, Copy)]
struct Symbol {
    c: char,
    start: usize,
    end: usize,
}

/// Sends every feature of the message to `sink`; some more than once.
pub fn featurise(reading: &Reading, rules: &Rules, sink: &mut impl Sink) {
    let text = reading.folded.text();
    let called: Vec<Range<usize>> = reading
        .scan
        .turns
        .iter()
        .filter(|t| t.speaker == Speaker::Called)
        .map(|t| t.span.clone())
        .collect();
    let masks = masks(&reading.scan, rules);
    let symbols = symbols(text, &masks, &called);
    chars(&symbols, sink);
    words(text, &reading.tokens, &masks, &called, sink);
    shape(reading, rules, sink);
}

/// Places to be masked, in order and apart from one another.
fn masks(scan: &Scan, rules: &Rules) -> Vec<(Range<usize>, char)> {
    let mut masks: Vec<(Range<usize>, char)> = Vec::new();
    masks.extend(scan.lenders.iter().map(|m| {
        let c = match m.lender.map(|l| rules.lenders[l].kind) {
            None => placeholder::SIGNATURE,
            Some(LenderKind::Authority) => placeholder::AUTHORITY,
            Some(_) => placeholder::LENDER,
        };
        (m.span.clone(), c)
    }));
    masks.extend(scan.contacts.iter().map(|m| {
        let c = match m.kind {
            ContactKind::Mobile => placeholder::MOBILE,
            ContactKind::Landline | ContactKind::Service => placeholder::PHONE,
            ContactKind::Url | ContactKind::Email => placeholder::LINK,
            ContactKind::Wechat | ContactKind::Qq => placeholder::CHAT,
            ContactKind::Account | ContactKind::IdCard | ContactKind::Coin => placeholder::ACCOUNT,
        };
        (m.span.clone(), c)
    }));
    masks.extend(scan.amounts.iter().map(|m| (m.span.clone(), placeholder::AMOUNT)));
    masks.extend(
        scan.dates
            .iter()
            .filter(|d| d.date.is_some() || d.days.is_some())
            .map(|m| (m.span.clone(), placeholder::DATE)),
    );
    masks.sort_by_key(|(span, _)| (span.start, std::cmp::Reverse(span.end)));
    let mut end = 0;
    masks.retain(|(span, _)| {
        let apart = span.start >= end && span.start < span.end;
        if apart {
            end = span.end;
        }
        apart
    });
    masks
}

/// The masked text: placeholders for masks, one sign for a run of digits, no white space.
fn symbols(text: &str, masks: &[(Range<usize>, char)], called: &[Range<usize>]) -> Vec<Symbol> {
    let mut symbols: Vec<Symbol> = Vec::with_capacity(text.len() / 3 + 8);
    let mut masks = masks.iter().peekable();
    let mut skip_to = 0;
    for (at, c) in text.char_indices() {
        if at < skip_to {
            continue;
        }
        let end = at + c.len_utf8();
        if called.iter().any(|r| r.contains(&at)) {
            continue;
        }
        while masks.peek().is_some_and(|(span, _)| span.start < at) {
            masks.next();
        }
        if let Some((span, mask)) = masks.next_if(|(span, _)| span.start == at) {
            symbols.push(Symbol {
                c: *mask,
                start: at,
                end: span.end,
            });
            skip_to = span.end;
        } else if c.is_ascii_digit() {
            match symbols.last_mut() {
                Some(last) if last.c == placeholder::DIGITS && last.end == at => last.end = end,
                _ => symbols.push(Symbol {
                    c: placeholder::DIGITS,
                    start: at,
                    end,
                }),
            }
        } else if !c.is_whitespace() {
            symbols.push(Symbol { c, start: at, end });
        }
    }
    symbols
}

fn spell(symbols: &[Symbol]) -> String {
    let mut name = String::new();
    for symbol in symbols {
        match placeholder::name(symbol.c) {
            Some(word) => name.push_str(word),
            None => name.push(symbol.c),
        }
    }
    name
}

fn chars(symbols: &[Symbol], sink: &mut impl Sink) {
    for from in 0..symbols.len() {
        let mut hash = Hash::new(Kind::Chars);
        for (length, symbol) in symbols[from..].iter().take(4).enumerate() {
            hash = hash.char(symbol.c);
            let gram = &symbols[from..=from + length];
            sink.take(
                Kind::Chars,
                hash.finish(),
                Some(symbols[from].start..symbol.end),
                &|| spell(gram),
            );
        }
    }
}

fn words(
    text: &str,
    tokens: &[Range<usize>],
    masks: &[(Range<usize>, char)],
    called: &[Range<usize>],
    sink: &mut impl Sink,
) {
    let mut before: Option<(Hash, String, usize)> = None;
    let mut masks = masks.iter().peekable();
    let mut done_to = 0;
    for token in tokens {
        if token.start < done_to || called.iter().any(|r| r.contains(&token.start)) {
            continue;
        }
        while masks.peek().is_some_and(|(span, _)| span.end <= token.start) {
            masks.next();
        }
        let (word, span): (std::borrow::Cow<'_, str>, Range<usize>) = match masks.peek() {
            Some((span, mask)) if span.start < token.end => (
                mask.to_string().into(),
                span.start.min(token.start)..span.end.max(token.end),
            ),
            _ => {
                let word = &text[token.clone()];
                if word.trim().is_empty() {
                    continue;
                }
                if word.bytes().all(|b| b.is_ascii_digit() || b == b'.') {
                    (placeholder::DIGITS.to_string().into(), token.clone())
                } else {
                    (word.into(), token.clone())
                }
            }
        };
        done_to = span.end;
        let readable = |w: &str| {
            w.chars()
                .map(|c| placeholder::name(c).map_or_else(|| c.to_string(), str::to_owned))
                .collect::<String>()
        };
        let single = Hash::new(Kind::Word).text(&word);
        sink.take(Kind::Word, single.finish(), Some(span.clone()), &|| readable(&word));
        if let Some((pair, first, start)) = &before {
            sink.take(
                Kind::Pair,
                pair.char(' ').text(&word).finish(),
                Some(*start..span.end),
                &|| format!("{} {}", readable(first), readable(&word)),
            );
        }
        before = Some((Hash::new(Kind::Pair).text(&word), word.into_owned(), span.start));
    }
}

/// Sends a feature of the shape; its name is the parts behind one another.
fn tell(sink: &mut impl Sink, kind: Kind, parts: &[&str], span: Option<Range<usize>>) {
    let hash = parts.iter().fold(Hash::new(kind), |h, part| h.bytes(part)).finish();
    sink.take(kind, hash, span, &|| parts.concat());
}

/// What the crosses are made of, in words.
struct Facts {
    creditor: &'static str,
    callback: &'static str,
    debt: &'static str,
    /// Whether anybody is named.
    named: &'static str,
    /// Whether a private number or chat is the way back.
    private: &'static str,
}

impl Facts {
    fn new(scan: &Scan) -> Self {
        let structure = &scan.structure;
        Self {
            creditor: match structure.creditor {
                Creditor::Nobody => "nobody",
                Creditor::Lender => "lender",
                Creditor::Agency => "agency",
                Creditor::Authority => "authority",
                Creditor::UnknownSignature => "signature",
            },
            callback: match structure.callback {
                Callback::Nothing => "nothing",
                Callback::Official => "official",
                Callback::Unchecked => "unchecked",
                Callback::NotListed => "not-listed",
                Callback::Chat => "chat",
                Callback::Mobile => "mobile",
            },
            debt: if structure.debt { "debt" } else { "no-debt" },
            named: if structure.creditor == Creditor::Nobody {
                "unnamed"
            } else {
                "named"
            },
            private: if matches!(structure.callback, Callback::Chat | Callback::Mobile) {
                "private"
            } else {
                "open"
            },
        }
    }
}

fn shape(reading: &Reading, rules: &Rules, sink: &mut impl Sink) {
    let scan = &reading.scan;
    let facts = Facts::new(scan);
    let Facts {
        creditor,
        callback,
        debt,
        ..
    } = facts;
    let mut tell = |parts: &[&str], span: Option<Range<usize>>| tell(sink, Kind::Shape, parts, span);
    tell(&["creditor=", creditor], scan.lenders.first().map(|l| l.span.clone()));
    tell(&["callback=", callback], None);
    tell(&[debt], None);
    tell(&[creditor, "+", callback], None);
    tell(&[creditor, "+", callback, "+", debt], None);
    if scan.structure.recipient == Recipient::ThirdParty {
        tell(&["third-party"], None);
        tell(&["third-party+", debt], None);
    }
    if scan.structure.link {
        tell(&["link+", creditor], None);
        tell(&["link+", debt], None);
    }
    let length = match reading.folded.text().chars().count() {
        0..=15 => "tiny",
        16..=40 => "short",
        41..=120 => "middle",
        121..=300 => "long",
        _ => "very-long",
    };
    tell(&["length=", length], None);
    if !scan.turns.is_empty() {
        tell(&["transcript"], None);
    }
    mentions(scan, creditor, sink);
    findings(scan, rules, &facts, sink);
    signals(scan, rules, &facts, sink);
    classes(scan, rules, sink);
}

/// Institutions, numbers, links, sums and terms that the message states.
fn mentions(scan: &Scan, creditor: &str, sink: &mut impl Sink) {
    let mut tell = |parts: &[&str], span: &Range<usize>| tell(sink, Kind::Shape, parts, Some(span.clone()));
    if let Some(first) = scan.lenders.first() {
        let role = match first.role {
            LenderRole::Signature => "signature",
            LenderRole::Sender => "sender",
            LenderRole::Mentioned => "mentioned",
        };
        tell(&["named-by=", role], &first.span);
    }
    for contact in &scan.contacts {
        tell(&["contact=", contact_name(contact.kind)], &contact.span);
        if contact.kind == ContactKind::Url {
            let place = link_place(&contact.value);
            tell(&["link=", place], &contact.span);
            tell(&["link=", place, "+", creditor], &contact.span);
        }
    }
    for amount in &scan.amounts {
        tell(&["amount=", role_name(amount.role)], &amount.span);
    }
    for date in &scan.dates {
        tell(&["date=", date_name(date.kind)], &date.span);
    }
    if let Some((span, days)) = &scan.overdue {
        let age = match days {
            0..=7 => "week",
            8..=90 => "months",
            _ => "long",
        };
        tell(&["overdue=", age], span);
    }
}

fn contact_name(kind: ContactKind) -> &'static str {
    match kind {
        ContactKind::Mobile => "mobile",
        ContactKind::Landline => "landline",
        ContactKind::Service => "service",
        ContactKind::Url => "url",
        ContactKind::Wechat => "wechat",
        ContactKind::Qq => "qq",
        ContactKind::Account => "account",
        ContactKind::IdCard => "id-card",
        ContactKind::Email => "email",
        ContactKind::Coin => "coin",
    }
}

fn role_name(role: Role) -> &'static str {
    match role {
        Role::Due => "due",
        Role::Minimum => "minimum",
        Role::Principal => "principal",
        Role::Interest => "interest",
        Role::Fee => "fee",
        Role::Offer => "offer",
        Role::Paid => "paid",
        Role::Limit => "limit",
        Role::Unknown => "unknown",
    }
}

fn date_name(kind: DateKind) -> &'static str {
    match kind {
        DateKind::Absolute => "absolute",
        DateKind::Within => "within",
        DateKind::By => "by",
        DateKind::Relative => "relative",
        DateKind::DueDay => "due-day",
        DateKind::Period => "period",
    }
}

/// Top-level domains that institutions use themselves.
const USUAL_DOMAINS: &[&str] = &["com", "cn", "net", "org", "hk", "tw", "sg", "mo"];

/// What kind of place a link leads to; its name says nothing, its ending and shape do.
fn link_place(url: &str) -> &'static str {
    let domain = contacts::domain(url);
    let ending = domain.rsplit('.').next().unwrap_or_default();
    if contacts::is_short_link(url) {
        "short"
    } else if domain.ends_with("gov.cn") || domain.ends_with("edu.cn") {
        "state"
    } else if ending.bytes().all(|b| b.is_ascii_digit()) {
        "bare-address"
    } else if !USUAL_DOMAINS.contains(&ending) {
        "cheap-ending"
    } else if domain.contains('-') || domain.chars().filter(char::is_ascii_digit).count() > 2 {
        "odd-name"
    } else {
        "usual"
    }
}

fn findings(scan: &Scan, rules: &Rules, facts: &Facts, sink: &mut impl Sink) {
    let mut serious: Vec<usize> = Vec::new();
    let mut soft: Vec<usize> = Vec::new();
    let mut frauds: Vec<usize> = Vec::new();
    let mut tell = |parts: &[&str], span: Option<Range<usize>>| tell(sink, Kind::Finding, parts, span);
    for finding in &scan.findings {
        let indicator = &rules.indicators[finding.rule];
        let family = indicator.id.split('.').next().unwrap_or_default();
        // What sender and time say stands beside the verdict and never in it (DESIGN).
        if family == "meta" {
            continue;
        }
        let span = Some(finding.span.clone());
        tell(&[&indicator.id], span.clone());
        tell(&[family, ".*"], span.clone());
        tell(&[family, ".*+", facts.named, "+", facts.private], span);
        let list = match (family, indicator.severity) {
            ("form", _) => continue,
            ("scam", _) => &mut frauds,
            (_, 3..) => &mut serious,
            _ => &mut soft,
        };
        if !list.contains(&finding.rule) {
            list.push(finding.rule);
        }
    }
    // LABELS, test 4: one serious breach, or two soft ones.
    let breach = match (serious.len(), soft.len()) {
        (0, 0) => "none",
        (0, 1) => "one-soft",
        (0, _) => "two-soft",
        (1, _) => "serious",
        _ => "many",
    };
    let fraud = match frauds.len() {
        0 => "none",
        1 => "one",
        _ => "many",
    };
    tell(&["breach=", breach], None);
    tell(&["breach=", breach, "+", facts.debt], None);
    tell(&["breach=", breach, "+fraud=", fraud], None);
    tell(&["fraud=", fraud, "+", facts.debt], None);
    tell(&["breach=", breach, "+", facts.named, "+", facts.private], None);
}

fn signals(scan: &Scan, rules: &Rules, facts: &Facts, sink: &mut impl Sink) {
    let mut tell = |parts: &[&str], span: &Range<usize>| tell(sink, Kind::Signal, parts, Some(span.clone()));
    for hit in &scan.signals {
        let id = &rules.signals[hit.signal].id;
        tell(&[id], &hit.span);
        tell(&[id, "+", facts.named], &hit.span);
        if facts.private == "private" {
            tell(&[id, "+private"], &hit.span);
        }
    }
}

/// Classes that a clause's pair may stand apart, counted in hits.
const PAIR_REACH: usize = 6;

fn classes(scan: &Scan, rules: &Rules, sink: &mut impl Sink) {
    let names: Vec<&str> = rules.classes.keys().map(String::as_str).collect();
    let called: Vec<&Range<usize>> = scan
        .turns
        .iter()
        .filter(|t| t.speaker == Speaker::Called)
        .map(|t| &t.span)
        .collect();
    for (i, (class, span)) in scan.classes.iter().enumerate() {
        if called.iter().any(|turn| turn.contains(&span.start)) {
            continue;
        }
        tell(sink, Kind::Class, &[names[*class]], Some(span.clone()));
        let clause = scan.clauses.clause(span.start);
        for (later, other) in scan.classes[i + 1..].iter().take(PAIR_REACH) {
            if later != class && other.start >= span.end && other.start < clause.end {
                tell(
                    sink,
                    Kind::Class,
                    &[names[*class], "→", names[*later]],
                    Some(span.start..other.end),
                );
            }
        }
    }
}
