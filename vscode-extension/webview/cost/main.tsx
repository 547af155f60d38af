/** Starts the cost view. */
import { ToCost } from "../shared/messages";
import { start } from "../shared/start";
import { App } from "./app";
import { Kept } from "./state";
import "../shared/theme.css";
import "./cost.css";

start(ToCost, Kept, App);
