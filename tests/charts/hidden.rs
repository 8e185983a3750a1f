//! Series that are switched off: axes stand still, and what is left of a stack or a group closes up.

use crate::cases::{Case, cases, scene};
use crate::texts;
use playhead::charts::geometry::Rect;
use playhead::charts::layout::{View, layout, preferred_height_px};
use playhead::charts::measure::FixedMeasure;
use playhead::charts::scene::{Geometry, Scene, Shape};
use playhead::charts::theme::Role;

fn without(case: &Case, series: usize) -> Scene {
    let view = View { hidden: vec![series], ..View::default() };
    let height_px = preferred_height_px(&case.chart, 800.0, &FixedMeasure, &view);
    layout(&case.chart, 800.0, height_px, &FixedMeasure, &view)
}

#[test]
fn a_hidden_series_leaves_the_axes_alone() {
    for case in cases().into_iter().filter(|case| case.chart.series.len() > 1) {
        let full = scene(&case, 800.0);
        let less = without(&case, 1);
        assert!(less.hits.iter().all(|hit| hit.series != Some(1)), "{}", case.name);
        assert!(less.hits.len() < full.hits.len(), "{}", case.name);
        let ticks = |scene: &Scene| -> Vec<String> {
            let below = |area: &Rect| area.top > scene.plot.bottom;
            texts(scene).into_iter().filter(|(_, area, _)| below(area)).map(|(text, ..)| text).collect()
        };
        assert_eq!(ticks(&less), ticks(&full), "{}", case.name);
    }
}

fn case(name: &str) -> Case {
    cases().into_iter().find(|case| case.name == name).expect("a case")
}

/// The bars of a series.
fn bars(case: &Case, scene: &Scene, series: usize) -> Vec<Rect> {
    let role = Role::Series(case.chart.series[series].slot);
    let bar = |shape: &Shape| match shape {
        Shape::Rect { rect, paint } if paint.role == role => Some(*rect),
        _ => None,
    };
    scene.shapes.iter().filter_map(bar).collect()
}

#[test]
fn parts_of_a_stack_close_up() {
    let lying = case("chart_bar_stacked");
    let less = without(&lying, 0);
    for bar in bars(&lying, &less, 1) {
        assert!((bar.left - less.plot.left).abs() < 1.0, "{bar:?}");
    }
    let upright = case("chart_bar_months");
    let (full, less) = (scene(&upright, 800.0), without(&upright, 1));
    let (below, above) = (bars(&upright, &less, 0), bars(&upright, &less, 2));
    assert_eq!(below, bars(&upright, &full, 0), "what lies below stays");
    for (below, above) in below.iter().zip(&above) {
        assert!((above.bottom - below.top).abs() < 1.5, "{below:?} {above:?}");
    }
    for (before, after) in bars(&upright, &full, 2).iter().zip(&above) {
        assert!((before.height() - after.height()).abs() < 0.01 && after.top > before.top + 1.0);
    }
}

#[test]
fn surfaces_and_their_lines_close_up() {
    let case = case("chart_area_stacked");
    let less = without(&case, 0);
    let heights = |scene: &Scene, series: usize| -> Vec<f64> {
        let of_series = scene.hits.iter().filter(|hit| hit.series == Some(series));
        of_series.map(|hit| scene.plot.bottom - hit.anchor.y).collect()
    };
    let full = scene(&case, 800.0);
    let (first, second) = (heights(&full, 0), heights(&full, 1));
    for ((first, second), moved) in first.iter().zip(&second).zip(heights(&less, 1)) {
        assert!((second - first - moved).abs() < 0.01, "{moved}");
    }
    let reaches_the_foot = |shape: &Shape| match shape {
        Shape::Area { points, paint } if paint.role == Role::Series(case.chart.series[1].slot) => {
            points.iter().any(|point| (point.y - less.plot.bottom).abs() < 0.01)
        }
        _ => false,
    };
    assert!(less.shapes.iter().any(reaches_the_foot));
}

#[test]
fn bars_side_by_side_share_the_place_of_the_hidden_one() {
    for name in ["chart_bar_grouped", "chart_bar_months_grouped"] {
        let case = case(name);
        let (full, less) = (scene(&case, 800.0), without(&case, 0));
        let thickness = |bar: &Rect| if name == "chart_bar_grouped" { bar.height() } else { bar.width() };
        let (before, after) = (bars(&case, &full, 1), bars(&case, &less, 1));
        assert_eq!(before.len(), after.len());
        for (before, after) in before.iter().zip(&after) {
            assert!(thickness(after) > thickness(before) * 1.3, "{name}: {before:?} {after:?}");
        }
        for (index, hit) in less.hits.iter().enumerate() {
            let Geometry::Region(area) = hit.geometry else { panic!("{name}: {hit:?}") };
            for other in &less.hits[index + 1..] {
                let Geometry::Region(other) = other.geometry else { panic!("{name}: {other:?}") };
                assert!(!area.grown(-0.01).overlaps(other), "{name}: {area:?} {other:?}");
            }
        }
    }
}
