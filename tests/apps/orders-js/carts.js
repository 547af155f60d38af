const express = require("express");

/* @klotho::persist {
 *   id = "carts"
 * }
 */
const carts = new Map();

const router = express.Router();

router.get("/:owner", async (req, res) => {
  res.json((await carts.get(req.params.owner)) ?? []);
});

router.put("/:owner/items/:item", async (req, res) => {
  const items = (await carts.get(req.params.owner)) ?? [];
  await carts.set(req.params.owner, [...items, req.params.item]);
  res.status(204).end();
});

/** Empties a cart and gives what was in it. */
exports.take = async (owner) => {
  const items = await carts.get(owner);
  await carts.delete(owner);
  return items ?? [];
};

exports.router = router;
