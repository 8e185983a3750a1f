//! What looks wrong in a table.

use super::record::{record, words};
use super::{Json, Read, Write};
use crate::model::{Finding, FindingSeverity, LimitCount, QualityReport};

words!(FindingSeverity { "problem" => Problem, "look" => Look, "fact" => Fact });

record!(QualityReport { table, n_rows, findings });
record!(Finding { code, columns, severity, n_rows, share, sentence, examples, rows, limits, step, action });
record!(LimitCount { limits, low, high, n_below, n_above });
