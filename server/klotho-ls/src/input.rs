//! The documents that commands are given, up to a size.

use std::io::{self, Read};

/// The largest document that is read, MiB.
pub(crate) const LIMIT_MIB: u64 = 64;

/// All of a document; `None` = it is larger than [`LIMIT_MIB`].
pub(crate) fn whole(from: impl Read) -> io::Result<Option<String>> {
    let limit = LIMIT_MIB << 20;
    let mut text = String::new();
    let size = from.take(limit + 1).read_to_string(&mut text)?;
    Ok(Some(text).filter(|_| size as u64 <= limit))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_is_whole_or_too_large() {
        assert_eq!(whole(&b"{}"[..]).unwrap().as_deref(), Some("{}"));
        assert_eq!(whole(io::repeat(b' ')).unwrap(), None);
    }
}
