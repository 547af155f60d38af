//! A call that leaves its unit says what that costs and adds.

use crate::support::Fixture;
use expect_test::expect;

const USERS: &str = "/* @klotho::execution_unit {\n *   id = \"users\"\n *   [workload]\n *   monthly_requests = 5_000_000\n *   \
     request_duration_ms = 40\n * }\n */\nexport async function find(id: string) {\n  return id;\n}\n";

fn orders(target: &str) -> String {
    format!(
        "import {{ find }} from \"./users\";\n\n/* @klotho::execution_unit {{\n *   id = \"orders\"\n *   target = \"{target}\"\n * }}\n \
         */\nexport async function place(id: string) {{\n  return await fi$0nd(id);\n}}\n"
    )
}

fn hover(target: &str, callee: &str) -> String {
    let users = USERS.replace("id = \"users\"", &format!("id = \"users\"\n *   target = \"{callee}\""));
    Fixture::new(&[("orders.ts", &orders(target)), ("users.ts", &users)]).hover()
}

#[test]
fn a_call_between_functions_pays_for_waiting() {
    expect![[r#"
        `find()` runs in **`users`** on **AWS Lambda**: this call is a request from one unit to another

        A million calls from `orders` on AWS Lambda cost

        - $0.20 for the requests
        - $0.33 for the time of the callee, which a call in one's own process would take as well
        - $0.33 for the time in which the caller waits

        Each adds 40 ms; 1 in 3,000 waits 142-214 ms more for a cold start

        Arguments and results are serialised. The network between the two comes on top; it was not measured"#]].assert_eq(&hover("lambda", "lambda"));
}

#[test]
fn a_container_waits_for_nothing() {
    expect![[r#"
        `find()` runs in **`users`** on **AWS Lambda**: this call is a request from one unit to another

        A million calls from `orders` on ECS on Fargate cost

        - $0.20 for the requests
        - $0.33 for the time of the callee, which a call in one's own process would take as well

        Each adds 40 ms; 1 in 3,000 waits 142-214 ms more for a cold start

        Arguments and results are serialised. The network between the two comes on top; it was not measured"#]].assert_eq(&hover("ecs", "lambda"));
}

#[test]
fn a_container_is_paid_anyway() {
    expect![[r#"
        `find()` runs in **`users`** on **ECS on Fargate**: this call is a request from one unit to another

        A million calls from `orders` on ECS on Fargate cost

        - nothing for `users`, which is paid while idle and grows with its peak

        Each adds 40 ms

        Arguments and results are serialised. The network between the two comes on top; it was not measured"#]].assert_eq(&hover("ecs", "ecs"));
}

#[test]
fn the_arguments_of_a_call_are_left_to_other_servers() {
    let source = orders("lambda").replace("fi$0nd(id)", "find(i$0d)");
    assert_eq!(Fixture::new(&[("orders.ts", &source), ("users.ts", USERS)]).hover(), "");
}
