//! Mosaics: columns as wide as their rows are many, divided by the shares of a second column.

use super::grids::values_of;
use super::titles::{in_panel, where_in};
use crate::analyses::chart::{ChartPanel, ChartResult, ChartValue};
use crate::charts::marks::{Note, Tile, TileHead, TileHeads, Tiles};
use crate::charts::model::{Axis, Chart, Domain, Info, Mark, Series};
use crate::charts::number_format::NumberFormat;
use crate::charts::table::{Cell, DataTable};
use crate::format;

const NOTE: &str =
    "Width: the share of the rows that a column has. Height: the shares within the column. Area: rows.";

pub fn chart(result: &ChartResult, panel: &ChartPanel) -> Chart {
    let counts = Counts::of(values_of(panel), result.x.names.len(), result.y.names.len());
    let mut marks = vec![Mark::TileHeads(TileHeads { items: heads(result, &counts) })];
    marks.extend(
        (0..counts.n_rows).map(|row| Mark::Tiles(Tiles { series: row, items: tiles(result, &counts, row) })),
    );
    if counts.total() == 0 {
        marks.push(Mark::Note(Note { x: 0.5, y: 0.5, text: "no rows".into() }));
    }
    let (x, y) = (&result.x.label, &result.y.label);
    let whole = Domain::Fixed(0.0, 1.0);
    Chart {
        kind: "chart_mosaic",
        title: in_panel(result, panel, format!("{y} by {x}")),
        takeaway: takeaway(result, panel, &counts),
        note: NOTE.into(),
        x: Axis::linear(x, whole, NumberFormat::Percent).hidden(),
        y: Axis::linear(format!("share within {x}"), whole, NumberFormat::Percent),
        series: result.y.names.iter().enumerate().map(|(i, name)| Series::numbered(name, i)).collect(),
        marks,
        value_headings: None,
        table: table(result, &counts),
    }
}

/// Rows by column and by row of the mosaic.
struct Counts {
    n_columns: usize,
    n_rows: usize,
    /// Column by column.
    cells: Vec<u64>,
}

impl Counts {
    fn of(values: &[ChartValue], n_columns: usize, n_rows: usize) -> Self {
        let mut cells = vec![0; n_columns * n_rows];
        for found in values {
            let (column, row) = (found.at.max(0.0) as usize, found.row as usize);
            if row < n_rows
                && let Some(cell) = cells.get_mut(column * n_rows + row)
            {
                *cell += found.n;
            }
        }
        Self { n_columns, n_rows, cells }
    }

    fn cell(&self, column: usize, row: usize) -> u64 {
        self.cells.get(column * self.n_rows + row).copied().unwrap_or(0)
    }

    fn column(&self, column: usize) -> u64 {
        (0..self.n_rows).map(|row| self.cell(column, row)).sum()
    }

    fn total(&self) -> u64 {
        self.cells.iter().sum()
    }

    /// From and to, as shares of all rows.
    fn width(&self, column: usize) -> (f64, f64) {
        let before: u64 = (0..column).map(|column| self.column(column)).sum();
        (share(before, self.total()), share(before + self.column(column), self.total()))
    }
}

fn share(part: u64, whole: u64) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

fn heads(result: &ChartResult, counts: &Counts) -> Vec<TileHead> {
    let head = |(column, name): (usize, &String)| {
        let of_all = format::percent(share(counts.column(column), counts.total()), 0);
        TileHead { x: counts.width(column), texts: vec![format!("{name}, {of_all}"), name.clone()] }
    };
    result.x.names.iter().enumerate().map(head).collect()
}

fn tiles(result: &ChartResult, counts: &Counts, row: usize) -> Vec<Tile> {
    let tile = |column: usize| {
        let n = counts.cell(column, row);
        let n_column = counts.column(column);
        if n == 0 {
            return None;
        }
        // The first row on top, as in the legend.
        let above: u64 = (0..row).map(|row| counts.cell(column, row)).sum();
        let of_column = share(n, n_column);
        let name = |names: &[String], index: usize| names.get(index).cloned().unwrap_or_default();
        let (x, y) = (name(&result.x.names, column), name(&result.y.names, row));
        Some(Tile {
            x: counts.width(column),
            y: (1.0 - share(above + n, n_column), 1.0 - share(above, n_column)),
            text: format::percent(of_column, 0),
            info: Info::new(format!("{} = {y}, {} = {x}", result.y.label, result.x.label))
                .line(format!("share within {x}"), format::percent(of_column, 1))
                .line("share of all rows", format::percent(share(n, counts.total()), 1))
                .line("rows", format!("{} of {}", format::count(n), format::count(n_column)))
                .of(column as f64, row as u32, 0),
        })
    };
    (0..counts.n_columns).filter_map(tile).collect()
}

/// The range of the first row's shares.
fn takeaway(result: &ChartResult, panel: &ChartPanel, counts: &Counts) -> String {
    let known = || (0..counts.n_columns).filter(|column| counts.column(*column) > 0);
    let of = |column: usize| share(counts.cell(column, 0), counts.column(column));
    let phrase = |column: usize| {
        let name = result.x.names.get(column).map_or("", String::as_str);
        format!("{} in {name}", format::percent(of(column), 1))
    };
    let least = known().min_by(|a, b| of(*a).total_cmp(&of(*b)));
    let most = known().max_by(|a, b| of(*a).total_cmp(&of(*b)));
    match (result.y.names.first(), least, most) {
        (Some(level), Some(least), Some(most)) if of(most) > of(least) => {
            format!(
                "The share of {} = {level} goes from {} to {}.",
                result.y.label,
                phrase(least),
                phrase(most)
            )
        }
        (Some(level), Some(only), Some(_)) => {
            let share = format::percent(of(only), 1);
            format!("The share of {} = {level} is {share} wherever there are rows.", result.y.label)
        }
        _ => {
            let place = where_in(result, panel);
            format!("There are no rows{place}.")
        }
    }
}

fn table(result: &ChartResult, counts: &Counts) -> DataTable {
    let (x, y) = (result.x.label.as_str(), result.y.label.as_str());
    let within = format!("#share within {x}");
    let mut table = DataTable::new(&[x, y, "#rows", &within, "#share of all rows"]);
    for (column, x) in result.x.names.iter().enumerate() {
        for (row, y) in result.y.names.iter().enumerate() {
            let n = counts.cell(column, row);
            let percent = |share: f64| format::percent(share, 1);
            table.push(vec![
                Cell::text(x),
                Cell::text(y),
                Cell::count(n),
                Cell::number(Some(share(n, counts.column(column))), percent),
                Cell::number(Some(share(n, counts.total())), percent),
            ]);
        }
    }
    table
}
