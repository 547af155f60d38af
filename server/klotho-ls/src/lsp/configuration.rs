//! The settings that hold, and how they come from the client: with its first message, when it is asked, when it tells.

use super::capabilities::Client;
use super::convert;
use super::refreshes::Refresh;
use super::registrations::Registrations;
use super::world::{Message, World};
use crate::settings::{SECTION, Settings, read};
use klotho_ide::FilePath;
use serde_json::Value;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::mpsc;
use tower_lsp::Client as Connection;
use tower_lsp::ls_types::{ConfigurationItem, MessageType};

/// The settings by file.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Scoped {
    everywhere: Arc<Settings>,
    /// Of the folders that the client works on.
    folders: Vec<(FilePath, Arc<Settings>)>,
}

impl Scoped {
    /// Those of the innermost folder that holds a file.
    pub(super) fn of(&self, path: &str) -> &Arc<Settings> {
        let holds = |folder: &str| path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
        let holding = self.folders.iter().filter(|(folder, _)| holds(folder) || **folder == *path);
        holding.max_by_key(|(folder, _)| folder.len()).map_or(&self.everywhere, |(_, settings)| settings)
    }

    /// Whether something holds anywhere.
    pub(super) fn any(&self, holds: impl Fn(&Settings) -> bool) -> bool {
        self.all().any(holds)
    }

    fn all(&self) -> impl Iterator<Item = &Settings> {
        std::iter::once(&*self.everywhere).chain(self.folders.iter().map(|(_, settings)| &**settings))
    }

    /// What is to be shown anew now that these hold in place of `old`.
    fn changed(&self, old: &Self) -> Changed {
        fn differs<T: PartialEq>(new: &Scoped, old: &Scoped, what: impl Fn(&Settings) -> T) -> bool {
            let folders = new.folders.iter().chain(&old.folders);
            let in_folders = folders.map(|(folder, _)| folder).any(|at| what(new.of(at)) != what(old.of(at)));
            in_folders || what(&new.everywhere) != what(&old.everywhere)
        }
        let refresh = Refresh {
            // A client keeps the tooltips of hints, and they are hovers.
            hints: differs(self, old, |it| (it.hints, it.longest_hint, it.brief_hovers)),
            lenses: differs(self, old, |it| it.lenses),
            colours: differs(self, old, |it| it.colours),
            findings: false,
        };
        Changed { refresh, findings: differs(self, old, |it| it.findings.clone()) }
    }
}

/// What is to be shown anew.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Changed {
    pub(super) refresh: Refresh,
    pub(super) findings: bool,
}

/// What the client has said so far, and what follows from it.
pub(super) struct Configuration {
    state: Mutex<State>,
    world: World,
    bell: mpsc::Sender<()>,
}

#[derive(Default)]
struct State {
    /// With the first message.
    initial: Value,
    /// Without being asked.
    pushed: Value,
    /// When asked: for everything, and for each folder.
    pulled: Vec<(Option<FilePath>, Value)>,
    folders: Vec<FilePath>,
    settings: Arc<Scoped>,
    /// What is wrong with it, and whether the person has been told.
    wrong: Vec<(String, bool)>,
}

impl Configuration {
    /// Whoever listens to the bell attends to what has to be asked and told.
    pub(super) fn new(world: World, bell: mpsc::Sender<()>) -> Self {
        Self { state: Mutex::default(), world, bell }
    }

    /// What holds now.
    pub(super) fn settings(&self) -> Arc<Scoped> {
        Arc::clone(&self.state().settings)
    }

    /// What the client says with its first message.
    pub(super) fn begin(&self, initial: Option<Value>, folders: &[FilePath]) {
        let mut state = self.state();
        state.initial = initial.unwrap_or_default();
        state.folders = folders.to_vec();
        state.derive();
        // Nothing is shown yet.
        self.world.tell(Message::Settings(Arc::clone(&state.settings), Changed::default()));
    }

    /// What the client says unasked.
    pub(super) fn pushed(&self, settings: Value) {
        self.take(|state| state.pushed = settings);
        self.ring();
    }

    /// Other folders may have other settings.
    pub(super) fn folders_changed(&self, removed: &[FilePath], added: &[FilePath]) {
        let mut state = self.state();
        state.folders.retain(|folder| !removed.contains(folder) && !added.contains(folder));
        state.folders.extend_from_slice(added);
        drop(state);
        self.ring();
    }

    /// Has the client asked and told what is due. When there is no room a ring waits already, which does for both.
    pub(super) fn ring(&self) {
        let _ = self.bell.try_send(());
    }

    /// What has to be told to the person, once.
    fn untold(&self) -> Option<String> {
        let mut state = self.state();
        let untold = state.wrong.iter_mut().filter(|(_, told)| !told);
        let sentences: Vec<_> = untold
            .map(|(sentence, told)| {
                *told = true;
                sentence.clone()
            })
            .collect();
        (!sentences.is_empty()).then(|| sentences.join("\n"))
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes something in, and tells the world what holds then.
    fn take(&self, change: impl FnOnce(&mut State)) {
        let mut state = self.state();
        change(&mut state);
        let old = Arc::clone(&state.settings);
        state.derive();
        let changed = state.settings.changed(&old);
        // Told before anybody else can change it: the world hears in the order of what happened.
        self.world.tell(Message::Settings(Arc::clone(&state.settings), changed));
    }
}

impl State {
    /// Works out the settings from all that was said.
    fn derive(&mut self) {
        let said_of = |scope: Option<&FilePath>| {
            let found = self.pulled.iter().find(|(of, _)| of.as_ref() == scope);
            found.map_or(&Value::Null, |(_, said)| said)
        };
        let mut wrong = Vec::new();
        let mut derived = |scope: Option<&FilePath>| {
            let (settings, sentences) = read(&[&self.initial, &self.pushed, said_of(scope)]);
            wrong.extend(sentences);
            Arc::new(settings)
        };
        let everywhere = derived(None);
        let pulled = self.folders.iter().filter(|folder| !said_of(Some(folder)).is_null());
        let folders = pulled.map(|folder| (FilePath::clone(folder), derived(Some(folder)))).collect();
        self.settings = Arc::new(Scoped { everywhere, folders });
        // What stays wrong was said already; what was right meanwhile is said again.
        let mut found: Vec<(String, bool)> = Vec::new();
        for sentence in wrong {
            if found.iter().all(|(other, _)| *other != sentence) {
                let told = self.wrong.iter().any(|(other, told)| *told && *other == sentence);
                found.push((sentence, told));
            }
        }
        self.wrong = found;
    }
}

/// How long an answer of the client is waited for, before what it might change is done without.
const PATIENCE: Duration = Duration::from_secs(1);

/// Each time that the bell rings: asks the client that can be asked, tells the person what is wrong, and the client what it
/// has to know of. One time after the other; what the client owes longer than a moment holds up nothing, and counts when it
/// comes.
pub(super) async fn attend(
    connection: Connection,
    configuration: Arc<Configuration>,
    client: Client,
    mut bell: mpsc::Receiver<()>,
) {
    let mut registrations = Registrations::new(&client);
    let mut asked = None;
    let mut has_begun = false;
    loop {
        // Dropped, an earlier question is one whose answer is out of date.
        let has_rung = tokio::select! {
            rung = bell.recv() => match rung {
                Some(()) => true,
                None => return,
            },
            () = answered(&mut asked) => false,
        };
        if !std::mem::replace(&mut has_begun, true) {
            in_time(registrations.begin(&connection)).await;
        }
        if has_rung && client.answers_settings {
            asked = Some(Box::pin(pull(&connection, &configuration)));
            in_time(answered(&mut asked)).await;
        }
        if let Some(sentences) = configuration.untold() {
            connection.show_message(MessageType::WARNING, sentences).await;
        }
        in_time(registrations.follow(&connection, &configuration.settings())).await;
    }
}

/// Ends when the question is answered, which then is none any more; never without one.
async fn answered(asked: &mut Option<Pin<Box<impl Future<Output = ()>>>>) {
    match asked {
        Some(question) => question.await,
        None => std::future::pending().await,
    }
    *asked = None;
}

/// Waits for what depends on the client, as long as it is not too long.
async fn in_time(done: impl Future<Output = ()>) {
    if tokio::time::timeout(PATIENCE, done).await.is_err() {
        tracing::debug!("the client does not answer what it was asked or told");
    }
}

async fn pull(connection: &Connection, configuration: &Configuration) {
    let folders = configuration.state().folders.clone();
    let scopes: Vec<_> = std::iter::once(None).chain(folders.into_iter().map(Some)).collect();
    let item = |scope: &Option<FilePath>| ConfigurationItem {
        scope_uri: scope.as_deref().and_then(convert::uri),
        section: Some(SECTION.to_owned()),
    };
    match connection.configuration(scopes.iter().map(item).collect()).await {
        // A short answer says nothing of what is left.
        Ok(answers) => configuration.take(|state| state.pulled = scopes.into_iter().zip(answers).collect()),
        Err(error) => tracing::debug!("the client does not say its settings: {error}"),
    }
}
