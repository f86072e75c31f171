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

/// A place in the tree of sequences, read from their last atom back.
#[derive(Debug, Default)]
struct Node {
    /// What ends here: all atoms have been found.
    targets: Vec<Target>,
    /// The gap and atom before, and the node they lead to.
    before: Vec<(Gap, u32, u32)>,
}

/// What a word of the automaton may be.
#[derive(Debug, Default)]
struct Word {
    /// Nodes of the sequences that end with it.
    ends: Vec<u32>,
    /// Atoms that some sequence looks back for.
    atoms: Vec<u32>,
}

/// The automaton and its sequences.
pub(super) struct Matcher {
    automaton: Option<CharwiseDoubleArrayAhoCorasick<u32>>,
    words: Vec<Word>,
    nodes: Vec<Node>,
    /// Number of atoms.
    atoms: usize,
}

impl std::fmt::Debug for Matcher {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Matcher")
            .field("words", &self.words.len())
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
        let mut ending: Vec<Option<u32>> = Vec::new();
        let mut kept: Vec<bool> = Vec::new();
        let mut nodes: Vec<Node> = Vec::new();
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
            ending.resize(self.atoms.len(), None);
            kept.resize(self.atoms.len(), false);
            let Some(&(_, last)) = ids.last() else { continue };
            let mut node = *ending[last as usize].get_or_insert_with(|| add(&mut nodes));
            // The gap before an atom is the gap behind the one it follows.
            for i in (0..ids.len() - 1).rev() {
                let step = (ids[i + 1].0, ids[i].1);
                kept[step.1 as usize] = true;
                let known = nodes[node as usize]
                    .before
                    .iter()
                    .find(|(gap, atom, _)| (*gap, *atom) == step);
                node = if let Some(&(.., next)) = known {
                    next
                } else {
                    let next = add(&mut nodes);
                    nodes[node as usize].before.push((step.0, step.1, next));
                    next
                };
            }
            let targets = &mut nodes[node as usize].targets;
            if !targets.contains(&target) {
                targets.push(target);
            }
        }
        let mut words: Vec<(String, Vec<u32>)> = self.words.into_iter().collect();
        words.sort();
        let of = |(_, atoms): &(String, Vec<u32>)| Word {
            ends: atoms.iter().filter_map(|&a| ending[a as usize]).collect(),
            atoms: atoms.iter().copied().filter(|&a| kept[a as usize]).collect(),
        };
        let table = words.iter().map(of).collect();
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
            words: table,
            nodes,
            atoms: ending.len(),
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
pub(super) struct Matches {
    /// By target, then by place, the longest of those that begin at one place first.
    all: Vec<Match>,
    /// Each target found, in order, and where its matches begin in `all`.
    targets: Vec<(Target, usize)>,
}

impl Matches {
    fn new(mut all: Vec<Match>) -> Self {
        all.sort_unstable_by(|a, b| (a.target, a.span.start, b.span.end).cmp(&(b.target, b.span.start, a.span.end)));
        let mut targets: Vec<(Target, usize)> = Vec::new();
        for (i, found) in all.iter().enumerate() {
            if targets.last().is_none_or(|(last, _)| *last != found.target) {
                targets.push((found.target, i));
            }
        }
        Self { all, targets }
    }

    /// All matches of that target, by their place.
    pub(super) fn of(&self, target: Target) -> &[Match] {
        match self.targets.binary_search_by_key(&target, |(t, _)| *t) {
            Ok(i) => &self.all[self.targets[i].1..self.targets.get(i + 1).map_or(self.all.len(), |(_, end)| *end)],
            Err(_) => &[],
        }
    }

    /// All matches, by target and place.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Match> {
        self.all.iter()
    }

    /// Indicators of which some phrase was found, in order.
    pub(super) fn indicators(&self) -> impl Iterator<Item = u16> {
        self.targets.iter().filter_map(|(target, _)| match target {
            Target::Indicator(i, Part::Phrase) => Some(*i),
            _ => None,
        })
    }
}

/// One bit an atom.
#[derive(Default)]
struct Bits(Vec<u64>);

impl Bits {
    fn clear(&mut self, length: usize) {
        self.0.clear();
        self.0.resize(length.div_ceil(64), 0);
    }

    fn set(&mut self, bit: u32) {
        self.0[bit as usize / 64] |= 1 << (bit % 64);
    }

    fn has(&self, bit: u32) -> bool {
        self.0[bit as usize / 64] >> (bit % 64) & 1 == 1
    }
}

/// What is known while a text is read; kept from text to text so that nothing is allocated.
#[derive(Default)]
struct Seen {
    /// Words found: number, start, end.
    hits: Vec<(u32, u32, u32)>,
    /// Each word found, once.
    distinct: Vec<u32>,
    known: Bits,
    /// Atoms that stand in the text.
    present: Bits,
    /// Atoms that a sequence which ends in the text looks back for: most of those present are not.
    wanted: Bits,
    /// Hits of each wanted atom so far, by their end.
    of: Vec<Vec<(u32, u32)>>,
    touched: Vec<u32>,
}

impl Seen {
    fn push(&mut self, atom: u32, hit: (u32, u32)) {
        let hits = &mut self.of[atom as usize];
        if hits.is_empty() {
            self.touched.push(atom);
        }
        hits.push(hit);
    }
}

thread_local! {
    static SEEN: std::cell::RefCell<Seen> = std::cell::RefCell::default();
}

fn add(nodes: &mut Vec<Node>) -> u32 {
    nodes.push(Node::default());
    u32::try_from(nodes.len() - 1).unwrap_or(u32::MAX)
}

impl Matcher {
    /// All matches in the text.
    pub(super) fn find(&self, text: &str, clauses: &Clauses) -> Matches {
        let Some(automaton) = &self.automaton else {
            return Matches::default();
        };
        let mut matches = Vec::new();
        SEEN.with_borrow_mut(|seen| {
            self.collect(automaton, text, seen);
            let hits = std::mem::take(&mut seen.hits);
            for &(word, start, end) in &hits {
                let word = &self.words[word as usize];
                for &node in &word.ends {
                    let nodes = &self.nodes;
                    let mut walk = Walk {
                        nodes,
                        text,
                        clauses,
                        seen,
                        end,
                        steps: 0,
                        matches: &mut matches,
                    };
                    walk.back(node, start);
                }
                for &atom in &word.atoms {
                    if seen.wanted.has(atom) {
                        seen.push(atom, (start, end));
                    }
                }
            }
            seen.hits = hits;
        });
        Matches::new(matches)
    }

    /// All words of the text, and which atoms are worth keeping.
    fn collect(&self, automaton: &CharwiseDoubleArrayAhoCorasick<u32>, text: &str, seen: &mut Seen) {
        for atom in seen.touched.drain(..) {
            seen.of[atom as usize].clear();
        }
        seen.of.resize(self.atoms, Vec::new());
        seen.hits.clear();
        seen.distinct.clear();
        seen.known.clear(self.words.len());
        seen.present.clear(self.atoms);
        seen.wanted.clear(self.atoms);
        for hit in automaton.find_overlapping_iter(text) {
            let (Ok(start), Ok(end)) = (u32::try_from(hit.start()), u32::try_from(hit.end())) else {
                break;
            };
            let word = hit.value();
            seen.hits.push((word, start, end));
            if !seen.known.has(word) {
                seen.known.set(word);
                seen.distinct.push(word);
            }
        }
        for &word in &seen.distinct {
            for &atom in &self.words[word as usize].atoms {
                seen.present.set(atom);
            }
        }
        for &word in &seen.distinct {
            for &node in &self.words[word as usize].ends {
                self.want(node, &seen.present, &mut seen.wanted);
            }
        }
    }

    fn want(&self, node: u32, present: &Bits, wanted: &mut Bits) {
        for &(_, atom, next) in &self.nodes[node as usize].before {
            if present.has(atom) {
                wanted.set(atom);
                self.want(next, present, wanted);
            }
        }
    }
}

/// Steps one walk may take: enough for any message, few enough that no text makes it slow.
const MOST_STEPS: u32 = 500;

/// Looks back for the atoms before a hit.
struct Walk<'a> {
    nodes: &'a [Node],
    text: &'a str,
    clauses: &'a Clauses,
    seen: &'a Seen,
    /// Where the hit ends.
    end: u32,
    steps: u32,
    matches: &'a mut Vec<Match>,
}

impl Walk<'_> {
    /// Finds every sequence whose later atoms begin at `start`.
    fn back(&mut self, node: u32, start: u32) {
        let nodes = self.nodes;
        let node = &nodes[node as usize];
        let span = start as usize..self.end as usize;
        self.matches.extend(node.targets.iter().map(|&target| Match {
            target,
            span: span.clone(),
        }));
        for &(gap, atom, next) in &node.before {
            if !self.seen.wanted.has(atom) {
                continue;
            }
            // No character has more than four bytes, so a hit that ends further back is out of reach.
            let reach = 4 * match gap {
                Gap::None => 0,
                Gap::Narrow => NARROW,
                Gap::Wide => WIDE,
            };
            let seen = self.seen;
            for &(from, to) in seen.of[atom as usize].iter().rev() {
                if to > start {
                    continue;
                }
                // Hits are in order of their ends, so all before are further away.
                if start - to > reach || self.steps > MOST_STEPS {
                    break;
                }
                self.steps += 1;
                if self.fits(gap, from, to, start) {
                    self.back(next, from);
                }
            }
        }
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
