import react from '@vitejs/plugin-react';
import { compression } from 'vite-plugin-compression2';
import { defineConfig } from 'vitest/config';
import { laterChunk } from './build/laterChunk';
import { mantineStyles } from './build/mantineStyles';

// A server that runs beside `npm run dev` (./decant serve).
const server = process.env['DECANT_URL'] ?? 'http://127.0.0.1:8080';

export default defineConfig({
  plugins: [
    react(),
    mantineStyles(),
    compression({ algorithms: ['gzip', 'brotliCompress'], include: /\.(js|css|html|svg|json|webmanifest)$/, threshold: 512 }),
  ],
  build: {
    target: 'es2022',
    outDir: '../artifacts/web',
    emptyOutDir: true,
    reportCompressedSize: false,
    // Of the first view alone, whose compressed size a test holds (tests/Browser.Tests/Built).
    chunkSizeWarningLimit: 800,
    // The content security policy lets nothing be loaded from data: addresses but pictures.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: { output: { manualChunks: laterChunk('/src/main.tsx', '/src/app/later.ts'), onlyExplicitManualChunks: true } },
  },
  server: { proxy: { '/api': server, '/download': server, '/openapi': server, '/docs': server } },
  test: { include: ['{build,src}/**/*.test.{ts,tsx}'], restoreMocks: true },
});
