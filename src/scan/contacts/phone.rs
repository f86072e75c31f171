//! Which numbers are telephone numbers one could call back.
//!
//! The shape proposes (a mobile's eleven digits, an area code, 955xx), the place decides: no amount,
//! no order number, nothing glued to it, and for short numbers a word such as 拨打 nearby.

use std::ops::Range;

use super::number::{Chunks, Gap, Number, Script, joined_before};
use super::place::{self, Strictness};
use super::plan::{COMMON, COUNTRIES, SHORT, area_code, is_area};
use super::text::Text;
use super::{Contact, ContactKind};

/// Shortest and longest count of digits that any shape here has.
const DIGITS: Range<usize> = 5..18;
/// Which mobile numbers a prefix belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PhoneClass {
    /// A mainland mobile of a carrier.
    Carrier,
    /// A mainland mobile resold by a virtual operator: 162, 165, 167, 170, 171.
    Virtual,
    /// A number outside the mainland, with its calling code.
    Overseas,
    /// Landlines, service numbers and whatever else.
    Other,
}

/// The class of a number as [`super::contacts`] gives it.
#[must_use]
pub fn phone_class(value: &str) -> PhoneClass {
    let digits = value.as_bytes();
    if value.starts_with('+') {
        PhoneClass::Overseas
    } else if !is_mobile(digits) {
        PhoneClass::Other
    } else if matches!(&digits[..3], b"162" | b"165" | b"167" | b"170" | b"171") {
        PhoneClass::Virtual
    } else {
        PhoneClass::Carrier
    }
}

/// What must be near a number so that its shape counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Proof {
    /// The shape is enough.
    Shape,
    /// A word of calling nearby, or punctuation on both sides as in a signature.
    ContextOrAlone,
    /// A word of calling nearby.
    Context,
    /// A word of calling directly before.
    Label,
}

/// A reading of some digits as a telephone number.
#[derive(Debug, Clone, Copy)]
struct Shape<'d> {
    kind: ContactKind,
    /// Put before the digits: a calling code's plus, or the 0 of an area code that was left out.
    prefix: &'static str,
    digits: &'d [u8],
    proof: Proof,
}

impl<'d> Shape<'d> {
    fn new(kind: ContactKind, digits: &'d [u8], proof: Proof) -> Self {
        Self {
            kind,
            prefix: "",
            digits,
            proof,
        }
    }
}

/// Digits with all that their reading depends on.
#[derive(Debug, Clone, Copy)]
struct Digits<'d> {
    all: &'d [u8],
    chunks: Chunks,
    /// No other digits are joined to these.
    alone: bool,
    /// All digits are spoken.
    spoken: bool,
    /// The groups are parted by dots, as versions and decimals are.
    dotted: bool,
}

impl Digits<'_> {
    /// What is left behind a prefix.
    fn without(self, prefix: u8) -> Self {
        Self {
            all: &self.all[usize::from(prefix)..],
            chunks: self.chunks.without(prefix),
            ..self
        }
    }

    fn sizes(&self) -> &[u8] {
        self.chunks.sizes()
    }

    /// In one piece, or pieces with nothing else beside them.
    fn whole(&self) -> bool {
        self.sizes().len() == 1 || self.alone && !self.dotted
    }
}

/// The telephone number that begins with the first group, as long as it can be.
pub(super) fn find(text: Text<'_>, number: &Number) -> Option<Contact> {
    if number.count() < DIGITS.start {
        return None;
    }
    let start = number.group(0).start;
    let opening = place::opening(text, start);
    let joined = opening.plus.is_none() && joined_before(text, start);
    let reading = |upto: usize| {
        let all = number.digits(upto);
        DIGITS.contains(&all.len()).then(|| Digits {
            all,
            chunks: number.chunks(upto),
            alone: upto == number.len() && !joined,
            spoken: number.all(upto, Script::Spoken),
            dotted: upto > 1 && number.groups(upto)[1..].iter().all(|group| group.gap == Gap::Dot),
        })
    };
    let first = |read: fn(Digits<'_>, bool) -> Option<Shape<'_>>| {
        (1..=number.len()).rev().find_map(|upto| {
            let shape = read(reading(upto)?, opening.plus.is_some())?;
            accept(text, number, upto, &opening, shape)
        })
    };
    first(planned).or_else(|| first(unplanned))
}

/// Whether an own mobile number stands at the front of these groups, wherever they stand.
pub(super) fn begins_with_mobile(number: &Number) -> bool {
    (1..=number.len()).any(|upto| is_mobile(number.digits(upto)))
}

fn accept(text: Text<'_>, number: &Number, upto: usize, opening: &place::Opening, shape: Shape<'_>) -> Option<Contact> {
    let first = number.group(0);
    let end = number.group(upto - 1).end;
    let disguised = number.has(upto, Script::Disguised);
    // Letters for digits are a trick only where the number itself is beyond doubt.
    if disguised && shape.proof != Proof::Shape {
        return None;
    }
    let strictness = if shape.digits.len() <= 8 {
        Strictness::Short
    } else {
        Strictness::Long
    };
    let span = place::enclose(text, first.start..end, opening);
    let span = span.start..place::extension(text, span.end, shape.kind == ContactKind::Mobile);
    let free =
        place::free_before(text, span.start, strictness) && place::free_after(text, span.end, first.script, strictness);
    let proven = match shape.proof {
        Proof::Shape => true,
        Proof::ContextOrAlone => place::calling_nearby(text, &span) || place::stands_alone(text, &span),
        Proof::Context => place::calling_nearby(text, &span),
        Proof::Label => place::calling_before(text, span.start),
    };
    if !free || !proven || place::named_otherwise(text, span.start, strictness) {
        return None;
    }
    let mut value = String::with_capacity(shape.prefix.len() + shape.digits.len());
    value.push_str(shape.prefix);
    value.extend(shape.digits.iter().map(|&digit| char::from(digit)));
    Some(Contact {
        span,
        kind: shape.kind,
        value,
    })
}

/// The digits behind `00` or a plus.
fn international(digits: Digits<'_>, plus: bool) -> Option<Digits<'_>> {
    match digits.all {
        _ if plus => Some(digits),
        [b'0', b'0', ..] => Some(digits.without(2)),
        _ => None,
    }
}

/// A number that fits a numbering plan.
fn planned(digits: Digits<'_>, plus: bool) -> Option<Shape<'_>> {
    if let Some(digits) = international(digits, plus) {
        return abroad(digits);
    }
    let all = digits.all;
    let first = digits.sizes()[0];
    let prefix = match (digits.sizes(), all) {
        ([3, ..], [b'0', b'8', b'6', ..]) => 3,
        // 86 may be written together with an area code, as in 8610-62331874.
        ([2, ..] | [4, 8] | [5, 7 | 8], [b'8', b'6', ..]) => 2,
        ([13], [b'8', b'6', ..]) if is_mobile(&all[2..]) => 2,
        _ => 0,
    };
    if prefix > 0 {
        let national = Digits {
            alone: true,
            ..digits.without(prefix)
        };
        if let Some(shape) = domestic(national).or_else(|| without_trunk_zero(national)) {
            return Some(shape);
        }
    }
    // 852-9123-4567 and 1 (877) 609-2233 lack only the plus.
    let neighbour = matches!(&all[..3], b"852" | b"853" | b"886") && first == 3;
    let coded = neighbour || digits.sizes() == [1, 3, 3, 4] && digits.alone;
    if coded && let Some(shape) = overseas(all) {
        return Some(shape);
    }
    domestic(digits)
        .or_else(|| taiwan(digits))
        .or_else(|| north_american(digits))
        .or_else(|| local(digits))
}

/// A number behind `+` or `00`, without these.
fn abroad(digits: Digits<'_>) -> Option<Shape<'_>> {
    let all = digits.all;
    if all.starts_with(b"86") {
        let national = Digits {
            alone: true,
            ..digits.without(2)
        };
        return domestic(national).or_else(|| without_trunk_zero(national));
    }
    overseas(all).or_else(|| is_mobile(all).then(|| Shape::new(ContactKind::Mobile, all, Proof::Shape)))
}

/// 0086-755-…: the 0 of the area code is left out abroad.
fn without_trunk_zero(digits: Digits<'_>) -> Option<Shape<'_>> {
    let area = match digits.all {
        [b'1', b'0', ..] | [b'2', _, ..] => 2,
        [a, b, c, ..] if is_area(*a, *b, *c) => 3,
        _ => return None,
    };
    let local = digits.all.len() - area;
    let fits = local == 8 || local == 7 && area == 3;
    fits.then_some(Shape {
        prefix: "0",
        ..Shape::new(ContactKind::Landline, digits.all, Proof::Shape)
    })
}

/// Callers abroad and spoofed numbers that fit no plan: only where the text says to call them.
fn unplanned(digits: Digits<'_>, plus: bool) -> Option<Shape<'_>> {
    let all = international(digits, plus)?.all;
    let fits = (9..=15).contains(&all.len()) && all[0] != b'0';
    fits.then_some(Shape {
        prefix: "+",
        ..Shape::new(ContactKind::Landline, all, Proof::Context)
    })
}

fn overseas(all: &[u8]) -> Option<Shape<'_>> {
    let kind = if let [b'1', national @ ..] = all {
        is_north_american(national).then_some(ContactKind::Landline)?
    } else {
        let country = COUNTRIES.iter().find(|country| all.starts_with(country.code))?;
        let national = &all[country.code.len()..];
        if !country.lengths.contains(&national.len()) {
            return None;
        }
        let mobile = country.mobiles.iter().any(|first| national.starts_with(first));
        if mobile {
            ContactKind::Mobile
        } else {
            ContactKind::Landline
        }
    };
    Some(Shape {
        prefix: "+",
        ..Shape::new(kind, all, Proof::Shape)
    })
}

/// A number as it is dialled on the mainland.
fn domestic(digits: Digits<'_>) -> Option<Shape<'_>> {
    mobile(digits).or_else(|| landline(digits)).or_else(|| service(digits))
}

fn is_mobile(all: &[u8]) -> bool {
    matches!(all, [b'1', b'3'..=b'9', ..]) && all.len() == 11 && all.iter().all(u8::is_ascii_digit)
}

fn mobile(digits: Digits<'_>) -> Option<Shape<'_>> {
    let digits = match digits.all {
        // 0 for a long-distance call.
        [b'0', national @ ..] if is_mobile(national) && !digits.dotted => Digits {
            alone: true,
            ..digits.without(1)
        },
        all if is_mobile(all) => digits,
        _ => return None,
    };
    mobile_grouping(&digits).then(|| Shape::new(ContactKind::Mobile, digits.all, Proof::Shape))
}

/// Common groupings may stand among other numbers; odd ones only by themselves, or a table of
/// figures would be full of mobiles. `138.00138000` is a decimal.
fn mobile_grouping(digits: &Digits<'_>) -> bool {
    let sizes = digits.sizes();
    // 1990-0101-123 begins with a date.
    let dated = digits.all[0] == b'1' && digits.all[1] == b'9' && sizes[0] == 4 && is_month_and_day(&digits.all[4..8]);
    let decimal = digits.dotted && (sizes.len() == 2 || sizes == [3, 3, 3, 2]);
    let common = matches!(sizes, [11] | [3, 4, 4] | [3, 8] | [7, 4]);
    let odd = matches!(
        sizes,
        [1, 10]
            | [2, 9]
            | [4, 7]
            | [5, 6]
            | [6, 5]
            | [3, 3, 5]
            | [5, 3, 3]
            | [4, 3, 4]
            | [4, 4, 3]
            | [3, 5, 3]
            | [3, 3, 3, 2]
            | [2, 3, 3, 3]
            | [3, 4, 2, 2]
            | [3, 2, 2, 4]
            | [3, 2, 2, 2, 2]
            | [1, 2, 2, 2, 2, 2]
            | [2, 2, 2, 2, 2, 1]
    ) || sizes.len() == 11;
    sizes == [11] || !decimal && !dated && (common || digits.alone && (odd || digits.spoken))
}

fn landline(digits: Digits<'_>) -> Option<Shape<'_>> {
    let area = area_code(digits.all)?;
    let sizes = digits.sizes();
    let local = digits.without(area);
    let split = sizes[0] == area;
    if split && let Some(shape) = short_service(local.all) {
        // 0731-96511: the bank's number in that town. The area code proves that one can call it.
        return local.whole().then_some(Shape {
            proof: Proof::Shape,
            ..shape
        });
    }
    let size = local.all.len();
    let fits = size == 8 || size == 7 && (area == 4 || split);
    let grouped =
        sizes.len() == 1 || split && matches!(local.sizes(), [7 | 8] | [4, 3 | 4] | [3, 4 | 5]) || digits.alone;
    let begins = matches!(local.all.first(), Some(b'1'..=b'9'));
    (fits && grouped && begins).then(|| Shape::new(ContactKind::Landline, digits.all, Proof::Shape))
}

fn service(digits: Digits<'_>) -> Option<Shape<'_>> {
    let all = digits.all;
    match all.len() {
        9..=11 if all.starts_with(b"400") || all.starts_with(b"800") => free_call(digits),
        8 if digits.whole() && is_long_service(all) => Some(Shape::new(ContactKind::Service, all, Proof::Context)),
        5 | 6 if digits.sizes().len() == 1 => short_service(all),
        // 955 88: only where the text speaks of calling.
        5 | 6 if digits.whole() => short_service(all).map(|shape| Shape {
            proof: Proof::Context,
            ..shape
        }),
        _ => None,
    }
}

/// 400 and 800 numbers have ten digits; senders mistype them with one less or more.
fn free_call(digits: Digits<'_>) -> Option<Shape<'_>> {
    let exact = digits.all.len() == 10;
    let common = matches!(
        digits.sizes(),
        [10] | [3, 3, 4] | [3, 4, 3] | [4, 3, 3] | [4, 4, 2] | [3, 7] | [4, 6] | [5, 5]
    );
    if !(exact && common || digits.whole()) {
        return None;
    }
    // 800… in one piece is also how other numbers begin.
    let certain = exact && (digits.all[0] == b'4' || digits.sizes().len() > 1);
    let proof = if certain { Proof::Shape } else { Proof::Context };
    Some(Shape::new(ContactKind::Service, digits.all, proof))
}

/// 1010xxxx, 950xxxxx and 95105xxx.
fn is_long_service(all: &[u8]) -> bool {
    all.starts_with(b"1010") || all.starts_with(b"950") || all.starts_with(b"9510")
}

fn short_service(all: &[u8]) -> Option<Shape<'_>> {
    let proof = match all {
        // Round numbers are amounts more often.
        [b'9', b'5', last @ ..] if last.len() == 3 && last != b"000" => Proof::Shape,
        [b'9', b'6', _, _, last @ ..] if last.len() == 1 && !all.ends_with(b"00") => Proof::ContextOrAlone,
        [b'9', b'5' | b'6', ..] => Proof::Context,
        _ if COMMON.contains(&all) => Proof::Context,
        _ if SHORT.contains(&all) => Proof::ContextOrAlone,
        _ => return None,
    };
    Some(Shape::new(ContactKind::Service, all, proof))
}

/// 0912-345-678, (02)2345-6789.
fn taiwan(digits: Digits<'_>) -> Option<Shape<'_>> {
    let sizes = digits.sizes();
    match digits.all {
        [b'0', b'9', ..] if digits.all.len() == 10 => {
            let proof = if matches!(sizes, [4, 3, 3] | [4, 6]) {
                Proof::Shape
            } else {
                Proof::Context
            };
            digits
                .whole()
                .then(|| Shape::new(ContactKind::Mobile, digits.all, proof))
        }
        [b'0', b'2'..=b'8', b'2'..=b'9', ..] if sizes[0] == 2 && sizes.len() > 1 => {
            let local = digits.all.len() - 2;
            let fits = (7..=8).contains(&local) && !digits.dotted;
            (fits && digits.alone).then(|| Shape::new(ContactKind::Landline, digits.all, Proof::Shape))
        }
        _ => None,
    }
}

fn is_north_american(all: &[u8]) -> bool {
    all.len() == 10 && matches!(all[0], b'2'..=b'9') && matches!(all[3], b'2'..=b'9')
}

/// 650-701-8887.
fn north_american(digits: Digits<'_>) -> Option<Shape<'_>> {
    let fits = digits.sizes() == [3, 3, 4] && is_north_american(digits.all) && digits.alone;
    fits.then(|| Shape::new(ContactKind::Landline, digits.all, Proof::Shape))
}

/// Seven or eight digits without an area code; in Hong Kong that is the whole number.
fn local(digits: Digits<'_>) -> Option<Shape<'_>> {
    let grouped = matches!(digits.sizes(), [7 | 8] | [4, 3 | 4] | [3, 4]);
    let begins = matches!(digits.all[0], b'2'..=b'9');
    if !grouped || !begins || digits.dotted || is_date(digits.all) {
        return None;
    }
    // Hong Kong writes 6034 8817, the mainland does not split.
    let mobile = digits.sizes() == [4, 4] && matches!(digits.all[0], b'5' | b'6' | b'9');
    let kind = if mobile {
        ContactKind::Mobile
    } else {
        ContactKind::Landline
    };
    Some(Shape::new(kind, digits.all, Proof::Label))
}

/// 20240608.
fn is_date(all: &[u8]) -> bool {
    all.starts_with(b"20") && all.len() == 8 && is_month_and_day(&all[4..])
}

fn is_month_and_day(all: &[u8]) -> bool {
    matches!(
        all,
        [b'0', b'1'..=b'9', b'0'..=b'3', _] | [b'1', b'0'..=b'2', b'0'..=b'3', _]
    )
}
