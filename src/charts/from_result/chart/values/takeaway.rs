//! What a chart of values shows, in a sentence: figures, never causes.

use super::places::Places;
use super::stack::Piece;
use super::words::{NO_VALUES, is_of_rows};
use crate::analyses::chart::{ChartResult, ChartValue};
use crate::charts::from_result::chart::figures::{INTERVAL, estimate, figure, interval_text};
use crate::charts::from_result::words::list;
use crate::format;

/// More series than this are left to the table.
const MOST_SERIES: usize = 3;

/// The largest and the smallest value.
pub fn extremes<'a>(
    result: &ChartResult,
    places: &Places<'_>,
    values: impl Iterator<Item = &'a ChartValue>,
) -> String {
    let known: Vec<(&ChartValue, f64)> = values.filter_map(|value| Some((value, value.value?))).collect();
    let phrase = |(value, x): (&ChartValue, f64)| {
        let interval = value
            .interval
            .map(|interval| format!("; {INTERVAL} {}", interval_text(&result.y, x, interval)))
            .unwrap_or_default();
        let figure = estimate(&result.y, x, value.interval);
        format!("{} ({figure}{interval})", places.heading(value.at, value.series))
    };
    // The first of equal ones.
    let most = known.iter().copied().reduce(|a, b| if b.1 > a.1 { b } else { a });
    let least = known.iter().copied().reduce(|a, b| if b.1 < a.1 { b } else { a });
    match (most, least) {
        (Some(only), _) if known.len() == 1 => format!("One value: {}.", phrase(only)),
        (Some(most), Some(least)) if most.1 == least.1 => {
            format!("All values are the same: {}.", estimate(&result.y, most.1, most.0.interval))
        }
        (Some(most), Some(least)) if is_of_rows(result) => {
            format!("Most rows: {}. Fewest: {}.", phrase(most), phrase(least))
        }
        (Some(most), Some(least)) => {
            format!("Largest {}: {}. Smallest: {}.", result.y.label, phrase(most), phrase(least))
        }
        _ => NO_VALUES.into(),
    }
}

/// The largest and the smallest share of a place.
pub fn shares(result: &ChartResult, places: &Places<'_>, pieces: &[Piece<'_>]) -> String {
    let known = || pieces.iter().filter_map(|piece| Some((piece, piece.share?)));
    let most = known().reduce(|a, b| if b.1 > a.1 { b } else { a });
    let least = known().reduce(|a, b| if b.1 < a.1 { b } else { a });
    let phrase = |(piece, share): (&Piece<'_>, f64)| {
        format!("{} ({})", places.heading(piece.value.at, piece.value.series), format::percent(share, 1))
    };
    match (most, least) {
        (Some(most), Some(least)) => {
            format!("Largest share of {}: {}. Smallest: {}.", result.y.label, phrase(most), phrase(least))
        }
        _ => NO_VALUES.into(),
    }
}

/// First and last of each series, and of a single one the largest and smallest.
pub fn course(result: &ChartResult, places: &Places<'_>, values: &[ChartValue]) -> String {
    let of_series = |series: usize| -> Vec<(f64, f64)> {
        let mut known: Vec<(f64, f64)> = values
            .iter()
            .filter(|value| value.series as usize == series)
            .filter_map(|value| Some((value.at, value.value?)))
            .collect();
        known.sort_by(|a, b| a.0.total_cmp(&b.0));
        known
    };
    let figure = |x: f64| figure(&result.y, x);
    let all: Vec<(usize, Vec<(f64, f64)>)> = (0..result.series.len())
        .map(|series| (series, of_series(series)))
        .filter(|(_, known)| !known.is_empty())
        .collect();
    let [(_, first_known), ..] = all.as_slice() else { return NO_VALUES.into() };
    if all.len() == 1 && result.series.len() == 1 {
        let (Some(first), Some(last)) = (first_known.first(), first_known.last()) else {
            return NO_VALUES.into();
        };
        if first_known.len() == 1 {
            return format!("One value: {} ({}).", figure(first.1), places.name(first.0));
        }
        let most = first_known.iter().copied().reduce(|a, b| if b.1 > a.1 { b } else { a }).unwrap_or(*first);
        let least =
            first_known.iter().copied().reduce(|a, b| if b.1 < a.1 { b } else { a }).unwrap_or(*first);
        return format!(
            "First: {} ({}), last: {} ({}). Largest: {} ({}), smallest: {} ({}).",
            figure(first.1),
            places.name(first.0),
            figure(last.1),
            places.name(last.0),
            figure(most.1),
            places.name(most.0),
            figure(least.1),
            places.name(least.0)
        );
    }
    let start =
        all.iter().filter_map(|(_, known)| known.first()).map(|point| point.0).fold(f64::INFINITY, f64::min);
    let end = all
        .iter()
        .filter_map(|(_, known)| known.last())
        .map(|point| point.0)
        .fold(f64::NEG_INFINITY, f64::max);
    let at = |place: f64, usual: f64| {
        if place == usual { String::new() } else { format!(" ({})", places.name(place)) }
    };
    let phrases: Vec<String> = all
        .iter()
        .take(MOST_SERIES)
        .filter_map(|(series, known)| {
            let (first, last) = (known.first()?, known.last()?);
            let name = result.series.get(*series)?;
            Some(format!(
                "{name} from {}{} to {}{}",
                figure(first.1),
                at(first.0, start),
                figure(last.1),
                at(last.0, end)
            ))
        })
        .collect();
    let n_more = all.len().saturating_sub(MOST_SERIES);
    let more = if n_more > 0 { format!("; {n_more} more in the data table") } else { String::new() };
    format!("From {} to {}: {}{more}.", places.name(start), places.name(end), list(&phrases))
}
