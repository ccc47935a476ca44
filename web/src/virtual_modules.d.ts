/** Made by `vite.config.ts`: `web/kernels/pictures.ts` as WebAssembly, in base64. */
declare module 'virtual:kernels' {
  const code: string;
  export default code;
}
