use super::{done, titles};
use crate::support::{Disk, Fixture, ROOT, UNIT};
use expect_test::expect;

const MOVE: [&str; 1] = ["Move the traffic "];

const CONFIG: &str = "app: music # ours\nexecution_units:\n  playlists:\n    type: lambda\n    # open\n    network_placement: public\n";

fn at(text: &str) -> String {
    text.replacen("execution_unit", "execution_$0unit", 1)
}

/// What a project answers, but for who says so.
fn answer(disk: &Disk) -> (Option<String>, Vec<String>) {
    (disk.snapshot().unit_cost(ROOT, "playlists"), disk.all_findings())
}

#[test]
fn the_traffic_moves_to_the_configuration_and_back() {
    let there = Fixture::new(&[("index.ts", &at(UNIT)), ("klotho.yaml", CONFIG)]);
    let moved = there.disk.edited(&there.action("Move the traffic of playlists to klotho.yaml").edit);
    expect![[r#"
        /* @klotho::execution_unit {
         *   id = "playlists"
         *   target = "lambda"
         * }
         */
        export async function recent(user: string) {
          return user;
        }
        app: music # ours
        execution_units:
          playlists:
            type: lambda
            workload:
              monthly_requests: 10000000
              shape: commute
            # open
            network_placement: public
    "#]]
    .assert_eq(&format!("{}{}", moved.0["index.ts"], moved.0["klotho.yaml"]));
    assert_eq!(answer(&moved), answer(&there.disk));
    let back =
        Fixture::new(&[("index.ts", &at(&moved.0["index.ts"])), ("klotho.yaml", &moved.0["klotho.yaml"])]);
    let again = moved.edited(&back.action("Move the traffic of playlists into its annotation").edit);
    assert_eq!(again.0, there.disk.0);
}

#[test]
fn an_entry_that_was_made_for_it_goes_with_it() {
    let config = "app: music\n";
    let there = Fixture::new(&[("index.ts", &at(UNIT)), ("klotho.yaml", config)]);
    let moved = there.disk.edited(&there.action("Move the traffic of playlists to klotho.yaml").edit);
    let back =
        Fixture::new(&[("index.ts", &at(&moved.0["index.ts"])), ("klotho.yaml", &moved.0["klotho.yaml"])]);
    let again = moved.edited(&back.action("Move the traffic of playlists into its annotation").edit);
    assert_eq!(again.0, there.disk.0);
}

#[test]
fn what_cannot_move_without_a_loss_is_left_to_people() {
    let mut shown = String::new();
    let commented = UNIT.replace("10_000_000", "10_000_000 # measured");
    shown += &titles(&[("index.ts", &at(&commented)), ("klotho.yaml", CONFIG)], &MOVE);
    let bare =
        UNIT.replace(" *   [workload]\n *   monthly_requests = 10_000_000\n *   shape = \"commute\"\n", "");
    let config = format!("{CONFIG}    workload: {{ memory_mb: 256 }} # small\n");
    shown += &titles(&[("index.ts", &at(&bare)), ("klotho.yaml", &config)], &MOVE);
    expect![[r#"
        Move the traffic of playlists to klotho.yaml [refactor.rewrite]: it is written so that only you can move it: cut [workload] and write its keys anew
        Move the traffic of playlists into its annotation [refactor.rewrite]: it is written so that only you can move it: cut [workload] and write its keys anew
    "#]].assert_eq(&shown);
    assert_eq!(titles(&[("index.ts", &at(UNIT)), ("klotho.yaml", &config)], &MOVE), "");
    assert_eq!(titles(&[("index.ts", &at(&bare)), ("klotho.yaml", CONFIG)], &MOVE), "");
    let config = "execution_units:\n  playlists:\n    workload:\n      memory_mb: 256\n      shape: flat\n";
    let files = [("index.ts", &*at(&bare)), ("klotho.yaml", &format!("app: a\n{config}"))];
    expect![[r#"
        -- index.ts
        /* @klotho::execution_unit {
         *   id = "playlists"
         *   target = "lambda"
         *   [workload]
         *   memory_mb = 256
         *   shape = "flat"
         * }
         */
        export async function recent(user: string) {
          return user;
        }
        -- klotho.yaml
        app: a
    "#]]
    .assert_eq(&done(&files, MOVE[0]));
}
