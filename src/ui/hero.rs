//! The figure of the start page comes alive: its playhead can be dragged through the sessions.

use super::start::{by_id, listen};
use crate::format;
use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlInputElement, PointerEvent};

/// The estimate after the first `n` sessions.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Point {
    n: f64,
    effect: f64,
    low: f64,
    high: f64,
}

/// Gives the static figure its scrubber. Without a figure nothing happens.
pub fn attach() {
    let Some(figure) = by_id::<HtmlElement>("hero") else { return };
    let points = points(&figure.get_attribute("data-points").unwrap_or_default());
    let Some(range) = by_id::<HtmlInputElement>("hero-range") else { return };
    let Some(plot) = by_id::<HtmlElement>("hero-plot") else { return };
    if points.is_empty() {
        return;
    }
    range.set_hidden(false);
    let (by_range, by_pointer) = (points.clone(), points);
    let (input, slider) = (range.clone(), range.clone());
    let leak = listen(&range, "input", move |_| {
        if let Some(point) = input.value().parse().ok().and_then(|idx: usize| by_range.get(idx)) {
            show(&by_range, *point);
        }
    });
    std::mem::forget(leak);
    let target = plot.clone();
    let leak = listen(&target, "pointermove", move |event| {
        let Some(event) = event.dyn_ref::<PointerEvent>() else { return };
        let frame = plot.get_bounding_client_rect();
        let share = (f64::from(event.client_x()) - frame.left()) / frame.width().max(1.0);
        let n = share.clamp(0.0, 1.0).powi(2) * by_pointer.last().map_or(0.0, |last| last.n);
        let nearest =
            by_pointer.iter().enumerate().min_by(|a, b| (a.1.n - n).abs().total_cmp(&(b.1.n - n).abs()));
        if let Some((idx, point)) = nearest {
            slider.set_value(&idx.to_string());
            show(&by_pointer, *point);
        }
    });
    std::mem::forget(leak);
}

/// Moves the playhead to a point. The axis is the square root of the sessions, as an interval's width is.
fn show(points: &[Point], point: Point) {
    let total = points.last().map_or(1.0, |last| last.n);
    if let Some(plot) = by_id::<HtmlElement>("hero-plot") {
        let _ = plot.style().set_property("--at", &format!("{:.2}%", 100.0 * (point.n / total).sqrt()));
    }
    let (answer, interval) = words(point);
    set_text("hero-answer", &answer);
    set_text("hero-interval", &interval);
    set_text("hero-n", &format::count(point.n as u64));
    if let Some(range) = by_id::<HtmlInputElement>("hero-range") {
        let spoken = format!("after {} sessions: {answer} {interval}", format::count(point.n as u64));
        let _ = range.set_attribute("aria-valuetext", &spoken);
    }
}

fn words(point: Point) -> (String, String) {
    let minutes = |x: f64| format::decimals(x, 1);
    let answer = if point.low > 0.0 {
        format!("B keeps viewers {} minutes longer.", minutes(point.effect))
    } else if point.high < 0.0 {
        format!("B loses {} minutes a session.", minutes(-point.effect))
    } else {
        "Too early to say.".into()
    };
    (answer, format!("95 % interval {} to {} minutes", minutes(point.low), minutes(point.high)))
}

fn set_text(id: &str, text: &str) {
    if let Some(element) = document().get_element_by_id(id) {
        element.set_text_content(Some(text));
    }
}

/// Reads `n,effect,low,high` separated by semicolons.
fn points(text: &str) -> Vec<Point> {
    let point = |part: &str| {
        let mut numbers = part.split(',').map(|number| number.parse::<f64>().ok());
        let mut next = || numbers.next().flatten();
        Some(Point { n: next()?, effect: next()?, low: next()?, high: next()? })
    };
    text.split(';').filter_map(point).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_follow_the_interval() {
        let point = points("60,1.5,-0.5,3.5;5000,2.1,1.8,2.4");
        assert_eq!(words(point[0]).0, "Too early to say.");
        assert_eq!(words(point[1]).0, "B keeps viewers 2.1 minutes longer.");
        assert_eq!(words(point[1]).1, "95 % interval 1.8 to 2.4 minutes");
    }
}
