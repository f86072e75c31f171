//! Tables: CSV and TSV.

use std::io::BufRead;

use csv::ByteRecord;

use super::{BadRow, Format, ID, Options, RECIPIENT, Record, Row, Rows, SENDER, SENT_AT, TEXT, column};
use crate::error::InputError;
use crate::message::Message;

/// Where the fields of a message stand in a row.
#[derive(Debug, Clone)]
struct Layout {
    headers: Vec<String>,
    text: usize,
    id: Option<usize>,
    sender: Option<usize>,
    recipient: Option<usize>,
    sent_at: Option<usize>,
    keep: bool,
}

pub(super) fn rows(
    file: &str,
    reader: Box<dyn BufRead + Send>,
    sample: &str,
    format: Format,
    options: &Options,
) -> Result<(Vec<(String, String)>, Rows), InputError> {
    let delimiter = options
        .delimiter
        .unwrap_or_else(|| if format == Format::Tsv { b'\t' } else { sniff(sample) });
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .from_reader(reader);
    let failed = |e: csv::Error| InputError::Format {
        path: file.to_owned(),
        problem: e.to_string(),
    };
    let headers: Vec<String> = reader
        .byte_headers()
        .map_err(failed)?
        .iter()
        .map(|h| String::from_utf8_lossy(h).trim().to_owned())
        .collect();
    if headers.iter().all(String::is_empty) {
        return Ok((Vec::new(), Box::new(std::iter::empty())));
    }
    let wanted = options.text_column.as_deref();
    let missing = |name: &str| InputError::NoColumn {
        path: file.to_owned(),
        wanted: name.to_owned(),
        columns: headers.join(", "),
    };
    let text = column(&headers, wanted, TEXT)
        .ok_or_else(|| missing(wanted.unwrap_or("text (or 短信内容, 内容, 正文, body, content, message)")))?;
    let id = column(&headers, options.id_column.as_deref(), ID);
    if let (Some(name), None) = (options.id_column.as_deref(), id) {
        return Err(missing(name));
    }
    let layout = Layout {
        text,
        id,
        sender: column(&headers, None, SENDER),
        recipient: column(&headers, None, RECIPIENT),
        sent_at: column(&headers, None, SENT_AT),
        keep: options.keep,
        headers,
    };
    let mut understood = vec![(
        "delimiter".to_owned(),
        char::from(delimiter).escape_default().to_string(),
    )];
    for (name, place) in [
        ("text", Some(layout.text)),
        ("id", layout.id),
        ("sender", layout.sender),
        ("recipient", layout.recipient),
        ("sent_at", layout.sent_at),
    ] {
        if let Some(place) = place {
            understood.push((name.to_owned(), layout.headers[place].clone()));
        }
    }
    let file = file.to_owned();
    let mut row = 0;
    let mut record = ByteRecord::new();
    let rows = std::iter::from_fn(move || match reader.read_byte_record(&mut record) {
        Ok(false) => None,
        Ok(true) => {
            row += 1;
            Some(Ok(layout.read(&file, row, &record)))
        }
        Err(error) => Some(Err(InputError::Format {
            path: file.clone(),
            problem: format!("after row {row}: {error}"),
        })),
    });
    Ok((understood, Box::new(rows)))
}

impl Layout {
    fn read(&self, file: &str, row: u64, record: &ByteRecord) -> Row {
        let bad = |reason: String| BadRow {
            file: file.to_owned(),
            row,
            reason,
        };
        let field = |place: usize| -> Result<&str, BadRow> {
            let bytes = record.get(place).ok_or_else(|| {
                bad(format!(
                    "the row has {} fields, and column {} is the {}th",
                    record.len(),
                    self.headers[place],
                    place + 1
                ))
            })?;
            std::str::from_utf8(bytes).map_err(|e| {
                bad(format!(
                    "column {} is not valid UTF-8 at byte {}",
                    self.headers[place],
                    e.valid_up_to()
                ))
            })
        };
        let optional = |place: Option<usize>| -> Result<Option<String>, BadRow> {
            match place {
                Some(place) if place < record.len() => {
                    Ok(Some(field(place)?).filter(|s| !s.is_empty()).map(str::to_owned))
                }
                _ => Ok(None),
            }
        };
        // An unquoted comma cuts a message short, and the rest must not vanish.
        if record.iter().skip(self.headers.len()).any(|f| !f.is_empty()) {
            return Err(bad(format!(
                "the row has {} fields and the header {}; a text with the delimiter in it needs quotation marks",
                record.len(),
                self.headers.len()
            )));
        }
        let message = Message {
            text: field(self.text)?.to_owned(),
            id: optional(self.id)?.unwrap_or_else(|| row.to_string()),
            sender: optional(self.sender)?,
            recipient: optional(self.recipient)?,
            sent_at: optional(self.sent_at)?,
        };
        let columns = if self.keep {
            self.headers
                .iter()
                .zip(record.iter())
                .map(|(h, v)| (h.clone(), String::from_utf8_lossy(v).into_owned()))
                .collect()
        } else {
            Vec::new()
        };
        Ok(Record { message, row, columns })
    }
}

/// The delimiter that parts the header into most columns.
fn sniff(sample: &str) -> u8 {
    let first = sample.lines().next().unwrap_or_default();
    [b',', b'\t', b';', b'|']
        .into_iter()
        .max_by_key(|&d| (first.matches(char::from(d)).count(), d == b','))
        .unwrap_or(b',')
}
