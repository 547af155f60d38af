//! Whatever the text, what is shown about it lies in it, and laying it out changes nothing of what it says.

use crate::fuzz::apps::{App, apps_in};
use crate::fuzz::pieces::PIECES;
use crate::support::{ROOT, opened};
use klotho_annotation::{Annotation, annotations};
use klotho_grammars::{Language, parse};
use klotho_ide::{Glance, Snapshot, Span, TextEdit};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::path::Path;

const EVERYTHING: Glance = Glance { units: true, routes: true, stores: true, assumed: true };

fn apps() -> Vec<App> {
    apps_in(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/apps"))
}

/// A hash of all that the annotations of a text say, wherever it stands.
fn said(path: &str, text: &str) -> Option<u64> {
    let language = Language::of_path(path)?;
    let list: Vec<Annotation> = annotations(language, text, &parse(language, text, None)?).list;
    let mut hasher = DefaultHasher::new();
    list.hash(&mut hasher);
    Some(hasher.finish())
}

fn applied(text: &str, edits: &[TextEdit]) -> String {
    assert!(edits.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start), "{edits:?}");
    let mut out = text.to_owned();
    for edit in edits.iter().rev() {
        assert_in(text, edit.span);
        out.replace_range(edit.span.range(), &edit.text);
    }
    out
}

fn assert_in(text: &str, span: Span) {
    assert!(span.start <= span.end && text.get(span.range()).is_some(), "{span:?} in {text:?}");
}

/// Asks for everything that is shown about a document.
fn ask(snapshot: &Snapshot, path: &str, text: &str) {
    let all = Span::new(0, text.len() + 7);
    for hint in snapshot.inlay_hints(path, all, EVERYTHING) {
        assert_in(text, Span::empty(hint.at));
        assert_eq!(
            snapshot.hover(path, hint.about).is_some(),
            snapshot.brief_hover(path, hint.about).is_some()
        );
    }
    for lens in snapshot.code_lenses(path, EVERYTHING) {
        assert_in(text, lens.span);
        assert!(snapshot.code_lens_words(path, lens.about).is_some());
    }
    let colours = snapshot.colours(path, None);
    assert!(colours.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start), "{colours:?} in {text:?}");
    for colour in colours {
        assert_in(text, colour.span);
        assert!(
            !colour.span.is_empty() && !colour.span.of(text).contains(['\n', '\r']),
            "{colour:?} in {text:?}"
        );
    }
    snapshot.folds(path).into_iter().for_each(|fold| assert_in(text, fold));
    snapshot.links(path).into_iter().for_each(|link| assert_in(text, link.span));
    for offset in (0..text.len() + 3).step_by(5) {
        let spans = snapshot.selections(path, offset);
        assert!(spans.windows(2).all(|pair| pair[0].covers(pair[1])), "{spans:?}");
        spans.into_iter().for_each(|span| assert_in(text, span));
        snapshot.colours(path, Some(Span::new(offset, offset + 9)));
        applied(text, &snapshot.typed(path, offset, '\n'));
        applied(text, &snapshot.typed(path, offset, '}'));
    }
    for offset in (0..text.len() + 3).step_by(211) {
        let actions = snapshot.code_actions(path, Span::empty(offset), &crate::support::at_the_cursor());
        let own = actions.iter().flat_map(|action| &action.edit.files).filter(|file| *file.path == *path);
        own.for_each(|file| drop(applied(text, &file.edits)));
    }
}

/// Lays a document out twice.
fn lay_out(app: &App, relative: &str, text: &str) {
    let path = format!("{ROOT}/{relative}");
    let mut disk = app.disk.clone();
    disk.0.insert(relative.to_owned(), text.to_owned());
    let once = applied(text, &opened(&disk, relative).layout(&path, None));
    assert_eq!(said(relative, &once), said(relative, text), "{text:?}\n{once:?}");
    let bare = |text: &str| text.chars().filter(|it| !it.is_whitespace()).collect::<String>();
    if !text.contains("@klotho::") {
        assert_eq!(once, text);
    }
    assert!(bare(&once).len() <= bare(text).len());
    disk.0.insert(relative.to_owned(), once.clone());
    let twice = applied(&once, &opened(&disk, relative).layout(&path, None));
    assert_eq!(twice, once, "after {text:?}");
}

#[test]
fn all_files_of_all_applications() {
    for app in apps() {
        for (relative, text) in &app.disk.0 {
            ask(&opened(&app.disk, relative), &format!("{ROOT}/{relative}"), text);
            lay_out(&app, relative, text);
        }
    }
}

#[test]
fn the_annotations_of_the_applications_are_laid_out_already() {
    for app in apps() {
        for (relative, text) in &app.disk.0 {
            let edits = opened(&app.disk, relative).layout(&format!("{ROOT}/{relative}"), None);
            assert_eq!(applied(text, &edits), *text, "{} {relative}", app.name);
        }
    }
}

/// An edit: at which character, how many characters it takes, and what it puts there.
type Change = (Index, usize, Index);

fn changed(text: &str, changes: &[Change]) -> String {
    let mut text: Vec<char> = text.chars().collect();
    for (at, taken, piece) in changes {
        let at = at.index(text.len() + 1);
        text.splice(at..(at + taken).min(text.len()), PIECES[piece.index(PIECES.len())].chars());
    }
    text.into_iter().collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn annotations_that_somebody_edits(
        app in any::<Index>(),
        file in any::<Index>(),
        changes in vec((any::<Index>(), 0..4_usize, any::<Index>()), 0..12),
    ) {
        let apps = apps();
        let app = app.get(&apps);
        let annotated: Vec<_> = app.disk.0.iter().filter(|(_, text)| text.contains("@klotho::")).collect();
        let (relative, text) = file.get(&annotated);
        // Where the annotations are is where it matters.
        let from = text.find("@klotho::").unwrap_or_default().saturating_sub(3);
        let (head, rest) = text.split_at(from);
        let (body, tail) = rest.split_at(rest.find("\n\n").unwrap_or(rest.len()));
        let text = format!("{head}{}{tail}", changed(body, &changes));
        let mut disk = app.disk.clone();
        disk.0.insert((*relative).clone(), text.clone());
        ask(&opened(&disk, relative), &format!("{ROOT}/{relative}"), &text);
        lay_out(app, relative, &text);
    }
}
