//! How the numbers of one axis or column are written.

use crate::format;

/// The kind of quantity, which decides its sign, unit and scale.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum NumberFormat {
    /// "12.3".
    #[default]
    Plain,
    /// "+1.97": a difference.
    Signed,
    /// A share from 0 to 1 as "66.8 %".
    Percent,
    /// A lift as "+16.4 %".
    SignedPercent,
    /// A difference of shares in percentage points: "+7.8 pp".
    SignedPoints,
    /// "1,204".
    Count,
    /// Seconds as "1 h 30 min".
    Duration,
}

impl NumberFormat {
    /// The factor between the number and what is written.
    fn factor(self) -> f64 {
        match self {
            Self::Percent | Self::SignedPercent | Self::SignedPoints => 100.0,
            Self::Plain | Self::Signed | Self::Count | Self::Duration => 1.0,
        }
    }

    /// What follows the digits.
    pub fn unit(self) -> &'static str {
        match self {
            Self::Percent | Self::SignedPercent => "\u{a0}%",
            Self::SignedPoints => "\u{a0}pp",
            Self::Plain | Self::Signed | Self::Count | Self::Duration => "",
        }
    }

    fn has_sign(self) -> bool {
        matches!(self, Self::Signed | Self::SignedPercent | Self::SignedPoints)
    }

    /// Decimals that show an uncertainty of this size with two digits: 0.22 asks for 2, 22 for 0.
    /// A count has none.
    pub fn decimals_for(self, half_width: f64) -> usize {
        let shown = (half_width * self.factor()).abs();
        if self == Self::Count || !shown.is_finite() || shown == 0.0 {
            return if self == Self::Count { 0 } else { 2 };
        }
        (1.0 - shown.log10().floor()).clamp(0.0, 9.0) as usize
    }

    /// With its sign and unit: "+16.4 %".
    pub fn value(self, x: f64, n_decimals: usize) -> String {
        let bare = self.bare(x, n_decimals);
        if x.is_finite() { format!("{bare}{}", self.unit()) } else { bare }
    }

    /// Without the unit: "+16.4".
    pub fn bare(self, x: f64, n_decimals: usize) -> String {
        let text = self.unsigned(x, n_decimals);
        let is_zero = !text.bytes().any(|b| (b'1'..=b'9').contains(&b));
        if self.has_sign() && x > 0.0 && x.is_finite() && !is_zero { format!("+{text}") } else { text }
    }

    /// Without a plus and without the unit, for the ends of an interval: "14.2".
    pub fn unsigned(self, x: f64, n_decimals: usize) -> String {
        if self == Self::Duration {
            return format::duration(x);
        }
        if x.is_finite() { format::decimals(x * self.factor(), n_decimals) } else { format::number(x, 3) }
    }

    /// An interval in words: "14.2 to 18.7". An end that is `None` is infinite.
    pub fn interval(self, low: Option<f64>, high: Option<f64>, n_decimals: usize) -> String {
        let low = self.unsigned(low.unwrap_or(f64::NEG_INFINITY), n_decimals);
        format!("{low} to {}", self.unsigned(high.unwrap_or(f64::INFINITY), n_decimals))
    }

    /// Three significant digits, for a number whose uncertainty is not known.
    pub fn short(self, x: f64) -> String {
        let shown = x * self.factor();
        if !shown.is_finite() {
            return format::number(x, 3);
        }
        if self == Self::Count {
            return format::decimals(x, 0);
        }
        if self == Self::Duration {
            return format::duration(x);
        }
        let text = format::trim_zeros(&format::number(shown, 3));
        let sign = if self.has_sign() && shown > 0.0 { "+" } else { "" };
        format!("{sign}{text}{}", self.unit())
    }

    /// A tick without even steps to its neighbours: "0.01", "1,000", "10k".
    pub fn tick(self, x: f64) -> String {
        let shown = x * self.factor();
        if shown.abs() < 1e4 || !shown.is_finite() || self == Self::Duration {
            return if self == Self::Count {
                format::trim_zeros(&format::number(x, 3))
            } else {
                self.short(x)
            };
        }
        let sign = if self.has_sign() && shown > 0.0 { "+" } else { "" };
        format!("{sign}{}{}", format::compact(shown), self.unit())
    }

    /// Labels of ticks that stand `step` apart: as many decimals as the step needs; thousands as "5k" where
    /// the largest is 10,000 or more.
    pub fn ticks(self, values: &[f64], step: f64) -> Vec<String> {
        let largest = values.iter().fold(0.0_f64, |most, x| most.max((x * self.factor()).abs()));
        let shown_step = (step * self.factor()).abs();
        let n_decimals = if shown_step > 0.0 && shown_step.is_finite() {
            (-(shown_step.log10() + 1e-9).floor()).clamp(0.0, 9.0) as usize
        } else {
            0
        };
        let thousands = Thousands::of(largest, shown_step).filter(|_| self != Self::Duration);
        values
            .iter()
            .map(|&x| {
                let text = if let Some(thousands) = thousands {
                    let text = thousands.text(x * self.factor());
                    if self.has_sign() && x > 0.0 { format!("+{text}") } else { text }
                } else if self == Self::Duration {
                    format::duration(x)
                } else if largest > 0.0 && (largest >= 1e15 || shown_step < 1e-6) {
                    format::scientific(x * self.factor(), 2)
                } else {
                    self.bare(x, n_decimals)
                };
                format!("{text}{}", self.unit())
            })
            .collect()
    }
}

/// The unit that large ticks of one axis share: "5k", "10k".
#[derive(Debug, Clone, Copy)]
struct Thousands {
    unit: f64,
    suffix: &'static str,
    n_decimals: usize,
}

impl Thousands {
    /// `None` for small numbers, and where the step would need many decimals of the unit.
    fn of(largest: f64, step: f64) -> Option<Self> {
        let (unit, suffix) = match largest {
            a if a >= 1e15 => return None,
            a if a >= 1e12 => (1e12, "T"),
            a if a >= 1e9 => (1e9, "B"),
            a if a >= 1e6 => (1e6, "M"),
            a if a >= 1e4 => (1e3, "k"),
            _ => return None,
        };
        let n_decimals = -((step / unit).log10() + 1e-9).floor();
        (step >= 1.0 && n_decimals <= 2.0).then(|| Self {
            unit,
            suffix,
            n_decimals: n_decimals.max(0.0) as usize,
        })
    }

    fn text(self, x: f64) -> String {
        if x == 0.0 {
            "0".into()
        } else {
            format!("{}{}", format::decimals(x / self.unit, self.n_decimals), self.suffix)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_effect_has_the_decimals_of_its_uncertainty() {
        let lift = NumberFormat::SignedPercent;
        let n_decimals = lift.decimals_for(0.0224);
        assert_eq!(lift.value(0.16388, n_decimals), "+16.4\u{a0}%");
        assert_eq!(lift.interval(Some(0.1421), Some(0.187), n_decimals), "14.2 to 18.7");
        assert_eq!(lift.interval(None, Some(0.187), 1), "\u{2212}\u{221e} to 18.7");
        assert_eq!(NumberFormat::Signed.decimals_for(0.22), 2);
        assert_eq!(NumberFormat::Plain.decimals_for(37.0), 0);
        assert_eq!(NumberFormat::SignedPoints.value(-0.0781, 1), "\u{2212}7.8\u{a0}pp");
    }

    #[test]
    fn ticks_share_their_decimals() {
        assert_eq!(NumberFormat::Plain.ticks(&[0.0, 0.5, 1.0], 0.5), ["0.0", "0.5", "1.0"]);
        assert_eq!(NumberFormat::SignedPercent.ticks(&[-0.05, 0.0, 0.05], 0.05)[0], "\u{2212}5\u{a0}%");
        assert_eq!(NumberFormat::Percent.ticks(&[0.0, 0.005], 0.005)[1], "0.5\u{a0}%");
        assert_eq!(NumberFormat::Count.ticks(&[0.0, 20_000.0], 20_000.0), ["0", "20k"]);
        assert_eq!(NumberFormat::Plain.ticks(&[0.0, 2e6], 2e6)[1], "2M");
        assert_eq!(NumberFormat::Plain.ticks(&[0.0, 5e3, 1e4], 5e3), ["0", "5k", "10k"]);
        assert_eq!(NumberFormat::Plain.ticks(&[0.0, 5e5, 1e6], 5e5), ["0", "0.5M", "1.0M"]);
        assert_eq!(NumberFormat::Plain.ticks(&[1e6, 1.002e6], 2e3), ["1,000,000", "1,002,000"]);
        assert_eq!(
            NumberFormat::Duration.ticks(&[0.0, 1800.0, 3600.0], 1800.0),
            ["0", "30\u{a0}min", "1\u{a0}h"]
        );
    }
}
