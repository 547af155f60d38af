import * as express from "express";
import { router } from "./reminders";

const app = express();
app.use(express.json());
app.use("/reminders", router);

/**
 * @klotho::expose {
 *   id = "reminders-api"
 *   target = "public"
 * }
 */
app.listen(3000, () => {
  console.log("listening on :3000");
});
