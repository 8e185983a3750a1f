//! A line through points, with a band for its uncertainty. Missing values leave gaps.

use super::PlaceMark;
use crate::charts::geometry::{Point, clip_line, clip_polygon};
use crate::charts::layout::{EndName, Extent, Frame, Layer, Placed};
use crate::charts::model::{Chart, Ends, Info};
use crate::charts::scene::{Geometry, Paint, Shape};

const WIDTH_PX: f64 = 2.0;
const BAND_OPACITY: f64 = 0.14;
/// Size of a point between two gaps, which makes no line.
const ALONE_PX: f64 = 7.0;

#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    pub series: usize,
    /// In ascending x.
    pub points: Vec<LinePoint>,
    /// Each value holds until the next x (survival curves, cumulative shares).
    pub is_stepped: bool,
    /// Whether the series' name stands at the right end.
    pub has_end_label: bool,
}

#[derive(Debug, Clone, PartialEq)]
pub struct LinePoint {
    pub x: f64,
    /// `None` leaves a gap.
    pub y: Option<f64>,
    pub interval: Option<Ends>,
    pub info: Info,
}

impl PlaceMark for Line {
    fn series(&self) -> Option<usize> {
        Some(self.series)
    }

    fn extend(&self, x: &mut Extent, y: &mut Extent) {
        for point in &self.points {
            x.include(point.x);
            let ends = point.interval.map_or([None, None], |ends| [ends.low, ends.high]);
            for number in ends.into_iter().chain([point.y]).flatten() {
                y.include(number);
            }
        }
    }

    fn end_name(&self, chart: &Chart) -> Option<EndName> {
        EndName::of_series(chart, self.series).filter(|_| self.has_end_label)
    }

    fn place(&self, frame: &Frame<'_>, lane: usize, out: &mut Placed) {
        let plot = frame.plot;
        let role = frame.role(self.series);
        for run in self.points.split(|point| point.y.is_none()) {
            let upper = self.path(frame, run, |point| point.interval.map(|ends| (ends.high, f64::INFINITY)));
            let lower =
                self.path(frame, run, |point| point.interval.map(|ends| (ends.low, f64::NEG_INFINITY)));
            if upper.len() >= 2 && upper.len() == lower.len() {
                let around: Vec<Point> = upper.into_iter().chain(lower.into_iter().rev()).collect();
                let points = clip_polygon(&around, plot.left, plot.right);
                out.push(Layer::Area, Shape::Area { points, paint: Paint { role, opacity: BAND_OPACITY } });
            }
            let path = self.path(frame, run, |point| self.height(frame, point).map(|y| (Some(y), y)));
            if let [only] = path.as_slice() {
                if plot.contains(*only) {
                    let symbol = frame.symbol(self.series);
                    let (at, size_px, paint) = (*only, ALONE_PX, role.into());
                    out.push(Layer::Mark, Shape::Symbol { at, size_px, symbol, paint, is_filled: true });
                }
                continue;
            }
            for points in clip_line(&path, plot.left, plot.right) {
                let dash = frame.dash(self.series);
                out.push(Layer::Mark, Shape::Line { points, width_px: WIDTH_PX, dash, paint: role.into() });
            }
        }
        let mut last = None;
        for point in &self.points {
            let Some(at) = self.height(frame, point).and_then(|y| frame.point(point.x, y)) else { continue };
            out.hit(Geometry::Point(at), at, Some(self.series), lane, &point.info);
            last = Some(at);
        }
        if let (Some(name), Some(end)) = (self.end_name(frame.chart), last) {
            out.line_ends.push((name, end));
        }
    }
}

impl Line {
    /// Where a point is drawn: on a stack, above the parts that are shown.
    fn height(&self, frame: &Frame<'_>, point: &LinePoint) -> Option<f64> {
        point.y.map(|y| y - frame.closed.below_line(self.series, point.x))
    }

    /// Pixels of one number of each point; an infinite one (`None` with its sign) is the plot's edge.
    fn path(
        &self,
        frame: &Frame<'_>,
        run: &[LinePoint],
        number: impl Fn(&LinePoint) -> Option<(Option<f64>, f64)>,
    ) -> Vec<Point> {
        let mut path: Vec<Point> = Vec::with_capacity(run.len() * 2);
        for point in run {
            let Some((value, sign)) = number(point) else { continue };
            let y = match value {
                Some(value) => frame.y_in_plot(value),
                None if sign > 0.0 => Some(frame.plot.top),
                None => Some(frame.plot.bottom),
            };
            let (Some(x), Some(y)) = (frame.x.px(point.x), y) else { continue };
            if let (true, Some(last)) = (self.is_stepped, path.last().copied()) {
                path.push(Point::new(x, last.y));
            }
            path.push(Point::new(x, y));
        }
        path
    }
}
