//! The labelled messages of `corpus/`: reading, checking, splitting.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::classify::Verdict;
use crate::error::TrainError;

/// One labelled message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Row {
    /// Unique in the corpus.
    pub id: String,
    /// `sms`, `chat`, `call` or `letter`.
    pub channel: String,
    /// What it is.
    pub verdict: Verdict,
    /// Variants of one wording share it; a family is never on both sides of a split.
    pub family: String,
    /// A brief together with the author who wrote to it.
    pub writer: String,
    /// Free keywords.
    pub tags: Vec<String>,
    /// The message.
    pub text: String,
}

/// A corpus in the order of its files and lines.
#[derive(Debug, Clone)]
pub struct Corpus {
    /// All rows.
    pub rows: Vec<Row>,
    /// SHA-256 over the files' bytes in order of their names, hexadecimal.
    pub hash: String,
}

/// Of a hundred families, so many are the test split.
const TEST_SHARE: u64 = 15;

impl Corpus {
    /// Reads all `*.jsonl` files of a folder.
    ///
    /// # Errors
    /// A file that cannot be read, a line that is no row, an id that stands twice.
    pub fn read(folder: &Path) -> Result<Self, TrainError> {
        let mut paths: Vec<PathBuf> = std::fs::read_dir(folder)
            .map_err(|e| TrainError::Corpus(format!("{}: {e}", folder.display())))?
            .filter_map(|entry| entry.ok().map(|e| e.path()))
            .filter(|p| p.extension().is_some_and(|e| e == "jsonl"))
            .collect();
        paths.sort();
        let mut digest = Sha256::new();
        let mut rows = Vec::new();
        let mut ids = BTreeSet::new();
        for path in paths {
            let text =
                std::fs::read_to_string(&path).map_err(|e| TrainError::Corpus(format!("{}: {e}", path.display())))?;
            digest.update(&text);
            for (number, line) in (1..).zip(text.lines()) {
                let row: Row = serde_json::from_str(line)
                    .map_err(|e| TrainError::Corpus(format!("{}:{number}: {e}", path.display())))?;
                if !ids.insert(row.id.clone()) {
                    return Err(TrainError::Corpus(format!(
                        "{}:{number}: the id {} stands twice",
                        path.display(),
                        row.id
                    )));
                }
                rows.push(row);
            }
        }
        if rows.is_empty() {
            return Err(TrainError::Corpus(format!(
                "{}: no *.jsonl file with a row in it",
                folder.display()
            )));
        }
        Ok(Self {
            rows,
            hash: format!("{:x}", digest.finalize()),
        })
    }

    /// Whether each row is of the test split: by the hash of its group, so that rows that are tied
    /// together (a family, or pairs by tag) stay together, and new rows move no old one.
    #[must_use]
    pub fn test_split(&self) -> Vec<bool> {
        let groups = self.groups();
        groups.iter().map(|g| stable(g) % 100 < TEST_SHARE).collect()
    }

    /// The group of each row: its family, or the first family a `pair:` tag ties it to.
    fn groups(&self) -> Vec<String> {
        let family_of: BTreeMap<&str, &str> = self.rows.iter().map(|r| (r.id.as_str(), r.family.as_str())).collect();
        let mut parent: BTreeMap<String, String> = BTreeMap::new();
        for row in &self.rows {
            for other in row
                .tags
                .iter()
                .filter_map(|t| t.strip_prefix("pair:"))
                .filter_map(|id| family_of.get(id))
            {
                let (a, b) = (root(&parent, &row.family), root(&parent, other));
                if a != b {
                    let (first, second) = if a < b { (a, b) } else { (b, a) };
                    parent.insert(second, first);
                }
            }
        }
        self.rows.iter().map(|r| root(&parent, &r.family)).collect()
    }

    /// Assigns each writer to one of `count` folds, so that the folds hold about as many rows each.
    #[must_use]
    pub fn writer_folds(&self, count: usize) -> Vec<usize> {
        let mut sizes: BTreeMap<&str, usize> = BTreeMap::new();
        for row in &self.rows {
            *sizes.entry(&row.writer).or_default() += 1;
        }
        let mut writers: Vec<(&str, usize)> = sizes.into_iter().collect();
        writers.sort_by_key(|&(w, n)| (std::cmp::Reverse(n), w));
        let mut load = vec![0_usize; count];
        let mut fold_of = BTreeMap::new();
        for (writer, size) in writers {
            let lightest = (0..count).min_by_key(|&i| load[i]).unwrap_or(0);
            load[lightest] += size;
            fold_of.insert(writer, lightest);
        }
        self.rows.iter().map(|r| fold_of[r.writer.as_str()]).collect()
    }
}

fn root(parent: &BTreeMap<String, String>, family: &str) -> String {
    let mut at = family;
    while let Some(next) = parent.get(at) {
        at = next;
    }
    at.to_owned()
}

/// A number from a name, the same on every machine and in every version.
fn stable(name: &str) -> u64 {
    let digest = Sha256::digest(name);
    digest.iter().take(8).fold(0, |n, b| n << 8 | u64::from(*b))
}
