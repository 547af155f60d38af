//! Positions in text.
//!
//! Everything inside klotho-ls speaks of byte offsets ([`Span`]); lines and columns exist only where a person or
//! a client reads them. [`LineIndex`] translates between the two in the encodings that the protocol knows.

mod line_index;
mod place;
mod span;
mod unseen;

pub use line_index::{Encoding, LineIndex, Point, Position};
pub use place::Place;
pub use span::Span;
pub use unseen::{is_unseen, visible, visible_line};
