//! A folded message seen as bytes, with the character classes that the scanner asks for.

/// A letter, a digit, or the first character of a word that announces a handle: something may begin here.
const PLAIN: u8 = 1;
/// Spoken digits have the class `SPOKEN + value`.
const SPOKEN: u8 = 2;
/// First character of a Chinese word that announces a handle.
const HANDLE: u8 = 12;

/// Chinese digits as they are read out one by one; 幺 洞 拐 勾 are the radio readings of 1 0 7 9,
/// 么 and 腰 what speech recognition makes of 幺.
const READINGS: [(char, u8); 36] = [
    ('零', 0),
    ('洞', 0),
    ('一', 1),
    ('幺', 1),
    ('壹', 1),
    ('么', 1),
    ('腰', 1),
    ('妖', 1),
    ('吆', 1),
    ('二', 2),
    ('两', 2),
    ('贰', 2),
    ('三', 3),
    ('叁', 3),
    ('四', 4),
    ('肆', 4),
    ('五', 5),
    ('伍', 5),
    ('六', 6),
    ('陆', 6),
    ('七', 7),
    ('拐', 7),
    ('柒', 7),
    ('八', 8),
    ('捌', 8),
    ('九', 9),
    ('勾', 9),
    ('玖', 9),
    ('微', HANDLE - SPOKEN),
    ('薇', HANDLE - SPOKEN),
    ('威', HANDLE - SPOKEN),
    ('徽', HANDLE - SPOKEN),
    ('卫', HANDLE - SPOKEN),
    ('扣', HANDLE - SPOKEN),
    ('企', HANDLE - SPOKEN),
    ('球', HANDLE - SPOKEN),
];
/// The block of Chinese characters that the table covers: U+4E00 to U+9FFF.
const FIRST: usize = 0x4e00;
/// One load for each character instead of a search among the readings.
static CLASSES: [u8; 0x5200] = classes();

// Built by the compiler: it takes no stack when the program runs.
#[expect(clippy::large_stack_arrays)]
const fn classes() -> [u8; 0x5200] {
    let mut table = [0; 0x5200];
    let mut i = 0;
    while i < READINGS.len() {
        table[READINGS[i].0 as usize - FIRST] = SPOKEN + READINGS[i].1;
        i += 1;
    }
    table
}

/// What may begin at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Anchor {
    /// An ASCII letter or digit.
    Plain,
    /// A digit written as it is spoken.
    Spoken,
    /// 微, 扣 and the like.
    Handle,
}

/// A folded message. All positions are bytes; reading past the end gives 0 or nothing.
#[derive(Debug, Clone, Copy)]
pub(super) struct Text<'t> {
    pub(super) str: &'t str,
    bytes: &'t [u8],
}

impl<'t> Text<'t> {
    pub(super) fn new(str: &'t str) -> Self {
        Self {
            str,
            bytes: str.as_bytes(),
        }
    }

    pub(super) fn byte(self, at: usize) -> u8 {
        self.bytes.get(at).copied().unwrap_or(0)
    }

    pub(super) fn byte_before(self, at: usize) -> u8 {
        at.checked_sub(1).map_or(0, |i| self.byte(i))
    }

    pub(super) fn is_digit(self, at: usize) -> bool {
        self.byte(at).is_ascii_digit()
    }

    pub(super) fn is_alnum(self, at: usize) -> bool {
        self.byte(at).is_ascii_alphanumeric()
    }

    pub(super) fn char_at(self, at: usize) -> Option<char> {
        self.str.get(at..)?.chars().next()
    }

    pub(super) fn char_before(self, at: usize) -> Option<char> {
        self.str.get(..at)?.chars().next_back()
    }

    pub(super) fn rest(self, at: usize) -> &'t str {
        self.str.get(at..).unwrap_or("")
    }

    pub(super) fn slice(self, from: usize, to: usize) -> &'t str {
        self.str.get(from..to).unwrap_or("")
    }

    pub(super) fn starts_with(self, at: usize, word: &str) -> bool {
        self.bytes
            .get(at..)
            .is_some_and(|rest| rest.starts_with(word.as_bytes()))
    }

    /// About `chars` Chinese characters before `at`, of the same line.
    pub(super) fn before(self, at: usize, chars: usize) -> &'t str {
        let from = self.str.floor_char_boundary(at.saturating_sub(3 * chars));
        let window = self.slice(from, at);
        window.rfind('\n').map_or(window, |line| &window[line + 1..])
    }

    /// About `chars` Chinese characters from `at` on, of the same line.
    pub(super) fn after(self, at: usize, chars: usize) -> &'t str {
        let to = self.str.floor_char_boundary((at + 3 * chars).min(self.str.len()));
        let window = self.slice(at, to);
        window.find('\n').map_or(window, |line| &window[..line])
    }

    /// Where the bytes for which `is` holds end.
    pub(super) fn end_of(self, at: usize, is: impl Fn(u8) -> bool) -> usize {
        let rest = self.bytes.get(at..).unwrap_or_default();
        at + rest.iter().position(|&b| !is(b)).unwrap_or(rest.len())
    }

    /// The same, looking at no more than `most` bytes, so that long runs are not read again from each
    /// of their places.
    pub(super) fn end_within(self, at: usize, most: usize, is: impl Fn(u8) -> bool) -> usize {
        let rest = self.bytes.get(at..).unwrap_or_default();
        let rest = &rest[..rest.len().min(most)];
        at + rest.iter().position(|&b| !is(b)).unwrap_or(rest.len())
    }

    /// End of the letters and digits from `at` on.
    pub(super) fn word_end(self, at: usize) -> usize {
        self.end_of(at, |b| b.is_ascii_alphanumeric())
    }

    /// Where spaces end, but no more than `most` of them.
    pub(super) fn skip_spaces(self, at: usize, most: usize) -> usize {
        at + (0..most).take_while(|i| self.byte(at + i) == b' ').count()
    }

    /// The value of the digit that is spoken at `at`.
    pub(super) fn spoken(self, at: usize) -> Option<u8> {
        match self.class(at) {
            class @ SPOKEN..HANDLE => Some(class - SPOKEN),
            _ => None,
        }
    }

    fn class(self, at: usize) -> u8 {
        match self.bytes.get(at..) {
            Some(&[first @ 0xe4..=0xe9, second, third, ..]) => class_of(first, second, third),
            // 〇 and ○ lie outside the block.
            Some(&([0xe3, 0x80, 0x87, ..] | [0xe2, 0x97, 0x8b, ..])) => SPOKEN,
            _ => 0,
        }
    }

    /// The next place where something may begin, from the character border `at` on.
    pub(super) fn next_anchor(self, mut at: usize) -> Option<(usize, Anchor)> {
        loop {
            // The hot loop: nothing begins at nine of ten characters.
            let class = match *self.bytes.get(at..)? {
                [first @ 0xe4..=0xe9, second, third, ..] => class_of(first, second, third),
                [first, ..] if first.is_ascii_alphanumeric() => PLAIN,
                [_, ..] => self.class(at),
                [] => return None,
            };
            match class {
                0 => at += width(self.bytes[at]),
                PLAIN => return Some((at, Anchor::Plain)),
                HANDLE => return Some((at, Anchor::Handle)),
                _ => return Some((at, Anchor::Spoken)),
            }
        }
    }
}

fn class_of(first: u8, second: u8, third: u8) -> u8 {
    let code = (usize::from(first & 0xf) << 12) | (usize::from(second & 0x3f) << 6) | usize::from(third & 0x3f);
    CLASSES.get(code.wrapping_sub(FIRST)).copied().unwrap_or(0)
}

/// Bytes of the character that begins with this byte.
pub(super) fn width(first: u8) -> usize {
    match first {
        0..0xc0 => 1,
        0xc0..0xe0 => 2,
        0xe0..0xf0 => 3,
        _ => 4,
    }
}

/// Whether any of the words stands in the window.
pub(super) fn has_any(window: &str, words: &[&str]) -> bool {
    words.iter().any(|word| window.contains(word))
}

/// Whether the window ends with any of the words.
pub(super) fn ends_with_any(window: &str, words: &[&str]) -> bool {
    words.iter().any(|word| window.ends_with(word))
}
