//! Every chart that is looked at, by name.

use crate::fixtures::{correlated, described, four_variants, two_variants};
use crate::{cases_distributions, cases_values};
use playhead::analyses::chart::ChartResult;
use playhead::charts::from_result::chart::chart;
use playhead::charts::from_result::{ab_test, correlate, describe};
use playhead::charts::layout::{View, layout, preferred_height_px};
use playhead::charts::measure::FixedMeasure;
use playhead::charts::model::Chart;
use playhead::charts::scene::Scene;

/// A phone, a column, a wide page.
pub const WIDTHS_PX: [f64; 3] = [320.0, 480.0, 800.0];

pub struct Case {
    /// Also the name of its snapshot.
    pub name: &'static str,
    pub chart: Chart,
    /// A part of a continuous x axis with some of the marks, not all.
    pub zoom_x: (f64, f64),
    /// Of composed charts, what they are made of.
    pub panel: Option<(ChartResult, usize)>,
}

impl Case {
    pub fn new(name: &'static str, chart: Chart, zoom_x: (f64, f64)) -> Self {
        Self { name, chart, zoom_x, panel: None }
    }

    pub fn composed(name: &'static str, result: &ChartResult, panel: usize, zoom_x: (f64, f64)) -> Self {
        let chart = chart(result, panel).unwrap_or_else(|| panic!("{name} has no chart"));
        Self { name, chart, zoom_x, panel: Some((result.clone(), panel)) }
    }
}

pub fn cases() -> Vec<Case> {
    let (two, four) = (two_variants(), four_variants());
    let mut binary_only = two_variants();
    binary_only.metrics = vec![binary_only.metrics.remove(1)];
    binary_only.metrics[0].comparisons[0].lift = None;
    let mut doubtful = two_variants();
    doubtful.srm.is_alert = true;
    for metric in &mut doubtful.metrics {
        metric.comparisons.iter_mut().for_each(|row| row.is_significant = None);
    }
    let list = [
        ("ab_test_effects", ab_test::effects(&two)),
        ("ab_test_effects_of_three_variants", ab_test::effects(&four)),
        ("ab_test_effects_without_lift", ab_test::effects(&binary_only)),
        ("ab_test_effects_with_split_in_doubt", ab_test::effects(&doubtful)),
        ("ab_test_by_variant_share", ab_test::by_variant(&two, 1)),
        ("ab_test_by_variant_mean", ab_test::by_variant(&four, 0)),
        ("ab_test_distribution", ab_test::distribution(&two, 0)),
        ("ab_test_distribution_of_four", ab_test::distribution(&four, 0)),
        ("ab_test_over_time", ab_test::over_time(&two, 0)),
        ("ab_test_over_time_lines", ab_test::over_time(&four, 0)),
        ("ab_test_segments", ab_test::segments(&two, 0)),
        ("describe_means", describe::means(&described(true), "session_length")),
        ("describe_shares", describe::shares(&described(false), "genre")),
        ("describe_shares_by_group", describe::shares(&described(true), "genre")),
        ("describe_share_matrix", describe::share_matrix(&described(true), "genre")),
        ("correlate_matrix", correlate::matrix(&correlated(6))),
        ("correlate_matrix_of_twelve", correlate::matrix(&correlated(12))),
        ("correlate_pairs", correlate::pairs(&correlated(6))),
    ];
    list.into_iter()
        .map(|(name, chart)| {
            let chart = chart.unwrap_or_else(|| panic!("{name} has no chart"));
            // 10 to 20 March 2024 on a time axis, the middle of a histogram elsewhere.
            let zoom_x =
                if name.contains("over_time") { (1_710_028_800.0, 1_710_892_800.0) } else { (6.0, 18.0) };
            Case::new(name, chart, zoom_x)
        })
        .chain(cases_values::list())
        .chain(cases_distributions::list())
        .collect()
}

pub fn scene(case: &Case, width_px: f64) -> Scene {
    let view = View::default();
    let height_px = preferred_height_px(&case.chart, width_px, &FixedMeasure, &view);
    layout(&case.chart, width_px, height_px, &FixedMeasure, &view)
}
