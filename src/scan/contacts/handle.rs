//! `WeChat` and QQ handles behind the words that announce them, in all their disguises.

use super::number::{Gap, Number};
use super::text::{Anchor, Text, has_any, width};
use super::{Contact, ContactKind, phone};

/// How a word announces a handle.
#[derive(Debug, Clone, Copy)]
struct Notice {
    kind: ContactKind,
    /// Where the word ends.
    end: usize,
    /// The word is too short to stand for itself: `加` before it or a colon behind it must help.
    weak: bool,
}

/// What may stand between the word and the handle.
const FILLERS: &str = " :(['\"“「【=-~→?号码帐账群裙是为加搜索我吗登记添❤♥信微v:同";
/// The longest of such a gap, in characters.
const LONGEST_GAP: usize = 6;
/// Words of letters that follow 微信 but are no handles.
#[rustfmt::skip]
const WORDS: [&str; 14] = [
    "android", "wechat", "weixin", "iphone", "windows", "https", "http", "miniapp", "openid",
    "unionid", "whatsapp", "telegram", "alipay", "paypal",
];

/// The handle that a word at `at` announces.
pub(super) fn find(text: Text<'_>, at: usize, anchor: Anchor) -> Option<Contact> {
    if text.str.is_char_boundary(at) && anchor == Anchor::Plain && text.starts_with(at, "wxid_") {
        return identifier(text, at, false);
    }
    let notice = match anchor {
        Anchor::Plain => latin(text, at)?,
        Anchor::Handle => chinese(text, at)?,
        Anchor::Spoken => return None,
    };
    let (from, strong) = skip_fillers(text, notice.end)?;
    let asked =
        notice.weak && (added_before(text, at) || text.slice(notice.end, from).contains([':', '群', '裙', '❤']));
    if notice.weak && !asked {
        return None;
    }
    match notice.kind {
        ContactKind::Qq => qq(text, from),
        _ => wechat(text, from, strong || notice.weak),
    }
}

/// 加, 添 or a plus stands directly before.
fn added_before(text: Text<'_>, at: usize) -> bool {
    text.slice(0, at)
        .trim_end_matches([' ', '工'])
        .ends_with(['加', '添', '+', '➕', '找'])
}

/// vx, wx, qq and v信 at the beginning of a word.
fn latin(text: Text<'_>, at: usize) -> Option<Notice> {
    let letters = text.end_of(at, |b| b.is_ascii_lowercase());
    let word = text.slice(at, letters);
    let behind = text.char_at(letters);
    let glued = text.is_digit(letters) || matches!(text.byte(letters), b'_' | b'-');
    let (kind, weak) = match word {
        "v" | "w" | "wei" | "vx" if matches!(behind, Some('信' | '芯' | '心' | '❤')) => {
            let end = letters + width(text.byte(letters));
            return Some(Notice {
                kind: ContactKind::Wechat,
                end,
                weak: false,
            });
        }
        "wx" if text.byte(letters) == b'_' => return None,
        "vx" | "wx" | "weixin" | "wechat" | "wxh" | "vxh" => (ContactKind::Wechat, false),
        "v" if !glued => (ContactKind::Wechat, true),
        "qq" | "qqh" => (ContactKind::Qq, false),
        "q" if !matches!(text.byte(letters), b'-' | b'_') => (ContactKind::Qq, true),
        _ => return None,
    };
    Some(Notice {
        kind,
        end: letters,
        weak,
    })
}

/// 微信, 薇, 扣扣, 企鹅.
fn chinese(text: Text<'_>, at: usize) -> Option<Notice> {
    let rest = text.rest(at);
    let starts = |words: &[&str]| {
        words
            .iter()
            .find(|word| rest.starts_with(**word))
            .map(|word| at + word.len())
    };
    if let Some(end) = starts(&["微信", "薇信", "威信", "徽信", "薇芯", "微芯", "微❤", "薇❤"]) {
        return Some(Notice {
            kind: ContactKind::Wechat,
            end,
            weak: false,
        });
    }
    if let Some(end) = starts(&["扣扣", "企鹅", "球球"]) {
        return Some(Notice {
            kind: ContactKind::Qq,
            end,
            weak: false,
        });
    }
    let notice = |kind| move |end| Notice { kind, end, weak: true };
    starts(&["微", "薇", "卫星"])
        .map(notice(ContactKind::Wechat))
        .or_else(|| starts(&["扣"]).map(notice(ContactKind::Qq)))
}

/// Where the handle would begin, and whether what was skipped announces it.
fn skip_fillers(text: Text<'_>, mut at: usize) -> Option<(usize, bool)> {
    let mut strong = false;
    for _ in 0..LONGEST_GAP {
        if let Some(word) = filler_word(text, at) {
            at += word;
            strong = true;
        } else if text.is_alnum(at) {
            return Some((at, strong));
        } else {
            let next = text.char_at(at).filter(|&next| FILLERS.contains(next));
            let Some(next) = next else { break };
            strong |= !matches!(next, ' ' | '-');
            at += next.len_utf8();
        }
    }
    (text.is_alnum(at) || text.spoken(at).is_some()).then_some((at, strong))
}

/// Length of a word that belongs to the announcement: `微信id:`, `微信v:`.
fn filler_word(text: Text<'_>, at: usize) -> Option<usize> {
    let word = ["id", "kf", "v"].into_iter().find(|word| text.starts_with(at, word))?;
    matches!(text.byte(at + word.len()), b':' | b' ').then_some(word.len())
}

/// Five to eleven digits, perhaps in groups.
fn qq(text: Text<'_>, at: usize) -> Option<Contact> {
    let number = Number::read(text, at)?;
    if number.group(0).start != at {
        return None;
    }
    (1..=number.len()).rev().find_map(|upto| {
        let (digits, end) = (number.digits(upto), number.group(upto - 1).end);
        let joined = number.groups(upto)[1..]
            .iter()
            .all(|group| matches!(group.gap, Gap::Space | Gap::Hyphen | Gap::Tight | Gap::Pause));
        let fits = (5..=10).contains(&digits.len()) && digits[0] != b'0' && joined;
        (fits && ends_here(text, end)).then(|| {
            let value = digits.iter().map(|&digit| char::from(digit)).collect();
            Contact {
                span: at..end,
                kind: ContactKind::Qq,
                value,
            }
        })
    })
}

/// Nothing goes on behind the handle: no letters, no host, no amount, no mask.
fn ends_here(text: Text<'_>, end: usize) -> bool {
    let next = text.byte(end);
    let host = matches!(next, b'.' | b'-') && text.is_alnum(end + 1);
    let money = ["元", "块", "万", "人", "个"]
        .iter()
        .any(|unit| text.starts_with(end, unit));
    !next.is_ascii_alphanumeric() && !matches!(next, b'_' | b'*' | b'@') && !host && !money
}

fn wechat(text: Text<'_>, at: usize, strong: bool) -> Option<Contact> {
    let number = Number::read(text, at);
    // A mobile is found as what it is.
    if number
        .as_ref()
        .is_some_and(|number| phone::begins_with_mobile(number) || phone::find(text, number).is_some())
    {
        return None;
    }
    identifier(text, at, strong)
}

/// Six to twenty letters, digits, `-` and `_`. `strong`: letters alone will do.
fn identifier(text: Text<'_>, at: usize, strong: bool) -> Option<Contact> {
    let end = text.end_of(at, |b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
    let id = text.slice(at, end).trim_end_matches(['-', '_']);
    let end = at + id.len();
    let letters = id.bytes().all(|b| b.is_ascii_lowercase());
    let digits = id.bytes().all(|b| b.is_ascii_digit());
    let plausible = if letters {
        strong && !WORDS.contains(&id)
    } else {
        !digits || id.len() <= 11
    };
    let named_otherwise = has_any(text.before(at, 3), &["版本", "支付"]);
    let fits = (6..=20).contains(&id.len()) && plausible && !named_otherwise && ends_here(text, end);
    fits.then(|| Contact {
        span: at..end,
        kind: ContactKind::Wechat,
        value: id.to_owned(),
    })
}
