//! The address: which screen, and the document that a link carries.
//!
//! Everything stands behind `#`, because GitHub Pages rewrites nothing and because what stands there
//! is never sent to a server.
//!
//! - `#/` is the start page,
//! - `#/world/ui-experiment` a case study as it opens,
//! - `#/lab/<document>` any document: its JSON in URL-safe Base64.

use super::case_study;
use super::state::Document;
use super::wire;
use crate::model::{ScenarioSpec, UiExperimentSpec};

#[derive(Debug, Clone, PartialEq)]
pub enum Route {
    Start,
    World(ScenarioSpec),
    /// The work under way, whatever it is.
    Lab,
    Document(Box<Document>),
    /// A link that was cut or mistyped.
    Broken,
}

const UI_EXPERIMENT: &str = "#/world/ui-experiment";
const LAB: &str = "#/lab/";

/// Reads the fragment of the address, with or without `#`.
pub fn parse(fragment: &str) -> Route {
    let path = fragment.strip_prefix('#').unwrap_or(fragment).trim_matches('/');
    if path.is_empty() {
        return Route::Start;
    }
    match path.split_once('/') {
        Some(("world", "ui-experiment")) => {
            Route::World(ScenarioSpec::UiExperiment(UiExperimentSpec::default()))
        }
        Some(("lab", payload)) => match decode(payload) {
            Some(document) => Route::Document(Box::new(document)),
            None => Route::Broken,
        },
        None if path == "lab" => Route::Lab,
        // A plain anchor of the start page, such as "#what-it-is".
        None => Route::Start,
        _ => Route::Broken,
    }
}

/// The fragment that brings a document back, with `#`.
pub fn fragment(document: &Document) -> String {
    let world = ScenarioSpec::UiExperiment(UiExperimentSpec::default());
    let document = document.renumbered(0);
    if document == case_study::document(&world) {
        return UI_EXPERIMENT.into();
    }
    format!("{LAB}{}", to_base64(wire::document_text(&document).as_bytes()))
}

fn decode(payload: &str) -> Option<Document> {
    wire::read_document(&String::from_utf8(from_base64(payload)?).ok()?)
}

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// URL-safe Base64 without padding (RFC 4648, section 5).
fn to_base64(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let part = |i: usize| u32::from(chunk.get(i).copied().unwrap_or(0));
        let bits = part(0) << 16 | part(1) << 8 | part(2);
        for i in 0..=chunk.len() {
            let digit = (bits >> (18 - 6 * i)) & 63;
            text.push(char::from(ALPHABET[digit as usize]));
        }
    }
    text
}

/// `None` where a character is not of the alphabet or the length is impossible.
fn from_base64(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() * 3 / 4);
    for chunk in text.as_bytes().chunks(4) {
        if chunk.len() == 1 {
            return None;
        }
        let mut bits = 0;
        for i in 0..4 {
            let digit = match chunk.get(i) {
                Some(byte) => ALPHABET.iter().position(|letter| letter == byte)?,
                None => 0,
            };
            bits = bits << 6 | digit as u32;
        }
        let whole = [(bits >> 16) as u8, (bits >> 8) as u8, bits as u8];
        bytes.extend_from_slice(&whole[..chunk.len() - 1]);
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::state::{DataSource, SourceKind};

    #[test]
    fn base64_survives_every_length() {
        for n in 0..20_u8 {
            let bytes: Vec<u8> = (0..n).map(|i| i.wrapping_mul(83) ^ 0xa5).collect();
            assert_eq!(from_base64(&to_base64(&bytes)), Some(bytes));
        }
        assert_eq!(to_base64(b"any carnal pleas"), "YW55IGNhcm5hbCBwbGVhcw");
        assert_eq!(from_base64("a+b/"), None);
    }

    #[test]
    fn a_link_brings_the_document_back_without_the_file() {
        let mut document = case_study::document(&ScenarioSpec::UiExperiment(UiExperimentSpec {
            seed: 7,
            effect_clicks: -0.123_456_789,
            ..UiExperimentSpec::default()
        }));
        let id = document.take_id();
        let kind = SourceKind::File {
            file_id: Some(3),
            name: "séances.csv".into(),
            n_bytes: 12,
            fingerprint: Some("00c0ffee00c0ffee".into()),
            table: "seances".into(),
            options: Default::default(),
        };
        document.sources.push(DataSource { id, kind });
        let Route::Document(read) = parse(&fragment(&document)) else { panic!("a document") };
        if let Some(SourceKind::File { file_id, .. }) =
            document.sources.last_mut().map(|source| &mut source.kind)
        {
            *file_id = None;
        }
        assert_eq!(*read, document.renumbered(0));
    }

    #[test]
    fn a_case_study_keeps_its_short_address() {
        let world = ScenarioSpec::UiExperiment(UiExperimentSpec::default());
        assert_eq!(fragment(&case_study::document(&world)), "#/world/ui-experiment");
        assert_eq!(parse("#/world/ui-experiment"), Route::World(world));
    }

    #[test]
    fn other_addresses() {
        assert_eq!(parse(""), Route::Start);
        assert_eq!(parse("#/"), Route::Start);
        assert_eq!(parse("#about"), Route::Start);
        assert_eq!(parse("#/lab/%%%"), Route::Broken);
        assert_eq!(parse("#/world/atlantis"), Route::Broken);
    }
}
