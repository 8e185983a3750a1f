//! Names of series at the right ends of their lines, instead of a legend.

use super::View;
use super::frame::{Frame, Label, Layer, Placed, SMALL_PX};
use crate::charts::geometry::Point;
use crate::charts::measure::{TextMeasure, Weight, ellipsize};
use crate::charts::model::Chart;
use crate::charts::scene::{Anchor, LINE_HEIGHT};
use crate::charts::theme::Role;

const GAP_PX: f64 = 8.0;
const LEAST_RIGHT_PX: f64 = 8.0;
/// Names may take this share of the chart's width.
const MOST_SHARE: f64 = 0.26;

/// Room right of the plot.
pub fn width_px(chart: &Chart, measure: &dyn TextMeasure, view: &View, chart_width_px: f64) -> f64 {
    let named = chart.marks.iter().filter_map(|mark| mark.placeable().end_labelled());
    let widest = named
        .filter(|series| !view.hidden.contains(series))
        .filter_map(|series| chart.series.get(series))
        .map(|series| measure.width_px(&series.name, SMALL_PX, Weight::Bold))
        .fold(0.0, f64::max);
    if widest == 0.0 { LEAST_RIGHT_PX } else { (widest + GAP_PX).min(chart_width_px * MOST_SHARE) }
}

/// Writes the names, moved apart where lines end close to each other.
pub fn place(frame: &Frame<'_>, out: &mut Placed) {
    let line_px = SMALL_PX * LINE_HEIGHT + 1.0;
    let mut ends = std::mem::take(&mut out.line_ends);
    if ends.len() as f64 * line_px > frame.plot.height() {
        return;
    }
    ends.sort_by(|a, b| a.1.y.total_cmp(&b.1.y));
    let mut middles: Vec<f64> = ends.iter().map(|(_, point)| point.y).collect();
    spread(&mut middles, line_px, frame.plot.top, frame.plot.bottom);
    for ((series, end), y) in ends.iter().zip(middles) {
        let Some(name) = frame.series(*series).map(|series| series.name.as_str()) else { continue };
        let left = frame.plot.right + GAP_PX;
        let text = ellipsize(frame.measure, name, SMALL_PX, Weight::Bold, frame.width_px - left);
        let role = frame.text_role(*series);
        let at = Point::new(left, y);
        let label = Label { at, text, size_px: SMALL_PX, weight: Weight::Bold, anchor: Anchor::Start, role };
        if out.try_label(frame, label) && (end.x < frame.plot.right - 1.0 || (end.y - y).abs() > 2.0) {
            out.line(Layer::Rule, *end, Point::new(left - 3.0, y), 1.0, Role::Rule);
        }
    }
}

/// Moves sorted places at least `gap` apart, as little as a downward and an upward pass need, inside
/// `low` to `high`.
fn spread(places: &mut [f64], gap: f64, low: f64, high: f64) {
    let mut least = low + gap / 2.0;
    for place in places.iter_mut() {
        *place = place.max(least);
        least = *place + gap;
    }
    let mut most = high - gap / 2.0;
    for place in places.iter_mut().rev() {
        *place = place.min(most);
        most = *place - gap;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_keep_their_distance_and_stay_inside() {
        let mut places = [10.0, 12.0, 90.0, 99.0];
        spread(&mut places, 16.0, 0.0, 100.0);
        assert!(places.windows(2).all(|pair| pair[1] - pair[0] >= 16.0 - 1e-9), "{places:?}");
        assert!(places[0] >= 8.0 && places[3] <= 92.0, "{places:?}");
    }
}
