//! What each node of a graph costs by itself, for whoever draws the graph.

use crate::bill::bill_now;
use crate::resources::resource_bills;
use klotho_cost::{Date, Family, format};
use klotho_graph::{Kind, Project, Reference};
use rust_decimal::Decimal;

/// What a node of the graph costs.
#[derive(Clone, Debug, PartialEq)]
pub struct NodeCost {
    /// The node.
    pub node: Reference,
    /// What it becomes, for people.
    pub name: &'static str,
    /// How one pays for a unit there; `None` for what is no unit.
    pub family: Option<Family>,
    /// US dollars a month; `None` = a price is missing.
    pub monthly: Option<Decimal>,
    /// Whether that rests on traffic that nobody stated.
    pub assumed: bool,
    /// The same in a few words.
    pub text: String,
}

/// The nodes that have a bill of their own. What stands in front of a unit is on the unit's.
pub(crate) fn node_costs(project: &Project, today: Date) -> Vec<NodeCost> {
    let units = project.derived().units.iter().filter_map(|(id, unit)| {
        let now = bill_now(project, id, unit, today)?;
        let (target, monthly) = (now.target, now.estimate.monthly());
        Some(NodeCost {
            node: Reference::new(Kind::ExecutionUnit, id.as_str()),
            name: target.name,
            family: Some(target.family),
            monthly,
            assumed: !now.volume_known,
            text: text(target.short, monthly, now.volume_known),
        })
    });
    let resources = resource_bills(project).into_iter().map(|(node, bill)| {
        let monthly = bill.estimate.monthly();
        NodeCost {
            node,
            name: bill.row.title,
            family: None,
            monthly,
            assumed: !bill.volume_known,
            text: text(bill.row.title, monthly, bill.volume_known),
        }
    });
    units.chain(resources).collect()
}

fn text(name: &str, monthly: Option<Decimal>, is_known: bool) -> String {
    match monthly {
        Some(monthly) => format!("{name} {}", format::monthly(monthly, is_known)),
        None => format!("{name}, cost not known"),
    }
}
