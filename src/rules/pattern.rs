//! The phrase language of the rule files.
//!
//! | in a phrase | means |
//! |---|---|
//! | `通讯录` | these characters, as folded text has them |
//! | `~` | a gap of 0 to 8 characters inside one clause |
//! | `~~` | a gap of 0 to 30 characters inside one sentence, over commas |
//! | `<亲友>` | any word of that class in `words.toml` |
//! | `(联系\|通知)` | any of these; an empty branch makes it optional |

/// Longest gap that `~` stands for, in characters (`indicators.json` states 0 to 8).
pub const NARROW: u32 = 8;
/// Longest gap that `~~` stands for, in characters.
pub const WIDE: u32 = 30;
/// A phrase may not stand for more sequences than this once its branches are written out.
const MOST_BRANCHES: usize = 400;
/// Lists of words longer than this stay one atom: written out they would multiply.
const LONG_LIST: usize = 6;

/// One word or word class of a sequence.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Atom {
    /// Exactly these characters.
    Word(String),
    /// Any word of the class.
    Class(String),
    /// Any of these words: a long list in brackets, which is not written out.
    Any(Vec<String>),
}

/// How far an atom may stand behind the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Gap {
    /// Directly behind it.
    None,
    /// Up to [`NARROW`] characters, in the same clause.
    Narrow,
    /// Up to [`WIDE`] characters, in the same sentence.
    Wide,
}

/// A phrase written out: atoms, each with the gap before it (`Gap::None` for the first).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Sequence(pub Vec<(Gap, Atom)>);

/// Writes a phrase out into all the sequences it stands for.
///
/// # Errors
/// A sentence that says what is wrong with the phrase.
///
/// ```
/// use cuijian::rules::pattern::parse;
/// assert_eq!(parse("(联系|通知)~<亲友>").unwrap().len(), 2);
/// assert!(parse("(联系").is_err());
/// ```
pub fn parse(phrase: &str) -> Result<Vec<Sequence>, String> {
    let mut out = vec![Vec::<Piece>::new()];
    let mut chars = phrase.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '~' => {
                let wide = chars.next_if_eq(&'~').is_some();
                let gap = if wide { Gap::Wide } else { Gap::Narrow };
                push_all(&mut out, &[vec![Piece::Gap(gap)]]);
            }
            '<' => {
                let name = take_until(&mut chars, '>').ok_or_else(|| format!("「{phrase}」: < without >"))?;
                push_all(&mut out, &[vec![Piece::Class(name)]]);
            }
            '(' => {
                let inside = take_until(&mut chars, ')').ok_or_else(|| format!("「{phrase}」: ( without )"))?;
                let words: Vec<&str> = inside.split('|').collect();
                if words.len() > LONG_LIST && words.iter().all(|w| !w.contains(['<', '~'])) {
                    let mut any: Vec<String> = words
                        .iter()
                        .filter(|w| !w.is_empty())
                        .map(|w| (*w).to_owned())
                        .collect();
                    any.sort();
                    let list = vec![Piece::Any(any)];
                    let optional = words.contains(&"");
                    push_all(&mut out, &if optional { vec![list, Vec::new()] } else { vec![list] });
                    continue;
                }
                let mut branches = Vec::new();
                for branch in words {
                    branches.push(pieces_of_branch(branch).map_err(|e| format!("「{phrase}」: {e}"))?);
                }
                push_all(&mut out, &branches);
            }
            '>' | ')' | '|' => return Err(format!("「{phrase}」: {c} without its opening sign")),
            c => push_all(&mut out, &[vec![Piece::Char(c)]]),
        }
        if out.len() > MOST_BRANCHES {
            return Err(format!(
                "「{phrase}」 stands for more than {MOST_BRANCHES} sequences: make a class in words.toml"
            ));
        }
    }
    out.into_iter()
        .map(|pieces| sequence(&pieces).map_err(|e| format!("「{phrase}」: {e}")))
        .collect()
}

#[derive(Clone)]
enum Piece {
    Char(char),
    Class(String),
    Any(Vec<String>),
    Gap(Gap),
}

fn take_until(chars: &mut std::iter::Peekable<std::str::Chars<'_>>, end: char) -> Option<String> {
    let mut inside = String::new();
    for c in chars.by_ref() {
        if c == end {
            return Some(inside);
        }
        inside.push(c);
    }
    None
}

fn pieces_of_branch(branch: &str) -> Result<Vec<Piece>, String> {
    let mut pieces = Vec::new();
    let mut chars = branch.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '<' => pieces.push(Piece::Class(take_until(&mut chars, '>').ok_or("< without >")?)),
            '~' => pieces.push(Piece::Gap(if chars.next_if_eq(&'~').is_some() {
                Gap::Wide
            } else {
                Gap::Narrow
            })),
            c => pieces.push(Piece::Char(c)),
        }
    }
    Ok(pieces)
}

fn push_all(out: &mut Vec<Vec<Piece>>, branches: &[Vec<Piece>]) {
    let mut next = Vec::with_capacity(out.len() * branches.len());
    for head in out.iter() {
        for branch in branches {
            let mut whole = head.clone();
            whole.extend(branch.iter().cloned());
            next.push(whole);
        }
    }
    *out = next;
}

fn sequence(pieces: &[Piece]) -> Result<Sequence, String> {
    let mut atoms = Vec::new();
    let mut gap = Gap::None;
    let mut word = String::new();
    for piece in pieces {
        match piece {
            Piece::Char(c) => word.push(*c),
            Piece::Class(name) => {
                flush(&mut atoms, &mut gap, &mut word);
                atoms.push((gap, Atom::Class(name.clone())));
                gap = Gap::None;
            }
            Piece::Any(words) => {
                flush(&mut atoms, &mut gap, &mut word);
                atoms.push((gap, Atom::Any(words.clone())));
                gap = Gap::None;
            }
            Piece::Gap(g) => {
                flush(&mut atoms, &mut gap, &mut word);
                gap = *g;
            }
        }
    }
    flush(&mut atoms, &mut gap, &mut word);
    if atoms.is_empty() {
        return Err("no characters in it".into());
    }
    if gap != Gap::None || atoms[0].0 != Gap::None {
        return Err("a gap must stand between words".into());
    }
    Ok(Sequence(atoms))
}

fn flush(atoms: &mut Vec<(Gap, Atom)>, gap: &mut Gap, word: &mut String) {
    if !word.is_empty() {
        atoms.push((*gap, Atom::Word(std::mem::take(word))));
        *gap = Gap::None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_classes_and_branches_are_written_out() {
        let all = parse("(去|到)<单位>~~闹").unwrap();
        assert_eq!(all.len(), 2);
        assert_eq!(
            all[0].0,
            vec![
                (Gap::None, Atom::Word("去".into())),
                (Gap::None, Atom::Class("单位".into())),
                (Gap::Wide, Atom::Word("闹".into())),
            ]
        );
    }

    #[test]
    fn a_long_list_stays_one_atom() {
        let all = parse("(一|二|三|四|五|六|七)天").unwrap();
        assert!(matches!(&all[0].0[0].1, Atom::Any(words) if words.len() == 7));
        assert_eq!(all.len(), 1);
    }

    #[test]
    fn an_empty_branch_makes_a_part_optional() {
        let words: Vec<_> = parse("(你|)不还").unwrap();
        assert_eq!(words[1].0, vec![(Gap::None, Atom::Word("不还".into()))]);
    }

    #[test]
    fn broken_phrases_say_what_is_wrong() {
        for (phrase, part) in [
            ("<亲友", "< without >"),
            ("a)", "without its opening"),
            ("~还", "between words"),
            ("", "no characters"),
        ] {
            assert!(parse(phrase).unwrap_err().contains(part), "{phrase}");
        }
    }
}
