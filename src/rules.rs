//! Rules as data: indicators, signals, word classes, lenders, sources and disguises.
//!
//! The files of `src/rules/` are compiled in. Each states its own examples; [`crate::scan`] has the
//! test that proves them. A new threat or lender is one block in one file.

pub mod pattern;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::error::RuleError;

/// The files of indicators, signals and word classes that are compiled in. A test holds this list complete.
const RULE_FILES: &[(&str, &str)] = &[
    ("contact.toml", include_str!("rules/contact.toml")),
    ("form.toml", include_str!("rules/form.toml")),
    ("identity.toml", include_str!("rules/identity.toml")),
    ("meta.toml", include_str!("rules/meta.toml")),
    ("money.toml", include_str!("rules/money.toml")),
    ("process.toml", include_str!("rules/process.toml")),
    ("scam.toml", include_str!("rules/scam.toml")),
    ("shame.toml", include_str!("rules/shame.toml")),
    ("signals.toml", include_str!("rules/signals.toml")),
    ("threat.toml", include_str!("rules/threat.toml")),
    ("words.toml", include_str!("rules/words.toml")),
];
const LENDERS: &str = include_str!("rules/lenders.toml");
const SOURCES: &str = include_str!("rules/sources.toml");
const DISGUISES: &str = include_str!("rules/disguises.toml");

/// The families an indicator id may begin with.
pub const FAMILIES: &[&str] = &[
    "threat", "shame", "contact", "identity", "process", "money", "scam", "form", "meta",
];

/// A Chinese and an English text for the same thing.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Bilingual {
    /// Chinese, for borrowers.
    pub zh: String,
    /// English, beside it.
    pub en: String,
}

/// A message that a rule must, or must not, find something in.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// The message.
    pub text: String,
    /// The words the finding must quote; left out: any.
    pub evidence: Option<String>,
    /// Why this example is here.
    pub note: Option<String>,
}

/// An indicator: what is looked for, why, on whose authority, and the examples that prove it.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Indicator {
    /// `family.what-it-catches`; never renamed or used again.
    pub id: String,
    /// Its name for people.
    pub title: Bilingual,
    /// 1 (worth knowing) to 5 (violence, or money about to be lost).
    pub severity: u8,
    /// What counts, in one Chinese sentence.
    pub definition: String,
    /// Why it matters to the person who gets it, Chinese and English.
    pub why: Bilingual,
    /// Ids of `sources.toml`, with an article where the facts support one: `R09:37`.
    pub sources: Vec<String>,
    /// What fires it, in the language of [`pattern`].
    #[serde(default)]
    pub phrases: Vec<String>,
    /// Name of the function in `scan/structure.rs` that finds it, for what no phrase can say.
    #[serde(default)]
    pub detector: Option<String>,
    /// At least one of these must stand anywhere in the message.
    #[serde(default)]
    pub requires: Vec<String>,
    /// Silences a match in whose clause one of these stands.
    #[serde(default)]
    pub unless: Vec<String>,
    /// Silences the rule when one of these stands anywhere in the message.
    #[serde(default)]
    pub unless_message: Vec<String>,
    /// Whether a negation or warning in the clause silences it ("不会联系您的家人"). Insults: no.
    #[serde(default = "yes")]
    pub negatable: bool,
    /// Messages it must find something in.
    pub fires: Vec<Example>,
    /// Messages it must stay silent on; at least half of them near misses.
    pub silent: Vec<Example>,
}

fn yes() -> bool {
    true
}

/// A group of phrases that tells the model something and accuses nobody: a debt, a notice, a channel.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Signal {
    /// `group.what-it-tells`.
    pub id: String,
    /// What it tells.
    pub note: String,
    /// What fires it, in the language of [`pattern`].
    pub phrases: Vec<String>,
    /// Silences a match in whose clause one of these stands.
    #[serde(default)]
    pub unless: Vec<String>,
    /// Whether a negation or warning in the clause silences it.
    #[serde(default)]
    pub negatable: bool,
    /// Messages it must find something in.
    pub fires: Vec<String>,
    /// Messages it must stay silent on.
    pub silent: Vec<String>,
}

/// What kind of institution a lender, authority or agency is (`facts/lenders.csv`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum LenderKind {
    ConsumerFinance,
    AutoFinance,
    BankState,
    BankJointStock,
    BankCity,
    BankRural,
    BankPrivateDigital,
    BankForeign,
    BankHk,
    BankTw,
    InternetPlatform,
    Microloan,
    MoneyLenderHk,
    FinanceCompanyTw,
    Payment,
    AssetManager,
    CollectionAgency,
    Authority,
    Unknown,
}

impl LenderKind {
    /// Whether it lends money itself: authorities, agencies and unknown names do not count.
    #[must_use]
    pub fn lends(self) -> bool {
        !matches!(self, Self::CollectionAgency | Self::Authority | Self::Unknown)
    }
}

/// An institution a message may name.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Lender {
    /// Legal name.
    pub name: String,
    /// What it is.
    pub kind: LenderKind,
    /// Other names: short names, products, apps, signatures.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Aliases that are also everyday words: they count only beside a word of borrowing or in 【】.
    #[serde(default)]
    pub ambiguous: Vec<String>,
    /// Published hotlines; empty means unknown, never "none".
    #[serde(default)]
    pub hotlines: Vec<String>,
    /// How sure the name is: high, medium, low.
    pub confidence: String,
    /// How sure the hotline is; empty without one.
    #[serde(default)]
    pub hotline_confidence: String,
    /// Where it is from.
    pub source: String,
}

/// A law, rule or standard that indicators refer to.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Short id, as in the collection of facts: `R09`.
    pub id: String,
    /// Title as it may be quoted.
    pub title: Bilingual,
    /// Articles whose numbers are certain enough to print.
    #[serde(default)]
    pub articles: Vec<String>,
    /// How it is known: `verbatim`, `found`, `memory, high` …
    pub standing: String,
    /// Where it was read.
    pub origin: String,
}

/// How words are disguised, as data: see `disguises.toml`.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Disguises {
    /// Characters that are slipped between the characters of a word.
    pub noise: String,
    /// Parts that are written for the character they make up: `彳正` for `征`.
    pub split: BTreeMap<String, String>,
    /// Signs that stand for a character or word: `❤` for `心`.
    pub signs: BTreeMap<String, String>,
    /// Whole spellings that stand for a word: `v信` for `微信`.
    pub spellings: BTreeMap<String, String>,
    /// Common misspellings, folded without a finding: `帐单` for `账单`.
    pub variants: BTreeMap<String, String>,
    /// Characters that are written for others that look alike: `曰` for `日`.
    pub alike: BTreeMap<String, String>,
    /// Words worth protecting that stand in no rule.
    pub protect: Vec<String>,
    /// Ordinary words that jieba does not know and that sound like protected ones.
    pub ordinary: Vec<String>,
}

/// What a rule file may hold: the built-in ones and a user's own.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleFile {
    #[serde(default)]
    indicator: Vec<Indicator>,
    #[serde(default)]
    signal: Vec<Signal>,
    /// Word classes; a class that stands in several files has the words of all.
    #[serde(default)]
    words: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LenderFile {
    lender: Vec<Lender>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SourceFile {
    source: Vec<Source>,
}

/// Everything the rule files say.
#[derive(Debug, Clone)]
pub struct Rules {
    /// All indicators, in file order.
    pub indicators: Vec<Indicator>,
    /// All signals, in file order.
    pub signals: Vec<Signal>,
    /// Word classes of `words.toml`.
    pub classes: BTreeMap<String, Vec<String>>,
    /// All institutions.
    pub lenders: Vec<Lender>,
    /// All sources.
    pub sources: Vec<Source>,
    /// How words are disguised.
    pub disguises: Disguises,
    /// SHA-256 over all rule files, hexadecimal.
    pub hash: String,
}

impl Rules {
    /// The rules that are compiled in.
    ///
    /// # Panics
    /// When a compiled-in file is broken, which a test of the same bytes excludes.
    #[must_use]
    pub fn built_in() -> &'static Self {
        static RULES: OnceLock<Rules> = OnceLock::new();
        RULES.get_or_init(|| match Self::load(RULE_FILES) {
            Ok(rules) => rules,
            Err(error) => panic!("built-in rules: {error}"),
        })
    }

    /// The built-in rules with a user's own indicator file added.
    ///
    /// # Errors
    /// When the file cannot be read, or a block in it breaks the format.
    pub fn with_file(path: &Path) -> Result<Self, RuleError> {
        let text = std::fs::read_to_string(path).map_err(|source| RuleError::Io {
            path: path.to_owned(),
            source,
        })?;
        let name = path.display().to_string();
        let mut files = RULE_FILES.to_vec();
        files.push((&name, &text));
        Self::load(&files)
    }

    fn load(files: &[(&str, &str)]) -> Result<Self, RuleError> {
        let mut digest = Sha256::new();
        let mut indicators = Vec::new();
        let mut signals = Vec::new();
        let mut classes: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (file, text) in files {
            digest.update(text);
            let read: RuleFile = read_toml(file, text)?;
            for indicator in read.indicator {
                check_indicator(file, &indicator)?;
                indicators.push(indicator);
            }
            signals.extend(read.signal);
            for (class, words) in read.words {
                classes.entry(class).or_default().extend(words);
            }
        }
        for text in [LENDERS, SOURCES, DISGUISES] {
            digest.update(text);
        }
        let rules = Self {
            indicators,
            signals,
            classes,
            lenders: read_toml::<LenderFile>("lenders.toml", LENDERS)?.lender,
            sources: read_toml::<SourceFile>("sources.toml", SOURCES)?.source,
            disguises: read_toml("disguises.toml", DISGUISES)?,
            hash: format!("{:x}", digest.finalize()),
        };
        rules.check()?;
        Ok(rules)
    }

    /// What holds between blocks: ids once, sources and classes that exist, an alias owned by one lender.
    fn check(&self) -> Result<(), RuleError> {
        let block = |file: &str, id: &str, problem: String| RuleError::Block {
            file: file.into(),
            id: id.into(),
            problem,
        };
        let mut ids = BTreeSet::new();
        for id in self
            .indicators
            .iter()
            .map(|i| &i.id)
            .chain(self.signals.iter().map(|s| &s.id))
        {
            if !ids.insert(id) {
                return Err(block(
                    "rules",
                    id,
                    "this id stands twice; give the second another".into(),
                ));
            }
        }
        let known: BTreeSet<_> = self.sources.iter().map(|s| s.id.as_str()).collect();
        for indicator in &self.indicators {
            for cited in &indicator.sources {
                let (id, article) = cited
                    .split_once(':')
                    .map_or((cited.as_str(), None), |(i, a)| (i, Some(a)));
                if !known.contains(id) {
                    return Err(block(
                        "rules",
                        &indicator.id,
                        format!("source {id} is not in sources.toml; add it there first"),
                    ));
                }
                let source = self.sources.iter().find(|s| s.id == id);
                if let (Some(article), Some(source)) = (article, source)
                    && !source.articles.iter().any(|a| a == article)
                {
                    return Err(block(
                        "rules",
                        &indicator.id,
                        format!("article {article} of {id} is not among those sure enough to print; cite {id} alone"),
                    ));
                }
            }
        }
        let mut owners = BTreeMap::new();
        for lender in &self.lenders {
            for alias in std::iter::once(&lender.name).chain(&lender.aliases) {
                if let Some(other) = owners.insert(alias, &lender.name)
                    && other != &lender.name
                {
                    return Err(block(
                        "lenders.toml",
                        &lender.name,
                        format!("「{alias}」 is also an alias of {other}; leave it to one of them"),
                    ));
                }
            }
        }
        Ok(())
    }

    /// The indicator of that id.
    #[must_use]
    pub fn indicator(&self, id: &str) -> Option<&Indicator> {
        self.indicators.iter().find(|i| i.id == id)
    }

    /// The title a source is quoted by, with its article where one is cited: `R09:37`.
    #[must_use]
    pub fn cite(&self, cited: &str, english: bool) -> String {
        let (id, article) = cited.split_once(':').map_or((cited, None), |(i, a)| (i, Some(a)));
        let Some(source) = self.sources.iter().find(|s| s.id == id) else {
            return cited.to_owned();
        };
        match (article, english) {
            (None, false) => source.title.zh.clone(),
            (None, true) => source.title.en.clone(),
            (Some(a), false) => format!("{}第{a}条", source.title.zh),
            (Some(a), true) => format!("{}, art. {a}", source.title.en),
        }
    }
}

fn read_toml<T: serde::de::DeserializeOwned>(file: &str, text: &str) -> Result<T, RuleError> {
    toml::from_str(text).map_err(|source| RuleError::Toml {
        file: file.to_owned(),
        source: Box::new(source),
    })
}

fn check_indicator(file: &str, indicator: &Indicator) -> Result<(), RuleError> {
    let problem = |problem: String| RuleError::Block {
        file: file.to_owned(),
        id: indicator.id.clone(),
        problem,
    };
    let family = indicator.id.split('.').next().unwrap_or_default();
    if !FAMILIES.contains(&family) || !indicator.id.contains('.') {
        return Err(problem(format!(
            "an id is family.what-it-catches, the family one of: {}",
            FAMILIES.join(", ")
        )));
    }
    if !(1..=5).contains(&indicator.severity) {
        return Err(problem(format!("severity {} is not 1 to 5", indicator.severity)));
    }
    if indicator.phrases.is_empty() && indicator.detector.is_none() {
        return Err(problem(
            "it has neither phrases nor a detector, so it can never fire".into(),
        ));
    }
    if indicator.fires.is_empty() || indicator.silent.is_empty() {
        return Err(problem(
            "it needs `fires` and `silent` examples: the sentence that made you write it, and its harmless twin".into(),
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_files_load() {
        assert!(Rules::built_in().indicators.len() >= 12);
    }

    #[test]
    fn every_indicator_file_of_the_folder_is_listed() {
        let others = ["lenders.toml", "sources.toml", "disguises.toml"];
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/rules");
        let mut found: Vec<String> = std::fs::read_dir(folder)
            .unwrap()
            .map(|e| e.unwrap().file_name().into_string().unwrap())
            .filter(|n| Path::new(n).extension().is_some_and(|e| e == "toml") && !others.contains(&n.as_str()))
            .collect();
        found.sort();
        let listed: Vec<_> = RULE_FILES.iter().map(|(n, _)| (*n).to_owned()).collect();
        assert_eq!(found, listed, "help: list the file in RULE_FILES of src/rules.rs");
    }

    #[test]
    fn an_unknown_field_names_file_and_field() {
        let error = Rules::load(&[("mine.toml", "[[indicator]]\nidd = \"x\"\n")])
            .unwrap_err()
            .to_string();
        assert!(error.contains("mine.toml") && error.contains("idd"), "{error}");
    }

    #[test]
    fn an_indicator_without_silent_examples_is_refused() {
        let text = r#"
[[indicator]]
id = "threat.x"
title = { zh = "甲", en = "a" }
severity = 3
definition = "甲"
why = { zh = "甲", en = "a" }
sources = []
phrases = ["甲乙"]
fires = [{ text = "甲乙" }]
silent = []
"#;
        let error = Rules::load(&[("mine.toml", text)]).unwrap_err().to_string();
        assert!(
            error.contains("mine.toml: threat.x") && error.contains("silent"),
            "{error}"
        );
    }
}
