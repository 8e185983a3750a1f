//! Plain names for tables, made of sheet names and keys.

use hashbrown::HashSet;

/// Letters and digits in lower case, everything else one underscore: "Sheet 2 (new)" is "sheet_2_new".
/// "part" where nothing is left.
pub(super) fn plain(text: &str) -> String {
    let mut name = String::new();
    for c in text.chars() {
        if c.is_alphanumeric() {
            name.extend(c.to_lowercase());
        } else if !name.is_empty() && !name.ends_with('_') {
            name.push('_');
        }
    }
    let name = name.trim_end_matches('_');
    if name.is_empty() { "part".into() } else { name.into() }
}

/// The name, or the name with the first free number; it is taken then.
pub(super) fn take(name: String, taken: &mut HashSet<String>) -> String {
    let mut free = name.clone();
    let mut n = 1u32;
    while !taken.insert(free.clone()) {
        n += 1;
        free = format!("{name}_{n}");
    }
    free
}

/// The name of what a packed file holds: "a.csv.gz" is "a.csv".
pub(super) fn unpacked(name: &str) -> &str {
    let is_gz =
        name.len() > 3 && name.get(name.len() - 3..).is_some_and(|end| end.eq_ignore_ascii_case(".gz"));
    if is_gz { name.get(..name.len() - 3).unwrap_or(name) } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_plain_and_different() {
        let mut taken = HashSet::new();
        let names = ["Sheet 1", "sheet-1", "  ", "Größe (m²)"].map(|name| take(plain(name), &mut taken));
        assert_eq!(names, ["sheet_1", "sheet_1_2", "part", "größe_m²"]);
        assert_eq!(
            [unpacked("a.csv.gz"), unpacked("A.GZ"), unpacked(".gz"), unpacked("é.gz")],
            ["a.csv", "A", ".gz", "é"]
        );
    }
}
