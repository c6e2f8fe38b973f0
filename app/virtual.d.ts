declare module 'virtual:remix/server-build' {
  import type { ServerBuild } from '@remix-run/node';
  const build: ServerBuild;
  export const {
    entry,
    routes,
    assets,
    publicPath,
    assetsBuildDirectory,
    future,
    isSpaMode,
    mode,
  }: ServerBuild;
  export default build;
}
