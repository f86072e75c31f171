//! The model file: features, weights, calibration, and what it was made from.
//!
//! Layout, little endian: `CUIJIAN\n`, format version (u32), length of the body (u64), body, SHA-256 of
//! the body. The body: length of a JSON header (u32), the header, the features' hashes (u64 each), idf
//! (f32 each), weights (four f32 each), and their names, one a line.

use std::path::Path;
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::error::ModelError;
use crate::features::Kind;

const MAGIC: &[u8; 8] = b"CUIJIAN\n";
/// Version of the format this program reads and writes.
pub const VERSION: u32 = 1;
/// No model has more features than this; a larger count is damage.
const MOST_FEATURES: usize = 1 << 22;

/// The model that is compiled in.
static BUILT_IN: &[u8] = include_bytes!("../../models/cuijian.model");

/// What a model was made from and how it decides.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Header {
    /// SHA-256 of the corpus, hexadecimal.
    pub corpus: String,
    /// SHA-256 of the rule files, hexadecimal.
    pub rules: String,
    /// Number of features.
    pub features: usize,
    /// Intercepts in the order of the verdicts.
    pub bias: [f32; 4],
    /// Value of a feature of the shape where it is present.
    pub shape_scale: f32,
    /// Scores are divided by this before the softmax (Guo et al. 2017, temperature scaling).
    pub temperature: f32,
    /// Top probability under which a person should look.
    pub threshold: f32,
}

/// A model, ready for inference.
#[derive(Debug, Clone, PartialEq)]
pub struct Model {
    header: Header,
    hashes: Vec<u64>,
    idf: Vec<f32>,
    weights: Vec<[f32; 4]>,
    names: Vec<String>,
    /// Open addressing from hash to place + 1; a power of two, at most half full.
    table: Vec<u32>,
    /// One bit for some of each hash: most n-grams of a message are unknown, and this says so from the
    /// nearest cache.
    filter: Vec<u64>,
    words: Vec<bool>,
}

/// Bits of the filter.
const FILTER: u64 = 1 << 17;

/// One feature of a model under construction.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Its hash.
    pub hash: u64,
    /// Its kind.
    pub kind: Kind,
    /// Its name.
    pub name: String,
    /// Inverse document frequency on the training part; 1 for shape.
    pub idf: f32,
    /// Weights in the order of the verdicts.
    pub weights: [f32; 4],
}

impl Model {
    /// Puts a model together.
    #[must_use]
    pub fn new(mut header: Header, entries: Vec<Entry>) -> Self {
        header.features = entries.len();
        let mut model = Self {
            header,
            hashes: Vec::new(),
            idf: Vec::new(),
            weights: Vec::new(),
            names: Vec::new(),
            table: Vec::new(),
            filter: Vec::new(),
            words: Vec::new(),
        };
        for entry in entries {
            model.hashes.push(entry.hash);
            model.idf.push(entry.idf);
            model.weights.push(entry.weights);
            model.words.push(entry.kind.is_words());
            model.names.push(format!(
                "{}:{}",
                char::from(entry.kind as u8),
                entry.name.replace('\n', " ")
            ));
        }
        model.index();
        model
    }

    fn index(&mut self) {
        self.filter = vec![0; usize::try_from(FILTER / 64).unwrap_or(0)];
        for &hash in &self.hashes {
            let bit = hash >> 40 & (FILTER - 1);
            self.filter[usize::try_from(bit / 64).unwrap_or(0)] |= 1 << (bit % 64);
        }
        let size = (self.hashes.len() * 2 + 2).next_power_of_two();
        self.table = vec![0; size];
        for (place, &hash) in (1_u32..).zip(&self.hashes) {
            let mut at = slot(hash, size);
            while self.table[at] != 0 {
                at = (at + 1) & (size - 1);
            }
            self.table[at] = place;
        }
    }

    /// The model that is compiled in.
    ///
    /// # Panics
    /// When the compiled-in bytes are no model, which a test of the same bytes excludes.
    #[must_use]
    pub fn built_in() -> &'static Self {
        static MODEL: OnceLock<Model> = OnceLock::new();
        MODEL.get_or_init(|| match Self::from_bytes(BUILT_IN) {
            Ok(model) => model,
            Err(error) => panic!("built-in model: {error}"),
        })
    }

    /// SHA-256 of the compiled-in file, hexadecimal: what a report names as its model.
    #[must_use]
    pub fn built_in_hash() -> String {
        format!("{:x}", Sha256::digest(BUILT_IN))
    }

    /// Reads a model file.
    ///
    /// # Errors
    /// A file that cannot be read, is no model, is of another version, or is damaged.
    pub fn read(path: &Path) -> Result<Self, ModelError> {
        let bytes = std::fs::read(path).map_err(|source| ModelError::Io {
            path: path.to_owned(),
            source,
        })?;
        Self::from_bytes(&bytes)
    }

    /// Reads a model from bytes.
    ///
    /// # Errors
    /// Bytes that are no model, of another version, or damaged.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, ModelError> {
        let damaged = |what: &str| ModelError::Damaged(what.to_owned());
        let rest = bytes.strip_prefix(MAGIC).ok_or(ModelError::Foreign)?;
        let (version, rest) = rest
            .split_first_chunk::<4>()
            .ok_or_else(|| damaged("cut off in the version"))?;
        let version = u32::from_le_bytes(*version);
        if version != VERSION {
            return Err(ModelError::Version {
                found: version,
                expected: VERSION,
            });
        }
        let (length, rest) = rest
            .split_first_chunk::<8>()
            .ok_or_else(|| damaged("cut off in the length"))?;
        let length = usize::try_from(u64::from_le_bytes(*length)).map_err(|_| damaged("impossible length"))?;
        let (body, sum) = rest
            .split_at_checked(length)
            .ok_or_else(|| damaged("cut off in the body"))?;
        if sum != Sha256::digest(body).as_slice() {
            return Err(damaged("the checksum is not that of the bytes"));
        }
        Self::from_body(body).ok_or_else(|| damaged("the body does not hold what its header says"))
    }

    fn from_body(body: &[u8]) -> Option<Self> {
        let (length, rest) = body.split_first_chunk::<4>()?;
        let (header, rest) = rest.split_at_checked(usize::try_from(u32::from_le_bytes(*length)).ok()?)?;
        let header: Header = serde_json::from_slice(header).ok()?;
        let n = header.features;
        let finite = header
            .bias
            .iter()
            .chain([&header.shape_scale, &header.temperature, &header.threshold])
            .all(|x| x.is_finite());
        if n > MOST_FEATURES || !finite || header.temperature <= 0.0 {
            return None;
        }
        let (hashes, rest) = rest.split_at_checked(n * 8)?;
        let (idf, rest) = rest.split_at_checked(n * 4)?;
        let (weights, names) = rest.split_at_checked(n * 16)?;
        let floats = |bytes: &[u8]| {
            bytes
                .as_chunks::<4>()
                .0
                .iter()
                .map(|b| f32::from_le_bytes(*b))
                .collect::<Vec<f32>>()
        };
        let weights = floats(weights);
        let names: Vec<String> = std::str::from_utf8(names).ok()?.lines().map(str::to_owned).collect();
        if names.len() != n || !weights.iter().all(|w| w.is_finite()) {
            return None;
        }
        let words = names.iter().map(|n| n.starts_with(['w', 'p', 'c'])).collect();
        let mut model = Self {
            header,
            hashes: hashes
                .as_chunks::<8>()
                .0
                .iter()
                .map(|b| u64::from_le_bytes(*b))
                .collect(),
            idf: floats(idf),
            weights: weights.as_chunks::<4>().0.to_vec(),
            names,
            table: Vec::new(),
            filter: Vec::new(),
            words,
        };
        model.index();
        Some(model)
    }

    /// The bytes of the model file.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let header = serde_json::to_vec(&self.header).unwrap_or_default();
        let mut body = Vec::new();
        body.extend(u32::try_from(header.len()).unwrap_or(0).to_le_bytes());
        body.extend(&header);
        body.extend(self.hashes.iter().flat_map(|h| h.to_le_bytes()));
        body.extend(self.idf.iter().flat_map(|x| x.to_le_bytes()));
        body.extend(self.weights.iter().flatten().flat_map(|x| x.to_le_bytes()));
        body.extend(self.names.join("\n").as_bytes());
        let mut bytes = MAGIC.to_vec();
        bytes.extend(VERSION.to_le_bytes());
        bytes.extend((body.len() as u64).to_le_bytes());
        bytes.extend(&body);
        bytes.extend(Sha256::digest(&body));
        bytes
    }

    /// The same model with its calibration and the corpus it was made from.
    #[must_use]
    pub fn calibrated(mut self, corpus: String, temperature: f32, threshold: f32) -> Self {
        self.header = Header {
            corpus,
            temperature,
            threshold,
            ..self.header
        };
        self
    }

    /// What it was made from and how it decides.
    #[must_use]
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// Place of the feature with that hash.
    #[must_use]
    pub fn place(&self, hash: u64) -> Option<u32> {
        let bit = hash >> 40 & (FILTER - 1);
        if self.filter[usize::try_from(bit / 64).unwrap_or(0)] >> (bit % 64) & 1 == 0 {
            return None;
        }
        let mask = self.table.len() - 1;
        let mut at = slot(hash, self.table.len());
        loop {
            match self.table[at] {
                0 => return None,
                place if self.hashes[place as usize - 1] == hash => return Some(place - 1),
                _ => at = (at + 1) & mask,
            }
        }
    }

    /// Kind letter and name of the feature: `w:通讯录`.
    #[must_use]
    pub fn name(&self, place: u32) -> &str {
        &self.names[place as usize]
    }

    /// Weights in the order of the verdicts.
    #[must_use]
    pub fn weights(&self, place: u32) -> &[f32; 4] {
        &self.weights[place as usize]
    }

    pub(super) fn idf(&self, place: u32) -> f32 {
        self.idf[place as usize]
    }

    pub(super) fn is_words(&self, place: u32) -> bool {
        self.words[place as usize]
    }

    pub(super) fn shape_scale(&self) -> f32 {
        self.header.shape_scale
    }

    pub(super) fn bias(&self) -> [f32; 4] {
        self.header.bias
    }

    pub(super) fn temperature(&self) -> f32 {
        self.header.temperature
    }

    pub(super) fn threshold(&self) -> f32 {
        self.header.threshold
    }
}

/// The features' hashes are mixed already, so their low bits are the slot.
fn slot(hash: u64, size: usize) -> usize {
    usize::try_from(hash & (size as u64 - 1)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn small() -> Model {
        let header = Header {
            corpus: "c".into(),
            rules: "r".into(),
            features: 0,
            bias: [0.1, 0.2, 0.3, 0.4],
            shape_scale: 0.2,
            temperature: 1.5,
            threshold: 0.6,
        };
        let entry = |hash, kind, name: &str| Entry {
            hash,
            kind,
            name: name.into(),
            idf: 1.5,
            weights: [1.0, -1.0, 0.5, 0.0],
        };
        Model::new(
            header,
            vec![
                entry(1, Kind::Word, "还款"),
                entry(1 << 40 | 1, Kind::Finding, "threat.violence"),
            ],
        )
    }

    #[test]
    fn a_model_comes_back_as_it_was_written() {
        let model = small();
        let back = Model::from_bytes(&model.to_bytes()).unwrap();
        assert_eq!(back, model);
        assert_eq!(back.place(1 << 40 | 1), Some(1));
        assert_eq!(back.place(77), None);
        assert_eq!(back.name(1), "f:threat.violence");
    }

    #[test]
    fn the_built_in_model_is_one() {
        assert!(Model::from_bytes(BUILT_IN).is_ok());
    }

    #[test]
    fn damaged_and_foreign_files_say_so() {
        let bytes = small().to_bytes();
        assert!(matches!(Model::from_bytes(b"PK\x03\x04"), Err(ModelError::Foreign)));
        let mut newer = bytes.clone();
        newer[8] = 9;
        assert!(matches!(
            Model::from_bytes(&newer),
            Err(ModelError::Version { found: 9, .. })
        ));
        for at in 12..bytes.len() {
            let mut broken = bytes.clone();
            broken[at] ^= 0x55;
            assert!(
                matches!(Model::from_bytes(&broken), Err(ModelError::Damaged(_))),
                "byte {at}"
            );
            assert!(Model::from_bytes(&bytes[..at]).is_err());
        }
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = Model::from_bytes(&bytes);
            let mut body = MAGIC.to_vec();
            body.extend(VERSION.to_le_bytes());
            body.extend((bytes.len() as u64).to_le_bytes());
            body.extend(&bytes);
            body.extend(Sha256::digest(&bytes));
            let _ = Model::from_bytes(&body);
        }
    }
}
