//! One short text for the contents of many files: what is unchanged need not be built again.

use sha2::{Digest, Sha256};
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// Of everything that decides what the site is.
pub fn of_site_inputs(root: &Path, extra: &[&str]) -> String {
    let inputs = [
        "src",
        "style",
        "public",
        "index.html",
        "Trunk.toml",
        "Cargo.toml",
        "Cargo.lock",
        ".cargo/config.toml",
        "xtask/src",
        "tests/browser/package-lock.json",
    ];
    let files: Vec<PathBuf> =
        inputs.iter().flat_map(|input| crate::paths::files_below(&root.join(input))).collect();
    of_files(root, &files, extra)
}

fn of_files(root: &Path, files: &[PathBuf], extra: &[&str]) -> String {
    let mut hasher = Sha256::new();
    for text in extra {
        hasher.update(text.as_bytes());
        hasher.update([0]);
    }
    for file in files {
        let name = file.strip_prefix(root).unwrap_or(file).to_string_lossy();
        // A file that goes away between listing and reading counts as empty; the build will say more.
        let contents = std::fs::read(file).unwrap_or_default();
        hasher.update(name.as_bytes());
        hasher.update((contents.len() as u64).to_le_bytes());
        hasher.update(&contents);
    }
    hexadecimal(&hasher.finalize())
}

/// SHA-256 as 64 hexadecimal digits.
pub fn of_bytes(parts: &[&[u8]]) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update(part);
    }
    hexadecimal(&hasher.finalize())
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sha256_of_abc() {
        // FIPS 180-2, appendix B.1.
        let expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(of_bytes(&[b"a", b"bc"]), expected);
    }

    #[test]
    fn a_changed_byte_and_a_changed_option_are_seen() {
        let folder = std::env::temp_dir().join(format!("playhead-fingerprint-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let file = folder.join("a.txt");
        let mut seen = Vec::new();
        for (contents, option) in [("one", "/"), ("two", "/"), ("two", "/x/")] {
            std::fs::write(&file, contents).unwrap();
            seen.push(of_files(&folder, std::slice::from_ref(&file), &[option]));
        }
        std::fs::remove_dir_all(&folder).unwrap();
        assert!(seen[0] != seen[1] && seen[1] != seen[2]);
    }
}
