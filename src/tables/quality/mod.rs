//! What looks wrong in a table: one detector a file, each a function of the columns to findings.
//!
//! A finding says what was counted and, where that is safe to propose, the recipe step that would mend it. Detectors
//! are made to be silent on clean data: skewed columns have far values, names have rare neighbours, and categories
//! repeat; each of them says in its file what it takes for chance.

mod categories;
mod columns;
mod countries;
mod dates;
mod duplicates;
mod finding;
mod levels;
mod outliers;
mod periods;
mod ranges;
mod references;
mod rows;
mod similar;
mod sparse;
mod texts;
mod units;

use super::Table;
use crate::model::{EngineError, QualityReport};
use crate::pace::Pace;

/// Looks through a table, and for values of it that `others` should have. Errors: `cancelled` only.
pub async fn find_quality(
    table: &Table,
    others: &[&Table],
    pace: &Pace,
) -> Result<QualityReport, EngineError> {
    let looked = columns::look(table, &pace.part(0.0, 0.3)).await?;
    let mut findings = duplicates::find(table, &looked, &pace.part(0.3, 0.45)).await?;
    findings.extend(sparse::find(table, &looked.columns)?);
    let n_columns = looked.columns.len().max(1) as f64;
    for (idx, column) in looked.columns.iter().enumerate() {
        let pace = pace.part(0.45 + 0.4 * idx as f64 / n_columns, 0.85);
        pace.step(0.0, "looking at columns").await?;
        findings.extend(ranges::find(column).into_iter().chain(outliers::find(column)));
        findings.extend(dates::find(column));
        if let Some(levels) = levels::of(column, &pace).await? {
            findings.extend(texts::numbers_as_text(column, &levels));
            findings.extend(units::find(column, &levels));
            let (spelled, merged) = categories::find(column, &levels, &pace).await?;
            findings.extend(spelled);
            findings.extend(texts::blanks(column, &merged));
        } else {
            findings.extend(texts::blanks(column, &[]));
        }
    }
    findings.extend(periods::find(&looked.columns));
    findings.extend(references::find(table, others, &pace.part(0.85, 1.0)).await?);
    // Stable: detectors keep their order.
    findings.sort_by_key(|finding| finding.severity);
    Ok(QualityReport { table: table.name().to_owned(), n_rows: table.n_rows() as u64, findings })
}
