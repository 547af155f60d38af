//! Reading the projects that are checked.

use super::args::CheckArgs;
use super::finding::{Finding, Reader};
use super::fingerprint::Fingerprints;
use crate::project::{self, Loaded};
use crate::{cost, input};
use klotho_graph::Project;
use klotho_ide::{FilePath, Snapshot};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// All projects.
pub(super) struct Projects {
    all: Vec<Loaded>,
    /// The one file whose findings are wanted.
    only: Option<FilePath>,
}

impl Projects {
    /// The projects in the folders that were named.
    pub(super) fn read(args: &CheckArgs) -> Result<Self, String> {
        let all = args.roots().iter().map(|path| project::load(path)).collect::<Result<_, _>>()?;
        let mut projects = Self { all, only: None };
        if let Some(file) = &args.stdin_filename {
            projects.only = Some(projects.open(file)?);
        }
        Ok(projects)
    }

    /// The findings of the same folders at a git revision.
    pub(super) fn at(args: &CheckArgs, revision: &str) -> Result<Vec<Finding>, String> {
        let (mut all, mut folders) = (Vec::new(), Vec::new());
        for path in args.roots() {
            let folder = project::at_revision(&path, revision)?;
            all.push(project::load(folder.path())?.renamed(&path));
            folders.push(folder);
        }
        Ok(Self { all, only: None }.findings())
    }

    /// Has a file say what standard input says.
    fn open(&mut self, file: &Path) -> Result<FilePath, String> {
        let text = input::whole(std::io::stdin().lock());
        let text = text.map_err(|error| format!("cannot read standard input: {error}"))?;
        let text = text.ok_or_else(|| format!("standard input is larger than {} MiB", input::LIMIT_MIB))?;
        let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let folder = folder.canonicalize();
        let folder =
            folder.map_err(|error| format!("cannot find the folder of {}: {error}", file.display()))?;
        let path = folder.join(file.file_name().unwrap_or_default());
        let path: FilePath = path.to_string_lossy().replace('\\', "/").into();
        let holds = |loaded: &&mut Loaded| Path::new(&*path).starts_with(&*loaded.base);
        match self.all.iter_mut().find(holds) {
            Some(loaded) => loaded.open(&path, text),
            None => return Err(format!("{} lies in none of the folders that are checked", file.display())),
        }
        Ok(path)
    }

    /// Sorted by file, place and code, without what is equal.
    pub(super) fn findings(&self) -> Vec<Finding> {
        self.findings_with(|loaded, _| &loaded.snapshot)
    }

    /// The same of what each project would say.
    pub(super) fn findings_with<'a>(
        &'a self,
        snapshot: impl Fn(&'a Loaded, &FilePath) -> &'a Snapshot,
    ) -> Vec<Finding> {
        let findings = self
            .roots()
            .flat_map(|(loaded, root)| self.reader(loaded, snapshot(loaded, root)).findings(root));
        let mut findings: Vec<_> = findings.filter(|finding| self.is_wanted(finding)).collect();
        findings.sort_by(|one, other| one.order().cmp(&other.order()));
        findings.dedup();
        let mut fingerprints = Fingerprints::default();
        for finding in &mut findings {
            finding.fingerprint = fingerprints.of(finding);
        }
        findings
    }

    /// Makes findings of one folder.
    pub(super) fn reader<'a>(&self, loaded: &'a Loaded, snapshot: &'a Snapshot) -> Reader<'a> {
        Reader { loaded, snapshot, is_of_several: self.all.len() > 1 }
    }

    /// The one file whose findings are wanted.
    pub(super) fn only(&self) -> Option<&FilePath> {
        self.only.as_ref()
    }

    /// What an open file says.
    pub(super) fn text(&self, path: &FilePath) -> Option<String> {
        self.all.iter().find_map(|loaded| loaded.snapshot.text(path)).map(|text| text.to_string())
    }

    /// Has an open file say something else.
    pub(super) fn say(&mut self, path: &FilePath, text: String) {
        let is_open = |loaded: &&mut Loaded| loaded.snapshot.text(path).is_some();
        if let Some(loaded) = self.all.iter_mut().find(is_open) {
            loaded.open(path, text);
        }
    }

    /// Takes in what changed on disk. Returns whether any of it counts.
    pub(super) fn follow(&mut self, changed: &BTreeSet<PathBuf>) -> Result<bool, String> {
        let mut counts = false;
        for loaded in &mut self.all {
            counts |= loaded.follow(changed)?;
        }
        Ok(counts)
    }

    fn is_wanted(&self, finding: &Finding) -> bool {
        let path = finding.place.as_ref().map(|place| &place.path);
        self.only.is_none() || self.only.as_ref() == path
    }

    /// What each project costs, in Markdown, and how that differs from what it is compared with.
    pub(super) fn costs(&self, args: &CheckArgs) -> Result<Vec<String>, String> {
        let is_one = self.roots().count() == 1;
        if args.compare.is_some() && !is_one {
            return Err("--compare needs the folder of one project".to_owned());
        }
        let revision = args.revision().filter(|_| is_one);
        let dir = args.roots().into_iter().next().unwrap_or_default();
        let base = cost::base(&dir, args.compare.as_deref(), revision)?;
        let costs = self.roots().map(|(loaded, root)| {
            let whose = (!is_one).then(|| loaded.shown(root));
            cost::comment(&loaded.snapshot, root, (whose.as_deref(), base.as_ref()))
        });
        costs.filter_map(Result::transpose).collect()
    }

    /// The files whose text counts, one on each line.
    pub(super) fn files(&self) -> String {
        let files = self.roots().flat_map(|(loaded, root)| {
            let files = loaded.snapshot.read_files(root).into_iter();
            files.map(|path| format!("{}\n", loaded.shown(&path)))
        });
        files.collect()
    }

    /// Whether nobody says anything: no file holds an annotation, and none configures.
    pub(super) fn are_blank(&self) -> bool {
        let is_blank = |project: &Project| !project.has_config() && project.annotated().next().is_none();
        self.roots().all(|(loaded, root)| loaded.snapshot.project(root).is_none_or(is_blank))
    }

    /// One sentence for each file and folder that the system did not let us read.
    pub(super) fn unread(&self) -> Vec<String> {
        self.all.iter().flat_map(Loaded::unread).collect()
    }

    /// The projects.
    pub(super) fn roots(&self) -> impl Iterator<Item = (&Loaded, &FilePath)> {
        self.all.iter().flat_map(|loaded| loaded.roots.iter().map(move |root| (loaded, root)))
    }
}
