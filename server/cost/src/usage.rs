//! What people measured or noted down in files of other tools: traffic in an Infracost usage file, durations in a result of
//! AWS Lambda Power Tuning. Pure: values in, data out, and for what cannot be used a reason and where it stands.

mod address;
mod infracost;
mod power_tuning;

pub use address::{Address, sanitised};
pub use infracost::{Fault, RESOURCES, ResourceUsage, UsageFile};
pub use power_tuning::{Measurement, Nearest, Point};
