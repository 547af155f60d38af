"""Bicycles for hire."""

from fastapi import FastAPI, HTTPException

from .keys import station_key
from .stations import bikes_at, return_bike

# @klotho::expose {
#   id = "bikes-api"
#   target = "public"
# }
app = FastAPI()


@app.get("/stations/{station}/bikes")
async def bikes(station: str):
    """The bicycles that stand at a station."""
    return bikes_at(station)


@app.put("/stations/{station}/bikes/{bike}")
async def come_back(station: str, bike: int, key: str):
    """A bicycle comes back to a station."""
    if key != await station_key():
        raise HTTPException(status_code=403)
    return_bike(station, bike)
