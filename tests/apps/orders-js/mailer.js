/* @klotho::execution_unit {
 *   id = "mailer"
 * }
 */
const { orders } = require("./events");

orders.on("placed", async (order) => {
  console.log(`to ${order.owner}: ${order.items.length} items are on their way`);
});
