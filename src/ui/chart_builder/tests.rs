//! Shelves without a page.

use super::*;
use crate::analyses::chart::{Arrange, AxisScale, ChartMark, ChartMeasure, TimeUnit};
use crate::model::{ColumnInfo, Kind, TableInfo, TableOrigin};
use crate::ui::wire::{Json, Read, Write};

fn column(name: &str, kind: Kind) -> ColumnInfo {
    let levels: &[&str] = match name {
        "country" => &["DK", "NO", "SE"],
        "device" => &["phone", "TV"],
        "tier" => &["basic", "plus"],
        "watched" => &["0", "1"],
        _ => &[],
    };
    let levels = levels.iter().map(|level| (*level).to_owned()).collect();
    ColumnInfo { name: name.into(), kind, n_missing: 0, levels, unit: None }
}

fn columns() -> Vec<ColumnInfo> {
    vec![
        column("user_id", Kind::Id),
        column("country", Kind::Nominal),
        column("device", Kind::Nominal),
        column("tier", Kind::Ordinal),
        column("start", Kind::DateTime),
        column("minutes", Kind::Continuous),
        column("clicks", Kind::Count),
        column("watched", Kind::Binary),
    ]
}

/// Columns put on shelves, in this order; "rows" are the rows.
fn composed(puts: &[(Shelf, &str)]) -> ChartSpec {
    let start = ChartSpec { table: "plays".into(), ..ChartSpec::default() };
    puts.iter().fold(start, |spec, (shelf, name)| put_by_name(&spec, *shelf, name))
}

fn put_by_name(spec: &ChartSpec, shelf: Shelf, name: &str) -> ChartSpec {
    let all = columns();
    match all.iter().find(|column| column.name == name) {
        Some(column) => put(spec, shelf, column, &all),
        None => put_rows(spec, shelf, &all),
    }
}

fn possible(spec: &ChartSpec) -> Vec<ChartMark> {
    let choices = marks_for(spec, &columns()).into_iter();
    choices.filter(|choice| choice.is_possible).map(|choice| choice.mark).collect()
}

fn needs_of(spec: &ChartSpec, mark: ChartMark) -> &'static str {
    marks_for(spec, &columns()).iter().find(|choice| choice.mark == mark).unwrap().needs
}

use ChartMark::{Auto, Bar, Calendar, Funnel, HeatMap, Histogram, Kpi, Line, Mosaic, Scatter};
use Shelf::{Color, Facet, Size, X, Y};

#[test]
fn nothing_is_possible_on_empty_shelves() {
    let spec = composed(&[]);
    assert!(possible(&spec).is_empty());
    assert_eq!(marks_for(&spec, &columns()).len(), 20);
    assert_eq!(marks_for(&spec, &columns())[0].mark, Auto);
    assert_eq!(needs_of(&spec, ChartMark::Violin), "needs a number on Y, as it is");
    assert_eq!(needs_of(&spec, Histogram), "needs a number on X");
}

#[test]
fn what_is_possible_follows_from_the_fields() {
    use ChartMark::{Area, Density, Ecdf, Lorenz, Qq, Ridgeline, Step, Strip, Violin};
    let shapes = [ChartMark::Box, Violin, Ridgeline, Strip];
    assert_eq!(possible(&composed(&[(X, "country")])), [Auto, Bar, Funnel]);
    assert_eq!(possible(&composed(&[(X, "country"), (Y, "minutes")])), [Auto, Bar, Funnel]);
    assert_eq!(possible(&composed(&[(X, "tier"), (Y, "rows")])), [Auto, Bar, Line, Area, Step, Funnel]);
    assert_eq!(possible(&composed(&[(X, "start"), (Y, "minutes")])), [Auto, Bar, Line, Area, Step, Calendar]);
    assert_eq!(possible(&composed(&[(X, "minutes")])), [Auto, Bar, Histogram, Density, Ecdf, Qq, Lorenz]);
    assert_eq!(possible(&composed(&[(X, "minutes"), (Y, "clicks")])), [Auto, Scatter, HeatMap]);
    assert_eq!(possible(&composed(&[(Y, "minutes")])), [vec![Auto], shapes.to_vec()].concat());
    assert_eq!(possible(&composed(&[(X, "country"), (Y, "device")])), [Auto, HeatMap, Mosaic]);
    assert_eq!(possible(&composed(&[(Y, "rows")])), [Auto, Kpi]);
    // As they are, values of a number by names are boxes.
    let plain = set_field(&composed(&[(X, "country"), (Y, "minutes")]), Y, &columns(), |field| {
        field.measure = ChartMeasure::None;
    });
    // As places they would be divided into intervals.
    assert_eq!(possible(&plain), [vec![Auto], shapes.to_vec(), vec![HeatMap]].concat());
    // A part of a time that comes again is a list of names.
    let weekday = set_field(&composed(&[(X, "start"), (Y, "minutes")]), X, &columns(), |field| {
        field.time_unit = TimeUnit::Weekday;
    });
    assert_eq!(possible(&weekday), [Auto, Bar, Line, Area, Step, Calendar]);
}

#[test]
fn colour_rules_out_what_has_no_series() {
    let spec = composed(&[(X, "country"), (Y, "minutes"), (Color, "device")]);
    assert_eq!(possible(&spec), [Auto, Bar]);
    assert_eq!(needs_of(&spec, Funnel), "needs nothing on Colour");
    let heat_map = composed(&[(X, "country"), (Y, "device"), (Color, "minutes")]);
    assert_eq!(heat_map.color, Some(ChartField::measure("minutes", ChartMeasure::Mean)));
    assert_eq!(possible(&heat_map), [Auto, HeatMap]);
    // Colour first, then the second place: what told series apart is a figure of the cells.
    let later = composed(&[(X, "country"), (Color, "watched"), (Y, "device")]);
    assert_eq!(later.color, Some(ChartField::measure("watched", ChartMeasure::Share)));
    assert_eq!(possible(&later), [Auto, HeatMap]);
    assert_eq!(put_by_name(&later, Y, "minutes").color, Some(ChartField::column("watched")));
}

#[test]
fn a_column_becomes_what_makes_sense_on_its_shelf() {
    let y = |puts: &[(Shelf, &str)]| composed(puts).y.unwrap().measure;
    assert_eq!(y(&[(X, "country"), (Y, "minutes")]), ChartMeasure::Mean);
    assert_eq!(y(&[(X, "start"), (Y, "clicks")]), ChartMeasure::Mean);
    assert_eq!(y(&[(X, "country"), (Y, "watched")]), ChartMeasure::Share);
    assert_eq!(y(&[(X, "country"), (Y, "user_id")]), ChartMeasure::CountDistinct);
    assert_eq!(y(&[(X, "minutes"), (Y, "clicks")]), ChartMeasure::None);
    assert_eq!(y(&[(Y, "rows")]), ChartMeasure::Count);
    assert_eq!(composed(&[(X, "start")]).x, Some(ChartField::column("start")));
    assert_eq!(composed(&[(X, "country"), (Color, "minutes")]).color.unwrap().bins, Some(4));
    // The order of the two does not matter.
    assert_eq!(y(&[(Y, "minutes"), (X, "country")]), ChartMeasure::Mean);
    assert_eq!(y(&[(X, "country"), (Y, "minutes"), (X, "clicks")]), ChartMeasure::None);
    // What was chosen stays.
    let spec = set_field(&composed(&[(X, "country"), (Y, "minutes")]), Y, &columns(), |field| {
        field.measure = ChartMeasure::Median;
    });
    let spec = put_by_name(&spec, X, "start");
    assert_eq!(spec.y.unwrap().measure, ChartMeasure::Median);
}

#[test]
fn shelves_take_only_what_they_can_show() {
    let spec = composed(&[(X, "minutes"), (Y, "clicks"), (Size, "country")]);
    assert_eq!(spec.size, None);
    let spec = put_by_name(&spec, Size, "minutes");
    assert_eq!(spec.size, Some(ChartField::column("minutes")));
    // The size goes with the points.
    assert_eq!(put_by_name(&spec, X, "country").size, None);
    assert_eq!(put_rows(&spec, X, &columns()), spec);
}

#[test]
fn a_kind_of_chart_gets_its_fields_as_it_needs_them() {
    let all = columns();
    let bars = choose(&composed(&[(X, "minutes")]), Bar, &all);
    assert_eq!((bars.mark, bars.x.as_ref().unwrap().bins), (Bar, Some(20)));
    let density = choose(&bars, ChartMark::Density, &all);
    assert_eq!((density.mark, density.x.unwrap().bins), (ChartMark::Density, None));
    let calendar = choose(&composed(&[(X, "start")]), Calendar, &all);
    assert_eq!(calendar.x.unwrap().time_unit, TimeUnit::Day);
    let cells = choose(&composed(&[(X, "minutes"), (Y, "clicks"), (Color, "watched")]), HeatMap, &all);
    assert_eq!(cells.mark, Auto, "names on Colour are no figure");
}

#[test]
fn options_without_sense_go_back() {
    let all = columns();
    let mut spec = choose(&composed(&[(X, "country"), (Y, "rows"), (Color, "device")]), Bar, &all);
    spec.arrange = Arrange::Stacked;
    spec.y_scale = AxisScale::Log;
    let mean = put_by_name(&spec, Y, "minutes");
    assert_eq!((mean.mark, mean.arrange, mean.y_scale), (Bar, Arrange::SideBySide, AxisScale::Log));
    assert_eq!(take_off(&spec, Color, &all).arrange, Arrange::SideBySide);
    let gone = take_off(&spec, X, &all);
    assert_eq!((gone.mark, gone.y_scale), (Auto, AxisScale::Linear));
    // Without one of its places a heat map is bars, and its colour tells series apart.
    let heat_map = composed(&[(X, "country"), (Y, "device"), (Color, "minutes")]);
    let color = take_off(&heat_map, Y, &all).color.unwrap();
    assert_eq!((color.measure, color.bins), (ChartMeasure::None, Some(4)));
}

#[test]
fn x_and_y_change_places_where_there_is_a_chart_then() {
    let all = columns();
    let two = composed(&[(X, "minutes"), (Y, "clicks")]);
    assert!(can_swap(&two, &all));
    let swapped = swap(&two, &all);
    assert_eq!((swapped.x, swapped.y), (two.y, two.x));
    assert!(!can_swap(&composed(&[(X, "country"), (Y, "minutes")]), &all));
    assert!(can_swap(&composed(&[(X, "country"), (Y, "device")]), &all));
    assert!(!can_swap(&composed(&[]), &all));
}

#[test]
fn whatever_is_done_reads_back_as_a_spec() {
    let spec = composed(&[(X, "start"), (Y, "watched"), (Color, "device"), (Facet, "clicks")]);
    let mut is_valid = true;
    let back = ChartSpec::read(&mut Json::parse(&spec.write().to_text()).unwrap(), &mut is_valid);
    assert!(is_valid);
    assert_eq!(back, spec);
}

#[test]
fn charts_have_titles() {
    let of = |puts: &[(Shelf, &str)]| title(&composed(puts));
    assert_eq!(of(&[]), "Chart of plays");
    assert_eq!(of(&[(X, "country"), (Y, "minutes")]), "Mean of minutes by country");
    assert_eq!(
        of(&[(X, "country"), (Y, "minutes"), (Color, "device"), (Facet, "tier")]),
        "Mean of minutes by country and device and tier"
    );
    assert_eq!(
        of(&[(X, "country"), (Y, "minutes"), (Color, "country")]),
        "Mean of minutes by country",
        "a column is said once"
    );
    assert_eq!(of(&[(Y, "rows")]), "Rows of plays");
    assert_eq!(of(&[(X, "country"), (Y, "user_id")]), "Different values of user_id by country");
    assert_eq!(
        of(&[(X, "country"), (Y, "device"), (Color, "watched")]),
        "Share of watched by country and device"
    );
    assert_eq!(of(&[(X, "minutes")]), "Distribution of minutes");
    let all = columns();
    let with = |mark, puts: &[(Shelf, &str)]| title(&choose(&composed(puts), mark, &all));
    assert_eq!(
        with(Scatter, &[(X, "minutes"), (Y, "clicks"), (Color, "tier")]),
        "clicks against minutes by tier"
    );
    assert_eq!(with(HeatMap, &[(X, "country"), (Y, "device")]), "Rows by country and device");
    assert_eq!(with(Calendar, &[(X, "start")]), "Rows by start (day)");
}

#[test]
fn fields_are_said_in_words() {
    let words = |field: ChartField| field_words(&field);
    assert_eq!(words(ChartField::rows()), "rows");
    assert_eq!(words(ChartField::measure("minutes", ChartMeasure::Mean)), "mean of minutes");
    assert_eq!(words(ChartField { bins: Some(30), ..ChartField::column("age") }), "age in about 30 bins");
    let month = ChartField { time_unit: TimeUnit::Month, ..ChartField::column("start") };
    assert_eq!(words(month), "start by month");
}

fn table(columns: Vec<ColumnInfo>) -> TableInfo {
    TableInfo { name: "plays".into(), revision: 1, n_rows: 10, columns, origin: TableOrigin::Text }
}

#[test]
fn a_table_suggests_charts_that_are_possible() {
    let found = suggest_charts(&table(columns()));
    let titles: Vec<&str> = found.iter().map(|suggestion| suggestion.title.as_str()).collect();
    assert_eq!(
        titles,
        [
            "Mean of minutes by start",
            "Mean of minutes by country",
            "Share of watched by country",
            "clicks against minutes",
            "Distribution of minutes",
            "Rows by start (hour of the day) and start (day of the week)",
        ]
    );
    for suggestion in &found {
        assert_eq!(suggestion.spec.table, "plays");
        assert!(possible(&suggestion.spec).contains(&suggestion.spec.mark), "{}", suggestion.title);
        assert_eq!(choose(&suggestion.spec, suggestion.spec.mark, &columns()), suggestion.spec);
    }
}

#[test]
fn a_table_with_little_in_it_suggests_something() {
    let titles = |columns: Vec<ColumnInfo>| -> Vec<String> {
        suggest_charts(&table(columns)).into_iter().map(|suggestion| suggestion.title).collect()
    };
    assert!(titles(Vec::new()).is_empty());
    assert_eq!(titles(vec![column("user_id", Kind::Id)]), ["Distribution of user_id"]);
    assert_eq!(titles(vec![column("country", Kind::Nominal)]), ["Rows by country"]);
    assert_eq!(titles(vec![column("age", Kind::Count)]), ["Distribution of age"]);
    assert_eq!(titles(vec![column("clicks", Kind::Count)]), ["Distribution of clicks"]);
    assert_eq!(titles(vec![column("day", Kind::Date)]), ["Rows by day"]);
    assert_eq!(
        titles(vec![column("country", Kind::Nominal), column("device", Kind::Nominal)]),
        ["Rows by country", "Rows by country and device"]
    );
}
