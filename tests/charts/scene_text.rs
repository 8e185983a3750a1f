//! A scene as text: one line a shape and a hit, pixels rounded, so that a change reads like a change of code.

use crate::cases::{Case, scene};
use playhead::charts::geometry::{Point, Rect};
use playhead::charts::measure::Weight;
use playhead::charts::scene::{Anchor, Geometry, Paint, Scene, Shape};
use std::fmt::Write;

/// The words of a chart, and its scenes on a phone and on a wide page.
pub fn snapshot(case: &Case) -> String {
    let chart = &case.chart;
    let mut text = String::new();
    let mut line = |content: String| {
        text.push_str(&content);
        text.push('\n');
    };
    line(format!("title: {}", chart.title));
    line(format!("takeaway: {}", chart.takeaway));
    line(format!("note: {}", chart.note));
    for width_px in [800.0, 320.0] {
        let scene = scene(case, width_px);
        line(String::new());
        line(format!("{} x {}, plot {}", scene.width_px, round(scene.height_px), rect(scene.plot)));
        scene.shapes.iter().for_each(|shape| line(describe_shape(shape)));
        if width_px == 800.0 {
            line(String::new());
            hits(&scene).into_iter().for_each(&mut line);
        }
    }
    line(String::new());
    line(chart.table.to_csv());
    text
}

fn hits(scene: &Scene) -> Vec<String> {
    scene
        .hits
        .iter()
        .map(|hit| {
            let geometry = match hit.geometry {
                Geometry::Point(_) => String::new(),
                Geometry::Segment(from, to) => format!(" {} {}", point(from), point(to)),
                Geometry::Region(area) => format!(" {}", rect(area)),
            };
            format!("hit lane {} at {}{geometry}: {}", hit.lane, point(hit.anchor), hit.info.spoken())
        })
        .collect()
}

fn describe_shape(shape: &Shape) -> String {
    match shape {
        Shape::Line { points, width_px, dash, paint } => {
            format!("line {} {width_px} {dash:?}:{}", ink(*paint), path(points))
        }
        Shape::Area { points, paint } => format!("area {}:{}", ink(*paint), path(points)),
        Shape::Rect { rect: area, paint } => format!("rect {}: {}", ink(*paint), rect(*area)),
        Shape::Symbol { at, size_px, symbol, paint, is_filled } => {
            let fill = if *is_filled { "filled" } else { "open" };
            format!("{symbol:?} {} {size_px} {fill}: {}", ink(*paint), point(*at))
        }
        Shape::Text { at, text, size_px, weight, anchor, paint } => {
            let weight = if *weight == Weight::Bold { " bold" } else { "" };
            let anchor = match anchor {
                Anchor::Start => "start",
                Anchor::Middle => "middle",
                Anchor::End => "end",
            };
            format!("text {} {size_px}{weight} {anchor} {}: {text}", ink(*paint), point(*at))
        }
    }
}

fn ink(paint: Paint) -> String {
    if paint.opacity == 1.0 {
        format!("{:?}", paint.role)
    } else {
        format!("{:?} {}", paint.role, paint.opacity)
    }
}

/// Long paths keep their beginning and end.
fn path(points: &[Point]) -> String {
    let mut text = String::new();
    let is_long = points.len() > 12;
    for (index, at) in points.iter().enumerate() {
        if is_long && index == 6 {
            let _ = write!(text, " .. {} more ..", points.len() - 12);
        }
        if !is_long || index < 6 || index >= points.len() - 6 {
            let _ = write!(text, " {}", point(*at));
        }
    }
    text
}

fn rect(area: Rect) -> String {
    format!("{},{} {},{}", round(area.left), round(area.top), round(area.right), round(area.bottom))
}

fn point(at: Point) -> String {
    format!("{},{}", round(at.x), round(at.y))
}

fn round(px: f64) -> f64 {
    // Adding 0 turns -0 into 0.
    (px * 10.0).round() / 10.0 + 0.0
}
