"""Writes cases.json: well-formed files by Python's csv module, with the cells that stand in them, and column
summaries by the statistics module. Run: python3 make_cases.py (Python 3.11, no other packages)."""

import csv
import io
import json
import random
import statistics

WORDS = "night river the of story first home blue star city long road lost again silent moon café señor Ünal".split()
COUNTRIES = ["DE", "FR", "NA", "BR", "IN", "US"]


def title(rng):
    return " ".join(rng.choice(WORDS) for _ in range(rng.randint(1, 5))).title()


def comment(rng, delimiter):
    text = title(rng)
    trouble = rng.random()
    if trouble < 0.25:
        text += delimiter + " " + title(rng)
    elif trouble < 0.4:
        text = text + ' "' + rng.choice(WORDS) + '" ' + title(rng)
    elif trouble < 0.5:
        text += "\n" + title(rng)
    elif trouble < 0.6:
        text = ""
    return text


def columns(rng, delimiter, decimal):
    def number(digits):
        return f"{rng.gauss(50, 30):.{digits}f}".replace(".", decimal)

    return {
        "row": lambda i: str(i + 1),
        "user_id": lambda i: str(rng.randint(1, 500)),
        "minutes": lambda i: number(2),
        "score": lambda i: "" if rng.random() < 0.1 else number(rng.randint(1, 3)),
        "clicks": lambda i: str(rng.randint(0, 12)),
        "watched": lambda i: str(rng.randint(0, 1)),
        "active": lambda i: rng.choice(["true", "false"]),
        "country": lambda i: rng.choice(COUNTRIES),
        "zip": lambda i: f"{rng.randint(0, 99999):05}",
        "day": lambda i: f"2024-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}",
        "when": lambda i: f"{rng.randint(1, 28):02}.{rng.randint(1, 12):02}.2023 {rng.randint(0, 23):02}:30",
        "title": lambda i: title(rng),
        "comment": lambda i: comment(rng, delimiter),
    }


def summary(cells, decimal):
    values = sorted(float(cell.replace(decimal, ".")) for cell in cells if cell)
    q1, median, q3 = statistics.quantiles(values, n=4, method="inclusive")  # type 7
    return {
        "n": len(values),
        "mean": statistics.fmean(values),
        "sd": statistics.stdev(values),
        "q1": q1,
        "median": median,
        "q3": q3,
    }


def case(seed):
    rng = random.Random(seed)
    delimiter = rng.choice(",;\t|")
    decimal = "," if delimiter == ";" and rng.random() < 0.5 else "."
    quoting = rng.choice([csv.QUOTE_MINIMAL, csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC])
    line_end = rng.choice(["\n", "\n", "\r\n"])
    encoding = rng.choice(["utf-8", "utf-8", "utf-8-sig", "cp1252", "utf-16"])
    makers = columns(rng, delimiter, decimal)
    names = ["row", "minutes"] + rng.sample(sorted(set(makers) - {"row", "minutes"}), rng.randint(1, 7))
    rows = [[makers[name](i) for name in names] for i in range(rng.randint(12, 20))]
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, quoting=quoting, lineterminator=line_end)
    writer.writerow(names)
    writer.writerows(rows)
    text = out.getvalue()
    if rng.random() < 0.3:
        text = text.removesuffix(line_end)
    return {
        "seed": seed,
        "bytes": text.encode(encoding).hex(),
        "delimiter": delimiter,
        "names": names,
        "rows": rows,
        "minutes": summary([row[names.index("minutes")] for row in rows], decimal),
    }


if __name__ == "__main__":
    with open("cases.json", "w", encoding="utf-8") as file:
        file.write("[\n" + ",\n".join(json.dumps(case(seed), ensure_ascii=False) for seed in range(40)) + "\n]\n")
