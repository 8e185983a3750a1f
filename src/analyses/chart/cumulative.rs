//! Rows and sums of groups up to every edge of a range, so that those between two edges are one subtraction.

use crate::model::EngineError;
use crate::pace::Pace;
use crate::stats::Sum;

/// Rows that are placed between two looks at the clock.
const SLICE: usize = 1 << 16;

/// Where rows lie along the range that is brushed. Slot 2i holds what lies on edge i, slot 2i + 1 what lies between it and the
/// next one, so that a range has both its ends.
#[derive(Debug, Clone)]
pub(super) struct Slots {
    /// One for each row of the table; [`Slots::OUTSIDE`] for rows outside the range, or without a value.
    pub of_row: Vec<u32>,
    pub n_slots: usize,
}

/// For each slot and group what lies below the slot; a last row of the table holds what lies in all of them.
#[derive(Debug, Clone, Default)]
pub(super) struct Cumulative {
    n_groups: usize,
    rows: Vec<u32>,
    /// Empty where nothing is summed.
    sums: Vec<f64>,
}

impl Slots {
    pub const OUTSIDE: u32 = u32::MAX;

    fn of(&self, row: u32) -> Option<usize> {
        self.of_row.get(row as usize).filter(|slot| **slot != Self::OUTSIDE).map(|slot| *slot as usize)
    }
}

impl Cumulative {
    /// The cells that tables for so many groups have.
    pub fn n_cells(n_slots: usize, n_groups: usize) -> usize {
        (n_slots + 1).saturating_mul(n_groups)
    }

    /// `group_of` and `values` have an item for each of `rows`. Rows are counted where their value is not NaN, and all of them
    /// where there are no values; values are added up where `is_summed`.
    pub async fn new(
        slots: &Slots,
        rows: &[u32],
        (group_of, n_groups): (&[u32], usize),
        values: Option<&[f64]>,
        is_summed: bool,
        pace: &Pace,
    ) -> Result<Self, EngineError> {
        let n_cells = Self::n_cells(slots.n_slots, n_groups);
        let n_sums = if is_summed && values.is_some() { n_cells } else { 0 };
        let mut table = Self { n_groups, rows: vec![0; n_cells], sums: vec![0.0; n_sums] };
        let n_slices = rows.len().div_ceil(SLICE).max(1);
        for (idx, rows) in rows.chunks(SLICE).enumerate() {
            let (from, to) = (idx * SLICE, idx * SLICE + rows.len());
            let values = values.map(|values| values.get(from..to).unwrap_or_default());
            table.place(slots, rows, group_of.get(from..to).unwrap_or_default(), values);
            pace.step(0.9 * idx as f64 / n_slices as f64, "summing up").await?;
        }
        table.accumulate();
        Ok(table)
    }

    /// Adds rows to the cells after their slots.
    #[inline(never)]
    fn place(&mut self, slots: &Slots, rows: &[u32], group_of: &[u32], values: Option<&[f64]>) {
        for (idx, (row, group)) in rows.iter().zip(group_of).enumerate() {
            let (Some(slot), group) = (slots.of(*row), *group as usize) else { continue };
            if group >= self.n_groups {
                continue;
            }
            let cell = (slot + 1) * self.n_groups + group;
            if let Some(values) = values {
                let value = values.get(idx).copied().unwrap_or(f64::NAN);
                if value.is_nan() {
                    continue;
                }
                if let Some(sum) = self.sums.get_mut(cell) {
                    *sum += value;
                }
            }
            if let Some(n) = self.rows.get_mut(cell) {
                *n += 1;
            }
        }
    }

    /// From what lies in each slot to what lies in it and below.
    #[inline(never)]
    fn accumulate(&mut self) {
        let mut n_below = vec![0_u32; self.n_groups];
        for rows in self.rows.chunks_mut(self.n_groups.max(1)) {
            for (n, below) in rows.iter_mut().zip(&mut n_below) {
                *below += *n;
                *n = *below;
            }
        }
        let mut sum_below = vec![Sum::default(); self.n_groups];
        for sums in self.sums.chunks_mut(self.n_groups.max(1)) {
            for (sum, below) in sums.iter_mut().zip(&mut sum_below) {
                below.add(*sum);
                *sum = below.value();
            }
        }
    }

    /// Rows and sum of each group in the slots from `first` to `last`, both among them.
    pub fn between(&self, first: usize, last: usize) -> impl Iterator<Item = (u32, f64)> + '_ {
        let row_of = |slot: usize| slot * self.n_groups..(slot + 1) * self.n_groups;
        let (below, up_to) = (row_of(first), row_of(last + 1));
        let n_below = self.rows.get(below.clone()).unwrap_or_default();
        let n_up_to = self.rows.get(up_to.clone()).unwrap_or_default();
        let sums_below = self.sums.get(below).unwrap_or_default();
        let sums_up_to = self.sums.get(up_to).unwrap_or_default();
        (0..self.n_groups).map(move |group| {
            let n = n_up_to.get(group).zip(n_below.get(group)).map_or(0, |(to, from)| to - from);
            let sum = sums_up_to.get(group).zip(sums_below.get(group)).map_or(0.0, |(to, from)| to - from);
            // What is left of the rounding of others is not a sum of no rows.
            (n, if n == 0 { 0.0 } else { sum })
        })
    }
}
