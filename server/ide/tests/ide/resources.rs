//! What the graph can hold and what the cost model knows are the same.

use klotho_cost::resource::resource_type;
use klotho_graph::{Era, Kind};

#[test]
fn every_type_of_a_resource_has_a_cost_model_or_a_reason_for_having_none() {
    let resources = Kind::all().filter(|kind| *kind != Kind::ExecutionUnit);
    for kind in resources {
        for era in [Era::Classic, Era::Constructs] {
            for name in kind.names(era).types {
                let known = resource_type(kind.spec().name, name);
                assert!(known.is_some(), "{}: {name}", kind.spec().name);
            }
        }
    }
}
