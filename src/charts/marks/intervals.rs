//! An estimate with its interval: a symbol on a line. Rows of them make a forest plot.

use super::{Direction, PlaceMark};
use crate::charts::geometry::{Point, Rect};
use crate::charts::layout::{Extent, Frame, Layer, Placed};
use crate::charts::measure::Weight;
use crate::charts::model::{Ends, Info, ValueLabel};
use crate::charts::scene::{Geometry, Paint, Shape};
use crate::charts::theme::Role;

const SYMBOL_PX: f64 = 9.0;
const ARROW_PX: f64 = 5.0;

#[derive(Debug, Clone, PartialEq)]
pub struct Intervals {
    pub series: usize,
    pub direction: Direction,
    /// Moves the marks across their direction, in pixels: series at the same places stand side by side.
    pub offset_px: f64,
    pub items: Vec<IntervalItem>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct IntervalItem {
    /// Position on the other axis; an index on a categorical one.
    pub place: f64,
    /// `None`: there is nothing to draw, but the row is still there to be read.
    pub estimate: Option<f64>,
    /// `None`: no interval is known.
    pub interval: Option<Ends>,
    pub look: IntervalLook,
    /// Rows only.
    pub label: ValueLabel,
    pub info: Info,
}

/// How much an interval asks to be seen; told apart without colour.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum IntervalLook {
    /// Filled symbol.
    #[default]
    Plain,
    /// Filled symbol, thick line, bold value.
    Strong,
    /// Open symbol.
    Open,
}

impl PlaceMark for Intervals {
    fn series(&self) -> Option<usize> {
        Some(self.series)
    }

    fn extend(&self, x: &mut Extent, y: &mut Extent) {
        let (value, place) = match self.direction {
            Direction::Horizontal => (x, y),
            Direction::Vertical => (y, x),
        };
        for item in &self.items {
            place.include(item.place);
            let ends = item.interval.map_or([None, None], |ends| [ends.low, ends.high]);
            for number in ends.into_iter().chain([item.estimate]).flatten() {
                value.include(number);
            }
        }
    }

    fn row_values(&self) -> Vec<(f64, &ValueLabel)> {
        self.items.iter().map(|item| (item.place, &item.label)).collect()
    }

    fn place(&self, frame: &Frame<'_>, lane: usize, out: &mut Placed) {
        for item in &self.items {
            match self.direction {
                Direction::Horizontal => self.place_row(frame, item, lane, out),
                Direction::Vertical => self.place_upright(frame, item, lane, out),
            }
        }
    }
}

impl Intervals {
    fn place_row(&self, frame: &Frame<'_>, item: &IntervalItem, lane: usize, out: &mut Placed) {
        let Some(y) = frame.y.px(item.place).map(|y| y + self.offset_px) else { return };
        let plot = frame.plot;
        let estimate = item.estimate.and_then(|value| frame.x.px(value));
        let mut reach_px = 0.0;
        if let Some(ends) = item.interval.filter(|_| estimate.is_some()) {
            let low = ends.low.map_or(Some(f64::NEG_INFINITY), |value| frame.x.px(value));
            let high = ends.high.map_or(Some(f64::INFINITY), |value| frame.x.px(value));
            if let (Some(low), Some(high)) = (low, high) {
                let from = Point::new(low.clamp(plot.left, plot.right), y);
                let to = Point::new(high.clamp(plot.left, plot.right), y);
                reach_px = to.x - from.x;
                self.line(frame, item, from, to, out);
                if low < plot.left - 0.5 {
                    self.arrow(frame, Point::new(plot.left, y), Point::new(ARROW_PX, 0.0), out);
                }
                if high > plot.right + 0.5 {
                    self.arrow(frame, Point::new(plot.right, y), Point::new(-ARROW_PX, 0.0), out);
                }
            }
        }
        let inside = estimate.filter(|x| (plot.left - 0.5..=plot.right + 0.5).contains(x));
        if let Some(x) = inside {
            self.symbol(frame, item, Point::new(x, y), reach_px, out);
        }
        let anchor = Point::new(estimate.unwrap_or(plot.left).clamp(plot.left, plot.right), y);
        let geometry = match frame.rows.as_ref().and_then(|rows| rows.row_px(item.place)) {
            // The whole row answers, its name and value too.
            Some((top, bottom)) => Geometry::Region(Rect::new(0.0, top, frame.width_px, bottom)),
            None => Geometry::Point(anchor),
        };
        out.hit(geometry, anchor, Some(self.series), lane, &item.info);
        if let Some(rows) = &frame.rows {
            let weight = if item.look == IntervalLook::Strong { Weight::Bold } else { Weight::Regular };
            rows.place_row_value(frame, item.place, &item.label, weight, out);
        }
    }

    fn place_upright(&self, frame: &Frame<'_>, item: &IntervalItem, lane: usize, out: &mut Placed) {
        let plot = frame.plot;
        let Some(x) = frame.x.px(item.place).map(|x| x + self.offset_px) else { return };
        let Some(estimate) = item.estimate.and_then(|value| frame.y.px(value)) else { return };
        if !(plot.left - 0.5..=plot.right + 0.5).contains(&x) {
            return;
        }
        let mut reach = (estimate, estimate);
        if let Some(ends) = item.interval {
            let low = ends.low.map_or(Some(f64::INFINITY), |value| frame.y.px(value));
            let high = ends.high.map_or(Some(f64::NEG_INFINITY), |value| frame.y.px(value));
            if let (Some(low), Some(high)) = (low, high) {
                reach = (high.clamp(plot.top, plot.bottom), low.clamp(plot.top, plot.bottom));
                self.line(frame, item, Point::new(x, reach.0), Point::new(x, reach.1), out);
                if high < plot.top - 0.5 {
                    self.arrow(frame, Point::new(x, plot.top), Point::new(0.0, ARROW_PX), out);
                }
                if low > plot.bottom + 0.5 {
                    self.arrow(frame, Point::new(x, plot.bottom), Point::new(0.0, -ARROW_PX), out);
                }
            }
        }
        let anchor = Point::new(x, estimate.clamp(plot.top, plot.bottom));
        self.symbol(frame, item, anchor, reach.1 - reach.0, out);
        let geometry = Geometry::Segment(Point::new(x, reach.0), Point::new(x, reach.1));
        out.hit(geometry, anchor, Some(self.series), lane, &item.info);
    }

    fn line(&self, frame: &Frame<'_>, item: &IntervalItem, from: Point, to: Point, out: &mut Placed) {
        let width_px = if item.look == IntervalLook::Strong { 2.5 } else { 1.5 };
        out.line(Layer::Mark, from, to, width_px, frame.role(self.series));
    }

    /// The interval goes on beyond the plot.
    fn arrow(&self, frame: &Frame<'_>, tip: Point, back: Point, out: &mut Placed) {
        let side = Point::new(back.y * 0.8, back.x * 0.8);
        let points = vec![
            tip,
            Point::new(tip.x + back.x + side.x, tip.y + back.y + side.y),
            Point::new(tip.x + back.x - side.x, tip.y + back.y - side.y),
        ];
        out.push(Layer::Mark, Shape::Area { points, paint: frame.role(self.series).into() });
    }

    fn symbol(&self, frame: &Frame<'_>, item: &IntervalItem, at: Point, reach_px: f64, out: &mut Placed) {
        let paint: Paint = frame.role(self.series).into();
        let symbol = frame.symbol(self.series);
        // A ring of paper keeps the symbol apart from its line; it would swallow a short one.
        if reach_px > 3.0 * SYMBOL_PX {
            let (size_px, paint) = (SYMBOL_PX + 3.0, Role::Background.into());
            out.push(Layer::Mark, Shape::Symbol { at, size_px, symbol, paint, is_filled: true });
        }
        out.push(
            Layer::Mark,
            Shape::Symbol {
                at,
                size_px: SYMBOL_PX,
                symbol,
                paint,
                is_filled: item.look != IntervalLook::Open,
            },
        );
    }
}
