//! Requests out, messages in.

use super::model::tagged;
use super::record::{record, words};
use super::{Json, Read, Write};
use crate::protocol::{ExportFormat, Message, Outcome, Progress, Ready, Reply, Request, Source};

words!(ExportFormat { "csv" => Csv });

record!(Ready { protocol, version });
record!(Progress { done, stage });

impl Read for Message {
    fn read(json: &mut Json) -> Option<Self> {
        let id = json.field("id")?;
        let outcome = if json.has("progress") {
            Outcome::Progress(json.field("progress")?)
        } else if json.has("reply") {
            Outcome::Reply(json.field("reply")?)
        } else {
            Outcome::Error(json.field("error")?)
        };
        Some(Self { id, outcome })
    }
}

/// The page has its own list of analyses and worlds and leaves those of `hello` unread.
impl Read for Reply {
    fn read(json: &mut Json) -> Option<Self> {
        Some(match json.tag("type")?.as_str() {
            "hello" => Self::Hello {
                protocol: json.field("protocol")?,
                version: json.field("version")?,
                analyses: Vec::new(),
                scenarios: Vec::new(),
            },
            "loaded" => Self::Loaded { table: json.field("table")?, report: json.field("report")? },
            "tables" => Self::Tables { tables: json.field("tables")? },
            "preview" => Self::Preview { page: json.field("page")? },
            "profile" => Self::Profile { profile: json.field("profile")? },
            "generated" => Self::Generated { tables: json.field("tables")?, truths: json.field("truths")? },
            "joined" => Self::Joined { table: json.field("table")?, report: json.field("report")? },
            "result" => Self::Result { result: json.field("result")? },
            "exported" => Self::Exported {
                table: json.field("table")?,
                n_rows: json.field("n_rows")?,
                n_bytes: json.field("n_bytes")?,
                path: json.field("path")?,
                text: json.field("text")?,
            },
            "dropped" => Self::Dropped { table: json.field("table")? },
            "cancelled" => {
                Self::Cancelled { target: json.field("target")?, was_known: json.field("was_known")? }
            }
            _ => return None,
        })
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
            Self::Tables {} => object("tables", Vec::new()),
            Self::Preview { table, offset, limit, sort, filter } => object(
                "preview",
                vec![
                    ("table", table.write()),
                    ("offset", offset.write()),
                    ("limit", limit.write()),
                    ("sort", sort.write()),
                    ("filter", filter.write()),
                ],
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
            Self::Analyze { spec } => object("analyze", vec![("spec", spec.write())]),
            Self::Export { table, format, path } => object(
                "export",
                vec![("table", table.write()), ("format", format.write()), ("path", path.write())],
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
