//! Numbers in views: rounded for people, exact for whoever hovers, copies or tests.

use crate::analyses::Interval;
use crate::format;
use crate::ui::dom::{Html, el};

/// How the values of a metric are shown.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Scale {
    /// With this many decimals.
    Number { n_decimals: usize },
    /// A share from 0 to 1: as a percentage; differences in percentage points.
    Share,
}

impl Scale {
    /// Decimals from the spread: three significant digits of the standard deviation.
    pub fn of_sd(sd: Option<f64>) -> Self {
        let digits = sd.filter(|sd| sd.is_finite() && *sd > 0.0).map(|sd| 2.0 - sd.log10().floor());
        Self::Number { n_decimals: digits.unwrap_or(2.0).clamp(0.0, 6.0) as usize }
    }

    pub fn value(self, x: f64) -> String {
        match self {
            Self::Number { n_decimals } => format::decimals(x, n_decimals),
            Self::Share => format::percent(x, 1),
        }
    }

    /// A difference, with its sign. Percentage points where the values are shares.
    pub fn difference(self, x: f64) -> String {
        match self {
            Self::Number { n_decimals } => signed(x, n_decimals),
            Self::Share => format!("{} pp", signed(100.0 * x, 2)),
        }
    }

    /// Both ends, the unit once.
    pub fn interval(self, interval: Interval) -> String {
        self.ends(interval, |x| match self {
            Self::Number { n_decimals } => format::decimals(x, n_decimals),
            Self::Share => format::decimals(100.0 * x, 1),
        })
    }

    pub fn difference_interval(self, interval: Interval) -> String {
        self.ends(interval, |x| match self {
            Self::Number { n_decimals } => signed(x, n_decimals),
            Self::Share => signed(100.0 * x, 2),
        })
    }

    fn ends(self, interval: Interval, end: impl Fn(f64) -> String) -> String {
        let low = interval.low.map_or("\u{2212}\u{221e}".into(), &end);
        let high = interval.high.map_or("\u{221e}".into(), &end);
        format!("{low} to {high}")
    }
}

/// "+1.97", "−0.50", "0.00".
pub fn signed(x: f64, n_decimals: usize) -> String {
    let text = format::decimals(x, n_decimals);
    let is_zero = !text.bytes().any(|b| (b'1'..=b'9').contains(&b));
    if x > 0.0 && !is_zero { format!("+{text}") } else { text }
}

/// A number that carries its exact value: `<data value="1.9666230769489257">1.97</data>`. `name` says
/// which figure it is: "session_length B difference".
pub fn figure(name: String, value: Option<f64>, text: impl FnOnce(f64) -> String) -> Html {
    match value {
        Some(value) => exact(name, value.to_string(), text(value)),
        None => el("span").class("muted").attr("title", "not defined here").text("\u{2013}").into(),
    }
}

/// A count, grouped for reading.
pub fn count(name: String, n: u64) -> Html {
    exact(name, n.to_string(), format::count(n))
}

/// An interval in words, with both exact ends: `value="1.745 2.188"`.
pub fn interval(name: String, interval: Option<Interval>, text: impl FnOnce(Interval) -> String) -> Html {
    match interval {
        Some(interval) => {
            let end = |x: Option<f64>| x.map_or("infinite".into(), |x| x.to_string());
            exact(name, format!("{} {}", end(interval.low), end(interval.high)), text(interval))
        }
        None => el("span").class("muted").attr("title", "not defined here").text("\u{2013}").into(),
    }
}

fn exact(name: String, value: String, text: String) -> Html {
    el("data").attr("data-figure", name).attr("value", value.clone()).attr("title", value).add(text).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_follow_the_spread() {
        assert_eq!(Scale::of_sd(Some(3.9)).value(11.999_785), "12.00");
        assert_eq!(Scale::of_sd(Some(250.0)).value(1_234.56), "1,235");
        assert_eq!(Scale::of_sd(None).value(1.0), "1.00");
    }

    #[test]
    fn shares_differ_in_percentage_points() {
        assert_eq!(Scale::Share.value(0.6677), "66.8 %");
        assert_eq!(Scale::Share.difference(0.098_11), "+9.81 pp");
        let interval = Interval { low: Some(-0.01), high: None };
        assert_eq!(Scale::Share.difference_interval(interval), "\u{2212}1.00 to \u{221e}");
    }
}
