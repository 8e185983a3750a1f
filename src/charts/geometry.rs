//! Points, boxes and clipping in the plane of a chart: CSS pixels, y downwards.

/// A place in pixels, from the top left of the chart.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    pub x: f64,
    pub y: f64,
}

/// An upright box in pixels; `left <= right` and `top <= bottom`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rect {
    pub left: f64,
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
}

impl Point {
    pub fn new(x: f64, y: f64) -> Self {
        Self { x, y }
    }

    pub fn distance(self, other: Self) -> f64 {
        (self.x - other.x).hypot(self.y - other.y)
    }

    /// Distance to the nearest point of a segment.
    pub fn distance_to_segment(self, from: Self, to: Self) -> f64 {
        let (dx, dy) = (to.x - from.x, to.y - from.y);
        let squared = dx * dx + dy * dy;
        if squared == 0.0 {
            return self.distance(from);
        }
        let share = (((self.x - from.x) * dx + (self.y - from.y) * dy) / squared).clamp(0.0, 1.0);
        self.distance(Self::new(from.x + share * dx, from.y + share * dy))
    }

    /// Distance to a box; 0 inside it.
    pub fn distance_to_rect(self, rect: Rect) -> f64 {
        let dx = (rect.left - self.x).max(self.x - rect.right).max(0.0);
        let dy = (rect.top - self.y).max(self.y - rect.bottom).max(0.0);
        dx.hypot(dy)
    }
}

impl Rect {
    pub fn new(left: f64, top: f64, right: f64, bottom: f64) -> Self {
        Self { left, top, right: right.max(left), bottom: bottom.max(top) }
    }

    pub fn width(self) -> f64 {
        self.right - self.left
    }

    pub fn height(self) -> f64 {
        self.bottom - self.top
    }

    pub fn center(self) -> Point {
        Point::new((self.left + self.right) / 2.0, (self.top + self.bottom) / 2.0)
    }

    /// Edges that only touch do not overlap.
    pub fn overlaps(self, other: Self) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }

    /// With half a pixel of tolerance for rounding.
    pub fn contains(self, point: Point) -> bool {
        point.distance_to_rect(self) <= 0.5
    }

    #[must_use]
    pub fn grown(self, by_px: f64) -> Self {
        Self::new(self.left - by_px, self.top - by_px, self.right + by_px, self.bottom + by_px)
    }
}

/// The parts of a polyline between two vertical lines.
pub fn clip_line(points: &[Point], left: f64, right: f64) -> Vec<Vec<Point>> {
    let mut parts: Vec<Vec<Point>> = Vec::new();
    let mut current: Vec<Point> = Vec::new();
    if let [only] = points {
        return if (left..=right).contains(&only.x) { vec![vec![*only]] } else { Vec::new() };
    }
    for pair in points.windows(2) {
        let &[from, to] = pair else { continue };
        let Some((from, to)) = clip_segment(from, to, left, right) else {
            parts.extend((!current.is_empty()).then(|| std::mem::take(&mut current)));
            continue;
        };
        if current.last().is_none_or(|last| *last != from) {
            parts.extend((!current.is_empty()).then(|| std::mem::take(&mut current)));
            current.push(from);
        }
        current.push(to);
    }
    parts.extend((!current.is_empty()).then_some(current));
    parts
}

/// The part of a polygon between two vertical lines (Sutherland and Hodgman, two planes).
pub fn clip_polygon(points: &[Point], left: f64, right: f64) -> Vec<Point> {
    let kept = clip_half(points, left, |x| x >= left);
    clip_half(&kept, right, |x| x <= right)
}

fn clip_half(points: &[Point], at: f64, is_inside: impl Fn(f64) -> bool) -> Vec<Point> {
    let mut kept = Vec::with_capacity(points.len() + 2);
    let Some(mut previous) = points.last().copied() else { return kept };
    for &point in points {
        if is_inside(point.x) != is_inside(previous.x) {
            kept.push(crossing(previous, point, at));
        }
        if is_inside(point.x) {
            kept.push(point);
        }
        previous = point;
    }
    kept
}

fn clip_segment(from: Point, to: Point, left: f64, right: f64) -> Option<(Point, Point)> {
    if from.x.max(to.x) < left || from.x.min(to.x) > right {
        return None;
    }
    let pull = |point: Point, other: Point| {
        if point.x < left {
            crossing(point, other, left)
        } else if point.x > right {
            crossing(point, other, right)
        } else {
            point
        }
    };
    Some((pull(from, to), pull(to, from)))
}

/// Where the line through two points of different x crosses a vertical line.
fn crossing(from: Point, to: Point, at: f64) -> Point {
    let share = (at - from.x) / (to.x - from.x);
    Point::new(at, from.y + share * (to.y - from.y))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn p(x: f64, y: f64) -> Point {
        Point::new(x, y)
    }

    #[test]
    fn distances_are_to_the_nearest_part() {
        assert_eq!(p(5.0, 3.0).distance_to_segment(p(0.0, 0.0), p(10.0, 0.0)), 3.0);
        assert_eq!(p(-4.0, 3.0).distance_to_segment(p(0.0, 0.0), p(10.0, 0.0)), 5.0);
        assert_eq!(p(1.0, 1.0).distance_to_rect(Rect::new(0.0, 0.0, 2.0, 2.0)), 0.0);
        assert_eq!(p(5.0, 6.0).distance_to_rect(Rect::new(0.0, 0.0, 2.0, 2.0)), 5.0);
    }

    #[test]
    fn a_line_that_leaves_and_returns_is_cut_in_two() {
        let zigzag = [p(0.0, 0.0), p(4.0, 4.0), p(14.0, 4.0), p(6.0, 8.0)];
        let parts = clip_line(&zigzag, 2.0, 10.0);
        assert_eq!(parts.len(), 2);
        assert_eq!(parts[0], [p(2.0, 2.0), p(4.0, 4.0), p(10.0, 4.0)]);
        assert_eq!(parts[1], [p(10.0, 6.0), p(6.0, 8.0)]);
    }

    #[test]
    fn a_band_is_cut_at_both_ends() {
        let square = [p(0.0, 0.0), p(10.0, 0.0), p(10.0, 2.0), p(0.0, 2.0)];
        let cut = clip_polygon(&square, 3.0, 5.0);
        assert_eq!(cut.len(), 4);
        assert!(cut.iter().all(|point| point.x == 3.0 || point.x == 5.0));
    }
}
