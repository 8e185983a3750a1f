//! Quantiles against those of a normal distribution, with the line through the quartiles.

use super::axes::value_axis;
use super::curves::{Curves, column, height_at, in_series, labelled, place_name};
use super::figures::long;
use super::titles::by;
use crate::analyses::chart::{AxisScale, ChartCurve, ChartResult};
use crate::charts::from_result::words::list;
use crate::charts::marks::{Guide, PointItem, Points};
use crate::charts::model::{Domain, Info, Mark};
use crate::format;

const NOTE: &str = "Points: the values by rank against the quantiles of a normal distribution. Dashed: the line through \
                    the quartiles, on which normal values lie.";
/// Upper quartile of the normal distribution.
const QUARTILE: f64 = 0.674_489_750_196_081_7;

pub fn parts(result: &ChartResult, curves: &[&ChartCurve]) -> Curves {
    let marks = curves.iter().flat_map(|curve| {
        let guide = quartile_line(curve).map(|points| {
            let series = (curves.len() > 1).then_some(curve.series as usize);
            Mark::Guide(Guide { series, points: points.to_vec() })
        });
        guide.into_iter().chain([Mark::Points(points(result, curve))])
    });
    Curves {
        kind: "chart_qq",
        title: format!("{} against normal quantiles", by(result, column(result), "")),
        takeaway: takeaway(result, curves),
        note: NOTE,
        x: value_axis(&labelled(&result.x, "normal quantile"), AxisScale::Linear, Domain::Data),
        y: value_axis(&result.y, result.spec.y_scale, Domain::Data),
        marks: marks.collect(),
        headings: ["#normal quantile", "#value"],
    }
}

fn points(result: &ChartResult, curve: &ChartCurve) -> Points {
    let line = quartile_line(curve);
    let item = |(x, y): (&f64, &f64)| {
        let info = Info::new(place_name(result, curve, long(&result.y, *y)))
            .line("normal quantile", format::decimals(*x, 3));
        let expected = line.map(|line| on_line(line, *x));
        let info = match expected {
            Some(expected) => info.line("on the line", long(&result.y, expected)),
            None => info,
        };
        PointItem { x: *x, y: *y, info }
    };
    Points {
        series: curve.series as usize,
        items: curve.x.iter().zip(&curve.y).map(item).collect(),
        size_px: 6.0,
        opacity: 0.8,
    }
}

/// Both ends of the line through the quartiles; `None` with too few values.
fn quartile_line(curve: &ChartCurve) -> Option<[(f64, f64); 2]> {
    let (low, high) = (height_at(curve, -QUARTILE)?, height_at(curve, QUARTILE)?);
    let (first, last) = (*curve.x.first()?, *curve.x.last()?);
    let line = [(-QUARTILE, low), (QUARTILE, high)];
    Some([(first, on_line(line, first)), (last, on_line(line, last))])
}

fn on_line([(x1, y1), (x2, y2)]: [(f64, f64); 2], x: f64) -> f64 {
    if x2 > x1 { y1 + (y2 - y1) * (x - x1) / (x2 - x1) } else { y1 }
}

fn takeaway(result: &ChartResult, curves: &[&ChartCurve]) -> String {
    let straight = |curve: &&ChartCurve| {
        let r = correlation(&curve.x, &curve.y)?;
        Some(in_series(result, curve, format::decimals(r, 3)))
    };
    let found: Vec<String> = curves.iter().filter_map(straight).collect();
    if found.is_empty() {
        return format!("The values of {} are all equal.", column(result));
    }
    format!(
        "The values of {} correlate with normal quantiles at {}; 1 would be a straight line.",
        column(result),
        list(&found)
    )
}

/// Pearson's; `None` where one side is constant.
fn correlation(x: &[f64], y: &[f64]) -> Option<f64> {
    let n = x.len().min(y.len()) as f64;
    let (mean_x, mean_y) = (x.iter().sum::<f64>() / n, y.iter().sum::<f64>() / n);
    let (mut xx, mut yy, mut xy) = (0.0, 0.0, 0.0);
    for (x, y) in x.iter().zip(y) {
        let (dx, dy) = (x - mean_x, y - mean_y);
        xx += dx * dx;
        yy += dy * dy;
        xy += dx * dy;
    }
    let r = xy / (xx * yy).sqrt();
    r.is_finite().then_some(r)
}
