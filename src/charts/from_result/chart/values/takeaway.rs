//! What a chart of values shows, in a sentence: figures, never causes.

use super::places::Places;
use super::stack::Piece;
use super::values_of;
use super::words::nothing;
use crate::analyses::chart::{ChartPanel, ChartResult, ChartValue};
use crate::charts::from_result::chart::figures::{INTERVAL, estimate, figure, interval_text, subject};
use crate::charts::from_result::words::list;
use crate::format;

/// More series than this are left to the table.
const MOST_SERIES: usize = 3;

/// The largest and the smallest value.
pub fn extremes(result: &ChartResult, panel: &ChartPanel, places: &Places<'_>) -> String {
    let known: Vec<(&ChartValue, f64)> =
        values_of(panel).into_iter().flatten().filter_map(|value| Some((value, value.value?))).collect();
    let subject = subject(&result.y);
    let figure = |(value, x): (&ChartValue, f64)| estimate(&result.y, x, value.interval);
    let interval = |(value, x): (&ChartValue, f64)| {
        let text = |interval| format!("{INTERVAL} {}", interval_text(&result.y, x, interval));
        value.interval.map(text)
    };
    let place = |(value, _): (&ChartValue, f64)| places.of_figure(value.at, value.series);
    let phrase = |of: (&ChartValue, f64)| {
        let interval = interval(of).map_or(String::new(), |text| format!("; {text}"));
        format!("{} ({}{interval})", place(of), figure(of))
    };
    match ends_of(&known) {
        Some((only, _)) if known.len() == 1 => {
            let interval = interval(only).map_or(String::new(), |text| format!(" ({text})"));
            format!("{subject} is {} {}{interval}.", figure(only), place(only))
        }
        Some((most, least)) if most.1 == least.1 => format!("{subject} is {} everywhere.", figure(most)),
        Some((most, least)) => {
            format!("{subject} is largest {} and smallest {}.", phrase(most), phrase(least))
        }
        None => nothing(result, panel),
    }
}

/// The largest and the smallest, the first of equal ones.
fn ends_of<T: Copy>(known: &[(T, f64)]) -> Option<((T, f64), (T, f64))> {
    let most = known.iter().copied().reduce(|a, b| if b.1 > a.1 { b } else { a })?;
    let least = known.iter().copied().reduce(|a, b| if b.1 < a.1 { b } else { a })?;
    Some((most, least))
}

/// The largest and the smallest share of a place.
pub fn shares(result: &ChartResult, panel: &ChartPanel, places: &Places<'_>, pieces: &[Piece<'_>]) -> String {
    let known: Vec<(&ChartValue, f64)> =
        pieces.iter().filter_map(|piece| Some((piece.value, piece.share?))).collect();
    let phrase = |(value, share): (&ChartValue, f64)| {
        format!("{} ({})", places.of_figure(value.at, value.series), format::percent(share, 1))
    };
    match ends_of(&known) {
        Some((most, least)) => format!(
            "The share of {} is largest {} and smallest {}.",
            result.y.label,
            phrase(most),
            phrase(least)
        ),
        None => nothing(result, panel),
    }
}

/// First and last of each series, and of a single one the largest and smallest.
pub fn course(result: &ChartResult, panel: &ChartPanel, places: &Places<'_>) -> String {
    let values = values_of(panel).map_or(&[][..], Vec::as_slice);
    let of_series = |series: usize| -> Vec<(f64, f64)> {
        let mut known: Vec<(f64, f64)> = values
            .iter()
            .filter(|value| value.series as usize == series)
            .filter_map(|value| Some((value.at, value.value?)))
            .collect();
        known.sort_by(|a, b| a.0.total_cmp(&b.0));
        known
    };
    let all: Vec<(usize, Vec<(f64, f64)>)> = (0..result.series.len())
        .map(|series| (series, of_series(series)))
        .filter(|(_, known)| !known.is_empty())
        .collect();
    match all.as_slice() {
        [] => nothing(result, panel),
        [(_, known)] if result.series.len() == 1 => {
            of_one(result, places, known).unwrap_or_else(|| nothing(result, panel))
        }
        several => of_several(result, places, several),
    }
}

/// An end that is also the largest or the smallest is not said twice.
fn of_one(result: &ChartResult, places: &Places<'_>, known: &[(f64, f64)]) -> Option<String> {
    let (first, last) = (*known.first()?, *known.last()?);
    let (most, least) = ends_of(known)?;
    let subject = subject(&result.y);
    let phrase = |(at, x): (f64, f64)| format!("{} ({})", figure(&result.y, x), places.name(at));
    if known.len() == 1 {
        return Some(format!(
            "{subject} is {} {}.",
            figure(&result.y, first.1),
            places.of_figure(first.0, 0)
        ));
    }
    let is_inside = |of: &(f64, f64)| of.1 != first.1 && of.1 != last.1;
    let beyond: Vec<String> = [("largest", most), ("smallest", least)]
        .into_iter()
        .filter(|(_, of)| is_inside(of))
        .map(|(word, of)| format!("the {word} is {}", phrase(of)))
        .collect();
    let beyond = if beyond.is_empty() { String::new() } else { format!("; {}", list(&beyond)) };
    Some(format!("{subject} goes from {} to {}{beyond}.", phrase(first), phrase(last)))
}

fn of_several(result: &ChartResult, places: &Places<'_>, all: &[(usize, Vec<(f64, f64)>)]) -> String {
    let firsts = all.iter().filter_map(|(_, known)| known.first());
    let lasts = all.iter().filter_map(|(_, known)| known.last());
    let start = firsts.map(|point| point.0).fold(f64::INFINITY, f64::min);
    let end = lasts.map(|point| point.0).fold(f64::NEG_INFINITY, f64::max);
    let point = |(at, x): (f64, f64), usual: f64| {
        let place = if at == usual { String::new() } else { format!(" ({})", places.name(at)) };
        format!("{}{place}", figure(&result.y, x))
    };
    let phrases: Vec<String> = all
        .iter()
        .take(MOST_SERIES)
        .filter_map(|(series, known)| {
            let (first, last) = (*known.first()?, *known.last()?);
            let name = result.series.get(*series)?;
            Some(format!("from {} to {} for {name}", point(first, start), point(last, end)))
        })
        .collect();
    let n_more = all.len().saturating_sub(MOST_SERIES);
    let more = if n_more > 0 { format!("; {n_more} more in the data table") } else { String::new() };
    let subject = subject(&result.y);
    let (start, end) = (places.name(start), places.name(end));
    format!("Between {start} and {end}, {} goes {}{more}.", in_sentence(&subject), list(&phrases))
}

/// "the number of rows", which is not the beginning of the sentence.
fn in_sentence(subject: &str) -> String {
    subject.strip_prefix("The ").map_or(subject.to_owned(), |rest| format!("the {rest}"))
}
