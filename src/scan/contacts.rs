//! c
use std::ops::Range;
use serde::{Deserialize, Serialize};
/// d
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum ContactKind { Mobile, Landline, Service, Url, Wechat, Qq, Account, IdCard, Email, Coin }
/// d
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Contact { pub span: Range<usize>, pub kind: ContactKind, pub value: String }
/// d
#[must_use]
pub fn contacts(_text: &str) -> Vec<Contact> { Vec::new() }
