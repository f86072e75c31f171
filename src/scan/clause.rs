//! Clauses and sentences of the folded text: the reach of a negation, and of a gap.

use std::ops::Range;

use crate::fold::is_han;

/// Borders of clauses and sentences.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clauses {
    /// Where each clause begins, in order; the first at 0.
    starts: Vec<usize>,
    /// For each clause, the number of its sentence.
    sentence: Vec<usize>,
    length: usize,
}

impl Clauses {
    /// Finds the borders: commas, spaces between Chinese characters, and the ends of sentences.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let mut clauses = Self {
            starts: vec![0],
            sentence: vec![0],
            length: text.len(),
        };
        let mut before = '\n';
        let mut rest = text.char_indices().peekable();
        let mut sentence = 0;
        while let Some((at, c)) = rest.next() {
            let after = rest.peek().map_or('\n', |&(_, n)| n);
            let between_digits = before.is_ascii_digit() && after.is_ascii_digit();
            let ends_sentence = matches!(c, '。' | '!' | '?' | '\n' | ';' | '…')
                || (c == '.' && is_han(before) && !after.is_ascii_alphanumeric());
            let ends_clause = ends_sentence
                || (c == ',' && !between_digits)
                || (c == ' ' && is_han(before) && is_han(after))
                || matches!(c, '【' | '】');
            if ends_clause {
                sentence += usize::from(ends_sentence);
                clauses.starts.push(at + c.len_utf8());
                clauses.sentence.push(sentence);
            }
            before = c;
        }
        clauses
    }

    fn index(&self, at: usize) -> usize {
        self.starts.partition_point(|&s| s <= at).saturating_sub(1)
    }

    /// Bytes of the clause that holds the byte `at`.
    #[must_use]
    pub fn clause(&self, at: usize) -> Range<usize> {
        let i = self.index(at);
        self.starts[i]..self.starts.get(i + 1).copied().unwrap_or(self.length)
    }

    /// Bytes of the sentence that holds the byte `at`.
    #[must_use]
    pub fn sentence(&self, at: usize) -> Range<usize> {
        let sentence = self.sentence[self.index(at)];
        let from = self.sentence.partition_point(|&s| s < sentence);
        let to = self.sentence.partition_point(|&s| s <= sentence);
        self.starts[from]..self.starts.get(to).copied().unwrap_or(self.length)
    }

    /// Whether both bytes stand in one clause.
    #[must_use]
    pub fn same_clause(&self, a: usize, b: usize) -> bool {
        self.index(a) == self.index(b)
    }

    /// Whether both bytes stand in one sentence.
    #[must_use]
    pub fn same_sentence(&self, a: usize, b: usize) -> bool {
        self.sentence[self.index(a)] == self.sentence[self.index(b)]
    }

    /// Bytes of every clause, in order.
    pub fn all(&self) -> impl Iterator<Item = Range<usize>> + '_ {
        (0..self.starts.len()).map(|i| self.starts[i]..self.starts.get(i + 1).copied().unwrap_or(self.length))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commas_end_clauses_and_stops_end_sentences() {
        let text = "不会联系家人,也不上门。欠2,345元";
        let clauses = Clauses::new(text);
        let parts: Vec<&str> = clauses.all().map(|r| &text[r]).collect();
        assert_eq!(parts, ["不会联系家人,", "也不上门。", "欠2,345元"]);
        let at = |word| text.find(word).unwrap();
        assert!(clauses.same_sentence(at("家人"), at("上门")) && !clauses.same_clause(at("家人"), at("上门")));
        assert!(!clauses.same_sentence(at("上门"), at("欠")));
        assert_eq!(&text[clauses.sentence(at("上门"))], "不会联系家人,也不上门。");
    }
}
