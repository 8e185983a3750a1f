//! The tables of one user, and the answer to every request.

use super::brush::Opened;
use super::related;
use crate::analyses::chart::BrushAxis;
use crate::analyses::{self, AnalysisResult, CATALOG, Spec};
use crate::model::{DataModel, EngineError, ErrorCode, Filter, ImportOptions, Recipe, TableOrigin};
use crate::pace::{Pace, apart};
use crate::protocol::{
    ExportFormat, ExportOptions, LoadedTable, PROTOCOL, Reply, Request, ScenarioEntry, Source, VERSION,
};
use crate::scenarios::{self, SCENARIOS};
use crate::tables::{self, ByteSource, MemorySource, Table};
use std::collections::VecDeque;

/// Opens what travels beside a request, or lies where the request says.
pub trait Attachments {
    /// The bytes of a `path` or `file` source.
    fn open(&self, source: &Source) -> Result<Box<dyn ByteSource>, EngineError>;
    /// Writes an export to `path`.
    fn write(&self, path: &str, bytes: &[u8]) -> Result<(), EngineError>;
}

/// A reply, and the bytes that travel beside it.
#[derive(Debug)]
pub struct Answer {
    pub reply: Reply,
    pub bytes: Option<Vec<u8>>,
}

impl From<Reply> for Answer {
    fn from(reply: Reply) -> Self {
        Self { reply, bytes: None }
    }
}

/// Results kept for the same question about the same tables: undo and redo are answered from here.
const MAX_KEPT_RESULTS: usize = 32;
const MAX_PREVIEW_ROWS: u32 = 1_000;

#[derive(Debug, Default)]
pub struct Session {
    tables: Vec<Table>,
    last_revision: u64,
    kept_results: VecDeque<(Spec, u64, AnalysisResult)>,
    pub(super) last_index: u64,
    pub(super) opened: Option<Opened>,
}

impl Session {
    /// Answers one request. On an error, cancellation included, the session is as it was before.
    pub async fn answer(
        &mut self,
        request: Request,
        attachments: &dyn Attachments,
        pace: &Pace,
    ) -> Result<Answer, EngineError> {
        match request {
            Request::Hello { protocol } => hello(protocol).map(Answer::from),
            Request::Load { table, source, options } => {
                apart(self.load(&table, &source, &options, attachments, pace)).await.map(Answer::from)
            }
            Request::Sniff { source, options } => {
                let (bytes, _) = open(&source, attachments)?;
                let sniffed = apart(tables::sniff_file(bytes, &options, pace)).await?;
                Ok(Reply::Sniffed(Box::new(sniffed)).into())
            }
            Request::Tables {} => {
                Ok(Reply::Tables { tables: self.tables.iter().map(Table::info).collect() }.into())
            }
            Request::Preview { table, offset, limit, sort, filter, search } => {
                if limit > MAX_PREVIEW_ROWS {
                    let message =
                        format!("A page of {limit} rows was asked for; at most {MAX_PREVIEW_ROWS} fit.");
                    return Err(EngineError::new(ErrorCode::BadOption, message).at_field("limit"));
                }
                let (table, filter) = (self.table(&table)?, self.localised(&filter)?);
                let page = apart(table.search_page((offset, limit), &sort, &filter, &search, pace)).await?;
                Ok(Reply::Preview { page }.into())
            }
            Request::Bars { table, filter, search } => {
                let filter = self.localised(&filter)?;
                let bars = apart(self.table(&table)?.bars(&filter, &search, pace)).await?;
                Ok(Reply::Bars { bars }.into())
            }
            Request::Profile { table, filter } => {
                let filter = self.localised(&filter)?;
                let profile = apart(self.table(&table)?.profile(&filter, pace)).await?;
                Ok(Reply::Profile { profile }.into())
            }
            Request::Generate { spec } => {
                let (tables, truths) = apart(scenarios::generate(&spec, pace)).await?;
                let tables = tables.into_iter().map(|table| self.keep(table)).collect();
                Ok(Reply::Generated { tables, truths }.into())
            }
            Request::Join { left, right, left_key, right_key, how, into, dry_run } => {
                check_name(&into, "into")?;
                let (left, right) = (self.table(&left)?, self.table(&right)?);
                let (joined, report) =
                    apart(tables::join(left, right, &left_key, &right_key, how, &into, dry_run, pace))
                        .await?;
                let table = joined.map(|table| self.keep(table));
                Ok(Reply::Joined { table, report }.into())
            }
            Request::Recipe(recipe) => apart(self.recipe(&recipe, pace)).await.map(Answer::from),
            Request::Relations { tables, relations } => {
                let model = match relations {
                    None => apart(tables::find_relations(&self.named(&tables)?, pace)).await?,
                    Some(ends) => DataModel {
                        tables: Vec::new(),
                        relations: apart(tables::measure_relations(&self.named(&tables)?, &ends, pace))
                            .await?,
                    },
                };
                Ok(Reply::Relations { model }.into())
            }
            Request::Quality { table } => {
                let table = self.table(&table)?;
                let others = self.independent_of(table)?;
                Ok(Reply::Quality { report: apart(tables::find_quality(table, &others, pace)).await? }.into())
            }
            Request::Ddl { tables, dialect, relations } => {
                let text = apart(tables::write_ddl(&self.named(&tables)?, dialect, &relations, pace)).await?;
                Ok(Reply::Ddl { dialect, text }.into())
            }
            Request::Analyze { spec } => {
                let result = apart(self.analyze(spec, pace)).await?;
                Ok(Reply::Result { result }.into())
            }
            Request::BrushOpen { table, column, from, to, n_bins, specs } => {
                let axis = BrushAxis { column, from, to, n_bins };
                apart(self.brush_open(&table, &axis, specs, pace)).await.map(Answer::from)
            }
            Request::BrushTo { index, from, to } => self.brush_to(index, from, to).map(Answer::from),
            Request::Export { table, format, path, options } => {
                apart(self.export(&table, format, options, path, attachments, pace)).await
            }
            Request::Drop { table } => {
                self.table(&table)?;
                self.tables.retain(|kept| kept.name() != table);
                self.opened = None;
                Ok(Reply::Dropped { table }.into())
            }
            // The inbox answers a cancel before it gets here.
            Request::Cancel { target } => Ok(Reply::Cancelled { target, was_known: false }.into()),
        }
    }

    async fn load(
        &mut self,
        name: &str,
        source: &Source,
        options: &ImportOptions,
        attachments: &dyn Attachments,
        pace: &Pace,
    ) -> Result<Reply, EngineError> {
        check_name(name, "table")?;
        let (bytes, origin) = open(source, attachments)?;
        let loaded = apart(tables::load_all(name, bytes, origin, options, pace)).await?;
        let mut kept =
            loaded.into_iter().map(|(table, report)| LoadedTable { table: self.keep(table), report });
        let Some(LoadedTable { table, report }) = kept.next() else {
            return Err(EngineError::new(ErrorCode::Internal, "The file made no table."));
        };
        Ok(Reply::Loaded { table, report, also: kept.collect() })
    }

    async fn recipe(&mut self, recipe: &Recipe, pace: &Pace) -> Result<Reply, EngineError> {
        if !recipe.dry_run {
            check_name(&recipe.into, "into")?;
            if recipe.into == recipe.table {
                let message =
                    format!("A recipe does not change its table; \"{}\" is that table.", recipe.into);
                let error = EngineError::new(ErrorCode::BadOption, message);
                return Err(error.at_field("into").hint("Choose another name for the new table."));
            }
        }
        let source = self.table(&recipe.table).map_err(|error| error.at_field("table"))?;
        let (table, report) =
            apart(tables::run_recipe(recipe, source, &|name| self.table(name), pace)).await?;
        let table = if recipe.dry_run { None } else { Some(self.keep(table)) };
        Ok(Reply::Recipe { table, report })
    }

    /// A result that depends on other tables too is not kept.
    async fn analyze(&mut self, mut spec: Spec, pace: &Pace) -> Result<AnalysisResult, EngineError> {
        let asked = spec.filter_mut().clone();
        if Filter::related_tables(&asked).is_empty() {
            return apart(self.analyze_alone(spec, pace)).await;
        }
        *spec.filter_mut() = self.localised(&asked)?;
        let result = apart(self.compute(&spec, pace)).await?;
        Ok(related::with_filter(result, asked))
    }

    async fn analyze_alone(&mut self, spec: Spec, pace: &Pace) -> Result<AnalysisResult, EngineError> {
        let table = self.table(spec.table())?;
        let revision = table.revision();
        let kept = self.kept_results.iter().find(|(asked, at, _)| *at == revision && *asked == spec);
        if let Some((_, _, result)) = kept {
            return Ok(result.clone());
        }
        let result = apart(self.compute(&spec, pace)).await?;
        if self.kept_results.len() == MAX_KEPT_RESULTS {
            self.kept_results.pop_front();
        }
        self.kept_results.push_back((spec, revision, result.clone()));
        Ok(result)
    }

    async fn compute(&self, spec: &Spec, pace: &Pace) -> Result<AnalysisResult, EngineError> {
        let table = self.table(spec.table())?;
        Ok(match spec {
            Spec::AbTest(spec) => {
                AnalysisResult::AbTest(Box::new(apart(analyses::ab_test::run(table, spec, pace)).await?))
            }
            Spec::Describe(spec) => {
                AnalysisResult::Describe(apart(analyses::describe::run(table, spec, pace)).await?)
            }
            Spec::Correlate(spec) => {
                AnalysisResult::Correlate(apart(analyses::correlate::run(table, spec, pace)).await?)
            }
            Spec::Chart(spec) => {
                AnalysisResult::Chart(Box::new(apart(analyses::chart::run(table, spec, pace)).await?))
            }
        })
    }

    async fn export(
        &self,
        name: &str,
        format: ExportFormat,
        options: ExportOptions,
        path: Option<String>,
        attachments: &dyn Attachments,
        pace: &Pace,
    ) -> Result<Answer, EngineError> {
        let table = self.table(name)?;
        let bytes = match format {
            ExportFormat::Csv => apart(table.to_csv(options.header, pace)).await?,
            ExportFormat::JsonLines => apart(table.to_json_lines(pace)).await?,
        };
        if let Some(path) = &path {
            attachments.write(path, &bytes)?;
        }
        let reply = Reply::Exported {
            table: name.into(),
            format,
            n_rows: table.n_rows() as u64,
            n_bytes: bytes.len() as u64,
            text: None,
            path: path.clone(),
        };
        Ok(Answer { reply, bytes: path.is_none().then_some(bytes) })
    }

    pub(super) fn table(&self, name: &str) -> Result<&Table, EngineError> {
        self.tables.iter().find(|table| table.name() == name).ok_or_else(|| {
            let known: Vec<&str> = self.tables.iter().map(Table::name).collect();
            EngineError::unknown_table(name, &known)
        })
    }

    /// The tables of the names; for none, all that were not made of others. A name that comes twice counts once.
    fn named(&self, names: &[String]) -> Result<Vec<&Table>, EngineError> {
        let is_made =
            |table: &Table| matches!(table.origin(), TableOrigin::Join { .. } | TableOrigin::Recipe { .. });
        if names.is_empty() {
            return Ok(self.tables.iter().filter(|table| !is_made(table)).collect());
        }
        let mut tables: Vec<&Table> = Vec::with_capacity(names.len());
        for (idx, name) in names.iter().enumerate() {
            let table = self.table(name).map_err(|error| error.at_field(format!("tables[{idx}]")))?;
            if !tables.iter().any(|known| known.name() == name) {
                tables.push(table);
            }
        }
        Ok(tables)
    }

    /// The tables that `table` may point to: those not made of others, but for itself and what it was made of.
    fn independent_of(&self, table: &Table) -> Result<Vec<&Table>, EngineError> {
        let parts: &[&String] = match table.origin() {
            TableOrigin::Recipe { table } => &[table],
            TableOrigin::Join { left, right } => &[left, right],
            _ => &[],
        };
        let is_part = |name: &str| name == table.name() || parts.iter().any(|part| *part == name);
        let mut others = self.named(&[])?;
        others.retain(|other| !is_part(other.name()));
        Ok(others)
    }

    /// Puts a table into the session under its name, with the next revision.
    fn keep(&mut self, mut table: Table) -> crate::model::TableInfo {
        self.last_revision += 1;
        self.opened = None;
        table.set_revision(self.last_revision);
        let info = table.info();
        match self.tables.iter_mut().find(|kept| kept.name() == table.name()) {
            Some(kept) => *kept = table,
            None => self.tables.push(table),
        }
        info
    }
}

fn open(
    source: &Source,
    attachments: &dyn Attachments,
) -> Result<(Box<dyn ByteSource>, TableOrigin), EngineError> {
    Ok(match source {
        Source::Text(text) => {
            (Box::new(MemorySource::new("pasted text", text.clone().into_bytes())), TableOrigin::Text)
        }
        Source::Path(_) | Source::File(_) => {
            let bytes = attachments.open(source)?;
            let origin = TableOrigin::File { name: bytes.name().into() };
            (bytes, origin)
        }
    })
}

fn hello(protocol: u32) -> Result<Reply, EngineError> {
    if protocol != PROTOCOL {
        let message = format!("This engine speaks protocol {PROTOCOL}; protocol {protocol} was asked for.");
        return Err(EngineError::new(ErrorCode::ProtocolMismatch, message).hint("Reload the page."));
    }
    let scenarios = SCENARIOS.iter().map(|scenario| ScenarioEntry {
        scenario: scenario.scenario.into(),
        title: scenario.title.into(),
        summary: scenario.summary.into(),
        default_spec: (scenario.default_spec)(),
    });
    Ok(Reply::Hello {
        protocol: PROTOCOL,
        version: VERSION.into(),
        analyses: CATALOG.iter().map(|description| (*description).into()).collect(),
        scenarios: scenarios.collect(),
    })
}

fn check_name(name: &str, field: &str) -> Result<(), EngineError> {
    if name.trim().is_empty() {
        let error = EngineError::new(ErrorCode::BadOption, "A table needs a name; this one is empty.");
        return Err(error.at_field(field));
    }
    Ok(())
}
