//! Message → Folded → Tokens → Findings → Features → Verdict → Report
#![doc = include_str!("../README.md")]

pub mod analyst;
pub mod classify;
pub mod cli;
pub mod corpus;
pub mod counterfactual;
pub mod dictionary;
pub mod engine;
pub mod error;
pub mod features;
pub mod fold;
pub mod message;
pub mod model_card;
pub mod read;
pub mod readme;
pub mod report;
pub mod rules;
pub mod rules_test;
pub mod scan;
pub mod segment;
pub mod serve;
pub mod show;
pub mod write;

pub use analyst::Analyst;
pub use classify::Verdict;
pub use message::Message;
pub use report::Report;
