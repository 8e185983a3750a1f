//! Lines, areas and steps along time, numbers or what comes again.

use super::places::Places;
use super::stack::{Piece, pieces};
use super::words::info;
use super::{table, takeaway, values_of};
use crate::analyses::chart::{
    Arrange, AxisScale, ChartAxis, ChartMark, ChartPanel, ChartResult, ChartValue, PlaceKind,
};
use crate::charts::from_result::chart::axes::{
    Ends, is_cut, is_far_from_zero, place_axis, reach, span_of_estimates, value_axis, x_scale_notes,
};
use crate::charts::from_result::chart::figures::INTERVAL;
use crate::charts::from_result::chart::titles::{by, in_panel, series_list};
use crate::charts::from_result::words::ends;
use crate::charts::marks::{Area, AreaPoint, Direction, Line, LinePoint, Rule, RuleLook};
use crate::charts::model::{self, Axis, Chart, Domain, Mark};
use crate::format;

/// Of surfaces that lie over each other, and of those that lie on each other.
const OVER: f64 = 0.16;
const STACKED: f64 = 0.6;

pub fn chart(result: &ChartResult, panel: &ChartPanel) -> Option<Chart> {
    let values = values_of(panel)?;
    let plan = Plan::of(result);
    let all = || result.panels.iter().filter_map(values_of).flatten();
    let places = Places::of(result, all().map(|value| value.at));
    let complete = plan.complete(values);
    let drawn = pieces(&complete, plan.arrange);
    let mut marks = vec![reach(plan.x_ends(), Some(plan.y_ends))];
    if plan.y_ends.low < 0.0 && plan.y_ends.high > 0.0 {
        let (direction, look) = (Direction::Vertical, RuleLook::Zero);
        marks.push(Mark::Rule(Rule { direction, at: 0.0, names: Vec::new(), look, info: None }));
    }
    for series in 0..result.series.len() {
        let of_series = || drawn.iter().filter(move |piece| piece.value.series as usize == series);
        if !values.iter().any(|value| value.series as usize == series && value.value.is_some()) {
            continue;
        }
        if result.spec.mark == ChartMark::Area {
            let opacity = if plan.is_stacked() { STACKED } else { OVER };
            let points =
                of_series().map(|piece| AreaPoint { x: piece.value.at, y: plan.span(piece) }).collect();
            marks.push(Mark::Area(Area { series, points, opacity }));
        }
        let point = |piece: &Piece<'_>| LinePoint {
            x: piece.value.at,
            y: plan.span(piece).map(|(_, to)| to),
            interval: plan.band(piece.value),
            info: info(&places, piece.value, piece.share),
        };
        marks.push(Mark::Line(Line {
            series,
            points: of_series().map(point).collect(),
            is_stepped: result.spec.mark == ChartMark::Step,
            has_end_label: result.series.len() > 1,
        }));
    }
    let table = table::values(result, panel, &places, &pieces(values, plan.arrange));
    let what = if plan.arrange == Arrange::Share {
        format!("share of {}", result.y.label)
    } else {
        result.y.label.clone()
    };
    Some(Chart {
        kind: match result.spec.mark {
            ChartMark::Area => "chart_area",
            ChartMark::Step => "chart_step",
            _ => "chart_line",
        },
        title: in_panel(result, panel, by(result, &what, &result.x.label)),
        takeaway: match plan.arrange {
            Arrange::Share => takeaway::shares(result, panel, &places, &drawn),
            Arrange::SideBySide | Arrange::Stacked => takeaway::course(result, panel, &places),
        },
        note: plan.notes(values, &complete).join(" "),
        x: place_axis(result),
        y: plan.value_axis(),
        series: series_list(result, &result.y.label),
        marks,
        value_headings: None,
        table,
    })
}

/// What holds for all panels.
struct Plan<'a> {
    result: &'a ChartResult,
    arrange: Arrange,
    scale: AxisScale,
    /// Every place of every panel, ascending.
    at: Vec<f64>,
    y_ends: Ends,
    domain: Domain,
}

impl<'a> Plan<'a> {
    fn of(result: &'a ChartResult) -> Self {
        let is_area = result.spec.mark == ChartMark::Area;
        // Only surfaces are stacked, and one series has nothing to stand on.
        let arrange =
            if is_area && result.series.len() > 1 { result.spec.arrange } else { Arrange::SideBySide };
        let scale = match (arrange, result.spec.y_scale) {
            (Arrange::Stacked | Arrange::Share, _) => AxisScale::Linear,
            // A surface stands on zero, which no logarithm has.
            (_, AxisScale::Log) if is_area => AxisScale::Symlog,
            (_, scale) => scale,
        };
        let all = || result.panels.iter().filter_map(values_of);
        let mut at: Vec<f64> = match result.x.scale {
            PlaceKind::Categories => (0..result.x.names.len()).map(|index| index as f64).collect(),
            PlaceKind::Times | PlaceKind::Numbers => all().flatten().map(|value| value.at).collect(),
        };
        at.retain(|x| x.is_finite());
        at.sort_by(f64::total_cmp);
        at.dedup();
        let estimates = all().flatten().filter_map(|value| Some((value.value?, value.interval)));
        let (y_ends, domain) = match arrange {
            Arrange::Share => (Ends { low: 0.0, high: 1.0 }, Domain::Fixed(0.0, 1.0)),
            Arrange::Stacked => {
                let spans = all().flat_map(|values| {
                    pieces(values, arrange).into_iter().flat_map(|piece| [Some(piece.from), piece.to])
                });
                (Ends::of(spans.flatten()), Domain::FromZero)
            }
            Arrange::SideBySide => {
                let span = span_of_estimates(estimates);
                let is_narrow = scale == AxisScale::Linear && !is_area && is_far_from_zero(span);
                (span, if is_narrow { span.away_from_zero() } else { span.zero_based() })
            }
        };
        Self { result, arrange, scale, at, y_ends, domain }
    }

    fn is_stacked(&self) -> bool {
        self.arrange != Arrange::SideBySide
    }

    fn x_ends(&self) -> Option<Ends> {
        (self.result.x.scale != PlaceKind::Categories).then(|| Ends::of(self.at.iter().copied()))
    }

    /// A value for each series at each place, in the order of places; those that are not there have none.
    fn complete(&self, values: &[ChartValue]) -> Vec<ChartValue> {
        let mut found: Vec<&ChartValue> = values.iter().collect();
        found.sort_by(|a, b| a.at.total_cmp(&b.at).then(a.series.cmp(&b.series)));
        let mut next = found.into_iter().peekable();
        let mut complete = Vec::with_capacity(values.len());
        for at in self.at.iter().copied() {
            for series in 0..self.result.series.len() as u32 {
                let is_before = |value: &&ChartValue| (value.at, value.series) < (at, series);
                while next.next_if(is_before).is_some() {}
                let value = next.next_if(|value| value.at == at && value.series == series).cloned();
                complete.push(value.unwrap_or(ChartValue {
                    at,
                    row: 0,
                    series,
                    value: None,
                    interval: None,
                    n: 0,
                }));
            }
        }
        complete
    }

    /// From where to where a value reaches; `None` is a gap.
    fn span(&self, piece: &Piece<'_>) -> Option<(f64, f64)> {
        match (self.is_stacked(), piece.to) {
            (true, to) => Some((piece.from, to.unwrap_or(piece.from))),
            (false, Some(to)) if self.scale == AxisScale::Log && to <= 0.0 => None,
            (false, to) => to.map(|to| (piece.from, to)),
        }
    }

    /// An end that a logarithmic axis does not have is beyond its edge.
    fn band(&self, value: &ChartValue) -> Option<model::Ends> {
        let model::Ends { low, high } = value.interval.filter(|_| !self.is_stacked()).map(ends)?;
        let has_place = |end: &f64| self.scale != AxisScale::Log || *end > 0.0;
        Some(model::Ends { low: low.filter(has_place), high: high.filter(has_place) })
    }

    fn value_axis(&self) -> Axis {
        let y = &self.result.y;
        let label = format!("share of {}", y.label);
        let share = ChartAxis { label, is_share: true, ..ChartAxis::default() };
        value_axis(if self.arrange == Arrange::Share { &share } else { y }, self.scale, self.domain)
    }

    fn notes(&self, values: &[ChartValue], complete: &[ChartValue]) -> Vec<String> {
        let mark = match (self.result.spec.mark, self.arrange) {
            (ChartMark::Area, Arrange::Stacked) => {
                "Height of each surface: the value; they lie on each other."
            }
            (ChartMark::Area, Arrange::Share) => "Height of each surface: its share of the sum at the place.",
            (ChartMark::Area, Arrange::SideBySide) => "Upper edge of each surface: the value.",
            (ChartMark::Step, _) => "Line: the value, until the next one.",
            _ => "Line: the value.",
        };
        let mut notes = vec![mark.to_owned()];
        if !self.is_stacked() && values.iter().any(|value| value.interval.is_some()) {
            notes.push(format!("Band: {INTERVAL}."));
            if self.scale == AxisScale::Linear && is_cut(self.domain, values) {
                notes.push("Bands that reach the edge go on beyond it.".into());
            }
        }
        if !self.is_stacked() && !values.is_empty() && complete.iter().any(|value| value.value.is_none()) {
            notes.push("Gap: no values there.".into());
        }
        if matches!(self.domain, Domain::Cut(..)) {
            notes.push("The y axis does not begin at zero.".into());
        }
        notes.extend(x_scale_notes(self.result, values.iter().map(|value| value.at)));
        match (self.scale, self.result.spec.y_scale) {
            (AxisScale::Log, _) => {
                notes.push("The y axis is logarithmic: equal distances are equal ratios.".into());
                let n = values.iter().filter(|value| value.value.is_some_and(|x| x <= 0.0)).count() as u64;
                if n > 0 {
                    let values = format::plural(n, "value", "values");
                    notes.push(format!("Left out: {values} not above zero, which no logarithmic axis has."));
                }
            }
            (AxisScale::Symlog, _) => {
                notes.push("The y axis is linear from \u{2212}1 to 1 and logarithmic beyond.".into());
            }
            (AxisScale::Linear, AxisScale::Linear) => {}
            (AxisScale::Linear, _) => {
                notes.push("Heights that are stacked can be compared on a linear axis only.".into());
            }
        }
        notes
    }
}
