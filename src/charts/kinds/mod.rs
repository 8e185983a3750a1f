//! Charts of a kind, made of plain numbers: analyses fill them in without knowing of marks.

mod cohorts;
mod dendrogram;
mod power;
mod roc;
mod sparkline;
mod survival;

pub use cohorts::{Cohort, cohorts};
pub use dendrogram::{Merge, dendrogram};
pub use power::{PowerCurve, power};
pub use roc::{RocCurve, roc};
pub use sparkline::{SPARKLINE_HEIGHT_PX, sparkline};
pub use survival::{SurvivalCurve, SurvivalStep, survival};
