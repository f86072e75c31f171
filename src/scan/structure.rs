//! What no phrase can say: who is addressed, who sends, where to call, and the indicators built on it.

use std::ops::Range;

use super::contacts::ContactKind;
use super::lenders::{Hotlines, LenderRole};
use super::{Scan, contacts};
use crate::fold::Folded;
use crate::message::Message;
use crate::rules::{LenderKind, Rules};

/// Whom the message addresses.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Recipient {
    /// The one who owes.
    #[default]
    Debtor,
    /// Somebody else, about the one who owes.
    ThirdParty,
}

/// Who asks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Creditor {
    /// Nobody is named.
    #[default]
    Nobody,
    /// A listed lender.
    Lender,
    /// A listed collection agency.
    Agency,
    /// A listed authority, and no lender.
    Authority,
    /// A signature that is in no list.
    UnknownSignature,
}

/// The way back to the sender that the message gives.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Callback {
    /// None.
    #[default]
    Nothing,
    /// A number on the institution's own list.
    Official,
    /// A service number, 400 or landline that cannot be checked.
    Unchecked,
    /// A service number, 400 or landline that is not on the named institution's list.
    NotListed,
    /// A WeChat or QQ id.
    Chat,
    /// A private mobile number.
    Mobile,
}

/// The shape of a message.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Structure {
    /// Whom it addresses.
    pub recipient: Recipient,
    /// Who asks.
    pub creditor: Creditor,
    /// The worst way back it gives.
    pub callback: Callback,
    /// Whether it names a specific debt: an overdue state, a due date, a sum owed.
    pub debt: bool,
    /// Whether it holds a link.
    pub link: bool,
}

/// What a detector may look at.
pub(super) struct Context<'a> {
    pub(super) message: &'a Message,
    pub(super) folded: &'a Folded,
    pub(super) scan: &'a Scan,
    pub(super) rules: &'a Rules,
    pub(super) hotlines: &'a Hotlines,
}

/// A function that finds what no phrase can say.
pub(super) type Detector = fn(&Context<'_>) -> Vec<Range<usize>>;

/// The detectors a rule file may name.
pub(super) const DETECTORS: &[(&str, Detector)] = &[
    ("anonymous-collector", anonymous_collector),
    ("brand-channel-mismatch", brand_channel_mismatch),
    ("disguise", disguise),
    ("night", night),
    ("sender-not-listed", sender_not_listed),
    ("unknown-link", unknown_link),
];

/// Reads the shape off what was found.
pub(super) fn read(scan: &Scan, rules: &Rules, hotlines: &Hotlines) -> Structure {
    let has = |prefix: &str| {
        scan.signals
            .iter()
            .any(|s| rules.signals[s.signal].id.starts_with(prefix))
    };
    let kinds: Vec<Option<LenderKind>> = scan
        .lenders
        .iter()
        .map(|m| m.lender.map(|l| rules.lenders[l].kind))
        .collect();
    let creditor = if kinds.iter().any(|k| k.is_some_and(LenderKind::lends)) {
        Creditor::Lender
    } else if kinds.contains(&Some(LenderKind::CollectionAgency)) {
        Creditor::Agency
    } else if scan.lenders.iter().any(|m| m.lender.is_none()) {
        Creditor::UnknownSignature
    } else if kinds.contains(&Some(LenderKind::Authority)) {
        Creditor::Authority
    } else {
        Creditor::Nobody
    };
    let callback = scan
        .contacts
        .iter()
        .map(|c| callback(c, scan, hotlines))
        .max()
        .unwrap_or_default();
    Structure {
        recipient: if has("recipient.third") {
            Recipient::ThirdParty
        } else {
            Recipient::Debtor
        },
        creditor,
        callback,
        debt: has("debt.") || scan.overdue.is_some(),
        link: scan.contacts.iter().any(|c| c.kind == ContactKind::Url),
    }
}

fn callback(contact: &contacts::Contact, scan: &Scan, hotlines: &Hotlines) -> Callback {
    match contact.kind {
        ContactKind::Mobile => Callback::Mobile,
        ContactKind::Wechat | ContactKind::Qq => Callback::Chat,
        ContactKind::Service | ContactKind::Landline => match hotlines.official(contact, &scan.lenders) {
            Some(true) => Callback::Official,
            Some(false) => Callback::NotListed,
            None if hotlines.known(&contact.value) => Callback::Official,
            None => Callback::Unchecked,
        },
        _ => Callback::Nothing,
    }
}

/// The place of the first signal of that group.
fn first_signal(context: &Context<'_>, prefix: &str) -> Option<Range<usize>> {
    context
        .scan
        .signals
        .iter()
        .find(|s| context.rules.signals[s.signal].id.starts_with(prefix))
        .map(|s| s.span.clone())
}

/// Asks for a debt and names neither itself nor the creditor.
fn anonymous_collector(context: &Context<'_>) -> Vec<Range<usize>> {
    let structure = &context.scan.structure;
    if structure.creditor != Creditor::Nobody || !structure.debt || !context.scan.turns.is_empty() {
        return Vec::new();
    }
    first_signal(context, "debt.").into_iter().collect()
}

/// Names an institution, and sends the reader to a number or chat that is not its own.
fn brand_channel_mismatch(context: &Context<'_>) -> Vec<Range<usize>> {
    let signed =
        context.scan.lenders.iter().any(|m| {
            m.role != LenderRole::Mentioned && m.lender.is_some_and(|l| context.rules.lenders[l].kind.lends())
        });
    if !signed {
        return Vec::new();
    }
    context
        .scan
        .contacts
        .iter()
        .filter(|c| {
            matches!(
                callback(c, context.scan, context.hotlines),
                Callback::Mobile | Callback::Chat
            )
        })
        .map(|c| c.span.clone())
        .collect()
}

/// A disguised word.
fn disguise(context: &Context<'_>) -> Vec<Range<usize>> {
    context.folded.disguises().iter().map(|d| d.span.clone()).collect()
}

/// Hours in which nobody may be collected from: 22:00 to 08:00 (GB/T 45251-2025; CBA guidelines 2026).
const NIGHT: (u32, u32) = (22, 8);

/// Sent at night. Reported beside the verdict, so the whole message is its evidence.
fn night(context: &Context<'_>) -> Vec<Range<usize>> {
    let hour = context.message.sent_at.as_deref().and_then(hour);
    let at_night = hour.is_some_and(|h| h >= NIGHT.0 || h < NIGHT.1);
    if at_night && context.scan.structure.debt {
        std::iter::once(0..context.folded.text().len()).collect()
    } else {
        Vec::new()
    }
}

/// The hour of a time such as `2026-11-02 23:15` or `2026-11-02T23:15:00+08:00`.
fn hour(time: &str) -> Option<u32> {
    let colon = time.find(':')?;
    let digits: String = time[..colon].chars().rev().take_while(char::is_ascii_digit).collect();
    digits
        .chars()
        .rev()
        .collect::<String>()
        .parse()
        .ok()
        .filter(|h| *h < 24)
}

/// Sent from a number that is not on the list of the institution that signs.
fn sender_not_listed(context: &Context<'_>) -> Vec<Range<usize>> {
    let Some(sender) = context.message.sender.as_deref() else {
        return Vec::new();
    };
    let value: String = sender.chars().filter(char::is_ascii_digit).collect();
    // 106x ports belong to resellers and prove nothing either way (FACTS, R23).
    if value.len() < 5 || value.starts_with("106") {
        return Vec::new();
    }
    let contact = contacts::Contact {
        span: 0..0,
        kind: ContactKind::Service,
        value,
    };
    let signatures: Vec<_> = context
        .scan
        .lenders
        .iter()
        .filter(|m| m.role != LenderRole::Mentioned)
        .cloned()
        .collect();
    match context.hotlines.official(&contact, &signatures) {
        Some(false) => signatures.into_iter().map(|m| m.span).take(1).collect(),
        _ => Vec::new(),
    }
}

/// A link beside a debt, a card or an account, that is on no known institution's list of domains.
///
/// No list of domains is known (FACTS, section E), so every link counts; `unless` in the rule file
/// holds what is known to be harmless.
fn unknown_link(context: &Context<'_>) -> Vec<Range<usize>> {
    context
        .scan
        .contacts
        .iter()
        .filter(|c| c.kind == ContactKind::Url)
        .map(|c| c.span.clone())
        .collect()
}
