const events = require("events");

// @klotho::pubsub { id = "order-events" }
exports.orders = new events.EventEmitter();
