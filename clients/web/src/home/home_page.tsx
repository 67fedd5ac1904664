import { Page } from "../page/page.js";
export function HomePage() {
  return <Page heading="Home">x</Page>;
}
