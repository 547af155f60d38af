//! A row of the table: a project that is built to do harm, and what has to be said of it.

use std::fs;
use std::path::Path;

/// The file and code of a finding, and words of its message.
pub(crate) type Said = (&'static str, &'static str, &'static str);

/// One project.
pub(crate) struct Case {
    pub(crate) name: String,
    /// What an editor opens in it.
    pub(crate) opened: String,
    pub(crate) make: Box<dyn Fn(&Path) + Sync + Send>,
    /// What `check` has to say of it, beside whatever else it says.
    pub(crate) said: &'static [Said],
    /// Whether it takes too long for the suite.
    pub(crate) is_big: bool,
}

impl Case {
    /// A project that `make` makes.
    pub(crate) fn new(name: &str, opened: &str, make: impl Fn(&Path) + Sync + Send + 'static) -> Self {
        let (name, opened) = (name.to_owned(), opened.to_owned());
        Self { name, opened, make: Box::new(make), said: &[], is_big: false }
    }

    /// A project of one file.
    pub(crate) fn file(name: &str, file: &str, bytes: impl Fn() -> Vec<u8> + Sync + Send + 'static) -> Self {
        let path = file.to_owned();
        Self::new(name, file, move |folder| write(folder, &path, &bytes()))
    }

    pub(crate) fn saying(self, said: &'static [Said]) -> Self {
        Self { said, ..self }
    }

    pub(crate) fn big(self) -> Self {
        Self { is_big: true, ..self }
    }
}

/// Writes a file of the project.
pub(crate) fn write(folder: &Path, path: &str, bytes: &[u8]) {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
    fs::write(path, bytes).expect("a file");
}
