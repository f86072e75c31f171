//! Writing reports: JSON lines, and CSV with nested fields as JSON text.

use std::io::{self, Write};

use serde_json::{Map, Value};

use crate::report::Report;

/// The formats that can be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// A JSON object a line.
    Jsonl,
    /// A table.
    Csv,
}

/// The columns of the CSV, in the order of the record.
const COLUMNS: &[&str] = &[
    "schema",
    "id",
    "text",
    "verdict",
    "confidence",
    "needs_review",
    "probabilities",
    "sent_at",
    "sender",
    "recipient",
    "lenders",
    "amounts",
    "dates",
    "overdue_days",
    "contacts",
    "findings",
    "reasons",
    "bias",
    "runner_up",
    "margin",
];

/// Writes reports one after another.
pub struct Writer<W: Write> {
    out: W,
    format: Format,
    excel: bool,
    header: Option<Vec<String>>,
}

impl<W: Write> Writer<W> {
    /// A writer; `excel` puts a byte order mark before a CSV and makes cells safe that look like formulas.
    pub fn new(out: W, format: Format, excel: bool) -> Self {
        Self {
            out,
            format,
            excel,
            header: None,
        }
    }

    /// The bytes of one report, to be written in order later; can be called from any thread.
    ///
    /// # Errors
    /// A report that cannot be written as JSON, which does not happen with those the program makes.
    pub fn encode(report: &Report, columns: &[(String, String)], format: Format, excel: bool) -> io::Result<Vec<u8>> {
        match format {
            Format::Jsonl if columns.is_empty() => {
                let mut bytes = serde_json::to_vec(report)?;
                bytes.push(b'\n');
                Ok(bytes)
            }
            Format::Jsonl => {
                let Value::Object(mut object) = serde_json::to_value(report)? else {
                    return Ok(Vec::new());
                };
                let kept: Map<String, Value> = columns
                    .iter()
                    .map(|(k, v)| (k.clone(), Value::String(v.clone())))
                    .collect();
                object.insert("input".into(), Value::Object(kept));
                let mut bytes = serde_json::to_vec(&object)?;
                bytes.push(b'\n');
                Ok(bytes)
            }
            Format::Csv => {
                let Value::Object(object) = serde_json::to_value(report)? else {
                    return Ok(Vec::new());
                };
                let mut row: Vec<String> = COLUMNS
                    .iter()
                    .map(|c| cell(object.get(*c).unwrap_or(&Value::Null)))
                    .collect();
                row.extend(columns.iter().map(|(_, v)| v.clone()));
                if excel {
                    row = row.into_iter().map(harmless).collect();
                }
                csv_line(&row)
            }
        }
    }

    /// Writes what [`Writer::encode`] made; before the first row, the header of a CSV with `kept` columns.
    ///
    /// # Errors
    /// What the system says.
    pub fn write(&mut self, bytes: &[u8], kept: &[(String, String)]) -> io::Result<()> {
        if self.header.is_none() {
            self.begin(kept.iter().map(|(k, _)| k.clone()).collect())?;
        }
        self.out.write_all(bytes)
    }

    fn begin(&mut self, kept: Vec<String>) -> io::Result<()> {
        if self.format == Format::Csv {
            if self.excel {
                self.out.write_all("\u{feff}".as_bytes())?;
            }
            let mut header: Vec<String> = COLUMNS.iter().map(|c| (*c).to_owned()).collect();
            header.extend(kept.iter().map(|k| {
                if COLUMNS.contains(&k.as_str()) {
                    format!("input.{k}")
                } else {
                    k.clone()
                }
            }));
            self.out.write_all(&csv_line(&header)?)?;
        }
        self.header = Some(kept);
        Ok(())
    }

    /// Writes the header if no row came, and flushes.
    ///
    /// # Errors
    /// What the system says.
    pub fn finish(mut self) -> io::Result<W> {
        if self.header.is_none() {
            self.begin(Vec::new())?;
        }
        self.out.flush()?;
        Ok(self.out)
    }
}

fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(s) => s.clone(),
        other => other.to_string(),
    }
}

fn csv_line(cells: &[String]) -> io::Result<Vec<u8>> {
    let mut writer = csv::WriterBuilder::new().from_writer(Vec::new());
    writer.write_record(cells)?;
    writer.into_inner().map_err(|e| io::Error::other(e.to_string()))
}

/// A cell that a spreadsheet would run as a formula gets a quotation mark before it (OWASP, CSV injection).
fn harmless(cell: String) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && cell.parse::<f64>().is_err() {
        format!("'{cell}")
    } else {
        cell
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_made_harmless_and_numbers_stay() {
        assert_eq!(harmless("=1+1".into()), "'=1+1");
        assert_eq!(harmless("-0.5".into()), "-0.5");
        assert_eq!(harmless("还款".into()), "还款");
    }
}
