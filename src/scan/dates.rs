//! d
use std::ops::Range;
use serde::{Deserialize, Serialize};
/// d
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Day;
impl Day {
    /// p
    #[must_use]
    pub fn parse(_: &str) -> Option<Self> { None }
}
impl std::fmt::Display for Day {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { f.write_str("") }
}
/// d
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum DateKind { Absolute, Within, By, Relative, DueDay, Period }
/// d
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct DateMention { pub span: Range<usize>, pub kind: DateKind, pub days: Option<u32>, pub date: Option<Day> }
/// d
#[must_use]
pub fn dates(_text: &str, _sent: Option<Day>) -> Vec<DateMention> { Vec::new() }
/// d
#[must_use]
pub fn overdue_days(_text: &str) -> Option<(Range<usize>, u32)> { None }
