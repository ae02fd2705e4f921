//! The files that were read: their text, and where in it a byte stands.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::{Path, PathBuf};

/// One file that was read, in the order of reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(u32);

/// A range of bytes in one file.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// The bytes, from 0, end excluded.
    pub bytes: Range<usize>,
}

/// A place for people: both count from 1, the column in characters (Unicode scalar values).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LineColumn {
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1.
    pub column: usize,
}

/// Every file that was read, kept until the last diagnostic is printed.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    files: Vec<Source>,
}

#[derive(Clone, Debug)]
struct Source {
    path: PathBuf,
    text: String,
}

impl Sources {
    /// Takes in a file's text under the path that messages name it by.
    pub fn add(&mut self, path: impl Into<PathBuf>, text: String) -> FileId {
        let id = u32::try_from(self.files.len()).unwrap_or(u32::MAX);
        self.files.push(Source { path: path.into(), text });
        FileId(id)
    }

    /// The path that messages name the file by.
    pub fn path(&self, file: FileId) -> &Path {
        self.get(file).map_or(Path::new(""), |source| &source.path)
    }

    /// The file's text; empty for a file of another set.
    pub fn text(&self, file: FileId) -> &str {
        self.get(file).map_or("", |source| &source.text)
    }

    /// The paths of all files, in the order of reading.
    pub fn paths(&self) -> impl Iterator<Item = &Path> {
        self.files.iter().map(|source| source.path.as_path())
    }

    /// The texts of all files, in the order of reading.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.files.iter().map(|source| source.text.as_str())
    }

    /// The line and column of a byte; past the end, the end's.
    pub fn line_column(&self, file: FileId, byte: usize) -> LineColumn {
        let text = self.text(file);
        let before = text.get(..byte).unwrap_or(text);
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        LineColumn {
            line: before.matches('\n').count() + 1,
            column: before.get(line_start..).unwrap_or_default().chars().count() + 1,
        }
    }

    /// The lines and columns of many bytes of a file, in one pass over its text.
    pub fn line_columns(&self, file: FileId, bytes: &BTreeSet<usize>) -> BTreeMap<usize, LineColumn> {
        let text = self.text(file);
        let mut found = BTreeMap::new();
        let (mut at, mut line, mut column) = (0, 1, 1);
        for byte in bytes {
            let between = text.get(at..*byte).or_else(|| text.get(at..)).unwrap_or_default();
            match between.rsplit_once('\n') {
                Some((before, after)) => {
                    line += before.matches('\n').count() + 1;
                    column = after.chars().count() + 1;
                }
                None => column += between.chars().count(),
            }
            at += between.len();
            found.insert(*byte, LineColumn { line, column });
        }
        found
    }

    fn get(&self, file: FileId) -> Option<&Source> {
        self.files.get(usize::try_from(file.0).ok()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_columns_count_characters_from_one() {
        let mut sources = Sources::default();
        let file = sources.add("a.yaml", "ä: 1\nb: ü\n".to_owned());
        let at = |byte| sources.line_column(file, byte);
        assert_eq!(at(0), LineColumn { line: 1, column: 1 });
        assert_eq!(at(3), LineColumn { line: 1, column: 3 });
        assert_eq!(at(9), LineColumn { line: 2, column: 4 });
        assert_eq!(at(999), LineColumn { line: 3, column: 1 });
        let many = sources.line_columns(file, &[0, 3, 6, 9, 999].into());
        assert!(many.iter().all(|(byte, found)| *found == at(*byte)), "{many:?}");
    }
}
