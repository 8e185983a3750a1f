//! Charts of values at places: each mark in each of its states.

use crate::cases::Case;
use crate::chart_fixtures_values::{
    COUNTRIES, DAY, DEVICES, NEW_YEAR, bell, categories, counts, facets, grid, in_months, mean, numbers,
    panel, points, result, times, value, with_data, with_unit, with_values,
};
use playhead::analyses::chart::{
    Arrange, AxisScale, ChartAxis, ChartData, ChartField, ChartMark, ChartMeasure, ChartResult, ChartSpec,
    TimeUnit,
};
use playhead::charts::from_result::chart::chart;
use playhead::charts::marks::{Band, Direction};
use playhead::charts::model::{Info, Mark};

/// A year of the months.
const ZOOM_TIME: (f64, f64) = (NEW_YEAR + 100.0 * DAY, NEW_YEAR + 300.0 * DAY);

pub fn list() -> Vec<Case> {
    let at_times = (ZOOM_TIME.0, ZOOM_TIME.1);
    let at_numbers = (12.0, 31.0);
    let mut cases = Vec::new();
    let mut add = |name, result: &ChartResult, zoom_x| cases.push(Case::composed(name, result, 0, zoom_x));
    add("chart_bar_counts", &bars_of_counts(), at_numbers);
    add("chart_bar_means", &bars_of_means(), at_numbers);
    add("chart_bar_grouped", &bars_of_series(Arrange::SideBySide), at_numbers);
    add("chart_bar_stacked", &bars_of_series(Arrange::Stacked), at_numbers);
    add("chart_bar_share", &bars_of_series(Arrange::Share), at_numbers);
    add("chart_bar_fifty", &bars_of_fifty(), at_numbers);
    add("chart_bar_negative", &bars_below_zero(Arrange::SideBySide), at_numbers);
    add("chart_bar_negative_stacked", &bars_below_zero(Arrange::Stacked), at_numbers);
    add("chart_bar_one", &one_bar(), at_numbers);
    add("chart_bar_symlog", &bars_on(AxisScale::Log), at_numbers);
    add("chart_bar_months", &bars_of_months(Arrange::Stacked), at_times);
    add("chart_bar_months_grouped", &bars_of_months(Arrange::SideBySide), at_times);
    add("chart_bar_bins", &bars_of_bins(), at_numbers);
    add("chart_bar_weekdays", &bars_of_weekdays(), at_numbers);
    add("chart_bar_facet", &bars_in_panels(), at_numbers);
    add("chart_bar_without_x", &bars_without_x(), at_numbers);
    add("chart_line_months", &line_of_months(ChartMark::Line), at_times);
    add("chart_step_months", &line_of_months(ChartMark::Step), at_times);
    add("chart_area_months", &line_of_months(ChartMark::Area), at_times);
    add("chart_line_means_with_gap", &lines_of_means(), at_times);
    add("chart_line_log", &lines_on_log(), at_times);
    add("chart_line_weekdays", &lines_of_weekdays(), at_numbers);
    add("chart_line_numbers", &line_of_numbers(), at_numbers);
    add("chart_line_facet", &lines_in_panels(), at_times);
    add("chart_area_stacked", &areas(Arrange::Stacked), at_times);
    add("chart_area_share", &areas(Arrange::Share), at_times);
    add("chart_area_over_each_other", &areas(Arrange::SideBySide), at_times);
    add("chart_scatter", &scatter(120, 1), at_numbers);
    add("chart_scatter_series", &scatter(400, 3), at_numbers);
    add("chart_scatter_bubbles", &bubbles(), at_numbers);
    add("chart_scatter_log", &scatter_on_log(), (3.0, 300.0));
    add("chart_scatter_cells", &cells(), at_numbers);
    add("chart_scatter_one", &scatter(2, 1), (20.0, 40.0));
    add("chart_histogram", &histogram(&[]), at_numbers);
    add("chart_histogram_series", &histogram(&DEVICES), at_numbers);
    add("chart_histogram_share", &histogram_of_shares(), at_numbers);
    let mut banded = Case::composed("chart_line_with_bands", &line_of_months(ChartMark::Line), 0, at_times);
    banded.chart.marks.insert(
        0,
        band(Direction::Horizontal, NEW_YEAR + 150.0 * DAY, NEW_YEAR + 240.0 * DAY, "summer campaign"),
    );
    banded.chart.marks.insert(0, band(Direction::Vertical, 36_000.0, 40_000.0, "target"));
    cases.push(banded);
    cases
}

fn band(direction: Direction, from: f64, to: f64, name: &str) -> Mark {
    let info = Some(Info::new(name).line("kind", "annotation"));
    Mark::Band(Band { direction, from, to, names: vec![name.to_owned()], info })
}

fn scatter(n: usize, n_series: u32) -> ChartResult {
    let series = DEVICES.get(..n_series as usize).unwrap_or_default();
    let of = result(
        ChartMark::Scatter,
        numbers("age"),
        numbers("session_length"),
        if n_series > 1 { series } else { &[] },
    );
    with_data(of, ChartData::Points { points: points(n, n_series) })
}

fn bubbles() -> ChartResult {
    let mut of = scatter(40, 2);
    of.spec.size = Some(ChartField::column("revenue"));
    if let ChartData::Points { points } = &mut of.panels[0].data {
        for (index, point) in points.iter_mut().enumerate() {
            point.size = (index != 7).then(|| ((index * 37) % 100) as f64 * 12.5);
        }
    }
    of
}

fn scatter_on_log() -> ChartResult {
    let mut of = scatter(90, 1);
    of.spec.x_scale = AxisScale::Log;
    of.spec.y_scale = AxisScale::Symlog;
    if let ChartData::Points { points } = &mut of.panels[0].data {
        for point in points.iter_mut() {
            point.x = if point.row % 30 == 0 { 0.0 } else { 10.0_f64.powf(point.x / 12.0) };
            point.y = (point.y - 40.0).powi(3);
        }
    }
    of
}

fn cells() -> ChartResult {
    let of = result(ChartMark::Scatter, numbers("age"), numbers("session_length"), &[]);
    let edges = |n: i32, width: f64| (0..=n).map(|i| f64::from(i) * width).collect::<Vec<f64>>();
    let counts = (0..20).map(|row| {
        let middle = 4.0 + f64::from(row) * 0.9;
        bell(24, middle, 2.5, 900.0 * (-(f64::from(row) - 9.0).powi(2) / 30.0).exp())
    });
    with_data(
        of,
        ChartData::Cells { x_edges: edges(24, 2.5), y_edges: edges(20, 2.0), counts: counts.collect() },
    )
}

fn histogram(series: &[&str]) -> ChartResult {
    let of = result(ChartMark::Histogram, numbers("session_length"), counts("rows"), series);
    let edges = (0..=24).map(|i| f64::from(i) * 2.0).collect();
    let counts =
        (0..series.len().max(1)).map(|i| bell(24, 6.0 + 2.5 * i as f64, 4.0, 2_000.0 / (i + 1) as f64));
    with_data(of, ChartData::Bins { edges, counts: counts.collect() })
}

fn histogram_of_shares() -> ChartResult {
    let mut of = histogram(&DEVICES);
    of.y = ChartAxis { is_share: true, ..numbers("share of rows") };
    of
}

fn line_of_months(mark: ChartMark) -> ChartResult {
    let of = result(mark, times("started_at"), counts("rows"), &[]);
    let values = in_months(grid(18, 1, |place, _| (41_000.0 + 6_000.0 * (place * 0.7).sin()).round()));
    with_unit(with_values(of, ChartMeasure::Count, values), TimeUnit::Month)
}

/// Three series, of which one has a gap, one a lonely value and one begins late.
fn lines_of_means() -> ChartResult {
    let of = result(ChartMark::Line, times("started_at"), numbers("mean of session_length"), &DEVICES);
    let all = (0..16_u32).flat_map(|place| (0..3_u32).map(move |series| (place, series)));
    let known = all.filter(|(place, series)| match series {
        0 => !(6..8).contains(place),
        1 => *place != 11 && *place != 13,
        _ => *place >= 4,
    });
    let values = known.map(|(place, series)| {
        let figure = 9.0 + f64::from(series) * 3.0 + (f64::from(place) * 0.6).sin();
        mean(f64::from(place), series, figure, 0.5 + 0.2 * f64::from(series), 310)
    });
    let of = with_values(of, ChartMeasure::Mean, in_months(values.collect()));
    with_unit(of, TimeUnit::Month)
}

fn lines_on_log() -> ChartResult {
    let of = result(ChartMark::Line, times("started_at"), numbers("sum of minutes"), &["A", "B"]);
    let values = grid(
        12,
        2,
        |place, series| if place == 3.0 { 0.0 } else { 12.0 * 2.1_f64.powf(place - series * 4.0) },
    );
    let mut of = with_unit(with_values(of, ChartMeasure::Sum, in_months(values)), TimeUnit::Month);
    of.spec.y_scale = AxisScale::Log;
    of
}

fn lines_of_weekdays() -> ChartResult {
    ChartResult { spec: ChartSpec { mark: ChartMark::Line, ..bars_of_weekdays().spec }, ..bars_of_weekdays() }
}

fn line_of_numbers() -> ChartResult {
    let mut of = bars_of_bins();
    of.spec.mark = ChartMark::Line;
    of.y.unit = "seconds".into();
    if let ChartData::Values { values } = &mut of.panels[0].data {
        for value in values {
            let figure = value.value.unwrap_or(0.0) * 300.0;
            *value = mean(value.at, 0, figure, 240.0, value.n);
        }
    }
    of
}

fn lines_in_panels() -> ChartResult {
    let of = line_of_months(ChartMark::Line);
    let drama = in_months(grid(18, 1, |place, _| 120.0 + 4.0 * place));
    let comedy = in_months(grid(18, 1, |place, _| 900.0 - 30.0 * place));
    let one = in_months(grid(1, 1, |_, _| 55.0));
    facets(
        of,
        "genre",
        vec![panel("Drama", drama), panel("Comedy", comedy), panel("Opera", Vec::new()), panel("News", one)],
    )
}

fn areas(arrange: Arrange) -> ChartResult {
    let mut of = bars_of_months(arrange);
    of.spec.mark = ChartMark::Area;
    of
}

fn bars_of_counts() -> ChartResult {
    let of = result(ChartMark::Bar, categories("country", &COUNTRIES), counts("rows"), &[]);
    let values = grid(6, 1, |place, _| 2_104.0 - place * 340.0);
    let mut of = with_values(of, ChartMeasure::Count, values);
    of.spec.y = Some(ChartField::rows());
    of
}

fn bars_of_means() -> ChartResult {
    let of =
        result(ChartMark::Bar, categories("country", &COUNTRIES), numbers("mean of session_length"), &[]);
    let mut values: Vec<_> = (0..6_u32)
        .map(|i| mean(f64::from(i), 0, 14.2 - 1.7 * f64::from(i), 0.4 + 0.3 * f64::from(i), 900))
        .collect();
    values[4] =
        playhead::analyses::chart::ChartValue { value: None, interval: None, n: 0, ..values[4].clone() };
    with_values(of, ChartMeasure::Mean, values)
}

fn bars_of_series(arrange: Arrange) -> ChartResult {
    let of = result(ChartMark::Bar, categories("country", &COUNTRIES), counts("rows"), &DEVICES);
    let values =
        grid(6, 3, |place, series| (900.0 - place * 120.0 - series * 210.0).max(0.0) + 40.0 * series);
    let mut of = with_values(of, ChartMeasure::Count, values);
    of.spec.arrange = arrange;
    of
}

fn bars_of_fifty() -> ChartResult {
    let list: Vec<String> = (0..50).map(|i| format!("title number {}", i + 1)).collect();
    let list: Vec<&str> = list.iter().map(String::as_str).collect();
    let of = result(ChartMark::Bar, categories("title", &list), numbers("sum of minutes"), &[]);
    with_values(of, ChartMeasure::Sum, grid(50, 1, |place, _| 81_234.5 / (place + 1.0)))
}

fn bars_below_zero(arrange: Arrange) -> ChartResult {
    let money = ChartAxis { unit: "$".into(), ..numbers("sum of balance") };
    let of =
        result(ChartMark::Bar, categories("quarter", &["Q1", "Q2", "Q3", "Q4"]), money, &["Plan", "Refunds"]);
    let values =
        grid(4, 2, |place, series| if series == 0.0 { 320.5 - 150.0 * place } else { -80.25 - 20.0 * place });
    let mut of = with_values(of, ChartMeasure::Sum, values);
    of.spec.arrange = arrange;
    of
}

fn one_bar() -> ChartResult {
    let of =
        result(ChartMark::Bar, categories("country", &["Brazil"]), numbers("median of session_length"), &[]);
    with_values(of, ChartMeasure::Median, vec![value(0.0, 0, 11.4, 2_104)])
}

fn bars_on(scale: AxisScale) -> ChartResult {
    let of = result(ChartMark::Bar, categories("country", &COUNTRIES), counts("rows"), &[]);
    let mut of =
        with_values(of, ChartMeasure::Count, grid(6, 1, |place, _| 10.0_f64.powf(5.0 - place).round()));
    of.spec.y_scale = scale;
    of
}

fn bars_of_months(arrange: Arrange) -> ChartResult {
    let of = result(ChartMark::Bar, times("started_at"), counts("rows"), &DEVICES);
    let values = grid(14, 3, |place, series| (400.0 + 30.0 * place - 90.0 * series).round());
    let mut of = with_unit(with_values(of, ChartMeasure::Count, in_months(values)), TimeUnit::Month);
    of.spec.arrange = arrange;
    of
}

fn bars_of_bins() -> ChartResult {
    let of = result(ChartMark::Bar, numbers("age"), numbers("mean of session_length"), &[]);
    let values = (0..9_u32)
        .map(|i| mean(f64::from(i) * 5.0 + 2.5, 0, 8.0 + f64::from(i * (9 - i)) * 0.4, 0.8, 320))
        .collect();
    with_values(of, ChartMeasure::Mean, values)
}

fn bars_without_x() -> ChartResult {
    let values = grid(1, 3, |_, series| 900.0 - 210.0 * series);
    let mut of = with_values(
        result(ChartMark::Bar, numbers(""), counts("rows"), &DEVICES),
        ChartMeasure::Count,
        values,
    );
    of.spec.x = None;
    of
}

fn bars_of_weekdays() -> ChartResult {
    let days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    let of = result(ChartMark::Bar, categories("weekday of started_at", &days), counts("rows"), &["A", "B"]);
    let values = grid(7, 2, |place, series| 210.0 + 40.0 * place - 55.0 * series);
    with_unit(with_values(of, ChartMeasure::Count, values), TimeUnit::Weekday)
}

fn bars_in_panels() -> ChartResult {
    let of = bars_of_counts();
    let panels = vec![
        panel("Drama", grid(3, 1, |place, _| 120.0 - 20.0 * place)),
        panel("Comedy", grid(6, 1, |place, _| 912.0 - 130.0 * place)),
        panel("Opera", Vec::new()),
    ];
    facets(of, "genre", panels)
}

#[test]
fn panels_share_their_axes() {
    for of in [bars_in_panels(), lines_in_panels()] {
        let ticks = |panel: usize| {
            let drawn = chart(&of, panel).unwrap();
            let case = Case::new("panel", drawn, (0.0, 1.0));
            let scene = crate::cases::scene(&case, 480.0);
            crate::texts(&scene)
                .into_iter()
                .filter(|(_, area, _)| area.top > scene.plot.bottom || area.right < scene.plot.left)
                .map(|(text, ..)| text)
                .collect::<Vec<String>>()
        };
        assert_eq!(ticks(0), ticks(1));
        assert_eq!(ticks(0), ticks(2));
    }
}

#[test]
fn one_wide_interval_is_cut_and_told() {
    for mark in [ChartMark::Bar, ChartMark::Line] {
        let mut of = bars_of_bins();
        of.spec.mark = mark;
        if let ChartData::Values { values } = &mut of.panels[0].data {
            values[8] = mean(42.5, 0, 9.0, 400.0, 2);
        }
        let drawn = chart(&of, 0).unwrap();
        assert!(drawn.note.contains("beyond it"), "{}", drawn.note);
        let case = Case::new("wide", drawn, (0.0, 1.0));
        let labels: Vec<String> =
            crate::texts(&crate::cases::scene(&case, 480.0)).into_iter().map(|(text, ..)| text).collect();
        assert!(!labels.contains(&"400".to_owned()), "{labels:?}");
    }
}

#[test]
fn a_panel_without_values_says_so() {
    let drawn = chart(&bars_in_panels(), 2).unwrap();
    assert_eq!(drawn.takeaway, "There are no rows where genre = Opera.");
    assert_eq!(drawn.title, "rows by country, genre = Opera");
    assert!(chart(&bars_in_panels(), 3).is_none(), "there is no such panel");
    let empty = chart(&lines_in_panels(), 2).unwrap();
    assert!(empty.takeaway.ends_with("where genre = Opera."), "{}", empty.takeaway);
    let one = chart(&lines_in_panels(), 3).unwrap();
    assert!(one.takeaway.ends_with("is 55 in Jan 2023."), "{}", one.takeaway);
    let mut empty = bars_of_counts();
    empty.x.names.clear();
    empty.panels = vec![panel("", Vec::new())];
    for width_px in crate::cases::WIDTHS_PX {
        let case = Case::new("empty", chart(&empty, 0).unwrap(), (0.0, 1.0));
        assert!(crate::cases::scene(&case, width_px).hits.is_empty());
    }
}

#[test]
fn figures_of_another_shape_are_no_chart() {
    let mut of = bars_of_counts();
    of.panels[0].data = ChartData::Points { points: Vec::new() };
    assert!(chart(&of, 0).is_none());
}

/// Figures that no engine should find are drawn as far as they go, and never a panic.
#[test]
fn odd_figures_do_no_harm() {
    let odd = vec![
        value(0.0, 9, 1.0, 1),
        value(40.0, 0, 2.0, 1),
        value(-3.0, 0, 1e300, 1),
        value(f64::NAN, 0, 3.0, 1),
        value(1.0, 0, f64::INFINITY, u64::MAX),
        value(2.0, 1, -1e-300, 0),
        mean(2.0, 0, 5.0, f64::INFINITY, 1),
    ];
    let data = [
        ChartData::Values { values: odd },
        ChartData::Values { values: vec![value(0.0, 0, 0.0, 0); 3] },
        ChartData::Bins { edges: vec![3.0], counts: vec![vec![1, 2, 3], Vec::new()] },
        ChartData::Bins { edges: vec![0.0, 0.0, f64::NAN], counts: vec![vec![0, 0]] },
        ChartData::Points { points: points(3, 9) },
        ChartData::Cells { x_edges: vec![1.0, 1.0], y_edges: vec![0.0, 1.0], counts: vec![vec![5], vec![6]] },
        ChartData::Cells { x_edges: Vec::new(), y_edges: Vec::new(), counts: Vec::new() },
    ];
    let marks = [
        ChartMark::Bar,
        ChartMark::Line,
        ChartMark::Area,
        ChartMark::Step,
        ChartMark::Histogram,
        ChartMark::Scatter,
    ];
    let axes = [categories("country", &["Brazil", "", "Chile"]), times("started_at"), numbers("age")];
    let arranges = [Arrange::SideBySide, Arrange::Stacked, Arrange::Share];
    let scales = [AxisScale::Linear, AxisScale::Log, AxisScale::Symlog];
    let mut n_drawn = 0;
    for (mark, x) in marks.into_iter().flat_map(|mark| axes.clone().map(|x| (mark, x))) {
        for (arrange, scale) in arranges.into_iter().flat_map(|arrange| scales.map(|scale| (arrange, scale)))
        {
            for data in &data {
                let of = result(mark, x.clone(), numbers("mean of session_length"), &["A", "B"]);
                let mut of = with_data(of, data.clone());
                (of.spec.arrange, of.spec.x_scale, of.spec.y_scale) = (arrange, scale, scale);
                let Some(drawn) = chart(&of, 0) else { continue };
                let case = Case::new("odd", drawn, (0.0, 1.0));
                for width_px in crate::cases::WIDTHS_PX {
                    let scene = crate::cases::scene(&case, width_px);
                    assert!(scene.height_px.is_finite());
                    n_drawn += 1;
                }
            }
        }
    }
    assert!(n_drawn > 500, "{n_drawn}");
}
