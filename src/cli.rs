//! The command line: arguments, and which command does what. Only this module prints.

mod check;
mod classify;
mod explain;
mod serve;
mod stages;
mod train;

use std::io::Read;
use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::{Parser, Subcommand, ValueEnum};

use crate::read::{Encoding, Format, Options};
use crate::{message, write};

/// 催鉴 cuijian: 读催收短信、聊天和通话，分清合规提醒、违规催收和疑似诈骗，并指出原文依据。
///
/// Reads Chinese debt-collection messages and says for each: lawful reminder, abusive collection or likely
/// fraud, with the words that show it and the rule it breaks. Works offline; stores nothing.
#[derive(Debug, Parser)]
#[command(version, max_term_width = 100)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// 批量判断 / Classify files, folders or standard input
    Classify(classify::Classify),
    /// 看一条短信 / Check one message
    Check(check::Check),
    /// 本机网页 / A local page for one message, 127.0.0.1 only
    Serve(serve::Serve),
    /// 看懂输入没有 / Say what format, encoding and columns were understood; classifies nothing
    Doctor(classify::Doctor),
    /// 规则说明 / Print a rule's definition, sources and examples; without a rule, list all
    Explain(explain::Explain),
    /// 检查规则文件 / Work with rule files
    #[command(subcommand)]
    Rules(explain::RulesCommand),
    /// 重新训练模型 / Rebuild the model and its card from the corpus
    Train(train::Train),
    /// 测一份有答案的数据 / Measure the answers on a labelled file
    Eval(train::Eval),
    /// 第一步：统一写法 / Print a message in folded spelling
    Fold(stages::Stage),
    /// 第二步：分词 / Print the words of a message
    Segment(stages::Stage),
    /// 第三步：找要素和迹象 / Print what is found in a message
    Scan(stages::Stage),
    /// 第四步：特征 / Print the features the model knows in a message
    Featurise(stages::Stage),
}

/// Language of what people read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Lang {
    /// 中文
    #[default]
    Zh,
    /// English
    En,
}

/// How input is understood.
#[derive(Debug, clap::Args)]
struct InputOptions {
    /// Format of the input; by default told by ending and content
    #[arg(long, value_name = "FORMAT")]
    from: Option<Format>,
    /// Column that holds the messages
    #[arg(long, value_name = "NAME")]
    text_column: Option<String>,
    /// Column that holds the ids
    #[arg(long, value_name = "NAME")]
    id_column: Option<String>,
    /// Delimiter of tables: one character, or \t
    #[arg(long, value_parser = delimiter)]
    delimiter: Option<u8>,
    /// Encoding of the input; by default found out
    #[arg(long)]
    encoding: Option<Encoding>,
    /// Carry the input's columns through
    #[arg(long)]
    keep: bool,
}

impl InputOptions {
    fn options(&self) -> Options {
        Options {
            format: self.from,
            text_column: self.text_column.clone(),
            id_column: self.id_column.clone(),
            delimiter: self.delimiter,
            encoding: self.encoding,
            keep: self.keep,
        }
    }
}

fn delimiter(text: &str) -> Result<u8, String> {
    match text.as_bytes() {
        [b] if b.is_ascii() => Ok(*b),
        br"\t" => Ok(b'\t'),
        _ => Err("a delimiter is one ASCII character, or \\t".into()),
    }
}

/// Runs the command; the number is the exit status.
///
/// # Errors
/// Wrong usage, or input that cannot be read: exit status 2.
pub fn run(arguments: Arguments) -> Result<u8> {
    match arguments.command {
        Command::Classify(command) => command.run(),
        Command::Check(command) => command.run(),
        Command::Serve(command) => command.run(),
        Command::Doctor(command) => command.run(),
        Command::Explain(command) => command.run(),
        Command::Rules(command) => command.run(),
        Command::Train(command) => command.run(),
        Command::Eval(command) => command.run(),
        Command::Fold(command) => command.fold(),
        Command::Segment(command) => command.segment(),
        Command::Scan(command) => command.scan(),
        Command::Featurise(command) => command.featurise(),
    }
}

/// Whether the reader of our output went away, which is no failure.
#[must_use]
pub fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause
            .downcast_ref::<std::io::Error>()
            .is_some_and(|e| e.kind() == std::io::ErrorKind::BrokenPipe)
    })
}

/// The text of the argument, or of standard input when there is none or it is `-`.
fn text_or_stdin(text: Option<&str>) -> Result<String> {
    match text {
        Some(text) if text != "-" => Ok(text.to_owned()),
        _ => {
            let mut bytes = Vec::new();
            std::io::stdin().read_to_end(&mut bytes).context("standard input")?;
            let text = String::from_utf8(bytes).map_err(|e| {
                anyhow::anyhow!(
                    "standard input is not valid UTF-8 at byte {}",
                    e.utf8_error().valid_up_to()
                )
            })?;
            Ok(text.trim_end_matches(['\n', '\r']).to_owned())
        }
    }
}

/// Rules and model of this run: the built-in ones, or with a user's rule file.
fn analyst(rules: Option<&PathBuf>) -> Result<&'static crate::Analyst> {
    let Some(path) = rules else {
        return Ok(crate::Analyst::built_in());
    };
    // Lives as long as the process, like the built-in one.
    let rules: &'static crate::rules::Rules = Box::leak(Box::new(crate::rules::Rules::with_file(path)?));
    let engine: &'static crate::engine::Engine = Box::leak(Box::new(crate::engine::Engine::new(rules)?));
    Ok(Box::leak(Box::new(crate::Analyst::new(
        engine,
        crate::classify::model::Model::built_in(),
    ))))
}

/// A message from the command line.
fn message(text: String, sender: Option<String>, sent_at: Option<String>) -> message::Message {
    message::Message {
        id: "1".into(),
        text,
        sender,
        recipient: None,
        sent_at,
    }
}

/// What an output file's name says about its format.
fn output_format(path: Option<&PathBuf>, wish: Option<write::Format>) -> write::Format {
    wish.unwrap_or_else(|| match path.and_then(|p| p.extension()).and_then(|e| e.to_str()) {
        Some(ending) if ending.eq_ignore_ascii_case("csv") => write::Format::Csv,
        _ => write::Format::Jsonl,
    })
}
