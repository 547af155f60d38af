//! The parameters that a resource gets: the type's own, the defaults', the entry's (reference, 3.5 and 3.6).

use super::{Config, Origin};
use crate::kind::{Era, Kind};
use klotho_annotation::Table;
use serde_json::{Value as Json, json};

/// One parameter of a resource.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: Json,
    /// Who says so.
    pub origin: Origin,
}

/// The parameters that a type has when nobody says anything; those of the later form are not known.
pub fn of_type(kind: Kind, type_name: &str) -> Json {
    match (kind, type_name) {
        (Kind::ExecutionUnit, "lambda") => json!({ "memorySize": 512, "timeout": 180 }),
        (Kind::ExecutionUnit, "ecs") => json!({ "memory": 512, "cpu": 256 }),
        (Kind::ExecutionUnit, "eks") => json!({ "nodeType": "fargate", "replicas": 2 }),
        (Kind::StaticUnit, "s3") => json!({ "cloudFrontEnabled": true }),
        (Kind::PersistOrm, "rds_postgres") => json!({
            "instanceClass": "db.t4g.micro",
            "allocatedStorage": 20,
            "skipFinalSnapshot": true,
            "engineVersion": "13.7",
        }),
        (Kind::PersistRedisNode, "elasticache") => {
            json!({ "nodeType": "cache.t3.micro", "numCacheNodes": 1 })
        }
        (Kind::PersistRedisCluster, "memorydb") => {
            json!({ "nodeType": "db.t4g.small", "numReplicasPerShard": 1, "numShards": 2 })
        }
        _ => json!({}),
    }
}

impl Config {
    /// The parameters of a resource, in the order in which they were first said.
    pub fn parameters(&self, kind: Kind, id: &str) -> Vec<Parameter> {
        self.parameters_as(kind, id, &self.spelled_type(kind, id))
    }

    /// Those that it would get if it became `type_name`.
    pub fn parameters_as(&self, kind: Kind, id: &str, type_name: &str) -> Vec<Parameter> {
        let mut found = Vec::new();
        if self.era == Era::Classic {
            merge(&mut found, of_type(kind, type_name), Origin::Provider, false);
        }
        let deep = self.era == Era::Constructs;
        let types = self.defaults(kind).and_then(|table| table.table(self.era.type_parameters_key()));
        let defaults = types.and_then(|types| types.table(type_name));
        let entry = self.table(kind, id).and_then(|table| table.table(self.era.parameters_key()));
        for (table, origin) in [(defaults, Origin::Defaults), (entry, Origin::Config)] {
            merge(&mut found, table.map_or(json!({}), Table::to_json), origin, deep);
        }
        found
    }

    /// The type as it is spelled: parameters are looked up before an old name is converted, so that those of the new name
    /// are not found (reference, 3.7).
    fn spelled_type(&self, kind: Kind, id: &str) -> String {
        let tables = [self.table(kind, id), self.defaults(kind)].into_iter().flatten();
        let mut stated =
            tables.filter_map(|table| self.scalar(table.get("type")?).filter(|it| !it.is_empty()));
        stated.next().unwrap_or_else(|| self.names(kind).default_type()).to_owned()
    }
}

/// Puts the parameters of `more` over those found so far. `deep` merges what both hold as tables.
fn merge(found: &mut Vec<Parameter>, more: Json, origin: Origin, deep: bool) {
    let Json::Object(more) = more else { return };
    for (name, value) in more {
        match found.iter_mut().find(|parameter| parameter.name == name) {
            Some(earlier) => {
                let value = if deep { merged(&earlier.value, value) } else { value };
                *earlier = Parameter { name, value, origin };
            }
            None => found.push(Parameter { name, value, origin }),
        }
    }
}

/// `over` laid over `under`, table by table. Their depth is bounded by that of the configuration.
fn merged(under: &Json, over: Json) -> Json {
    match (under, over) {
        (Json::Object(under), Json::Object(over)) => {
            let mut all = under.clone();
            for (key, value) in over {
                let value =
                    under.get(&key).map_or_else(|| value.clone(), |under| merged(under, value.clone()));
                all.insert(key, value);
            }
            Json::Object(all)
        }
        (_, over) => over,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::ConfigFormat;

    fn told(yaml: &str, kind: Kind) -> String {
        let config = Config::parse(ConfigFormat::Yaml, yaml);
        let told = config.parameters(kind, "x").into_iter();
        told.map(|it| format!("{} = {} ({:?})\n", it.name, it.value, it.origin)).collect()
    }

    #[test]
    fn each_layer_replaces_parameters_of_the_one_below() {
        expect_test::expect![[r#"
            memorySize = 1024 (Defaults)
            timeout = 30 (Config)
            limits = {"cpu":1} (Config)
        "#]]
        .assert_eq(&told(
            "defaults:\n  execution_unit:\n    pulumi_params_by_type:\n      lambda: { memorySize: 1024, limits: { memory: 2 } }\n\
             execution_units:\n  x:\n    pulumi_params: { timeout: 30, limits: { cpu: 1 } }\n",
            Kind::ExecutionUnit,
        ));
    }

    #[test]
    fn the_type_that_counts_brings_its_parameters() {
        assert_eq!(
            told("execution_units:\n  x:\n    type: ecs\n", Kind::ExecutionUnit),
            "memory = 512 (Provider)\ncpu = 256 (Provider)\n"
        );
        assert_eq!(told("execution_units:\n  x:\n    type: fargate\n", Kind::ExecutionUnit), "");
        assert_eq!(told("", Kind::StaticUnit), "cloudFrontEnabled = true (Provider)\n");
        assert_eq!(told("", Kind::Gateway), "");
    }

    #[test]
    fn the_later_form_merges_tables() {
        expect_test::expect![[r#"
            limits = {"cpu":1,"memory":3} (Config)
        "#]]
        .assert_eq(&told(
            "defaults:\n  execution_unit:\n    infra_params_by_type:\n      lambda: { limits: { cpu: 1, memory: 2 } }\n\
             execution_units:\n  x:\n    infra_params: { limits: { memory: 3 } }\n",
            Kind::ExecutionUnit,
        ));
    }
}
