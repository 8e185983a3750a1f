//! A straight line through the whole plot: zero, a median, an overall effect.

use super::{Direction, PlaceMark};
use crate::charts::geometry::Point;
use crate::charts::layout::{EndName, Extent, Flag, Frame, Layer, Placed};
use crate::charts::measure::Weight;
use crate::charts::model::{Chart, Dash, Info};
use crate::charts::scene::{Geometry, Shape};
use crate::charts::theme::Role;

#[derive(Debug, Clone, PartialEq)]
pub struct Rule {
    /// Horizontal: an upright line at an x value. Vertical: a level line at a y value.
    pub direction: Direction,
    pub at: f64,
    /// Names, longest first; the first that fits is written. May be empty.
    pub names: Vec<String>,
    pub look: RuleLook,
    /// With it, the cursor and the keyboard stop here.
    pub info: Option<Info>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RuleLook {
    /// Thin and in ink: zero.
    Zero,
    /// Dashed and muted: something to compare with.
    Reference,
    /// In the colour and dash of a series.
    Series(usize),
}

impl Rule {
    fn text_role(&self, chart: &Chart) -> Role {
        match self.look {
            RuleLook::Zero | RuleLook::Reference => Role::Muted,
            RuleLook::Series(series) => {
                chart.series.get(series).map_or(Role::Ink, |series| Role::SeriesText(series.slot))
            }
        }
    }
}

impl PlaceMark for Rule {
    fn series(&self) -> Option<usize> {
        match self.look {
            RuleLook::Series(series) => Some(series),
            RuleLook::Zero | RuleLook::Reference => None,
        }
    }

    fn extend(&self, x: &mut Extent, y: &mut Extent) {
        match self.direction {
            Direction::Horizontal => x.include(self.at),
            Direction::Vertical => y.include(self.at),
        }
    }

    fn flag(&self, chart: &Chart) -> Option<Flag> {
        let is_wanted = self.direction == Direction::Horizontal && !self.names.is_empty();
        is_wanted.then(|| Flag { x: self.at, texts: self.names.clone(), role: self.text_role(chart) })
    }

    fn end_name(&self, chart: &Chart) -> Option<EndName> {
        let is_wanted = self.direction == Direction::Vertical && !self.names.is_empty();
        let (texts, role) = (self.names.clone(), self.text_role(chart));
        is_wanted.then_some(EndName { texts, weight: Weight::Regular, role })
    }

    fn place(&self, frame: &Frame<'_>, lane: usize, out: &mut Placed) {
        let plot = frame.plot;
        let (from, to) = match self.direction {
            Direction::Horizontal => {
                let Some(x) =
                    frame.x.px(self.at).filter(|x| (plot.left - 0.5..=plot.right + 0.5).contains(x))
                else {
                    return;
                };
                (Point::new(x, plot.top), Point::new(x, plot.bottom))
            }
            Direction::Vertical => {
                let Some(y) =
                    frame.y.px(self.at).filter(|y| (plot.top - 0.5..=plot.bottom + 0.5).contains(y))
                else {
                    return;
                };
                (Point::new(plot.left, y), Point::new(plot.right, y))
            }
        };
        let (role, dash, width_px) = match self.look {
            RuleLook::Zero => (Role::Ink, Dash::Solid, 1.0),
            RuleLook::Reference => (Role::Muted, Dash::Dashed, 1.0),
            RuleLook::Series(series) => (frame.role(series), frame.dash(series), 1.5),
        };
        out.push(Layer::Rule, Shape::Line { points: vec![from, to], width_px, dash, paint: role.into() });
        if let Some(name) = self.end_name(frame.chart) {
            out.line_ends.push((name, to));
        }
        if let Some(info) = &self.info {
            // In rows the cursor belongs to the row; on a level it stands in the middle.
            let anchor = Point::new((from.x + to.x) / 2.0, from.y);
            out.hit(Geometry::Segment(from, to), anchor, self.series(), lane, info);
        }
    }
}
