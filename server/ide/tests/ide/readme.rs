//! What the README shows is what the program says.

use crate::support::Fixture;
use std::fs;
use std::path::{Path, PathBuf};

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The music service with the cursor in the annotation of its playlists.
fn music_service() -> Fixture {
    let app = repository().join("tests/apps/music-service");
    let text = |path: &str| fs::read_to_string(app.join(path)).expect("a file");
    let playlists = text("playlists.ts").replacen("execution_unit", "execution_$0unit", 1);
    Fixture::new(&[
        ("klotho.yaml", &text("klotho.yaml")),
        ("package.json", &text("package.json")),
        ("playlists.ts", &playlists),
        ("store.ts", &text("store.ts")),
        ("tsconfig.json", &text("tsconfig.json")),
        ("recommend/main.py", &text("recommend/main.py")),
    ])
}

#[test]
fn the_hover_and_the_action_in_the_readme_are_the_real_ones() {
    // Lines are filled for whoever reads the page as it is written.
    let one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let readme = fs::read_to_string(repository().join("README.md")).expect("the readme");
    let quoted: Vec<_> = readme.lines().filter_map(|line| line.strip_prefix('>')).collect();
    let quoted = one_line(&quoted.join("\n"));
    let music = music_service();
    let hover = music.hover();
    let shown = hover.split("\n\nAssumed: ").next().unwrap_or_default();
    assert!(quoted.contains(&one_line(shown)), "the readme needs this hover:\n\n{shown}");
    let title = music.action("Switch playlists to ECS").title;
    assert!(one_line(&readme).contains(&format!("`{title}`")), "the readme needs this title: {title}");
}

#[test]
fn the_readme_and_the_page_on_neovim_set_it_up_alike() {
    let text = |name: &str| fs::read_to_string(repository().join(name)).expect("the page");
    let snippet = |page: &str| page.split("```lua\n").nth(1)?.split("```").next().map(str::to_owned);
    let shown = snippet(&text("README.md"));
    assert!(shown.is_some() && shown == snippet(&text("docs/editors/neovim.md")));
}
