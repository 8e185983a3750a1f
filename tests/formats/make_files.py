"""Makes the files that tests/formats.rs reads: python make_files.py

gzip and JSON need the standard library alone, the workbooks openpyxl 3.1.
"""

import datetime
import gzip
import io
import json
import pathlib
import zipfile

import openpyxl

FOLDER = pathlib.Path(__file__).parent / "files"


def pack(data):
    """The same bytes at every run: no time, no name."""
    return gzip.compress(data, mtime=0)


def write(name, data):
    (FOLDER / name).write_bytes(data)


def posts():
    """Posts with lists in lists in lists, and keys that come and go."""
    return {
        "content": [
            {
                "id": "p1",
                "title": "Zoë 𝄞",
                "author": {"name": "Ann", "address": {"zip": "007"}},
                "tags": ["a", "b"],
                "comments": [
                    {"text": "one", "likes": [{"by": "x", "at": [1, 2]}, {"by": "y", "at": []}]},
                    {"text": "two", "likes": []},
                ],
            },
            {"id": "p2", "author": None, "tags": [], "views": 10},
            {"id": "p3", "title": "", "author": {"name": "Bob"}, "comments": [{"text": "three", "stars": 5}]},
        ]
    }


def anonymous(path, book):
    """Saves a workbook whose bytes do not depend on the time."""
    for when in ("created", "modified"):
        setattr(book.properties, when, datetime.datetime(2024, 1, 1))
    made = io.BytesIO()
    book.save(made)
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(FOLDER / path, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            data = old.read(entry)
            if entry.filename == "docProps/core.xml":
                continue
            if entry.filename in ("[Content_Types].xml", "_rels/.rels"):
                lines = data.decode().replace("><", ">\n<").split("\n")
                data = "".join(line for line in lines if "core" not in line).encode()
            new.writestr(zipfile.ZipInfo(entry.filename, (2024, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)


def typed():
    """One sheet with every type of cell, and one without a cell."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Types of cells"
    sheet.append(["code", "day", "at", "share", "number", "ok", "note", "clock"])
    for i in range(12):
        sheet.append(
            [
                f"{i:03}",
                datetime.date(2024, 2, 20) + datetime.timedelta(days=i),
                datetime.datetime(2024, 2, 29, 12, 30) + datetime.timedelta(hours=i, seconds=i),
                i / 100,
                0.1 + i * 1_000_000,
                i % 2 == 0,
                "a, \"b\"\nc" if i == 0 else None if i == 1 else f"note {i}",
                datetime.time(i, 15),
            ]
        )
        sheet.cell(i + 2, 4).number_format = "0.00%"
    sheet["E5"] = "#N/A"
    sheet["E5"].data_type = "e"
    book.create_sheet("Empty")
    anonymous("typed.xlsx", book)


def several():
    """Sheets with a gap, a merged cell, a shifted table, and the calendar of 1904."""
    book = openpyxl.Workbook()
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    users = book.active
    users.title = "Users"
    for row in (["user_id", "since"], [1, datetime.date(2020, 1, 31)], [], [2, datetime.date(2021, 12, 31)]):
        users.append(row)
    plans = book.create_sheet("Plans & Prices")
    for i, row in enumerate((["plan", "price", "currency"], ["Basic", 7.99, "EUR"], ["Premium", 13.99, None])):
        for j, value in enumerate(row):
            plans.cell(3 + i, 3 + j).value = value
    plans.merge_cells("E4:E5")
    anonymous("several.xlsx", book)


def archive(name, parts):
    with zipfile.ZipFile(FOLDER / name, "w", zipfile.ZIP_DEFLATED) as made:
        for part, text in parts:
            made.writestr(zipfile.ZipInfo(part, (2024, 1, 1, 0, 0, 0)), text)


def by_hand():
    """What other programs write: prefixes, absolute targets, inline and rich texts, readings, no places."""
    main = "http://purl.oclc.org/ooxml/spreadsheetml/main"
    links = "http://purl.oclc.org/ooxml/officeDocument/relationships"
    rels = "http://schemas.openxmlformats.org/package/2006/relationships"
    workbook = f"""<?xml version="1.0" encoding="UTF-8"?>
<x:workbook xmlns:x="{main}" xmlns:q="{links}"><x:sheets>
<x:sheet name="Chart" sheetId="1" q:id="rId3"/><x:sheet name="Data &amp; more" sheetId="2" q:id="rId1"/>
</x:sheets></x:workbook>"""
    relations = f"""<Relationships xmlns="{rels}">
<Relationship Id="rId1" Type="{links}/worksheet" Target="/book/sheets/one.xml"/>
<Relationship Id="rId2" Type="{links}/sharedStrings" Target="texts.xml"/>
<Relationship Id="rId3" Type="{links}/chartsheet" Target="chart.xml"/></Relationships>"""
    texts = f"""<x:sst xmlns:x="{main}"><x:si><x:t>name</x:t></x:si>
<x:si><x:r><x:t xml:space="preserve">Ann </x:t></x:r><x:r><x:t>&lt;B&gt;_x0041_</x:t></x:r></x:si>
<x:si><x:t>\u6771\u4eac</x:t><x:rPh sb="0" eb="2"><x:t>\u30c8\u30a6\u30ad\u30e7\u30a6</x:t></x:rPh></x:si><x:si/></x:sst>"""
    sheet = f"""<x:worksheet xmlns:x="{main}"><x:sheetData>
<x:row><x:c t="s"><x:v>0</x:v></x:c><x:c t="inlineStr"><x:is><x:t>size</x:t></x:is></x:c>
<x:c t="str"><x:f>"a"&amp;"t"</x:f><x:v>at</x:v></x:c><x:c t="str"><x:v>ok</x:v></x:c></x:row>
<x:row><x:c t="s"><x:v>1</x:v></x:c><x:c><x:v>1E5</x:v></x:c><x:c t="d"><x:v>2024-01-31</x:v></x:c>
<x:c t="b"><x:v>1</x:v></x:c></x:row>
<x:row><x:c t="s"><x:v>2</x:v></x:c><x:c><x:f>A1*2</x:f><x:v>0.30000000000000004</x:v></x:c><x:c t="d"><x:v>2024-02-01</x:v></x:c>
<x:c t="b"><x:v>0</x:v></x:c></x:row>
<x:row><x:c t="s"><x:v>3</x:v></x:c><x:c t="e"><x:v>#DIV/0!</x:v></x:c></x:row>
</x:sheetData></x:worksheet>"""
    archive(
        "by_hand.xlsx",
        [
            ("_rels/.rels", f'<Relationships><Relationship Type="{links}/officeDocument" Target="book/workbook.xml"/></Relationships>'),
            ("book/workbook.xml", workbook),
            ("book/_rels/workbook.xml.rels", relations),
            ("book/texts.xml", texts),
            ("book/sheets/one.xml", sheet),
        ],
    )


def main():
    FOLDER.mkdir(exist_ok=True)
    csv = b"id,minutes\n" + b"".join(b"%d,%.1f\n" % (i, i / 2) for i in range(1, 2001))
    half = len(csv) // 2
    write("members.csv.gz", pack(csv[:half]) + pack(csv[half:]))
    write("cut.csv.gz", pack(csv)[:-200])
    damaged = bytearray(pack(csv))
    damaged[len(damaged) // 2] ^= 0xFF
    write("damaged.csv.gz", bytes(damaged))
    write("twice.csv.gz.gz", pack(pack(csv)))
    write("four_times.csv.gz", pack(pack(pack(pack(pack(csv))))))
    write("posts.json", json.dumps(posts(), ensure_ascii=False, indent=1).encode())
    lines = "".join(json.dumps(post) + "\n" for post in posts()["content"])
    write("posts.jsonl.gz", pack(lines.encode()))
    write("posts_utf16.json", json.dumps(posts(), ensure_ascii=False).encode("utf-16"))
    write("posts_bom.json", b"\xef\xbb\xbf" + json.dumps(posts()).encode())
    typed()
    several()
    by_hand()
    archive("tables.zip", [("a.csv", "a,b\n1,2\n"), ("b.csv", "a\n1\n")])
    archive("letter.docx", [("[Content_Types].xml", "<Types/>"), ("word/document.xml", "<w/>")])
    archive("sheet.ods", [("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", "<x/>")])
    write("cut.xlsx", (FOLDER / "typed.xlsx").read_bytes()[:-300])


if __name__ == "__main__":
    main()
