//! The web frameworks whose routes are read, and the rules that differ between them.

/// A web framework.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Framework {
    /// Express (JavaScript, TypeScript).
    Express,
    /// NestJS (TypeScript).
    NestJs,
    /// FastAPI (Python).
    FastApi,
    /// chi (Go).
    Chi,
    /// ASP.NET Core (C#).
    AspNet,
    /// axum (Rust).
    Axum,
    /// Actix Web (Rust).
    Actix,
    /// Spring (Java).
    Spring,
}

/// What the graph has to know of a framework.
#[derive(Debug)]
pub struct FrameworkSpec {
    /// The framework.
    pub framework: Framework,
    /// Its name for people.
    pub title: &'static str,
    /// Whether a gateway without a visible route serves everything (`ANY /` and below) rather than not existing.
    pub catches_all: bool,
    /// Whether a mounted router that shows no routes answers whatever is below its path.
    pub fills_mounts: bool,
    /// How many mounts deep routes are followed: a server's routers; an application's module and its controllers.
    pub mount_depth: u8,
}

const fn spec(
    framework: Framework,
    title: &'static str,
    catches_all: bool,
    fills_mounts: bool,
    mount_depth: u8,
) -> FrameworkSpec {
    FrameworkSpec { framework, title, catches_all, fills_mounts, mount_depth }
}

/// One row a framework (reference, 5.2 to 5.6; Rust and Java by our own rules).
static FRAMEWORKS: [FrameworkSpec; 8] = [
    spec(Framework::Express, "Express", true, true, 1),
    spec(Framework::NestJs, "NestJS", false, true, 2),
    spec(Framework::FastApi, "FastAPI", false, false, 0),
    spec(Framework::Chi, "chi", false, false, 1),
    spec(Framework::AspNet, "ASP.NET Core", true, true, 1),
    spec(Framework::Axum, "axum", false, false, 16),
    spec(Framework::Actix, "Actix Web", false, false, 16),
    spec(Framework::Spring, "Spring", false, false, 1),
];

impl Framework {
    /// Its row of the table.
    pub fn spec(self) -> &'static FrameworkSpec {
        &FRAMEWORKS[self as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_the_order_of_the_enum() {
        for (index, row) in FRAMEWORKS.iter().enumerate() {
            assert_eq!(row.framework as usize, index);
        }
    }
}
