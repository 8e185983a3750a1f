//! Charts of fixed results: snapshots of their scenes, and what must hold for every one of them.
//!
//! `UPDATE_SNAPSHOTS=1 cargo test --features charts --test charts` rewrites `tests/charts/*.txt`; the
//! difference is then read like code. `DRAW_CHARTS=<folder>` also draws every case as SVG and lays them
//! out on a page, `index.html`, to be looked at.
#![cfg(feature = "charts")]
// A case without a chart, or a file that cannot be written, stops the test; that is the message.
#![allow(clippy::expect_used, clippy::panic)]

#[path = "charts/cases.rs"]
mod cases;
#[path = "charts/cases_distributions.rs"]
mod cases_distributions;
#[path = "charts/cases_grids.rs"]
mod cases_grids;
#[path = "charts/cases_kinds.rs"]
mod cases_kinds;
#[path = "charts/cases_values.rs"]
mod cases_values;
#[path = "charts/chart_fixtures_distributions.rs"]
mod chart_fixtures_distributions;
#[path = "charts/chart_fixtures_grids.rs"]
mod chart_fixtures_grids;
#[path = "charts/chart_fixtures_values.rs"]
mod chart_fixtures_values;
#[path = "charts/fixtures.rs"]
mod fixtures;
#[path = "charts/gallery.rs"]
mod gallery;
#[path = "charts/hidden.rs"]
mod hidden;
#[path = "charts/keys.rs"]
mod keys;
#[path = "charts/scene_text.rs"]
mod scene_text;
#[path = "charts/theme.rs"]
mod theme;

use cases::{WIDTHS_PX, cases, scene};
use playhead::charts::cursor::cursor;
use playhead::charts::geometry::{Point, Rect};
use playhead::charts::hit::{Step, nearest, step};
use playhead::charts::layout::{View, layout, layout_with_heading};
use playhead::charts::measure::{FixedMeasure, TextMeasure};
use playhead::charts::model::AxisKind;
use playhead::charts::scene::{Scene, Shape, text_box};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

#[test]
fn scenes_are_as_committed() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/charts");
    let is_update = std::env::var_os("UPDATE_SNAPSHOTS").is_some();
    let mut changed = Vec::new();
    for case in cases() {
        let text = scene_text::snapshot(&case);
        let path = folder.join(format!("{}.txt", case.name));
        if is_update {
            fs::write(&path, &text).expect("the snapshot is written");
        } else if fs::read_to_string(&path).ok().as_deref() != Some(&text) {
            changed.push(case.name);
        }
    }
    assert!(changed.is_empty(), "changed: {changed:?}; look at them, then set UPDATE_SNAPSHOTS=1");
}

#[test]
fn every_snapshot_belongs_to_a_case() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/charts");
    let known: BTreeSet<String> = cases().iter().map(|case| format!("{}.txt", case.name)).collect();
    for entry in fs::read_dir(folder).expect("a folder of snapshots").flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        assert!(!name.ends_with(".txt") || known.contains(&name), "{name} belongs to no case");
    }
}

#[test]
fn texts_do_not_overlap_are_not_cut_and_are_large_enough() {
    for case in cases() {
        for width_px in WIDTHS_PX {
            let boxes = texts(&scene(&case, width_px));
            assert!(boxes.len() > 3, "{} at {width_px} has labels", case.name);
            for (i, (text, area, size_px)) in boxes.iter().enumerate() {
                let place = format!("{} at {width_px}: {text:?} {area:?}", case.name);
                assert!(*size_px >= 12.0, "{place} is too small");
                assert!(area.left > -0.5 && area.right < width_px + 0.5, "{place} is cut");
                let height_px = scene(&case, width_px).height_px;
                assert!(area.top > -0.5 && area.bottom < height_px + 0.5, "{place} is cut");
                for (other, other_area, _) in &boxes[i + 1..] {
                    assert!(!area.overlaps(*other_area), "{place} overlaps {other:?} {other_area:?}");
                }
            }
        }
    }
}

#[test]
fn shapes_stay_inside_the_canvas() {
    for case in cases() {
        for width_px in WIDTHS_PX {
            let scene = scene(&case, width_px);
            let canvas = Rect::new(0.0, 0.0, width_px, scene.height_px).grown(1.0);
            for shape in &scene.shapes {
                let points = match shape {
                    Shape::Line { points, .. } | Shape::Area { points, .. } => points.clone(),
                    Shape::Rect { rect, .. } => {
                        vec![Point::new(rect.left, rect.top), Point::new(rect.right, rect.bottom)]
                    }
                    Shape::Symbol { at, .. } | Shape::Text { at, .. } => vec![*at],
                };
                for point in points {
                    assert!(canvas.contains(point), "{} at {width_px}: {shape:?}", case.name);
                }
            }
        }
    }
}

#[test]
fn pointing_at_a_mark_finds_it() {
    for case in cases() {
        for width_px in WIDTHS_PX {
            let scene = scene(&case, width_px);
            assert!(!scene.hits.is_empty(), "{}", case.name);
            for (index, hit) in scene.hits.iter().enumerate() {
                let found = nearest(&scene, hit.anchor).unwrap_or_else(|| panic!("{}: none", case.name));
                // Marks on the same place cannot be told apart by pointing; the arrows reach both.
                let is_same_place = scene.hits[found].anchor.distance(hit.anchor) < 0.5;
                assert!(found == index || is_same_place, "{} at {width_px}: {hit:?}", case.name);
            }
            assert_eq!(nearest(&scene, Point::new(-200.0, -200.0)), None);
        }
    }
}

#[test]
fn the_arrows_reach_every_mark_and_come_back() {
    for case in cases() {
        let scene = scene(&case, 800.0);
        let start = step(&scene, None, Step::Next).expect("a first mark");
        let mut reached = BTreeSet::from([start]);
        let mut open = vec![start];
        while let Some(from) = open.pop() {
            for direction in [Step::Next, Step::Previous, Step::Down, Step::Up, Step::First, Step::Last] {
                let to = step(&scene, Some(from), direction).expect("never out of the chart");
                if reached.insert(to) {
                    open.push(to);
                }
            }
        }
        assert_eq!(reached.len(), scene.hits.len(), "{}", case.name);
        let end = step(&scene, Some(start), Step::Last).expect("an end");
        assert_eq!(step(&scene, Some(end), Step::First), Some(start), "{}", case.name);
        assert_eq!(step(&scene, Some(end), Step::Next), Some(end), "{}: the end holds", case.name);
    }
}

#[test]
fn every_mark_speaks_its_figures() {
    for case in cases() {
        assert!(case.chart.takeaway.ends_with('.'), "{}: {}", case.name, case.chart.takeaway);
        for hit in &scene(&case, 800.0).hits {
            assert!(!hit.info.heading.is_empty() && !hit.info.lines.is_empty(), "{}: {hit:?}", case.name);
            let spoken = hit.info.spoken();
            assert!(!spoken.contains(['\u{2212}', '%', '_']), "{}: {spoken}", case.name);
        }
    }
}

#[test]
fn the_data_table_is_complete() {
    for case in cases() {
        let table = &case.chart.table;
        assert!(!table.rows.is_empty(), "{}", case.name);
        for row in &table.rows {
            assert_eq!(row.len(), table.columns.len(), "{}: {row:?}", case.name);
        }
        let csv = table.to_csv();
        assert_eq!(csv.lines().count(), table.rows.len() + 1, "{}", case.name);
    }
}

#[test]
fn zooming_keeps_only_what_lies_inside() {
    for case in cases() {
        if !matches!(case.chart.x.kind, AxisKind::Time | AxisKind::Linear(_))
            || case.chart.y.category_list().is_some()
        {
            continue;
        }
        let full = scene(&case, 800.0);
        let view = View { zoom_x: Some(case.zoom_x), ..View::default() };
        let zoomed = layout(&case.chart, 800.0, full.height_px, &FixedMeasure, &view);
        assert!(!zoomed.hits.is_empty() && zoomed.hits.len() < full.hits.len(), "{}", case.name);
        let plot = zoomed.plot.grown(8.0);
        for shape in &zoomed.shapes {
            if let Shape::Line { points, .. } | Shape::Area { points, .. } = shape {
                let is_in_x = |point: &Point| point.x >= plot.left && point.x <= plot.right;
                assert!(points.iter().all(is_in_x), "{}: {shape:?}", case.name);
            }
        }
    }
}

#[test]
fn the_cursor_is_an_upright_line_on_the_mark() {
    for case in cases() {
        let scene = scene(&case, 800.0);
        for (index, hit) in scene.hits.iter().enumerate() {
            let shapes = cursor(&scene, index);
            let upright = |shape: &Shape| match shape {
                Shape::Line { points, .. } => points.iter().all(|point| point.x == hit.anchor.x),
                _ => false,
            };
            assert!(shapes.iter().take(2).all(upright), "{}: {shapes:?}", case.name);
        }
        assert!(cursor(&scene, scene.hits.len()).is_empty());
    }
}

#[test]
fn an_exported_picture_has_its_words() {
    for case in cases() {
        let picture = layout_with_heading(&case.chart, 800.0, &FixedMeasure, &View::default());
        let words: Vec<String> = texts(&picture).into_iter().map(|(text, ..)| text).collect();
        assert_eq!(words[0], case.chart.title);
        let takeaway = words[1..].join(" ");
        assert!(takeaway.starts_with(&case.chart.takeaway), "{}: {takeaway}", case.name);
        assert!(
            texts(&picture).iter().all(|(_, area, _)| area.right < 800.0 && area.bottom < picture.height_px)
        );
    }
}

/// Text, box and size of every label.
fn texts(scene: &Scene) -> Vec<(String, Rect, f64)> {
    let label = |shape: &Shape| match shape {
        Shape::Text { at, text, size_px, weight, anchor, .. } => {
            let width_px = FixedMeasure.width_px(text, *size_px, *weight);
            Some((text.clone(), text_box(*at, width_px, *size_px, *anchor), *size_px))
        }
        _ => None,
    };
    scene.shapes.iter().filter_map(label).collect()
}
