"""Expected numbers of tests/quality: outlier counts, MAD, duplicates.

python3 make_cases.py > cases.json   (pandas, numpy and scipy; their versions are written into the file)
"""

import json

import numpy as np
import pandas as pd
import scipy
from scipy import stats

rng = np.random.default_rng(20240611)


def limits(values):
    """Quantiles of type 7, as numpy's default; MAD scaled to the normal distribution by scipy."""
    x = np.asarray([v for v in values if v is not None and not np.isnan(v)], dtype=float)
    q1, median, q3 = np.quantile(x, [0.25, 0.5, 0.75])
    mad = stats.median_abs_deviation(x, scale="normal")
    found = {}
    for name, low, high in [
        ("iqr_1.5", q1 - 1.5 * (q3 - q1), q3 + 1.5 * (q3 - q1)),
        ("iqr_3", q1 - 3 * (q3 - q1), q3 + 3 * (q3 - q1)),
        ("mad_3.5", median - 3.5 * mad, median + 3.5 * mad),
    ]:
        if name == "mad_3.5" and mad == 0:
            continue
        found[name] = {
            "low": float(low),
            "high": float(high),
            "n_below": int((x < low).sum()),
            "n_above": int((x > high).sum()),
        }
    return found


def with_gaps(values, every):
    return [None if i % every == 0 else float(v) for i, v in enumerate(values)]


normal = np.round(rng.normal(50, 8, 600), 3)
normal[[13, 77, 401]] = [190.5, -80.25, 140.0]
skewed = np.round(rng.lognormal(3, 0.8, 500), 3)
skewed[[5, 250]] = [90000.0, 120000.0]
heavy = np.round(rng.lognormal(3, 0.8, 800), 3)
wide = np.round(rng.normal(0, 1, 300), 3)
wide[[0, 1]] = [25.0, 31.0]
half = [7.0] * 260 + [float(v) for v in np.round(rng.normal(7, 2, 240), 2)] + [900.0]

columns = {
    "normal": with_gaps(normal, 29),
    "skewed": [float(v) for v in skewed],
    "heavy": [float(v) for v in heavy],
    "wide": [float(v) for v in wide],
    "half": half,
}

rows = pd.DataFrame(
    {
        "id": [f"k{i}" for i in range(400)],
        "x": rng.integers(0, 10_000_000, 400),
        "g": rng.choice(["a", "b", "c"], 400),
        "y": rng.integers(0, 1_000, 400),
    }
)
again = rows.iloc[[3, 3, 90, 200]]
other_id = rows.iloc[[10, 11, 12]].assign(id=["z1", "z2", "z3"])
other_value = rows.iloc[[50, 51]].assign(x=[10_000_001, 10_000_002])
rows = pd.concat([rows, again, other_id, other_value], ignore_index=True)
rest = ["x", "g", "y"]
exact = rows.duplicated()
expected_rows = {
    "duplicate_rows": int(exact.sum()),
    "duplicate_rows_but_id": int((rows.duplicated(subset=rest) & ~exact).sum()),
    "duplicate_keys": int((rows.duplicated(subset=["id"]) & ~exact).sum()),
}

print(
    json.dumps(
        {
            "versions": {"numpy": np.__version__, "pandas": pd.__version__, "scipy": scipy.__version__},
            "columns": {name: {"values": v, "limits": limits([np.nan if x is None else x for x in v])} for name, v in columns.items()},
            "rows": {"csv": rows.to_csv(index=False), "expected": expected_rows},
        },
        indent=None,
        separators=(",", ":"),
    )
)
