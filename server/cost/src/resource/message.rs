//! Messages: SNS topics and SQS queues, both metered in started chunks of 64 KB.

use super::charge::steps;
use super::key::{Fallback, UsageKey, amount, flag};
use super::rates::tag;
use super::{Billing, Charge, Given, Pricing, ResourceType};
use crate::format::{count, plain};

/// A request carries up to so much of a message.
const CHUNK_KB: f64 = 64.0;

const SIZE: UsageKey =
    amount("request_size_kb", "KB", "Size of a message; each started 64 KB counts as a request.")
        .named(&["message_size_kb", "payload_kb", "request_size", "size_kb"])
        .or(Fallback::Usual(1.0), "1");

pub(crate) const SNS: ResourceType = ResourceType {
    name: "sns",
    kinds: &["pubsub"],
    title: "SNS",
    usage_types: &["aws_sns_topic"],
    billing: Billing::PerUse,
    pays_for: "each message published; deliveries to functions and queues are free",
    usage: &[
        amount("monthly_requests", "messages", "Messages published a month.")
            .named(&[
                "requests",
                "publishes",
                "publish_requests",
                "api_requests",
                "published_messages",
                "messages",
                "monthly_messages",
            ])
            .or(Fallback::PerRequest(1.0), "one a request of the units that use it"),
        SIZE,
        amount(
            "http_subscriptions",
            "subscriptions",
            "Subscribers that each message is delivered to over HTTP.",
        ),
        amount(
            "monthly_http_notifications",
            "notifications",
            "Deliveries over HTTP, in place of subscribers.",
        )
        .named(&["http_notifications", "http_deliveries"]),
        amount("email_subscriptions", "subscriptions", "Subscribers that each message is mailed to."),
        amount("monthly_email_notifications", "notifications", "Mails, in place of subscribers.")
            .named(&["email_notifications"]),
        amount("kinesis_subscriptions", "subscriptions", "Firehose streams that each message goes to."),
        amount(
            "monthly_firehose_notifications",
            "notifications",
            "Deliveries to Firehose, in place of streams.",
        )
        .named(&["firehose_notifications"]),
        amount("mobile_push_subscriptions", "subscriptions", "Devices that each message is pushed to."),
        amount("monthly_mobile_push_notifications", "notifications", "Pushes, in place of devices.")
            .named(&["mobile_push_notifications"]),
        amount("fifo_subscriptions", "subscriptions", "Queues that each message of a FIFO topic goes to."),
    ],
    parameters: &[
        flag("fifo", "A topic that keeps the order of messages.", (false, "false")).named(&["fifo_topic"])
    ],
    tags: &[tag("aws.sns.publish", 1e6, "million messages")],
    pricing: Pricing::Charges(sns),
};

pub(crate) const SQS: ResourceType = ResourceType {
    name: "sqs",
    kinds: &[],
    title: "SQS",
    usage_types: &["aws_sqs_queue"],
    billing: Billing::PerUse,
    pays_for: "each request to the queue: sending, receiving, deleting",
    usage: &[
        amount("monthly_requests", "requests", "Requests to the queue; a message takes three.")
            .named(&["requests", "api_requests"])
            .or(Fallback::PerRequest(3.0), "three a request of the units that use it"),
        SIZE,
    ],
    parameters: &[
        flag("fifo", "A queue that keeps the order of messages.", (false, "false")).named(&["fifo_queue"])
    ],
    tags: &[tag("aws.sqs.standard", 1e6, "million requests")],
    pricing: Pricing::Charges(sqs),
};

/// A way by which messages reach subscribers and that is paid for.
struct Delivery {
    /// Component, and name of its allowance.
    name: &'static str,
    /// Key of the deliveries themselves.
    said: &'static str,
    /// Key of the subscribers that get each message.
    subscribers: &'static str,
    id: &'static str,
}

const DELIVERIES: [Delivery; 4] = [
    Delivery {
        name: "http_notifications",
        said: "monthly_http_notifications",
        subscribers: "http_subscriptions",
        id: "aws.sns.http",
    },
    Delivery {
        name: "email_notifications",
        said: "monthly_email_notifications",
        subscribers: "email_subscriptions",
        id: "aws.sns.email",
    },
    Delivery {
        name: "firehose_notifications",
        said: "monthly_firehose_notifications",
        subscribers: "kinesis_subscriptions",
        id: "aws.sns.firehose",
    },
    Delivery {
        name: "mobile_push_notifications",
        said: "monthly_mobile_push_notifications",
        subscribers: "mobile_push_subscriptions",
        id: "aws.sns.mobile_push",
    },
];

fn chunked(given: &Given<'_>, name: &'static str, id: &str) -> Charge {
    let (requests, chunks) = (given.used("monthly_requests"), steps(given.used("request_size_kb"), CHUNK_KB));
    let charge = Charge::new(name, requests * chunks, id);
    if chunks > 1.0 {
        return charge.how(format!("{} x {} chunks of 64 KB", count(requests), plain(chunks)));
    }
    charge
}

fn sns(given: &Given<'_>) -> Vec<Charge> {
    if given.flag("fifo") {
        return fifo_topic(given);
    }
    let chunks = steps(given.used("request_size_kb"), CHUNK_KB);
    let messages = given.used("monthly_requests") * chunks;
    let mut charges = vec![chunked(given, "requests", "aws.sns.publish").free("sns", "publishes")];
    for delivery in DELIVERIES {
        let deliveries = given.said(delivery.said).unwrap_or(messages * given.used(delivery.subscribers));
        if deliveries > 0.0 {
            let charge = Charge::new(delivery.name, deliveries, delivery.id);
            charges.push(charge.free("sns", delivery.name));
        }
    }
    charges
}

/// Requests and what they carry are metered apart here, so there are no chunks.
fn fifo_topic(given: &Given<'_>) -> Vec<Charge> {
    let requests = given.used("monthly_requests");
    // GB of a million KB, as transfer is metered.
    let gb = requests * given.used("request_size_kb") / 1e6;
    let queues = given.used("fifo_subscriptions");
    let mut charges = vec![
        Charge::new("requests", requests, "aws.sns.fifo_publish"),
        Charge::new("payload", gb, "aws.sns.fifo_publish_gb"),
    ];
    if queues > 0.0 {
        charges.push(Charge::new("notifications", requests * queues, "aws.sns.fifo_message"));
        charges.push(Charge::new("notification_payload", gb * queues, "aws.sns.fifo_message_gb"));
    }
    charges
}

fn sqs(given: &Given<'_>) -> Vec<Charge> {
    let id = if given.flag("fifo") { "aws.sqs.fifo" } else { "aws.sqs.standard" };
    vec![chunked(given, "requests", id).free("sqs", "requests")]
}
