//! Figures by place and series: bars, lines, areas, steps, heat maps, calendars, funnels, mosaics and single figures.

use super::frame::Frame;
use super::measure::{Figure, Measured};
use super::places::{Places, check_size};
use super::resolve::word;
use super::result::{ChartAxis, ChartData, ChartValue, PlaceKind};
use super::run::Drawn;
use super::spec::{ChartField, ChartMark, ChartMeasure};
use super::times;
use crate::model::{EngineError, Kind};
use crate::pace::{Pace, apart};
use crate::tables::Codes;

/// The rows of a chart, each in the group of its place, series and panel, and what is measured of them.
pub(super) struct Grouped {
    pub field: ChartField,
    pub measured: Measured,
    /// [`Codes::MISSING`] for rows that stand nowhere.
    pub group_of: Vec<u32>,
    pub grid: Grid,
    x: Places,
    y: Places,
}

/// The groups of a chart: panel by panel, in it by x, then by y, then by series.
#[derive(Debug, Clone)]
pub(super) struct Grid {
    mark: ChartMark,
    measure: ChartMeasure,
    /// The positions of the places on x.
    at: Vec<f64>,
    n_y: usize,
    n_series: usize,
    n_panels: usize,
}

pub(super) async fn draw(frame: &mut Frame<'_>, pace: &Pace) -> Result<Drawn, EngineError> {
    let grouped = apart(group(frame, pace)).await?;
    let figures = grouped.measured.figures(&grouped.group_of, grouped.grid.n_groups());
    pace.step(0.9, "summing up").await?;
    let panels = frame.in_panels(|panel| grouped.grid.panel(panel, &figures));
    Ok(Drawn { panels, ..grouped.into_axes(frame) })
}

/// Reads the places, series and panels of the rows, and what is measured.
pub(super) async fn group(frame: &mut Frame<'_>, pace: &Pace) -> Result<Grouped, EngineError> {
    let mark = frame.spec.mark;
    let is_grid = is_grid(mark);
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
    let (n_y, n_series, n_panels) = (y.len(), frame.series.len(), frame.panels.len());
    let grid = Grid { mark, measure: field.measure, at: x.at.clone(), n_y, n_series, n_panels };
    check_size(grid.n_groups(), "x")?;
    pace.step(0.6, "placing rows").await?;
    let parts = x.of_row.iter().zip(&y.of_row).zip(frame.series.of_row.iter().zip(&frame.panels.of_row));
    let group = |((x, y), (series, panel)): ((&u32, &u32), (&u32, &u32))| {
        if [x, y, series, panel].into_iter().any(|part| *part == Codes::MISSING) {
            return Codes::MISSING;
        }
        grid.group(*panel as usize, *x as usize, *y as usize, *series as usize) as u32
    };
    let group_of = parts.map(group).collect();
    Ok(Grouped { field, measured, group_of, grid, x, y })
}

fn is_grid(mark: ChartMark) -> bool {
    matches!(mark, ChartMark::HeatMap | ChartMark::Mosaic)
}

impl Grouped {
    /// The axes of the chart, still without panels.
    pub fn into_axes(self, frame: &Frame<'_>) -> Drawn {
        let mark = frame.spec.mark;
        let figure_axis = axis_of_measure(frame, &self.field);
        let (y, value) = if is_grid(mark) {
            (self.y.into_axis(), figure_axis)
        } else if matches!(mark, ChartMark::Calendar | ChartMark::Kpi) {
            (ChartAxis::default(), figure_axis)
        } else {
            (figure_axis, ChartAxis::default())
        };
        let x = if frame.spec.x.is_some() { self.x.into_axis() } else { ChartAxis::default() };
        Drawn { x, y, value, panels: Vec::new() }
    }
}

impl Grid {
    pub fn n_groups(&self) -> usize {
        self.n_panels * self.at.len() * self.n_y * self.n_series
    }

    fn group(&self, panel: usize, x: usize, y: usize, series: usize) -> usize {
        ((panel * self.at.len() + x) * self.n_y + y) * self.n_series + series
    }

    /// The values of a panel, given the figures of all groups.
    pub fn panel(&self, panel: usize, figures: &[Figure]) -> ChartData {
        // A sum or count of no rows is zero; other figures are not there, and a line is broken where they are not.
        let is_summed = matches!(self.measure, ChartMeasure::Count | ChartMeasure::Sum);
        let keeps_gaps =
            matches!(self.mark, ChartMark::Line | ChartMark::Area | ChartMark::Step | ChartMark::Kpi);
        let mut values = Vec::new();
        for (x_idx, at) in self.at.iter().enumerate() {
            for y_idx in 0..self.n_y {
                for series in 0..self.n_series {
                    let figure = figures.get(self.group(panel, x_idx, y_idx, series)).copied();
                    let Some(figure) = figure else { continue };
                    if figure.n == 0 && !is_summed && !keeps_gaps {
                        continue;
                    }
                    let is_calendar = self.mark == ChartMark::Calendar;
                    values.push(ChartValue {
                        at: *at,
                        row: if is_calendar { times::weekday(*at) } else { y_idx as u32 },
                        series: series as u32,
                        value: if figure.n == 0 && is_summed { Some(0.0) } else { figure.value },
                        interval: figure.interval,
                        n: figure.n,
                    });
                }
            }
        }
        ChartData::Values { values }
    }
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
