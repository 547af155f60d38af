use sqlx::PgPool;

/// Where the links are kept.
#[derive(Clone)]
pub struct Store {
    pool: PgPool,
}

/// Opens the database at `url`.
pub async fn open(url: &str) -> sqlx::Result<Store> {
    // @klotho::persist { id = "links" }
    let pool = PgPool::connect(url).await?;
    Ok(Store { pool })
}

impl Store {
    /// Where a name leads.
    pub async fn target(&self, name: &str) -> Option<String> {
        let query = sqlx::query_scalar("SELECT target FROM links WHERE name = $1");
        query.bind(name).fetch_optional(&self.pool).await.ok().flatten()
    }

    /// Has a name lead somewhere.
    pub async fn keep(&self, name: &str, target: &str) -> sqlx::Result<()> {
        let query = sqlx::query("INSERT INTO links (name, target) VALUES ($1, $2)");
        query.bind(name).bind(target).execute(&self.pool).await.map(drop)
    }

    /// Has a name lead nowhere.
    pub async fn forget(&self, name: &str) {
        let _ = sqlx::query("DELETE FROM links WHERE name = $1").bind(name).execute(&self.pool).await;
    }
}
