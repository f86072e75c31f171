//! Undoing disguises, driven by the words of the rules and lenders.
//!
//! A trie of protected words is walked over the text with several readings of each place: the
//! character itself, noise slipped in (skipped), parts written for a character (彳正), a sign or a
//! look-alike, pinyin for a character (立an), a character of the same sound (炸骗). A walk that ends
//! on a word with at least one such reading is undone, unless ordinary words explain the place.

use std::collections::HashMap;

use pinyin::ToPinyin;

use super::table::is_han;
use super::{Disguise, Folded, plain};
use crate::dictionary::{Dictionary, rule_words};
use crate::rules::{Disguises, Rules};

/// How a word was disguised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum DisguiseKind {
    /// Signs or spaces between its characters: 律*师*函.
    Noise,
    /// Parts written for a character: 彳正信.
    Split,
    /// A sign, an emoji or a look-alike for a character: V❤.
    Sign,
    /// Pinyin for a character: 立an.
    Pinyin,
    /// A character of the same sound: 炸骗.
    Homophone,
}

/// At most this many characters of noise stand between two characters of a word.
const MOST_NOISE: usize = 3;
/// A character may be slipped in between those of a word.
const NOISE: u8 = 1;
/// It may stand for another, begin a split character or a spelling.
const READING: u8 = 2;
/// It begins some spelling.
const SPELLING: u8 = 4;

/// Longest protected word, in characters: lender names are longer but nobody disguises them whole.
const LONGEST: usize = 8;

#[derive(Debug, Clone, Default)]
struct Node {
    /// Character and the node it leads to, by character.
    children: Vec<(char, u32)>,
    /// Sound and the child of that sound, by sound.
    sounds: Vec<(u16, char, u32)>,
    word: Option<Protection>,
}

impl Node {
    fn child(&self, c: char) -> Option<u32> {
        self.children
            .binary_search_by_key(&c, |&(child, _)| child)
            .ok()
            .map(|i| self.children[i].1)
    }

    /// All children of that sound.
    fn of_sound(&self, sound: u16) -> &[(u16, char, u32)] {
        let from = self.sounds.partition_point(|&(s, ..)| s < sound);
        let to = self.sounds.partition_point(|&(s, ..)| s <= sound);
        if sound == 0 { &[] } else { &self.sounds[from..to] }
    }
}

/// How much may be read into a protected word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Protection {
    /// A name: only noise and pinyin, since names look like many words.
    Name,
    /// A word of the rules: every reading but sound, since short words sound like many others.
    Word,
    /// A word of the list: every reading.
    Listed,
}

/// Finds and undoes disguises.
#[derive(Debug)]
pub(super) struct Undoer {
    nodes: Vec<Node>,
    /// For each character of the Basic Multilingual Plane, what it may be: see [`NOISE`] and its like.
    roles: Vec<u8>,
    /// First part → (second part, character).
    split: HashMap<char, Vec<(char, char)>>,
    signs: HashMap<char, Vec<char>>,
    alike: HashMap<char, char>,
    /// First character → spellings that begin with it, longest first; true for a disguise.
    spellings: HashMap<char, Vec<(Vec<char>, String, bool)>>,
    /// Sound of each character of U+4E00..U+A000, 0 for none.
    sounds: Vec<u16>,
    syllables: HashMap<&'static str, u16>,
    /// Pairs of characters that begin no dictionary word of their own but sound like a protected pair.
    pairs: PairSet,
}

/// A set of character pairs; answers "no" for certain and "yes" perhaps.
#[derive(Debug)]
struct PairSet(Vec<u64>);

impl PairSet {
    const BITS: usize = 1 << 18;

    fn new() -> Self {
        Self(vec![0; Self::BITS / 64])
    }

    fn place(a: char, b: char) -> usize {
        let mixed = (u64::from(a) << 21 | u64::from(b)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        usize::try_from(mixed >> 46).unwrap_or(0) % Self::BITS
    }

    fn insert(&mut self, a: char, b: char) {
        let place = Self::place(a, b);
        self.0[place / 64] |= 1 << (place % 64);
    }

    fn has(&self, a: char, b: char) -> bool {
        let place = Self::place(a, b);
        self.0[place / 64] >> (place % 64) & 1 == 1
    }
}

/// One character of the folded text, or the word a spelling stands for, with its bytes.
#[derive(Debug, Clone, Copy)]
struct Unit {
    c: char,
    at: usize,
    /// Whether a reading other than the plain one could begin or go on here.
    odd: bool,
}

/// A way through the trie.
#[derive(Debug, Clone, Copy, Default)]
struct Walk {
    node: usize,
    /// Index of the next unit.
    next: usize,
    /// Characters of the word so far, how many of them as they stand, how many by sound.
    length: usize,
    plain: usize,
    homophones: usize,
    kind: Option<DisguiseKind>,
    /// Whether the only disguise is white space or a dash, which ordinary text has too.
    soft: bool,
    /// Whether noise was just skipped: a word must not end there.
    after_noise: bool,
}

struct Found {
    from: usize,
    to: usize,
    word: String,
    kind: DisguiseKind,
}

impl Undoer {
    pub(super) fn new(rules: &Rules, dictionary: &Dictionary) -> Self {
        let data = &rules.disguises;
        let mut syllables = HashMap::new();
        let mut sounds = vec![0_u16; 0xa000 - 0x4e00];
        for (slot, c) in sounds.iter_mut().zip((0x4e00..0xa000).filter_map(char::from_u32)) {
            if let Some(sound) = c.to_pinyin() {
                let next = u16::try_from(syllables.len() + 1).unwrap_or(0);
                *slot = *syllables.entry(sound.plain()).or_insert(next);
            }
        }
        let mut undoer = Self {
            nodes: vec![Node::default()],
            roles: Vec::new(),
            split: HashMap::new(),
            signs: HashMap::new(),
            alike: one_to_one(&data.alike),
            spellings: spellings(data),
            sounds,
            syllables,
            pairs: PairSet::new(),
        };
        for (parts, whole) in &data.split {
            let parts: Vec<char> = parts.chars().collect();
            if let ([a, b], Some(c)) = (parts.as_slice(), whole.chars().next()) {
                undoer.split.entry(*a).or_default().push((*b, c));
            }
        }
        for (sign, reading) in &data.signs {
            if let (Some(sign), Some(c)) = (sign.chars().next(), reading.chars().next())
                && reading.chars().count() == 1
            {
                undoer.signs.entry(sign).or_default().push(c);
            }
        }
        undoer.collect_roles(&data.noise);
        let words = protected(rules, dictionary);
        for (word, protection) in &words {
            undoer.insert(word, *protection);
        }
        let listed = words
            .iter()
            .filter(|(_, p)| *p == Protection::Listed)
            .map(|(w, _)| w.as_str());
        undoer.collect_pairs(listed, dictionary);
        undoer
    }

    fn insert(&mut self, word: &str, protection: Protection) {
        let mut node = 0;
        for c in word.chars() {
            node = if let Some(next) = self.nodes[node].child(c) {
                next as usize
            } else {
                let next = self.nodes.len();
                let id = u32::try_from(next).unwrap_or(0);
                let sound = self.sound(c);
                self.nodes.push(Node::default());
                let parent = &mut self.nodes[node];
                let at = parent.children.partition_point(|&(child, _)| child < c);
                parent.children.insert(at, (c, id));
                let at = parent.sounds.partition_point(|&(s, child, _)| (s, child) < (sound, c));
                parent.sounds.insert(at, (sound, c, id));
                next
            };
        }
        let slot = &mut self.nodes[node].word;
        *slot = (*slot).max(Some(protection));
    }

    fn collect_roles(&mut self, noise: &str) {
        self.roles = vec![0; 0x1_0000];
        let mut set = |c: char, role: u8| {
            if let Some(slot) = self.roles.get_mut(u32::from(c) as usize) {
                *slot |= role;
            }
        };
        noise.chars().for_each(|c| set(c, NOISE));
        self.alike
            .keys()
            .chain(self.split.keys())
            .chain(self.signs.keys())
            .for_each(|&c| set(c, READING));
        self.spellings.keys().for_each(|&c| set(c, SPELLING));
    }

    /// What the character may be; those beyond the plane are emoji, which the maps are asked about.
    fn role(&self, c: char) -> u8 {
        self.roles
            .get(u32::from(c) as usize)
            .copied()
            .unwrap_or(READING | SPELLING)
    }

    fn is_noise(&self, c: char) -> bool {
        self.role(c) & NOISE != 0
    }

    /// All pairs (x, b) and (a, x) where x sounds like the missing half of a listed pair (a, b).
    fn collect_pairs<'w>(&mut self, listed: impl Iterator<Item = &'w str>, dictionary: &Dictionary) {
        let mut by_sound: HashMap<u16, Vec<char>> = HashMap::new();
        for (c, &sound) in (0x4e00..0xa000).filter_map(char::from_u32).zip(&self.sounds) {
            // Only characters that stand in the dictionary alone are written in messages.
            if sound != 0 && dictionary.has(c.encode_utf8(&mut [0; 4])) {
                by_sound.entry(sound).or_default().push(c);
            }
        }
        for word in listed {
            let chars: Vec<char> = word.chars().collect();
            for pair in chars.windows(2) {
                let (a, b) = (pair[0], pair[1]);
                for &x in by_sound.get(&self.sound(a)).into_iter().flatten().filter(|&&x| x != a) {
                    self.pairs.insert(x, b);
                }
                for &x in by_sound.get(&self.sound(b)).into_iter().flatten().filter(|&&x| x != b) {
                    self.pairs.insert(a, x);
                }
            }
        }
    }

    fn sound(&self, c: char) -> u16 {
        (u32::from(c) as usize)
            .checked_sub(0x4e00)
            .and_then(|i| self.sounds.get(i))
            .copied()
            .unwrap_or(0)
    }

    /// Undoes what it finds; returns the text as it was where there is nothing.
    pub(super) fn undo(&self, folded: Folded, dictionary: &Dictionary) -> Folded {
        let folded = closed_up(folded);
        let mut units: Vec<Unit> = folded
            .text
            .char_indices()
            .map(|(at, c)| Unit { c, at, odd: false })
            .collect();
        let mut any = false;
        for i in 0..units.len() {
            let odd = self.suspicious(&units, i);
            units[i].odd |= odd;
            // Of a pair that sounds like a listed one, either character may be the wrong one.
            if i + 1 < units.len() && self.pairs.has(units[i].c, units[i + 1].c) {
                units[i].odd = true;
                units[i + 1].odd = true;
            }
            any |= units[i].odd;
        }
        if !any {
            return folded;
        }
        let mut found: Vec<Found> = Vec::new();
        let mut next = 0;
        for i in 0..units.len() {
            if !units[i].odd || i < next {
                continue;
            }
            for start in next.max(i.saturating_sub(LONGEST))..=i {
                // A word begins with its own first character, or with what is odd here.
                if start < i && self.nodes[0].child(units[start].c).is_none() {
                    continue;
                }
                if let Some(hit) = self.at(&units, start, &folded.text, dictionary) {
                    next = hit.to;
                    found.push(hit);
                    break;
                }
            }
        }
        if found.is_empty() {
            folded
        } else {
            rewrite(&folded, &units, &found)
        }
    }

    /// Whether some reading other than the plain one could begin or go on here.
    fn suspicious(&self, units: &[Unit], i: usize) -> bool {
        let c = units[i].c;
        let role = self.role(c);
        if role == 0 && !c.is_ascii_lowercase() {
            return false;
        }
        let before = i.checked_sub(1).map(|j| units[j].c);
        let after = units.get(i + 1).map(|u| u.c);
        if is_han(c) {
            let splits = || {
                self.split
                    .get(&c)
                    .is_some_and(|parts| parts.iter().any(|(b, _)| Some(*b) == after))
            };
            return role & SPELLING != 0 || (role & READING != 0 && (self.alike.contains_key(&c) || splits()));
        }
        if c.is_ascii_alphanumeric() {
            let edge = !before.is_some_and(|b| b.is_ascii_alphanumeric());
            // Pinyin is letters; a digit can only begin a spelling.
            let pinyin = c.is_ascii_lowercase() && (before.is_some_and(is_han) || self.latin_then_han(units, i));
            return edge && (role & SPELLING != 0 || pinyin);
        }
        (role & NOISE != 0 && before.is_some_and(is_han) && !matches!(after, None | Some('\n')))
            || (role & READING != 0 && self.signs.contains_key(&c))
            || (role & SPELLING != 0 && self.spellings.contains_key(&c))
    }

    fn latin_then_han(&self, units: &[Unit], i: usize) -> bool {
        let run = units[i..]
            .iter()
            .take(7)
            .take_while(|u| u.c.is_ascii_lowercase())
            .count();
        (1..7).contains(&run) && units.get(i + run).is_some_and(|u| is_han(u.c) || self.is_noise(u.c))
    }

    /// The longest disguised word that begins at unit `start`.
    fn at(&self, units: &[Unit], start: usize, text: &str, dictionary: &Dictionary) -> Option<Found> {
        if let Some(found) = self.spelling(units, start) {
            return Some(found);
        }
        let mut best: Option<(Walk, String)> = None;
        let mut path = String::new();
        self.walk(
            units,
            &Walk {
                next: start,
                soft: true,
                ..Walk::default()
            },
            &mut path,
            &mut |walk, word| {
                if best
                    .as_ref()
                    .is_none_or(|(b, _)| (walk.length, b.homophones) > (b.length, walk.homophones))
                    && Self::plausible(units, start, walk, text, dictionary)
                {
                    best = Some((*walk, word.to_owned()));
                }
            },
        );
        let (walk, word) = best?;
        Some(Found {
            from: start,
            to: walk.next,
            word,
            kind: walk.kind?,
        })
    }

    fn spelling(&self, units: &[Unit], start: usize) -> Option<Found> {
        if self.role(units[start].c) & SPELLING == 0 {
            return None;
        }
        let options = self.spellings.get(&units[start].c)?;
        let (spelling, word, disguise) = options
            .iter()
            .find(|(s, ..)| units[start..].iter().map(|u| u.c).take(s.len()).eq(s.iter().copied()))?;
        // "加微信" begins with "加微", which stands for it: then nothing is disguised.
        if word
            .chars()
            .eq(units[start..].iter().map(|u| u.c).take(word.chars().count()))
        {
            return None;
        }
        let mut to = start + spelling.len();
        // "加薇信": the spelling "加薇" leaves the last character of its word behind.
        if units.get(to).is_some_and(|u| is_han(u.c) && word.ends_with(u.c)) {
            to += 1;
        }
        let latin = |c: char| c.is_ascii_alphanumeric();
        let joined = |a: Option<&Unit>, b: char| a.is_some_and(|a| latin(a.c)) && latin(b);
        let before = start.checked_sub(1).map(|i| &units[i]);
        if joined(before, spelling[0])
            || (joined(units.get(to), spelling[spelling.len() - 1]) && !spelling.iter().any(|c| is_han(*c)))
        {
            return None;
        }
        // Followed by digits or letters, a short Latin spelling is an id or part of a link.
        if !spelling.iter().any(|c| !c.is_ascii()) && before.is_some_and(|b| "./-_:@".contains(b.c)) {
            return None;
        }
        let kind = if *disguise {
            DisguiseKind::Sign
        } else {
            DisguiseKind::Noise
        };
        Some(Found {
            from: start,
            to,
            word: if *disguise { word.clone() } else { format!("\0{word}") },
            kind,
        })
    }

    fn walk(&self, units: &[Unit], walk: &Walk, path: &mut String, found: &mut impl FnMut(&Walk, &str)) {
        let allowed = match (self.nodes[walk.node].word, walk.kind) {
            (Some(Protection::Listed), Some(_)) => true,
            (Some(Protection::Word), Some(kind)) => kind != DisguiseKind::Homophone,
            (Some(Protection::Name), Some(kind)) => {
                matches!(kind, DisguiseKind::Noise | DisguiseKind::Pinyin) && !(walk.soft && walk.length < 3)
            }
            _ => false,
        };
        if allowed && walk.plain > 0 && !walk.after_noise {
            found(walk, path);
        }
        let Some(&Unit { c, odd, .. }) = units.get(walk.next) else {
            return;
        };
        let mut go = |node: u32, c: char, next: usize, kind: Option<DisguiseKind>, path: &mut String| {
            let length = path.len();
            path.push(c);
            let step = Walk {
                node: node as usize,
                next,
                length: walk.length + 1,
                plain: walk.plain + usize::from(kind.is_none()),
                homophones: walk.homophones + usize::from(kind == Some(DisguiseKind::Homophone)),
                kind: walk.kind.max(kind),
                soft: walk.soft && kind.is_none(),
                after_noise: false,
            };
            self.walk(units, &step, path, found);
            path.truncate(length);
        };
        let node = &self.nodes[walk.node];
        if let Some(child) = node.child(c) {
            go(child, c, walk.next + 1, None, path);
        }
        let noise = self.is_noise(c);
        if !odd && !noise {
            return;
        }
        if walk.homophones == 0 && is_han(c) {
            for &(_, child, next) in node.of_sound(self.sound(c)).iter().filter(|(_, child, _)| *child != c) {
                go(next, child, walk.next + 1, Some(DisguiseKind::Homophone), path);
            }
        }
        let reads = self.role(c) & READING != 0;
        let signs = if reads { self.signs.get(&c) } else { None };
        let alike = if reads { self.alike.get(&c) } else { None };
        for &reading in signs.into_iter().flatten().chain(alike) {
            if let Some(child) = node.child(reading) {
                go(child, reading, walk.next + 1, Some(DisguiseKind::Sign), path);
            }
        }
        let split = if reads { self.split.get(&c) } else { None };
        for &(second, whole) in split.into_iter().flatten() {
            if units.get(walk.next + 1).is_some_and(|u| u.c == second)
                && let Some(child) = node.child(whole)
            {
                go(child, whole, walk.next + 2, Some(DisguiseKind::Split), path);
            }
        }
        let latin_before = walk
            .next
            .checked_sub(1)
            .is_some_and(|i| units[i].c.is_ascii_alphanumeric());
        if c.is_ascii_lowercase()
            && !latin_before
            && let Some((length, sound)) = self.syllable(units, walk.next)
        {
            for &(_, child, next) in node.of_sound(sound) {
                go(next, child, walk.next + length, Some(DisguiseKind::Pinyin), path);
            }
        }
        if walk.length > 0 && noise {
            self.skip_noise(units, walk, path, found);
        }
    }

    fn skip_noise(&self, units: &[Unit], walk: &Walk, path: &mut String, found: &mut impl FnMut(&Walk, &str)) {
        let run = units[walk.next..]
            .iter()
            .take(MOST_NOISE + 1)
            .take_while(|u| self.is_noise(u.c))
            .count();
        if run > MOST_NOISE {
            return;
        }
        let soft = units[walk.next..walk.next + run].iter().all(|u| " -./".contains(u.c));
        let kind = walk.kind.max(Some(DisguiseKind::Noise));
        let step = Walk {
            next: walk.next + run,
            kind,
            soft: walk.soft && soft,
            after_noise: true,
            ..*walk
        };
        self.walk(units, &step, path, found);
    }

    /// A whole pinyin syllable of Latin letters at `i`: its length and sound.
    fn syllable(&self, units: &[Unit], i: usize) -> Option<(usize, u16)> {
        let letters: String = units[i..]
            .iter()
            .take(7)
            .map(|u| u.c)
            .take_while(char::is_ascii_lowercase)
            .collect();
        if letters.len() < 2 || letters.len() > 6 {
            return None;
        }
        self.syllables
            .get(letters.as_str())
            .map(|&sound| (letters.len(), sound))
    }

    /// Whether no ordinary words explain the place better.
    fn plausible(units: &[Unit], start: usize, walk: &Walk, text: &str, dictionary: &Dictionary) -> bool {
        let Some(kind) = walk.kind else { return false };
        let end = walk.next;
        let byte = |i: usize| units.get(i).map_or(text.len(), |u| u.at);
        let slice = |from: usize, to: usize| &text[byte(from)..byte(to)];
        let known = |from: usize, to: usize| to <= units.len() && dictionary.has(slice(from, to));
        match kind {
            DisguiseKind::Noise if walk.soft => {
                // White space parts words: believe it only if neither neighbour joins an end of the word.
                let left = start > 0 && known(start - 1, start + 1);
                let right = end < units.len() && known(end - 1, end + 1);
                let lonely = start == 0 || end == units.len() || !is_han(units[start - 1].c) || !is_han(units[end].c);
                !left && !right && (lonely || walk.length > 2)
            }
            DisguiseKind::Homophone => {
                if walk.length < 2 || walk.homophones * 2 > walk.length {
                    return false;
                }
                // No word of the dictionary may lie inside, or reach over an edge by up to two characters.
                let first = start.saturating_sub(2);
                let last = (end + 2).min(units.len());
                !(first..end).any(|from| (from + 2..=last.min(from + 4)).any(|to| to > start && known(from, to)))
            }
            DisguiseKind::Pinyin => walk.plain > 0,
            _ => true,
        }
    }
}

fn one_to_one(map: &std::collections::BTreeMap<String, String>) -> HashMap<char, char> {
    map.iter()
        .filter_map(|(a, b)| Some((a.chars().next()?, b.chars().next()?)))
        .collect()
}

fn spellings(data: &Disguises) -> HashMap<char, Vec<(Vec<char>, String, bool)>> {
    let mut by_first: HashMap<char, Vec<(Vec<char>, String, bool)>> = HashMap::new();
    let all = data
        .spellings
        .iter()
        .map(|(s, w)| (s, w, true))
        .chain(data.variants.iter().map(|(s, w)| (s, w, false)));
    for (spelling, word, disguise) in all {
        let chars: Vec<char> = plain(spelling).chars().collect();
        if let Some(&first) = chars.first() {
            by_first.entry(first).or_default().push((chars, word.clone(), disguise));
        }
    }
    for options in by_first.values_mut() {
        options.sort_by_key(|(s, ..)| std::cmp::Reverse(s.len()));
    }
    by_first
}

/// The words that are protected: those of rules and lenders that are words, and those listed.
fn protected(rules: &Rules, dictionary: &Dictionary) -> Vec<(String, Protection)> {
    let fits = |w: &str| (2..=LONGEST).contains(&w.chars().count()) && w.chars().all(is_han);
    let mut words: Vec<(String, Protection)> = rule_words(rules)
        .into_iter()
        .filter(|w| fits(w) && dictionary.has(w))
        .map(|w| (w, Protection::Word))
        .collect();
    words.extend(rules.disguises.protect.iter().map(|w| (plain(w), Protection::Listed)));
    let lenders = rules
        .lenders
        .iter()
        .flat_map(|l| l.aliases.iter().filter(|a| !l.ambiguous.contains(a)));
    words.extend(
        lenders
            .map(|a| plain(a))
            .filter(|w| fits(w))
            .map(|w| (w, Protection::Name)),
    );
    words.sort();
    words.dedup();
    words
}

/// The text with each found word in place of its disguise.
fn rewrite(folded: &Folded, units: &[Unit], found: &[Found]) -> Folded {
    let mut out = Folded::default();
    let byte = |i: usize| units.get(i).map_or(folded.text.len(), |u| u.at);
    let mut at = 0;
    for hit in found {
        copy(folded, at..byte(hit.from), &mut out);
        let from = out.text.len();
        let (word, silent) = hit
            .word
            .strip_prefix('\0')
            .map_or((hit.word.as_str(), false), |w| (w, true));
        let source = byte(hit.from)..byte(hit.to);
        spread(folded, &units[hit.from..hit.to], source.clone(), word, &mut out);
        if !silent {
            out.disguises.push(Disguise {
                span: from..out.text.len(),
                kind: hit.kind,
            });
        }
        at = source.end;
    }
    copy(folded, at..folded.text.len(), &mut out);
    out.starts.push(folded.starts.last().copied().unwrap_or(0));
    out
}

/// So many characters one by one between spaces are a spaced-out text and no words.
const SPACED: usize = 4;

/// The text without the spaces of "欠 款 已 逾 期": speech recognition writes so too, hence no finding.
fn closed_up(folded: Folded) -> Folded {
    let chars: Vec<(usize, char)> = folded.text.char_indices().collect();
    let at = |i: usize| chars.get(i).map(|&(_, c)| c);
    let mut out = Folded::default();
    let (mut done, mut i) = (0, 0);
    while i < chars.len() {
        let mut count = 1;
        while is_han(chars[i].1) && at(i + 2 * count - 1) == Some(' ') && at(i + 2 * count).is_some_and(is_han) {
            count += 1;
        }
        if count >= SPACED {
            for k in 0..count {
                let from = chars[i + 2 * k].0;
                copy(&folded, done..from, &mut out);
                let end = from + chars[i + 2 * k].1.len_utf8();
                copy(&folded, from..end, &mut out);
                // The space behind, except the last one's.
                done = if k + 1 < count { end + 1 } else { end };
            }
            i += 2 * count - 1;
        } else {
            i += 1;
        }
    }
    if done == 0 {
        return folded;
    }
    copy(&folded, done..folded.text.len(), &mut out);
    out.starts.push(folded.starts.last().copied().unwrap_or(0));
    out
}

fn copy(folded: &Folded, range: std::ops::Range<usize>, out: &mut Folded) {
    out.text.push_str(&folded.text[range.clone()]);
    out.starts.extend_from_slice(&folded.starts[range.clone()]);
    out.ends.extend_from_slice(&folded.ends[range]);
}

/// Writes `word` for the units it was read from: the first character takes the beginning, the last one
/// the end, and those between stand where the same character stands, else at the place before.
fn spread(folded: &Folded, units: &[Unit], source: std::ops::Range<usize>, word: &str, out: &mut Folded) {
    let (first, last) = (folded.starts[source.start], folded.ends[source.end - 1]);
    let count = word.chars().count();
    let mut from = 0;
    let mut edge = first;
    for (i, c) in word.chars().enumerate() {
        let place = units[from..].iter().position(|u| u.c == c).map(|p| p + from);
        let start = if i == 0 {
            first
        } else {
            place.map_or(edge, |p| folded.starts[units[p].at]).max(edge)
        };
        let end = if i + 1 == count {
            last
        } else {
            place.map_or(last, |p| folded.ends[units[p].at])
        };
        if let Some(p) = place {
            from = p + 1;
        }
        edge = start;
        out.push_char(c, start, end.max(start));
    }
}
