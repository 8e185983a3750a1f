//! Cumulative shares: at each value, the share of the values at or below it.

use super::axes::value_axis;
use super::curves::{Curves, in_series, labelled, place_name};
use super::figures::{long, short};
use super::titles::by;
use crate::analyses::chart::{AxisScale, ChartCurve, ChartResult};
use crate::charts::from_result::words::list;
use crate::charts::marks::{Line, LinePoint};
use crate::charts::model::{Domain, Info, Mark};
use crate::format;

const NOTE: &str = "Height: the share of the values that are at or below the place on the x axis. Where the line is steep, \
                    values lie densely.";

pub fn parts(result: &ChartResult, curves: &[&ChartCurve]) -> Curves {
    let mut y = labelled(&result.y, "share at or below");
    y.is_share = true;
    Curves {
        kind: "chart_ecdf",
        title: format!("Cumulative shares of {}", by(result, &result.x.label, "")),
        takeaway: takeaway(result, curves),
        note: NOTE,
        x: value_axis(&result.x, result.spec.x_scale, Domain::Data),
        y: value_axis(&y, AxisScale::Linear, Domain::Fixed(0.0, 1.0)),
        marks: curves.iter().map(|curve| Mark::Line(line(result, curve))).collect(),
        headings: ["#value", "#share at or below"],
    }
}

fn line(result: &ChartResult, curve: &ChartCurve) -> Line {
    let info = |x: f64, share: f64| {
        Info::new(place_name(result, curve, format!("at or below {}", long(&result.x, x))))
            .line("share of the values", format::percent(share, 1))
            .line("values in all", format::count(curve.n))
    };
    let points = curve.x.iter().zip(&curve.y);
    let points = points.map(|(x, y)| LinePoint { x: *x, y: Some(*y), interval: None, info: info(*x, *y) });
    // The line rises from zero at the smallest value.
    let foot = curve.x.first().filter(|_| curve.y.first().is_some_and(|y| *y > 0.0)).map(|x| LinePoint {
        x: *x,
        y: Some(0.0),
        interval: None,
        info: Info::new(place_name(result, curve, format!("below {}", long(&result.x, *x))))
            .line("share of the values", format::percent(0.0, 1)),
    });
    Line {
        series: curve.series as usize,
        points: foot.into_iter().chain(points).collect(),
        is_stepped: true,
        has_end_label: false,
    }
}

fn takeaway(result: &ChartResult, curves: &[&ChartCurve]) -> String {
    let at = |share: f64| -> Vec<String> {
        let place = |curve: &&ChartCurve| {
            let (x, _) = curve.x.iter().zip(&curve.y).find(|(_, y)| **y >= share - 1e-9)?;
            Some(in_series(result, curve, short(&result.x, *x)))
        };
        curves.iter().filter_map(place).collect()
    };
    let half = format!("Half of the values of {} are at or below {}", result.x.label, list(&at(0.5)));
    format!("{half}, nine in ten at or below {}.", list(&at(0.9)))
}
