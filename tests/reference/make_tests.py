"""Reference values of tests, intervals, ranks, clusters and correlations. Writes tests.json.

Run: python make_tests.py   (scipy 1.17.1, statsmodels 0.15.0, mpmath 1.4.1, numpy 2.4)
Data come from fixed seeds or stand here; null is a missing value.
"""

import itertools
import json
import pathlib

import mpmath as mp
import numpy as np
import scipy
import statsmodels
import statsmodels.api as sm
from scipy import stats
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import (
    confint_proportions_2indep,
    proportion_confint,
    proportion_effectsize,
    proportions_ztest,
)

mp.mp.dps = 50
HERE = pathlib.Path(__file__).parent
rng = np.random.default_rng(1971)
out = {
    "versions": {
        "scipy": scipy.__version__,
        "statsmodels": statsmodels.__version__,
        "mpmath": mp.__version__,
        "numpy": np.__version__,
    }
}
ALTERNATIVES = {"two-sided": "two-sided", "greater": "larger", "less": "smaller"}


def plain(x):
    """float64 arrays as lists with null for NaN; infinities as text."""
    if isinstance(x, dict):
        return {k: plain(v) for k, v in x.items()}
    if isinstance(x, (list, tuple, np.ndarray)):
        return [plain(v) for v in x]
    if isinstance(x, (bool, str, int)) or x is None:
        return x
    x = float(x)
    if np.isnan(x):
        return None
    return ("inf" if x > 0 else "-inf") if np.isinf(x) else x


def present(x):
    x = np.asarray(x, float)
    return x[~np.isnan(x)]


# Means. Every pair of arms with every kind of test and every alternative.
gaps = np.round(rng.normal(11, 3, 60), 3)
gaps[[3, 17, 41]] = np.nan
ARMS = {
    "plain": (np.round(rng.normal(12, 4, 80), 3), np.round(rng.normal(10, 3, 65), 3)),
    "missing": (gaps, np.round(rng.normal(12, 5, 40), 3)),
    "two values": ([1.5, 2.5], [7.0, 8.25]),
    "one arm constant": ([3.0, 3.0, 3.0], np.round(rng.normal(2, 1, 30), 3)),
    "far apart": (np.round(rng.normal(50, 1, 400), 3), np.round(rng.normal(46, 1, 400), 3)),
    "large offset": (1e8 + np.round(rng.normal(0, 1, 50), 3), 1e8 + np.round(rng.normal(1, 2, 70), 3)),
}
out["means"] = []
for name, (t, c) in ARMS.items():
    a, b = present(t), present(c)
    rows = []
    for alternative in ALTERNATIVES:
        for kind in ("welch", "student", "z"):
            if kind == "z":
                se = np.sqrt(a.var(ddof=1) / a.size + b.var(ddof=1) / b.size)
                d = a.mean() - b.mean()
                z = d / se
                p = {"two-sided": 2 * stats.norm.sf(abs(z)), "greater": stats.norm.sf(z), "less": stats.norm.cdf(z)}
                q = stats.norm.isf(0.025 if alternative == "two-sided" else 0.05)
                ci = [-np.inf if alternative == "less" else d - q * se, np.inf if alternative == "greater" else d + q * se]
                rows.append([alternative, kind, z, None, p[alternative], *ci])
            else:
                r = stats.ttest_ind(a, b, equal_var=kind == "student", alternative=alternative)
                ci = r.confidence_interval(0.95)
                rows.append([alternative, kind, r.statistic, r.df, r.pvalue, ci.low, ci.high])
    na, nb = a.size, b.size
    pooled = np.sqrt(((na - 1) * a.var(ddof=1) + (nb - 1) * b.var(ddof=1)) / (na + nb - 2))
    d = (a.mean() - b.mean()) / pooled
    m = mp.mpf(na + nb - 2)
    exact_j = mp.gamma(m / 2) / (mp.sqrt(m / 2) * mp.gamma((m - 1) / 2))
    out["means"].append({
        "name": name, "treatment": t, "control": c, "tests": rows, "cohens_d": d,
        "hedges_g": d * (1 - 3 / (4 * (na + nb) - 9)), "hedges_g_exact": d * float(exact_j),
        "interval_treatment": stats.t.interval(0.95, na - 1, a.mean(), a.std(ddof=1) / np.sqrt(na))
        if a.std() > 0 else [a[0], a[0]],
    })

# Shares.
out["proportions"] = []
for (x1, n1), (x2, n2) in [((1900, 2481), (1682, 2519)), ((3, 10), (9, 12)), ((0, 20), (4, 22)), ((15, 15), (11, 14)),
                           ((1, 3), (0, 2)), ((812, 40000), (760, 41000)), ((40000, 100000), (30000, 100000)),
                           ((5, 10), (5, 10)), ((12, 48), (24, 96)), ((700_123, 1_000_000), (699_000, 1_000_000))]:
    case = {"treatment": [x1, n1], "control": [x2, n2], "rows": []}
    for alternative, larger in ALTERNATIVES.items():
        z, p = proportions_ztest([x1, x2], [n1, n2], alternative=larger)
        fisher = stats.fisher_exact([[x1, n1 - x1], [x2, n2 - x2]], alternative=alternative)
        case["rows"].append([alternative, z, p, fisher.pvalue])
    case["odds_ratio"] = fisher.statistic
    case["newcombe"] = list(confint_proportions_2indep(x1, n1, x2, n2, method="newcomb"))
    case["wilson_treatment"] = list(proportion_confint(x1, n1, method="wilson"))
    case["cohens_h"] = proportion_effectsize(x1 / n1, x2 / n2)
    out["proportions"].append(case)

# Fisher by exact counting, tails far beyond what scipy keeps.
out["fisher_exact_counting"] = []
for (x1, n1), (x2, n2) in [((190, 200), (20, 180)), ((2, 300), (150, 310)), ((60, 60), (0, 70)), ((30, 60), (30, 60)),
                           ((8, 10), (1, 6)), ((480, 500), (12, 520))]:
    total, hits = n1 + n2, x1 + x2
    ways = {k: int(mp.binomial(hits, k)) * int(mp.binomial(total - hits, n1 - k))
            for k in range(max(0, hits - n2), min(hits, n1) + 1)}
    everything = sum(ways.values())
    p = sum(w for w in ways.values() if w <= ways[x1])
    out["fisher_exact_counting"].append({
        "treatment": [x1, n1], "control": [x2, n2],
        "two_sided": float(mp.mpf(p) / everything),
        "greater": float(mp.mpf(sum(w for k, w in ways.items() if k >= x1)) / everything),
        "less": float(mp.mpf(sum(w for k, w in ways.items() if k <= x1)) / everything),
    })


def fieller_by_search(t, c, vt, vc, cov, q):
    """Ends of the set of lifts, each found where (D - h C)^2 = q^2 var(D - h C) by bisection of the definition."""
    t, c, vt, vc, cov, q = map(mp.mpf, (t, c, vt, vc, cov, q))
    excess = lambda r: (t - r * c) ** 2 - q**2 * (vt + r * r * vc - 2 * r * cov)
    if q**2 * vc >= c**2:
        return None
    centre = t / c
    ends = []
    for side in (-1, 1):
        step = mp.sqrt(vt + vc) / abs(c)
        inside, outside = centre, centre + side * step
        while excess(outside) < 0:
            outside = centre + side * step
            step *= 2
        for _ in range(160):
            middle = (inside + outside) / 2
            inside, outside = (middle, outside) if excess(middle) < 0 else (inside, middle)
        ends.append(inside)
    lifts = sorted((r - 1) * mp.sign(c) for r in ends)
    return [float(v) for v in lifts]


out["lift"] = []
for t, c, vt, vc, cov in [(0.7, 0.41, 0.0111, 0.0044, 0.0), (13.966, 12.0, 0.0067, 0.006, 0.0), (-3.0, -4.0, 0.02, 0.05, 0.0),
                          (2.0, -4.0, 0.02, 0.05, 0.0), (1.0, 0.5, 0.1, 0.1, 0.0), (10.0, 10.0 + 1e-7, 1e-16, 2e-16, 0.0),
                          (12.0, 11.0, 0.04, 0.05, 0.03), (12.0, 11.0, 0.04, 0.05, -0.02), (0.0, 5.0, 0.1, 0.1, 0.0)]:
    q = float(stats.norm.isf(0.025))
    lift = (t - c) / abs(c)
    delta = np.sqrt(vt / c**2 + vc * t**2 / c**4 - 2 * cov * t / c**3)
    case = {"pair": [t, c, vt, vc, cov], "quantile": q, "lift": lift, "fieller": fieller_by_search(t, c, vt, vc, cov, q),
            "delta": [lift - q * delta, lift + q * delta], "log": None}
    if t / c > 0:
        r, se = mp.mpf(t) / c, mp.sqrt(mp.mpf(vt) / t**2 + mp.mpf(vc) / c**2 - 2 * mp.mpf(cov) / (mp.mpf(t) * c))
        case["log"] = [float(v) for v in sorted((r * mp.exp(s * q * se) - 1) * mp.sign(c) for s in (-1, 1))]
    out["lift"].append(case)

# Ratios and clusters: 40 units, most of them in both arms, with gaps.
n = 260
unit = rng.integers(0, 40, n)
arm = rng.random(n) < 0.45
level = rng.normal(0, 2, 40)[unit]
y = np.round(10 + level + 1.5 * arm + rng.normal(0, 3, n), 3)
x = np.round(rng.gamma(4, 1.5, n) + 0.5, 3)
y[[5, 80, 121]] = np.nan
x[[17, 80]] = np.nan


def clustered(y, weights, arm, unit):
    """Arm estimates with their cluster-robust covariance: a regression on two arm dummies, weighted for ratios."""
    keep = ~np.isnan(y) & ~np.isnan(weights)
    y, w, a, g = y[keep], weights[keep], arm[keep], unit[keep]
    design = np.column_stack([~a, a]).astype(float)
    fit = sm.WLS(y / w, design, weights=w).fit(cov_type="cluster", cov_kwds={"groups": g}, use_t=True)
    cov = fit.cov_params()
    slope = sm.WLS(y / w, sm.add_constant(a.astype(float)), weights=w).fit(
        cov_type="cluster", cov_kwds={"groups": g}, use_t=True)
    one = sm.WLS((y / w)[a], np.ones(a.sum()), weights=w[a]).fit(
        cov_type="cluster", cov_kwds={"groups": g[a]}, use_t=True)
    low, high = slope.conf_int()[1]
    return {
        "n": [int(a.sum()), int((~a).sum())], "n_clusters": int(np.unique(g).size),
        "estimates": [fit.params[1], fit.params[0]], "variances": [cov[1, 1], cov[0, 0]], "covariance": cov[0, 1],
        "difference": slope.params[1], "se": slope.bse[1], "statistic": slope.tvalues[1], "p": slope.pvalues[1],
        "interval": [low, high],
        "treatment_alone": {"estimate": one.params[0], "variance": one.cov_params()[0, 0], "interval": list(one.conf_int()[0])},
    }


keep = ~np.isnan(y) & ~np.isnan(x)
yk, xk = y[keep], x[keep]
ratio = yk.sum() / xk.sum()
linear = (yk - ratio * xk) / xk.mean()
out["clusters"] = {
    "unit": unit.tolist(), "is_treatment": [bool(a) for a in arm], "y": y, "x": x,
    "means": clustered(y, np.ones(n), arm, unit), "ratios": clustered(y, x, arm, unit),
    "ratio_by_row": {"n": int(keep.sum()), "estimate": ratio, "sd": linear.std(ddof=1)},
}

# Ranks.
out["mann_whitney"] = []
tied = rng.poisson(3, 45).astype(float), rng.poisson(4, 38).astype(float)
for name, t, c in [("small untied", [1.1, 2.5, 0.3, 9.0], [3.0, 4.5, 8.8, 12.0, 7.7]), ("one each", [1.0], [2.0]),
                   ("eight and many", np.round(rng.normal(0.8, 1, 8), 6), np.round(rng.normal(0, 1, 60), 6)),
                   ("eight and more", np.round(rng.normal(-0.5, 1, 300), 6), np.round(rng.normal(0, 1, 7), 6)),
                   ("small tied", [1.0, 2.0, 2.0, 3.0], [2.0, 4.0, 5.0]), ("tied", *tied), ("all tied", [2.0] * 9, [2.0] * 12),
                   ("untied", np.round(rng.normal(0.3, 1, 30), 6), np.round(rng.normal(0, 1, 25), 6)),
                   ("separated", np.arange(200.0), np.arange(1000.0, 1300.0))]:
    a, b = present(t), present(c)
    row = {"name": name, "treatment": t, "control": c, "u": stats.mannwhitneyu(a, b).statistic}
    for alternative in ALTERNATIVES:
        row[alternative] = [stats.mannwhitneyu(a, b, alternative=alternative, method=m).pvalue for m in ("auto", "asymptotic")]
    if a.size * b.size < 40:
        # Every way to deal the values out.
        both = np.concatenate([a, b])
        u_of = lambda idx: sum((both[i] > both[j]) + 0.5 * (both[i] == both[j])
                               for i in idx for j in range(both.size) if j not in idx)
        us = [u_of(idx) for idx in itertools.combinations(range(both.size), a.size)]
        low, high = np.mean([u <= row["u"] for u in us]), np.mean([u >= row["u"] for u in us])
        row["enumerated"] = [min(1.0, 2 * min(low, high)), high, low]
    out["mann_whitney"].append(row)
values = [3.0, np.nan, 1.0, 3.0, -0.0, 0.0, 7.5, 3.0]
out["ranks"] = {"values": values, "ranks": stats.rankdata(values, nan_policy="omit")}

# Adjusted p-values.
METHODS = {"Bonferroni": "bonferroni", "Sidak": "sidak", "Holm": "holm", "HolmSidak": "holm-sidak",
           "Hochberg": "simes-hochberg", "BenjaminiHochberg": "fdr_bh", "BenjaminiYekutieli": "fdr_by"}
out["adjust"] = []
for p in [[0.005, 0.06, 0.007, 0.04, 0.01, 0.03], [0.5], [0.01, 0.01, 0.01, 0.9], [1e-100, 3e-90, 0.2, 1.0, 0.0],
          list(rng.random(25) ** 3)]:
    out["adjust"].append({"p": p, **{k: multipletests(p, method=m)[1] for k, m in METHODS.items()}})

# Counts against shares.
out["chi_square"] = []
for observed, shares in [([2519, 2481], [1, 1]), ([10123, 9877], [0.5, 0.5]), ([310, 290, 405], [1, 1, 1.3]),
                         ([900, 100], [0.85, 0.15]), ([60000, 40000], [1, 1])]:
    shares = np.array(shares, float)
    r = stats.chisquare(observed, shares / shares.sum() * sum(observed))
    out["chi_square"].append({"observed": observed, "shares": shares, "statistic": r.statistic, "p": r.pvalue,
                              "exact": stats.binomtest(observed[0], sum(observed), shares[0] / shares.sum()).pvalue
                              if len(observed) == 2 else None})

# Correlation.
out["correlation"] = []
base = np.round(rng.normal(0, 1, 90), 4)
holes = np.round(0.6 * base + rng.normal(0, 1, 90), 4)
holes[[2, 50]] = np.nan
for name, a, b in [("plain", base, np.round(0.4 * base + rng.normal(0, 1, 90), 4)), ("missing", base, holes),
                   ("ties", rng.poisson(2, 70).astype(float), rng.poisson(2, 70).astype(float)),
                   ("strong", np.arange(500.0), np.arange(500.0) + np.round(rng.normal(0, 4, 500), 4)),
                   ("five", [1.0, 2.0, 3.0, 4.0, 5.0], [2.0, 1.0, 4.0, 3.0, 7.0]),
                   ("three", [1.0, 2.0, 4.0], [2.0, 9.0, 5.0]),
                   ("offset", 1e9 + base, -1e9 + np.round(0.4 * base + rng.normal(0, 1, 90), 4))]:
    a, b = np.asarray(a, float), np.asarray(b, float)
    k = ~np.isnan(a) & ~np.isnan(b)
    r = stats.pearsonr(a[k], b[k])
    rho = stats.spearmanr(a[k], b[k])
    m = int(k.sum())
    row = {"name": name, "x": a, "y": b, "n": m, "pearson": [r.statistic, r.pvalue], "spearman": [rho.statistic, rho.pvalue]}
    if m > 3:
        row["pearson_interval"] = list(r.confidence_interval(0.95))
        half = stats.norm.isf(0.025) * np.sqrt((1 + rho.statistic**2 / 2) / (m - 3))
        row["spearman_interval"] = list(np.tanh(np.arctanh(rho.statistic) + np.array([-half, half])))
    out["correlation"].append(row)

(HERE / "tests.json").write_text(json.dumps(plain(out), separators=(",", ":")).replace('},{', '},\n{').replace('],"', '],\n"') + "\n")
