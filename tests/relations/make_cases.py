"""Tables with keys, foreign keys and faults, and what pandas counts of them: writes cases.json.

    python3 make_cases.py    # Python 3.11, pandas 3.1.1, numpy 2.4.6

The tables stand in cases.json as CSV, so that the engine reads the very cells that pandas counted.
"""

import io
import json
from pathlib import Path

import numpy as np
import pandas as pd

RNG = np.random.default_rng(20240607)


def ids(prefix, n):
    return [f"{prefix}-{i:03d}" for i in range(1, n + 1)]


users = pd.DataFrame({
    "user_id": ids("U", 60),
    "country": RNG.choice(["AT", "BR", "IN", "US"], 60),
    "signup_date": pd.date_range("2024-01-01", periods=60).strftime("%Y-%m-%d"),
    "age": RNG.integers(18, 70, 60),
})
artists = pd.DataFrame({"id": np.arange(1, 21), "name": [f"Artist {i}" for i in range(1, 21)]})
tracks = pd.DataFrame({
    "track_id": np.arange(1, 201),
    "artist": RNG.integers(1, 21, 200),
    "title": [f"Track no. {i}" for i in RNG.permutation(200)],
    "ms": RNG.integers(90_000, 400_000, 200),
})
# Orphans (three users that are not there), missing cells, and users without a session.
names = users.user_id.to_numpy()[:52]
session_user = RNG.choice(names, 400).astype(object)
session_user[[5, 17, 301]] = "U-901"
session_user[[44, 45]] = "U-902"
session_user[200] = "U-903"
session_user[[9, 99, 199, 299]] = None
sessions = pd.DataFrame({
    "session_id": ids("S", 400),
    "user_id": session_user,
    "started_at": pd.date_range("2024-03-01", periods=400, freq="97min").strftime("%Y-%m-%d %H:%M:%S"),
    "minutes": RNG.gamma(2.0, 12.0, 400).round(2),
    "rating": RNG.integers(1, 6, 400),
    "watched": RNG.choice(["true", "false"], 400),
})
# A table that connects two others; its key is the pair.
pairs = pd.MultiIndex.from_product([np.arange(1, 31), np.arange(1, 201)]).to_frame(index=False)
pairs = pairs.sample(350, random_state=7).reset_index(drop=True)
playlist_tracks = pd.DataFrame({"playlist_id": pairs[0], "track_id": pairs[1], "place": RNG.integers(1, 40, 350)})
playlists = pd.DataFrame({
    "playlist_id": np.arange(1, 31),
    "playlist_owner": RNG.choice(names, 30),
    "public": RNG.choice([0, 1], 30),
})
# One row each for some users: one to one.
profiles = pd.DataFrame({"user_id": sorted(RNG.choice(names, 25, replace=False)), "bio": [f"Text {i}" for i in range(25)]})
# A table that points to itself.
parents = [None if i < 5 else int(RNG.integers(1, i)) for i in range(1, 91)]
comments = pd.DataFrame({
    "id": np.arange(1, 91),
    "parent_id": pd.array(parents, dtype="Int64"),
    "user_id": RNG.choice(names, 90),
    "text": [f"comment {i}, said so" for i in range(90)],
})
# Names with spaces and reserved words.
order = pd.DataFrame({"Order No": np.arange(5001, 5041), "select": RNG.choice(["x", "y"], 40), "user id": RNG.choice(names, 40)})
# Nothing to do with any other.
weather = pd.DataFrame({"day": pd.date_range("2023-01-01", periods=30).strftime("%Y-%m-%d"), "degrees": RNG.normal(10, 5, 30).round(1)})
# A key with faults: two users twice.
devices = pd.DataFrame({"device_id": ids("D", 38) + ["D-001", "D-007"], "maker": RNG.choice(["a", "b"], 40)})
logins = pd.DataFrame({"login_id": np.arange(1, 121), "device_id": RNG.choice(ids("D", 38), 120)})

tables = {
    "users": users, "artists": artists, "tracks": tracks, "sessions": sessions, "playlists": playlists,
    "playlist_tracks": playlist_tracks, "profiles": profiles, "comments": comments, "order": order, "weather": weather,
    "devices": devices, "logins": logins,
}
texts = {name: table.to_csv(index=False) for name, table in tables.items()}
tables = {name: pd.read_csv(io.StringIO(text)) for name, text in texts.items()}

# What should be found: child, parent.
expected = [
    ("tracks", "artist", "artists", "id"),
    ("sessions", "user_id", "users", "user_id"),
    ("playlists", "playlist_owner", "users", "user_id"),
    ("playlist_tracks", "playlist_id", "playlists", "playlist_id"),
    ("playlist_tracks", "track_id", "tracks", "track_id"),
    ("profiles", "user_id", "users", "user_id"),
    ("comments", "parent_id", "comments", "id"),
    ("comments", "user_id", "users", "user_id"),
    ("order", "user id", "users", "user_id"),
    ("logins", "device_id", "devices", "device_id"),
]
# And some that are only measured.
measured = expected + [("sessions", "rating", "artists", "id"), ("users", "user_id", "sessions", "user_id"), ("tracks", "ms", "comments", "id")]


def measure(child, column, parent, key):
    cells, keys = tables[child][column], tables[parent][key].dropna()
    present = cells.dropna()
    is_known = present.isin(keys)
    orphans = present[~is_known]
    counts = orphans.value_counts()
    first_row = {value: int(orphans[orphans == value].index[0]) for value in counts.index}
    named = sorted(counts.index, key=lambda value: (-counts[value], first_row[value]))[:5]
    children = present[is_known].value_counts().reindex(keys.unique(), fill_value=0)
    repeats, repeated = bool(present.duplicated().any()), bool(keys.duplicated().any())
    return {
        "from": {"table": child, "column": column},
        "to": {"table": parent, "column": key},
        "cardinality": {(True, False): "many_to_one", (False, False): "one_to_one", (False, True): "one_to_many",
                        (True, True): "many_to_many"}[(repeats, repeated)],
        "n_rows": len(cells),
        "n_missing": int(cells.isna().sum()),
        "match_rate": float(is_known.mean()) if len(present) else None,
        "n_orphan_rows": int(len(orphans)),
        "n_orphan_values": int(orphans.nunique()),
        "orphans": [{"value": str(value), "n": int(counts[value])} for value in named],
        "n_parents": int(keys.nunique()),
        "n_parents_without_children": int((children == 0).sum()),
        "n_repeated_parents": int((keys.value_counts() > 1).sum()),
        "mean_children": float(children.mean()),
        "max_children": int(children.max()),
    }


def unique_columns(table):
    return [name for name in table if table[name].notna().all() and table[name].is_unique]


cases = {
    "versions": {"pandas": pd.__version__, "numpy": np.__version__},
    "tables": texts,
    "primary_keys": {
        "users": ["user_id"], "artists": ["id"], "tracks": ["track_id"], "sessions": ["session_id"],
        "playlists": ["playlist_id"], "playlist_tracks": ["playlist_id", "track_id"], "profiles": ["user_id"],
        "comments": ["id"], "order": ["Order No"], "weather": ["day"], "devices": [], "logins": ["login_id"],
    },
    "unique_columns": {name: unique_columns(table) for name, table in tables.items()},
    "found": [measure(*ends) for ends in expected],
    "measured": [measure(*ends) for ends in measured],
}
assert not playlist_tracks.duplicated(["playlist_id", "track_id"]).any()
path = Path(__file__).with_name("cases.json")
path.write_text(json.dumps(cases, indent=1, ensure_ascii=False) + "\n")
