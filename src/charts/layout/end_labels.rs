//! Names at the right end of the plot, beside the lines that they name, instead of a legend.

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

/// A name wanted at the right end.
#[derive(Debug, Clone, PartialEq)]
pub struct EndName {
    /// Longest first; all names of a chart are cut to the same rank.
    pub texts: Vec<String>,
    pub weight: Weight,
    pub role: Role,
}

impl EndName {
    /// The name of a series in its colour.
    pub fn of_series(chart: &Chart, series: usize) -> Option<Self> {
        let series = chart.series.get(series)?;
        let texts = vec![series.name.clone()];
        Some(Self { texts, weight: Weight::Bold, role: Role::SeriesText(series.slot) })
    }

    fn text(&self, rank: usize) -> &str {
        self.texts.get(rank).or(self.texts.last()).map_or("", String::as_str)
    }
}

/// Room for names, and how long they may be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct EndRoom {
    pub width_px: f64,
    rank: usize,
}

impl EndRoom {
    pub fn of(names: &[EndName], measure: &dyn TextMeasure, chart_width_px: f64) -> Self {
        let most_px = chart_width_px * MOST_SHARE;
        let n_ranks = names.iter().map(|name| name.texts.len()).max().unwrap_or(0);
        let width_at = |rank: usize| {
            let width = |name: &EndName| measure.width_px(name.text(rank), SMALL_PX, name.weight) + GAP_PX;
            names.iter().map(width).fold(LEAST_RIGHT_PX, f64::max)
        };
        let rank = (0..n_ranks).find(|rank| width_at(*rank) <= most_px).unwrap_or(n_ranks.saturating_sub(1));
        Self { width_px: width_at(rank).min(most_px.max(LEAST_RIGHT_PX)), rank }
    }
}

/// Writes the names that marks have left, moved apart where lines end close to each other.
pub fn place(frame: &Frame<'_>, room: EndRoom, out: &mut Placed) {
    let line_px = SMALL_PX * LINE_HEIGHT + 1.0;
    let mut ends = std::mem::take(&mut out.line_ends);
    if ends.len() as f64 * line_px > frame.plot.height() {
        return;
    }
    ends.sort_by(|a, b| a.1.y.total_cmp(&b.1.y));
    let mut middles: Vec<f64> = ends.iter().map(|(_, point)| point.y).collect();
    spread(&mut middles, line_px, frame.plot.top, frame.plot.bottom);
    for ((name, end), y) in ends.iter().zip(middles) {
        let left = frame.plot.right + GAP_PX;
        let EndName { weight, role, .. } = *name;
        let text = ellipsize(frame.measure, name.text(room.rank), SMALL_PX, weight, frame.width_px - left);
        let at = Point::new(left, y);
        let label = Label { at, text, size_px: SMALL_PX, weight, anchor: Anchor::Start, role };
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
