"""Reference figures of charts. Writes sessions.csv and expected.json.

Run: python make_reference.py   (pandas 3.1, scipy 1.17.1, numpy 2.4, statsmodels 0.15.0)
"""

import json
import pathlib

import numpy as np
import pandas as pd
import scipy
import statsmodels
from scipy import stats
from statsmodels.stats.proportion import proportion_confint

here = pathlib.Path(__file__).parent
random = np.random.default_rng(20261126)
n = 3_000
countries = random.choice(["BR", "IN", "SE", "US", "DE", "JP", "KE"], n, p=[0.3, 0.25, 0.15, 0.12, 0.1, 0.06, 0.02])
minutes = np.round(random.lognormal(3, 0.8, n), 2)
when = pd.Timestamp("2023-12-28 00:00:00") + pd.to_timedelta(np.sort(random.integers(0, 75 * 86_400, n)), unit="s")
data = pd.DataFrame(
    {
        "session": np.arange(1, n + 1),
        "user": ["u%03d" % u for u in random.integers(0, 400, n)],
        "when": when.strftime("%Y-%m-%d %H:%M:%S"),
        "country": np.where(random.random(n) < 0.02, "", countries),
        "device": random.choice(["TV", "phone", "tablet"], n, p=[0.5, 0.4, 0.1]),
        "minutes": np.where(random.random(n) < 0.05, "", minutes.astype(str)),
        "clicks": random.poisson(3, n),
        "balance": np.round(random.normal(0, 40, n), 1),
        "finished": random.choice(["no", "yes"], n, p=[0.35, 0.65]),
    }
)
data.to_csv(here / "sessions.csv", index=False)
data = pd.read_csv(here / "sessions.csv", keep_default_na=False, na_values=[""])
data["when"] = pd.to_datetime(data["when"])
data["yes"] = (data["finished"] == "yes").astype(float)


def seconds(times):
    return (pd.DatetimeIndex(times) - pd.Timestamp(0)).total_seconds().tolist()


def t_interval(values):
    values = values.to_numpy(float)
    if len(values) < 2:
        return [None, None]
    low, high = stats.t.interval(0.95, len(values) - 1, values.mean(), stats.sem(values))
    return [low, high]


def wilson(values):
    return list(proportion_confint(values.sum(), len(values), 0.05, "wilson"))


cases = []


def case(name, spec, rows):
    """Rows: panel, x, y, series, value, low, high, n; x is a name, a number or seconds."""
    cases.append({"name": name, "spec": {"table": "sessions", **spec}, "rows": rows})


def column(name, **more):
    return {"column": name, **more}


both = data.dropna(subset=["country", "minutes"])
case(
    "mean by country",
    {"x": column("country"), "y": column("minutes", measure="mean")},
    [["", c, "", "", g.minutes.mean(), *t_interval(g.minutes), len(g)] for c, g in both.groupby("country")],
)
case(
    "share by country and device",
    {"mark": "bar", "x": column("country"), "y": column("finished"), "color": column("device")},
    [
        ["", c, "", d, g.yes.mean(), *wilson(g.yes), len(g)]
        for (c, d), g in data.dropna(subset=["country"]).groupby(["country", "device"])
    ],
)
top = both.groupby("country").minutes.sum().sort_values(ascending=False)
kept = list(top.index[:3])
other = both[~both.country.isin(kept)]
case(
    "the largest sums and the others",
    {"x": column("country"), "y": column("minutes", measure="sum"), "top": 4},
    [["", c, "", "", top[c], None, None, int((both.country == c).sum())] for c in kept]
    + [["", "4\u00a0others", "", "", other.minutes.sum(), None, None, len(other)]],
)
for unit, rule in [("week", "W-SUN"), ("month", "M"), ("quarter", "Q"), ("day", "D")]:
    with_minutes = data.dropna(subset=["minutes"])
    starts = with_minutes.when.dt.to_period(rule).dt.start_time
    case(
        f"median by {unit}",
        {"x": column("when", time_unit=unit), "y": column("minutes", measure="median")},
        [
            ["", at, "", "", g.minutes.median(), None, None, len(g)]
            for at, (_, g) in zip(seconds(sorted(starts.unique())), with_minutes.groupby(starts))
        ],
    )
hours = data.groupby([data.when.dt.hour, data.when.dt.day_of_week])
days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
case(
    "hour by weekday",
    {"mark": "heat_map", "x": column("when", time_unit="hour_of_day"), "y": column("when", time_unit="weekday")},
    [["", f"{h:02}:00", days[d], "", len(g), None, None, len(g)] for (h, d), g in hours],
)
case(
    "different users by device",
    {"x": column("device"), "y": column("user")},
    [["", d, "", "", g.user.nunique(), None, None, len(g)] for d, g in data.groupby("device")],
)
case(
    "panels",
    {"mark": "line", "x": column("clicks"), "y": column("balance", measure="mean"), "facet": column("device")},
    [
        [d, k, "", "", g.balance.mean(), *t_interval(g.balance), len(g)]
        for (d, k), g in data.groupby(["device", "clicks"])
    ],
)
case(
    "a filter",
    {
        "x": column("device"),
        "y": column("balance", measure="max"),
        "filter": [{"op": "eq", "column": "country", "value": "SE"}],
    },
    [["", d, "", "", g.balance.max(), None, None, len(g)] for d, g in data[data.country == "SE"].groupby("device")],
)

boxes = []
for c, g in both.groupby("country"):
    v = np.sort(g.minutes.to_numpy())
    q1, q2, q3 = np.quantile(v, [0.25, 0.5, 0.75])
    inside = v[(v >= q1 - 1.5 * (q3 - q1)) & (v <= q3 + 1.5 * (q3 - q1))]
    boxes.append([c, len(v), v.mean(), [v[0], q1, q2, q3, v[-1]], [inside[0], inside[-1]], int(len(v) - len(inside))])

present = data.minutes.dropna().to_numpy()
bandwidth = 0.9 * min(present.std(ddof=1), stats.iqr(present) / 1.34) * len(present) ** -0.2
places = np.linspace(present.min(), present.max(), 256)
kernel = stats.gaussian_kde(present, bw_method=bandwidth / present.std(ddof=1))
small = data[data.country == "KE"].minutes.dropna().to_numpy()
small_bandwidth = 0.9 * min(small.std(ddof=1), stats.iqr(small) / 1.34) * len(small) ** -0.2
small_places = np.linspace(small.min(), small.max(), 256)
small_kernel = stats.gaussian_kde(small, bw_method=small_bandwidth / small.std(ddof=1))
ordered = np.sort(present)
gini = np.abs(np.subtract.outer(ordered, ordered)).mean() / (2 * ordered.mean())
qq = np.sort(small)
qq_n = len(qq)
expected = {
    "versions": {"pandas": pd.__version__, "scipy": scipy.__version__, "numpy": np.__version__, "statsmodels": statsmodels.__version__},
    "cases": cases,
    "boxes": boxes,
    "density": {"bandwidth": bandwidth, "y": kernel(places).tolist()},
    "small_density": {"bandwidth": small_bandwidth, "y": small_kernel(small_places).tolist()},
    "gini": gini,
    "qq": [stats.norm.ppf((np.arange(1, qq_n + 1) - 0.5) / qq_n).tolist(), qq.tolist()],
    "histogram": {str(width): np.histogram(data.balance, np.arange(-200, 201, width))[0].tolist() for width in [20, 50]},
}


def plain(value):
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(inner) for inner in value]
    if isinstance(value, np.integer):
        return int(value)
    if isinstance(value, np.floating):
        return float(value)
    return value


(here / "expected.json").write_text(json.dumps(plain(expected), indent=None, separators=(",", ":")) + "\n")
