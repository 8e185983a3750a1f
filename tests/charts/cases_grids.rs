//! Composed charts of figures by two places, and of steps.

use crate::cases::{Case, WIDTHS_PX, scene};
use crate::chart_fixtures_grids::{
    bins, calendar, funnel, hours_by_weekday, means, mosaic, shares_by_month, with_empty_panel,
};
use playhead::charts::from_result::chart::chart;

pub fn list() -> Vec<Case> {
    let genres = ["Drama", "Comedy", "Documentary and true crime", "Action"];
    let devices = ["Mobile", "Smart TV", "Web browser", "Tablet", "Console"];
    let twelve: Vec<String> = (1..=12).map(|i| format!("level number {i}")).collect();
    let twelve: Vec<&str> = twelve.iter().map(String::as_str).collect();
    let steps = ["visit", "search", "cart", "payment details entered", "paid"];
    let list = [
        ("chart_heat_map", hours_by_weekday()),
        ("chart_heat_map_of_means", means(&devices, &genres, 0.0)),
        ("chart_heat_map_of_one", means(&["Mobile"], &["Drama"], 0.0)),
        ("chart_heat_map_of_twelve", means(&twelve, &twelve, 0.0)),
        ("chart_heat_map_negative", means(&devices, &genres, -14.0)),
        ("chart_heat_map_of_months", shares_by_month()),
        ("chart_heat_map_of_bins", bins()),
        ("chart_heat_map_facet", with_empty_panel(hours_by_weekday())),
        ("chart_calendar", calendar("2023-11-20", "2024-12-31")),
        ("chart_calendar_of_a_week", calendar("2024-02-26", "2024-03-03")),
        ("chart_mosaic", mosaic(&devices, &genres)),
        ("chart_mosaic_of_two", mosaic(&["Mobile", "TV"], &["Drama", "Comedy"])),
        ("chart_mosaic_of_twelve", mosaic(&twelve, &["yes", "no"])),
        ("chart_funnel", funnel(&steps, &[""])),
        ("chart_funnel_of_two", funnel(&steps, &["A", "B"])),
        ("chart_funnel_of_one_step", funnel(&steps[..1], &[""])),
    ];
    list.into_iter()
        // The left part of a mosaic.
        .map(|(name, result)| Case::composed(name, &result, 0, (0.0, 0.3)))
        .collect()
}

#[test]
fn a_panel_without_figures_says_so() {
    let results = [
        hours_by_weekday(),
        shares_by_month(),
        calendar("2024-02-26", "2024-03-03"),
        mosaic(&["a"], &["b"]),
        bins(),
        funnel(&["visit", "paid"], &[""]),
    ];
    for result in results {
        let mut result = with_empty_panel(result);
        for is_alone in [false, true] {
            if is_alone {
                result.panels.remove(0);
                result.x.names.clear();
                result.y.names.clear();
            }
            let chart = chart(&result, if is_alone { 0 } else { 1 }).expect("a chart");
            let words = &chart.takeaway;
            assert!(words.contains("no ") || words.starts_with("No "), "{words}");
            assert!(words.ends_with("where country = Malta."), "{words}");
            let case = Case::new("empty", chart, (0.0, 1.0));
            WIDTHS_PX.iter().for_each(|width_px| assert!(scene(&case, *width_px).height_px > 0.0));
        }
    }
}
