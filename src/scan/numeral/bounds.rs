//! The two ends of a number that may be inexact.

/// Least and greatest value.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Bounds {
    pub(super) low: u128,
    pub(super) high: u128,
}

impl Bounds {
    pub(super) fn exact(value: u128) -> Self {
        Self {
            low: value,
            high: value,
        }
    }

    pub(super) fn times(self, by: u64) -> Option<Self> {
        let by = u128::from(by);
        Some(Self {
            low: self.low.checked_mul(by)?,
            high: self.high.checked_mul(by)?,
        })
    }

    pub(super) fn plus(self, other: Self) -> Option<Self> {
        Some(Self {
            low: self.low.checked_add(other.low)?,
            high: self.high.checked_add(other.high)?,
        })
    }

    pub(super) fn is_zero(self) -> bool {
        self.high == 0
    }
}
