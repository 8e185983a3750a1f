//! Correlations one by one with their intervals, the strongest first.

use super::{coefficient, info, interval_text, is_clear, r_text, table, takeaway};
use crate::analyses::correlate::{CorrelateResult, Pair};
use crate::charts::from_result::words::{ends, interval_name};
use crate::charts::marks::{Direction, IntervalItem, IntervalLook, Intervals, Rule, RuleLook};
use crate::charts::model::{Axis, Category, Chart, Domain, Mark, Series, ValueLabel};
use crate::charts::number_format::NumberFormat;
use crate::format;

const MOST_PAIRS: usize = 15;

/// `None` where no pair has a correlation.
pub fn pairs(result: &CorrelateResult) -> Option<Chart> {
    let mut known: Vec<&Pair> = result.pairs.iter().filter(|pair| pair.r.is_some()).collect();
    if known.is_empty() {
        return None;
    }
    let strength = |pair: &Pair| pair.r.map_or(0.0, f64::abs);
    known.sort_by(|a, b| strength(b).total_cmp(&strength(a)));
    let left_out = known.len().saturating_sub(MOST_PAIRS);
    known.truncate(MOST_PAIRS);
    let item = |(place, pair): (usize, &&Pair)| IntervalItem {
        place: place as f64,
        estimate: pair.r,
        interval: pair.interval.map(ends),
        look: if is_clear(result, pair) { IntervalLook::Strong } else { IntervalLook::Open },
        label: ValueLabel { estimate: r_text(pair), detail: interval_text(pair) },
        info: info(result, pair),
    };
    let items = known.iter().enumerate().map(item).collect();
    let zero = Rule {
        direction: Direction::Horizontal,
        at: 0.0,
        names: vec!["no correlation".into()],
        look: RuleLook::Zero,
        info: None,
    };
    let more = if left_out > 0 {
        format!(" {} weaker in the data table.", format::plural(left_out as u64, "pair", "pairs"))
    } else {
        String::new()
    };
    let interval_name = interval_name(result.spec.alpha);
    let name = |pair: &&Pair| Category::new(format!("{} and {}", pair.x, pair.y));
    Some(Chart {
        kind: "correlate_pairs",
        title: format!("Strongest correlations ({})", coefficient(result)),
        takeaway: takeaway(result),
        note: format!(
            "Symbol: {}. Line: {interval_name}. Filled symbol and bold figure: p below {}, not adjusted.{more}",
            coefficient(result),
            format::trim_zeros(&format::decimals(result.spec.alpha, 4))
        ),
        x: Axis::linear(coefficient(result), Domain::Fixed(-1.0, 1.0), NumberFormat::Plain),
        y: Axis::categories("", known.iter().map(name).collect()),
        series: vec![Series::numbered(coefficient(result), 0)],
        marks: vec![
            Mark::Rule(zero),
            Mark::Intervals(Intervals { series: 0, direction: Direction::Horizontal, offset_px: 0.0, items }),
        ],
        value_headings: Some(ValueLabel { estimate: "r".into(), detail: interval_name }),
        table: table(result),
    })
}
