//! Findings that need the cost model: what is stated and cannot be used, targets that cannot do what is asked or cost more
//! than another one, and budgets.

mod assessment;
mod budget;
mod conflicts;
mod parameters;
mod settings;
mod target;

use crate::bill::together;
use crate::figures::Figures;
use crate::region;
use crate::tradeoff::{gateway_of, model_key, told};
use crate::workload::Stated;
use assessment::{Assessment, Place};
use imbl::{OrdMap, OrdSet};
use klotho_cost::Date;
use klotho_cost::total::{Bill, User};
use klotho_graph::{Advice, GraphFinding, Project, USAGE_FILE, Unit};
use rust_decimal::Decimal;
use std::collections::HashMap;
use std::sync::Arc;

/// Works them out for one project, and remembers what the cost model said: it is asked again for a unit only when
/// something that it is told about the unit changed. It goes with the world, so that a world in which something is tried
/// knows it too.
#[derive(Clone, Default)]
pub(crate) struct Adviser {
    /// By what the model was told, as a hash: units of which it is told the same cost the same.
    known: HashMap<u64, Arc<Assessment>>,
    /// The last step of the project that was looked at.
    step: u64,
    /// The units that somebody states something about.
    heard: OrdSet<String>,
    /// What annotations state that cannot be used, by file.
    unusable: OrdMap<Arc<str>, Arc<[GraphFinding]>>,
}

/// A unit and what the cost model says of it.
struct Assessed<'a> {
    id: &'a str,
    unit: &'a Unit,
    /// The gateway that it stands behind.
    gateway: Option<&'a str>,
    assessment: Arc<Assessment>,
    /// What it adds to the application's bill while all others stay, as `cost` tells it: US dollars a month, as far as it is
    /// known.
    monthly: Decimal,
    /// A target that is clearly cheaper by the same measure.
    cheaper: Option<Place>,
    /// Does anybody state something about it, or about the whole?
    is_heard: bool,
}

impl Adviser {
    /// All findings, for every unit.
    pub(crate) fn advice(&mut self, project: &Project, today: Date) -> Advice {
        self.listen(project);
        let mut advice = Advice::default();
        let unusable = self.unusable.iter().map(|(path, found)| (Arc::clone(path), found.to_vec()));
        advice.sources = unusable.collect();
        settings::in_config(project, &mut advice);
        parameters::in_config(project, &mut advice);
        for (id, unit) in &project.derived().units {
            conflicts::of_unit(project, id, unit, &mut advice);
        }
        advice.config.extend(region::unknown(project).map(Into::into));
        let faults = Figures::of(project).map(|figures| figures.faults(project)).unwrap_or_default();
        if !faults.is_empty() {
            advice.texts.insert(USAGE_FILE.into(), faults);
        }
        let units = self.assess(project, today);
        for unit in &units {
            target::findings(project, unit, &mut advice);
        }
        budget::findings(project, &units, &mut advice);
        advice
    }

    /// Looks anew at what is stated where that may be something else.
    fn listen(&mut self, project: &Project) {
        let (news, derived) = (project.news(), project.derived());
        // A look may fail: what was new then is not known.
        let step = std::mem::take(&mut self.step);
        let is_everything = news.is_everything || news.step != step + 1;
        let (mut units, mut files) = (news.units.clone(), news.files.clone());
        if is_everything {
            (self.heard, self.unusable) = (OrdSet::new(), OrdMap::new());
            units = derived.units.keys().cloned().collect();
            files = derived.resources.keys().map(|fact| Arc::clone(&fact.path)).collect();
        }
        for id in units {
            let unit = derived.units.get(&id);
            match unit.is_some_and(|unit| Stated::of(project, &id, unit).anything()) {
                true => self.heard.insert(id),
                false => self.heard.remove(&id),
            };
        }
        for path in files {
            let found = settings::in_file(project, &path);
            match found.is_empty() {
                true => self.unusable.remove(&path),
                false => self.unusable.insert(path, found.into()),
            };
        }
        self.step = news.step;
    }

    /// What the cost model says of the units that somebody states something about; of all of them where the whole
    /// application has a budget. The others are looked at for what they share.
    fn assess<'a>(&mut self, project: &'a Project, today: Date) -> Vec<Assessed<'a>> {
        let config = project.config();
        let has_budget =
            [budget::MONTHLY, budget::PER_UNIT].into_iter().any(|key| config.budget(key).is_some());
        // What units share matters only beside one that is spoken of.
        if !has_budget && self.heard.is_empty() {
            self.known.clear();
            return Vec::new();
        }
        let mut known = HashMap::new();
        let mut assessed = Vec::new();
        for (id, unit) in &project.derived().units {
            let stated = Stated::of(project, id, unit);
            let is_heard = has_budget || self.heard.contains(id);
            let told = told(project, id, unit, &stated);
            let earlier = known.get(&told).or_else(|| self.known.get(&told)).cloned();
            let assessment = earlier.unwrap_or_else(|| Arc::new(Assessment::of(project, id, unit, today)));
            known.insert(told, Arc::clone(&assessment));
            let gateway = gateway_of(project, id).map(|(gateway, _)| gateway);
            let (monthly, cheaper) = (Decimal::ZERO, None);
            assessed.push(Assessed { id, unit, gateway, assessment, monthly, cheaper, is_heard });
        }
        self.known = known;
        weigh(&mut assessed);
        assessed.retain(|unit| unit.is_heard);
        assessed
    }
}

impl Assessed<'_> {
    /// The unit as what uses facilities on a target.
    fn user_on<'b>(&'b self, target: &'b str) -> User<'b> {
        User { unit: self.id, gateway: self.gateway, target }
    }
}

/// Holds each unit's bill, where it runs and where it would be cheapest, against what all others pay.
fn weigh(units: &mut [Assessed<'_>]) {
    let bills =
        units.iter().map(|unit| (unit.user_on(model_key(&unit.unit.target.name)), &unit.assessment.bill));
    let total = together(bills);
    for (place, unit) in units.iter_mut().enumerate() {
        let added =
            |bill: &Bill, target: &str| total.added(place, bill.own, &bill.facilities(unit.user_on(target)));
        let monthly = added(&unit.assessment.bill, model_key(&unit.unit.target.name));
        let rival = unit.assessment.rival.as_ref();
        let cheaper = rival.and_then(|rival| rival.place(monthly, added));
        (unit.monthly, unit.cheaper) = (monthly, cheaper);
    }
}
