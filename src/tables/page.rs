//! A page of rows as text, sorted and filtered.

use super::Table;
use super::bars::Division;
use super::codes::Codes;
use super::values::{Slots, Values};
use crate::model::{EngineError, Filter, Page, SortKey};
use crate::pace::Pace;
use std::rc::Rc;

/// What a grid asks for again and again: the last order, search and selection, and how columns are divided into bars.
#[derive(Debug, Clone, Default)]
pub(super) struct PageCache {
    order: Option<(Vec<SortKey>, Rows)>,
    selection: Option<(Vec<SortKey>, Vec<Filter>, Rows)>,
    /// The text in lower case, and the rows that show it.
    pub(super) found: Option<(String, Rows)>,
    /// The rows found among a selection, and what they are of.
    found_selection: Option<(Option<Rows>, Rows, Rows)>,
    /// By column, as far as they were needed.
    pub(super) divisions: Vec<Rc<Division>>,
}

pub(super) type Rows = Rc<Vec<u32>>;

impl Table {
    /// Rows `offset` to `offset + limit` of those that pass the filters, in the order of the sort keys.
    ///
    /// Numbers and dates are sorted by value, texts in natural order, missing cells last in either
    /// direction; rows with equal keys keep the order of the table. The errors of
    /// [`Table::rows_where`], and `unknown_column`.
    pub fn page(
        &self,
        offset: u64,
        limit: u32,
        sort: &[SortKey],
        filter: &[Filter],
    ) -> Result<Page, EngineError> {
        self.page_of(offset, limit, self.selection(sort, filter)?)
    }

    /// [`Table::page`] of the rows that show `search` in some cell too, whatever the case. Also the error `cancelled`.
    pub async fn search_page(
        &self,
        (offset, limit): (u64, u32),
        sort: &[SortKey],
        filter: &[Filter],
        search: &str,
        pace: &Pace,
    ) -> Result<Page, EngineError> {
        let selection = self.selection(sort, filter)?;
        if search.is_empty() {
            return self.page_of(offset, limit, selection);
        }
        let found = self.rows_found(search, pace).await?;
        if let Some((from, of, rows)) = &self.page_cache.borrow().found_selection
            && Rc::ptr_eq(of, &found)
            && is_same(from.as_ref(), selection.as_ref())
        {
            return self.page_of(offset, limit, Some(rows.clone()));
        }
        let rows = match &selection {
            None => found.clone(),
            Some(selection) => {
                let is_found = self.mask(&found);
                let holds = |row: &u32| is_found.get(*row as usize) == Some(&true);
                Rc::new(selection.iter().copied().filter(holds).collect())
            }
        };
        self.page_cache.borrow_mut().found_selection = Some((selection, found, rows.clone()));
        self.page_of(offset, limit, Some(rows))
    }

    fn mask(&self, rows: &[u32]) -> Vec<bool> {
        let mut mask = vec![false; self.n_rows()];
        for row in rows {
            if let Some(is_in) = mask.get_mut(*row as usize) {
                *is_in = true;
            }
        }
        mask
    }

    /// `selection`: the rows to show, in order; `None` for all rows as they stand.
    fn page_of(&self, offset: u64, limit: u32, selection: Option<Rows>) -> Result<Page, EngineError> {
        let n_rows = self.n_rows();
        let n_rows_filtered = selection.as_ref().map_or(n_rows, |rows| rows.len());
        let start = usize::try_from(offset).map_or(n_rows_filtered, |offset| offset.min(n_rows_filtered));
        let end = start.saturating_add(limit as usize).min(n_rows_filtered);
        let mut columns = Vec::with_capacity(self.n_columns());
        for at in 0..self.n_columns() {
            columns.push((self.values_at(at)?, self.meta(at)?.kind));
        }
        let row_at = |position: usize| match &selection {
            Some(rows) => rows.get(position).map_or(position, |row| *row as usize),
            None => position,
        };
        let rows = (start..end)
            .map(|position| {
                let row = row_at(position);
                columns.iter().map(|(values, kind)| values.display(row, *kind)).collect()
            })
            .collect();
        Ok(Page {
            table: self.name().to_owned(),
            revision: self.revision(),
            columns: self.column_names().into_iter().map(str::to_owned).collect(),
            n_rows: n_rows as u64,
            n_rows_filtered: n_rows_filtered as u64,
            offset,
            rows,
        })
    }

    /// The rows to show, in order; `None` for all rows as they stand.
    fn selection(&self, sort: &[SortKey], filter: &[Filter]) -> Result<Option<Rows>, EngineError> {
        if sort.is_empty() && filter.is_empty() {
            return Ok(None);
        }
        if let Some((cached_sort, cached_filter, rows)) = &self.page_cache.borrow().selection
            && cached_sort == sort
            && cached_filter == filter
        {
            return Ok(Some(rows.clone()));
        }
        let rows = match (sort.is_empty(), filter.is_empty()) {
            (true, _) => Rc::new(self.rows_where(filter)?),
            (false, true) => self.order(sort)?,
            (false, false) => {
                let is_kept = self.mask(&self.rows_where(filter)?);
                let order = self.order(sort)?;
                Rc::new(
                    order.iter().copied().filter(|row| is_kept.get(*row as usize) == Some(&true)).collect(),
                )
            }
        };
        self.page_cache.borrow_mut().selection = Some((sort.to_vec(), filter.to_vec(), rows.clone()));
        Ok(Some(rows))
    }

    fn order(&self, sort: &[SortKey]) -> Result<Rows, EngineError> {
        if let Some((cached_sort, order)) = &self.page_cache.borrow().order
            && cached_sort == sort
        {
            return Ok(order.clone());
        }
        let mut keys = Vec::with_capacity(sort.len());
        for (i, key) in sort.iter().enumerate() {
            keys.push(self.sort_ranks(key).map_err(|error| error.at_field(format!("sort[{i}].column")))?);
        }
        let order = Rc::new(sorted_rows(&keys, self.n_rows()));
        self.page_cache.borrow_mut().order = Some((sort.to_vec(), order.clone()));
        Ok(order)
    }

    /// One number a row that sorts as the key asks: missing cells have the largest.
    pub(super) fn sort_ranks(&self, key: &SortKey) -> Result<Vec<u64>, EngineError> {
        let at = self.index_of(&key.column)?;
        let is_descending = key.descending;
        Ok(match self.values_at(at)? {
            Values::Integers(slots) | Values::Micros(slots) => ranks(slots, is_descending, rank_of_integer),
            Values::Days(slots) => ranks(slots, is_descending, |day| rank_of_integer(i64::from(day))),
            Values::Numbers(slots) => ranks(slots, is_descending, rank_of_number),
            // Levels are in order already.
            Values::Levels(slots, _) => ranks(slots, is_descending, u64::from),
            values @ Values::Texts(_) => {
                let codes = Codes::of(values, self.meta(at)?.kind).codes;
                let rank = |code: u32| directed(u64::from(code), is_descending);
                codes
                    .into_iter()
                    .map(|code| if code == Codes::MISSING { u64::MAX } else { rank(code) })
                    .collect()
            }
        })
    }
}

fn is_same(a: Option<&Rows>, b: Option<&Rows>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => Rc::ptr_eq(a, b),
        (a, b) => a.is_none() && b.is_none(),
    }
}

fn ranks<T: Copy>(slots: Slots<'_, T>, is_descending: bool, rank: impl Fn(T) -> u64) -> Vec<u64> {
    slots.iter().map(|value| value.map_or(u64::MAX, |value| directed(rank(value), is_descending))).collect()
}

/// Turns a rank around; the largest one is kept for missing cells.
fn directed(rank: u64, is_descending: bool) -> u64 {
    let rank = rank.min(u64::MAX - 1);
    if is_descending { u64::MAX - 1 - rank } else { rank }
}

fn rank_of_integer(value: i64) -> u64 {
    (value as u64) ^ (1 << 63)
}

/// The bits of a float, changed so that they sort as the values do.
fn rank_of_number(value: f64) -> u64 {
    let bits = (value + 0.0).to_bits();
    if bits >> 63 == 1 { !bits } else { bits | (1 << 63) }
}

pub(super) fn sorted_rows(keys: &[Vec<u64>], n_rows: usize) -> Vec<u32> {
    let Some((first, rest)) = keys.split_first() else { return (0..n_rows as u32).collect() };
    let mut rows: Vec<(u64, u32)> = first.iter().copied().zip(0u32..).collect();
    if rest.is_empty() {
        rows.sort_unstable();
    } else {
        let later = |row: u32| rest.iter().map(move |key| key.get(row as usize).copied().unwrap_or(u64::MAX));
        rows.sort_unstable_by(|a, b| {
            a.0.cmp(&b.0).then_with(|| later(a.1).cmp(later(b.1))).then_with(|| a.1.cmp(&b.1))
        });
    }
    rows.into_iter().map(|(_, row)| row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranks_sort_as_values_do() {
        let numbers = [f64::NEG_INFINITY, -2.5, -1e-300, 0.0, 1e-300, 3.0, f64::INFINITY];
        assert!(numbers.windows(2).all(|pair| rank_of_number(pair[0]) < rank_of_number(pair[1])));
        assert_eq!(rank_of_number(-0.0), rank_of_number(0.0));
        let integers = [i64::MIN, -1, 0, 1, i64::MAX];
        assert!(integers.windows(2).all(|pair| rank_of_integer(pair[0]) < rank_of_integer(pair[1])));
        assert!(directed(5, true) < directed(4, true) && directed(u64::MAX, false) < u64::MAX);
    }
}
