//! Rows by what they have in some columns.

use super::super::{Codes, Table};
use crate::model::EngineError;
use crate::pace::Pace;
use hashbrown::HashMap;

/// The group of each row. Groups are numbered in the order of the columns' values, missing last.
pub(super) struct Groups {
    pub ids: Vec<u32>,
    pub n_groups: usize,
}

/// Groups by the columns at these places; all rows are one group for none.
pub(super) async fn of(table: &Table, columns: &[usize], pace: &Pace) -> Result<Groups, EngineError> {
    let n_rows = table.n_rows();
    let mut groups = Groups { ids: vec![0; n_rows], n_groups: usize::from(n_rows > 0) };
    for at in columns {
        let Codes { codes, levels } = Codes::of(table.values_at(*at)?, table.meta(*at)?.kind);
        pace.step(0.1, "grouping rows").await?;
        let width = levels.len() as u64 + 1;
        let keys = groups.ids.iter().zip(&codes);
        let keys = keys.map(|(id, code)| u64::from(*id) * width + u64::from(*code).min(width - 1));
        groups = numbered(keys);
        pace.step(0.2, "grouping rows").await?;
    }
    Ok(groups)
}

/// Numbers keys in their order, without gaps.
fn numbered(keys: impl Iterator<Item = u64>) -> Groups {
    let mut id_of: HashMap<u64, u32> = HashMap::new();
    let mut distinct: Vec<u64> = Vec::new();
    let mut ids: Vec<u32> = keys
        .map(|key| {
            *id_of.entry(key).or_insert_with(|| {
                distinct.push(key);
                distinct.len() as u32 - 1
            })
        })
        .collect();
    let mut order: Vec<(u64, u32)> = distinct.iter().copied().zip(0..).collect();
    order.sort_unstable();
    let mut new_of = vec![0; order.len()];
    for ((_, old), new) in order.iter().zip(0u32..) {
        if let Some(slot) = new_of.get_mut(*old as usize) {
            *slot = new;
        }
    }
    for id in &mut ids {
        *id = new_of.get(*id as usize).copied().unwrap_or_default();
    }
    Groups { ids, n_groups: order.len() }
}

/// The rows of each group, in the table's order.
pub(super) struct Members {
    starts: Vec<usize>,
    rows: Vec<u32>,
}

impl Members {
    /// Of rows with their groups, in the table's order.
    pub fn of(n_groups: usize, rows: impl Iterator<Item = (u32, u32)> + Clone) -> Self {
        let mut starts = vec![0usize; n_groups + 1];
        for (_, group) in rows.clone() {
            if let Some(n) = starts.get_mut(group as usize + 1) {
                *n += 1;
            }
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        let mut next = starts.clone();
        let mut sorted = vec![0; sum];
        for (row, group) in rows {
            if let Some(at) = next.get_mut(group as usize) {
                if let Some(slot) = sorted.get_mut(*at) {
                    *slot = row;
                }
                *at += 1;
            }
        }
        Self { starts, rows: sorted }
    }

    pub fn n_groups(&self) -> usize {
        self.starts.len() - 1
    }

    pub fn rows(&self, group: usize) -> &[u32] {
        match (self.starts.get(group), self.starts.get(group + 1)) {
            (Some(start), Some(end)) => self.rows.get(*start..*end).unwrap_or_default(),
            _ => &[],
        }
    }

    pub fn iter(&self) -> impl Iterator<Item = &[u32]> {
        (0..self.n_groups()).map(|group| self.rows(group))
    }
}

impl Groups {
    pub fn members(&self) -> Members {
        Members::of(self.n_groups, (0u32..).zip(self.ids.iter().copied()))
    }
}
