//! Figures by place and series: bars, lines, areas, steps, heat maps, calendars, funnels, mosaics and single figures.

use super::frame::Frame;
use super::measure::Measured;
use super::places::{Places, check_size};
use super::resolve::word;
use super::result::{ChartAxis, ChartData, ChartValue, PlaceKind};
use super::run::Drawn;
use super::spec::{ChartField, ChartMark, ChartMeasure};
use super::times;
use crate::model::{EngineError, Kind};
use crate::pace::Pace;
use crate::tables::Codes;

pub(super) async fn draw(frame: &mut Frame<'_>, pace: &Pace) -> Result<Drawn, EngineError> {
    let mark = frame.spec.mark;
    let is_grid = matches!(mark, ChartMark::HeatMap | ChartMark::Mosaic);
    let field = if is_grid { frame.spec.color.clone() } else { frame.spec.y.clone() };
    let field = field.unwrap_or_else(ChartField::rows);
    let measured = Measured::read(frame.table, &field, &frame.rows)?;
    pace.step(0.3, "reading values").await?;
    let x = place(frame, true, is_grid, &measured).map_err(|error| error.at_field("x"))?;
    let y = if is_grid {
        place(frame, false, true, &measured).map_err(|error| error.at_field("y"))?
    } else {
        Places::single(frame.rows.len())
    };
    let (n_x, n_y, n_series, n_panels) = (x.len(), y.len(), frame.series.len(), frame.panels.len());
    let n_groups = n_x * n_y * n_series * n_panels;
    check_size(n_groups, "x")?;
    pace.step(0.6, "placing rows").await?;
    let parts = x.of_row.iter().zip(&y.of_row).zip(frame.series.of_row.iter().zip(&frame.panels.of_row));
    let group = |((x, y), (series, panel)): ((&u32, &u32), (&u32, &u32))| {
        if [x, y, series, panel].into_iter().any(|part| *part == Codes::MISSING) {
            return Codes::MISSING;
        }
        (((*panel as usize * n_x + *x as usize) * n_y + *y as usize) * n_series + *series as usize) as u32
    };
    let group_of: Vec<u32> = parts.map(group).collect();
    let figures = measured.figures(&group_of, n_groups);
    pace.step(0.9, "summing up").await?;
    // A sum or count of no rows is zero; other figures are not there, and a line is broken where they are not.
    let is_summed = matches!(field.measure, ChartMeasure::Count | ChartMeasure::Sum);
    let keeps_gaps = matches!(mark, ChartMark::Line | ChartMark::Area | ChartMark::Step | ChartMark::Kpi);
    let panels = frame.in_panels(|panel| {
        let mut values = Vec::new();
        for (x_idx, at) in x.at.iter().enumerate() {
            for y_idx in 0..n_y {
                for series in 0..n_series {
                    let idx = ((panel * n_x + x_idx) * n_y + y_idx) * n_series + series;
                    let Some(figure) = figures.get(idx).copied() else { continue };
                    if figure.n == 0 && !is_summed && !keeps_gaps {
                        continue;
                    }
                    let value = if figure.n == 0 && is_summed { Some(0.0) } else { figure.value };
                    let row = if mark == ChartMark::Calendar { times::weekday(*at) } else { y_idx as u32 };
                    values.push(ChartValue {
                        at: *at,
                        row,
                        series: series as u32,
                        value,
                        interval: figure.interval,
                        n: figure.n,
                    });
                }
            }
        }
        ChartData::Values { values }
    });
    let figure_axis = axis_of_measure(frame, &field);
    let (y, value) = if is_grid {
        (y.into_axis(), figure_axis)
    } else if matches!(mark, ChartMark::Calendar | ChartMark::Kpi) {
        (ChartAxis::default(), figure_axis)
    } else {
        (figure_axis, ChartAxis::default())
    };
    let x = if frame.spec.x.is_some() { x.into_axis() } else { ChartAxis::default() };
    Ok(Drawn { x, y, value, panels })
}

/// The places of the field on X or Y, with its unit filled in.
fn place(
    frame: &mut Frame<'_>,
    is_x: bool,
    is_names: bool,
    measured: &Measured,
) -> Result<Places, EngineError> {
    let field = if is_x { frame.spec.x.clone() } else { frame.spec.y.clone() };
    let Some(mut field) = field else { return Ok(Places::single(frame.rows.len())) };
    let limit = frame.limit(Some(measured));
    let places = Places::of(frame.table, &mut field, &frame.rows, limit, is_names)?;
    *(if is_x { &mut frame.spec.x } else { &mut frame.spec.y }) = Some(field);
    Ok(places)
}

/// "mean of session_length", "rows".
pub(super) fn axis_of_measure(frame: &Frame<'_>, field: &ChartField) -> ChartAxis {
    let column = &field.column;
    let label = match field.measure {
        ChartMeasure::Count if column.is_empty() => "rows".into(),
        ChartMeasure::CountDistinct => format!("different values of {column}"),
        ChartMeasure::Share => {
            let levels = frame
                .table
                .info()
                .columns
                .into_iter()
                .find(|info| info.name == *column)
                .map(|info| info.levels);
            match levels.as_deref() {
                Some([_, yes]) if !matches!(yes.as_str(), "1" | "true") => {
                    format!("share of {column} = {yes}")
                }
                _ => format!("share of {column}"),
            }
        }
        measure => format!("{} of {column}", word(measure)),
    };
    let is_count = matches!(field.measure, ChartMeasure::Count | ChartMeasure::CountDistinct);
    let has_unit = !is_count && field.measure != ChartMeasure::Share;
    let is_of_days = frame.table.kind(column).is_ok_and(Kind::is_time);
    ChartAxis {
        label,
        scale: PlaceKind::Numbers,
        is_share: field.measure == ChartMeasure::Share,
        is_count,
        unit: if has_unit && !is_of_days { frame.unit(column) } else { String::new() },
        ..ChartAxis::default()
    }
}
