//! `fold`: one spelling for what senders write in many, with every character's place in the original.
//!
//! First each character by itself: full width to half width, traditional to simplified, circled and
//! decorative letters to plain ones, zero-width and combining characters out, Latin to lower case.
//! Then the disguises of listed words are undone ([`disguise`]): `律*师*函`, `彳正信`, `立an`, `V❤`.

mod disguise;
mod table;

pub(crate) use table::is_han;

use std::ops::Range;

pub use disguise::DisguiseKind;

use crate::dictionary::Dictionary;
use crate::rules::Rules;
use disguise::Undoer;
use table::Table;

/// A disguise that was undone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disguise {
    /// Bytes of the folded text that the undone word takes.
    pub span: Range<usize>,
    /// How it was disguised.
    pub kind: DisguiseKind,
}

/// A message in folded spelling, with the way back to the original.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Folded {
    text: String,
    /// For each byte of `text`, and one past its end: bytes of the original where its character begins.
    starts: Vec<u32>,
    /// For each byte of `text`: bytes of the original where its character ends.
    ends: Vec<u32>,
    disguises: Vec<Disguise>,
}

impl Folded {
    /// The folded text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The disguises that were undone, in order.
    #[must_use]
    pub fn disguises(&self) -> &[Disguise] {
        &self.disguises
    }

    /// Bytes of the original that the folded bytes `range` stand for: always on character borders
    /// of the original, in order for ranges in order, and empty for an empty range.
    #[must_use]
    pub fn original(&self, range: Range<usize>) -> Range<usize> {
        let limit = self.starts.len().saturating_sub(1);
        let (from, to) = (range.start.min(limit), range.end.min(limit));
        let start = self.starts.get(from).map_or(0, |&s| s as usize);
        if to <= from {
            return start..start;
        }
        start..(self.ends[to - 1] as usize).max(start)
    }

    fn push(&mut self, text: &str, start: u32, end: u32) {
        self.text.push_str(text);
        self.starts.resize(self.text.len(), start);
        self.ends.resize(self.text.len(), end);
    }

    fn push_char(&mut self, c: char, start: u32, end: u32) {
        self.text.push(c);
        self.starts.resize(self.text.len(), start);
        self.ends.resize(self.text.len(), end);
    }

    fn finish(&mut self, length: usize) {
        self.starts.push(u32::try_from(length).unwrap_or(u32::MAX));
    }
}

/// Folds messages; made once from the rules.
#[derive(Debug)]
pub struct Folder {
    table: &'static Table,
    undoer: Undoer,
}

impl Folder {
    /// A folder that protects the words of these rules.
    #[must_use]
    pub fn new(rules: &Rules, dictionary: &Dictionary) -> Self {
        Self {
            table: Table::shared(),
            undoer: Undoer::new(rules, dictionary),
        }
    }

    /// Folds one message. Never fails; a text over 4 `GiB` is folded up to there.
    #[must_use]
    pub fn fold(&self, text: &str, dictionary: &Dictionary) -> Folded {
        let simple = self.table.fold(text);
        self.undoer.undo(simple, dictionary)
    }
}

/// Folds character by character only: for words of the rules.
#[must_use]
pub fn plain(text: &str) -> String {
    Table::shared().fold(text).text
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn fold(text: &str) -> Folded {
        let rules = Rules::built_in();
        let dictionary = Dictionary::new(rules);
        Folder::new(rules, &dictionary).fold(text, &dictionary)
    }

    #[test]
    fn widths_scripts_and_decorations_become_one_spelling() {
        assert_eq!(plain("ＡＢＣ１２３，（您）"), "abc123,(您)");
        assert_eq!(plain("債務逾期請繳納"), "债务逾期请缴纳");
        assert_eq!(plain("①②⑩"), "1210");
        assert_eq!(plain("还\u{200b}款\u{fe0f}"), "还款");
        assert_eq!(plain("導(dǎo)致"), "导致");
        assert_eq!(plain("𝐕信"), "v信");
    }

    #[test]
    fn disguised_words_come_out() {
        for (disguised, word) in [
            ("律*师*函", "律师函"),
            ("已逾 期3天", "逾期"),
            ("彳正信", "征信"),
            ("立an", "立案"),
            ("zheng信", "征信"),
            ("V❤", "微信"),
            ("炸骗", "诈骗"),
            ("通·讯·录", "通讯录"),
        ] {
            let folded = fold(disguised);
            assert!(folded.text().contains(word), "{disguised} became {}", folded.text());
            assert_eq!(folded.disguises().len(), 1, "{disguised}");
            let span = folded.disguises()[0].span.clone();
            assert_eq!(&folded.text()[span], word);
        }
    }

    #[test]
    fn a_spelling_does_not_double_what_is_there() {
        for (text, folded) in [
            ("加微信abc", "加微信abc"),
            ("加薇信", "加微信"),
            ("加微详聊", "加微信详聊"),
        ] {
            assert_eq!(fold(text).text(), folded);
        }
    }

    #[test]
    fn ordinary_text_keeps_its_words() {
        for text in [
            "剩余期限还有3个月",
            "请到网上 门店办理",
            "不符合预期",
            "他的语气很好",
            "请下载App 登录",
            "按期归还本息",
            "立即安装",
            "登录官网www.abc.com查询",
            "尚欠本金，还欠多少",
            "【某某银行】李先生您好",
            "根据本《法律》的规定",
        ] {
            assert!(fold(text).disguises().is_empty(), "{text}: {:?}", fold(text));
        }
    }

    #[test]
    fn a_disguised_word_quotes_its_whole_original() {
        let text = "发律*师*函给你";
        let folded = fold(text);
        let at = folded.text().find("律师函").unwrap();
        assert_eq!(&text[folded.original(at..at + "律师函".len())], "律*师*函");
    }

    proptest! {
        #[test]
        fn every_folded_range_quotes_valid_original_text(text in "\\PC{0,60}|[律师函逾期征信微v❤*· a-z0-9①\u{200b}\u{301}（）\n]{0,60}") {
            static SHARED: std::sync::OnceLock<(Dictionary, Folder)> = std::sync::OnceLock::new();
            let (dictionary, folder) = SHARED.get_or_init(|| {
                let rules = Rules::built_in();
                let dictionary = Dictionary::new(rules);
                let folder = Folder::new(rules, &dictionary);
                (dictionary, folder)
            });
            let folded = folder.fold(&text, dictionary);
            let borders: Vec<usize> = folded.text().char_indices().map(|(i, _)| i).chain([folded.text().len()]).collect();
            let mut before = 0;
            for pair in borders.windows(2) {
                let original = folded.original(pair[0]..pair[1]);
                prop_assert!(text.get(original.clone()).is_some_and(|t| !t.is_empty()));
                prop_assert!(original.start >= before);
                before = original.start;
            }
            for (i, &from) in borders.iter().enumerate() {
                for &to in &borders[i..] {
                    prop_assert!(text.get(folded.original(from..to)).is_some());
                }
            }
        }
    }
}
