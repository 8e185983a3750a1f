//! What the rows of a table are narrowed to: filters that its small charts set, and a search.

mod pick;
mod words;

pub use pick::{chosen, pick_name, pick_range};
pub use words::{Chip, bar_words, chips, find, without_column};

use super::slot::SlotId;
use super::state::{State, TableTab, View};
use super::update::change;
use crate::model::Filter;

/// Shows the rows that pass the filters.
pub fn set_filter(state: &mut State, new: Vec<Filter>) {
    change(state, "filtered the rows", None, |document| {
        if let View::Table { filter, .. } = &mut document.view {
            *filter = new;
        }
    });
}

/// Shows the rows that hold a text. What is typed in one go is undone in one step.
pub fn set_search(state: &mut State, text: String) {
    change(state, "searched the rows", Some("search".into()), |document| {
        if let View::Table { search, .. } = &mut document.view {
            *search = text;
        }
    });
}

/// Opens the rows of a table that pass the filters, whatever it was narrowed to before.
pub fn show_where(state: &mut State, name: String, new: Vec<Filter>) {
    let is_same = matches!(&state.document.view, View::Table { table, .. } if *table == name);
    if !is_same {
        forget_rows(state);
    }
    state.engine.wanted_pages = vec![0];
    change(state, "filtered the rows", None, |document| {
        let sort = match &mut document.view {
            View::Table { sort, .. } if is_same => sort.take(),
            _ => None,
        };
        let (tab, search) = (TableTab::Rows, String::new());
        document.view = View::Table { table: name, tab, sort, filter: new, search };
    });
}

pub fn show_all(state: &mut State) {
    change(state, "cleared the filters", None, |document| {
        if let View::Table { filter, search, .. } = &mut document.view {
            filter.clear();
            search.clear();
        }
    });
}

/// What is known of the rows on view is of another table or another document.
pub fn forget_rows(state: &mut State) {
    state.engine.pages.clear();
    state.engine.n_rows_shown = None;
    for (id, slot) in state.engine.slots.iter_mut() {
        if matches!(id, SlotId::Page(_)) {
            slot.forget();
        }
    }
}

/// Rows of the table on view that pass its filters and its search, as last answered; of a table of `n_rows`.
pub fn n_rows_shown(state: &State, n_rows: u64) -> u64 {
    match &state.document.view {
        View::Table { filter, search, .. } if !filter.is_empty() || !search.is_empty() => {
            state.engine.n_rows_shown.unwrap_or(n_rows).min(n_rows)
        }
        _ => n_rows,
    }
}
