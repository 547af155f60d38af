use crate::advice::Adviser;
use crate::bill::{self, ApplicationBill};
use crate::contents::{Contents, contents_of, decode};
use crate::document::Document;
use crate::explain::{self, Explanation};
use crate::figures::Figures;
use crate::hover::Detail;
use crate::plan::Rewrite;
use crate::resources::{ResourceBill, gateway_bills};
use crate::workload_edit::set_workload;
use crate::{
    CodeAction, CodeLens, ColouredSpan, Completions, Diagnostic, DocumentLink, FilePath, Glance, Hover,
    InlayHint, LensWords, LineIndex, Named, NodeCost, ProjectStatus, RelatedPlace, Span, TextEdit, UnitCost,
    Wanted, Which, WorkspaceEdit, actions, anatomy, colours, completion, folds, glance, hover, is_below,
    layout, links, node_costs, plan, selections, status, tradeoff, what_if,
};
use klotho_annotation::finding::Finding;
use klotho_cost::Date;
use klotho_cost::plan::Plan;
use klotho_graph::{Kind, Located, Project, Reference, Unit};
use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

/// What stands below a hover as long as not all is known.
const PARTIAL: &str = "\n\n---\n\nThe project is still being read: this is of the part that is known so far.";

/// The world at one moment. Cloning it is cheap, and any number of threads may read it.
#[derive(Clone)]
pub struct Snapshot {
    /// By root. A document that lies in no project is one itself, under its own path.
    pub(crate) projects: imbl::OrdMap<FilePath, Project>,
    pub(crate) documents: imbl::OrdMap<FilePath, Arc<Document>>,
    /// The folders that are being read for the first time.
    pub(crate) reading: imbl::OrdSet<FilePath>,
    /// The age of a price depends on it.
    pub(crate) today: Date,
    /// How often what follows from the files was worked out anew.
    pub(crate) generation: u64,
    /// By root: which of these times was the last one of each project.
    pub(crate) generations: imbl::OrdMap<FilePath, u64>,
    /// What the cost model said of each project, by root.
    pub(crate) advisers: imbl::OrdMap<FilePath, Arc<Adviser>>,
    /// How often a file that no editor has open was read: what is in it may stand elsewhere now.
    pub(crate) reads: u64,
    /// By root: which of these times was the last one of each project.
    pub(crate) read_at: imbl::OrdMap<FilePath, u64>,
}

/// A file and the project that it belongs to.
pub(crate) struct Context<'a> {
    pub(crate) root: &'a FilePath,
    pub(crate) project: &'a Project,
    pub(crate) relative: Arc<str>,
    /// Its text and tree, while it is open.
    pub(crate) document: Option<&'a Document>,
    pub(crate) today: Date,
}

impl Snapshot {
    /// The roots of the projects, sorted.
    pub fn projects(&self) -> Vec<FilePath> {
        self.projects.keys().cloned().collect()
    }

    /// The files of a project whose text counts, sorted: its configuration, what holds annotations, and what that leads to.
    pub fn read_files(&self, root: &str) -> Vec<FilePath> {
        let Some((root, project)) = self.projects.get_key_value(root) else { return Vec::new() };
        project.read_files().map(|path| absolute(root, project, path)).collect()
    }

    /// The open documents and their versions, sorted by path.
    pub fn open_documents(&self) -> Vec<(FilePath, i32)> {
        self.documents.iter().map(|(path, document)| (Arc::clone(path), document.version)).collect()
    }

    /// The version of an open document.
    pub fn version(&self, path: &str) -> Option<i32> {
        self.documents.get(path).map(|document| document.version)
    }

    /// A number that grows whenever something else follows from the files: what is shown about them may have changed,
    /// in each of them.
    pub fn generation(&self) -> u64 {
        self.generation
    }

    /// The same of each project for itself, by root.
    pub fn generations(&self) -> BTreeMap<FilePath, u64> {
        self.projects.keys().map(|root| (Arc::clone(root), self.generation_of(root))).collect()
    }

    /// The same of one project; 0 for one that is not known.
    pub fn generation_of(&self, root: &str) -> u64 {
        self.generations.get(root).copied().unwrap_or_default()
    }

    /// Two numbers that stay the same as long as all findings do, and their places but for those in open documents.
    pub fn revision(&self) -> (u64, u64) {
        (self.generation, self.reads)
    }

    /// The same of one project; the versions of its open documents tell of the rest.
    pub fn revision_of(&self, root: &str) -> (u64, u64) {
        (self.generation_of(root), self.read_at.get(root).copied().unwrap_or_default())
    }

    /// The open documents of a project and their versions, sorted by path.
    pub fn open_in(&self, root: &FilePath) -> Vec<(FilePath, i32)> {
        let inside = format!("{root}/");
        let behind = self.documents.range(FilePath::clone(root)..);
        let near = behind.take_while(|(path, _)| path.starts_with(&**root));
        let open = near.filter(|(path, _)| *path == root || path.starts_with(&inside));
        open.map(|(path, document)| (Arc::clone(path), document.version)).collect()
    }

    /// The lines of a file, open or closed; `None` for a file that nobody has read.
    pub fn lines(&self, path: &str) -> Option<Arc<LineIndex>> {
        if let Some(document) = self.documents.get(path) {
            return Some(Arc::clone(&document.lines));
        }
        let context = self.context(path)?;
        context.project.lines(&context.relative)
    }

    /// The text of an open document.
    pub fn text(&self, path: &str) -> Option<Arc<str>> {
        self.documents.get(path).map(|document| Arc::clone(&document.text))
    }

    /// Whether only part of what a file belongs to is known yet: its folder is being read for the first time.
    pub fn is_partial(&self, path: &str) -> bool {
        let is_listed = || self.context(path).is_some_and(|context| context.project.is_listed());
        self.reading.iter().any(|folder| is_below(folder, path)) && !is_listed()
    }

    /// Whether some folder is being read for the first time.
    pub fn is_reading(&self) -> bool {
        !self.reading.is_empty()
    }

    /// The findings that an editor shows in one file, in document order. As long as only part of its project is known, those that hold whatever
    /// the rest may be.
    pub fn diagnostics(&self, path: &str) -> Vec<Diagnostic> {
        let Some(context) = self.context(path) else { return Vec::new() };
        // A configuration that lies in no folder is without the project that it configures.
        let is_partial = self.is_partial(path) || context.project.is_document() && context.is_config();
        let findings = match is_partial {
            true => context.project.certain_findings_of(&context.relative),
            false => context.project.shown_findings_of(&context.relative),
        };
        findings.into_iter().map(|located| diagnostic(context.root, context.project, located)).collect()
    }

    /// All findings of a project: sorted by file (the project as a whole first), place and code.
    pub fn project_diagnostics(&self, root: &str) -> Vec<Diagnostic> {
        let Some((root, project)) = self.projects.get_key_value(root) else { return Vec::new() };
        project.findings().into_iter().map(|located| diagnostic(root, project, located)).collect()
    }

    /// All findings of a project as an editor shows them: each in a file, sorted by file, place and code.
    pub fn shown_diagnostics(&self, root: &str) -> Vec<Diagnostic> {
        let Some((root, project)) = self.projects.get_key_value(root) else { return Vec::new() };
        if project.is_document() {
            return self.diagnostics(root);
        }
        project.shown_findings().into_iter().map(|located| diagnostic(root, project, located)).collect()
    }

    /// The graph of a project as its JSON document (`docs/graph-json.md`).
    pub fn graph_json(&self, root: &str) -> Option<serde_json::Value> {
        self.projects.get(root).map(klotho_graph::document)
    }

    /// A project, for what prints the graph in other forms.
    pub fn project(&self, root: &str) -> Option<&Project> {
        self.projects.get(root)
    }

    /// What a unit costs a month where it runs, in one line.
    pub fn unit_cost(&self, root: &str, id: &str) -> Option<String> {
        let project = self.projects.get(root)?;
        tradeoff::line(project, id, project.derived().units.get(id)?, self.today)
    }

    /// What stands behind the figures of a unit.
    pub fn explain(&self, root: &str, id: &str) -> Option<Explanation> {
        let project = self.projects.get(root)?;
        Some(explain::explain(project, id, project.derived().units.get(id)?, self.today))
    }

    /// Every project in a few figures, sorted by root.
    pub fn status(&self) -> Vec<ProjectStatus> {
        status::status(self)
    }

    /// What each node of a project's graph costs that has a bill of its own.
    pub fn node_costs(&self, root: &str) -> Vec<NodeCost> {
        self.projects.get(root).map(|project| node_costs::node_costs(project, self.today)).unwrap_or_default()
    }

    /// What a unit costs wherever it could run, with the workload that holds once `instead` replaces what is stated; `None`
    /// if there is no such unit, an error in words if `instead` cannot be used.
    pub fn what_if(
        &self,
        path: &str,
        which: &Which,
        instead: &serde_json::Map<String, serde_json::Value>,
    ) -> Option<Result<UnitCost, String>> {
        what_if::unit_cost(&self.context(path)?, which, instead)
    }

    /// What each gateway of a project costs, part by part; all of it is on the bills of the units behind it.
    pub fn gateway_bills(&self, root: &str) -> Vec<(Reference, Vec<ResourceBill>)> {
        let Some(project) = self.projects.get(root) else { return Vec::new() };
        let gateways = project.derived().gateways.keys().map(|id| Reference::new(Kind::Gateway, id.as_str()));
        gateways.map(|gateway| (gateway.clone(), gateway_bills(project, &gateway))).collect()
    }

    /// What a whole project costs.
    pub fn bill(&self, root: &str) -> Option<ApplicationBill> {
        Some(bill::application(self.projects.get(root)?, self.today))
    }

    /// The cheapest target and size of every unit of a project; the error says why there is no plan.
    pub fn plan(&self, root: &str) -> Option<Result<Plan, String>> {
        Some(plan::plan(self.projects.get(root)?, self.today))
    }

    /// The changes that make a project say what its plan says, but for units that it moves at traffic that nobody stated; with
    /// `assume` of all.
    pub fn plan_edit(&self, root: &str, plan: &Plan, assume: bool) -> Option<Rewrite> {
        let context = self.project_context(root).ok()?;
        let changes: Vec<_> = if assume { plan.all_changes().collect() } else { plan.changes().collect() };
        Some(plan::rewrite(&context, changes.into_iter()))
    }

    /// Whether these bytes of a file at `path` still say what the project was read from: edits of it then fit them.
    pub fn is_current(&self, root: &str, path: &str, bytes: &[u8]) -> bool {
        let Some(project) = self.projects.get(root) else { return false };
        let relative = path.strip_prefix(root).unwrap_or(path).trim_start_matches('/');
        if relative == project.config_file() {
            return decode(bytes.to_vec()).0 == *project.config().text;
        }
        match contents_of(relative, bytes.to_vec()) {
            Contents::Source { summary, .. } => {
                project.summary(relative).is_some_and(|known| **known == *summary)
            }
            Contents::Text(text) => project.shared_text(relative).is_some_and(|known| known == text),
            Contents::Present | Contents::Skipped(_) | Contents::Missing => false,
        }
    }

    /// Why a plan must not be written: the configuration, which the compiler obeys, was not read. In words.
    pub fn unread_config(&self, root: &str) -> Option<String> {
        let project = self.projects.get(root)?;
        let file = project.config_file();
        project
            .config()
            .is_unreadable
            .then(|| format!("{file} cannot be read, and it is what the compiler obeys"))
    }

    /// The addresses of the usage file that could be units and name none, as they are written.
    pub fn unmatched_usage(&self, root: &str) -> Vec<String> {
        let Some(project) = self.projects.get(root) else { return Vec::new() };
        let unmatched = Figures::of(project).map(|figures| figures.unmatched(project));
        unmatched.into_iter().flatten().map(str::to_owned).collect()
    }

    /// All there is to show at `offset`.
    pub fn hover(&self, path: &str, offset: usize) -> Option<Hover> {
        self.told(path, offset, Detail::Full)
    }

    /// The same in brief: of a unit where it runs, what each place costs, and what to make of it.
    pub fn brief_hover(&self, path: &str, offset: usize) -> Option<Hover> {
        self.told(path, offset, Detail::Brief)
    }

    fn told(&self, path: &str, offset: usize, detail: Detail) -> Option<Hover> {
        let context = self.context(path)?;
        let named = self.named_in_code(path, offset);
        let named = named.and_then(|(span, named)| hover::of_code(&context, span, &named, detail));
        let mut hover = named.or_else(|| hover::hover(&context, offset, detail))?;
        if self.is_partial(path) {
            hover.markdown.push_str(PARTIAL);
        }
        Some(hover)
    }

    /// What can be written at `offset` of an open document; with costs, what a unit would cost on each target.
    pub fn completions(&self, path: &str, offset: usize, with_costs: bool) -> Completions {
        let Some(context) = self.context(path) else { return Completions::default() };
        completion::completions(&context, offset, with_costs)
    }

    /// What the unit `id` costs here and elsewhere, for an item that was offered at `offset`.
    pub fn unit_documentation(&self, path: &str, offset: usize, id: &str) -> Option<String> {
        completion::unit_documentation(&self.context(path)?, offset, id)
    }

    /// The few words behind the lines that `span` shows.
    pub fn inlay_hints(&self, path: &str, span: Span, wanted: Glance) -> Vec<InlayHint> {
        self.context(path).map(|context| glance::hints(&context, span, wanted)).unwrap_or_default()
    }

    /// Where a line above tells something.
    pub fn code_lenses(&self, path: &str, wanted: Glance) -> Vec<CodeLens> {
        self.context(path).map(|context| glance::lenses(&context, wanted)).unwrap_or_default()
    }

    /// What a lens about what starts at `about` says and does; `None` if that is there no more.
    pub fn code_lens_words(&self, path: &str, about: usize) -> Option<LensWords> {
        glance::lens_words(&self.context(path)?, about)
    }

    /// What stands in the annotations of an open document that meet `span`, all of them without one; in document order.
    pub fn colours(&self, path: &str, span: Option<Span>) -> Vec<ColouredSpan> {
        let Some(context) = self.context(path) else { return Vec::new() };
        colours::colours(&context, span.unwrap_or_else(|| anatomy::whole(&context)))
    }

    /// What can be folded in an open document, in document order.
    pub fn folds(&self, path: &str) -> Vec<Span> {
        self.context(path).map(|context| folds::folds(&context)).unwrap_or_default()
    }

    /// The files that annotations and the configuration name, in document order.
    pub fn links(&self, path: &str) -> Vec<DocumentLink> {
        self.context(path).map(|context| links::links(&context)).unwrap_or_default()
    }

    /// What to select around `offset`, from the outside in.
    pub fn selections(&self, path: &str, offset: usize) -> Vec<Span> {
        self.context(path).map(|context| selections::selections(&context, offset)).unwrap_or_default()
    }

    /// Lays out the annotations of an open document that meet `span`, all of them without one. Nothing but blanks changes.
    pub fn layout(&self, path: &str, span: Option<Span>) -> Vec<TextEdit> {
        let Some(context) = self.context(path) else { return Vec::new() };
        layout::layout(&context, span.unwrap_or_else(|| anatomy::whole(&context)))
    }

    /// What follows from typing `character`, behind which the cursor is now.
    pub fn typed(&self, path: &str, offset: usize, character: char) -> Vec<TextEdit> {
        self.context(path).map(|context| layout::typed(&context, offset, character)).unwrap_or_default()
    }

    /// The changes that state the traffic of a unit: every key of `workload` gets its value where it is stated now, and a new
    /// one stands with the others. All of them or none; the error says what is wrong or has to be done by hand. `read` gives
    /// the text of a file that no editor has open.
    pub fn set_workload(
        &self,
        root: &str,
        unit: &str,
        workload: &serde_json::Map<String, serde_json::Value>,
        read: impl Fn(&str) -> Option<String>,
    ) -> Result<WorkspaceEdit, String> {
        let (context, found) = self.unit_context(root, unit)?;
        let settings: Vec<_> = workload.iter().map(|(key, value)| (key.as_str(), value.clone())).collect();
        let texts = |relative: &str| {
            let path = context.absolute(relative);
            self.text(&path).or_else(|| read(&path).map(Arc::from))
        };
        set_workload(&context, (unit, found), &settings, &texts)
    }

    /// What can be done at `span`, and in the whole file.
    pub fn code_actions(&self, path: &str, span: Span, wanted: &Wanted) -> Vec<CodeAction> {
        let Some(context) = self.context(path) else { return Vec::new() };
        let mut found = actions::actions(&context, span, wanted);
        if self.is_partial(path) {
            // What only seems to be wrong is not mended.
            let shown = self.diagnostics(path);
            found.retain(|action| action.fixes.iter().all(|fixed| shown.contains(fixed)));
        }
        if wanted.takes(actions::FIX_ALL) && !self.is_partial(path) {
            found.extend(actions::fix_all(self, &path.into(), wanted));
        }
        // A reason why not is for whoever looks for the action.
        found.retain(|action| {
            wanted.takes(action.kind) && !(wanted.is_automatic && action.disabled.is_some())
        });
        found
    }

    /// Whether a unit runs on `target` already, and the compiler knows it.
    pub fn runs_on(&self, root: &str, unit: &str, target: &str) -> bool {
        self.unit_context(root, unit).is_ok_and(|(_, found)| actions::runs_on(found, target))
    }

    /// Makes every place that states where a unit runs say `target`; the error says why that cannot be done.
    pub fn switch(&self, root: &str, unit: &str, target: &str) -> Result<Named, String> {
        let (context, found) = self.unit_context(root, unit)?;
        actions::switch_to(&context, unit, found, target)
    }

    /// Makes a project say what its plan says, of the units whose traffic somebody stated; the error says why that cannot be
    /// done.
    pub fn apply_plan(&self, root: &str) -> Result<Named, String> {
        let context = self.project_context(root)?;
        actions::whole_plan(&context)
    }

    fn unit_context(&self, root: &str, unit: &str) -> Result<(Context<'_>, &Unit), String> {
        let context = self.project_context(root)?;
        let found = context.project.derived().units.get(unit);
        Ok((context, found.ok_or_else(|| format!("the project has no unit `{unit}`"))?))
    }

    /// A project as seen from its configuration.
    fn project_context(&self, root: &str) -> Result<Context<'_>, String> {
        let found = self.projects.get_key_value(root);
        let (root, project) = found.ok_or_else(|| format!("{root} is no project that is open"))?;
        let relative = project.config_file().into();
        Ok(Context { root, project, relative, document: None, today: self.today })
    }

    /// Whether a file lies where its project does not look.
    pub fn never_enters(&self, path: &str) -> bool {
        self.context(path).is_some_and(|context| context.project.never_enters(&context.relative))
    }

    /// Whether something known lies below `path`.
    pub fn is_folder(&self, path: &str) -> bool {
        let mut projects =
            self.projects.range(FilePath::from(path)..).take_while(|(root, _)| root.starts_with(path));
        let is_inside = |root: &str| root == path || is_below(path, root);
        projects.any(|(root, project)| !project.is_document() && is_inside(root))
            || self.context(path).is_some_and(|context| context.project.has_in(&context.relative))
    }

    /// Whether the file at `path` is a configuration with which the files of its project have to be listed anew.
    pub fn is_outdated_by(&self, path: &str) -> bool {
        self.context(path).is_some_and(|context| context.is_config() && context.project.is_outdated())
    }

    /// The root of the project that a file belongs to.
    pub fn root_of(&self, path: &str) -> Option<FilePath> {
        self.locate(path).map(|(root, _)| root)
    }

    /// The project that a file belongs to, and its path there: itself, or the innermost one whose root holds it.
    pub(crate) fn locate(&self, path: &str) -> Option<(FilePath, Arc<str>)> {
        if let Some((root, _)) = self.projects.get_key_value(path) {
            return Some((Arc::clone(root), path.rsplit('/').next().unwrap_or(path).into()));
        }
        let mut folder = path;
        while let Some(slash) = folder.rfind('/') {
            folder = &folder[..slash];
            if let Some((root, _)) = self.projects.get_key_value(folder) {
                return Some((Arc::clone(root), path[slash + 1..].into()));
            }
        }
        None
    }

    pub(crate) fn context(&self, path: &str) -> Option<Context<'_>> {
        let (root, relative) = self.locate(path)?;
        let (root, project) = self.projects.get_key_value(&root)?;
        let document = self.documents.get(path).map(|document| &**document);
        Some(Context { root, project, relative, document, today: self.today })
    }
}

impl Context<'_> {
    /// The absolute path of a file of the project.
    pub(crate) fn absolute(&self, relative: &str) -> FilePath {
        absolute(self.root, self.project, relative)
    }

    pub(crate) fn is_config(&self) -> bool {
        self.project.has_config() && &*self.relative == self.project.config_file()
    }
}

/// A document that is its own project has its own path as its root.
fn absolute(root: &FilePath, project: &Project, relative: &str) -> FilePath {
    if project.is_document() { Arc::clone(root) } else { format!("{root}/{relative}").into() }
}

pub(crate) fn diagnostic(root: &FilePath, project: &Project, located: Located) -> Diagnostic {
    let related = located.related.into_iter().map(|related| RelatedPlace {
        path: absolute(root, project, &related.path),
        span: *related.at,
        message: related.message,
    });
    let definition = located.finding.code.definition();
    Diagnostic {
        code: located.finding.code,
        severity: located.severity,
        tag: definition.and_then(|definition| definition.tag),
        identity: identity(&located.finding),
        message: located.finding.message(),
        path: located.path.map(|relative| absolute(root, project, &relative)),
        span: *located.at,
        related: related.collect(),
    }
}

/// A number for what a finding says, whatever its place.
pub(crate) fn identity(finding: &Finding) -> u64 {
    let mut hasher = DefaultHasher::new();
    finding.hash(&mut hasher);
    hasher.finish()
}
