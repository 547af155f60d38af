/** Starts the graph view. */
import { ToGraph } from "../shared/messages";
import { start } from "../shared/start";
import { App } from "./app";
import { Kept } from "./state";
import "../shared/theme.css";
import "./drawing.css";
import "./graph.css";

start(ToGraph, Kept, App);
