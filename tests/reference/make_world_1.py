"""Reference values for world 1 as the engine generates it, by scipy and statsmodels. Writes world_1_expected.json.

Run from the repository:

    cargo xtask engine < tests/reference/world_1_requests.jsonl
    python tests/reference/make_world_1.py target/world-1

The first command writes sessions.csv and users.csv into target/world-1.
"""

import json
import pathlib
import sys

import numpy
import pandas
import scipy
import statsmodels
from scipy import stats
from statsmodels.stats.proportion import confint_proportions_2indep, proportions_ztest

SPEC = {"scenario": "ui_experiment", "seed": 20240217, "n_users": 800, "n_sessions": 4000, "randomise_users": False}
NUMERIC = ["session_length", "watched", "watch_completion", "clicks_before_watch"]


def welch(control, treatment):
    test = stats.ttest_ind(treatment, control, equal_var=False)
    interval = test.confidence_interval(0.95)
    quantile = stats.t.ppf(0.975, test.df)
    n_c, n_t = len(control), len(treatment)
    mean_c, mean_t = control.mean(), treatment.mean()
    var_c, var_t = control.var(ddof=1) / n_c, treatment.var(ddof=1) / n_t
    # Fieller's interval as the roots of (T - r C)^2 = q^2 (var_t + r^2 var_c) in the ratio r.
    roots = numpy.roots([mean_c**2 - quantile**2 * var_c, -2 * mean_c * mean_t, mean_t**2 - quantile**2 * var_t])
    pooled = ((n_c - 1) * control.var(ddof=1) + (n_t - 1) * treatment.var(ddof=1)) / (n_c + n_t - 2)
    return {
        "n": [n_c, n_t],
        "mean": [mean_c, mean_t],
        "sd": [control.std(ddof=1), treatment.std(ddof=1)],
        "diff": mean_t - mean_c,
        "t": float(test.statistic),
        "df": float(test.df),
        "p": float(test.pvalue),
        "ci": [float(interval.low), float(interval.high)],
        "lift": mean_t / mean_c - 1,
        "lift_fieller": sorted(float(root) - 1 for root in roots),
        "hedges_g": float((mean_t - mean_c) / numpy.sqrt(pooled) * (1 - 3 / (4 * (n_c + n_t) - 9))),
    }


def proportions(control, treatment):
    counts = [int(treatment.sum()), int(control.sum())]
    sizes = [len(treatment), len(control)]
    z, p = proportions_ztest(counts, sizes)
    newcombe = confint_proportions_2indep(counts[0], sizes[0], counts[1], sizes[1], method="newcomb")
    return {
        "count": counts[::-1],
        "n": sizes[::-1],
        "z": float(z),
        "p": float(p),
        "newcombe": [float(end) for end in newcombe],
    }


def main(folder):
    sessions = pandas.read_csv(folder / "sessions.csv")
    users = pandas.read_csv(folder / "users.csv")
    a, b = sessions[sessions["group"] == "A"], sessions[sessions["group"] == "B"]
    groups = {}
    for name, rows in sessions.groupby("group"):
        groups[name] = {
            "avg_session_length": round(rows["session_length"].mean(), 2),
            "watch_rate_pct": round(100 * rows["watched"].mean(), 2),
            "completion_rate_pct": round(100 * rows["watch_completion"].sum() / rows["watched"].sum(), 2),
        }
    rank = stats.mannwhitneyu(b["session_length"], a["session_length"])
    variants_of_user = sessions.groupby("user_id")["group"].nunique()
    by_device = sessions.groupby(["device_type", "group"])["session_length"].mean()
    numbers = sessions[NUMERIC]
    expected = {
        "spec": SPEC,
        "versions": {
            "scipy": scipy.__version__,
            "statsmodels": statsmodels.__version__,
            "pandas": pandas.__version__,
        },
        "session_length_welch_rows": welch(a["session_length"], b["session_length"]),
        "users_in_both_groups": int((variants_of_user > 1).sum()),
        "users_with_sessions": len(variants_of_user),
        "watched_two_proportions_rows": proportions(a["watched"], b["watched"]),
        "completion_rows": proportions(a["watch_completion"], b["watch_completion"]),
        "completion_per_watched": [g["watch_completion"].sum() / g["watched"].sum() for g in (a, b)],
        "srm_chi2_p_rows": float(stats.chisquare([len(a), len(b)]).pvalue),
        "mannwhitney_session_length": {"U_B": float(rank.statistic), "p": float(rank.pvalue)},
        "clicks_welch_rows": welch(a["clicks_before_watch"], b["clicks_before_watch"]),
        "group_table": groups,
        "device_by_group_mean_session_length": {f"{d}/{g}": float(mean) for (d, g), mean in by_device.items()},
        "missing_bounce_reason": int(sessions["bounce_reason"].isna().sum()),
        "orphan_sessions": int((~sessions["user_id"].isin(users["user_id"])).sum()),
        "pearson": numbers.corr().to_dict(),
        "spearman": numbers.corr("spearman").to_dict(),
    }
    target = pathlib.Path(__file__).parent / "world_1_expected.json"
    target.write_text(json.dumps(expected, indent=1) + "\n")


main(pathlib.Path(sys.argv[1]))
