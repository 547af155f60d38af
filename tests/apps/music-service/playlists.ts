/* @klotho::execution_unit {
 *   id = "playlists"
 *   target = "lambda"
 *   [workload]
 *   monthly_requests = 10_000_000
 *   request_duration_ms = 80
 *   memory_mb = 512
 *   cpu_ms = 20
 *   shape = "commute"
 *   arch = "arm64"
 * }
 */
import * as express from "express";
import { load, remove, save } from "./store";

const app = express();
app.use(express.json());

/** The playlist that plays on the way to work. */
async function commute(owner: string) {
  const playlist = await load(owner, "commute");
  return playlist ?? { owner, name: "commute", tracks: [] };
}

app.get("/users/:owner/commute", async (req, res) => {
  res.json(await commute(req.params.owner));
});

app.get("/users/:owner/playlists/:name", async (req, res) => {
  const playlist = await load(req.params.owner, req.params.name);
  if (playlist === undefined) {
    res.status(404).json({ error: "no such playlist" });
  } else {
    res.json(playlist);
  }
});

app.put("/users/:owner/playlists/:name", async (req, res) => {
  const { owner, name } = req.params;
  await save({ owner, name, tracks: req.body.tracks ?? [] });
  res.status(204).end();
});

app.delete("/users/:owner/playlists/:name", async (req, res) => {
  await remove(req.params.owner, req.params.name);
  res.status(204).end();
});

/* @klotho::expose {
 *   id = "music-api"
 *   target = "public"
 * }
 */
app.listen(3000);
