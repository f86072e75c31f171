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
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
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

/// Everything found in a text, by what it was looked for.
#[derive(Debug, Default)]
pub(super) struct Matches(Vec<Match>);

impl Matches {
    /// All matches of that target, by their place.
    pub(super) fn of(&self, target: Target) -> &[Match] {
        let from = self.0.partition_point(|m| m.target < target);
        let to = self.0.partition_point(|m| m.target <= target);
        &self.0[from..to]
    }

    /// All matches, by target and place.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Match> {
        self.0.iter()
    }
}

/// Hits of each atom so far, kept from message to message so that nothing is allocated.
#[derive(Default)]
struct Seen {
    of: Vec<Vec<(u32, u32)>>,
    touched: Vec<u32>,
}

thread_local! {
    static SEEN: std::cell::RefCell<Seen> = std::cell::RefCell::default();
}

impl Matcher {
    /// All matches in the text.
    pub(super) fn find(&self, text: &str, clauses: &Clauses) -> Matches {
        let Some(automaton) = &self.automaton else {
            return Matches::default();
        };
        let mut matches = Vec::new();
        SEEN.with_borrow_mut(|seen| {
            for atom in seen.touched.drain(..) {
                seen.of[atom as usize].clear();
            }
            if seen.of.len() < self.ending.len() {
                seen.of.resize(self.ending.len(), Vec::new());
            }
            for hit in automaton.find_overlapping_iter(text) {
                let (Ok(start), Ok(end)) = (u32::try_from(hit.start()), u32::try_from(hit.end())) else {
                    break;
                };
                for &atom in &self.atoms_of[hit.value() as usize] {
                    for compiled in &self.ending[atom as usize] {
                        let mut walk = Walk {
                            text,
                            clauses,
                            seen: &seen.of,
                            steps: 0,
                        };
                        if let Some(first) = walk.back(&compiled.back, start) {
                            matches.push(Match {
                                target: compiled.target,
                                span: first as usize..end as usize,
                            });
                        }
                    }
                    if self.kept[atom as usize] {
                        let hits = &mut seen.of[atom as usize];
                        if hits.is_empty() {
                            seen.touched.push(atom);
                        }
                        hits.push((start, end));
                    }
                }
            }
        });
        // The longest of those that begin at one place comes first.
        matches
            .sort_unstable_by(|a, b| (a.target, a.span.start, b.span.end).cmp(&(b.target, b.span.start, a.span.end)));
        Matches(matches)
    }
}

/// Steps one walk may take: enough for any message, few enough that no text makes it slow.
const MOST_STEPS: u32 = 200;

/// Looks back for the atoms before a hit.
struct Walk<'a> {
    text: &'a str,
    clauses: &'a Clauses,
    seen: &'a [Vec<(u32, u32)>],
    steps: u32,
}

impl Walk<'_> {
    /// Where the sequence first begins, if all atoms before `start` are in their places.
    fn back(&mut self, back: &[(Gap, u32)], start: u32) -> Option<u32> {
        let Some(&(gap, atom)) = back.first() else {
            return Some(start);
        };
        // No character has more than four bytes, so a hit that ends further back is out of reach.
        let reach = 4 * match gap {
            Gap::None => 0,
            Gap::Narrow => NARROW,
            Gap::Wide => WIDE,
        };
        let mut best: Option<u32> = None;
        for &(from, to) in self.seen[atom as usize].iter().rev() {
            if to > start {
                continue;
            }
            // Hits are in order of their ends, so all before are further away.
            if start - to > reach || self.steps > MOST_STEPS {
                break;
            }
            self.steps += 1;
            if self.fits(gap, from, to, start)
                && let Some(first) = self.back(&back[1..], from)
            {
                best = Some(best.map_or(first, |b| b.min(first)));
            }
        }
        best
    }

    fn fits(&self, gap: Gap, from: u32, to: u32, start: u32) -> bool {
        let (from, to, start) = (from as usize, to as usize, start as usize);
        match gap {
            Gap::None => to == start,
            Gap::Narrow => within(&self.text[to..start], NARROW) && self.clauses.same_clause(from, start),
            Gap::Wide => within(&self.text[to..start], WIDE) && self.clauses.same_sentence(from, start),
        }
    }
}

/// Whether the text has at most so many characters.
fn within(text: &str, most: u32) -> bool {
    text.len() <= most as usize || text.chars().nth(most as usize).is_none()
}
