//! Gateways as resources of their own: API Gateway in its three kinds, and the load balancer.

use super::charge::steps;
use super::key::{Fallback, UsageKey, amount, hours, text};
use super::rates::tag;
use super::{Billing, Charge, Given, Pricing, ResourceType};
use crate::estimate::Shared;
use crate::estimate::entry::AlbUsage;
use crate::format::{count, plain};

/// HTTP APIs count a request per started 512 KB, WebSockets a message per started 32 KB.
const HTTP_STEP_KB: f64 = 512.0;
const WEBSOCKET_STEP_KB: f64 = 32.0;

pub(crate) const API_GATEWAY: ResourceType = ResourceType {
    name: "apigateway",
    kinds: &["gateway"],
    title: "API Gateway",
    usage_types: &["aws_apigatewayv2_api", "aws_api_gateway_rest_api"],
    billing: Billing::PerUse,
    pays_for: "each request",
    usage: &[
        amount("monthly_requests", "requests", "Requests a month.")
            .named(&["requests"])
            .or(Fallback::PerRequest(1.0), "those of the units behind it"),
        amount("request_size_kb", "KB", "Bodies of a request; an HTTP API counts each started 512 KB.")
            .named(&["payload_kb"])
            .or(Fallback::PayloadKb, "the bodies of those requests"),
        amount("monthly_messages", "messages", "Messages over WebSockets.").named(&["messages"]),
        amount("message_size_kb", "KB", "Size of such a message; each started 32 KB counts.")
            .or(Fallback::Usual(32.0), "32"),
        amount("monthly_connection_mins", "minutes", "Minutes that WebSockets are open, over all of them.")
            .named(&["connection_minutes", "monthly_connection_minutes", "connection_mins"]),
    ],
    parameters: &[text(
        "api_type",
        "`REST`, `HTTP` or `WEBSOCKET`.",
        ("REST", "REST, the compiler's default"),
    )
    .named(&["apiType", "protocol_type"])],
    tags: &[
        tag("aws.apigw.rest", 1e6, "million requests of a REST API"),
        tag("aws.apigw.http", 1e6, "million of an HTTP API"),
    ],
    pricing: Pricing::Charges(api),
};

pub(crate) const ALB: ResourceType = ResourceType {
    name: "alb",
    kinds: &["gateway"],
    title: "Application Load Balancer",
    usage_types: &["aws_lb", "aws_alb"],
    billing: Billing::Both,
    pays_for: "every hour it exists, and what passes",
    usage: &[
        hours(),
        amount("processed_gb", "GB", "Data that passes in a month.")
            .named(&["monthly_data_processed_gb", "processed_bytes_gb"])
            .or(Fallback::PayloadGb, "the bodies of the requests"),
        amount("new_connections", "connections", "Connections opened in a month.")
            .or(Fallback::PerRequest(1.0), "one a request, the dearest case"),
        CONCURRENT[0],
        CONCURRENT[1],
    ],
    parameters: &[],
    tags: &[tag("aws.alb.hour", 1.0, "hour"), tag("aws.alb.lcu", 1.0, "capacity unit and hour")],
    pricing: Pricing::Charges(alb),
};

const CONCURRENT: [UsageKey; 2] = [
    amount("active_connections", "connections", "Connections open at the same time."),
    amount(
        "rule_evaluations",
        "evaluations",
        "Rules evaluated in a month beyond the ten free ones of a request.",
    ),
];

fn api(given: &Given<'_>) -> Vec<Charge> {
    let requests = given.used("monthly_requests");
    match given.text("api_type").as_str() {
        "websocket" => {
            let (messages, units) =
                (given.used("monthly_messages"), steps(given.used("message_size_kb"), WEBSOCKET_STEP_KB));
            vec![
                metered("messages", messages, units, "aws.apigw.ws.messages"),
                Charge::new(
                    "connection_minutes",
                    given.used("monthly_connection_mins"),
                    "aws.apigw.ws.minutes",
                ),
            ]
        }
        "http" => {
            let units = steps(given.used("request_size_kb"), HTTP_STEP_KB);
            vec![metered("requests", requests, units, "aws.apigw.http")]
        }
        kind => vec![Charge::new("requests", requests, format!("aws.apigw.{kind}"))],
    }
}

fn metered(name: &'static str, number: f64, units: f64, id: &str) -> Charge {
    let charge = Charge::new(name, number * units, id);
    if units > 1.0 { charge.how(format!("{} x {} units", count(number), plain(units))) } else { charge }
}

fn alb(given: &Given<'_>) -> Vec<Charge> {
    let hours = given.used("monthly_hours");
    let per_second = |name| given.used(name) / (hours.max(1e-9) * 3_600.0);
    let usage = AlbUsage {
        hours,
        new_connections: per_second("new_connections"),
        active_connections: given.used("active_connections"),
        gb_per_hour: given.used("processed_gb") / hours.max(1e-9),
        rule_evaluations: per_second("rule_evaluations"),
        to_lambda: false,
    };
    let units = usage.lcus();
    vec![
        Charge::new("load_balancer_hour", hours, "aws.alb.hour").shared(Shared::LoadBalancer),
        Charge::new("load_balancer_lcu", units * hours, "aws.alb.lcu").how(format!(
            "{} LCU x {} h",
            plain(units),
            plain(hours)
        )),
    ]
}
