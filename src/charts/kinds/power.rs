//! The power of a test against the size of the samples, with the power that is aimed at.

use crate::charts::marks::{Direction, Line, LinePoint, Rule, RuleLook};
use crate::charts::model::{Axis, Chart, Domain, Info, Mark, Series};
use crate::charts::number_format::NumberFormat;
use crate::charts::table::{Cell, DataTable};
use crate::format;

/// Power for one effect.
#[derive(Debug, Clone, PartialEq)]
pub struct PowerCurve {
    /// "lift of 5 %".
    pub name: String,
    /// Size of the sample and power there, ascending.
    pub points: Vec<(f64, f64)>,
    /// The size that reaches the target.
    pub needed: Option<f64>,
}

/// Curves over `size_label`, "users in each variant"; `target` is a power from 0 to 1.
pub fn power(title: &str, size_label: &str, target: f64, curves: &[PowerCurve]) -> Chart {
    let goal = Mark::Rule(Rule {
        direction: Direction::Vertical,
        at: target,
        names: vec![format!("target {}", format::percent(target, 0)), "target".into()],
        look: RuleLook::Reference,
        info: None,
    });
    let line = |(series, curve): (usize, &PowerCurve)| {
        let point = |(size, power): &(f64, f64)| LinePoint {
            x: *size,
            y: Some(*power),
            interval: None,
            info: Info::new(format!("{}, {} {size_label}", curve.name, size_text(*size)))
                .line("power", format::percent(*power, 1)),
        };
        let points = curve.points.iter().map(point).collect();
        Mark::Line(Line { series, points, is_stepped: false, has_end_label: false })
    };
    let needed = |(series, curve): (usize, &PowerCurve)| {
        let size = curve.needed?;
        Some(Mark::Rule(Rule {
            direction: Direction::Horizontal,
            at: size,
            names: vec![format!("{}: {}", curve.name, size_text(size)), size_text(size)],
            look: RuleLook::Series(series),
            info: Some(
                Info::new(format!("{}, enough for the target", curve.name)).line(size_label, size_text(size)),
            ),
        }))
    };
    let lines = curves.iter().enumerate().map(line);
    let marks = [goal].into_iter().chain(lines).chain(curves.iter().enumerate().filter_map(needed)).collect();
    let mut table = DataTable::new(&["effect", "#size", "#power"]);
    for curve in curves {
        for (size, power) in &curve.points {
            table.push(vec![
                Cell::text(&curve.name),
                Cell::number(Some(*size), size_text),
                Cell::number(Some(*power), |power| format::percent(power, 1)),
            ]);
        }
    }
    Chart {
        kind: "power",
        title: title.into(),
        takeaway: takeaway(size_label, target, curves),
        note: "Power: the probability that the test finds an effect of this size if it is there. Upright lines: where the \
               target is reached."
            .into(),
        x: Axis::linear(size_label, Domain::Data, NumberFormat::Count),
        y: Axis::linear("power", Domain::Fixed(0.0, 1.0), NumberFormat::Percent),
        series: curves.iter().enumerate().map(|(i, curve)| Series::numbered(&curve.name, i)).collect(),
        marks,
        value_headings: None,
        table,
    }
}

fn size_text(size: f64) -> String {
    format::decimals(size, 0)
}

fn takeaway(size_label: &str, target: f64, curves: &[PowerCurve]) -> String {
    let target = format::percent(target, 0);
    let phrase = |curve: &PowerCurve| match curve.needed {
        Some(size) => {
            format!("{} needs {} {size_label} for a power of {target}.", curve.name, size_text(size))
        }
        None => format!("{} does not reach a power of {target} here.", curve.name),
    };
    let phrases: Vec<String> = curves.iter().map(phrase).collect();
    if phrases.is_empty() { "There is no curve.".into() } else { capital(&phrases.join(" ")) }
}

/// Names of effects begin sentences.
fn capital(text: &str) -> String {
    let mut rest = text.chars();
    rest.next().map_or(String::new(), |first| first.to_uppercase().chain(rest).collect())
}
