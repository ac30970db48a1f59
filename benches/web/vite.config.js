// One page at a time, by the mode, so that each is downloaded with nothing but what it uses itself.
import { defineConfig } from "vite";

export default defineConfig(({ mode }) => ({
  base: "./",
  logLevel: "warn",
  esbuild: { jsx: "automatic" },
  build: {
    outDir: `dist/${mode}`,
    rollupOptions: {
      input: "reference.html",
      // Fluent marks its modules for servers; here is none.
      onwarn: (warning, warn) => warning.code !== "MODULE_LEVEL_DIRECTIVE" && warn(warning),
    },
  },
}));
