//! Charts of plain numbers, for analyses that are still to come.

use crate::cases::Case;
use playhead::charts::kinds::{
    Cohort, Merge, PowerCurve, RocCurve, SPARKLINE_HEIGHT_PX, SurvivalCurve, SurvivalStep, cohorts,
    dendrogram, power, roc, sparkline, survival,
};
use playhead::charts::layout::{View, layout};
use playhead::charts::measure::FixedMeasure;
use playhead::charts::model::{Chart, Ends};
use playhead::charts::number_format::NumberFormat;
use playhead::charts::scene::Shape;

pub fn list() -> Vec<Case> {
    let groups = [survival_curve("Monthly plan", 24.0), survival_curve("Yearly plan, paid in advance", 60.0)];
    let curves = [roc_curve("logistic", 3.0), roc_curve("score by hand", 1.8)];
    let title = "Time until the subscription ends";
    let list: Vec<(&str, Chart, (f64, f64))> = vec![
        ("survival", survival(title, "days", &groups), (5.0, 15.0)),
        ("survival_of_one", survival(title, "days", &groups[..1]), (5.0, 15.0)),
        ("roc", roc("Scores against churn", &curves), (0.2, 0.6)),
        (
            "power",
            power("Power of the test", "users in each variant", 0.8, &power_curves()),
            (500.0, 1_500.0),
        ),
        ("cohorts", triangle(9), (0.0, 1.0)),
        ("cohorts_of_one", triangle(1), (0.0, 1.0)),
        ("dendrogram", tree(), (0.0, 1.0)),
    ];
    list.into_iter().map(|(name, chart, zoom_x)| Case::new(name, chart, zoom_x)).collect()
}

fn survival_curve(name: &str, half_life: f64) -> SurvivalCurve {
    let share = |time: f64| 0.5_f64.powf(time / half_life);
    let steps = (0..=30).map(|day| {
        let (time, half) = (f64::from(day), 0.004 * f64::from(day));
        let ends = Ends { low: Some(share(time) - half), high: Some((share(time) + half).min(1.0)) };
        SurvivalStep { time, share: share(time), interval: (day > 0).then_some(ends) }
    });
    SurvivalCurve {
        name: name.into(),
        steps: steps.collect(),
        censored: vec![4.5, 11.5, 12.5, 22.0, 29.5],
        at_risk: (0..=6)
            .map(|i| (f64::from(i) * 5.0, (1_240.0 * share(f64::from(i) * 5.0)) as u64))
            .collect(),
        median: (half_life < 30.0).then_some(half_life),
    }
}

fn roc_curve(name: &str, power: f64) -> RocCurve {
    let points = (0..=40).map(|i| {
        let x = f64::from(i) / 40.0;
        (1.0 - x, x, 1.0 - (1.0 - x).powf(power))
    });
    let auc = power / (power + 1.0);
    RocCurve {
        name: name.into(),
        points: points.collect(),
        auc,
        auc_interval: Some((auc - 0.03, auc + 0.03)),
    }
}

fn power_curves() -> Vec<PowerCurve> {
    let curve = |name: &str, scale: f64| {
        let power = |n: f64| 1.0 - (-n / scale).exp() * 0.95;
        let points: Vec<(f64, f64)> =
            (1..=40).map(|i| (f64::from(i) * 50.0, power(f64::from(i) * 50.0))).collect();
        let needed = points.iter().find(|(_, power)| *power >= 0.8).map(|(n, _)| *n);
        PowerCurve { name: name.into(), points, needed }
    };
    vec![curve("lift of 5 %", 300.0), curve("lift of 3 %", 700.0), curve("lift of 1 %", 4_000.0)]
}

fn triangle(n: usize) -> Chart {
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep"];
    let cohort = |(row, month): (usize, &&str)| Cohort {
        name: format!("{month} 2024"),
        n: 1_204 + 37 * row as u64,
        shares: (0..n - row)
            .map(|i| if i == 0 { 1.0 } else { 0.5 / (i as f64).sqrt() + 0.01 * row as f64 })
            .collect(),
    };
    let list: Vec<Cohort> = months.iter().take(n).enumerate().map(cohort).collect();
    cohorts("Retention", "month", &list)
}

fn tree() -> Chart {
    let leaves =
        ["Brazil", "Norway", "Sweden", "Spain", "Portugal", "Bosnia and Herzegovina"].map(String::from);
    let merge = |a, b, distance| Merge { nodes: [a, b], distance };
    let merges = [merge(1, 2, 0.4), merge(3, 4, 0.7), merge(0, 7, 1.5), merge(6, 5, 1.9), merge(8, 9, 4.2)];
    dendrogram("Countries by what they watch", "distance", &leaves, &merges, Some(2.5))
}

#[test]
fn a_sparkline_is_a_line_and_a_dot() {
    let values: Vec<(String, Option<f64>)> =
        (0..20).map(|i| (format!("day {i}"), (i != 7).then(|| f64::from(i * i % 13)))).collect();
    let chart = sparkline("sessions", &values, NumberFormat::Plain);
    assert_eq!(chart.takeaway, "sessions goes from 0 (day 0) to 10 (day 19).");
    let scene = layout(&chart, 120.0, SPARKLINE_HEIGHT_PX, &FixedMeasure, &View::default());
    assert_eq!((scene.width_px, scene.height_px), (120.0, SPARKLINE_HEIGHT_PX));
    assert!(scene.hits.len() >= 19, "{}", scene.hits.len());
    for shape in &scene.shapes {
        match shape {
            Shape::Line { points, .. } => {
                assert!(
                    points.iter().all(|at| at.y >= 2.0 && at.y <= SPARKLINE_HEIGHT_PX - 2.0),
                    "{points:?}"
                );
            }
            Shape::Text { text, .. } => panic!("{text}"),
            _ => {}
        }
    }
    for values in [Vec::new(), vec![("day 0".to_owned(), Some(4.0))], vec![("day 0".to_owned(), None)]] {
        let chart = sparkline("sessions", &values, NumberFormat::Plain);
        assert!(chart.takeaway.ends_with('.'));
        layout(&chart, 120.0, SPARKLINE_HEIGHT_PX, &FixedMeasure, &View::default());
    }
}

#[test]
fn charts_of_nothing_have_words() {
    let empty = [
        survival("t", "days", &[]),
        roc("t", &[]),
        power("t", "users", 0.8, &[]),
        cohorts("t", "month", &[]),
        dendrogram("t", "distance", &[], &[], None),
    ];
    for chart in empty {
        assert!(chart.takeaway.ends_with('.'), "{}", chart.takeaway);
        layout(&chart, 320.0, 240.0, &FixedMeasure, &View::default());
    }
}
