//! From a mark of a composed chart back to its figure: what a click on it can mean.

use crate::cases::{Case, WIDTHS_PX, cases, scene};
use playhead::analyses::chart::{AxisScale, ChartData, ChartMark, ChartResult, ChartValue};
use playhead::charts::model::MarkKey;
use std::collections::BTreeSet;

/// What a mark says that stands for no figure.
const NOTHING: [&str; 4] = ["no values", "\u{2013}", "0", "annotation"];

/// A key that can be sorted.
type Figure = (u64, u32, u32);

#[test]
fn marks_and_figures_belong_to_each_other() {
    let mut n_figures = 0;
    for case in cases() {
        let Some(shown) = case.panel.as_ref().and_then(|(result, panel)| figures(result, *panel)) else {
            let is_keyed = scene(&case, 800.0).hits.iter().any(|hit| hit.info.key.is_some());
            assert!(!is_keyed, "{}: points, cells and curves have no keys", case.name);
            continue;
        };
        n_figures += shown.len();
        for width_px in WIDTHS_PX {
            assert_eq!(hit(&case, width_px), shown, "{} at {width_px}", case.name);
        }
    }
    assert!(n_figures > 1_000, "{n_figures}");
}

/// The figures that marks stand for.
fn hit(case: &Case, width_px: f64) -> BTreeSet<Figure> {
    let mut found = BTreeSet::new();
    for hit in scene(case, width_px).hits {
        let is_nothing = hit.info.lines.iter().any(|(_, figure)| NOTHING.contains(&figure.as_str()));
        assert!(hit.info.key.is_some() || is_nothing, "{} at {width_px}: {:?}", case.name, hit.info);
        found.extend(hit.info.key.map(in_order));
    }
    found
}

fn in_order(key: MarkKey) -> Figure {
    (key.at.to_bits(), key.row, key.series)
}

/// The figures of a panel that are drawn; `None` for rows and curves, which have none.
fn figures(result: &ChartResult, panel: usize) -> Option<BTreeSet<Figure>> {
    let key = |at: f64, row: u32, series: u32| in_order(MarkKey { at, row, series });
    Some(match &result.panels[panel].data {
        ChartData::Values { values } => {
            let is_drawn = |found: &&ChartValue| match result.spec.mark {
                ChartMark::Mosaic => found.n > 0,
                ChartMark::Line if result.spec.y_scale == AxisScale::Log => {
                    found.value.is_some_and(|value| value > 0.0)
                }
                _ => found.value.is_some(),
            };
            values.iter().filter(is_drawn).map(|found| key(found.at, found.row, found.series)).collect()
        }
        ChartData::Bins { counts, .. } => {
            let of_series = |(series, counts): (usize, &Vec<u64>)| {
                (0..counts.len()).map(move |bin| key(bin as f64, 0, series as u32))
            };
            counts.iter().enumerate().flat_map(of_series).collect()
        }
        ChartData::Boxes { boxes } => boxes
            .iter()
            .filter(|found| found.five_numbers.is_some())
            .map(|found| key(f64::from(found.at), 0, found.series))
            .collect(),
        ChartData::Curves { .. } | ChartData::Points { .. } | ChartData::Cells { .. } => return None,
    })
}
