import path from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig, type UserConfig } from 'vite';

/** How the window is built; the Electron build takes the same object (electron.vite.config.ts). */
export const renderer: UserConfig = {
  root: import.meta.dirname,
  base: './',
  plugins: [react()],
  build: {
    outDir: path.join(import.meta.dirname, '../out/renderer'),
    emptyOutDir: true,
    // Chromium of today's Electron; the web host's users have current browsers.
    target: 'chrome130',
    // Nothing inlined as data: URLs, so that the content security policy can stay strict.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1500,
    rolldownOptions: { input: path.join(import.meta.dirname, 'index.html') },
  },
};

export default defineConfig(renderer);
