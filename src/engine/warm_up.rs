//! Work while nobody waits: a made-up table is read and reported on, so that the browser has optimised those
//! functions before the first file comes. A browser runs a module by a quick compiler first, and by a slower
//! one that makes code about twice as fast only where functions have run for a while.

use super::session::{Attachments, Session};
use crate::analyses::Spec;
use crate::analyses::ab_test::{AbTestSpec, Metric, MetricMeasure, MetricRole};
use crate::model::ImportOptions;
use crate::pace::Pace;
use crate::protocol::{Request, Source};
use std::fmt::Write;

/// A table of this size is read in some 50 ms by optimised code.
const N_ROWS: u32 = 30_000;
const N_ROUNDS: u32 = 3;
const ROWS_PER_UNIT: u32 = 5;

/// Ends early when `pace` is cancelled. `files` open [`text`] as they would open a file of the user's: what is
/// optimised for another way of reading would have to be made again. Whatever happens in here is nobody's concern.
pub async fn warm_up(files: &dyn Attachments, pace: &Pace) {
    for _ in 0..N_ROUNDS {
        let mut session = Session::default();
        for request in [load(), report()] {
            if session.answer(request, files, pace).await.is_err() {
                return;
            }
        }
    }
}

fn load() -> Request {
    Request::Load {
        table: "t".into(),
        source: Source::File("t.csv".into()),
        options: ImportOptions::default(),
    }
}

fn report() -> Request {
    let metric = |measure| Metric { name: None, role: MetricRole::default(), measure };
    Request::Analyze {
        spec: Spec::AbTest(AbTestSpec {
            table: "t".into(),
            unit: Some("user_id".into()),
            variant: "variant".into(),
            metrics: vec![
                metric(MetricMeasure::Mean { column: "minutes".into() }),
                metric(MetricMeasure::Proportion { column: "watched".into(), success: None }),
            ],
            ..AbTestSpec::default()
        }),
    }
}

/// Rows with a column of every kind that files of our users have.
pub fn text() -> String {
    let mut text = String::from("row,user_id,name,variant,started,day,minutes,watched,plan,note,empty\n");
    for row in 0..N_ROWS {
        // Numbers that look like chance, and need none.
        let mixed = row.wrapping_mul(2_654_435_761);
        let unit = (mixed >> 8) % (N_ROWS / ROWS_PER_UNIT);
        let (variant, plan) =
            (["A", "B"][unit as usize % 2], ["Basic", "Standard", "Premium"][row as usize % 3]);
        let _ = writeln!(
            text,
            "{row},{unit},U-{unit:06},{variant},2024-01-{:02} {:02}:{:02}:{:02},2024-{:02}-{:02},{}.{:02},{},{plan},\"{plan}, {}\",{}",
            row % 28 + 1,
            row % 24,
            row % 60,
            mixed % 60,
            row % 12 + 1,
            unit % 28 + 1,
            mixed % 90,
            row % 100,
            row % 2,
            mixed % 5_000,
            if row % 9 == 0 { "" } else { "1.5" },
        );
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::EngineError;
    use crate::pace::block_on;
    use crate::protocol::Reply;
    use crate::tables::{ByteSource, MemorySource};

    struct Files;

    impl Attachments for Files {
        fn open(&self, _source: &Source) -> Result<Box<dyn ByteSource>, EngineError> {
            Ok(Box::new(MemorySource::new("t.csv", text())))
        }

        fn write(&self, _path: &str, _bytes: &[u8]) -> Result<(), EngineError> {
            Ok(())
        }
    }

    #[test]
    fn the_table_has_every_kind_and_the_report_works() {
        let mut session = Session::default();
        let pace = Pace::unhosted();
        let loaded = block_on(session.answer(load(), &Files, &pace)).unwrap();
        let Reply::Loaded { table, report: parse_report, .. } = loaded.reply else { panic!("not loaded") };
        assert_eq!(parse_report.n_problems, 0);
        let kinds: Vec<&str> = table.columns.iter().map(|column| column.kind.name()).collect();
        assert_eq!(
            kinds,
            [
                "id",
                "id",
                "text",
                "nominal",
                "date-time",
                "date",
                "continuous",
                "binary",
                "ordinal",
                "text",
                "continuous"
            ]
        );
        assert!(block_on(session.answer(report(), &Files, &pace)).is_ok());
    }
}
