//! Short names for long addresses.

mod links;
mod store;

use axum::{Router, routing::get};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let store = store::open(&std::env::var("DATABASE_URL")?).await?;
    let app = Router::new()
        .route("/health", get(|| async { "up" }))
        .nest("/links", links::router())
        .with_state(store);
    let listener = tokio::net::TcpListener::bind("0.0.0.0:3000").await?;

    /* @klotho::expose {
     *   id = "links-api"
     *   target = "public"
     * }
     */
    axum::serve(listener, app).await?;
    Ok(())
}
