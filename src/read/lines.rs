//! JSON lines and plain lines.

use std::io::BufRead;

use serde_json::Value;

use super::{BadRow, ID, Options, RECIPIENT, Record, Row, Rows, SENDER, SENT_AT, TEXT, column};
use crate::error::InputError;
use crate::message::Message;

/// A line's number, and its text or why it is none.
type Numbered = (u64, Result<String, BadRow>);

/// Lines without their ends and without blank ones.
struct Lines<R> {
    file: String,
    reader: R,
    row: u64,
}

impl<R: BufRead> Lines<R> {
    fn next(&mut self) -> Option<Result<Numbered, InputError>> {
        loop {
            let mut bytes = Vec::new();
            match self.reader.read_until(b'\n', &mut bytes) {
                Err(source) => {
                    return Some(Err(InputError::Io {
                        path: self.file.clone(),
                        source,
                    }));
                }
                Ok(0) => return None,
                Ok(_) => {}
            }
            self.row += 1;
            while bytes.last().is_some_and(|b| matches!(b, b'\n' | b'\r')) {
                bytes.pop();
            }
            if bytes.iter().all(u8::is_ascii_whitespace) {
                continue;
            }
            let line = String::from_utf8(bytes).map_err(|e| BadRow {
                file: self.file.clone(),
                row: self.row,
                reason: format!("not valid UTF-8 at byte {} of the line", e.utf8_error().valid_up_to()),
            });
            return Some(Ok((self.row, line)));
        }
    }
}

/// A message a line; blank lines are none.
pub(super) fn plain(file: String, reader: Box<dyn BufRead + Send>) -> Rows {
    let mut lines = Lines { file, reader, row: 0 };
    Box::new(std::iter::from_fn(move || {
        Some(lines.next()?.map(|(row, line)| {
            line.map(|text| Record {
                message: Message::new(row.to_string(), text),
                row,
                columns: Vec::new(),
            })
        }))
    }))
}

/// A JSON object a line.
pub(super) fn json(file: String, reader: Box<dyn BufRead + Send>, options: Options) -> Rows {
    let mut lines = Lines {
        file: file.clone(),
        reader,
        row: 0,
    };
    Box::new(std::iter::from_fn(move || {
        Some(
            lines
                .next()?
                .map(|(row, line)| line.and_then(|line| object(&file, row, &line, &options))),
        )
    }))
}

fn object(file: &str, row: u64, line: &str, options: &Options) -> Row {
    let bad = |reason: String| BadRow {
        file: file.to_owned(),
        row,
        reason,
    };
    let value: Value = serde_json::from_str(line).map_err(|e| bad(format!("not JSON: {e}")))?;
    let Value::Object(fields) = value else {
        return Err(bad("not a JSON object".into()));
    };
    let names: Vec<String> = fields.keys().cloned().collect();
    let get = |wish: Option<&str>, usual: &[&str]| {
        column(&names, wish, usual)
            .and_then(|i| fields.get(&names[i]))
            .and_then(spelled)
    };
    let text = get(options.text_column.as_deref(), TEXT).ok_or_else(|| {
        bad(format!(
            "no field {}; the fields are: {}",
            options.text_column.as_deref().unwrap_or("text"),
            names.join(", ")
        ))
    })?;
    let message = Message {
        id: get(options.id_column.as_deref(), ID).unwrap_or_else(|| row.to_string()),
        text,
        sender: get(None, SENDER),
        recipient: get(None, RECIPIENT),
        sent_at: get(None, SENT_AT),
    };
    let columns = if options.keep {
        fields
            .iter()
            .map(|(k, v)| (k.clone(), spelled(v).unwrap_or_default()))
            .collect()
    } else {
        Vec::new()
    };
    Ok(Record { message, row, columns })
}

/// A value as text: strings as they are, null as nothing, others as JSON.
fn spelled(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(s) => Some(s.clone()),
        other => Some(other.to_string()),
    }
}
