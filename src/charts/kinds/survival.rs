//! Survival curves: the share without the event over time, with those still at risk below.

use crate::charts::marks::{FootRow, FootRows, Line, LinePoint, PointItem, Ticks};
use crate::charts::model::{Axis, Chart, Domain, Ends, Info, Mark, Series};
use crate::charts::number_format::NumberFormat;
use crate::charts::table::{Cell, DataTable};
use crate::format;

/// One group.
#[derive(Debug, Clone, PartialEq)]
pub struct SurvivalCurve {
    pub name: String,
    /// Ascending; begins at time 0 with a share of 1.
    pub steps: Vec<SurvivalStep>,
    /// Times at which someone was last seen without the event.
    pub censored: Vec<f64>,
    /// Times, and how many were at risk just before.
    pub at_risk: Vec<(f64, u64)>,
    /// When the share falls to one half; `None` if it does not.
    pub median: Option<f64>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SurvivalStep {
    pub time: f64,
    pub share: f64,
    pub interval: Option<Ends>,
}

/// Curves over `time_label`, "days since sign-up".
pub fn survival(title: &str, time_label: &str, curves: &[SurvivalCurve]) -> Chart {
    let mut marks: Vec<Mark> = Vec::new();
    for (series, curve) in curves.iter().enumerate() {
        let points = curve.steps.iter().map(|step| point(curve, time_label, step)).collect();
        marks.push(Mark::Line(Line { series, points, is_stepped: true, has_end_label: false }));
    }
    for (series, curve) in curves.iter().enumerate() {
        let tick = |time: &f64| PointItem {
            x: *time,
            y: share_at(curve, *time),
            info: Info::new(format!("{}, censored", curve.name)).line(time_label, time_text(*time)),
        };
        marks.push(Mark::Ticks(Ticks { series, items: curve.censored.iter().map(tick).collect() }));
    }
    let row = |(series, curve): (usize, &SurvivalCurve)| FootRow {
        series,
        items: curve.at_risk.iter().map(|(time, n)| (*time, format::count(*n))).collect(),
    };
    let rows: Vec<FootRow> = curves.iter().enumerate().map(row).collect();
    if !rows.is_empty() {
        marks.push(Mark::FootRows(FootRows { heading: "At risk".into(), rows }));
    }
    Chart {
        kind: "survival",
        title: title.into(),
        takeaway: takeaway(time_label, curves),
        note: "Line: the share without the event so far (Kaplan and Meier), with its 95\u{a0}% interval. Ticks: those who \
               were last seen then, without the event."
            .into(),
        x: Axis::linear(time_label, Domain::FromZero, NumberFormat::Plain),
        y: Axis::linear("share without the event", Domain::Fixed(0.0, 1.0), NumberFormat::Percent),
        series: curves.iter().enumerate().map(|(i, curve)| Series::numbered(&curve.name, i)).collect(),
        marks,
        value_headings: None,
        table: table(curves),
    }
}

fn time_text(time: f64) -> String {
    format::trim_zeros(&format::number(time, 4))
}

fn point(curve: &SurvivalCurve, time_label: &str, step: &SurvivalStep) -> LinePoint {
    let info = Info::new(format!("{}, {} {time_label}", curve.name, time_text(step.time)))
        .line("without the event", format::percent(step.share, 1));
    let info = match step.interval {
        Some(Ends { low, high }) => {
            info.line("95\u{a0}% interval", NumberFormat::Percent.interval(low, high, 1) + "\u{a0}%")
        }
        None => info,
    };
    LinePoint { x: step.time, y: Some(step.share), interval: step.interval, info }
}

/// The share holds until the next step.
fn share_at(curve: &SurvivalCurve, time: f64) -> f64 {
    curve.steps.iter().take_while(|step| step.time <= time).last().map_or(1.0, |step| step.share)
}

fn takeaway(time_label: &str, curves: &[SurvivalCurve]) -> String {
    let phrase = |curve: &SurvivalCurve| match curve.median {
        Some(median) => {
            format!("In {}, half have had the event by {} {time_label}.", curve.name, time_text(median))
        }
        None => format!("In {}, fewer than half have had the event.", curve.name),
    };
    let phrases: Vec<String> = curves.iter().map(phrase).collect();
    if phrases.is_empty() { "There is no curve.".into() } else { phrases.join(" ") }
}

fn table(curves: &[SurvivalCurve]) -> DataTable {
    let mut table = DataTable::new(&["group", "#time", "#without the event", "#low", "#high", "#at risk"]);
    for curve in curves {
        for step in &curve.steps {
            let percent = |share: Option<f64>| Cell::number(share, |share| format::percent(share, 1));
            let at_risk = curve.at_risk.iter().find(|(time, _)| *time == step.time);
            table.push(vec![
                Cell::text(&curve.name),
                Cell::number(Some(step.time), time_text),
                percent(Some(step.share)),
                percent(step.interval.and_then(|ends| ends.low)),
                percent(step.interval.and_then(|ends| ends.high)),
                Cell::number(at_risk.map(|(_, n)| *n as f64), |n| format::decimals(n, 0)),
            ]);
        }
    }
    table
}
