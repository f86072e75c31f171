//! `segment`: words of the folded text, by jieba-rs with our words, without its hidden Markov model.

use std::ops::Range;

use crate::dictionary::Dictionary;

/// A word, as bytes of the folded text.
pub type Token = Range<usize>;

/// Cuts the folded text into words that, set behind one another, give it back.
#[must_use]
pub fn segment(text: &str, dictionary: &Dictionary) -> Vec<Token> {
    dictionary
        .jieba()
        .cut(text, false)
        .into_iter()
        .map(|token| token.byte_start..token.byte_end)
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::rules::Rules;

    proptest! {
        #[test]
        fn tokens_concatenate_to_the_text(text in "\\PC{0,40}") {
            static DICTIONARY: std::sync::OnceLock<Dictionary> = std::sync::OnceLock::new();
            let dictionary = DICTIONARY.get_or_init(|| Dictionary::new(Rules::built_in()));
            let mut at = 0;
            for token in segment(&text, dictionary) {
                prop_assert_eq!(token.start, at);
                prop_assert!(text.is_char_boundary(token.end));
                at = token.end;
            }
            prop_assert_eq!(at, text.len());
        }
    }
}
