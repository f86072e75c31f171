//! Message → Folded → Tokens → Findings → Features → Verdict → Report
pub mod dictionary;
pub mod engine;
pub mod error;
pub mod fold;
pub mod message;
pub mod rules;
pub mod rules_test;
pub mod scan;
pub mod segment;
