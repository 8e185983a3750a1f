//! Lorenz curves: how much of a sum which share of the rows has.

use super::axes::value_axis;
use super::curves::{Curves, column, height_at, in_series, labelled, place_name};
use super::titles::by;
use crate::analyses::chart::{AxisScale, ChartCurve, ChartResult};
use crate::charts::from_result::words::list;
use crate::charts::marks::{Guide, Line, LinePoint};
use crate::charts::model::{Domain, Info, Mark};
use crate::format;

const NOTE: &str = "Line: the share of the sum that the share of the rows on the x axis has. Dashed: equality, where every \
                    row has the same. Gini coefficient: twice the area between the two, 0 where all are equal.";

pub fn parts(result: &ChartResult, curves: &[&ChartCurve]) -> Curves {
    let share = |axis, label| {
        let mut axis = labelled(axis, label);
        axis.is_share = true;
        value_axis(&axis, AxisScale::Linear, Domain::Fixed(0.0, 1.0))
    };
    let equality = Mark::Guide(Guide { series: None, points: vec![(0.0, 0.0), (1.0, 1.0)] });
    let lines = curves.iter().map(|curve| Mark::Line(line(result, curve)));
    Curves {
        kind: "chart_lorenz",
        title: format!("Lorenz curve of {}", by(result, column(result), "")),
        takeaway: takeaway(result, curves),
        note: NOTE,
        x: share(&result.x, "share of the rows"),
        y: share(&result.y, "share of the sum"),
        marks: [equality].into_iter().chain(lines).collect(),
        headings: ["#share of the rows", "#share of the sum"],
    }
}

fn line(result: &ChartResult, curve: &ChartCurve) -> Line {
    let point = |(x, y): (&f64, &f64)| LinePoint {
        x: *x,
        y: Some(*y),
        interval: None,
        info: Info::new(place_name(result, curve, format!("{} of the rows", format::percent(*x, 1))))
            .line("share of the sum", format::percent(*y, 1)),
    };
    Line {
        series: curve.series as usize,
        points: curve.x.iter().zip(&curve.y).map(point).collect(),
        is_stepped: false,
        has_end_label: false,
    }
}

/// Curves below the line of equality begin with the smallest rows, those above it with the largest.
fn share_of_largest(curve: &ChartCurve, share: f64) -> Option<f64> {
    let begins_with_largest = height_at(curve, 0.5)? > 0.5;
    if begins_with_largest { height_at(curve, share) } else { Some(1.0 - height_at(curve, 1.0 - share)?) }
}

fn takeaway(result: &ChartResult, curves: &[&ChartCurve]) -> String {
    let largest = |curve: &&ChartCurve| {
        Some(in_series(result, curve, format::percent(share_of_largest(curve, 0.1)?, 1)))
    };
    let gini = |curve: &&ChartCurve| Some(in_series(result, curve, format::decimals(curve.figure?, 2)));
    let largest: Vec<String> = curves.iter().filter_map(largest).collect();
    let gini: Vec<String> = curves.iter().filter_map(gini).collect();
    let column = column(result);
    let sum = format!("The tenth of the rows with the largest {column} has {} of the sum", list(&largest));
    if gini.is_empty() {
        format!("{sum}.")
    } else {
        format!("{sum}; the Gini coefficient is {}.", list(&gini))
    }
}
