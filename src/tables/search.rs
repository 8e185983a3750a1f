//! Search: the rows that show a text in any of their cells.

use super::Table;
use super::page::Rows;
use super::values::{Slots, Texts, Values};
use crate::model::{EngineError, Kind};
use crate::pace::Pace;
use std::rc::Rc;

/// Rows between two steps of the pace.
const SLICE_ROWS: usize = 4_096;

impl Table {
    /// Rows of which some cell, as a page shows it, contains `search` whatever the case; ascending. The last answer is
    /// kept: other pages are answered from it, and a text that goes on from it looks only there. The error
    /// `cancelled`.
    pub(super) async fn rows_found(&self, search: &str, pace: &Pace) -> Result<Rows, EngineError> {
        let wanted = search.to_lowercase();
        let last = self.page_cache.borrow().found.clone();
        let among = match last {
            Some((text, rows)) if text == wanted => return Ok(rows),
            Some((text, rows)) if wanted.contains(&text) => Some(rows),
            _ => None,
        };
        let mut columns = Vec::with_capacity(self.n_columns());
        for at in 0..self.n_columns() {
            columns.extend(Searched::of(self.values_at(at)?, self.meta(at)?.kind, &wanted));
        }
        let n = among.as_ref().map_or(self.n_rows(), |rows| rows.len());
        let mut found = Vec::new();
        let mut shown = String::new();
        let mut start = 0;
        while start < n {
            let end = (start + SLICE_ROWS).min(n);
            for position in start..end {
                let row = among
                    .as_ref()
                    .map_or(position as u32, |rows| rows.get(position).copied().unwrap_or(u32::MAX));
                if columns.iter().any(|column| column.holds(row as usize, &wanted, &mut shown)) {
                    found.push(row);
                }
            }
            start = end;
            pace.step(end as f64 / n as f64, "searching").await?;
        }
        let found = Rc::new(found);
        self.page_cache.borrow_mut().found = Some((wanted, found.clone()));
        Ok(found)
    }
}

/// A column in which a text may be found.
enum Searched<'a> {
    /// Whether each level holds the text.
    Levels(Slots<'a, u32>, Vec<bool>),
    Texts(Texts<'a>),
    /// Numbers and dates, written out.
    Written(Values<'a>, Kind),
}

impl<'a> Searched<'a> {
    /// `None` where no cell can hold the text.
    fn of(values: Values<'a>, kind: Kind, wanted: &str) -> Option<Self> {
        match values {
            Values::Texts(texts) => Some(Self::Texts(texts)),
            Values::Levels(slots, levels) => {
                let holds: Vec<bool> =
                    levels.iter().map(|level| level.to_lowercase().contains(wanted)).collect();
                holds.contains(&true).then_some(Self::Levels(slots, holds))
            }
            // Figures, signs, and the letters of "1e9", "inf" and "NaN" are all that they are written with.
            values => wanted
                .chars()
                .all(|c| !c.is_alphabetic() || "einfat".contains(c))
                .then_some(Self::Written(values, kind)),
        }
    }

    fn holds(&self, row: usize, wanted: &str, shown: &mut String) -> bool {
        match self {
            Self::Levels(slots, holds) => {
                slots.get(row).is_some_and(|code| holds.get(code as usize) == Some(&true))
            }
            Self::Texts(texts) => texts.get(row).is_some_and(|text| {
                if !text.is_ascii() {
                    return text.to_lowercase().contains(wanted);
                }
                shown.clear();
                shown.push_str(text);
                shown.make_ascii_lowercase();
                contains(shown, wanted)
            }),
            Self::Written(values, kind) => {
                shown.clear();
                values.write_display(row, *kind, shown) && {
                    shown.make_ascii_lowercase();
                    contains(shown, wanted)
                }
            }
        }
    }
}

fn contains(text: &str, wanted: &str) -> bool {
    memchr::memmem::find(text.as_bytes(), wanted.as_bytes()).is_some()
}
