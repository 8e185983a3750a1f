//! Cohorts: who came back how long after the start. What lies in the future of a cohort is left empty.

use crate::charts::marks::{CellItem, CellScale, Cells, ColorKey};
use crate::charts::model::{Axis, Category, Chart, Info, Mark};
use crate::charts::number_format::NumberFormat;
use crate::charts::table::{Cell, DataTable};
use crate::format;

/// Those who started together.
#[derive(Debug, Clone, PartialEq)]
pub struct Cohort {
    /// "Jan 2024".
    pub name: String,
    pub n: u64,
    /// Share of `n` after 0, 1, 2 and more periods, as far as is known.
    pub shares: Vec<f64>,
}

/// A row a cohort, a column a period; `period` is "month".
pub fn cohorts(title: &str, period: &str, cohorts: &[Cohort]) -> Chart {
    let n_columns = cohorts.iter().map(|cohort| cohort.shares.len()).max().unwrap_or(0).max(1);
    let cell = |row: usize, cohort: &Cohort, column: usize, share: f64| CellItem {
        x: column as f64,
        y: row as f64,
        value: Some(share),
        text: format::decimals(share * 100.0, 0),
        is_strong: false,
        info: Info::new(format!("{}, {period} {column}", cohort.name))
            .line("share", format::percent(share, 1))
            .line("of", format::count(cohort.n)),
    };
    let items = cohorts.iter().enumerate().flat_map(|(row, cohort)| {
        cohort.shares.iter().enumerate().map(move |(column, share)| cell(row, cohort, column, *share))
    });
    // The first period is usually whole and says nothing: the others set the scale.
    let later = cohorts.iter().flat_map(|cohort| cohort.shares.iter().skip(1)).copied().fold(0.0, f64::max);
    let scale = CellScale::Sequential { most: if later > 0.0 { later } else { 1.0 } };
    let (low, high) = scale.ends();
    let key = ColorKey {
        scale,
        name: "share still there".into(),
        ends: [format::percent(low, 0), format!("{} and more", format::percent(high, 0))],
    };
    let row_name = |cohort: &Cohort| Category::new(format!("{}, {}", cohort.name, format::count(cohort.n)));
    let mut table = DataTable::new(&["cohort", "#size", &format!("#{period}"), "#share"]);
    for cohort in cohorts {
        for (column, share) in cohort.shares.iter().enumerate() {
            table.push(vec![
                Cell::text(&cohort.name),
                Cell::count(cohort.n),
                Cell::count(column as u64),
                Cell::number(Some(*share), |share| format::percent(share, 1)),
            ]);
        }
    }
    Chart {
        kind: "cohorts",
        title: title.into(),
        takeaway: takeaway(period, cohorts),
        note: format!(
            "Percent of each cohort, by {period} since its start; a fuller colour is more. Empty: not yet known."
        ),
        x: Axis::categories(
            format!("{period} since the start"),
            (0..n_columns).map(|i| Category::new(i.to_string())).collect(),
        ),
        y: Axis::categories("", cohorts.iter().map(row_name).collect()),
        series: Vec::new(),
        marks: vec![
            Mark::ColorKey(key),
            Mark::Cells(Cells { items: items.collect(), scale, is_lower_triangle: false }),
        ],
        value_headings: None,
        table,
    }
}

/// The first period after the start, of the cohort that keeps most and the one that keeps least.
fn takeaway(period: &str, cohorts: &[Cohort]) -> String {
    let known = || cohorts.iter().filter_map(|cohort| Some((cohort, *cohort.shares.get(1)?)));
    let most = known().max_by(|a, b| a.1.total_cmp(&b.1));
    let least = known().min_by(|a, b| a.1.total_cmp(&b.1));
    match (most, least) {
        (Some((most, high)), Some((least, low))) if high > low => format!(
            "After one {period}, the share is {} of {} at most and {} of {} at least.",
            NumberFormat::Percent.value(high, 1),
            most.name,
            NumberFormat::Percent.value(low, 1),
            least.name
        ),
        (Some((_, share)), _) => {
            format!("After one {period}, the share is {}.", NumberFormat::Percent.value(share, 1))
        }
        _ => format!("No cohort is known for a {period} yet."),
    }
}
