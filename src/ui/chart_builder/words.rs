//! What kinds of chart, measures, units and whole charts are called.

use super::Shelf;
use crate::analyses::chart::{ChartField, ChartMark, ChartMeasure, ChartSpec, TimeUnit};

pub fn mark_word(mark: ChartMark) -> &'static str {
    match mark {
        ChartMark::Auto => "Auto",
        ChartMark::Bar => "Bars",
        ChartMark::Line => "Line",
        ChartMark::Area => "Area",
        ChartMark::Step => "Steps",
        ChartMark::Scatter => "Scatter",
        ChartMark::Histogram => "Histogram",
        ChartMark::Density => "Density",
        ChartMark::Ecdf => "Cumulative share",
        ChartMark::Qq => "Normal quantiles",
        ChartMark::Box => "Boxes",
        ChartMark::Violin => "Violins",
        ChartMark::Ridgeline => "Ridgelines",
        ChartMark::Strip => "Strips",
        ChartMark::HeatMap => "Heat map",
        ChartMark::Calendar => "Calendar",
        ChartMark::Lorenz => "Lorenz curve",
        ChartMark::Funnel => "Funnel",
        ChartMark::Mosaic => "Mosaic",
        ChartMark::Kpi => "Figure",
    }
}

/// As a choice of a list: "mean".
pub fn measure_word(measure: ChartMeasure) -> &'static str {
    match measure {
        ChartMeasure::None => "its values",
        ChartMeasure::Count => "count",
        ChartMeasure::CountDistinct => "number of different values",
        ChartMeasure::Sum => "sum",
        ChartMeasure::Mean => "mean",
        ChartMeasure::Median => "median",
        ChartMeasure::Min => "minimum",
        ChartMeasure::Max => "maximum",
        ChartMeasure::Share => "share",
    }
}

/// As a choice of a list: "month".
pub fn unit_word(unit: TimeUnit) -> &'static str {
    match unit {
        TimeUnit::Auto => "what fits",
        TimeUnit::Year => "year",
        TimeUnit::Quarter => "quarter",
        TimeUnit::Month => "month",
        TimeUnit::Week => "week",
        TimeUnit::Day => "day",
        TimeUnit::Hour => "hour",
        TimeUnit::MonthOfYear => "month of the year",
        TimeUnit::Weekday => "day of the week",
        TimeUnit::HourOfDay => "hour of the day",
    }
}

/// A field on its shelf: "mean of minutes", "start by month", "age in about 20 bins".
pub fn field_words(field: &ChartField) -> String {
    if field.column.is_empty() {
        return "rows".into();
    }
    let column = &field.column;
    match (field.measure, field.time_unit, field.bins) {
        (ChartMeasure::None, TimeUnit::Auto, None) => column.clone(),
        (ChartMeasure::None, TimeUnit::Auto, Some(bins)) => format!("{column} in about {bins} bins"),
        (ChartMeasure::None, unit, _) => format!("{column} by {}", unit_word(unit)),
        (ChartMeasure::CountDistinct, ..) => format!("different values of {column}"),
        (measure, ..) => format!("{} of {column}", measure_word(measure)),
    }
}

/// A field as the place of something: "start (month)".
fn place(field: &ChartField) -> String {
    match field.time_unit {
        TimeUnit::Auto => field.column.clone(),
        unit => format!("{} ({})", field.column, unit_word(unit)),
    }
}

/// A title for a chart, from its fields alone: "Mean of session_length by country".
pub fn title(spec: &ChartSpec) -> String {
    let is_figure = |field: &ChartField| field.is_measure() || field.column.is_empty();
    let places = |shelves: &[Shelf]| {
        let fields = shelves.iter().filter_map(|shelf| shelf.of(spec)).filter(|field| !is_figure(field));
        let mut names: Vec<String> = Vec::new();
        for name in fields.map(place) {
            // A column that is on two shelves is said once.
            if !names.contains(&name) {
                names.push(name);
            }
        }
        match names.len() {
            0 => String::new(),
            _ => format!(" by {}", names.join(" and ")),
        }
    };
    let groups = || places(&[Shelf::Color, Shelf::Facet]);
    let x = spec.x.as_ref().filter(|x| !is_figure(x)).map(place);
    let y = spec.y.as_ref();
    if let Some(y) = y.filter(|y| is_figure(y)) {
        if y.column.is_empty() && x.is_none() && spec.color.is_none() && spec.facet.is_none() {
            return format!("Rows of {}", spec.table);
        }
        return capital(&field_words(y)) + &places(&[Shelf::X, Shelf::Color, Shelf::Facet]);
    }
    if let Some(color) = spec.color.as_ref().filter(|color| is_figure(color)) {
        return capital(&field_words(color)) + &places(&[Shelf::X, Shelf::Y, Shelf::Facet]);
    }
    let y = y.map(place);
    let what = match (spec.mark, x, y) {
        (_, None, None) => return format!("Chart of {}", spec.table),
        (ChartMark::HeatMap | ChartMark::Mosaic, Some(_), Some(_)) => {
            return "Rows".to_owned() + &places(&[Shelf::X, Shelf::Y, Shelf::Facet]);
        }
        (ChartMark::Scatter, Some(x), Some(y)) => format!("{y} against {x}"),
        (_, Some(_), Some(y)) => return y + &places(&[Shelf::X, Shelf::Color, Shelf::Facet]),
        (ChartMark::Bar | ChartMark::Calendar, Some(_), None) => {
            return "Rows".to_owned() + &places(&[Shelf::X, Shelf::Color, Shelf::Facet]);
        }
        (ChartMark::Funnel, Some(x), None) => format!("Funnel of {x}"),
        (ChartMark::Ecdf, Some(x), None) => format!("Cumulative share of {x}"),
        (ChartMark::Qq, Some(x), None) => format!("Normal quantiles of {x}"),
        (ChartMark::Lorenz, Some(x), None) => format!("Lorenz curve of {x}"),
        (_, Some(one), None) | (_, None, Some(one)) => format!("Distribution of {one}"),
    };
    what + &groups()
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
