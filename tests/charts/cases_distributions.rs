//! Composed charts of distributions and grids.

use crate::cases::Case;
use crate::chart_fixtures_distributions::{
    boxes, boxes_of_series, densities, ecdf, facets, lorenz, normal, qq, skewed, with_empty_panel,
};
use playhead::analyses::chart::{AxisScale, ChartCurve, ChartData, ChartMark, ChartResult};
use playhead::charts::scene::Shape;

const SIX: [&str; 6] = ["Smart TV", "Mobile", "Web browser", "Tablet", "Console", "Set-top box"];

pub fn list() -> Vec<Case> {
    let cases =
        rows().into_iter().map(|(name, result, panel, zoom_x)| Case::composed(name, &result, panel, zoom_x));
    cases.chain(crate::cases_grids::list()).chain(crate::cases_kinds::list()).collect()
}

type Row = (&'static str, ChartResult, usize, (f64, f64));

fn rows() -> Vec<Row> {
    let zoom = (6.0, 18.0);
    let groups =
        |n: usize| -> Vec<Vec<f64>> { (0..n).map(|i| skewed(60 + 25 * i, 16.0 - 1.4 * i as f64)).collect() };
    let twelve: Vec<String> = (1..=12)
        .map(|i| match i {
            4 => "a category with a name that is much longer than any column".into(),
            i => format!("genre {i}"),
        })
        .collect();
    let twelve: Vec<&str> = twelve.iter().map(String::as_str).collect();
    let long_groups: Vec<Vec<f64>> = (0..12).map(|i| skewed(40, 12.0 + f64::from(i % 5))).collect();
    let negative: Vec<Vec<f64>> = vec![
        normal(80).iter().map(|z| z * 3.0 - 4.0).collect(),
        normal(60).iter().map(|z| z * 2.0 + 1.0).collect(),
    ];
    // A constant, a single value, and none.
    let odd: Vec<Vec<f64>> = vec![vec![7.0; 30], vec![12.5], Vec::new(), skewed(25, 9.0)];
    let odd_names = ["constant", "one value", "none", "usual"];
    let mut alone = boxes(ChartMark::Box, &[], &[skewed(200, 12.0)]);
    alone.x.label.clear();
    alone.x.names = vec![String::new()];
    let mut log = boxes(ChartMark::Box, &SIX[..3], &groups(3));
    log.spec.y_scale = AxisScale::Log;
    let mut many = densities(&["A", "B", "C", "12\u{a0}others"]);
    many.spec.x_scale = AxisScale::Log;
    let mut dollars = boxes(ChartMark::Box, &SIX[..2], &groups(2));
    dollars.y.unit = "$".into();
    vec![
        ("chart_box", boxes(ChartMark::Box, &SIX, &groups(6)), 0, zoom),
        ("chart_box_of_one", alone, 0, zoom),
        ("chart_box_of_twelve", boxes(ChartMark::Box, &twelve, &long_groups), 0, zoom),
        ("chart_box_of_series", boxes_of_series(ChartMark::Box, &SIX[..3], &["A", "B"]), 0, zoom),
        ("chart_box_negative", boxes(ChartMark::Box, &["before", "after"], &negative), 0, zoom),
        ("chart_box_odd", boxes(ChartMark::Box, &odd_names, &odd), 0, zoom),
        ("chart_box_in_dollars", dollars, 0, zoom),
        ("chart_box_log", log, 0, zoom),
        ("chart_box_facet", facets(ChartMark::Box), 0, zoom),
        ("chart_box_facet_empty", facets(ChartMark::Box), 2, zoom),
        ("chart_violin", boxes(ChartMark::Violin, &SIX, &groups(6)), 0, zoom),
        ("chart_violin_of_series", boxes_of_series(ChartMark::Violin, &SIX[..3], &["A", "B"]), 0, zoom),
        ("chart_violin_odd", boxes(ChartMark::Violin, &odd_names, &odd), 0, zoom),
        ("chart_violin_facet", facets(ChartMark::Violin), 1, zoom),
        ("chart_ridgeline", boxes(ChartMark::Ridgeline, &twelve, &long_groups), 0, zoom),
        ("chart_ridgeline_of_series", boxes_of_series(ChartMark::Ridgeline, &SIX[..2], &["A", "B"]), 0, zoom),
        ("chart_ridgeline_odd", boxes(ChartMark::Ridgeline, &odd_names, &odd), 0, zoom),
        ("chart_strip", boxes(ChartMark::Strip, &SIX[..4], &groups(4)), 0, zoom),
        ("chart_strip_odd", boxes(ChartMark::Strip, &odd_names, &odd), 0, zoom),
        ("chart_density", densities(&[""]), 0, zoom),
        ("chart_density_of_two", densities(&["A", "B"]), 0, zoom),
        ("chart_density_of_five", densities(&["A", "B", "C", "D", "E"]), 0, zoom),
        ("chart_density_log", many, 0, zoom),
        ("chart_density_facet", with_empty_panel(densities(&["A", "B"])), 0, zoom),
        ("chart_ecdf", ecdf(&[""]), 0, zoom),
        ("chart_ecdf_of_two", ecdf(&["A", "B"]), 0, zoom),
        ("chart_qq", qq(&skewed(120, 9.0)), 0, (-1.0, 1.0)),
        ("chart_qq_constant", qq(&[4.0; 20]), 0, (-1.0, 1.0)),
        ("chart_lorenz", lorenz(&[""]), 0, (0.2, 0.7)),
        ("chart_lorenz_of_two", lorenz(&["2023", "2024"]), 0, (0.2, 0.7)),
    ]
}

#[test]
fn a_panel_without_values_says_so() {
    for result in [densities(&["A"]), ecdf(&["A"]), qq(&[1.0, 2.0]), lorenz(&["A"])] {
        let mut result = with_empty_panel(result);
        let empty = Case::composed("empty", &result, 1, (0.0, 1.0));
        assert!(empty.chart.takeaway.contains("too few values"), "{}", empty.chart.takeaway);
        assert!(empty.chart.title.ends_with("country = Malta"), "{}", empty.chart.title);
        for width_px in crate::cases::WIDTHS_PX {
            let scene = crate::cases::scene(&empty, width_px);
            let says_so =
                |shape: &Shape| matches!(shape, Shape::Text { text, .. } if text == "too few values");
            assert!(scene.shapes.iter().any(says_so), "{width_px}");
        }
        // All panels without values.
        result.panels.remove(0);
        crate::cases::scene(&Case::composed("all empty", &result, 0, (0.0, 1.0)), 320.0);
        // A single value.
        if let ChartData::Curves { curves } = &mut result.panels[0].data {
            curves.push(ChartCurve { series: 0, n: 1, x: vec![0.5], y: vec![0.5], figure: None });
        }
        crate::cases::scene(&Case::composed("one value", &result, 0, (0.0, 1.0)), 320.0);
    }
}
