//! All phrases of the rules as one automaton over their words, and sequences over its hits.
//!
//! One pass over the text gives every hit of every word. A sequence such as `(联系|通知)~<亲友>` is
//! looked up by its last atom and walked back over the hits of the atoms before it, so the work is
//! bounded by hits, not by phrases.

use std::collections::HashMap;
use std::ops::Range;

use daachorse::{CharwiseDoubleArrayAhoCorasick, CharwiseDoubleArrayAhoCorasickBuilder};

use super::clause::Clauses;
use crate::fold::plain;
use crate::rules::pattern::{Atom, Gap, NARROW, Sequence, WIDE, parse};

/// What a phrase was written for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Target {
    /// A phrase of the indicator of that index.
    Indicator(u16, Part),
    /// A phrase of the signal of that index.
    Signal(u16, Part),
    /// A name of the lender of that index.
    Lender(u16),
    /// A name of the lender that is an everyday word too.
    AmbiguousLender(u16),
    /// A word of the class of that index.
    Class(u16),
}

/// Which list of a block a phrase stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Part {
    Phrase,
    Requires,
    Unless,
    UnlessMessage,
}

/// A phrase found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Match {
    pub(super) target: Target,
    pub(super) span: Range<usize>,
}

#[derive(Debug)]
struct Compiled {
    /// All atoms but the last, last first: the gap behind each, and the atom.
    back: Vec<(Gap, u32)>,
    target: Target,
}

/// The automaton and its sequences.
pub(super) struct Matcher {
    automaton: Option<CharwiseDoubleArrayAhoCorasick<u32>>,
    /// For each word of the automaton, the atoms it is an instance of.
    atoms_of: Vec<Vec<u32>>,
    /// For each atom, the sequences that end with it.
    ending: Vec<Vec<Compiled>>,
    /// For each atom, whether some sequence looks back for it.
    kept: Vec<bool>,
}

impl std::fmt::Debug for Matcher {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Matcher")
            .field("words", &self.atoms_of.len())
            .finish_non_exhaustive()
    }
}

/// Collects phrases and compiles them.
#[derive(Debug, Default)]
pub(super) struct Builder {
    atoms: HashMap<Atom, u32>,
    words: HashMap<String, Vec<u32>>,
    sequences: Vec<(Sequence, Target)>,
}

impl Builder {
    /// Adds a phrase.
    ///
    /// # Errors
    /// What is wrong with the phrase.
    pub(super) fn phrase(&mut self, phrase: &str, target: Target) -> Result<(), String> {
        for sequence in parse(phrase)? {
            self.sequences.push((sequence, target));
        }
        Ok(())
    }

    /// Adds a word that needs no parsing.
    pub(super) fn word(&mut self, word: &str, target: Target) {
        self.sequences
            .push((Sequence(vec![(Gap::None, Atom::Word(word.to_owned()))]), target));
    }

    /// Compiles everything; `classes` are the words of each class.
    ///
    /// # Errors
    /// A class that does not exist, or an automaton that cannot be built.
    pub(super) fn build(
        mut self,
        classes: &std::collections::BTreeMap<String, Vec<String>>,
    ) -> Result<Matcher, String> {
        let mut ending: Vec<Vec<Compiled>> = Vec::new();
        let mut kept: Vec<bool> = Vec::new();
        for (sequence, target) in std::mem::take(&mut self.sequences) {
            let mut ids = Vec::new();
            for (gap, atom) in sequence.0 {
                if let Atom::Class(name) = &atom
                    && !classes.contains_key(name)
                {
                    return Err(format!("there is no class <{name}> in words.toml"));
                }
                ids.push((gap, self.atom(atom, classes)));
            }
            ending.resize_with(self.atoms.len(), Vec::new);
            kept.resize(self.atoms.len(), false);
            let Some(&(_, last)) = ids.last() else { continue };
            for &(_, id) in &ids[..ids.len() - 1] {
                kept[id as usize] = true;
            }
            // The gap before an atom is the gap behind the one it follows.
            let back = (0..ids.len() - 1).rev().map(|i| (ids[i + 1].0, ids[i].1)).collect();
            ending[last as usize].push(Compiled { back, target });
        }
        let mut words: Vec<(String, Vec<u32>)> = self.words.into_iter().collect();
        words.sort();
        let atoms_of = words.iter().map(|(_, atoms)| atoms.clone()).collect();
        let values = words
            .iter()
            .zip(0_u32..)
            .map(|((word, _), value)| (word.as_str(), value));
        let automaton = if words.is_empty() {
            None
        } else {
            Some(
                CharwiseDoubleArrayAhoCorasickBuilder::new()
                    .build_with_values(values)
                    .map_err(|e| format!("automaton: {e}"))?,
            )
        };
        Ok(Matcher {
            automaton,
            atoms_of,
            ending,
            kept,
        })
    }

    fn atom(&mut self, atom: Atom, classes: &std::collections::BTreeMap<String, Vec<String>>) -> u32 {
        if let Some(&id) = self.atoms.get(&atom) {
            return id;
        }
        let id = u32::try_from(self.atoms.len()).unwrap_or(u32::MAX);
        let spelled: Vec<String> = match &atom {
            Atom::Word(word) => vec![plain(word)],
            Atom::Any(words) => words.iter().map(|w| plain(w)).collect(),
            Atom::Class(name) => classes.get(name).into_iter().flatten().map(|w| plain(w)).collect(),
        };
        for word in spelled.into_iter().filter(|w| !w.is_empty()) {
            let atoms = self.words.entry(word).or_default();
            if !atoms.contains(&id) {
                atoms.push(id);
            }
        }
        self.atoms.insert(atom, id);
        id
    }
}

impl Matcher {
    /// All matches, by their end.
    pub(super) fn find(&self, text: &str, clauses: &Clauses) -> Vec<Match> {
        let Some(automaton) = &self.automaton else {
            return Vec::new();
        };
        let mut matches = Vec::new();
        let mut seen: HashMap<u32, Vec<(usize, usize)>> = HashMap::new();
        for hit in automaton.find_overlapping_iter(text) {
            let (start, end) = (hit.start(), hit.end());
            for &atom in &self.atoms_of[hit.value() as usize] {
                for compiled in &self.ending[atom as usize] {
                    if let Some(first) = walk_back(&compiled.back, start, text, clauses, &seen) {
                        matches.push(Match {
                            target: compiled.target,
                            span: first..end,
                        });
                    }
                }
                if self.kept[atom as usize] {
                    seen.entry(atom).or_default().push((start, end));
                }
            }
        }
        matches
    }
}

/// Where the sequence begins, if all atoms before `start` are in their places.
fn walk_back(
    back: &[(Gap, u32)],
    start: usize,
    text: &str,
    clauses: &Clauses,
    seen: &HashMap<u32, Vec<(usize, usize)>>,
) -> Option<usize> {
    let Some(&(gap, atom)) = back.first() else {
        return Some(start);
    };
    // No character has more than four bytes, so a hit that ends further back is out of reach.
    let reach = 4 * match gap {
        Gap::None => 0,
        Gap::Narrow => NARROW,
        Gap::Wide => WIDE,
    } as usize;
    for &(from, to) in seen.get(&atom)?.iter().rev() {
        if to > start {
            continue;
        }
        if start - to > reach {
            // Hits are in order of their ends, so all before are further away.
            return None;
        }
        let fits = match gap {
            Gap::None => to == start,
            Gap::Narrow => text[to..start].chars().count() <= NARROW as usize && clauses.same_clause(from, start),
            Gap::Wide => text[to..start].chars().count() <= WIDE as usize && clauses.same_sentence(from, start),
        };
        if fits && let Some(first) = walk_back(&back[1..], from, text, clauses, seen) {
            return Some(first);
        }
    }
    None
}
