//! Names with a known order.

/// Names with an order that everybody knows.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scale(&'static [&'static str]);

const SCALES: [Scale; 17] = [
    Scale(&["very low", "low", "medium", "high", "very high"]),
    Scale(&["low", "mid", "high"]),
    Scale(&["low", "moderate", "high"]),
    Scale(&["small", "medium", "large"]),
    Scale(&["xxs", "xs", "s", "m", "l", "xl", "xxl"]),
    Scale(&["bronze", "silver", "gold", "platinum"]),
    Scale(&["free", "basic", "standard", "premium"]),
    Scale(&["strongly disagree", "disagree", "neutral", "agree", "strongly agree"]),
    Scale(&["very dissatisfied", "dissatisfied", "neutral", "satisfied", "very satisfied"]),
    Scale(&["very poor", "poor", "fair", "good", "very good", "excellent"]),
    Scale(&["never", "rarely", "sometimes", "often", "always"]),
    Scale(&["beginner", "intermediate", "advanced", "expert"]),
    Scale(&["light", "medium", "heavy"]),
    Scale(&["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]),
    Scale(&["mon", "tue", "wed", "thu", "fri", "sat", "sun"]),
    Scale(&[
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ]),
    Scale(&["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]),
];

impl Scale {
    pub fn names(self) -> &'static [&'static str] {
        self.0
    }

    pub fn position(self, level: &str) -> Option<usize> {
        self.0.iter().position(|name| name.eq_ignore_ascii_case(level.trim()))
    }
}

/// The scale that all levels are on, at least three of them and each once.
pub(super) fn scale_of(levels: &[&str]) -> Option<Scale> {
    if levels.len() < 3 {
        return None;
    }
    SCALES.into_iter().find(|scale| {
        let mut is_met = vec![false; scale.0.len()];
        levels.iter().all(|level| {
            let met = scale.position(level).and_then(|at| is_met.get_mut(at));
            met.is_some_and(|met| !std::mem::replace(met, true))
        })
    })
}
