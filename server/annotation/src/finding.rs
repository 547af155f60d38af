//! What can be wrong: one definition for each finding of the product.
//!
//! The definition feeds the message in the editor, `--check`, `klotho-ls explain` and the documentation, and its example
//! is run by a test. A new finding is a new [`Code`] and its row in one of the tables below this folder.

mod annotations;
mod config;
mod cost;
mod csharp;
mod expose;
mod files;
mod gap;
mod gateways;
mod persist;
mod quirks;
mod suppressions;
mod target;
mod units;

use klotho_text::Place;

/// How bad it is: an error is what the compiler refuses, a warning what it passes over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// The compiler refuses it, or crashes.
    Error,
    /// The compiler passes it over in silence or with a log line.
    Warning,
    /// Worth knowing.
    Information,
    /// A suggestion.
    Hint,
}

/// What the text is at which a finding stands, where that can be seen better than said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tag {
    /// It has no effect: without it nothing would change.
    Unnecessary,
    /// It still works, and goes by another name now.
    Deprecated,
}

macro_rules! codes {
    ($($(#[$doc:meta])* $code:ident = $name:literal,)*) => {
        /// The name of a finding. Names are stable: people write them into scripts and configuration.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Code { $($(#[$doc])* $code,)* }

        impl Code {
            /// Every code.
            pub const ALL: &'static [Self] = &[$(Self::$code,)*];

            /// As people write it.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$code => $name,)* }
            }
        }
    };
}

codes! {
    /// A body that is not valid TOML or not closed.
    AnnotationSyntax = "annotation-syntax",
    /// Two annotations of one file with the same capability and id.
    AnnotationDuplicate = "annotation-duplicate",
    /// A budget is exceeded at a traffic that is assumed, or what costs is not priced.
    BudgetAtRisk = "budget-at-risk",
    /// A budget is exceeded at the traffic that is stated.
    BudgetExceeded = "budget-exceeded",
    /// Another target is clearly cheaper.
    CheaperTarget = "cheaper-target",
    /// A form that the program means and the compiler does not see.
    CompilerGap = "compiler-gap",
    /// The name of the application cannot be used.
    ConfigApp = "config-app",
    /// Something in the configuration that the compiler passes over.
    ConfigIgnored = "config-ignored",
    /// A provider that the compiler accepts and builds nothing for.
    ConfigProvider = "config-provider",
    /// A type of a unit by the name that it had once.
    ConfigRenamed = "config-renamed",
    /// A body that the compiler reads otherwise than it looks.
    BodyQuirk = "body-quirk",
    /// `klotho.yaml` cannot be read.
    ConfigSyntax = "config-syntax",
    /// A resource's `type` is not valid for its kind.
    ConfigType = "config-type",
    /// `klotho.yaml` names a resource that the project does not have.
    ConfigUnknownResource = "config-unknown-resource",
    /// An `environment_variables` entry that is not `kind.property` of one known kind.
    EnvironmentInvalid = "environment-invalid",
    /// ES `import` in a JavaScript file.
    EsImport = "es-import",
    /// The listening app cannot be traced to a name.
    ExposeAppNotFound = "expose-app-not-found",
    /// A file that was not read: too large, binary, not UTF-8.
    FileSkipped = "file-skipped",
    /// A unit serves gateways of different apps.
    /// Gateways of one unit that the compiler does not build together.
    GatewayConflict = "gateway-conflict",
    /// Two different resources of one family share an id.
    IdDuplicate = "id-duplicate",
    /// An id with wrong characters or too long.
    IdInvalid = "id-invalid",
    /// No id where one is needed.
    IdRequired = "id-required",
    /// Resources of different capabilities have one id.
    IdReused = "id-reused",
    /// A secret shares its id with another secret or store.
    IdShared = "id-shared",
    /// A module with a store or emitter is imported twice by one file.
    ImportAmbiguous = "import-ambiguous",
    /// `embed_assets` without `include`.
    IncludeRequired = "include-required",
    /// A route or secret path that must be a plain string literal is not.
    LiteralRequired = "literal-required",
    /// What an annotation declares is found in another place, or by less, than it seems.
    LooseMatch = "loose-match",
    /// A comment that was probably meant as an annotation and does not begin as one.
    MarkMisspelt = "mark-misspelt",
    /// A call on a persisted map that is not awaited.
    MissingAwait = "missing-await",
    /// A mounted router's package, file or function does not exist.
    MountNotFound = "mount-not-found",
    /// No routes can be seen of what is mounted.
    MountWithoutRoutes = "mount-without-routes",
    /// The patterns match nothing.
    NoFilesMatched = "no-files-matched",
    /// An annotation of a known capability declares nothing.
    NoResource = "no-resource",
    /// An emitter that is not exported.
    NotExported = "not-exported",
    /// A parameter with which the deployment is sure to fail.
    ParameterInvalid = "parameter-invalid",
    /// A malformed glob.
    PatternInvalid = "pattern-invalid",
    /// `persist` on code that is no store Klotho knows, where the compiler refuses it.
    PersistUnknown = "persist-unknown",
    /// The files of one unit lie below different project files.
    ProjectFileAmbiguous = "project-file-ambiguous",
    /// A project file that cannot be read.
    ProjectFileInvalid = "project-file-invalid",
    /// A language, or a unit, without its project file.
    ProjectFileMissing = "project-file-missing",
    /// A region of which no price is known.
    RegionUnknown = "region-unknown",
    /// Whether a unit meets what it requires cannot be told.
    RequirementUnchecked = "requirement-unchecked",
    /// A secret is used other than by reading it.
    SecretAccess = "secret-access",
    /// A secret of which no file is seen to be read.
    SecretUnread = "secret-unread",
    /// Something written like a suppression that is none.
    SuppressionInvalid = "suppression-invalid",
    /// A suppression of a finding that is not there.
    SuppressionUnused = "suppression-unused",
    /// Which class a C# program starts with cannot be told.
    StartupClass = "startup-class",
    /// The annotation and `klotho.yaml` name different targets.
    TargetConflict = "target-conflict",
    /// A declared requirement or a hard limit rules the target out.
    TargetInfeasible = "target-infeasible",
    /// The annotation names a target that the compiler will not obey.
    TargetNotInConfig = "target-not-in-config",
    /// `expose` without `target = "public"`.
    TargetNotPublic = "target-not-public",
    /// A comment behind code moves an annotation to what follows.
    TargetStolen = "target-stolen",
    /// Not a target of the provider.
    TargetUnknown = "target-unknown",
    /// A gateway has more routes than are looked at.
    TooManyRoutes = "too-many-routes",
    /// A file that declares several units.
    UnitAmbiguous = "unit-ambiguous",
    /// A call of another unit's function that cannot become a request.
    UnitCall = "unit-call",
    /// No such capability.
    UnknownCapability = "unknown-capability",
    /// A key of an annotation that is probably misspelt.
    UnknownDirective = "unknown-directive",
    /// Something in the usage file that cannot be used.
    UsageInvalid = "usage-invalid",
    /// An address of the usage file that could be a unit and names none.
    UsageUnmatched = "usage-unmatched",
    /// Annotations of one unit state different things under one key.
    WorkloadConflict = "workload-conflict",
    /// A `workload` or `requires` key that cannot be used.
    WorkloadInvalid = "workload-invalid",
}

/// All that is known of one kind of finding.
#[derive(Debug)]
pub struct Definition {
    /// Its code.
    pub code: Code,
    /// How bad it is.
    pub severity: Severity,
    /// How the text itself is shown: faded, or struck out.
    pub tag: Option<Tag>,
    /// One line: what is wrong.
    pub summary: &'static str,
    /// Why it matters, in Markdown, with the rule's source.
    pub why: &'static str,
    /// What to do about it, in Markdown.
    pub fix: &'static str,
    /// The messages by variant; `{name}` stands for a parameter of the finding.
    pub messages: &'static [(&'static str, &'static str)],
    /// The smallest project that has it: paths and texts. Run by a test.
    pub example: &'static [(&'static str, &'static str)],
}

/// The tables, by what they are about.
const TABLES: &[&[Definition]] = &[
    annotations::DEFINITIONS,
    config::DEFINITIONS,
    cost::DEFINITIONS,
    csharp::DEFINITIONS,
    expose::DEFINITIONS,
    files::DEFINITIONS,
    gap::DEFINITIONS,
    gateways::DEFINITIONS,
    persist::DEFINITIONS,
    quirks::DEFINITIONS,
    suppressions::DEFINITIONS,
    target::DEFINITIONS,
    units::DEFINITIONS,
];

/// Every definition, sorted by the code's name.
pub fn definitions() -> Vec<&'static Definition> {
    let mut all: Vec<_> = TABLES.iter().flat_map(|table| table.iter()).collect();
    all.sort_by_key(|definition| definition.code.name());
    all
}

impl Code {
    /// Its definition. Every code has one: a test sees to it.
    pub fn definition(self) -> Option<&'static Definition> {
        TABLES.iter().flat_map(|table| table.iter()).find(|definition| definition.code == self)
    }

    /// The code that people write as `name`.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.name() == name)
    }

    /// How bad it is.
    pub fn severity(self) -> Severity {
        self.definition().map_or(Severity::Error, |definition| definition.severity)
    }
}

/// One thing that is wrong at one place of one file.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct Finding {
    /// What is wrong.
    pub code: Code,
    /// Which of the definition's messages says so; `""` where there is only one.
    pub variant: &'static str,
    /// Where.
    pub at: Place,
    /// What the message's placeholders stand for.
    pub parameters: Vec<(&'static str, String)>,
}

impl Finding {
    /// A finding whose message is that of `variant`.
    pub fn new(code: Code, variant: &'static str, at: impl Into<Place>) -> Self {
        Self { code, variant, at: at.into(), parameters: Vec::new() }
    }

    /// Says what `{name}` in the message stands for.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.parameters.push((name, value.to_string()));
        self
    }

    /// What `{name}` in the message stands for.
    pub fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find(|(key, _)| *key == name).map(|(_, value)| value.as_str())
    }

    /// The message for people.
    pub fn message(&self) -> String {
        message(self.code, self.variant, &self.parameters)
    }
}

/// The text of a definition's message, its placeholders filled.
pub fn message(code: Code, variant: &str, parameters: &[(&'static str, String)]) -> String {
    let messages = code.definition().map_or(&[][..], |definition| definition.messages);
    let template = messages.iter().find(|(name, _)| *name == variant).or(messages.first());
    let Some(&(_, mut rest)) = template else { return code.name().to_owned() };
    let mut text = String::new();
    // In one pass, so that braces in a parameter are never taken for a placeholder.
    while let Some((before, placeholder, after)) = next_placeholder(rest) {
        text.push_str(before);
        match parameters.iter().find(|(name, _)| *name == placeholder) {
            Some((_, value)) => text.push_str(&klotho_text::visible(value)),
            None => text.extend(["{", placeholder, "}"]),
        }
        rest = after;
    }
    text + rest
}

/// Cuts a template at its first `{name}`. A brace that no name follows stands for itself.
fn next_placeholder(template: &str) -> Option<(&str, &str, &str)> {
    template.match_indices('{').find_map(|(open, _)| {
        let (name, after) = template[open + 1..].split_once('}')?;
        let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase());
        is_name.then_some((&template[..open], name, after))
    })
}

#[cfg(test)]
mod tests;
