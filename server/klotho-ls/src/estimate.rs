//! `klotho-ls estimate`: the bare cost model on named inputs, for what-if and for checking it against published figures.

use crate::cost::price::{Priced, prices};
use crate::input;
use crate::output::{Outcome, fail, finish, print};
use clap::Args;
use klotho_cost::Value;
use klotho_cost::estimate::bare::{Bare, Inputs, bare, bare_inputs, bare_targets};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde::Deserialize;
use serde_json::{Map, Value as Json, json};
use std::path::{Path, PathBuf};

/// What `estimate` is asked.
#[derive(Args, Debug)]
pub(crate) struct EstimateArgs {
    /// A JSON file, or `-` for standard input: [{"id", "target", "region", "inputs": {...}}], or {"examples": [...]}
    #[arg(value_name = "FILE", required_unless_present = "list")]
    pub(crate) file: Option<PathBuf>,
    /// Print what can be estimated, each with the inputs that it knows
    #[arg(long, conflicts_with_all = ["file", "explain"])]
    pub(crate) list: bool,
    /// Add the formula of each amount and its prices
    #[arg(long)]
    pub(crate) explain: bool,
}

/// One thing to estimate.
#[derive(Deserialize)]
struct Case {
    id: String,
    target: String,
    region: String,
    #[serde(default)]
    inputs: Map<String, Json>,
}

/// Prints one result for each case, in their order. A case that cannot be estimated says why and does not stop others.
pub(crate) fn run(args: &EstimateArgs) -> Outcome {
    let Some(file) = &args.file else { return finish(print(&known()), Outcome::Clean) };
    let cases = match read(file).and_then(|text| cases(&text)) {
        Ok(cases) => cases,
        Err(reason) => return fail(&format!("{}: {reason}", file.display())),
    };
    let results: Vec<_> = cases.iter().map(estimate).collect();
    let wrong: Vec<_> = results.iter().filter_map(|result| result.as_ref().err()).collect();
    let rows: Vec<_> =
        cases.iter().zip(&results).map(|(case, result)| row(&case.id, result, args.explain)).collect();
    let printed = print(&format!("{:#}\n", Json::Array(rows)));
    for reason in &wrong {
        fail(reason);
    }
    finish(printed, if wrong.is_empty() { Outcome::Clean } else { Outcome::Failed })
}

/// Every target with its inputs.
fn known() -> String {
    let inputs = |target| bare_inputs(target).unwrap_or_default().join(", ");
    bare_targets().map(|target| format!("{target}\n    {}\n", inputs(target))).collect()
}

fn read(path: &Path) -> Result<String, String> {
    let read = if path == Path::new("-") {
        input::whole(std::io::stdin())
    } else {
        std::fs::File::open(path).and_then(input::whole)
    };
    let text = read.map_err(|error| format!("cannot be read: {error}"))?;
    text.ok_or_else(|| format!("is larger than {} MiB", input::LIMIT_MIB))
}

fn cases(text: &str) -> Result<Vec<Case>, String> {
    let json: Json = serde_json::from_str(text).map_err(|error| format!("is no JSON: {error}"))?;
    let list = match json {
        Json::Object(mut whole) => whole.remove("examples").unwrap_or_default(),
        other => other,
    };
    let Json::Array(list) = list else {
        return Err(
            "needs a list of {\"id\", \"target\", \"region\", \"inputs\"}, alone or as \"examples\"".into()
        );
    };
    let case = |(place, json)| {
        serde_json::from_value(json).map_err(|error| format!("entry {} of the list: {error}", place + 1))
    };
    list.into_iter().enumerate().map(case).collect()
}

fn estimate(case: &Case) -> Result<Bare, String> {
    let inputs = inputs(&case.inputs).map_err(|reason| format!("{}: {reason}", case.id))?;
    bare(&case.target, &case.region, &inputs).map_err(|error| format!("{}: {error}", case.id))
}

fn inputs(json: &Map<String, Json>) -> Result<Inputs, String> {
    let value = |(name, json): (&String, &Json)| match neutral(json) {
        Some(value) => Ok((name.clone(), value)),
        None => Err(format!("input `{name}` must be a number, a text, true or false")),
    };
    json.iter().filter(|(_, json)| !json.is_null()).map(value).collect()
}

fn neutral(json: &Json) -> Option<Value> {
    Some(match json {
        Json::Number(number) => Value::Number(number.as_f64()?),
        Json::Bool(flag) => Value::Flag(*flag),
        Json::String(text) => Value::Text(text.clone()),
        Json::Null | Json::Array(_) | Json::Object(_) => return None,
    })
}

/// A result as JSON: US dollars a month with every digit; no total while a price is missing.
/// With `explain` also the items of the bill with their formulas, and the prices behind them.
fn row(id: &str, result: &Result<Bare, String>, explain: bool) -> Json {
    match result {
        Ok(found) => {
            let components: Map<_, _> =
                found.components.iter().map(|(name, cost)| (name.clone(), dollars(*cost))).collect();
            let missing: Vec<_> = found.missing.iter().map(|missing| missing.to_string()).collect();
            let total = found.monthly_total().map(dollars);
            let mut row =
                json!({ "id": id, "monthly_total": total, "components": components, "missing": missing });
            if let (true, Json::Object(fields)) = (explain, &mut row) {
                let items: Vec<_> = found.estimate.components.iter().map(Priced::of).collect();
                fields.insert("explained".to_owned(), json!(items));
                fields.insert("prices".to_owned(), json!(prices(std::iter::once(&found.estimate))));
            }
            row
        }
        Err(reason) => {
            json!({ "id": id, "monthly_total": null, "components": {}, "missing": [], "error": reason })
        }
    }
}

/// An amount as a JSON number.
fn dollars(amount: Decimal) -> Json {
    json!(amount.round_dp(DIGITS).to_f64())
}

/// Digits after the point: far below a cent, and short enough to read.
const DIGITS: u32 = 8;
