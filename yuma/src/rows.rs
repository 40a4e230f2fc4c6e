use substrate_fixed::types::I32F32;

/// A sparse matrix by rows, in two flat vectors: one allocation each, however many validators there are.
///
/// Entries keep the order in which the chain stores them, which need not be ascending.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rows {
    ends: Vec<usize>,
    cols: Vec<u16>,
    vals: Vec<I32F32>,
}

/// One row of [`Rows`].
#[derive(Clone, Copy, Debug, Default)]
pub struct Row<'a> {
    pub cols: &'a [u16],
    pub vals: &'a [I32F32],
}

impl Rows {
    /// Empties it, keeping its memory, and makes room.
    pub(crate) fn reset(&mut self, rows: usize, entries: usize) {
        self.ends.clear();
        self.cols.clear();
        self.vals.clear();
        self.ends.reserve(rows);
        self.cols.reserve(entries);
        self.vals.reserve(entries);
    }

    /// Empties it and makes room for as much as there is in `other`.
    pub(crate) fn reset_like(&mut self, other: &Rows) {
        self.reset(other.len(), other.cols.len());
    }

    pub(crate) fn copy_from(&mut self, other: &Rows) {
        self.ends.clone_from(&other.ends);
        self.cols.clone_from(&other.cols);
        self.vals.clone_from(&other.vals);
    }

    pub(crate) fn push(&mut self, col: u16, val: I32F32) {
        self.cols.push(col);
        self.vals.push(val);
    }

    /// Pushes many at once, which saves a check of the room at each.
    pub(crate) fn extend(&mut self, entries: impl Iterator<Item = (u16, I32F32)> + Clone) {
        self.cols.extend(entries.clone().map(|(col, _)| col));
        self.vals.extend(entries.map(|(_, val)| val));
    }

    pub(crate) fn end_row(&mut self) {
        self.ends.push(self.cols.len());
    }

    /// Number of rows.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is no row; rows without entries count.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    fn bounds(&self, row: usize) -> (usize, usize) {
        let start = row
            .checked_sub(1)
            .and_then(|above| self.ends.get(above))
            .copied()
            .unwrap_or(0);
        (start, self.ends.get(row).copied().unwrap_or(start))
    }

    /// A row; empty past the last one.
    pub fn row(&self, row: usize) -> Row<'_> {
        let (start, end) = self.bounds(row);
        Row {
            cols: &self.cols[start..end],
            vals: &self.vals[start..end],
        }
    }

    /// The rows in order.
    pub fn iter(&self) -> impl Iterator<Item = Row<'_>> {
        (0..self.len()).map(|row| self.row(row))
    }

    /// All entries, whatever their row.
    pub(crate) fn entries(&self) -> impl Iterator<Item = (u16, I32F32)> {
        self.cols.iter().copied().zip(self.vals.iter().copied())
    }

    pub(crate) fn entries_mut(&mut self) -> impl Iterator<Item = (u16, &mut I32F32)> {
        self.cols.iter().copied().zip(self.vals.iter_mut())
    }

    pub(crate) fn row_values_mut(&mut self, row: usize) -> &mut [I32F32] {
        let (start, end) = self.bounds(row);
        &mut self.vals[start..end]
    }
}

impl<'a> Row<'a> {
    pub fn iter(self) -> impl Iterator<Item = (u16, I32F32)> + 'a {
        self.cols.iter().copied().zip(self.vals.iter().copied())
    }

    pub fn is_empty(self) -> bool {
        self.cols.is_empty()
    }
}
