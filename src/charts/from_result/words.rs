//! Phrases that the charts of several analyses share.

use crate::analyses::Interval;
use crate::charts::model::Ends;
use crate::format;

/// "95 %" of an alpha of 0.05.
pub fn level(alpha: f64) -> String {
    format!("{}\u{a0}%", format::trim_zeros(&format::decimals((1.0 - alpha) * 100.0, 2)))
}

/// "95 % interval".
pub fn interval_name(alpha: f64) -> String {
    format!("{} interval", level(alpha))
}

pub fn ends(interval: Interval) -> Ends {
    Ends { low: interval.low, high: interval.high }
}

/// Half the width of an interval, or the distance to its only finite end; `None` where both are infinite.
pub fn half_width(estimate: f64, interval: Option<Interval>) -> Option<f64> {
    let interval = interval?;
    match (interval.low, interval.high) {
        (Some(low), Some(high)) => Some((high - low) / 2.0),
        (Some(end), None) | (None, Some(end)) => Some((estimate - end).abs()),
        (None, None) => None,
    }
}

/// Whether a value is not in an interval.
pub fn excludes(interval: Interval, value: f64) -> bool {
    interval.low.is_some_and(|low| low > value) || interval.high.is_some_and(|high| high < value)
}

/// A span that shows every estimate and zero, and all intervals but those several times wider than the
/// usual one: these get an arrow, so that a single small group does not flatten the rest.
pub fn span_of_intervals(items: &[(f64, Ends)], also: &[f64]) -> (f64, f64) {
    let mut reaches: Vec<f64> = items
        .iter()
        .flat_map(|(estimate, ends)| {
            [ends.low, ends.high].into_iter().flatten().map(move |end| (end - estimate).abs())
        })
        .filter(|reach| reach.is_finite())
        .collect();
    reaches.sort_by(f64::total_cmp);
    let usual = reaches.get(reaches.len() / 2).copied().unwrap_or(0.0);
    let most = if items.len() > 2 { usual * 4.0 } else { f64::INFINITY };
    let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
    let mut include = |value: f64| {
        if value.is_finite() {
            low = low.min(value);
            high = high.max(value);
        }
    };
    also.iter().for_each(|value| include(*value));
    for (estimate, ends) in items {
        include(*estimate);
        if let Some(end) = ends.low {
            include(end.max(estimate - most));
        }
        if let Some(end) = ends.high {
            include(end.min(estimate + most));
        }
    }
    if low > high {
        return (-1.0, 1.0);
    }
    let margin = if high > low { (high - low) * 0.04 } else { low.abs().max(1.0) * 0.1 };
    (low - margin, high + margin)
}

/// "a, b and c".
pub fn list(phrases: &[String]) -> String {
    match phrases {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_wide_interval_does_not_flatten_the_rest() {
        let ends = |low, high| Ends { low: Some(low), high: Some(high) };
        let items =
            [(1.0, ends(0.0, 2.0)), (1.5, ends(0.5, 2.5)), (2.0, ends(1.0, 3.0)), (1.0, ends(-99.0, 101.0))];
        let (low, high) = span_of_intervals(&items, &[0.0]);
        assert!(low > -5.0 && high < 7.0, "{low} {high}");
        let two = [(1.0, ends(0.0, 2.0)), (1.0, ends(-99.0, 101.0))];
        assert!(span_of_intervals(&two, &[]).0 < -99.0, "with two there is no usual width");
    }

    #[test]
    fn an_interval_that_touches_zero_includes_it() {
        assert!(!excludes(Interval::new(0.0, 1.0), 0.0));
        assert!(excludes(Interval::new(0.1, 1.0), 0.0));
        assert!(excludes(Interval::new(f64::NEG_INFINITY, -0.1), 0.0));
    }

    #[test]
    fn levels_read_well() {
        assert_eq!(level(0.05), "95\u{a0}%");
        assert_eq!(level(0.001), "99.9\u{a0}%");
    }
}
