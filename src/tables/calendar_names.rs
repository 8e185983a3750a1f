//! Names of months and weekdays in six languages, as dates have them.

use serde::{Deserialize, Serialize};

/// Languages in turn, each with its short names and its long ones.
pub(super) const N_TABLES: usize = 12;

const MONTHS: [&str; N_TABLES] = [
    "jan feb mar apr may jun jul aug sep oct nov dec",
    "january february march april may june july august september october november december",
    "jan feb mär apr mai jun jul aug sep okt nov dez",
    "januar februar märz april mai juni juli august september oktober november dezember",
    "janv févr mars avr mai juin juil août sept oct nov déc",
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "ene feb mar abr may jun jul ago sep oct nov dic",
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "gen feb mar apr mag giu lug ago set ott nov dic",
    "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "jan fev mar abr mai jun jul ago set out nov dez",
    "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
];

/// From Monday.
const WEEKDAYS: [&str; N_TABLES] = [
    "mon tue wed thu fri sat sun",
    "monday tuesday wednesday thursday friday saturday sunday",
    "mo di mi do fr sa so",
    "montag dienstag mittwoch donnerstag freitag samstag sonntag",
    "lun mar mer jeu ven sam dim",
    "lundi mardi mercredi jeudi vendredi samedi dimanche",
    "lun mar mié jue vie sáb dom",
    "lunes martes miércoles jueves viernes sábado domingo",
    "lun mar mer gio ven sab dom",
    "lunedì martedì mercoledì giovedì venerdì sabato domenica",
    "seg ter qua qui sex sáb dom",
    "segunda terça quarta quinta sexta sábado domingo",
];

/// Other spellings, which are read and kept as they stand.
const OTHER_MONTHS: [(&str, u32, usize); 4] =
    [("sept", 9, 0), ("mrz", 3, 2), ("jänner", 1, 3), ("maerz", 3, 3)];

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Names {
    Months,
    Weekdays,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Case {
    Lower,
    Title,
    Upper,
}

/// How a name is written: in one of several tables, which is told by the other cells of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct NameStyle {
    pub names: Names,
    /// A bit for each table that has the name.
    pub tables: u16,
    pub case: Case,
}

impl Names {
    fn tables(self) -> &'static [&'static str; N_TABLES] {
        match self {
            Self::Months => &MONTHS,
            Self::Weekdays => &WEEKDAYS,
        }
    }

    /// The number of the name, from 1, and its style.
    pub fn find(self, word: &str) -> Option<(u32, NameStyle)> {
        if word.len() < 2 {
            return None;
        }
        let lower = word.to_lowercase();
        let (mut found, mut tables) = (None, 0);
        for (i, table) in self.tables().iter().enumerate() {
            if let Some((number, _)) = (1u32..).zip(table.split(' ')).find(|(_, name)| *name == lower) {
                found = Some(number);
                tables |= 1 << i;
            }
        }
        if let (None, Self::Months) = (found, self)
            && let Some((_, number, table)) = OTHER_MONTHS.iter().find(|(name, ..)| *name == lower)
        {
            (found, tables) = (Some(*number), 1 << table);
        }
        let is_all = |is_case: fn(char) -> bool| word.chars().all(is_case);
        let case = if is_all(char::is_lowercase) {
            Case::Lower
        } else if is_all(char::is_uppercase) {
            Case::Upper
        } else {
            Case::Title
        };
        Some((found?, NameStyle { names: self, tables, case }))
    }
}

impl NameStyle {
    fn table(self) -> &'static str {
        let first = self.tables.trailing_zeros() as usize;
        self.names.tables().get(first).copied().unwrap_or_default()
    }

    fn chars(self, name: &'static str) -> impl Iterator<Item = char> {
        name.chars().enumerate().map(move |(i, c)| match self.case {
            Case::Upper => c.to_uppercase().next().unwrap_or(c),
            Case::Title if i == 0 => c.to_uppercase().next().unwrap_or(c),
            Case::Title | Case::Lower => c,
        })
    }

    /// Reads a name that is written exactly so: its number, from 1.
    pub fn parse(self, text: &[u8], at: &mut usize) -> Option<u32> {
        let length = |name: &'static str| {
            let mut end = *at;
            for c in self.chars(name) {
                let mut bytes = [0; 4];
                let bytes = c.encode_utf8(&mut bytes).as_bytes();
                text.get(end..)?.strip_prefix(bytes)?;
                end += bytes.len();
            }
            Some(end)
        };
        let (number, end) =
            (1u32..).zip(self.table().split(' ')).find_map(|(number, name)| Some((number, length(name)?)))?;
        *at = end;
        Some(number)
    }

    pub fn write(self, out: &mut String, number: u32) {
        let index = (number as usize).saturating_sub(1);
        out.extend(self.chars(self.table().split(' ').nth(index).unwrap_or_default()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_complete() {
        assert!(MONTHS.iter().all(|table| table.split(' ').count() == 12));
        assert!(WEEKDAYS.iter().all(|table| table.split(' ').count() == 7));
    }

    #[test]
    fn a_name_never_has_two_numbers() {
        for names in [Names::Months, Names::Weekdays] {
            for table in names.tables() {
                for (number, name) in (1u32..).zip(table.split(' ')) {
                    assert_eq!(names.find(name).map(|(found, _)| found), Some(number), "{name}");
                    for other in names.tables() {
                        let same = other.split(' ').position(|other| other == name);
                        assert!(same.is_none_or(|i| i as u32 + 1 == number), "{name}");
                    }
                }
            }
        }
    }
}
