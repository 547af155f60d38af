//! Everything one source file says about the cloud, derived from that file alone.
//!
//! [`summarise`] is a pure function of path, language, text and tree. Facts are in one form for all languages and
//! frameworks, so that the graph merges them without knowing either: a framework is one module here. Facts that need
//! another file (what an import leads to, where a router is mounted) are stated as references for the graph to follow.

mod bound;
mod braces;
mod csharp;
mod ecmascript;
mod environment;
mod facts;
mod framework;
mod go;
mod java;
mod kinds;
mod paths;
mod python;
mod required;
mod rust;
mod source;
mod uses;
mod walk;

pub use ecmascript::is_types_only;
pub use environment::{EnvironmentVariable, environment_variables, variable_name};
pub use facts::*;
pub use framework::{Framework, FrameworkSpec};
pub use required::missing_id;
pub use uses::{Use, uses};

use klotho_annotation::{Annotation, Suppression, suppressions};
use klotho_grammars::{Language, Tree};
use klotho_text::LineIndex;
use source::Source;
use std::sync::Arc;

/// Derives everything that the file at `path` (relative to the project root, `/` between folders) says.
pub fn summarise(path: &str, language: Language, text: &str, tree: &Tree) -> FileSummary {
    let annotations = klotho_annotation::annotations(language, text, tree);
    let source = Source { path, language, text, tree, annotations: &annotations.list };
    let mut facts = match language {
        _ if is_types_only(path) => ecmascript::uncompiled(&source),
        Language::JavaScript | Language::TypeScript | Language::Tsx => ecmascript::facts(&source),
        Language::Python => python::facts(&source),
        Language::Go => go::facts(&source),
        Language::Rust => rust::facts(&source),
        Language::CSharp => csharp::facts(&source),
        Language::Java => java::facts(&source),
        Language::Yaml | Language::Dockerfile => bound::facts(&source),
    };
    if !is_types_only(path) {
        facts.findings.extend(annotations.findings);
    }
    let allowed = suppressions(text);
    facts.findings.extend(allowed.findings);
    facts.annotations = annotations.list;
    let suppressions = with_annotations(allowed.list, &facts.annotations);
    FileSummary { language, lines: Arc::new(LineIndex::new(text)), facts, uses: Vec::new(), suppressions }
}

/// Suppressions that cover a line with the beginning of an annotation cover all of that.
fn with_annotations(mut suppressions: Vec<Suppression>, annotations: &[Annotation]) -> Vec<Suppression> {
    for suppression in &mut suppressions {
        let covers = &mut suppression.covers.0;
        let first = annotations.partition_point(|annotation| annotation.at.start < covers.start);
        let started = annotations[first..].iter().take_while(|annotation| annotation.at.start < covers.end);
        if let Some(last) = started.last() {
            covers.end = covers.end.max(last.at.end);
        }
    }
    suppressions
}
