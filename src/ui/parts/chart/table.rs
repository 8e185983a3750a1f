//! The numbers of a chart as a table.

use crate::charts::model::Chart;
use crate::charts::table::{Cell, Column};
use crate::format;
use leptos::prelude::*;

/// Longer tables are in the CSV.
const MOST_ROWS: usize = 500;

/// A region that scrolls by itself when it is wider than the page.
pub fn table(chart: &Chart, id: String) -> AnyView {
    let columns = &chart.table.columns;
    let head = columns.iter().map(|column| {
        view! { <th scope="col" class=class_of(column)>{column.heading.clone()}</th> }
    });
    let rows = chart.table.rows.iter().take(MOST_ROWS).map(|row| {
        let cells = columns.iter().zip(row).map(|(column, cell)| {
            view! { <td class=class_of(column)>{figure(cell)}</td> }
        });
        view! { <tr>{cells.collect_view()}</tr> }
    });
    let n_left_out = chart.table.rows.len().saturating_sub(MOST_ROWS) as u64;
    let more = (n_left_out > 0).then(|| {
        let rows = format::plural(n_left_out, "more row", "more rows");
        view! { <p class="chart__note">{rows}" in the CSV."</p> }
    });
    view! {
        <div class="chart__table" id=id tabindex="0" role="region" aria-label=format!("Data of {}", chart.title)>
            <table>
                <thead>
                    <tr>{head.collect_view()}</tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
            {more}
        </div>
    }
    .into_any()
}

fn class_of(column: &Column) -> &'static str {
    if column.is_numeric { "num" } else { "" }
}

/// A number carries its exact value.
fn figure(cell: &Cell) -> AnyView {
    match cell.exact {
        Some(exact) => {
            let exact = exact.to_string();
            view! { <data value=exact.clone() title=exact>{cell.text.clone()}</data> }.into_any()
        }
        None => cell.text.clone().into_any(),
    }
}
