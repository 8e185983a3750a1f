//! A file read by several workers at once: each reads all of it and builds some of its columns.
//!
//! Where a record begins can be told only by who has read everything before it, so rows are not divided among
//! workers, but columns can be. All of them make the same plan from the same bytes and come to the same rows; the one
//! that keeps the table takes the others' columns over as parcels.

use super::plan::Plan;
use super::reading::Reading;
use crate::model::ImportOptions;
use std::future::Future;
use std::pin::Pin;

/// Others who can read a source at the same time.
pub trait Crew {
    /// Asks each of them for its share of the source; the number of shares, ours among them.
    fn ask(&self, options: &ImportOptions) -> usize;

    /// What they made, once all of them have answered. What is not there is read by the asker itself.
    fn take(&self) -> Pin<Box<dyn Future<Output = Vec<Parcel>> + '_>>;
}

/// The bytes of a column, brought when they are wanted: those of all columns at once would need the room twice.
pub type Parcel = Box<dyn FnOnce() -> Vec<u8>>;

/// One of several shares of a file's columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    /// From 0; the first is that of the worker which keeps the table.
    pub idx: usize,
    pub n: usize,
}

impl Share {
    pub const ALL: Self = Self { idx: 0, n: 1 };

    /// The columns of this share. Columns are dealt out by the time they take to build, the most expensive first.
    pub(super) fn columns(self, plan: &Plan) -> Vec<usize> {
        let mut columns: Vec<(usize, u32)> =
            plan.columns.iter().map(|column| cost(&column.reading)).enumerate().collect();
        columns.sort_by_key(|(at, cost)| (std::cmp::Reverse(*cost), *at));
        let mut loads = vec![0; self.n.max(1)];
        let mut mine = Vec::new();
        for (at, cost) in columns {
            let least = (0..loads.len()).min_by_key(|share| loads.get(*share)).unwrap_or(0);
            if let Some(load) = loads.get_mut(least) {
                *load += cost;
            }
            if least == self.idx {
                mine.push(at);
            }
        }
        mine.sort_unstable();
        mine
    }
}

/// Time to build a cell, in any unit: as measured on a million rows in a browser.
fn cost(reading: &Reading) -> u32 {
    match reading {
        Reading::Text { .. } | Reading::Bool { .. } => 4,
        Reading::Moment { .. } | Reading::Duration { .. } => 3,
        Reading::Number { .. } => 2,
    }
}
