//! The different texts of a column, where there are few.

use super::columns::{Looked, text};
use crate::model::{EngineError, Kind};
use crate::pace::Pace;
use hashbrown::HashMap;

/// Columns with more different texts are not compared text by text.
pub(super) const MAX_LEVELS: usize = 2_000;
const SLICE: usize = 1 << 14;

pub(super) struct Level<'a> {
    pub text: &'a str,
    pub n: usize,
    pub first_row: u32,
}

/// The texts of a column in the order they come; `None` for other columns, ids, and columns of too many.
pub(super) async fn of<'a>(column: &Looked<'a>, pace: &Pace) -> Result<Option<Vec<Level<'a>>>, EngineError> {
    let is_able = matches!(column.kind, Kind::Nominal | Kind::Ordinal | Kind::Text)
        && column.n_unique > 1
        && column.n_unique <= MAX_LEVELS;
    if !is_able {
        return Ok(None);
    }
    let mut levels: Vec<Level<'a>> = Vec::new();
    let mut place_of: HashMap<&str, usize> = HashMap::new();
    for row in 0..column.n_rows {
        if row % SLICE == 0 {
            pace.step(0.2, "comparing texts").await?;
        }
        let Some(text) = text(&column.values, row) else { continue };
        let place = *place_of.entry(text).or_insert(levels.len());
        match levels.get_mut(place) {
            Some(level) => level.n += 1,
            None => levels.push(Level { text, n: 1, first_row: row as u32 }),
        }
    }
    Ok(Some(levels))
}
