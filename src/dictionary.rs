//! jieba's dictionary with our words added: one shared, read-only copy a process.

use jieba_rs::Jieba;

use crate::rules::Rules;
use crate::rules::pattern::{self, Atom};

/// The dictionary that folding asks and segmentation uses.
#[derive(Debug)]
pub struct Dictionary {
    jieba: Jieba,
}

impl Dictionary {
    /// jieba's default dictionary, the lenders' names and the words of the rules.
    #[must_use]
    pub fn new(rules: &Rules) -> Self {
        let mut jieba = Jieba::new();
        let words = rules
            .lenders
            .iter()
            .flat_map(|l| std::iter::once(&l.name).chain(&l.aliases));
        for word in words.chain(&rules.disguises.protect).chain(&rules.disguises.ordinary) {
            let folded = crate::fold::plain(word);
            if !jieba.has_word(&folded) {
                jieba.add_word(&folded, None, None);
            }
        }
        Self { jieba }
    }

    /// Whether jieba knows this word.
    #[must_use]
    pub fn has(&self, word: &str) -> bool {
        self.jieba.has_word(word)
    }

    pub(crate) fn jieba(&self) -> &Jieba {
        &self.jieba
    }
}

/// Every literal word of the phrases in the rules, folded, each once and in order.
#[must_use]
pub fn rule_words(rules: &Rules) -> Vec<String> {
    let phrases = rules
        .indicators
        .iter()
        .flat_map(|i| i.phrases.iter().chain(&i.requires))
        .chain(rules.signals.iter().flat_map(|s| &s.phrases));
    let mut words: Vec<String> = rules
        .classes
        .values()
        .flatten()
        .map(|w| crate::fold::plain(w))
        .collect();
    for sequence in phrases.filter_map(|p| pattern::parse(p).ok()).flatten() {
        for (_, atom) in sequence.0 {
            match atom {
                Atom::Word(word) => words.push(crate::fold::plain(&word)),
                Atom::Any(list) => words.extend(list.iter().map(|w| crate::fold::plain(w))),
                // The words of classes are in already.
                Atom::Class(_) => {}
            }
        }
    }
    words.sort();
    words.dedup();
    words
}
