//! Dates whose month is a word: "12 Mar 2024", "Tue, March 5th, 2024", "05-Jan-24", "2024-Mar-12", "Jan 2024".

use super::calendar::{self, Civil};
use super::calendar_names::Names;
use super::moment::{Moment, Part, Template, full_year, number};
use super::read_moment::with_time;

/// Reads a date with the name of its month, with or without a weekday before it and a time after it. A month of a year
/// is its first day; its template has no day. A weekday that is not the date's own is left out of account.
pub(crate) fn read_named(text: &str) -> Option<(Moment, Template)> {
    let bytes = text.as_bytes();
    let is_likely = (6..=64).contains(&bytes.len())
        && bytes.iter().any(u8::is_ascii_digit)
        && bytes.iter().any(u8::is_ascii_alphabetic);
    if !is_likely {
        return None;
    }
    let mut with_weekday = Date { text, at: 0, parts: Vec::with_capacity(16) };
    if with_weekday.weekday().is_some()
        && let Some(found) = with_weekday.read()
    {
        return Some(found);
    }
    Date { text, at: 0, parts: Vec::with_capacity(16) }.read()
}

struct Date<'t> {
    text: &'t str,
    at: usize,
    parts: Vec<Part>,
}

impl<'t> Date<'t> {
    fn weekday(&mut self) -> Option<()> {
        let (_, style) = Names::Weekdays.find(self.word())?;
        self.parts.push(Part::Name(style));
        (self.separator() > 0 && self.text.as_bytes().get(self.at - 1) == Some(&b' ')).then_some(())
    }

    fn read(mut self) -> Option<(Moment, Template)> {
        let bytes = self.text.as_bytes();
        let (mut year, mut day) = (None, None);
        let month;
        if bytes.get(self.at)?.is_ascii_digit() {
            let (first, n_digits) = number(bytes, &mut self.at, 4)?;
            if n_digits == 4 {
                year = Some(first);
                self.parts.push(Part::Year4);
            } else {
                day = Some(self.day(first, n_digits)?);
            }
            let n_separator = self.separator();
            month = self.month()?;
            if year.is_some() && self.at == bytes.len() && n_separator > 0 {
                day = None;
            } else if year.is_some() {
                self.needed_separator()?;
                day = Some(self.day_number()?);
            } else {
                let n_after = self.separator();
                year = Some(self.year(n_separator > 0 && n_after > 0)?);
            }
        } else {
            month = self.month()?;
            self.needed_separator()?;
            let before = self.at;
            let (_, n_digits) = number(bytes, &mut self.at, 4)?;
            self.at = before;
            if n_digits < 3 {
                day = Some(self.day_number()?);
                self.needed_separator()?;
            }
            year = Some(self.year(false)?);
        }
        let year = year? as i32;
        let days = calendar::days_from_civil(Civil { year, month, day: day.unwrap_or(1) })?;
        let moment = Moment { days, micros_of_day: None, day: day.unwrap_or(1), month };
        let template = Template { parts: self.parts, has_time: false, offset_seconds: 0 };
        if day.is_none() && self.at < bytes.len() {
            return None;
        }
        with_time(bytes, self.at, moment, template)
    }

    /// Letters from here on.
    fn word(&mut self) -> &'t str {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let n_bytes = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
        self.at += n_bytes;
        rest.get(..n_bytes).unwrap_or_default()
    }

    fn month(&mut self) -> Option<u32> {
        let (month, style) = Names::Months.find(self.word())?;
        self.parts.push(Part::Name(style));
        Some(month)
    }

    fn day_number(&mut self) -> Option<u32> {
        let (day, n_digits) = number(self.text.as_bytes(), &mut self.at, 2)?;
        self.day(day, n_digits)
    }

    /// The day that was read, with "th" behind it.
    fn day(&mut self, day: u32, n_digits: usize) -> Option<u32> {
        if n_digits > 2 {
            return None;
        }
        self.parts.push(Part::Day { is_padded: n_digits == 2 });
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        if ["st", "nd", "rd", "th"].iter().any(|ending| rest.starts_with(ending.as_bytes())) {
            self.parts.push(Part::Ordinal);
            self.at += 2;
        }
        Some(day)
    }

    fn year(&mut self, can_be_short: bool) -> Option<u32> {
        match number(self.text.as_bytes(), &mut self.at, 4)? {
            (year, 4) => {
                self.parts.push(Part::Year4);
                Some(year)
            }
            (year, 2) if can_be_short => {
                self.parts.push(Part::Year2);
                Some(full_year(year))
            }
            _ => None,
        }
    }

    /// What parts day, month and year: a point or a comma, then a space, "-" or "/", then "de"; how many bytes.
    fn separator(&mut self) -> usize {
        let bytes = self.text.as_bytes();
        let start = self.at;
        self.at += usize::from(matches!(bytes.get(self.at), Some(b'.' | b',')));
        // "Mar., 2024"
        self.at += usize::from(self.at > start && bytes.get(self.at) == Some(&b','));
        self.at += usize::from(matches!(bytes.get(self.at), Some(b' ' | b'-' | b'/')));
        let rest = bytes.get(self.at..).unwrap_or_default();
        if self.at > start {
            let particle = ["de ", "del "].iter().find(|word| rest.starts_with(word.as_bytes()));
            self.at += particle.map_or(0, |word| word.len());
        }
        self.parts.extend(bytes.iter().take(self.at).skip(start).map(|byte| Part::Byte(*byte)));
        self.at - start
    }

    fn needed_separator(&mut self) -> Option<()> {
        (self.separator() > 0).then_some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Option<String> {
        let (moment, _) = read_named(text)?;
        let mut written = String::new();
        match moment.micros_of_day {
            None => calendar::write_date(&mut written, moment.days),
            Some(_) => calendar::write_date_time(&mut written, moment.micros()),
        }
        Some(written)
    }

    #[test]
    fn dates_with_names_of_months_are_read_and_written_back() {
        for (text, expected) in [
            ("12 Mar 2024", "2024-03-12"),
            ("5 March 2024", "2024-03-05"),
            ("March 5, 2024", "2024-03-05"),
            ("March 5th, 2024", "2024-03-05"),
            ("Mar. 05, 2024", "2024-03-05"),
            ("05-Jan-24", "2024-01-05"),
            ("05-JAN-1970", "1970-01-05"),
            ("2024-Mar-12", "2024-03-12"),
            ("12/Mar/2024", "2024-03-12"),
            ("12Mar2024", "2024-03-12"),
            ("Tue, 12 Mar 2024", "2024-03-12"),
            ("Tuesday, March 12, 2024", "2024-03-12"),
            ("Tue, 12 Mar 2024 14:30:00 +0100", "2024-03-12 13:30:00"),
            ("12 Mar 2024 14:30", "2024-03-12 14:30:00"),
            ("12/Mar/2024:14:30:05 +0000", "2024-03-12 14:30:05"),
            ("March 5, 2024 at 2:30 PM", "2024-03-05 14:30:00"),
            ("Jan 2024", "2024-01-01"),
            ("January 2024", "2024-01-01"),
            ("2024-Jan", "2024-01-01"),
            ("12. März 2024", "2024-03-12"),
            ("Di, 12. Mär 2024", "2024-03-12"),
            ("12 mars 2024", "2024-03-12"),
            ("1 août 2024", "2024-08-01"),
            ("12 de marzo de 2024", "2024-03-12"),
            ("mar, 12 mar 2024", "2024-03-12"),
            ("12 maggio 2024", "2024-05-12"),
            ("12 de março de 2024", "2024-03-12"),
            ("21st Jan 2024", "2024-01-21"),
        ] {
            assert_eq!(date(text).as_deref(), Some(expected), "{text}");
            let (moment, template) = read_named(text).unwrap();
            assert_eq!(template.parse(text.as_bytes()), Some(moment), "{text}");
            let mut written = String::new();
            template.write(&mut written, moment.micros());
            assert_eq!(written, text);
        }
    }

    #[test]
    fn other_spellings_are_read_but_not_written() {
        for text in ["12 Sept 2024", "Mon, 12 Mar 2024", "12 mAR 2024", "22th Mar 2024"] {
            let (moment, template) = read_named(text).unwrap();
            assert!(template.parse(text.as_bytes()).is_none_or(|found| found == moment));
            let mut written = String::new();
            template.write(&mut written, moment.micros());
            assert!(written == text || template.parse(text.as_bytes()).is_none(), "{text}: {written}");
        }
    }

    #[test]
    fn texts_with_months_in_them_are_no_dates() {
        for text in [
            "March",
            "may 5",
            "Mar 24",
            "31 Feb 2024",
            "12 Mar",
            "12 Marble 2024",
            "12Mar24",
            "Mar5,2024x",
            "on 12 Mar 2024",
            "12 Mar 2024 was fine",
            "123 Mar 2024",
            "12 Mar 20245",
            "May 2024 14:30",
            "Q1 2024",
            "Mar 5, 24",
            "12 min 2024",
            "2024Mar12",
        ] {
            assert_eq!(date(text), None, "{text}");
        }
    }
}
