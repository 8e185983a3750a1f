//! A slot is one question that the page keeps asking: load this source, answer this analysis.
//!
//! It remembers what was asked and what was answered as a key, so that [`super::sync`] can tell
//! whether the answer on screen is the one that is wanted. At most one request a slot is under way:
//! when the question changes, that one is cancelled first, so that no amount of dragging floods
//! the engine.

use super::relations::RelationQuestion;
use crate::model::EngineError;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SlotId {
    Source(u32),
    /// The dry run of the join that is offered or being put together.
    JoinDryRun,
    Analysis(u32),
    /// A page of the grid, by first row.
    Page(u64),
    Profile,
    /// The rows of a table that pass what was picked on the dashboard.
    PickedRows(String),
    /// Makes tiles ready to follow a range that is dragged.
    BrushOpen,
    /// What the tiles show for that range; the newest waits for the one before, which is never taken back.
    Brush,
    /// The small charts above the grid.
    Bars,
    Relations(RelationQuestion),
    /// What looks wrong in a table.
    Quality(String),
    /// Dry run of the steps before the one whose form is open: its columns.
    StepColumns,
    /// Dry run with the expression that is being typed.
    StepDraft,
    /// The beginning of a file that is looked at, by its number.
    Sniff(u32),
    /// Exports and drops, one at a time.
    Errand,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Slot {
    /// The request under way.
    pub request_id: Option<u64>,
    /// What that request asks.
    pub asked_key: String,
    /// What the last answer (or error) was about. Empty: nothing was answered.
    pub answered_key: String,
    /// What is wanted now; differs from `answered_key` while the screen shows an older answer.
    pub wanted_key: String,
    /// The page itself took the request back, to ask something else.
    pub is_superseded: bool,
    /// The user pressed Cancel.
    pub is_cancelled_by_user: bool,
    /// Under way for more than a second: show progress and Cancel.
    pub is_slow: bool,
    pub done: f64,
    pub stage: String,
    /// The last answer was an error.
    pub error: Option<EngineError>,
    /// Times the engine died while working on `asked_key`.
    pub n_crashes: u32,
}

/// After this many deaths on one question it is not asked again.
pub const MAX_CRASHES: u32 = 2;

impl Slot {
    /// The answer at hand is the one that is wanted.
    pub fn is_current(&self) -> bool {
        !self.wanted_key.is_empty() && self.answered_key == self.wanted_key
    }

    pub fn is_busy(&self) -> bool {
        self.request_id.is_some()
    }

    /// Forget what was answered, so that it is asked again.
    pub fn forget(&mut self) {
        self.answered_key.clear();
        self.error = None;
        self.n_crashes = 0;
        self.is_cancelled_by_user = false;
    }
}
