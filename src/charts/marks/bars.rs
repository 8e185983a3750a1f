//! Bars from zero, lying or upright: one a place, several side by side, or one on the other.

use super::{Direction, PlaceMark};
use crate::charts::geometry::{Point, Rect};
use crate::charts::layout::{Extent, Frame, Layer, Placed};
use crate::charts::measure::Weight;
use crate::charts::model::{Ends, Info, ValueLabel};
use crate::charts::scale::Scale;
use crate::charts::scene::{Geometry, Shape};
use crate::charts::theme::Role;

/// Height that a bar beside others gets in a row.
const SIDE_BY_SIDE_PX: f64 = 10.0;
/// Share of its place that a group of bars takes.
const GROUP_SHARE: f64 = 0.8;

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Bars {
    pub series: usize,
    pub direction: Direction,
    pub items: Vec<BarItem>,
    pub sharing: Sharing,
    /// What a place takes of a continuous axis, in data units; a category has its band.
    pub step: f64,
}

/// How the bars of several series share a place.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Sharing {
    #[default]
    Alone,
    /// The number of the bar, from 0, and how many there are.
    SideBySide { index: usize, of: usize },
    /// On the end of another bar.
    Stacked,
}

impl Sharing {
    /// Among the series that are shown; those side by side are numbered as the chart's.
    fn among_shown(self, hidden: &[usize]) -> Self {
        let Self::SideBySide { index, of } = self else { return self };
        let n_hidden = |end: usize| (0..end).filter(|series| hidden.contains(series)).count();
        Self::SideBySide { index: index - n_hidden(index), of: of - n_hidden(of) }
    }
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct BarItem {
    /// Index of the category, or a value of a continuous axis.
    pub place: f64,
    /// Where the bar begins: 0, or the end of the one that it stands on.
    pub from: f64,
    /// Where it ends. `None`: there is nothing to draw, but the place is still there to be read.
    pub value: Option<f64>,
    pub interval: Option<Ends>,
    /// Rows only.
    pub label: ValueLabel,
    pub info: Info,
}

impl PlaceMark for Bars {
    fn series(&self) -> Option<usize> {
        Some(self.series)
    }

    fn extend(&self, x: &mut Extent, y: &mut Extent) {
        let (value, place) = match self.direction {
            Direction::Horizontal => (x, y),
            Direction::Vertical => (y, x),
        };
        value.include(0.0);
        for item in &self.items {
            let ends = item.interval.map_or([None, None], |ends| [ends.low, ends.high]);
            ends.into_iter().chain([item.value]).flatten().for_each(|number| value.include(number));
            place.include(item.place - self.step / 2.0);
            place.include(item.place + self.step / 2.0);
        }
    }

    fn row_values(&self) -> Vec<(f64, &ValueLabel)> {
        self.items.iter().map(|item| (item.place, &item.label)).collect()
    }

    fn row_height_px(&self) -> Option<f64> {
        match self.sharing {
            Sharing::SideBySide { of, .. } => Some((of as f64 * SIDE_BY_SIDE_PX / GROUP_SHARE).max(28.0)),
            Sharing::Alone | Sharing::Stacked => None,
        }
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

impl Bars {
    fn place_row(&self, frame: &Frame<'_>, item: &BarItem, lane: usize, out: &mut Placed) {
        let Some(rows) = &frame.rows else { return };
        let (Some(band), Some(row)) = (rows.bands.band_px(item.place), rows.row_px(item.place)) else {
            return;
        };
        let sharing = self.sharing.among_shown(frame.hidden);
        let (top, bottom) = self.sides(sharing, band);
        let middle = (top + bottom) / 2.0;
        let ends = self.ends(frame, item);
        let (Some(from), Some(to)) = (frame.x_in_plot(ends.0), frame.x_in_plot(ends.1)) else { return };
        let rect = Rect::new(from.min(to), top, from.max(to), bottom);
        if item.value.is_some() {
            let start = from + self.joint(ends, to - from);
            let rect = Rect::new(start.min(to), top, start.max(to), bottom);
            out.push(Layer::Mark, Shape::Rect { rect, paint: frame.role(self.series).into() });
        }
        let end = |end: Option<f64>, edge: f64| end.map_or(Some(edge), |value| frame.x_in_plot(value));
        if let Some(ends) = item.interval
            && let (Some(low), Some(high)) =
                (end(ends.low, frame.plot.left), end(ends.high, frame.plot.right))
        {
            whisker(Point::new(low, middle), Point::new(high, middle), out);
        }
        let (area, anchor) = match sharing {
            // The whole row answers, its name and value too.
            Sharing::Alone => (Rect::new(0.0, row.0, frame.width_px, row.1), Point::new(to, middle)),
            Sharing::SideBySide { index, of } => {
                let top = if index == 0 { row.0 } else { top };
                let bottom = if index + 1 == of { row.1 } else { bottom };
                (Rect::new(0.0, top, frame.width_px, bottom), Point::new(to, middle))
            }
            Sharing::Stacked => (rect, rect.center()),
        };
        out.hit(Geometry::Region(area), anchor, Some(self.series), lane, &item.info);
        rows.place_row_value(frame, item.place, &item.label, Weight::Regular, out);
    }

    fn place_upright(&self, frame: &Frame<'_>, item: &BarItem, lane: usize, out: &mut Placed) {
        let band = match &frame.x {
            Scale::Band(bands) => bands.band_px(item.place),
            scale => scale.px(item.place - self.step / 2.0).zip(scale.px(item.place + self.step / 2.0)),
        };
        let sharing = self.sharing.among_shown(frame.hidden);
        let Some((left, right)) = band.map(|band| self.sides(sharing, band)) else { return };
        let (middle, plot) = ((left + right) / 2.0, frame.plot);
        if right <= plot.left || left >= plot.right {
            return;
        }
        let (left, right) = (left.max(plot.left), right.min(plot.right));
        let ends = self.ends(frame, item);
        let (Some(from), Some(to)) = (frame.y_in_plot(ends.0), frame.y_in_plot(ends.1)) else { return };
        let rect = Rect::new(left, from.min(to), right, from.max(to));
        if item.value.is_some() {
            let start = from + self.joint(ends, to - from);
            let rect = Rect::new(left, start.min(to), right, start.max(to));
            out.push(Layer::Mark, Shape::Rect { rect, paint: frame.role(self.series).into() });
        }
        if !(plot.left..=plot.right).contains(&middle) {
            return;
        }
        let end = |end: Option<f64>, edge: f64| end.map_or(Some(edge), |value| frame.y_in_plot(value));
        if let Some(ends) = item.interval
            && let (Some(low), Some(high)) = (end(ends.low, plot.bottom), end(ends.high, plot.top))
        {
            whisker(Point::new(middle, high), Point::new(middle, low), out);
        }
        let anchor = match self.sharing {
            Sharing::Stacked => Point::new(middle, rect.center().y),
            Sharing::Alone | Sharing::SideBySide { .. } => Point::new(middle, to),
        };
        out.hit(Geometry::Region(rect), anchor, Some(self.series), lane, &item.info);
    }

    /// Where a bar begins and ends: in a stack, on the parts that are shown.
    fn ends(&self, frame: &Frame<'_>, item: &BarItem) -> (f64, f64) {
        let is_stacked = self.sharing == Sharing::Stacked;
        let below = if is_stacked { frame.closed.below(item.place, item.from) } else { 0.0 };
        (item.from - below, item.value.unwrap_or(item.from) - below)
    }

    /// Paper between a part and the one that it stands on, where it is long enough for that.
    fn joint(&self, (from, to): (f64, f64), length_px: f64) -> f64 {
        // Without a hidden part, little more than rounding may be left of `from`.
        let is_on_another = self.sharing == Sharing::Stacked && from.abs() > to.abs() * 1e-9;
        if is_on_another && length_px.abs() > 3.0 { length_px.signum() } else { 0.0 }
    }

    /// Both sides of the bar in the band of its place.
    fn sides(&self, sharing: Sharing, (from, to): (f64, f64)) -> (f64, f64) {
        let width = to - from;
        let share = match (sharing, self.direction) {
            (Sharing::SideBySide { .. }, _) => GROUP_SHARE,
            (Sharing::Alone, Direction::Horizontal) => 0.5,
            (Sharing::Stacked, Direction::Horizontal) => 0.6,
            (Sharing::Alone | Sharing::Stacked, Direction::Vertical) if self.step > 0.0 => 0.86,
            (Sharing::Alone | Sharing::Stacked, Direction::Vertical) => 0.7,
        };
        let start = from + width * (1.0 - share) / 2.0;
        let (index, of) = match sharing {
            Sharing::SideBySide { index, of } => (index as f64, of.max(1) as f64),
            Sharing::Alone | Sharing::Stacked => (0.0, 1.0),
        };
        let each = width * share / of;
        // Paper between neighbours, where they are wide enough for it.
        let gap = if of > 1.0 { (each * 0.15).min(1.5) } else { 0.0 };
        (start + each * index + gap / 2.0, start + each * (index + 1.0) - gap / 2.0)
    }
}

/// An interval over its bar: in ink, between thin lines of paper, so that it is seen on the bar too.
fn whisker(from: Point, to: Point, out: &mut Placed) {
    out.line(Layer::Mark, from, to, 3.5, Role::Background);
    out.line(Layer::Mark, from, to, 1.5, Role::Ink);
}
