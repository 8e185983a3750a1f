//! Different texts with a number each.

use hashbrown::{DefaultHashBuilder, HashTable};
use std::hash::BuildHasher;

/// Short texts that were met lately, by place: most columns of names have a few short ones, and comparing 16 bytes is
/// cheaper than hashing them.
#[derive(Debug, Clone)]
struct Recent {
    places: Vec<(u128, u32)>,
}

const N_RECENT: usize = 256;
const NOT_RECENT: u32 = u32::MAX;

impl Default for Recent {
    fn default() -> Self {
        Self { places: vec![(0, NOT_RECENT); N_RECENT] }
    }
}

impl Recent {
    /// The bytes and the length of a text of at most 15 bytes, as a number.
    #[inline]
    fn key(text: &str) -> Option<u128> {
        let bytes = text.as_bytes();
        let mut key = [0; 16];
        key.get_mut(..bytes.len()).filter(|_| bytes.len() < 16)?.copy_from_slice(bytes);
        key[15] = bytes.len() as u8;
        Some(u128::from_le_bytes(key))
    }

    #[inline]
    fn place(&mut self, key: u128) -> Option<&mut (u128, u32)> {
        let mixed = (key as u64 ^ (key >> 64) as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        self.places.get_mut((mixed >> 56) as usize)
    }
}

/// Texts in the order in which they were first met. All stand in one buffer.
#[derive(Debug, Default)]
pub(super) struct Dictionary {
    text: String,
    ends: Vec<usize>,
    codes: HashTable<u32>,
    hasher: DefaultHashBuilder,
    recent: Recent,
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
        let Some(key) = Recent::key(text) else { return self.code_by_hash(text) };
        match self.recent.place(key) {
            Some((known, code)) if *known == key && *code != NOT_RECENT => *code,
            _ => {
                let code = self.code_by_hash(text);
                if let Some(place) = self.recent.place(key) {
                    *place = (key, code);
                }
                code
            }
        }
    }

    fn code_by_hash(&mut self, text: &str) -> u32 {
        let Self { text: all, ends, codes, hasher, .. } = self;
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
