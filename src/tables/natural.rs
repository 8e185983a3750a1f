//! Natural order of names: numbers by value, "a2" before "a10", case ignored at first.

use std::cmp::Ordering;

/// Orders names as people do. Texts that are numbers come first, by value; the rest is compared with
/// runs of digits taken as numbers and without regard to case. A total order: equal only for equal texts.
pub(crate) fn compare(a: &str, b: &str) -> Ordering {
    compare_keyed(number_of(a), a, number_of(b), b)
}

/// Indices of `names` in natural order. Faster than sorting with [`compare`], which reads each name anew.
pub(crate) fn sorted_indices(names: &[&str]) -> Vec<u32> {
    let mut keyed: Vec<(Option<f64>, &str, u32)> =
        names.iter().zip(0u32..).map(|(name, index)| (number_of(name), *name, index)).collect();
    keyed.sort_unstable_by(|a, b| compare_keyed(a.0, a.1, b.0, b.1).then(a.2.cmp(&b.2)));
    keyed.into_iter().map(|(_, _, index)| index).collect()
}

fn compare_keyed(a_number: Option<f64>, a: &str, b_number: Option<f64>, b: &str) -> Ordering {
    match (a_number, b_number) {
        (Some(x), Some(y)) => x.total_cmp(&y).then_with(|| a.cmp(b)),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => compare_runs(a, b).then_with(|| a.cmp(b)),
    }
}

fn number_of(name: &str) -> Option<f64> {
    // "nan" and "inf" parse as numbers but are names to a reader.
    let first = name.bytes().find(|byte| !matches!(byte, b'+' | b'-' | b'.'))?;
    if !first.is_ascii_digit() {
        return None;
    }
    name.parse().ok().filter(|x: &f64| x.is_finite()).map(|x: f64| if x == 0.0 { 0.0 } else { x })
}

fn compare_runs(a: &str, b: &str) -> Ordering {
    let (mut rest_a, mut rest_b) = (a, b);
    loop {
        let (Some(first_a), Some(first_b)) = (rest_a.chars().next(), rest_b.chars().next()) else {
            return rest_a.len().cmp(&rest_b.len());
        };
        if first_a.is_ascii_digit() && first_b.is_ascii_digit() {
            let (digits_a, tail_a) = split_digits(rest_a);
            let (digits_b, tail_b) = split_digits(rest_b);
            let (value_a, value_b) = (digits_a.trim_start_matches('0'), digits_b.trim_start_matches('0'));
            let order = value_a.len().cmp(&value_b.len()).then_with(|| value_a.cmp(value_b));
            if order.is_ne() {
                return order;
            }
            (rest_a, rest_b) = (tail_a, tail_b);
        } else {
            let order = first_a.to_lowercase().cmp(first_b.to_lowercase());
            if order.is_ne() {
                return order;
            }
            rest_a = &rest_a[first_a.len_utf8()..];
            rest_b = &rest_b[first_b.len_utf8()..];
        }
    }
}

fn split_digits(text: &str) -> (&str, &str) {
    let end = text.bytes().position(|byte| !byte.is_ascii_digit()).unwrap_or(text.len());
    text.split_at(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_sort_as_people_expect() {
        let names = ["b", "a10", "B", "a2", "10", "9", "-1", "A2", "1.5", "é", "a02x", ""];
        let order: Vec<&str> = sorted_indices(&names).into_iter().map(|i| names[i as usize]).collect();
        assert_eq!(order, ["-1", "1.5", "9", "10", "", "A2", "a2", "a02x", "a10", "B", "b", "é"]);
    }

    #[test]
    fn only_equal_texts_are_equal() {
        assert_eq!(compare("1", "1.0"), Ordering::Less);
        assert_eq!(compare("A", "a"), Ordering::Less);
        assert_eq!(compare("a1", "a01"), Ordering::Greater);
        assert_eq!(compare("nan", "1"), Ordering::Greater);
    }
}
