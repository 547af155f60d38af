//! When findings are looked for, and which of them are shown.
//!
//! The first change after a pause is looked at at once, so that someone who types a letter sees its effect at once. What
//! follows closely is looked at when it ends, or when it has gone on for too long: a burst of edits gives few publications.
//! The looking is done on a thread of its own; what it finds is shown only if the document still is as it was.
//!
//! A client that asks for findings is sent none. It asks about a document that it changed by itself; when something else
//! changed what it was answered, it is told to ask anew, once until it has.

use super::capabilities::Client;
use super::configuration::{Changed, Scoped};
use super::convert;
use super::graph_changed::{GraphChangedParams, Told};
use super::progress;
use super::refreshes::Refresh;
use super::world::{Message, World};
use klotho_ide::{Change, FilePath, Snapshot};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};
use std::hash::{DefaultHasher, Hasher};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};
use tokio::sync::{mpsc, watch};
use tower_lsp::ls_types::notification::{Notification, PublishDiagnostics};
use tower_lsp::ls_types::{ClientCapabilities, Diagnostic, Uri};

/// A burst has ended when nothing has happened for this long.
const QUIET: Duration = Duration::from_millis(40);

/// Findings are at most this late.
const PATIENCE: Duration = Duration::from_millis(300);

/// What the client is told.
pub(super) enum Outgoing {
    /// The findings of a document.
    Findings(Publication),
    /// What it shows about the files beside their findings may be another thing now.
    Refresh(Refresh),
    /// How far the reading of folders is.
    Progress(progress::Shown),
    /// The graphs of projects are others now.
    Graphs(GraphChangedParams),
}

/// What the client is to show for one document: what `textDocument/publishDiagnostics` carries.
#[derive(Serialize, Deserialize)]
pub(super) struct Publication {
    pub(super) uri: Uri,
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<i32>,
    /// They may be many: the next ones are compared with them where they are.
    diagnostics: Arc<[Diagnostic]>,
}

impl Notification for Publication {
    type Params = Self;
    const METHOD: &str = PublishDiagnostics::METHOD;
}

/// What a look at the world found.
pub(super) struct Findings {
    /// The findings of open documents at the versions that were looked at.
    documents: Vec<(FilePath, i32, Arc<[Diagnostic]>)>,
    /// What the world was.
    generation: u64,
    /// And each project.
    generations: BTreeMap<FilePath, u64>,
    /// Whether it was still being read.
    is_reading: bool,
}

/// What a client that asked was answered.
#[derive(Debug)]
pub(super) struct Pulled {
    /// Of the document, while it is open.
    pub(super) version: Option<i32>,
    /// What the world was.
    pub(super) generation: u64,
    /// The name of the result.
    pub(super) name: String,
}

/// What is to be looked at.
struct Look {
    is_reading: bool,
    snapshot: Snapshot,
    documents: Vec<(FilePath, i32)>,
    client: Client,
    settings: Arc<Scoped>,
}

/// Knows what the client shows.
pub(super) struct Publisher {
    pub(super) client: Client,
    settings: Arc<Scoped>,
    documents: HashMap<FilePath, Document>,
    schedule: Schedule,
    looks: Sender<Look>,
    /// The world of which the client has been told.
    generation: u64,
    graphs: Told,
    outgoing: mpsc::UnboundedSender<Outgoing>,
    /// The world as it was looked at last, for those who ask about all of it.
    looked: watch::Sender<Option<Snapshot>>,
}

/// An open document.
struct Document {
    /// As the client spells it.
    uri: Uri,
    version: i32,
    /// What was found last: the version, the world and the findings.
    found: Option<(i32, u64, Arc<[Diagnostic]>)>,
    /// What the client was answered last, until it is told to ask anew.
    pulled: Option<Pulled>,
}

impl Document {
    /// Whether the client was answered what is true no more, and will not ask by itself.
    fn is_outdated(&self) -> bool {
        let (Some((version, generation, found)), Some(pulled)) = (&self.found, &self.pulled) else {
            return false;
        };
        let is_of_version = pulled.version == Some(self.version) && *version == self.version;
        is_of_version && *generation > pulled.generation && name_of(found) != pulled.name
    }
}

impl Publisher {
    pub(super) fn new(
        world: World,
        outgoing: mpsc::UnboundedSender<Outgoing>,
        looked: watch::Sender<Option<Snapshot>>,
    ) -> Self {
        let (looks, inbox) = channel();
        if let Err(error) =
            thread::Builder::new().name("findings".to_owned()).spawn(move || look(&inbox, &world))
        {
            tracing::error!("cannot look for findings: {error}");
        }
        let (documents, schedule) = (HashMap::new(), Schedule::default());
        let client = Client::new(&ClientCapabilities::default());
        let (settings, graphs) = (Arc::default(), Told::default());
        Self { client, settings, documents, schedule, looks, generation: 0, graphs, outgoing, looked }
    }

    /// The client wants something else.
    pub(super) fn configured(&mut self, settings: Arc<Scoped>, changed: Changed, now: Instant) {
        self.settings = settings;
        if changed.findings {
            self.changed(now);
        }
        self.refresh(Refresh { findings: changed.findings, ..changed.refresh });
    }

    /// A document was opened.
    pub(super) fn opened(&mut self, uri: Uri, change: &Change) {
        if let Change::Open { path, version, .. } = change {
            let document = Document { uri, version: *version, found: None, pulled: None };
            self.documents.insert(FilePath::clone(path), document);
        }
    }

    /// A document has a new version.
    pub(super) fn edited(&mut self, path: &FilePath, version: i32) {
        if let Some(document) = self.documents.get_mut(path) {
            document.version = version;
        }
    }

    /// A document was closed: what is shown for it is taken back.
    pub(super) fn closed(&mut self, path: &FilePath) {
        let Some(Document { uri, found, .. }) = self.documents.remove(path) else { return };
        let is_shown = found.is_some_and(|(.., diagnostics)| !diagnostics.is_empty());
        if is_shown && !self.client.reports.pulls {
            self.publish(Publication { uri, version: None, diagnostics: Arc::default() });
        }
    }

    /// The world changed.
    pub(super) fn changed(&mut self, now: Instant) {
        self.schedule.changed(now);
    }

    /// Whether findings can wait no longer, even for what has arrived already.
    pub(super) fn is_overdue(&self, now: Instant) -> bool {
        self.schedule.is_overdue(now)
    }

    /// When to look next, if nothing happens before; later while files are `reading` that may change what is found.
    pub(super) fn due(&self, reading: bool) -> Option<Instant> {
        self.schedule.due(reading)
    }

    /// Starts to look at the open documents that are `wanted`, while more `is_reading` or not.
    pub(super) fn look(&mut self, snapshot: Snapshot, is_reading: bool, wanted: impl Fn(&str) -> bool) {
        let open = self.documents.iter().filter(|(path, _)| wanted(path));
        let documents: Vec<_> =
            open.map(|(path, document)| (FilePath::clone(path), document.version)).collect();
        self.schedule.started();
        let (client, settings) = (self.client, Arc::clone(&self.settings));
        let look = Look { is_reading, snapshot, documents, client, settings };
        if self.looks.send(look).is_err() {
            tracing::error!("nobody looks for findings");
        }
    }

    /// Shows the whole world to those who ask about all of it.
    pub(super) fn show(&self, snapshot: Snapshot) {
        if self.client.reports.pulls {
            self.looked.send_replace(Some(snapshot));
        }
    }

    /// Shows what was found, where it is news and still true.
    pub(super) fn found(&mut self, findings: Findings) {
        self.schedule.finished();
        // Until a document is looked at nothing is shown that could be out of date.
        if !findings.documents.is_empty() && findings.generation != self.generation {
            self.generation = findings.generation;
            // Colours follow from the document alone.
            self.refresh(Refresh { hints: true, lenses: true, ..Refresh::default() });
        }
        let mut is_outdated = false;
        if self.client.follows_graphs
            && let Some(news) = self.graphs.news(findings.generations, findings.is_reading)
        {
            self.tell(Outgoing::Graphs(news));
        }
        for (path, version, diagnostics) in findings.documents {
            let Some(document) = self.documents.get_mut(&path) else { continue };
            let last = document.found.as_ref();
            let is_known = last.is_some_and(|(at, _, old)| *at == version && *old == diagnostics);
            document.found = Some((version, findings.generation, Arc::clone(&diagnostics)));
            if self.client.reports.pulls {
                is_outdated |= document.is_outdated() && document.pulled.take().is_some();
            } else if document.version == version && !is_known {
                let uri = document.uri.clone();
                self.publish(Publication { uri, version: Some(version), diagnostics });
            }
        }
        self.refresh(Refresh { findings: is_outdated, ..Refresh::default() });
    }

    /// The client asked about a document and was answered.
    pub(super) fn pulled(&mut self, path: &FilePath, pulled: Pulled) {
        let Some(document) = self.documents.get_mut(path) else { return };
        document.pulled = Some(pulled);
        if document.is_outdated() {
            document.pulled = None;
            self.refresh(Refresh { findings: true, ..Refresh::default() });
        }
    }

    /// Has the client ask anew, as far as it can be told to.
    fn refresh(&self, wanted: Refresh) {
        let told = Refresh { findings: self.client.reports.pulls, ..self.client.shows.refresh };
        let refresh = wanted.and(told);
        if refresh.anything() {
            self.tell(Outgoing::Refresh(refresh));
        }
    }

    fn publish(&self, publication: Publication) {
        self.tell(Outgoing::Findings(publication));
    }

    fn tell(&self, outgoing: Outgoing) {
        // Nobody listens any more only when the session has ended.
        let _ = self.outgoing.send(outgoing);
    }
}

fn look(inbox: &Receiver<Look>, world: &World) {
    while let Ok(Look { is_reading, snapshot, documents, client, settings }) = inbox.recv() {
        let found = documents.into_iter().filter_map(|(path, version)| {
            let found = catch_unwind(AssertUnwindSafe(|| diagnostics(&snapshot, &path, &client, &settings)));
            // One document on which the search fails must not silence the others.
            Some((path, version, found.ok()?.into()))
        });
        let (documents, generation) = (found.collect(), snapshot.generation());
        let generations = snapshot.generations();
        world.tell(Message::Findings(Findings { documents, generation, generations, is_reading }));
    }
}

/// The findings of one file as the client shows them.
pub(super) fn diagnostics(
    snapshot: &Snapshot,
    path: &str,
    client: &Client,
    settings: &Scoped,
) -> Vec<Diagnostic> {
    let found = settings.of(path).findings.shown(snapshot.diagnostics(path));
    convert::diagnostics(&found, snapshot, path, client)
}

/// A name for findings: equal ones have the same.
pub(super) fn name_of(diagnostics: &[Diagnostic]) -> String {
    let mut hasher = DefaultHasher::new();
    hasher.write(&serde_json::to_vec(diagnostics).unwrap_or_default());
    format!("{:016x}", hasher.finish())
}

/// When to look. One look at a time: while it lasts, changes gather for the next one.
#[derive(Default)]
struct Schedule {
    /// The first change that no look has seen,
    since: Option<Instant>,
    /// and whether it came after a pause.
    is_first: bool,
    last_change: Option<Instant>,
    is_looking: bool,
}

impl Schedule {
    fn changed(&mut self, now: Instant) {
        if self.since.is_none() {
            self.since = Some(now);
            self.is_first = self.last_change.is_none_or(|last| now.duration_since(last) >= QUIET);
        }
        self.last_change = Some(now);
    }

    fn started(&mut self) {
        self.since = None;
        self.is_looking = true;
    }

    fn finished(&mut self) {
        self.is_looking = false;
    }

    fn is_overdue(&self, now: Instant) -> bool {
        !self.is_looking && self.since.is_some_and(|since| now.duration_since(since) >= PATIENCE)
    }

    fn due(&self, reading: bool) -> Option<Instant> {
        let since = self.since.filter(|_| !self.is_looking)?;
        let latest = since + PATIENCE;
        Some(match self.last_change {
            _ if reading => latest,
            Some(last) if !self.is_first => latest.min(last + QUIET),
            _ => since,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The looks that edits at these milliseconds lead to, each taking no time.
    fn looks(edits: &[u64]) -> Vec<u64> {
        let start = Instant::now();
        let mut schedule = Schedule::default();
        let mut looks = Vec::new();
        for now in 0..2000 {
            let at = start + Duration::from_millis(now);
            if edits.contains(&now) {
                schedule.changed(at);
            }
            if schedule.due(false).is_some_and(|due| due <= at) {
                schedule.started();
                schedule.finished();
                looks.push(now);
            }
        }
        looks
    }

    #[test]
    fn a_single_change_is_looked_at_at_once() {
        assert_eq!(looks(&[10, 500]), [10, 500]);
    }

    #[test]
    fn a_burst_is_looked_at_when_it_begins_and_when_it_ends() {
        let burst: Vec<_> = (0..100).map(|edit| 100 + edit).collect();
        assert_eq!(looks(&burst), [100, 239]);
    }

    #[test]
    fn someone_who_never_pauses_is_not_kept_waiting() {
        let typing: Vec<_> = (0..20).map(|letter| 100 + 35 * letter).collect();
        assert_eq!(looks(&typing), [100, 435, 750, 805]);
    }

    #[test]
    fn nothing_is_looked_at_while_a_look_lasts() {
        let now = Instant::now();
        let mut schedule = Schedule::default();
        schedule.changed(now);
        schedule.started();
        schedule.changed(now);
        assert_eq!(schedule.due(false), None);
        assert!(!schedule.is_overdue(now + PATIENCE));
        schedule.finished();
        assert_eq!(schedule.due(true), Some(now + PATIENCE));
    }
}
