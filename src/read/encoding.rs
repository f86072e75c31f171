//! Which encoding a file is in, and reading it as UTF-8.

use std::io::{BufRead, BufReader, Read};

use encoding_rs::{BIG5, GB18030, UTF_16BE, UTF_16LE};
use encoding_rs_io::DecodeReaderBytesBuilder;

/// Bytes looked at before the encoding is decided.
pub(super) const SAMPLE: usize = 1 << 20;
/// Share of lines that must decode for a file to be UTF-8 (DESIGN: 99.9 %).
const UTF8_LINES: f64 = 0.999;

/// An encoding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
#[value(rename_all = "lower")]
pub enum Encoding {
    /// UTF-8, with or without a byte order mark.
    Utf8,
    /// GB18030, which holds GBK and GB2312.
    Gb18030,
    /// Big5.
    Big5,
    /// UTF-16, little endian.
    Utf16le,
    /// UTF-16, big endian.
    Utf16be,
}

impl Encoding {
    /// Its usual name.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.rs().name()
    }

    fn rs(self) -> &'static encoding_rs::Encoding {
        match self {
            Self::Utf8 => encoding_rs::UTF_8,
            Self::Gb18030 => GB18030,
            Self::Big5 => BIG5,
            Self::Utf16le => UTF_16LE,
            Self::Utf16be => UTF_16BE,
        }
    }
}

/// Decides on a file's first megabyte: byte order mark; else UTF-8 when nearly all lines decode; else
/// the other encodings by evidence.
pub(super) fn detect(sample: &[u8]) -> Encoding {
    match encoding_rs::Encoding::for_bom(sample) {
        Some((e, _)) if e == UTF_16LE => return Encoding::Utf16le,
        Some((e, _)) if e == UTF_16BE => return Encoding::Utf16be,
        Some(_) => return Encoding::Utf8,
        None => {}
    }
    if let Some(wide) = utf16(sample) {
        return wide;
    }
    let lines: Vec<&[u8]> = sample.split(|&b| b == b'\n').collect();
    // The last line of a full sample may be cut in the middle of a character.
    let whole = if sample.len() == SAMPLE && lines.len() > 1 {
        &lines[..lines.len() - 1]
    } else {
        &lines[..]
    };
    // A sample without a line's end is cut in the middle of a character too.
    let cut = |l: &[u8]| {
        sample.len() == SAMPLE && lines.len() == 1 && std::str::from_utf8(l).is_err_and(|e| e.error_len().is_none())
    };
    let good = whole
        .iter()
        .filter(|l| std::str::from_utf8(l).is_ok() || cut(l))
        .count();
    let bad = whole.len() - good;
    #[allow(clippy::cast_precision_loss)]
    let share = good as f64 / whole.len().max(1) as f64;
    // Chinese in another encoding is hardly ever valid UTF-8: in a short file the bad lines are bad rows,
    // so long as other lines beyond ASCII decode.
    let wide_good = whole.iter().any(|l| !l.is_ascii() && std::str::from_utf8(l).is_ok());
    if share >= UTF8_LINES || (wide_good && bad <= 2 + whole.len() / 1000) {
        return Encoding::Utf8;
    }
    let candidates = [Encoding::Gb18030, Encoding::Big5];
    candidates
        .into_iter()
        .max_by_key(|&e| (plausible(sample, e), e == Encoding::Gb18030))
        .unwrap_or(Encoding::Gb18030)
}

/// UTF-16 without a mark: every second byte of ASCII text is zero.
fn utf16(sample: &[u8]) -> Option<Encoding> {
    let head = &sample[..sample.len().min(4096) & !1];
    if head.len() < 8 {
        return None;
    }
    let zeros = |odd: usize| head.iter().skip(odd).step_by(2).filter(|&&b| b == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let many = head.len() / 2 / 5;
    if odd > many && even == 0 {
        Some(Encoding::Utf16le)
    } else if even > many && odd == 0 {
        Some(Encoding::Utf16be)
    } else {
        None
    }
}

/// Frequent characters of messages, less three times what does not decode.
fn plausible(sample: &[u8], encoding: Encoding) -> i64 {
    const FREQUENT: &str = "的您还款期逾欠请一是在不了有我在贷元信用账户客服联系尽快時間還繳請帳單貸電話銀行借本";
    let (text, _) = encoding.rs().decode_without_bom_handling(sample);
    let frequent = text.chars().filter(|c| FREQUENT.contains(*c)).count();
    let broken = text.chars().filter(|c| *c == '\u{fffd}').count();
    i64::try_from(frequent).unwrap_or(0) - 3 * i64::try_from(broken).unwrap_or(0)
}

/// The sample as text, for looking at its first lines.
pub(super) fn decode_sample(sample: &[u8], encoding: Encoding) -> String {
    encoding.rs().decode(sample).0.into_owned()
}

/// The input as bytes of UTF-8 without a mark. UTF-8 is passed on as it is, so that a bad byte stays in
/// its row and can be reported there.
pub(super) fn utf8(mut source: impl BufRead + Send + 'static, encoding: Encoding) -> Box<dyn BufRead + Send> {
    if encoding == Encoding::Utf8 {
        if let Ok(start) = source.fill_buf()
            && start.starts_with(&[0xef, 0xbb, 0xbf])
        {
            source.consume(3);
        }
        return Box::new(source);
    }
    let decoder = DecodeReaderBytesBuilder::new()
        .encoding(Some(encoding.rs()))
        .bom_override(true)
        .build(source);
    Box::new(BufReader::with_capacity(1 << 16, strip(decoder)))
}

/// A decoder can leave the mark in; it is three bytes of UTF-8 then.
fn strip(reader: impl Read + Send + 'static) -> impl Read + Send {
    let mut reader = BufReader::new(reader);
    if let Ok(start) = reader.fill_buf()
        && start.starts_with(&[0xef, 0xbb, 0xbf])
    {
        reader.consume(3);
    }
    reader
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_are_told_apart() {
        let text = "您的借款已逾期，请尽快还款。\n请联系客服处理欠款\n".repeat(5);
        assert_eq!(detect(text.as_bytes()), Encoding::Utf8);
        assert_eq!(detect(&GB18030.encode(&text).0), Encoding::Gb18030);
        assert_eq!(
            detect(&BIG5.encode("您的借款已逾期，請盡快還款。請聯繫客服處理帳單\n").0),
            Encoding::Big5
        );
        let wide: Vec<u8> = "id,text\n1,还款\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(detect(&wide), Encoding::Utf16le);
    }

    #[test]
    fn a_sample_cut_in_the_middle_of_a_character_is_still_utf8() {
        for lead in ["", "x", "xx"] {
            let mut bytes = format!("{lead}{}", "再".repeat(SAMPLE / 3 + 2)).into_bytes();
            bytes.truncate(SAMPLE);
            assert_eq!(detect(&bytes), Encoding::Utf8);
        }
    }

    #[test]
    fn one_bad_byte_makes_a_bad_row_and_no_other_encoding() {
        let mut bytes = "id,text\n1,请还款\n2,".as_bytes().to_vec();
        bytes.extend([0xff, b'\n']);
        bytes.extend("3,欠费\n".as_bytes());
        assert_eq!(detect(&bytes), Encoding::Utf8);
    }
}
