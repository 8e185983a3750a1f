//! Names of columns: made where they are missing or taken, and read for what they say.

use hashbrown::{HashMap, HashSet};

/// A column's name, with what stands in the file where that is something else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ColumnName {
    pub name: String,
    pub written: Option<String>,
    /// The header's cell was empty or taken.
    pub is_renamed: bool,
}

/// Unique names for `n_columns` columns of a header. Spaces around a name are left out, an empty cell becomes
/// "column_3", and a repeated name "price_2".
pub(super) fn column_names(header: Option<&[String]>, n_columns: usize) -> Vec<ColumnName> {
    let cell = |i: usize| header.and_then(|header| header.get(i)).map_or("", String::as_str);
    let mut taken: HashSet<String> = HashSet::new();
    // Names that stand in the header keep their place against names that are made.
    let given: HashSet<&str> =
        (0..n_columns).map(|i| cell(i).trim()).filter(|name| !name.is_empty()).collect();
    // The last number that each name was made unique by: those below it are taken.
    let mut numbers: HashMap<String, usize> = HashMap::new();
    (0..n_columns)
        .map(|i| {
            let written = cell(i);
            let trimmed = written.trim();
            let mut name = if trimmed.is_empty() { format!("column_{}", i + 1) } else { trimmed.to_owned() };
            let mut is_renamed = header.is_some() && trimmed.is_empty();
            let base = name.clone();
            let mut n = 1;
            while taken.contains(&name) || ((n > 1 || trimmed.is_empty()) && given.contains(name.as_str())) {
                n = if n == 1 { numbers.get(&base).copied().unwrap_or(1) } else { n } + 1;
                name = format!("{base}_{n}");
                is_renamed = true;
            }
            if n > 1 {
                numbers.insert(base, n);
            }
            taken.insert(name.clone());
            let written = (header.is_some() && written != name && !is_renamed).then(|| written.to_owned());
            ColumnName { name, written, is_renamed: is_renamed && header.is_some() }
        })
        .collect()
}

/// The name says that the column names something: "user_id", "sessionId", "uuid", "zip".
pub(super) fn is_id_name(name: &str) -> bool {
    const WORDS: [&str; 14] = [
        "id", "ids", "uuid", "guid", "sku", "isbn", "ean", "iban", "zip", "zipcode", "postcode", "plz",
        "phone", "ssn",
    ];
    let words = words(name);
    let is_first = words.first().is_some_and(|word| word == "id");
    is_first || words.last().is_some_and(|word| WORDS.contains(&word.as_str()))
}

/// The name says that the column is a rating on a short scale.
pub(super) fn is_rating_name(name: &str) -> bool {
    words(name).iter().any(|word| matches!(word.as_str(), "stars" | "star" | "rating" | "likert"))
}

/// Words of a name in lower case: divided by anything but letters and digits, and where a capital follows
/// a small letter.
fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut word = String::new();
    let mut was_lower = false;
    for c in name.chars() {
        let divides = !c.is_alphanumeric() || (c.is_uppercase() && was_lower);
        if divides && !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
        if c.is_alphanumeric() {
            word.extend(c.to_lowercase());
        }
        was_lower = c.is_lowercase();
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(header: &[&str], n_columns: usize) -> Vec<String> {
        let header: Vec<String> = header.iter().map(|name| (*name).to_owned()).collect();
        column_names(Some(&header), n_columns).into_iter().map(|column| column.name).collect()
    }

    #[test]
    fn names_are_unique_and_never_empty() {
        assert_eq!(names(&["a", "", "a", "a_2", " b "], 6), ["a", "column_2", "a_3", "a_2", "b", "column_6"]);
        assert_eq!(names(&["column_2", ""], 2), ["column_2", "column_2_2"]);
        assert_eq!(names(&["", "a", "column_1"], 3), ["column_1_2", "a", "column_1"]);
        assert_eq!(names(&["a", "a", "a_3", "a", "a"], 5), ["a", "a_2", "a_3", "a_4", "a_5"]);
        assert_eq!(column_names(None, 2).len(), 2);
        assert!(!column_names(None, 1)[0].is_renamed);
    }

    #[test]
    fn ids_are_told_by_whole_words() {
        for name in ["id", "ID", "user_id", "userId", "User ID", "uuid", "zip", "id_user"] {
            assert!(is_id_name(name), "{name}");
        }
        for name in ["paid", "valid", "width", "idle", "video", "identity", "bid", "device"] {
            assert!(!is_id_name(name), "{name}");
        }
    }
}
