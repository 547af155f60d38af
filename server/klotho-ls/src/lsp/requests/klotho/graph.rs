use super::ProjectParams;
use crate::cost::{Usd, mode};
use crate::lsp::convert;
use crate::lsp::pool::Lane;
use crate::lsp::server::Server;
use klotho_ide::{NodeCost, Snapshot};
use serde::Serialize;
use serde_json::Value;
use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types::Uri;

/// The graphs of projects.
#[derive(Serialize)]
pub(super) struct Graphs {
    projects: Vec<Project>,
}

#[derive(Serialize)]
struct Project {
    root: Uri,
    generation: u64,
    graph: Value,
    costs: Vec<Cost>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Cost {
    node: String,
    name: &'static str,
    mode: Option<&'static str>,
    monthly_usd: Option<Usd>,
    assumed: bool,
    text: String,
}

pub(super) async fn graph(server: &Server, params: ProjectParams) -> Result<Graphs> {
    let path = params.text_document.map(|document| convert::path(&document.uri));
    let answer = server.world.ask(Lane::Heavy, move |snapshot| {
        let roots = match path {
            Some(path) => snapshot.root_of(&path).into_iter().collect(),
            None => snapshot.projects(),
        };
        roots.iter().filter_map(|root| project(&snapshot, root)).collect()
    });
    Ok(Graphs { projects: answer.await? })
}

fn project(snapshot: &Snapshot, root: &str) -> Option<Project> {
    Some(Project {
        root: super::root(root)?,
        generation: snapshot.generation_of(root),
        graph: snapshot.graph_json(root)?,
        costs: snapshot.node_costs(root).into_iter().map(cost).collect(),
    })
}

fn cost(found: NodeCost) -> Cost {
    Cost {
        node: found.node.to_string(),
        name: found.name,
        mode: found.family.map(mode),
        monthly_usd: found.monthly.map(Usd::of),
        assumed: found.assumed,
        text: found.text,
    }
}
