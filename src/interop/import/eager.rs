//! Rows collected for readers that want all of them at once.

use super::Form;
use super::node::Node;
use super::recognise::{self, Rows};
use super::row::File;
use crate::domain::inventory::Inventory;

/// What stands around the rows of a list, known when the last row has been read.
pub struct Around<'t> {
    pub single: bool,
    /// A map of what stands beside the list, or [`Node::Null`].
    pub head: Node<'t>,
}

/// A file being read, row by row.
pub struct Reading<'t, 'f> {
    file: &'f mut File,
    unit: &'static str,
    form: Form,
    rows: Vec<(usize, Node<'t>)>,
}

impl<'t, 'f> Reading<'t, 'f> {
    pub fn new(file: &'f mut File, unit: &'static str, form: Form) -> Self {
        Self { file, unit, form, rows: Vec::new() }
    }

    pub fn row(&mut self, number: usize, node: Node<'t>) {
        self.rows.push((number, node));
    }

    pub fn finish(self, name: &str, around: &Around<'_>) -> Option<Inventory> {
        let head = &around.head;
        let total = head.first(&["totalRecords", "@odata.count"]).number();
        #[allow(clippy::cast_precision_loss)]
        let short = total.is_some_and(|t| t > self.rows.len() as f64);
        let next = ["nextLink", "@odata.nextLink", "continuationToken", "skipToken"];
        let more = short || head.first(&next).text().is_some();
        let rows = self.rows.iter().map(|(number, node)| (*number, node)).collect();
        recognise::read(self.file, name, &Rows { rows, unit: self.unit, form: self.form, single: around.single, more })
    }
}
