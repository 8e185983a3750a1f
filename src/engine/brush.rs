//! Charts that follow a range: opened once, asked many times.

use super::session::Session;
use crate::analyses::chart::{BrushAxis, BrushIndex, ChartSpec};
use crate::model::{EngineError, ErrorCode};
use crate::pace::{Pace, apart};
use crate::protocol::Reply;

/// The charts that were opened last.
#[derive(Debug)]
pub(super) struct Opened {
    number: u64,
    index: BrushIndex,
}

impl Session {
    /// A chart of another table, or whose filters cannot be read, is left out like one whose figures do not add up.
    pub(super) async fn brush_open(
        &mut self,
        table: &str,
        axis: &BrushAxis,
        specs: Vec<ChartSpec>,
        pace: &Pace,
    ) -> Result<Reply, EngineError> {
        let mut local = Vec::with_capacity(specs.len());
        for (idx, spec) in (0_u32..).zip(&specs).filter(|(_, spec)| spec.table == table) {
            if let Ok(filter) = self.localised(&spec.filter) {
                local.push((idx, ChartSpec { filter, ..spec.clone() }));
            }
        }
        let index = apart(BrushIndex::open(self.table(table)?, axis, &local, pace)).await?;
        let mut charts = index.charts();
        for chart in &mut charts {
            // The answer says what was asked, not which values that meant.
            let asked = specs.get(chart.idx as usize).map(|spec| spec.filter.clone());
            chart.spec.filter = asked.unwrap_or_default();
        }
        self.last_index += 1;
        self.opened = Some(Opened { number: self.last_index, index });
        Ok(Reply::BrushOpened { index: self.last_index, charts })
    }

    pub(super) fn brush_to(&self, number: u64, from: f64, to: f64) -> Result<Reply, EngineError> {
        let Some(opened) = self.opened.as_ref().filter(|opened| opened.number == number) else {
            let message = format!("Index {number} is gone: another was opened since, or a table changed.");
            let error = EngineError::new(ErrorCode::UnknownIndex, message).at_field("index");
            return Err(error.hint("Open it anew with brush_open."));
        };
        if !(from <= to && from.is_finite() && to.is_finite()) {
            let message = format!("A range from {from} to {to} has no rows.");
            let error = EngineError::new(ErrorCode::BadOption, message).at_field("to");
            return Err(error.hint("Choose an end that is not below the beginning."));
        }
        let (from, to, charts) = opened.index.between(from, to);
        Ok(Reply::Brushed { index: number, from, to, charts })
    }
}
