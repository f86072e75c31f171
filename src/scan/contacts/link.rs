//! Links, e-mail addresses, and the names of hosts.
//!
//! Folding has made full-width marks half width, so a comma or a question mark may be the sentence's
//! rather than the link's: outside a query both end it.

use super::hosts::{CORE, PRODUCTS, WEAK, is_ending};
use super::text::{Text, has_any, width};
use super::{Contact, ContactKind};

/// Words that invite to open what follows.
#[rustfmt::skip]
const OPENING: &[&str] = &[
    "点击", "点", "登录", "登陆", "打开", "访问", "网址", "链接", "戳", "进入", "官网", "网站",
    "下载", "浏览",
];
/// Hosts have few labels; more are a sentence with stops.
const MOST_LABELS: usize = 8;
/// Limits of RFC 1035.
const LONGEST_HOST: usize = 253;
const LONGEST_LABEL: usize = 63;
/// Characters of a link whose characters stand apart.
const LONGEST_SPELLED: usize = 100;

/// The link or e-mail address that begins at `at`, or inside the word that ends at `word`.
pub(super) fn find(text: Text<'_>, at: usize, word: usize) -> Option<Contact> {
    let follows = text.byte(word);
    match follows {
        b'.' | b'-' | b'_' if !has_letter(text, at) => address_of_digits(text, at),
        b'.' | b'-' | b'_' | b'@' => address(text, at)
            .or_else(|| disguised(text, at))
            .or_else(|| chinese_address(text, at)),
        b':' | b';' => schemed(text, at, word).or_else(|| address(text, at)),
        b' ' | b'(' | b'[' => schemed(text, at, word)
            .or_else(|| disguised(text, at))
            .or_else(|| spelled(text, at, word)),
        // 点 。 · 丶 • ・ 【
        0xe7 | 0xe3 | 0xc2 | 0xe4 | 0xe2 => disguised(text, at),
        _ => None,
    }
    .or_else(|| localhost(text, at, word))
}

/// Whether what looks like a host has letters, or letters follow: amounts and dates have none.
fn has_letter(text: Text<'_>, at: usize) -> bool {
    let end = host_end(text, at);
    let behind = text.skip_spaces(end, 2);
    let first = text.byte(behind);
    text.slice(at, end).bytes().any(|b| b.is_ascii_lowercase()) || first == b'@' || first.is_ascii_lowercase()
}

/// An IP address.
fn address_of_digits(text: Text<'_>, at: usize) -> Option<Contact> {
    let end = host_end(text, at);
    if is_tail(text, at) || end - at < 7 {
        return None;
    }
    let host = ip(text, at, end)?;
    let stop = tail(text, at + host.len(), false);
    // 1.2.3.4 may number a chapter.
    (stop > at + host.len() || host.len() >= 11).then(|| link(at, stop, text.slice(at, stop)))
}

fn is_host_byte(b: u8) -> bool {
    b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_')
}

fn host_end(text: Text<'_>, at: usize) -> usize {
    text.end_within(at, LONGEST_HOST, is_host_byte)
}

/// What stands before shows that the words are the tail of something: an address, a masked name.
fn is_tail(text: Text<'_>, at: usize) -> bool {
    match text.byte_before(at) {
        b'@' | b'*' => true,
        b'.' => text.byte_before(at - 1).is_ascii_alphanumeric(),
        _ => false,
    }
}

/// `name@host` or `host/path`, with nothing inserted.
fn address(text: Text<'_>, at: usize) -> Option<Contact> {
    let end = host_end(text, at);
    if is_tail(text, at) {
        return None;
    }
    if text.byte(end) == b'@' {
        return email(text, at, end);
    }
    let words = text.slice(at, end);
    let start = at + glued_number(words);
    let host = plain_host(text, start, end)?;
    let stop = tail(text, start + host.len(), false);
    let right = stop > start + host.len() || stands_without_path(text, start, host);
    right.then(|| link(start, stop, text.slice(start, stop)))
}

fn link(start: usize, end: usize, value: &str) -> Contact {
    Contact {
        span: start..end,
        kind: ContactKind::Url,
        value: value.to_owned(),
    }
}

/// Length of a number glued to `www.`, as in `13800138000www.abc.com`.
fn glued_number(words: &str) -> usize {
    words
        .find("www.")
        .filter(|&at| words[..at].bytes().all(|b| b.is_ascii_digit()))
        .unwrap_or(0)
}

/// The host between `start` and `end`, without marks at its end.
fn plain_host(text: Text<'_>, start: usize, end: usize) -> Option<&str> {
    let words = text.slice(start, end);
    let words = &words[..words.find("..").unwrap_or(words.len())];
    let words = words.trim_end_matches(['.', '-', '_']);
    let last = words.rfind('.')?;
    if is_ending(&words[last + 1..]) {
        return is_host(words).then_some(words);
    }
    // www.abc.com3日内: the digits are the sentence's.
    let shorter = words.trim_end_matches(|c: char| c.is_ascii_digit());
    let sentence_follows = start + words.len() == end && text.byte(end) >= 0x80;
    let cut =
        shorter.len() > last + 1 && shorter.len() < words.len() && sentence_follows && is_ending(&shorter[last + 1..]);
    if cut {
        return is_host(shorter).then_some(shorter);
    }
    let unknown_ending = words[last + 1..].bytes().all(|b| b.is_ascii_lowercase()) && words.len() - last > 2;
    (words.starts_with("www.") && words[..last].len() > 4 && unknown_ending).then_some(words)
}

/// The host's last label is an ending; whether the others can be a host's.
fn is_host(words: &str) -> bool {
    let mut labels = words.split('.');
    let first = labels.next().unwrap_or("");
    let sound = |label: &str| !label.is_empty() && label.bytes().any(|b| b.is_ascii_alphanumeric());
    let two = words.len() - first.len() == words.len() - words.rfind('.').unwrap_or(0);
    let ending = words.rsplit('.').next().unwrap_or("");
    // `1.vip客户` numbers a list.
    let numbered = two && first.len() <= 2 && first.bytes().all(|b| b.is_ascii_digit()) && !CORE.contains(&ending);
    let person = two && matches!(first, "mr" | "mrs" | "ms" | "dr" | "miss" | "no" | "st");
    sound(first) && !person && labels.all(sound) && !numbered && !PRODUCTS.contains(&words)
}

/// Whether a bare host is one although its ending is also a word.
fn stands_without_path(text: Text<'_>, start: usize, host: &str) -> bool {
    let (name, ending) = host.rsplit_once('.').unwrap_or((host, ""));
    let made_up = name.starts_with("www.") || name.contains(|c: char| c == '-' || c.is_ascii_digit());
    made_up || !WEAK.contains(&ending) || has_any(text.before(start, 5), OPENING)
}

/// Four numbers up to 255.
fn ip(text: Text<'_>, start: usize, end: usize) -> Option<&str> {
    let words = text.slice(start, end).trim_end_matches('.');
    let fits = words.split('.').count() == 4
        && words
            .split('.')
            .all(|part| part.len() <= 3 && part.parse::<u8>().is_ok());
    // Versions have four parts too.
    let version = matches!(text.byte_before(start), b'v') || has_any(text.before(start, 4), &["版", "ver"]);
    (fits && !version).then_some(words)
}

fn localhost(text: Text<'_>, at: usize, word: usize) -> Option<Contact> {
    let named = text.slice(at, word) == "localhost" && !matches!(text.byte(word), b'-' | b'_' | b'.' | b'@');
    named.then(|| {
        let end = tail(text, word, false);
        link(at, end, text.slice(at, end))
    })
}

/// `name@host`: the name ends at `name_end`, where the @ stands.
fn email(text: Text<'_>, at: usize, name_end: usize) -> Option<Contact> {
    let from = name_end + 1;
    let end = text.end_within(from, LONGEST_HOST, |b| is_host_byte(b) && b != b'_');
    let (value, end) = match plain_host(text, from, end) {
        Some(host) => (host.to_owned(), from + host.len()),
        None => written_host(text, from)?,
    };
    let value = format!("{}@{value}", text.slice(at, name_end));
    Some(Contact {
        span: at..end,
        kind: ContactKind::Email,
        value,
    })
}

/// `http://…`, with the misspellings that filters miss: hxxp, `http;//`, `http:\\`, spaces.
fn schemed(text: Text<'_>, at: usize, word: usize) -> Option<Contact> {
    let name = text.slice(at, word);
    let scheme = ["https", "http", "hxxps", "hxxp", "htttp", "htpp", "htp", "ftp"]
        .into_iter()
        .find(|scheme| name.ends_with(scheme))?;
    let start = word - scheme.len();
    let colon = text.skip_spaces(word, 2);
    if !matches!(text.byte(colon), b':' | b';') {
        return None;
    }
    let slash = text.skip_spaces(colon + 1, 2);
    let behind = text.end_of(slash, |b| matches!(b, b'/' | b'\\' | b' '));
    let slashes = text.slice(slash, behind).bytes().filter(|&b| b != b' ').count();
    if behind - slash > 5 {
        return None;
    }
    let spaced = text.slice(slash, behind).contains(' ');
    let (value, end) = schemed_body(text, behind, slashes > 0 && !spaced)?;
    Some(Contact {
        span: start..end,
        kind: ContactKind::Url,
        value,
    })
}

/// Host and path behind a scheme. `any`: a host of any name will do, as in `http://kimchi`.
fn schemed_body(text: Text<'_>, at: usize, any: bool) -> Option<(String, usize)> {
    // `icbc.com@evil.cn`: what stands before the @ is a name, made to look like a host.
    let user = text.end_within(at, LONGEST_HOST, |b| {
        is_host_byte(b) || matches!(b, b':' | b'%' | b'+' | b'~')
    });
    let from = if any && text.byte(user) == b'@' { user + 1 } else { at };
    let end = host_end(text, from);
    let path = |host_end: usize| {
        let stop = tail(text, host_end, any);
        (text.slice(at, stop).to_owned(), stop)
    };
    if let Some(host) = plain_host(text, from, end).or_else(|| ip(text, from, end)) {
        return Some(path(from + host.len()));
    }
    if let Some((host, host_end)) = written_host(text, from) {
        return Some(with_tail(text, host, host_end));
    }
    if let Some(host_end) = chinese_host(text, from) {
        return Some(path(host_end));
    }
    let host = text.slice(from, end).trim_end_matches(['.', '-', '_']);
    (any && !host.is_empty()).then(|| path(from + host.len()))
}

/// The end of a host with Chinese labels and a Latin ending: `中文.com`.
fn chinese_host(text: Text<'_>, at: usize) -> Option<usize> {
    let mut end = at;
    for c in text.rest(at).chars().take(LONGEST_LABEL) {
        let label = text.end_within(end + 1, LONGEST_LABEL, |b| b.is_ascii_alphanumeric());
        if c == '.' && end > at && text.byte(label) != b'.' && is_ending(text.slice(end + 1, label)) {
            return Some(label);
        }
        if !(c.is_alphanumeric() || c == '-' || c == '.') {
            return None;
        }
        end += c.len_utf8();
    }
    None
}

/// `www.` before a host with Chinese labels.
fn chinese_address(text: Text<'_>, at: usize) -> Option<Contact> {
    let from = at + "www.".len();
    let fits = text.starts_with(at, "www.") && text.byte(from) >= 0x80 && !is_tail(text, at);
    let stop = tail(text, chinese_host(text, from).filter(|_| fits)?, false);
    Some(link(at, stop, text.slice(at, stop)))
}

/// A host with written or spaced dots: `abc点com`, `www. abc .com`, `abc[.]cn`.
fn disguised(text: Text<'_>, at: usize) -> Option<Contact> {
    if is_tail(text, at) {
        return None;
    }
    let (host, end) = written_host(text, at)?;
    let (value, end) = with_tail(text, host, end);
    Some(Contact {
        span: at..end,
        kind: ContactKind::Url,
        value,
    })
}

fn with_tail(text: Text<'_>, mut value: String, end: usize) -> (String, usize) {
    // `abc . com / q` goes on after its spaces.
    let slash = text.skip_spaces(end, 1);
    let path = text.skip_spaces(slash + 1, 1);
    if slash > end && text.byte(slash) == b'/' && text.is_alnum(path) {
        let stop = path_end(text, path);
        value.push('/');
        value.push_str(text.slice(path, stop));
        return (value, stop);
    }
    let stop = tail(text, end, false);
    value.push_str(text.slice(end, stop));
    (value, stop)
}

/// How the dots of a host are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Dot {
    Plain,
    /// With a space before it: `abc .com`.
    Spaced,
    /// With a space only behind it, as where an English sentence ends.
    Stop,
    /// In Chinese, or in brackets.
    Written,
    /// 。 alone, as where a Chinese sentence ends.
    FullStop,
}

/// The longest host from `at` on whose dots may be written in any way, and its end. At least one
/// dot is not plain.
fn written_host(text: Text<'_>, at: usize) -> Option<(String, usize)> {
    let label_end = |at| {
        text.end_within(at, LONGEST_LABEL, |b| {
            b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_')
        })
    };
    let split_www = ["w w w", "w ww", "ww w"]
        .into_iter()
        .find(|www| text.starts_with(at, www));
    // Most words are followed by no dot at all.
    if split_www.is_none() {
        dot_at(text, label_end(at))?;
    }
    let mut value = String::new();
    let (mut best, mut at, mut worst) = (None, at, Dot::Plain);
    if let Some(www) = split_www {
        value.push_str("www");
        at += www.len();
        worst = Dot::Written;
    }
    for _ in 0..MOST_LABELS {
        let end = label_end(at);
        value.push_str(text.slice(at, end));
        let label = text.slice(at, end);
        if worst != Dot::Plain && is_ending(label) && is_host(&value) && is_meant(&value, worst) {
            best = Some((value.len(), end));
        }
        let Some((dot, next)) = dot_at(text, end).filter(|_| !value.is_empty()) else {
            break;
        };
        worst = if worst == Dot::Plain {
            dot
        } else if dot == Dot::Plain {
            worst
        } else {
            lenient(worst, dot)
        };
        value.push('.');
        at = next;
    }
    let (len, end) = best?;
    value.truncate(len);
    Some((value, end))
}

/// The one of two ways to write a dot that says more clearly that a host is meant.
fn lenient(a: Dot, b: Dot) -> Dot {
    if a == Dot::Written || b == Dot::Written {
        Dot::Written
    } else if a == Dot::Spaced || b == Dot::Spaced {
        Dot::Spaced
    } else {
        a
    }
}

/// Whether a host with such dots is one, and no sentence whose next one begins with an ending.
fn is_meant(host: &str, dot: Dot) -> bool {
    let (name, ending) = host.rsplit_once('.').unwrap_or((host, ""));
    let made_up = host.starts_with("www.")
        || name.contains(|c: char| c.is_ascii_digit() || c == '-') && name.contains(|c: char| c.is_ascii_lowercase());
    let core = CORE.contains(&ending);
    match dot {
        Dot::Plain => true,
        Dot::Spaced => made_up || core || !WEAK.contains(&ending),
        Dot::Stop => (made_up || matches!(ending, "com" | "cn" | "net")) && name.len() > 1,
        Dot::Written => {
            core || made_up
                || name.contains(|c: char| c.is_ascii_lowercase()) && name.len() > 2 && !WEAK.contains(&ending)
        }
        Dot::FullStop => made_up || core && name.len() > 1,
    }
}

/// The dot at `at`, and where the next label begins.
fn dot_at(text: Text<'_>, at: usize) -> Option<(Dot, usize)> {
    let from = text.skip_spaces(at, 2);
    if text.byte(at) == b'.' && text.is_alnum(at + 1) {
        return Some((Dot::Plain, at + 1));
    }
    let (dot, behind) = match text.char_at(from)? {
        '.' if from > at => (Dot::Spaced, from + 1),
        '.' => (Dot::Stop, from + 1),
        '。' => (Dot::FullStop, from + 3),
        mark @ ('点' | '·' | '丶' | '•' | '・') => (Dot::Written, from + mark.len_utf8()),
        '(' | '[' | '【' => bracketed_dot(text, from)?,
        'd' if from > at && text.starts_with(from, "dot ") => (Dot::Written, from + 3),
        _ => return None,
    };
    let next = text.skip_spaces(behind, 2);
    text.is_alnum(next).then_some((dot, next))
}

/// `[.]`, `(dot)`, `【点】`.
fn bracketed_dot(text: Text<'_>, open: usize) -> Option<(Dot, usize)> {
    let at = text.skip_spaces(open + width(text.byte(open)), 1);
    let word = ["dot", ".", "点", "。"]
        .into_iter()
        .find(|word| text.starts_with(at, word))?;
    let close = text.skip_spaces(at + word.len(), 1);
    matches!(text.char_at(close)?, ')' | ']' | '】').then(|| (Dot::Written, close + width(text.byte(close))))
}

/// `h t t p : / / w w w . a b c . c o m`: every character by itself.
fn spelled(text: Text<'_>, at: usize, word: usize) -> Option<Contact> {
    if word - at != 1
        || is_tail(text, at)
        || text.byte_before(at) == b' ' && text.byte_before(at - 1).is_ascii_alphanumeric()
    {
        return None;
    }
    let (mut compact, mut end) = (String::new(), at);
    while compact.len() < LONGEST_SPELLED {
        let byte = text.byte(end);
        if !byte.is_ascii_graphic() {
            break;
        }
        compact.push(char::from(byte));
        end += 1;
        if text.byte(end) != b' ' || !text.byte(end + 1).is_ascii_graphic() {
            break;
        }
        end += 1;
    }
    if compact.len() < 6 {
        return None;
    }
    let whole = Text::new(&compact);
    let inner = find(whole, 0, whole.word_end(0))
        .filter(|contact| contact.kind == ContactKind::Url && contact.span == (0..compact.len()))?;
    Some(Contact { span: at..end, ..inner })
}

/// The end of port, path, query and fragment behind a host. `schemed`: a scheme stands before it.
fn tail(text: Text<'_>, host_end: usize, schemed: bool) -> usize {
    let at = port(text, host_end);
    let opens = match text.byte(at) {
        b'/' | b'\\' => schemed || is_path_byte(text.byte(at + 1)) || text.byte(at + 1) < 0x80,
        b'?' => opens_query(text, at),
        b'#' => text.is_alnum(at + 1) || matches!(text.byte(at + 1), b'/' | b'!'),
        _ => false,
    };
    if opens { path_end(text, at) } else { at }
}

/// `:8080`, but not the colon of `www.abc.com:8月1日`.
fn port(text: Text<'_>, at: usize) -> usize {
    let end = text.end_of(at + 1, |b| b.is_ascii_digit());
    let digits = end.saturating_sub(at + 1);
    let fits = text.byte(at) == b':' && (2..=5).contains(&digits) && !text.is_alnum(end) && text.byte(end) < 0x80;
    if fits { end } else { at }
}

fn is_path_byte(b: u8) -> bool {
    b.is_ascii_alphanumeric()
        || matches!(
            b,
            b'-' | b'_' | b'~' | b'%' | b'/' | b'.' | b'@' | b'=' | b'+' | b'&' | b'*' | b'$' | b'|' | b'\\'
        )
}

/// Whether the question mark at `at` begins a query; it may be the sentence's.
fn opens_query(text: Text<'_>, at: usize) -> bool {
    let end = text.end_of(at + 1, |b| is_path_byte(b) || b == b'#');
    let query = text.slice(at + 1, end);
    query.contains('=') || query.len() >= 6 && !query.starts_with(|c: char| c.is_ascii_digit())
}

fn path_end(text: Text<'_>, from: usize) -> usize {
    let (mut at, mut in_query, mut in_bracket) = (from, false, false);
    loop {
        at = text.end_of(at, is_path_byte);
        let goes_on = match text.byte(at) {
            b'?' if !in_query => opens_query(text, at) || text.byte_before(at) == b'/' && text.is_alnum(at + 1),
            b'#' => text.is_alnum(at + 1) || matches!(text.byte(at + 1), b'/' | b'!'),
            b'!' => text.byte_before(at) == b'#',
            b',' => comma_goes_on(text, at, in_query),
            b':' => text.byte(at + 1) == b'/' || colon_goes_on(text, at, in_query),
            b'?' | b';' => in_query && text.is_alnum(at + 1),
            b'(' => text.byte_before(at) == b'_' && text.byte(text.word_end(at + 1)) == b')',
            b')' => in_bracket,
            _ => false,
        };
        if !goes_on {
            break;
        }
        in_query |= matches!(text.byte(at), b'?' | b'#');
        in_bracket = text.byte(at) == b'(';
        at += 1;
    }
    from + text
        .slice(from, at)
        .trim_end_matches(['.', '*', '~', '@', '$', '+', '|', '\\'])
        .len()
}

/// A comma between the numbers of a query, or before more of a link: `/0,1607.html`, `?a=b,c&d=e`.
fn comma_goes_on(text: Text<'_>, at: usize, in_query: bool) -> bool {
    let behind = text.slice(at + 1, text.end_within(at + 1, LONGEST_HOST, is_path_byte));
    let numbers = text.byte_before(at).is_ascii_digit() && text.is_digit(at + 1);
    in_query && (numbers || behind.contains('=')) || behind.contains(".htm") || behind.contains(".shtm")
}

/// A colon inside a query or between letters, as in `/wiki/File:x`.
fn colon_goes_on(text: Text<'_>, at: usize, in_query: bool) -> bool {
    let letters = text.byte_before(at).is_ascii_lowercase() && text.byte(at + 1).is_ascii_lowercase();
    letters || in_query && text.is_alnum(at + 1)
}
