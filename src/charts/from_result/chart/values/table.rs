//! The numbers behind a chart of values.

use super::places::Places;
use super::stack::Piece;
use super::words::is_of_rows;
use crate::analyses::chart::{ChartPanel, ChartResult, PlaceKind};
use crate::charts::from_result::chart::figures::{INTERVAL, figure, label};
use crate::charts::scale::iso_time;
use crate::charts::table::{Cell, Column, DataTable};
use crate::format;

/// One row a value, in the order of places, then series.
pub fn values(
    result: &ChartResult,
    panel: &ChartPanel,
    places: &Places<'_>,
    pieces: &[Piece<'_>],
) -> DataTable {
    let has_intervals = pieces.iter().any(|piece| piece.value.interval.is_some());
    let has_shares = pieces.iter().any(|piece| piece.share.is_some());
    let mut table = DataTable::default();
    let mut column = |heading: String, is_numeric| table.columns.push(Column { heading, is_numeric });
    if !panel.name.is_empty() {
        column(facet_name(result), false);
    }
    column(named(&result.x.label, "place"), false);
    if result.series.len() > 1 {
        column(named(&result.series_label, "series"), false);
    }
    column(named(&label(&result.y), "value"), true);
    if has_intervals {
        column(format!("{INTERVAL}, low"), true);
        column(format!("{INTERVAL}, high"), true);
    }
    if has_shares {
        column("share".into(), true);
    }
    if !is_of_rows(result) {
        column("rows".into(), true);
    }
    let mut in_order: Vec<&Piece<'_>> = pieces.iter().collect();
    in_order.sort_by(|a, b| a.value.at.total_cmp(&b.value.at).then(a.value.series.cmp(&b.value.series)));
    for piece in in_order {
        let value = piece.value;
        let number = |x: Option<f64>| Cell::number(x, |x| figure(&result.y, x));
        let mut row = Vec::with_capacity(table.columns.len());
        if !panel.name.is_empty() {
            row.push(Cell::text(&panel.name));
        }
        row.push(Cell::text(match result.x.scale {
            PlaceKind::Times => iso_time(value.at),
            PlaceKind::Categories | PlaceKind::Numbers => places.name(value.at),
        }));
        if result.series.len() > 1 {
            row.push(Cell::text(result.series.get(value.series as usize).cloned().unwrap_or_default()));
        }
        row.push(number(value.value));
        if has_intervals {
            row.push(number(value.interval.and_then(|interval| interval.low)));
            row.push(number(value.interval.and_then(|interval| interval.high)));
        }
        if has_shares {
            row.push(Cell::number(piece.share, |share| format::percent(share, 1)));
        }
        if !is_of_rows(result) {
            row.push(Cell::count(value.n));
        }
        table.push(row);
    }
    table
}

pub fn facet_name(result: &ChartResult) -> String {
    named(result.spec.facet.as_ref().map_or("", |field| field.column.as_str()), "panel")
}

fn named(label: &str, fallback: &str) -> String {
    if label.is_empty() { fallback.into() } else { label.into() }
}
