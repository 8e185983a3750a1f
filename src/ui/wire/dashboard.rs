//! The dashboard, as a link carries it.

use super::model::tagged;
use super::record::record;
use super::{Json, Read, Write};
use crate::ui::dashboard::{Dashboard, Pick, Tile, TileContent};

record!(both Dashboard {} or { tiles, picks });
record!(both Tile { id, content, n_columns, n_rows });
record!(both Pick { tile, table, filter });

impl Read for TileContent {
    fn read(json: &mut Json, is_valid: &mut bool) -> Self {
        match json.tag("is").as_str() {
            "text" => Self::Text(json.field("text", is_valid)),
            "filter" => {
                Self::Filter { table: json.field("table", is_valid), column: json.field("column", is_valid) }
            }
            is => {
                *is_valid &= is == "analysis";
                Self::Analysis(json.field("spec", is_valid))
            }
        }
    }
}

impl Write for TileContent {
    fn write(&self) -> Json {
        match self {
            Self::Analysis(spec) => {
                let mut json = tagged("is", "analysis");
                json.set("spec", spec.write());
                json
            }
            Self::Text(text) => {
                let mut json = tagged("is", "text");
                json.set("text", text.write());
                json
            }
            Self::Filter { table, column } => {
                let mut json = tagged("is", "filter");
                json.set("table", table.write());
                json.set("column", column.write());
                json
            }
        }
    }
}
