"""What to listen to next."""

# @klotho::execution_unit {
#   id = "recommendations"
# }

from aiocache import Cache
from fastapi import FastAPI

# @klotho::expose {
#   id = "recommend-api"
#   target = "public"
# }
app = FastAPI()

# @klotho::persist {
#   id = "recent-plays"
# }
plays = Cache(Cache.MEMORY)

KEPT = 50


@app.post("/users/{owner}/plays")
async def played(owner: str, artist: str):
    """Remembers that a track of this artist was played."""
    recent = await plays.get(owner) or []
    await plays.set(owner, [artist, *recent][:KEPT])
    return {"kept": min(len(recent) + 1, KEPT)}


@app.get("/users/{owner}/recommendations")
async def recommend(owner: str, limit: int = 5):
    """The artists played most, first the most played."""
    recent = await plays.get(owner) or []
    return sorted(set(recent), key=recent.count, reverse=True)[:limit]
