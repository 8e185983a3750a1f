//! Every colour of the product, and what it stands for. The only file that names a colour.
//!
//! A scene speaks of [`Role`]s; a [`Theme`] resolves them. `style/tokens.css` repeats [`TOKENS`] for the
//! rest of the page, and a test compares the two. Data colours start from Okabe and Ito's set, moved
//! until each has a contrast of 3:1 on its background (text variants 4.5:1) and the first four and slate
//! stay apart under simulated protanopia and deuteranopia, the first two also under tritanopia (Machado,
//! Oliveira and Fernandes 2009); `tests/charts/theme.rs` computes both. Colour is never alone all the same:
//! series also differ in dash and symbol.

/// An opaque sRGB colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rgb(pub u8, pub u8, pub u8);

/// A colour by its CSS name, in both themes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// The custom property: "--ink".
    pub name: &'static str,
    pub light: Rgb,
    pub dark: Rgb,
}

/// The custom properties of the page, with their values in light and in dark.
pub const TOKENS: [Token; 32] = [
    // Paper, and a surface that lies on it (tables, tooltips, fields).
    token("--paper", 0xfbfaf7, 0x14161a),
    token("--raised", 0xffffff, 0x1c1f24),
    // Text: 4.5:1 and more on both.
    token("--ink", 0x1b1d21, 0xeceae4),
    token("--muted", 0x5a5f68, 0xa0a5ae),
    // Borders of controls (3:1), rules between parts, grid lines of charts.
    token("--edge", 0x858a92, 0x6c717b),
    token("--rule", 0xd9d6ce, 0x363a42),
    token("--grid", 0xe9e6df, 0x262a30),
    // The playhead: action, cursor, progress, focus. Text on it is `--on-accent`.
    token("--accent", 0xa3163d, 0xff7590),
    token("--on-accent", 0xffffff, 0x14161a),
    // Verdicts, always beside a word or a sign.
    token("--good", 0x1f6b3f, 0x6fcf97),
    token("--caution", 0x8a5a00, 0xe8b45a),
    token("--stop", 0x9b1c1c, 0xff8f85),
    // Data: marks.
    token("--series-1", 0x0b6fc4, 0x4596ee),
    token("--series-2", 0xb04a0a, 0xec7420),
    token("--series-3", 0x3f9068, 0x7ceebc),
    token("--series-4", 0x85477a, 0xa85a86),
    token("--series-5", 0x977a00, 0xcfbb72),
    token("--series-6", 0x1e8cb6, 0x71c2f0),
    token("--series-7", 0x5e3da1, 0x7565d0),
    // Slate: the control, and whatever the eye should compare with.
    token("--series-8", 0x40454d, 0xa8acb1),
    // Data: text in the colour of its mark.
    token("--series-1-text", 0x0a66b5, 0x5aa2f2),
    token("--series-2-text", 0xa04208, 0xf0833a),
    token("--series-3-text", 0x2f7a55, 0x7ceebc),
    token("--series-4-text", 0x85477a, 0xcf86ae),
    token("--series-5-text", 0x7a6200, 0xcfbb72),
    token("--series-6-text", 0x14739a, 0x71c2f0),
    token("--series-7-text", 0x5e3da1, 0x9d90ea),
    token("--series-8-text", 0x40454d, 0xb4b8bd),
    // Ends and middle of the diverging scale, and the end of the sequential one (it starts at the middle).
    token("--low", 0xb04a0a, 0xec7420),
    token("--middle", 0xf1eee7, 0x20242a),
    token("--high", 0x0b5fa8, 0x4596ee),
    token("--sequential", 0x0b5fa8, 0x4596ee),
];

/// How many data colours there are; slots beyond wrap around.
pub const N_SERIES: u8 = 8;

/// The slot of slate, from 0: controls and references.
pub const SLATE: u8 = 7;

/// What a colour of a scene stands for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Role {
    Background,
    /// What floats over the background.
    Raised,
    Ink,
    Muted,
    Rule,
    Grid,
    Accent,
    /// The mark colour of a slot from 0 to 7; larger ones wrap around.
    Series(u8),
    /// The same, for text.
    SeriesText(u8),
    /// A place on the diverging scale, from -1 to 1.
    Diverging(f64),
    /// A place on the sequential scale, from 0 to 1.
    Sequential(f64),
    /// Ink or background, whichever is easier to read on that place of the diverging scale.
    OnDiverging(f64),
    OnSequential(f64),
}

/// Colours resolved for one appearance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Theme {
    pub background: Rgb,
    pub raised: Rgb,
    pub ink: Rgb,
    pub muted: Rgb,
    pub rule: Rgb,
    pub grid: Rgb,
    pub accent: Rgb,
    pub series: [Rgb; N_SERIES as usize],
    pub series_text: [Rgb; N_SERIES as usize],
    pub low: Rgb,
    pub middle: Rgb,
    pub high: Rgb,
    pub sequential: Rgb,
}

/// System colours of a forced-colours mode, as the browser resolved them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SystemColors {
    /// `Canvas`.
    pub canvas: Rgb,
    /// `CanvasText`.
    pub canvas_text: Rgb,
    /// `GrayText`.
    pub gray_text: Rgb,
    /// `Highlight`.
    pub highlight: Rgb,
    /// `LinkText`.
    pub link_text: Rgb,
}

impl Theme {
    pub fn light() -> Self {
        Self::from_tokens(|token| token.light)
    }

    pub fn dark() -> Self {
        Self::from_tokens(|token| token.dark)
    }

    /// Only the user's own colours. Series alternate between text and link colour; dashes and symbols
    /// tell them apart.
    pub fn forced(system: SystemColors) -> Self {
        let SystemColors { canvas, canvas_text, gray_text, highlight, link_text } = system;
        let mut series = [canvas_text; N_SERIES as usize];
        for slot in series.iter_mut().step_by(2) {
            *slot = link_text;
        }
        Self {
            background: canvas,
            raised: canvas,
            ink: canvas_text,
            muted: canvas_text,
            rule: gray_text,
            grid: mix(canvas, gray_text, 0.35),
            accent: highlight,
            series,
            series_text: series,
            low: gray_text,
            middle: canvas,
            high: link_text,
            sequential: link_text,
        }
    }

    /// The colour of a role.
    pub fn color(&self, role: Role) -> Rgb {
        match role {
            Role::Background => self.background,
            Role::Raised => self.raised,
            Role::Ink => self.ink,
            Role::Muted => self.muted,
            Role::Rule => self.rule,
            Role::Grid => self.grid,
            Role::Accent => self.accent,
            Role::Series(slot) => slot_of(&self.series, slot),
            Role::SeriesText(slot) => slot_of(&self.series_text, slot),
            Role::Diverging(place) => {
                mix(self.middle, if place < 0.0 { self.low } else { self.high }, place.abs())
            }
            Role::Sequential(place) => mix(self.middle, self.sequential, place),
            Role::OnDiverging(place) => self.readable_on(self.color(Role::Diverging(place))),
            Role::OnSequential(place) => self.readable_on(self.color(Role::Sequential(place))),
        }
    }

    /// Ink or paper where one has 4.5:1 on the fill, else black or white, of which one always has.
    fn readable_on(&self, fill: Rgb) -> Rgb {
        const BLACK: Rgb = Rgb(0, 0, 0);
        const WHITE: Rgb = Rgb(255, 255, 255);
        let candidates = [self.ink, self.background, BLACK, WHITE];
        let is_readable = |color: &Rgb| contrast(*color, fill) >= 4.5;
        candidates.into_iter().find(is_readable).unwrap_or(BLACK)
    }

    fn from_tokens(pick: fn(&Token) -> Rgb) -> Self {
        // A name that is not in the table is a mistake in this file; the first test to make a theme sees black.
        let named = |name: &str| TOKENS.iter().find(|token| token.name == name).map_or(Rgb(0, 0, 0), pick);
        let slots =
            |suffix: &str| std::array::from_fn(|slot| named(&format!("--series-{}{suffix}", slot + 1)));
        Self {
            background: named("--paper"),
            raised: named("--raised"),
            ink: named("--ink"),
            muted: named("--muted"),
            rule: named("--rule"),
            grid: named("--grid"),
            accent: named("--accent"),
            series: slots(""),
            series_text: slots("-text"),
            low: named("--low"),
            middle: named("--middle"),
            high: named("--high"),
            sequential: named("--sequential"),
        }
    }
}

impl Rgb {
    /// "#0b6fc4".
    pub fn hex(self) -> String {
        format!("#{:02x}{:02x}{:02x}", self.0, self.1, self.2)
    }

    /// Reads what `getComputedStyle` says: "rgb(27, 29, 33)" or "rgba(27, 29, 33, 1)".
    pub fn from_css(text: &str) -> Option<Self> {
        let inner = text.trim().strip_suffix(')')?.split_once('(')?.1;
        let mut parts = inner.split([',', ' ', '/']).filter(|part| !part.is_empty());
        let mut channel = || parts.next()?.parse::<f64>().ok().map(|value| value.round() as u8);
        Some(Self(channel()?, channel()?, channel()?))
    }
}

/// Contrast of two colours by WCAG 2.2: 1 to 21.
pub fn contrast(a: Rgb, b: Rgb) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// Relative luminance by WCAG 2.2: 0 to 1.
fn luminance(color: Rgb) -> f64 {
    let [red, green, blue] = linear(color);
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/// The three channels in linear light, 0 to 1.
pub fn linear(color: Rgb) -> [f64; 3] {
    [color.0, color.1, color.2].map(|channel| {
        let c = f64::from(channel) / 255.0;
        if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
    })
}

/// A share of the way from one colour to another.
fn mix(from: Rgb, to: Rgb, share: f64) -> Rgb {
    let share = if share.is_finite() { share.clamp(0.0, 1.0) } else { 0.0 };
    let channel = |a: u8, b: u8| (f64::from(a) + (f64::from(b) - f64::from(a)) * share).round() as u8;
    Rgb(channel(from.0, to.0), channel(from.1, to.1), channel(from.2, to.2))
}

fn slot_of(slots: &[Rgb; N_SERIES as usize], slot: u8) -> Rgb {
    slots[usize::from(slot % N_SERIES)]
}

const fn token(name: &'static str, light: u32, dark: u32) -> Token {
    Token { name, light: rgb(light), dark: rgb(dark) }
}

const fn rgb(hex: u32) -> Rgb {
    Rgb((hex >> 16) as u8, (hex >> 8) as u8, hex as u8)
}
