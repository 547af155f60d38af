//! JavaScript and TypeScript.
//!
//! One walk ([`outline`]) collects the nodes that anything asks about; every other module reads those lists. A TypeScript
//! source is read for what its compiler makes of it (reference, Appendix D), because Klotho's compiler sees only that;
//! the plain modern forms that it would miss there count all the same.

mod awaited;
mod barrels;
mod calls;
mod elided;
mod exports;
mod express;
mod functions;
mod grammar;
mod imports;
mod listen;
mod modules;
mod nest;
mod outline;
mod pubsub;
mod reader;
mod shares;
mod stores;
#[cfg(test)]
mod tests;

use crate::Facts;
use crate::source::Source;
use imports::Imports;
use klotho_annotation::finding::{Code, Finding};
use nest::Nest;
use outline::Outline;
use reader::Reader;

/// The ends of files of TypeScript that only describe types.
const TYPES_ONLY: [&str; 3] = [".d.ts", ".d.mts", ".d.cts"];

/// Whether a file only describes types: nothing is compiled from it, so that the compiler sees none of it.
pub fn is_types_only(path: &str) -> bool {
    TYPES_ONLY.iter().any(|end| path.ends_with(end))
}

/// What there is to say of a file of which nothing is compiled.
pub(crate) fn uncompiled(source: &Source<'_>) -> Facts {
    let gap = |at| Finding::new(Code::CompilerGap, "uncompiled", at);
    let findings = source.annotations.iter().map(|annotation| gap(annotation.capability_at)).collect();
    Facts { findings, ..Facts::default() }
}

/// Everything that a file of the JavaScript family says.
pub(crate) fn facts(source: &Source<'_>) -> Facts {
    let reader = Reader::new(source);
    let outline = Outline::of(&reader);
    let imports = Imports::of(&reader, &outline);
    let mut routing = express::Routing::of(&reader, &outline, &imports);
    let nest = Nest::of(&reader, &outline, &imports);
    let functions = functions::functions(&outline, &routing.handlers);
    let exports = exports::exports(&reader, &outline);
    let passed_on = barrels::passed_on(&reader, &outline, &imports, &exports);
    let imported_calls = calls::imported_calls(&reader, &outline, &imports);
    let (mut declarations, mut findings) = express::gateways(&reader, &outline, &imports, &nest.applications);
    findings.extend(nest.findings.iter().cloned());
    routing.add(nest);
    let (stores, of_stores) = stores::stores(&reader, &outline, &imports);
    declarations.extend(stores);
    let (topics, of_topics) = pubsub::topics(&reader, &outline, &imports, &exports);
    declarations.extend(topics);
    findings.extend(of_stores.into_iter().chain(of_topics));
    findings.extend(express::unseen(&reader, &outline, &imports));
    findings.extend(elided::elided(&reader, &outline, &imports));
    declarations.sort_by_key(|declaration| declaration.annotation);
    findings.extend(imports.es_import(&reader));
    findings.sort_by_key(|finding| finding.at);
    Facts {
        declarations,
        imports: imports.list.into_iter().map(|node| node.import).collect(),
        exports: exports.seen,
        loose_exports: exports.unseen,
        passed_on,
        functions,
        routes: routing.routes,
        mounts: routing.mounts,
        imported_calls,
        findings,
        ..Facts::default()
    }
}
