//! Columns onto shelves and off them. Every function gives a whole new spec.

use super::Shelf;
use super::marks::{marks_for, shown_mark};
use super::role::{FEW_BINS, Role, figure, is_measured, role};
use super::settle::settled;
use crate::analyses::chart::{ChartField, ChartMark, ChartMeasure, ChartSpec};
use crate::model::{ColumnInfo, Kind};

/// Whether a column of this kind can be put on a shelf.
pub fn fits(shelf: Shelf, kind: Kind) -> bool {
    shelf != Shelf::Size || is_measured(kind)
}

/// The column on the shelf, made into what makes sense there: a number above names is a mean, a binary column a share,
/// an id the number of different ones. `columns` are those of the table.
pub fn put(spec: &ChartSpec, shelf: Shelf, column: &ColumnInfo, columns: &[ColumnInfo]) -> ChartSpec {
    if !fits(shelf, column.kind) {
        return spec.clone();
    }
    let mut new = spec.clone();
    let mut field = ChartField::column(column.name.clone());
    match shelf {
        Shelf::X => {
            new.x = Some(field);
            // What was made of Y by itself is made anew; what was chosen for it stays.
            let found = |field: &ChartField| columns.iter().find(|other| other.name == field.column);
            if let Some((y, measured)) = spec.y.as_ref().and_then(|y| Some((y, found(y)?))) {
                let was = usual_measure(spec.mark, role(spec.x.as_ref(), columns), measured.kind);
                let is = usual_measure(spec.mark, role(new.x.as_ref(), columns), measured.kind);
                if y.measure == was && y.bins.is_none() {
                    new.y = Some(ChartField { measure: is, ..y.clone() });
                }
            }
        }
        Shelf::Y => {
            field.measure = usual_measure(spec.mark, role(spec.x.as_ref(), columns), column.kind);
            new.y = Some(field);
        }
        Shelf::Color => {
            if shown_mark(spec, columns) == ChartMark::HeatMap {
                field.measure = figure(column.kind);
            } else if is_measured(column.kind) {
                field.bins = Some(FEW_BINS);
            }
            new.color = Some(field);
        }
        Shelf::Facet => {
            field.bins = is_measured(column.kind).then_some(FEW_BINS);
            new.facet = Some(field);
        }
        Shelf::Size => new.size = Some(field),
    }
    settled(new, columns)
}

/// The number of rows on the shelf of Y; on any other it says nothing.
pub fn put_rows(spec: &ChartSpec, shelf: Shelf, columns: &[ColumnInfo]) -> ChartSpec {
    if shelf != Shelf::Y {
        return spec.clone();
    }
    settled(ChartSpec { y: Some(ChartField::rows()), ..spec.clone() }, columns)
}

pub fn take_off(spec: &ChartSpec, shelf: Shelf, columns: &[ColumnInfo]) -> ChartSpec {
    let mut new = spec.clone();
    *shelf.of_mut(&mut new) = None;
    settled(new, columns)
}

/// Something else is made of the column on a shelf.
pub fn set_field(
    spec: &ChartSpec,
    shelf: Shelf,
    columns: &[ColumnInfo],
    change: impl FnOnce(&mut ChartField),
) -> ChartSpec {
    let mut new = spec.clone();
    if let Some(field) = shelf.of_mut(&mut new) {
        change(field);
        if field.is_measure() {
            field.bins = None;
            field.time_unit = Default::default();
        }
    }
    settled(new, columns)
}

/// X and Y change places.
pub fn swap(spec: &ChartSpec, columns: &[ColumnInfo]) -> ChartSpec {
    let mut new = spec.clone();
    std::mem::swap(&mut new.x, &mut new.y);
    std::mem::swap(&mut new.x_scale, &mut new.y_scale);
    settled(new, columns)
}

/// Whether there is a chart once X and Y have changed places.
pub fn can_swap(spec: &ChartSpec, columns: &[ColumnInfo]) -> bool {
    let is_filled = spec.x.is_some() || spec.y.is_some();
    is_filled && marks_for(&swap(spec, columns), columns).iter().any(|choice| choice.is_possible)
}

/// What Y makes of a column of this kind by itself.
fn usual_measure(mark: ChartMark, x: Role, kind: Kind) -> ChartMeasure {
    let needs_figure = matches!(
        mark,
        ChartMark::Bar
            | ChartMark::Line
            | ChartMark::Area
            | ChartMark::Step
            | ChartMark::Calendar
            | ChartMark::Funnel
            | ChartMark::Kpi
    );
    let is_plain = matches!(
        mark,
        ChartMark::Scatter
            | ChartMark::Box
            | ChartMark::Violin
            | ChartMark::Ridgeline
            | ChartMark::Strip
            | ChartMark::HeatMap
            | ChartMark::Mosaic
    );
    match kind {
        _ if is_plain => ChartMeasure::None,
        _ if needs_figure => figure(kind),
        Kind::Binary | Kind::Id | Kind::Text => figure(kind),
        Kind::Continuous | Kind::Count | Kind::Duration if x.is_place() => ChartMeasure::Mean,
        _ => ChartMeasure::None,
    }
}
