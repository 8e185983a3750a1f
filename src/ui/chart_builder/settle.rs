//! After every change: options that have no sense any more go back to what is usual, and fields become what the kind of
//! chart needs of them.

use super::Shelf;
use super::marks::{Roles, needs, shown_mark};
use super::role::{FEW_BINS, Role, figure, is_measured};
use crate::analyses::chart::{Arrange, AxisScale, ChartField, ChartMark, ChartMeasure, ChartSpec, TimeUnit};
use crate::model::ColumnInfo;

/// Intervals of a number where a kind of chart needs them and none are asked for.
const BINS: u32 = 20;

/// The spec as it can be drawn. A kind of chart that is no longer possible becomes the automatic one.
pub(super) fn settled(mut spec: ChartSpec, columns: &[ColumnInfo]) -> ChartSpec {
    if !needs(spec.mark, Roles::of(&spec, columns)).is_empty() {
        spec.mark = ChartMark::Auto;
    }
    match spec.mark {
        ChartMark::Bar => divide(&mut spec, columns, &[Shelf::X]),
        ChartMark::HeatMap => divide(&mut spec, columns, &[Shelf::X, Shelf::Y]),
        ChartMark::Density | ChartMark::Ecdf | ChartMark::Qq | ChartMark::Lorenz | ChartMark::Scatter => {
            join(&mut spec, &[Shelf::X, Shelf::Y]);
        }
        ChartMark::Box | ChartMark::Violin | ChartMark::Ridgeline | ChartMark::Strip => {
            join(&mut spec, &[Shelf::Y]);
        }
        ChartMark::Calendar => {
            if let Some(x) = &mut spec.x {
                x.time_unit = TimeUnit::Day;
            }
        }
        _ => {}
    }
    let shown = shown_mark(&spec, columns);
    fit_color(&mut spec, shown, columns);
    if shown != ChartMark::Scatter {
        spec.size = None;
    }
    if !may_arrange(&spec, columns) || !can_stack(&spec) {
        spec.arrange = Arrange::SideBySide;
    }
    if !has_scale(&spec, Shelf::X, columns) {
        spec.x_scale = AxisScale::Linear;
    }
    if !has_scale(&spec, Shelf::Y, columns) {
        spec.y_scale = AxisScale::Linear;
    }
    spec
}

/// Numbers that are places need intervals.
fn divide(spec: &mut ChartSpec, columns: &[ColumnInfo], shelves: &[Shelf]) {
    for shelf in shelves {
        let role = super::role(shelf.of(spec), columns);
        if let (Role::Number, Some(field)) = (role, shelf.of_mut(spec)) {
            field.bins = Some(BINS);
        }
    }
}

/// Values are used as they are.
fn join(spec: &mut ChartSpec, shelves: &[Shelf]) {
    for shelf in shelves {
        if let Some(field) = shelf.of_mut(spec) {
            field.bins = None;
        }
    }
}

/// Colour shows a figure in the cells of a heat map, and tells series apart everywhere else.
fn fit_color(spec: &mut ChartSpec, shown: ChartMark, columns: &[ColumnInfo]) {
    let Some(color) = &mut spec.color else { return };
    let kind = columns.iter().find(|column| column.name == color.column).map(|column| column.kind);
    let Some(kind) = kind else { return };
    let is_of_cells = shown == ChartMark::HeatMap;
    if is_of_cells && !color.is_measure() {
        *color = ChartField::measure(color.column.clone(), figure(kind));
    } else if !is_of_cells && color.is_measure() {
        let bins = is_measured(kind).then_some(FEW_BINS);
        *color = ChartField { bins, ..ChartField::column(color.column.clone()) };
    }
}

/// Whether there are series that can stand side by side or on each other.
pub fn may_arrange(spec: &ChartSpec, columns: &[ColumnInfo]) -> bool {
    spec.color.is_some() && matches!(shown_mark(spec, columns), ChartMark::Bar | ChartMark::Area)
}

/// Counts and sums add up; means do not.
pub fn can_stack(spec: &ChartSpec) -> bool {
    let measure = spec.y.as_ref().map_or(ChartMeasure::Count, |field| field.measure);
    matches!(measure, ChartMeasure::Count | ChartMeasure::Sum)
}

/// Whether the axis has numbers on it, which can be on another scale.
pub fn has_scale(spec: &ChartSpec, shelf: Shelf, columns: &[ColumnInfo]) -> bool {
    let shown = shown_mark(spec, columns);
    let has_axes = !matches!(
        shown,
        ChartMark::Auto
            | ChartMark::Kpi
            | ChartMark::Mosaic
            | ChartMark::Calendar
            | ChartMark::Funnel
            | ChartMark::HeatMap
            | ChartMark::Qq
            | ChartMark::Lorenz
    );
    let role = super::role(shelf.of(spec), columns);
    let is_counted = matches!(shown, ChartMark::Bar | ChartMark::Histogram) && role == Role::Nothing;
    let is_number = role.is_number() || (shelf == Shelf::Y && (role == Role::Measure || is_counted));
    has_axes && is_number
}
