//! Different texts with a number each.

use hashbrown::{DefaultHashBuilder, HashTable};
use std::hash::BuildHasher;

/// Texts in the order in which they were first met. All stand in one buffer.
#[derive(Debug, Default)]
pub(super) struct Dictionary {
    text: String,
    ends: Vec<usize>,
    codes: HashTable<u32>,
    hasher: DefaultHashBuilder,
}

impl Dictionary {
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Bytes held.
    pub fn n_bytes(&self) -> usize {
        self.text.capacity() + self.ends.capacity() * size_of::<usize>() + self.codes.capacity() * 5
    }

    #[inline]
    pub fn get(&self, code: u32) -> Option<&str> {
        get(&self.text, &self.ends, code)
    }

    pub fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len() as u32).filter_map(|code| self.get(code))
    }

    /// The number of the text, a new one where it is met for the first time.
    #[inline]
    pub fn code(&mut self, text: &str) -> u32 {
        let Self { text: all, ends, codes, hasher } = self;
        let hash = hasher.hash_one(text);
        let entry = codes.entry(
            hash,
            |code| get(all, ends, *code) == Some(text),
            |code| hasher.hash_one(get(all, ends, *code).unwrap_or_default()),
        );
        match entry {
            hashbrown::hash_table::Entry::Occupied(entry) => *entry.get(),
            hashbrown::hash_table::Entry::Vacant(entry) => {
                let code = ends.len() as u32;
                entry.insert(code);
                all.push_str(text);
                ends.push(all.len());
                code
            }
        }
    }
}

#[inline]
fn get<'a>(text: &'a str, ends: &[usize], code: u32) -> Option<&'a str> {
    let end = *ends.get(code as usize)?;
    let start = (code as usize).checked_sub(1).and_then(|before| ends.get(before)).copied().unwrap_or(0);
    text.get(start..end)
}
