// index.js
const express = require("express");
const app = express();

// @klotho::persist { id = "notes" }
const notes = new Map();

app.get("/notes/:id", async (req, res) => res.send(await notes.get(req.params.id)));

/* @klotho::expose {
 *   id = "api"
 *   target = "public"
 * }
 */
app.listen(3000);
