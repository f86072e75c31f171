//! Reading messages: CSV and TSV, JSON lines, plain lines; from files, folders or standard input.
//!
//! A row that cannot be read is data too: it comes out as a [`BadRow`] with file, row and reason.

mod encoding;
mod lines;
mod table;

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use serde::Serialize;

pub use encoding::Encoding;

use crate::error::InputError;
use crate::message::Message;

/// A row that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// The message.
    pub message: Message,
    /// Row in its file, from 1, not counting the header.
    pub row: u64,
    /// The input's columns, name and value, where they are to be kept.
    pub columns: Vec<(String, String)>,
}

/// A row that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BadRow {
    /// The file, `-` for standard input.
    pub file: String,
    /// Row in its file, from 1.
    pub row: u64,
    /// Why not.
    pub reason: String,
}

/// A row, or why it is none.
pub type Row = Result<Record, BadRow>;

/// Rows one after another.
pub type Rows = Box<dyn Iterator<Item = Result<Row, InputError>> + Send>;

/// The formats that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// A table with commas, or another delimiter.
    Csv,
    /// A table with tabs.
    Tsv,
    /// A JSON object a line.
    Jsonl,
    /// A message a line.
    Lines,
}

/// How input is to be understood; what is not said is found out.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Format of every file.
    pub format: Option<Format>,
    /// Name of the column of texts.
    pub text_column: Option<String>,
    /// Name of the column of ids.
    pub id_column: Option<String>,
    /// Delimiter of tables.
    pub delimiter: Option<u8>,
    /// Encoding of every file.
    pub encoding: Option<Encoding>,
    /// Whether to keep the input's columns.
    pub keep: bool,
}

/// What was understood of one input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Understood {
    /// The file, `-` for standard input.
    pub file: String,
    /// Its format.
    pub format: Format,
    /// Its encoding.
    pub encoding: Encoding,
    /// For tables: delimiter, and the columns of text, id, sender, recipient and time.
    pub columns: Vec<(String, String)>,
}

/// Names a column of texts may have, best first; compared without case and white space.
const TEXT: &[&str] = &[
    "text",
    "短信内容",
    "消息内容",
    "内容",
    "正文",
    "body",
    "content",
    "message",
    "sms",
    "短信",
    "msg",
    "文本",
    "通话内容",
    "消息",
];
const ID: &[&str] = &["id", "编号", "序号", "message_id", "msg_id"];
const SENDER: &[&str] = &[
    "sender",
    "号码",
    "发送方",
    "发送号码",
    "address",
    "发件人",
    "from",
    "主叫号码",
];
const RECIPIENT: &[&str] = &["recipient", "接收方", "接收号码", "收件人", "to", "被叫号码"];
const SENT_AT: &[&str] = &[
    "sent_at",
    "时间",
    "发送时间",
    "date",
    "time",
    "日期",
    "timestamp",
    "接收时间",
];

/// The column of that name among the headers, by the user's wish or by the usual names.
fn column(headers: &[String], wish: Option<&str>, usual: &[&str]) -> Option<usize> {
    let same = |a: &str, b: &str| a.trim().to_lowercase() == b.to_lowercase();
    match wish {
        Some(name) => headers.iter().position(|h| same(h, name)),
        None => usual.iter().find_map(|name| headers.iter().position(|h| same(h, name))),
    }
}

/// The files an argument stands for: itself, or the readable files of a folder in order of their names.
///
/// # Errors
/// A path that does not exist or cannot be listed.
pub fn expand(inputs: &[PathBuf]) -> Result<Vec<PathBuf>, InputError> {
    let mut files = Vec::new();
    for input in inputs {
        let io = |source| InputError::Io {
            path: input.display().to_string(),
            source,
        };
        if input.as_os_str() != "-" && std::fs::metadata(input).map_err(io)?.is_dir() {
            let mut inside: Vec<PathBuf> = std::fs::read_dir(input)
                .map_err(io)?
                .filter_map(|e| e.ok().map(|e| e.path()))
                .filter(|p| {
                    p.is_file()
                        && p.extension().is_some_and(|e| {
                            ["csv", "tsv", "jsonl", "ndjson", "txt"]
                                .iter()
                                .any(|k| e.eq_ignore_ascii_case(k))
                        })
                })
                .collect();
            inside.sort();
            files.extend(inside);
        } else {
            files.push(input.clone());
        }
    }
    Ok(files)
}

/// Opens one input; `-` is standard input.
///
/// # Errors
/// A file that cannot be opened, no column of texts, a format that cannot be told.
pub fn open(path: &Path, options: &Options) -> Result<(Understood, Rows), InputError> {
    let file = path.display().to_string();
    let io = |source| InputError::Io {
        path: file.clone(),
        source,
    };
    let reader: Box<dyn Read + Send> = if path.as_os_str() == "-" {
        Box::new(std::io::stdin())
    } else {
        Box::new(File::open(path).map_err(io)?)
    };
    let mut reader = BufReader::with_capacity(encoding::SAMPLE, reader);
    let sample = fill(&mut reader).map_err(io)?;
    if let Some(problem) = unreadable(&sample) {
        return Err(InputError::Format {
            path: file,
            problem: problem.to_owned(),
        });
    }
    let encoding = options.encoding.unwrap_or_else(|| encoding::detect(&sample));
    let decoded = encoding::decode_sample(&sample, encoding);
    let format = options.format.unwrap_or_else(|| guess(path, &decoded));
    let source = std::io::Cursor::new(sample).chain(reader);
    let bytes: Box<dyn BufRead + Send> = encoding::utf8(source, encoding);
    let (columns, rows) = match format {
        Format::Csv | Format::Tsv => table::rows(&file, bytes, &decoded, format, options)?,
        Format::Jsonl => (Vec::new(), lines::json(file.clone(), bytes, options.clone())),
        Format::Lines => (Vec::new(), lines::plain(file.clone(), bytes)),
    };
    Ok((
        Understood {
            file,
            format,
            encoding,
            columns,
        },
        rows,
    ))
}

/// Why these bytes are no messages, and what to do.
fn unreadable(sample: &[u8]) -> Option<&'static str> {
    const BINARY: [(&[u8], &str); 7] = [
        (
            b"PK\x03\x04",
            "an Excel workbook or zip file; save the sheet as CSV, or unpack it, and read that",
        ),
        (
            b"\xd0\xcf\x11\xe0",
            "an old Excel workbook; save the sheet as CSV and read that",
        ),
        (
            b"PAR1",
            "a Parquet file; write it out as CSV or JSON lines and read that",
        ),
        (
            b"\x1f\x8b",
            "a gzip file; unpack it (gunzip -c FILE | cuijian classify -) and read that",
        ),
        (
            b"\x28\xb5\x2f\xfd",
            "a zstd file; unpack it (zstd -dc FILE | cuijian classify -) and read that",
        ),
        (
            b"SQLite format 3",
            "a SQLite database; export its messages as CSV and read that",
        ),
        (b"%PDF", "a PDF; copy its text into a file and read that"),
    ];
    if let Some((_, problem)) = BINARY.iter().find(|(magic, _)| sample.starts_with(magic)) {
        return Some(problem);
    }
    let start: Vec<u8> = sample
        .iter()
        .copied()
        .filter(|b| !b.is_ascii_whitespace())
        .take(2)
        .collect();
    if start == b"[{" {
        return Some("a JSON array; write one object a line (jq -c '.[]' FILE) and read that");
    }
    None
}

/// The first megabyte, or less at the end of the input.
fn fill(reader: &mut impl Read) -> std::io::Result<Vec<u8>> {
    let mut sample = Vec::new();
    reader.take(encoding::SAMPLE as u64).read_to_end(&mut sample)?;
    Ok(sample)
}

/// The format by the file's ending, else by what its first lines look like.
fn guess(path: &Path, sample: &str) -> Format {
    let ending = path
        .extension()
        .and_then(|e| e.to_str())
        .unwrap_or_default()
        .to_lowercase();
    match ending.as_str() {
        "csv" => return Format::Csv,
        "tsv" | "tab" => return Format::Tsv,
        "jsonl" | "ndjson" => return Format::Jsonl,
        "txt" => return Format::Lines,
        _ => {}
    }
    let first = sample.lines().find(|l| !l.trim().is_empty()).unwrap_or_default();
    if first.trim_start().starts_with('{') {
        return Format::Jsonl;
    }
    for (delimiter, format) in [('\t', Format::Tsv), (',', Format::Csv), (';', Format::Csv)] {
        let headers: Vec<String> = first
            .split(delimiter)
            .map(|h| h.trim_matches(['"', ' ', '\r']).to_owned())
            .collect();
        if column(&headers, None, TEXT).is_some() && (headers.len() > 1 || first.len() < 20) {
            return format;
        }
    }
    Format::Lines
}
