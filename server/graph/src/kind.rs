use klotho_summary::{StoreKind, variable_name};
use std::fmt;

/// A kind of resource, in the order of their names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// `config`
    Config,
    /// `execution_unit`
    ExecutionUnit,
    /// `gateway`
    Gateway,
    /// `persist_fs`
    PersistFs,
    /// `persist_kv`
    PersistKv,
    /// `persist_orm`
    PersistOrm,
    /// `persist_redis_cluster`
    PersistRedisCluster,
    /// `persist_redis_node`
    PersistRedisNode,
    /// `persist_secret`
    PersistSecret,
    /// `pubsub`
    Pubsub,
    /// `static_unit`
    StaticUnit,
}

/// The two forms that the configuration has had. A file has one of them (reference, 3.12).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Era {
    /// The compiler that the reference describes.
    #[default]
    Classic,
    /// From May 2023 on: `infra_params`, a section for each kind of store.
    Constructs,
}

impl Era {
    /// The key of an entry that holds its parameters.
    pub const fn parameters_key(self) -> &'static str {
        match self {
            Self::Classic => "pulumi_params",
            Self::Constructs => "infra_params",
        }
    }

    /// The key of defaults that holds those of each type.
    pub const fn type_parameters_key(self) -> &'static str {
        match self {
            Self::Classic => "pulumi_params_by_type",
            Self::Constructs => "infra_params_by_type",
        }
    }
}

/// How the configuration speaks of one kind (reference, 3.2 to 3.4 and 3.12).
#[derive(Debug)]
pub struct Names {
    /// The section that holds its entries; empty if there is none.
    pub section: &'static str,
    /// The keys below `defaults` that hold its default.
    pub defaults: &'static [&'static str],
    /// The types that it may have; the first is the default.
    pub types: &'static [&'static str],
}

/// All that is known of one kind.
#[derive(Debug)]
pub struct KindSpec {
    /// The kind.
    pub kind: Kind,
    /// Its name in the graph.
    pub name: &'static str,
    /// Its name for people.
    pub title: &'static str,
    /// Whether `persist` declares it.
    pub is_store: bool,
    /// The classic form of the configuration.
    pub classic: Names,
    /// The later form.
    pub constructs: Names,
}

impl KindSpec {
    /// Its name for people behind the article that it takes: `an execution unit`.
    pub fn with_article(&self) -> String {
        let article = if self.title.starts_with(['a', 'e', 'i', 'o']) { "an" } else { "a" };
        format!("{article} {}", self.title)
    }
}

type Parts = (&'static str, &'static [&'static str], &'static [&'static str]);

const fn names((section, defaults, types): Parts) -> Names {
    Names { section, defaults, types }
}

const fn spec(
    kind: Kind,
    (name, title): (&'static str, &'static str),
    classic: Parts,
    constructs: Parts,
) -> KindSpec {
    KindSpec { kind, name, title, is_store: false, classic: names(classic), constructs: names(constructs) }
}

const fn store(
    kind: Kind,
    named: (&'static str, &'static str),
    defaults: &'static [&'static str],
    types: &'static [&'static str],
    constructs: Parts,
) -> KindSpec {
    KindSpec { is_store: true, ..spec(kind, named, ("persisted", defaults, types), constructs) }
}

const CONFIG_TYPES: &[&str] = &["s3", "secrets_manager"];
const GATEWAY_TYPES: &[&str] = &["apigateway", "alb"];

/// One row a kind.
static KINDS: [KindSpec; 11] = [
    spec(
        Kind::Config,
        ("config", "config"),
        ("config", &["config"], CONFIG_TYPES),
        ("config", &["config"], CONFIG_TYPES),
    ),
    spec(
        Kind::ExecutionUnit,
        ("execution_unit", "execution unit"),
        ("execution_units", &["execution_unit"], &["lambda", "ecs", "eks"]),
        ("execution_units", &["execution_unit"], &["lambda", "ecs", "kubernetes"]),
    ),
    spec(
        Kind::Gateway,
        ("gateway", "gateway"),
        ("exposed", &["expose"], GATEWAY_TYPES),
        ("exposed", &["expose"], GATEWAY_TYPES),
    ),
    store(
        Kind::PersistFs,
        ("persist_fs", "file store"),
        &["persist", "fs"],
        &["s3"],
        ("persist_fs", &["persist_fs"], &["s3"]),
    ),
    store(
        Kind::PersistKv,
        ("persist_kv", "key-value store"),
        &["persist", "kv"],
        &["dynamodb"],
        ("persist_kv", &["persist_kv"], &["dynamodb"]),
    ),
    store(
        Kind::PersistOrm,
        ("persist_orm", "database"),
        &["persist", "orm"],
        &["rds_postgres"],
        ("persist_orm", &["persist_orm"], &["rds_postgres"]),
    ),
    store(
        Kind::PersistRedisCluster,
        ("persist_redis_cluster", "Redis cluster"),
        &["persist", "redis_cluster"],
        &["memorydb"],
        ("persist_redis_cluster", &["persist_redis_cluster"], &["memorydb"]),
    ),
    store(
        Kind::PersistRedisNode,
        ("persist_redis_node", "Redis node"),
        &["persist", "redis_node"],
        &["elasticache"],
        ("persist_redis_node", &["persist_redis_node"], &["elasticache"]),
    ),
    store(
        Kind::PersistSecret,
        ("persist_secret", "secret"),
        &["persist", "secret"],
        &["s3"],
        ("persist_secrets", &["persist_secrets"], &["secrets_manager"]),
    ),
    spec(Kind::Pubsub, ("pubsub", "topic"), ("pubsub", &["pubsub"], &["sns"]), ("", &["pubsub"], &["sns"])),
    spec(
        Kind::StaticUnit,
        ("static_unit", "static unit"),
        ("static_unit", &["static_unit"], &["s3"]),
        ("static_unit", &["static_unit"], &["s3"]),
    ),
];

/// Where units can run on the providers for which the compiler has no types of its own. It takes the types of AWS in the
/// configuration there too (reference, 3.4); these names are for annotations, which are ours.
const OTHER_TARGETS: [(&str, &[&str]); 2] =
    [("gcp", &["cloudfunctions", "cloudrun", "gke"]), ("azure", &["functions", "containerapps", "aks"])];

/// The targets of units on a provider that the compiler does not build for; none for `aws`.
pub(crate) fn other_targets(provider: &str) -> Option<&'static [&'static str]> {
    OTHER_TARGETS.iter().find(|(known, _)| *known == provider).map(|(_, targets)| *targets)
}

/// Whether a target is one of a provider that the compiler does not build for.
pub(crate) fn is_other_target(name: &str) -> bool {
    OTHER_TARGETS.iter().any(|(_, targets)| targets.contains(&name))
}

impl Names {
    /// The type that it has when nobody says anything.
    pub fn default_type(&self) -> &'static str {
        self.types.first().copied().unwrap_or_default()
    }
}

impl Kind {
    /// Its row of the table.
    pub fn spec(self) -> &'static KindSpec {
        &KINDS[self as usize]
    }

    /// Every kind, in the order of their names.
    pub fn all() -> impl Iterator<Item = Self> {
        KINDS.iter().map(|spec| spec.kind)
    }

    /// Whether it is one of the stores that `persist` declares.
    pub fn is_store(self) -> bool {
        self.spec().is_store
    }

    /// How the configuration of an era speaks of it.
    pub fn names(self, era: Era) -> &'static Names {
        match era {
            Era::Classic => &self.spec().classic,
            Era::Constructs => &self.spec().constructs,
        }
    }
}

impl From<StoreKind> for Kind {
    fn from(kind: StoreKind) -> Self {
        match kind {
            StoreKind::Kv => Self::PersistKv,
            StoreKind::Fs => Self::PersistFs,
            StoreKind::Secret => Self::PersistSecret,
            StoreKind::Orm => Self::PersistOrm,
            StoreKind::RedisNode => Self::PersistRedisNode,
            StoreKind::RedisCluster => Self::PersistRedisCluster,
            StoreKind::Config => Self::Config,
        }
    }
}

/// The key of a resource: its kind and id, written `persist_kv:sessions`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Reference {
    /// The kind.
    pub kind: Kind,
    /// The id; may hold colons itself.
    pub id: String,
}

impl Reference {
    /// The resource of `kind` named `id`.
    pub fn new(kind: Kind, id: impl Into<String>) -> Self {
        Self { kind, id: id.into() }
    }

    /// The variables that the compiler sets for the resource by itself, in every unit that uses it (reference, 5.7.4).
    pub fn generated_variables(&self) -> Vec<String> {
        let ends: &[&str] = match self.kind {
            Kind::Config => &["CONFIG_SECRET"],
            Kind::PersistFs => &["BUCKET_NAME"],
            Kind::PersistOrm => &["PERSIST_ORM_CONNECTION"],
            Kind::PersistRedisCluster | Kind::PersistRedisNode => {
                &["PERSIST_REDIS_HOST", "PERSIST_REDIS_PORT"]
            }
            _ => &[],
        };
        let id = self.id.to_uppercase();
        ends.iter().map(|end| variable_name(&format!("{id}_{end}"))).collect()
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}", self.kind.spec().name, self.id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_the_order_of_the_enum_and_of_the_names() {
        let kinds: Vec<_> = Kind::all().collect();
        assert!(kinds.iter().all(|kind| kind.spec().kind == *kind));
        assert!(kinds.windows(2).all(|pair| pair[0].spec().name < pair[1].spec().name));
    }
}
