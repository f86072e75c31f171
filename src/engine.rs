//! The stages with what they share, made once a process: rules, dictionary, folder, scanner.

use std::sync::OnceLock;

use crate::dictionary::Dictionary;
use crate::error::RuleError;
use crate::fold::{Folded, Folder};
use crate::message::Message;
use crate::rules::Rules;
use crate::scan::{Scan, Scanner};
use crate::segment::{Token, segment};

/// The stages up to `scan`, ready to read messages from any thread.
#[derive(Debug)]
pub struct Engine {
    rules: &'static Rules,
    dictionary: Dictionary,
    folder: Folder,
    scanner: Scanner<'static>,
}

/// A message after the stages up to `scan`.
#[derive(Debug, Clone)]
pub struct Reading {
    /// The folded text.
    pub folded: Folded,
    /// Its words.
    pub tokens: Vec<Token>,
    /// What was found.
    pub scan: Scan,
}

impl Engine {
    /// An engine over the built-in rules, shared by the whole process.
    ///
    /// # Panics
    /// When a built-in rule cannot be compiled, which a test of the same files excludes.
    #[must_use]
    pub fn built_in() -> &'static Self {
        static ENGINE: OnceLock<Engine> = OnceLock::new();
        ENGINE.get_or_init(|| match Self::new(Rules::built_in()) {
            Ok(engine) => engine,
            Err(error) => panic!("built-in rules: {error}"),
        })
    }

    /// An engine over other rules.
    ///
    /// # Errors
    /// A rule whose phrases cannot be compiled.
    pub fn new(rules: &'static Rules) -> Result<Self, RuleError> {
        let dictionary = Dictionary::new(rules);
        let folder = Folder::new(rules, &dictionary);
        Ok(Self {
            rules,
            folder,
            scanner: Scanner::new(rules)?,
            dictionary,
        })
    }

    /// The rules it reads by.
    #[must_use]
    pub fn rules(&self) -> &'static Rules {
        self.rules
    }

    /// The scanner alone.
    #[must_use]
    pub fn scanner(&self) -> &Scanner<'static> {
        &self.scanner
    }

    /// The first stage alone.
    #[must_use]
    pub fn fold(&self, text: &str) -> Folded {
        self.folder.fold(text, &self.dictionary)
    }

    /// The second stage alone.
    #[must_use]
    pub fn segment(&self, folded: &Folded) -> Vec<Token> {
        segment(folded.text(), &self.dictionary)
    }

    /// All stages up to `scan`.
    #[must_use]
    pub fn read(&self, message: &Message) -> Reading {
        let folded = self.fold(&message.text);
        let tokens = self.segment(&folded);
        let scan = self.scanner.scan(message, &folded);
        Reading { folded, tokens, scan }
    }
}
