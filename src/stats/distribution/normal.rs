//! The standard normal distribution.

const INV_SQRT_2: f64 = std::f64::consts::FRAC_1_SQRT_2;
/// What 1/sqrt(2) has beyond the 53 bits of [`INV_SQRT_2`].
const INV_SQRT_2_LOW: f64 = -4.833_646_656_726_457e-17;
const INV_SQRT_TWO_PI: f64 = 0.398_942_280_401_432_7;

/// P(X > x) = erfc(x / sqrt 2) / 2. Relative error below 1e-14 down to 1e-307.
pub fn sf(x: f64) -> f64 {
    // x / sqrt 2 rounds, and far out erfc multiplies that error by x^2: the rest of the product is
    // put back through the derivative of erfc.
    let z = x * INV_SQRT_2;
    if !z.is_finite() {
        return if z > 0.0 { 0.0 } else { 1.0 };
    }
    let rest = x.mul_add(INV_SQRT_2, -z) + x * INV_SQRT_2_LOW;
    let slope = std::f64::consts::FRAC_2_SQRT_PI * libm::exp(-z * z);
    0.5 * (libm::erfc(z) - slope * rest)
}

/// P(X <= x).
pub fn cdf(x: f64) -> f64 {
    sf(-x)
}

pub fn pdf(x: f64) -> f64 {
    INV_SQRT_TWO_PI * libm::exp(-0.5 * x * x)
}

/// The x with P(X > x) = p. Infinite for p = 0 and 1; `p` is held within [0, 1].
///
/// Wichura's AS 241 (PPND16, relative error 1e-16), then one step of Halley's method on [`sf`].
pub fn isf(p: f64) -> f64 {
    if !(p > 0.0) {
        return f64::INFINITY;
    }
    if p >= 1.0 {
        return f64::NEG_INFINITY;
    }
    let x = -as_241(p);
    let density = pdf(x);
    if density <= 0.0 {
        return x;
    }
    // The upper half is solved in its own small tail: 1 - p is exact there.
    let step = if p <= 0.5 { (sf(x) - p) / density } else { ((1.0 - p) - sf(-x)) / density };
    x + step / (1.0 - 0.5 * x * step)
}

/// The x with P(X <= x) = p.
pub fn quantile(p: f64) -> f64 {
    -isf(p)
}

/// Wichura (1988), Algorithm AS 241: the percentage points of the normal distribution.
fn as_241(p: f64) -> f64 {
    let q = p - 0.5;
    if q.abs() <= 0.425 {
        let r = 0.180_625 - q * q;
        return q * polynomial(&CENTRE_TOP, r) / polynomial(&CENTRE_BOTTOM, r);
    }
    let tail = if q < 0.0 { p } else { 1.0 - p };
    let r = (-libm::log(tail)).sqrt();
    let x = if r <= 5.0 {
        polynomial(&NEAR_TOP, r - 1.6) / polynomial(&NEAR_BOTTOM, r - 1.6)
    } else {
        polynomial(&FAR_TOP, r - 5.0) / polynomial(&FAR_BOTTOM, r - 5.0)
    };
    if q < 0.0 { -x } else { x }
}

/// Coefficients from the highest power down.
fn polynomial(coefficients: &[f64; 8], r: f64) -> f64 {
    coefficients.iter().fold(0.0, |value, c| value * r + c)
}

const CENTRE_TOP: [f64; 8] = [
    2.509_080_928_730_122_6e3,
    3.343_057_558_358_813e4,
    6.726_577_092_700_87e4,
    4.592_195_393_154_987e4,
    1.373_169_376_550_946e4,
    1.971_590_950_306_551_3e3,
    1.331_416_678_917_843_8e2,
    3.387_132_872_796_366_5e0,
];
const CENTRE_BOTTOM: [f64; 8] = [
    5.226_495_278_852_854e3,
    2.872_908_573_572_194_3e4,
    3.930_789_580_009_271e4,
    2.121_379_430_158_659_7e4,
    5.394_196_021_424_751e3,
    6.871_870_074_920_579e2,
    4.231_333_070_160_091e1,
    1.0,
];
const NEAR_TOP: [f64; 8] = [
    7.745_450_142_783_414e-4,
    2.272_384_498_926_918_4e-2,
    2.417_807_251_774_506e-1,
    1.270_458_252_452_368_4e0,
    3.647_848_324_763_204_5e0,
    5.769_497_221_460_691e0,
    4.630_337_846_156_546e0,
    1.423_437_110_749_683_5e0,
];
const NEAR_BOTTOM: [f64; 8] = [
    1.050_750_071_644_416_9e-9,
    5.475_938_084_995_345e-4,
    1.519_866_656_361_645_7e-2,
    1.481_039_764_274_800_8e-1,
    6.897_673_349_851e-1,
    1.676_384_830_183_803_8e0,
    2.053_191_626_637_759,
    1.0,
];
const FAR_TOP: [f64; 8] = [
    2.010_334_399_292_288_1e-7,
    2.711_555_568_743_487_6e-5,
    1.242_660_947_388_078_4e-3,
    2.653_218_952_657_612_4e-2,
    2.965_605_718_285_049e-1,
    1.784_826_539_917_291_3e0,
    5.463_784_911_164_114e0,
    6.657_904_643_501_103e0,
];
const FAR_BOTTOM: [f64; 8] = [
    2.044_263_103_389_939_8e-15,
    1.421_511_758_316_446e-7,
    1.846_318_317_510_054_8e-5,
    7.868_691_311_456_133e-4,
    1.487_536_129_085_061_5e-2,
    1.369_298_809_227_358e-1,
    5.998_322_065_558_879e-1,
    1.0,
];
