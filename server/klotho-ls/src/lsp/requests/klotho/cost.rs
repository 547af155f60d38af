use crate::cost::{Usd, mode, number};
use crate::lsp::convert;
use crate::lsp::pool::Lane;
use crate::lsp::server::Server;
use klotho_cost::{Origin, Value};
use klotho_ide::{CostLine, PlaceCost, PlaceCrossing, UnitCost, Which};
use serde::{Deserialize, Serialize, Serializer};
use serde_json::{Map, Value as Json};
use std::collections::BTreeMap;
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::ls_types::{Position, TextDocumentIdentifier, Uri};

/// A unit, and the traffic for which one wants to know what it costs.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct CostParams {
    text_document: TextDocumentIdentifier,
    position: Option<Position>,
    unit: Option<String>,
    #[serde(default)]
    workload: Option<Map<String, Json>>,
}

/// What a unit costs wherever it could run.
#[derive(Serialize)]
pub(super) struct Cost {
    root: Uri,
    unit: String,
    current: String,
    currency: &'static str,
    #[serde(serialize_with = "number")]
    requests: f64,
    workload: BTreeMap<&'static str, Input>,
    places: Vec<Place>,
    traffic: [Number; 24],
    curve: Curve,
    crossings: Vec<Crossing>,
    verdict: String,
}

/// A number, without a fraction where it has none.
struct Number(f64);

#[derive(Serialize)]
struct Input {
    value: Json,
    from: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Place {
    target: &'static str,
    name: &'static str,
    mode: &'static str,
    monthly_usd: Option<Usd>,
    lines: Vec<Line>,
    cold_start: Option<String>,
    fits: bool,
    why: Vec<String>,
    recommended: bool,
    current: bool,
    capacity: Option<[Number; 24]>,
}

#[derive(Serialize)]
struct Line {
    text: String,
    usd: Usd,
    formula: String,
}

#[derive(Serialize)]
struct Curve {
    requests: Vec<Number>,
    places: Vec<CurveOfPlace>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct CurveOfPlace {
    target: &'static str,
    monthly_usd: Vec<Option<Usd>>,
}

#[derive(Serialize)]
struct Crossing {
    requests: Number,
    from: &'static str,
    to: &'static str,
}

pub(super) async fn cost(server: &Server, params: CostParams) -> Result<Option<Cost>> {
    let encoding = server.client().encoding;
    let path = convert::path(&params.text_document.uri);
    let answer = server.world.ask(Lane::Quick, move |snapshot| {
        let offset = |at: Position| {
            let lines = snapshot.lines(&path)?;
            Some(Which::At(lines.offset(convert::position(at), encoding)))
        };
        let which = match (params.unit, params.position) {
            (Some(unit), _) => Which::Named(unit),
            (None, Some(at)) => offset(at)?,
            (None, None) => Which::First,
        };
        snapshot.what_if(&path, &which, &params.workload.unwrap_or_default())
    });
    let found = answer.await?.transpose().map_err(Error::invalid_params)?;
    Ok(found.and_then(answered))
}

fn answered(found: UnitCost) -> Option<Cost> {
    let curves = found.places.iter().map(|place| CurveOfPlace {
        target: place.target,
        monthly_usd: place.curve.iter().map(|amount| amount.map(Usd::of)).collect(),
    });
    let inputs = found.workload.iter().map(|input| {
        let value = input.value.as_ref().map_or(Json::Null, json);
        (input.key, Input { value, from: from(input.origin) })
    });
    Some(Cost {
        root: super::root(&found.root)?,
        currency: "USD",
        requests: found.requests,
        workload: inputs.collect(),
        traffic: found.traffic.map(Number),
        curve: Curve {
            places: curves.collect(),
            requests: found.volumes.iter().copied().map(Number).collect(),
        },
        crossings: found.crossings.iter().map(crossing).collect(),
        places: found.places.into_iter().map(place).collect(),
        unit: found.unit,
        current: found.current,
        verdict: found.verdict,
    })
}

fn place(found: PlaceCost) -> Place {
    let line = |line: CostLine| Line { usd: Usd::of(line.monthly), text: line.text, formula: line.formula };
    Place {
        target: found.target,
        name: found.name,
        mode: mode(found.family),
        monthly_usd: found.monthly.map(Usd::of),
        lines: found.lines.into_iter().map(line).collect(),
        cold_start: found.cold_start,
        fits: found.fits,
        why: found.why,
        recommended: found.recommended,
        current: found.current,
        capacity: found.capacity.map(|hours| hours.map(Number)),
    }
}

fn crossing(found: &PlaceCrossing) -> Crossing {
    // It is met within half a percent.
    Crossing { requests: Number(found.requests.round()), from: found.from, to: found.to }
}

/// Who says a key, as `docs/protocol.md` names them.
fn from(origin: Origin) -> &'static str {
    match origin {
        Origin::Override => "override",
        Origin::Config => "klotho.yaml",
        Origin::Annotation => "annotation",
        Origin::Usage | Origin::UsageType => "usage file",
        Origin::Defaults => "defaults",
        Origin::Measured => "measurement",
        Origin::Model => "assumed",
    }
}

/// Lists hold plain values only.
fn json(value: &Value) -> Json {
    match value {
        Value::Number(value) => serde_json::to_value(Number(*value)).unwrap_or_default(),
        Value::Text(text) => text.as_str().into(),
        Value::Flag(flag) => (*flag).into(),
        Value::List(values) => {
            let plain = values.iter().filter(|value| !matches!(value, Value::List(_)));
            plain.map(json).collect::<Vec<_>>().into()
        }
    }
}

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        number(&self.0, serializer)
    }
}
