"""Reference values of the distribution functions, from mpmath with 60 digits. Writes distributions.json.

Run: python make_distributions.py   (mpmath 1.4.1, scipy 1.17.1)
Every case is {"f": name, "args": [...], "value": x}; arguments are float64 numbers, taken exactly.
"""

import json
import pathlib

import mpmath as mp
import scipy
from scipy import stats

mp.mp.dps = 60
HERE = pathlib.Path(__file__).parent
cases = []


def add(f, args, value):
    cases.append({"f": f, "args": [float(a) for a in args], "value": float(value)})


def normal_sf(x):
    return mp.erfc(mp.mpf(x) / mp.sqrt(2)) / 2


def beta_lower(a, b, x):
    """I_x(a, b)."""
    a, b, x = mp.mpf(a), mp.mpf(b), mp.mpf(x)
    return mp.betainc(a, b, 0, x, regularized=True)


def t_sf(t, df):
    t, df = mp.mpf(t), mp.mpf(df)
    if df > 1e7:
        # 1/2 minus the middle, whose series alternates: enough digits that the cancellation does not matter.
        with mp.workdps(400):
            scale = mp.exp(mp.loggamma((df + 1) / 2) - mp.loggamma(df / 2)) / mp.sqrt(df * mp.pi)
            return mp.mpf(1) / 2 - t * scale * mp.hyp2f1(mp.mpf(1) / 2, (df + 1) / 2, mp.mpf(3) / 2, -t * t / df)
    x = df / (df + t * t)
    tail = beta_lower(df / 2, mp.mpf(1) / 2, x) / 2
    return tail if t >= 0 else 1 - tail


def f_sf(x, d1, d2):
    x, d1, d2 = map(mp.mpf, (x, d1, d2))
    return beta_lower(d2 / 2, d1 / 2, d2 / (d2 + d1 * x))


def chi2_sf(x, df):
    return mp.gammainc(mp.mpf(df) / 2, mp.mpf(x) / 2, mp.inf, regularized=True)


def solve(tail, p, start):
    """x > 0 with tail(x) = p, in logs, by the secant method from scipy's value."""
    p = mp.mpf(p)
    g = lambda s: mp.log(tail(mp.exp(s)) / p)
    s = mp.log(mp.mpf(start))
    return mp.exp(mp.findroot(g, (s, s + mp.mpf("1e-6")), tol=1e-45, maxsteps=100))


TAILS = [0.499, 0.4, 0.25, 0.1, 0.025, 0.005, 1e-4, 1e-8, 1e-16, 1e-40, 1e-100, 1e-250]

for x in [-8.0, -1.5, -0.1, 0.0, 1e-9, 0.3, 1.0, 1.96, 3.3, 5.5, 8.25, 12.7, 21.83, 30.1, 36.6752, 37.5]:
    add("normal_sf", [x], normal_sf(x))
for p in TAILS + [0.5, 0.7, 0.975, 0.999999, 1 - 2.0**-53, 1e-300]:
    x = mp.mpf(stats.norm.isf(p))
    add("normal_isf", [p], mp.findroot(lambda s: mp.log(normal_sf(s) / mp.mpf(p)), x) if p != 0.5 else 0)

for df in [0.3, 1.0, 2.0, 2.7, 4.0, 11.5, 30.0, 118.2, 4980.564154203092, 1e6]:
    for t in [-2.5, 0.01, 0.4, 1.0, 1.96, 4.0, 9.5, 17.41377, 26.0, 1e3]:
        value = t_sf(t, df)
        if value > mp.mpf("1e-300"):
            add("t_sf", [t, df], value)
for df in [1e9, 1e12]:
    for t in [0.4, 1.96, 8.0, 22.5]:
        add("t_sf", [t, df], t_sf(t, df))
for df in [0.3, 1.0, 2.0, 2.7, 4.0, 30.0, 4980.564154203092, 1e6]:
    for p in TAILS:
        start = stats.t.isf(p, df)
        if 0 < start < 1e100:
            add("t_isf", [p, df], solve(lambda x: t_sf(x, df), p, start))

for df in [0.5, 1.0, 2.0, 3.0, 7.5, 40.0, 999.0, 1e5]:
    for p in TAILS + [0.9, 0.999]:
        start = stats.chi2.isf(p, df)
        if start > 1e-30:
            x = float(solve(lambda v: chi2_sf(v, df), p, start))
            add("chi2_isf", [p, df], solve(lambda v: chi2_sf(v, df), p, start))
            add("chi2_sf", [x, df], chi2_sf(x, df))

for d1, d2 in [(1, 1), (3, 40), (2.5, 7.25), (20, 5), (120, 3000), (1, 4998)]:
    for p in TAILS + [0.9, 0.999]:
        start = stats.f.isf(p, d1, d2)
        if 1e-30 < start < 1e30:
            root = solve(lambda v: f_sf(v, d1, d2), p, start)
            add("f_isf", [p, d1, d2], root)
            add("f_sf", [float(root), d1, d2], f_sf(float(root), d1, d2))

for a, b in [(0.5, 0.5), (2, 3), (30.5, 4.5), (212.5, 3888.5)]:
    for x in [1e-12, 0.01, 0.05, 0.3, 0.5, 0.8, 0.99]:
        value = beta_lower(a, b, x)
        if value > mp.mpf("1e-300"):
            add("beta_cdf", [x, a, b], value)
        upper = mp.betainc(mp.mpf(a), mp.mpf(b), mp.mpf(x), 1, regularized=True)
        if upper > mp.mpf("1e-300"):
            add("beta_sf", [x, a, b], upper)
    for p in [1e-20, 0.025, 0.5, 0.975]:
        add("beta_quantile", [p, a, b], solve(lambda v: beta_lower(a, b, v), p, stats.beta.ppf(p, a, b)))


def binomial_pmf(k, n, p):
    p = mp.mpf(p)
    return mp.binomial(n, k) * p**k * (1 - p) ** (n - k)


for n, p in [(1, 0.3), (10, 0.5), (40, 0.01), (1000, 0.47), (100000, 0.5)]:
    mean = n * p
    for k in sorted({0, int(mean), min(n, int(mean) + 1), min(n, int(mean + 5 * (mean + 1) ** 0.5)), n}):
        value = binomial_pmf(k, n, p)
        if value > mp.mpf("1e-300"):
            add("binomial_pmf", [k, n, p], value)
        lower = mp.fsum(binomial_pmf(i, n, p) for i in range(max(0, k - 3000), k + 1))
        upper = mp.fsum(binomial_pmf(i, n, p) for i in range(k + 1, min(n, k + 3000) + 1))
        if lower > mp.mpf("1e-300"):
            add("binomial_cdf", [k, n, p], lower)
        if upper > mp.mpf("1e-300"):
            add("binomial_sf", [k, n, p], upper)

for k, n, p in [(0, 12, 0.3), (3, 12, 0.3), (4, 12, 1 / 3), (553, 1033, 0.5), (480, 1033, 0.5), (600, 1000, 0.5),
                (7, 7, 0.5), (20, 100, 0.25), (25, 100, 0.25), (1, 1000, 0.01), (61, 100, 0.5)]:
    for code, alternative in enumerate(["two-sided", "greater", "less"]):
        add("binomial_test", [k, n, p, code], stats.binomtest(k, n, p, alternative=alternative).pvalue)

out = {"versions": {"mpmath": mp.__version__, "scipy": scipy.__version__}, "cases": cases}
(HERE / "distributions.json").write_text(json.dumps(out, separators=(",", ":")).replace("},{", "},\n{") + "\n")
print(len(cases), "cases")
