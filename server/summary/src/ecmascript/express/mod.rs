//! Express: gateways, routes and mounted routers (reference, 5.3).

mod app;
mod gap;
mod gateway;
mod paths;
mod routes;
mod unseen;

pub(super) use gateway::gateways;
pub(super) use routes::Routing;
pub(super) use unseen::unseen;
