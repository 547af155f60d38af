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

/// All that the configuration knows of one kind (reference, 3.2 to 3.5).
pub struct KindSpec {
    /// The kind.
    pub kind: Kind,
    /// Its name in the graph.
    pub name: &'static str,
    /// Its name for people.
    pub title: &'static str,
    /// The section of `klotho.yaml` that holds its entries.
    pub section: &'static str,
    /// The keys below `defaults` that hold its default.
    pub defaults: &'static [&'static str],
    /// The type that it has when nobody says anything.
    pub default_type: &'static str,
    /// The types that it may have.
    pub types: &'static [&'static str],
}

const fn spec(
    kind: Kind,
    name: &'static str,
    title: &'static str,
    section: &'static str,
    defaults: &'static [&'static str],
    types: &'static [&'static str],
) -> KindSpec {
    KindSpec { kind, name, title, section, defaults, default_type: types[0], types }
}

/// One row a kind; the first type is the default.
static KINDS: [KindSpec; 11] = [
    spec(Kind::Config, "config", "config", "config", &["config"], &["s3", "secrets_manager"]),
    spec(
        Kind::ExecutionUnit,
        "execution_unit",
        "execution unit",
        "execution_units",
        &["execution_unit"],
        &["lambda", "ecs", "eks"],
    ),
    spec(Kind::Gateway, "gateway", "gateway", "exposed", &["expose"], &["apigateway", "alb"]),
    spec(Kind::PersistFs, "persist_fs", "file store", "persisted", &["persist", "fs"], &["s3"]),
    spec(Kind::PersistKv, "persist_kv", "key-value store", "persisted", &["persist", "kv"], &["dynamodb"]),
    spec(Kind::PersistOrm, "persist_orm", "database", "persisted", &["persist", "orm"], &["rds_postgres"]),
    spec(
        Kind::PersistRedisCluster,
        "persist_redis_cluster",
        "Redis cluster",
        "persisted",
        &["persist", "redis_cluster"],
        &["memorydb"],
    ),
    spec(
        Kind::PersistRedisNode,
        "persist_redis_node",
        "Redis node",
        "persisted",
        &["persist", "redis_node"],
        &["elasticache"],
    ),
    spec(Kind::PersistSecret, "persist_secret", "secret", "persisted", &["persist", "secret"], &["s3"]),
    spec(Kind::Pubsub, "pubsub", "topic", "pubsub", &["pubsub"], &["sns"]),
    spec(Kind::StaticUnit, "static_unit", "static unit", "static_unit", &["static_unit"], &["s3"]),
];

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
        self.spec().section == "persisted"
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
