//! Express: gateways, routes and mounted routers (reference, 5.3).

mod gateway;
mod paths;
mod routes;

pub(super) use gateway::gateways;
pub(super) use routes::Routing;
