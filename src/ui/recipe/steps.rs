//! The twenty steps as a table: how each begins, and the parts of its form.

use super::parts::{Control, Entry, Part, part};
use crate::model::ColumnInfo;

fn any(_: &ColumnInfo) -> bool {
    true
}

fn number(column: &ColumnInfo) -> bool {
    column.kind.is_numeric()
}

const FUNCTIONS: &[(&str, &str)] = &[
    ("n", "number of rows"),
    ("n_unique", "different values"),
    ("sum", "sum"),
    ("mean", "mean"),
    ("median", "median"),
    ("sd", "standard deviation"),
    ("min", "least"),
    ("max", "greatest"),
    ("quantile", "quantile"),
    ("first", "first"),
    ("last", "last"),
    ("share_true", "share of true"),
];

const ONE: &str = "Choose a column.";
const SOME: &str = "Choose the columns.";
const COLUMNS: Part = part("columns", "Columns", Control::Columns(any)).needs(SOME);
const ALL_COLUMNS: Part =
    part("columns", "Columns", Control::Columns(any)).hint("None checked: all columns count.");
const COLUMN: Part = part("column", "Column", Control::Column).needs(ONE);
const Q: Part =
    part("q", "Quantile", Control::Number(0.0, 1.0, "0.01")).when("function", "quantile").start("0.9");
const LIMITS: &[Part] = &[
    part("columns", "Columns", Control::Columns(number)).needs(SOME),
    part(
        "limits",
        "",
        Control::Object(&[
            part(
                "method",
                "Limits",
                Control::Choice(&[
                    ("iqr", "quartiles and IQR"),
                    ("percentile", "percentiles"),
                    ("mad", "median and MAD"),
                ]),
            ),
            part("factor", "Times", Control::Number(0.0, 100.0, "0.1"))
                .unless("method", "percentile")
                .start("3")
                .hint("Limits lie so many IQR beyond the quartiles, or MAD from the median."),
            part("low", "Lower percentile", Control::Number(0.0, 100.0, "0.1"))
                .when("method", "percentile")
                .start("0"),
            part("high", "Upper percentile", Control::Number(0.0, 100.0, "0.1"))
                .when("method", "percentile")
                .start("99")
                .hint("0 and 100 set no limit on that side."),
        ]),
    ),
];
const NEW_NAME: &str = "Write the name of the new column.";

const ROWS: &str = "Rows";
const VALUES: &str = "Values";
const SHAPE: &str = "Shape";
const TABLES: &str = "Tables";

const fn entry(
    group: &'static str,
    name: &'static str,
    title: &'static str,
    start: &'static str,
    parts: &'static [Part],
) -> Entry {
    Entry { group, name, title, start, parts }
}

/// In the order of the menu.
pub const STEPS: [Entry; 20] = [
    entry(
        ROWS,
        "filter",
        "Keep rows that pass",
        "{}",
        &[
            part("conditions", "Conditions", Control::Conditions),
            part("expression", "Expression", Control::Expression)
                .hint("Rows stay where it is true, as in: minutes > 10 and plan = 'Basic'"),
        ],
    ),
    entry(
        ROWS,
        "drop_duplicates",
        "Drop duplicates",
        "{}",
        &[
            ALL_COLUMNS,
            part(
                "keep",
                "Of equal rows keep",
                Control::Choice(&[("first", "the first"), ("last", "the last")]),
            ),
        ],
    ),
    entry(
        ROWS,
        "drop_missing",
        "Drop rows with missing cells",
        "{}",
        &[
            ALL_COLUMNS,
            part(
                "when",
                "A row goes when",
                Control::Choice(&[("any", "any of them is missing"), ("all", "all of them are missing")]),
            ),
        ],
    ),
    entry(
        ROWS,
        "remove_outliers",
        "Drop rows with outliers",
        r#"{"limits":{"method":"iqr","factor":1.5}}"#,
        LIMITS,
    ),
    entry(
        ROWS,
        "sample",
        "Sample rows",
        r#"{"n":1000,"seed":1}"#,
        &[
            part(
                "",
                "Draw",
                Control::OneOf(&[
                    part("n", "a number of rows", Control::Number(1.0, 1e9, "1")).start("1000"),
                    part("share", "a share of the rows", Control::Number(0.0, 1.0, "0.01")).start("0.1"),
                ]),
            ),
            part("seed", "Seed", Control::Number(0.0, 9e15, "1")).hint("The same seed draws the same rows."),
        ],
    ),
    entry(
        ROWS,
        "sort",
        "Sort",
        r#"{"by":[{"column":"","descending":false}]}"#,
        &[part(
            "by",
            "Order",
            Control::Rows {
                parts: &[COLUMN, part("descending", "Direction", Control::Direction)],
                start: r#"{"column":"","descending":false}"#,
                add: "Then by",
            },
        )
        .needs(ONE)],
    ),
    entry(
        VALUES,
        "fill_missing",
        "Fill missing cells",
        r#"{"with":"median"}"#,
        &[
            COLUMNS,
            part(
                "with",
                "With",
                Control::WordOr(
                    &[
                        ("mean", "the mean"),
                        ("median", "the median"),
                        ("mode", "the most frequent value"),
                        ("previous", "the value above"),
                        ("next", "the value below"),
                        ("constant", "this value"),
                    ],
                    "constant",
                ),
            ),
            part("by", "Within each group of", Control::Columns(|column| column.kind.is_grouping())),
        ],
    ),
    entry(VALUES, "cap", "Cap outliers", r#"{"limits":{"method":"iqr","factor":1.5}}"#, LIMITS),
    entry(
        VALUES,
        "recode",
        "Recode values",
        r#"{"column":""}"#,
        &[
            COLUMN,
            part("map", "Values", Control::Values)
                .needs("Change one of the values.")
                .hint("Write the new value beside the old one. An emptied one becomes missing."),
            part(
                "others",
                "All other values",
                Control::WordOr(
                    &[
                        ("keep", "stay as they are"),
                        ("missing", "become missing"),
                        ("text", "become this value"),
                    ],
                    "text",
                ),
            ),
        ],
    ),
    entry(
        VALUES,
        "cast",
        "Read as another kind",
        r#"{"column":""}"#,
        &[COLUMN, part("kind", "As", Control::Kind)],
    ),
    entry(
        VALUES,
        "derive",
        "Derive a column",
        r#"{"column":"","expression":""}"#,
        &[
            part("column", "New column", Control::Text)
                .needs(NEW_NAME)
                .hint("The name of a column that is there replaces it."),
            part("expression", "Expression", Control::Expression).needs("Write an expression."),
        ],
    ),
    entry(
        VALUES,
        "split",
        "Split a column",
        r#"{"column":"","separator":","}"#,
        &[
            COLUMN,
            part("separator", "At each", Control::Text).needs("Write what stands between the parts."),
            part("into", "Into columns", Control::Texts)
                .needs("Name the new columns.")
                .hint("Names with commas between them. The last takes the rest of the text."),
        ],
    ),
    entry("Columns", "select", "Keep only some columns", "{}", &[COLUMNS]),
    entry("Columns", "drop_columns", "Drop columns", "{}", &[COLUMNS]),
    entry(
        "Columns",
        "rename",
        "Rename columns",
        "{}",
        &[part("names", "Names", Control::Names).needs("Change one of the names.")],
    ),
    entry(
        SHAPE,
        "group",
        "Group and aggregate",
        r#"{"aggregates":[{"name":"n","function":"n"}]}"#,
        &[
            part("by", "One row for each", Control::Columns(any)).hint("None checked: one row in all."),
            part(
                "aggregates",
                "New columns",
                Control::Rows {
                    parts: &[
                        part("function", "Function", Control::Choice(FUNCTIONS)),
                        COLUMN.unless("function", "n").start("\"\""),
                        Q,
                        part("name", "Name", Control::Text).needs(NEW_NAME),
                    ],
                    start: r#"{"name":"","function":"mean","column":""}"#,
                    add: "Add a column",
                },
            )
            .needs("Add a column."),
        ],
    ),
    entry(
        SHAPE,
        "pivot",
        "Pivot: values become columns",
        r#"{"names_from":"","function":"n","prefix":""}"#,
        &[
            part("by", "One row for each", Control::Columns(any)).needs(SOME),
            part("names_from", "One column for each", Control::Column).needs(ONE),
            part("function", "Cells hold", Control::Choice(FUNCTIONS)),
            part("values_from", "Of", Control::Column).needs(ONE).unless("function", "n").start("\"\""),
            Q,
            part("prefix", "Names begin with", Control::Text),
        ],
    ),
    entry(
        SHAPE,
        "unpivot",
        "Unpivot: columns become rows",
        r#"{"names_to":"name","values_to":"value"}"#,
        &[
            COLUMNS,
            part("names_to", "Column of the names", Control::Text).needs(NEW_NAME),
            part("values_to", "Column of the values", Control::Text).needs(NEW_NAME),
        ],
    ),
    entry(
        TABLES,
        "join",
        "Join another table",
        r#"{"table":"","keys":[{"left":"","right":""}]}"#,
        &[
            part("table", "Table", Control::Table).needs("Choose a table."),
            part(
                "keys",
                "Where",
                Control::Rows {
                    parts: &[
                        part("left", "This table's", Control::Column).needs(ONE),
                        part("right", "is the other's", Control::OtherColumn).needs(ONE),
                    ],
                    start: r#"{"left":"","right":""}"#,
                    add: "And where",
                },
            )
            .needs(ONE),
            part(
                "how",
                "Rows without a match",
                Control::Choice(&[("left", "are kept"), ("inner", "are left out")]),
            ),
        ],
    ),
    entry(
        TABLES,
        "concatenate",
        "Add the rows of other tables",
        "{}",
        &[
            part("tables", "Tables", Control::Tables).needs("Choose a table."),
            part("source", "Column with the table's name", Control::TextOrNone)
                .hint("Empty: no such column."),
        ],
    ),
];
