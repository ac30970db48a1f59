//! Tables as CSV (RFC 4180: commas, CRLF, quotes where needed), safe to open in a spreadsheet: no cell is taken for a formula.

/// A table with its header. Rows may have any number of cells.
pub fn table(header: &[&str], rows: impl IntoIterator<Item = Vec<String>>) -> String {
    let mut out = line(header.iter().copied());
    for row in rows {
        out.push_str(&line(row.iter().map(String::as_str)));
    }
    out
}

fn line<'a>(cells: impl Iterator<Item = &'a str>) -> String {
    let mut line = cells.map(cell).collect::<Vec<_>>().join(",");
    // A line with nothing in it would be no row at all.
    if line.is_empty() {
        line.push_str("\"\"");
    }
    line.push_str("\r\n");
    line
}

/// What a spreadsheet takes for the beginning of a formula, or skips before looking for one.
const BEGIN_FORMULA: [char; 12] = ['=', '+', '-', '@', '\t', '\r', '\n', '\0', '＝', '＋', '－', '＠'];

/// A cell: an apostrophe before what a spreadsheet would calculate, quotes around what would end the cell.
fn cell(text: &str) -> String {
    let safe = if text.starts_with(BEGIN_FORMULA) { format!("'{text}") } else { text.to_string() };
    if safe.contains([',', '"', '\r', '\n', ';']) { format!("\"{}\"", safe.replace('"', "\"\"")) } else { safe }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(text: &str, expect: &str) {
        assert_eq!(cell(text), expect);
    }

    fn read(text: &str) -> Vec<Vec<String>> {
        let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
        reader.records().map(|r| r.expect("valid").iter().map(str::to_string).collect()).collect()
    }

    #[test]
    fn cells() {
        check("Sales", "Sales");
        check("", "");
        check("a,b", "\"a,b\"");
        check("a;b", "\"a;b\"");
        check("say \"hi\"", "\"say \"\"hi\"\"\"");
        check("two\nlines", "\"two\nlines\"");
        check("=1+1", "'=1+1");
        check("-5", "'-5");
        check("@SUM(A1)", "'@SUM(A1)");
        check("+49", "'+49");
        check("\tx", "'\tx");
        check("\rx", "\"'\rx\"");
        check("\nx", "\"'\nx\"");
        check("\0x", "'\0x");
        check("＝1", "'＝1");
        check("＠x,y", "\"'＠x,y\"");
        check("a=b", "a=b");
    }

    #[test]
    fn a_table_has_a_header_and_one_line_for_each_row() {
        let text = table(&["a", "b"], [vec!["1".into(), "=2".into()], vec![String::new()]]);
        assert_eq!(text, "a,b\r\n1,'=2\r\n\"\"\r\n");
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(rows in prop::collection::vec(prop::collection::vec("\\PC*|[=+\\-@\t\r\n\",;a]{0,6}", 1..4), 0..5)) {
            let text = table(&["h"], rows.clone());
            let expect: Vec<Vec<String>> = rows
                .into_iter()
                .map(|r| r.into_iter().map(|c| if c.starts_with(BEGIN_FORMULA) { format!("'{c}") } else { c }).collect())
                .collect();
            let back = read(&text);
            prop_assert_eq!(&back[1..], &expect[..]);
            prop_assert!(back.iter().flatten().all(|c| !c.starts_with(BEGIN_FORMULA)));
        }
    }
}
