//! A form as browsers post it: `application/x-www-form-urlencoded`.

/// The fields, in order.
///
/// # Errors
/// An escape that is not two hexadecimal digits, or a field that is not UTF-8.
pub(super) fn fields(body: &[u8]) -> Result<Vec<(String, String)>, &'static str> {
    body.split(|&b| b == b'&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let (name, value) = match pair.iter().position(|&b| b == b'=') {
                Some(at) => (&pair[..at], &pair[at + 1..]),
                None => (pair, &[][..]),
            };
            Ok((decoded(name)?, decoded(value)?))
        })
        .collect()
}

fn decoded(part: &[u8]) -> Result<String, &'static str> {
    let mut bytes = Vec::with_capacity(part.len());
    let mut rest = part.iter();
    let digit = |b: Option<&u8>| {
        b.and_then(|&b| char::from(b).to_digit(16))
            .and_then(|d| u8::try_from(d).ok())
    };
    while let Some(&byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => match (digit(rest.next()), digit(rest.next())) {
                (Some(high), Some(low)) => high * 16 + low,
                _ => return Err("a broken escape in the form"),
            },
            byte => byte,
        });
    }
    String::from_utf8(bytes).map_err(|_| "the form is not UTF-8")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_spaces_and_chinese_are_read() {
        let found = fields("text=%E8%BF%98+%E6%AC%BE%26a&&lang=zh&x".as_bytes()).unwrap();
        let pairs: Vec<(&str, &str)> = found.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        assert_eq!(pairs, [("text", "还 款&a"), ("lang", "zh"), ("x", "")]);
    }

    #[test]
    fn broken_forms_are_refused() {
        for body in [&b"text=%"[..], b"text=%4", b"text=%zz", b"text=%ff%fe", b"\xff=1"] {
            assert!(fields(body).is_err());
        }
    }
}
