import path from 'node:path';
import { defineConfig } from 'electron-vite';
import { renderer } from './src-renderer/vite.config.ts';

const here = (file: string) => path.join(import.meta.dirname, file);

/** The Electron build: main process with its threads and processes, preload, window. */
export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      rolldownOptions: {
        input: {
          electron: here('src-main/hosts/electron.ts'),
          trainer: here('src-main/training/trainer.ts'),
          reader: here('src-main/training/reader.ts'),
          'feature-worker': here('src-main/features/feature-worker.ts'),
          'engine-probe': here('src-main/engine/probe.ts'),
          inspector: here('src-main/inspection/inspector.ts'),
          learner: here('src-main/experiments/memory/learner.ts'),
        },
        output: { format: 'es', entryFileNames: '[name].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      rolldownOptions: {
        input: { preload: here('src-main/hosts/preload.ts') },
        // A sandboxed preload must be CommonJS.
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  // Its own paths are relative to its file, which the bundling of this one loses.
  renderer: {
    ...renderer,
    root: here('src-renderer'),
    build: {
      ...renderer.build,
      outDir: here('out/renderer'),
      rolldownOptions: { input: here('src-renderer/index.html') },
    },
  },
});
