//! One metric in detail: its arms, its tests, its drawings, its segments.

use super::effects::{correction_name, lift_interval, truth};
use super::{Truths, estimate_word, planted, scale_of, segments};
use crate::analyses::ab_test::{AbTestResult, ArmSummary, Comparison, MetricResult};
use crate::charts::from_result::ab_test as charts;
use crate::charts::model::Chart;
use crate::format;
use crate::model::Truth;
use crate::ui::dom::{Html, el, list, live};
use crate::ui::parts::figure::{Scale, count, figure, interval};
use crate::ui::results::table::{Figures, Row, words};
use crate::ui::results::{Found, chart, copyable, later, level};
use crate::ui::runtime::{App, Part};

pub fn view(app: App, found: Found, name: String, truths: Truths) -> Html {
    let place = Part::new(move || {
        found.ab_test(|result| result.metrics.iter().position(|metric| metric.name == name)).flatten()
    });
    let drawing = move |make: fn(&AbTestResult, usize) -> Option<Chart>| {
        chart(move || found.ab_test(|result| make(result, place.get()?))?)
    };
    let truths = move || truths.get();
    el("div")
        .class("metric-detail")
        .add(live(move || found.ab_test(|result| Some(sentences(result.metrics.get(place.get()?)?)))))
        .add(drawing(charts::by_variant))
        .add(drawing(charts::distribution))
        .add(later(move || {
            list([
                drawing(charts::over_time),
                drawing(charts::segments),
                live(move || {
                    found.ab_test(|result| Some(segments::table(result, place.get()?, truths().as_deref())))
                }),
                later(move || {
                    live(move || {
                        found.ab_test(|result| {
                            Some(small_print(app, result, place.get()?, truths().as_deref()))
                        })
                    })
                }),
            ])
        }))
        .into()
}

fn sentences(metric: &MetricResult) -> Html {
    let sentences: Vec<Html> =
        metric.comparisons.iter().map(|c| el("p").add(c.sentence.clone()).into()).collect();
    el("div").class("metric-detail__words").add(sentences).into()
}

fn small_print(app: App, result: &AbTestResult, idx: usize, truths: Option<&Vec<Truth>>) -> Html {
    let Some(metric) = result.metrics.get(idx) else { return Html::Nothing };
    let apa: Vec<Html> =
        metric.comparisons.iter().map(|c| copyable(app, &c.apa, "the APA sentence")).collect();
    list([
        el("div").class("side-by-side").add(arms(result, metric)).add(tests(result, metric, truths)).into(),
        notes(metric),
        el("div").class("apa").add(apa).into(),
    ])
}

/// What a cell of a fact says of one arm.
type OfArm = fn(&ArmSummary, Scale, String) -> Html;

fn arms(result: &AbTestResult, metric: &MetricResult) -> Html {
    let scale = scale_of(metric);
    let mut heads: Vec<String> = vec!["By variant".into()];
    heads.extend(metric.arms.iter().map(|arm| format!("#{}", arm.variant)));
    let level = level(result.spec.alpha);
    let mut facts: Vec<(String, OfArm)> = vec![
        ("observations".into(), |arm, _, name| count(name, arm.n)),
        ("rows with a value".into(), |arm, _, name| count(name, arm.n_rows)),
        ("rows without".into(), |arm, _, name| count(name, arm.n_missing)),
        (estimate_word(metric).into(), |arm, scale, name| figure(name, arm.estimate, |x| scale.value(x))),
        (format!("{level} interval"), |arm, scale, name| interval(name, arm.interval, |i| scale.interval(i))),
        ("standard deviation".into(), |arm, _, name| figure(name, arm.sd, |x| format::number(x, 4))),
        ("standard error".into(), |arm, _, name| figure(name, arm.standard_error, |x| format::number(x, 3))),
    ];
    let has = |pick: fn(&ArmSummary) -> bool| metric.arms.iter().any(pick);
    if has(|arm| arm.successes.is_some()) {
        facts.push(("successes".into(), |arm, _, name| {
            figure(name, arm.successes.map(|n| n as f64), |x| format::count(x as u64))
        }));
    }
    if has(|arm| arm.numerator_sum.is_some()) {
        facts.push(("sum above".into(), |arm, _, name| {
            figure(name, arm.numerator_sum, |x| format::trim_zeros(&format::number(x, 6)))
        }));
        facts.push(("sum below".into(), |arm, _, name| {
            figure(name, arm.denominator_sum, |x| format::trim_zeros(&format::number(x, 6)))
        }));
    }
    if has(|arm| arm.quartiles.is_some()) {
        fn quartile(arm: &ArmSummary, scale: Scale, name: String, idx: usize) -> Html {
            figure(name, arm.quartiles.map(|quartiles| quartiles[idx]), |x| scale.value(x))
        }
        let five: [(&str, OfArm); 5] = [
            ("minimum", |arm, scale, name| quartile(arm, scale, name, 0)),
            ("first quartile", |arm, scale, name| quartile(arm, scale, name, 1)),
            ("median", |arm, scale, name| quartile(arm, scale, name, 2)),
            ("third quartile", |arm, scale, name| quartile(arm, scale, name, 3)),
            ("maximum", |arm, scale, name| quartile(arm, scale, name, 4)),
        ];
        facts.extend(five.map(|(name, of)| (name.to_owned(), of)));
        facts
            .push(("skewness".into(), |arm, _, name| figure(name, arm.skewness, |x| format::decimals(x, 2))));
    }
    let rows = facts
        .into_iter()
        .map(|(fact, of)| {
            let cells = metric
                .arms
                .iter()
                .map(|arm| of(arm, scale, format!("{}|{}|{fact}", metric.name, arm.variant)));
            Row::new(fact.clone(), cells.collect())
        })
        .collect();
    Figures { caption: format!("{} by variant", metric.name), heads, rows, is_captioned: true }.view()
}

fn tests(result: &AbTestResult, metric: &MetricResult, truths: Option<&Vec<Truth>>) -> Html {
    let scale = scale_of(metric);
    let level = level(result.spec.alpha);
    let comparisons = &metric.comparisons;
    let mut heads: Vec<String> = vec!["Comparison".into()];
    heads.extend(comparisons.iter().map(|c| format!("#{} \u{2212} {}", c.variant, c.control)));
    let mut rows: Vec<Row> = Vec::new();
    let mut push = |fact: String, cell: &dyn Fn(&Comparison, String) -> Html| {
        let cells = comparisons.iter().map(|c| cell(c, format!("{}|{}|{fact}", metric.name, c.variant)));
        let cells: Vec<Html> = cells.collect();
        rows.push(Row::new(fact, cells));
    };
    push("difference".into(), &|c, name| figure(name, c.difference, |x| scale.difference(x)));
    push(format!("{level} interval"), &|c, name| {
        interval(name, c.difference_interval, |i| scale.difference_interval(i))
    });
    if comparisons.iter().any(|c| planted(truths, metric, c, None).is_some()) {
        push("planted".into(), &|c, _| truth(planted(truths, metric, c, None), c.difference_interval, scale));
    }
    push("standard error".into(), &|c, name| figure(name, c.standard_error, |x| format::number(x, 3)));
    push("lift".into(), &|c, name| figure(name, c.lift, |x| format::signed_percent(x, 2)));
    push(format!("{level} interval of the lift"), &|c, name| lift_interval(name, c.lift_interval));
    push("test".into(), &|c, _| words(c.test.clone()));
    push("statistic".into(), &|c, name| figure(name, c.statistic, |x| format::decimals(x, 3)));
    push("degrees of freedom".into(), &|c, name| {
        figure(name, c.df, |x| format::trim_zeros(&format::decimals(x, 2)))
    });
    push("p".into(), &|c, name| figure(name, c.p_value, p_exact));
    if comparisons.iter().any(|c| c.fisher_p_value.is_some()) {
        push("Fisher's exact p".into(), &|c, name| figure(name, c.fisher_p_value, p_exact));
    }
    if comparisons.iter().any(|c| c.p_adjusted.is_some()) {
        let name = format!("p, {}", correction_name(result.spec.correction));
        push(name, &|c, name| figure(name, c.p_adjusted, p_exact));
    }
    if let Some(size) = comparisons.iter().find_map(|c| c.effect_size.as_ref()) {
        push(size.name.clone(), &|c, name| {
            figure(name, c.effect_size.as_ref().map(|size| size.value), |x| format::decimals(x, 3))
        });
    }
    if comparisons.iter().any(|c| c.rank_test.is_some()) {
        let of = |c: &Comparison, pick: fn(&crate::analyses::ab_test::RankTest) -> f64| {
            c.rank_test.as_ref().map(pick)
        };
        push("Mann-Whitney U".into(), &|c, name| {
            figure(name, of(c, |rank| rank.u), |x| format::trim_zeros(&format::decimals(x, 1)))
        });
        push("its p".into(), &|c, name| figure(name, of(c, |rank| rank.p_value), p_exact));
        push("chance to exceed".into(), &|c, name| {
            figure(name, of(c, |rank| rank.probability_of_superiority), |x| format::percent(x, 1))
        });
    }
    Figures { caption: format!("{}: comparison", metric.name), heads, rows, is_captioned: true }.view()
}

/// In the small print even tiny p-values are written out.
fn p_exact(p: f64) -> String {
    if p < 0.001 { format::number(p, 3) } else { format::decimals(p, 4) }
}

fn notes(metric: &MetricResult) -> Html {
    if metric.notes.is_empty() {
        return Html::Nothing;
    }
    let notes: Vec<Html> = metric
        .notes
        .iter()
        .map(|note| {
            el("div").add(el("dt").add(note.topic.clone())).add(el("dd").add(note.text.clone())).into()
        })
        .collect();
    el("dl").class("notes").add(notes).into()
}
