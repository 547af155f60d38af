mod annotated;
mod facts;
mod robust;

use crate::{FileSummary, summarise};
use klotho_grammars::{Language, parse};

fn summary(text: &str) -> FileSummary {
    summary_at("app/main.py", text)
}

fn summary_at(path: &str, text: &str) -> FileSummary {
    let tree = parse(Language::Python, text, None).unwrap();
    summarise(path, Language::Python, text, &tree)
}
