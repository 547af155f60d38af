/* @klotho::execution_unit {
 *   id = "orders"
 * }
 */
const express = require("express");
const { orders } = require("./events");
const carts = require("./carts");

const app = express();
app.use(express.json());
app.use("/carts", carts.router);

app.post("/orders", async (req, res) => {
  const items = await carts.take(req.body.owner);
  orders.emit("placed", { owner: req.body.owner, items });
  res.status(202).end();
});

/* @klotho::static_unit {
 *   id = "shop"
 *   index_document = "public/index.html"
 *   static_files = ["public/**"]
 * }
 */
app.use(express.static("public"));

/* @klotho::expose {
 *   id = "orders-api"
 *   target = "public"
 * }
 */
app.listen(3000);
