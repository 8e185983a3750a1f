//! Box plots: quartiles, whiskers and the values beyond them.

use super::box_rows::{Row, by_series, item, key, name};
use super::figures::long;
use crate::analyses::chart::ChartResult;
use crate::charts::marks::{BoxItem, BoxLook, Boxes, Outlier};
use crate::charts::model::{Info, Mark};

const NOTE: &str = "Box: the middle half of the values, from the first to the third quartile. Thick line: median. \
                    Diamond: mean. Whiskers: to the farthest values within 1.5 box lengths of the box. Rings: \
                    values beyond, at most 60 a row.";

pub fn marks(result: &ChartResult, rows: &[Row<'_>]) -> (&'static str, &'static str, Vec<Mark>) {
    let of_series = |(series, rows): (usize, Vec<&Row<'_>>)| {
        let items = rows.into_iter().map(|row| whole(result, row)).collect();
        Mark::Boxes(Boxes { series, look: BoxLook::Whole, items })
    };
    ("chart_box", NOTE, by_series(result, rows).into_iter().map(of_series).collect())
}

fn whole(result: &ChartResult, row: &Row<'_>) -> BoxItem {
    let found = row.found;
    let outlier = |value: &f64| Outlier {
        value: *value,
        info: key(
            Info::new(format!("Beyond the whiskers, {}", name(result, found)))
                .line(&result.y.label, long(&result.y, *value)),
            found,
        ),
    };
    let item = item(result, row);
    let info = match found.whiskers {
        Some([low, high]) => item
            .info
            .clone()
            .line("whiskers", format!("{} to {}", long(&result.y, low), long(&result.y, high))),
        None => item.info.clone(),
    };
    BoxItem {
        whiskers: found.whiskers,
        mean: found.mean,
        outliers: found.outliers.iter().map(outlier).collect(),
        info,
        ..item
    }
}
