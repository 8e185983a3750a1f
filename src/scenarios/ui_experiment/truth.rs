//! The planted effects, computed from the model's expectations and not from the sample.

use super::levels::{Cell, DEVICES, GENRES, N_CELLS, TIMES, VARIANTS};
use super::world::{Expectation, World};
use crate::model::{Truth, TruthQuantity};

/// A metric as the expected sums of its numerator and denominator over sessions.
struct Metric {
    name: &'static str,
    sums: fn(&Expectation) -> (f64, f64),
}

/// `watch_completion` is 0 where nothing was watched, so it also has a mean over all sessions. `bounce_reason` is the
/// share of sessions that have a reason.
const METRICS: [Metric; 6] = [
    Metric { name: "session_length", sums: |e| (e.length, 1.0) },
    Metric { name: "watched", sums: |e| (e.watch, 1.0) },
    Metric { name: "watch_completion / watched", sums: |e| (e.watch * e.completion, e.watch) },
    Metric { name: "watch_completion", sums: |e| (e.watch * e.completion, 1.0) },
    Metric { name: "clicks_before_watch", sums: |e| (e.clicks, 1.0) },
    Metric { name: "bounce_reason", sums: |e| ((1.0 - e.watch) * e.bounce, 1.0) },
];

/// A column of `sessions` whose levels are segments.
struct SegmentColumn {
    column: &'static str,
    levels: &'static [&'static str],
    level_of: fn(Cell) -> u8,
}

const SEGMENT_COLUMNS: [SegmentColumn; 3] = [
    SegmentColumn { column: "device_type", levels: &DEVICES, level_of: |cell| cell.device },
    SegmentColumn { column: "time_of_day", levels: &TIMES, level_of: |cell| cell.time },
    SegmentColumn { column: "genre", levels: &GENRES, level_of: |cell| cell.genre },
];

/// Difference and lift of B against A for every metric, overall and by device, time of day and genre.
pub fn truths(world: &World) -> Vec<Truth> {
    let mut truths = Vec::new();
    for metric in &METRICS {
        push_both(&mut truths, world, metric, None, |_| true);
        for SegmentColumn { column, levels, level_of } in &SEGMENT_COLUMNS {
            for (index, level) in levels.iter().enumerate() {
                let segment = Some(((*column).to_owned(), (*level).to_owned()));
                push_both(&mut truths, world, metric, segment, |cell| usize::from(level_of(cell)) == index);
            }
        }
    }
    truths
}

fn push_both(
    truths: &mut Vec<Truth>,
    world: &World,
    metric: &Metric,
    segment: Option<(String, String)>,
    is_inside: impl Fn(Cell) -> bool,
) {
    let [control, variant] = [0, 1].map(|variant: u8| {
        let (mut numerator, mut denominator) = (0.0, 0.0);
        for cell in (0..N_CELLS).map(Cell::at).filter(|cell| is_inside(*cell)) {
            let (n, d) = (metric.sums)(world.expectation(variant, cell));
            numerator += cell.share() * n;
            denominator += cell.share() * d;
        }
        numerator / denominator
    });
    let difference = variant - control;
    for (quantity, value) in
        [(TruthQuantity::Difference, difference), (TruthQuantity::Lift, difference / control.abs())]
    {
        truths.push(Truth {
            table: "sessions".into(),
            metric: metric.name.into(),
            variant: VARIANTS[1].into(),
            control: VARIANTS[0].into(),
            segment: segment.clone(),
            quantity,
            value,
        });
    }
}
