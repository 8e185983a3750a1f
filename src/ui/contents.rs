//! What a file is known by: its name, its size and a fingerprint of its contents. A link, kept work and a workspace
//! name their files by these, and [`compare`] alone says whether a file is the one they mean.

use super::command::FileAtHand;
use super::state::{DataSource, Document, SourceKind};
use crate::format;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Known<'a> {
    pub name: &'a str,
    pub n_bytes: u64,
    /// `None`: older links have none, and a file that could not be read.
    pub fingerprint: Option<&'a str>,
}

/// How far a file is the one that is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likeness {
    OtherName,
    OtherSize,
    /// Name and size agree, the fingerprints do not.
    OtherContents,
    /// As far as is known.
    Same,
}

pub fn compare(wanted: Known<'_>, given: Known<'_>) -> Likeness {
    if wanted.name != given.name {
        return Likeness::OtherName;
    }
    if wanted.n_bytes != given.n_bytes {
        return Likeness::OtherSize;
    }
    match (wanted.fingerprint, given.fingerprint) {
        (Some(wanted), Some(given)) if wanted != given => Likeness::OtherContents,
        _ => Likeness::Same,
    }
}

impl FileAtHand {
    pub fn known(&self) -> Known<'_> {
        Known { name: &self.name, n_bytes: self.n_bytes, fingerprint: self.fingerprint.as_deref() }
    }
}

impl SourceKind {
    /// The file that it reads, with its number if it is at hand.
    pub fn file(&self) -> Option<(Known<'_>, Option<u32>)> {
        match self {
            Self::File { file_id, name, n_bytes, fingerprint, .. } => {
                Some((Known { name, n_bytes: *n_bytes, fingerprint: fingerprint.as_deref() }, *file_id))
            }
            Self::World { .. } | Self::Join { .. } | Self::Recipe { .. } => None,
        }
    }
}

impl DataSource {
    /// The file that it waits for.
    pub fn waits_for(&self) -> Option<Known<'_>> {
        self.kind.file().filter(|(_, file_id)| file_id.is_none()).map(|(known, _)| known)
    }
}

/// The files that the document reads and that are not at hand.
pub fn wanted_files(document: &Document) -> Vec<Known<'_>> {
    document.sources.iter().filter_map(DataSource::waits_for).collect()
}

/// Gives a file to the sources that wait for it, also where it is another of that name if `takes_other`. Says how far it
/// was waited for: [`Likeness::Same`] where it was taken.
pub fn give(document: &mut Document, file: &FileAtHand, takes_other: bool) -> Likeness {
    let mut best = Likeness::OtherName;
    for source in &mut document.sources {
        let Some(wanted) = source.waits_for() else { continue };
        let mut likeness = compare(wanted, file.known());
        if takes_other && likeness != Likeness::OtherName {
            likeness = Likeness::Same;
        }
        if likeness == Likeness::Same {
            put(&mut source.kind, file);
        }
        best = best.max(likeness);
    }
    best
}

/// Makes a source read this file.
pub fn put(kind: &mut SourceKind, file: &FileAtHand) {
    if let SourceKind::File { file_id, n_bytes, fingerprint, .. } = kind {
        *file_id = Some(file.file_id);
        *n_bytes = file.n_bytes;
        fingerprint.clone_from(&file.fingerprint);
    }
}

/// In what a file of the right name is another than the one that is meant.
pub fn difference(wanted: Known<'_>, given: Known<'_>) -> Option<String> {
    let what = match compare(wanted, given) {
        Likeness::OtherSize => format!(
            "has the same name, but {} instead of {}",
            format::plural(given.n_bytes, "byte", "bytes"),
            format::count(wanted.n_bytes)
        ),
        Likeness::OtherContents => "has the same name and size, but other contents".into(),
        Likeness::OtherName | Likeness::Same => return None,
    };
    let name = given.name;
    Some(format!(
        "This is another file than the one this report was made with: {name} {what}. Figures will differ."
    ))
}

const EDGE_BYTES: u64 = 64 << 10;
const PIECE_BYTES: u64 = 16 << 10;
const N_PIECES: u64 = 8;

/// The parts of a file that its fingerprint covers, by first byte and the byte behind the last. Up to 256 KB: all.
pub fn pieces(n_bytes: u64) -> Vec<(u64, u64)> {
    if n_bytes <= 2 * EDGE_BYTES + N_PIECES * PIECE_BYTES {
        return vec![(0, n_bytes)];
    }
    let stride = (n_bytes - 2 * EDGE_BYTES) / N_PIECES;
    let inner = (0..N_PIECES).map(|i| {
        let start = EDGE_BYTES + i * stride + (stride - PIECE_BYTES) / 2;
        (start, start + PIECE_BYTES)
    });
    let mut pieces = vec![(0, EDGE_BYTES)];
    pieces.extend(inner);
    pieces.push((n_bytes - EDGE_BYTES, n_bytes));
    pieces
}

/// FNV-1a of 64 bits over the size (8 bytes, the lowest first) and the bytes of all [`pieces`], as 16 hexadecimal digits.
/// Links hold it: another way to make it would take every file of theirs for another.
pub fn fingerprint(n_bytes: u64, pieces: &[u8]) -> String {
    let hash = fnv_1a(FNV_START, &n_bytes.to_le_bytes());
    format!("{:016x}", fnv_1a(hash, pieces))
}

const FNV_START: u64 = 0xcbf2_9ce4_8422_2325;

fn fnv_1a(hash: u64, bytes: &[u8]) -> u64 {
    bytes.iter().fold(hash, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known<'a>(name: &'a str, n_bytes: u64, fingerprint: Option<&'a str>) -> Known<'a> {
        Known { name, n_bytes, fingerprint }
    }

    #[test]
    fn a_file_is_the_one_that_is_meant_by_name_size_and_contents() {
        let wanted = known("users.csv", 20, Some("a"));
        assert_eq!(compare(wanted, wanted), Likeness::Same);
        assert_eq!(compare(wanted, known("users.csv", 20, Some("b"))), Likeness::OtherContents);
        assert_eq!(compare(wanted, known("users.csv", 21, Some("a"))), Likeness::OtherSize);
        assert_eq!(compare(wanted, known("Users.csv", 20, Some("a"))), Likeness::OtherName);
        assert_eq!(compare(wanted, known("users.csv", 20, None)), Likeness::Same, "as far as is known");
        assert_eq!(
            compare(known("users.csv", 20, None), wanted),
            Likeness::Same,
            "a link without fingerprints"
        );
        assert_eq!(difference(wanted, wanted), None);
        let larger = difference(wanted, known("users.csv", 1_021, None)).unwrap();
        assert!(larger.contains("users.csv has the same name, but 1,021 bytes instead of 20."), "{larger}");
    }

    #[test]
    fn the_fingerprint_never_changes() {
        // Vectors of the authors of FNV.
        assert_eq!(fnv_1a(FNV_START, b""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(fnv_1a(FNV_START, b"a"), 0xaf63_dc4c_8601_ec8c);
        assert_eq!(fnv_1a(FNV_START, b"foobar"), 0x8594_4171_f739_67e8);
        assert_eq!(fingerprint(0, b""), "a8c7f832281a39c5");
        assert_eq!(fingerprint(8, b"a,b\n1,2\n").len(), 16);
        assert_ne!(fingerprint(8, b"a,b\n1,2\n"), fingerprint(8, b"a,b\n1,3\n"));
    }

    #[test]
    fn the_beginning_the_end_and_pieces_between_are_covered() {
        assert_eq!(pieces(0), [(0, 0)]);
        assert_eq!(pieces(256 << 10), [(0, 256 << 10)]);
        for n_bytes in [(256 << 10) + 1, (256 << 10) + 9, 1 << 20, 3_000_000_001, 1 << 50] {
            let pieces = pieces(n_bytes);
            let n_covered: u64 = pieces.iter().map(|(start, end)| end - start).sum();
            assert!(n_covered <= 256 << 10, "{n_covered} of {n_bytes}");
            assert_eq!((pieces[0].0, pieces[pieces.len() - 1].1), (0, n_bytes));
            assert!(pieces.windows(2).all(|two| two[0].1 <= two[1].0), "apart and in order: {pieces:?}");
        }
        let hundred = pieces(100 << 20);
        let gaps: Vec<u64> = hundred.windows(2).map(|two| two[1].0 - two[0].1).collect();
        assert!(gaps[1..8].iter().all(|gap| *gap == gaps[1]), "evenly spaced: {gaps:?}");
    }
}
