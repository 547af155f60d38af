//! What the parameters of a unit in the configuration say of its size, and what they are called.

use klotho_cost::Origin;
use klotho_cost::estimate::EksPool;
use klotho_graph::{Config, Era, Kind};

/// What a container gets: parts of a vCPU, and MB.
#[derive(Clone, Copy, Hash)]
pub(crate) struct Container {
    pub(crate) cpu: u64,
    pub(crate) memory: u64,
}

/// Parts in which the parameter `cpu` counts a vCPU.
pub(crate) const UNITS_PER_CPU: f64 = 1024.0;

/// What the parameters of a container are called.
pub(crate) const CONTAINER: [&str; 2] = ["cpu", "memory"];

/// What the memory of a function is called.
pub(crate) fn function_memory(era: Era) -> &'static str {
    match era {
        Era::Classic => "memorySize",
        Era::Constructs => "memory",
    }
}

/// The target whose parameters state the size of a container.
pub(crate) const CONTAINERS: &str = "ecs";

/// The target that runs functions.
pub(crate) const FUNCTIONS: &str = "lambda";

/// The parameters that state the size of a unit on a target, as far as they are known.
pub(crate) fn sizes_of(era: Era, target: &str) -> Vec<&'static str> {
    match target {
        FUNCTIONS => vec![function_memory(era)],
        CONTAINERS => CONTAINER.to_vec(),
        _ => Vec::new(),
    }
}

/// What the number of instances is called: of pods, and of containers in the later form.
pub(crate) const INSTANCES: [&str; 2] = ["replicas", "desired_count"];

/// What the pods of a unit run on (reference, 3.5): a Fargate profile unless its parameters ask for nodes, whose machine type
/// they may name.
pub(crate) fn pool(config: &Config, id: &str) -> EksPool {
    let parameters = config.parameters(Kind::ExecutionUnit, id);
    let found = |names: [&str; 2]| {
        let named = |parameter: &&klotho_graph::Parameter| names.contains(&parameter.name.as_str());
        parameters.iter().find(named).map(|parameter| &parameter.value)
    };
    let asked = found(["nodeType", "node_type"]).and_then(|kind| kind.as_str());
    if !asked.is_some_and(|kind| kind.eq_ignore_ascii_case("node")) {
        return EksPool::FargateProfile;
    }
    let constraints = found(["nodeConstraints", ""]).and_then(|table| table.get("instanceType"));
    let machine = constraints.or_else(|| found(["instance_type", ""])).and_then(|machine| machine.as_str());
    EksPool::Nodes(machine.map(str::to_owned))
}

/// A parameter that somebody states, and who: the type's own figure is what the model assumes.
pub(crate) fn parameter(config: &Config, id: &str, name: &str) -> Option<(Origin, u64)> {
    let parameters = config.parameters(Kind::ExecutionUnit, id);
    let found = parameters.into_iter().find(|parameter| parameter.name == name)?;
    let origin = match found.origin {
        klotho_graph::Origin::Config => Origin::Config,
        klotho_graph::Origin::Defaults => Origin::Defaults,
        klotho_graph::Origin::Annotation | klotho_graph::Origin::Provider => return None,
    };
    Some((origin, found.value.as_u64()?))
}

/// The size of the container that a unit has, or would have: what its parameters state, else what the type has by itself,
/// which is what the compiler deploys. Of the later form that is not known, and elsewhere it deploys nothing.
pub(crate) fn container(config: &Config, id: &str) -> Option<Container> {
    if !config.is_built() {
        return None;
    }
    let parameters = config.parameters_as(Kind::ExecutionUnit, id, CONTAINERS);
    let [cpu, memory] = CONTAINER.map(|name| parameters.iter().find(|parameter| parameter.name == name));
    Some(Container { cpu: cpu?.value.as_u64()?, memory: memory?.value.as_u64()? })
}

/// The memory that a unit needs, by what the configuration gives it (reference, 3.5): as a function, or as a container.
pub(crate) fn memory_parameter(config: &Config, id: &str, target: &str) -> Option<(Origin, u64)> {
    let function = parameter(config, id, function_memory(config.era));
    if target == FUNCTIONS {
        return function;
    }
    let [_, memory] = CONTAINER;
    let container = parameter(config, id, memory);
    container.or(function)
}
