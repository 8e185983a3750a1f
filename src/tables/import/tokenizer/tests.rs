//! Records of texts, whole and cut into pieces.

use super::*;

fn dialect() -> Dialect {
    Dialect { delimiter: b",".to_vec(), is_run: false, quote: Some(b'"'), has_backslash_escapes: false }
}

fn records_of(text: &str, dialect: &Dialect, width: Option<usize>) -> Vec<Vec<String>> {
    let mut tokenizer = Tokenizer::new(dialect);
    tokenizer.width = width;
    let mut cells = Cells::default();
    let (mut at, mut records) = (0, Vec::new());
    loop {
        cells.clear();
        match tokenizer.step(text, at, true, &mut cells) {
            Step::Record { next } => {
                records.push((0..cells.spans.len()).map(|i| cells.text(i, text).to_owned()).collect());
                at = next;
            }
            Step::Blank { next } => at = next,
            Step::NeedMore => panic!("the text is whole"),
            Step::End => return records,
        }
    }
}

#[test]
fn cells_of_plain_and_quoted_records() {
    let records = records_of("a,b\r\n\"1,5\",\"say \"\"hi\"\"\"\r\"x\ny\",\n,\"\"", &dialect(), None);
    let expected: [&[&str]; 4] = [&["a", "b"], &["1,5", "say \"hi\""], &["x\ny", ""], &["", ""]];
    assert_eq!(records, expected);
}

#[test]
fn a_stray_quote_at_the_start_stays_in_its_cell() {
    let text = "a,b\n\"x,1\ny,2\n\"z\",3\n";
    assert_eq!(records_of(text, &dialect(), Some(2)), [["a", "b"], ["\"x", "1"], ["y", "2"], ["z", "3"]]);
    let text = "a,b,c\n\"x,\"y\",1\nz,2,3\n";
    assert_eq!(records_of(text, &dialect(), Some(3)), [["a", "b", "c"], ["\"x", "y", "1"], ["z", "2", "3"]]);
}

#[test]
fn an_unclosed_quote_swallows_nothing() {
    let text = "a,b\n1,\"x\n2,y\n3,z\n";
    assert_eq!(records_of(text, &dialect(), None), [["a", "b"], ["1", "\"x"], ["2", "y"], ["3", "z"]]);
}

#[test]
fn unescaped_inner_quotes_are_text() {
    let text = "1,\"a \"b\" c\"\n2,5\" screen\n";
    assert_eq!(records_of(text, &dialect(), Some(2)), [["1", "a \"b\" c"], ["2", "5\" screen"]]);
}

#[test]
fn backslashes_escape_where_the_dialect_says_so() {
    let dialect = Dialect { has_backslash_escapes: true, ..dialect() };
    let text = "\"a \\\"b\\\", c\",\"d\\e\",\"f\\\\\"\n";
    assert_eq!(records_of(text, &dialect, None), [["a \"b\", c", "d\\e", "f\\\\"]]);
}

#[test]
fn delimiters_of_two_characters() {
    let dialect = Dialect { delimiter: b", ".to_vec(), ..dialect() };
    assert_eq!(records_of("a, \"b, c\", d,e\n", &dialect, None), [["a", "b, c", "d,e"]]);
}

#[test]
fn lines_are_counted_through_quoted_cells() {
    let dialect = dialect();
    let text = "a\n\"b\r\nc\"\r\nd";
    let mut tokenizer = Tokenizer::new(&dialect);
    let mut cells = Cells::default();
    let (mut at, mut lines) = (0, Vec::new());
    while let Step::Record { next } = {
        lines.push(tokenizer.line);
        tokenizer.step(text, at, true, &mut cells)
    } {
        at = next;
    }
    assert_eq!(lines, [1, 2, 4, 5]);
    assert_eq!(tokenizer.line_ending(), LineEnding::Mixed);
}

#[test]
fn doubtful_quotes_are_read_again_in_proportion() {
    // Each record could as well go on to the end of the text.
    let text = |n: usize| format!("1,2\n{}\",x,y\n1,2\n", "\"\"a,b\n".repeat(n));
    let in_vain = |n: usize| {
        let (dialect, text) = (dialect(), text(n));
        let mut tokenizer = Tokenizer::new(&dialect);
        tokenizer.width = Some(2);
        let (mut at, mut cells) = (0, Cells::default());
        while let Step::Record { next } = tokenizer.step(&text, at, true, &mut cells) {
            at = next;
        }
        assert_eq!(at, text.len());
        tokenizer.n_bytes_in_vain
    };
    assert!(in_vain(10) > 0);
    let [some, more] = [10_000, 20_000].map(in_vain);
    assert!(more < some * 9 / 4 && more < 20_000 * 6 * 20, "{some}, {more}");
    assert_eq!(records_of(&text(10), &dialect(), Some(2)).len(), 13);
}
