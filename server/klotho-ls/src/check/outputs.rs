//! Where reports go: standard output, and files.

use super::Report;
use super::format::Format;
use clap::ValueEnum;
use std::path::PathBuf;

/// A file that a report is written to.
#[derive(Clone, Debug)]
pub(crate) struct Output {
    pub(super) format: Format,
    pub(super) file: PathBuf,
}

/// What stands behind `--output`.
pub(super) fn parse(text: &str) -> Result<Output, String> {
    let (format, file) = text.split_once('=').ok_or("write FORMAT=FILE, such as sarif=findings.sarif")?;
    let format = Format::from_str(format, false).map_err(|_| {
        let names = Format::value_variants().iter().filter_map(Format::to_possible_value);
        let names: Vec<_> = names.map(|value| value.get_name().to_owned()).collect();
        format!("{format:?} is no format; there are {}", names.join(", "))
    })?;
    if file.is_empty() {
        return Err("the name of the file is missing behind `=`".to_owned());
    }
    Ok(Output { format, file: file.into() })
}

/// What goes to the files.
pub(super) fn texts(files: &[Output], report: &Report) -> Result<Vec<String>, String> {
    let text = |output: &Output| output.format.write(report);
    let plain = |text: String| anstream::adapter::strip_str(&text).to_string();
    files.iter().map(|output| text(output).map(plain)).collect()
}

/// Writes the files.
pub(super) fn write(files: &[Output], texts: &[String]) -> Result<(), String> {
    for (output, text) in files.iter().zip(texts) {
        crate::write::replace(&output.file, text.as_bytes())
            .map_err(|error| format!("cannot write {}: {error}", output.file.display()))?;
    }
    Ok(())
}
