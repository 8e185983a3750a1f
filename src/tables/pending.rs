use super::Table;
use crate::model::*;
use crate::pace::Pace;

fn pending() -> EngineError {
    EngineError::new(ErrorCode::Internal, "This part of the engine is being built.")
}

#[allow(clippy::too_many_arguments)]
pub async fn join(
    _left: &Table,
    _right: &Table,
    _left_key: &str,
    _right_key: &str,
    _how: JoinHow,
    _into: &str,
    _dry_run: bool,
    _pace: &Pace,
) -> Result<(Option<Table>, JoinReport), EngineError> {
    Err(pending())
}

impl Table {
    pub fn page(
        &self,
        _offset: u64,
        _limit: u32,
        _sort: &[SortKey],
        _filter: &[Filter],
    ) -> Result<Page, EngineError> {
        Err(pending())
    }
    pub async fn profile(&self, _filter: &[Filter], _pace: &Pace) -> Result<TableProfile, EngineError> {
        Err(pending())
    }
}
