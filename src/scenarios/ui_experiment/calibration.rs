//! What is expected of a session under A, by cell, and where the effect of B is strongest.
//!
//! The numbers are solved by `calibrate.py` beside this file; `world.rs` tests that they meet the published figures.

use super::levels::{COUNTRIES, Cell, TIERS};

/// A mean as `g(intercept + coefficients)`: `g` is `exp` for lengths and clicks, the logistic function for shares.
/// Each factor's coefficients are zero on average over the population of sessions.
#[derive(Debug)]
pub struct Predictor {
    intercept: f64,
    device: [f64; 3],
    time: [f64; 4],
    genre: [f64; 7],
    tier: [f64; 3],
    country: [f64; 7],
    us_premium: f64,
}

impl Predictor {
    /// The linear predictor of a cell under A.
    pub fn under_a(&self, cell: Cell) -> f64 {
        let is_us_premium =
            COUNTRIES[usize::from(cell.country)] == "US" && TIERS[usize::from(cell.tier)] == "Premium";
        self.intercept
            + self.device[usize::from(cell.device)]
            + self.time[usize::from(cell.time)]
            + self.genre[usize::from(cell.genre)]
            + self.tier[usize::from(cell.tier)]
            + self.country[usize::from(cell.country)]
            + if is_us_premium { self.us_premium } else { 0.0 }
    }
}

/// How strong the effect of B on the linear predictor is in a cell, relative to other cells: most on mobile and at night.
pub fn relative_strength(cell: Cell) -> f64 {
    const DEVICE: [f64; 3] = [0.6, 0.8, 1.6];
    const TIME: [f64; 4] = [0.7, 0.8, 0.9, 1.4];
    DEVICE[usize::from(cell.device)] * TIME[usize::from(cell.time)]
}

/// A session that does not lead to watching, which has probability n, ends in a bounce with probability c / (n + c).
/// So bounces follow watching: B's rate is 12 % below A's at the default effect on watching, and equal to it without one.
pub const BOUNCE_CONSTANT: f64 = 0.226_358_459_035;

/// Minutes (log).
pub const LENGTH: Predictor = Predictor {
    intercept: 2.335_108_878_334,
    device: [0.256_535_894_242, 0.031_110_563_492, -0.361_980_694_030],
    time: [-0.325_338_071_168, -0.117_936_822_554, 0.106_992_286_477, 0.128_069_911_631],
    genre: [
        0.186_905_648_564,
        0.110_956_753_264,
        0.093_352_012_335,
        0.004_584_091_771,
        -0.153_230_111_951,
        -0.221_729_034_305,
        -0.279_447_829_219,
    ],
    tier: [-0.165_652_563_568, 0.045_885_441_626, 0.064_801_819_119],
    country: [
        0.097_171_814_482,
        -0.081_917_090_321,
        -0.075_728_612_001,
        0.077_903_395_616,
        -0.028_754_978_758,
        -0.084_844_445_409,
        -0.142_326_117_697,
    ],
    us_premium: 0.298_632_426_518,
};

/// Probability of watching (logit).
pub const WATCH: Predictor = Predictor {
    intercept: 0.732_853_148_426,
    device: [0.158_477_498_809, 0.053_059_160_878, -0.251_112_285_400],
    time: [-0.543_686_836_636, -0.178_979_257_147, 0.141_323_477_344, 0.236_437_359_082],
    genre: [
        0.116_776_381_098,
        0.068_803_601_047,
        0.043_218_075_728,
        -0.011_960_479_680,
        -0.093_981_352_145,
        -0.123_544_347_584,
        -0.145_519_402_222,
    ],
    tier: [-0.133_988_591_250, -0.006_778_070_744, 0.097_494_093_771],
    country: [
        0.034_645_349_171,
        0.010_483_504_203,
        -0.057_964_334_557,
        0.019_748_907_312,
        -0.038_978_144_189,
        -0.076_818_142_775,
        -0.099_984_073_705,
    ],
    us_premium: 0.0,
};

/// Probability of completing, once watching (logit).
pub const COMPLETION: Predictor = Predictor {
    intercept: 0.065_241_026_436,
    device: [0.300_478_542_784, 0.098_827_610_736, -0.474_675_521_127],
    time: [-0.372_753_061_318, -0.097_489_142_065, 0.115_830_207_155, 0.130_556_635_522],
    genre: [
        0.265_820_884_357,
        0.156_834_308_803,
        0.098_833_507_432,
        -0.026_320_618_318,
        -0.213_702_429_047,
        -0.281_999_971_312,
        -0.333_134_365_592,
    ],
    tier: [-0.320_958_618_900, -0.015_407_113_264, 0.232_687_453_420],
    country: [
        0.082_905_825_635,
        0.025_184_956_255,
        -0.138_805_054_118,
        0.047_321_633_319,
        -0.093_195_285_604,
        -0.184_236_951_626,
        -0.240_297_546_002,
    ],
    us_premium: 0.0,
};

/// Clicks before watching (log).
pub const CLICKS: Predictor = Predictor {
    intercept: 0.336_962_582_128,
    device: [-0.109_292_710_627, -0.033_586_905_337, 0.170_736_043_284],
    time: [0.098_128_576_271, 0.022_856_879_177, -0.038_742_192_342, -0.025_439_089_224],
    genre: [
        -0.087_799_099_291,
        -0.050_823_629_622,
        -0.031_351_819_872,
        0.010_054_267_578,
        0.070_121_775_677,
        0.091_338_427_697,
        0.106_960_634_751,
    ],
    tier: [0.098_670_733_124, 0.006_107_556_476, -0.072_942_039_843],
    country: [
        -0.025_775_813_909,
        -0.007_634_859_747,
        0.042_923_148_113,
        -0.014_573_258_543,
        0.029_022_640_295,
        0.056_633_077_918,
        0.073_350_923_932,
    ],
    us_premium: 0.0,
};
