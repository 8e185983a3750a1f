//! Dates whose month is a word.

use super::{column, csv, kind, load_text, reason};
use playhead::model::Kind;

#[track_caller]
fn read(cells: &[&str], kind_of: Kind, expected: &[&str], why: &str) {
    let rows: String = cells.iter().map(|cell| format!("\"{cell}\",x\n")).collect();
    let text = format!("day,name\n{rows}");
    let (table, report) = load_text(&text);
    assert_eq!(kind(&table, "day"), kind_of, "{cells:?}: {}", reason(&report, "day"));
    assert_eq!(column(&table, "day"), expected);
    assert!(reason(&report, "day").contains(why), "{}", reason(&report, "day"));
    assert_eq!(csv(&table).replace('"', ""), text.replace('"', ""));
}

#[test]
fn months_are_words() {
    let days = ["2024-03-12", "2024-05-05", "2024-12-31"];
    let words = "dates, with months as words";
    read(&["12 Mar 2024", "5 May 2024", "31 Dec 2024"], Kind::Date, &days, words);
    read(&["March 12, 2024", "May 5, 2024", "December 31, 2024"], Kind::Date, &days, words);
    read(&["2024-Mar-12", "2024-May-05", "2024-Dec-31"], Kind::Date, &days, words);
    read(&["Tue, 12 Mar 2024", "Sun, 5 May 2024", "Tue, 31 Dec 2024"], Kind::Date, &days, words);
    read(
        &["12-Mar-24", "05-May-24", "31-Dec-24"],
        Kind::Date,
        &days,
        "; years of two digits are 1970 to 2069",
    );
    read(&["12. März 2024", "5. Mai 2024", "31. Dezember 2024"], Kind::Date, &days, words);
    read(&["12 mars 2024", "5 mai 2024", "31 décembre 2024"], Kind::Date, &days, words);
    read(&["12 mar 2024", "5 may 2024", "31 dic 2024"], Kind::Date, &days, words);
    read(&["12 de março de 2024", "5 de maio de 2024", "31 de dezembro de 2024"], Kind::Date, &days, words);
    read(&["12 marzo 2024", "5 maggio 2024", "31 dicembre 2024"], Kind::Date, &days, words);
}

#[test]
fn times_follow_words() {
    let times = ["2024-03-12 14:30:00", "2024-05-05 02:05:00"];
    let words = "dates with times, with months as words";
    read(&["12 Mar 2024 14:30", "5 May 2024 02:05"], Kind::DateTime, &times, words);
    read(&["12 Mar 2024 2:30 PM", "5 May 2024 2:05 AM"], Kind::DateTime, &times, words);
    read(&["3/12/2024 2:30 PM", "5/5/2024 2:05 AM"], Kind::DateTime, &times, "month first");
    read(
        &["Tue, 12 Mar 2024 15:30:00 +0100", "Sun, 05 May 2024 03:05:00 +0100"],
        Kind::DateTime,
        &times,
        "UTC",
    );
}

#[test]
fn months_of_years_are_their_first_days() {
    read(
        &["Jan 2024", "Feb 2024", "Mar 2024"],
        Kind::Date,
        &["2024-01-01", "2024-02-01", "2024-03-01"],
        "months, each of which stands for its first day",
    );
    let (table, report) = load_text("Name,Jan 2024,Feb 2024\na,1,2\nb,3,4\n");
    assert_eq!(table.column_names(), ["Name", "Jan 2024", "Feb 2024"]);
    assert!(report.has_header);
    // A year of two digits may be a day.
    let (table, _) = load_text("m,n\nJan 24,1\nFeb 24,2\n");
    assert_ne!(kind(&table, "m"), Kind::Date);
}

#[test]
fn a_wrong_weekday_stays_in_the_export() {
    let text = "day,n\n\"Tue, 12 Mar 2024\",1\n\"Mon, 5 May 2024\",2\n";
    let (table, _) = load_text(text);
    assert_eq!(column(&table, "day"), ["2024-03-12", "2024-05-05"]);
    assert_eq!(csv(&table), text);
}

#[test]
fn a_column_of_one_language_is_written_by_its_form() {
    let names = ["ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic"];
    let rows: String =
        (0..240).map(|i| format!("{} {} 20{:02},{i}\n", i % 28 + 1, names[i % 12], i % 30)).collect();
    let text = format!("day,n\n{rows}");
    let (table, report) = load_text(&text);
    assert_eq!(kind(&table, "day"), Kind::Date, "{}", reason(&report, "day"));
    assert_eq!(csv(&table), text);
}
