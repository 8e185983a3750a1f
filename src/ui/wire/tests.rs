//! The page's reader and writer against serde, which the engine uses.

use super::{FromWorker, Json, Read, Write, read_document, read_line, request_line};
use crate::analyses::Alternative;
use crate::analyses::Spec;
use crate::analyses::ab_test::{
    AbTestSpec, AnalysisUnit, Correction, LiftMethod, MeanTest, Metric, MetricMeasure, MetricRole,
};
use crate::analyses::chart::{ChartField, ChartSpec};
use crate::analyses::correlate::{CorrelateSpec, CorrelationMethod};
use crate::analyses::describe::DescribeSpec;
use crate::model::*;
use crate::protocol::*;
use crate::ui::state::{Analysis, DataSource, SourceKind};
use std::collections::BTreeMap;

/// What the page writes, the engine must read as the same request.
fn agrees(request: Request) {
    let line = request_line(7, &request);
    let read: Incoming = serde_json::from_str(&line).unwrap_or_else(|cause| panic!("{cause}: {line}"));
    assert_eq!(read, Incoming { id: 7, request });
}

/// What the engine writes, the page must read as the same message.
fn understood(text: &str) {
    let mut expected: Message = serde_json::from_str(text).unwrap_or_else(|cause| panic!("{cause}: {text}"));
    let line = serde_json::to_string(&expected).unwrap();
    // The page has lists of its own.
    if let Outcome::Reply(reply) = &mut expected.outcome
        && let Reply::Hello { analyses, scenarios, .. } = &mut **reply
    {
        analyses.clear();
        scenarios.clear();
    }
    // Written again by serde, so that every optional member is there.
    for line in [text, &line] {
        let Some(FromWorker::Message(message)) = read_line(line) else { panic!("not understood: {line}") };
        assert_eq!(*message, expected);
    }
}

fn filters() -> Vec<Filter> {
    let column = || "a \"b\" \\ \n \u{1} é 𝄞".to_owned();
    let value = || Value::Number(-1.5e-7);
    let values = || vec![Value::Text("x".into()), Value::Bool(false)];
    vec![
        Filter::Eq { column: column(), value: Value::Bool(true) },
        Filter::Ne { column: column(), value: Value::Text("7".into()) },
        Filter::Lt { column: column(), value: value() },
        Filter::Le { column: column(), value: value() },
        Filter::Gt { column: column(), value: value() },
        Filter::Ge { column: column(), value: value() },
        Filter::In { column: column(), values: values() },
        Filter::NotIn { column: column(), values: values() },
        Filter::Contains { column: column(), value: "part".into() },
        Filter::IsMissing { column: column() },
        Filter::NotMissing { column: column() },
        Filter::Related {
            column: column(),
            table: "users".into(),
            key: "id".into(),
            filter: vec![Filter::IsMissing { column: column() }],
        },
    ]
}

fn specs() -> Vec<Spec> {
    let metric = |role, measure| Metric { name: Some("m".into()), role, measure };
    let full = AbTestSpec {
        table: "t".into(),
        unit: Some("u".into()),
        variant: "v".into(),
        control: Some("A".into()),
        metrics: vec![
            metric(MetricRole::Goal, MetricMeasure::Mean { column: "x".into() }),
            metric(MetricRole::Guardrail, MetricMeasure::Proportion { column: "p".into(), success: None }),
            metric(
                MetricRole::Secondary,
                MetricMeasure::Proportion { column: "p".into(), success: Some(Value::Number(1.0)) },
            ),
            metric(MetricRole::Goal, MetricMeasure::Ratio { numerator: "n".into(), denominator: "d".into() }),
        ],
        analysis_unit: AnalysisUnit::FirstVariant,
        time: Some("when".into()),
        filter: filters(),
        segments: vec!["s".into()],
        expected_split: Some(BTreeMap::from([("A".into(), 0.3), ("B".into(), 0.7)])),
        alpha: 0.01,
        alternative: Alternative::Less,
        mean_test: MeanTest::Z,
        lift_method: LiftMethod::Log,
        correction: Correction::BenjaminiYekutieli,
    };
    let bare = AbTestSpec {
        unit: None,
        control: None,
        time: None,
        expected_split: None,
        filter: Vec::new(),
        ..full.clone()
    };
    let columns = vec!["x".to_owned()];
    vec![
        Spec::AbTest(full),
        Spec::AbTest(bare),
        Spec::Describe(DescribeSpec {
            table: "t".into(),
            columns: columns.clone(),
            by: columns.clone(),
            filter: filters(),
        }),
        Spec::Correlate(CorrelateSpec {
            table: "t".into(),
            columns,
            method: CorrelationMethod::Spearman,
            filter: filters(),
            alpha: 0.1,
        }),
    ]
}

/// Every step, with every member set somewhere.
fn recipe() -> Recipe {
    let text = r#"{"table":"t","into":"u","dry_run":true,"steps":[
        {"step":"filter","conditions":[{"op":"gt","column":"x","value":1}],"expression":"x > 'a'"},
        {"step":"filter","expression":"y"},
        {"step":"drop_duplicates","columns":["x"],"keep":"last","enabled":false},
        {"step":"drop_missing","when":"all"},
        {"step":"fill_missing","columns":["x"],"with":{"constant":"none"},"by":["g"]},
        {"step":"fill_missing","columns":["x"],"with":"mean"},
        {"step":"fill_missing","columns":["x"],"with":"median"},
        {"step":"fill_missing","columns":["x"],"with":"mode"},
        {"step":"fill_missing","columns":["x"],"with":"previous"},
        {"step":"fill_missing","columns":["x"],"with":"next"},
        {"step":"cap","columns":["x"],"limits":{"method":"percentile","low":1,"high":99.5}},
        {"step":"cap","columns":["x"],"limits":{"method":"iqr","factor":1.5}},
        {"step":"remove_outliers","columns":["x"],"limits":{"method":"mad","factor":3}},
        {"step":"cast","column":"x","kind":"date_time"},
        {"step":"rename","names":{"x":"y","y":"x"}},
        {"step":"recode","column":"x","map":{"a":"b","c":""}},
        {"step":"recode","column":"x","map":{},"others":"missing"},
        {"step":"recode","column":"x","map":{},"others":{"text":"Other"}},
        {"step":"split","column":"x","separator":"-","into":["a","b"]},
        {"step":"derive","column":"z","expression":"1"},
        {"step":"group","by":["g"],"aggregates":[{"name":"n","function":"n"},
            {"name":"q","function":"quantile","column":"x","q":0.9},{"name":"s","function":"share_true","column":"y"}]},
        {"step":"pivot","by":["g"],"names_from":"x","values_from":"y","function":"quantile","q":0.1,"prefix":"p_"},
        {"step":"pivot","by":["g"],"names_from":"x","function":"n"},
        {"step":"unpivot","columns":["x","y"],"names_to":"a","values_to":"b"},
        {"step":"join","table":"r","keys":[{"left":"a","right":"b"}],"how":"inner"},
        {"step":"concatenate","tables":["r"],"source":"from"},
        {"step":"concatenate","tables":["r"]},
        {"step":"sort","by":[{"column":"x","descending":true}]},
        {"step":"sample","n":10,"seed":9007199254740992},
        {"step":"sample","share":0.5},
        {"step":"select","columns":["x"]},
        {"step":"drop_columns","columns":["x"]}]}"#;
    serde_json::from_str(text).expect("the engine's own reading")
}

#[test]
fn recipes_come_back_as_they_were() {
    let recipe = recipe();
    let mut is_valid = true;
    assert_eq!(Recipe::read(&mut Json::parse(&recipe.write().to_text()).unwrap(), &mut is_valid), recipe);
    assert!(is_valid);
    for text in [r#"{"table":"t","into":"","dry_run":false,"steps":[{"step":"dance"}]}"#, r#"{"steps":3}"#] {
        let mut is_valid = true;
        Recipe::read(&mut Json::parse(text).unwrap(), &mut is_valid);
        assert!(!is_valid, "{text}");
    }
}

#[test]
fn the_engine_reads_every_request_of_the_page() {
    let table = || "t".to_owned();
    agrees(Request::Hello { protocol: 1 });
    agrees(Request::Sniff { source: Source::File("a.csv".into()), options: ImportOptions::default() });
    agrees(Request::Tables {});
    for source in [Source::Path("p".into()), Source::Text("a,b\n1,2".into()), Source::File("f".into())] {
        agrees(Request::Load { table: table(), source, options: ImportOptions::default() });
    }
    let options = ImportOptions {
        encoding: Some(Encoding::Windows1252),
        delimiter: Some("\t".into()),
        quote: Some(String::new()),
        escape: Some(Escape::Backslash),
        header: Some(false),
        header_rows: Some(2),
        first_line: Some(3),
        table: Some(2),
        decimal_mark: Some(DecimalMark::Comma),
        date_order: Some(DateOrder::Dmy),
        missing_tokens: Some(vec!["".into(), "NA".into()]),
        kinds: Kind::ALL.iter().map(|kind| (kind.name().to_owned(), *kind)).collect(),
    };
    agrees(Request::Load { table: table(), source: Source::File("f".into()), options });
    let sort = vec![SortKey { column: "c".into(), descending: true }];
    agrees(Request::Preview {
        table: table(),
        offset: 1 << 40,
        limit: 200,
        sort,
        filter: filters(),
        search: "S\u{e9}".into(),
    });
    agrees(Request::Bars { table: table(), filter: filters(), search: "s".into() });
    agrees(Request::Profile { table: table(), filter: filters() });
    let spec = UiExperimentSpec { seed: UiExperimentSpec::MAX_SEED, ..UiExperimentSpec::default() };
    agrees(Request::Generate { spec: ScenarioSpec::UiExperiment(spec) });
    for how in [JoinHow::Left, JoinHow::Inner] {
        agrees(Request::Join {
            left: "l".into(),
            right: "r".into(),
            left_key: "k".into(),
            right_key: "j".into(),
            how,
            into: "i".into(),
            dry_run: how == JoinHow::Left,
        });
    }
    agrees(Request::Recipe(recipe()));
    for spec in specs() {
        agrees(Request::Analyze { spec });
    }
    let chart = ChartSpec { table: table(), x: Some(ChartField::column("c")), ..ChartSpec::default() };
    let specs = vec![chart.clone(), ChartSpec { filter: filters(), ..chart }];
    let (from, to) = (-0.5, 1.5e9);
    agrees(Request::BrushOpen { table: table(), column: "c".into(), from, to, n_bins: 512, specs });
    agrees(Request::BrushTo { index: 3, from, to });
    let end = |table: &str| ColumnOf { table: table.into(), column: "c".into() };
    let ends = RelationEnds { from: end("a"), to: end("b") };
    for relations in [None, Some(Vec::new()), Some(vec![ends.clone()])] {
        agrees(Request::Relations { tables: vec![table()], relations });
    }
    for dialect in DdlDialect::ALL {
        agrees(Request::Ddl { tables: Vec::new(), dialect, relations: vec![ends.clone()] });
    }
    for header in [HeaderRow::AsLoaded, HeaderRow::Always] {
        let options = ExportOptions { header };
        for format in [ExportFormat::Csv, ExportFormat::JsonLines] {
            agrees(Request::Export { table: table(), format, path: None, options });
        }
    }
    agrees(Request::Quality { table: table() });
    agrees(Request::Drop { table: table() });
    agrees(Request::Cancel { target: 3 });
}

#[test]
fn specs_come_back_as_they_were() {
    for spec in specs() {
        let text = spec.write().to_text();
        let mut is_valid = true;
        assert_eq!(Spec::read(&mut Json::parse(&text).unwrap(), &mut is_valid), spec);
        assert!(is_valid);
    }
}

/// The examples of the protocol's documentation and of results, with every member set somewhere.
#[test]
fn the_page_reads_every_message_of_the_engine() {
    for line in include_str!("messages.jsonl").lines() {
        understood(line);
    }
}

#[test]
fn the_first_and_the_last_word_of_a_worker() {
    let ready = Ready { protocol: 1, version: "0.1.0".into() };
    assert_eq!(read_line(r#"{"ready":{"protocol":1,"version":"0.1.0"}}"#), Some(FromWorker::Ready(ready)));
    assert!(matches!(read_line(r#"{"panic":"index out of bounds"}"#), Some(FromWorker::Panic(_))));
    assert_eq!(read_line("{"), None);
}

#[test]
fn json_is_read_as_serde_reads_it() {
    let texts = [
        "null",
        "true",
        " [ ] ",
        "{}",
        "[1,2.5,-3e-7,1E5,0]",
        r#""a\u00e9\ud834\udd1e\n\"\\\/""#,
        r#"{"a":{"b":[{"c":null}]},"d":""}"#,
        "",
        "[1,]",
        "{\"a\"}",
        "nul",
        "\"\\ud834\"",
        "1 2",
        "\"\\x\"",
        "-",
        "{\"a\":1",
        "[[[[[1]]]]]",
        "5.643390937551839e-66",
        "1.9666230769489257",
    ];
    for text in texts {
        let mine = Json::parse(text).map(|json| json.to_text());
        let serde = serde_json::from_str::<serde_json::Value>(text).ok();
        match (mine, serde) {
            (Some(mine), Some(serde)) => {
                let again: serde_json::Value = serde_json::from_str(&mine).unwrap();
                assert!(same(&again, &serde), "{text}: {again} and {serde}");
            }
            (mine, serde) => assert_eq!(mine.is_some(), serde.is_some(), "{text}"),
        }
    }
}

/// 5 and 5.0 are one number here.
fn same(a: &serde_json::Value, b: &serde_json::Value) -> bool {
    use serde_json::Value;
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => a.as_f64() == b.as_f64(),
        (Value::Array(a), Value::Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b)),
        (Value::Object(a), Value::Object(b)) => {
            // Members that are null are left out when written.
            b.iter().all(|(name, b)| a.get(name).map_or(b.is_null(), |a| same(a, b)))
        }
        (a, b) => a == b,
    }
}

#[test]
fn what_does_not_fit_is_refused_as_a_whole() {
    for line in [
        r#"{"id":1,"reply":{"type":"dropped"}}"#,
        r#"{"id":1,"reply":{"type":"unheard"}}"#,
        r#"{"id":-1,"reply":{"type":"dropped","table":"t"}}"#,
        r#"{"id":1,"progress":{"done":"half","stage":"s"}}"#,
        r#"{"id":1,"error":{"code":"strange","message":"m"}}"#,
        r#"{"id":1}"#,
    ] {
        assert_eq!(read_line(line), None, "{line}");
    }
}

#[test]
fn a_link_may_leave_out_what_has_a_default() {
    let text = r#"{"sources":[{"id":1,"kind":{"from":"world","spec":{"scenario":"ui_experiment","seed":3}}}],
        "analyses":[{"id":2,"spec":{"kind":"ab_test","table":"sessions","variant":"group",
        "metrics":[{"measure":{"type":"mean","column":"session_length"}}]}}]}"#;
    let document = read_document(text).expect("a document");
    let kind = SourceKind::World {
        spec: ScenarioSpec::UiExperiment(UiExperimentSpec { seed: 3, ..UiExperimentSpec::default() }),
    };
    assert_eq!(document.sources, [DataSource { id: 1, kind }]);
    let spec = serde_json::from_str(
        r#"{"kind":"ab_test","table":"sessions","variant":"group",
        "metrics":[{"measure":{"type":"mean","column":"session_length"}}]}"#,
    )
    .expect("the engine's own reading");
    assert_eq!(document.analyses, [Analysis { id: 2, spec }]);
    assert_eq!(read_document(r#"{"sources":[],"analyses":[{"id":2,"spec":{"kind":"ab_test"}}]}"#), None);
}
