//! Colours: contrast on paper and in the dark, and apart for eyes that see fewer of them.

use playhead::charts::draw::FONT_FAMILY;
use playhead::charts::theme::{Rgb, Role, TOKENS, Theme, contrast, linear};

/// Machado, Oliveira and Fernandes (2009), severity 1: protanopia, deuteranopia, tritanopia.
const SIMULATIONS: [[[f64; 3]; 3]; 3] = [
    [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
];

/// Distance in OKLab times 100; about 2 is a step that is just seen.
const LEAST_DISTANCE: f64 = 8.0;

fn themes() -> [(&'static str, Theme); 2] {
    [("light", Theme::light()), ("dark", Theme::dark())]
}

#[test]
fn texts_have_contrast_four_and_a_half() {
    for (name, theme) in themes() {
        for role in [Role::Ink, Role::Muted, Role::Accent] {
            for ground in [theme.background, theme.raised] {
                let found = contrast(theme.color(role), ground);
                assert!(found >= 4.5, "{name}: {role:?} has {found}");
            }
        }
        for slot in 0..8 {
            let found = contrast(theme.color(Role::SeriesText(slot)), theme.background);
            assert!(found >= 4.5, "{name}: text of series {slot} has {found}");
        }
        for step in -20..=20 {
            let place = f64::from(step) / 20.0;
            let on = contrast(theme.color(Role::OnDiverging(place)), theme.color(Role::Diverging(place)));
            assert!(on >= 4.5, "{name}: figure at {place} has {on}");
            let on = contrast(theme.color(Role::OnSequential(place)), theme.color(Role::Sequential(place)));
            assert!(on >= 4.5, "{name}: figure at {place} has {on}");
        }
    }
}

#[test]
fn marks_have_contrast_three() {
    for (name, theme) in themes() {
        for slot in 0..8 {
            let found = contrast(theme.color(Role::Series(slot)), theme.background);
            assert!(found >= 3.0, "{name}: series {slot} has {found}");
        }
    }
}

#[test]
fn words_of_the_page_can_be_read_too() {
    for pick in [|pair: (Rgb, Rgb)| pair.0, |pair: (Rgb, Rgb)| pair.1] {
        let of = |name: &str| {
            let token = TOKENS.iter().find(|token| token.name == name).unwrap_or_else(|| panic!("{name}"));
            pick((token.light, token.dark))
        };
        for (text, ground, least) in [
            ("--good", "--paper", 4.5),
            ("--caution", "--paper", 4.5),
            ("--stop", "--paper", 4.5),
            ("--on-accent", "--accent", 4.5),
            ("--edge", "--paper", 3.0),
            ("--edge", "--raised", 3.0),
        ] {
            let found = contrast(of(text), of(ground));
            assert!(found >= least, "{text} on {ground}: {found}");
        }
    }
}

#[test]
fn the_first_series_and_slate_stay_apart_for_colour_blind_eyes() {
    let [protanopia, deuteranopia, tritanopia] = SIMULATIONS;
    let frequent: [u8; 5] = [0, 1, 2, 3, 7];
    // Tritanopia is several hundred times rarer; there the symbols carry the third and fourth series.
    let rare: [u8; 3] = [0, 1, 7];
    for (name, theme) in themes() {
        for (matrix, slots) in [(protanopia, &frequent[..]), (deuteranopia, &frequent), (tritanopia, &rare)] {
            for (i, a) in slots.iter().enumerate() {
                for b in &slots[i + 1..] {
                    let seen = |slot: u8| oklab(simulated(theme.color(Role::Series(slot)), &matrix));
                    let (first, second) = (seen(*a), seen(*b));
                    let distance = (0..3).map(|i| (first[i] - second[i]).powi(2)).sum::<f64>().sqrt() * 100.0;
                    assert!(distance >= LEAST_DISTANCE, "{name}: {a} and {b}: {distance}");
                }
            }
        }
    }
}

#[test]
fn the_style_sheet_repeats_the_table() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/style/tokens.css");
    let css = std::fs::read_to_string(path).expect("the tokens");
    // Blocks in the order of the file: light; dark by the system; dark by choice.
    let blocks: Vec<&str> = css.split("{").filter(|block| block.contains("--paper:")).collect();
    assert_eq!(blocks.len(), 3, "one block of colours for light and two for dark");
    for token in TOKENS {
        for (block, color) in blocks.iter().zip([token.light, token.dark, token.dark]) {
            let wanted = format!("{}: {};", token.name, color.hex());
            assert!(block.contains(&wanted), "style/tokens.css lacks {wanted}");
        }
    }
    let fonts = format!("--sans: {FONT_FAMILY};");
    assert!(css.contains(&fonts), "style/tokens.css lacks {fonts}");
}

#[test]
fn colours_are_read_as_browsers_write_them() {
    assert_eq!(Rgb::from_css("rgb(27, 29, 33)"), Some(Rgb(27, 29, 33)));
    assert_eq!(Rgb::from_css("rgba(27, 29, 33, 0.5)"), Some(Rgb(27, 29, 33)));
    assert_eq!(Rgb::from_css("rgb(27 29 33 / 50%)"), Some(Rgb(27, 29, 33)));
    assert_eq!(Rgb::from_css("CanvasText"), None);
}

fn simulated(color: Rgb, matrix: &[[f64; 3]; 3]) -> [f64; 3] {
    let light = linear(color);
    matrix.map(|row| {
        row.iter().zip(light).map(|(weight, channel)| weight * channel).sum::<f64>().clamp(0.0, 1.0)
    })
}

/// Ottosson (2020), from linear sRGB.
fn oklab([r, g, b]: [f64; 3]) -> [f64; 3] {
    let l = (0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b).cbrt();
    let m = (0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b).cbrt();
    let s = (0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b).cbrt();
    [
        0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
        1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
        0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s,
    ]
}
