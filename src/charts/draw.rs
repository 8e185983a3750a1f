//! Draws shapes on any plotters backend.
//!
//! Backends take whole units. To place marks finer than a pixel, the page scales its canvas down and
//! this file draws in larger units; [`Pixels`] says how many units a CSS pixel and a device pixel have.

use super::geometry::{Point, Rect};
use super::measure::Weight;
use super::model::{Dash, Symbol};
use super::scene::{Anchor, Paint, Scene, Shape};
use super::symbol::symbol_outline;
use super::theme::{Role, Theme};
use plotters_backend::text_anchor::{HPos, Pos, VPos};
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind, FontFamily,
    FontStyle, FontTransform,
};

/// The fonts of charts; texts must be measured in the same. Repeats `--sans` of `style/tokens.css`.
pub const FONT_FAMILY: &str = "-apple-system, BlinkMacSystemFont, \"Segoe UI\", Roboto, \"Helvetica Neue\", \
     \"Noto Sans\", Cantarell, \"Liberation Sans\", Arial, sans-serif";

/// Units of the backend.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pixels {
    /// Backend units in a CSS pixel.
    pub units_per_px: f64,
    /// Backend units in a pixel of the screen: hairlines are placed on these.
    pub units_per_device_px: f64,
}

type Outcome<B> = Result<(), DrawingErrorKind<<B as DrawingBackend>::ErrorType>>;

/// Draws a scene on its background.
pub fn draw<B: DrawingBackend>(scene: &Scene, theme: &Theme, backend: &mut B, pixels: Pixels) -> Outcome<B> {
    let canvas = Rect::new(0.0, 0.0, scene.width_px, scene.height_px);
    let paper = Shape::Rect { rect: canvas, paint: Role::Background.into() };
    draw_shapes(std::slice::from_ref(&paper), theme, backend, pixels)?;
    draw_shapes(&scene.shapes, theme, backend, pixels)
}

/// Draws shapes over what is there.
pub fn draw_shapes<B: DrawingBackend>(
    shapes: &[Shape],
    theme: &Theme,
    backend: &mut B,
    pixels: Pixels,
) -> Outcome<B> {
    let mut pen = Pen { theme, backend, pixels };
    shapes.iter().try_for_each(|shape| pen.shape(shape))
}

struct Pen<'a, B> {
    theme: &'a Theme,
    backend: &'a mut B,
    pixels: Pixels,
}

impl<B: DrawingBackend> Pen<'_, B> {
    fn shape(&mut self, shape: &Shape) -> Outcome<B> {
        match shape {
            Shape::Line { points, width_px, dash, paint } => self.line(points, *width_px, *dash, *paint),
            Shape::Area { points, paint } => {
                let style = self.stroke(*paint, 1.0);
                let path: Vec<BackendCoord> = points.iter().map(|point| self.coord(*point)).collect();
                self.backend.fill_polygon(path, &style)
            }
            Shape::Rect { rect, paint } => {
                let style = self.stroke(*paint, 1.0);
                let (from, to) = (Point::new(rect.left, rect.top), Point::new(rect.right, rect.bottom));
                self.backend.draw_rect(self.coord(from), self.coord(to), &style, true)
            }
            Shape::Symbol { at, size_px, symbol, paint, is_filled } => {
                self.symbol(*at, *size_px, *symbol, *paint, *is_filled)
            }
            Shape::Text { at, text, size_px, weight, anchor, paint } => {
                let style = TextLook {
                    color: self.color(*paint),
                    size: *size_px * self.pixels.units_per_px,
                    is_bold: *weight == Weight::Bold,
                    anchor: *anchor,
                };
                self.backend.draw_text(text, &style, self.coord(*at))
            }
        }
    }

    fn line(&mut self, points: &[Point], width_px: f64, dash: Dash, paint: Paint) -> Outcome<B> {
        let style = self.stroke(paint, width_px);
        let points = self.snapped(points, width_px);
        for part in dashes(&points, dash, width_px) {
            let path: Vec<BackendCoord> = part.iter().map(|point| self.coord(*point)).collect();
            self.backend.draw_path(path, &style)?;
        }
        Ok(())
    }

    fn symbol(
        &mut self,
        at: Point,
        size_px: f64,
        symbol: Symbol,
        paint: Paint,
        is_filled: bool,
    ) -> Outcome<B> {
        if is_filled {
            return self.filled_symbol(at, size_px, symbol, paint);
        }
        // An outline is a symbol with a smaller one of paper in it: the same on every backend.
        self.filled_symbol(at, size_px, symbol, paint)?;
        self.filled_symbol(at, size_px - 4.0, symbol, Role::Background.into())
    }

    fn filled_symbol(&mut self, at: Point, size_px: f64, symbol: Symbol, paint: Paint) -> Outcome<B> {
        let style = self.stroke(paint, 1.0);
        match symbol_outline(symbol, at, size_px) {
            Some(outline) => {
                let path: Vec<BackendCoord> = outline.iter().map(|point| self.coord(*point)).collect();
                self.backend.fill_polygon(path, &style)
            }
            None => {
                let radius = (size_px / 2.0 * self.pixels.units_per_px).round().max(1.0) as u32;
                self.backend.draw_circle(self.coord(at), radius, &style, true)
            }
        }
    }

    /// Lines that are straight along an axis are moved so that their edges fall between device pixels.
    fn snapped(&self, points: &[Point], width_px: f64) -> Vec<Point> {
        let device_px = self.pixels.units_per_device_px / self.pixels.units_per_px;
        let width_device = (width_px / device_px).round().max(1.0);
        let shift = if width_device % 2.0 == 1.0 { 0.5 } else { 0.0 };
        let snap = |place: f64| ((place / device_px - shift).round() + shift) * device_px;
        match points {
            [from, to] if from.x == to.x => {
                vec![Point::new(snap(from.x), from.y), Point::new(snap(to.x), to.y)]
            }
            [from, to] if from.y == to.y => {
                vec![Point::new(from.x, snap(from.y)), Point::new(to.x, snap(to.y))]
            }
            _ => points.to_vec(),
        }
    }

    fn coord(&self, point: Point) -> BackendCoord {
        let unit = |px: f64| (px * self.pixels.units_per_px).round() as i32;
        (unit(point.x), unit(point.y))
    }

    fn color(&self, paint: Paint) -> BackendColor {
        let rgb = self.theme.color(paint.role);
        BackendColor { alpha: paint.opacity, rgb: (rgb.0, rgb.1, rgb.2) }
    }

    fn stroke(&self, paint: Paint, width_px: f64) -> Stroke {
        let width = (width_px * self.pixels.units_per_px).round().max(1.0) as u32;
        Stroke { color: self.color(paint), width }
    }
}

struct Stroke {
    color: BackendColor,
    width: u32,
}

impl BackendStyle for Stroke {
    fn color(&self) -> BackendColor {
        self.color
    }

    fn stroke_width(&self) -> u32 {
        self.width
    }
}

struct TextLook {
    color: BackendColor,
    size: f64,
    is_bold: bool,
    anchor: Anchor,
}

impl BackendTextStyle for TextLook {
    type FontError = std::convert::Infallible;

    fn color(&self) -> BackendColor {
        self.color
    }

    fn size(&self) -> f64 {
        self.size
    }

    fn transform(&self) -> FontTransform {
        FontTransform::None
    }

    fn style(&self) -> FontStyle {
        if self.is_bold { FontStyle::Bold } else { FontStyle::Normal }
    }

    fn anchor(&self) -> Pos {
        let h_pos = match self.anchor {
            Anchor::Start => HPos::Left,
            Anchor::Middle => HPos::Center,
            Anchor::End => HPos::Right,
        };
        Pos::new(h_pos, VPos::Center)
    }

    fn family(&self) -> FontFamily<'_> {
        FontFamily::Name(FONT_FAMILY)
    }

    /// Never asked: texts are measured by the layout.
    fn layout_box(&self, _text: &str) -> Result<((i32, i32), (i32, i32)), Self::FontError> {
        Ok(((0, 0), (0, 0)))
    }

    /// Never asked: text is left to backends that have fonts.
    fn draw<E, DrawFunc: FnMut(i32, i32, BackendColor) -> Result<(), E>>(
        &self,
        _text: &str,
        _pos: BackendCoord,
        _draw: DrawFunc,
    ) -> Result<Result<(), E>, Self::FontError> {
        Ok(Ok(()))
    }
}

/// The drawn parts of a polyline.
fn dashes(points: &[Point], dash: Dash, width_px: f64) -> Vec<Vec<Point>> {
    let unit = width_px.max(1.5);
    let pattern: &[f64] = match dash {
        Dash::Solid => return vec![points.to_vec()],
        Dash::Dashed => &[4.0, 3.0],
        Dash::Dotted => &[1.0, 2.0],
        Dash::DashDot => &[5.0, 2.5, 1.0, 2.5],
    };
    let mut parts = Vec::new();
    let mut lengths = pattern.iter().map(|length| length * unit).cycle();
    let mut left_px = lengths.next().unwrap_or(f64::INFINITY);
    let mut is_drawn = true;
    let mut part: Vec<Point> = points.first().copied().into_iter().collect();
    for pair in points.windows(2) {
        let &[from, to] = pair else { continue };
        let length = from.distance(to);
        let mut done = 0.0;
        while length - done > left_px {
            done += left_px;
            let share = done / length;
            let at = Point::new(from.x + (to.x - from.x) * share, from.y + (to.y - from.y) * share);
            if is_drawn {
                part.push(at);
                parts.push(std::mem::take(&mut part));
            } else {
                part = vec![at];
            }
            is_drawn = !is_drawn;
            left_px = lengths.next().unwrap_or(f64::INFINITY);
        }
        left_px -= length - done;
        if is_drawn {
            part.push(to);
        }
    }
    parts.extend((part.len() > 1).then_some(part));
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dashes_go_round_corners_and_cover_their_share() {
        let corner = [Point::new(0.0, 0.0), Point::new(50.0, 0.0), Point::new(50.0, 50.0)];
        let parts = dashes(&corner, Dash::Dashed, 2.0);
        let drawn: f64 =
            parts.iter().flat_map(|part| part.windows(2).map(|pair| pair[0].distance(pair[1]))).sum();
        assert!((drawn / 100.0 - 4.0 / 7.0).abs() < 0.06, "{drawn}");
        assert!(parts.iter().any(|part| part.len() == 3), "one dash bends");
        assert_eq!(dashes(&corner, Dash::Solid, 2.0).len(), 1);
    }
}
