"""Exact moments of samples, NIST's univariate sets among them. Writes moments.json.

Run: python make_moments.py   (mpmath 1.4.1, numpy 2.4, scipy 1.17.1)
Float64 inputs are taken exactly and summed as fractions; `certified` are NIST's own values (StRD, 15 digits), which belong to
the decimal inputs and so differ from the exact ones where a decimal is not a float64 number.
"""

import json
import pathlib
from fractions import Fraction

import mpmath as mp
import numpy as np
import scipy
from scipy import stats

mp.mp.dps = 50
HERE = pathlib.Path(__file__).parent

LOTTERY = [
    162, 671, 933, 414, 788, 730, 817, 33, 536, 875, 670, 236, 473, 167, 877, 980, 316, 950, 456, 92, 517, 557, 956, 954, 104,
    178, 794, 278, 147, 773, 437, 435, 502, 610, 582, 780, 689, 562, 964, 791, 28, 97, 848, 281, 858, 538, 660, 972, 671, 613,
    867, 448, 738, 966, 139, 636, 847, 659, 754, 243, 122, 455, 195, 968, 793, 59, 730, 361, 574, 522, 97, 762, 431, 158, 429,
    414, 22, 629, 788, 999, 187, 215, 810, 782, 47, 34, 108, 986, 25, 644, 829, 630, 315, 567, 919, 331, 207, 412, 242, 607,
    668, 944, 749, 168, 864, 442, 533, 805, 372, 63, 458, 777, 416, 340, 436, 140, 919, 350, 510, 572, 905, 900, 85, 389, 473,
    758, 444, 169, 625, 692, 140, 897, 672, 288, 312, 860, 724, 226, 884, 508, 976, 741, 476, 417, 831, 15, 318, 432, 241, 114,
    799, 955, 833, 358, 935, 146, 630, 830, 440, 642, 356, 373, 271, 715, 367, 393, 190, 669, 8, 861, 108, 795, 269, 590, 326,
    866, 64, 523, 862, 840, 219, 382, 998, 4, 628, 305, 747, 247, 34, 747, 729, 645, 856, 974, 24, 568, 24, 694, 608, 480, 410,
    729, 947, 293, 53, 930, 223, 203, 677, 227, 62, 455, 387, 318, 562, 242, 428, 968,
]
MICHELSO = [
    299.85, 299.74, 299.90, 300.07, 299.93, 299.85, 299.95, 299.98, 299.98, 299.88, 300.00, 299.98, 299.93, 299.65, 299.76,
    299.81, 300.00, 300.00, 299.96, 299.96, 299.96, 299.94, 299.96, 299.94, 299.88, 299.80, 299.85, 299.88, 299.90, 299.84,
    299.83, 299.79, 299.81, 299.88, 299.88, 299.83, 299.80, 299.79, 299.76, 299.80, 299.88, 299.88, 299.88, 299.86, 299.72,
    299.72, 299.62, 299.86, 299.97, 299.95, 299.88, 299.91, 299.85, 299.87, 299.84, 299.84, 299.85, 299.84, 299.84, 299.84,
    299.89, 299.81, 299.81, 299.82, 299.80, 299.77, 299.76, 299.74, 299.75, 299.76, 299.91, 299.92, 299.89, 299.86, 299.88,
    299.72, 299.84, 299.85, 299.85, 299.78, 299.89, 299.84, 299.78, 299.81, 299.76, 299.81, 299.79, 299.81, 299.82, 299.85,
    299.87, 299.87, 299.81, 299.74, 299.81, 299.94, 299.95, 299.80, 299.81, 299.87,
]


def exact(values):
    """Exact moments as float64: mean, variance (n-1), G1, G2; None where undefined."""
    x = [Fraction(v) for v in values]
    n = len(x)
    mean = sum(x) / n
    m2, m3, m4 = (sum((v - mean) ** k for v in x) for k in (2, 3, 4))
    mpf = lambda q: mp.mpf(q.numerator) / q.denominator
    out = {"n": n, "mean": float(mean), "sum": float(sum(x)), "sd": None, "skewness": None, "kurtosis": None}
    if n > 1:
        out["sd"] = float(mp.sqrt(mpf(m2 / (n - 1))))
    if n > 2 and m2 > 0:
        g1 = mpf(m3 / n) / mp.sqrt(mpf(m2 / n)) ** 3
        out["skewness"] = float(g1 * mp.sqrt(n * (n - 1)) / (n - 2))
    if n > 3 and m2 > 0:
        g2 = m4 / n / (m2 / n) ** 2 - 3
        out["kurtosis"] = float(mpf(Fraction(n - 1, (n - 2) * (n - 3)) * ((n + 1) * g2 + 6)))
    return out


def alternating(start, low, high, pairs):
    return [start] + [low, high] * pairs


rng = np.random.default_rng(20240301)
samples = {
    "NumAcc1": ([10000001.0, 10000003.0, 10000002.0], [10000002.0, 1.0]),
    "NumAcc2": (alternating(1.2, 1.1, 1.3, 500), [1.2, 0.1]),
    "NumAcc3": (alternating(1000000.2, 1000000.1, 1000000.3, 500), [1000000.2, 0.1]),
    "NumAcc4": (alternating(10000000.2, 10000000.1, 10000000.3, 500), [10000000.2, 0.1]),
    "Lottery": ([float(v) for v in LOTTERY], [518.958715596330, 291.699727470969]),
    "Michelso": (MICHELSO, [299.852400000000, 0.0790105478190518]),
    "skewed": ([float(v) for v in np.round(rng.gamma(0.7, 40.0, 300), 2)], None),
    "offset": ([float(v) for v in 1e9 + rng.normal(0, 1, 200)], None),
    "one": ([3.25], None),
    "two": ([3.25, -1.5], None),
    "three": ([0.1, 0.2, 0.7], None),
    "four": ([1.0, 2.0, 4.0, 8.0], None),
    "constant": ([0.1] * 10, None),
    "wide": ([1e-200, 1e150, -1e150, 3.0], None),
}
assert len(LOTTERY) == 218 and len(MICHELSO) == 100
out = {"versions": {"mpmath": mp.__version__, "numpy": np.__version__, "scipy": scipy.__version__}, "samples": {}}
for name, (values, certified) in samples.items():
    case = {"values": values, "exact": exact(values), "certified": certified}
    if name not in ("wide", "offset", "constant") and len(values) > 3:
        # A second opinion on the formulas.
        assert np.isclose(case["exact"]["skewness"], stats.skew(values, bias=False), rtol=1e-6, atol=1e-6)
        assert np.isclose(case["exact"]["kurtosis"], stats.kurtosis(values, bias=False), rtol=1e-6, atol=1e-6)
    case["quantiles"] = [float(q) for q in np.quantile(values, [0, 0.01, 0.25, 0.5, 0.77, 1])]
    out["samples"][name] = case
(HERE / "moments.json").write_text(json.dumps(out, separators=(",", ":")).replace('},"', '},\n"') + "\n")
