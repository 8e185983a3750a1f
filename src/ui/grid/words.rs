//! Filters and bars in words, and where a cell shows what is searched for.

use crate::format;
use crate::model::{Bar, Filter, Kind};
use crate::ui::recipe::sentence::{condition, value_text};
use std::ops::Range;

/// The filters of one column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chip {
    pub column: String,
    /// "minutes from 10 to below 20".
    pub words: String,
}

/// One chip a column, in the order of the filters.
pub fn chips(filters: &[Filter]) -> Vec<Chip> {
    let mut chips: Vec<Chip> = Vec::new();
    for filter in filters {
        let column = filter.column();
        if chips.iter().any(|chip| chip.column == column) {
            continue;
        }
        let own: Vec<&Filter> = filters.iter().filter(|filter| filter.column() == column).collect();
        let words = match own.as_slice() {
            [Filter::Ge { value: from, .. }, Filter::Lt { value: to, .. }] => {
                format!("{column} from {} to below {}", value_text(from), value_text(to))
            }
            [Filter::Ge { value: from, .. }, Filter::Le { value: to, .. }] => {
                format!("{column} from {} to {}", value_text(from), value_text(to))
            }
            own => own.iter().map(|filter| condition(filter)).collect::<Vec<_>>().join(" and "),
        };
        chips.push(Chip { column: column.into(), words });
    }
    chips
}

pub fn without_column(filters: &[Filter], column: &str) -> Vec<Filter> {
    filters.iter().filter(|filter| filter.column() != column).cloned().collect()
}

/// What a bar stands for and how many rows it has: "10 to 20: 31 of 120". Counts name the last number of a range.
pub fn bar_words(bar: &Bar, kind: Kind) -> String {
    let name = match (&bar.from, &bar.to) {
        (Some(from), Some(to)) => match to.parse::<i64>() {
            Ok(end) if kind == Kind::Count && *from == (end - 1).to_string() => from.clone(),
            Ok(end) if kind == Kind::Count => format!("{from} to {}", end - 1),
            _ => format!("{from} to {to}"),
        },
        (Some(from), None) => from.clone(),
        _ => "others".into(),
    };
    let n_all = format::count(bar.n_all);
    if bar.n == bar.n_all {
        format!("{name}: {n_all}")
    } else {
        format!("{name}: {} of {n_all}", format::count(bar.n))
    }
}

/// Where `text` shows `wanted`, whatever the case: ranges of bytes, one behind the other.
pub fn find(text: &str, wanted: &str) -> Vec<Range<usize>> {
    let wanted: Vec<char> = wanted.chars().flat_map(char::to_lowercase).collect();
    let mut found = Vec::new();
    let mut rest = text.char_indices();
    while let Some((start, _)) = rest.clone().next() {
        match end_of(text.get(start..).unwrap_or_default(), &wanted) {
            Some(n_bytes) if n_bytes > 0 => {
                found.push(start..start + n_bytes);
                while rest.clone().next().is_some_and(|(at, _)| at < start + n_bytes) {
                    rest.next();
                }
            }
            _ => {
                rest.next();
            }
        }
    }
    found
}

/// How many bytes of the text's beginning are `wanted`, which is in lower case; `None` where they are not.
fn end_of(text: &str, wanted: &[char]) -> Option<usize> {
    let mut n_matched = 0;
    for (at, c) in text.char_indices() {
        if n_matched >= wanted.len() {
            return Some(at);
        }
        for lower in c.to_lowercase() {
            // The last character may be longer in lower case than what is asked for.
            if n_matched < wanted.len() && wanted.get(n_matched) != Some(&lower) {
                return None;
            }
            n_matched += 1;
        }
    }
    (n_matched >= wanted.len()).then_some(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Value;

    #[test]
    fn a_range_is_one_chip() {
        let column = || String::from("minutes");
        let filters = [
            Filter::Ge { column: column(), value: Value::Number(10.0) },
            Filter::Eq { column: "country".into(), value: Value::Text("NO".into()) },
            Filter::Lt { column: column(), value: Value::Number(20.5) },
        ];
        let words: Vec<String> = chips(&filters).into_iter().map(|chip| chip.words).collect();
        assert_eq!(words, ["minutes from 10 to below 20.5", "country is NO"]);
        assert_eq!(without_column(&filters, "minutes"), filters[1..2]);
    }

    #[test]
    fn a_bar_of_counts_names_its_last_number() {
        let bar = |from: &str, to: Option<&str>| Bar {
            from: Some(from.into()),
            to: to.map(str::to_owned),
            n_all: 1_200,
            n: 30,
        };
        assert_eq!(bar_words(&bar("10", Some("15")), Kind::Count), "10 to 14: 30 of 1,200");
        assert_eq!(bar_words(&bar("3", Some("4")), Kind::Count), "3: 30 of 1,200");
        assert_eq!(bar_words(&bar("3", Some("4")), Kind::Continuous), "3 to 4: 30 of 1,200");
        assert_eq!(bar_words(&bar("NO", None), Kind::Nominal), "NO: 30 of 1,200");
    }

    #[test]
    fn what_is_searched_for_is_found_in_any_case() {
        assert_eq!(find("Banana", "AN"), [1..3, 3..5]);
        assert_eq!(find("\u{c9}t\u{e9}", "\u{e9}"), [0..2, 3..5]);
        assert_eq!(find("aaaaa", "aa"), [0..2, 2..4]);
        assert!(find("abc", "bd").is_empty() && find("abc", "").is_empty() && find("ab", "abc").is_empty());
    }
}
