import { fileURLToPath } from "node:url";
import vue from "@vitejs/plugin-vue";
import type { ProxyOptions } from "vite";
import { defineConfig } from "vitest/config";

// `npm run dev` talks to a running server: zhenggai serve --port 8080, or another one named by ZG_SERVER. The server
// answers only requests that come from its own pages, so the proxy speaks for them.
const server = process.env.ZG_SERVER ?? "http://127.0.0.1:8080";
const proxy: Record<string, ProxyOptions> = {
  "/api": {
    target: server,
    changeOrigin: true,
    configure: (p) => p.on("proxyReq", (request) => request.getHeader("origin") && request.setHeader("origin", server)),
  },
};

export default defineConfig({
  plugins: [vue()],
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  define: { __VUE_OPTIONS_API__: "false", __VUE_PROD_DEVTOOLS__: "false" },
  server: { host: "127.0.0.1", port: 5173, proxy },
  preview: { host: "127.0.0.1", port: 4173, proxy },
  build: {
    // Windows 7 machines in offices end at Chromium 109; many browsers there are older shells around Chromium 86.
    target: ["chrome86", "firefox78", "safari14"],
    cssTarget: ["chrome86", "safari14"],
    reportCompressedSize: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: {
      output: { manualChunks: { vue: ["vue", "vue-router"] } },
    },
  },
  test: { include: ["src/**/*.test.ts"], environment: "node" },
});
