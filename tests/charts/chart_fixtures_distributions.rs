//! Results of composed charts with fixed numbers: boxes and curves, as the engine could have found them.

use playhead::analyses::chart::{
    ChartAxis, ChartBox, ChartCurve, ChartData, ChartField, ChartMark, ChartPanel, ChartResult, ChartSpec,
    PlaceKind,
};

/// A result with one panel without data.
pub fn empty_result(mark: ChartMark) -> ChartResult {
    ChartResult {
        spec: ChartSpec { table: "sessions".into(), mark, ..ChartSpec::default() },
        revision: 1,
        sentence: String::new(),
        ledger: Vec::new(),
        warnings: Vec::new(),
        x: ChartAxis::default(),
        y: ChartAxis::default(),
        value: ChartAxis::default(),
        series_label: String::new(),
        series: vec![String::new()],
        panels: Vec::new(),
    }
}

pub fn numbers(label: &str) -> ChartAxis {
    ChartAxis { label: label.into(), ..ChartAxis::default() }
}

pub fn names(label: &str, names: &[&str]) -> ChartAxis {
    let names = names.iter().map(|name| (*name).to_owned()).collect();
    ChartAxis { label: label.into(), scale: PlaceKind::Categories, names, ..ChartAxis::default() }
}

pub fn panel(name: &str, n_rows: u64, data: ChartData) -> ChartPanel {
    ChartPanel { name: name.into(), n_rows, data }
}

/// Boxes of `session_length` by device, one for each group of values.
pub fn boxes(mark: ChartMark, devices: &[&str], groups: &[Vec<f64>]) -> ChartResult {
    let of_group = |(at, values): (usize, &Vec<f64>)| summary(at as u32, 0, values, mark);
    let found: Vec<ChartBox> = groups.iter().enumerate().map(of_group).collect();
    let n_rows = groups.iter().map(|values| values.len() as u64).sum();
    ChartResult {
        x: names("device", devices),
        y: numbers("session_length"),
        panels: vec![panel("", n_rows, ChartData::Boxes { boxes: found })],
        ..empty_result(mark)
    }
}

/// The same in two series.
pub fn boxes_of_series(mark: ChartMark, devices: &[&str], series: &[&str]) -> ChartResult {
    let mut found = Vec::new();
    for at in 0..devices.len() as u32 {
        for index in 0..series.len() as u32 {
            let values = skewed(80 + 40 * at as usize, 8.0 + 2.0 * f64::from(at) + 1.5 * f64::from(index));
            found.push(summary(at, index, &values, mark));
        }
    }
    ChartResult {
        series_label: "variant".into(),
        series: series.iter().map(|name| (*name).to_owned()).collect(),
        panels: vec![panel("", 1_000, ChartData::Boxes { boxes: found })],
        ..boxes(mark, devices, &[])
    }
}

/// A panel for each country; the last one has no values.
pub fn facets(mark: ChartMark) -> ChartResult {
    let devices = ["Mobile", "TV"];
    let norway = boxes(mark, &devices, &[skewed(60, 8.0), skewed(90, 14.0)]);
    let spain = boxes(mark, &devices, &[skewed(50, 20.0), skewed(40, 30.0)]);
    let mut all = norway.clone();
    all.spec.facet = Some(ChartField::column("country"));
    let named =
        |result: &ChartResult, name: &str| ChartPanel { name: name.into(), ..result.panels[0].clone() };
    all.panels = vec![
        named(&norway, "Norway"),
        named(&spain, "Spain"),
        panel("Malta", 0, ChartData::Boxes { boxes: Vec::new() }),
    ];
    all
}

/// What the engine says of a group of values.
fn summary(at: u32, series: u32, values: &[f64], mark: ChartMark) -> ChartBox {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let n = sorted.len() as u64;
    let five = (n > 0).then(|| [0.0, 0.25, 0.5, 0.75, 1.0].map(|p| quantile(&sorted, p)));
    let fences = five.map(|[_, q1, _, q3, _]| (q1 - 1.5 * (q3 - q1), q3 + 1.5 * (q3 - q1)));
    let inside = |x: &f64| fences.is_some_and(|(low, high)| (low..=high).contains(x));
    let kept: Vec<f64> = sorted.iter().copied().filter(inside).collect();
    let outliers: Vec<f64> = sorted.iter().rev().copied().filter(|x| !inside(x)).collect();
    let has_density = matches!(mark, ChartMark::Violin | ChartMark::Ridgeline);
    let (density_x, density_y) = if has_density { density(&sorted) } else { (Vec::new(), Vec::new()) };
    ChartBox {
        at,
        series,
        n,
        mean: (n > 0).then(|| sorted.iter().sum::<f64>() / n as f64),
        five_numbers: five,
        whiskers: kept.first().zip(kept.last()).map(|(low, high)| [*low, *high]),
        n_outliers: outliers.len() as u64,
        outliers,
        density_x,
        density_y,
        values: if mark == ChartMark::Strip { sorted } else { Vec::new() },
    }
}

/// Quantile of type 7 of sorted values.
pub fn quantile(sorted: &[f64], p: f64) -> f64 {
    let at = p * (sorted.len() - 1) as f64;
    let (low, high) = (sorted[at.floor() as usize], sorted[at.ceil() as usize]);
    low + (high - low) * (at - at.floor())
}

/// A Gaussian kernel density at 64 places; one place where all values are equal.
pub fn density(sorted: &[f64]) -> (Vec<f64>, Vec<f64>) {
    let (Some(low), Some(high)) = (sorted.first().copied(), sorted.last().copied()) else {
        return (Vec::new(), Vec::new());
    };
    let n = sorted.len() as f64;
    let mean = sorted.iter().sum::<f64>() / n;
    let sd = (sorted.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / n).sqrt();
    if sd == 0.0 {
        return (Vec::new(), Vec::new());
    }
    let width = 0.9 * sd * n.powf(-0.2);
    let x: Vec<f64> = (0..64).map(|i| low + (high - low) * f64::from(i) / 63.0).collect();
    let kernel = |z: f64| (-z * z / 2.0).exp() / (width * n * 2.506_628);
    let y = x.iter().map(|at| sorted.iter().map(|value| kernel((at - value) / width)).sum()).collect();
    (x, y)
}

/// Values of a distribution with a long right tail around a median.
pub fn skewed(n: usize, median: f64) -> Vec<f64> {
    normal(n).into_iter().map(|z| median * (0.55 * z).exp()).collect()
}

/// Values around zero.
pub fn normal(n: usize) -> Vec<f64> {
    (0..n).map(|i| probit((i as f64 + 0.5) / n as f64)).collect()
}

/// Quantile of the normal distribution, by bisection of a logistic approximation; good to 0.01.
pub fn probit(p: f64) -> f64 {
    let cdf = |z: f64| 1.0 / (1.0 + (-1.5976 * z - 0.070_565 * z.powi(3)).exp());
    let (mut low, mut high) = (-6.0, 6.0);
    for _ in 0..60 {
        let middle = (low + high) / 2.0;
        if cdf(middle) < p { low = middle } else { high = middle }
    }
    (low * 1e6_f64).round() / 1e6
}

/// Curves over one axis each.
pub fn curves(
    mark: ChartMark,
    x: ChartAxis,
    y: ChartAxis,
    series: &[&str],
    all: Vec<ChartCurve>,
) -> ChartResult {
    let n_rows = all.iter().map(|curve| curve.n).sum();
    ChartResult {
        x,
        y,
        series_label: if series.len() > 1 { "variant".into() } else { String::new() },
        series: series.iter().map(|name| (*name).to_owned()).collect(),
        panels: vec![panel("", n_rows, ChartData::Curves { curves: all })],
        ..empty_result(mark)
    }
}

/// The density of a column in one or two variants.
pub fn densities(series: &[&str]) -> ChartResult {
    let curve = |index: usize| {
        let mut values = skewed(300, 9.0 + 3.0 * index as f64);
        values.sort_by(f64::total_cmp);
        let (x, y) = density(&values);
        ChartCurve { series: index as u32, n: 300 + 20 * index as u64, x, y, figure: Some(1.2) }
    };
    let all = (0..series.len()).map(curve).collect();
    curves(ChartMark::Density, numbers("session_length"), numbers("density"), series, all)
}

/// Cumulative shares of few values, so that steps are seen.
pub fn ecdf(series: &[&str]) -> ChartResult {
    let curve = |index: usize| {
        let x = skewed(24, 9.0 + 3.0 * index as f64);
        let y = (1..=24).map(|rank| f64::from(rank) / 24.0).collect();
        ChartCurve { series: index as u32, n: 24, x, y, figure: None }
    };
    let all = (0..series.len()).map(curve).collect();
    curves(ChartMark::Ecdf, numbers("session_length"), numbers("share"), series, all)
}

/// Values against normal quantiles.
pub fn qq(values: &[f64]) -> ChartResult {
    let curve = ChartCurve {
        series: 0,
        n: values.len() as u64,
        x: normal(values.len()),
        y: values.to_vec(),
        figure: None,
    };
    let (x, y) = (numbers("normal quantile"), numbers("session_length"));
    let mut result = curves(ChartMark::Qq, x, y, &[""], vec![curve]);
    result.spec.x = Some(ChartField::column("session_length"));
    result
}

pub fn lorenz(series: &[&str]) -> ChartResult {
    let curve = |index: usize| {
        let x: Vec<f64> = (0..=50).map(|i| f64::from(i) / 50.0).collect();
        let power = 2.4 + index as f64;
        let y = x.iter().map(|x| x.powf(power)).collect();
        ChartCurve { series: index as u32, n: 900, x, y, figure: Some((power - 1.0) / (power + 1.0)) }
    };
    let all = (0..series.len()).map(curve).collect();
    let mut result =
        curves(ChartMark::Lorenz, numbers("share of rows"), numbers("share of revenue"), series, all);
    result.spec.x = Some(ChartField::column("revenue"));
    result
}

/// Two panels of curves: the given ones, and one without any.
pub fn with_empty_panel(mut result: ChartResult) -> ChartResult {
    result.spec.facet = Some(ChartField::column("country"));
    result.panels[0].name = "Norway".into();
    result.panels.push(panel("Malta", 0, ChartData::Curves { curves: Vec::new() }));
    result
}
