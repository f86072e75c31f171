//! `cuijian explain` and `cuijian rules test`: rules as documentation, and their proof.

use std::io::Write;
use std::path::PathBuf;

use anyhow::{Result, bail};

use super::Lang;
use crate::engine::Engine;
use crate::rules::{Indicator, Rules};
use crate::rules_test::failures;

/// 规则说明
///
/// Prints a rule's block as documentation; without RULE, one line for each.
#[derive(Debug, clap::Args)]
pub(super) struct Explain {
    /// Id of the rule: threat.violence
    rule: Option<String>,
    /// Language
    #[arg(long, default_value = "zh")]
    lang: Lang,
}

impl Explain {
    pub(super) fn run(self) -> Result<u8> {
        let rules = Rules::built_in();
        let english = self.lang == Lang::En;
        let mut out = std::io::stdout().lock();
        let Some(id) = self.rule else {
            for indicator in &rules.indicators {
                let title = if english {
                    &indicator.title.en
                } else {
                    &indicator.title.zh
                };
                writeln!(out, "{}  {:<34} {title}", indicator.severity, indicator.id)?;
            }
            return Ok(0);
        };
        let Some(indicator) = rules.indicator(&id) else {
            let close: Vec<&str> = rules
                .indicators
                .iter()
                .map(|i| i.id.as_str())
                .filter(|i| id.split('.').any(|part| part.len() > 2 && i.contains(part)))
                .collect();
            bail!(
                "there is no rule {id}{}; `cuijian explain` lists all",
                if close.is_empty() {
                    String::new()
                } else {
                    format!("; perhaps {}", close.join(", "))
                }
            );
        };
        document(&mut out, indicator, rules, english)?;
        Ok(0)
    }
}

fn document(out: &mut impl Write, indicator: &Indicator, rules: &Rules, english: bool) -> std::io::Result<()> {
    let (title, why) = if english {
        (&indicator.title.en, &indicator.why.en)
    } else {
        (&indicator.title.zh, &indicator.why.zh)
    };
    writeln!(
        out,
        "{}  {title}  ({} / 5)\n\n{}\n\n{why}\n",
        indicator.id, indicator.severity, indicator.definition
    )?;
    for source in &indicator.sources {
        writeln!(out, "  § {}", rules.cite(source, english))?;
    }
    if !indicator.phrases.is_empty() {
        writeln!(out, "\nphrases  {}", indicator.phrases.join(" ／ "))?;
    }
    if let Some(detector) = &indicator.detector {
        writeln!(out, "\ndetector {detector}")?;
    }
    for (name, list) in [
        ("requires", &indicator.requires),
        ("unless", &indicator.unless),
        ("unless in the message", &indicator.unless_message),
    ] {
        if !list.is_empty() {
            writeln!(out, "{name}  {}", list.join(" ／ "))?;
        }
    }
    for (name, examples) in [("fires", &indicator.fires), ("silent", &indicator.silent)] {
        writeln!(out, "\n{name}")?;
        for example in examples {
            let note = example.note.as_ref().map_or_else(String::new, |n| format!("  — {n}"));
            writeln!(out, "  {}{note}", example.text)?;
        }
    }
    Ok(())
}

/// Work with rule files
#[derive(Debug, clap::Subcommand)]
pub(super) enum RulesCommand {
    /// Check a rule file of your own: format, and every example in it
    Test {
        /// The file
        file: PathBuf,
    },
}

impl RulesCommand {
    pub(super) fn run(self) -> Result<u8> {
        let Self::Test { file } = self;
        let rules: &'static Rules = Box::leak(Box::new(Rules::with_file(&file)?));
        let wrong = failures(&Engine::new(rules)?);
        let mut out = std::io::stdout().lock();
        for line in &wrong {
            writeln!(out, "{line}")?;
        }
        writeln!(
            out,
            "{} indicators, {} examples that do not come out",
            rules.indicators.len(),
            wrong.len()
        )?;
        Ok(if wrong.is_empty() { 0 } else { 2 })
    }
}
