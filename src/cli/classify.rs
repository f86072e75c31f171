//! `cuijian classify` and `cuijian doctor`.

use std::fs::File;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use indicatif::{ProgressBar, ProgressStyle};
use rayon::prelude::*;

use super::{InputOptions, analyst, output_format};
use crate::classify::Verdict;
use crate::read::{self, BadRow, Record};
use crate::report::Report;
use crate::write::{Format, Writer};

/// Rows in memory at once.
const BATCH: usize = 4096;

/// 批量判断短信、聊天和通话记录
///
/// Reads CSV, TSV, JSON lines or plain lines and writes one record for each message, in input order.
/// Rows that cannot be read go to OUT.errors.jsonl and are counted; the run goes on.
#[derive(Debug, clap::Args)]
pub(super) struct Classify {
    /// Files or folders; `-` or none is standard input
    input: Vec<PathBuf>,
    /// Where the records go; by default standard output
    #[arg(short, long, value_name = "OUT")]
    output: Option<PathBuf>,
    /// Format of the output; by default by the ending of OUT, else jsonl
    #[arg(long, value_name = "FORMAT")]
    to: Option<Format>,
    #[command(flatten)]
    options: InputOptions,
    /// Threads; by default one a core
    #[arg(long, value_name = "N")]
    threads: Option<usize>,
    /// For Excel: UTF-8 with BOM, and no cell that could run as a formula
    #[arg(long)]
    excel: bool,
    /// A rule file of your own, added to the built-in ones
    #[arg(long, value_name = "FILE")]
    rules: Option<PathBuf>,
    /// Exit with status 1 when a message is `aggressive`, `scam`, or has a finding of that severity (1 to 5) or more
    #[arg(long, value_name = "WHAT", value_parser = fail_on)]
    fail_on: Option<FailOn>,
}

/// What makes the exit status 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FailOn {
    Verdict(Verdict),
    Severity(u8),
}

fn fail_on(text: &str) -> Result<FailOn, String> {
    match text {
        "aggressive" => Ok(FailOn::Verdict(Verdict::Aggressive)),
        "scam" => Ok(FailOn::Verdict(Verdict::Scam)),
        _ => text
            .parse()
            .ok()
            .filter(|s| (1..=5).contains(s))
            .map(FailOn::Severity)
            .ok_or_else(|| "aggressive, scam, or a severity from 1 to 5".into()),
    }
}

impl FailOn {
    fn met(self, report: &Report) -> bool {
        match self {
            Self::Verdict(verdict) => report.verdict == verdict,
            Self::Severity(least) => report.findings.iter().any(|f| f.severity >= least),
        }
    }
}

/// What a run counts.
#[derive(Debug, Default)]
struct Counts {
    verdicts: [u64; 4],
    review: u64,
    bad: u64,
    failed: bool,
}

/// Where records go: standard output, or a file beside its final name.
enum Target {
    Stdout(BufWriter<io::StdoutLock<'static>>),
    File(BufWriter<File>),
}

impl Write for Target {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Stdout(out) => out.write(bytes),
            Self::File(out) => out.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Stdout(out) => out.flush(),
            Self::File(out) => out.flush(),
        }
    }
}

/// Where the output is written, and what becomes of it at the end.
enum Plan {
    /// Standard output.
    Stdout,
    /// A device or pipe: written as it is, since a rename would replace it.
    Direct(PathBuf),
    /// A file, written beside its final name.
    File { partial: PathBuf, output: PathBuf },
}

impl Plan {
    /// # Errors
    /// An output that is, or beside which stands, an input.
    fn new(output: Option<&Path>, inputs: &[PathBuf]) -> Result<Self> {
        let Some(output) = output else { return Ok(Self::Stdout) };
        if std::fs::metadata(output).is_ok_and(|m| !m.is_file() && !m.is_dir()) {
            return Ok(Self::Direct(output.to_owned()));
        }
        if output.is_dir() {
            bail!("{} is a folder; name a file in it", output.display());
        }
        // Behind a link stands the file that is meant.
        let output = output.canonicalize().unwrap_or_else(|_| output.to_owned());
        let partial = beside(&output, ".partial");
        for path in [&output, &partial, &beside(&output, ".errors.jsonl")] {
            if inputs.iter().any(|i| same_file(i, path)) {
                bail!(
                    "{} is an input and would be overwritten; choose another -o",
                    path.display()
                );
            }
        }
        Ok(Self::File { partial, output })
    }

    fn writes_to(&self) -> Option<&Path> {
        match self {
            Self::Stdout => None,
            Self::Direct(path) => Some(path),
            Self::File { partial, .. } => Some(partial),
        }
    }

    /// Gives the file its name; when nothing could be read, what stood there before stays.
    fn finish(&self, nothing: bool) -> Result<()> {
        let Self::File { partial, output } = self else {
            return Ok(());
        };
        if nothing {
            return std::fs::remove_file(partial).with_context(|| partial.display().to_string());
        }
        std::fs::rename(partial, output).with_context(|| format!("{} to {}", partial.display(), output.display()))
    }
}

/// `name.jsonl` → `name.jsonl.partial`: written there, renamed at the end.
fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

impl Classify {
    pub(super) fn run(self) -> Result<u8> {
        if let Some(threads) = self.threads {
            // More threads than this only wait for each other.
            rayon::ThreadPoolBuilder::new()
                .num_threads(threads.min(256))
                .build_global()
                .context("--threads")?;
        }
        let analyst = analyst(self.rules.as_ref())?;
        let inputs = if self.input.is_empty() {
            vec![PathBuf::from("-")]
        } else {
            read::expand(&self.input)?
        };
        if inputs.is_empty() {
            bail!(
                "no file with messages in {}; name the files, or end them in csv, tsv, jsonl or txt",
                self.input[0].display()
            );
        }
        let output = self.output.as_deref().filter(|o| o.as_os_str() != "-");
        let format = output_format(self.output.as_ref(), self.to);
        let plan = Plan::new(output, &inputs)?;
        let target = match plan.writes_to() {
            None => Target::Stdout(BufWriter::with_capacity(1 << 16, io::stdout().lock())),
            Some(path) => Target::File(BufWriter::with_capacity(
                1 << 20,
                File::options()
                    .write(true)
                    .create(true)
                    .truncate(true)
                    .open(path)
                    .with_context(|| path.display().to_string())?,
            )),
        };
        let mut writer = Writer::new(target, format, self.excel);
        let mut errors = Errors::new(output);
        let mut counts = Counts::default();
        let progress = Progress::new();
        let mut unread = Vec::new();
        for input in &inputs {
            let result = self.one(input, analyst, &mut writer, format, &mut errors, &mut counts, &progress);
            if let Err(error) = result {
                // An input that fails is named at the end; the others are still read.
                if error.downcast_ref::<crate::error::InputError>().is_none() {
                    return Err(error);
                }
                unread.push(error);
            }
        }
        writer.finish()?;
        let nothing = !unread.is_empty() && counts.verdicts.iter().sum::<u64>() == 0;
        plan.finish(nothing)?;
        let error_file = errors.finish()?;
        progress.done();
        if !nothing {
            summary(&counts, error_file.as_deref());
        }
        for error in &unread {
            anstream::eprintln!("cuijian: {error:#}");
        }
        Ok(if unread.is_empty() { u8::from(counts.failed) } else { 2 })
    }

    #[allow(clippy::too_many_arguments)]
    fn one(
        &self,
        input: &Path,
        analyst: &'static crate::Analyst,
        writer: &mut Writer<Target>,
        format: Format,
        errors: &mut Errors,
        counts: &mut Counts,
        progress: &Progress,
    ) -> Result<()> {
        let (_, mut rows) = read::open(input, &self.options.options())?;
        loop {
            let mut batch: Vec<Record> = Vec::with_capacity(BATCH);
            let mut end = false;
            let mut bytes = 0;
            // A batch is bounded in rows and in text, so that long rows do not fill the memory.
            while batch.len() < BATCH && bytes < 8 << 20 {
                match rows.next() {
                    None => {
                        end = true;
                        break;
                    }
                    Some(Ok(Ok(record))) => {
                        bytes += record.message.text.len();
                        batch.push(record);
                    }
                    Some(Ok(Err(bad))) => {
                        counts.bad += 1;
                        errors.push(&bad)?;
                    }
                    Some(Err(error)) => {
                        self.flush_batch(&batch, analyst, writer, format, counts, progress)?;
                        return Err(error.into());
                    }
                }
            }
            self.flush_batch(&batch, analyst, writer, format, counts, progress)?;
            if end {
                return Ok(());
            }
        }
    }

    fn flush_batch(
        &self,
        batch: &[Record],
        analyst: &'static crate::Analyst,
        writer: &mut Writer<Target>,
        format: Format,
        counts: &mut Counts,
        progress: &Progress,
    ) -> Result<()> {
        let done: Vec<(Verdict, bool, bool, io::Result<Vec<u8>>)> = batch
            .par_iter()
            .map(|record| {
                let report = analyst.report(&record.message);
                let failed = self.fail_on.is_some_and(|f| f.met(&report));
                (
                    report.verdict,
                    report.needs_review,
                    failed,
                    Writer::<Target>::encode(&report, &record.columns, format, self.excel),
                )
            })
            .collect();
        for ((verdict, review, failed, bytes), record) in done.into_iter().zip(batch) {
            writer.write(&bytes?, &record.columns)?;
            counts.verdicts[verdict.index()] += 1;
            counts.review += u64::from(review);
            counts.failed |= failed;
        }
        progress.add(batch.len() as u64);
        Ok(())
    }
}

fn same_file(a: &Path, b: &Path) -> bool {
    matches!((a.canonicalize(), b.canonicalize()), (Ok(a), Ok(b)) if a == b)
}

/// `OUT.errors.jsonl`, made when the first bad row comes.
struct Errors {
    path: PathBuf,
    out: Option<BufWriter<File>>,
}

impl Errors {
    fn new(output: Option<&Path>) -> Self {
        Self {
            path: beside(output.unwrap_or(Path::new("cuijian")), ".errors.jsonl"),
            out: None,
        }
    }

    fn push(&mut self, bad: &BadRow) -> Result<()> {
        let path = self.path.display().to_string();
        if self.out.is_none() {
            self.out = Some(BufWriter::new(File::create(&self.path).with_context(|| path.clone())?));
        }
        if let Some(out) = &mut self.out {
            serde_json::to_writer(&mut *out, bad)?;
            out.write_all(b"\n").with_context(|| path)?;
        }
        Ok(())
    }

    fn finish(self) -> Result<Option<PathBuf>> {
        let Some(mut out) = self.out else { return Ok(None) };
        out.flush().with_context(|| self.path.display().to_string())?;
        Ok(Some(self.path))
    }
}

/// A bar on a terminal, nothing elsewhere.
struct Progress(Option<ProgressBar>);

impl Progress {
    fn new() -> Self {
        if !io::stderr().is_terminal() {
            return Self(None);
        }
        let bar = ProgressBar::new_spinner();
        if let Ok(style) = ProgressStyle::with_template("{spinner} {human_pos} 条 · {per_sec} · {elapsed}") {
            bar.set_style(style);
        }
        Self(Some(bar))
    }

    fn add(&self, rows: u64) {
        if let Some(bar) = &self.0 {
            bar.inc(rows);
        }
    }

    fn done(&self) {
        if let Some(bar) = &self.0 {
            bar.finish_and_clear();
        }
    }
}

fn summary(counts: &Counts, errors: Option<&Path>) {
    anstream::eprint!("{}", crate::readme::counted(&counts.verdicts, counts.review));
    if let Some(path) = errors {
        anstream::eprintln!("  读不出的行 bad rows {}: {}", counts.bad, path.display());
    }
}

/// 看看输入被理解成什么，不做判断
#[derive(Debug, clap::Args)]
pub(super) struct Doctor {
    /// Files or folders
    #[arg(required = true)]
    input: Vec<PathBuf>,
    #[command(flatten)]
    options: InputOptions,
}

impl Doctor {
    pub(super) fn run(self) -> Result<u8> {
        let mut out = io::stdout().lock();
        for input in read::expand(&self.input)? {
            let (understood, rows) = read::open(&input, &self.options.options())?;
            writeln!(out, "{}", understood.file)?;
            writeln!(out, "  format    {:?}", understood.format)?;
            writeln!(out, "  encoding  {}", understood.encoding.name())?;
            for (name, value) in &understood.columns {
                writeln!(out, "  {name:<9} {value}")?;
            }
            for row in rows.take(5) {
                match row? {
                    Ok(record) => writeln!(
                        out,
                        "  row {:<5} {}",
                        record.row,
                        crate::show::escaped(&record.message.text.chars().take(60).collect::<String>())
                    )?,
                    Err(bad) => writeln!(out, "  row {:<5} cannot be read: {}", bad.row, bad.reason)?,
                }
            }
        }
        Ok(0)
    }
}
