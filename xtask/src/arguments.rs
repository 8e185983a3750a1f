//! `--name value`, `--name=value` and `--flag`.

use crate::Outcome;

#[derive(Debug, Default)]
pub struct Arguments {
    values: Vec<(String, String)>,
    flags: Vec<String>,
}

impl Arguments {
    /// Reads the words after the command; an unknown name is an error that lists the known ones.
    pub fn read(
        words: impl Iterator<Item = String>,
        known_values: &[&str],
        known_flags: &[&str],
    ) -> Outcome<Self> {
        let mut found = Self::default();
        let mut words = words;
        while let Some(word) = words.next() {
            let name = word.strip_prefix("--").unwrap_or(&word);
            let (name, value) = match name.split_once('=') {
                Some((name, value)) => (name, Some(value.to_owned())),
                None => (name, None),
            };
            if known_flags.contains(&name) && value.is_none() {
                found.flags.push(name.to_owned());
            } else if known_values.contains(&name) {
                let value =
                    value.or_else(|| words.next()).ok_or_else(|| format!("--{name} needs a value"))?;
                found.values.push((name.to_owned(), value));
            } else {
                let known: Vec<String> =
                    known_values.iter().chain(known_flags).map(|name| format!("--{name}")).collect();
                return Err(format!("{word:?} is not known here; known are {}", known.join(" ")));
            }
        }
        Ok(found)
    }

    pub fn value(&self, name: &str) -> Option<&str> {
        self.values.iter().rev().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    pub fn has(&self, flag: &str) -> bool {
        self.flags.iter().any(|known| known == flag)
    }

    /// The value as a whole number.
    pub fn number(&self, name: &str) -> Outcome<Option<u32>> {
        let Some(text) = self.value(name) else { return Ok(None) };
        text.parse().map(Some).map_err(|_| format!("--{name} takes a whole number, not {text:?}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(words: &str) -> Outcome<Arguments> {
        Arguments::read(words.split_whitespace().map(str::to_owned), &["port"], &["open"])
    }

    #[test]
    fn both_ways_to_give_a_value() {
        assert_eq!(read("--port 9000 --open").unwrap().number("port"), Ok(Some(9000)));
        assert_eq!(read("--port=9000").unwrap().number("port"), Ok(Some(9000)));
        assert!(read("--port 9000 --open").unwrap().has("open"));
        assert_eq!(read("").unwrap().number("port"), Ok(None));
    }

    #[test]
    fn mistakes_are_named() {
        assert!(read("--prot 9000").unwrap_err().contains("--port"));
        assert!(read("--port").unwrap_err().contains("needs a value"));
        assert!(read("--port many").unwrap().number("port").unwrap_err().contains("whole number"));
    }
}
