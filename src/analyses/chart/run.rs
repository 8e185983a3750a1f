//! Computes a chart: what is asked is checked, rows are read once, and the mark decides the shape of the figures.

use super::frame::Frame;
use super::resolve::resolve;
use super::result::{ChartAxis, ChartPanel, ChartResult};
use super::spec::{ChartMark, ChartSpec};
use super::{distributions, points, values, words};
use crate::model::EngineError;
use crate::pace::{Pace, apart};
use crate::tables::Table;

/// What a mark makes of the rows.
#[derive(Debug, Default)]
pub(super) struct Drawn {
    pub x: ChartAxis,
    pub y: ChartAxis,
    pub value: ChartAxis,
    pub panels: Vec<ChartPanel>,
}

/// The figures of a chart. Cost: a few passes over the rows and a sort of the values by group.
///
/// # Errors
/// `unknown_column`; `bad_option` where fields, measures and mark do not go together, or there would be more than 20,000
/// figures; `not_enough_data` where no row is left; `cancelled`.
pub async fn run(table: &Table, spec: &ChartSpec, pace: &Pace) -> Result<ChartResult, EngineError> {
    let spec = resolve(table, spec)?;
    pace.step(0.05, "filtering").await?;
    let mark = spec.mark;
    let mut frame = Frame::new(table, spec, has_series(mark))?;
    let pace = pace.part(0.1, 1.0);
    let drawn = match mark {
        ChartMark::Histogram => apart(distributions::bins(&mut frame, &pace)).await?,
        ChartMark::Density | ChartMark::Ecdf | ChartMark::Qq | ChartMark::Lorenz => {
            apart(distributions::curves(&mut frame, &pace)).await?
        }
        ChartMark::Box | ChartMark::Violin | ChartMark::Ridgeline | ChartMark::Strip => {
            apart(distributions::boxes(&mut frame, &pace)).await?
        }
        ChartMark::Scatter => apart(points::draw(&mut frame, &pace)).await?,
        _ => apart(values::draw(&mut frame, &pace)).await?,
    };
    let (series_label, series) = series_of(&frame);
    let mut result = ChartResult {
        series_label,
        series,
        revision: table.revision(),
        sentence: String::new(),
        warnings: words::warnings(&frame),
        ledger: std::mem::take(&mut frame.ledger),
        spec: frame.spec,
        x: drawn.x,
        y: drawn.y,
        value: drawn.value,
        panels: drawn.panels,
    };
    result.sentence = words::sentence(&result);
    Ok(result)
}

/// Whether colours tell series apart.
pub(super) fn has_series(mark: ChartMark) -> bool {
    !matches!(
        mark,
        ChartMark::HeatMap | ChartMark::Mosaic | ChartMark::Calendar | ChartMark::Funnel | ChartMark::Kpi
    )
}

/// What the series are levels of, and their names.
pub(super) fn series_of(frame: &Frame<'_>) -> (String, Vec<String>) {
    let has_series = frame.series.len() > 1 && !points::loses_series(frame);
    if has_series {
        (frame.series.axis.label.clone(), frame.series.axis.names.clone())
    } else {
        (String::new(), vec![String::new()])
    }
}
