//! Filters that look into other tables, as the lists of values that they mean.

use super::session::Session;
use crate::analyses::AnalysisResult;
use crate::model::{EngineError, ErrorCode, Filter};

/// Tables that one filter may look through, one behind the other.
const MAX_DEPTH: usize = 8;

impl Session {
    /// The same filters, none of which looks into another table.
    pub(super) fn localised(&self, filters: &[Filter]) -> Result<Vec<Filter>, EngineError> {
        self.localised_at(filters, 0)
    }

    fn localised_at(&self, filters: &[Filter], depth: usize) -> Result<Vec<Filter>, EngineError> {
        if depth > MAX_DEPTH {
            let message = format!("A filter looks through more than {MAX_DEPTH} tables.");
            return Err(EngineError::new(ErrorCode::BadOption, message).at_field("filter"));
        }
        let local = |filter: &Filter| match filter {
            Filter::Related { column, table, key, filter } => {
                let other = self.table(table)?;
                let rows = other.rows_where(&self.localised_at(filter, depth + 1)?)?;
                let values = other.different_values(key, &rows)?;
                Ok(Filter::In { column: column.clone(), values })
            }
            filter => Ok(filter.clone()),
        };
        filters.iter().map(local).collect()
    }
}

/// A result says what was asked, not which values that meant.
pub(super) fn with_filter(mut result: AnalysisResult, filters: Vec<Filter>) -> AnalysisResult {
    *match &mut result {
        AnalysisResult::AbTest(result) => &mut result.spec.filter,
        AnalysisResult::Describe(result) => &mut result.spec.filter,
        AnalysisResult::Correlate(result) => &mut result.spec.filter,
        AnalysisResult::Chart(result) => &mut result.spec.filter,
    } = filters;
    result
}
