//! What can be done about what an annotation declares, in a line above it. How things are says the hint behind it.

use super::{MOST, Subject, is_found, is_wanted, line_end, subjects};
use crate::snapshot::Context;
use crate::tradeoff::{comparison, offered, refused, spelled};
use crate::{CodeLens, Glance, LensAct, LensWords};
use klotho_annotation::finding::Code;
use klotho_cost::{Comparison, Row, format};
use klotho_graph::{Kind, Unit};
use klotho_text::Span;

/// The places of all lenses. What stands there is worked out when it is seen.
pub(crate) fn lenses(context: &Context<'_>, wanted: Glance) -> Vec<CodeLens> {
    let Some(lines) = context.project.lines(&context.relative) else { return Vec::new() };
    let seen = subjects(context).filter(|subject| is_wanted(context, subject, wanted));
    let lenses = seen.take(MOST).map(|subject| {
        let start = subject.at.start as usize;
        CodeLens { span: Span::new(start, line_end(&lines, subject.at.start)), about: start }
    });
    lenses.collect()
}

/// What the lens about what starts at `about` says and does.
pub(crate) fn lens_words(context: &Context<'_>, about: usize) -> Option<LensWords> {
    let subject = subjects(context).find(|subject| subject.at.start as usize == about)?;
    let title = match subject.resource.kind {
        Kind::ExecutionUnit => return of_unit(context, &subject),
        Kind::Gateway => "Show routes",
        Kind::StaticUnit => "Show files",
        Kind::Pubsub => "Show who publishes and who listens",
        _ => "Show who uses it",
    };
    Some(LensWords { title: title.to_owned(), act: LensAct::Show })
}

/// The switch that the findings advise, else a look at what else there is.
fn of_unit(context: &Context<'_>, subject: &Subject) -> Option<LensWords> {
    let id = subject.resource.id.as_str();
    let unit = context.project.derived().units.get(id)?;
    let comparison = comparison(context.project, id, unit, context.today);
    Some(switch(context, subject, unit, &comparison).unwrap_or_else(|| LensWords {
        title: match other(unit, &comparison).and_then(|row| a_month(row, &comparison)) {
            Some(cost) => format!("Compare targets ({cost})"),
            None => "Compare targets".to_owned(),
        },
        act: LensAct::Show,
    }))
}

/// The switch to what is clearly cheaper, or to the cheapest that fits where the unit's target does not.
fn switch(
    context: &Context<'_>,
    subject: &Subject,
    unit: &Unit,
    comparison: &Comparison,
) -> Option<LensWords> {
    let best = other(unit, comparison).filter(|row| row.target.plan.is_empty())?;
    let saved = match (comparison.current().and_then(|row| row.monthly), best.monthly) {
        (Some(now), Some(then)) if now > then => Some(now - then),
        _ => None,
    };
    let why = if is_found(context, subject, Code::TargetInfeasible) {
        best.monthly.map_or_else(
            || "fits".to_owned(),
            |cost| format!("fits, {}", format::monthly(cost, comparison.volume_known)),
        )
    } else {
        let saved = saved.filter(|_| is_found(context, subject, Code::CheaperTarget))?;
        format!("saves {}", format::monthly(saved, comparison.volume_known))
    };
    let act = LensAct::Switch {
        root: context.root.clone(),
        unit: subject.resource.id.to_string(),
        target: spelled(context.project, best.target.key),
    };
    Some(LensWords { title: format!("Switch to {} ({why})", best.target.name), act })
}

/// The cheapest place beside the one where the unit runs.
fn other<'a>(unit: &Unit, comparison: &'a Comparison) -> Option<&'a Row> {
    let is_open = |row: &&Row| {
        let is_ruled_out = row.fits.is_ruled_out() || refused(unit, row.target.key).is_some();
        !row.current && !is_ruled_out && row.monthly.is_some()
    };
    offered(comparison).filter(is_open).min_by_key(|row| row.monthly)
}

fn a_month(row: &Row, comparison: &Comparison) -> Option<String> {
    let cost = format::monthly(row.monthly?, comparison.volume_known);
    Some(format!("{} {cost}", row.target.name))
}
