//! Where the values of each row lie: box and whiskers, a line over the quartiles, or a tick at the median.

use super::PlaceMark;
use crate::charts::geometry::{Point, Rect};
use crate::charts::layout::{Extent, Frame, Layer, Placed};
use crate::charts::measure::Weight;
use crate::charts::model::{Dash, Info, Symbol, ValueLabel};
use crate::charts::scene::{Geometry, Paint, Shape};
use crate::charts::theme::Role;

const FILL_OPACITY: f64 = 0.25;
/// Half the height of a box; less in a row that is lower.
const HALF_BOX_PX: f64 = 8.0;
const HALF_CAP_PX: f64 = 4.0;
/// Half the height of a tick, as a share of its row.
const TICK_SHARE: f64 = 0.42;
const MEAN_PX: f64 = 7.0;
const OUTLIER_PX: f64 = 5.0;

#[derive(Debug, Clone, PartialEq)]
pub struct Boxes {
    pub series: usize,
    pub look: BoxLook,
    pub items: Vec<BoxItem>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum BoxLook {
    /// A box over the quartiles with whiskers, the mean and the values beyond.
    #[default]
    Whole,
    /// A thick line over the quartiles with a dot at the median, inside a violin.
    Line,
    /// An upright tick at the median, over points.
    Tick,
    /// An upright tick that stands on the lower edge of its row, in a ridge.
    Foot,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct BoxItem {
    /// Index of the row.
    pub place: f64,
    /// `None`: there is nothing to draw, but the row is still there to be read.
    pub quartiles: Option<[f64; 3]>,
    pub whiskers: Option<[f64; 2]>,
    pub mean: Option<f64>,
    pub outliers: Vec<Outlier>,
    pub label: ValueLabel,
    pub info: Info,
}

/// A value beyond the whiskers.
#[derive(Debug, Clone, PartialEq)]
pub struct Outlier {
    pub value: f64,
    pub info: Info,
}

impl PlaceMark for Boxes {
    fn series(&self) -> Option<usize> {
        Some(self.series)
    }

    fn extend(&self, x: &mut Extent, y: &mut Extent) {
        for item in &self.items {
            y.include(item.place);
            item.quartiles.iter().flatten().for_each(|value| x.include(*value));
            if self.look == BoxLook::Whole {
                item.whiskers.iter().flatten().chain(&item.mean).for_each(|value| x.include(*value));
                item.outliers.iter().for_each(|outlier| x.include(outlier.value));
            }
        }
    }

    fn row_values(&self) -> Vec<(f64, &ValueLabel)> {
        self.items.iter().map(|item| (item.place, &item.label)).collect()
    }

    fn place(&self, frame: &Frame<'_>, lane: usize, out: &mut Placed) {
        let Some(rows) = &frame.rows else { return };
        for item in &self.items {
            let (Some((top, bottom)), Some(row)) = (rows.bands.band_px(item.place), rows.row_px(item.place))
            else {
                continue;
            };
            let y = (top + bottom) / 2.0;
            let places = item.quartiles.map(|values| values.map(|value| frame.x_in_plot(value)));
            let median = if let Some([Some(low), Some(median), Some(high)]) = places {
                match self.look {
                    BoxLook::Whole => self.whole(frame, item, (low, median, high), (top, bottom), out),
                    BoxLook::Line => self.line(frame, (low, median, high), y, out),
                    BoxLook::Tick => {
                        let half = (bottom - top) * TICK_SHARE;
                        tick(Point::new(median, y - half), Point::new(median, y + half), out);
                    }
                    BoxLook::Foot => {
                        tick(Point::new(median, y), Point::new(median, bottom), out);
                    }
                }
                Some(median)
            } else {
                None
            };
            // The whole row answers, its name and value too.
            let area = Rect::new(0.0, row.0, frame.width_px, row.1);
            let anchor = Point::new(median.unwrap_or(frame.plot.left), y);
            out.hit(Geometry::Region(area), anchor, Some(self.series), lane, &item.info);
            if self.look == BoxLook::Whole {
                self.outliers(frame, item, y, lane, out);
            }
            rows.place_row_value(frame, item.place, &item.label, Weight::Regular, out);
        }
    }
}

impl Boxes {
    fn whole(
        &self,
        frame: &Frame<'_>,
        item: &BoxItem,
        (low, median, high): (f64, f64, f64),
        (top, bottom): (f64, f64),
        out: &mut Placed,
    ) {
        let role = frame.role(self.series);
        let y = (top + bottom) / 2.0;
        let half = HALF_BOX_PX.min((bottom - top) / 2.0 - 1.0).max(2.0);
        for (end, value) in [low, high].into_iter().zip(item.whiskers.into_iter().flatten()) {
            let Some(x) = frame.x_in_plot(value) else { continue };
            let cap = |dy: f64| Point::new(x, y + dy);
            out.line(Layer::Mark, Point::new(end, y), Point::new(x, y), 1.5, role);
            out.line(Layer::Mark, cap(-HALF_CAP_PX), cap(HALF_CAP_PX), 1.5, role);
        }
        // Paper first, so that the row's guide does not shine through.
        let rect = Rect::new(low, y - half, high.max(low + 1.0), y + half);
        out.push(Layer::Mark, Shape::Rect { rect, paint: Role::Background.into() });
        out.push(Layer::Mark, Shape::Rect { rect, paint: Paint { role, opacity: FILL_OPACITY } });
        let Rect { left, top, right, bottom } = rect;
        let corners = [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)];
        let points = corners.map(|(x, y)| Point::new(x, y)).to_vec();
        out.push(Layer::Mark, Shape::Line { points, width_px: 1.5, dash: Dash::Solid, paint: role.into() });
        out.line(Layer::Mark, Point::new(median, top), Point::new(median, bottom), 3.0, role);
        if let Some(x) = item.mean.and_then(|mean| frame.x_in_plot(mean)) {
            let (at, symbol, paint) = (Point::new(x, y), Symbol::Diamond, Role::Ink.into());
            out.push(Layer::Mark, Shape::Symbol { at, size_px: MEAN_PX, symbol, paint, is_filled: false });
        }
    }

    fn line(&self, frame: &Frame<'_>, (low, median, high): (f64, f64, f64), y: f64, out: &mut Placed) {
        out.line(Layer::Mark, Point::new(low, y), Point::new(high, y), 4.0, frame.role(self.series));
        let (at, symbol) = (Point::new(median, y), Symbol::Circle);
        for (size_px, role) in [(9.0, frame.role(self.series)), (6.0, Role::Background)] {
            let paint = role.into();
            out.push(Layer::Mark, Shape::Symbol { at, size_px, symbol, paint, is_filled: true });
        }
    }

    fn outliers(&self, frame: &Frame<'_>, item: &BoxItem, y: f64, lane: usize, out: &mut Placed) {
        for outlier in &item.outliers {
            let inside = |x: &f64| (frame.plot.left - 0.5..=frame.plot.right + 0.5).contains(x);
            let Some(x) = frame.x.px(outlier.value).filter(inside) else { continue };
            let (at, symbol, paint) = (Point::new(x, y), Symbol::Circle, frame.role(self.series).into());
            out.push(Layer::Mark, Shape::Symbol { at, size_px: OUTLIER_PX, symbol, paint, is_filled: false });
            // The whole row answers: a point must have an area of its own to be nearer.
            let area = Rect::new(at.x, at.y, at.x, at.y).grown(OUTLIER_PX);
            out.hit(Geometry::Region(area), at, Some(self.series), lane, &outlier.info);
        }
    }
}

/// In ink on a seam of paper, so that it is seen over marks of any colour.
fn tick(from: Point, to: Point, out: &mut Placed) {
    out.line(Layer::Mark, from, to, 5.0, Role::Background);
    out.line(Layer::Mark, from, to, 2.5, Role::Ink);
}
