"""Damaged files, each with the table that a correct load gives.

    python3 make_damage.py damage        # the 100 that are kept as tests
    python3 make_damage.py FOLDER SEED   # every family for every table, for another seed

Standard library only (Python 3.11). The families are those that surveys of open data found; the tables
are made up here. A file `x.csv` has its table beside it as `x.clean`: RFC 4180, UTF-8, comma, every cell
as it stood; no header row where the file has none.
"""
import csv, io, random, sys
from pathlib import Path

WORDS = "amber river stone quiet lamp north harbor velvet signal copper meadow winter paper orbit cedar".split()
FIRST = "Ana Bo Chidi Dóra Émile Fatou Goro Håkon Inés Jürgen Kwame Lê".split()

def sessions(rng, n=40):
    header = ["session_id", "user_id", "started_at", "device", "minutes", "watched", "title"]
    rows = []
    for i in range(n):
        day, hour = rng.randint(1, 28), rng.randint(0, 23)
        title = " ".join(rng.sample(WORDS, 3)).capitalize()
        title += rng.choice(["", "", ", part 2", ': the "lost" tapes', "; redux"])
        rows.append([str(10001 + i), f"U{rng.randint(1, 60):04d}", f"2024-03-{day:02d} {hour:02d}:{rng.randint(0,59):02d}",
                     rng.choice(["Mobile", "TV", "Web"]), f"{rng.uniform(1, 90):.1f}", rng.choice(["0", "1"]), title])
    return header, rows

def people(rng, n=30):
    header = ["Name", "City", "Plan", "Note"]
    rows = [[rng.choice(FIRST) + " " + rng.choice(WORDS).capitalize(), rng.choice(["Oslo", "Lima", "Kyiv", "Paris"]),
             rng.choice(["Free", "Basic", "Premium"]), rng.choice(["", "asked twice", "likes films, not series", 'said "no"', ""])]
            for _ in range(n)]
    return header, rows

def readings(rng, n=35):
    header = ["day", "n_viewers", "share"]
    return header, [[f"{1 + i % 28:02d}/{1 + i // 28:02d}/2023", str(rng.randint(0, 5000)), f"{rng.random():.3f}"] for i in range(n)]

def prices(rng, n=25):
    header = ["Region", "SKU", "Q1 2023", "Q2 2023", "Q3 2023", "Q4 2023", "Contact", "Comment"]
    rows = []
    for i in range(n):
        cells = [f"{rng.randint(100, 99999) / 100:.2f}" if rng.random() > 0.15 else "" for _ in range(4)]
        rows.append([rng.choice(["North", "South", "East", "West"]), f"{rng.choice('ABC')}{rng.choice('XYZ')}-{rng.randint(0, 9999):04d}",
                     *cells, f"a{i}@example.org", rng.choice(["", "checked by hand, twice", "line one\nline two", "", "=A1+1"])])
    return header, rows

def pairs(rng, n=20):
    return ["x", "y"], [[str(i), f"{rng.gauss(0, 3):.4f}"] for i in range(n)]

def catalogue(rng, n=30):
    header = ["id", "artist", "track", "length", "price", "released", "explicit", "url", "description"]
    rows = []
    for i in range(n):
        text = " ".join(rng.choices(WORDS, k=rng.randint(4, 20)))
        rows.append([f"{rng.randint(0, 9999999):07d}", rng.choice(FIRST), rng.choice(WORDS).capitalize() + rng.choice(["", ", live", ' (7")']),
                     f"{rng.randint(1, 9)}:{rng.randint(0, 59):02d}", f"${rng.randint(50, 2000) / 100:.2f}",
                     f"{rng.randint(1, 28):02d}.{rng.randint(1, 12):02d}.{rng.randint(1990, 2024)}", rng.choice(["true", "false"]),
                     f"https://example.com/t/{i}.html", text.capitalize() + rng.choice([".", ", they say.", '. "Fine", he said.'])])
    return header, rows

TABLES = {"sessions": sessions, "people": people, "readings": readings, "prices": prices, "pairs": pairs, "catalogue": catalogue}

def cell(text, delimiter=",", quote='"', escape=None, always=False):
    inner = text
    if quote is None:
        return inner
    if not always and not any(c in text for c in (delimiter[0], quote, "\n", "\r")) and text == text.strip():
        return inner
    return quote + inner.replace(quote, (quote if escape is None else escape) + quote) + quote

def line(cells, **options):
    return options.get("delimiter", ",").join(cell(c, **options) for c in cells)

def text(header, rows, end="\n", last=None, **options):
    records = ([header] if header else []) + rows
    body = end.join(line(r, **options) for r in records)
    return body + (end if last is None else last)

def plain(rows, *forbidden):
    """Rows without characters that a family could not write."""
    return [["".join(" " if c in forbidden else c for c in x) for x in r] for r in rows]

def families(name, header, rows, rng):
    """Gives (family, bytes, header or None, rows)."""
    whole = (header, rows)
    n = len(header)
    typed = sum(all(x == "" or x.replace(".", "", 1).isdigit() for x in (r[i] for r in rows)) for i in range(n))
    def out(family, body, h=header, r=rows, encoding="utf-8"):
        return family, body if isinstance(body, bytes) else body.encode(encoding), h, r
    flat = plain(rows, "\n")
    flatq = plain(rows, "\n", '"')
    ends = {"lf": "\n", "crlf": "\r\n", "cr": "\r"}
    for key, end in ends.items():
        r = [[c.replace("\n", " ") for c in row] for row in rows] if key == "cr" else rows
        yield out(f"ends_{key}", text(header, r, end=end), header, r)
    yield out("no_last_newline", text(*whole, last=""))
    yield out("two_last_newlines", text(*whole, last="\n\n"))
    for key, d in {"semicolon": ";", "tab": "\t", "pipe": "|", "comma_space": ", ", "double_pipe": "||", "tilde": "~", "caret": "^", "colon_colon": "::"}.items():
        if d == "\t" and any("\t" in c for r in rows for c in r): continue
        body = text(*whole, delimiter=d, always=(len(d) > 1))
        yield out(f"delimiter_{key}", body)
    yield out("delimiter_space", text(header, flat, delimiter=" "), header, flat) if all(" " not in h for h in header) else out("delimiter_space", text(header, flat, delimiter=" "), header, flat)
    words = plain([[c or "-" for c in r] for r in flatq], " ", ",")
    words = [[c.replace(" ", "_") for c in r] for r in words]
    wide = [h.replace(" ", "_") for h in header]
    widths = [max(len(r[i]) for r in [wide] + words) + 2 for i in range(n)]
    yield out("delimiter_aligned", "".join("".join(c.ljust(w) for c, w in zip(r, widths)).rstrip() + "\n" for r in [wide] + words), wide, words)
    for key, q in {"single": "'"}.items():
        r = plain(rows, '"')
        yield out(f"quote_{key}", text(header, r, quote=q, always=True), header, r)
    noq = plain(rows, "\n", '"', ",")
    yield out("quote_none", text(header, noq, quote=None), header, noq)
    yield out("quote_all", text(*whole, always=True))
    # An inner quote that is not escaped can only be told where no delimiter follows it.
    bare = [[c.replace('",', '" ') for c in r] for r in flat]
    bare = [[c[:-1] + "." if c.endswith('"') or c.endswith("\\") else c for c in r] for r in bare]
    yield out("escape_backslash", text(header, bare, escape="\\", always=True), header, bare)
    yield out("escape_none", "\n".join(",".join(f'"{c}"' for c in r) for r in [header] + bare) + "\n", header, bare)
    yield out("no_header", text(None, rows), None, rows)
    yield out("header_2_rows", text(header, rows).replace(line(header), line(header) + "\n" + line(header), 1), [f"{h} {h}" for h in header], rows)
    units = [rng.choice(["", "unit", "text"]) if i else "kind" for i in range(n)]
    if typed >= 2:
        groups = [f"group {1 + i // 2}" for i in range(n)]
        yield out("header_group", line(groups) + "\n" + text(*whole), [f"{g} {h}" for g, h in zip(groups, header)], rows)
    pad = "," * (n - 1)
    yield out("preamble_delimited", f"Report{pad}\n{pad}\n" + text(*whole))
    yield out("preamble_plain", "Weekly export of the viewing service\nGenerated on 21 Nov 2026\n\n" + text(*whole))
    yield out("preamble_hash", "# source: data lake\n# rows: all\n" + text(*whole))
    yield out("preamble_no_gap", "All figures are provisional\n" + text(*whole))
    yield out("footnote_plain", text(*whole) + "\nSource: the viewing service, own calculation\n")
    yield out("footnote_delimited", text(*whole) + f"{pad}\n* provisional figures of the last week{pad}\n")
    for key, k in {"same": n, "less": n - 1, "more": n + 1}.items():
        if k < 2: continue
        extra = [f"extra_{i}" for i in range(1)] if k > n else []
        h2 = (header + extra)[:k]
        r2 = [(r + ["x"] * len(extra))[:k] for r in rows]
        yield out(f"tables_{key}", text(*whole) + text(h2, r2))
        yield out(f"tables_{key}_gap", text(*whole) + "\n" + text(h2, r2))
    other = (["country", "n"], [["NO", "4"], ["PE", "7"], ["UA", "9"], ["FR", "2"]])
    if n != 2:
        yield out("tables_other", text(*whole) + "\nBy country\n" + text(*other))
    at = rng.randrange(len(rows))
    row = flatq[at]
    def with_row(new_line, r=rows):
        records = [line(header)] + [line(x) for x in rows]
        records[at + 1] = new_line
        return "\n".join(records) + "\n"
    fixed = rows[:at] + [row] + rows[at + 1:]
    where = rng.randrange(1, n)
    yield out("row_more", with_row(line(row[:where] + [""] + row[where:])), header, fixed)
    yield out("row_more_end", with_row(line(row) + ","), header, fixed)
    if typed:  # In a table of texts nothing tells such a header from a row.
        yield out("header_more", text(*whole).replace(line(header), line(header[:where] + [""] + header[where:]), 1))
    short = row[:-1] + [""]
    yield out("row_less_end", with_row(line(row[:-1])), header, rows[:at] + [short] + rows[at + 1:])
    yield out("row_semicolon", with_row(line(row, delimiter=";")), header, fixed)
    if all(row):
        yield out("row_space", with_row(line(row, delimiter=" ")), header, fixed)
    stray = [('"' if i == where - 1 else "") + c.replace(",", "") for i, c in enumerate(row)]
    yield out("row_stray_quote", with_row(",".join(stray)), header, rows[:at] + [stray] + rows[at + 1:])
    yield out("header_stray_quote", ('"' + ",".join(header)) + "\n" + text(None, rows), ['"' + header[0]] + header[1:], rows)
    yield out("header_only", line(header) + "\n", header, [])
    yield out("one_row", text(header, rows[:1]), header, rows[:1])
    yield out("nothing", b"", None, [])
    yield out("bom", text(*whole), encoding="utf-8-sig")
    yield out("utf16", b"\xff\xfe" + text(*whole).encode("utf-16-le"))
    yield out("utf16be", b"\xfe\xff" + text(*whole).encode("utf-16-be"))
    yield out("latin1", text(*whole), encoding="latin-1", h=header) if latin(rows) else out("latin1", text(header, drop(rows)), header, drop(rows), "latin-1")
    spaced = [[(" " + c if rng.random() < 0.3 and c else c) for c in r] for r in flatq]
    yield out("spaces_in_cells", "\n".join(",".join(f'"{c}"' if "," in c else c for c in r) for r in [header] + spaced) + "\n", header, spaced)
    yield out("trailing_delimiters", "\n".join(line(r) + "," for r in [header] + rows) + "\n", header, rows)

def latin(rows):
    return all(ord(c) < 256 for r in rows for x in r for c in x)

def drop(rows):
    return [["".join(c if ord(c) < 256 else "?" for c in x) for x in r] for r in rows]

def write(folder, name, body, header, rows):
    (folder / f"{name}.csv").write_bytes(body)
    clean = io.StringIO()
    writer = csv.writer(clean, lineterminator="\n")
    for r in ([header] if header else []) + rows:
        writer.writerow(r)
    (folder / f"{name}.clean").write_bytes(clean.getvalue().encode())

def main():
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    seed = sys.argv[2] if len(sys.argv) > 2 else None
    found = []
    for name, make in TABLES.items():
        rng = random.Random(f"{name} {seed or 7}")
        header, rows = make(rng)
        if seed is None:
            rows = rows[:12]
        for family, body, h, r in families(name, header, rows, rng):
            found.append((f"{family}-{name}", body, h, r))
    if seed is None:
        # Every family at least once, and the tables in turn.
        by_family = {}
        for item in found:
            by_family.setdefault(item[0].rsplit("-", 1)[0], []).append(item)
        kept, turn = [], 0
        while len(kept) < 100:
            for items in by_family.values():
                if items and len(kept) < 100:
                    kept.append(items.pop(turn % len(items)))
                    turn += 1
        found = kept
    for item in found:
        write(folder, *item)
    print(len(found), "files")

main()
