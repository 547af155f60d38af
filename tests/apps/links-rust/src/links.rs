use crate::store::Store;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Redirect;
use axum::{Router, routing::get};

/// The routes below `/links`.
pub fn router() -> Router<Store> {
    Router::new().route("/{name}", get(follow).put(keep).delete(forget))
}

async fn follow(State(store): State<Store>, Path(name): Path<String>) -> Result<Redirect, StatusCode> {
    let target = store.target(&name).await.ok_or(StatusCode::NOT_FOUND)?;
    Ok(Redirect::temporary(&target))
}

async fn keep(State(store): State<Store>, Path(name): Path<String>, target: String) -> StatusCode {
    match store.keep(&name, &target).await {
        Ok(()) => StatusCode::NO_CONTENT,
        Err(_) => StatusCode::CONFLICT,
    }
}

async fn forget(State(store): State<Store>, Path(name): Path<String>) -> StatusCode {
    store.forget(&name).await;
    StatusCode::NO_CONTENT
}
