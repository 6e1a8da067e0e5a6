import tailwindcss from '@tailwindcss/vite'
import { defineConfig } from 'vite'
import solid from 'vite-plugin-solid'

export default defineConfig({
  root: 'client',
  plugins: [solid(), tailwindcss()],
  build: { outDir: '../dist/client', emptyOutDir: true, sourcemap: 'hidden', target: 'es2022' },
})
