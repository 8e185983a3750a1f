//! Calendars: a cell for each day, weeks as columns, a block a year with the months above it.

use super::figures::{cell, long, short};
use super::grids::{all_values, color_note, color_scale, extremes, values_of};
use super::titles::{in_panel, where_in};
use crate::analyses::chart::{ChartPanel, ChartResult, ChartValue};
use crate::charts::marks::{BlockName, BlockNames, CellItem, Cells, ColorKey, Corner, Seams};
use crate::charts::model::{Axis, Category, Chart, Info, Mark};
use crate::charts::scale::{DAY_SECONDS, days_of_iso_date, iso_date};
use crate::charts::table::{Cell, DataTable};
use crate::format;

/// More years are left to the data table, the earliest first.
const MOST_YEARS: usize = 12;
const WEEKS: usize = 54;
const WEEKDAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

pub fn chart(result: &ChartResult, panel: &ChartPanel) -> Chart {
    let values = values_of(panel);
    // Of all panels, so that they can be compared.
    let mut years: Vec<i64> = all_values(result).map(|found| Day::of(found).year).collect();
    years.sort_unstable();
    years.dedup();
    let n_left_out = years.len().saturating_sub(MOST_YEARS);
    years.drain(..n_left_out);
    let scale = color_scale(result);
    let (low, high) = scale.ends();
    let key = ColorKey {
        scale,
        name: result.value.label.clone(),
        ends: [short(&result.value, low), short(&result.value, high)],
    };
    let mut items: Vec<CellItem> = values.iter().filter_map(|found| item(result, &years, found)).collect();
    if items.is_empty() {
        items.push(CellItem {
            x: 0.0,
            y: 0.0,
            value: None,
            text: String::new(),
            is_strong: false,
            info: Info::new("no days").line("rows", "0"),
        });
    }
    let rows = years.iter().flat_map(|year| {
        WEEKDAYS.map(|day| Category { label: day.into(), group: Some(year.to_string()), series: None })
    });
    let rows: Vec<Category> = rows.collect();
    let more = if n_left_out > 0 {
        format!(" {} before in the data table.", format::plural(n_left_out as u64, "year", "years"))
    } else {
        String::new()
    };
    Chart {
        kind: "chart_calendar",
        title: in_panel(result, panel, format!("{} by day", result.value.label)),
        takeaway: takeaway(result, panel, values),
        note: format!(
            "A column is a week, from Monday to Sunday; colour: the figure of the day. {} Empty: no rows.{more}",
            color_note(scale)
        ),
        x: Axis::categories("", vec![Category::default(); WEEKS]).hidden(),
        y: Axis::categories("", if rows.is_empty() { vec![Category::new("no days")] } else { rows }),
        series: Vec::new(),
        marks: vec![
            Mark::ColorKey(key),
            Mark::BlockNames(BlockNames { items: month_names(&years) }),
            Mark::Cells(Cells { items, scale, is_lower_triangle: false }),
            Mark::Seams(Seams { paths: years.iter().enumerate().flat_map(month_ends).collect() }),
        ],
        value_headings: None,
        table: table(result, values),
    }
}

/// A day, and where it lies in the block of its year.
struct Day {
    /// "2024-03-04".
    date: String,
    year: i64,
    /// From Monday.
    weekday: usize,
    /// From 0; the first week may begin with any day.
    week: usize,
}

impl Day {
    fn of(found: &ChartValue) -> Self {
        Self::at((found.at / DAY_SECONDS).floor() as i64)
    }

    fn at(days: i64) -> Self {
        let date = iso_date(days);
        // A year before 0 begins with a sign.
        let year = date.rsplitn(3, '-').last().and_then(|year| year.parse().ok()).unwrap_or(0);
        let first = first_of(year, 1).unwrap_or(days);
        let week = (days - first + weekday(first)).div_euclid(7).clamp(0, WEEKS as i64 - 1);
        Self { date, year, weekday: weekday(days) as usize, week: week as usize }
    }
}

/// From Monday; 1970-01-01 was a Thursday.
fn weekday(days: i64) -> i64 {
    (days + 3).rem_euclid(7)
}

fn first_of(year: i64, month: usize) -> Option<i64> {
    days_of_iso_date(&format!("{year:04}-{month:02}-01"))
}

fn item(result: &ChartResult, years: &[i64], found: &ChartValue) -> Option<CellItem> {
    let day = Day::of(found);
    let block = years.iter().position(|year| *year == day.year)?;
    let weekday = WEEKDAYS.get(day.weekday).copied().unwrap_or_default();
    let figure = found.value.map_or("\u{2013}".into(), |value| long(&result.value, value));
    Some(CellItem {
        x: day.week as f64,
        y: (block * WEEKDAYS.len() + day.weekday) as f64,
        value: found.value,
        text: String::new(),
        is_strong: false,
        info: Info::new(format!("{weekday} {}", day.date))
            .line(&result.value.label, figure)
            .line("rows", format::count(found.n))
            .of(found.at, found.row, found.series),
    })
}

/// Above the first whole week of each month.
fn month_names(years: &[i64]) -> Vec<BlockName> {
    let names = |(block, year): (usize, &i64)| {
        let year = *year;
        MONTHS.iter().enumerate().filter_map(move |(month, name)| {
            let first = first_of(year, month + 1)?;
            let week = Day::at(first + (7 - weekday(first)) % 7).week;
            let y = (block * WEEKDAYS.len()) as f64;
            Some(BlockName { x: week as f64, y, text: (*name).to_owned() })
        })
    };
    years.iter().enumerate().flat_map(names).collect()
}

/// Between each month and the next: down the left of the week that begins within the month, and around it.
fn month_ends((block, year): (usize, &i64)) -> Vec<Vec<Corner>> {
    let top = block * WEEKDAYS.len();
    let bottom = Corner { x: 0, y: top + WEEKDAYS.len() - 1, is_lower: true };
    let end = |month: usize| {
        let first = Day::at(first_of(*year, month)?);
        let (x, y) = (first.week, top + first.weekday);
        let corner = |x, y| Corner { x, y, is_lower: false };
        let path = [corner(x + 1, top), corner(x + 1, y), corner(x, y), Corner { x, ..bottom }];
        // A month that begins on a Monday has a straight seam.
        Some(if first.weekday == 0 { vec![corner(x, top), Corner { x, ..bottom }] } else { path.to_vec() })
    };
    (2..=MONTHS.len()).filter_map(end).collect()
}

fn takeaway(result: &ChartResult, panel: &ChartPanel, values: &[ChartValue]) -> String {
    let phrase = |found: &ChartValue| format!("on {}", Day::of(found).date);
    if let Some(sentence) = extremes(result, values, phrase) {
        return sentence;
    }
    let place = where_in(result, panel);
    format!("No day has a value{place}.")
}

fn table(result: &ChartResult, values: &[ChartValue]) -> DataTable {
    let value = format!("#{}", result.value.label);
    let mut table = DataTable::new(&["day", "weekday", &value, "#rows"]);
    for found in values {
        let day = Day::of(found);
        table.push(vec![
            Cell::text(&day.date),
            Cell::text(WEEKDAYS.get(day.weekday).copied().unwrap_or_default()),
            cell(&result.value, found.value),
            Cell::count(found.n),
        ]);
    }
    table
}
