//! What the parts of annotations are coloured as.

use crate::anatomy::within;
use crate::snapshot::Context;
use crate::{Colour, ColouredSpan};
use klotho_annotation::Part;
use klotho_text::Span;

/// What stands in the annotations that meet `range`, in document order, each stretch within one line.
pub(crate) fn colours(context: &Context<'_>, range: Span) -> Vec<ColouredSpan> {
    let parts = within(context, range).into_iter().flat_map(|anatomy| anatomy.parts);
    let coloured = parts.filter_map(|part| Some((colour(part.part)?, part.pieces)));
    coloured
        .flat_map(|(colour, pieces)| pieces.into_iter().map(move |span| ColouredSpan { span, colour }))
        .filter(|found| found.span.meets(range))
        .collect()
}

fn colour(part: Part) -> Option<Colour> {
    match part {
        Part::Mark | Part::Capability => Some(Colour::Annotation),
        Part::Table => Some(Colour::Table),
        Part::Key => Some(Colour::Key),
        Part::Equals => Some(Colour::Operator),
        Part::Text => Some(Colour::Text),
        Part::Number | Part::Time => Some(Colour::Number),
        Part::Boolean => Some(Colour::Keyword),
        Part::Comment => Some(Colour::Comment),
        Part::Header | Part::BodyStart | Part::BodyEnd | Part::Comma | Part::Open | Part::Close => None,
        Part::Unknown => None,
    }
}
