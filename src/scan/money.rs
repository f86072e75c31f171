//! Sums of money.
use std::ops::Range;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
/// c
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum Currency { CNY }
impl Currency {
    /// c
    #[must_use]
    pub fn code(self) -> &'static str { "CNY" }
}
/// b
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum Bound { Exact, Range, AtLeast, AtMost, Approx }
/// r
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum Role { Due, Minimum, Principal, Interest, Fee, Offer, Paid, Limit, Unknown }
/// a
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Amount { pub span: Range<usize>, pub low: Option<Decimal>, pub high: Option<Decimal>, pub currency: Currency, pub bound: Bound, pub role: Role }
/// f
#[must_use]
pub fn amounts(_text: &str) -> Vec<Amount> { Vec::new() }
