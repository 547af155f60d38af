//! Findings that need the cost model: what is stated and cannot be used, targets that cannot do what is asked or cost more
//! than another one, and budgets.

mod assessment;
mod budget;
mod settings;
mod target;

use crate::figures::Figures;
use crate::region;
use crate::tradeoff::{gateway_of, told};
use crate::workload::Stated;
use assessment::Assessment;
use klotho_cost::Date;
use klotho_graph::{Advice, Project, USAGE_FILE, Unit};
use std::collections::HashMap;
use std::sync::Arc;

/// Works them out for one project, and remembers what the cost model said: it is asked again for a unit only when
/// something that it is told about the unit changed.
#[derive(Default)]
pub(crate) struct Adviser {
    /// By what the model was told, as a hash: units of which it is told the same cost the same.
    known: HashMap<u64, Arc<Assessment>>,
}

/// A unit and what the cost model says of it.
struct Assessed<'a> {
    id: &'a str,
    unit: &'a Unit,
    /// The gateway that it stands behind.
    gateway: Option<&'a str>,
    assessment: Arc<Assessment>,
}

impl Adviser {
    /// All findings, for every unit.
    pub(crate) fn advice(&mut self, project: &Project, today: Date) -> Advice {
        let mut advice = Advice::default();
        settings::findings(project, &mut advice);
        advice.config.extend(region::unknown(project).map(Into::into));
        let faults = Figures::of(project).map_or(&[][..], Figures::faults);
        if !faults.is_empty() {
            advice.texts.insert(USAGE_FILE.into(), faults.to_vec());
        }
        let units = self.assess(project, today);
        for unit in &units {
            target::findings(project, unit, &mut advice);
        }
        budget::findings(project, &units, &mut advice);
        advice
    }

    /// What the cost model says of the units that somebody states something about; of all of them where the whole
    /// application has a budget.
    fn assess<'a>(&mut self, project: &'a Project, today: Date) -> Vec<Assessed<'a>> {
        let config = project.config();
        let has_budget =
            [budget::MONTHLY, budget::PER_UNIT].into_iter().any(|key| config.budget(key).is_some());
        let mut known = HashMap::new();
        let mut assessed = Vec::new();
        for (id, unit) in &project.derived().units {
            let stated = Stated::of(project, id, unit);
            if !has_budget && !stated.anything() {
                continue;
            }
            let told = told(project, id, unit, &stated);
            let earlier = known.get(&told).or_else(|| self.known.get(&told)).cloned();
            let assessment = earlier.unwrap_or_else(|| Arc::new(Assessment::of(project, id, unit, today)));
            known.insert(told, Arc::clone(&assessment));
            let gateway = gateway_of(project, id).map(|(gateway, _)| gateway);
            assessed.push(Assessed { id, unit, gateway, assessment });
        }
        self.known = known;
        assessed
    }
}
