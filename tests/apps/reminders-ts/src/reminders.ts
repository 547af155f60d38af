import * as express from "express";
import { due } from "./bells";

// @klotho::persist { id = "reminders" }
const reminders = new Map<string, string>();

export const router = express.Router();

router.get("/:name", async (req, res) => {
  const text = await reminders.get(req.params.name);
  res.status(text === undefined ? 404 : 200).send(text ?? "");
});

router.put("/:name", async (req, res) => {
  await reminders.set(req.params.name, String(req.body.text));
  due.emit("kept", req.params.name);
  res.status(204).end();
});

router.delete("/:name", async (req, res) => {
  await reminders.delete(req.params.name);
  res.status(204).end();
});
