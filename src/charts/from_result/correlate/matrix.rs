//! All correlations at once, as a matrix below its diagonal.

use super::{coefficient, info, is_clear, r_text, table, takeaway};
use crate::analyses::correlate::CorrelateResult;
use crate::charts::marks::{CellItem, CellScale, Cells};
use crate::charts::model::{Axis, Category, Chart, Mark};
use crate::format;

/// `None` for fewer than two columns.
pub fn matrix(result: &CorrelateResult) -> Option<Chart> {
    let columns = &result.spec.columns;
    let n = columns.len();
    if n < 2 || result.pairs.is_empty() {
        return None;
    }
    let index = |name: &str| columns.iter().position(|column| column == name);
    let cell = |pair: &crate::analyses::correlate::Pair| {
        let (a, b) = (index(&pair.x)?, index(&pair.y)?);
        Some(CellItem {
            x: a.min(b) as f64,
            y: a.max(b) as f64,
            value: pair.r,
            text: r_text(pair),
            is_strong: is_clear(result, pair),
            info: info(result, pair),
        })
    };
    let cells = Cells {
        items: result.pairs.iter().filter_map(cell).collect(),
        scale: CellScale::Diverging { limit: 1.0 },
        is_lower_triangle: true,
    };
    // The first row holds only the first column's name, the last column would hold nothing.
    let categories = |names: &[String]| names.iter().map(Category::new).collect();
    let mut rows: Vec<Category> = categories(columns);
    if let Some(first) = rows.first_mut() {
        first.label.clear();
    }
    Some(Chart {
        kind: "correlate_matrix",
        title: format!("Correlations ({})", coefficient(result)),
        takeaway: takeaway(result),
        note: format!(
            "Blue: both rise together. Orange: one falls as the other rises. Full colour at 1 and \u{2212}1. Bold: p \
             below {}, not adjusted.",
            format::trim_zeros(&format::decimals(result.spec.alpha, 4))
        ),
        x: Axis::categories("", categories(columns.get(..n - 1).unwrap_or_default())).hidden(),
        y: Axis::categories("", rows),
        series: Vec::new(),
        marks: vec![Mark::Cells(cells)],
        value_headings: None,
        table: table(result),
    })
}
