//! How values lie: histograms, curves, boxes.

use super::frame::Frame;
use super::measure::Measured;
use super::places::{Places, check_size};
use super::result::{ChartAxis, ChartBox, ChartCurve, ChartData, PlaceKind};
use super::run::Drawn;
use super::spec::{ChartField, ChartMark, ChartMeasure};
use crate::model::{EngineError, ErrorCode};
use crate::pace::{Pace, apart};
use crate::stats::{Moments, curve, density, histogram, quantile};
use crate::tables::Codes;

const MAX_POINTS: usize = 512;
const N_DENSITY: usize = 256;
const N_VIOLIN: usize = 64;
const MAX_OUTLIERS: usize = 60;
const MAX_STRIP: usize = 400;

/// Finite numbers of a shelf; the frame keeps only their rows.
fn finite(frame: &mut Frame<'_>, field: &ChartField) -> Result<Vec<f64>, EngineError> {
    let values = frame.numbers(field)?;
    let is_finite = |at: usize| values.get(at).is_some_and(|x| x.is_finite());
    let kept = frame.keep_where(&format!("have a finite {}", field.column), is_finite)?;
    Ok(kept.into_iter().filter_map(|at| values.get(at).copied()).collect())
}

fn field_on_x(frame: &Frame<'_>) -> ChartField {
    frame.spec.x.clone().unwrap_or_default()
}

/// The rows of a histogram, each in the group of its panel, series and bin.
pub(super) struct Binned {
    /// [`Codes::MISSING`] for rows that stand nowhere.
    pub group_of: Vec<u32>,
    pub bins: Bins,
    x: ChartAxis,
}

/// The groups of a histogram: panel by panel, in it by series, then by bin.
#[derive(Debug, Clone)]
pub(super) struct Bins {
    edges: Vec<f64>,
    n_series: usize,
    n_panels: usize,
}

pub(super) async fn bins(frame: &mut Frame<'_>, pace: &Pace) -> Result<Drawn, EngineError> {
    let binned = apart(group(frame, pace)).await?;
    let mut counts = vec![0_u64; binned.bins.n_groups()];
    for group in &binned.group_of {
        if let Some(n) = counts.get_mut(*group as usize) {
            *n += 1;
        }
    }
    pace.step(0.9, "counting").await?;
    let panels = frame.in_panels(|panel| binned.bins.panel(panel, &counts));
    Ok(Drawn { panels, ..binned.into_axes() })
}

/// Reads the bins, series and panels of the rows.
pub(super) async fn group(frame: &mut Frame<'_>, pace: &Pace) -> Result<Binned, EngineError> {
    let field = field_on_x(frame);
    let values = finite(frame, &field)?;
    pace.step(0.4, "reading values").await?;
    let edges = match field.bins {
        Some(n_bins) => {
            let moments = Moments::new(&values);
            let is_whole = values.iter().all(|x| x.fract() == 0.0);
            histogram::round_edges(moments.min, moments.max, n_bins, is_whole)
        }
        None => histogram::shared_edges(&[&values]).unwrap_or_default(),
    };
    pace.step(0.7, "placing rows").await?;
    let bins = Bins { edges, n_series: frame.series.len(), n_panels: frame.panels.len() };
    let parts = values.iter().zip(frame.series.of_row.iter().zip(&frame.panels.of_row));
    let group = |(x, (series, panel)): (&f64, (&u32, &u32))| {
        let Some(bin) = histogram::bin_of(*x, &bins.edges) else { return Codes::MISSING };
        if [series, panel].into_iter().any(|part| *part == Codes::MISSING) {
            return Codes::MISSING;
        }
        ((*panel as usize * bins.n_series + *series as usize) * bins.n_bins() + bin) as u32
    };
    let group_of = parts.map(group).collect();
    Ok(Binned { group_of, bins, x: frame.axis_of(&field) })
}

impl Binned {
    /// The axes of the histogram, still without panels.
    pub fn into_axes(self) -> Drawn {
        let y = ChartAxis { label: "rows".into(), is_count: true, ..ChartAxis::default() };
        Drawn { x: self.x, y, ..Drawn::default() }
    }
}

impl Bins {
    fn n_bins(&self) -> usize {
        self.edges.len().saturating_sub(1)
    }

    pub fn n_groups(&self) -> usize {
        self.n_panels * self.n_series * self.n_bins()
    }

    /// The bins of a panel, given the counts of all groups.
    pub fn panel(&self, panel: usize, counts: &[u64]) -> ChartData {
        let of_series = |series: usize| {
            let from = (panel * self.n_series + series) * self.n_bins();
            counts.get(from..from + self.n_bins()).unwrap_or_default().to_vec()
        };
        ChartData::Bins { edges: self.edges.clone(), counts: (0..self.n_series).map(of_series).collect() }
    }
}

pub(super) async fn curves(frame: &mut Frame<'_>, pace: &Pace) -> Result<Drawn, EngineError> {
    let field = field_on_x(frame);
    let mark = frame.spec.mark;
    let values = finite(frame, &field)?;
    pace.step(0.3, "reading values").await?;
    if mark == ChartMark::Lorenz && values.iter().any(|x| *x < 0.0) {
        let message =
            format!("\"{}\" has values below zero; shares of a sum are then not defined.", field.column);
        let error = EngineError::new(ErrorCode::BadOption, message).at_table(frame.table.name());
        return Err(error.at_field("x").hint("Filter to values of zero and more."));
    }
    let n_series = frame.series.len();
    let range = Moments::new(&values);
    let mut made = Vec::new();
    let lists = frame.by_panel_and_series(&values);
    let n_lists = lists.len();
    for (idx, mut list) in lists.into_iter().enumerate() {
        list.sort_unstable_by(f64::total_cmp);
        let n = list.len() as u64;
        let (points, figure) = match mark {
            ChartMark::Ecdf => (curve::ecdf(&list, MAX_POINTS), None),
            ChartMark::Qq => (curve::normal_quantiles(&list, MAX_POINTS), None),
            ChartMark::Lorenz => match curve::lorenz(&list, MAX_POINTS) {
                Some((points, gini)) => (points, Some(gini)),
                None => (Vec::new(), None),
            },
            _ => match density::bandwidth(&list) {
                Some(width) => {
                    let (low, high) = (range.min, range.max);
                    let places: Vec<f64> = spread(low, high, N_DENSITY);
                    let heights = density::density(&list, width, &places);
                    (places.into_iter().zip(heights).collect(), Some(width))
                }
                None => (Vec::new(), None),
            },
        };
        let (x, y) = points.into_iter().unzip();
        made.push(ChartCurve { series: (idx % n_series) as u32, n, x, y, figure });
        pace.step(0.3 + 0.6 * idx as f64 / n_lists as f64, "drawing curves").await?;
    }
    let panels = frame.in_panels(|panel| ChartData::Curves {
        curves: made
            .iter()
            .skip(panel * n_series)
            .take(n_series)
            .filter(|curve| !curve.x.is_empty())
            .cloned()
            .collect(),
    });
    let own = frame.axis_of(&field);
    let numbers = |label: &str| ChartAxis { label: label.into(), ..ChartAxis::default() };
    let shares = |label: String| ChartAxis { label, is_share: true, ..ChartAxis::default() };
    let (x, y) = match mark {
        ChartMark::Ecdf => (own, shares("share of rows at or below".into())),
        ChartMark::Qq => (numbers("quantile of a normal distribution"), own),
        ChartMark::Lorenz => (
            shares("share of rows, the smallest first".into()),
            shares(format!("share of all {}", field.column)),
        ),
        _ => (own, numbers("density")),
    };
    Ok(Drawn { x, y, panels, ..Drawn::default() })
}

/// Places evenly spread, both ends among them.
fn spread(low: f64, high: f64, n: usize) -> Vec<f64> {
    (0..n).map(|i| low + (high - low) * i as f64 / (n - 1) as f64).collect()
}

pub(super) async fn boxes(frame: &mut Frame<'_>, pace: &Pace) -> Result<Drawn, EngineError> {
    let field = frame.spec.y.clone().unwrap_or_default();
    let values = finite(frame, &field)?;
    pace.step(0.2, "reading values").await?;
    let places = match frame.spec.x.clone() {
        Some(mut x) => {
            let median = ChartField { measure: ChartMeasure::Median, ..field.clone() };
            let measured = Measured::read(frame.table, &median, &frame.rows)?;
            let limit = frame.limit(Some(&measured));
            let places = Places::of(frame.table, &mut x, &frame.rows, limit, true)
                .map_err(|error| error.at_field("x"))?;
            frame.spec.x = Some(x);
            places
        }
        None => Places::single(frame.rows.len()),
    };
    let (n_places, n_series) = (places.len(), frame.series.len());
    let n_lists = n_places * n_series * frame.panels.len();
    check_size(n_lists * 40, "x")?;
    let mut lists = vec![Vec::new(); n_lists];
    let parts = places.of_row.iter().zip(frame.series.of_row.iter().zip(&frame.panels.of_row));
    for (value, (place, (series, panel))) in values.iter().zip(parts) {
        let idx = (*panel as usize * n_places + *place as usize) * n_series + *series as usize;
        if let Some(list) = lists.get_mut(idx).filter(|_| (*place as usize) < n_places) {
            list.push(*value);
        }
    }
    let mut made = Vec::with_capacity(n_lists);
    for (idx, mut list) in lists.into_iter().enumerate() {
        list.sort_unstable_by(f64::total_cmp);
        let (at, series) = (idx / n_series % n_places, idx % n_series);
        made.push(summary(&list, at as u32, series as u32, frame.spec.mark));
        pace.step(0.3 + 0.6 * idx as f64 / n_lists as f64, "summing up").await?;
    }
    let n_panel = n_places * n_series;
    let panels = frame.in_panels(|panel| ChartData::Boxes {
        boxes: made.iter().skip(panel * n_panel).take(n_panel).filter(|found| found.n > 0).cloned().collect(),
    });
    let x = if frame.spec.x.is_some() {
        places.into_axis()
    } else {
        ChartAxis { scale: PlaceKind::Categories, names: vec![String::new()], ..ChartAxis::default() }
    };
    Ok(Drawn { x, y: frame.axis_of(&field), panels, ..Drawn::default() })
}

/// `sorted` ascending, finite.
fn summary(sorted: &[f64], at: u32, series: u32, mark: ChartMark) -> ChartBox {
    let quantiles = [0.0, 0.25, 0.5, 0.75, 1.0].map(|share| quantile::of_sorted(sorted, share));
    let five_numbers = match quantiles {
        [Some(min), Some(q1), Some(median), Some(q3), Some(max)] => Some([min, q1, median, q3, max]),
        _ => None,
    };
    let (mut whiskers, mut outliers, mut n_outliers) = (None, Vec::new(), 0);
    if let Some([_, q1, _, q3, _]) = five_numbers {
        let reach = 1.5 * (q3 - q1);
        let below = sorted.partition_point(|x| *x < q1 - reach);
        let above = sorted.partition_point(|x| *x <= q3 + reach);
        whiskers = sorted
            .get(below)
            .zip(above.checked_sub(1).and_then(|last| sorted.get(last)))
            .map(|(low, high)| [*low, *high]);
        let outside =
            sorted.get(..below).unwrap_or_default().iter().chain(sorted.get(above..).unwrap_or_default());
        outliers = outside.copied().collect();
        n_outliers = outliers.len() as u64;
        let middle = (q1 + q3) / 2.0;
        outliers.sort_by(|a, b| (b - middle).abs().total_cmp(&(a - middle).abs()));
        outliers.truncate(MAX_OUTLIERS);
    }
    let (mut density_x, mut density_y) = (Vec::new(), Vec::new());
    if matches!(mark, ChartMark::Violin | ChartMark::Ridgeline)
        && let (Some(width), Some([min, .., max])) = (density::bandwidth(sorted), five_numbers)
    {
        density_x = spread(min, max, N_VIOLIN);
        density_y = density::density(sorted, width, &density_x);
    }
    let values = if mark == ChartMark::Strip {
        curve::ranks(sorted.len(), MAX_STRIP)
            .into_iter()
            .filter_map(|rank| sorted.get(rank - 1).copied())
            .collect()
    } else {
        Vec::new()
    };
    let mean = Moments::new(sorted).mean().filter(|mean| mean.is_finite());
    let n = sorted.len() as u64;
    ChartBox {
        at,
        series,
        n,
        mean,
        five_numbers,
        whiskers,
        outliers,
        n_outliers,
        density_x,
        density_y,
        values,
    }
}
