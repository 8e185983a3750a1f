//! Requests out, messages in.

use super::model::{tagged, with_tag};
use super::record::{record, words};
use super::{Json, Read, Write};
use crate::model::{HeaderRow, Sniffed};
use crate::protocol::{
    ExportFormat, ExportOptions, LoadedTable, Message, Outcome, Progress, Ready, Reply, Request, Source,
};

words!(ExportFormat { "csv" => Csv, "json_lines" => JsonLines });
words!(HeaderRow { "as_loaded" => AsLoaded, "always" => Always });
record!(both ExportOptions {} or { header });

record!(Ready { protocol, version });
record!(Progress { done, stage });
record!(LoadedTable { table, report });
record!(Sniffed { report, page, raw, is_whole, n_other_tables });

impl Read for Message {
    fn read(json: &mut Json, is_valid: &mut bool) -> Self {
        let id = json.field("id", is_valid);
        let outcome = if json.has("progress") {
            Outcome::Progress(json.field("progress", is_valid))
        } else if json.has("reply") {
            Outcome::Reply(json.field("reply", is_valid))
        } else {
            Outcome::Error(json.field("error", is_valid))
        };
        Self { id, outcome }
    }
}

/// The page has its own list of analyses and worlds and leaves those of `hello` unread.
impl Read for Reply {
    fn read(json: &mut Json, is_valid: &mut bool) -> Self {
        match json.tag("type").as_str() {
            "hello" => Self::Hello {
                protocol: json.field("protocol", is_valid),
                version: json.field("version", is_valid),
                analyses: Vec::new(),
                scenarios: Vec::new(),
            },
            "loaded" => Self::Loaded {
                table: json.field("table", is_valid),
                report: json.field("report", is_valid),
                also: json.field("also", is_valid),
            },
            "sniffed" => Self::Sniffed(Box::new(Sniffed::read(json, is_valid))),
            "preview" => Self::Preview { page: json.field("page", is_valid) },
            "bars" => Self::Bars { bars: json.field("bars", is_valid) },
            "profile" => Self::Profile { profile: json.field("profile", is_valid) },
            "generated" => Self::Generated {
                tables: json.field("tables", is_valid),
                truths: json.field("truths", is_valid),
            },
            "joined" => {
                Self::Joined { table: json.field("table", is_valid), report: json.field("report", is_valid) }
            }
            "recipe" => {
                Self::Recipe { table: json.field("table", is_valid), report: json.field("report", is_valid) }
            }
            "relations" => Self::Relations { model: json.field("model", is_valid) },
            "quality" => Self::Quality { report: json.field("report", is_valid) },
            "ddl" => {
                Self::Ddl { dialect: json.field("dialect", is_valid), text: json.field("text", is_valid) }
            }
            "result" => Self::Result { result: json.field("result", is_valid) },
            "brush_opened" => Self::BrushOpened {
                index: json.field("index", is_valid),
                charts: json.field("charts", is_valid),
            },
            "brushed" => Self::Brushed {
                index: json.field("index", is_valid),
                from: json.field("from", is_valid),
                to: json.field("to", is_valid),
                charts: json.field("charts", is_valid),
            },
            "exported" => Self::Exported {
                table: json.field("table", is_valid),
                format: json.field("format", is_valid),
                n_rows: json.field("n_rows", is_valid),
                n_bytes: json.field("n_bytes", is_valid),
                path: json.field("path", is_valid),
                text: json.field("text", is_valid),
            },
            "dropped" => Self::Dropped { table: json.field("table", is_valid) },
            "cancelled" => Self::Cancelled {
                target: json.field("target", is_valid),
                was_known: json.field("was_known", is_valid),
            },
            tag => {
                *is_valid &= tag == "tables";
                Self::Tables { tables: json.field("tables", is_valid) }
            }
        }
    }
}

/// One member after another.
fn object(tag: &str, members: Vec<(&str, Json)>) -> Json {
    let mut json = tagged("type", tag);
    for (name, value) in members {
        json.set(name, value);
    }
    json
}

impl Write for Request {
    fn write(&self) -> Json {
        match self {
            Self::Hello { protocol } => object("hello", vec![("protocol", protocol.write())]),
            Self::Load { table, source, options } => object(
                "load",
                vec![("table", table.write()), ("source", source.write()), ("options", options.write())],
            ),
            Self::Sniff { source, options } => {
                object("sniff", vec![("source", source.write()), ("options", options.write())])
            }
            Self::Tables {} => object("tables", Vec::new()),
            Self::Preview { table, offset, limit, sort, filter, search } => object(
                "preview",
                vec![
                    ("table", table.write()),
                    ("offset", offset.write()),
                    ("limit", limit.write()),
                    ("sort", sort.write()),
                    ("filter", filter.write()),
                    ("search", search.write()),
                ],
            ),
            Self::Bars { table, filter, search } => object(
                "bars",
                vec![("table", table.write()), ("filter", filter.write()), ("search", search.write())],
            ),
            Self::Profile { table, filter } => {
                object("profile", vec![("table", table.write()), ("filter", filter.write())])
            }
            Self::Generate { spec } => object("generate", vec![("spec", spec.write())]),
            Self::Join { left, right, left_key, right_key, how, into, dry_run } => object(
                "join",
                vec![
                    ("left", left.write()),
                    ("right", right.write()),
                    ("left_key", left_key.write()),
                    ("right_key", right_key.write()),
                    ("how", how.write()),
                    ("into", into.write()),
                    ("dry_run", dry_run.write()),
                ],
            ),
            Self::Recipe(recipe) => with_tag(recipe.write(), "type", "recipe"),
            Self::Relations { tables, relations } => {
                object("relations", vec![("tables", tables.write()), ("relations", relations.write())])
            }
            Self::Quality { table } => object("quality", vec![("table", table.write())]),
            Self::Ddl { tables, dialect, relations } => object(
                "ddl",
                vec![
                    ("tables", tables.write()),
                    ("dialect", dialect.write()),
                    ("relations", relations.write()),
                ],
            ),
            Self::Analyze { spec } => object("analyze", vec![("spec", spec.write())]),
            Self::BrushOpen { table, column, from, to, n_bins, specs } => object(
                "brush_open",
                vec![
                    ("table", table.write()),
                    ("column", column.write()),
                    ("from", from.write()),
                    ("to", to.write()),
                    ("n_bins", n_bins.write()),
                    ("specs", specs.write()),
                ],
            ),
            Self::BrushTo { index, from, to } => {
                object("brush_to", vec![("index", index.write()), ("from", from.write()), ("to", to.write())])
            }
            Self::Export { table, format, path, options } => object(
                "export",
                vec![
                    ("table", table.write()),
                    ("format", format.write()),
                    ("path", path.write()),
                    ("options", options.write()),
                ],
            ),
            Self::Drop { table } => object("drop", vec![("table", table.write())]),
            Self::Cancel { target } => object("cancel", vec![("target", target.write())]),
        }
    }
}

impl Write for Source {
    fn write(&self) -> Json {
        let (name, value) = match self {
            Self::Path(path) => ("path", path),
            Self::Text(text) => ("text", text),
            Self::File(name) => ("file", name),
        };
        let mut json = Json::object();
        json.set(name, value.write());
        json
    }
}
