//! Errors, one enum per boundary. Every message says which file, row or rule, and what to do.

use std::path::PathBuf;

use thiserror::Error;

/// A rule file that cannot be used.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum RuleError {
    /// The file is not TOML, or has a field that rules do not have.
    #[error("{file}: {source}")]
    Toml {
        /// Name of the rule file.
        file: String,
        /// What the TOML reader says, with line and column.
        source: Box<toml::de::Error>,
    },
    /// A block breaks a rule of the format.
    #[error("{file}: {id}: {problem}")]
    Block {
        /// Name of the rule file.
        file: String,
        /// Id of the indicator, signal, class or lender.
        id: String,
        /// What is wrong and how to mend it.
        problem: String,
    },
    /// The file cannot be read.
    #[error("{path}: {source}")]
    Io {
        /// The path that was asked for.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
}

/// A model file that cannot be used.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ModelError {
    /// Not a cuijian model at all.
    #[error("not a cuijian model: the first bytes are not CUIJIAN; rebuild it with `cuijian train`")]
    Foreign,
    /// Made by another version of the format.
    #[error("model format {found} is not the {expected} this program reads; rebuild it with `cuijian train`")]
    Version {
        /// The version the file states.
        found: u32,
        /// The version this program reads.
        expected: u32,
    },
    /// The bytes are not those that were written.
    #[error("damaged model: {0}; restore models/ or rebuild it with `cuijian train`")]
    Damaged(String),
    /// The file cannot be read or written.
    #[error("{path}: {source}")]
    Io {
        /// The path that was asked for.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
}

/// Training that cannot give a model.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum TrainError {
    /// linfa refused the data or its parameters.
    #[error("linfa: {0}")]
    Linfa(#[from] linfa_logistic::error::Error),
    /// The optimiser returned before it reached the minimum.
    #[error("the optimiser stopped at gradient norm {gradient:.3e}, above {limit:.1e}, after {rounds} restarts")]
    NotConverged {
        /// Euclidean norm of the gradient of the objective where it stopped.
        gradient: f64,
        /// What it must be under.
        limit: f64,
        /// How often it was started again from where it stood.
        rounds: usize,
    },
    /// The corpus cannot be used.
    #[error("corpus: {0}")]
    Corpus(String),
}

/// Input that cannot be read.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum InputError {
    /// The file cannot be opened or read.
    #[error("{path}: {source}")]
    Io {
        /// The path that was asked for.
        path: String,
        /// What the system says.
        source: std::io::Error,
    },
    /// The table has no column of that name.
    #[error("{path}: no column {wanted}; the columns are: {columns}. Choose one with --text-column")]
    NoColumn {
        /// The file.
        path: String,
        /// The column that was looked for.
        wanted: String,
        /// The columns there are.
        columns: String,
    },
    /// The file is in no format this program reads.
    #[error("{path}: {problem}")]
    Format {
        /// The file.
        path: String,
        /// What is wrong and what to do.
        problem: String,
    },
}
