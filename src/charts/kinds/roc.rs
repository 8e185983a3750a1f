//! How well scores tell two classes apart: the share of hits against the share of false alarms at every threshold.

use crate::charts::marks::{Guide, Line, LinePoint};
use crate::charts::model::{Axis, Chart, Domain, Info, Mark, Series};
use crate::charts::number_format::NumberFormat;
use crate::charts::table::{Cell, DataTable};
use crate::format;

/// One set of scores.
#[derive(Debug, Clone, PartialEq)]
pub struct RocCurve {
    pub name: String,
    /// Threshold, share of false alarms, share of hits; from the highest threshold to the lowest.
    pub points: Vec<(f64, f64, f64)>,
    /// The area under the curve.
    pub auc: f64,
    /// Its 95 % interval.
    pub auc_interval: Option<(f64, f64)>,
}

pub fn roc(title: &str, curves: &[RocCurve]) -> Chart {
    let chance = Mark::Guide(Guide { series: None, points: vec![(0.0, 0.0), (1.0, 1.0)] });
    let lines = curves.iter().enumerate().map(|(series, curve)| Mark::Line(line(series, curve)));
    let share = |label| Axis::linear(label, Domain::Fixed(0.0, 1.0), NumberFormat::Percent);
    let area = |curve: &RocCurve| {
        let interval = curve.auc_interval.map_or(String::new(), |(low, high)| {
            format!(" (95\u{a0}% interval {} to {})", format::decimals(low, 3), format::decimals(high, 3))
        });
        format!("The area under the curve of {} is {}{interval}.", curve.name, format::decimals(curve.auc, 3))
    };
    let areas: Vec<String> = curves.iter().map(area).collect();
    let mut table = DataTable::new(&["curve", "#threshold", "#false alarms", "#hits"]);
    for curve in curves {
        for (threshold, false_alarms, hits) in &curve.points {
            let percent = |share: f64| format::percent(share, 1);
            table.push(vec![
                Cell::text(&curve.name),
                Cell::number(Some(*threshold), |x| format::number(x, 4)),
                Cell::number(Some(*false_alarms), percent),
                Cell::number(Some(*hits), percent),
            ]);
        }
    }
    Chart {
        kind: "roc",
        title: title.into(),
        takeaway: if areas.is_empty() { "There is no curve.".into() } else { areas.join(" ") },
        note: "Each point: a threshold above which a score counts as positive. Dashed: chance, with an area of 0.5; an \
               area of 1 tells all apart."
            .into(),
        x: share("false alarms: share of the negatives above the threshold"),
        y: share("hits: share of the positives above the threshold"),
        series: curves.iter().enumerate().map(|(i, curve)| Series::numbered(&curve.name, i)).collect(),
        marks: [chance].into_iter().chain(lines).collect(),
        value_headings: None,
        table,
    }
}

fn line(series: usize, curve: &RocCurve) -> Line {
    let point = |(threshold, false_alarms, hits): &(f64, f64, f64)| LinePoint {
        x: *false_alarms,
        y: Some(*hits),
        interval: None,
        info: Info::new(format!(
            "{}, threshold {}",
            curve.name,
            format::trim_zeros(&format::number(*threshold, 4))
        ))
        .line("hits", format::percent(*hits, 1))
        .line("false alarms", format::percent(*false_alarms, 1)),
    };
    let points = curve.points.iter().map(point).collect();
    Line { series, points, is_stepped: false, has_end_label: false }
}
