//! Strips: every value as a point, spread over the height of its row so that points cover each other less.

use super::box_rows::{Row, by_series, item, key, name};
use super::figures::long;
use crate::analyses::chart::{ChartBox, ChartResult};
use crate::charts::marks::{BoxLook, Boxes, PointItem, Points};
use crate::charts::model::{Info, Mark};

const NOTE: &str = "Points: values, at most 400 a row, evenly taken by rank where there are more. Their height in the row \
                    means nothing. Upright tick: median.";
/// Share of the row that points are spread over.
const SPREAD: f64 = 0.7;
/// The fraction of the golden ratio: its multiples fill an interval evenly, however many there are.
const GOLDEN: f64 = 0.618_033_988_749_895;

pub fn marks(result: &ChartResult, rows: &[Row<'_>]) -> (&'static str, &'static str, Vec<Mark>) {
    let by_series = by_series(result, rows);
    let points = by_series.iter().map(|(series, rows)| {
        let items: Vec<PointItem> = rows.iter().flat_map(|row| points(result, row)).collect();
        let opacity = if items.len() > 60 * rows.len().max(1) { 0.45 } else { 0.8 };
        Mark::Points(Points { series: *series, items, size_px: 5.0, opacity })
    });
    let medians = by_series.iter().map(|(series, rows)| {
        let items = rows.iter().map(|row| item(result, row)).collect();
        Mark::Boxes(Boxes { series: *series, look: BoxLook::Tick, items })
    });
    ("chart_strip", NOTE, points.chain(medians).collect())
}

fn points(result: &ChartResult, row: &Row<'_>) -> Vec<PointItem> {
    let found: &ChartBox = row.found;
    let mut values = found.values.clone();
    values.sort_by(f64::total_cmp);
    let point = |(rank, value): (usize, &f64)| PointItem {
        x: *value,
        // One value alone lies on the middle of its row.
        y: row.place + (((rank as f64 + 0.5) * GOLDEN + 0.191).fract() - 0.5) * SPREAD,
        info: key(Info::new(name(result, found)).line(&result.y.label, long(&result.y, *value)), found),
    };
    values.iter().enumerate().map(point).collect()
}
