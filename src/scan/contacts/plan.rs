//! Numbering plans: area codes, calling codes and the short numbers that everybody may call.

use std::ops::Range;

/// Numbers of five and six digits that are neither 95xxx nor 96xxx.
pub(super) const SHORT: &[&[u8]] = &[
    b"10000", b"10001", b"10010", b"10011", b"10015", b"10016", b"10018", b"10019", b"10039", b"10050", b"10060",
    b"10085", b"10086", b"10088", b"10096", b"10099", b"11183", b"11185", b"11888", b"116114", b"118114", b"12110",
    b"12117", b"12121", b"12123", b"12305", b"12306", b"12309", b"12315", b"12318", b"12320", b"12321", b"12328",
    b"12329", b"12333", b"12337", b"12338", b"12339", b"12345", b"12348", b"12350", b"12355", b"12356", b"12363",
    b"12366", b"12368", b"12369", b"12377", b"12378", b"12381", b"12386",
];
/// These are also round amounts and the first numbers one makes up.
pub(super) const COMMON: [&[u8]; 2] = [b"10000", b"12345"];
/// Second digit and allowed third digits of the area codes of four digits (03xx to 09xx).
const AREAS: [(u8, u8, &[u8]); 48] = [
    (b'3', b'1', b"0123456789"),
    (b'3', b'3', b"5"),
    (b'3', b'4', b"9"),
    (b'3', b'5', b"0123456789"),
    (b'3', b'7', b"0123456789"),
    (b'3', b'9', b"1234568"),
    (b'4', b'1', b"123456789"),
    (b'4', b'2', b"179"),
    (b'4', b'3', b"1234567"),
    (b'4', b'5', b"123456789"),
    (b'4', b'6', b"4789"),
    (b'4', b'7', b"0123456789"),
    (b'4', b'8', b"23"),
    (b'5', b'1', b"0123456789"),
    (b'5', b'2', b"37"),
    (b'5', b'3', b"0123456789"),
    (b'5', b'4', b"36"),
    (b'5', b'5', b"0123456789"),
    (b'5', b'6', b"123456"),
    (b'5', b'7', b"0123456789"),
    (b'5', b'8', b"0"),
    (b'5', b'9', b"123456789"),
    (b'6', b'3', b"12345"),
    (b'6', b'6', b"0238"),
    (b'6', b'9', b"12"),
    (b'7', b'0', b"1"),
    (b'7', b'1', b"0123456789"),
    (b'7', b'2', b"248"),
    (b'7', b'3', b"0123456789"),
    (b'7', b'4', b"3456"),
    (b'7', b'5', b"0123456789"),
    (b'7', b'6', b"023689"),
    (b'7', b'7', b"0123456789"),
    (b'7', b'9', b"0123456789"),
    (b'8', b'1', b"2345678"),
    (b'8', b'2', b"5678"),
    (b'8', b'3', b"0123456789"),
    (b'8', b'5', b"123456789"),
    (b'8', b'7', b"0123456789"),
    (b'8', b'8', b"3678"),
    (b'8', b'9', b"1234578"),
    (b'9', b'0', b"1236789"),
    (b'9', b'1', b"0123456789"),
    (b'9', b'3', b"0123456789"),
    (b'9', b'4', b"13"),
    (b'9', b'5', b"012345"),
    (b'9', b'7', b"0123456789"),
    (b'9', b'9', b"0123456789"),
];
/// A country's numbers (ITU-T E.164 and the national plans).
#[derive(Debug)]
pub(super) struct Country {
    pub(super) code: &'static [u8],
    /// How many digits stand behind the code.
    pub(super) lengths: Range<usize>,
    /// What mobiles begin with; nothing where they cannot be told.
    pub(super) mobiles: &'static [&'static [u8]],
}

const fn country(code: &'static [u8], lengths: Range<usize>, mobiles: &'static [&'static [u8]]) -> Country {
    Country { code, lengths, mobiles }
}

pub(super) const COUNTRIES: &[Country] = &[
    country(b"852", 8..9, &[b"4", b"5", b"6", b"7", b"8", b"9"]),
    country(b"853", 8..9, &[b"6"]),
    country(b"886", 8..10, &[b"9"]),
    country(b"855", 8..10, &[]),
    country(b"856", 8..11, &[b"20"]),
    country(b"880", 8..11, &[b"1"]),
    country(b"960", 7..8, &[b"7", b"9"]),
    country(b"962", 8..10, &[b"7"]),
    country(b"966", 8..10, &[b"5"]),
    country(b"971", 8..10, &[b"5"]),
    country(b"972", 8..10, &[b"5"]),
    country(b"977", 8..11, &[b"98", b"97"]),
    country(b"351", 9..10, &[b"9"]),
    country(b"353", 8..10, &[b"8"]),
    country(b"380", 9..10, &[]),
    country(b"234", 8..11, &[]),
    country(b"254", 9..10, &[b"7", b"1"]),
    country(b"20", 9..11, &[b"1"]),
    country(b"27", 9..10, &[b"6", b"7", b"8"]),
    country(b"31", 9..10, &[b"6"]),
    country(b"33", 9..10, &[b"6", b"7"]),
    country(b"34", 9..10, &[b"6", b"7"]),
    country(b"39", 9..12, &[b"3"]),
    country(b"44", 9..11, &[b"7"]),
    country(b"49", 9..12, &[b"15", b"16", b"17"]),
    country(b"52", 10..11, &[]),
    country(b"55", 10..12, &[]),
    country(b"60", 8..11, &[b"1"]),
    country(b"61", 9..10, &[b"4"]),
    country(b"62", 8..13, &[b"8"]),
    country(b"63", 8..11, &[b"9"]),
    country(b"64", 8..11, &[b"2"]),
    country(b"65", 8..9, &[b"8", b"9"]),
    country(b"66", 8..10, &[b"6", b"8", b"9"]),
    country(b"81", 9..11, &[b"70", b"80", b"90"]),
    country(b"82", 8..11, &[b"10"]),
    country(b"84", 9..11, &[b"3", b"5", b"7", b"8", b"9"]),
    country(b"91", 10..11, &[b"6", b"7", b"8", b"9"]),
    country(b"95", 8..11, &[b"9"]),
    country(b"7", 10..11, &[b"9"]),
];

pub(super) fn is_area(second: u8, third: u8, fourth: u8) -> bool {
    AREAS
        .iter()
        .any(|&(a, b, last)| (a, b) == (second, third) && last.contains(&fourth))
}

/// Digits of the area code that the number begins with.
pub(super) fn area_code(all: &[u8]) -> Option<u8> {
    match all {
        [b'0', b'1', b'0', ..]
        | [
            b'0',
            b'2',
            b'0' | b'1' | b'2' | b'3' | b'4' | b'5' | b'7' | b'8' | b'9',
            ..,
        ] => Some(3),
        [b'0', a, b, c, ..] if is_area(*a, *b, *c) => Some(4),
        _ => None,
    }
}
