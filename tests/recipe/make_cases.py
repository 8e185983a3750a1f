"""Writes cases.json: recipes over small, nasty tables, with what pandas and SciPy make of them.
Run: python3 make_cases.py (Python 3.11, pandas 2, SciPy 1)."""

import json
import math
import pathlib

import numpy as np
import pandas as pd
from scipy import stats

# Missing cells, ties, unicode, a name with a space, dates over a leap day, groups without values, duplicates.
SESSIONS = """\
id,user,plan,minutes,plays,promo,day,at,full name,code,mixed
1,u1,Basic,12.5,3,yes,2024-02-28,2024-02-28 23:30:00,Ann Lee,A-1-x,1.5
2,u2,Premium,,0,no,2024-02-29,2024-02-29 00:15:30,Zoë,B-2,x1
3,u1,Basic,7.25,3,yes,,2024-03-01 12:00:00,Łukasz Nowak Jr,A--y,
4,u3,Básico,100,12,,2024-03-31,,"O'Hara, Tim",,3
5,u3,,12.5,,no,2024-12-31,2024-12-31 23:59:59,bob,C-3-z-q,1e2
6,u4,Kids,,,yes,2025-01-01,2025-01-01 06:07:08,Ünal Çelik,D,-4
7,u4,Kids,,5,no,2024-03-31,2024-03-31 09:00:00,Zoë,B-2,2024
8,u5,Premium,7.25,1,yes,2024-02-29,2024-02-29 18:45:00,ann lee,A-1-x,0
9,u5,Premium,7.25,1,yes,2024-02-29,2024-02-29 18:45:00,ann lee,A-1-x,0
10,u6,Basic,-3.5,2,,2023-07-04,2023-07-04 01:02:03,,E-,n0
11,u7,Básico,9,4,no,2024-05-05,2024-05-05 05:05:05,日本 太郎,F-9,0.25
12,u8,Premium,14,0,no,,2024-06-01 00:00:00,x,-,7
"""
USERS = """\
user,plan,country,full name
u1,Basic,DE,Ann
u2,Premium,BR,Zo
u3,Básico,IN,Tim
u3,Básico,US,Tom
u4,Basic,FR,Ü
u9,Kids,JP,Nobody
"""
MORE = """\
minutes,user,plan,extra
1.25,u20,Trial,2
,u21,Basic,
"""
KINDS = {
    "sessions": {
        "id": "id", "user": "id", "plan": "nominal", "minutes": "continuous", "plays": "count", "promo": "binary",
        "day": "date", "at": "date_time", "full name": "text", "code": "text", "mixed": "text",
    },
    "users": {"user": "id", "plan": "nominal", "country": "nominal", "full name": "text"},
    "more": {"minutes": "continuous", "user": "id", "plan": "nominal", "extra": "count"},
}


def read(text):
    from io import StringIO

    df = pd.read_csv(StringIO(text), dtype=str, keep_default_na=False, na_values=[""])
    for name in df.columns:
        if name in ("minutes",):
            df[name] = df[name].astype(float)
        elif name in ("id", "plays", "extra"):
            df[name] = df[name].astype("Int64")
        elif name in ("day", "at"):
            df[name] = pd.to_datetime(df[name])
        elif name == "promo":
            df[name] = df[name].map({"yes": True, "no": False}).astype("boolean")
    return df


s, users, more = read(SESSIONS), read(USERS), read(MORE)
cases = []


def cell(name, value):
    if value is None or value is pd.NA or value is pd.NaT or (isinstance(value, float) and math.isnan(value)):
        return None
    if isinstance(value, (bool, np.bool_)):
        if name == "promo":
            return "yes" if value else "no"
        return "true" if value else "false"
    if isinstance(value, pd.Timestamp):
        return str(value.date()) if name.startswith("day") else value.strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(value, (int, float, np.integer, np.floating)):
        return float(value)
    return value if value != "" else None


def case(name, steps, df, n_changed=None):
    rows = [[cell(column, value) for column, value in zip(df.columns, row)]
            for row in df.astype(object).itertuples(index=False)]
    found = {"name": name, "steps": steps if isinstance(steps, list) else [steps], "columns": list(df.columns), "rows": rows}
    if n_changed is not None:
        found["n_cells_changed"] = n_changed
    cases.append(found)


# Rows
case("filter by conditions", {"step": "filter", "conditions": [
    {"op": "gt", "column": "minutes", "value": 7.25}, {"op": "in", "column": "plan", "values": ["Basic", "Premium"]}]},
    s[(s.minutes > 7.25) & s.plan.isin(["Basic", "Premium"])])
kleene = ((s.minutes.astype("Float64") > 8) & (s.plan.astype("string") == "Basic")) | s.promo
case("filter by an expression with three-valued logic",
     {"step": "filter", "expression": "minutes > 8 and plan = 'Basic' or promo"}, s[kleene.fillna(False)])
case("filter by the negation, which is not the rest",
     {"step": "filter", "expression": "not (minutes > 8 and plan = 'Basic' or promo)"}, s[(~kleene).fillna(False)])
case("drop duplicates, first", {"step": "drop_duplicates", "columns": ["user", "plan"]},
     s.drop_duplicates(["user", "plan"]))
case("drop duplicates, last", {"step": "drop_duplicates", "columns": ["plan", "minutes"], "keep": "last"},
     s.drop_duplicates(["plan", "minutes"], keep="last"))
case("drop duplicates of all columns", [{"step": "drop_columns", "columns": ["id"]}, {"step": "drop_duplicates"}],
     s.drop(columns="id").drop_duplicates())
case("drop missing, any", {"step": "drop_missing", "columns": ["minutes", "promo"]}, s.dropna(subset=["minutes", "promo"]))
case("drop missing, all", {"step": "drop_missing", "columns": ["minutes", "plays"], "when": "all"},
     s.dropna(subset=["minutes", "plays"], how="all"))
case("sort by two keys", {"step": "sort", "by": [{"column": "plan"}, {"column": "minutes", "descending": True}]},
     s.sort_values(["plan", "minutes"], ascending=[True, False], na_position="last", kind="stable"))
case("sort by date, late first", {"step": "sort", "by": [{"column": "day", "descending": True}]},
     s.sort_values("day", ascending=False, na_position="last", kind="stable"))
case("no row left", {"step": "filter", "expression": "minutes > 1e9"}, s[s.minutes > 1e9])
case("groups of no rows", [{"step": "filter", "expression": "minutes > 1e9"},
                           {"step": "group", "by": ["plan"], "aggregates": [{"name": "n", "function": "n"}]}],
     pd.DataFrame({"plan": [], "n": []}))


# Missing cells
def filled(columns, how):
    df = s.copy()
    for column in columns:
        df[column] = how(df[column])
    return df, int(sum(s[c].isna().sum() - df[c].isna().sum() for c in columns))


def fill(name, step, columns, how):
    df, n = filled(columns, how)
    case(name, {"step": "fill_missing", "columns": columns, **step}, df, n)


by_plan = lambda column: column.groupby(s.plan, dropna=False)
fill("fill with a number", {"with": {"constant": -1.125}}, ["minutes"], lambda c: c.fillna(-1.125))
fill("fill whole numbers", {"with": {"constant": 0}}, ["plays"], lambda c: c.fillna(0))
fill("fill names", {"with": {"constant": "Other"}}, ["plan", "full name"], lambda c: c.fillna("Other"))
fill("fill dates", {"with": {"constant": "2024-01-01"}}, ["day"], lambda c: c.fillna(pd.Timestamp("2024-01-01")))
fill("fill with the mean", {"with": "mean"}, ["minutes", "plays"], lambda c: c.astype(float).fillna(c.mean()))
fill("fill with the median of a group", {"with": "median", "by": ["plan"]}, ["minutes", "plays"],
     lambda c: c.astype(float).fillna(by_plan(c.astype(float)).transform("median")))
fill("fill with the previous value", {"with": "previous"}, ["minutes", "day", "plan", "promo"], lambda c: c.ffill())
fill("fill with the next value of a group", {"with": "next", "by": ["plan"]}, ["minutes", "at"], lambda c: by_plan(c).bfill())
fill("fill with the mode", {"with": "mode"}, ["minutes", "plan", "promo", "day"], lambda c: c.fillna(c.mode()[0]))

# Outliers
values = s.minutes.dropna()
q1, q3 = np.quantile(values, [0.25, 0.75])
mad = stats.median_abs_deviation(values, scale="normal")
for name, limits, low, high in [
    ("percentiles", {"method": "percentile", "low": 10, "high": 80}, *np.quantile(values, [0.1, 0.8])),
    ("the quartiles", {"method": "iqr", "factor": 1.5}, q1 - 1.5 * (q3 - q1), q3 + 1.5 * (q3 - q1)),
    ("the median deviation", {"method": "mad", "factor": 2}, values.median() - 2 * mad, values.median() + 2 * mad),
]:
    capped = s.assign(minutes=s.minutes.clip(low, high))
    n = int(((s.minutes < low) | (s.minutes > high)).sum())
    case(f"cap by {name}", {"step": "cap", "columns": ["minutes"], "limits": limits}, capped, n)
    case(f"remove by {name}", {"step": "remove_outliers", "columns": ["minutes"], "limits": limits},
         s[s.minutes.between(low, high) | s.minutes.isna()])
low, high = np.quantile(s.plays.dropna().astype(float), [0.05, 0.9])
case("cap whole numbers", {"step": "cap", "columns": ["plays"], "limits": {"method": "percentile", "low": 5, "high": 90}},
     s.assign(plays=s.plays.astype(float).clip(low, high)))

# Columns
case("cast to numbers", {"step": "cast", "column": "mixed", "kind": "continuous"},
     s.assign(mixed=pd.to_numeric(s.mixed, errors="coerce")))
counts = pd.to_numeric(s.mixed, errors="coerce")
case("cast to counts", {"step": "cast", "column": "mixed", "kind": "count"},
     s.assign(mixed=counts.where((counts >= 0) & (counts % 1 == 0))))
case("cast numbers to texts and back", [{"step": "cast", "column": "plays", "kind": "text"},
                                        {"step": "cast", "column": "plays", "kind": "count"}], s)
case("cast a date-time to a date", [{"step": "cast", "column": "at", "kind": "date"}, {"step": "rename", "names": {"at": "day2"}}],
     s.assign(at=s["at"].dt.normalize()).rename(columns={"at": "day2"}))
case("cast yes and no to numbers", {"step": "cast", "column": "promo", "kind": "count"}, s.assign(promo=s.promo.astype("Int64")))
case("rename, two change places", {"step": "rename", "names": {"user": "id", "id": "user", "full name": "name"}},
     s.rename(columns={"user": "id", "id": "user", "full name": "name"}))
recoded = s.plan.map(lambda p: p if pd.isna(p) else {"Básico": "Basic", "Kids": ""}.get(p, "Else"))
case("recode", {"step": "recode", "column": "plan", "map": {"Básico": "Basic", "Kids": ""}, "others": {"text": "Else"}},
     s.assign(plan=recoded), int((recoded != s.plan)[s.plan.notna()].sum()))
case("recode numbers", {"step": "recode", "column": "plays", "map": {"0": "none", "12": "many"}},
     s.assign(plays=s.plays.astype(object).map(lambda p: p if pd.isna(p) else {0: "none", 12: "many"}.get(p, str(int(p))))), 3)
parts = s.code.str.split("-", n=2, expand=True)
at = s.columns.get_loc("code") + 1
split = s.copy()
for i, name in enumerate(["a", "b", "rest"]):
    split.insert(at + i, name, parts[i])
case("split", {"step": "split", "column": "code", "separator": "-", "into": ["a", "b", "rest"]}, split)
case("select", {"step": "select", "columns": ["plan", "id"]}, s[["plan", "id"]])
case("drop columns", {"step": "drop_columns", "columns": ["plan", "id"]}, s.drop(columns=["plan", "id"]))


# Expressions
def derive(expression, values, column="x"):
    case(expression, [{"step": "derive", "column": column, "expression": expression}, {"step": "select", "columns": ["id", column]}],
         s[["id"]].assign(**{column: values}))


f = s.minutes.astype(float)
plays = s.plays.astype(float)
name = s["full name"]
no_zero = lambda x: x.where(x != 0)
derive("minutes * 2 - 1", f * 2 - 1)
derive("-minutes ^ 2", -(f**2))
derive("2 ^ 3 ^ 2 + minutes", 512 + f)
derive("minutes / plays", f / no_zero(plays))
derive("(minutes - 20) % plays", (f - 20) % no_zero(plays))
derive("minutes % -3", f % -3)
derive("round(minutes / 3, 2)", (f / 3).round(2))
derive("round(minutes, -1)", (f / 10).round() * 10)
derive("abs(minutes) + floor(minutes) - ceil(minutes)", f.abs() + np.floor(f) - np.ceil(f))
with np.errstate(all="ignore"):
    derive("ln(minutes) + log10(minutes)", (np.log(f) + np.log10(f)).where(f > 0))
    derive("sqrt(minutes)", np.sqrt(f).where(f >= 0))
derive("exp(minutes / 10)", np.exp(f / 10))
derive("min(minutes, plays, 8)", pd.concat([f, plays, f * 0 + 8], axis=1).min(axis=1, skipna=False))
derive("max(minutes, plays)", pd.concat([f, plays], axis=1).max(axis=1, skipna=False))
derive("coalesce(minutes, plays, -1)", f.fillna(plays).fillna(-1))
derive("if(minutes > 10, 'long', 'short')", np.where(f > 10, "long", "short"))
derive("if(plays = 0, null, minutes / plays)", f / no_zero(plays))
derive("minutes > plays", (s.minutes.astype("Float64") > s.plays).astype("boolean"))
derive("promo and minutes < 10", s.promo & (s.minutes.astype("Float64") < 10))
derive("promo or minutes < 10", s.promo | (s.minutes.astype("Float64") < 10))
derive("not promo", ~s.promo)
derive("promo + 1", s.promo.astype("Int64") + 1)
derive("promo = 'yes'", s.promo)
derive("plan in ('Basic', 'Kids')", s.plan.isin(["Basic", "Kids"]).astype("boolean").where(s.plan.notna()))
derive("plan not in ('Basic', null)", pd.Series([False if p == "Basic" else pd.NA for p in s.plan], dtype="boolean"))
derive("minutes is null", f.isna())
derive("`full name` is not null", name.notna())
derive("lower(`full name`)", name.str.lower())
derive("upper(`full name`)", name.str.upper())
derive("length(`full name`)", name.str.len())
derive("contains(`full name`, 'ann')", name.str.contains("ann", regex=False).astype("boolean"))
derive("starts_with(code, 'A-')", s.code.str.startswith("A-").astype("boolean"))
derive("ends_with(code, 'x')", s.code.str.endswith("x").astype("boolean"))
derive("replace(code, '-', '')", s.code.str.replace("-", "", regex=False))
derive("substring(`full name`, 2, 3)", name.str.slice(1, 4))
derive("substring(`full name`, 3)", name.str.slice(2))
derive("trim(concat(' ', plan, '  '))", s.plan)
derive("concat(plan, ':', plays)", s.plan + ":" + s.plays.astype("string").astype(object))
derive("year(day) * 100 + month(day)", s.day.dt.year * 100 + s.day.dt.month)
derive("quarter(at)", s["at"].dt.quarter)
derive("day(at)", s["at"].dt.day)
derive("weekday(day)", s.day.dt.dayofweek + 1)
derive("hour(at) * 60 + minute(at)", s["at"].dt.hour * 60 + s["at"].dt.minute)
derive("date(at)", s["at"].dt.normalize(), "day_of")
derive("date('2024-02-29')", pd.Timestamp("2024-02-29"), "day_of")
derive("days_between(day, date('2024-03-01'))", (pd.Timestamp("2024-03-01") - s.day).dt.days)
derive("hours_between(day, at)", (s["at"] - s.day).dt.total_seconds() / 3600)
derive("minutes_between('2024-01-01 00:30', at)", (s["at"] - pd.Timestamp("2024-01-01 00:30")).dt.total_seconds() / 60)
derive("day >= '2024-02-29'", (s.day >= "2024-02-29").astype("boolean").where(s.day.notna()))
derive("at < day", (s["at"] < s.day).astype("boolean").where(s.day.notna() & s["at"].notna()))
replaced = s.assign(minutes=f * 2)
case("derive in the place of a column", {"step": "derive", "column": "minutes", "expression": "minutes * 2"}, replaced,
     int(((f * 2 != f) & f.notna()).sum()))

# Groups
share = lambda c: c.astype("Float64").mean()
aggregates = {
    "rows": ("n", None, lambda g: len(g)), "n": ("n", "minutes", lambda g: g.minutes.count()),
    "plans": ("n_unique", "user", lambda g: g.user.nunique()), "sum": ("sum", "minutes", lambda g: g.minutes.sum(min_count=1)),
    "plays": ("sum", "plays", lambda g: g.plays.sum(min_count=1)), "mean": ("mean", "minutes", lambda g: g.minutes.mean()),
    "median": ("median", "plays", lambda g: g.plays.median()), "sd": ("sd", "minutes", lambda g: g.minutes.std()),
    "low": ("min", "minutes", lambda g: g.minutes.min()), "day_last": ("max", "day", lambda g: g.day.max()),
    "q": ("quantile", "minutes", lambda g: g.minutes.quantile(0.3)),
    "first": ("first", "full name", lambda g: next(iter(g["full name"].dropna()), None)),
    "last": ("last", "minutes", lambda g: next(iter(g.minutes.dropna()[::-1]), None)),
    "share": ("share_true", "promo", lambda g: share(g.promo)),
}
asked = [{"name": n, "function": function, **({"column": column} if column else {}), **({"q": 0.3} if n == "q" else {})}
         for n, (function, column, _) in aggregates.items()]


def grouped(by):
    rows = []
    for key, g in (s.groupby(by, dropna=False, sort=True) if by else [((), s)]):
        rows.append(list(key) + [how(g) for _, _, how in aggregates.values()])
    return pd.DataFrame(rows, columns=by + list(aggregates), dtype=object)


case("group by a column", {"step": "group", "by": ["plan"], "aggregates": asked}, grouped(["plan"]))
case("group by two columns", {"step": "group", "by": ["promo", "plan"], "aggregates": asked}, grouped(["promo", "plan"]))
case("group all", {"step": "group", "aggregates": asked}, grouped([]))
wide = s.pivot_table(index="plan", columns="promo", values="minutes", aggfunc="mean", dropna=True)
wide = wide.reindex(sorted(s.plan.dropna().unique()) + [np.nan])
plain = s[s.plan.isna()]
rows = [[p] + [s[(s.plan.isna() if pd.isna(p) else s.plan == p) & (s.promo == v)].minutes.mean() for v in (False, True)] for p in wide.index]
case("pivot", {"step": "pivot", "by": ["plan"], "names_from": "promo", "values_from": "minutes", "function": "mean", "prefix": "promo_"},
     pd.DataFrame(rows, columns=["plan", "promo_no", "promo_yes"], dtype=object))
wide = pd.crosstab(s.user, s.plan)
case("pivot counts", [{"step": "drop_missing", "columns": ["plan"]},
                      {"step": "pivot", "by": ["user"], "names_from": "plan", "function": "n"}],
     wide.reset_index().rename_axis(columns=None)[["user", "Basic", "Básico", "Kids", "Premium"]])
long = s[["id", "minutes", "plays"]].astype({"plays": float}).melt(id_vars="id", ignore_index=False).sort_index(kind="stable")
case("unpivot", [{"step": "select", "columns": ["id", "minutes", "plays"]},
                 {"step": "unpivot", "columns": ["minutes", "plays"], "names_to": "what", "values_to": "value"}],
     long.rename(columns={"variable": "what"}))

# Other tables
right = users.rename(columns={"plan": "plan_users", "full name": "full name_users"})
case("join left", {"step": "join", "table": "users", "keys": [{"left": "user", "right": "user"}]},
     s.merge(right, on="user", how="left"))
right = users.rename(columns={"full name": "full name_users"})
case("join inner by two keys", {"step": "join", "table": "users", "how": "inner",
                                "keys": [{"left": "user", "right": "user"}, {"left": "plan", "right": "plan"}]},
     s.merge(right, on=["user", "plan"], how="inner"))
case("concatenate", {"step": "concatenate", "tables": ["more"], "source": "from"},
     pd.concat([s, more], ignore_index=True).assign(**{"from": ["sessions"] * len(s) + ["more"] * len(more)}))

out = {
    "tables": {"sessions": SESSIONS, "users": USERS, "more": MORE}, "kinds": KINDS, "cases": cases,
    "made_with": f"pandas {pd.__version__}",
}
path = pathlib.Path(__file__).with_name("cases.json")
path.write_text(json.dumps(out, ensure_ascii=False, indent=None, separators=(",", ":")).replace('{"name"', '\n{"name"') + "\n")
print(len(cases), "cases")
