//! Init durations of Lambda environments, measured by a public benchmark, and the little that is known of other
//! platforms.
//!
//! *Init* is the time inside the sandbox before the handler runs, for a hello-world: a function's own imports come on
//! top, and so do network, sandbox allocation and the download of large packages. The data (4 KB, 76 rows) is part of
//! the program.

use std::sync::OnceLock;

use serde::Deserialize;

use crate::target::{Arch, Package};

const DATA: &str = include_str!("../data/coldstarts.json");

/// Init durations of one runtime, architecture and package, in milliseconds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Init {
    /// Runtime as the benchmark names it, such as `Node.js 24`.
    pub runtime: &'static str,
    /// Median, ms.
    pub p50_ms: f64,
    /// 90th percentile, ms.
    pub p90_ms: f64,
    /// 99th percentile, ms.
    pub p99_ms: f64,
    /// Number of cold starts measured.
    pub samples: u32,
}

impl Init {
    /// The init duration that a share `quantile` of cold starts stays below, in ms. Between the measured points it is
    /// interpolated; outside of them the nearest point is the best that is known.
    pub fn quantile_ms(&self, quantile: f64) -> f64 {
        let between = |lo: f64, hi: f64, from: f64, to: f64| from + (to - from) * (quantile - lo) / (hi - lo);
        match quantile {
            q if q <= 0.5 => self.p50_ms,
            q if q <= 0.9 => between(0.5, 0.9, self.p50_ms, self.p90_ms),
            q if q <= 0.99 => between(0.9, 0.99, self.p90_ms, self.p99_ms),
            _ => self.p99_ms,
        }
    }
}

/// What callers of another platform waited on a cold request: a range from a single study, of low confidence.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct StartRange {
    /// Platform, such as `gcp.cloudrun`.
    pub platform: &'static str,
    /// Language, or `any`.
    pub runtime: &'static str,
    /// Shortest, ms; 0 when only an upper end was published.
    pub lo_ms: f64,
    /// Longest, ms.
    pub hi_ms: f64,
    /// What was timed; `caller` = all that the caller waits, not only the start inside the sandbox.
    pub timed: &'static str,
    /// Who published it.
    pub source: &'static str,
    /// When it was measured.
    pub dated: &'static str,
}

impl StartRange {
    /// A duration that a share `quantile` of cold requests stays below if they spread evenly over the range, in ms.
    pub fn quantile_ms(&self, quantile: f64) -> f64 {
        self.lo_ms + (self.hi_ms - self.lo_ms) * quantile.clamp(0.0, 1.0)
    }
}

/// What is known of cold requests on a platform other than Lambda; `None` = not measured.
pub fn range(platform: &str, runtime: Option<&str>) -> Option<StartRange> {
    let language = runtime.and_then(language);
    let fits = |row: &&RangeRow| row.0 == platform && (row.1 == "any" || Some(row.1) == language);
    table()?.ranges.iter().find(fits).map(|row| StartRange {
        platform: row.0,
        runtime: row.1,
        lo_ms: row.2,
        hi_ms: row.3,
        timed: row.4,
        source: row.5,
        dated: row.6,
    })
}

/// The language of a runtime, as the ranges name it.
fn language(runtime: &str) -> Option<&'static str> {
    let wanted = squeeze(runtime);
    LANGUAGES.iter().find(|(start, _)| wanted.starts_with(start)).map(|(_, name)| *name)
}

/// How names of runtimes begin, after [`squeeze`].
const LANGUAGES: &[(&str, &str)] = &[
    ("node", "Node.js"),
    ("javascript", "Node.js"),
    ("typescript", "Node.js"),
    ("python", "Python"),
    ("go", "Go"),
    ("rust", "Rust"),
    ("c++", "C++"),
    ("cpp", "C++"),
];

/// Where the figures were measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Origin {
    /// Repository, commit and files.
    pub source: &'static str,
    /// Period of the measurements.
    pub window: &'static str,
    /// What was measured.
    pub metric: &'static str,
    /// Memory of the measured functions, MB. It does not change the init of a hello-world.
    pub memory_mb: u32,
}

/// Where and when all figures of this table were measured; `None` only if the embedded text were unreadable.
pub fn origin() -> Option<Origin> {
    table().map(|table| Origin {
        source: table.source,
        window: table.window,
        metric: table.metric,
        memory_mb: table.memory_mb,
    })
}

/// The init durations of a runtime. `runtime` may be a provider's identifier (`nodejs20.x`, `python3.12`), the
/// benchmark's name or a bare language (`go`); versions that nobody measured give `None`.
pub fn init(runtime: &str, arch: Arch, package: Package) -> Option<Init> {
    let name = canonical(runtime)?;
    let row = |row: &&Row| row.0 == name && row.1 == arch.name() && row.2 == package.name();
    table()?.rows.iter().find(row).map(|row| Init {
        runtime: row.0,
        p50_ms: row.3,
        p90_ms: row.4,
        p99_ms: row.5,
        samples: row.6,
    })
}

/// The benchmark's name of a runtime.
fn canonical(runtime: &str) -> Option<&'static str> {
    let wanted = squeeze(runtime);
    let (_, name) = ALIASES.iter().find(|(alias, _)| *alias == wanted)?;
    Some(name)
}

/// Lower case without blanks, dots and other marks, so that `Node.js 20`, `nodejs20.x` and `node20` meet.
fn squeeze(name: &str) -> String {
    let kept = name.chars().filter(|c| c.is_alphanumeric() || matches!(c, '+' | '#'));
    let text: String = kept.flat_map(char::to_lowercase).collect();
    text.strip_suffix('x').map_or(text.clone(), str::to_owned)
}

/// Spellings of runtimes, after [`squeeze`]. A bare language stands for its newest measured version.
const ALIASES: &[(&str, &str)] = &[
    ("node20", "Node.js 20"),
    ("nodejs20", "Node.js 20"),
    ("node22", "Node.js 22"),
    ("nodejs22", "Node.js 22"),
    ("node24", "Node.js 24"),
    ("nodejs24", "Node.js 24"),
    ("node", "Node.js 24"),
    ("nodejs", "Node.js 24"),
    ("javascript", "Node.js 24"),
    ("typescript", "Node.js 24"),
    ("llrt", "JavaScript LLRT"),
    ("javascriptllrt", "JavaScript LLRT"),
    ("bun", "Bun"),
    ("python312", "Python 3.12"),
    ("python313", "Python 3.13"),
    ("python314", "Python 3.14"),
    ("python", "Python 3.14"),
    ("go", "Go (provided.al2023)"),
    ("go1", "Go (provided.al2023)"),
    ("goprovidedal2023", "Go (provided.al2023)"),
    ("rust", "Rust (provided.al2023)"),
    ("rustprovidedal2023", "Rust (provided.al2023)"),
    ("c++", "C++ (provided.al2023)"),
    ("c++providedal2023", "C++ (provided.al2023)"),
    ("cpp", "C++ (provided.al2023)"),
    ("java17", "Java 17"),
    ("java21", "Java 21"),
    ("java25", "Java 25"),
    ("java", "Java 25"),
    ("graalvm", "Java 23 GraalVM native"),
    ("java23graalvmnative", "Java 23 GraalVM native"),
    ("ruby34", "Ruby 3.4"),
    ("ruby", "Ruby 3.4"),
    ("dotnet8", ".NET 8"),
    ("net8", ".NET 8"),
    ("dotnet10", ".NET 10"),
    ("net10", ".NET 10"),
    ("csharp", ".NET 10"),
    ("c#", ".NET 10"),
    ("dotnet10aot", ".NET 10 AOT"),
    ("net10aot", ".NET 10 AOT"),
];

#[derive(Deserialize)]
struct Table {
    source: &'static str,
    window: &'static str,
    metric: &'static str,
    memory_mb: u32,
    rows: Vec<Row>,
    ranges: Vec<RangeRow>,
}

#[derive(Deserialize)]
struct Row(&'static str, &'static str, &'static str, f64, f64, f64, u32);

#[derive(Deserialize)]
struct RangeRow(&'static str, &'static str, f64, f64, &'static str, &'static str, &'static str);

fn table() -> Option<&'static Table> {
    static TABLE: OnceLock<Option<Table>> = OnceLock::new();
    TABLE.get_or_init(|| serde_json::from_str(DATA).ok()).as_ref()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_measured_runtime_can_be_named() {
        let rows = &table().unwrap().rows;
        assert_eq!(rows.len(), 76);
        for row in rows {
            assert_eq!(canonical(row.0), Some(row.0));
        }
    }

    #[test]
    fn providers_spellings_are_understood() {
        let node = init("nodejs24.x", Arch::Arm64, Package::Zip).unwrap();
        assert_eq!((node.p50_ms.round(), node.p99_ms.round()), (126.0, 169.0));
        assert_eq!(init("python3.12", Arch::X86_64, Package::Image).unwrap().runtime, "Python 3.12");
        assert_eq!(init("nodejs16.x", Arch::X86_64, Package::Zip), None);
        assert_eq!(init("", Arch::X86_64, Package::Zip), None);
    }

    #[test]
    fn other_platforms_have_ranges_or_nothing() {
        let node = range("gcp.cloudrun", Some("nodejs20.x")).unwrap();
        assert_eq!((node.lo_ms, node.hi_ms, node.timed), (2_000.0, 7_000.0, "caller"));
        assert_eq!(range("gcp.cloudrun", Some("java21")), None);
        assert_eq!(range("gcp.cloudrun", None), None);
        assert!(range("azure.containerapps", None).is_some());
        for row in &table().unwrap().ranges {
            assert!(row.2 < row.3 && !row.5.is_empty() && !row.6.is_empty(), "{}", row.0);
        }
    }

    #[test]
    fn quantiles_pass_through_the_measured_points() {
        let init = init("go", Arch::X86_64, Package::Zip).unwrap();
        assert_eq!(init.quantile_ms(0.5), init.p50_ms);
        assert_eq!(init.quantile_ms(0.9), init.p90_ms);
        assert_eq!(init.quantile_ms(0.999), init.p99_ms);
        assert!(init.quantile_ms(0.7) > init.p50_ms && init.quantile_ms(0.7) < init.p90_ms);
    }
}
