"""Reads the SQL of this folder in its dialect with sqlglot, and writes what it made of it: checked.json.

    python3 check.py    # Python 3.11, sqlglot 30.30.0

A text that does not parse, or of which a statement is only taken as it stands, is an error. What is written there of
PostgreSQL is also run in SQLite, which takes its types and keys, with foreign keys switched on.
"""

import json
import sqlite3
from pathlib import Path

import sqlglot
from sqlglot import exp

FOLDER = Path(__file__).parent
DIALECTS = {"postgresql": "postgres", "mysql": "mysql", "bigquery": "bigquery"}

files = {}
for path in sorted(FOLDER.glob("*.sql")):
    dialect = path.stem.split("_")[-1]
    text = path.read_text()
    statements = [s for s in sqlglot.parse(text, read=DIALECTS[dialect], error_level=sqlglot.ErrorLevel.RAISE) if s]
    for statement in statements:
        assert not isinstance(statement, exp.Command), f"{path.name}: {statement}"
    tables = [s.find(exp.Schema) for s in statements if isinstance(s, exp.Create)]
    names = [t.this.name for t in tables]
    assert len(names) == len(set(n.lower() for n in names)), path.name
    for table in tables:
        columns = [c.name for c in table.expressions if isinstance(c, exp.ColumnDef)]
        assert len(columns) == len(set(columns)), f"{path.name}: {columns}"
        for column in table.find_all(exp.ColumnDef):
            assert column.args["kind"].this is not exp.DataType.Type.UNKNOWN, column
    entry = {
        "n_bytes": len(text.encode()),
        "n_tables": len(tables),
        "n_columns": sum(len([c for c in t.expressions if isinstance(c, exp.ColumnDef)]) for t in tables),
        "n_primary_keys": sum(1 for s in statements for _ in s.find_all(exp.PrimaryKey)),
        "n_foreign_keys": sum(1 for s in statements for _ in s.find_all(exp.ForeignKey)),
        "n_not_null": sum(1 for s in statements for _ in s.find_all(exp.NotNullColumnConstraint)),
        "tables": names,
    }
    if dialect == "postgresql":
        database = sqlite3.connect(":memory:")
        database.execute("PRAGMA foreign_keys = ON")
        database.executescript(";\n".join(s.sql("sqlite") for s in statements if isinstance(s, exp.Create)))
        entry["n_tables_in_sqlite"] = database.execute("SELECT count(*) FROM sqlite_master WHERE type = 'table'").fetchone()[0]
    files[path.name] = entry
(FOLDER / "checked.json").write_text(json.dumps({"sqlglot": sqlglot.__version__, "files": files}, indent=1) + "\n")
