//! Charts that a table suggests by its columns.

use super::words::title;
use crate::analyses::chart::{ChartField, ChartMark, ChartMeasure, ChartSpec, TimeUnit};
use crate::model::{ColumnInfo, Kind, TableInfo};
use crate::ui::suggest::{is_about_the_unit, is_metric};

/// As many as can be looked through at a glance.
const MAX_SUGGESTIONS: usize = 6;
/// Groups that can be told apart beside each other.
const MAX_LEVELS: usize = 20;

#[derive(Debug, Clone, PartialEq)]
pub struct Suggestion {
    pub title: String,
    pub spec: ChartSpec,
}

/// The charts that say most about a table, the best first. A table without columns suggests none.
pub fn suggest_charts(table: &TableInfo) -> Vec<Suggestion> {
    let of = |fits: fn(&ColumnInfo) -> bool| table.columns.iter().filter(move |column| fits(column));
    let time = of(|column| column.kind.is_time()).find(|column| !is_about_the_unit(&column.name));
    let numbers: Vec<&ColumnInfo> = of(is_scale).chain(of(is_count)).collect();
    let is_binary = |column: &ColumnInfo| column.kind == Kind::Binary;
    let groups: Vec<&ColumnInfo> = of(is_group).chain(of(is_binary)).collect();
    let yes_no = of(|column| column.kind == Kind::Binary && is_metric(column)).next();
    let field = |column: &ColumnInfo| Some(ChartField::column(column.name.clone()));
    let measure = |column: &ColumnInfo, measure| Some(ChartField::measure(column.name.clone(), measure));
    let chart = |mark, x, y| ChartSpec { table: table.name.clone(), mark, x, y, ..ChartSpec::default() };
    let mut specs = Vec::new();
    if let Some(time) = time {
        let y = match numbers.first() {
            Some(number) if is_scale(number) => measure(number, ChartMeasure::Mean),
            Some(number) => measure(number, ChartMeasure::Sum),
            None => Some(ChartField::rows()),
        };
        specs.push(chart(ChartMark::Line, field(time), y));
    }
    if let (Some(group), Some(number)) = (groups.first(), numbers.first()) {
        specs.push(chart(ChartMark::Bar, field(group), measure(number, ChartMeasure::Mean)));
    }
    if let (Some(group), true) = (groups.first(), numbers.is_empty()) {
        specs.push(chart(ChartMark::Bar, field(group), None));
    }
    if let (Some(group), Some(yes_no)) = (groups.first(), yes_no)
        && group.name != yes_no.name
    {
        specs.push(chart(ChartMark::Bar, field(group), measure(yes_no, ChartMeasure::Share)));
    }
    if let [one, two, ..] = numbers.as_slice() {
        specs.push(chart(ChartMark::Scatter, field(one), field(two)));
    }
    if let Some(number) = numbers.first() {
        specs.push(chart(ChartMark::Histogram, field(number), None));
    }
    if let Some(time) = time.filter(|time| time.kind == Kind::DateTime) {
        let part = |unit| Some(ChartField { time_unit: unit, ..ChartField::column(time.name.clone()) });
        specs.push(chart(ChartMark::HeatMap, part(TimeUnit::HourOfDay), part(TimeUnit::Weekday)));
    }
    if let [one, two, ..] = groups.as_slice() {
        specs.push(chart(ChartMark::HeatMap, field(one), field(two)));
    }
    if specs.is_empty() {
        specs.extend(whatever(table).map(|column| chart(ChartMark::Auto, field(column), None)));
    }
    specs.truncate(MAX_SUGGESTIONS);
    specs.into_iter().map(|spec| Suggestion { title: title(&spec), spec }).collect()
}

fn is_scale(column: &ColumnInfo) -> bool {
    matches!(column.kind, Kind::Continuous | Kind::Duration) && is_metric(column)
}

fn is_count(column: &ColumnInfo) -> bool {
    column.kind == Kind::Count && is_metric(column)
}

/// Two values of something that is measured are a share, not groups.
fn is_group(column: &ColumnInfo) -> bool {
    matches!(column.kind, Kind::Nominal | Kind::Ordinal) && (2..=MAX_LEVELS).contains(&column.levels.len())
}

/// Where nothing stands out: names before numbers, numbers before the rest.
fn whatever(table: &TableInfo) -> Option<&ColumnInfo> {
    let by = |is: fn(Kind) -> bool| table.columns.iter().find(|column| is(column.kind));
    by(Kind::is_grouping).or_else(|| by(Kind::is_numeric)).or_else(|| table.columns.first())
}
