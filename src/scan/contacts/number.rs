//! Numbers as senders write them: groups of digits, plain (138), spoken (幺三八) or disguised (l38oo),
//! with what stands between them. What the number is for is judged elsewhere.

use super::text::{Text, width};

/// `+86` and eleven digits written one by one, with one to spare.
const MOST_GROUPS: usize = 14;
/// Longer than any account number; a run that does not fit is no contact.
const MOST_DIGITS: usize = 32;
/// `(+1)   650` has the widest gap seen in practice.
const WIDEST_GAP: usize = 5;

/// What stands between a group and the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gap {
    /// Nothing, or parts of an emoji: the way of writing digits changes.
    Tight,
    Space,
    Hyphen,
    Dot,
    Bracket,
    /// A comma or stop in spoken digits.
    Pause,
}

/// How the digits of a group are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Script {
    Plain,
    /// With letters for digits: o for 0, l and i for 1.
    Disguised,
    Spoken,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Group {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) gap: Gap,
    pub(super) script: Script,
    /// Digits of the number up to the end of this group.
    total: u8,
}

/// Groups of digits that stand together, from a given place on.
#[derive(Debug)]
pub(super) struct Number {
    groups: [Group; MOST_GROUPS],
    len: usize,
    digits: [u8; MOST_DIGITS],
    /// A group did not fit: it is the last one, and `digits` lacks its end.
    overflow: bool,
}

impl Number {
    /// Reads the groups from `at` on; `None` when no digit is there.
    pub(super) fn read(text: Text<'_>, at: usize) -> Option<Self> {
        let none = Group {
            start: at,
            end: at,
            gap: Gap::Tight,
            script: Script::Plain,
            total: 0,
        };
        let mut number = Self {
            groups: [none; MOST_GROUPS],
            len: 0,
            digits: [0; MOST_DIGITS],
            overflow: false,
        };
        let (mut at, mut gap) = (at, Gap::Tight);
        while number.len < MOST_GROUPS && number.read_group(text, at, gap) {
            let last = number.group(number.len - 1);
            match gap_after(text, last.end, last.script) {
                Some(next) if !number.overflow => (gap, at) = next,
                _ => break,
            }
        }
        (number.len > 0).then_some(number)
    }

    /// How many groups there are; at least one.
    pub(super) fn len(&self) -> usize {
        self.len
    }

    pub(super) fn group(&self, i: usize) -> Group {
        self.groups[i]
    }

    pub(super) fn groups(&self, upto: usize) -> &[Group] {
        &self.groups[..upto]
    }

    /// The digits of the first `upto` groups, as ASCII; empty when they did not fit.
    pub(super) fn digits(&self, upto: usize) -> &[u8] {
        if self.overflow && upto == self.len {
            return &[];
        }
        &self.digits[..usize::from(self.groups[upto - 1].total)]
    }

    /// Digits of all groups that fit.
    pub(super) fn count(&self) -> usize {
        usize::from(self.groups[self.len - 1].total)
    }

    /// Lengths of the first `upto` groups as a reader sees them: 138零零 is one chunk.
    pub(super) fn chunks(&self, upto: usize) -> Chunks {
        let mut chunks = Chunks {
            sizes: [0; MOST_GROUPS],
            len: 0,
        };
        let mut before = 0;
        for (i, group) in self.groups[..upto].iter().enumerate() {
            if i == 0 || group.gap != Gap::Tight {
                chunks.len += 1;
            }
            chunks.add_to_last(group.total - before);
            before = group.total;
        }
        chunks
    }

    pub(super) fn all(&self, upto: usize, script: Script) -> bool {
        self.groups(upto).iter().all(|group| group.script == script)
    }

    pub(super) fn has(&self, upto: usize, script: Script) -> bool {
        self.groups(upto).iter().any(|group| group.script == script)
    }

    fn read_group(&mut self, text: Text<'_>, at: usize, gap: Gap) -> bool {
        let mut total = self.len.checked_sub(1).map_or(0, |last| self.groups[last].total);
        let script = script_at(text, at, self.len > 0);
        let mut end = at;
        while let Some((digit, next)) = script.and_then(|script| digit_at(text, end, script)) {
            if let Some(place) = self.digits.get_mut(usize::from(total)) {
                *place = b'0' + digit;
                total += 1;
            } else {
                self.overflow = true;
            }
            end = next;
        }
        let Some(script) = script.filter(|_| end > at) else {
            return false;
        };
        self.groups[self.len] = Group {
            start: at,
            end,
            gap,
            script,
            total,
        };
        self.len += 1;
        true
    }
}

/// Lengths of groups of digits.
#[derive(Debug, Clone, Copy)]
pub(super) struct Chunks {
    sizes: [u8; MOST_GROUPS],
    len: u8,
}

impl Chunks {
    pub(super) fn sizes(&self) -> &[u8] {
        &self.sizes[..usize::from(self.len)]
    }

    fn add_to_last(&mut self, digits: u8) {
        if let Some(last) = usize::from(self.len).checked_sub(1) {
            self.sizes[last] += digits;
        }
    }

    /// The lengths behind the first `digits` digits: a prefix is gone.
    pub(super) fn without(&self, mut digits: u8) -> Self {
        let mut rest = Self {
            sizes: [0; MOST_GROUPS],
            len: 0,
        };
        for &size in self.sizes() {
            let gone = size.min(digits);
            digits -= gone;
            if size > gone {
                rest.len += 1;
                rest.add_to_last(size - gone);
            }
        }
        rest
    }
}

/// Whether what begins at `at` may have five digits: a quick look that spares amounts and days the
/// full reading.
pub(super) fn is_long_enough(text: Text<'_>, at: usize) -> bool {
    let (mut digits, mut end) = (0, at);
    while digits < 5 {
        match text.byte(end) {
            b'0'..=b'9' | b'o' | b'l' | b'i' => digits += 1,
            b' ' | b'-' | b'.' | b'(' | b')' | b'_' | b'*' => {}
            // Spoken digits, long dashes and dots go on; most characters do not.
            0x80.. => {
                return text.spoken(end).is_some() || matches!(text.byte(end), 0xe2 | 0xc2 | 0xe3 | 0xef);
            }
            _ => return false,
        }
        end += 1;
    }
    true
}

/// Whether digits stand directly before `at`, with no more than separators between.
pub(super) fn joined_before(text: Text<'_>, at: usize) -> bool {
    let separators = text
        .before(at, 1)
        .bytes()
        .rev()
        .take_while(|b| matches!(b, b' ' | b'-' | b'.' | b'_' | b'(' | b')'))
        .count();
    separators > 0 && text.byte_before(at - separators).is_ascii_digit()
}

fn script_at(text: Text<'_>, at: usize, inside: bool) -> Option<Script> {
    let first = text.byte(at);
    if first >= 0x80 {
        return text.spoken(at).map(|_| Script::Spoken);
    }
    if !first.is_ascii_digit() && letter_digit(first).is_none() {
        return None;
    }
    let word = text.slice(at, text.word_end(at)).as_bytes();
    if word.iter().all(u8::is_ascii_digit) {
        return Some(Script::Plain);
    }
    let digits = word.iter().filter(|b| b.is_ascii_digit()).count();
    let letters_pass = word.iter().all(|&b| b.is_ascii_digit() || letter_digit(b).is_some());
    // `oo` between digits is 00, but `lol` and `oil` are words.
    let readable = digits > 0 || inside && word.iter().all(|&b| b == b'o');
    if letters_pass && readable {
        return Some(Script::Disguised);
    }
    first.is_ascii_digit().then_some(Script::Plain)
}

fn letter_digit(letter: u8) -> Option<u8> {
    match letter {
        b'o' => Some(0),
        b'l' | b'i' => Some(1),
        _ => None,
    }
}

/// The digit at `at` and where the next one would be.
fn digit_at(text: Text<'_>, at: usize, script: Script) -> Option<(u8, usize)> {
    let byte = text.byte(at);
    match script {
        Script::Plain => byte.is_ascii_digit().then(|| (byte - b'0', at + 1)),
        Script::Disguised if byte.is_ascii_digit() => Some((byte - b'0', at + 1)),
        Script::Disguised => letter_digit(byte).map(|digit| (digit, at + 1)),
        Script::Spoken => text
            .spoken(at)
            .filter(|_| !begins_a_word(text, at))
            .map(|digit| (digit, at + 3)),
    }
}

/// 一 in 一定, 一次 and the like, and 两 in 两天: it belongs to what follows, not to the number.
fn begins_a_word(text: Text<'_>, at: usize) -> bool {
    matches!(text.char_at(at), Some('一' | '两'))
        && text
            .char_at(at + 3)
            .is_some_and(|next| "定直下起个天次切般样旦并共些边对日周月年人名位家次遍声句".contains(next))
}

/// 一 in 周一, 第一 and the like: no number begins with it.
pub(super) fn ends_a_word(text: Text<'_>, at: usize) -> bool {
    let before = text.char_before(at);
    match text.char_at(at) {
        Some('一') => before.is_some_and(|c| "周期唯统第之万十专单逐如任某同每拜".contains(c)),
        Some('么') => before.is_some_and(|c| "什怎那这多要".contains(c)),
        _ => false,
    }
}

/// What stands between a group that ends at `end` and the next group, and where that begins.
fn gap_after(text: Text<'_>, end: usize, script: Script) -> Option<(Gap, usize)> {
    let first = text.byte(end);
    // Most numbers end before a Chinese character or a mark that joins nothing.
    let changes = if script == Script::Spoken {
        first.is_ascii_digit()
    } else {
        first >= 0x80 && text.spoken(end).is_some()
    };
    if changes {
        return Some((Gap::Tight, end));
    }
    let (mut gap, mut at) = (None, end);
    for _ in 0..WIDEST_GAP {
        let Some(separator) = text.char_at(at).and_then(|c| separator(c, script)) else {
            break;
        };
        at += width(text.byte(at));
        gap = match (gap, separator) {
            (None | Some(Gap::Space | Gap::Tight), new) | (Some(new), Gap::Space | Gap::Tight) => Some(new),
            (Some(old), new) if old == new => Some(old),
            (Some(Gap::Bracket | Gap::Hyphen), Gap::Bracket | Gap::Hyphen) => Some(Gap::Bracket),
            _ => return None,
        };
    }
    let gap = gap?;
    // Two stars mask digits, they do not separate them.
    let masked = text.slice(end, at).matches('*').count() > 1;
    let digit_follows = script_at(text, at, true).is_some();
    (digit_follows && !masked).then_some((gap, at))
}

fn separator(c: char, script: Script) -> Option<Gap> {
    Some(match c {
        ' ' => Gap::Space,
        '-' | '_' | '*' | '‐' | '‑' | '–' | '—' | '―' | '−' => Gap::Hyphen,
        '.' | '·' | '•' | '・' => Gap::Dot,
        '(' | ')' => Gap::Bracket,
        // What is left of an emoji keycap.
        '\u{fe0f}' | '\u{20e3}' => Gap::Tight,
        ',' | '、' | '。' | '…' if script == Script::Spoken => Gap::Pause,
        _ => return None,
    })
}
