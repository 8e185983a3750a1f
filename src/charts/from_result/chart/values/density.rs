//! How densely rows lie over two numbers: a colour for each cell.

use super::scatter::{base, cell, left_out, scale_notes};
use super::table::facet_name;
use super::words::nothing;
use crate::analyses::chart::{AxisScale, ChartData, ChartPanel, ChartResult, PlaceKind};
use crate::charts::from_result::chart::axes::{Ends, reach};
use crate::charts::from_result::chart::figures::interval_name;
use crate::charts::marks::{Mesh, MeshCell};
use crate::charts::model::{Chart, Info, Mark};
use crate::charts::table::Cell;
use crate::charts::table::{Column, DataTable};
use crate::format;

/// Rows by cell.
pub struct Grid<'a> {
    x_edges: &'a [f64],
    y_edges: &'a [f64],
    counts: &'a [Vec<u64>],
}

/// A cell that has rows.
struct Full<'a> {
    row: usize,
    x: &'a [f64],
    y: &'a [f64],
    n: u64,
}

impl<'a> Grid<'a> {
    pub fn of(panel: &'a ChartPanel) -> Option<Self> {
        match &panel.data {
            ChartData::Cells { x_edges, y_edges, counts } => Some(Self { x_edges, y_edges, counts }),
            _ => None,
        }
    }

    fn full(&self) -> impl Iterator<Item = Full<'_>> {
        self.y_edges.windows(2).zip(self.counts).enumerate().flat_map(move |(row, (y, counts))| {
            let cells = self.x_edges.windows(2).zip(counts);
            cells.filter(|(_, n)| **n > 0).map(move |(x, n)| Full { row, x, y, n: *n })
        })
    }
}

pub fn chart(result: &ChartResult, panel: &ChartPanel, grid: &Grid<'_>) -> Chart {
    let all = || result.panels.iter().filter_map(Grid::of);
    let most = all().flat_map(|grid| grid.counts.iter().flatten().copied().max()).max().unwrap_or(0);
    let x_ends = Ends::of(all().flat_map(|grid| grid.x_edges.iter().copied()));
    let y_ends = Ends::of(all().flat_map(|grid| grid.y_edges.iter().copied()));
    let has_place = |cell: &Full<'_>| {
        let is_above = |edges: &[f64]| edges.first().is_some_and(|from| *from > 0.0);
        (result.spec.x_scale != AxisScale::Log || is_above(cell.x))
            && (result.spec.y_scale != AxisScale::Log || is_above(cell.y))
    };
    // One row is seen apart from none; from there by ratio, as counts of cells differ by ratio.
    let shade = |n: u64| 0.15 + 0.85 * (n as f64).ln() / (most.max(2) as f64).ln();
    let mesh_cell = |cell: Full<'_>| {
        let (&[left, right], &[bottom, top]) = (cell.x, cell.y) else { return None };
        let info = Info::new(format::plural(cell.n, "row", "rows"))
            .line(&result.x.label, interval_name(&result.x, cell.x))
            .line(&result.y.label, interval_name(&result.y, cell.y));
        Some(MeshCell { x: (left, right), y: (bottom, top), row: cell.row, shade: shade(cell.n), info })
    };
    let items: Vec<MeshCell> = grid.full().filter(has_place).filter_map(mesh_cell).collect();
    let n_out = grid.full().filter(|cell| !has_place(cell)).map(|cell| cell.n).sum();
    let mut notes = vec![format!(
        "Colour: rows in a cell, from 1 to {} by ratio; the stronger, the more.",
        format::count(most)
    )];
    notes.extend(scale_notes(result));
    notes.extend(left_out(n_out));
    let fullest = grid.full().reduce(|a, b| if b.n > a.n { b } else { a });
    let n: u64 = grid.full().map(|cell| cell.n).sum();
    let takeaway = fullest.map_or_else(
        || nothing(result, panel),
        |cell| {
            format!(
                "{}; they lie densest at {} {} and {} {} ({}).",
                format::plural(n, "row", "rows"),
                result.x.label,
                interval_name(&result.x, cell.x),
                result.y.label,
                interval_name(&result.y, cell.y),
                format::plural(cell.n, "row", "rows")
            )
        },
    );
    let marks = vec![reach(Some(x_ends), Some(y_ends)), Mark::Mesh(Mesh { items })];
    base(result, panel, takeaway, notes, marks, table_of_cells(result, panel, grid))
}

fn table_of_cells(result: &ChartResult, panel: &ChartPanel, grid: &Grid<'_>) -> DataTable {
    let mut table = DataTable::default();
    let mut column = |heading: String, is_numeric| table.columns.push(Column { heading, is_numeric });
    if !panel.name.is_empty() {
        column(facet_name(result), false);
    }
    for axis in [&result.x, &result.y] {
        let is_number = axis.scale == PlaceKind::Numbers;
        column(format!("{} from", axis.label), is_number);
        column(format!("{} to", axis.label), is_number);
    }
    column("rows".into(), true);
    for full in grid.full() {
        let mut row = Vec::with_capacity(table.columns.len());
        if !panel.name.is_empty() {
            row.push(Cell::text(&panel.name));
        }
        row.extend(full.x.iter().map(|edge| cell(&result.x, *edge)));
        row.extend(full.y.iter().map(|edge| cell(&result.y, *edge)));
        row.push(Cell::count(full.n));
        table.push(row);
    }
    table
}
