# @klotho::persist {
#   id = "station-key"
#   secret = true
# }
import aiofiles


async def station_key():
    """What a station must know."""
    async with aiofiles.open("station.key", mode="r") as file:
        key = await file.read()
    return key.strip()
