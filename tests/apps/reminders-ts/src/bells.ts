import * as events from "events";

/**
 * @klotho::pubsub {
 *   id = "bells"
 * }
 */
export const due = new events.EventEmitter();

due.on("kept", async (name: string) => {
  console.log(`a bell is set for ${name}`);
});
