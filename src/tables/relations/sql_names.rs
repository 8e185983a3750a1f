//! Names of tables and columns as a dialect of SQL takes them.

use crate::model::DdlDialect;

/// Words that one of the dialects reserves. A quoted name is never wrong, so that one list does for all.
const RESERVED: &str = " accessible add all alter analyse analyze and any array as asc asensitive assert_rows_modified \
at authorization before begin between bigint binary blob both by call cascade case cast change char character check \
collate collation column concurrently condition constraint contains continue convert create cross cube cume_dist \
current current_catalog current_date current_role current_schema current_time current_timestamp current_user cursor \
database databases day_hour day_microsecond day_minute day_second dec decimal declare default deferrable define \
delayed delete dense_rank desc describe deterministic distinct distinctrow div do double drop dual each else elseif \
empty enclosed end enum escape escaped except exclude exists exit explain extract false fetch first_value float \
float4 float8 following for force foreign freeze from full fulltext function generated get grant group grouping \
groups hash having high_priority hour_microsecond hour_minute hour_second if ignore ilike in index infile initially \
inner inout insensitive insert int int1 int2 int3 int4 int8 integer intersect interval into io_after_gtids \
io_before_gtids is isnull iterate join json_table key keys kill lag last_value lateral lead leading leave left like \
limit linear lines load localtime localtimestamp lock long longblob longtext lookup loop low_priority manual match \
maxvalue mediumblob mediumint mediumtext merge middleint minute_microsecond minute_second mod modifies natural new \
no no_write_to_binlog not notnull nth_value ntile null nulls numeric of off offset old on only optimize option \
optionally or order out outer outfile over overlaps parallel partition percent_rank placing preceding precision \
primary procedure proto purge qualify range rank read reads real recursive references regexp release rename repeat \
replace require resignal respect restrict return returning revoke right rlike rollup row row_number rows schema \
schemas second_microsecond select sensitive separator session_user set show signal similar smallint some spatial \
specific sql sqlexception sqlstate sqlwarning ssl starting stored straight_join struct symmetric system system_user \
table tables tablesample terminated then tinyblob tinyint tinytext to trailing treat trigger true unbounded undo \
union unique unlock unnest unsigned update usage use user using utc_date utc_time utc_timestamp values varbinary \
varchar varcharacter variadic varying verbose virtual when where while window with within write xor year_month \
zerofill ";

/// The names in a dialect, as they are written, with quotes where they are needed. Characters that it does not
/// take become `_`, names that are too long are cut, and names that are then the same get a number.
pub(super) fn sql_names(names: &[&str], dialect: DdlDialect, is_column: bool) -> Vec<String> {
    let mut taken: Vec<String> = Vec::with_capacity(names.len());
    let mut written = Vec::with_capacity(names.len());
    for name in names {
        let plain = allowed(name, dialect, is_column);
        let mut unique = plain.clone();
        let mut n = 2u32;
        while taken.contains(&folded(&unique, dialect)) {
            unique = format!("{plain}_{n}");
            n += 1;
        }
        taken.push(folded(&unique, dialect));
        written.push(quoted(&unique, dialect));
    }
    written
}

/// Names that are the same here are the same to the database.
fn folded(name: &str, dialect: DdlDialect) -> String {
    if dialect == DdlDialect::Postgresql { name.to_owned() } else { name.to_lowercase() }
}

fn allowed(name: &str, dialect: DdlDialect, is_column: bool) -> String {
    let is_allowed = |c: char| match dialect {
        _ if c.is_control() => false,
        DdlDialect::Bigquery if is_column => !"!\"$()*,./;?@[\\]^`{}~".contains(c),
        DdlDialect::Bigquery => c.is_alphanumeric() || matches!(c, '_' | '-' | ' '),
        _ => true,
    };
    // PostgreSQL counts bytes; names of its own get a number behind them.
    let most = match dialect {
        DdlDialect::Postgresql => 59,
        DdlDialect::Mysql => 60,
        DdlDialect::Bigquery => 296,
    };
    let mut allowed = String::new();
    for c in name.chars().map(|c| if is_allowed(c) { c } else { '_' }) {
        let size = match dialect {
            DdlDialect::Postgresql => allowed.len() + c.len_utf8(),
            _ => allowed.chars().count() + 1,
        };
        if size > most {
            break;
        }
        allowed.push(c);
    }
    // Spaces at the end are not taken by all.
    let trimmed = allowed.trim();
    if trimmed.is_empty() { "_".into() } else { trimmed.into() }
}

fn quoted(name: &str, dialect: DdlDialect) -> String {
    // PostgreSQL takes unquoted capitals for small letters.
    let is_letter = |c: char| {
        c.is_ascii_lowercase() || c == '_' || (dialect != DdlDialect::Postgresql && c.is_ascii_uppercase())
    };
    let is_plain = name.starts_with(is_letter)
        && name.chars().all(|c| is_letter(c) || c.is_ascii_digit())
        && !RESERVED.contains(&format!(" {} ", name.to_ascii_lowercase()));
    let quote = if dialect == DdlDialect::Postgresql { '"' } else { '`' };
    match is_plain {
        true => name.to_owned(),
        false => {
            let doubled = name.replace(quote, &format!("{quote}{quote}"));
            format!("{quote}{doubled}{quote}")
        }
    }
}

/// A text inside a comment, which ends with its line.
pub(super) fn in_comment(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_quoted_where_they_must_be() {
        let names = ["user_id", "order", "Watch Time", "a\"b`c", "2nd", "größe"];
        let of = |dialect| sql_names(&names, dialect, true);
        assert_eq!(
            of(DdlDialect::Postgresql),
            ["user_id", "\"order\"", "\"Watch Time\"", "\"a\"\"b`c\"", "\"2nd\"", "\"größe\""]
        );
        assert_eq!(
            of(DdlDialect::Mysql),
            ["user_id", "`order`", "`Watch Time`", "`a\"b``c`", "`2nd`", "`größe`"]
        );
        assert_eq!(
            of(DdlDialect::Bigquery),
            ["user_id", "`order`", "`Watch Time`", "a_b_c", "`2nd`", "`größe`"]
        );
    }

    #[test]
    fn names_that_a_database_takes_for_the_same_get_a_number() {
        assert_eq!(sql_names(&["Id", "id"], DdlDialect::Mysql, true), ["Id", "id_2"]);
        assert_eq!(sql_names(&["Id", "id"], DdlDialect::Postgresql, true), ["\"Id\"", "id"]);
        assert_eq!(sql_names(&["a.b", "a_b"], DdlDialect::Bigquery, true), ["a_b", "a_b_2"]);
        let long = "é".repeat(100);
        assert_eq!(sql_names(&[&long], DdlDialect::Postgresql, true)[0], format!("\"{}\"", "é".repeat(29)));
    }
}
