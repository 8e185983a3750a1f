"""Reference values for the A/B report in every way to treat rows, by scipy and statsmodels.

Writes ab_test.csv (made from a fixed seed: users who saw several variants, missing values, a rare success) and
ab_test_expected.json. Run: python tests/reference/make_ab_test.py
"""

import json
import pathlib

import numpy
import pandas
import scipy
import statsmodels
import statsmodels.api as sm
from scipy import stats
from statsmodels.stats.multitest import multipletests

HERE = pathlib.Path(__file__).parent
CONTROL = "A"


def make_data():
    rng = numpy.random.default_rng(20260101)
    rows = []
    for user in range(1, 81):
        level = rng.normal(12, 2)
        home = rng.choice(["A", "B", "C"])
        for _ in range(rng.integers(1, 8)):
            variant = home if rng.random() < 0.7 else rng.choice(["A", "B", "C"])
            lift = {"A": 0.0, "B": 1.2, "C": 0.3}[variant]
            minutes = round(level + lift + rng.normal(0, 3), 2)
            watched = int(rng.random() < {"A": 0.6, "B": 0.72, "C": 0.6}[variant])
            completed = int(watched and rng.random() < 0.55)
            rare = int(rng.random() < 0.012)
            day = int(rng.integers(1, 29))
            missing = rng.random() < 0.04
            rows.append([user, variant, f"2024-03-{day:02d}", None if missing else minutes, watched, completed, rare])
    columns = ["user_id", "variant", "day", "minutes", "watched", "completed", "rare"]
    data = pandas.DataFrame(rows, columns=columns)
    data.to_csv(HERE / "ab_test.csv", index=False, lineterminator="\n")
    return pandas.read_csv(HERE / "ab_test.csv")


def fieller(t, c, var_t, var_c, cov, quantile):
    """Roots in the ratio r of (t - r c)^2 = q^2 (var_t - 2 r cov + r^2 var_c); None where they do not bracket."""
    q2 = quantile**2
    roots = numpy.roots([c**2 - q2 * var_c, -2 * (t * c - q2 * cov), t**2 - q2 * var_t])
    return sorted(float(root) - 1 for root in roots)


def described(t, c, var_t, var_c, cov, quantile, p, df):
    se = float(numpy.sqrt(var_t + var_c - 2 * cov))
    return {
        "difference": float(t - c),
        "standard_error": se,
        "statistic": float((t - c) / se),
        "df": df,
        "p_value": float(p),
        "interval": [float(t - c - quantile * se), float(t - c + quantile * se)],
        "lift": float(t / c - 1),
        "lift_interval": fieller(t, c, var_t, var_c, cov, quantile),
    }


def welch(treatment, control):
    test = stats.ttest_ind(treatment, control, equal_var=False)
    var_t, var_c = treatment.var(ddof=1) / len(treatment), control.var(ddof=1) / len(control)
    quantile = stats.t.ppf(0.975, test.df)
    return described(treatment.mean(), control.mean(), var_t, var_c, 0.0, quantile, test.pvalue, float(test.df))


def clustered(values, is_treatment, users):
    """OLS on both arms' indicators without a constant: its robust covariance is that of the two means."""
    design = numpy.column_stack([is_treatment, 1 - is_treatment]).astype(float)
    codes = pandas.factorize(users)[0]
    fit = sm.OLS(values, design).fit(cov_type="cluster", cov_kwds={"groups": codes}, use_t=True)
    test = fit.t_test([[1, -1]])
    df = len(numpy.unique(codes)) - 1
    covariance = fit.cov_params()
    p = float(numpy.squeeze(test.pvalue))
    quantile = stats.t.ppf(0.975, df)
    t, c = fit.params
    return described(t, c, covariance[0, 0], covariance[1, 1], covariance[0, 1], quantile, p, df)


def linearised(numerator, denominator):
    ratio = numerator.sum() / denominator.sum()
    return ratio + (numerator - ratio * denominator) / denominator.mean()


def arms(data, variant):
    return data[data["variant"] == variant], data[data["variant"] == CONTROL]


def mean_clustered(data, column, variant):
    both = data[data["variant"].isin([variant, CONTROL])].dropna(subset=[column])
    is_treatment = (both["variant"] == variant).to_numpy().astype(int)
    return clustered(both[column].to_numpy().astype(float), is_treatment, both["user_id"])


def ratio_clustered(data, numerator, denominator, variant):
    both = data[data["variant"].isin([variant, CONTROL])]
    is_treatment = (both["variant"] == variant).to_numpy()
    values = numpy.empty(len(both))
    for flag in (True, False):
        arm = both[is_treatment == flag]
        values[is_treatment == flag] = linearised(arm[numerator], arm[denominator])
    return clustered(values, is_treatment.astype(int), both["user_id"])


def by_unit(data, column):
    cells = data.dropna(subset=[column]).groupby(["user_id", "variant"], sort=False)[column].mean()
    return cells.reset_index()


def main():
    data = make_data()
    first = data.sort_values("day", kind="stable").groupby("user_id")["variant"].first()
    under_first = data[data["variant"] == data["user_id"].map(first)]
    cells = by_unit(data, "minutes")
    sums = data.groupby(["user_id", "variant"])[["completed", "watched"]].sum().reset_index()
    expected = {"rows": {}, "unit": {}, "clustered": {}, "first_variant": {}}
    for variant in ("B", "C"):
        t, c = arms(data, variant)
        linear = [linearised(arm["completed"], arm["watched"]) for arm in (t, c)]
        expected["rows"][variant] = {
            "minutes": welch(t["minutes"].dropna(), c["minutes"].dropna()),
            "completed / watched": welch(*linear),
        }
        expected["clustered"][variant] = {
            "minutes": mean_clustered(data, "minutes", variant),
            "watched": mean_clustered(data, "watched", variant),
            "completed / watched": ratio_clustered(data, "completed", "watched", variant),
        }
        expected["unit"][variant] = {
            "minutes": mean_clustered(cells, "minutes", variant),
            "completed / watched": ratio_clustered(sums, "completed", "watched", variant),
        }
        firsts = by_unit(under_first, "minutes")
        t, c = arms(firsts, variant)
        expected["first_variant"][variant] = {"minutes": welch(t["minutes"], c["minutes"])}
    p_values = [expected["rows"][v]["minutes"]["p_value"] for v in ("B", "C")]
    counts = data["variant"].value_counts()[["A", "B", "C"]]
    a, b = data[data["variant"] == "A"], data[data["variant"] == "B"]
    rare = [[int(b["rare"].sum()), int((b["rare"] == 0).sum())], [int(a["rare"].sum()), int((a["rare"] == 0).sum())]]
    expected |= {
        "holm_minutes": [float(p) for p in multipletests(p_values, method="holm")[1]],
        "fisher_rare_b": float(stats.fisher_exact(rare)[1]),
        "srm_rows": float(stats.chisquare(counts).pvalue),
        "srm_rows_a_b_binomial": float(stats.binomtest(int(counts["B"]), int(counts["A"] + counts["B"])).pvalue),
        "n_users": int(data["user_id"].nunique()),
        "n_users_in_several": int((data.groupby("user_id")["variant"].nunique() > 1).sum()),
        "n_rows_first_variant": len(under_first),
        "versions": {
            "numpy": numpy.__version__,
            "pandas": pandas.__version__,
            "scipy": scipy.__version__,
            "statsmodels": statsmodels.__version__,
        },
    }
    (HERE / "ab_test_expected.json").write_text(json.dumps(expected, indent=1) + "\n")


main()
