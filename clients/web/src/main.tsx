import { render } from "preact";
import { App } from "./app.js";
import { followLinks } from "./page/router.js";
import { listenForHideKey } from "./session/hidden_screen.js";
import "./style/main.scss";

const root = document.getElementById("wardbook");
if (root === null) throw new Error("index.html has no place for Wardbook");
followLinks(document);
listenForHideKey(document);
render(<App />, root);
