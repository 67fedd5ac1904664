import { fileURLToPath } from "node:url";
import preact from "@preact/preset-vite";
import { defineConfig } from "vitest/config";
import { OUT_DIR } from "./build/out_dir.mjs";
import { precompress } from "./build/precompress.mjs";

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  // The devtools of Preact are loaded from elsewhere and are of no use to a school.
  plugins: [preact({ devToolsEnabled: false, prefreshEnabled: false }), precompress()],
  resolve: {
    alias: { "@api": at("./node_modules/.wardbook/wardbook") },
  },
  css: {
    preprocessorOptions: {
      scss: { loadPaths: [at("."), at("./node_modules")], quietDeps: true },
    },
    // GOV.UK Frontend has a media query for Internet Explorer that is no media query.
    lightningcss: { errorRecovery: true },
  },
  build: {
    outDir: OUT_DIR,
    emptyOutDir: true,
    target: "es2022",
    manifest: true,
    cssCodeSplit: false,
    // Nothing may be inlined: the content security policy has no room for it.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // `npm run look` builds the pages before invented answers; nothing else does.
    ...(process.env.WARDBOOK_LOOK === "1"
      ? { rollupOptions: { input: at("./look/index.html") } }
      : {}),
    reportCompressedSize: false,
  },
  server: {
    proxy: {
      "^/wardbook\\.v1\\.": {
        target: process.env.WARDBOOK_SERVER ?? "https://localhost:7443",
        secure: false,
      },
    },
  },
  test: {
    environment: "happy-dom",
    include: ["src/**/*.test.{ts,tsx}"],
    setupFiles: ["src/testing/setup.ts"],
    restoreMocks: true,
    testTimeout: 180_000,
  },
});
