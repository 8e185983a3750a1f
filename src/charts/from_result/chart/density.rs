//! Densities: smooth histograms over each other.

use super::axes::value_axis;
use super::curves::{Curves, in_series, labelled, place_name};
use super::figures::{long, short};
use super::titles::by;
use crate::analyses::chart::{AxisScale, ChartCurve, ChartResult};
use crate::charts::from_result::words::list;
use crate::charts::marks::{Line, LinePoint};
use crate::charts::model::{Domain, Ends, Info, Mark};
use crate::format;

const NOTE: &str = "Height: how densely the values lie there (a kernel density). The area below each curve is 1, whatever \
                    the number of values.";
const NOTE_OF_BENT_AXIS: &str = "Height: how densely the values lie there (a kernel density). On this axis areas cannot be \
                                 compared.";
/// With more curves their areas would only cover each other.
const MOST_FILLED: usize = 3;

pub fn parts(result: &ChartResult, curves: &[&ChartCurve]) -> Curves {
    let is_filled = curves.len() <= MOST_FILLED;
    let y = labelled(&result.y, "density");
    Curves {
        kind: "chart_density",
        title: format!("Distribution of {}", by(result, &result.x.label, "")),
        takeaway: takeaway(result, curves),
        note: if result.spec.x_scale == AxisScale::Linear { NOTE } else { NOTE_OF_BENT_AXIS },
        x: value_axis(&result.x, result.spec.x_scale, Domain::Data),
        y: value_axis(&y, AxisScale::Linear, Domain::FromZero),
        marks: curves.iter().map(|curve| Mark::Line(line(result, curve, is_filled))).collect(),
        headings: ["#value", "#density"],
    }
}

fn line(result: &ChartResult, curve: &ChartCurve, is_filled: bool) -> Line {
    let shares = shares_below(curve);
    let points = curve.x.iter().zip(&curve.y).zip(shares).map(|((x, y), share)| LinePoint {
        x: *x,
        y: Some(*y),
        interval: is_filled.then_some(Ends { low: Some(0.0), high: Some(*y) }),
        info: Info::new(place_name(result, curve, format!("near {}", short(&result.x, *x))))
            .line("density", long(&result.y, *y))
            .line("area left of it", format::percent(share, 1))
            .line("values in all", format::count(curve.n)),
    });
    Line { series: curve.series as usize, points: points.collect(), is_stepped: false, has_end_label: false }
}

/// The share of the area left of each place, by trapezoids.
fn shares_below(curve: &ChartCurve) -> Vec<f64> {
    let mut area = 0.0;
    let mut previous: Option<(f64, f64)> = None;
    let mut areas = Vec::with_capacity(curve.x.len());
    for (x, y) in curve.x.iter().zip(&curve.y) {
        if let Some((x0, y0)) = previous {
            area += (x - x0) * (y + y0) / 2.0;
        }
        previous = Some((*x, *y));
        areas.push(area);
    }
    if area > 0.0 {
        areas.iter_mut().for_each(|below| *below /= area);
    }
    areas
}

fn takeaway(result: &ChartResult, curves: &[&ChartCurve]) -> String {
    let peak = |curve: &&ChartCurve| {
        let points = curve.x.iter().zip(&curve.y);
        let (x, _) = points.max_by(|a, b| a.1.total_cmp(b.1))?;
        Some(in_series(result, curve, format!("near {}", short(&result.x, *x))))
    };
    let peaks: Vec<String> = curves.iter().filter_map(peak).collect();
    format!("The values of {} lie most densely {}.", result.x.label, list(&peaks))
}
