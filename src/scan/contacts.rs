//! `contacts`: telephone numbers, links, handles, accounts and identity numbers of a folded message.
//!
//! One walk from left to right over the bytes. It stops where a contact can begin: at a word of
//! letters and digits, at a digit written as it is spoken, at 微 or 扣. There the most specific kind
//! that fits takes the words, and the walk goes on behind them, so that contacts never overlap.

mod account;
mod handle;
mod hosts;
mod link;
mod number;
mod phone;
mod place;
mod plan;
mod text;

#[cfg(test)]
mod tests;

use std::ops::Range;

use serde::{Deserialize, Serialize};

pub use hosts::{domain, is_short_link};
pub use phone::{PhoneClass, phone_class};

use number::Number;
use text::{Anchor, Text};

/// What a contact is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ContactKind {
    /// A mobile number.
    Mobile,
    /// A landline, or a number abroad that may be one.
    Landline,
    /// A hotline: 955xx, 400, 12378.
    Service,
    /// A link.
    Url,
    /// A `WeChat` handle.
    Wechat,
    /// A QQ number, of a person or a group.
    Qq,
    /// A bank card, a bank account, or an Alipay account.
    Account,
    /// A resident identity number.
    IdCard,
    /// An e-mail address.
    Email,
    /// An address of a coin wallet.
    Coin,
}

/// One contact of a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// Bytes of the folded text: the number, link or handle, without the word that announces it.
    pub span: Range<usize>,
    /// What it is.
    pub kind: ContactKind,
    /// One spelling for all ways to write it: digits only, with `+` and calling code when it lies
    /// outside the mainland, without extension; links without scheme and without inserted spaces.
    pub value: String,
}

/// The contacts of a folded message, in order and without overlap.
///
/// ```
/// # use cuijian::scan::contacts::{ContactKind, contacts};
/// let found = contacts("请加微信:abc_2024或致电幺三八零零幺三八零零零");
/// assert_eq!((found[0].kind, found[0].value.as_str()), (ContactKind::Wechat, "abc_2024"));
/// assert_eq!((found[1].kind, found[1].value.as_str()), (ContactKind::Mobile, "13800138000"));
/// ```
#[must_use]
pub fn contacts(text: &str) -> Vec<Contact> {
    let text = Text::new(text);
    let (mut found, mut at) = (Vec::new(), 0);
    while let Some((start, anchor)) = text.next_anchor(at) {
        let (contact, next) = match anchor {
            Anchor::Plain => plain(text, start),
            Anchor::Spoken => spoken(text, start),
            Anchor::Handle => (handle::find(text, start, anchor), start + 3),
        };
        at = contact.as_ref().map_or(next, |contact| contact.span.end);
        found.extend(contact.filter(|contact| !contact.span.is_empty()));
    }
    found
}

/// What begins at a word of letters and digits, and where to go on when nothing does.
fn plain(text: Text<'_>, at: usize) -> (Option<Contact>, usize) {
    let word = text.word_end(at);
    let (first, follows) = (text.byte(at), text.byte(word));
    let digits = text.end_of(at, |b| b.is_ascii_digit());
    // Most words are days and amounts: short, and nothing that joins numbers or hosts follows.
    if digits == word && word - at < 5 && follows >= 0x80 && text.spoken(word).is_none() && !may_be_dot(follows) {
        return (None, word);
    }
    if digits == word
        && let Some(end) = amount_end(text, word)
    {
        return (None, end);
    }
    let contact = link::find(text, at, word)
        .or_else(|| {
            matches!(first, b'q' | b'v' | b'w')
                .then(|| handle::find(text, at, Anchor::Plain))
                .flatten()
        })
        .or_else(|| (word - at >= 26).then(|| account::coin(text, at, word)).flatten())
        .or_else(|| number_in(text, at, word));
    (contact, word)
}

/// The end of an amount of which the whole part ends at `point`: one or two decimals, and nothing
/// that joins numbers.
fn amount_end(text: Text<'_>, point: usize) -> Option<usize> {
    let end = text.end_of(point + 1, |b| b.is_ascii_digit());
    let follows = text.byte(end);
    let ends = matches!(follows, b',' | b';' | b'!' | b'%' | 0)
        || follows >= 0x80 && text.spoken(end).is_none() && !may_be_dot(follows);
    (text.byte(point) == b'.' && (1..=2).contains(&(end - point - 1)) && ends).then_some(end)
}

/// First bytes of 点 。 · 丶 •.
fn may_be_dot(first: u8) -> bool {
    matches!(first, 0xe7 | 0xe3 | 0xc2 | 0xe4 | 0xe2)
}

/// The number in a word: from its beginning, or behind letters such as `tel`.
fn number_in(text: Text<'_>, at: usize, word: usize) -> Option<Contact> {
    let letters = text.end_of(at, |b| b.is_ascii_lowercase());
    if letters == word && letters > at {
        return None;
    }
    number_at(text, at).or_else(|| (letters > at).then(|| number_at(text, letters)).flatten())
}

fn number_at(text: Text<'_>, at: usize) -> Option<Contact> {
    if !number::is_long_enough(text, at) {
        return None;
    }
    let number = Number::read(text, at)?;
    account::find(text, &number).or_else(|| phone::find(text, &number))
}

/// What begins at a spoken digit. The rest of a run is not read again: numbers fill their runs.
fn spoken(text: Text<'_>, at: usize) -> (Option<Contact>, usize) {
    let next = at + text::width(text.byte(at));
    if number::ends_a_word(text, at) || text.spoken(next).is_none() && text.byte(next) >= 0x80 {
        return (None, next);
    }
    let Some(number) = Number::read(text, at) else {
        return (None, next);
    };
    let end = number.group(0).end;
    (
        account::find(text, &number).or_else(|| phone::find(text, &number)),
        end.max(next),
    )
}
