"""Writes values.json: columns of amounts, percentages and dates as other programs write and read them.

Amounts are written by Babel (locale data of CLDR) and read again by Babel's parse_decimal and Python's float; dates are
written by Babel and strftime and read again by dateutil or pandas where these know the language.
Run: python3 make_values.py (Python 3.11, Babel 2.18.0, pandas 2.2.3, python-dateutil 4.0.0)."""

import datetime
import json
import random

import pandas
from babel.dates import format_date
from babel.numbers import format_currency, format_percent, parse_decimal
from dateutil import parser

rng = random.Random(7)
columns = []


def amounts():
    return [round(rng.choice([1, -1]) * 10 ** rng.uniform(-1, 6.5), 2) for _ in range(60)]


for locale, currency, unit in [
    ("en_US", "USD", "$"),
    ("en_GB", "GBP", "£"),
    ("de_DE", "EUR", "€"),
    ("fr_FR", "EUR", "€"),
    ("de_AT", "EUR", "€"),
    ("ja_JP", "USD", "$"),
    ("cs_CZ", "CZK", "Kč"),
    ("pt_BR", "BRL", "R$"),
]:
    texts = [format_currency(value, currency, locale=locale) for value in amounts()]
    strip = lambda text: "".join(c for c in text if c.isdigit() or c in ".,-'\u00a0\u202f ").strip()
    plain = [strip(text).replace("-\u00a0", "-") for text in texts]
    values = [float(parse_decimal(text, locale=locale)) for text in plain]
    columns.append({"what": f"{currency} in {locale}", "unit": unit, "cells": texts, "values": values})

accounting = [format_currency(value, "USD", locale="en_US", format_type="accounting") for value in amounts()]
values = [float(text.strip("()").replace("$", "").replace(",", "")) * (-1 if "(" in text else 1) for text in accounting]
columns.append({"what": "accounting", "unit": "$", "cells": accounting, "values": values})

for locale in ["en_US", "de_DE", "fr_FR", "es_ES"]:
    shares = [rng.uniform(0, 2) for _ in range(60)]
    texts = [format_percent(value, "#,##0.0%" if locale == "en_US" else "#,##0.0\u00a0%", locale=locale) for value in shares]
    values = [float(parse_decimal(text.strip("%").strip(), locale=locale)) for text in texts]
    columns.append({"what": f"percent in {locale}", "unit": "%", "cells": texts, "values": values})

days = [datetime.date(1971, 1, 1) + datetime.timedelta(days=rng.randrange(35_000)) for _ in range(60)]
EPOCH = datetime.date(1970, 1, 1)
for locale, pattern in [
    ("en", "d MMM yyyy"),
    ("en", "MMMM d, yyyy"),
    ("en", "EEEE, MMMM d, yyyy"),
    ("en", "EEE, dd MMM yyyy"),
    ("en", "yyyy-MMM-dd"),
    ("de", "d. MMMM yyyy"),
    ("de", "EEEE, d. MMMM yyyy"),
    ("fr", "d MMMM yyyy"),
    ("fr", "EEEE d MMMM yyyy"),
    ("es", "d 'de' MMMM 'de' yyyy"),
    ("es", "EEEE, d 'de' MMMM 'de' yyyy"),
    ("it", "d MMM yyyy"),
    ("it", "EEEE d MMMM yyyy"),
    ("pt_BR", "d 'de' MMMM 'de' yyyy"),
]:
    texts = [format_date(day, pattern, locale=locale) for day in days]
    values = [(day - EPOCH).days for day in days]
    if locale == "en":
        assert [(parser.parse(text).date() - EPOCH).days for text in texts] == values
    columns.append({"what": f"{pattern} in {locale}", "unit": None, "cells": texts, "values": values})

short = [day.strftime("%d-%b-%y") for day in days if 1971 <= day.year <= 2065]
values = [int(day.timestamp() // 86400) for day in pandas.to_datetime(short, format="%d-%b-%y")]
# pandas takes 69 to 99 for the last century as POSIX does, and 00 to 68 for this one; no year of these is 69.
assert not any(text.endswith("-69") for text in short)
columns.append({"what": "%d-%b-%y", "unit": None, "cells": short, "values": values})

with open("values.json", "w", encoding="utf-8") as file:
    file.write("[\n" + ",\n".join(json.dumps(column, ensure_ascii=False) for column in columns) + "\n]\n")
