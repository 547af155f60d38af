//! Redis nodes and clusters: redis-py.

use super::modules::{Module, Modules};
use super::statements::{Assignment, Host};
use super::stores::{Created, only};
use crate::StoreKind;

/// The client that the assignments create (reference, 5.8).
pub(super) fn client<'a, 's>(
    modules: &Modules<'_>,
    assignments: impl Iterator<Item = &'s Assignment<'a>>,
) -> Option<Created<'a>>
where
    'a: 's,
{
    let redis = Redis::of(modules)?;
    let assignment = only(assignments.filter(|assignment| assignment.host != Host::Expression))?;
    let kind = redis.kind_of(assignment)?;
    let is_taken = [redis.node, redis.cluster].contains(&Some(assignment.function));
    Some(Created::of(kind, assignment, is_taken, "redis"))
}

/// How redis-py is imported.
struct Redis<'a> {
    /// Whether `import redis` stands somewhere.
    whole: bool,
    /// What the package is called.
    package: &'a str,
    /// What `redis.cluster` is called when it is taken from the package.
    cluster_module: Option<&'a str>,
    /// What `Redis` is called when it is taken from the package.
    node: Option<&'a str>,
    /// What `RedisCluster` is called when it is taken from `redis.cluster`.
    cluster: Option<&'a str>,
}

impl<'a> Redis<'a> {
    fn of(modules: &Modules<'a>) -> Option<Self> {
        let (package, cluster) = (modules.get("redis"), modules.get("redis.cluster"));
        package.or(cluster)?;
        Some(Self {
            whole: package.is_some_and(|package| package.whole),
            package: package.and_then(|package| package.alias).unwrap_or("redis"),
            cluster_module: package.and_then(|package| package.local("cluster")),
            node: package.and_then(|package| package.local("Redis")),
            cluster: cluster.and_then(|cluster: &Module<'_>| cluster.local("RedisCluster")),
        })
    }

    /// The kind of client; with `import redis` any plain call passes for a node.
    fn kind_of(&self, assignment: &Assignment<'_>) -> Option<StoreKind> {
        let cluster = self.cluster.unwrap_or("RedisCluster");
        let known = self.hosts(assignment.host) && (self.whole || self.constructs(assignment.function));
        let kind =
            if assignment.function == cluster { StoreKind::RedisCluster } else { StoreKind::RedisNode };
        known.then_some(kind)
    }

    /// Whether a function that is called on `host` can be one of redis-py's.
    fn hosts(&self, host: Host<'_>) -> bool {
        let (first, second) = match host {
            Host::Name(name) => (Some(name), None),
            Host::Path(first, second) => (Some(first), Some(second)),
            Host::Nothing | Host::Expression => (None, None),
        };
        let right_module = match self.cluster_module {
            Some(module) => first == Some(module),
            None => !self.whole || first.is_none_or(|first| first == self.package),
        };
        right_module && (!self.whole || second.is_none_or(|second| second == "cluster"))
    }

    /// Whether a name is that of a constructor, if one is imported or can be reached.
    fn constructs(&self, function: &str) -> bool {
        let imported = self.node.is_some() || self.cluster.is_some() || self.cluster_module.is_some();
        let names = [self.node.unwrap_or("Redis"), self.cluster.unwrap_or("RedisCluster")];
        imported && names.contains(&function)
    }
}
