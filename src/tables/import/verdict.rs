//! Whether a column bears out what its beginning looked like.

use super::builder::ColumnBuilder;
use super::evidence::OrderEvidence;
use super::reading::{Reading, is_enough};
use crate::tables::moment::DateOrder::{Dmy, Mdy, Ymd};
use crate::tables::number::{NumberFormat, parse_number};
use crate::tables::read_moment::read_moment;
use crate::tables::unit::{parse_body, split, unit_of};

impl ColumnBuilder<'_> {
    /// Whether the cells bear the reading out. Where they do not, the column has to be read as text, and then
    /// decided on with all of its cells known.
    pub fn is_borne_out(&self) -> bool {
        if self.is_hopeless {
            return false;
        }
        let n_values = u64::from(self.n_rows) - self.n_missing();
        let n_coerced = self.coerced.len() as u64;
        if self.is_forced
            || matches!(self.reading, Reading::Text { .. } | Reading::Bool { .. })
            || n_values == 0
        {
            return true;
        }
        let n_good = n_values - n_coerced.min(n_values);
        let is_share = |n: u64, percent: u64| n > 0 && n * 100 >= n_good * percent;
        is_enough(n_good, n_values)
            && !is_share(self.tally.n_leading_zero, 1)
            && !is_share(self.tally.n_long, 1)
            && !is_share(self.tally.n_code_like, 20)
            && !self.tally.is_lossy
            && !self.has_better_reading()
            && !self.has_other_unit()
    }

    /// A column with a sign has numbers with another one, which are not to be lost as cells that do not fit.
    fn has_other_unit(&self) -> bool {
        let Reading::Number { form, .. } = &self.reading else { return false };
        let has_unit = form.affix.is_some_and(|affix| affix.unit.is_some());
        let mut texts = self.coerced.iter().filter_map(|row| self.raws.get(*row));
        has_unit && texts.any(|text| unit_of(text.trim()).is_some())
    }

    /// Most of the cells that did not fit would fit another reading of the same sort.
    fn has_better_reading(&self) -> bool {
        let texts = || self.coerced.iter().filter_map(|row| self.raws.get(*row)).take(1000).map(str::trim);
        let n = texts().count();
        let reads =
            |is_read: &dyn Fn(&str) -> bool| n > 0 && texts().filter(|text| is_read(text)).count() * 2 >= n;
        match &self.reading {
            Reading::Number { .. } => reads(&|text| {
                let signed = split(text);
                NumberFormat::ALL.into_iter().any(|other| match &signed {
                    Some(signed) => parse_body(signed, other).is_some(),
                    None => parse_number(text, other).is_some(),
                })
            }),
            Reading::Moment { how: OrderEvidence::Asked, .. } => false,
            Reading::Moment { .. } => {
                reads(&|text| [Ymd, Dmy, Mdy].iter().any(|order| read_moment(text, *order).is_some()))
            }
            _ => false,
        }
    }
}
