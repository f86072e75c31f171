//! `cuijian check`: one message, a card in the terminal.

use std::io::Write;
use std::path::PathBuf;

use anyhow::{Result, bail};

use super::{Lang, analyst, message, text_or_stdin};
use crate::show::{card::Card, terminal};

/// 看一条短信：是合规提醒、违规催收，还是疑似诈骗
///
/// Without TEXT, paste the message and end with Ctrl-D. Nothing is stored and nothing leaves the machine.
#[derive(Debug, clap::Args)]
pub(super) struct Check {
    /// The message; `-` or none is standard input
    text: Option<String>,
    /// Number it came from
    #[arg(long, value_name = "NUMBER")]
    sender: Option<String>,
    /// When it came: 2026-11-21 23:05
    #[arg(long, value_name = "TIME")]
    time: Option<String>,
    /// Print the record as JSON
    #[arg(long)]
    json: bool,
    /// Language of the card
    #[arg(long, default_value = "zh")]
    lang: Lang,
    /// A rule file of your own, added to the built-in ones
    #[arg(long, value_name = "FILE")]
    rules: Option<PathBuf>,
}

impl Check {
    pub(super) fn run(self) -> Result<u8> {
        let text = text_or_stdin(self.text.as_deref())?;
        if let Some(time) = self.time.as_deref().filter(|t| crate::scan::day_of(t).is_none()) {
            bail!("--time {time}: write it as 2026-11-21 23:05");
        }
        let analyst = analyst(self.rules.as_ref())?;
        let message = message(text, self.sender, self.time);
        let report = analyst.report(&message);
        if self.json {
            let mut out = std::io::stdout().lock();
            serde_json::to_writer(&mut out, &report)?;
            writeln!(out)?;
        } else {
            let mut out = anstream::stdout().lock();
            let card = Card::new(analyst, &message, &report, self.lang == Lang::En);
            terminal::write(&mut out, &card)?;
        }
        Ok(0)
    }
}
