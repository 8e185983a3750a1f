//! A chart on its own: title, takeaway, legend and note around it, for export as an image.

use super::{View, layout, preferred_height_px};
use crate::charts::geometry::{Point, Rect};
use crate::charts::measure::{TextMeasure, Weight, ellipsize, wrap};
use crate::charts::model::{Chart, Series};
use crate::charts::scene::{Anchor, LINE_HEIGHT, Scene, Shape};
use crate::charts::theme::Role;

const MARGIN_PX: f64 = 24.0;
const TITLE_PX: f64 = 20.0;
const TEXT_PX: f64 = 14.0;
const NOTE_PX: f64 = 12.0;

/// Lays out a chart with its words, at a width of the whole picture. Nothing in it can be pointed at.
pub fn layout_with_heading(chart: &Chart, width_px: f64, measure: &dyn TextMeasure, view: &View) -> Scene {
    let inner_px = (width_px - 2.0 * MARGIN_PX).max(120.0);
    let mut shapes = Vec::new();
    let mut y = MARGIN_PX;
    let mut write = |y: &mut f64, text: &str, size_px: f64, weight, role: Role| {
        for line in wrap(measure, text, size_px, weight, inner_px, 6) {
            let line_px = size_px * (LINE_HEIGHT + 0.1);
            let at = Point::new(MARGIN_PX, *y + line_px / 2.0);
            let paint = role.into();
            shapes.push(Shape::Text { at, text: line, size_px, weight, anchor: Anchor::Start, paint });
            *y += line_px;
        }
    };
    write(&mut y, &chart.title, TITLE_PX, Weight::Bold, Role::Ink);
    y += 4.0;
    write(&mut y, &chart.takeaway, TEXT_PX, Weight::Regular, Role::Ink);
    y += 16.0;
    legend(chart, measure, view, inner_px, &mut y, &mut shapes);
    let height_px = preferred_height_px(chart, inner_px, measure, view);
    let inner = layout(chart, inner_px, height_px, measure, view);
    let inner_top = y;
    y += inner.height_px;
    let mut note = Vec::new();
    if !chart.note.is_empty() {
        y += 12.0;
        let line_px = NOTE_PX * (LINE_HEIGHT + 0.1);
        for line in wrap(measure, &chart.note, NOTE_PX, Weight::Regular, inner_px, 8) {
            let at = Point::new(MARGIN_PX, y + line_px / 2.0);
            let (anchor, paint) = (Anchor::Start, Role::Muted.into());
            note.push(Shape::Text {
                at,
                text: line,
                size_px: NOTE_PX,
                weight: Weight::Regular,
                anchor,
                paint,
            });
            y += line_px;
        }
    }
    shapes.extend(inner.shapes.into_iter().map(|shape| moved(shape, MARGIN_PX, inner_top)));
    shapes.extend(note);
    let plot = moved_rect(inner.plot, MARGIN_PX, inner_top);
    // Nothing is pointed at in a picture: its x axis is that of the chart inside.
    Scene { width_px, height_px: (y + MARGIN_PX).ceil(), plot, x: inner.x, shapes, hits: Vec::new() }
}

/// Symbols with the names of the visible series, in as many lines as they need.
fn legend(
    chart: &Chart,
    measure: &dyn TextMeasure,
    view: &View,
    inner_px: f64,
    y: &mut f64,
    shapes: &mut Vec<Shape>,
) {
    if chart.is_labelled_in_place() {
        return;
    }
    let visible: Vec<&Series> = chart
        .series_in_use()
        .into_iter()
        .filter(|index| !view.hidden.contains(index))
        .filter_map(|index| chart.series.get(index))
        .collect();
    if visible.len() < 2 {
        return;
    }
    let mut x = 0.0;
    for series in visible {
        let name = ellipsize(measure, &series.name, NOTE_PX, Weight::Regular, inner_px - 16.0);
        let width_px = measure.width_px(&name, NOTE_PX, Weight::Regular);
        if x > 0.0 && x + 18.0 + width_px > inner_px {
            x = 0.0;
            *y += 20.0;
        }
        let (left, middle) = (MARGIN_PX + x, *y + 8.0);
        let paint = Role::Series(series.slot).into();
        let at = Point::new(left + 5.0, middle);
        shapes.push(Shape::Symbol { at, size_px: 9.0, symbol: series.symbol, paint, is_filled: true });
        shapes.push(Shape::Text {
            at: Point::new(left + 16.0, middle),
            text: name,
            size_px: NOTE_PX,
            weight: Weight::Regular,
            anchor: Anchor::Start,
            paint: Role::Ink.into(),
        });
        x += 16.0 + width_px + 20.0;
    }
    *y += 32.0;
}

fn moved(shape: Shape, dx: f64, dy: f64) -> Shape {
    let point = |at: Point| Point::new(at.x + dx, at.y + dy);
    match shape {
        Shape::Line { points, width_px, dash, paint } => {
            Shape::Line { points: points.into_iter().map(point).collect(), width_px, dash, paint }
        }
        Shape::Area { points, paint } => {
            Shape::Area { points: points.into_iter().map(point).collect(), paint }
        }
        Shape::Rect { rect, paint } => Shape::Rect { rect: moved_rect(rect, dx, dy), paint },
        Shape::Symbol { at, size_px, symbol, paint, is_filled } => {
            Shape::Symbol { at: point(at), size_px, symbol, paint, is_filled }
        }
        Shape::Text { at, text, size_px, weight, anchor, paint } => {
            Shape::Text { at: point(at), text, size_px, weight, anchor, paint }
        }
    }
}

fn moved_rect(rect: Rect, dx: f64, dy: f64) -> Rect {
    Rect::new(rect.left + dx, rect.top + dy, rect.right + dx, rect.bottom + dy)
}
