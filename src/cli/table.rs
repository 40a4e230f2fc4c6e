//! Plain aligned tables.

/// Rows under a header; every column as wide as its widest cell, numbers right-aligned.
pub fn render(header: &[&str], rows: &[Vec<String>]) -> String {
    let cell = |row: &[String], i: usize| row.get(i).map_or(0, |c| c.chars().count());
    let widths: Vec<usize> = (0..header.len())
        .map(|i| {
            rows.iter()
                .map(|r| cell(r, i))
                .max()
                .unwrap_or(0)
                .max(header[i].chars().count())
        })
        .collect();
    let numeric: Vec<bool> = (0..header.len())
        .map(|i| {
            rows.iter().all(|r| {
                r.get(i)
                    .is_none_or(|c| c.is_empty() || c == "–" || c.parse::<f64>().is_ok())
            })
        })
        .collect();
    let line = |cells: Vec<&str>| {
        let mut text = String::new();
        for (i, cell) in cells.iter().enumerate() {
            let pad = " ".repeat(widths[i].saturating_sub(cell.chars().count()));
            let (before, after) = if numeric[i] {
                (pad.as_str(), "")
            } else {
                ("", pad.as_str())
            };
            text.push_str(&format!("  {before}{cell}{after}"));
        }
        text.trim_end().to_owned() + "\n"
    };
    let mut out = line(header.to_vec());
    for row in rows {
        out.push_str(&line(
            (0..header.len())
                .map(|i| row.get(i).map_or("", String::as_str))
                .collect(),
        ));
    }
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn columns_line_up() {
        let rows = vec![
            vec!["1".into(), "honest".into()],
            vec!["12".into(), "x".into()],
        ];
        assert_eq!(
            super::render(&["uid", "who"], &rows),
            "  uid  who\n    1  honest\n   12  x\n"
        );
    }
}
